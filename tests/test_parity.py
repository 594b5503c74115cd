"""The comparison itself: what differs is found, what is explained must differ, no value is told."""

from collections import Counter
from pathlib import Path

import pytest

from tests.compare import Comparison, Difference, Ingested, Tables, against_tshark, captures
from tests.parity import report

PLACE = {"frame": 7, "message": 1}
IMSI = "620990000000001"


def tables(**columns: object) -> Tables:
    component = {**PLACE, "component": 1, "opcode": 71, **columns}
    return {"map_component": [component], "diameter_message": []}


def differences(ours: Ingested, theirs: Tables) -> set[Difference]:
    return against_tshark("a.pcap", ours, theirs).differences


def test_equal_rows_do_not_differ() -> None:
    assert not differences(Ingested(tables(imsi=IMSI), {}, {}), tables(imsi=IMSI))


@pytest.mark.parametrize(
    ("theirs", "field"), [({"imsi": IMSI}, "imsi"), ({"opcode": 70}, "opcode")]
)
def test_another_value_and_a_missing_one_differ(theirs: dict[str, object], field: str) -> None:
    ours = Ingested(tables(), {}, {})
    assert differences(ours, tables(**theirs)) == {Difference("a.pcap", 7, field)}


def test_missing_row_differs() -> None:
    nothing: Tables = {"map_component": [], "diameter_message": []}
    expected = {Difference("a.pcap", 7, "row")}
    assert differences(Ingested(nothing, {}, {}), tables()) == expected
    assert differences(Ingested(tables(), {}, {}), nothing) == expected


def test_formats_that_are_not_read_are_counted_apart() -> None:
    nothing: Tables = {"map_component": [], "diameter_message": []}
    said = "link: link type is not read"
    found = against_tshark("a.pcap", Ingested(nothing, {7: {said}}, {}), tables())
    assert found == Comparison(0, 0, set(), Counter({said: 1}))


def test_another_problem_excuses_nothing() -> None:
    nothing: Tables = {"map_component": [], "diameter_message": []}
    found = against_tshark("a.pcap", Ingested(nothing, {7: {"tcap: cut short"}}, {}), tables())
    assert found.differences == {Difference("a.pcap", 7, "row")}


def test_report_fails_on_both_sides_and_tells_no_value(capsys: pytest.CaptureFixture[str]) -> None:
    found = against_tshark("a.pcap", Ingested(tables(imsi=IMSI), {}, {}), tables())
    assert report(Path("a.pcap"), found, found.differences)
    assert not report(Path("a.pcap"), found, set())
    assert not report(Path("a.pcap"), found, found.differences | {Difference("a.pcap", 8, "imsi")})
    assert IMSI not in capsys.readouterr().out


def test_captures_are_told_by_content(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(bytes.fromhex("d4c3b2a1") + bytes(20))
    (tmp_path / "notes.pcap").write_text("not a capture")
    assert captures(tmp_path) == [tmp_path / "one"]
