"""Scenes around registrations: MAP-INT-05, MAP-INT-08, MAP-INT-11 and their benign twins."""

from datetime import timedelta

from tests.scenes import cast, operations, sms
from tests.scenes.cast import own_imsi, own_msisdn, partner_imsi, partner_msisdn
from tests.scenes.dialogue import (
    USUAL,
    Abort,
    Capture,
    Form,
    Refusal,
    Result,
    ask,
    profile,
    register,
)
from tests.scenes.sigtran import HLR, MSC, VLR, Address, xudt

ROAMING_NOT_ALLOWED, UNIDENTIFIED_SUBSCRIBER, ABSENT = 8, 5, 27
FORWARD_2 = Form(version=2, context=(0, 4, 0, 0, 1, 0, 25, 2))
CODE = sms.deliver("ExMoney", sms.INVENTED_CODE)
CODE_BY_NUMBER = sms.deliver("2335900", sms.INVENTED_CODE)
GREETING = sms.deliver("233590111111", sms.INVENTED_GREETING)


def arrive(capture: Capture, number: int, vlr: Address, msc: Address, form: Form = USUAL) -> None:
    """An own subscriber registers abroad."""
    old = form.version < 3
    written = operations.update_location_old if old else operations.update_location
    operation = written(own_imsi(number), msc.digits, vlr.digits)
    called = cast.own_mobile_title(own_imsi(number))
    data = profile(msisdn=own_msisdn(number))
    register(capture, cast.INWARDS, vlr, called, operation, data, form, answers_as=cast.OWN_HLR)


def authenticate(capture: Capture, number: int, vlr: Address) -> None:
    asked = operations.send_authentication_info(own_imsi(number), "234", "99")
    given = Result(operations.send_authentication_info_result(number))
    called = cast.own_mobile_title(own_imsi(number))
    ask(capture, cast.INWARDS, vlr, called, asked, given, answers_as=cast.OWN_HLR)


def text(
    capture: Capture, number: int, msc: Address, tpdu: bytes, answer: Refusal | Result | None,
    form: Form = USUAL,
) -> None:  # fmt: skip
    """The own SMSC delivers a short message to a node abroad."""
    old = form.version < 3
    written = operations.forward_to_subscriber_old if old else operations.forward_to_subscriber
    operation = written(own_imsi(number), cast.OWN_SMSC.digits, tpdu)
    ask(capture, cast.OUTWARDS, cast.OWN_SMSC, msc, operation, answer, form)


def update_location_then_code() -> Capture:
    """Three subscribers registered by a stranger, to whose node their codes then go."""
    capture, vlr, msc = Capture(cast.MORNING), cast.STRANGER_VLR, cast.STRANGER_MSC
    arrive(capture, 61, vlr, msc)
    capture.wait(timedelta(minutes=4))
    text(capture, 61, msc, CODE, Result())
    arrive(capture, 62, vlr, msc, Form(version=2))
    text(capture, 62, msc, GREETING, Result())
    text(capture, 62, msc, CODE_BY_NUMBER, Result(), FORWARD_2)
    arrive(capture, 63, vlr, msc, Form(wrap=xudt))
    text(capture, 63, msc, CODE, Refusal(ABSENT), Form(open_first=True))
    return capture


def update_location_then_code_elsewhere() -> Capture:
    """A stranger's registration that was refused, or after which no code went to the stranger."""
    capture, vlr, msc = Capture(cast.MORNING), cast.STRANGER_VLR, cast.STRANGER_MSC
    attempt = operations.update_location(own_imsi(64), msc.digits, vlr.digits)
    ask(capture, cast.INWARDS, vlr, cast.OWN_HLR, attempt, Refusal(ROAMING_NOT_ALLOWED))
    at_home = operations.forward_to_subscriber(own_imsi(64), cast.OWN_SMSC.digits, CODE)
    ask(capture, cast.INSIDE, cast.OWN_SMSC, cast.OWN_MSC, at_home, Result())
    arrive(capture, 65, vlr, msc)
    text(capture, 65, msc, GREETING, Result())
    return capture


def traveller() -> Capture:
    """Landed at a listed partner: vectors, registration, welcome message, then a bank's code."""
    capture, vlr, msc = Capture(cast.MORNING), cast.PARTNER_VLR, cast.PARTNER_MSC
    authenticate(capture, 66, vlr)
    arrive(capture, 66, vlr, msc)
    text(capture, 66, msc, sms.deliver("Example", sms.INVENTED_WELCOME), Result())
    text(capture, 66, msc, CODE, Result(), Form(open_first=True))
    authenticate(capture, 67, vlr)
    arrive(capture, 67, vlr, msc, Form(wrap=xudt))
    text(capture, 67, msc, CODE_BY_NUMBER, Result(), FORWARD_2)
    return capture


def cancel_location() -> Capture:
    """Five people cut off by a network that is not theirs; twice the argument is a bare IMSI."""
    capture, stranger, vlr = Capture(cast.MORNING), cast.STRANGER_HLR, cast.OWN_VLR
    cancel, bare = operations.cancel_location, operations.cancel_location_bare
    withdrawn = cancel(own_imsi(71), "subscriptionWithdraw")
    ask(capture, cast.INWARDS, stranger, vlr, withdrawn, Result())
    ask(capture, cast.INWARDS, stranger, vlr, bare(own_imsi(72)), Result(), Form(version=2))
    ask(capture, cast.INWARDS_VLAN, stranger, vlr, cancel(partner_imsi(73)),
        Refusal(UNIDENTIFIED_SUBSCRIBER), Form(wrap=xudt))  # fmt: skip
    refused = Abort(by_provider=True)
    ask(capture, cast.INWARDS, cast.NOWHERE, vlr, bare(partner_imsi(74)), refused, Form(version=2))
    ask(capture, cast.INWARDS_6, cast.PARTNER_HLR, cast.OWN_SGSN, cancel(own_imsi(75)), None)
    return capture


def cancel_location_by_home() -> Capture:
    """Each HLR takes leave of its own subscriber: a guest here, an own one abroad and at home."""
    capture = Capture(cast.MORNING)
    cancel, bare = operations.cancel_location, operations.cancel_location_bare
    moved = cancel(partner_imsi(71), "updateProcedure")
    ask(capture, cast.INWARDS, cast.PARTNER_HLR, cast.OWN_VLR, moved, Result())
    other = Address("447700955555", HLR)
    ask(
        capture,
        cast.INWARDS,
        other,
        cast.OWN_VLR,
        bare(partner_imsi(72)),
        Result(),
        Form(version=2),
    )
    ask(capture, cast.OUTWARDS, cast.OWN_HLR, cast.PARTNER_VLR, cancel(own_imsi(73)), Result())
    ask(capture, cast.OUTWARDS, cast.OWN_HLR, cast.STRANGER_VLR, cancel(own_imsi(74)), Result())
    ask(capture, cast.INSIDE.reverse(), cast.OWN_HLR, cast.OWN_VLR, cancel(own_imsi(75)), Result())
    return capture


def insert_subscriber_data() -> Capture:
    """Four profiles written by strangers, one of them inside a guest's registration."""
    capture, stranger, vlr = Capture(cast.MORNING), cast.STRANGER_HLR, cast.OWN_VLR
    write = operations.insert_subscriber_data
    planted = write(own_imsi(81), own_msisdn(81), cast.STRANGER_GSMSCF.digits)
    ask(capture, cast.INWARDS, stranger, vlr, planted, Result())
    guest = write(partner_imsi(82), partner_msisdn(82))
    ask(
        capture,
        cast.INWARDS,
        stranger,
        vlr,
        guest,
        Refusal(UNIDENTIFIED_SUBSCRIBER),
        Form(version=2),
    )
    by_partner = write(own_imsi(83), own_msisdn(83))
    ask(capture, cast.INWARDS, cast.PARTNER_HLR, vlr, by_partner, None, Form(wrap=xudt))
    joins = operations.update_location(partner_imsi(84), cast.OWN_MSC.digits, vlr.digits)
    register(capture, cast.OUTWARDS, vlr, Address("4477000000000084", HLR, plan=7), joins,
             profile(msisdn=partner_msisdn(84)), answers_as=cast.PARTNER_HLR,
             writes_as=stranger)  # fmt: skip
    return capture


def insert_subscriber_data_by_home() -> Capture:
    """Guests' profiles written by their own HLR, in a registration and later, and own ones."""
    capture, vlr = Capture(cast.MORNING), cast.OWN_VLR
    joins = operations.update_location(partner_imsi(84), cast.OWN_MSC.digits, vlr.digits)
    title = Address("4477000000000084", HLR, plan=7)
    register(capture, cast.OUTWARDS, vlr, title, joins, profile(msisdn=partner_msisdn(84)),
             answers_as=cast.PARTNER_HLR)  # fmt: skip
    register(capture, cast.OUTWARDS, vlr, title, joins, profile(msisdn=partner_msisdn(84)),
             Form(wrap=xudt), answers_as=Address("447700955555", HLR))  # fmt: skip
    later = operations.insert_subscriber_data(partner_imsi(84), partner_msisdn(84))
    ask(capture, cast.INWARDS, cast.PARTNER_HLR, vlr, later, Result())
    camel = operations.insert_subscriber_data(partner_imsi(84), None, cast.PARTNER_GSMSCF.digits)
    ask(capture, cast.INWARDS, cast.PARTNER_HLR, vlr, camel, Result())
    arrive(capture, 85, Address("447700900021", VLR), Address("447700900031", MSC))
    own = operations.insert_subscriber_data(own_imsi(86), own_msisdn(86), cast.OWN_GSMSCF.digits)
    ask(capture, cast.OUTWARDS, cast.OWN_HLR, cast.PARTNER_VLR, own, Result())
    return capture
