"""Scenes of evasion below MAP: subsystems, segments and addresses that filters do not expect."""

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise

from tests.scenes import cast, operations, tcap
from tests.scenes.cast import own_imsi, own_msisdn, partner_imsi
from tests.scenes.dialogue import (
    LONG,
    Abort,
    Answer,
    Capture,
    Form,
    Refusal,
    Result,
    Way,
    answered,
    ask,
)
from tests.scenes.digits import tbcd
from tests.scenes.operations import Operation
from tests.scenes.sigtran import HLR, MSC, NATIONAL, Address, segments, udt

IN_ACCRA = Result(operations.whereabouts_result(cast.OWN_VLR.digits))
ABSENT = 27
BETWEEN_SEGMENTS = timedelta(milliseconds=20)
NATIONWIDE = Way(cast.INWARDS.path, "2-100-1", "2-50-2", NATIONAL)
VLR, STRANGER = cast.OWN_VLR, cast.STRANGER_HLR


@dataclass(frozen=True)
class Written(Address):
    """An address with the octets that a scene chooses (Q.713 3.4)."""

    written: bytes = b""

    def octets(self) -> bytes:
        return self.written


def without_subsystem(address: Address) -> Address:
    sound = address.octets()
    return Written(address.digits, address.ssn, written=b"\x10" + sound[2:])


def national(address: Address) -> Address:
    """Nature 3: a title as it is dialled inside the country."""
    sound = address.octets()
    return Written(address.digits, address.ssn, written=sound[:4] + b"\x03" + sound[5:])


def of_kind_2(address: Address) -> Address:
    """A title of kind 2: translation type and digits, neither plan nor nature."""
    return Written(
        address.digits, address.ssn, written=bytes([0x0A, address.ssn, 0]) + tbcd(address.digits)
    )


def without_title(point: int) -> Address:
    """A point code and a subsystem alone, routing on them."""
    return Written("", HLR, written=bytes([0x43, point & 0xFF, point >> 8, HLR]))


def locate(
    capture: Capture, number: int, called: Address = VLR, caller: Address = STRANGER
) -> None:
    """provideSubscriberInfo about an own subscriber, answered."""
    asked = operations.provide_subscriber_info(own_imsi(number))
    ask(capture, cast.INWARDS, caller, called, asked, IN_ACCRA)


def in_segments(
    capture: Capture, caller: Address, called: Address, operation: Operation, answer: Answer,
    cuts: list[int], order: list[int],
) -> None:  # fmt: skip
    """A beginning cut at these octets, its segments sent in this order."""
    otid, way = capture.new_transaction(), cast.INWARDS
    octets = tcap.begin(
        otid, [tcap.invoke(*operation)], tcap.request(tcap.context(operation[0], 3))
    )
    places = [0, *cuts, len(octets)]
    parts = [octets[start:end] for start, end in pairwise(places)]
    cut = segments(called, caller, parts, otid & 0xFFFF)
    for place in order:
        capture.send(way.path, [way.carry(cut[place])])
        capture.wait(BETWEEN_SEGMENTS)
    back = way.reverse()
    end = answered(operation, answer, otid, Form())
    capture.send(back.path, [back.carry(udt(caller, called, end))])
    capture.wait(LONG)


def odd_carriage() -> Capture:
    """Location requests with odd subsystems, in odd segments, from odd addresses."""
    capture = Capture(cast.MORNING)
    locate(capture, 401, without_subsystem(VLR))
    locate(capture, 402, replace(VLR, ssn=0))
    locate(capture, 403, replace(VLR, ssn=250))
    locate(capture, 404, replace(VLR, ssn=MSC))
    locate(capture, 405, VLR, replace(STRANGER, ssn=0))
    for number, cuts, order in (
        (411, [30], [0, 1]),
        (412, [50], [0, 1]),
        (413, [45, 60], [0, 2, 1]),
    ):
        asked = operations.provide_subscriber_info(own_imsi(number))
        in_segments(capture, STRANGER, VLR, asked, IN_ACCRA, cuts, order)
    locate(capture, 421, VLR, national(STRANGER))
    locate(capture, 422, VLR, Address("3363998001b", HLR))
    locate(capture, 423, VLR, of_kind_2(Address("336399800102", HLR)))
    locate(capture, 424, VLR, without_title(4321))
    return capture


def honest_carriage() -> Capture:
    """A listed partner about its guest in the same ways, and a neighbour's short message."""
    capture, hlr = Capture(cast.MORNING), cast.PARTNER_HLR
    guest = operations.provide_subscriber_info(partner_imsi(431))
    for called in (replace(VLR, ssn=0), replace(VLR, ssn=MSC)):
        ask(capture, cast.INWARDS, hlr, called, guest, IN_ACCRA)
    ask(capture, cast.INWARDS, replace(hlr, ssn=0), VLR, guest, IN_ACCRA)
    profile = operations.insert_subscriber_data(partner_imsi(432), None, cast.PARTNER_GSMSCF.digits)
    in_segments(capture, hlr, VLR, profile, Result(), [60], [1, 0])
    lookup = operations.routing_info_for_sm(own_msisdn(433), cast.NEIGHBOUR_SMSC.digits)
    neighbour = Written("0580000100", MSC, written=national(Address("0580000100", MSC)).octets())
    ask(capture, NATIONWIDE, neighbour, cast.OWN_HLR, lookup, Refusal(ABSENT))
    return capture


def attempt(capture: Capture, vlr: Address, number: int) -> None:
    """One of four requests of a roaming network, in turn, aborted."""
    imsi, hlr = own_imsi(440 + number), cast.OWN_HLR
    node = vlr.digits
    requests = (
        (operations.update_location(imsi, node, node), Form()),
        (operations.update_location_old(imsi, node, node), Form(version=2)),
        (operations.send_authentication_info(imsi, "234", "99"), Form()),
        (operations.purge(imsi, node), Form()),
    )
    operation, form = requests[number % 4]
    ask(capture, cast.INWARDS, vlr, hlr, operation, Abort(), form)


def rejects() -> Capture:
    """Ten requests in changing forms, all aborted within an hour."""
    capture = Capture(cast.MORNING)
    for number in range(10):
        attempt(capture, cast.PARTNER_VLR, number)
    return capture


def rejects_of_upgrade() -> Capture:
    """Nine in changing forms, ten over more than an hour, twelve in one form of a broken stack."""
    capture = Capture(cast.MORNING)
    for number in range(9):
        attempt(capture, cast.PARTNER_VLR, number)
    for number in range(10):
        attempt(capture, replace(cast.PARTNER_VLR, digits="447700900021"), number)
        capture.wait(timedelta(minutes=7))
    for _ in range(12):
        attempt(capture, replace(cast.PARTNER_VLR, digits="447700900022"), 0)
    return capture
