"""M3UA DATA and SCCP unitdata around a TCAP message, octet by octet."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from tests.scenes.digits import tbcd

HLR, VLR, MSC, GMLC, GSMSCF, SGSN = 6, 7, 8, 145, 147, 149
INTERNATIONAL, NATIONAL = 0, 2


@dataclass(frozen=True)
class Address:
    """An SCCP party: a global title with nature 4 (international) and a subsystem (Q.713 3.4)."""

    digits: str
    ssn: int
    plan: int = 1  # 1 E.164, 6 E.212, 7 E.214
    translation_type: int = 0

    def octets(self) -> bytes:
        encoding = 2 - len(self.digits) % 2  # 1 odd, 2 even; the filler of an odd count is 0
        title = tbcd(self.digits)
        if encoding == 1:
            title = title[:-1] + bytes([title[-1] & 0x0F])
        head = [0x12, self.ssn, self.translation_type, self.plan << 4 | encoding, 0x04]
        return bytes(head) + title


def counted(value: bytes) -> bytes:
    return bytes([len(value)]) + value


def udt(called: Address, calling: Address, tcap: bytes) -> bytes:
    """A UDT of class 0, return on error (Q.713 4.10)."""
    first, second, third = (counted(v) for v in (called.octets(), calling.octets(), tcap))
    pointers = (3, 2 + len(first), 1 + len(first) + len(second))
    return bytes([9, 0x80, *pointers]) + first + second + third


def xudt(called: Address, calling: Address, tcap: bytes) -> bytes:
    """An XUDT of one piece with hop counter 12 and an importance parameter (Q.713 4.18)."""
    first, second, third = (counted(v) for v in (called.octets(), calling.octets(), tcap))
    start = 4 + len(first)
    pointers = (4, start - 1, start + len(second) - 2, start + len(second) + len(third) - 3)
    importance = bytes([18, 1, 4, 0])  # and the end of optional parameters
    return bytes([17, 0x80, 12, *pointers]) + first + second + third + importance


def returned(called: Address, calling: Address, tcap: bytes, cause: int) -> bytes:
    """A UDTS: the addresses are those of the way back (Q.713 4.11)."""
    return bytes([10, cause]) + udt(called, calling, tcap)[2:]


def ludt(called: Address, calling: Address, tcap: bytes, cause: int | None = None) -> bytes:
    """An LUDT, or with a cause an LUDTS: pointers of two octets, low first (Q.713 4.20, 4.21)."""
    first, second = counted(called.octets()), counted(calling.octets())
    data = struct.pack("<H", len(tcap)) + tcap
    # each pointer counts from its own high octet
    pointers = (7, 5 + len(first), 3 + len(first) + len(second), 0)
    head = bytes([19, 0x80, 12]) if cause is None else bytes([20, cause, 12])
    return head + struct.pack("<4H", *pointers) + first + second + data


def segments(
    called: Address, calling: Address, parts: Sequence[bytes], reference: int, kind: int = 17
) -> list[bytes]:
    """XUDTs, or XUDTSs, that carry the parts of a message, in their order (Q.713 3.17)."""
    found = []
    for number, part in enumerate(parts):
        remaining = len(parts) - 1 - number
        value = bytes([0xC0 * (number == 0) | remaining]) + reference.to_bytes(3)
        whole = xudt(called, calling, part)[:-4]
        octets = bytes([16, 4]) + value + b"\x00"
        found.append(bytes([kind, 0x81 if kind == 17 else 8]) + whole[2:] + octets)
    return found


def sua_parameter(tag: int, value: bytes) -> bytes:
    """A parameter, padded outside its length (RFC 3868 3.1.5)."""
    return struct.pack(">HH", tag, 4 + len(value)) + value + bytes(-len(value) % 4)


def sua_address(tag: int, address: Address, code: int | None = None) -> bytes:
    """A source (0x102) or destination (0x103) address with a global title of kind 4 (3.10.2)."""
    title = bytes([0, 0, 0, 4, len(address.digits), address.translation_type, address.plan, 4])
    packed = address.octets()[5:]
    parts = sua_parameter(0x8001, title + packed) + sua_parameter(
        0x8003, bytes([0, 0, 0, address.ssn])
    )
    if code is not None:
        parts += sua_parameter(0x8002, code.to_bytes(4))
    return sua_parameter(tag, struct.pack(">HH", 1, 5 if code is None else 7) + parts)


def sua(kind: int, *parameters: bytes, message_class: int = 7) -> bytes:
    """A connectionless message: 1 CLDT, 2 CLDR (3.3)."""
    body = b"".join(parameters)
    return struct.pack(">BBBBI", 1, 0, message_class, kind, 8 + len(body)) + body


def point_code(text: str) -> int:
    """`zone-network-point` in the 3-8-3 format of Q.708."""
    zone, network, point = (int(part) for part in text.split("-"))
    return zone << 11 | network << 3 | point


def m3ua_data(opc: str, dpc: str, indicator: int, sccp: bytes) -> bytes:
    """A DATA message (RFC 4666 3.3.1): network appearance absent, routing context 1."""
    label = struct.pack(">IIBBBB", point_code(opc), point_code(dpc), 3, indicator, 0, 5)
    data = label + sccp
    padding = bytes(-len(data) % 4)
    parameters = struct.pack(">HHI", 6, 8, 1) + struct.pack(">HH", 0x0210, 4 + len(data)) + data
    body = parameters + padding
    return struct.pack(">BBBBI", 1, 0, 1, 1, 8 + len(body)) + body


def mtp3(opc: int, dpc: int, indicator: int, sccp: bytes, bits: int = 14) -> bytes:
    """A message of MTP3 with a label of 14 or 24 bits (Q.704 2.2, ANSI T1.111.4), SLS 5."""
    if bits == 14:
        label = struct.pack("<I", dpc | opc << 14 | 5 << 28)
    else:
        label = dpc.to_bytes(3, "little") + opc.to_bytes(3, "little") + b"\x05"
    return bytes([indicator << 6 | 3]) + label + sccp


def m2ua_data(message: bytes) -> bytes:
    """A DATA message with an interface identifier of 1 (RFC 3331 3.3.1.1)."""
    body = struct.pack(">HHI", 1, 8, 1) + struct.pack(">HH", 0x0300, 4 + len(message)) + message
    body += bytes(-len(message) % 4)
    return struct.pack(">BBBBI", 1, 0, 6, 1, 8 + len(body)) + body


def m2pa_data(message: bytes, number: int = 1) -> bytes:
    """User data with a priority octet of 0 (RFC 4165 2.3.1)."""
    header = struct.pack(">BBBBIII", 1, 0, 11, 1, 17 + len(message), number - 1, number)
    return header + b"\x00" + message


def m3ua_heartbeat() -> bytes:
    """A BEAT, which carries no traffic (RFC 4666 3.5.5)."""
    return struct.pack(">BBBBIHH", 1, 0, 3, 3, 16, 9, 8) + b"beat"
