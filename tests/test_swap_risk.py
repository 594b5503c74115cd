"""`sigaudit swap-risk`: yes, no and not assessed, and why."""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

from sigaudit import store
from sigaudit.cli import app
from sigaudit.errors import UsageError
from sigaudit.ingest import ingest
from sigaudit.policy import Policy
from sigaudit.swap_risk import international, swap_risk

HEADER = (
    "swap_id,event,requested_at,completed_at,msisdn,old_imsi,new_imsi,agent_id,id_check,outcome,"
    "subscriber_notified_at\n"
)
MARCH = datetime(2026, 3, 1)
SWAPPED, PORTED, REFUSED, QUIET, CLONED = (f"23359000000{digit}" for digit in range(1, 6))


def row(number: int, day: float, msisdn: str, **more: str) -> str:
    """A swap completed so many days from the beginning of March."""
    done = MARCH + timedelta(days=day)
    cells = {
        "swap_id": f"S{number}", "event": "swap",
        "requested_at": f"{done - timedelta(minutes=10):%Y-%m-%dT%H:%M:%SZ}",
        "completed_at": f"{done:%Y-%m-%dT%H:%M:%SZ}", "msisdn": msisdn,
        "old_imsi": f"62099{2 * number:010}", "new_imsi": f"62099{2 * number + 1:010}",
        "agent_id": "A7", "id_check": "document", "outcome": "completed",
        "subscriber_notified_at": f"{done - timedelta(minutes=9):%Y-%m-%dT%H:%M:%SZ}",
    } | more  # fmt: skip
    return ",".join(cells[name] for name in HEADER.strip().split(",")) + "\n"


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty days of a swap log, in two files, and a log of a service."""
    folder = tmp_path_factory.mktemp("risk")
    swaps = [
        row(1, 0, "233590000090"),
        row(2, 0.5, QUIET),
        row(3, 9.9, "233590000091"),
        row(4, 10, "233590000092"),
        row(5, 15, SWAPPED, id_check="none", subscriber_notified_at=""),
        row(6, 15, PORTED, event="port_out"),
        row(7, 16, REFUSED, outcome="rejected"),
        row(8, 20, "233590000093"),
    ]
    (folder / "a.csv").write_text(HEADER + "".join(swaps[:3]))
    (folder / "b.csv").write_text(HEADER + "".join(swaps[3:]))
    (folder / "dfs.csv").write_text(
        "event_id,occurred_at,msisdn,event,imsi\n"
        f"E1,2026-03-10T00:00:00Z,{CLONED},login,620991111111111\n"
        f"E2,2026-03-19T00:00:00Z,{CLONED},login,620992222222222\n"
        f"E3,2026-03-19T00:00:00Z,{REFUSED},login,620993333333333\n"
    )
    path = folder / "audit.duckdb"
    with store.connected(path) as connection:
        ingest(connection, [folder])
    return path


def ask(db: Path, msisdn: str, *more: str) -> dict[str, Any]:
    done = CliRunner().invoke(app, ["swap-risk", msisdn, "--db", str(db), "--json", *more])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_a_swap_within_the_hours(db: Path) -> None:
    answer = ask(db, f"+{SWAPPED}")
    assert answer["swapped"] is True
    assert answer["latestSimChange"] == "2026-03-16T00:00:00.000000Z"
    assert (answer["maxAge"], answer["monitoredPeriod"]) == (240, 20)
    assert answer["notAssessed"] == []
    [change] = answer["changes"]
    assert change["evidence"] == {"file": "b.csv", "row": "S5"}
    assert change["lacked"] == [
        "identity check: none, accepted are biometric, document",
        "the old SIM was not told",
    ]
    assert change["notStated"] == ["notice to the financial services"]
    assert change["coolingOffUntil"] == "2026-03-17T00:00:00.000000Z"


@pytest.mark.parametrize(
    ("msisdn", "more", "swapped", "latest"),
    [
        (SWAPPED, ["--max-age", "119"], False, "2026-03-16"),
        (SWAPPED, ["--max-age", "120"], True, "2026-03-16"),
        (SWAPPED, ["--at", "2026-03-16T00:00:00Z", "--max-age", "1"], True, "2026-03-16"),
        (SWAPPED, ["--at", "2026-03-15T23:59:59Z"], False, None),
        (PORTED, [], True, "2026-03-16"),
        (QUIET, [], False, "2026-03-01T12"),
        (REFUSED, [], False, None),
        ("00233 59-000-0004", [], False, "2026-03-01T12"),
        (CLONED, ["--max-age", "24"], False, None),
    ],
)
def test_yes_and_no(
    db: Path, msisdn: str, more: list[str], swapped: bool, latest: str | None
) -> None:
    answer = ask(db, msisdn, *more)
    assert answer["swapped"] is swapped
    assert (answer["latestSimChange"] or "None").startswith(str(latest))


@pytest.mark.parametrize(
    ("msisdn", "more", "why"),
    [
        ("233590000077", [], "no log and no capture"),
        (QUIET, ["--at", "2026-03-21T00:00:01Z"], "no SIM-swap log covers"),
        (QUIET, ["--at", "2026-02-01T00:00:00Z"], "no SIM-swap log covers"),
        (REFUSED, ["--max-age", "481"], "begin at 2026-03-01"),
        (CLONED, [], "IMSI changed"),
    ],
)
def test_what_is_not_assessed_is_never_no(db: Path, msisdn: str, more: list[str], why: str) -> None:
    answer = ask(db, msisdn, *more)
    assert answer["swapped"] is None
    assert any(why in reason for reason in answer["notAssessed"])


def test_a_gap_between_logs_is_no_cover() -> None:
    with duckdb.connect() as connection:
        connection.execute((Path(store.__file__).with_name("schema.sql")).read_text())
        for number, (first, last) in enumerate([(0, 5), (7, 10)], start=1):
            connection.execute(
                "insert into input values (?, ?, '', ?, 'sim_swap', null, 0, 0, null, ?, ?)",
                [number, f"{number}", f"{number}", MARCH + timedelta(days=first),
                 MARCH + timedelta(days=last)],
            )  # fmt: skip
        connection.execute(
            "insert into dfs_event (id, input_id, event_id, occurred_at, msisdn, event)"
            " values (1, 3, 'E1', '2026-03-01', ?, 'login')", [QUIET]
        )  # fmt: skip
        answer = swap_risk(connection, QUIET, MARCH + timedelta(days=9), 72)
        assert answer.swapped is None
        assert swap_risk(connection, QUIET, MARCH + timedelta(days=9), 24).swapped is False


def test_without_a_swap_log_nothing_is_assessed() -> None:
    with duckdb.connect() as connection:
        connection.execute((Path(store.__file__).with_name("schema.sql")).read_text())
        answer = swap_risk(connection, QUIET)
    assert (answer.swapped, answer.monitored_days) == (None, None)
    assert answer.not_assessed == ["the database has no SIM-swap log"]


def test_policy_decides_what_lacked(db: Path) -> None:
    with store.connected(db, read_only=True) as connection:
        strict = Policy.model_validate({"profile": "nigeria"})
        [change] = swap_risk(connection, PORTED, policy=strict).changes
        assert change.lacked == ["identity check: document, accepted are biometric"]
        [change] = swap_risk(connection, PORTED).changes
        assert change.lacked == []


def test_for_people(db: Path) -> None:
    done = CliRunner().invoke(app, ["swap-risk", SWAPPED, "--db", str(db)])
    assert done.exit_code == 0
    assert "SIM changed in the 240 hours before: yes" in done.stdout
    assert re.search(r"lacked: the old SIM was not told", done.stdout)
    done = CliRunner().invoke(app, ["swap-risk", "233590000077", "--db", str(db)])
    assert "not assessed" in done.stdout


@pytest.mark.parametrize("text", ["", "0590000001", "+0590000001", "233x", "1234", "1" * 16])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(UsageError):
        international(text)


def test_wrong_usage(db: Path) -> None:
    for more in (["--max-age", "0"], ["--max-age", "2401"]):
        done = CliRunner().invoke(app, ["swap-risk", QUIET, "--db", str(db), *more])
        assert done.exit_code == 2
