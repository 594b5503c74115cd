"""Frauds with swapped SIMs, each with the logs and the signalling that belong together.

Their benign twins are in swap_twins.py.
"""

from datetime import timedelta

from tests.scenes import cast, operations, services, sms
from tests.scenes.cast import own_imsi, own_msisdn
from tests.scenes.dialogue import USUAL, Capture, Form, Result, ask, profile, register
from tests.scenes.logs import Row
from tests.scenes.registration import arrive
from tests.scenes.sigtran import Address
from tests.scenes.sim_swap import VERIFIED, event, hour, payment, swap, told

PROPER_AT = {"agent_id": "A1", **VERIFIED}
DAY = 24


def proper(number: int, hours: float, **more: str) -> Row:
    """A swap in a shop with identity checked and both sides told."""
    return swap(number, hours, **(PROPER_AT | more), **told(hours))


def at_home(capture: Capture, number: int, sim: int | None = None) -> None:
    """A telephone registers in the own network; `sim` is its IMSI's number, if not the same."""
    imsi = own_imsi(sim or number)
    update = operations.update_location(imsi, cast.OWN_MSC.digits, cast.OWN_VLR.digits)
    data = profile(msisdn=own_msisdn(number))
    register(capture, cast.INSIDE, cast.OWN_VLR, cast.OWN_HLR, update, data)


def abroad(capture: Capture, number: int, sim: int, vlr: Address, msc: Address) -> None:
    """The SIM registers in another country."""
    update = operations.update_location(own_imsi(sim), msc.digits, vlr.digits)
    called, data = cast.own_mobile_title(own_imsi(sim)), profile(msisdn=own_msisdn(number))
    register(capture, cast.INWARDS, vlr, called, update, data, USUAL, answers_as=cast.OWN_HLR)


def code_abroad(capture: Capture, sim: int, msc: Address) -> None:
    operation = operations.forward_to_subscriber(
        own_imsi(sim), cast.OWN_SMSC.digits, sms.deliver("ExMoney", sms.INVENTED_CODE)
    )
    ask(capture, cast.OUTWARDS, cast.OWN_SMSC, msc, operation, Result())


def prepared() -> Capture:
    """The victim's IMSI and whereabouts are asked for, then the new SIM registers."""
    capture = Capture(hour(0))
    asked = operations.send_imsi(own_msisdn(401))
    ask(capture, cast.INWARDS, cast.STRANGER_HLR, cast.OWN_HLR, asked, None, Form(version=2))
    question = operations.any_time_interrogation(cast.STRANGER_GSMSCF.digits, imsi=own_imsi(401))
    ask(capture, cast.INWARDS, cast.STRANGER_GSMSCF, cast.OWN_HLR, question)
    capture.now = hour(24.1)
    at_home(capture, 401, 501)
    return capture


def prepared_swaps() -> list[Row]:
    """Turned away in a shop, then done by an agent; 402's PIN was tried in vain before."""
    refused = swap(401, 23, agent_id="A1", outcome="rejected", channel="store")
    return [
        refused | {"swap_id": "S401-refused"},
        swap(401, 24, agent_id="A9"),
        swap(402, 24, agent_id="A8"),
    ]


def prepared_money() -> list[Row]:
    tries = [
        event(402, "pin_reset", 20 + place / 10, outcome="failure") | {"event_id": f"E402-{place}"}
        for place in range(3)
    ]
    return [
        event(401, "otp_sent", 24.5),
        payment(401, 24.6),
        *tries,
        event(402, "pin_reset", 24.3),
        payment(402, 24.4, "cash_out"),
    ]


def gone_abroad() -> Capture:
    """The old SIM is at home; the new one registers with Partner UK minutes after the swap."""
    capture = Capture(hour(0))
    at_home(capture, 411)
    capture.now = hour(1.1)
    abroad(capture, 411, 511, cast.PARTNER_VLR, cast.PARTNER_MSC)
    capture.now = hour(1.4)
    code_abroad(capture, 511, cast.PARTNER_MSC)
    return capture


def gone_abroad_swaps() -> list[Row]:
    return [swap(411, 1)]


def gone_abroad_money() -> list[Row]:
    return [payment(411, 1.5)]


CROWD = range(4210, 4242)  # whose swaps are by the book, and whose SIMs register


def ghost() -> Capture:
    """446 gets another IMSI without a row; the old SIM of 447 lives on; 448 to 450 never show."""
    capture = Capture(hour(0))
    at_home(capture, 446)
    capture.now = hour(2)
    for number in CROWD:
        at_home(capture, number, number + 100)
    at_home(capture, 447, 547)
    capture.now = hour(5)
    at_home(capture, 446, 546)
    at_home(capture, 447)
    capture.now = hour(30)
    at_home(capture, 451)
    return capture


def ghost_swaps() -> list[Row]:
    by_the_book = [proper(number, 1.5) for number in CROWD]
    return [*by_the_book, *(proper(number, 1.6, agent_id="A6") for number in (447, 448, 449, 450))]


def ghost_money() -> list[Row]:
    return [payment(446, 6)]


def careless_swaps() -> list[Row]:
    """An agent among honest ones: at night, without identity check, one telephone for three."""
    honest = [
        proper(600 + place, place / 4, agent_id=f"A{place % 3 + 1}", outlet_id=f"O{place % 3 + 1}")
        for place in range(30)
    ]
    night = [
        swap(640 + place, 15.5 + place / 4, agent_id="A7", channel="agent", outlet_id="O7")
        for place in range(4)
    ]
    device = {"new_imei": "35693803564380"}
    day = [swap(650 + place, 3 + place, agent_id="A8", **device) for place in range(3)]
    twice = [proper(660, 4), proper(661, 4.2, new_imsi=own_imsi(760))]
    return [*honest, *night, *day, *twice]


def careless_money() -> list[Row]:
    return [payment(640 + place, 17 + place / 4) | {"payee": f"P{place}"} for place in range(3)]


def mules_swaps() -> list[Row]:
    """Three victims who pay one payee; the first one's account lay still for two months."""
    return [swap(470 + place, 1 + place, agent_id=f"A{place}") for place in range(3)]


def mules_money() -> list[Row]:
    """Codes of three services in half an hour; a device never seen before; no IMSI check."""
    old = {"imei": "35693803564301", "imsi_check": "match"}
    new = {"imei": "35693803564999", "imsi_check": "not_done"}
    before = [payment(470, -60 * DAY) | old | {"event_id": "E470-before", "payee": "P1"}]
    others = [payment(number, -5 + number / 1000) | old | {"payee": "P2"} for number in (480, 481)]
    codes = [
        event(471, "otp_sent", 2.2 + place / 10, provider=bank) | {"event_id": f"E471-{place}"}
        for place, bank in enumerate(("Example Money", "First Bank", "Second Bank"))
    ]
    stolen = [payment(470 + place, 1.8 + place) | new for place in range(3)]
    mismatch = payment(482, 5) | {"imsi_check": "mismatch", "payee": "P3"}
    return [*before, *others, *codes, *stolen, mismatch]


def back_swaps() -> list[Row]:
    """491 is back on its old SIM after use; 492 changes hands and is ported out."""
    gone = swap(491, 10)
    back = swap(491, 16, old_imsi=own_imsi(591), new_imsi=own_imsi(491))
    port = swap(
        492, 100, event="port_out", channel="store", agent_id="A1", new_imsi="", **told(100)
    )
    return [
        gone, back | {"swap_id": "S491-back"},
        *(swap(492, 20.0 * place, new_imsi=own_imsi(592 + 100 * place), agent_id="A5")
          | {"swap_id": f"S492-{place}"} for place in range(3)),
        port | {"swap_id": "S492-port", "id_check": "biometric"},
    ]  # fmt: skip


def back_money() -> list[Row]:
    return [event(491, "otp_sent", 11), payment(491, 11.2, "cash_out"), event(492, "otp_sent", 41)]


def new_holder(number: int, free_days: float, hours: float = 0) -> Row:
    """A number that another subscriber gave up gets its next one."""
    return swap(
        number, hours, event="new", reason="recycled", released_at=hour(hours - 24 * free_days),
        old_imsi="", **PROPER_AT, **told(hours),
    )  # fmt: skip


def recycled_swaps() -> list[Row]:
    """Given away after 30 days; after 200 days, while the old account is still tied to it."""
    return [new_holder(701, 30), new_holder(702, 200), new_holder(703, 200)]


def recycled_money() -> list[Row]:
    """The new holder of 702 gets a code for the old account, that of 703 empties it."""
    old, new = {"account_id": "K702"}, {"account_id": "K703"}
    return [
        payment(702, -210 * DAY) | old | {"event_id": "E702-before"},
        event(702, "otp_sent", 5) | old,
        payment(703, -210 * DAY) | new | {"event_id": "E703-before"},
        event(703, "otp_sent", 6) | new,
        payment(703, 6.1) | new,
    ]


def network_swap() -> Capture:
    """Registered by a stranger, to whom a code goes; calls of another sent elsewhere by him."""
    capture = Capture(hour(0))
    arrive(capture, 711, cast.STRANGER_VLR, cast.STRANGER_MSC)
    capture.wait(timedelta(minutes=3))
    code_abroad(capture, 711, cast.STRANGER_MSC)
    at_home(capture, 712)
    forwarded = services.forwarding("33639989999")
    ask(capture, cast.INWARDS, cast.STRANGER_VLR, cast.OWN_HLR, forwarded, Result(),
        Form(version=2, about=own_imsi(712)))  # fmt: skip
    return capture


def network_swap_money() -> list[Row]:
    return [payment(711, 0.2), payment(712, 1)]


def withdraw(capture: Capture, sim: int) -> None:
    """The home register tells the serving node that the SIM's subscription is withdrawn."""
    withdrawn = operations.cancel_location(own_imsi(sim), "subscriptionWithdraw")
    ask(capture, cast.INSIDE, cast.OWN_HLR, cast.OWN_VLR, withdrawn, Result())


def dial(capture: Capture, sim: int, string: str = "*170#") -> None:
    """A service code from home."""
    menu = Result(services.dial("INVENTED SAMPLE: 1 balance 2 airtime")[1])
    form = Form(version=2, about=own_imsi(sim))
    ask(capture, cast.INSIDE, cast.OWN_VLR, cast.OWN_HLR, services.dial(string), menu, form)


def withdrawn() -> Capture:
    """861 and 862 are taken off the air without a row; 863's thief enrols by service code."""
    capture = Capture(hour(0))
    for number in (861, 862):
        at_home(capture, number)
    capture.now = hour(2)
    for number in (861, 862):
        withdraw(capture, number)
    capture.now = hour(5.1)
    at_home(capture, 863, 963)
    capture.now = hour(6)
    dial(capture, 963)
    return capture


def withdrawn_swaps() -> list[Row]:
    """The log tells of deactivations, and of 863's swap."""
    over = swap(864, 3, event="deactivated", new_imsi="", agent_id="", id_check="")
    return [over, swap(863, 5)]


def withdrawn_money() -> list[Row]:
    return [payment(861, 2.5), payment(863, 7)]


def regime_swaps() -> list[Row]:
    """Payees near a swap, a sum beyond the limit, two swaps in five hours, a victim twice."""
    robbed = [swap(854, 24 * 8.0 * place, agent_id="A5") for place in range(3)]
    mended = proper(854, 100, new_imsi=own_imsi(854), old_imsi=own_imsi(954))
    return [
        swap(851, 10),
        proper(852, 10),
        proper(853, 10), proper(853, 15, new_imsi=own_imsi(1053)) | {"swap_id": "S853-again"},
        robbed[0], mended | {"swap_id": "S854-mended"}, robbed[1] | {"swap_id": "S854-again"},
    ]  # fmt: skip


def regime_money() -> list[Row]:
    return [
        event(851, "payee_added", 5, payee="P-thief"),
        payment(851, 40) | {"payee": "P-thief"},
        payment(852, 23), payment(852, 24, "cash_out"),
        event(854, "otp_sent", 2),
        event(854, "otp_sent", 24 * 8 + 2) | {"event_id": "E854-again"},
    ]  # fmt: skip
