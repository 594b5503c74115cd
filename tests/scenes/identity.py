"""Scenes of identities and subscriptions read or changed: MAP-LOC-09, MAP-ID-06, MAP-ORG-01."""

from tests.scenes import cast, operations
from tests.scenes.cast import own_imsi, own_msisdn
from tests.scenes.dialogue import Abort, Capture, Form, Refusal, Result, ask
from tests.scenes.digits import tbcd
from tests.scenes.sigtran import MSC, Address, xudt

ATSI_NOT_ALLOWED, ATM_NOT_ALLOWED, UNKNOWN_SUBSCRIBER = 60, 61, 1
VERSION_2 = Form(version=2)
FORWARDED_TO = "33639981234"


def send_imsi() -> Capture:
    """Three numbers asked for; once the begin names no application context."""
    capture, vlr = Capture(cast.MORNING), cast.STRANGER_VLR
    told = Result(tbcd(own_imsi(31)))
    ask(
        capture,
        cast.INWARDS,
        vlr,
        cast.OWN_HLR,
        operations.send_imsi(own_msisdn(31)),
        told,
        VERSION_2,
    )
    unknown = Refusal(UNKNOWN_SUBSCRIBER)
    ask(capture, cast.INWARDS, cast.PARTNER_VLR, cast.OWN_HLR,
        operations.send_imsi(own_msisdn(32)), unknown, VERSION_2)  # fmt: skip
    bare = Form(version=2, with_dialogue=False, wrap=xudt)
    ask(
        capture, cast.INWARDS_6, vlr, cast.OWN_HLR, operations.send_imsi(own_msisdn(33)), None, bare
    )
    return capture


def send_imsi_inside() -> Capture:
    """An own VLR asks the own HLR, which is what the operation is for."""
    capture = Capture(cast.MORNING)
    asked = operations.send_imsi(own_msisdn(31))
    told = Result(tbcd(own_imsi(31)))
    ask(capture, cast.INSIDE, cast.OWN_VLR, cast.OWN_HLR, asked, told, VERSION_2)
    return capture


def any_time_modification() -> Capture:
    """Forwarding changed from outside, a subscription read, and attempts that came to nothing."""
    capture, stranger = Capture(cast.MORNING), cast.STRANGER_GSMSCF
    change, read = operations.modify_forwarding, operations.subscription_interrogation
    diverted = change(stranger.digits, FORWARDED_TO, imsi=own_imsi(41))
    ask(capture, cast.INWARDS, stranger, cast.OWN_HLR, diverted, Result())
    once_more = change(stranger.digits, FORWARDED_TO, msisdn=own_msisdn(42))
    ask(capture, cast.INWARDS, stranger, cast.OWN_HLR, once_more, Refusal(ATM_NOT_ALLOWED))
    told = Result(operations.subscription_result(cast.OWN_GSMSCF.digits))
    asked = read(stranger.digits, own_msisdn(43))
    ask(capture, cast.INWARDS_VLAN, stranger, cast.OWN_HLR, asked, told, Form(wrap=xudt))
    by_partner = read(cast.PARTNER_GSMSCF.digits, own_msisdn(44))
    ask(
        capture,
        cast.INWARDS,
        cast.PARTNER_GSMSCF,
        cast.OWN_HLR,
        by_partner,
        Refusal(ATSI_NOT_ALLOWED),
    )
    ask(capture, cast.INWARDS, cast.OTHER_STRANGER, cast.OWN_HLR,
        read(cast.OTHER_STRANGER.digits, own_msisdn(45)), Abort())  # fmt: skip
    return capture


def any_time_modification_inside() -> Capture:
    """The own service platform does the same inside."""
    capture, own = Capture(cast.MORNING), cast.OWN_GSMSCF
    change = operations.modify_forwarding(own.digits, own_msisdn(99), imsi=own_imsi(41))
    ask(capture, cast.INSIDE, own, cast.OWN_HLR, change, Result())
    read = operations.subscription_interrogation(own.digits, own_msisdn(43))
    profile = Result(operations.subscription_result(own.digits))
    ask(capture, cast.INSIDE, own, cast.OWN_HLR, read, profile)
    return capture


def own_title_from_outside() -> Capture:
    """Three own titles come in over the border, one of them as an E.214 mobile title."""
    capture = Capture(cast.MORNING)
    lookup = operations.routing_info_for_sm(own_msisdn(51), cast.OWN_SMSC.digits)
    routed = Result(operations.routing_info_for_sm_result(own_imsi(51), cast.OWN_MSC.digits))
    ask(capture, cast.INWARDS, cast.OWN_SMSC, cast.OWN_HLR, lookup, routed)
    ask(capture, cast.INWARDS, cast.OWN_SMSC, cast.OWN_HLR, lookup, routed)
    vectors = operations.send_authentication_info(own_imsi(52), "620", "99", 5)
    disguised = cast.own_mobile_title(own_imsi(52), ssn=7)
    ask(capture, cast.INWARDS_VLAN, disguised, cast.OWN_HLR, vectors, None, Form(wrap=xudt))
    leased = Address("233597777777", MSC)
    ask(capture, cast.INWARDS_6, leased, cast.OWN_HLR, lookup, Refusal(UNKNOWN_SUBSCRIBER))
    return capture


def own_title_on_its_way() -> Capture:
    """Own titles inside and outwards, answers to them, and titles that only look like own ones."""
    capture = Capture(cast.MORNING)
    lookup = operations.routing_info_for_sm(cast.partner_msisdn(51), cast.OWN_SMSC.digits)
    routed = Result(
        operations.routing_info_for_sm_result(cast.partner_imsi(51), cast.PARTNER_MSC.digits)
    )
    ask(capture, cast.OUTWARDS, cast.OWN_SMSC, cast.PARTNER_HLR, lookup, routed)
    ask(capture, cast.INSIDE, cast.OWN_SMSC, cast.OWN_HLR, lookup, Refusal(UNKNOWN_SUBSCRIBER))
    neighbour = operations.routing_info_for_sm(own_msisdn(51), cast.NEIGHBOUR_SMSC.digits)
    here = Result(operations.routing_info_for_sm_result(own_imsi(51), cast.OWN_MSC.digits))
    ask(capture, cast.INWARDS, cast.NEIGHBOUR_SMSC, cast.OWN_HLR, neighbour, here)
    vectors = operations.send_authentication_info(own_imsi(52), "234", "99")
    given = Result(operations.send_authentication_info_result(52))
    called = cast.own_mobile_title(own_imsi(52))
    ask(capture, cast.INWARDS, cast.PARTNER_VLR, called, vectors, given, answers_as=cast.OWN_HLR)
    return capture
