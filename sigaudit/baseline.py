"""What is usual, kept in a file: features of a time without attacks, and of nobody by name."""

import hashlib
import json
from pathlib import Path
from typing import Any, Literal

from duckdb import DuckDBPyConnection
from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError, model_validator

from sigaudit import features
from sigaudit.errors import SigauditError, UsageError
from sigaudit.features import About, Counts

SCHEMA = "sigaudit/baseline/2"
MOST_ROWS = 20_000  # of each kind; a forest looks at fewer
MOST_COUNTS = 100_000
LARGEST_FILE = 64 * 1024 * 1024
int = int


class Part(BaseModel):
    """What is usual for sources in an hour, subscribers in a day, or changes of SIM."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    features: list[str]
    rows: list[list[FiniteFloat]] = Field(max_length=MOST_ROWS)  # values of the features
    questions: list[tuple[str, int, int, int, int]] = Field(max_length=MOST_COUNTS)
    sequences: list[tuple[str, int]] = Field(max_length=MOST_COUNTS)

    @model_validator(mode="after")
    def _is_sound(self) -> "Part":
        if any(len(row) != len(self.features) for row in self.rows):
            raise ValueError("a row has more or fewer values than there are features")
        if any(value < 0 for row in self.rows for value in row):
            raise ValueError("a value is below zero")
        if any(min(a, b, c) < 0 or max(a, b, c) > of for _, of, a, b, c in self.questions):
            raise ValueError("a count is above that of the requests")
        requests = [each[1] for each in self.questions] + [each[1] for each in self.sequences]
        if min(requests, default=1) < 1:
            raise ValueError("a count is below one")
        if len({each[0] for each in self.questions}) < len(self.questions):
            raise ValueError("a question is there twice")
        if len({each[0] for each in self.sequences}) < len(self.sequences):
            raise ValueError("a sequence is there twice")
        return self

    def counts(self) -> Counts:
        return Counts(self.questions, self.sequences)


class Baseline(BaseModel):
    """What is usual in an operator's network."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    form: Literal["sigaudit/baseline/2"] = Field(alias="schema")
    operator: str
    source: Part
    subscriber: Part
    swap: Part


def make(connection: DuckDBPyConnection, operator: str) -> Baseline:
    """What is in the database; needs the tables of sigaudit.state."""
    features.gather(connection)
    found = {about: _part(connection, about) for about in features.ABOUT}
    features.forget(connection)
    return Baseline.model_validate({"schema": SCHEMA, "operator": operator, **found})


def _part(connection: DuckDBPyConnection, about: About) -> dict[str, Any]:
    features.table(connection, about)
    rows = sorted(features.values(connection, "feature"))
    step = -(-len(rows) // MOST_ROWS) or 1
    counts = features.counts(connection)
    return {
        "features": features.names(connection),
        "rows": [list(row) for row in rows[::step]],
        "questions": counts.questions,
        "sequences": counts.sequences,
    }


def write(baseline: Baseline, file: Path) -> None:
    """The same baseline gives the same bytes: a line of JSON, then its SHA-256."""
    text = json.dumps(baseline.model_dump(by_alias=True), separators=(",", ":"))
    try:
        file.write_text(f"{text}\n{hashlib.sha256(text.encode()).hexdigest()}\n", "utf-8")
    except OSError as error:
        raise SigauditError(f"{file}: {error.strerror}; name another file with --out") from None


def read(file: Path, operator: str) -> Baseline:
    """The baseline in a file; UsageError where it is none, or another operator's."""
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from None
    if len(content) > LARGEST_FILE:
        raise UsageError(f"{file}: too large for a baseline; is it another file?")
    found = _validated(file, content)
    if found.operator != operator:
        raise UsageError(
            f"{file}: the baseline of {found.operator}, and network.toml describes {operator}:"
            " make one of this operator's traffic with `sigaudit baseline`"
        )
    return found


def _validated(file: Path, content: bytes) -> Baseline:
    remedy = "make it anew with `sigaudit baseline`"
    text, _, digest = content.removesuffix(b"\n").partition(b"\n")
    if not text.startswith(b'{"schema":"sigaudit/baseline/'):
        raise UsageError(f"{file}: no baseline of sigaudit; {remedy}")
    if not text.startswith(f'{{"schema":"{SCHEMA}",'.encode()):
        raise UsageError(f"{file}: a baseline of another version of sigaudit; {remedy}")
    if hashlib.sha256(text).hexdigest().encode() != digest:
        raise UsageError(f"{file}: damaged: its content does not fit its SHA-256; {remedy}")
    try:
        return Baseline.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise UsageError(f"{file}: damaged: {place}: {first['msg']}; {remedy}") from None
