"""Attacks told by other scenes too, here by other operations, from other senders, or refused."""

from datetime import timedelta
from random import Random

from tests.scenes import cast, operations, services
from tests.scenes.calls import CONTINUE_SMS, MESSAGES, control, initial_message, of_calls
from tests.scenes.cast import own_imsi, own_msisdn, partner_imsi
from tests.scenes.dialogue import Abort, Capture, Form, Refusal, Result, ask
from tests.scenes.digits import tbcd
from tests.scenes.lookups import EQUIPMENT, OLD
from tests.scenes.messages import at_home
from tests.scenes.operations import address
from tests.scenes.origin import IN_ACCRA, UNAUTHORIZED_NETWORK, UNKNOWN_SUBSCRIBER, usual_traffic
from tests.scenes.registration import arrive
from tests.scenes.scans import found, quick
from tests.scenes.sigtran import MSC, Address, xudt
from tests.scenes.strangers import about, home

BARRING_OF_OUTGOING = b"\x92"
REFUSED = Refusal(UNAUTHORIZED_NETWORK)


def other_ways() -> Capture:
    """Lookups by a partner, services of people who are nowhere known, a guest's profile."""
    capture, hlr, vlr = Capture(cast.MORNING), cast.OWN_HLR, cast.OWN_VLR
    centre, partner = cast.PARTNER_SMSC, cast.PARTNER_MSC
    network = services.lookup_only(own_msisdn(1001), centre.digits, "onlyMCC-MNC-requested")
    ask(capture, cast.INWARDS, centre, hlr, network, Refusal(27), Form(wrap=xudt))
    gprs = services.routing_info_for_gprs(own_imsi(1002), partner.digits)
    ask(capture, cast.INWARDS, partner, hlr, gprs, REFUSED, Form(wrap=xudt))
    ask(capture, cast.INWARDS, cast.PARTNER_VLR, vlr, services.send_identification(), REFUSED)
    ask(capture, cast.INWARDS, partner, hlr, services.check_imei(EQUIPMENT), None, Form(wrap=xudt))
    number = services.roaming_number(partner_imsi(1003), cast.OWN_MSC.digits, partner.digits)
    ask(capture, cast.INWARDS, cast.STRANGER_HLR, vlr, number, REFUSED)
    restore = services.restore_data(own_imsi(1004))
    ask(capture, cast.INWARDS, cast.STRANGER_VLR, hlr, restore, Refusal(UNKNOWN_SUBSCRIBER))
    password = (17, BARRING_OF_OUTGOING)
    ask(capture, cast.INWARDS, cast.STRANGER_VLR, hlr, password, Refusal(21), about(1005))
    deleted = services.delete_subscriber_data(partner_imsi(1006))
    ask(capture, cast.INWARDS_VLAN, cast.STRANGER_HLR, vlr, deleted, None, Form(wrap=xudt))
    restarted = (37, {"hlr-Number": address(cast.PARTNER_HLR.digits), "hlr-List": [tbcd("208010")]})
    ask(capture, cast.INWARDS, cast.PARTNER_HLR, vlr, restarted, None, Form(version=2))
    invoked = services.note_invocation(own_imsi(1007), own_msisdn(1007))
    ask(capture, cast.OUTWARDS, cast.OWN_MSC, cast.STRANGER_GSMSCF, invoked, None)
    message = initial_message(own_imsi(1008), "61491570110")
    control(capture, cast.INWARDS, of_calls(cast.STRANGER_MSC), of_calls(cast.OWN_GSMSCF), message,
            (CONTINUE_SMS, None), MESSAGES)  # fmt: skip
    return capture


def by_the_register() -> Capture:
    """Where he is: forwarding for half an hour, eleven failure reports; a stay of an hour."""
    capture, hlr, vlr = Capture(cast.MORNING), cast.OWN_HLR, cast.PARTNER_VLR
    home(capture, 1011)
    diverted = services.forwarding(own_msisdn(399))
    ask(capture, cast.INWARDS, vlr, hlr, diverted, Result(), about(1011))
    capture.wait(timedelta(minutes=30))
    ask(capture, cast.INWARDS, vlr, hlr, services.no_forwarding(), Result(), about(1011))
    failed = services.authentication_failure_report(own_imsi(1011))
    for _ in range(11):
        ask(capture, cast.INWARDS, vlr, hlr, failed, Result())
    at_home(capture, 1012)
    capture.wait(timedelta(hours=5))
    arrive(capture, 1012, vlr, cast.PARTNER_MSC)
    capture.wait(timedelta(hours=5))
    at_home(capture, 1012)
    old = operations.update_location_old(
        own_imsi(1013), cast.STRANGER_MSC.digits, cast.PARTNER_VLR.digits
    )
    ask(capture, cast.INWARDS, vlr, hlr, old, Refusal(8), OLD)
    return capture


def other_route_too() -> Capture:
    """Twenty requests of Partner UK by one point code, then an interrogation by another."""
    capture = Capture(cast.MORNING)
    usual_traffic(capture, 20)
    asked = operations.any_time_interrogation(cast.PARTNER_GSMSCF.digits, imsi=own_imsi(1021))
    ask(capture, cast.INWARDS_VLAN, cast.PARTNER_GSMSCF, cast.OWN_HLR, asked, IN_ACCRA)
    return capture


def scans_in_disguise() -> Capture:
    """Random IMSIs, three in ten unknown; ten titles by three subsystems; around a full hour."""
    capture, random, hlr = Capture(cast.MORNING), Random(7), cast.OWN_HLR
    taken = Result(operations.update_location_result(hlr.digits))
    for place, number in enumerate(random.sample(range(100_000, 900_000), 30)):
        update = operations.update_location(
            own_imsi(number), cast.PARTNER_MSC.digits, cast.PARTNER_VLR.digits
        )
        answer = Refusal(UNKNOWN_SUBSCRIBER) if place % 10 < 3 else taken
        ask(capture, cast.INWARDS, cast.PARTNER_VLR, hlr, update, answer)
        capture.wait(timedelta(seconds=-25))
    scanner = Address("61491570156", MSC)
    for place in range(30):
        title = Address(f"23359000020{place // 3}", (6, 7, 8)[place % 3])
        lookup = operations.routing_info_for_sm(own_msisdn(5000 + 13 * place), scanner.digits)
        answer_to_scan = Abort(by_provider=True) if place % 2 else Refusal(UNKNOWN_SUBSCRIBER)
        ask(capture, cast.INWARDS, scanner, title, lookup, answer_to_scan)
        quick(capture)
    capture.now = cast.MORNING + timedelta(minutes=59, seconds=30)
    every_kind(capture, Address("61491570158", MSC))
    return capture


def every_kind(capture: Capture, tool: Address) -> None:
    """Five operations of four categories by one title, all refused."""
    tried = [
        operations.routing_info_for_sm(own_msisdn(1031), tool.digits),
        operations.send_authentication_info(own_imsi(1032), "208", "99"),
        operations.any_time_interrogation(tool.digits, imsi=own_imsi(1033)),
        operations.provide_subscriber_info(own_imsi(1034)),
        services.routing_info(own_msisdn(1035), tool.digits),
    ]
    for operation in tried:
        ask(capture, cast.INWARDS, tool, cast.OWN_HLR, operation, REFUSED)


def from_one_title() -> Capture:
    """A small operator has one title for all its nodes; a test calls thirty; by satellite."""
    capture, node, hlr = Capture(cast.MORNING), Address("447700900200", MSC), cast.OWN_HLR
    guest = partner_imsi(1041)
    ask(
        capture,
        cast.INWARDS,
        node,
        cast.OWN_VLR,
        operations.provide_subscriber_info(guest),
        IN_ACCRA,
    )
    ask(capture, cast.INWARDS, node, cast.OWN_VLR, operations.cancel_location(guest), Result())
    lookup = operations.routing_info_for_sm(own_msisdn(1042), node.digits)
    ask(capture, cast.INWARDS, node, hlr, lookup, Refusal(27))
    taken = Result(operations.update_location_result(hlr.digits))
    update = operations.update_location(own_imsi(1043), node.digits, node.digits)
    ask(capture, cast.INWARDS, node, hlr, update, taken)
    ask(capture, cast.INWARDS, node, hlr, operations.purge(own_imsi(1043), node.digits), Result())
    for place in range(30):
        title = Address(f"2335900003{place:02d}", MSC)
        asked = operations.routing_info_for_sm(own_msisdn(6000 + 13 * place), "447700900201")
        answer = found(6000 + 13 * place) if place == 0 else Refusal(UNKNOWN_SUBSCRIBER)
        ask(capture, cast.INWARDS, Address("447700900201", MSC), title, asked, answer)
        capture.wait(timedelta(seconds=20))
    satellite = Address("88213000001", MSC)
    absent = operations.routing_info_for_sm(own_msisdn(1044), satellite.digits)
    ask(capture, cast.INWARDS, satellite, hlr, absent, Refusal(27))
    return capture


def stages_begun() -> Capture:
    """Located, then vectors, and a registration of nodes of no country that is refused."""
    capture, stranger = Capture(cast.MORNING), cast.STRANGER_VLR
    asked = operations.provide_subscriber_info(own_imsi(1051))
    ask(capture, cast.INWARDS, cast.STRANGER_HLR, cast.OWN_VLR, asked, IN_ACCRA)
    vectors = operations.send_authentication_info(own_imsi(1051), "208", "99")
    given = Result(operations.send_authentication_info_result(3))
    ask(capture, cast.INWARDS, stranger, cast.OWN_HLR, vectors, given)
    capture.wait(timedelta(minutes=15))
    update = operations.update_location(own_imsi(1051), "21099000002", cast.NOWHERE.digits)
    ask(capture, cast.INWARDS, stranger, cast.OWN_HLR, update, Refusal(8))
    return capture
