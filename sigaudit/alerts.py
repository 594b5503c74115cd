"""Findings told once, and again only when they got worse, through a queue on disk.

A run puts what is to be told into the queue, a file an alert; whoever watches hands the files over
and removes each that was taken. A side that is down is tried again after a while, ever more rarely.
"""

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from sigaudit import beside, findings, pseudonyms, trail
from sigaudit.alert_channels import NotToldError, tell
from sigaudit.alert_config import Alert
from sigaudit.alert_text import document
from sigaudit.findings import SEVERITIES
from sigaudit.pseudonymised import pseudonymised

FOLDER = "alerts"
KEY = "pseudonym.key"
FIRST_WAIT, LONGEST_WAIT = 5.0, 900.0  # seconds until it is tried again
RETRY = "retry.json"  # when, and how often it failed


def enqueue(connection: DuckDBPyConnection, alerts: list[Alert], database: Path) -> int:
    """Put what is new or worse into the queues; how many alerts that was.

    Killed between the files and the table, the next run writes the same files again.
    """
    found = findings.document(connection) if alerts else {"findings": []}
    due = list(_due(found["findings"], alerts, _told(connection)))
    if not due:
        return 0
    clear = {finding["id"]: finding for finding, _, _ in due}
    key = _key(database.with_name(KEY))
    told = pseudonymised(connection, key, {"findings": list(clear.values())})
    hidden = {finding["id"]: finding for finding in told["findings"]}
    now = trail.now()
    for place, (finding, alert, before) in enumerate(due):
        shown = (clear if alert.numbers == "clear" else hidden)[finding["id"]]
        words = document(shown, found["operator"], now, before)
        _put(database.with_name(FOLDER) / alert.name, words, place)
    _remember(connection, [(f["id"], alert.name, f["severity"]) for f, alert, _ in due])
    return len(due)


def _due(
    found: list[dict[str, Any]], alerts: list[Alert], told: dict[tuple[str, str], str]
) -> Iterator[tuple[dict[str, Any], Alert, str | None]]:
    """What is to be told, to whom, and how grave it was when it was told before."""
    for finding in found:
        for alert in alerts:
            before = _worst(told, alert.name, [finding["id"], *finding["was"]])
            grave = _rank(finding["severity"]) >= _rank(alert.severity)
            if grave and (before is None or _rank(finding["severity"]) > _rank(before)):
                yield finding, alert, before


def _key(path: Path) -> bytes:
    """The key beside the database, made where there is none yet."""
    if not path.exists():
        pseudonyms.make_key(path)
    return pseudonyms.read_key(path)


def _told(connection: DuckDBPyConnection) -> dict[tuple[str, str], str]:
    rows = connection.execute("select finding, channel, severity from alerted").fetchall()
    return {(finding, channel): severity for finding, channel, severity in rows}


def _worst(told: dict[tuple[str, str], str], channel: str, ids: list[str]) -> str | None:
    """The worst that a channel was told of a finding, under any id that it had."""
    known = [told[one, channel] for one in ids if (one, channel) in told]
    return max(known, key=_rank, default=None)


def _rank(severity: str) -> int:
    return SEVERITIES.index(severity)


def _put(queue: Path, words: dict[str, Any], place: int) -> None:
    for folder in (queue.parent, queue):
        folder.mkdir(mode=0o700, exist_ok=True)
    if not any(queue.glob(f"*-{words['alert_id']}.json")):
        name = f"{time.time_ns():020}-{place:06}-{words['alert_id']}.json"
        beside.replace_json(queue / name, words)


def _remember(connection: DuckDBPyConnection, rows: list[tuple[str, str, str]]) -> None:
    connection.execute("begin")
    for row in rows:
        connection.execute("delete from alerted where finding = ? and channel = ?", list(row[:2]))
        connection.execute("insert into alerted values (?, ?, ?)", list(row))
    connection.execute("commit")


def waiting(database: Path, alert: Alert) -> list[Path]:
    """The alerts in a channel's queue, the oldest first."""
    return sorted((database.with_name(FOLDER) / alert.name).glob("[0-9]*.json"))


def deliver(database: Path, alerts: list[Alert], stopping: Any = lambda: False) -> Iterator[str]:
    """Hand over what waits; what went wrong, a line a channel.

    A channel that failed is left alone until its time has come.
    """
    for alert in alerts:
        queue = waiting(database, alert)
        if queue and not stopping() and (problem := _empty(queue, alert, stopping)):
            yield problem


def _empty(queue: list[Path], alert: Alert, stopping: Any) -> str | None:
    retry = queue[0].with_name(RETRY)
    state = beside.read_json(retry) or {"failures": 0, "not_before": 0, "problem": None}
    if time.time() < state["not_before"]:
        return str(state["problem"])
    for path in queue:
        if stopping():
            return None
        try:
            told = beside.read_json(path)
            if told is not None:
                tell(alert, told)
        except NotToldError as error:
            failures = state["failures"] + 1
            wait = min(FIRST_WAIT * 2 ** (failures - 1), LONGEST_WAIT)
            problem = f"{error}; {len(queue)} waiting, tried {failures} times"
            beside.replace_json(
                retry,
                {"failures": failures, "not_before": time.time() + wait, "problem": problem},
            )
            return problem
        path.unlink(missing_ok=True)
    with suppress(OSError):
        retry.unlink()
    return None


def example() -> dict[str, Any]:
    """A finding that is none, for `sigaudit alerts test`."""
    return {
        "id": "0" * 16, "was": [], "detector": "TEST-00", "title": "A test of this channel",
        "threat": "anomaly", "severity": "critical", "confidence": 1.0, "answer": None,
        "subscriber": {"imsi": "001010123456789", "msisdn": None}, "subscribers": 1,
        "source": {"gt": None, "host": None, "realm": None, "agent": None},
        "first_seen": "2026-01-01T00:00:00.000000Z", "last_seen": "2026-01-01T00:00:00.000000Z",
        "evidence": [], "explanation": "Nothing was found: sigaudit alerts test asked for this",
    }  # fmt: skip
