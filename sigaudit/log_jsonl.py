"""JSON Lines logs: an object a line, its names the columns, in any order; absent is empty."""

import json
from pathlib import Path

import duckdb

from sigaudit.errors import SigauditError
from sigaudit.log_checks import quoted
from sigaudit.log_columns import COLUMNS, places
from sigaudit.log_lines import WHOLE, Part, read_lines
from sigaudit.network import Log

LINES_OF_HEAD = 100
MOST_NAMES = 10_000  # different ones in a file


def names_of(beginning: str) -> list[str]:
    """The names of the objects on a text's first lines, [] if it has none."""
    names: dict[str, None] = {}
    for line in beginning.split("\n")[:LINES_OF_HEAD]:
        if line.lstrip().startswith("{"):
            names.update(dict.fromkeys(names_of_object(line)))
    return list(names)


def names_of_object(line: str) -> list[str]:
    try:
        return list(json.loads(line))
    except (ValueError, RecursionError):
        return []


def read_jsonl(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    kind: str,
    mapping: Log | None,
    part: Part = WHOLE,
) -> list[str]:
    """Fill log_cell; the names that the objects have.

    Raises SigauditError if there are more than MOST_NAMES of them.
    """
    read_lines(connection, path, part)
    names = all_names(connection, path)
    found = places(names, kind, mapping)
    cells = ", ".join(
        first_of([names[place] for place in found.get(column.name, [])]) for column in COLUMNS[kind]
    )
    connection.execute(f"""
        insert into log_cell
        select line, if(wrong is null, [{cells}], null), wrong
        from (
          select line, object, coalesce(fault, case
            when object is null then 'not JSON'
            when json_type(object) <> 'OBJECT' then 'expected a JSON object'
          end) as wrong
          from (select line, fault, try_cast(text as json) as object from log_line)
        )""")
    return names


def first_of(names: list[str]) -> str:
    """The SQL of the first of these members that an object has; spellings differ in case."""
    if not names:
        return "null"
    pointers = ("/" + name.replace("~", "~0").replace("/", "~1") for name in names)
    members = (f"json_extract_string(object, {quoted(pointer)})" for pointer in pointers)
    return f"coalesce({', '.join(members)})"


def all_names(connection: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    rows = connection.execute(f"""
        select name
        from (select line, unnest(json_keys(try_cast(text as json))) as name from log_line)
        group by name order by min(line), name limit {MOST_NAMES + 1}""").fetchall()
    if len(rows) > MOST_NAMES:
        raise SigauditError(
            f"{path.name}: more than {MOST_NAMES} different names in its JSON objects;"
            " a log has the same few on every line"
        )
    return [name for (name,) in rows]
