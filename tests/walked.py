"""What the walker makes of a capture, as plain Python, so that it can be compared with itself.

Numbers are as the walker wrote them, before they are narrowed to the widths of their columns.
`python -m tests.walked FILE...` prints a line of JSON for each, by the walker that Python finds.
"""

import json
import sys
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import nanoarrow

from dissectors.diameter_fields import DIAMETER_DIGITS
from dissectors.fields import DIGITS, FLAGS, PACKED, PACKED_WIDTH, width_of
from dissectors.reasons import ANOMALIES, PASSED_OVER, PROBLEMS
from dissectors.walker import Summary, is_compiled, walk

TABLES = (
    "map_component", "cap_component", "sms", "ussd", "diameter_message", "diameter_route", "path",
    "sccp_address", "dialogue_portion", "anomaly", "problem",
)  # fmt: skip

Row = dict[str, Any]
Walked = dict[str, Any]


def walked(octets: bytes) -> Walked:
    """Rows by table, without what is NULL, and all that the summary says."""
    summary = Summary()
    found: Walked = {table: [] for table in TABLES}
    with patch("dissectors.arrow.width_of", widest):
        for batches in walk(BytesIO(octets), summary):
            for table in TABLES:
                found[table] += rows(batches.tables[table])
            batches.release()
    for row in found["problem"]:
        row["layer"], row["reason"] = PROBLEMS[row["reason"]]
    for row in found["anomaly"]:
        row["layer"], row["kind"] = ANOMALIES[row["kind"]]
    for table, digits in (
        ("map_component", DIGITS),
        ("cap_component", ()),
        ("diameter_message", DIAMETER_DIGITS),
    ):
        found[table] = [whole(row, found, digits) for row in found[table]]
    passed = summary.passed_over or {}
    return found | {
        "frames": summary.frames,
        "times": [summary.first_time, summary.last_time],
        "damage": summary.damage,
        "passed_over": {
            f"{layer}: {what}": passed[layer, what].times if (layer, what) in passed else 0
            for layer, what in PASSED_OVER
        },
        "first_passed_over": {
            f"{layer}: {what}": one.frame for (layer, what), one in passed.items()
        },
    }


def whole(row: Row, found: Walked, digits: Iterable[str]) -> Row:
    """A component's row as the view of the database has it: with what its ids stand for."""
    row = dict(row)
    for table, column, prefix in (
        ("path", "path_id", ""),
        ("sccp_address", "called_id", "called_"),
        ("sccp_address", "calling_id", "calling_"),
        ("dialogue_portion", "dialogue_id", ""),
        ("diameter_route", "route_id", ""),
    ):
        if column in row:
            (other,) = (each for each in found[table] if each["id"] == row[column])
            row |= {f"{prefix}{name}": value for name, value in other.items() if name != "id"}
            del row[column]
    for column in digits:
        if column in row:
            row[column] = str(row[column])[1:]
        elif f"odd_{column}" in row:
            row[column] = row.pop(f"odd_{column}")
    return row | unpacked(row.pop("flags", 0))


def unpacked(flags: int) -> Row:
    """The columns that stand as bits in `flags`, as the view has them."""
    row: Row = {}
    for column in PACKED:
        if flags & (1 << PACKED_WIDTH) - 1:
            row[column] = flags & (1 << PACKED_WIDTH) - 1
        flags >>= PACKED_WIDTH
    if "requesting_node_type" in row:
        row["requesting_node_type"] -= 1
    return row | {column: True for bit, column in enumerate(FLAGS) if flags >> bit & 1}


def widest(column: str) -> str:
    """The width of a column, if it had all the room that there is."""
    return "uint64" if width_of(column) == "uint64" else "int64"


def rows(batch: Any) -> list[Row]:
    """A batch's rows."""
    if not batch.rows or not batch.names:
        return [{} for _ in range(batch.rows)]
    return [
        {name: value for name, value in row.items() if value is not None}
        for row in nanoarrow.ArrayStream(batch).read_all().to_pylist()
    ]


def line(octets: bytes) -> str:
    """All of it as one line of JSON."""
    return json.dumps(walked(octets), default=str, sort_keys=True)


if __name__ == "__main__":
    sys.stdout.write(f"{is_compiled()}\n")
    for argument in sys.argv[1:]:
        sys.stdout.write(f"{line(Path(argument).read_bytes())}\n")
