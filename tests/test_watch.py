"""Unattended: locks, stopping, alerts told once, quarantine, pruning."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sigaudit import alerts, findings, lock, pseudonyms, scan, status, store, watch
from sigaudit.alert_config import load
from sigaudit.alert_text import cef, document, rfc5424
from sigaudit.errors import SigauditError, UsageError
from sigaudit.quarantine import Quarantine
from tests.kills import run as run_kills
from tests.unattended_week import Hook

DEMO = Path(__file__).parents[1] / "pcaps" / "demo"


def test_a_lock_says_who_holds_it_and_a_stale_one_holds_nobody(tmp_path: Path) -> None:
    path = tmp_path / "audit.duckdb.lock"
    path.write_text(json.dumps({"pid": 1, "host": lock._words("")["host"], "since": "then"}))
    assert lock.holder(path) is None
    with lock.held(path, "scan"):
        said = r"process \d+ on .* since .* \(scan\)"
        with pytest.raises(SigauditError, match=said), lock.held(path, "other"):
            pass
    assert lock.holder(path) is None


def test_an_older_database_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "audit.duckdb"
    with store.connected(path) as connection:
        connection.execute("update schema_version set version = 5")
        for table in ("looked_at", "alerted", "horizon", "kept_finding"):
            connection.execute(f"drop table {table}")
    with store.connected(path) as connection:
        assert connection.execute("from schema_version").fetchall() == [(store.SCHEMA_VERSION,)]
        assert connection.execute("from horizon").fetchall() == []
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_third_strike_is_the_last_and_a_changed_file_has_none(tmp_path: Path) -> None:
    quarantine, seen = Quarantine(tmp_path), ("/spool/a.pcap", 10, 1)
    for strikes in range(1, 4):
        quarantine.strike({seen})
        assert (seen in Quarantine(tmp_path).quarantined) == (strikes == 3)
    assert ("/spool/a.pcap", 11, 2) not in quarantine.suspects
    quarantine.clear({seen})
    assert not Quarantine(tmp_path).suspects


def test_a_line_of_syslog_says_how_grave_it_is_and_has_one_line() -> None:
    told = document(
        alerts.example() | {"explanation": 'one\ntwo]"\\'}, "Exam]ple", "2026-03-01T00:00:00Z", None
    )
    for line in (rfc5424(told), cef(told)):
        assert line.startswith("<106>1 2026-03-01T00:00:00Z ")  # 13 * 8 + 2, RFC 5424 6.2.1
        assert "\n" not in line
    assert 'operator="Exam\\]ple"' in rfc5424(told)


def test_what_an_alert_lacks_is_told(tmp_path: Path) -> None:
    path = tmp_path / "alerts.toml"
    path.write_text('[[alert]]\nname = "a"\nkind = "webhook"\n')
    with pytest.raises(UsageError, match="needs url"):
        load(path)
    path.write_text('[[alert]]\nname = "a"\nkind = "file"\npath = "b"\nsecret_env = "NO_SUCH"\n')
    with pytest.raises(UsageError, match="no environment variable NO_SUCH"):
        load(path)


def test_findings_are_told_once_though_the_other_side_was_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alerts, "FIRST_WAIT", 0.0)
    (tmp_path / "in").mkdir()
    for name in ("swaps.csv", "dfs_events.jsonl", "intl_stp.pcapng"):
        (tmp_path / "in" / name).write_bytes((DEMO / name).read_bytes())
    hook = Hook(down=True)
    stop = hook.serve()
    channels = tmp_path / "alerts.toml"
    channels.write_text(
        f'[[alert]]\nname = "hook"\nkind = "webhook"\nseverity = "info"\nurl = "{hook.address}"\n'
    )
    out = tmp_path / "out"
    out.mkdir()
    task = scan.Task([tmp_path / "in"], DEMO / "network.toml", out, alerts=channels)
    said: list[str] = []
    assert watch.Watch(task, 300, True, said.append).run() == 0, said
    found = status.read(out)
    assert found and found["alerts_waiting"] > 0
    assert "status 503" in "".join(found["problems"])
    hook.down = False
    assert watch.Watch(task, 300, True, said.append).run() == 0, said
    stop()
    ids = [told["finding"] for told in hook.taken]
    key = pseudonyms.read_key(out / "pseudonym.key")
    assert (out / "pseudonym.key").stat().st_mode & 0o777 == 0o600
    with store.connected(out / "audit.duckdb", read_only=True) as connection:
        hidden = json.loads(findings.findings_json(connection, key))["findings"]
    assert sorted(ids) == sorted(finding["id"] for finding in hidden)
    words = {finding["id"]: (finding["subscriber"], finding["explanation"]) for finding in hidden}
    assert all(words[t["finding"]] == (t["subscriber"], t["explanation"]) for t in hook.taken)
    assert "sigaudit_alerts_waiting 0" in (out / "metrics.prom").read_text()


def test_a_watch_ends_within_ten_seconds(tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = subprocess.Popen(
        [sys.executable, "-m", "sigaudit", "watch", str(DEMO), "--settle", "0s", "--out", str(out),
         "--network", str(DEMO / "network.toml")],
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    began = time.monotonic()
    while not ((found := status.read(out)) and found["state"].startswith(("reading", "detecting"))):
        assert process.poll() is None
        assert time.monotonic() - began < 60
        time.sleep(0.1)
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) in (0, 1)
    with store.connected(out / "audit.duckdb"):
        pass


def test_killed_audits_come_out_like_a_calm_one(tmp_path: Path) -> None:
    assert run_kills(tmp_path, 2, 300)["audits that ended"]


def test_what_is_pruned_leaves_findings_and_their_evidence(tmp_path: Path) -> None:
    from datetime import timedelta

    from sigaudit import audit, network
    from sigaudit.prune import prune

    out = tmp_path / "out"
    out.mkdir()
    configuration = network.load(DEMO / "network.toml")
    with store.connected(out / audit.DATABASE) as connection:
        audit.audit(connection, [DEMO], configuration, out, None, lambda candidate, octets: None)
        before = findings.document(connection)
        rows = store.row_counts(connection)
    prune(out / audit.DATABASE, timedelta(hours=1), None)
    with store.connected(out / audit.DATABASE) as connection:
        from sigaudit import detect

        assert store.row_counts(connection)["map_component"] < rows["map_component"] / 2
        detect.run(connection, configuration)
        assert findings.document(connection)["findings"] == before["findings"]


def test_exports_are_in_the_trail(tmp_path: Path) -> None:
    attack = DEMO / "intl_stp.pcapng"
    database, frames, rows = (tmp_path / name for name in ("a.duckdb", "e.pcapng", "m.csv"))
    for command in (
        ("ingest", attack, "--db", database),
        ("extract", "--db", database, "--frame", "intl_stp.pcapng:1", "--out", frames),
        ("messages", "--db", database, "--limit", "1", "--out", rows),
    ):
        subprocess.run([sys.executable, "-m", "sigaudit", *map(str, command)], check=True)
    told = [json.loads(line) for line in (tmp_path / "trail.jsonl").read_text().splitlines()]
    assert [(line["did"], line["to"]) for line in told] == [
        ("export", str(frames)), ("export", str(rows))
    ]  # fmt: skip
    assert all(line["who"] and line["at"].endswith("Z") for line in told)


def test_a_database_that_is_damaged_or_does_not_fit_the_disk_is_told_in_a_line(
    tmp_path: Path,
) -> None:
    command = [
        sys.executable, "-m", "sigaudit", "audit", str(DEMO), "--fail-on", "never",
        "--network", str(DEMO / "network.toml"), "--out",
    ]  # fmt: skip
    damaged, full = tmp_path / "damaged", tmp_path / "full"
    damaged.mkdir()
    (damaged / "audit.duckdb").write_bytes(b"no database" * 10_000)
    found = subprocess.run([*command, str(damaged)], capture_output=True, text=True, check=False)
    assert found.returncode == 1
    assert "not a database that can be opened" in found.stderr
    limited = ["bash", "-c", 'ulimit -f 1000; exec "$@"', "bash", *command, str(full)]
    found = subprocess.run(limited, capture_output=True, text=True, check=False)
    assert found.returncode == 1, found.stderr
    assert found.stderr.startswith("sigaudit: ") and "Traceback" not in found.stderr
    again = subprocess.run([*command, str(full)], capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr


def test_a_folder_of_traps_is_read_around(tmp_path: Path) -> None:
    spool, out = tmp_path / "in", tmp_path / "out"
    spool.mkdir()
    (spool / "good.pcapng").write_bytes((DEMO / "intl_stp.pcapng").read_bytes())
    os.mkfifo(spool / "pipe.pcap")
    (spool / "out.pcap").symlink_to(DEMO / "core_stp.pcap")
    with (spool / "holes.pcap").open("wb") as file:
        file.truncate(1 << 40)
    pcap = b"\xd4\xc3\xb2\xa1\x02\0\x04\0" + bytes(8) + b"\xff\xff\0\0\x01\0\0\0"
    with gzip.open(spool / "bomb.pcap.gz", "wb") as file:
        file.write(pcap)
        for _ in range(600):
            file.write(bytes(1 << 20))
    found = subprocess.run(
        [sys.executable, "-m", "sigaudit", "audit", str(spool), "--fail-on", "never", "--out",
         str(out), "--network", str(DEMO / "network.toml")],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert found.returncode == 1, found.stderr
    said = " ".join((found.stdout + found.stderr).split())
    for words in ("link out of the folder", "sparse"):
        assert words in said
    with store.connected(out / "audit.duckdb", read_only=True) as connection:
        read = connection.execute("select name, damage from input order by 1").fetchall()
    assert [name for name, _ in read] == ["bomb.pcap.gz", "good.pcapng"]
    assert "unpacks to far more" in read[0][1]
