"""CSV logs, after RFC 4180, with , ; tab or | between the cells.

A quote within a cell that does not begin with one is a character like any other. A record that
reaches over several lines is known by its first.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

import duckdb

from sigaudit.errors import SigauditError
from sigaudit.log_checks import quoted
from sigaudit.log_columns import COLUMNS, kind_of, places
from sigaudit.log_lines import WHOLE, Part, read_lines
from sigaudit.network import Log

DELIMITERS = (",", ";", "\t", "|")
LONGEST_RECORD = 100  # lines that a quoted cell may reach over


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


def read_csv(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    head: Header,
    kind: str,
    mapping: Log | None,
    part: Part = WHOLE,
) -> list[str]:
    """Fill log_cell; the file's column names.

    Raises SigauditError for a header that has a column of the log twice.
    """
    found = places(head.names, kind, mapping)
    twice = [name for name, where in found.items() if len(where) > 1]
    if twice:
        raise SigauditError(
            f"{path.name}, line {head.line}: the column {twice[0]} is there twice; leave one"
        )
    read_lines(connection, path, part)
    connection.execute("delete from log_line where line <= $line", {"line": head.line})
    join_quoted_lines(connection, head)
    cells = ", ".join(
        unquoted(f"cells[{found[column.name][0] + 1}]") if column.name in found else "null"
        for column in COLUMNS[kind]
    )
    connection.execute(f"""
        insert into log_cell
        select line, if(wrong is null, [{cells}], null), wrong
        from (
          select line, cells, coalesce(fault, {record_fault(len(head.names))}) as wrong
          from (select line, text, fault, {split(head.delimiter)} as cells from log_line)
        )""")
    return head.names


def split(delimiter: str) -> str:
    """The SQL of the cells of `text`, quotes still on."""
    cell = f'( *"(?:[^"]|"")*" *|[^{delimiter}]*)[{delimiter}]'
    plain = f"string_split(text, {quoted(delimiter)})"
    careful = f"regexp_extract_all(concat(text, {quoted(delimiter)}), {quoted(cell)}, 1)"
    return f"""case when contains(text, '"') then {careful} else {plain} end"""


def record_fault(width: int) -> str:
    """The SQL of why `cells`, split from `text`, are no record, NULL if they are one.

    Line ends, which are there only where lines were joined, must be within quotes.
    """
    return f"""case
      when contains(text, '"') and len(list_filter(cells, lambda cell:
          (trim(cell) like '"%' or contains(cell, chr(10)))
          and not regexp_full_match(trim(cell), '"([^"]|"")*"'))) > 0
        then 'a cell begins with a quote and does not end with one'
      when len(cells) <> {width} then concat('expected {width} columns, found ', len(cells))
    end"""


def unquoted(cell: str) -> str:
    inner = f"substr(trim({cell}), 2, length(trim({cell})) - 2)"
    return f"""case when trim({cell}) like '"%' then replace({inner}, '""', '"') else {cell} end"""


def join_quoted_lines(connection: duckdb.DuckDBPyConnection, head: Header) -> None:
    """Make one line of those that a quoted cell reaches over, if together they are a record.

    A line with an odd number of quotes begins or ends such a record. What does not come out as a
    record stays as it was, so that a stray quote costs its own line and not the rest of the file.
    """
    connection.execute(JOINED_LINES)
    connection.execute(f"""
        delete from log_joined where line in (
          select line from (select line, text, {split(head.delimiter)} as cells from log_joined)
          where {record_fault(len(head.names))} is not null)""")
    connection.execute("""
        delete from log_line
        where line in (select unnest(range(line, last_line + 1)) from log_joined)""")
    connection.execute("insert into log_line select line, text, null from log_joined")


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
