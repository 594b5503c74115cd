"""What is usual, kept in a file: the features of a time without attacks, and of nobody by name."""

import json
from pathlib import Path
from typing import Literal

from duckdb import DuckDBPyConnection
from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError, model_validator

from sigaudit.errors import SigauditError, UsageError
from sigaudit.features import ABOUT, names, table

SCHEMA = "sigaudit/baseline/1"
MOST_ROWS = 20_000  # of each kind; a forest of 200 trees looks at fewer
LARGEST_FILE = 64 * 1024 * 1024


class Rows(BaseModel):
    """Features of one kind, a row each entity and stretch of time, in the order of the values."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    features: list[str]
    rows: list[list[FiniteFloat]] = Field(max_length=MOST_ROWS)

    @model_validator(mode="after")
    def _as_wide_as_named(self) -> "Rows":
        if any(len(row) != len(self.features) for row in self.rows):
            raise ValueError("a row has more or fewer values than there are features")
        if any(value < 0 for row in self.rows for value in row):
            raise ValueError("a value is below zero")
        return self


class Baseline(BaseModel):
    """What is usual for sources in an hour and for subscribers in a day."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    form: Literal["sigaudit/baseline/1"] = Field(alias="schema")
    source: Rows
    subscriber: Rows


def make(connection: DuckDBPyConnection) -> Baseline:
    """The features of what is in the database; needs the tables of sigaudit.state."""
    found = {about: _rows(connection, about) for about in ABOUT}
    return Baseline.model_validate({"schema": SCHEMA, **found})


def _rows(connection: DuckDBPyConnection, about: str) -> Rows:
    table(connection, about)
    named = names(connection)
    values = ", ".join(f'round("{name}"::double, 6)' for name in named)
    rows = sorted(connection.execute(f"select {values} from feature").fetchall())
    step = -(-len(rows) // MOST_ROWS) or 1
    return Rows(features=named, rows=[list(row) for row in rows[::step]])


def write(baseline: Baseline, file: Path) -> None:
    """The same baseline gives the same bytes."""
    text = json.dumps(baseline.model_dump(by_alias=True), separators=(",", ":"))
    try:
        file.write_text(text + "\n", "utf-8")
    except OSError as error:
        raise SigauditError(f"{file}: {error.strerror}; name another file with --out") from None


def read(file: Path) -> Baseline:
    """The baseline in a file; UsageError where it is none."""
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from None
    if len(content) > LARGEST_FILE:
        raise UsageError(f"{file}: too large for a baseline; is it another file?")
    try:
        return Baseline.model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        told = f"{place}: {first['msg']}" if place else first["msg"]
        remedy = "make it anew with `sigaudit baseline`"
        raise UsageError(f"{file}: no baseline of sigaudit: {told}; {remedy}") from None
