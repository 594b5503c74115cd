"""Scenes of call control by CAP: calls handed to strangers and sent elsewhere, and as usual."""

from datetime import timedelta
from typing import Any

from pycrate_asn1dir import TCAP_CAP

from tests.scenes import cast, operations, services, tcap
from tests.scenes.cast import own_imsi, own_msisdn, partner_imsi
from tests.scenes.dialogue import (
    LONG,
    SHORT,
    Capture,
    Form,
    Refusal,
    Result,
    Way,
    ask,
    register,
)
from tests.scenes.digits import address, tbcd
from tests.scenes.messages import submit
from tests.scenes.registration import arrive
from tests.scenes.sigtran import MSC, Address, udt

MESSAGE = TCAP_CAP.TCAP_CAP_Messages.TCAP_CAP_Message
CALLS, MESSAGES = (0, 4, 0, 0, 1, 21, 3, 4), (0, 4, 0, 0, 1, 21, 3, 61)  # TS 29.078 4
CALLS_2 = (0, 4, 0, 0, 1, 0, 50, 1)  # of phase 2
SSN = 146
ARGUMENTS = {
    0: ("CAP-gsmSSF-gsmSCF-ops-args", "InitialDPArg"),
    20: ("CAP-gsmSSF-gsmSCF-ops-args", "ConnectArg"),
    60: ("CAP-SMS-ops-args", "InitialDPSMSArg"),
}
Invoke = tuple[int, dict[str, Any] | None]
CONTINUE, CONTINUE_SMS = 31, 65


def of_calls(title: Address) -> Address:
    """The same node's subsystem of call control."""
    return Address(title.digits, SSN)


def isup(number: str) -> bytes:
    """An international number of plan E.164 (Q.763 3.9)."""
    return bytes([0x04 | len(number) % 2 << 7, 0x10]) + tbcd(number)[:-1] + last(number)


def last(number: str) -> bytes:
    return bytes([tbcd(number)[-1] & (0x0F if len(number) % 2 else 0xFF)])


def initial(imsi: str, dialled: str) -> Invoke:
    """initialDP of a call by the subscriber."""
    argument = {"serviceKey": 1, "iMSI": tbcd(imsi), "eventTypeBCSM": "collectedInfo"}
    return 0, argument | {"calledPartyBCDNumber": address(dialled)}


def initial_message(imsi: str, recipient: str) -> Invoke:
    """initialDPSMS of a message by the subscriber."""
    argument = {"serviceKey": 2, "iMSI": tbcd(imsi), "eventTypeSMS": "sms-CollectedInfo"}
    return 60, argument | {"destinationSubscriberNumber": address(recipient)}


def connect(number: str) -> Invoke:
    return 20, {"destinationRoutingAddress": [isup(number)]}


def encode(kind: str, invoke: Invoke, **more: Any) -> bytes:
    opcode, argument = invoke
    body: dict[str, Any] = {"invokeId": ("present", 1), "opcode": ("local", opcode)}
    if argument is not None:
        body["argument"] = (ARGUMENTS[opcode], argument)
    MESSAGE.set_val((kind, more | {"components": [("basicROS", ("invoke", body))]}))
    return bytes(MESSAGE.to_ber())


def control(
    capture: Capture, way: Way, switch: Address, platform: Address, invoke: Invoke,
    reply: Invoke, context: tuple[int, ...] = CALLS,
) -> None:  # fmt: skip
    """A switch asks a platform, which says in the next message what to do."""
    otid, dtid, back = capture.new_transaction(), capture.new_transaction(), way.reverse()
    octets = encode(
        "begin", invoke, otid=tcap.identifier(otid), dialoguePortion=tcap.request(context)
    )
    capture.send(way.path, [way.carry(udt(platform, switch, octets))])
    capture.wait(SHORT)
    told = encode(
        "continue", reply, otid=tcap.identifier(dtid), dtid=tcap.identifier(otid),
        dialoguePortion=tcap.response(context),
    )  # fmt: skip
    capture.send(back.path, [back.carry(udt(switch, platform, told))])
    capture.wait(LONG)


def calls_handed_over() -> Capture:
    """Own and guests' calls go to a stranger's platform, which sends two of them elsewhere."""
    capture, dialled = Capture(cast.MORNING), own_msisdn(900)
    own, stranger = of_calls(cast.OWN_MSC), of_calls(cast.STRANGER_GSMSCF)
    out, go_on = cast.OUTWARDS, (CONTINUE, None)
    control(capture, out, own, stranger, initial(own_imsi(901), dialled), connect("61491570110"))
    control(capture, out, own, stranger, initial(partner_imsi(902), dialled), connect(dialled))
    domestic = connect("233580000123")
    control(capture, out, own, stranger, initial(own_imsi(903), dialled), domestic)
    control(capture, out, own, stranger, initial(own_imsi(904), dialled), go_on)
    return capture


def calls_as_usual() -> Capture:
    """Guests' calls go to their own platform, also to another number; roamers' to ours."""
    capture, dialled = Capture(cast.MORNING), own_msisdn(900)
    own, theirs = of_calls(cast.OWN_MSC), of_calls(cast.PARTNER_GSMSCF)
    guest = initial(partner_imsi(911), "447")
    control(capture, cast.OUTWARDS, own, theirs, guest, connect("447700900999"))
    arrive(capture, 912, cast.PARTNER_VLR, cast.PARTNER_MSC)
    abroad, platform = of_calls(cast.PARTNER_MSC), of_calls(cast.OWN_GSMSCF)
    roamer = initial(own_imsi(912), dialled)
    control(capture, cast.INWARDS, abroad, platform, roamer, connect("233590000998"))
    home = initial(own_imsi(913), "100")
    control(capture, cast.INSIDE, own, platform, home, connect("233590000997"))
    return capture


def calls_from_elsewhere() -> Capture:
    """A stranger reports a call and a message of two who are at Partner UK."""
    capture, platform = Capture(cast.MORNING), of_calls(cast.OWN_GSMSCF)
    for number in (921, 922):
        arrive(capture, number, cast.PARTNER_VLR, cast.PARTNER_MSC)
    stranger, go_on = of_calls(cast.STRANGER_MSC), (CONTINUE, None)
    call = initial(own_imsi(921), "61491570110")
    control(capture, cast.INWARDS, stranger, platform, call, go_on)
    message = initial_message(own_imsi(922), "61491570110")
    told: Invoke = (CONTINUE_SMS, None)
    control(capture, cast.INWARDS, stranger, platform, message, told, MESSAGES)
    return capture


def mixed_dialogues() -> Capture:
    """CAP to a home register's subsystem, MAP to call control's, and MAP in a dialogue of CAP."""
    capture = Capture(cast.MORNING)
    call = initial(own_imsi(931), "61491570110")
    partner = of_calls(cast.PARTNER_MSC)
    control(capture, cast.INWARDS, partner, cast.OWN_HLR, call, (CONTINUE, None))
    lookup = operations.routing_info_for_sm(own_msisdn(932), cast.PARTNER_SMSC.digits)
    told = Result(operations.routing_info_for_sm_result(own_imsi(932), cast.OWN_MSC.digits))
    ask(capture, cast.INWARDS, Address("447700900101", MSC), of_calls(cast.OWN_HLR), lookup, told)
    stranger = of_calls(cast.STRANGER_GSMSCF)
    located = operations.any_time_interrogation(cast.STRANGER_GSMSCF.digits, imsi=own_imsi(933))
    calls = Form(context=CALLS_2)
    ask(capture, cast.INWARDS, stranger, of_calls(cast.OWN_HLR), located, Refusal(21), calls)
    return capture


def travels(capture: Capture, number: int) -> None:
    """A prepaid subscriber registers at Partner UK; the profile names who charges messages."""
    update = operations.update_location(
        own_imsi(number), cast.PARTNER_MSC.digits, cast.PARTNER_VLR.digits
    )
    profile = services.charged_messages(own_msisdn(number), cast.OWN_GSMSCF.digits)
    register(capture, cast.INWARDS, cast.PARTNER_VLR, cast.OWN_HLR, update, profile)


def charged(capture: Capture, number: int) -> None:
    """The visited network asks, then sends the message on."""
    abroad, platform = of_calls(cast.PARTNER_MSC), of_calls(cast.OWN_GSMSCF)
    message = initial_message(own_imsi(number), "233590000999")
    told: Invoke = (CONTINUE_SMS, None)
    control(capture, cast.INWARDS, abroad, platform, message, told, MESSAGES)
    submit(capture, number, cast.PARTNER_MSC)


def charging_left_out() -> Capture:
    """Of two prepaid subscribers at Partner UK one is charged, the other writes for nothing."""
    capture = Capture(cast.MORNING)
    travels(capture, 941)
    travels(capture, 942)
    for _ in range(4):
        charged(capture, 941)
        submit(capture, 942, cast.PARTNER_MSC)
        capture.wait(timedelta(minutes=7))
    return capture


def charging() -> Capture:
    """One prepaid subscriber is charged; another has no such profile; a third writes but twice."""
    capture = Capture(cast.MORNING)
    travels(capture, 951)
    arrive(capture, 952, cast.PARTNER_VLR, cast.PARTNER_MSC)
    travels(capture, 953)
    for place in range(4):
        charged(capture, 951)
        submit(capture, 952, cast.PARTNER_MSC)
        if place < 2:
            submit(capture, 953, cast.PARTNER_MSC)
    return capture


def calls_that_earn() -> Capture:
    """Platforms send calls to satellite and premium numbers: the subscriber's own one as well."""
    capture, own = Capture(cast.MORNING), of_calls(cast.OWN_MSC)
    theirs, dialled = of_calls(cast.PARTNER_GSMSCF), own_msisdn(900)
    for number, target in ((961, "88213000123"), (962, "97912345678")):
        guest = initial(partner_imsi(number), dialled)
        control(capture, cast.OUTWARDS, own, theirs, guest, connect(target))
    return capture


def calls_far_away() -> Capture:
    """A satellite number that was dialled, a short one, and a number one digit off the range."""
    capture, own = Capture(cast.MORNING), of_calls(cast.OWN_MSC)
    theirs = of_calls(cast.PARTNER_GSMSCF)
    for number, dialled, target in (
        (963, "88213000123", "88213000123"),
        (964, own_msisdn(900), "979123456"),
        (965, own_msisdn(900), "88013000123"),
    ):
        guest = initial(partner_imsi(number), dialled)
        control(capture, cast.OUTWARDS, own, theirs, guest, connect(target))
    return capture
