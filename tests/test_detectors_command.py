"""`sigaudit detectors` as a user runs it, and own detectors beside the project's."""

import json
import os
from pathlib import Path

import pytest

from sigaudit import detector_check
from sigaudit.detector import LARGEST_FILE, load
from sigaudit.detector_text import comments, source
from tests.detectors_page import PAGE, page
from tests.test_cli import NETWORK, PCAPS, audit, sigaudit

HEADER = """/*
id = "OWN-01"
title = "An own check"
threat = "anomaly"
severity = "low"
confidence = 0.5
why = "Own reasons."
benign = "Own causes."
remedy = "Own advice."
references = ["T1451"]
needs = ["swap"]
split_by = "source"

[defaults]
kind = "swap"     # of event; a # in "it"
*/
"""
SELECT = """select completed_at as first_seen, completed_at as last_seen,
  null as imsi, msisdn, null as gt, null as host, null as realm, agent_id as agent,
  null as answer, null as severity, null as confidence,
  [{'kind': 'swap', 'id': id}] as evidence, 'seen' as explanation
from swap where event = $kind"""
SWAPS = PCAPS / "sim_swap_by_the_book_swaps.csv"


def own(folder: Path, text: str = HEADER + SELECT, name: str = "own-01-check.sql") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_the_page_of_detectors_is_current() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `make docs`"


def test_every_detector_of_the_project_is_sound() -> None:
    assert detector_check.check([Path("detectors")]) == (len(load()), [])


def test_every_reference_has_a_source() -> None:
    for detector in load():
        assert all(map(source, detector.references)), detector.id


def test_list_filters_by_threat_and_need() -> None:
    listed = sigaudit("detectors", "list")
    assert listed.status == 0
    assert all(detector.id in listed.out for detector in load())
    swaps = sigaudit("detectors", "list", "--needs", "swap", "--format", "json")
    assert "SWAP-01" in [detector["id"] for detector in json.loads(swaps.out)]
    assert "MAP-LOC-01" not in swaps.out
    located = sigaudit("detectors", "list", "--threat", "location-tracking")
    assert "MAP-LOC-01" in located.out and "SWAP-01" not in located.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("list", "--threat", "location"), "location-tracking"),
        (("list", "--needs", "swaps"), "did you mean swap?"),
        (("list", "--detectors", "gone"), "no such folder"),
        (("show", "MAP-LOC-1"), "did you mean MAP-LOC-"),
        (("check", "gone.sql"), "gone.sql: no such file"),
        (("new", "own", "--threat", "spoofing", "--out", "own"), "such as OWN-01"),
        (("new", "OWN-01", "--threat", "spoof", "--out", "own"), "spoofing"),
        (("new", "SWAP-01", "--threat", "spoofing", "--out", "own"), "choose another id"),
        (("new", "A-01", "--threat", "spoofing", "--title", "a */", "--out", "o"), "--title"),
    ],
)
def test_wrong_usage_tells_what_may_be_meant(
    arguments: tuple[str, ...], told: str, tmp_path: Path
) -> None:
    result = sigaudit("detectors", *arguments, folder=tmp_path)
    assert result.status == 2
    assert told in result.err
    assert not list(tmp_path.iterdir())


def test_show_says_all_that_a_reader_needs() -> None:
    shown = sigaudit("detectors", "show", "SWAP-01").out
    for words in ("Why it matters", "Benign causes", "T1451  MITRE ATT&CK", "rows in table swap",
                  "swap_cooling_off_hours = 24", "policy.swap_cooling_off_hours",
                  "minutes from a one-time password", "one subscriber", "from chain"):  # fmt: skip
        assert words in shown
    asked = json.loads(sigaudit("detectors", "show", "MAP-LOC-01", "--format", "json").out)
    assert (asked["category"], asked["parameters"]) == ("MAP 1", [])
    assert asked["references"][0] == {"id": "T1430.002", "source": "MITRE ATT&CK"}


def test_show_has_no_colours_where_none_are_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[3" not in sigaudit("detectors", "show", "SWAP-01").out


def test_comments_of_values_may_hold_hashes() -> None:
    assert comments('[defaults]\na = "#1"  # it # that\nb = 2\n# alone') == {"a": "it # that"}


@pytest.mark.parametrize("threat", ["sim-swap-fraud", "spoofing"])
def test_a_new_detector_is_sound_and_not_overwritten(threat: str, tmp_path: Path) -> None:
    arguments = ("new", "OWN-01", "--threat", threat, "--title", 'Say "swap"', "--out", tmp_path)
    made = sigaudit("detectors", *arguments)
    assert made.status == 0 and "Prove it" in made.out
    (file,) = tmp_path.iterdir()
    assert file.name == "own-01-say-swap.sql"
    assert sigaudit("detectors", "check", file).out == "1 detector checked: sound\n"
    before = file.read_bytes()
    assert sigaudit("detectors", *arguments).status == 2
    assert file.read_bytes() == before


MISTAKES = [
    ("select 1", "begin it with a header"),
    ("/* id = */ select 1", "header: not valid TOML"),
    ("/* a = " + "[" * 9000 + "*/ select 1", "header: a value is too large or too deep"),
    (HEADER.replace("title", "titel") + SELECT, "titel: unknown key; did you mean title?"),
    (HEADER.replace("title", "sql") + SELECT, "sql: unknown key"),
    (HEADER.replace('why = "Own reasons."', "") + SELECT, "why: required, but absent"),
    (HEADER.replace('"anomaly"', '"oddity"') + SELECT, "threat: expected 'location-tracking'"),
    (HEADER.replace("OWN-01", "own") + SELECT, "such as MAP-LOC-01"),
    (HEADER.replace("OWN-01", "OWN-02") + SELECT, "id: name the file own-02-….sql"),
    (HEADER.replace("OWN-01", "SWAP-01") + SELECT, "has SWAP-01 already"),
    (HEADER.replace('["swap"]', '["swop"]') + SELECT, "did you mean swap?"),
    (HEADER.replace('["swap"]', '["operator.nome"]') + SELECT, "no table of the database or key"),
    (HEADER.replace('["swap"]', '["roaming_partner.name"]') + SELECT, "no table of the database"),
    (HEADER + SELECT.replace("$kind", "'swap'"), "defaults.kind: the SELECT has no $kind"),
    (HEADER + SELECT + " and id > $least", "no value for $least: add it to [defaults]"),
    (HEADER.replace('"swap"  ', "1" + "0" * 400) + SELECT, "too large"),
    (HEADER + "selec 1", "line 17: Parser Error"),
    (HEADER + "select 1; select 2", "expected one SELECT"),
    (HEADER + "attach '/etc/passwd' as x", "expected one SELECT"),
    (HEADER + "copy swap to 'x'", "expected one SELECT"),
    (HEADER + SELECT.replace("from swap", "from swop"), "line 21: Catalog Error"),
    (HEADER + SELECT.replace("null as gt, ", ""), "column gt is lacking; add null as gt"),
    (HEADER + SELECT.replace("as gt", "as tg"), "column tg: unknown; known are first_seen"),
    (HEADER + SELECT.replace("null as gt", "7 as gt"), "column gt: expected VARCHAR, got INTEGER"),
    (HEADER + SELECT.replace("completed_at as last", "null as last"), "column last_seen: expected"),
    (HEADER + SELECT.replace("'id'", "'key'"), "column evidence: expected STRUCT"),
    (HEADER + SELECT.replace("from swap where event = $kind", "from (select 'x' as msisdn, "
     "now()::timestamp as completed_at, 'x' as agent_id, 1 as id) where $kind = 'swap'"),
     "fires on an empty database"),
    (HEADER + SELECT + " or exists (from read_text('/etc/hostname'))", "file system operations"),
    (HEADER + SELECT + " or exists (from '/etc/hostname')", "Catalog Error"),
    (HEADER + SELECT + " or exists (from glob('/*'))", "file system operations"),
    (HEADER + SELECT + " or exists (from query('drop table swap'))", "single SELECT"),
    (HEADER + SELECT + " and len((select list(range) from range(99999999999))) = 1", "Memory"),
    (HEADER + "select " + "(" * 9000 + "1" + ")" * 9000, "depth"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parents[1])


@pytest.mark.parametrize(("text", "told"), MISTAKES, ids=[told for _, told in MISTAKES])
def test_check_tells_file_place_and_remedy(text: str, told: str, tmp_path: Path) -> None:
    file = own(tmp_path, text)
    count, wrong = detector_check.check([file])
    assert count == 1
    assert any(told in line for line in wrong), wrong
    assert all(line.startswith(f"{file}: ") for line in wrong), wrong


def test_check_tells_all_mistakes_at_once(tmp_path: Path) -> None:
    text = HEADER.replace("0.5", "5").replace('"low"', '"lowest"').replace('["swap"]', '["swop"]')
    own(tmp_path / "Own-ones", text + SELECT.replace("null as gt, ", ""), "other.sql")
    own(tmp_path / "b", HEADER + SELECT)
    own(tmp_path / "c", HEADER + SELECT)
    result = sigaudit("detectors", "check", tmp_path)
    assert result.status == 2
    assert result.err.startswith("sigaudit: 8 mistakes in 3 detectors:\n")
    for told in ("Own-ones: name it in lower-case", "confidence", "severity", "needs: swop"):
        assert told in result.err
    for told in ("column gt is lacking", "name the file own-01-", "has OWN-01 already"):
        assert told in result.err


def test_a_select_that_never_ends_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(detector_check, "SECONDS", 1)
    loop = "with recursive t as (select 1 as n union all select n + 1 from t)\n"
    _, wrong = detector_check.check(
        [own(tmp_path, HEADER + loop + SELECT + " or (select count(*) from t) > 1")]
    )
    assert len(wrong) == 1 and "runs longer than 1 seconds" in wrong[0]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (os.urandom(4096), "not UTF-8"),
        (b"/*" + b"x" * LARGEST_FILE, "too large"),
        (b"", "begin it with a header"),
        (b"/*\x00*/ select 1", "not valid TOML"),
        ((HEADER + SELECT).encode("utf-16"), "not UTF-8"),
    ],
)
def test_files_that_are_no_detectors(content: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / "own-01-x.sql").write_bytes(content)
    os.mkfifo(tmp_path / "own-02-pipe.sql")
    (tmp_path / "own-03-folder.sql").mkdir()
    result = sigaudit("detectors", "check", tmp_path)
    assert result.status == 2
    assert told in result.err and "own-02-pipe.sql: no such file" in result.err


def test_an_own_detector_runs_beside_the_projects_and_is_in_the_report(tmp_path: Path) -> None:
    own(tmp_path / "own" / "anything")
    out = tmp_path / "out"
    result = audit(SWAPS, out=out, more=("--detectors", str(tmp_path / "own")))
    assert result.status == 0 and "OWN-01" in result.out and "MAP-LOC-01" in result.out
    assert "Own advice." in (out / "report.html").read_text("utf-8")
    detect = ("detect", "--db", out / "audit.duckdb", "--network", NETWORK)
    assert "OWN-01" in sigaudit(*detect, "--detectors", tmp_path / "own").out
    assert "OWN-01" not in sigaudit(*detect).out


def test_an_own_detector_with_an_id_of_the_project_is_refused(tmp_path: Path) -> None:
    own(tmp_path / "own", HEADER.replace("OWN-01", "SWAP-01") + SELECT, "zz-swap.sql")
    result = audit(SWAPS, out=tmp_path / "out", more=("--detectors", str(tmp_path / "own")))
    assert result.status == 2
    assert "zz-swap.sql: id: swap-01-" in result.err and "has SWAP-01 already" in result.err
    assert "Inputs" not in result.err  # nothing was read before


@pytest.mark.parametrize(
    "source",
    ["read_text('{0}')", "read_csv('{0}')", "read_blob('{0}')", "glob('{0}')", "sniff_csv('{0}')"],
)
def test_an_own_detector_reads_no_file(source: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a,b\n1,2\n")
    select = f"{SELECT} or exists (from {source.format(secret)})"
    own(tmp_path / "own", HEADER + select)
    result = audit(SWAPS, out=tmp_path / "out", more=("--detectors", str(tmp_path / "own")))
    assert result.status == 2
    assert "own-01-check.sql: " in result.err and "disabled by configuration" in result.err


def test_every_command_of_detectors_teaches_by_example() -> None:
    for command in ("list", "show", "check", "new"):
        result = sigaudit("detectors", command, "--help")
        assert result.status == 0
        assert f"sigaudit detectors {command}" in result.out
