"""Rows of messages as CSV, JSON Lines, Parquet or a table, without holding all of them.

DuckDB writes the first three itself. What a terminal or spreadsheet would act on is spelled out.
"""

import os
import shutil
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from importlib.resources import files
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from sigaudit.errors import SigauditError, first_line
from sigaudit.messages import Query
from sigaudit.report.wording import spelled

AT_ONCE = 1000  # rows of a table, whose widths are those of the first so many
NARROWEST = 4  # characters of a column
GAP = "  "
ISO = "%Y-%m-%dT%H:%M:%S.%fZ"


def write(connection: DuckDBPyConnection, query: Query, form: str, out: Path | None) -> None:
    """Write the rows as csv, jsonl or parquet to a file, or to stdout (not parquet).

    A file is whole or as it was before. Raises SigauditError where it cannot be written, and
    BrokenPipeError where the reader of stdout has gone.
    """
    connection.execute((files("sigaudit") / "messages_spelling.sql").read_text("utf-8"))
    if out is None:
        _to_stdout(lambda place: _copy(connection, query, form, place))
        return
    beside = out.with_name(f"{out.name}.part")
    try:
        _copy(connection, query, form, str(beside))
        beside.replace(out)
    except (duckdb.IOException, OSError) as error:
        with suppress(OSError):
            beside.unlink()
        raise SigauditError(
            f"{out} cannot be written ({first_line(error)}); name another file with --out"
        ) from error


def _copy(connection: DuckDBPyConnection, query: Query, form: str, place: str) -> None:
    statement, options = _statement(connection, query, form)
    quoted = place.replace("'", "''")
    connection.execute(f"copy ({statement}) to '{quoted}' ({options})", query.parameters)


def _statement(connection: DuckDBPyConnection, query: Query, form: str) -> tuple[str, str]:
    """What to copy, and the options of COPY."""
    if form == "parquet":
        return query.sql, "format parquet, compression zstd, use_tmp_file false"
    described = connection.execute(f"describe {query.sql}", query.parameters).fetchall()
    words = [_as_text(name, kind, form) for name, kind, *_ in described]
    rows = f"select {', '.join(words)} from ({query.sql})"
    if form == "csv":
        return rows, "format csv, header, use_tmp_file false"
    lines = f"select json_line(to_json(row)::varchar) from ({rows}) as row"
    return lines, "format csv, header false, quote '', escape '', delimiter '', use_tmp_file false"


def _as_text(name: str, kind: str, form: str) -> str:
    if kind == "TIMESTAMP":
        return f"""strftime("{name}", '{ISO}') as "{name}\""""
    if kind == "VARCHAR" and form == "csv":
        return f'csv_cell("{name}") as "{name}"'
    return f'"{name}"'


def _to_stdout(copy: Callable[[str], None]) -> None:
    """What `copy` writes to the path it is given goes to stdout through a pipe."""
    reading, writing = os.pipe()
    with ThreadPoolExecutor(1) as pool:
        with os.fdopen(reading, "rb") as pipe:
            copying = pool.submit(_copy_and_close, copy, writing)
            shutil.copyfileobj(pipe, sys.stdout.buffer)
            sys.stdout.flush()
        copying.result()


def _copy_and_close(copy: Callable[[str], None], writing: int) -> None:
    try:
        copy(f"/dev/fd/{writing}")
    finally:
        os.close(writing)


def print_table(connection: DuckDBPyConnection, query: Query, width: int | None) -> None:
    """A line a row on stdout; cells are cut where the table is wider than `width` characters."""
    cursor = connection.execute(query.sql, query.parameters)
    titles = [column[0] for column in cursor.description or []]
    rows = _cells(cursor.fetchmany(AT_ONCE))
    widths = _widths([titles, *rows], width)
    print_line(titles if width is None else _cut(titles, widths), widths)
    while rows:
        for row in rows:
            print_line(row if width is None else _cut(row, widths), widths)
        rows = _cells(cursor.fetchmany(AT_ONCE))


def _cells(rows: list[tuple[object, ...]]) -> list[list[str]]:
    return [[_cell(value) for value in row] for row in rows]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.strftime(ISO) if isinstance(value, datetime) else spelled(str(value))


def _widths(rows: list[list[str]], width: int | None) -> list[int]:
    """What the columns need; where that is too much the widest give way."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    if width is not None:
        room = max(width - len(GAP) * (len(widths) - 1), NARROWEST * len(widths))
        while sum(widths) > room:
            widths[widths.index(max(widths))] -= 1
    return widths


def _cut(cells: list[str], widths: list[int]) -> list[str]:
    return [
        cell if len(cell) <= most else f"{cell[: most - 1]}…"
        for cell, most in zip(cells, widths, strict=True)
    ]


def print_line(cells: list[str], widths: list[int]) -> None:
    """Cells one beside the other."""
    parts = map(str.ljust, cells, widths)
    sys.stdout.write(GAP.join(parts).rstrip() + "\n")
