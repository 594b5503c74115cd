"""The database file: opened, made, and checked to be one that this program understands."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import duckdb

from sigaudit.errors import SigauditError, first_line

SCHEMA_VERSION = 6
TABLES = ("map_component", "sms", "diameter_message", "swap", "dfs_event", "problem")


@contextmanager
def connected(path: Path, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the database at `path`, made anew if it is not there and not read_only.

    Raises SigauditError where the file cannot be opened, is no database of this program, or is
    held by another process.
    """
    if read_only and not path.exists():
        raise SigauditError(
            f"{path}: no such database; `sigaudit audit` or `sigaudit ingest` makes one"
        )
    try:
        connection = duckdb.connect(
            str(path), read_only=read_only, config={"autoinstall_known_extensions": "false"}
        )
    except duckdb.Error as error:
        raise SigauditError(f"{path}: {_reason(error)}") from error
    with connection:
        try:
            _check(connection, path, read_only)
            yield connection
        except (duckdb.OperationalError, duckdb.FatalException) as error:
            raise SigauditError(
                f"{path}: {first_line(error)}; what had been read whole is kept"
            ) from error


def _reason(error: duckdb.Error) -> str:
    if "Could not set lock" in str(error):
        return "another process has the database open; wait until it has finished"
    return f"not a database that can be opened ({first_line(error)}); name another file"


def _check(connection: duckdb.DuckDBPyConnection, path: Path, read_only: bool) -> None:
    connection.execute("set timezone = 'UTC'")
    tables = {
        name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()
    }
    if not tables and not read_only:
        connection.execute("begin")
        connection.execute((files("sigaudit") / "schema.sql").read_text("utf-8"))
        connection.execute("insert into schema_version values (?)", [SCHEMA_VERSION])
        connection.execute("commit")
    else:
        _check_version(connection, path)


def _check_version(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    try:
        version = connection.execute("select version from schema_version").fetchall()[0][0]
    except (duckdb.CatalogException, duckdb.BinderException, IndexError):
        raise SigauditError(
            f"{path}: a DuckDB file, but not one of sigaudit; name another file"
        ) from None
    if version != SCHEMA_VERSION:
        raise SigauditError(
            f"{path}: has schema version {version}, this sigaudit reads {SCHEMA_VERSION};"
            " use the sigaudit that made it, or audit the inputs anew into another file"
        )


def row_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many rows each table of what was read has."""
    counts = {}
    for table in TABLES:
        [(count,)] = connection.execute(f"select count(*) from {table}").fetchall()
        counts[table] = count
    return counts
