"""Scenes of dialogues whose roles do not fit, of arrivals without vectors, of one actor's titles.

MAP-ENC-11, MAP-INT-03, MAP-ORG-05, and benign twins.
"""

from collections.abc import Sequence
from datetime import timedelta

from tests.scenes import cast, operations, tcap
from tests.scenes.cast import own_imsi, own_msisdn, partner_imsi
from tests.scenes.dialogue import (
    LONG,
    SHORT,
    USUAL,
    Capture,
    Form,
    Refusal,
    Result,
    answered,
    ask,
    question,
)
from tests.scenes.messages import at_home
from tests.scenes.operations import Operation
from tests.scenes.registration import arrive, authenticate
from tests.scenes.sigtran import GMLC, HLR, MSC, Address, udt

WAY, BACK = cast.INWARDS, cast.OUTWARDS
REFUSED = Refusal(21)  # facilityNotSupported
IN_ACCRA = Result(operations.whereabouts_result(cast.OWN_VLR.digits))


def looked_up(number: int) -> tuple[Operation, Result]:
    asked = operations.routing_info_for_sm(own_msisdn(number), cast.STRANGER_MSC.digits)
    return asked, Result(
        operations.routing_info_for_sm_result(own_imsi(number), cast.OWN_MSC.digits)
    )


def inside(
    capture: Capture, caller: Address, called: Address, opening: Operation,
    invokes: Sequence[Operation],
) -> None:  # fmt: skip
    """A dialogue of a beginning, the other side's agreement, and these requests one by one."""
    otid, dtid = capture.new_transaction(), capture.new_transaction()
    capture.send(WAY.path, [question(WAY, caller, called, opening, otid)])
    capture.wait(SHORT)
    agreed = tcap.proceed(dtid, otid, [], tcap.response(tcap.context(opening[0], 3)))
    capture.send(BACK.path, [BACK.carry(udt(caller, called, agreed))])
    for place, operation in enumerate(invokes, 2):
        capture.wait(SHORT)
        asked = tcap.proceed(otid, dtid, [tcap.invoke(*operation, invoke_id=place)], None)
        capture.send(WAY.path, [WAY.carry(udt(called, caller, asked))])
        capture.wait(SHORT)
        taken = tcap.proceed(dtid, otid, [tcap.result(operation[0], None, place)], None)
        capture.send(BACK.path, [BACK.carry(udt(caller, called, taken))])
    capture.wait(LONG)


def roles_swapped() -> Capture:
    """A profile behind a lookup, a location in an end, and one under an id that is in use."""
    capture, centre = Capture(cast.MORNING), cast.STRANGER_MSC
    asked, _ = looked_up(551)
    written = operations.insert_subscriber_data(own_imsi(551), own_msisdn(551))
    inside(capture, centre, cast.OWN_VLR, asked, [written])
    arrived = operations.update_location(
        own_imsi(555), cast.STRANGER_MSC.digits, cast.STRANGER_VLR.digits
    )
    profile_of_it = operations.insert_subscriber_data(None, own_msisdn(555))
    inside(capture, cast.STRANGER_VLR, cast.OWN_HLR, arrived, [profile_of_it])
    located = operations.provide_subscriber_info(own_imsi(552))
    ended = tcap.end(capture.new_transaction(), [tcap.invoke(*located)], None)
    capture.send(WAY.path, [WAY.carry(udt(cast.OWN_VLR, cast.STRANGER_HLR, ended))])
    capture.wait(LONG)
    begun_twice(capture, looked_up(553)[0], operations.provide_subscriber_info(own_imsi(554)), 20)
    return capture


def begun_twice(capture: Capture, first: Operation, second: Operation, seconds: float) -> None:
    """A stranger opens a second dialogue under the transaction id of the first."""
    otid, caller = capture.new_transaction(), cast.STRANGER_MSC
    capture.send(WAY.path, [question(WAY, caller, cast.OWN_HLR, first, otid)])
    capture.wait(timedelta(seconds=seconds))
    capture.send(WAY.path, [question(WAY, caller, cast.OWN_VLR, second, otid)])
    capture.wait(SHORT)
    end = answered(second, IN_ACCRA, otid, USUAL)
    capture.send(BACK.path, [BACK.carry(udt(caller, cast.OWN_VLR, end))])
    capture.wait(LONG)


def roles_kept() -> Capture:
    """Profiles in a registration, messages in one dialogue, and beginnings that are repeated.

    A beginning with other content under the same id comes after the answer to the first.
    """
    capture, partner = Capture(cast.MORNING), cast.PARTNER_HLR
    asked, told = looked_up(561)
    arrive(capture, 561, cast.PARTNER_VLR, cast.PARTNER_MSC)
    data = operations.insert_subscriber_data(partner_imsi(562), None)
    more = operations.insert_subscriber_data(partner_imsi(562), "447700900562")
    inside(capture, partner, cast.OWN_VLR, data, [more])
    otid, centre = capture.new_transaction(), cast.PARTNER_SMSC
    for _ in range(2):
        capture.send(WAY.path, [question(WAY, centre, cast.OWN_HLR, asked, otid)])
        capture.wait(timedelta(seconds=8))
    capture.send(
        BACK.path, [BACK.carry(udt(centre, cast.OWN_HLR, answered(asked, told, otid, USUAL)))]
    )
    capture.wait(timedelta(seconds=3))
    other, there = looked_up(563)
    capture.send(WAY.path, [question(WAY, centre, cast.OWN_HLR, other, otid)])
    capture.wait(SHORT)
    capture.send(
        BACK.path, [BACK.carry(udt(centre, cast.OWN_HLR, answered(other, there, otid, USUAL)))]
    )
    return capture


def a_day_of_attaches(capture: Capture, first: int) -> None:
    """Two arrivals at Partner UK with vectors, a day before what follows."""
    for number in (first, first + 1):
        authenticate(capture, number, cast.PARTNER_VLR)
        arrive(capture, number, cast.PARTNER_VLR, cast.PARTNER_MSC)
    capture.wait(timedelta(hours=1))


def a_day_goes_by(capture: Capture) -> None:
    """The own SMSC asks for routes, so that nobody takes the day for a pause of the capture."""
    asked = operations.routing_info_for_sm(own_msisdn(579), cast.OWN_SMSC.digits)
    told = Result(operations.routing_info_for_sm_result(own_imsi(579), cast.OWN_MSC.digits))
    until = capture.now + timedelta(hours=23, minutes=30)
    while capture.now < until:
        ask(capture, cast.INSIDE, cast.OWN_SMSC, cast.OWN_HLR, asked, told)
        capture.wait(timedelta(minutes=14))


def arrivals_without_vectors() -> Capture:
    """Partner UK registers one who was at home, whom it never authenticated."""
    capture = Capture(cast.MORNING)
    a_day_of_attaches(capture, 571)
    at_home(capture, 573)
    a_day_goes_by(capture)
    authenticate(capture, 572, cast.PARTNER_VLR)
    capture.wait(timedelta(minutes=20))
    arrive(capture, 573, cast.PARTNER_VLR, cast.PARTNER_MSC)
    return capture


def arrivals_with_vectors() -> Capture:
    """Vectors by another title of the network, minutes after the arrival, and none at a move.

    The last one moves to another register of the network where he was.
    """
    capture = Capture(cast.MORNING)
    a_day_of_attaches(capture, 581)
    for number in (583, 584):
        at_home(capture, number)
    a_day_goes_by(capture)
    other = Address("447700900021", cast.PARTNER_VLR.ssn)
    authenticate(capture, 583, other)
    arrive(capture, 583, cast.PARTNER_VLR, cast.PARTNER_MSC)
    arrive(capture, 584, cast.PARTNER_VLR, cast.PARTNER_MSC)
    capture.wait(timedelta(minutes=2))
    authenticate(capture, 584, cast.PARTNER_VLR)
    arrive(capture, 581, other, cast.PARTNER_MSC)
    return capture


def wanted(capture: Capture, caller: Address, number: int, form: Form = USUAL) -> None:
    located = operations.any_time_interrogation(caller.digits, imsi=own_imsi(number))
    ask(capture, WAY, caller, cast.OWN_HLR, located, REFUSED, form)


def one_actor() -> Capture:
    """Titles of France and Australia ask alike, three times each, in turns; others otherwise."""
    capture = Capture(cast.MORNING)
    for _ in range(3):
        wanted(capture, Address(cast.STRANGER_GSMSCF.digits, HLR), 591)
        wanted(capture, Address(cast.OTHER_STRANGER.digits, HLR), 592)
    everyday(capture, MSC)
    return capture


def one_vendor() -> Capture:
    """The same two, where four titles of partners write so as well; and two of one country."""
    capture = Capture(cast.MORNING)
    for _ in range(3):
        wanted(capture, Address(cast.STRANGER_GSMSCF.digits, HLR), 601)
        wanted(capture, Address(cast.OTHER_STRANGER.digits, HLR), 602)
        for last in "12":
            wanted(capture, Address(f"3363998005{last}", GMLC), 610 + int(last))
    everyday(capture, HLR)
    return capture


def everyday(capture: Capture, ssn: int) -> None:
    """Four titles of Partner UK ask where its guest is, three times each."""
    for _ in range(3):
        for title in range(4):
            asked = operations.provide_subscriber_info(partner_imsi(620 + title))
            caller = Address(f"44770090007{title}", ssn)
            ask(capture, WAY, caller, cast.OWN_HLR, asked, IN_ACCRA)
