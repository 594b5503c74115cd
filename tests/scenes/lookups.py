"""Scenes of single questions that nobody has to ask from outside, and of their use inside."""

from datetime import timedelta

from tests.scenes import cast, operations, services
from tests.scenes.cast import own_imsi, own_msisdn, partner_imsi, partner_msisdn
from tests.scenes.dialogue import Capture, Form, Refusal, Result, answered, ask
from tests.scenes.sigtran import HLR, MSC, VLR, Address, xudt

UNKNOWN_SUBSCRIBER, UNAUTHORIZED = 1, 52
OLD = Form(version=2)
ROAMING_NUMBER = "233590000031"
EQUIPMENT = "490154203237518"  # the example of an IMEI in TS 23.003 annex B
VECTORS = operations.send_authentication_info_result(7)


def lookups() -> Capture:
    """Seven ways to locate or identify a subscriber, each for another one."""
    capture, hlr, stranger = Capture(cast.MORNING), cast.OWN_HLR, cast.STRANGER_MSC
    call = services.routing_info(own_msisdn(201), stranger.digits)
    routed = Result(services.routing_info_result(own_imsi(201), ROAMING_NUMBER))
    ask(capture, cast.INWARDS, stranger, hlr, call, routed)
    again = services.routing_info(own_msisdn(202), stranger.digits)
    ask(
        capture,
        cast.INWARDS_VLAN,
        stranger,
        hlr,
        again,
        Refusal(UNKNOWN_SUBSCRIBER),
        Form(wrap=xudt),
    )
    only = services.lookup_only(own_msisdn(203), stranger.digits)
    there = Result(operations.routing_info_for_sm_result(own_imsi(203), cast.OWN_MSC.digits))
    ask(capture, cast.INWARDS, stranger, hlr, only, there)
    gprs = services.routing_info_for_gprs(own_imsi(204), stranger.digits)
    ask(
        capture,
        cast.INWARDS_6,
        stranger,
        hlr,
        gprs,
        Result(services.routing_info_for_gprs_result()),
    )
    who = Result(services.send_identification_result(own_imsi(205), VECTORS))
    ask(capture, cast.INWARDS, cast.STRANGER_VLR, cast.OWN_VLR, services.send_identification(), who)
    ask(capture, cast.INWARDS, stranger, hlr, services.check_imei(EQUIPMENT), Refusal(UNAUTHORIZED))
    number = services.roaming_number(own_imsi(206), cast.OWN_MSC.digits, stranger.digits)
    given = Result(services.roaming_number_result(ROAMING_NUMBER))
    ask(capture, cast.INWARDS, cast.STRANGER_HLR, cast.OWN_VLR, number, given)
    return capture


def lookups_as_usual() -> Capture:
    """The same inside, by the partner for its guest, and for a message that then comes."""
    capture, hlr, own = Capture(cast.MORNING), cast.OWN_HLR, cast.OWN_MSC
    call = services.routing_info(own_msisdn(211), own.digits)
    routed = Result(services.routing_info_result(own_imsi(211), ROAMING_NUMBER))
    ask(capture, cast.INSIDE, own, hlr, call, routed)
    gprs = services.routing_info_for_gprs(own_imsi(212), own.digits)
    ask(capture, cast.INSIDE, own, hlr, gprs, Result(services.routing_info_for_gprs_result()))
    who = Result(services.send_identification_result(own_imsi(213), VECTORS))
    ask(
        capture,
        cast.INSIDE,
        cast.OWN_VLR,
        Address("233590000021", 7),
        services.send_identification(),
        who,
    )
    ask(capture, cast.INSIDE, own, hlr, services.check_imei(EQUIPMENT), Refusal(UNAUTHORIZED))
    number = services.roaming_number(partner_imsi(214), own.digits, cast.PARTNER_MSC.digits)
    given = Result(services.roaming_number_result(ROAMING_NUMBER))
    ask(capture, cast.INWARDS, cast.PARTNER_HLR, cast.OWN_VLR, number, given)
    lookup = operations.routing_info_for_sm(own_msisdn(215), cast.PARTNER_SMSC.digits)
    there = Result(operations.routing_info_for_sm_result(own_imsi(215), own.digits))
    ask(capture, cast.INWARDS, cast.PARTNER_SMSC, hlr, lookup, there)
    return capture


def tracking() -> Capture:
    """Tracking that is installed: a trace, a mobility subscription, and what it then reports."""
    capture, vlr = Capture(cast.MORNING), cast.OWN_VLR
    ask(capture, cast.INWARDS, cast.STRANGER_HLR, vlr, services.trace(own_imsi(221)), Result(), OLD)
    planted = services.mobility_subscription(partner_imsi(222), cast.STRANGER_GSMSCF.digits)
    ask(capture, cast.INWARDS, cast.PARTNER_HLR, vlr, planted, Result())
    told = services.note_mm_event(own_imsi(223), own_msisdn(223))
    ask(capture, cast.OUTWARDS, vlr, cast.STRANGER_GSMSCF, told, Result())
    changed = services.note_subscriber_data_modified(own_imsi(224), own_msisdn(224))
    ask(capture, cast.OUTWARDS, cast.OWN_HLR, cast.STRANGER_GSMSCF, changed, Result())
    return capture


def tracking_by_home() -> Capture:
    """The guest's own network does the same, and the own one to its own platform."""
    capture, vlr = Capture(cast.MORNING), cast.OWN_VLR
    trace = services.trace(partner_imsi(231))
    ask(capture, cast.INWARDS, cast.PARTNER_HLR, vlr, trace, Result(), OLD)
    guest = services.mobility_subscription(partner_imsi(232), cast.PARTNER_GSMSCF.digits)
    ask(capture, cast.INWARDS, cast.PARTNER_HLR, vlr, guest, Result())
    told = services.note_mm_event(partner_imsi(232), partner_msisdn(232))
    ask(capture, cast.OUTWARDS, vlr, cast.PARTNER_GSMSCF, told, Result())
    changed = services.note_subscriber_data_modified(own_imsi(234), own_msisdn(234))
    ask(capture, cast.INSIDE, cast.OWN_HLR, cast.OWN_GSMSCF, changed, Result())
    invoked = services.note_invocation(partner_imsi(232), partner_msisdn(232))
    ask(capture, cast.OUTWARDS, cast.OWN_MSC, cast.PARTNER_GSMSCF, invoked, Result())
    return capture


def campaign() -> Capture:
    """One subscriber: refused to one, asked for by another, answered to the third."""
    capture, target = Capture(cast.MORNING), own_imsi(241)
    first = operations.any_time_interrogation(cast.STRANGER_GSMSCF.digits, msisdn=own_msisdn(241))
    ask(capture, cast.INWARDS, cast.STRANGER_GSMSCF, cast.OWN_HLR, first, Refusal(49))
    lookup = operations.send_imsi(own_msisdn(241))
    told = Result(operations.tbcd(target))
    ask(capture, cast.INWARDS, cast.OTHER_STRANGER, cast.OWN_HLR, lookup, told, OLD)
    here = Result(operations.whereabouts_result(cast.OWN_VLR.digits))
    asked = operations.provide_subscriber_info(target)
    ask(capture, cast.INWARDS_VLAN, cast.NOWHERE, cast.OWN_VLR, asked, here, Form(wrap=xudt))
    return capture


def campaign_by_home() -> Capture:
    """Partner UK asks for its guest three times, and for messages to another: its right."""
    capture, here = (
        Capture(cast.MORNING),
        Result(operations.whereabouts_result(cast.OWN_VLR.digits)),
    )
    for _ in range(3):
        asked = operations.provide_subscriber_info(partner_imsi(251))
        ask(capture, cast.INWARDS, cast.PARTNER_HLR, cast.OWN_VLR, asked, here)
    lookup = operations.routing_info_for_sm(own_msisdn(252), cast.PARTNER_SMSC.digits)
    there = Result(operations.routing_info_for_sm_result(own_imsi(252), cast.OWN_MSC.digits))
    for _ in range(3):
        ask(capture, cast.INWARDS, cast.PARTNER_SMSC, cast.OWN_HLR, lookup, there)
    capture.wait(timedelta(minutes=15))
    asked = operations.provide_subscriber_info(partner_imsi(251))
    ask(capture, cast.INWARDS, cast.PARTNER_HLR, cast.OWN_VLR, asked, here)
    return capture


def faked_question() -> Capture:
    """Partners' registers answer what went out under our title, but not from us; one by night."""
    capture, own = Capture(cast.MORNING), cast.OWN_HLR
    there = Result(operations.whereabouts_result(cast.PARTNER_VLR.digits))
    for number in range(40):
        asked = operations.provide_subscriber_info(own_imsi(260 + number))
        ask(capture, cast.OUTWARDS, own, cast.PARTNER_VLR, asked, there)
        if number == 30:
            unasked(capture, asked, there)
    capture.wait(timedelta(minutes=40))  # and on a quiet link
    asked = operations.provide_subscriber_info(own_imsi(300))
    ask(capture, cast.OUTWARDS, own, cast.PARTNER_VLR, asked, there)
    unasked(capture, asked, there, Address("447700900021", VLR))
    return capture


def other_way_out() -> Capture:
    """Questions to a network leave by another link; of its answers, none belongs to one here."""
    capture, own = Capture(cast.MORNING), cast.OWN_HLR
    there = Result(operations.whereabouts_result(cast.PARTNER_VLR.digits))
    for number in range(40):
        asked = operations.provide_subscriber_info(own_imsi(310 + number))
        ask(capture, cast.OUTWARDS, own, cast.PARTNER_VLR, asked, there)
        if number % 8 == 7:
            unasked(capture, asked, there, cast.STRANGER_VLR)
    return capture


def answer_in_transit() -> Capture:
    """An answer that was not asked for here, to the neighbour's register: it only passes by."""
    capture = Capture(cast.MORNING)
    there = Result(operations.whereabouts_result(cast.PARTNER_VLR.digits))
    for number in range(20):
        asked = operations.provide_subscriber_info(own_imsi(350 + number))
        ask(capture, cast.OUTWARDS, cast.OWN_HLR, cast.PARTNER_VLR, asked, there)
    unasked(capture, asked, there, to=Address("233580000010", HLR))
    return capture


def unasked(
    capture: Capture, asked: operations.Operation, there: Result, by: Address = cast.PARTNER_VLR,
    to: Address = cast.OWN_HLR,
) -> None:  # fmt: skip
    end = answered(asked, there, 0x7F7F7F7F, Form())
    carried = Form().wrap(to, by, end)
    capture.send(cast.INWARDS.path, [cast.INWARDS.carry(carried)])


def late_beginning() -> Capture:
    """The capture begins between question and answer: nothing can be told of the question."""
    capture = Capture(cast.MORNING)
    there = Result(operations.whereabouts_result(cast.PARTNER_VLR.digits))
    unasked(capture, operations.provide_subscriber_info(own_imsi(270)), there)
    neighbour = Address("447700900031", MSC)
    ask(
        capture,
        cast.OUTWARDS,
        cast.OWN_HLR,
        neighbour,
        operations.provide_subscriber_info(own_imsi(271)),
        there,
    )
    return capture
