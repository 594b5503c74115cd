"""Scenes of location tracking: MAP-LOC-01, MAP-LOC-02, MAP-LOC-04 and their benign twins."""

from tests.scenes import cast, operations
from tests.scenes.cast import own_imsi, own_msisdn, partner_imsi
from tests.scenes.dialogue import Abort, Capture, Form, Refusal, Result, ask, question
from tests.scenes.sigtran import GSMSCF, HLR, Address, xudt

ATI_NOT_ALLOWED, UNAUTHORIZED_NETWORK, UNKNOWN_SUBSCRIBER = 49, 52, 1
IN_ACCRA = Result(operations.whereabouts_result(cast.OWN_VLR.digits))


def any_time_interrogation() -> Capture:
    """Six subscribers are asked for from outside, one of them twice: six incidents."""
    capture, stranger = Capture(cast.MORNING), cast.STRANGER_GSMSCF
    asked = operations.any_time_interrogation
    first = asked(stranger.digits, imsi=own_imsi(1))
    ask(capture, cast.INWARDS, stranger, cast.OWN_HLR, first, IN_ACCRA)
    second = asked(stranger.digits, msisdn=own_msisdn(2))
    ask(capture, cast.INWARDS, stranger, cast.OWN_HLR, second, Refusal(ATI_NOT_ALLOWED))
    third = asked(stranger.digits, imsi=own_imsi(3))
    ask(capture, cast.INWARDS_VLAN, stranger, cast.OWN_HLR, third, None, Form(wrap=xudt))
    listed = asked(cast.PARTNER_GSMSCF.digits, imsi=own_imsi(4))
    ask(capture, cast.INWARDS, cast.PARTNER_GSMSCF, cast.OWN_HLR, listed, IN_ACCRA)
    behind(capture)
    sixth = asked(cast.OTHER_STRANGER.digits, imsi=own_imsi(6))
    ask(capture, cast.INWARDS_6, cast.OTHER_STRANGER, cast.OWN_HLR, sixth, Abort())
    again = asked(cast.OTHER_STRANGER.digits, imsi=own_imsi(1))
    ask(
        capture,
        cast.INWARDS,
        cast.OTHER_STRANGER,
        cast.OWN_HLR,
        again,
        IN_ACCRA,
        Form(indefinite=True),
    )
    return capture


def behind(capture: Capture) -> None:
    """A partner's SMS routing request, and in the same frame behind it the interrogation."""
    lookup = operations.routing_info_for_sm(own_msisdn(105), cast.PARTNER_SMSC.digits)
    in_front = question(
        cast.INWARDS, cast.PARTNER_SMSC, cast.OWN_HLR, lookup, capture.new_transaction()
    )
    stranger = Address("33639980041", GSMSCF)
    hidden = operations.any_time_interrogation(stranger.digits, msisdn=own_msisdn(5))
    form = Form(before=(in_front,))
    ask(capture, cast.INWARDS, stranger, cast.own_mobile_title(own_imsi(5)), hidden, IN_ACCRA, form,
        answers_as=cast.OWN_HLR)  # fmt: skip


def any_time_interrogation_inside() -> Capture:
    """The own gsmSCF asks inside, and asks a partner, whose answer then comes from outside."""
    capture, own = Capture(cast.MORNING), cast.OWN_GSMSCF
    for number in (1, 2):
        inside = operations.any_time_interrogation(own.digits, imsi=own_imsi(number))
        ask(capture, cast.INSIDE, own, cast.OWN_HLR, inside, IN_ACCRA)
    abroad = operations.any_time_interrogation(own.digits, imsi=partner_imsi(3))
    there = Result(operations.whereabouts_result(cast.PARTNER_VLR.digits))
    ask(capture, cast.OUTWARDS, own, cast.PARTNER_HLR, abroad, there)
    ask(capture, cast.OUTWARDS, own, cast.PARTNER_HLR, abroad, Refusal(ATI_NOT_ALLOWED))
    return capture


def provide_subscriber_info() -> Capture:
    """Five people whom the caller's network did not issue an IMSI: five incidents."""
    capture, vlr = Capture(cast.MORNING), cast.OWN_VLR
    asked = operations.provide_subscriber_info
    ask(capture, cast.INWARDS, cast.STRANGER_HLR, vlr, asked(own_imsi(11)), IN_ACCRA)
    ask(
        capture, cast.INWARDS, cast.PARTNER_HLR, vlr, asked(own_imsi(12)), IN_ACCRA, Form(wrap=xudt)
    )
    refused = Refusal(UNAUTHORIZED_NETWORK)
    ask(capture, cast.INWARDS, cast.STRANGER_HLR, vlr, asked(partner_imsi(13)), refused)
    ask(capture, cast.INWARDS_VLAN, cast.NOWHERE, vlr, asked(partner_imsi(14)), None)
    disguised = Address("336399812345", HLR, plan=7)
    ask(capture, cast.INWARDS, disguised, vlr, asked(own_imsi(15), location=False), IN_ACCRA)
    return capture


def provide_subscriber_info_by_home() -> Capture:
    """Partner UK asks for its guest here; the own HLR asks here and abroad for its own."""
    capture = Capture(cast.MORNING)
    asked = operations.provide_subscriber_info
    guest, other = asked(partner_imsi(11)), Address("447700955555", HLR)
    ask(capture, cast.INWARDS, cast.PARTNER_HLR, cast.OWN_VLR, guest, IN_ACCRA)
    ask(capture, cast.INWARDS_6, other, cast.OWN_VLR, guest, IN_ACCRA, Form(wrap=xudt))
    there = Result(operations.whereabouts_result(cast.PARTNER_VLR.digits))
    ask(capture, cast.OUTWARDS, cast.OWN_HLR, cast.PARTNER_VLR, asked(own_imsi(12)), there)
    ask(capture, cast.INSIDE.reverse(), cast.OWN_HLR, cast.OWN_VLR, asked(own_imsi(13)), IN_ACCRA)
    return capture


def location_services() -> Capture:
    """A lookup and the position of one subscriber, then two more, one under pretext of the law."""
    capture, gmlc = Capture(cast.MORNING), cast.STRANGER_GMLC
    lookup = operations.routing_info_for_lcs(gmlc.digits, own_msisdn(21))
    node = Result(operations.routing_info_for_lcs_result(own_imsi(21), cast.OWN_MSC.digits))
    ask(capture, cast.INWARDS, gmlc, cast.OWN_HLR, lookup, node)
    where = operations.provide_subscriber_location
    fix = Result(operations.provide_subscriber_location_result())
    value_added = where(gmlc.digits, "valueAddedServices", imsi=own_imsi(21), msisdn=own_msisdn(21))
    ask(capture, cast.INWARDS, gmlc, cast.OWN_MSC, value_added, fix)
    lawful = where(gmlc.digits, "lawfulInterceptServices", imsi=own_imsi(22))
    refused = Refusal(UNAUTHORIZED_NETWORK)
    ask(capture, cast.INWARDS_VLAN, gmlc, cast.OWN_MSC, lawful, refused, Form(wrap=xudt))
    by_partner = where(cast.PARTNER_GSMSCF.digits, "plmnOperatorServices", msisdn=own_msisdn(23))
    ask(capture, cast.INWARDS, cast.PARTNER_GSMSCF, cast.OWN_SGSN, by_partner, None)
    return capture


def location_services_inside() -> Capture:
    """The own location centre asks the own nodes, and abroad for its own subscriber."""
    capture, gmlc = Capture(cast.MORNING), cast.OWN_GMLC
    lookup = operations.routing_info_for_lcs(gmlc.digits, own_msisdn(21))
    node = Result(operations.routing_info_for_lcs_result(own_imsi(21), cast.OWN_MSC.digits))
    ask(capture, cast.INSIDE, gmlc, cast.OWN_HLR, lookup, node)
    emergency = operations.provide_subscriber_location(
        gmlc.digits, "emergencyServices", imsi=own_imsi(21)
    )
    fix = Result(operations.provide_subscriber_location_result())
    ask(capture, cast.INSIDE.reverse(), gmlc, cast.OWN_MSC, emergency, fix)
    ask(capture, cast.OUTWARDS, gmlc, cast.PARTNER_MSC, emergency, fix)
    return capture
