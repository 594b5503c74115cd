"""What happened to a subscriber: swaps, signalling, passwords and money on one timeline."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from duckdb import DuckDBPyConnection

from dissectors import names
from sigaudit.errors import UsageError

MOST_EVENTS = 2_000  # of one subscriber
TIME = "strftime({0}, '%Y-%m-%dT%H:%M:%S.%fZ')"
LIKELY_CODE = 50  # percent: from here on a short message is called a one-time password

# Numbers and IMSIs that belonged together, told by logs and by messages that have both.
SIMS = """
create or replace temp table timeline_sim as
with number as (select unnest($numbers::varchar[]) as msisdn),
told as (
  select msisdn, unnest([old_imsi, new_imsi]) as imsi from swap semi join number using (msisdn)
  union select msisdn, imsi from dfs_event semi join number using (msisdn)
  union select msisdn, imsi from map_component semi join number using (msisdn)
  union select msisdn, imsi from diameter_message semi join number using (msisdn)
)
select distinct msisdn, imsi from told where imsi is not null
"""
# What is asked about a subscriber or done to him: requests alone, as their answers follow at once.
SIGNALLING = """
with message as (
  select
    id, input_id, frame, message, seen_at, msisdn, imsi, 'map' as kind, opcode::integer as code,
    calling_gt as sender, coalesce(msc_number, sgsn_number, called_gt) as receiver
  from map_component
  where component_type = 161 and (imsi in $imsis or msisdn in $numbers)
  union all
  select
    id, input_id, frame, message, seen_at, msisdn, imsi, 'diameter', command_code::integer,
    origin_host, destination_host
  from diameter_message
  where is_request and (imsi in $imsis or msisdn in $numbers)
),
owned as (
  select message.* replace (coalesce(message.msisdn, sim.msisdn) as msisdn)
  from message left join timeline_sim sim on sim.imsi = message.imsi and message.msisdn is null
)
select
  owned.msisdn, strftime(seen_at, '%Y-%m-%dT%H:%M:%S.%fZ'), owned.kind, code, imsi,
  sender, receiver, sms.tp_address, sms.otp_likelihood, sms.mobile_terminated,
  input.name, frame, message
from owned
join input using (input_id)
left join sms on sms.component_id = owned.id
where owned.msisdn in $numbers
order by seen_at, owned.id
"""
SWAPS = f"""
with moment as (
  select *, unnest([
    {{'happened_at': requested_at, 'what': 'asked for'}},
    {{'happened_at': subscriber_notified_at, 'what': 'old SIM told'}},
    {{'happened_at': completed_at, 'what': if(outcome = 'completed', 'done', outcome)}},
    {{'happened_at': dfs_notified_at, 'what': 'financial services told'}}
  ], recursive := true)
  from swap where msisdn in $numbers
)
select
  msisdn, {TIME.format("happened_at")}, event, what, reason, channel, agent_id, outlet_id, id_check,
  old_imsi, new_imsi, input.name, swap_id
from moment join input using (input_id)
where happened_at is not null
order by happened_at, id
"""
DFS_EVENTS = f"""
select
  msisdn, {TIME.format("occurred_at")}, event, provider, amount::varchar, currency, payee, outcome,
  imsi, imsi_check, input.name, event_id
from dfs_event join input using (input_id)
where msisdn in $numbers
order by occurred_at, id
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


def timelines(connection: DuckDBPyConnection, numbers: Sequence[str]) -> dict[str, list[Event]]:
    """For each MSISDN what happened to it, by time; the first MOST_EVENTS.

    An event is {"at", "kind", "what", "from", "to", "evidence"}; `kind` is swap, question,
    registration, subscription, removal, message, password, service, reset, payee, money or other.
    The first registration of an IMSI is told as its first sight.
    """
    wanted = {"numbers": list(numbers)}
    connection.execute(SIMS, wanted)
    sims = [imsi for (imsi,) in connection.execute("select imsi from timeline_sim").fetchall()]
    found: dict[str, list[Event]] = {number: [] for number in numbers}
    rows = connection.execute(SIGNALLING, wanted | {"imsis": sims}).fetchall()
    for number, event in signalling(rows):
        found[number].append(event)
    for number, *row in connection.execute(SWAPS, wanted).fetchall():
        found[number].append(swap(*row))
    for number, *row in connection.execute(DFS_EVENTS, wanted).fetchall():
        found[number].append(dfs_event(*row))
    connection.execute("drop table temp.timeline_sim")
    return {
        number: sorted(events, key=lambda event: event["at"])[:MOST_EVENTS]
        for number, events in found.items()
    }


def signalling(rows: list[tuple[Any, ...]]) -> list[tuple[str, Event]]:
    """Messages as events; of one IMSI the first registration is marked."""
    seen: dict[str, set[str]] = defaultdict(set)
    made = []
    for number, at, protocol, code, imsi, sender, receiver, *sms, file, frame, message in rows:
        kind = KINDS.get((protocol, code), "question")
        name = names.operation(code) if protocol == "map" else names.diameter_command(code, True)
        what = name or f"{'operation' if protocol == 'map' else 'command'} {code}"
        if kind == "message":
            kind, what = short_message(what, *sms)
        elif imsi:
            what += f" for IMSI {imsi}"
        if kind == "registration" and imsi:
            if imsi not in seen[number]:
                what += ", seen for the first time"
            seen[number].add(imsi)
        place = {"file": file, "frame": frame, "message": message}
        made.append((number, event_of(at, kind, what, sender, receiver, place)))
    return made


def short_message(
    name: str, sender: str | None, likelihood: int | None, to_subscriber: bool | None
) -> tuple[str, str]:
    """Kind and words of a short message; its text is not known."""
    if to_subscriber is False:
        return "message", f"{name} by the subscriber"
    code = likelihood is not None and likelihood >= LIKELY_CODE
    words = "one-time password, likely," if code else "short message"
    return "password" if code else "message", f"{words} of {sender or 'an unnamed sender'}"


def swap(
    at: str, event: str, what: str, reason: str | None, channel: str | None, agent: str | None,
    outlet: str | None, id_check: str | None, old_imsi: str | None, new_imsi: str | None,
    file: str, row: str,
) -> Event:  # fmt: skip
    """A moment of a row of the swap log."""
    named = "swap" if event == "swap" else event.replace("_", " ")
    parts = [f"{named} {what}"]
    if what not in ("old SIM told", "financial services told"):
        details = (
            reason, channel and channel.replace("_", " "), agent and f"agent {agent}",
            outlet and f"outlet {outlet}", f"identity check {id_check or 'not stated'}",
        )  # fmt: skip
        parts += [detail for detail in details if detail]
    return event_of(at, "swap", ", ".join(parts), old_imsi, new_imsi, {"file": file, "row": row})


def dfs_event(
    at: str, event: str, provider: str | None, amount: str | None, currency: str | None,
    payee: str | None, outcome: str | None, imsi: str | None, imsi_check: str | None,
    file: str, row: str,
) -> Event:  # fmt: skip
    """A row of the log of a financial service."""
    paid = " ".join(filter(None, (amount, currency)))
    checked = imsi_check and f"IMSI {imsi_check.replace('_', ' ')}"
    words = (event.replace("_", " "), paid, outcome, checked)
    what = ", ".join(word for word in words if word)
    kind = LOG_KINDS.get(event, "other")
    return event_of(at, kind, what, provider, payee, {"file": file, "row": row})


def event_of(
    at: str, kind: str, what: str, sender: str | None, receiver: str | None, place: dict[str, Any]
) -> Event:
    return {
        "at": at, "kind": kind, "what": what, "from": sender, "to": receiver, "evidence": place,
    }  # fmt: skip
