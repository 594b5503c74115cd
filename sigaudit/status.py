"""How the watch is: status.json for people and monitors, metrics.prom for Prometheus."""

import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sigaudit import beside, lock

FILE, METRICS = "status.json", "metrics.prom"
LATE = 3  # times the interval without a scan that ended well: something is wrong

# name in metrics.prom, its type and what it is; where in status.json it comes from
FIGURES = (
    ("scans_total", "counter", "Scans that ended well.", ("scans",)),
    ("scans_failed_total", "counter", "Scans that did not.", ("failures",)),
    ("last_scan_timestamp_seconds", "gauge", "When the last good scan ended.", ("last_good",)),
    ("last_scan_seconds", "gauge", "How long it took.", ("last", "seconds")),
    ("last_scan_detection_seconds", "gauge", "Of it, detection.", ("last", "detecting")),
    ("last_scan_octets", "gauge", "Octets that it read.", ("last", "octets")),
    ("last_scan_items", "gauge", "Frames and log rows that it read.", ("last", "items")),
    ("octets_per_second", "gauge", "Octets read a second in it.", ("last", "octets_per_second")),
    ("items_per_second", "gauge", "Frames and rows a second.", ("last", "items_per_second")),
    ("backlog_files", "gauge", "Files that wait to be read.", ("backlog", "files")),
    ("backlog_octets", "gauge", "Octets that wait.", ("backlog", "octets")),
    ("oldest_unread_timestamp_seconds", "gauge", "Change of the oldest.", ("backlog", "since")),
    ("quarantined_files", "gauge", "Files that killed their reader.", ("quarantined",)),
    ("unreadable_files", "gauge", "Files that cannot be read.", ("unreadable",)),
    ("alerts_waiting", "gauge", "Alerts that were not delivered yet.", ("alerts_waiting",)),
    ("findings", "gauge", "Findings in the database.", ("total", "findings")),
    ("inputs", "gauge", "Inputs in the database.", ("total", "inputs")),
    ("problems", "gauge", "Problems told by sigaudit status.", ("problems",)),
)


def write(out: Path, status: dict[str, Any]) -> None:
    """Both files, each whole. Where there is no room the scan goes on without them."""
    beside.replace_json(out / FILE, status)
    beside.replace(out / METRICS, metrics(status))


def metrics(status: dict[str, Any]) -> str:
    """Prometheus' text form; a figure that is not known is left out."""
    lines = []
    for name, kind, what, place in FIGURES:
        value: Any = status
        for key in place:
            value = value.get(key) if isinstance(value, dict) else None
        value = len(value) if isinstance(value, list) else value
        if value is not None:
            full = f"sigaudit_{name}"
            lines += [f"# HELP {full} {what}", f"# TYPE {full} {kind}", f"{full} {value}"]
    return "\n".join(lines) + "\n"


def read(out: Path) -> dict[str, Any] | None:
    """What the watch wrote last; None where no watch ever ran."""
    found = beside.read_json(out / FILE)
    return found if isinstance(found, dict) else None


def complaints(out: Path, status: dict[str, Any]) -> list[str]:
    """What is wrong, one a line: the watch's own words, and whether it is there at all."""
    found = list(status.get("problems", []))
    if not status.get("once") and lock.holder(out / "watch.lock") is None:
        found.insert(0, "no watch is running")
    late = time.time() - (status.get("last_good") or status["began"])
    if not status.get("once") and late > LATE * status["every"]:
        found.insert(0, f"no scan has ended well for {duration(late)}")
    return found


def lines(out: Path, status: dict[str, Any]) -> list[tuple[str, str]]:
    """What `sigaudit status` prints."""
    last, backlog = status.get("last") or {}, status.get("backlog") or {}
    rows = [("Watch", lock.said(out / "watch.lock") if lock.holder(out / "watch.lock") else "none")]
    rows.append(("State", status["state"]))
    if last:
        rows.append(
            ("Last scan", f"{clock(status['last_good'])}, took {duration(last['seconds'])}")
        )
        rows.append(
            (
                "Read",
                f"{last['files']} files, {octets(last['octets'])}, {last['items']:,} frames and"
                f" rows; {last['items_per_second']:,.0f} a second",
            )
        )
        rows.append(("New findings", str(last["findings"])))
    rows.append(("Backlog", f"{backlog.get('files', 0)} files, {octets(backlog.get('octets', 0))}"))
    if backlog.get("oldest"):
        rows.append(("Oldest unread", f"{backlog['oldest']}, since {clock(backlog['since'])}"))
    rows.append(("Alerts waiting", str(status.get("alerts_waiting", 0))))
    rows += [("Quarantined", name) for name in status.get("quarantined", [])]
    return rows


def wait_for(out: Path) -> str | None:
    """While a scan runs: about how long it will be, told by the last one."""
    status = read(out)
    if not status or not status["state"].startswith(("reading", "detecting")):
        return None
    took = (status.get("last") or {}).get("seconds")
    since = time.time() - status["since"]
    ran = f"a scan has run for {duration(since)}"
    return f"{ran}; the last one took {duration(took)}, try again then" if took else ran


def clock(seconds: float | None) -> str:
    """A moment, ISO 8601 in UTC."""
    if seconds is None:
        return "never"
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def duration(seconds: float) -> str:
    """In the unit that suits."""
    for size, unit in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.1f} seconds"


def octets(number: float) -> str:
    """In the unit that suits."""
    for size, unit in ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "kB")):
        if number >= size:
            return f"{number / size:.1f} {unit}"
    return f"{number:.0f} octets"


def fresh(every: float, once: bool) -> dict[str, Any]:
    """The status of a watch that begins."""
    return {
        "schema": "sigaudit/status/1",
        "pid": os.getpid(),
        "every": every,
        "once": once,
        "began": time.time(),
        "state": "starting",
        "since": time.time(),
        "scans": 0,
        "failures": 0,
        "last_good": None,
        "last": None,
        "total": None,
        "backlog": None,
        "quarantined": [],
        "unreadable": [],
        "alerts_waiting": 0,
        "problems": [],
    }
