"""What happens again and again: authentication, registration, delivery of a short message."""

from collections.abc import Callable
from zlib import crc32

from tests.scenes import operations as basic
from tests.scenes import tcap
from tests.scenes.dialogue import Way
from tests.scenes.digits import address, tbcd
from tests.scenes.sigtran import Address, segments, udt, xudt
from tests.week import operations, transactions
from tests.week.links import INSIDE
from tests.week.story import DONE, Answer, Request, Story, given, request
from tests.week.transactions import context, references
from tests.week.world import BURKINA, CHINA, HOME, Network

FORWARD_2 = context(44, 2)
Wrap = Callable[..., bytes | list[bytes]]


def some_wrap(story: Story) -> Wrap:
    return xudt_by_age if story.chance(0.2) else udt_by_age


def udt_by_age(called: Address, calling: Address, message: bytes) -> bytes:
    return udt(called, calling, by_age(calling, message))


def xudt_by_age(called: Address, calling: Address, message: bytes) -> bytes:
    return xudt(called, calling, by_age(calling, message))


def segmented(called: Address, calling: Address, message: bytes) -> bytes | list[bytes]:
    """In XUDTs of 150 octets each where it is long."""
    if len(message) <= 180:
        return xudt(called, calling, message)
    parts = [message[start : start + 150] for start in range(0, len(message), 150)]
    return segments(called, calling, parts, crc32(message) & 0xFFFFFF)


def by_age(calling: Address, message: bytes) -> bytes:
    """Nodes of Partner China are old and leave lengths open, which Q.773 allows."""
    return tcap.indefinite(message) if calling.digits.startswith(CHINA.prefix) else message


def vectors(story: Story) -> bytes:
    random = story.random
    return given(56, operations.vectors_result, random.randbytes(16), random.randbytes(16))


def triplets(story: Story) -> bytes:
    """The result of version 2: RAND, SRES and Kc of GSM."""
    octets, element = story.random.randbytes(28), transactions.element
    parts = (octets[:16], octets[16:20], octets[20:])
    triplet = element(0x30, *(element(0x04, part) for part in parts))
    return transactions.result(56, element(0x30, triplet))


def authenticate(
    story: Story, way: Way, vlr: Address, home: Network, imsi: str, visited: Network,
    answer: Answer = b"", version: int = 3,
) -> None:  # fmt: skip
    """sendAuthenticationInfo to the HLR, by the subscriber's mobile title."""
    if version == 3:
        write = operations.send_authentication_info
        if vlr.ssn == 149:
            write = operations.send_authentication_info_by_sgsn
        asked = request(write, imsi, operations.plmn(visited.plmn))
    else:
        asked = request(operations.send_authentication_info_old, imsi, version=2)
    if answer == b"":
        answer = vectors(story) if version == 3 else triplets(story)
    title = home.mobile_title(imsi)
    story.ask(way, vlr, title, asked, answer, home.node("hlr"), some_wrap(story))
    story.wait(1)


def location_update(imsi: str, msc: Address, vlr: Address, imei: str | None = None) -> Request:
    if imei:
        write = operations.update_location_with_imei
        return request(write, imsi, msc.digits, vlr.digits, imei)
    return request(basic.update_location, imsi, msc.digits, vlr.digits)


def profile_of(home: Network, number: int, with_platform: bool) -> Request:
    if with_platform:
        write, platform = operations.profile_with_platform, home.node("gsmscf").digits
        return request(write, home.msisdn(number), platform)
    return request(operations.profile, home.msisdn(number))


def profile_by_number(home: Network, number: int) -> Request:
    """What the HLR sends in a registration: short, with a platform, or long."""
    if number % 11 == 0:
        return request(operations.long_profile, home.msisdn(number))
    return profile_of(home, number, number % 3 == 0)


def hlr_told(opcode: int, home: Network) -> bytes:
    return given(opcode, operations.hlr_result, home.node("hlr").digits)


def arrive(
    story: Story, way: Way, home: Network, visited: Network, number: int, site: int,
    authenticated: bool = True, imei: str | None = None, sender: Address | None = None,
    segments: int = 1,
) -> None:  # fmt: skip
    """Vectors, then updateLocation with the profile inside; `sender` speaks for the VLR."""
    imsi, vlr, msc = home.imsi(number), visited.node("vlr", site), visited.node("msc", site)
    calling, old = sender or vlr, BURKINA in (home, visited)
    if authenticated:
        authenticate(story, way, calling, home, imsi, visited, version=2 if old else 3)
    if old:
        arrive_in_version_2(story, way, home, imsi, vlr, msc, home.msisdn(number))
        return
    story.register(
        way, calling, home.mobile_title(imsi), location_update(imsi, msc, vlr, imei),
        profile_by_number(home, number), hlr_told(2, home), home.node("hlr"),
        segmented if number % 11 == 0 else some_wrap(story), segments=segments,
    )  # fmt: skip
    story.wait(2)


def arrive_in_version_2(
    story: Story, way: Way, home: Network, imsi: str, vlr: Address, msc: Address, msisdn: str
) -> None:
    """As Partner Burkina's network still does."""
    hlr = home.node("hlr")
    asked = request(basic.update_location_old, imsi, msc.digits, vlr.digits, version=2)
    profile = request(operations.profile, msisdn, version=2)
    answer = transactions.result(2, transactions.element(0x04, address(hlr.digits)))
    title = home.mobile_title(imsi)
    story.register(way, vlr, title, asked, profile, answer, hlr, some_wrap(story))
    story.wait(2)


def arrive_packet(
    story: Story, way: Way, home: Network, visited: Network, number: int, site: int,
    sender: Address | None = None,
) -> None:  # fmt: skip
    """The same in the packet domain, at an SGSN."""
    imsi, sgsn = home.imsi(number), visited.node("sgsn", site)
    calling = sender or sgsn
    if story.chance(0.6):
        authenticate(story, way, calling, home, imsi, visited)
    asked = request(
        operations.update_gprs_location, imsi, sgsn.digits, bytes([192, 0, 2, 100 + site])
    )
    story.register(
        way, calling, home.mobile_title(imsi), asked, profile_by_number(home, number),
        hlr_told(23, home), home.node("hlr"), segmented if number % 11 == 0 else some_wrap(story),
    )  # fmt: skip
    story.wait(2)


def cancel(story: Story, way: Way, home: Network, vlr: Address, imsi: str) -> None:
    """The HLR cancels the registration at the node before."""
    if story.chance(0.3):
        asked = request(basic.cancel_location_bare, imsi, version=2)
    else:
        asked = request(operations.cancel_for_update, imsi)
    story.ask(way, home.node("hlr"), vlr, asked, DONE, wrap=some_wrap(story))
    story.wait(1)


def look_up(
    story: Story, way: Way, centre: Address, home: Network, number: int, node: Address,
    answer: Answer = b"", version: int = 3,
) -> None:  # fmt: skip
    """sendRoutingInfoForSM, addressed by the number itself as SMSCs do."""
    msisdn = home.msisdn(number)
    asked = request(basic.routing_info_for_sm, msisdn, centre.digits, version=version)
    if answer == b"":
        write = (
            operations.routing_info_for_sm_result_old
            if version < 3
            else (basic.routing_info_for_sm_result)
        )
        answer = given(45, write, home.imsi(number), node.digits, version=version)
    called = Address(msisdn, home.node("hlr").ssn)
    story.ask(way, centre, called, asked, answer, home.node("hlr"), some_wrap(story))
    story.wait(1.5)


def forward(
    story: Story, way: Way, centre: Address, node: Address, imsi: str, tpdu: bytes,
    answer: Answer = DONE, version: int = 3, sender: Address | None = None,
) -> None:  # fmt: skip
    """A short message to the node that serves the subscriber; `sender` is the calling title."""
    if version < 3:
        write, context = basic.forward_to_subscriber_old, FORWARD_2 if version == 2 else b""
        asked = request(write, imsi, centre.digits, tpdu, version=version, context=context)
    else:
        asked = request(basic.forward_to_subscriber, imsi, centre.digits, tpdu)
    long = version > 1 and (len(tpdu) > 90 or story.chance(0.2))
    story.ask(way, sender or centre, node, asked, answer, None, some_wrap(story), open_first=long)
    story.wait(2)


def submit(
    story: Story, way: Way, msc: Address, home: Network, number: int, tpdu: bytes,
    answer: Answer = DONE,
) -> None:  # fmt: skip
    """A short message from a subscriber to the own centre."""
    centre, msisdn = home.node("smsc"), home.msisdn(number)
    asked = request(basic.forward_from_subscriber, msisdn, centre.digits, tpdu)
    if story.chance(0.4):
        write = operations.text_from_subscriber
        asked = request(write, msisdn, home.imsi(number), centre.digits, tpdu)
    story.ask(way, msc, centre, asked, answer, wrap=some_wrap(story))
    story.wait(2)


def service(
    story: Story, way: Way, vlr: Address, home: Network, number: int, asked: Request, answer: Answer
) -> None:
    """A supplementary service or USSD: the dialogue's references name the subscriber."""
    named = references(b"\x96" + tbcd(home.imsi(number)), vlr.digits)
    whole = asked._replace(references=named)
    story.ask(way, vlr, home.node("hlr"), whole, answer, wrap=some_wrap(story))
    story.wait(2)


def ask_whereabouts(
    story: Story, way: Way, hlr: Address, vlr: Address, imsi: str, visited: Network,
    answer: Answer = b"",
) -> None:  # fmt: skip
    """provideSubscriberInfo."""
    if answer == b"":
        answer = here(70, vlr, visited, story)
    asked = request(basic.provide_subscriber_info, imsi)
    story.ask(way, hlr, vlr, asked, answer, wrap=some_wrap(story))


def here(opcode: int, vlr: Address, visited: Network, story: Story) -> bytes:
    place = operations.plmn(visited.plmn) + story.random.randbytes(4)
    return given(opcode, operations.where, vlr.digits, place)


def at_home(story: Story, number: int, site: int) -> None:
    """An own subscriber registers at an own VLR; seen on the inside link alone."""
    arrive(story, INSIDE, HOME, HOME, number, site, story.chance(0.7))
