"""The timelines of subscribers whom findings of SIM swaps are about."""

from datetime import timedelta
from typing import Any

from duckdb import DuckDBPyConnection

from sigaudit.report.wording import moment
from sigaudit.subscriber_timeline import Event, timelines

MOST_SUBSCRIBERS = 200  # the first findings'; `sigaudit timeline` has the others
MOST_EVENTS = 100  # of one finding
BEFORE, AFTER = timedelta(days=7), timedelta(days=1)


def subscribers(
    connection: DuckDBPyConnection, findings: list[dict[str, Any]]
) -> dict[str, list[Event]]:
    """For each finding's id what happened to its subscriber from a week before to a day after.

    Only of findings that a check of swaps has part in, and that name one subscriber.
    """
    named = [finding for finding in findings if of_swaps(finding)]
    numbers = list(dict.fromkeys(finding["subscriber"]["msisdn"] for finding in named))
    if not numbers:
        return {}
    lives = timelines(connection, numbers[:MOST_SUBSCRIBERS])
    return {
        finding["id"]: around(finding, lives.get(finding["subscriber"]["msisdn"], []))
        for finding in named
    }


def of_swaps(finding: dict[str, Any]) -> bool:
    names = (finding["detector"], *finding["also"])
    return finding["subscriber"]["msisdn"] is not None and any("SWAP" in name for name in names)


def around(finding: dict[str, Any], events: list[Event]) -> list[Event]:
    first, last = moment(finding["first_seen"]), moment(finding["last_seen"])
    if first is None or last is None:
        return []
    since, until = first - BEFORE, last + AFTER
    near = [event for event in events if since <= (moment(event["at"]) or since) <= until]
    return near[:MOST_EVENTS]
