"""The command line as its user runs it: what it prints, what it leaves, how it exits."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
PCAPS = ROOT / "pcaps"
ATTACK = PCAPS / "any_time_interrogation.pcap"
BENIGN = PCAPS / "any_time_interrogation_inside.pcap"
NETWORK = PCAPS / "network.toml"


class Result(NamedTuple):
    status: int
    out: str
    err: str


def sigaudit(*arguments: object, folder: Path | None = None) -> Result:
    """Run the program; nothing it does may end in a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "sigaudit", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert "Traceback" not in done.stderr
    return Result(done.returncode, done.stdout, done.stderr)


def audit(
    *inputs: object, out: Path, network: Path = NETWORK, more: tuple[str, ...] = ()
) -> Result:
    return sigaudit("audit", *inputs, "--network", network, "--out", out, *more)


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_attack_exits_with_3(tmp_path: Path) -> None:
    result = audit(ATTACK, out=tmp_path)
    assert result.status == 3
    assert "MAP-LOC-01" in result.out
    assert str(tmp_path / "report.html") in result.out
    found = json.loads((tmp_path / "findings.json").read_text("utf-8"))
    assert found["schema"] == "sigaudit/findings/1"
    assert found["findings"][0]["evidence"][0] == {
        "file": ATTACK.name,
        "frame": 1,
        "message": 1,
    }


def test_never_failing_on_findings(tmp_path: Path) -> None:
    assert audit(ATTACK, out=tmp_path, more=("--fail-on", "never")).status == 0


@pytest.mark.parametrize(
    ("severity", "status"),
    [("info", 3), ("low", 3), ("medium", 3), ("high", 3), ("critical", 0), ("never", 0)],
)
def test_fail_on_each_severity(severity: str, status: int, tmp_path: Path) -> None:
    """The gravest finding in the capture is high."""
    db = tmp_path / "audit.duckdb"
    sigaudit("ingest", ATTACK.with_name("exchange_elsewhere.pcap"), "--db", db)
    found = sigaudit("detect", "--db", db, "--network", NETWORK, "--fail-on", severity)
    assert found.status == status


def test_an_unreadable_input_comes_before_findings(tmp_path: Path) -> None:
    (tmp_path / "empty.pcap").touch()
    assert audit(ATTACK, tmp_path / "empty.pcap", out=tmp_path / "out").status == 1


def test_benign_exits_with_0(tmp_path: Path) -> None:
    result = audit(BENIGN, out=tmp_path)
    assert result.status == 0
    assert "No findings" in result.out


def test_second_run_reads_and_changes_nothing(tmp_path: Path) -> None:
    audit(ATTACK, out=tmp_path)
    before = digests(tmp_path)
    result = audit(ATTACK, out=tmp_path)
    assert "1 known already" in result.err
    assert result.status == 3
    assert digests(tmp_path) == before


def test_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    for out in ("one", "two"):
        audit(ATTACK, BENIGN, out=tmp_path / out)
    one, two = digests(tmp_path / "one"), digests(tmp_path / "two")
    assert one["findings.json"] == two["findings.json"]
    assert one["report.html"] == two["report.html"]


def test_more_inputs_are_added(tmp_path: Path) -> None:
    audit(BENIGN, out=tmp_path)
    result = audit(BENIGN, ATTACK, out=tmp_path)
    assert "1 read, 1 known already" in result.err
    assert result.status == 3


def test_other_operator_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text(NETWORK.read_text("utf-8").replace("Example Mobile", "Other Mobile"))
    audit(BENIGN, out=tmp_path / "out")
    result = audit(BENIGN, out=tmp_path / "out", network=other)
    assert result.status == 2
    assert "Example Mobile" in result.err and "Other Mobile" in result.err


@pytest.mark.parametrize("content", [b"", b"no capture at all\n", os.urandom(5000)])
def test_unreadable_input_exits_with_1(content: bytes, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.pcap"
    wrong.write_bytes(content)
    result = audit(wrong, BENIGN, out=tmp_path / "out")
    assert result.status == 1
    assert "wrong.pcap: neither a capture" in result.err
    assert "1 read, 1 not readable" in result.err
    report = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "wrong.pcap" in report


def test_missing_input_exits_with_1_and_the_rest_is_kept(tmp_path: Path) -> None:
    result = audit(tmp_path / "gone.pcap", BENIGN, out=tmp_path / "out")
    assert result.status == 1
    assert "gone.pcap: no such file or folder" in result.err
    assert "1 read, 1 not readable" in result.err
    assert "gone.pcap" in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_unknown_file_in_a_folder_changes_nothing(tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    (exports / "stp").mkdir(parents=True)
    (exports / "README").write_text("about these captures\n")
    shutil.copy(BENIGN, exports / "stp")
    result = audit(exports, out=tmp_path / "out")
    assert result.status == 0
    assert "1 read, 1 skipped" in result.err
    found = json.loads((tmp_path / "out" / "findings.json").read_text("utf-8"))
    assert [entry["name"] for entry in found["inputs"]] == [f"stp/{BENIGN.name}"]


def test_capture_cut_in_a_frame_keeps_what_is_whole(tmp_path: Path) -> None:
    cut = tmp_path / "cut.pcap"
    cut.write_bytes(ATTACK.read_bytes()[:-7])
    result = audit(cut, out=tmp_path / "out")
    assert result.status == 3
    assert "cut in the middle" in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_random_frames_are_counted_problems(tmp_path: Path) -> None:
    noise = tmp_path / "noise.pcap"
    header = ATTACK.read_bytes()[:24]
    frames = b"".join(
        bytes(8) + (60).to_bytes(4, "little") * 2 + os.urandom(60) for _ in range(200)
    )
    noise.write_bytes(header + frames)
    assert audit(noise, out=tmp_path / "out").status == 0


def test_three_mistakes_in_network_toml_at_once(tmp_path: Path) -> None:
    wrong = tmp_path / "network.toml"
    wrong.write_text(
        '[operator]\nname = "X"\ncountry = "Ghana"\nplmns = ["620"]\nglobal_titles = ["+233"]\n'
    )
    result = audit(ATTACK, out=tmp_path / "out", network=wrong)
    assert result.status == 2
    for key in ("operator.country", "operator.plmns", "operator.global_titles"):
        assert f"{wrong}: {key}" in result.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("audit",),
        ("audit", ATTACK, "--network", "gone.toml", "--out", "out"),
        ("audit", ATTACK, "--network", NETWORK, "--out", "out", "--as-of", "yesterday"),
        ("audit", ATTACK, "--network", NETWORK, "--out", "out", "--as-of", "0001-01-01T00:00+12"),
        ("audit", ATTACK, "--network", NETWORK, "--out", "out", "--fail-on", "maybe"),
        ("audit", ATTACK, "--network", NETWORK, "--out", NETWORK),
        ("report", "--db", "x", "--format", "docx", "--out", "y"),
        ("no-such-command",),
    ],
)
def test_wrong_usage_exits_with_2(arguments: tuple[object, ...], tmp_path: Path) -> None:
    assert sigaudit(*arguments, folder=tmp_path).status == 2


def test_no_database_exits_with_1(tmp_path: Path) -> None:
    result = sigaudit("report", "--db", tmp_path / "gone", "--format", "json", "--out", "x")
    assert result.status == 1
    assert "no such database" in result.err


def test_file_that_is_no_database_exits_with_1(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.duckdb"
    wrong.write_bytes(b"not a database" * 100)
    assert sigaudit("ingest", ATTACK, "--db", wrong).status == 1


def test_step_by_step_equals_audit(tmp_path: Path) -> None:
    audit(ATTACK, out=tmp_path / "whole")
    db = tmp_path / "steps.duckdb"
    assert sigaudit("ingest", ATTACK, "--db", db).status == 0
    assert sigaudit("detect", "--db", db, "--network", NETWORK).status == 3
    for form in ("json", "html"):
        out = tmp_path / f"report.{form}"
        assert sigaudit("report", "--db", db, "--format", form, "--out", out).status == 0
    whole = json.loads((tmp_path / "whole" / "findings.json").read_text("utf-8"))
    steps = json.loads((tmp_path / "report.json").read_text("utf-8"))
    strip = {"origin", "events"}
    assert whole["findings"] == [
        {key: value for key, value in finding.items() if key not in strip}
        for finding in steps["findings"]
    ]


def test_explain_shows_the_frame(tmp_path: Path) -> None:
    audit(ATTACK, out=tmp_path)
    found = json.loads((tmp_path / "findings.json").read_text("utf-8"))["findings"][0]
    for what in (found["id"], f"{ATTACK.name}:1"):
        result = sigaudit("explain", "--db", tmp_path / "audit.duckdb", what)
        assert result.status == 0
        assert "anyTimeInterrogation" in result.out


def test_every_command_teaches_by_example() -> None:
    for command in (
        "audit", "ingest", "detect", "report", "explain", "extract", "messages", "watch", "status",
        "prune", "timeline", "swap-risk", "compare", "verify", "baseline",
    ):  # fmt: skip
        result = sigaudit(command, "--help")
        assert result.status == 0
        assert f"sigaudit {command} " in result.out


def test_a_name_with_control_characters_and_markup_is_shown_harmless(tmp_path: Path) -> None:
    capture = tmp_path / "a\x1b[31m\n[bold]<script>.pcap"
    shutil.copy(ATTACK, capture)
    assert audit(capture, out=tmp_path / "out").status == 3
    assert "<script>.pcap" not in (tmp_path / "out" / "report.html").read_text("utf-8")
    result = sigaudit("explain", "--db", tmp_path / "out" / "audit.duckdb", "gone:1")
    assert result.status == 2
    assert "[bold]<script>.pcap" in result.err and "\x1b" not in result.err


def test_a_narrow_terminal_loses_no_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    result = audit(ATTACK, out=tmp_path)
    assert "…" not in result.out
    assert "interrogation" in result.out and "MAP-LOC-01" in result.out


def test_a_full_disk_behind_stdout_is_told(tmp_path: Path) -> None:
    arguments = ["audit", str(ATTACK), "--network", str(NETWORK), "--out", str(tmp_path)]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "sigaudit", *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            check=False,
        )
    assert done.returncode == 1
    assert "No space left on device" in done.stderr and "Traceback" not in done.stderr


def test_a_killed_run_is_completed_by_the_next(tmp_path: Path) -> None:
    demo, whole, killed = PCAPS / "demo", tmp_path / "whole", tmp_path / "killed"
    network = demo / "network.toml"
    audit(demo, out=whole, network=network)
    arguments = ["audit", str(demo), "--network", str(network), "--out", str(killed)]
    for seconds in (0.8, 1.2):
        with suppress(subprocess.TimeoutExpired):  # which kills it
            subprocess.run(
                [sys.executable, "-m", "sigaudit", *arguments],
                capture_output=True,
                timeout=seconds,
                cwd=ROOT,
                check=False,
            )
    assert audit(demo, out=killed, network=network).status == 3
    for name in ("findings.json", "report.html"):
        assert (killed / name).read_bytes() == (whole / name).read_bytes()
