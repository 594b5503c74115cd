"""The operator's swap log and the log of its financial service, beside the week's signalling."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from tests.scenes.logs import Row, as_csv, as_json_lines
from tests.week import clock, flows
from tests.week.clock import HOUR, MINUTE
from tests.week.links import INSIDE
from tests.week.story import Story, Week
from tests.week.world import HOME, Network

NEW_SIM = 5_000_000  # a new SIM's number is so much higher than the old one's
DAY_HOURS = (9, 10, 11, 12, 14, 15, 16, 17)  # when outlets are busy


def moved(row: Row, off: timedelta) -> Row:
    """The row with all its times so much later."""
    return {key: cell + off if isinstance(cell, datetime) else cell for key, cell in row.items()}


def at(moment: int) -> datetime:
    return datetime.fromtimestamp(moment // 1_000_000, UTC)


@dataclass(frozen=True)
class Fraud:
    """What was done, by which detectors it may be told, and which rows and who are part of it."""

    family: str
    detectors: tuple[str, ...]
    rows: frozenset[str]
    subjects: frozenset[str]  # MSISDNs and agents by which a finding names it


@dataclass
class Logs:
    """Rows of both logs for a week's subscribers."""

    week: Week
    swaps: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    frauds: list[Fraud] = field(default_factory=list)

    @property
    def random(self) -> Random:
        return self.week.random

    def subscriber(self) -> int:
        return 2_000_000 + self.week.new_subscriber()

    def agent(self) -> dict[str, str]:
        """One of thirty honest agents, in ten outlets."""
        number = self.random.randrange(30)
        return {"agent_id": f"A{number}", "outlet_id": f"O{number % 10}"}

    def opening(self, first_day: float = 0.5, last_day: float = 5) -> int:
        """A moment at which outlets are open."""
        day = int(first_day + self.random.random() * (last_day - first_day))
        hour = self.random.choice(DAY_HOURS)
        return clock.START + day * clock.DAY + hour * HOUR + self.random.randrange(HOUR)

    def swap(self, number: int, moment: int, new: int | None = None, **more: str | datetime) -> str:
        """A swap in a shop by the book, but for what `more` says otherwise; its row's id."""
        asked = moment - self.random.randrange(6, 25) * MINUTE
        row: dict[str, str | float | datetime] = {
            "swap_id": f"S{len(self.swaps):06d}", "event": "swap", "requested_at": at(asked),
            "completed_at": at(moment), "msisdn": HOME.msisdn(number),
            "old_imsi": HOME.imsi(number), "new_imsi": HOME.imsi(new or number + NEW_SIM),
            "reason": self.random.choice(("lost", "damaged", "upgrade", "stolen")),
            "channel": "store", **self.agent(),
            "id_check": self.random.choice(("biometric", "document")), "outcome": "completed",
            "subscriber_notified_at": at(asked + self.random.randrange(30, 240) * 1_000_000),
            "dfs_notified_at": at(moment + self.random.randrange(5, 540) * 1_000_000),
            "new_imei": f"3569380{self.random.randrange(10**7):07d}",
        }  # fmt: skip
        self.swaps.append(row | more)
        return str(row["swap_id"])

    def event(self, number: int, kind: str, moment: int, **more: str | float) -> str:
        row: dict[str, str | float | datetime] = {
            "event_id": f"E{len(self.events):07d}", "occurred_at": at(moment),
            "msisdn": HOME.msisdn(number), "provider": "Example Money", "event": kind,
            "channel": "app", "outcome": "success", "account_id": f"K{number}",
            "imsi_check": "match",
        }  # fmt: skip
        self.events.append(row | more)
        return str(row["event_id"])

    def pay(self, number: int, moment: int, kind: str = "transfer", **more: str | float) -> str:
        """A payment to one of many."""
        paid: dict[str, str | float] = {
            "amount": float(self.random.randrange(5, 900)), "currency": "GHS",
            "payee": f"P{self.random.randrange(400)}",
        }  # fmt: skip
        return self.event(number, kind, moment, **(paid | more))

    def visit(self, number: int, moment: int, **more: str) -> list[str]:
        """A sign-in, a password and a payment."""
        return [
            self.event(number, "login", moment),
            self.event(number, "otp_sent", moment + MINUTE, channel="sms"),
            self.pay(number, moment + 4 * MINUTE, **more),
        ]

    def fraud(self, family: str, detectors: str, rows: list[str], *subjects: str) -> None:
        names = tuple(detectors.split())
        self.frauds.append(Fraud(family, names, frozenset(rows), frozenset(subjects)))

    def registers(self, story: Story, number: int, sim: int, visited: Network = HOME) -> None:
        """The SIM with this number's IMSI registers, at home or abroad, for the subscriber."""
        vlr, msc, imsi = visited.node("vlr"), visited.node("msc"), HOME.imsi(sim)
        way = INSIDE if visited is HOME else story.way_in(visited)
        story.register(
            way, vlr, HOME.mobile_title(imsi), flows.location_update(imsi, msc, vlr),
            flows.profile_of(HOME, number, False), flows.hlr_told(2, HOME), HOME.node("hlr"),
        )  # fmt: skip

    def put_in(self, number: int, moment: int, sim: int | None = None) -> None:
        """Minutes after the swap the new SIM is in a telephone."""
        story = self.week.story(moment + self.random.randrange(1, 40) * MINUTE)
        self.registers(story, number, sim or number + NEW_SIM)

    def write(self, directory: Path, off: timedelta = timedelta(0)) -> None:
        """Both logs; the clock of the swap log is `off` from that of the captures."""
        swaps = sorted(self.swaps, key=lambda row: str(row["completed_at"]))
        events = sorted(self.events, key=lambda row: str(row["occurred_at"]))
        (directory / "swaps.csv").write_bytes(as_csv(moved(row, off) for row in swaps))
        (directory / "dfs_events.jsonl").write_bytes(as_json_lines(events))
