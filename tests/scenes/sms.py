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
