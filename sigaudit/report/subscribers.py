"""What happened to the subscribers of the worst findings, in all inputs, a day around them."""

from datetime import datetime
from importlib.resources import files
from typing import Any

import duckdb

from dissectors import names
from sigaudit.report.events import log_row
from sigaudit.report.grouping import worst_first
from sigaudit.report.wording import moment
from sigaudit.state.filling import fill

MOST_SUBSCRIBERS = 300  # those of the worst findings
MOST_EVENTS = 60  # of one subscriber: those nearest to the findings
EVENTS = """
select
  subscriber, strftime(seen_at, '%Y-%m-%dT%H:%M:%S.%fZ') as at, opcode, command_code, told,
  sender, receiver, file, frame, message, row_id, every
from subscriber_event
where nearness <= ?
order by subscriber, seen_at, file, frame, message, row_id
"""
Findings = list[dict[str, Any]]


def subscribers(connection: duckdb.DuckDBPyConnection, findings: Findings) -> list[dict[str, Any]]:
    """The subscribers of the worst findings, each with requests and log rows about them.

    A subscriber is {"imsi", "msisdn", "findings", "events", "more"}: the ids of its findings, what
    happened from a day before the first to a day after the last, as `events.events` tells it, and
    how many more events there are than MOST_EVENTS.
    """
    known = of_findings(findings)
    wanted = [
        (place, number, *span(entry["findings"]))
        for place, entry in enumerate(known)
        for number in (entry["imsi"], entry["msisdn"])
        if number
    ]
    columns = "subscriber integer, number varchar, first_seen timestamp, last_seen timestamp"
    fill(connection, "wanted_number", columns, wanted)
    connection.execute((files("sigaudit.report") / "subscribers.sql").read_text("utf-8"))
    told: list[dict[str, Any]] = [
        {**entry, "findings": [f["id"] for f in entry["findings"]], "events": [], "more": 0}
        for entry in known
    ]
    for subscriber, *row, every in connection.execute(EVENTS, [MOST_EVENTS]).fetchall():
        told[subscriber]["events"].append(event(*row))
        told[subscriber]["more"] = max(every - MOST_EVENTS, 0)
    return told


def of_findings(findings: Findings) -> list[dict[str, Any]]:
    """Subscribers with their findings, those of the worst finding first.

    Findings that share an IMSI or a number are about one subscriber.
    """
    found: list[dict[str, Any]] = []
    by_number: dict[str, dict[str, Any]] = {}
    for finding in worst_first(findings):
        members = finding["subscriber"]
        numbers = [number for number in (members["imsi"], members["msisdn"]) if number]
        entry = next((by_number[number] for number in numbers if number in by_number), None)
        if entry is None:
            if not numbers or len(found) == MOST_SUBSCRIBERS:
                continue
            entry = {"imsi": None, "msisdn": None, "findings": []}
            found.append(entry)
        entry["findings"].append(finding)
        for key in ("imsi", "msisdn"):
            entry[key] = entry[key] or members[key]
        by_number |= {number: by_number.get(number, entry) for number in numbers}
    return found


def span(findings: Findings) -> tuple[datetime | None, datetime | None]:
    """From the first to the last of them."""
    first = [moment(finding["first_seen"]) for finding in findings]
    last = [moment(finding["last_seen"]) for finding in findings]
    return min(filter(None, first), default=None), max(filter(None, last), default=None)


def event(
    at: str | None,
    opcode: int | None,
    command_code: int | None,
    told: list[str | None] | None,
    sender: str | None,
    receiver: str | None,
    file: str,
    frame: int | None,
    message: int | None,
    row_id: str | None,
) -> dict[str, Any]:
    place = {"row": row_id} if frame is None else {"frame": frame, "message": message}
    return {
        "at": at,
        "what": log_row(told) if told is not None else request(opcode, command_code),
        "from": sender,
        "to": receiver,
        "evidence": {"file": file, **place},
    }


def request(opcode: int | None, command_code: int | None) -> str:
    """The name of a MAP operation or of a Diameter request."""
    if command_code is not None:
        return names.diameter_command(command_code, True) or f"command {command_code}"
    return names.operation(opcode or 0) or f"operation {opcode}"
