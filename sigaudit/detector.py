"""Detectors as files: a header in TOML inside the SQL comment, then one SELECT.

docs/detectors.md tells how to write one.
"""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from typing import Annotated, Literal

import duckdb
from duckdb import StatementType
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from sigaudit.errors import UsageError, first_line

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Threat = Literal[
    "location-tracking",
    "sms-interception",
    "call-interception",
    "subscriber-fraud",
    "sim-swap-fraud",
    "denial-of-service",
    "information-gathering",
    "spoofing",
    "evasion",
    "anomaly",
]
Severity = Literal["info", "low", "medium", "high", "critical"]  # the mildest first


class Detector(BaseModel):
    """One detector: what a reader of its findings sees, what it needs, and its SELECT."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str
    sql: str
    id: Annotated[str, StringConstraints(pattern=r"^[A-Z]+(-[A-Z]+)?-[0-9]{2}$")]
    title: Text
    threat: Threat
    severity: Severity
    confidence: float = Field(ge=0, le=1)
    why: Text
    benign: Text
    remedy: Text
    references: list[Text]
    needs: list[Text]  # tables that must have rows, keys that network.toml must have
    split_by: Literal["subscriber", "source"]
    defaults: dict[str, bool | int | float | str] = {}

    @property
    def parameters(self) -> set[str]:
        """Names of the $parameters in the SELECT."""
        return set(duckdb.extract_statements(self.sql)[0].named_parameters)


def load(folder: Traversable | None = None) -> list[Detector]:
    """All detectors of a folder of folders, by id; the project's own without an argument.

    UsageError names the file and the key that is wrong.
    """
    found = [read(file) for file in _sql_files(folder or files("detectors"))]
    found.sort(key=lambda detector: detector.id)
    for one, other in pairwise(found):
        if one.id == other.id:
            raise UsageError(f"{other.file}: id: {one.file} has {one.id} already; choose another")
    return found


def read(file: Traversable) -> Detector:
    """One detector; UsageError names every wrong key, or what is wrong with the SQL."""
    name = file.name
    try:
        header, ends, sql = file.read_text("utf-8").removeprefix("/*").partition("*/")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{name}: cannot be read as UTF-8 text: {error}") from None
    if not ends:
        raise UsageError(f"{name}: begin it with a header in TOML between /* and */")
    try:
        members = {**tomllib.loads(header), "file": name, "sql": sql}
        detector = Detector.model_validate(members)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{name}: header: not valid TOML: {error}") from None
    except ValidationError as error:
        wrong = (f"{name}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise UsageError("\n".join(wrong)) from None
    _check_sql(detector)
    return detector


def _sql_files(folder: Traversable) -> Iterator[Traversable]:
    for threat in _sorted(folder):
        if threat.is_dir():
            yield from (entry for entry in _sorted(threat) if entry.name.endswith(".sql"))


def _sorted(folder: Traversable) -> list[Traversable]:
    return sorted(folder.iterdir(), key=lambda entry: entry.name)


def _check_sql(detector: Detector) -> None:
    try:
        statements = duckdb.extract_statements(detector.sql)
    except duckdb.Error as error:
        raise UsageError(f"{detector.file}: {first_line(error)}") from None
    if [statement.type for statement in statements] != [StatementType.SELECT]:
        raise UsageError(f"{detector.file}: expected one SELECT behind the header")
