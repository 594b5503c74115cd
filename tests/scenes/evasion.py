"""Scenes of evasion: location requests in disguise, and honest messages that look like it."""

from dataclasses import replace

from tests.scenes import cast, operations, tcap
from tests.scenes.cast import own_imsi, own_msisdn, partner_imsi
from tests.scenes.dialogue import (
    LONG,
    SHORT,
    Capture,
    Form,
    Refusal,
    Result,
    Way,
    answered,
    ask,
    profile,
    register,
)
from tests.scenes.disguise import (
    TRICKS,
    VARIATIONS,
    Trick,
    global_opcode,
    long_tag,
    long_transaction,
    longer_context,
    octets_behind,
    spoiled,
)
from tests.scenes.operations import Operation
from tests.scenes.sigtran import HLR, Address, udt

IN_ACCRA = Result(operations.whereabouts_result(cast.OWN_VLR.digits))
UNAUTHORIZED_NETWORK, ABSENT = 52, 27


def ask_in_disguise(
    capture: Capture, operation: Operation, trick: Trick, answer: Result | Refusal | None,
    caller: Address = cast.STRANGER_HLR, called: Address = cast.OWN_VLR,
    way: Way = cast.INWARDS,
) -> None:  # fmt: skip
    """A whole dialogue, at the border if nothing else is said, its beginning spoiled."""
    otid = capture.new_transaction()
    context = tcap.request(tcap.context(operation[0], 3))
    begin = spoiled(tcap.begin(otid, [tcap.invoke(*operation)], context), trick)
    capture.send(way.path, [way.carry(udt(called, caller, begin))])
    capture.wait(SHORT)
    if answer is not None:
        back, end = way.reverse(), answered(operation, answer, otid, Form(with_dialogue=False))
        capture.send(back.path, [back.carry(udt(caller, called, end))])
    capture.wait(LONG)


def tricks() -> Capture:
    """The eleven known tricks around provideSubscriberInfo, each about another subscriber."""
    capture = Capture(cast.MORNING)
    for number, (trick, _) in enumerate(TRICKS.values(), 301):
        asked = operations.provide_subscriber_info(own_imsi(number))
        ask_in_disguise(capture, asked, trick, IN_ACCRA)
    return capture


def one_trick(trick: Trick, number: int) -> Capture:
    """One trick around provideSubscriberInfo, and nothing else."""
    capture = Capture(cast.MORNING)
    asked = operations.provide_subscriber_info(own_imsi(number))
    ask_in_disguise(capture, asked, trick, IN_ACCRA)
    return capture


def variations() -> Capture:
    """The same ideas in other octets, refused, unanswered, by a partner, later in a dialogue."""
    capture = Capture(cast.MORNING)
    for number, (trick, _) in enumerate(VARIATIONS.values(), 321):
        asked = operations.provide_subscriber_info(own_imsi(number))
        answer = (IN_ACCRA, Refusal(UNAUTHORIZED_NETWORK), None)[number % 3]
        ask_in_disguise(capture, asked, trick, answer)
    interrogation = operations.any_time_interrogation(
        cast.PARTNER_GSMSCF.digits, imsi=own_imsi(331)
    )
    ask(capture, cast.INWARDS, cast.PARTNER_GSMSCF, cast.OWN_HLR, interrogation, IN_ACCRA,
        Form(with_dialogue=False, open_first=True))  # fmt: skip
    cancel = operations.cancel_location(own_imsi(332), "subscriptionWithdraw")
    ask_in_disguise(capture, cancel, octets_behind, Result())
    return capture


def honest() -> Capture:
    """Old stacks, nested operations and private data of listed partners; oddities inside."""
    capture = Capture(cast.MORNING)
    lookup = operations.routing_info_for_sm(own_msisdn(341), cast.PARTNER_SMSC.digits)
    ask(capture, cast.INWARDS, cast.PARTNER_SMSC, cast.OWN_HLR, lookup, Refusal(ABSENT),
        Form(version=1))  # fmt: skip
    update = operations.update_location(
        own_imsi(342), cast.PARTNER_MSC.digits, cast.PARTNER_VLR.digits
    )
    title = cast.own_mobile_title(own_imsi(342))
    register(capture, cast.INWARDS, cast.PARTNER_VLR, title, update,
             profile(msisdn=own_msisdn(342)), Form(indefinite=True),
             answers_as=cast.OWN_HLR)  # fmt: skip
    guest = operations.provide_subscriber_info(partner_imsi(343))
    ask(
        capture,
        cast.INWARDS,
        cast.PARTNER_HLR,
        cast.OWN_VLR,
        guest,
        IN_ACCRA,
        Form(indefinite=True),
    )
    ask_in_disguise(capture, guest, octets_behind, IN_ACCRA, cast.PARTNER_HLR)
    old = operations.cancel_location_bare(partner_imsi(344))
    ask(capture, cast.INWARDS, cast.PARTNER_HLR, cast.OWN_VLR, old, Result(), Form(version=1))
    inside = operations.any_time_interrogation(cast.OWN_GSMSCF.digits, imsi=own_imsi(345))
    ask(capture, cast.INSIDE, cast.OWN_GSMSCF, cast.OWN_HLR, inside, IN_ACCRA,
        Form(with_dialogue=False, indefinite=True))  # fmt: skip
    data_and_trace(capture)
    return capture


def data_and_trace(capture: Capture) -> None:
    """A guest's registration, in which the partner's HLR sends two profiles in one message."""
    otid, dtid = capture.new_transaction(), capture.new_transaction()
    way, back = cast.OUTWARDS, cast.INWARDS
    title = Address("4477000000000346", HLR, plan=7)
    update = operations.update_location(partner_imsi(346), cast.OWN_MSC.digits, cast.OWN_VLR.digits)
    begin = tcap.begin(otid, [tcap.invoke(*update)], tcap.request(tcap.context(2, 3)))
    capture.send(way.path, [way.carry(udt(title, cast.OWN_VLR, begin))])
    capture.wait(SHORT)
    data = [
        tcap.invoke(*profile(msisdn=own_msisdn(346)), invoke_id=2),
        tcap.invoke(*operations.forward_check(), invoke_id=3),
    ]
    told = tcap.proceed(dtid, otid, data, tcap.response(tcap.context(2, 3)))
    capture.send(back.path, [back.carry(udt(cast.OWN_VLR, cast.PARTNER_HLR, told))])
    capture.wait(LONG)


def inside() -> Capture:
    """The tricks that no honest node plays, inside; a partner's title of another translation."""
    capture = Capture(cast.MORNING)
    for number, trick in enumerate(
        (global_opcode, long_tag, longer_context, long_transaction), 351
    ):
        asked = operations.provide_subscriber_info(own_imsi(number))
        ask_in_disguise(capture, asked, trick, IN_ACCRA, cast.OWN_HLR, way=cast.INSIDE)
    guest = operations.provide_subscriber_info(partner_imsi(355))
    translated = replace(cast.PARTNER_HLR, translation_type=9)
    ask(capture, cast.INWARDS, translated, cast.OWN_VLR, guest, IN_ACCRA)
    return capture
