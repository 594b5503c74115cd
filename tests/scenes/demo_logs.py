"""The demo's SIM-swap log and the log of its financial service, of three days."""

from datetime import UTC, datetime, timedelta
from random import Random

from tests.scenes.cast import own_imsi, own_msisdn
from tests.scenes.demo_attacks import SWAPPED
from tests.scenes.logs import Row

FIRST_DAY = datetime(2026, 2, 27, tzinfo=UTC)
LAST_DAY = datetime(2026, 3, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
VERIFIED = {"channel": "store", "agent_id": "A1", "outlet_id": "O1", "id_check": "biometric"}
CARELESS = {"channel": "agent", "agent_id": "A7", "outlet_id": "O7", "id_check": "none"}
SECOND_SWAPPED = SWAPPED + 1
CUSTOMERS = range(3000, 3150)  # of the financial service
SWAPPERS = range(4000, 4060)
PATIENT = SWAPPERS[:8]  # their SIMs are swapped on the first day, they pay on the last


def icc(number: int) -> str:
    """A SIM's number, of nineteen digits."""
    return f"8923399{number:012d}"


def swap(number: int, done: datetime, **more: str | datetime) -> Row:
    row: dict[str, str | float | datetime] = {
        "swap_id": f"S{number}", "event": "swap", "requested_at": done - 12 * MINUTE,
        "completed_at": done, "msisdn": own_msisdn(number), "old_imsi": own_imsi(number),
        "new_imsi": own_imsi(number + 100), "old_iccid": icc(number),
        "new_iccid": icc(number + 100), "reason": "damaged", "channel": "store",
        "outlet_id": "O1", "agent_id": "A1", "id_check": "document", "outcome": "completed",
        "subscriber_notified_at": done - 10 * MINUTE, "dfs_notified_at": done,
    }  # fmt: skip
    return row | more


def swaps() -> list[Row]:
    """Sixty swaps by the book, of which six were rejected, and two by a careless agent."""
    random = Random(4)
    rows = []
    for place, number in enumerate(SWAPPERS):
        until = 24 if number in PATIENT else 57
        done = FIRST_DAY + timedelta(minutes=random.randrange(8 * 60, until * 60))
        rejected = {"outcome": "rejected"} if place % 10 == 9 else {}
        agent = {"agent_id": f"A{place % 6 + 1}"}
        rows.append(swap(number, done, reason=random.choice(("lost", "damaged", "upgrade")),
                         **(VERIFIED | agent | rejected)))  # fmt: skip
    nobody_told: dict[str, str | datetime] = {"subscriber_notified_at": "", "dfs_notified_at": ""}
    for number, hours in ((SWAPPED, 9), (SECOND_SWAPPED, 20)):
        done = LAST_DAY + timedelta(hours=hours)
        rows.append(swap(number, done, reason="lost", **CARELESS, **nobody_told))
    return sorted(rows, key=lambda row: str(row["completed_at"]))


def event(serial: int, number: int, kind: str, moment: datetime, **more: str | float) -> Row:
    row: dict[str, str | float | datetime] = {
        "event_id": f"E{serial:05d}", "occurred_at": moment, "msisdn": own_msisdn(number),
        "provider": "Example Money", "event": kind, "channel": "app", "outcome": "success",
    }  # fmt: skip
    return row | more


def visit(serial: int, number: int, begins: datetime, cedis: float) -> list[Row]:
    """A login, a password and a transfer."""
    paid = event(serial + 2, number, "transfer", begins + 4 * MINUTE, amount=cedis, currency="GHS",
                 payee=f"P{serial % 89}", account_id=f"K{number}")  # fmt: skip
    return [
        event(serial, number, "login", begins),
        event(serial + 1, number, "otp_sent", begins + MINUTE, channel="sms"),
        paid,
    ]


def events() -> list[Row]:
    """Customers' visits, those of patient swappers, and the fraudsters'."""
    random = Random(5)
    rows: list[Row] = []
    for number in CUSTOMERS:
        begins = FIRST_DAY + timedelta(minutes=random.randrange(6 * 60, 70 * 60))
        rows += visit(10 * len(rows), number, begins, random.randrange(10, 400))
    for number in PATIENT:
        begins = LAST_DAY + timedelta(hours=13, minutes=random.randrange(300))
        rows += visit(10 * len(rows), number, begins, random.randrange(10, 400))
    stolen = LAST_DAY + timedelta(hours=9, minutes=44)
    rows.append(event(90_001, SWAPPED, "pin_reset", stolen - 2 * MINUTE))
    rows.append(event(90_002, SWAPPED, "transfer", stolen, amount=4900.0, currency="GHS",
                      payee="P90", account_id="K90"))  # fmt: skip
    late = LAST_DAY + timedelta(hours=21, minutes=10)
    rows.append(event(90_003, SECOND_SWAPPED, "otp_sent", late, channel="sms"))
    rows.append(event(90_004, SECOND_SWAPPED, "cash_out", late + 9 * MINUTE, amount=2500.0,
                      currency="GHS", account_id="K91"))  # fmt: skip
    return sorted(rows, key=lambda row: str(row["occurred_at"]))
