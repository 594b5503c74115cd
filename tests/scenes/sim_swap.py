"""Scenes of SIM swaps, one-time passwords and money: SWAP-01 and its benign twin."""

from datetime import datetime, timedelta

from tests.scenes import cast, logs, operations, sms
from tests.scenes.cast import own_imsi, own_msisdn
from tests.scenes.dialogue import Capture, Result, ask
from tests.scenes.sigtran import Address

MINUTE = timedelta(minutes=1)
VERIFIED = {"id_check": "biometric", "channel": "store", "outlet_id": "O3"}


def hour(hours: float) -> datetime:
    """That long after the morning on which the scenes begin."""
    return cast.MORNING + timedelta(hours=hours)


def swap(number: int, hours: float, **more: str | datetime) -> logs.Row:
    """A swap by an agent, completed at that hour; the new IMSI's number is 100 higher."""
    row: dict[str, str | float | datetime] = {
        "swap_id": f"S{number}", "event": "swap", "requested_at": hour(hours) - 10 * MINUTE,
        "completed_at": hour(hours), "msisdn": own_msisdn(number), "old_imsi": own_imsi(number),
        "new_imsi": own_imsi(number + 100), "reason": "lost", "channel": "agent",
        "agent_id": "A7", "id_check": "none", "outcome": "completed",
    }  # fmt: skip
    return row | more


def told(hours: float) -> dict[str, datetime]:
    """Both notices: to the old SIM when it was asked for, to the services when it was done."""
    return {"subscriber_notified_at": hour(hours) - 8 * MINUTE, "dfs_notified_at": hour(hours)}


def event(number: int, kind: str, hours: float, **more: str | float) -> logs.Row:
    row: dict[str, str | float | datetime] = {
        "event_id": f"E{number}-{kind}", "occurred_at": hour(hours), "msisdn": own_msisdn(number),
        "provider": "Example Money", "event": kind, "channel": "app", "outcome": "success",
    }  # fmt: skip
    return row | more


def payment(
    number: int, hours: float, kind: str = "transfer", outcome: str = "success"
) -> logs.Row:
    sum_paid: dict[str, str | float] = {"amount": 950.0, "currency": "GHS", "payee": "P55"}
    return event(number, kind, hours, outcome=outcome, **sum_paid)


def code(capture: Capture, imsi: str, msc: Address = cast.OWN_MSC) -> None:
    """The own SMSC delivers a password inside the own network."""
    tpdu = sms.deliver("ExMoney", sms.INVENTED_CODE)
    operation = operations.forward_to_subscriber(imsi, cast.OWN_SMSC.digits, tpdu)
    ask(capture, cast.INSIDE, cast.OWN_SMSC, msc, operation, Result())


def swaps_then_money() -> list[logs.Row]:
    """Five swaps; the fifth was done by the book, but its money moved within the cooling-off."""
    by_the_book = swap(205, 2, reason="damaged", **VERIFIED, **told(2))
    return [swap(201, 0), swap(202, 1), swap(203, 2), swap(204, 2, agent_id="A8"), by_the_book]


def money_after_swaps() -> list[logs.Row]:
    """Number 202's password is in the capture alone; 203 is paid just before the day is over."""
    return [
        event(201, "otp_sent", 1),
        payment(201, 1.1),
        payment(202, 2.1),
        event(203, "otp_sent", 25.5),
        payment(203, 25.9),
        event(204, "otp_verified", 4),
        payment(204, 4.5, "cash_out"),
        event(205, "otp_sent", 5),
        payment(205, 5.1) | {"payee": "P56"},
    ]


def password_after_swap() -> Capture:
    """The password of number 202, delivered to the new SIM."""
    capture = Capture(hour(2))
    code(capture, own_imsi(302))
    return capture


def swaps_by_the_book() -> list[logs.Row]:
    """A verified swap that was told, a refused one, and three with nothing bad after them."""
    return [
        swap(211, 0, **VERIFIED, **told(0)),
        swap(212, 1, outcome="rejected"),
        swap(213, 1, **VERIFIED, **told(1)),
        swap(214, 6, **VERIFIED, **told(6)),
        swap(215, 1, **VERIFIED, **told(1)),
    ]


def money_as_usual() -> list[logs.Row]:
    """Paid after the cooling-off, or without swap or password, or before the swap; or not paid."""
    return [
        event(211, "otp_sent", 25),
        payment(211, 25.1),
        event(212, "otp_sent", 2),
        payment(212, 2.1),
        event(213, "otp_sent", 2),
        payment(213, 2.1, outcome="failure"),
        event(214, "otp_sent", 5),
        payment(214, 5.1),
        payment(215, 26),
        event(216, "otp_sent", 3),
        payment(216, 3.1),
    ]


def password_as_usual() -> Capture:
    """A password to somebody who changed nothing."""
    capture = Capture(hour(3))
    code(capture, own_imsi(216))
    return capture
