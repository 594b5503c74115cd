"""What `verify` says of an audit after each thing that can change."""

import json
import shutil
from pathlib import Path

import pytest

from sigaudit import report, store
from sigaudit.verify import verify
from tests.test_cli import PCAPS, audit, sigaudit

INPUTS = ("sim_swap_then_transfer.pcap", "sim_swap_then_transfer_swaps.csv",
          "sim_swap_then_transfer_dfs.jsonl")  # fmt: skip
OWN = """/*
id = "OWN-01"
title = "Quick"
threat = "anomaly"
severity = "info"
confidence = 0.5
why = "Why."
benign = "None."
remedy = "None."
references = []
needs = ["swap"]
split_by = "subscriber"
*/
select
  completed_at as first_seen, completed_at as last_seen, null as imsi, msisdn, null as gt,
  null as host, null as realm, agent_id as agent, null as answer, null as severity,
  null as confidence, [{'kind': 'swap', 'id': id}] as evidence, 'swapped' as explanation
from swap where outcome = 'never'
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An audit with own detectors, its inputs and its network.toml, all in one folder."""
    place = tmp_path_factory.mktemp("made")
    (place / "inputs").mkdir()
    (place / "own").mkdir()
    for name in INPUTS:
        shutil.copy(PCAPS / name, place / "inputs" / name)
    shutil.copy(PCAPS / "network.toml", place / "network.toml")
    (place / "own" / "own-01-quick.sql").write_text(OWN)
    made = audit(place / "inputs", out=place / "out", network=place / "network.toml",
                 more=("--detectors", place / "own", "--fail-on", "never"))  # fmt: skip
    assert made.status == 0, made.err
    (place / "out" / "report.pdf").unlink()  # `verify` sets it anew each time
    return place


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    """A copy to change; the audit was made where `made` is."""
    shutil.copytree(made, tmp_path / "copy")
    return tmp_path / "copy"


def changes(place: Path, own: str = "own", key: bytes | None = None) -> set[tuple[str, str]]:
    """What is told to be different, with the inputs and network.toml of `place`."""
    with store.connected(place / "out" / "audit.duckdb", read_only=True) as connection:
        compared = verify(connection, place / "out", [place / "inputs"], place / "network.toml",
                          [place / own], key)  # fmt: skip
    assert len(compared) > 100
    return {(one.what, one.name) for one in compared if one.change}


def test_nothing_has_changed(place: Path) -> None:
    assert changes(place) == set()


def test_a_copy_of_the_inputs_under_other_names_is_the_same(place: Path) -> None:
    for path in list((place / "inputs").iterdir()):
        path.rename(path.with_stem(f"{path.stem}_renamed"))
    (place / "inputs" / "notes.txt").write_text("no capture and no log")
    assert changes(place) == set()


def test_one_octet_of_an_input(place: Path) -> None:
    path = place / "inputs" / INPUTS[0]
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    assert changes(place) == {("input", INPUTS[0])}


def test_an_input_that_is_gone_or_new(place: Path) -> None:
    (place / "inputs" / INPUTS[1]).unlink()
    shutil.copy(PCAPS / "send_imsi.pcap", place / "inputs")
    assert changes(place) == {("input", INPUTS[1]), ("input", "send_imsi.pcap")}


def test_network_toml(place: Path) -> None:
    with (place / "network.toml").open("a") as file:
        file.write("\n# a remark\n")
    assert changes(place) == {("network.toml", str(place / "network.toml"))}
    (place / "network.toml").unlink()
    assert changes(place) == {("network.toml", str(place / "network.toml"))}


def test_a_detector_that_changed_is_gone_or_new(place: Path) -> None:
    file = place / "own" / "own-01-quick.sql"
    file.write_text(OWN.replace("never", "always"))
    assert changes(place) == {("detector", "own-01-quick.sql")}
    file.write_text(OWN)
    (place / "own" / "own-02-quick.sql").write_text(OWN.replace("OWN-01", "OWN-02"))
    assert changes(place) == {("detector", "own-02-quick.sql")}
    (place / "none").mkdir()
    assert changes(place, "none") == {("detector", "own-01-quick.sql")}


def test_outputs(place: Path) -> None:
    findings = json.loads((place / "out" / "findings.json").read_bytes())
    findings["findings"].pop()
    (place / "out" / "findings.json").write_text(json.dumps(findings))
    page = (place / "out" / "report.html").read_text("utf-8")
    (place / "out" / "report.html").write_text(page.replace("critical", "harmless", 1), "utf-8")
    (place / "out" / "report.json").write_text("{}")
    assert changes(place) == {
        ("output", "findings.json"), ("output", "report.html"), ("output", "report.json")
    }  # fmt: skip


def test_a_finding_that_was_taken_out_of_the_database(place: Path) -> None:
    with store.connected(place / "out" / "audit.duckdb") as connection:
        connection.execute("delete from finding")
    assert {("output", "findings.json"), ("output", "report.html")} <= changes(place)


def test_pseudonymised_outputs_need_their_key(place: Path) -> None:
    key = b"sixteen octets and more"
    with store.connected(place / "out" / "audit.duckdb", read_only=True) as connection:
        report.write(connection, "html", place / "out" / "report.html", key)
    assert changes(place) == {("output", "report.html")}
    assert changes(place, key=key) == set()
    assert changes(place, key=b"another key of this length") == {("output", "report.html")}


def test_the_command(made: Path, place: Path, tmp_path: Path) -> None:
    same = sigaudit("verify", made / "out", "--detectors", made / "own")
    assert same.status == 0, same.out
    assert same.out.endswith("unchanged\n")
    (place / "out" / "findings.json").unlink()
    other = sigaudit("verify", place / "out", "--detectors", made / "own")
    assert other.status == 1
    assert "output findings.json: cannot be read" in other.out
    absent = sigaudit("verify", tmp_path / "nowhere")
    assert absent.status == 1
    assert "no such database" in absent.err


def test_damaged_database(tmp_path: Path) -> None:
    (tmp_path / "audit.duckdb").write_bytes(b"DUCK" * 1000)
    damaged = sigaudit("verify", tmp_path)
    assert damaged.status == 1
    assert "not a database that can be opened" in damaged.err.replace("\n", " ")


def test_the_same_octets_wherever_and_in_whatever_order(made: Path, tmp_path: Path) -> None:
    """Two audits of the same inputs, in other folders and another order: every form alike."""
    place = tmp_path / "other" / "below"
    shutil.copytree(made, place, ignore=shutil.ignore_patterns("out"))
    audit(*(place / "inputs" / name for name in INPUTS[::-1]), out=place / "out",
          network=place / "network.toml", more=("--detectors", place / "own"))  # fmt: skip
    one, other = forms(made / "out"), forms(place / "out")
    assert {name for name in one if one[name] != other.get(name)} == set()
    assert len(one) == 2 + 2 * len(report.ALL) - 1


def forms(out: Path) -> dict[str, bytes]:
    """What the audit wrote, and every form that its database gives, in clear and by a key."""
    found = {name: (out / name).read_bytes() for name in ("findings.json", "report.html")}
    with store.connected(out / "audit.duckdb", read_only=True) as connection:
        for key in (None, b"sixteen octets and more"):
            result = report.result(connection, key)
            for form in report.ALL:
                if form != "pdf" or key is None:  # it is slow, and made of the same document
                    found[f"{form} {key!r}"] = b"".join(report.written(form, result))
    return found
