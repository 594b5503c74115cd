"""What happened to the subscribers of the worst findings, in all inputs, a day around them."""

from datetime import datetime
from typing import Any

import duckdb

from sigaudit.report.grouping import worst_first
from sigaudit.report.wording import moment
from sigaudit.subscriber_timeline import Wanted, timelines

MOST_SUBSCRIBERS = 300  # those of the worst findings
MOST_EVENTS = 60  # of one subscriber: those nearest to the findings
Findings = list[dict[str, Any]]


def subscribers(connection: duckdb.DuckDBPyConnection, findings: Findings) -> list[dict[str, Any]]:
    """The subscribers of the worst findings, each with requests and log rows about them.

    A subscriber is {"imsi", "msisdn", "findings", "events", "more"}: the ids of its findings, what
    happened from a day before the first to a day after the last, as subscriber_timeline tells it,
    and how many more events there are than MOST_EVENTS.
    """
    known = of_findings(findings)
    wanted = [Wanted(numbers(entry), *span(entry["findings"])) for entry in known]
    told = timelines(connection, wanted, MOST_EVENTS)
    return [
        {**entry, "findings": [f["id"] for f in entry["findings"]], **life._asdict()}
        for entry, life in zip(known, told, strict=True)
    ]


def numbers(subscriber: dict[str, Any]) -> list[str]:
    return [subscriber[key] for key in ("imsi", "msisdn") if subscriber[key]]


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
