"""What is wrong with network.toml, in words for the person who wrote it."""

import difflib
import json
import re
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails


def mistake(error: ErrorDetails, document: type[BaseModel]) -> str:
    """One mistake for a person: key, what was expected, what was there."""
    key, kind, value = _key(error["loc"]), error["type"], error["input"]
    if kind == "extra_forbidden":
        return f"{key}: unknown key; {_known_keys(error['loc'], document)}"
    if kind == "missing":
        return f"{key}: required, but absent"
    if kind == "list_type" and isinstance(value, dict):
        return f"{key}: expected a list of tables; write [[{key}]]"
    expected = {
        "value_error": str(error.get("ctx", {}).get("error")),
        "string_type": "expected text in quotes",
        "list_type": "expected a list in [ ]",
        "int_type": "expected a whole number",
        "date_type": "expected a date without quotes, such as 2026-12-31",
        "dict_type": "expected a table",
        "model_type": "expected a table",
        "greater_than_equal": "expected 0 or more",
        "too_short": "expected at least one",
        "literal_error": f"expected {error.get('ctx', {}).get('expected')}",
    }.get(kind, error["msg"])
    return f"{key}: {expected}{_got(value)}"


def _key(location: tuple[int | str, ...]) -> str:
    """The key as one would write it; entries of a list count from 1."""
    key = ""
    for part in location:
        if isinstance(part, int):
            key += f"[{part + 1}]"
        else:
            bare = re.fullmatch("[A-Za-z0-9_-]{1,60}", part)
            key += f".{part if bare else json.dumps(part[:60])}"
    return key.removeprefix(".")


def _got(value: object) -> str:
    if value and isinstance(value, dict | list):
        return ""
    try:
        shown = json.dumps(value, default=str)
    except ValueError:  # Python refuses to write integers of thousands of digits
        shown = "a huge number"
    return f" (got {shown if len(shown) <= 60 else shown[:60] + '…'})"


def _known_keys(location: tuple[int | str, ...], document: type[BaseModel]) -> str:
    """The nearest known key of the same table, or all of them."""
    model = document
    for part in location[:-1]:
        if isinstance(part, str):
            model = next(models(model.model_fields[part].annotation))
    near = difflib.get_close_matches(str(location[-1]), model.model_fields, n=1)
    return f"did you mean {near[0]}?" if near else f"known here: {', '.join(model.model_fields)}"


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The tables that a field can hold."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models(part)
