"""The same registration carried in every way that SS7 messages are carried on IP."""

from collections.abc import Callable
from datetime import timedelta

from tests.scenes import cast, operations, tcap
from tests.scenes.cast import own_imsi
from tests.scenes.dialogue import Capture
from tests.scenes.frames import M2PA, M2UA, M3UA, SUA
from tests.scenes.sigtran import (
    INTERNATIONAL,
    ludt,
    m2pa_data,
    m2ua_data,
    m3ua_data,
    mtp3,
    point_code,
    returned,
    segments,
    sua,
    sua_address,
    sua_parameter,
    udt,
    xudt,
)

CALLED, CALLING = cast.OWN_HLR, cast.PARTNER_VLR
OPC, DPC = "2-100-1", "2-100-2"
WIDE = 12 << 16 | 34 << 8 | 56  # 12-34-56
SOURCE, DESTINATION, CAUSE, DATA, SEGMENTATION = 0x102, 0x103, 0x106, 0x10B, 0x117
Carry = Callable[[bytes], tuple[int, list[bytes]]]  # TCAP to a payload protocol and its messages


def m3ua(*messages: bytes) -> tuple[int, list[bytes]]:
    return M3UA, [m3ua_data(OPC, DPC, INTERNATIONAL, message) for message in messages]


def in_mtp3(sccp: bytes, bits: int = 14) -> bytes:
    opc = point_code(OPC) if bits == 14 else WIDE
    return mtp3(opc, point_code(DPC), INTERNATIONAL, sccp, bits)


def in_sua(kind: int, *parameters: bytes) -> bytes:
    addresses = sua_address(SOURCE, CALLING, point_code(OPC)) + sua_address(DESTINATION, CALLED)
    return sua(kind, addresses, *parameters)


def halves(octets: bytes) -> list[bytes]:
    return [octets[: len(octets) // 2], octets[len(octets) // 2 :]]


WAYS: list[Carry] = [
    lambda octets: m3ua(udt(CALLED, CALLING, octets)),
    lambda octets: m3ua(xudt(CALLED, CALLING, octets)),
    lambda octets: m3ua(ludt(CALLED, CALLING, octets)),
    lambda octets: m3ua(*segments(CALLED, CALLING, halves(octets), 7)),
    lambda octets: m3ua(returned(CALLED, CALLING, octets, 1)),
    lambda octets: m3ua(ludt(CALLED, CALLING, octets, 3)),
    lambda octets: (M2UA, [m2ua_data(in_mtp3(udt(CALLED, CALLING, octets)))]),
    lambda octets: (M2PA, [m2pa_data(in_mtp3(udt(CALLED, CALLING, octets)))]),
    lambda octets: (
        M2PA,
        [m2pa_data(in_mtp3(part)) for part in segments(CALLED, CALLING, halves(octets), 8)],
    ),
    lambda octets: (SUA, [in_sua(1, sua_parameter(DATA, octets))]),
    lambda octets: (
        SUA,
        [in_sua(2, sua_parameter(CAUSE, b"\x00\x00\x01\x05"), sua_parameter(DATA, octets))],
    ),
]


def carriers() -> Capture:
    """A registration in each way; those that came back are no requests."""
    capture = Capture(cast.MORNING)
    for way in WAYS:
        operation = operations.update_location(own_imsi(1), CALLING.digits, CALLING.digits)
        request = tcap.request(tcap.context(operation[0], 3))
        octets = tcap.begin(capture.new_transaction(), [tcap.invoke(*operation)], request)
        protocol, messages = way(octets)
        for message in messages:
            capture.send(cast.INWARDS.path, [message], protocol)
            capture.wait(timedelta(milliseconds=20))
        capture.wait(timedelta(seconds=35))
    return capture
