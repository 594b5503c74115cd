"""The nearest harmless things to the frauds of swap_stories.py: nothing of them may be told."""

from datetime import timedelta

from tests.scenes import cast
from tests.scenes.cast import own_imsi
from tests.scenes.delivery import deliver, look_up
from tests.scenes.dialogue import Capture
from tests.scenes.logs import Row
from tests.scenes.sim_swap import code, event, hour, payment, swap, told
from tests.scenes.swap_stories import (
    DAY,
    PROPER_AT,
    abroad,
    at_home,
    dial,
    new_holder,
    proper,
    withdraw,
)


def upgrade() -> Capture:
    """A message from abroad is asked for and delivered; then a new telephone with its new SIM."""
    capture = Capture(hour(0))
    look_up(capture, 801, cast.PARTNER_SMSC)
    deliver(capture, 801, cast.PARTNER_SMSC)
    capture.now = hour(24.1)
    at_home(capture, 801, 901)
    code(capture, own_imsi(901))
    return capture


def upgrade_swaps() -> list[Row]:
    """A genuine upgrade; 802 was turned away without a document and came back with it."""
    refused = swap(802, 22, agent_id="A1", outcome="rejected", channel="store")
    return [
        proper(801, 24, reason="upgrade"),
        refused | {"swap_id": "S802-refused"},
        proper(802, 25),
    ]


def upgrade_money() -> list[Row]:
    """801 enrols at once and pays when the cooling-off time is over; 802 mistyped his PIN once."""
    return [
        event(801, "new_device", 24.3),
        event(801, "otp_sent", 24.4),
        event(801, "otp_verified", 24.5),
        event(801, "login", 24.6),
        payment(801, 24 + DAY + 0.5),
        event(802, "pin_reset", 20, outcome="failure"),
        event(802, "otp_sent", 25.2),
        payment(802, 25 + DAY + 1),
    ]


def lost_abroad() -> Capture:
    """A traveller's telephone is lost; an eSIM is sent to his new one, where he is."""
    capture = Capture(hour(0))
    abroad(capture, 811, 811, cast.PARTNER_VLR, cast.PARTNER_MSC)
    capture.now = hour(10.2)
    abroad(capture, 811, 911, cast.PARTNER_VLR, cast.PARTNER_MSC)
    return capture


def lost_abroad_swaps() -> list[Row]:
    sent = {"channel": "ota", "reason": "esim", "outlet_id": "", "agent_id": ""}
    return [proper(811, 10, **sent)]


def lost_abroad_money() -> list[Row]:
    return [event(811, "otp_sent", 10.4), payment(811, 10 + DAY + 2)]


def busy_swaps() -> list[Row]:
    """An agent on a busy day, and a company that changes all its SIMs on one afternoon."""
    others = [
        proper(900 + place, place / 5, agent_id=f"A{place % 4 + 2}", outlet_id=f"O{place % 4 + 2}")
        for place in range(24)
    ]
    busy = [proper(1000 + place, 1 + place / 6) for place in range(40)]
    company = {"channel": "ota", "reason": "upgrade", "agent_id": "", "outlet_id": ""}
    bulk = [proper(1100 + place, 6 + place / 500, **company) for place in range(60)]
    return [*others, *busy, *bulk]


def busy_money() -> list[Row]:
    """Their customers pay as they always did, a biller among the payees."""
    return [
        payment(1000 + place, DAY + 9 + place / 10) | {"payee": "P-power"} for place in range(6)
    ]


def replaced_again_swaps() -> list[Row]:
    """A new SIM that does not work is taken back at once, by the same agent."""
    back = proper(821, 1.5, old_imsi=own_imsi(921), new_imsi=own_imsi(821))
    return [proper(821, 1), back | {"swap_id": "S821-back"}, new_holder(822, 120)]


def replaced_again_money() -> list[Row]:
    """The new holder of 822 opens an account of his own; its former one had another."""
    return [
        payment(822, -130 * DAY) | {"event_id": "E822-before", "account_id": "K1"},
        event(822, "otp_sent", 3) | {"account_id": "K2"},
        payment(822, 40) | {"account_id": "K2"},
        payment(821, 60),
    ]


def further_sim() -> Capture:
    """A watch gets a SIM with the telephone's number, which registers beside it; a late row."""
    capture = Capture(hour(0))
    at_home(capture, 831)
    at_home(capture, 832)
    capture.now = hour(2.2)
    at_home(capture, 831, 931)
    capture.wait(timedelta(hours=3))
    at_home(capture, 831)
    at_home(capture, 832, 932)
    return capture


def further_sim_swaps() -> list[Row]:
    """Number 832's row was written hours after the new SIM registered."""
    late = told(9) | {"subscriber_notified_at": hour(5)}
    return [
        proper(831, 2, event="multi_sim"),
        swap(832, 9, requested_at=hour(5), **PROPER_AT, **late),
    ]


def left() -> Capture:
    """A contract that ends, an old SIM after its swap, a service code after a proper swap."""
    capture = Capture(hour(0))
    for number in (871, 872):
        at_home(capture, number)
    capture.now = hour(2)
    for number in (871, 872):
        withdraw(capture, number)
    at_home(capture, 872, 972)
    capture.now = hour(6)
    dial(capture, 972)
    return capture


def left_swaps() -> list[Row]:
    """871's row is written twenty hours later."""
    over = swap(871, 22, event="deactivated", new_imsi="", agent_id="", id_check="", **told(22))
    return [over, proper(872, 1.9)]


def left_money() -> list[Row]:
    return [payment(872, 1.9 + DAY + 1)]


def regime_swaps() -> list[Row]:
    """A payee four days before a swap; payees near a proper one; two swaps eight hours apart."""
    again = proper(883, 10, old_imsi=own_imsi(983), new_imsi=own_imsi(1083))
    return [
        proper(881, 4 * DAY + 2),
        proper(882, 10),
        proper(883, 2),
        again | {"swap_id": "S883-again"},
    ]


def regime_money() -> list[Row]:
    """Paid when the cooling-off time and that of the limit are over."""
    return [
        event(881, "payee_added", 2, payee="P-shop"),
        payment(881, 5 * DAY + 3) | {"payee": "P-shop"},
        event(882, "payee_added", 12, payee="P-friend"),
        payment(882, 10 + DAY + 0.1) | {"payee": "P-friend"},
        payment(882, 10 + DAY + 2, "cash_out"),
    ]
