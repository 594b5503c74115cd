"""Audits side by side, over small audits made here and result documents written by hand."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from sigaudit import comparison, detect, network, store
from sigaudit.comparison.audits import read
from sigaudit.comparison.changes import changes
from sigaudit.comparison.document import apart, document
from sigaudit.errors import SigauditError, UsageError
from sigaudit.ingest import ingest
from tests.test_cli import NETWORK, PCAPS, sigaudit
from tests.test_report import HOSTILE, Page


@pytest.fixture(scope="module")
def audits(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two audits of one operator, the second with more, and one of another operator."""
    place = tmp_path_factory.mktemp("audits")
    other = place / "other.toml"
    other.write_text(NETWORK.read_text("utf-8").replace("Example Mobile", "Other Mobile"))
    scenes = [
        ("first", ["any_time_interrogation.pcap", "send_imsi.pcap"], NETWORK),
        ("second", ["any_time_interrogation.pcap", "lookups.pcap"], NETWORK),
        ("third", ["send_imsi.pcap"], other),
    ]
    for name, captures, file in scenes:
        (place / name).mkdir()
        with store.connected(place / name / "audit.duckdb") as connection:
            assert not ingest(connection, [PCAPS / capture for capture in captures]).failed
            detect.run(connection, network.load(file))
    return [place / name for name, *_ in scenes]


@pytest.fixture(scope="module")
def kept(audits: list[Path]) -> str:
    return json.dumps(document(read(audits)))


@pytest.fixture
def compared(kept: str) -> dict:
    """The comparison of all three, to change."""
    return json.loads(kept)


def finding(name: str, detector: str = "MAP-LOC-01", **members) -> dict:
    subscriber = {"imsi": members.get("imsi"), "msisdn": members.get("msisdn")}
    source = {key: members.get(key) for key in ("gt", "host", "realm", "agent")}
    return {
        "id": name, "was": members.get("was", []), "detector": detector, "title": "Located",
        "threat": "location-tracking", "severity": "high", "answer": "answered",
        "subscriber": subscriber, "subscribers": 1, "source": source, "sources": 1,
        "first_seen": "2026-03-01T00:00:00.000000Z", "last_seen": "2026-03-01T00:00:00.000000Z",
    }  # fmt: skip


def audited(name: str, *findings: dict, missing: dict | None = None, ran=("MAP-LOC-01",)) -> dict:
    return {
        "name": name,
        "findings": list(findings),
        "checks": [{"id": detector} for detector in ran],
        "not_assessed": [{"detector": d, "missing": what} for d, what in (missing or {}).items()],
    }


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        ([finding("a")], [finding("a")], {"persisting": ["a"]}),
        ([finding("a")], [finding("b", was=["a"])], {"persisting": ["b"]}),
        ([finding("a", imsi="1")], [finding("b", imsi="1")], {"persisting": ["b"]}),
        ([finding("a", gt="4477")], [finding("b", gt="4477")], {"persisting": ["b"]}),
        ([finding("a", imsi="1")], [finding("b", imsi="2")], {"new": ["b"], "mended": ["a"]}),
        ([finding("a")], [finding("b")], {"new": ["b"], "mended": ["a"]}),
        ([], [finding("b")], {"new": ["b"]}),
        ([finding("a")], [], {"mended": ["a"]}),
        (
            [finding("a", gt="1")],
            [finding("b", "MAP-LOC-02", gt="1")],
            {"new": ["b"], "mended": ["a"]},
        ),
    ],
)
def test_changes(earlier: list, later: list, expected: dict) -> None:
    told = changes(audited("E", *earlier), audited("L", *later))
    kinds = ("new", "persisting", "mended", "untold")
    found = {kind: [entry["id"] for entry in told[kind]] for kind in kinds if told[kind]}
    assert found == expected


def test_what_was_not_assessed_later_is_not_mended() -> None:
    before = audited("E", finding("a"), finding("b", "OWN-01"))
    after = audited("L", missing={"MAP-LOC-01": "map_component"})
    told = changes(before, after)
    assert told["mended"] == []
    assert [entry["why"] for entry in told["untold"]] == [
        "its check was not assessed for lack of map_component",
        "its check was not among those that ran",
    ]


def test_what_could_not_be_seen_before_says_so() -> None:
    told = changes(audited("E", missing={"MAP-LOC-01": "interconnect"}), audited("L", finding("a")))
    assert told["new"][0]["why"].endswith("not assessed for lack of interconnect")


def test_intervals_that_overlap_may_be_chance() -> None:
    assert apart([{"low": 0.1, "high": 0.2}, {"low": 0.3, "high": 0.4}])
    assert not apart([{"low": 0.1, "high": 0.3}, {"low": 0.3, "high": 0.4}])
    assert not apart([{"low": None, "high": None}, {"low": 0.3, "high": 0.4}])
    assert not apart([])


def ids(audit: Path) -> set[str]:
    with store.connected(audit / "audit.duckdb", read_only=True) as connection:
        return {name for (name,) in connection.execute("select id from finding").fetchall()}


def test_side_by_side(audits: list[Path], compared: dict) -> None:
    names = [entry["name"] for entry in compared["audits"]]
    assert len(set(names)) == 3
    assert [entry["operator"] for entry in compared["audits"]] == [
        "Example Mobile", "Example Mobile", "Other Mobile"
    ]  # fmt: skip
    own, other = compared["operators"]
    assert (len(own["changes"]), other["changes"]) == (1, [])
    [change] = own["changes"]
    before, after = map(ids, audits[:2])
    assert before & after <= {entry["id"] for entry in change["persisting"]}
    [earlier, later] = compared["audits"][:2]
    assert {earlier["findings"], later["findings"]} == {len(before), len(after)}
    assert len(change["new"]) + len(change["persisting"]) == later["findings"]
    assert any("different operators" in note for note in compared["notes"])
    for row in compared["controls"]:
        assert len(row["verdicts"]) == 3
        assert row["differs"] == (len(set(row["verdicts"])) > 1)
    by_check = {row["id"]: row["findings"] for row in compared["detectors"]}
    assert by_check["MAP-LOC-01"] == [5, 5, 0]


def test_order_and_place_of_folders_change_nothing(audits: list[Path], tmp_path: Path) -> None:
    moved = [shutil.copytree(path, tmp_path / path.name[::-1]) for path in reversed(audits)]
    for form in comparison.FORMATS:
        comparison.write(audits, form, tmp_path / "one")
        comparison.write(moved, form, tmp_path / "other")
        assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_pseudonymised(audits: list[Path], tmp_path: Path) -> None:
    for form in comparison.FORMATS:
        comparison.write(audits, form, tmp_path / "clear")
        comparison.write(audits, form, tmp_path / "hidden", b"sixteen octets and more")
        assert "62099" in (tmp_path / "clear").read_text("utf-8")
        assert "62099" not in (tmp_path / "hidden").read_text("utf-8")
        assert "~" in (tmp_path / "hidden").read_text("utf-8")


def test_page_loads_nothing_and_is_sound(compared: dict) -> None:
    text = comparison.html(compared)
    page = Page(text)
    assert page.open == []
    assert "script" not in page.tags
    assert not [value for value in page.values("href") if not value.startswith("#")]
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert {value[1:] for value in page.values("href")} <= set(ids)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_strings_stay_text(hostile: str, compared: dict) -> None:
    plain = Page(comparison.html(compared)).tags
    compared["operators"][0]["changes"][0]["new"][0]["source"]["gt"] = hostile
    compared["audits"][0]["name"] = hostile
    page = Page(comparison.html(compared))
    assert page.tags == plain


def test_different_versions_are_told(audits: list[Path], tmp_path: Path) -> None:
    old = shutil.copytree(audits[0], tmp_path / "old")
    with duckdb.connect(old / "audit.duckdb") as connection:
        connection.execute("update audit set tool_version = '0.0.9'")
        connection.execute("update rule_file set sha256 = 'x' where file like 'map-loc-01%'")
    told = " ".join(document(read([old, audits[1]]))["notes"])
    assert "different versions of sigaudit: 0.0.9, " in told
    assert "Files of rules differ: map-loc-01" in told


def test_what_cannot_be_compared(audits: list[Path], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="two audits or more"):
        comparison.write([audits[0], audits[0]], "json", tmp_path / "out.json")
    with pytest.raises(SigauditError, match="no such database"):
        comparison.write([audits[0], tmp_path], "json", tmp_path / "out.json")
    (tmp_path / "audit.duckdb").write_bytes(b"no database")
    with pytest.raises(SigauditError, match="not a database that can be opened"):
        comparison.write([audits[0], tmp_path], "json", tmp_path / "out.json")
    assert not (tmp_path / "out.json").exists()


def test_the_command(audits: list[Path], tmp_path: Path) -> None:
    made = sigaudit("compare", *audits, "--out", tmp_path / "out.html")
    assert made.status == 0, made.err
    assert (tmp_path / "out.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    wrong = sigaudit("compare", *audits, "--out", tmp_path / "out.txt")
    assert (wrong.status, "--format" in wrong.err) == (2, True)
    sigaudit("ingest", PCAPS / "send_imsi.pcap", "--db", tmp_path / "audit.duckdb")
    unaudited = sigaudit("compare", audits[0], tmp_path, "--out", tmp_path / "out.json")
    assert unaudited.status == 1
    assert "holds inputs, but no audit" in unaudited.err.replace("\n", " ")
