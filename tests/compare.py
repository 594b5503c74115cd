"""Rows of the database beside rows of another reader, and the differences that are explained.

A row is a dict without the members that are NULL. The other reader is tshark (`tests.tshark`, or
the rows it left in `pcaps/`) or pycrate (`tests.map_by_pycrate`).
"""

import gzip
import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from dissectors.fields import (
    COMPONENT_NUMBERS,
    COMPONENT_TEXTS,
    DIALOGUE_TABLE,
    DIGITS,
    FLAGS,
    MAP_NUMBERS,
    MAP_TEXTS,
    MESSAGE_NUMBERS,
    PACKED,
    PATH_TABLE,
    SCCP_ADDRESS_TABLE,
)
from dissectors.map_fields import MAP_FIELDS
from tests.compared_columns import TSHARK_COLUMNS

Row = dict[str, Any]
Tables = dict[str, list[Row]]

EXPLANATIONS = Path(__file__).with_name("differences.toml")
PLACE = ("frame", "message", "component")
PARAMETER_COLUMNS = {field.column for field in MAP_FIELDS}
SHARED_COLUMNS = (*PATH_TABLE[0], *PATH_TABLE[1], *DIALOGUE_TABLE[0], *DIALOGUE_TABLE[1])
ADDRESS_COLUMNS = (*SCCP_ADDRESS_TABLE[0], *SCCP_ADDRESS_TABLE[1])
PYCRATE_COLUMNS = sorted(
    {
        *SHARED_COLUMNS,
        *(f"calling_{name}" for name in ADDRESS_COLUMNS),
        *(f"called_{name}" for name in ADDRESS_COLUMNS),
        *MESSAGE_NUMBERS, *COMPONENT_NUMBERS, *COMPONENT_TEXTS, *DIGITS, *MAP_NUMBERS, *MAP_TEXTS,
        *PACKED, *FLAGS,
    }
    # of scapy's and of our own making
    - {*PLACE, "seen_at", "flags", "bytes_unread", "digest",
       "path_id", "called_id", "calling_id", "dialogue_id"}
    # not taken from pycrate
    - {"source_port", "destination_port", "payload_protocol", "routing_context",
       "network_appearance", "point_code_bits", "calling_indicator", "called_indicator",
       "dialogue_result", "diagnostic", "abort_source", "return_cause"}
)  # fmt: skip
CAPTURE_STARTS = ("a1b2c3d4", "d4c3b2a1", "a1b23c4d", "4d3cb2a1", "0a0d0d0a")
MANY_ROWS = 500  # kept compressed from here on


class Difference(NamedTuple):
    """A frame in which two readers differ in a column, or in having the row at all ("row")."""

    capture: str
    frame: int
    field: str


class Comparison(NamedTuple):
    """How many messages were compared, where they differ, and what was set aside as unread."""

    messages: int
    differing: int
    differences: set[Difference]
    unread: Counter[str]


class Ingested(NamedTuple):
    """What the database holds of a capture: its rows, and what the walker did not read."""

    tables: Tables
    problems: dict[int, set[str]]  # by frame, as "layer: reason"
    passed_over: dict[str, str]  # by layer, likewise


def captures(directory: Path) -> list[Path]:
    """The captures in a folder and below it, told by their content."""
    return [path for path in sorted(directory.rglob("*")) if path.is_file() and is_capture(path)]


def is_capture(path: Path) -> bool:
    """Whether the file begins as pcap or pcapng does, plain or in gzip."""
    with path.open("rb") as file:
        start = file.read(4)
    if start[:2] == b"\x1f\x8b":
        with gzip.open(path) as file:
            start = file.read(4)
    return start.hex() in CAPTURE_STARTS


def against_tshark(capture: str, ours: Ingested, theirs: Tables) -> Comparison:
    """Compare with tshark's rows; messages in formats that the walker says it does not read yet
    are counted apart.
    """
    unread: Counter[str] = Counter()
    kept: Tables = {}
    for table, rows in theirs.items():
        have = by_place(ours.tables[table])
        reasons = {place: not_read(row, ours) for place, row in by_place(rows).items()}
        aside = {place: why for place, why in reasons.items() if why and place not in have}
        unread += Counter(aside.values())
        kept[table] = [row for place, row in by_place(rows).items() if place not in aside]
    return compare(capture, ours.tables, kept, TSHARK_COLUMNS)._replace(unread=unread)


def not_read(row: Row, ours: Ingested) -> str | None:
    """The walker's own words for not reading a row's frame or what carried the message."""
    words = ours.problems.get(row["frame"], set())
    unread = [reason for reason in words if reason.endswith(("is not read", "is not done"))]
    return min(unread, default=None) or ours.passed_over.get(row.get("carried_by", ""))


def against_pycrate(
    capture: str, ours: Ingested, theirs: list[Row], undecoded: set[int]
) -> Comparison:
    """Compare with pycrate's rows, all columns; of undecoded components those of the header."""
    rows = [dict(row) for row in ours.tables["map_component"]]
    for row in rows:
        if row["frame"] in undecoded:
            for column in PARAMETER_COLUMNS & row.keys():
                del row[column]
    columns = {"map_component": PYCRATE_COLUMNS}
    found = compare(capture, {"map_component": rows}, {"map_component": theirs}, columns)
    parameters = {Difference(capture, frame, "parameter") for frame in undecoded}
    return found._replace(differences=found.differences | parameters)


def compare(capture: str, ours: Tables, theirs: Tables, columns: dict[str, Any]) -> Comparison:
    """Compare the tables' columns row by row; a row belongs to the same frame and message."""
    found: set[Difference] = set()
    messages: set[tuple[int, ...]] = set()
    differing: set[tuple[int, ...]] = set()
    for table in theirs:
        our_rows, their_rows = by_place(ours[table]), by_place(theirs[table])
        for place in our_rows.keys() | their_rows.keys():
            fields = differing_fields(our_rows.get(place), their_rows.get(place), columns[table])
            messages.add(place[:2])
            if fields:
                differing.add(place[:2])
            found |= {Difference(capture, place[0], field) for field in fields}
    return Comparison(len(messages), len(differing), found, Counter())


def by_place(rows: Iterable[Row]) -> dict[tuple[int, ...], Row]:
    """Rows by frame, message and component."""
    return {tuple(row[name] for name in PLACE if name in row): row for row in rows}


def differing_fields(ours: Row | None, theirs: Row | None, columns: Iterable[str]) -> list[str]:
    """Columns in which two rows differ; "row" where one side has none."""
    if ours is None or theirs is None:
        return ["row"]
    return [column for column in columns if ours.get(column) != theirs.get(column)]


def explained(reader: str, capture: str) -> set[Difference]:
    """The differences from a reader (tshark or pycrate) that differences.toml explains."""
    return {
        Difference(capture, frame, entry["field"])
        for entry in explanations(reader)
        if entry["capture"] == capture
        for frame in entry["frames"]
    }


def explanations(reader: str) -> list[Row]:
    """The entries for a reader. Raises ValueError where one lacks who is right, or why."""
    with EXPLANATIONS.open("rb") as file:
        entries: list[Row] = tomllib.load(file).get(reader, [])
    for entry in entries:
        if entry.keys() != {"capture", "frames", "field", "right", "why"}:
            raise ValueError(
                f"{EXPLANATIONS.name}: {entry} wants capture, frames, field, right, why"
            )
        if entry["right"] not in ("sigaudit", reader, "neither", "both"):
            raise ValueError(f"{EXPLANATIONS.name}: {entry['capture']}: right = {entry['right']}?")
    return entries


def rows_path(root: Path, capture: Path) -> Path:
    """Where tshark's rows of a capture are kept: not beside it, for the demo is audited whole."""
    return root / "rows" / capture.relative_to(root).with_name(f"{capture.name}.jsonl")


def write_rows(root: Path, capture: Path, tables: Tables) -> Path:
    """Keep rows, one JSON object a line, in gzip where they are many."""
    lines = list(lines_of(tables))
    plain = rows_path(root, capture)
    packed = plain.with_name(f"{plain.name}.gz")
    plain.parent.mkdir(parents=True, exist_ok=True)
    for path in (plain, packed):
        path.unlink(missing_ok=True)
    if len(lines) < MANY_ROWS:
        plain.write_text("".join(lines))
        return plain
    packed.write_bytes(gzip.compress("".join(lines).encode(), mtime=0))
    return packed


def lines_of(tables: Tables) -> Iterator[str]:
    """A line for each row, its table first."""
    for table, rows in tables.items():
        for row in rows:
            yield json.dumps({"table": table, **row}, separators=(",", ":")) + "\n"


def kept_rows(root: Path, capture: Path) -> Tables:
    """The rows that `write_rows` left."""
    plain = rows_path(root, capture)
    packed = plain.with_name(f"{plain.name}.gz")
    octets = gzip.decompress(packed.read_bytes()) if packed.exists() else plain.read_bytes()
    tables: Tables = {table: [] for table in TSHARK_COLUMNS}
    for line in octets.decode().splitlines():
        row = json.loads(line)
        tables[row.pop("table")].append(row)
    return tables
