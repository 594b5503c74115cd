"""Scenes of what only the register where a subscriber is may do, by others and by itself."""

from datetime import timedelta

from tests.scenes import cast, operations, services
from tests.scenes.cast import own_imsi, own_msisdn, partner_imsi
from tests.scenes.dialogue import Capture, Form, Refusal, Result, ask, profile, register
from tests.scenes.registration import CODE, arrive, authenticate, text
from tests.scenes.sigtran import MSC, SGSN, VLR, Address, xudt

RESTORED = Result(services.restore_data_result(cast.OWN_HLR.digits))
GIVEN = Result(operations.send_authentication_info_result(3))
UPDATED = Result(services.update_gprs_location_result(cast.OWN_HLR.digits))
STRANGER_SGSN = Address("33639980060", SGSN)
PARTNER_SGSN = Address("447700900060", SGSN)


def about(number: int, version: int = 2) -> Form:
    return Form(version=version, about=own_imsi(number))


def home(capture: Capture, number: int) -> None:
    """An own subscriber is at Partner UK."""
    authenticate(capture, number, cast.PARTNER_VLR)
    arrive(capture, number, cast.PARTNER_VLR, cast.PARTNER_MSC)


def acts_of(
    capture: Capture, vlr: Address, sgsn: Address, mcc: str, forwarded_to: str, first: int
) -> None:
    """Purge, restoration, forwarding, its query, a failure report, packet messages, vectors."""
    hlr, inwards = cast.OWN_HLR, cast.INWARDS
    ask(capture, inwards, vlr, hlr, operations.purge(own_imsi(first), vlr.digits), Result())
    restore = services.restore_data(own_imsi(first + 1))
    ask(capture, cast.INWARDS_VLAN, vlr, hlr, restore, RESTORED, Form(wrap=xudt))
    diverted = services.forwarding(forwarded_to)
    ask(capture, inwards, vlr, hlr, diverted, Result(), about(first + 2))
    ask(capture, inwards, vlr, hlr, services.interrogation(), Refusal(21), about(first + 3))
    report = services.authentication_failure_report(own_imsi(first + 4))
    ask(capture, inwards, vlr, hlr, report, Result())
    packet = services.messages_by_packet(own_imsi(first + 5), sgsn.digits, sgsn.digits)
    ask(capture, inwards, sgsn, hlr, packet, UPDATED)
    vectors = operations.send_authentication_info(own_imsi(first + 6), mcc, "99", 5)
    ask(capture, inwards, vlr, hlr, vectors, GIVEN)


def strangers() -> Capture:
    """Seven subscribers are at Partner UK, and a stranger acts as their register."""
    capture = Capture(cast.MORNING)
    for number in range(301, 308):
        home(capture, number)
    capture.wait(timedelta(minutes=30))
    acts_of(capture, cast.STRANGER_VLR, STRANGER_SGSN, "208", "61491570110", 301)
    return capture


def own_register() -> Capture:
    """The register where they are does the same, and takes the forwarding back days later."""
    capture = Capture(cast.MORNING)
    for number in range(311, 318):
        home(capture, number)
    acts_of(capture, cast.PARTNER_VLR, PARTNER_SGSN, "234", own_msisdn(399), 311)
    capture.wait(timedelta(days=2))
    ask(
        capture,
        cast.INWARDS,
        cast.PARTNER_VLR,
        cast.OWN_HLR,
        services.no_forwarding(),
        Result(),
        about(313),
    )
    return capture


def there_and_back() -> Capture:
    """From Partner UK to a stranger's register and back; a code was delivered in between."""
    capture = Capture(cast.MORNING)
    home(capture, 321)
    capture.wait(timedelta(minutes=50))
    arrive(capture, 321, cast.STRANGER_VLR, cast.STRANGER_MSC)
    text(capture, 321, cast.STRANGER_MSC, CODE, Result())
    capture.wait(timedelta(minutes=20))
    arrive(capture, 321, cast.PARTNER_VLR, cast.PARTNER_MSC)
    return capture


def messages_diverted() -> Capture:
    """At home for calls, while Partner UK's SGSN registers for the messages."""
    capture = Capture(cast.MORNING)
    update = operations.update_location(own_imsi(381), cast.OWN_MSC.digits, cast.OWN_VLR.digits)
    data = profile(msisdn=own_msisdn(381))
    register(capture, cast.INSIDE, cast.OWN_VLR, cast.OWN_HLR, update, data)
    capture.wait(timedelta(hours=10))
    packet = services.messages_by_packet(own_imsi(381), PARTNER_SGSN.digits, PARTNER_SGSN.digits)
    ask(capture, cast.INWARDS, PARTNER_SGSN, cast.OWN_HLR, packet, UPDATED)
    return capture


def moves_on() -> Capture:
    """Two registers of Partner UK in turn, as between cells: one network all the time."""
    capture = Capture(cast.MORNING)
    home(capture, 331)
    arrive(capture, 331, Address("447700900021", VLR), Address("447700900031", MSC))
    arrive(capture, 331, cast.PARTNER_VLR, cast.PARTNER_MSC)
    return capture


def exchange_elsewhere() -> Capture:
    """A partner's register, but a stranger's exchange: the messages alone are diverted."""
    capture = Capture(cast.MORNING)
    authenticate(capture, 341, cast.PARTNER_VLR)
    arrive(capture, 341, cast.PARTNER_VLR, cast.STRANGER_MSC)
    return capture


def profiles() -> Capture:
    """A platform planted into a guest's profile by his network's title, and services deleted."""
    capture, vlr = Capture(cast.MORNING), cast.OWN_VLR
    planted = operations.insert_subscriber_data(
        partner_imsi(351), None, cast.STRANGER_GSMSCF.digits
    )
    ask(capture, cast.INWARDS, cast.PARTNER_HLR, vlr, planted, Result())
    deleted = services.delete_subscriber_data(own_imsi(352))
    ask(capture, cast.INWARDS, cast.STRANGER_HLR, vlr, deleted, Result())
    return capture


def profiles_by_home() -> Capture:
    """The same by the guests' own network, and by the own one abroad."""
    capture, vlr = Capture(cast.MORNING), cast.OWN_VLR
    planted = operations.insert_subscriber_data(partner_imsi(361), None, cast.PARTNER_GSMSCF.digits)
    ask(capture, cast.INWARDS, cast.PARTNER_HLR, vlr, planted, Result())
    deleted = services.delete_subscriber_data(partner_imsi(362))
    ask(capture, cast.INWARDS, cast.PARTNER_HLR, vlr, deleted, Result())
    own = services.delete_subscriber_data(own_imsi(363))
    ask(capture, cast.OUTWARDS, cast.OWN_HLR, cast.PARTNER_VLR, own, Result())
    return capture


def resets() -> Capture:
    """A stranger says that its home register restarted."""
    capture = Capture(cast.MORNING)
    told = operations.reset(cast.STRANGER_HLR.digits)
    ask(capture, cast.INWARDS, cast.STRANGER_HLR, cast.OWN_VLR, told, None, Form(version=2))
    return capture


def restart() -> Capture:
    """A partner's home register restarts and tells three nodes, twice in the day."""
    capture = Capture(cast.MORNING)
    told = operations.reset(cast.PARTNER_HLR.digits)
    for _ in range(2):
        for node in (cast.OWN_VLR, cast.OWN_SGSN, Address("233590000021", VLR)):
            ask(capture, cast.INWARDS, cast.PARTNER_HLR, node, told, None, Form(version=2))
        capture.wait(timedelta(hours=5))
    return capture
