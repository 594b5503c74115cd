"""CSV logs, after RFC 4180, with , ; tab or | between the cells.

A quote within a cell that does not begin with one is a character like any other. A record that
reaches over several lines is known by its first.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from sigaudit.errors import SigauditError
from sigaudit.log_checks import quoted
from sigaudit.log_columns import kind_of, places
from sigaudit.log_lines import LONGEST_RECORD, WHOLE, Part, pieces_of
from sigaudit.log_piece import Piece
from sigaudit.network import Log

DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True)
class Header:
    """The first line that is not blank: its number, its cells and what stands between them."""

    line: int
    names: list[str]
    delimiter: str


def header(beginning: str, mapping: Log | None) -> Header:
    """The header in a text: with the delimiter that gives the columns of a log, else the most."""
    lines = enumerate(beginning.split("\n"), start=1)
    number, line = next(((number, line) for number, line in lines if line.strip()), (1, ""))
    headers = [Header(number, cells_of(line, delimiter), delimiter) for delimiter in DELIMITERS]
    return max(headers, key=lambda it: (bool(kind_of(it.names, mapping)), len(it.names)))


def cells_of(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error:  # a cell beyond csv.field_size_limit
        return []


def pieces(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    head: Header,
    kind: str,
    mapping: Log | None,
    part: Part = WHOLE,
) -> Iterator[Piece]:
    """The rows below the header.

    Raises SigauditError for a header that has a column of the log twice.
    """
    found = places(head.names, kind, mapping)
    twice = [name for name, where in found.items() if len(where) > 1]
    if twice:
        raise SigauditError(
            f"{path.name}, line {head.line}: the column {twice[0]} is there twice; leave one"
        )
    for rows in pieces_of(connection, path, mapping, part, quotes=True):
        below = connection.execute("delete from log_line where line <= ?", [head.line])
        rows -= below.fetchall()[0][0]
        quotes = connection.execute("select bool_or(contains(text, '\"')) from log_line")
        quoted_cells = bool(quotes.fetchall()[0][0])
        if quoted_cells:
            rows -= join_quoted_lines(connection, head)
        yield Piece(
            records(head, quoted_cells),
            {name: cell(where[0] + 1, quoted_cells) for name, where in found.items()},
            rows,
            head.names,
        )


def records(head: Header, quotes: bool) -> str:
    """The SQL of line, cells and fault of each record; quotes still on."""
    cells = split(head.delimiter) if quotes else f"string_split(text, {quoted(head.delimiter)})"
    wrong = record_fault(len(head.names), quotes)
    return f"""(
      select line, if(wrong is null, cells, null) as cells, wrong as fault
      from (
        select line, cells, coalesce(fault, {wrong}) as wrong
        from (select line, text, fault, {cells} as cells from log_line)))"""


def cell(place: int, quotes: bool) -> str:
    """The SQL of a cell of a record."""
    return unquoted(f"cells[{place}]") if quotes else f"cells[{place}]"


def split(delimiter: str) -> str:
    """The SQL of the cells of `text`, quotes still on."""
    cell = f'( *"(?:[^"]|"")*" *|[^{delimiter}]*)[{delimiter}]'
    plain = f"string_split(text, {quoted(delimiter)})"
    careful = f"regexp_extract_all(concat(text, {quoted(delimiter)}), {quoted(cell)}, 1)"
    return f"""case when contains(text, '"') then {careful} else {plain} end"""


def record_fault(width: int, quotes: bool = True) -> str:
    """The SQL of why `cells`, split from `text`, are no record, NULL if they are one.

    Line ends, which are there only where lines were joined, must be within quotes.
    """
    stray = """when contains(text, '"') and len(list_filter(cells, lambda cell:
          (trim(cell) like '"%' or contains(cell, chr(10)))
          and not regexp_full_match(trim(cell), '"([^"]|"")*"'))) > 0
        then 'a cell begins with a quote and does not end with one'"""
    return f"""case
      {stray if quotes else ""}
      when len(cells) <> {width} then concat('expected {width} columns, found ', len(cells))
    end"""


def unquoted(cell: str) -> str:
    inner = f"substr(trim({cell}), 2, length(trim({cell})) - 2)"
    return f"""case when trim({cell}) like '"%' then replace({inner}, '""', '"') else {cell} end"""


def join_quoted_lines(connection: duckdb.DuckDBPyConnection, head: Header) -> int:
    """Make one line of those that a quoted cell reaches over, if together they are a record.

    A line with an odd number of quotes begins or ends such a record. What does not come out as a
    record stays as it was, so that a stray quote costs its own line and not the rest of the file.
    Gives how many lines there are less.
    """
    connection.execute(JOINED_LINES)
    connection.execute(f"""
        delete from log_joined where line in (
          select line from (select line, text, {split(head.delimiter)} as cells from log_joined)
          where {record_fault(len(head.names))} is not null)""")
    parts = connection.execute("""
        delete from log_line
        where line in (select unnest(range(line, last_line + 1)) from log_joined)""")
    fewer: int = parts.fetchall()[0][0]
    whole = connection.execute("insert into log_line select line, text, null from log_joined")
    fewer -= whole.fetchall()[0][0]
    connection.execute("drop table log_joined")
    return fewer


JOINED_LINES = f"""
create or replace temp table log_joined as
with
  odd as (
    select line, line - lag(line) over (order by line) > {LONGEST_RECORD} as far
    from log_line
    where (length(text) - length(replace(text, '"', ''))) % 2 = 1
  ),
  grouped as (
    select line, count(*) filter (far) over (order by line) as island from odd
  ),
  paired as (
    select line, island, (row_number() over (partition by island order by line) + 1) // 2 as pair
    from grouped
  ),
  span as (
    select min(line) as line, max(line) as last_line
    from paired group by island, pair having count(*) = 2
  ),
  member as (
    select line, last_line, unnest(range(line, last_line + 1)) as member from span
  )
select member.line, last_line, string_agg(text, chr(10) order by member) as text
from member join log_line on log_line.line = member
group by all
"""
