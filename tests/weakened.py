"""A detector's SELECT with one of its conditions left out, by way of DuckDB's own parse tree."""

import json
import re
from collections.abc import Iterator
from typing import Any

import duckdb
from duckdb import DuckDBPyConnection

Node = dict[str, Any]
Path = tuple[str | int, ...]

# Conditions on these tell what a message is: without them, a detector is about something else.
KINDS = {"opcode", "code", "command_code", "application_id", "component_type", "kind", "tcap_type",
         "event"}  # fmt: skip
CLAUSES = ("where_clause", "having", "condition", "qualify", "filter")


def weakened(connection: DuckDBPyConnection, select: str) -> Iterator[str]:
    """The SELECT, each time with one condition true or false: in one of its places, then in all."""
    parse = "select json_serialize_sql(?)"
    tree = json.loads(connection.execute(parse, [select.strip()]).fetchall()[0][0])
    for places in places_of_conditions(tree):
        condition = at(tree, places[0])
        for holds in (True, False):
            put(tree, places, constant(holds))
            text = json.dumps(tree)
            put(tree, places, condition)
            try:
                write = "select json_deserialize_sql(?::json)"
                yield connection.execute(write, [text]).fetchall()[0][0]
            except duckdb.Error:  # a join that needs its condition
                continue


def places_of_conditions(tree: Node) -> Iterator[list[Path]]:
    for same in reversed(conditions(tree).values()):  # the outermost first
        yield from ([path] for path in same)
        if len(same) > 1:
            yield same


def put(tree: Node, places: list[Path], condition: Node) -> None:
    for path in places:
        at(tree, path[:-1])[path[-1]] = condition


def conditions(tree: Node) -> dict[str, list[Path]]:
    """Where each condition stands, by its words; what is joined by AND is not one of them."""
    found: dict[str, list[Path]] = {}
    for path in places(tree, ()):
        condition = at(tree, path)
        if condition["type"] != "CONJUNCTION_AND" and not KINDS & set(columns(condition)):
            same = found.setdefault(words(condition), [])
            if path not in same:
                same.append(path)
    return found


def places(node: Any, path: Path) -> Iterator[Path]:
    """Where in the tree, below this node, an expression stands that is true or false."""
    for key, inner in entries(node):
        if isinstance(inner, dict) and (key in CLAUSES or inner.get("class") == "COMPARISON"):
            yield (*path, key)
        if isinstance(inner, dict) and inner.get("class") == "CONJUNCTION":
            yield from ((*path, key, "children", n) for n in range(len(inner["children"])))
        yield from places(inner, (*path, key))


def entries(node: Any) -> list[tuple[str | int, Any]]:
    if isinstance(node, dict):
        return list(node.items())
    return list(enumerate(node)) if isinstance(node, list) else []


def at(tree: Any, path: Path) -> Any:
    for key in path:
        tree = tree[key]
    return tree


def columns(node: Any) -> Iterator[str]:
    if isinstance(node, dict) and node.get("class") == "COLUMN_REF":
        yield node["column_names"][-1]
    for _, inner in entries(node):
        yield from columns(inner)


def words(condition: Node) -> str:
    """The condition without its places in the text."""
    return re.sub(r'"query_location": \d+', "", json.dumps(condition))


def constant(holds: bool) -> Node:
    kind = {"id": "BOOLEAN", "type_info": None}
    value = {"type": kind, "is_null": False, "value": holds}
    return {"class": "CONSTANT", "type": "VALUE_CONSTANT", "alias": "", "query_location": 0,
            "value": value}  # fmt: skip
