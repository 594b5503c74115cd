"""The database file: opened, made, and checked to be one that this program understands."""

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from importlib.resources import files
from pathlib import Path

import duckdb

from sigaudit import lock, status
from sigaudit.errors import SigauditError, first_line

SCHEMA_VERSION = 6
OLDEST_VERSION = 5  # that only lacks what from_5.sql and unattended.sql add
MEMORY = "3GB"  # what DuckDB may hold before it writes to disk
IN_MEMORY = ":memory:"  # a database that no other process can reach
TABLES = ("map_component", "sms", "diameter_message", "swap", "dfs_event", "problem")


@contextmanager
def connected(
    path: Path,
    read_only: bool = False,
    settings: Mapping[str, str] | None = None,
    doing: str = "writing",
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the database at `path`, made anew if it is not there and not read_only.

    `settings` are DuckDB's: memory_limit, threads, temp_directory. A writer holds the lock beside
    the database, `doing` says what for. Files are made for their owner alone.
    Raises SigauditError where the file cannot be opened, is no database of this program, or is
    held by another process.
    """
    if read_only and not path.exists():
        raise SigauditError(
            f"{path}: no such database; `sigaudit audit` or `sigaudit ingest` makes one"
        )
    with ExitStack() as stack:
        if not read_only and str(path) != IN_MEMORY:
            stack.enter_context(lock.held(lock.lock_of(path), doing))
        connection = stack.enter_context(_opened(path, read_only, settings or {}))
        try:
            _check(connection, path, read_only)
            yield connection
        except (duckdb.OperationalError, duckdb.FatalException, duckdb.IOException) as error:
            raise SigauditError(
                f"{path}: {first_line(error)}; what had been read whole is kept"
            ) from error


def _opened(path: Path, read_only: bool, settings: Mapping[str, str]) -> duckdb.DuckDBPyConnection:
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "memory_limit": MEMORY,
        **settings,
    }
    mask = os.umask(0o077)
    try:
        return duckdb.connect(str(path), read_only=read_only, config=config)
    except duckdb.Error as error:
        raise SigauditError(f"{path}: {_reason(error, path)}") from error
    finally:
        os.umask(mask)


def _reason(error: duckdb.Error, path: Path) -> str:
    if "Could not set lock" in str(error):
        where = lock.lock_of(path)
        who = lock.said(where) if lock.holder(where) else "another process has the database open"
        return f"{who}; {status.wait_for(path.parent) or 'wait until it has finished'}"
    return f"not a database that can be opened ({first_line(error)}); name another file"


def _check(connection: duckdb.DuckDBPyConnection, path: Path, read_only: bool) -> None:
    connection.execute("set timezone = 'UTC'")
    connection.execute("set enable_progress_bar = false")
    tables = {
        name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()
    }
    if not tables and not read_only:
        connection.execute("begin")
        connection.execute((files("sigaudit") / "schema.sql").read_text("utf-8"))
        connection.execute((files("sigaudit") / "unattended.sql").read_text("utf-8"))
        connection.execute("insert into schema_version values (?)", [SCHEMA_VERSION])
        connection.execute("commit")
    else:
        _check_version(connection, path, read_only)


def _check_version(connection: duckdb.DuckDBPyConnection, path: Path, read_only: bool) -> None:
    try:
        version = connection.execute("select version from schema_version").fetchall()[0][0]
    except (duckdb.CatalogException, duckdb.BinderException, IndexError):
        raise SigauditError(
            f"{path}: a DuckDB file, but not one of sigaudit; name another file"
        ) from None
    if OLDEST_VERSION <= version < SCHEMA_VERSION:
        if not read_only:
            _migrate(connection)
    elif version != SCHEMA_VERSION:
        raise SigauditError(
            f"{path}: has schema version {version}, this sigaudit reads {SCHEMA_VERSION};"
            " use the sigaudit that made it, or audit the inputs anew into another file"
        )


def _migrate(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring an older database up to date, whole or not at all; nothing in it is touched."""
    connection.execute("begin")
    for name in ("unattended.sql", "from_5.sql"):
        connection.execute((files("sigaudit") / name).read_text("utf-8"))
    connection.execute("update schema_version set version = ?", [SCHEMA_VERSION])
    connection.execute("commit")


def row_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many rows each table of what was read has."""
    counts = {}
    for table in TABLES:
        [(count,)] = connection.execute(f"select count(*) from {table}").fetchall()
        counts[table] = count
    return counts
