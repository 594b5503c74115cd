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

from sigaudit import beside, findings, pseudonym, trail
from sigaudit.alert_channels import NotToldError, tell
from sigaudit.alert_config import Alert
from sigaudit.alert_text import document
from sigaudit.findings import SEVERITIES

FOLDER = "alerts"
KEY = "pseudonym.key"
FIRST_WAIT, LONGEST_WAIT = 5.0, 900.0  # seconds until it is tried again
RETRY = "retry.json"  # when, and how often it failed


def enqueue(connection: DuckDBPyConnection, alerts: list[Alert], database: Path) -> int:
    """Put what is new or worse into the queues; how many alerts that was.

    Killed between the files and the table, the next run writes the same files again.
    """
    if not alerts:
        return 0
    found = findings.document(connection)
    told = _told(connection)
    key = pseudonym.key_at(database.with_name(KEY))
    now = trail.now()
    rows: list[tuple[str, str, str]] = []
    for finding in found["findings"]:
        for alert in alerts:
            before = _worst(told, alert.name, [finding["id"], *finding["was"]])
            if _rank(finding["severity"]) < _rank(alert.severity):
                continue
            if before is not None and _rank(finding["severity"]) <= _rank(before):
                continue
            secret = key if alert.numbers == "pseudonyms" else None
            words = document(finding, found["operator"], secret, now, before)
            _put(database.with_name(FOLDER) / alert.name, words, len(rows))
            rows.append((finding["id"], alert.name, finding["severity"]))
    _remember(connection, rows)
    return len(rows)


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
