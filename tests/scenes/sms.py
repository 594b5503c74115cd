"""Short message TPDUs (TS 23.040 9.2) in the GSM 7-bit alphabet (TS 23.038 6.1.2)."""

from datetime import UTC, datetime

from tests.scenes.digits import tbcd

INVENTED_CODE = "INVENTED SAMPLE: your ExMoney code is 000000. Do not share it."
INVENTED_GREETING = "INVENTED SAMPLE: see you at the market on Saturday"
INVENTED_WELCOME = "INVENTED SAMPLE: welcome abroad. Calls cost 0.10 a minute"


def septets(text: str) -> bytes:
    """Characters that ASCII and the GSM alphabet share, seven bits each, low bits first."""
    bits = 0
    for position, character in enumerate(text):
        bits |= ord(character) << 7 * position
    return bits.to_bytes((7 * len(text) + 7) // 8, "little")


def party(number: str) -> bytes:
    """A TP-address (9.1.2.5): international, or alphanumeric where it has letters."""
    if number.isdigit():
        return bytes([len(number), 0x91]) + tbcd(number)
    packed = septets(number)
    return bytes([(7 * len(number) + 3) // 4, 0xD0]) + packed


def stamp(moment: datetime) -> bytes:
    """A TP-SCTS in UTC (9.2.3.11)."""
    return tbcd(moment.strftime("%y%m%d%H%M%S") + "00")


def deliver(sender: str, text: str, moment: datetime = datetime(2026, 3, 1, tzinfo=UTC)) -> bytes:
    """An SMS-DELIVER without header (9.2.2.1)."""
    head = b"\x04" + party(sender) + b"\x00\x00" + stamp(moment)
    return head + bytes([len(text)]) + septets(text)


def submit(recipient: str, text: str, reference: int = 1) -> bytes:
    """An SMS-SUBMIT without validity period (9.2.2.2)."""
    head = bytes([0x01, reference & 0xFF]) + party(recipient) + b"\x00\x00"
    return head + bytes([len(text)]) + septets(text)


def silent(sender: str, moment: datetime) -> bytes:
    """A message of type 0, without text (9.2.3.9)."""
    return b"\x04" + party(sender) + b"\x40\x00" + stamp(moment) + b"\x00"


def coded(sender: str, moment: datetime, coding: int, text: str = "", pid: int = 0) -> bytes:
    """An SMS-DELIVER with that data coding scheme (TS 23.038 4) and text of seven bits."""
    head = b"\x04" + party(sender) + bytes([pid, coding]) + stamp(moment)
    return head + bytes([len(text)]) + septets(text)


def with_header(
    sender: str, moment: datetime, header: bytes, content: bytes, coding: int = 0x04, pid: int = 0
) -> bytes:
    """An SMS-DELIVER of eight bits with a user data header (9.2.3.24)."""
    data = bytes([len(header)]) + header + content
    head = b"\x44" + party(sender) + bytes([pid, coding]) + stamp(moment)
    return head + bytes([len(data)]) + data


def command(tar: bytes, protected: bool) -> bytes:
    """A command packet for the SIM (TS 31.115 4.1): CPL, CHL, SPI, KIc, KID, TAR, CNTR, PCNTR."""
    security = b"\x0e\x21\x15\x15" if protected else b"\x00\x00\x00\x00"
    header = security + tar + bytes(5) + b"\x00" + (bytes(range(8)) if protected else b"")
    body = bytes([len(header)]) + header + b"\xd0\x07\x81\x03\x01\x00\x00"
    return len(body).to_bytes(2, "big") + body


def binary_submit(recipient: str, content: bytes) -> bytes:
    """An SMS-SUBMIT of eight bits."""
    return b"\x01\x07" + party(recipient) + b"\x00\x04" + bytes([len(content)]) + content
