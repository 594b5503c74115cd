"""Scenes of origins that do not fit together: MAP-ORG-02 to -07, MAP-ENC-11, benign twins."""

from dataclasses import replace

from tests.scenes import cast, operations
from tests.scenes.cast import own_imsi, own_msisdn, partner_imsi, partner_msisdn
from tests.scenes.dialogue import (
    SHORT,
    Capture,
    Form,
    Refusal,
    Result,
    Way,
    answered,
    ask,
    question,
)
from tests.scenes.sigtran import Address, udt

IN_ACCRA = Result(operations.whereabouts_result(cast.OWN_VLR.digits))
UNKNOWN_SUBSCRIBER, UNAUTHORIZED_NETWORK = 1, 52
GIVEN = Result(operations.send_authentication_info_result(5))
VLR, PARTNER = cast.PARTNER_VLR, cast.PARTNER_VLR.digits
OTHER_VLR = replace(cast.PARTNER_VLR, digits="447700955555")  # of the same partner


def other_nodes() -> Capture:
    """Partner UK's and a stranger's titles, with nodes of other networks inside."""
    capture, stranger = Capture(cast.MORNING), cast.STRANGER_VLR.digits
    moved = operations.update_location(own_imsi(501), cast.STRANGER_MSC.digits, stranger)
    taken = Result(operations.update_location_result(cast.OWN_HLR.digits))
    ask(capture, cast.INWARDS, VLR, cast.OWN_HLR, moved, taken)
    vectors = operations.send_authentication_info(own_imsi(502), "208", "01")
    ask(capture, cast.INWARDS, VLR, cast.OWN_HLR, vectors, GIVEN)
    gone = operations.purge(own_imsi(503), stranger)
    ask(capture, cast.INWARDS, VLR, cast.OWN_HLR, gone, Refusal(UNKNOWN_SUBSCRIBER))
    restarted = operations.reset(cast.OWN_HLR.digits)
    ask(capture, cast.INWARDS, cast.PARTNER_HLR, cast.OWN_VLR, restarted, None, Form(version=2))
    disguised = operations.any_time_interrogation(cast.OWN_GSMSCF.digits, imsi=own_imsi(505))
    ask(capture, cast.INWARDS, cast.STRANGER_GSMSCF, cast.OWN_HLR, disguised, IN_ACCRA)
    through_hub = operations.purge(own_imsi(506), PARTNER)
    ask(capture, cast.INWARDS, cast.STRANGER_VLR, cast.OWN_HLR, through_hub, Result())
    return capture


def own_nodes() -> Capture:
    """A network's titles with other titles of the same network inside."""
    capture, hlr = Capture(cast.MORNING), cast.OWN_HLR
    taken = Result(operations.update_location_result(hlr.digits))
    moved = operations.update_location(own_imsi(501), cast.PARTNER_MSC.digits, PARTNER)
    ask(capture, cast.INWARDS, OTHER_VLR, hlr, moved, taken)
    vectors = operations.send_authentication_info(own_imsi(502), "234", "99")
    ask(capture, cast.INWARDS, OTHER_VLR, hlr, vectors, GIVEN)
    ask(capture, cast.INWARDS, OTHER_VLR, hlr, operations.purge(own_imsi(503), PARTNER), Result())
    restarted = operations.reset(cast.PARTNER_HLR.digits)
    ask(capture, cast.INWARDS, cast.PARTNER_HLR, cast.OWN_VLR, restarted, None, Form(version=2))
    return capture


def usual_traffic(capture: Capture, requests: int, way: Way = cast.INWARDS) -> None:
    """Partner UK asks for the routing of short messages; the answers go another way."""
    for number in range(requests):
        lookup = operations.routing_info_for_sm(own_msisdn(520 + number), cast.PARTNER_SMSC.digits)
        otid = capture.new_transaction()
        begin = question(way, cast.PARTNER_SMSC, cast.OWN_HLR, lookup, otid)
        capture.send(way.path, [begin])
        capture.wait(SHORT)


def other_route() -> Capture:
    """Twenty requests of Partner UK by one point code, then a location by another."""
    capture = Capture(cast.MORNING)
    usual_traffic(capture, 20)
    asked = operations.provide_subscriber_info(own_imsi(511))
    ask(capture, cast.INWARDS_VLAN, cast.PARTNER_HLR, cast.OWN_VLR, asked, IN_ACCRA)
    return capture


def rerouted() -> Capture:
    """Partner UK's traffic moves to another carrier, all kinds of it together."""
    capture = Capture(cast.MORNING)
    usual_traffic(capture, 20)
    usual_traffic(capture, 2, cast.INWARDS_VLAN)
    guest = operations.provide_subscriber_info(partner_imsi(512))
    ask(capture, cast.INWARDS_VLAN, cast.PARTNER_HLR, cast.OWN_VLR, guest, IN_ACCRA)
    return capture


def rarely_seen() -> Capture:
    """One request less than tells what is usual."""
    capture = Capture(cast.MORNING)
    usual_traffic(capture, 19)
    asked = operations.provide_subscriber_info(own_imsi(511))
    refused = Refusal(UNAUTHORIZED_NETWORK)
    ask(capture, cast.INWARDS_VLAN, cast.PARTNER_HLR, cast.OWN_VLR, asked, refused)
    return capture


def lookup_abroad(capture: Capture, number: int, answerers: list[Address]) -> None:
    """The own SMSC asks Partner UK for a routing; each of these answers."""
    otid, way = capture.new_transaction(), cast.OUTWARDS
    lookup = operations.routing_info_for_sm(partner_msisdn(number), cast.OWN_SMSC.digits)
    asked = question(way, cast.OWN_SMSC, cast.PARTNER_HLR, lookup, otid)
    capture.send(way.path, [asked])
    for node in answerers:
        capture.wait(SHORT)
        routed = operations.routing_info_for_sm_result(partner_imsi(number), node.digits)
        back, end = way.reverse(), answered(lookup, Result(routed), otid, Form())
        capture.send(back.path, [back.carry(udt(cast.OWN_SMSC, node, end))])


def false_result() -> Capture:
    """A stranger's answer in front of the one that was asked for."""
    capture = Capture(cast.MORNING)
    lookup_abroad(capture, 531, [cast.STRANGER_HLR, cast.PARTNER_HLR])
    return capture


def true_results() -> Capture:
    """Another title of the same partner answers, answers come twice, and a hub answers alone."""
    capture = Capture(cast.MORNING)
    other = replace(cast.PARTNER_HLR, digits="447700955555")
    lookup_abroad(capture, 532, [other])
    lookup_abroad(capture, 533, [cast.PARTNER_HLR, other])
    lookup_abroad(capture, 534, [cast.STRANGER_HLR])
    return capture


def without_agreement() -> Capture:
    """Strangers without an agreement, one of no country, one of a satellite network."""
    capture, stranger = Capture(cast.MORNING), cast.STRANGER_VLR
    vectors = operations.send_authentication_info(own_imsi(541), "208", "01")
    ask(capture, cast.INWARDS, stranger, cast.OWN_HLR, vectors, GIVEN)
    ask(capture, cast.INWARDS, stranger, cast.OWN_HLR, vectors, Refusal(UNKNOWN_SUBSCRIBER))
    nowhere = operations.purge(own_imsi(542), cast.NOWHERE.digits)
    ask(capture, cast.INWARDS, cast.NOWHERE, cast.OWN_HLR, nowhere, Result())
    satellite = operations.purge(own_imsi(543), "88213000001")
    ask(capture, cast.INWARDS, replace(cast.NOWHERE, digits="88213000001"), cast.OWN_HLR, satellite,
        Result())  # fmt: skip
    return capture
