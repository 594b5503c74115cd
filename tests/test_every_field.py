"""Every column is what tshark read where few captures have it: tests/every_field.py."""

from collections import Counter
from pathlib import Path

from dissectors.cap_fields import CAP_FIELDS
from dissectors.map_fields import MAP_FIELDS
from tests.compare import (
    Difference,
    Ingested,
    Tables,
    against_tshark,
    captures,
    explained,
    kept_rows,
)
from tests.compared_columns import EXTRACTED, NOT_PRINTED, PLACE, TSHARK_COLUMNS
from tests.database import ingested
from tests.every_field import CAPTURE, KEPT
from tests.map_by_pycrate import UNTOLD

PCAPS = Path(__file__).parents[1] / "pcaps"
# of what carries a component; none of the captures whose rows are kept has it
WITHOUT_EXAMPLE = {
    "map_component": {
        "abort_source", "linked_id", "network_appearance", "origination_reference", "problem",
    },
    "cap_component": {
        "abort_cause", "abort_source", "application_context", "called_point_code",
        "calling_point_code", "destination_reference",
        "error_code", "gmsc_address", "linked_id", "map_version", "network_appearance",
        "opcode_oid", "origination_reference", "point_code_bits", "problem", "return_cause",
    },
    "diameter_message": set(),
    "sms": {"tp_fcs"},
    "ussd": set(),
}  # fmt: skip


def compared(ours: Ingested, theirs: Tables) -> set[Difference]:
    """The differences, but in messages that tshark gave up as malformed."""
    first = min(row["frame"] for row in theirs["sms"])
    ours.tables["sms"] = [row for row in ours.tables["sms"] if row["frame"] >= first]
    left = {row["frame"] for rows in theirs.values() for row in rows if "gave_up" in row}
    found = against_tshark(CAPTURE.name, ours, theirs).differences
    assert len(left) < 200
    return {each for each in found if each.frame not in left}


def test_every_field_is_what_tshark_reads() -> None:
    theirs = kept_rows(KEPT, CAPTURE)
    assert compared(ingested(CAPTURE), theirs) == explained("tshark", CAPTURE.name)


def test_every_column_is_compared_or_listed() -> None:
    seen: dict[str, Counter[str]] = {table: Counter() for table in TSHARK_COLUMNS}
    for root, path in [(KEPT, CAPTURE), *((PCAPS, path) for path in captures(PCAPS))]:
        for table, rows in kept_rows(root, path).items():
            seen[table].update(column for row in rows for column in row)
    for table, columns in TSHARK_COLUMNS.items():
        assert set(columns) - seen[table].keys() == WITHOUT_EXAMPLE[table], table
        listed = {*NOT_PRINTED[""], *NOT_PRINTED[table], *PLACE, *columns}
        assert {each for each in EXTRACTED[table] if not each.startswith("odd_")} <= listed


def test_tables_of_fields_are_compared() -> None:
    told = {*UNTOLD}
    for table, fields in (("map_component", MAP_FIELDS), ("cap_component", CAP_FIELDS)):
        assert {field.column for field in fields} - told <= set(TSHARK_COLUMNS[table])
