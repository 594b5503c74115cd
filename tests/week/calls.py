"""Calls with CAMEL (TS 29.078): initialDP, what the platform orders, and the report at the end."""

from collections.abc import Sequence

from tests.scenes.dialogue import Way
from tests.scenes.digits import address, tbcd
from tests.scenes.sigtran import Address
from tests.week import transactions
from tests.week.flows import some_wrap
from tests.week.story import Story
from tests.week.transactions import CAMEL_2, element
from tests.week.world import Network

INITIAL, CONNECT, REPORT_EVENTS, EVENT, CONTINUE, APPLY_CHARGING = 0, 20, 23, 24, 31, 35


def called_party(number: str) -> bytes:
    """A CalledPartyNumber of ISUP, international (Q.763 3.9)."""
    odd = len(number) % 2
    digits = tbcd(number)
    if odd:
        digits = digits[:-1] + bytes([digits[-1] & 0x0F])
    return bytes([odd << 7 | 4, 0x10]) + digits


def initial(imsi: str, msisdn: str, dialled: str, msc: str, key: int = 1) -> bytes:
    """The parameter of initialDP of an originating call."""
    return element(
        0x30,
        element(0x80, bytes([key])),
        element(0x83, bytes([3 | (len(msisdn) % 2) << 7, 0x13]) + tbcd(msisdn)),
        element(0x9C, b"\x02"),  # eventTypeBCSM collectedInfo
        element(0x9F32, tbcd(imsi)),
        element(0xBF34, element(0x81, address(msc))),
        element(0x9F37, address(msc)),
        element(0x9F38, address(dialled)),
    )


def events() -> bytes:
    """requestReportBCSMEvent: tell of the answer and of the end."""
    armed = [
        element(0x30, element(0x80, bytes([kind])), b"\x81\x01\x01") for kind in (7, 9)
    ]  # fmt: skip
    return element(0x30, element(0xA0, *armed))


def connect(number: str) -> bytes:
    """The parameter of connect: where the call shall go instead."""
    return element(0x30, element(0xA0, element(0x04, called_party(number))))


def call(
    story: Story, way: Way, switch: Address, platform: Address, initial_dp: bytes,
    orders: Sequence[bytes], context: bytes = CAMEL_2,
) -> None:  # fmt: skip
    """initialDP, orders of the platform, and the report of the end that closes the dialogue."""
    story.week.dialogues += not story.attack
    otid, dtid = story.transaction(switch.digits), story.transaction(platform.digits)
    back, wrap = way.reverse(), some_wrap(story)
    asked = transactions.invoke(INITIAL, initial_dp)
    opened = transactions.begin(otid, transactions.asked(context), asked)
    story.carry(way, wrap(platform, switch, opened))
    story.wait(0.4, 0.8)
    agreed = transactions.agreed(context)
    ordered = transactions.proceed(dtid, otid, agreed, *orders)
    story.carry(back, wrap(switch, platform, ordered))
    story.wait(90, 0.9)
    over = element(0x30, b"\x80\x01\x09")  # eventReportBCSM: oDisconnect
    told = transactions.proceed(otid, dtid, b"", transactions.invoke(EVENT, over, 2))
    story.carry(way, wrap(platform, switch, told))
    story.wait(0.2, 0.8)
    story.carry(back, wrap(switch, platform, transactions.end(otid, b"")))
    story.wait(5)


def call_of_roamer(
    story: Story, way: Way, visited: Network, platform: Address, home: Network, number: int,
    site: int, dialled: str,
) -> None:  # fmt: skip
    """A call that the home platform lets go on."""
    asked = initial(
        home.imsi(number), home.msisdn(number), dialled, visited.node("msc", site).digits
    )
    orders = [
        transactions.invoke(REPORT_EVENTS, events(), 1), transactions.invoke(CONTINUE, b"", 2),
    ]  # fmt: skip
    call(story, way, visited.node("ssf", site), platform, asked, orders)
