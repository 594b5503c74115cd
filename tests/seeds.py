"""Sound messages to make wrong ones of: TCAP of every user, Diameter of every application.

A conversation is a list of messages that belong together, as the parts of a short message do.
"""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from scapy.utils import RawPcapReader

from dissectors.avp_table import FROM_3GPP, avp_codes
from dissectors.diameter_fields import DIAMETER_FIELDS
from dissectors.tags import cap_operations, map_errors, map_operations
from tests.compare import captures
from tests.generated import CannotMakeError, parameter
from tests.mutation import PCAPS, payloads, transactions
from tests.one_message import begin, components, dialogue, element, invoke
from tests.scenes import diameter
from tests.scenes.digits import tbcd
from tests.short_messages import EIGHT_BIT, GSM, UCS2, answer_frame, deliver, mo_frame, mt_frame

Conversation = list[bytes]
Operation = tuple[str, int, dict[str, Any]]  # its context in hex, code and types
APPLICATIONS = {
    "base": (0, (257, 258, 274, 275, 280, 282)),
    "credit control": (4, (272,)),
    "Gx": (16777238, (272, 258)),
    "Cx": (16777216, (300, 301, 302, 303, 304, 305)),
    "Sh": (16777217, (306, 307, 308, 309)),
    "S6a": (diameter.S6A, (316, 317, 318, 319, 320, 321, 322, 323)),
    "S13": (16777252, (324,)),
    "SLg": (16777255, (8388620, 8388621)),
    "SWx": (16777265, (301, 303, 304, 305)),
    "SLh": (16777291, (8388622,)),
    "S6c": (16777312, (8388647, 8388648, 8388649)),
    "SGd": (16777313, (8388645, 8388646)),
}
CAP_CONTEXTS = ("32 00", "33 01", "34 00")  # 0.4.0.0.1.0.n.v of phases 1 and 2
TLS = (  # records of TLS and DTLS (RFC 8446 5.1, RFC 9147 4)
    bytes.fromhex("16 03 01 00 05 01 00 00 01 00"),
    bytes.fromhex("17 03 03 00 09 00 00 00 00 00 00 00 00 00"),
    bytes.fromhex("16 fe fd 00 00 00 00 00 00 00 00 00 04 01 00 00 00"),
)
LONGEST = 400  # octets of a generated parameter


def frames(path: Path) -> list[bytes]:
    """The frames of a capture."""
    with RawPcapReader(str(path)) as reader:  # a pcapng is told by scapy itself
        return [frame[0] for frame in reader]


def all_frames() -> list[bytes]:
    """Some frames of every capture."""
    return [frame for path in captures(PCAPS) for frame in frames(path)[:60]]


def tcap_of(frame: bytes) -> bytes:
    """The one TCAP message of a frame."""
    (found,) = transactions(payloads(frame))
    return found


def short_messages() -> Iterator[Conversation]:
    """Whole ones and ones in parts, in all alphabets; commands and reports."""
    for dcs in (GSM, EIGHT_BIT, UCS2, 0x10, 0xF0, 0x84):
        for pieces in (["code 482913"], ["your code", " is 48", "2913"], ["", "482913"]):
            made = [
                deliver(piece, dcs if dcs in (EIGHT_BIT, UCS2) else GSM, header)
                for number, piece in enumerate(pieces, 1)
                for header in (concatenation(number, len(pieces)),)
            ]
            yield [tcap_of(mt_frame(tpdu)) for tpdu in made]
    for tpdu in (
        "01 07 0c 91 44 77 00 09 00 01 00 04 03 61 62 63",  # submit
        "19 07 0c 91 44 77 00 09 00 01 00 04 a7 03 61 62 63",  # with a validity
        "02 07 00 00 00 0c 91 44 77 00 09 00 01 00",  # command
        "51 07 0c 91 44 77 00 09 00 01 40 f6 10 02 70 00 0b 0d 31 21 00 00 00 00 00 01 00 00",
    ):
        yield [tcap_of(mo_frame(bytes.fromhex(tpdu)))]
    for opcode in (44, 46):
        yield [tcap_of(answer_frame(opcode, bytes.fromhex("00 00")))]
        yield [tcap_of(answer_frame(opcode, bytes.fromhex("01 00 62 30 10 80 00 00 00")))]


def concatenation(part: int, total: int) -> bytes:
    """A header with the element of a part, and two for a SIM's security (TS 23.040 9.2.3.24)."""
    if total == 1:
        return b""
    return bytes([9, 0, 3, 7, total, part, 0x70, 0, 0x70, 0])


def ussd() -> Iterator[Conversation]:
    """Strings of both directions (TS 29.002 11.9)."""
    for opcode in (19, 59, 60, 61):
        for dcs, text in ((0x0F, b"\xaa\x18\x0c\x36\x02"), (0x48, "*1*4321#".encode("utf-16-be")),
                          (0x44, b"PIN: 4321"), (0x11, b"en\0*"), (0x44, b"1*" * 101)):  # fmt: skip
            argument = element("30", element("04", bytes([dcs])), element("04", text))
            yield [begin(components(invoke(opcode, argument)))]


def operations() -> Iterator[Operation]:
    """MAP's of versions 3 and 2, and CAP's."""
    for _, code, old, types in map_operations():
        yield f"04 00 00 01 00 14 {2 if old else 3:02x}", code, types
    for number, (_, code, types) in enumerate(cap_operations()):
        yield f"04 00 00 01 00 {CAP_CONTEXTS[number % 3]}", code, types


def generated(random: Random) -> Iterator[Conversation]:
    """An argument and a result of each operation, and the parameter of each error."""
    for context, code, types in operations():
        for key, tag in (("ArgumentType", "a1"), ("ResultType", "a2")):
            if key in types:
                yield from carried(context, tag, code, types[key], random)
    for _, code, old, asn1 in map_errors():
        yield from carried(f"04 00 00 01 00 14 {2 if old else 3:02x}", "a3", code, asn1, random)


def carried(context: str, tag: str, code: int, asn1: Any, random: Random) -> Iterator[Conversation]:
    """A component with such a parameter, behind a dialogue portion; none of what is not known."""
    try:
        made = parameter(asn1, random, rich=0.3)[:LONGEST]
    except CannotMakeError:
        return
    parts = element("02", bytes([code])), made
    inside = [sized("30", *parts)] if tag == "a2" else parts
    component = sized(tag, element("02", b"\x01"), *inside)
    yield [sized("62", element("48", b"\0\0\0\1"), dialogue(context), sized("6c", component))]


def sized(tag: str, *inner: bytes) -> bytes:
    """A BER element with a length of two octets."""
    content = b"".join(inner)
    return bytes.fromhex(tag) + b"\x82" + len(content).to_bytes(2) + content


def transactions_of_all(random: Random) -> list[Conversation]:
    """Of the captures and of our own making."""
    recorded = transactions(entry for frame in all_frames() for entry in payloads(frame))
    return [[octets] for octets in recorded] + [*short_messages(), *ussd(), *generated(random)]


def encoded(path: str, value: bytes) -> bytes:
    """An AVP in the groups around it."""
    for name in reversed(path.replace("*", "").split(".")):
        code = avp_codes(name)[-1]
        vendor = diameter.THREEGPP if code & FROM_3GPP else 0
        value = diameter.avp(code & ~FROM_3GPP, value, vendor)
    return value


def value(random: Random) -> bytes:
    """Of an AVP: something that some decoder takes."""
    return random.choice(
        (
            b"", b"\0\0\0\1", b"\0\1\xc0\0\2\1", b"\0\2" + bytes(15) + b"\1", b"620990000000001",
            tbcd("233590000001"), bytes.fromhex("26f09900010002"), b"mme1.example", b"mme1;1;2",
            b"aaa://host.example:3868;transport=sctp", deliver("code 482913", GSM), b"\xc3\xa9\xff",
        )
    )  # fmt: skip


def diameter_messages(random: Random) -> list[tuple[str, bytes]]:
    """Requests and answers of each application; over all, each AVP that is read, many times."""
    found = []
    for name, (application, commands) in APPLICATIONS.items():
        for number, command in enumerate(commands * 4):
            fields = random.sample(DIAMETER_FIELDS, 12)
            avps = [diameter.avp(263, "mme1;1;2"), *diameter.origin("mme1.example", "example")]
            avps += [encoded(path, value(random)) for _, path, _ in fields]
            octets = diameter.message(command, number % 2 == 0, number, 1, avps, application)
            found.append((name, octets))
    return [*found, *[("under TLS", octets) for octets in TLS]]
