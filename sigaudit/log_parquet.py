"""Parquet logs: typed columns, brought to the text that the checks read."""

from pathlib import Path

import duckdb

from sigaudit.errors import SigauditError
from sigaudit.log_checks import identifier, quoted
from sigaudit.log_columns import COLUMNS, places
from sigaudit.network import Log

MAGIC = b"PAR1"


def is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def names_of(path: Path) -> list[str]:
    """The column names. Raises SigauditError if the file's footer cannot be read."""
    with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as connection:
        return list(columns_of(connection, path))


def columns_of(connection: duckdb.DuckDBPyConnection, path: Path) -> dict[str, str]:
    """The type of each column."""
    try:
        rows = connection.execute(f"describe from {source(path)}").fetchall()
    except duckdb.Error as error:
        raise unreadable(path, error) from error
    return {row[0]: row[1] for row in rows}


def read_parquet(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    kind: str,
    mapping: Log | None,
) -> list[str]:
    """Fill log_cell, the line being the row from 1; the file's column names.

    Raises SigauditError if the file is damaged.
    """
    types = columns_of(connection, path)
    names = [name for name in types if name != "file_row_number"]
    found = places(names, kind, mapping)
    cells = ", ".join(
        as_text(names[found[column.name][0]], types) if column.name in found else "null"
        for column in COLUMNS[kind]
    )
    try:
        connection.execute(f"""
            insert into log_cell
            select file_row_number + 1, [{cells}], null from {source(path)}""")
    except duckdb.Error as error:
        raise unreadable(path, error) from error
    return names


def source(path: Path) -> str:
    """The SQL that reads the file. Its name is no pattern, and its folders are no columns."""
    name = "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path))
    return (
        f"read_parquet({quoted(name)}, file_row_number = true, hive_partitioning = false,"
        " binary_as_string = true)"
    )


def as_text(name: str, types: dict[str, str]) -> str:
    """The SQL of a column as text: times with a zone in UTC, whole floats without their .0.

    pandas makes floats of integers, and a NaN of what is missing.
    """
    column = identifier(name)
    if types[name].startswith("TIMESTAMP WITH TIME ZONE"):
        return f"cast({column} at time zone 'UTC' as varchar) || 'Z'"
    if types[name] in ("FLOAT", "DOUBLE"):
        whole = f"try_cast(if({column} = trunc({column}), {column}, null) as bigint)"
        return f"if(isnan({column}), null, coalesce({whole}::varchar, {column}::varchar))"
    return f"cast({column} as varchar)"


def unreadable(path: Path, error: duckdb.Error) -> SigauditError:
    """DuckDB's words for the damage can hold the file's own octets, and its whole path."""
    words = str(error).replace(str(path), path.name).splitlines()[0][:200]
    reason = "".join(sign if sign.isprintable() else "?" for sign in words)
    return SigauditError(f"{path.name}: damaged Parquet ({reason}); export it again")
