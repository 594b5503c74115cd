"""Short messages and USSD strings, all invented, and the TPDUs around them (TS 23.040 9.2)."""

from datetime import UTC, datetime
from random import Random

from tests.scenes.sms import party, septets, stamp

WORDS = (
    "market", "Saturday", "football", "the bus", "dinner", "Auntie", "the shop", "rain", "church",
    "school", "the wedding", "rice", "the river", "work", "Monday", "music", "the garden",
)  # fmt: skip
BANKS = ("ExMoney", "ExBank", "2336100")  # dfs_provider.senders of network.toml
SITES = ("Exchatter", "ExVideo", "ExCabs", "ExShop", "ExGames", "ExMaps")  # send codes from abroad
BRANDS = ("ExFashion", "ExPizza", "ExAir", "ExSuper")
GSM, UCS2 = 0x00, 0x08


def chat(random: Random) -> str:
    one, other = random.sample(WORDS, 2)
    return f"INVENTED: see you near {one}, then {other}?"


def code(random: Random, sender: str) -> str:
    return f"INVENTED: your {sender} code is {random.randrange(10**6):06d}. Do not share it."


def welcome() -> str:
    return "INVENTED: welcome abroad. Calls cost 0.10 a minute, data 0.02 a megabyte."


def offer(random: Random, brand: str) -> str:
    return f"INVENTED: {brand} gives {random.randrange(5, 60)} percent off {random.choice(WORDS)}."


def user_data(text: str, coding: int, header: bytes) -> bytes:
    if coding == UCS2:
        data = header + text.encode("utf-16-be")
        return bytes([len(data)]) + data
    fill = -8 * len(header) % 7
    bits = int.from_bytes(septets(text), "little") << fill
    size = (7 * len(text) + fill + 7) // 8
    length = (8 * len(header) + fill) // 7 + len(text)
    return bytes([length]) + header + bits.to_bytes(size, "little")


def deliver(
    sender: str, text: str, moment: int, coding: int = GSM, header: bytes = b"", pid: int = 0,
    dcs: int | None = None,
) -> bytes:  # fmt: skip
    """An SMS-DELIVER; moment in microseconds, when the centre got it."""
    first = 0x04 | (0x40 if header else 0)
    when = stamp(datetime.fromtimestamp(moment // 1_000_000, UTC))
    head = bytes([first]) + party(sender) + bytes([pid, coding if dcs is None else dcs]) + when
    return head + user_data(text, coding, header)


def part(reference: int, total: int, number: int) -> bytes:
    """The user data header of a part of a long message."""
    return bytes([5, 0, 3, reference & 0xFF, total, number])


def submit(recipient: str, text: str, reference: int) -> bytes:
    """An SMS-SUBMIT without validity period."""
    head = bytes([0x01, reference & 0xFF]) + party(recipient) + b"\x00\x00"
    return head + user_data(text, GSM, b"")


def status_report(recipient: str, moment: int, reference: int) -> bytes:
    """An SMS-STATUS-REPORT of a delivered message (9.2.2.3)."""
    when = stamp(datetime.fromtimestamp(moment // 1_000_000, UTC))
    return bytes([0x06, reference & 0xFF]) + party(recipient) + when + when + b"\x00"


def to_the_card(sender: str, moment: int, area: bytes, security: bytes, payload: bytes) -> bytes:
    """A command packet for an application on the SIM (TS 31.115 4.2), SMS-PP download.

    area is the TAR, security the SPI, KIc and KID.
    """
    head = security + area + bytes(6)  # and counter and padding counter
    packet = bytes([len(head)]) + head + payload
    data = b"\x02\x70\x00" + (len(packet)).to_bytes(2, "big") + packet
    when = stamp(datetime.fromtimestamp(moment // 1_000_000, UTC))
    return b"\x44" + party(sender) + b"\x7f\xf6" + when + bytes([len(data)]) + data


def ussd(text: str) -> bytes:
    """A USSD string in the GSM alphabet; a text of 8n-1 characters is filled with a CR."""
    return septets(text + "\r" * (len(text) % 8 == 7))
