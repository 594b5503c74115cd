"""What happened to subscribers: swaps, signalling, passwords and money on one timeline."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from importlib.resources import files
from typing import Any, NamedTuple

from duckdb import DuckDBPyConnection

from dissectors import names
from sigaudit.errors import UsageError
from sigaudit.state.clocks import by_the_captures
from sigaudit.state.filling import fill

MOST_EVENTS = 2_000  # of one subscriber, where all time is asked about
LIKELY_CODE = 50  # percent: from here on a short message is called a one-time password
TIME = "strftime({0}, '%Y-%m-%dT%H:%M:%S.%fZ')"
EVENTS = f"""
select
  subscriber, {TIME.format("seen_at")}, {TIME.format("logged_at")}, protocol, code, imsi, sender,
  receiver, told, file, frame, message, row_id, every
from subscriber_event
where nearness <= ?
order by subscriber, seen_at, file, frame, message, row_id
"""
KINDS = {  # of messages: what a reader looks for
    **dict.fromkeys((("map", 2), ("map", 23), ("diameter", 316)), "registration"),
    **dict.fromkeys((("map", 7), ("map", 8), ("diameter", 319), ("diameter", 320)), "subscription"),
    **dict.fromkeys((("map", 3), ("map", 67), ("diameter", 317), ("diameter", 321)), "removal"),
    **dict.fromkeys((("map", 44), ("map", 46), ("diameter", 8388646)), "message"),
    **dict.fromkeys((("map", 10), ("map", 11), ("map", 12), ("map", 13)), "service"),
    **dict.fromkeys((("map", 59), ("map", 60), ("map", 61)), "service"),
}
LOG_KINDS = {
    **dict.fromkeys(("otp_sent", "otp_verified"), "password"),
    **dict.fromkeys(("pin_reset", "password_reset"), "reset"),
    **dict.fromkeys(("transfer", "cash_out"), "money"),
    "payee_added": "payee",
}
Event = dict[str, Any]


def number_of(text: str) -> str:
    """The digits of a number as a user writes it: +233 59 …, 0023359…, 23359…."""
    digits = re.sub(r"[\s().+-]", "", text)
    digits = digits.removeprefix("00")
    if not re.fullmatch("[1-9][0-9]{4,14}", digits):
        raise UsageError(f"{text}: expected a number in international form, such as 233590000001")
    return digits


class Wanted(NamedTuple):
    """A subscriber by all known numbers, MSISDN or IMSI, and the time that is asked about.

    A day before it and a day after are told too; without it, all time.
    """

    numbers: Sequence[str]
    first_seen: datetime | None = None
    last_seen: datetime | None = None


class Timeline(NamedTuple):
    """What happened, by time, and how many events further away are left out."""

    events: list[Event]
    more: int


def timelines(
    connection: DuckDBPyConnection, wanted: Sequence[Wanted], most: int = MOST_EVENTS
) -> list[Timeline]:
    """For each subscriber the `most` events nearest to the time that is asked about.

    An event is {"at", "kind", "what", "from", "to", "evidence", "logged_at"}; `kind` is swap,
    question, registration, subscription, removal, message, password, service, reset, payee, money
    or other.
    The first registration of an IMSI in it is told as its first sight. Requests stand for their
    answers, which follow at once. Where a log's clock is off, `at` is by the captures' clock, and
    `logged_at` what the log has.
    """
    columns = "subscriber integer, number varchar, first_seen timestamp, last_seen timestamp"
    rows = (
        (place, number, one.first_seen, one.last_seen)
        for place, one in enumerate(wanted)
        for number in one.numbers
    )
    fill(connection, "wanted_number", columns, rows)
    with by_the_captures(connection):
        connection.execute((files("sigaudit") / "subscriber_timeline.sql").read_text("utf-8"))
    found: list[list[Event]] = [[] for _ in wanted]
    more = [0] * len(wanted)
    seen: dict[int, set[str]] = defaultdict(set)
    for subscriber, *row, every in connection.execute(EVENTS, [most]).fetchall():
        found[subscriber].append(event(seen[subscriber], *row))
        more[subscriber] = max(every - most, 0)
    return [Timeline(events, left) for events, left in zip(found, more, strict=True)]


def event(
    seen: set[str], at: str, logged_at: str | None, protocol: str, code: int | None,
    imsi: str | None, sender: str | None, receiver: str | None, told: list[str | None],
    file: str, frame: int | None, message: int | None, row_id: str | None,
) -> Event:  # fmt: skip
    """One row of subscriber_event; `seen` are the IMSIs that were registered before."""
    if protocol == "sim_swap":
        kind, what = "swap", swap(*told)
    elif protocol == "dfs_event":
        kind, what = dfs_event(*told)
    else:
        kind, what = signalling(seen, protocol, code or 0, imsi, *told)
    place = {"row": row_id} if frame is None else {"frame": frame, "message": message}
    made = {"at": at, "kind": kind, "what": what, "from": sender, "to": receiver}
    return {**made, "evidence": {"file": file, **place}, "logged_at": logged_at}


def signalling(
    seen: set[str], protocol: str, code: int, imsi: str | None, node: str | None,
    sender: str | None, likelihood: str | None, to_subscriber: str | None,
) -> tuple[str, str]:  # fmt: skip
    """Kind and words of a message; of one IMSI the first registration is marked."""
    kind = KINDS.get((protocol, code), "question")
    name = names.operation(code) if protocol == "map" else names.diameter_command(code, True)
    what = name or f"{'operation' if protocol == 'map' else 'command'} {code}"
    if kind == "message":
        return short_message(what, sender, likelihood, to_subscriber)
    what += f" for IMSI {imsi}" if imsi else ""
    if kind == "registration":
        what += f", at {node}" if node else ""
        if imsi and imsi not in seen:
            what += ", first seen here"
            seen.add(imsi)
    return kind, what


def short_message(
    name: str, sender: str | None, likelihood: str | None, to_subscriber: str | None
) -> tuple[str, str]:
    """Kind and words of a short message; its text is not known."""
    if to_subscriber == "false":
        return "message", f"{name} by the subscriber"
    code = likelihood is not None and int(likelihood) >= LIKELY_CODE
    words = "one-time password, likely," if code else "short message"
    return "password" if code else "message", f"{words} of {sender or 'an unnamed sender'}"


def swap(
    event: str | None, what: str | None, reason: str | None, channel: str | None,
    agent: str | None, outlet: str | None, id_check: str | None,
) -> str:  # fmt: skip
    """A moment of a row of the swap log."""
    parts = [f"{(event or 'swap').replace('_', ' ')} {what}"]
    if what not in ("old SIM told", "financial services told"):
        details = (
            reason, channel and channel.replace("_", " "), agent and f"agent {agent}",
            outlet and f"outlet {outlet}", f"identity check {id_check or 'not stated'}",
        )  # fmt: skip
        parts += [detail for detail in details if detail]
    return ", ".join(parts)


def dfs_event(
    event: str | None, amount: str | None, currency: str | None, outcome: str | None,
    imsi_check: str | None,
) -> tuple[str, str]:  # fmt: skip
    """Kind and words of a row of the log of a financial service."""
    paid = " ".join(filter(None, (amount, currency)))
    checked = imsi_check and f"IMSI {imsi_check.replace('_', ' ')}"
    words = ((event or "event").replace("_", " "), paid, outcome, checked)
    return LOG_KINDS.get(event or "", "other"), ", ".join(word for word in words if word)
