"""Parquet logs: typed columns, brought to the text that the checks read."""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from sigaudit.errors import SigauditError
from sigaudit.log_checks import identifier, quoted
from sigaudit.log_columns import COLUMNS, places
from sigaudit.log_piece import LOCAL, ZONED, Piece
from sigaudit.network import Log

MAGIC = b"PAR1"
NANOSECONDS = "TIMESTAMP_NS"


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


def pieces(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    kind: str,
    mapping: Log | None,
) -> Iterator[Piece]:
    """The file as one piece, the line being the row from 1.

    Raises SigauditError if the file is damaged.
    """
    types = columns_of(connection, path)
    names = [name for name in types if name != "file_row_number"]
    found = {name: names[where[0]] for name, where in places(names, kind, mapping).items()}
    typed = {
        column.name: ZONED if types[found[column.name]] == ZONED else LOCAL
        for column in COLUMNS[kind]
        if column.form == "time"
        and column.name in found
        and types[found[column.name]] in (ZONED, LOCAL, NANOSECONDS)
        and not (mapping and column.name in mapping.values)
    }
    taken = "".join(
        f", {typed_time(there, types) if name in typed else as_text(there, types)} as of_{name}"
        for name, there in found.items()
    )
    rows = connection.execute(f"select count(*) from {source(path)}").fetchall()[0][0]
    yield Piece(
        f"(select file_row_number + 1 as line, null::varchar as fault{taken} from {source(path)})",
        {name: f"of_{name}" for name in found},
        rows,
        names,
        typed,
    )


def typed_time(name: str, types: dict[str, str]) -> str:
    """The SQL of a time column; what is finer than microseconds is cut."""
    column = identifier(name)
    if types[name] != NANOSECONDS:
        return column
    cut = f"make_timestamp(epoch_ns({column}) // 1000)"
    return f"if(isfinite({column}::timestamp), {cut}, {column}::timestamp)"


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
