"""Detectors as files: a header in TOML inside the SQL comment, then one SELECT.

docs/writing-detectors.md tells how to write one.
"""

import difflib
import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from typing import Annotated, Any, Literal, get_args

import duckdb
from duckdb import StatementType
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

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
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


# Of the request or message that it is about, as publicly described: 1 never between networks,
# 2 only from the subscriber's own network, 3 only from where the subscriber roams.
Category = Literal["MAP 1", "MAP 2", "MAP 3", "SMS", "CAP"]

LARGEST_FILE = 64 * 1024  # octets; a capture given by mistake is not read to its end
PATTERN = r"^[A-Z]+(-[A-Z]+)?-[0-9]{2}$"


class Header(BaseModel):
    """What a reader of a detector's findings sees, and what it needs."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, StringConstraints(pattern=PATTERN)]
    title: Text
    threat: Threat
    severity: Severity
    confidence: float = Field(ge=0, le=1)
    why: Text
    benign: Text
    remedy: Text
    references: list[Text]
    category: Category | None = None
    needs: list[
        Text
    ]  # tables that must have rows (one of those joined by or), keys of network.toml
    better_with: list[Text] = []  # the same: runs without, but sees less, which is told
    split_by: Literal["subscriber", "source"]
    defaults: dict[str, bool | int | float | str] = {}


class Detector(Header):
    """One detector: its header and its SELECT."""

    file: str
    header: str  # as it is written, comments included
    foreign: bool = False  # of a folder of own detectors
    sql: str

    @property
    def sha256(self) -> str:
        """Of the file's bytes, hex."""
        return hashlib.sha256(f"/*{self.header}*/{self.sql}".encode()).hexdigest()

    @cached_property
    def parameters(self) -> set[str]:
        """Names of the $parameters in the SELECT."""
        return set(duckdb.extract_statements(self.sql)[0].named_parameters)


def load(own: Iterable[Traversable] = ()) -> list[Detector]:
    """The project's detectors and those of own folders, by id.

    UsageError names the file and the key that is wrong.
    """
    found = list(_project())
    for folder in own:
        found += [read(f).model_copy(update={"foreign": True}) for f in sql_files(folder)]
    found.sort(key=lambda detector: detector.id)
    for one, other in pairwise(found):
        if one.id == other.id:
            raise UsageError(f"{other.file}: id: {one.file} has {one.id} already; choose another")
    return found


@cache
def _project() -> tuple[Detector, ...]:
    return tuple(map(read, sql_files(files("detectors"))))


def read(file: Traversable) -> Detector:
    """One detector; UsageError names every wrong key, or what is wrong with the SQL."""
    header, sql = parts(file)
    detector = made(file.name, header, sql)
    check_sql(file.name, header, sql)
    return detector


def sql_files(folder: Traversable) -> Iterator[Traversable]:
    """The files of detectors in a folder, and in the folders in it."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder of detectors")
    for entry in _sorted(folder):
        inside = _sorted(entry) if entry.is_dir() else [entry]
        yield from (file for file in inside if file.name.endswith(".sql"))


def parts(file: Traversable) -> tuple[str, str]:
    """The header and the SQL behind it."""
    if not file.is_file():
        raise UsageError(f"{file.name}: no such file")
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
        text = content.decode("utf-8")
    except OSError as error:
        raise UsageError(f"{file.name}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{file.name}: line {line}: not UTF-8 text; save it as UTF-8") from None
    if len(content) > LARGEST_FILE:
        raise UsageError(f"{file.name}: too large for a detector; is it another file?")
    header, ends, sql = text.removeprefix("/*").partition("*/")
    if not ends or not text.startswith("/*"):
        raise UsageError(f"{file.name}: begin it with a header in TOML between /* and */")
    return header, sql


def keys(name: str, header: str) -> dict[str, Any]:
    """The header's keys, whatever they are."""
    try:
        return tomllib.loads(header)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{name}: header: not valid TOML: {error}") from None
    except (ValueError, RecursionError):  # of a number of thousands of digits, of deep nesting
        raise UsageError(f"{name}: header: a value is too large or too deep") from None


def made(name: str, header: str, sql: str) -> Detector:
    """The detector; UsageError names every wrong key of the header."""
    try:
        members = Header.model_validate(keys(name, header)).model_dump()
    except ValidationError as error:
        wrong = (f"{name}: {_mistake(details)}" for details in error.errors())
        raise UsageError("\n".join(wrong)) from None
    return Detector(file=name, header=header, sql=sql, **members)


def check_sql(name: str, header: str, sql: str) -> None:
    """UsageError where the SQL is anything but one SELECT."""
    try:
        statements = duckdb.extract_statements(sql)
    except duckdb.Error as error:
        place = line_of(error, header.count("\n"))
        raise UsageError(f"{name}: {place}{first_line(error)}") from None
    if [statement.type for statement in statements] != [StatementType.SELECT]:
        raise UsageError(f"{name}: expected one SELECT behind the header")


def line_of(error: duckdb.Error, above: int) -> str:
    """The line of the file that DuckDB complains of; `above` are those before its line 1."""
    _, _, told = str(error).rpartition("\nLINE ")
    number = told.partition(":")[0]
    return f"line {int(number) + above}: " if number.isdecimal() else ""


def _sorted(folder: Traversable) -> list[Traversable]:
    return sorted(folder.iterdir(), key=lambda entry: entry.name)


def _mistake(error: ErrorDetails) -> str:
    key = ".".join(map(str, error["loc"]))
    if error["type"] == "extra_forbidden":
        near = difflib.get_close_matches(key, Header.model_fields, n=1)
        known = (
            f"did you mean {near[0]}?" if near else f"known are {', '.join(Header.model_fields)}"
        )
        return f"{key}: unknown key; {known}"
    if error["type"] == "missing":
        return f"{key}: required, but absent"
    if error["type"] == "string_pattern_mismatch":
        return f"{key}: expected capitals, '-' and two digits, such as MAP-LOC-01"
    return f"{key}: {error['msg'].replace('Input should be', 'expected')}"
