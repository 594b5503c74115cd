"""What detectors need, in words: tables of the database, keys of network.toml."""

import difflib
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import get_args

from duckdb import DuckDBPyConnection
from pydantic import BaseModel

from sigaudit.network import Network

TABLES = "select table_name from duckdb_tables() where not temporary"
VIEWS = "select view_name from duckdb_views() where not temporary and not internal"
# In schema.sql a table is explained behind its name, a view in the line above.
EXPLAINED = re.compile(
    r"^create table (\w+) \( *-- (.*)$|^-- (.*)\ncreate view (\w+)", re.MULTILINE
)


def tables(connection: DuckDBPyConnection) -> set[str]:
    """The tables and views of what was read."""
    return {name for (name,) in connection.execute(f"{TABLES} union {VIEWS}").fetchall()}


def alternatives(need: str) -> list[str]:
    """`map_component or diameter_message`: one of them suffices."""
    return need.split(" or ")


def is_known(need: str, connection: DuckDBPyConnection) -> bool:
    """Whether it is a table of the database or a key of network.toml, or several joined by or."""
    known = {*tables(connection), *dict(_keys())}
    return known.issuperset(alternatives(need))


def nearest(need: str, connection: DuckDBPyConnection) -> str:
    """What may have been meant."""
    known = [*sorted(tables(connection)), *dict(_keys())]
    near = difflib.get_close_matches(need, known, n=1)
    return f"did you mean {near[0]}?" if near else "such as map_component, swap, interconnect"


def explained(need: str) -> str:
    """What it is that a detector is not assessed without."""
    if len(several := alternatives(need)) > 1:
        return ", or ".join(map(explained, several))
    if need in _table_words():
        return f"rows in table {need}: {_table_words()[need]}"
    return f"{need} in network.toml: {dict(_keys()).get(need) or 'see docs/network.md'}"


@cache
def _table_words() -> dict[str, str]:
    schema = (files("sigaudit") / "schema.sql").read_text("utf-8")
    found = EXPLAINED.findall(schema)
    return {table or view: words or above for table, words, above, view in found}


def _keys(model: type[BaseModel] = Network, above: str = "") -> Iterator[tuple[str, str]]:
    """The keys of network.toml that a detector can ask for, and what they are.

    Those of tables that may be there several times ([[…]]) can be asked for as a whole only.
    """
    for name, field in model.model_fields.items():
        kinds = [field.annotation, *get_args(field.annotation)]
        inner = next((k for k in kinds if isinstance(k, type) and issubclass(k, BaseModel)), None)
        words = field.description or (inner.__doc__ if inner else "") or ""
        yield above + name, words.strip().partition("\n")[0]
        if inner and not str(field.annotation).startswith("list["):
            yield from _keys(inner, f"{above}{name}.")
