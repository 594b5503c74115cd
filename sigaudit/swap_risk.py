"""Whether a number's SIM was changed lately, at the time of use: CAMARA SIM Swap's answer, and why.

`swap_risk` is what `sigaudit swap-risk` prints and what a service over HTTP would answer with.
Unknown is never "not swapped": where the log does not cover the window, `swapped` is null.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from duckdb import DuckDBPyConnection

from sigaudit.errors import UsageError
from sigaudit.policy import Policy

MAX_AGE = 240  # hours; CAMARA's default, of 1 to 2400
LONGEST_MAX_AGE = 2400
JOINT = timedelta(hours=12)  # that two logs may lie apart and still be one
# As CAMARA has it, a change of SIM is also a port, a further SIM, or a new subscription.
CHANGES = "event in ('swap', 'port_in', 'port_out', 'multi_sim', 'new')"

EVENTS = f"""
select
  swap.id, event, completed_at, requested_at, swap_id, name, channel, outlet_id, agent_id, reason, outcome,
  old_imsi, new_imsi, id_check, subscriber_notified_at, dfs_notified_at, released_at,
  exists (from swap other where other.input_id = swap.input_id and other.id_check is not null) as states_check,
  exists (from swap other where other.input_id = swap.input_id and other.subscriber_notified_at is not null) as states_notice,
  exists (from swap other where other.input_id = swap.input_id and other.dfs_notified_at is not null) as states_dfs_notice
from (from swap where msisdn = $msisdn and {CHANGES} and outcome in ('completed', 'reversed') and completed_at <= $at) swap
join input using (input_id)
order by completed_at desc, swap.id
"""  # noqa: E501
TOLD = """
select seen_at, imsi from (
  select seen_at, substr(imsi::varchar, 2) as imsi
  from map_common where msisdn = $digits and imsi is not null
  union all
  select seen_at, substr(imsi::varchar, 2)
  from diameter_common where msisdn = $digits and imsi is not null
  union all
  select occurred_at, imsi
  from dfs_event
  where msisdn = $msisdn and imsi is not null and imsi_check is distinct from 'mismatch'
)
where seen_at <= $at
order by seen_at, imsi
"""
FIRST_SIGHT = """
select min(seen_at) from (
  select seen_at from map_common where imsi = $imsi
  union all
  select seen_at from diameter_common where imsi = $imsi
) where seen_at between $since and $at
"""
KNOWN = """
select exists (from swap where msisdn = $msisdn) or exists (from dfs_event where msisdn = $msisdn)
  or exists (from map_common where msisdn = $digits)
  or exists (from diameter_common where msisdn = $digits)
"""


@dataclass(frozen=True)
class SimChange:
    """A change of the number's SIM in a log: what it was, what it lacked, what signalling shows."""

    event: str
    completed_at: datetime
    file: str
    row: str
    channel: str | None
    outlet: str | None
    agent: str | None
    reason: str | None
    outcome: str
    lacked: list[str]  # checks and notices that policy asks for
    not_stated: list[str]  # those of which this log says nothing in any row
    first_seen_in_signalling: datetime | None  # the new IMSI, from a day before on
    cooling_off_until: datetime


@dataclass(frozen=True)
class SwapRisk:
    """The answer for a number at a time; times are UTC without offset."""

    msisdn: str
    at: datetime | None
    max_age_hours: int
    swapped: bool | None  # None: not assessed
    latest_sim_change: datetime | None
    monitored_days: int | None  # before `at`, that logs cover without a gap
    not_assessed: list[str]
    changes: list[SimChange]  # within the window, and the latest one; the latest first
    imsi_changes: list[datetime]  # within the window, that no row of a log explains

    def document(self) -> dict[str, Any]:
        """As JSON types, with the names of CAMARA SIM Swap where it has them."""
        return {
            "phoneNumber": f"+{self.msisdn}",
            "at": written(self.at),
            "maxAge": self.max_age_hours,
            "swapped": self.swapped,
            "latestSimChange": written(self.latest_sim_change),
            "monitoredPeriod": self.monitored_days,
            "notAssessed": self.not_assessed,
            "changes": [
                {
                    "event": change.event,
                    "completedAt": written(change.completed_at),
                    "evidence": {"file": change.file, "row": change.row},
                    "channel": change.channel,
                    "outlet": change.outlet,
                    "agent": change.agent,
                    "reason": change.reason,
                    "outcome": change.outcome,
                    "lacked": change.lacked,
                    "notStated": change.not_stated,
                    "firstSeenInSignalling": written(change.first_seen_in_signalling),
                    "coolingOffUntil": written(change.cooling_off_until),
                }
                for change in self.changes
            ],
            "unexplainedImsiChanges": [written(moment) for moment in self.imsi_changes],
        }


def swap_risk(
    connection: DuckDBPyConnection,
    msisdn: str,
    at: datetime | None = None,
    max_age_hours: int = MAX_AGE,
    policy: Policy | None = None,
) -> SwapRisk:
    """Whether the SIM of `msisdn` was changed in the hours before `at`, and which checks it lacked.

    `msisdn` is in international form; `at` is UTC without offset, by default the time of the latest
    row of a SIM-swap log, after which nothing is known. UsageError where a value is out of range.
    """
    number = international(msisdn)
    if not 1 <= max_age_hours <= LONGEST_MAX_AGE:
        raise UsageError(f"max age: expected 1 to {LONGEST_MAX_AGE} hours, found {max_age_hours}")
    policy = policy or Policy()
    moment = at or _latest(connection)
    if moment is None:
        nothing = ["the database has no SIM-swap log"]
        return SwapRisk(number, None, max_age_hours, None, None, None, nothing, [], [])
    since = moment - timedelta(hours=max_age_hours)
    asked = {"msisdn": number, "at": moment}
    events = _rows(connection, EVENTS, asked)
    recent = [event for event in events if event["completed_at"] >= since]
    told = _rows(connection, TOLD, asked | {"digits": int(f"1{number}")})
    unexplained = [when for when in _imsi_changes(told, events, policy) if when >= since]
    covered_since = _covered_since(connection, moment)
    lacking = [] if recent else _lacking(connection, number, covered_since, since, unexplained)
    return SwapRisk(
        number,
        moment,
        max_age_hours,
        True if recent else None if lacking else False,
        events[0]["completed_at"] if events else None,
        (moment - covered_since).days if covered_since else None,
        lacking,
        [_change(connection, event, moment, policy) for event in (recent or events[:1])],
        unexplained,
    )


def international(text: str) -> str:
    """A number's digits; UsageError where it is not in international form."""
    digits = re.sub(r"^(\+|00)", "", re.sub(r"[ \u00a0().-]", "", text))
    if not re.fullmatch(r"[1-9][0-9]{4,14}", digits):
        raise UsageError(
            "MSISDN: expected 5 to 15 digits in international form, such as +233590000001"
        )
    return digits


def written(moment: datetime | None) -> str | None:
    """A time as outputs have it."""
    return f"{moment:%Y-%m-%dT%H:%M:%S.%f}Z" if moment else None


def _rows(
    connection: DuckDBPyConnection, query: str, asked: dict[str, Any]
) -> list[dict[str, Any]]:
    found = connection.execute(query, asked)
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _latest(connection: DuckDBPyConnection) -> datetime | None:
    query = "select max(last_seen) from input where kind = 'sim_swap'"
    latest: datetime | None = connection.execute(query).fetchall()[0][0]
    return latest


def _covered_since(connection: DuckDBPyConnection, moment: datetime) -> datetime | None:
    """From when on SIM-swap logs cover the time up to `moment`, None where they do not."""
    spans = connection.execute("""
        select first_seen, last_seen from input
        where kind = 'sim_swap' and first_seen is not null order by first_seen""").fetchall()
    begin = end = None
    for first, last in spans:
        if first > moment:
            break
        if end is None or first > end + JOINT:
            begin, end = first, last
        end = max(end, last)
    return begin if end is not None and end >= moment else None


def _lacking(
    connection: DuckDBPyConnection,
    number: str,
    covered_since: datetime | None,
    since: datetime,
    unexplained: list[datetime],
) -> list[str]:
    """Why a number without a change in the log is not called unchanged."""
    reasons = []
    known = connection.execute(KNOWN, {"msisdn": number, "digits": int(f"1{number}")}).fetchall()
    if known == [(False,)]:
        reasons.append("the number is in no log and no capture")
    if covered_since is None:
        reasons.append("no SIM-swap log covers the time asked for")
    elif covered_since > since:
        reasons.append(
            f"the SIM-swap logs begin at {written(covered_since)}, within the hours asked for"
        )
    if unexplained:
        reasons.append("the number's IMSI changed, and no row of a log says why")
    return reasons


def _imsi_changes(
    told: list[dict[str, Any]], events: list[dict[str, Any]], policy: Policy
) -> list[datetime]:
    """When another IMSI than before was seen with the number, and no row of a log explains it."""
    before = timedelta(hours=policy.log_before_change_hours)
    after = timedelta(hours=policy.log_after_change_hours)
    moments, current = [], None
    for row in told:
        if current not in (None, row["imsi"]):
            explained = any(
                row["imsi"] == event["new_imsi"]
                or row["seen_at"] - before <= event["completed_at"] <= row["seen_at"] + after
                for event in events
            )
            if not explained:
                moments.append(row["seen_at"])
        current = row["imsi"]
    return moments


def _change(
    connection: DuckDBPyConnection, event: dict[str, Any], moment: datetime, policy: Policy
) -> SimChange:
    lacked, not_stated = _checks(event, policy)
    return SimChange(
        event["event"],
        event["completed_at"],
        event["name"],
        event["swap_id"],
        event["channel"],
        event["outlet_id"],
        event["agent_id"],
        event["reason"],
        event["outcome"],
        lacked,
        not_stated,
        _first_sight(connection, event, moment),
        event["completed_at"] + timedelta(hours=policy.swap_cooling_off_hours),
    )


def _checks(event: dict[str, Any], policy: Policy) -> tuple[list[str], list[str]]:
    """What policy asks for and a change lacked, and of what its log never says a word."""
    done, asked = event["completed_at"], event["requested_at"] or event["completed_at"]
    due = asked + timedelta(minutes=policy.old_sim_notice_minutes)
    if policy.old_sim_notice_before_completion:
        due = min(due, done)
    dfs_due = done + timedelta(minutes=policy.dfs_notice_minutes)
    check, notice, dfs = (
        event["id_check"], event["subscriber_notified_at"], event["dfs_notified_at"]
    )  # fmt: skip
    steps = [
        (
            "identity check",
            event["states_check"],
            None
            if check in policy.accepted_id_checks
            else f"identity check: {check or 'not stated'}, accepted are "
            f"{', '.join(policy.accepted_id_checks)}",
        ),
        ("notice to the old SIM", event["states_notice"], _late("the old SIM", notice, due)),
        (
            "notice to the financial services",
            event["states_dfs_notice"],
            _late("the financial services", dfs, dfs_due),
        ),
    ]
    lacked = [wrong for _, stated, wrong in steps if stated and wrong]
    return lacked, [name for name, stated, _ in steps if not stated]


def _late(whom: str, told_at: datetime | None, due: datetime) -> str | None:
    if told_at is None:
        return f"{whom} was not told" if whom == "the old SIM" else f"{whom} were not told"
    if told_at > due:
        return f"{whom} told at {written(told_at)}, after {written(due)}"
    return None


def _first_sight(
    connection: DuckDBPyConnection, event: dict[str, Any], moment: datetime
) -> datetime | None:
    """When signalling showed the new IMSI first; from a day before, as clocks may differ."""
    if event["new_imsi"] is None:
        return None
    seen: datetime | None = connection.execute(
        FIRST_SIGHT,
        {
            "imsi": int(f"1{event['new_imsi']}"),
            "since": event["completed_at"] - timedelta(days=1),
            "at": moment,
        },
    ).fetchall()[0][0]
    return seen
