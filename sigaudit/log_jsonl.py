"""JSON Lines logs: an object a line, its names the columns, in any order; absent is empty."""

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb

from sigaudit.errors import SigauditError
from sigaudit.log_checks import quoted
from sigaudit.log_columns import places
from sigaudit.log_lines import WHOLE, Part, pieces_of
from sigaudit.log_piece import Piece
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
    return list(object_of(line))


def object_of(line: str) -> dict[str, object]:
    """The object on a line, an empty one where there is none."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def pieces(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    kind: str,
    mapping: Log | None,
    part: Part = WHOLE,
) -> Iterator[Piece]:
    """The rows, with the names that the objects have had so far.

    Raises SigauditError if there are more than MOST_NAMES of them.
    """
    names: dict[str, None] = {}
    for rows in pieces_of(connection, path, mapping, part, quotes=False):
        names.update(dict.fromkeys(all_names(connection)))
        if len(names) > MOST_NAMES:
            raise SigauditError(
                f"{path.name}: more than {MOST_NAMES} different names in its JSON objects;"
                " a log has the same few on every line"
            )
        known = list(names)
        found = places(known, kind, mapping)
        cells = {
            column: first_of([known[place] for place in where]) for column, where in found.items()
        }
        yield Piece(OBJECTS, cells, rows, known)


OBJECTS = """(
  select line, object, coalesce(fault, case
    when object is null then 'not JSON'
    when json_type(object) <> 'OBJECT' then 'expected a JSON object'
  end) as fault
  from (select line, fault, try_cast(text as json) as object from log_line))"""


def first_of(names: list[str]) -> str:
    """The SQL of the first of these members that an object has; spellings differ in case."""
    if not names:
        return "null"
    pointers = ("/" + name.replace("~", "~0").replace("/", "~1") for name in names)
    members = (f"json_extract_string(object, {quoted(pointer)})" for pointer in pointers)
    return f"coalesce({', '.join(members)})"


def all_names(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The names in log_line in the order in which they come, one more than allowed at most."""
    rows = connection.execute(f"""
        select name
        from (select line, unnest(json_keys(try_cast(text as json))) as name from log_line)
        group by name order by min(line), name limit {MOST_NAMES + 1}""").fetchall()
    return [name for (name,) in rows]
