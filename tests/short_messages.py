"""Short messages as tests make them: TPDUs whose every field a test chooses, and their frames."""

from pycrate_mobile.TS23038 import encode_7b

from tests.mutation import capture, in_sccp
from tests.one_message import begin, components, dialogue, element, invoke
from tests.scenes.digits import address, tbcd
from tests.walked import Row, walked

IMSI = element("80", tbcd("620990000000001"))
SUBSCRIBER = element("82", address("233590000001"))
TO_CENTRE, FROM_CENTRE = (
    element("84", address("233590000100")),
    element("84", address("447700900100")),
)
MT_3, MO_3, MO_2, RELAY_1, MT_2 = "19 03", "15 03", "15 02", "15 01", "19 02"
STAMP = bytes.fromhex("62301080000000")
SENDER = b"\x0c\x91" + tbcd("447700900001")
GSM, EIGHT_BIT, UCS2 = 0x00, 0x04, 0x08


def packed(text: str, header: bytes = b"") -> tuple[int, bytes]:
    """User data length and user data of GSM 7 bit text behind a header, by pycrate."""
    fill = -8 * len(header) % 7
    septets: list[int] = []
    for character in text:
        octets, count = encode_7b(character + "x")  # two, since one of zeros could be padding
        bits = int.from_bytes(octets, "little")
        septets += [bits >> 7 * place & 0x7F for place in range(count - 1)]
    bits = 0
    for number, septet in enumerate(septets):
        bits |= septet << (7 * number + fill)
    size = (fill + 7 * len(septets) + 7) // 8
    length = (8 * len(header) + fill) // 7 + len(septets)
    return length, header + bits.to_bytes(size, "little")


def deliver(
    text: str, dcs: int, header: bytes = b"", sender: bytes = SENDER, kind: int = 0
) -> bytes:
    """An SMS-DELIVER (TS 23.040 9.2.2.1)."""
    first = kind | 0x04 | (0x40 if header else 0)
    return bytes([first]) + sender + bytes([0, dcs]) + STAMP + user_data(text, dcs, header)


def mt_frame(tpdu: bytes) -> bytes:
    argument = element("30", IMSI, FROM_CENTRE, element("04", tpdu))
    return in_sccp(begin(dialogue(f"04 00 00 01 00 {MT_3}"), components(invoke(44, argument))))


def sms(frame: bytes) -> Row:
    found = walked(capture([frame]))
    assert not found["problem"], found["problem"]
    (row,) = found["sms"]
    return dict(row)


def name(text: str, digits: int | None = None) -> bytes:
    """An alphanumeric TP-OA; its length is in useful half octets (9.1.2.5)."""
    count, octets = packed(text)
    return bytes([(7 * count + 3) // 4 if digits is None else digits, 0xD0]) + octets


def user_data(text: str, dcs: int, header: bytes = b"") -> bytes:
    """TP-UDL and TP-UD (9.2.3.24)."""
    if dcs == GSM:
        length, data = packed(text, header)
    else:
        data = header + text.encode("latin-1" if dcs == EIGHT_BIT else "utf-16-be")
        length = len(data)
    return bytes([length]) + data


def mo_frame(tpdu: bytes) -> bytes:
    """A frame with a mo-forwardSM."""
    argument = element("30", TO_CENTRE, SUBSCRIBER, element("04", tpdu))
    return in_sccp(begin(dialogue(f"04 00 00 01 00 {MO_3}"), components(invoke(46, argument))))


def answer_frame(opcode: int, tpdu: bytes) -> bytes:
    """A frame with the result of a forwardSM, which carries a report."""
    parameter = element("30", element("04", tpdu))
    result = element("30", element("02", bytes([opcode])), parameter)
    component = element("a2", element("02", b"\x01"), result)
    return in_sccp(element("64", element("49", b"\x00\x00\x00\x01"), components(component)))


def error_frame(tpdu: bytes, context: str = "") -> bytes:
    """A frame with sm-DeliveryFailure, which carries a report (TS 29.002 17.6.6)."""
    parameter = element("30", element("0a", b"\x00"), element("04", tpdu))
    component = element("a3", element("02", b"\x01"), element("02", b"\x20"), parameter)
    told = dialogue(f"04 00 00 01 00 {context}") if context else b""
    return in_sccp(element("64", element("49", b"\x00\x00\x00\x01"), told, components(component)))
