"""Requests encoded so that a filter does not see what they are, and own titles from outside.

Each trick is put on provideSubscriberInfo or anyTimeInterrogation about an own subscriber.
"""

from collections.abc import Callable

from tests.scenes import operations as basic
from tests.scenes.digits import tbcd
from tests.scenes.sigtran import Address, udt
from tests.week import flows, operations
from tests.week.attackers import any_time, attacker, both, rented, succeeds, victim
from tests.week.flows import vectors
from tests.week.story import Story, Week, request
from tests.week.transactions import asked, begin, context, element, end, invoke
from tests.week.world import HOME, Network

HLR_NODE, VLR_NODE = HOME.node("hlr"), HOME.node("vlr")
INFO, INTERROGATION = 70, 71
WANTED = b"\xa1\x02\x80\x00"  # requestedInfo: locationInformation
Trick = Callable[[bytes, str, str], bytes]


def parameter(imsi: str) -> bytes:
    """provideSubscriberInfo's."""
    return element(0x30, element(0x80, tbcd(imsi)), WANTED)


def bare_context(otid: bytes, imsi: str, source: str) -> bytes:
    """A begin that names no application context."""
    return begin(otid, b"", invoke(INFO, parameter(imsi)))


def longer_context(otid: bytes, imsi: str, source: str) -> bytes:
    """The context with an arc more."""
    return begin(otid, asked(context(INFO, 3) + b"\x01"), invoke(INFO, parameter(imsi)))


def other_context(otid: bytes, imsi: str, source: str) -> bytes:
    """provideSubscriberInfo in a context for short messages."""
    return begin(otid, asked(context(45, 3)), invoke(INFO, parameter(imsi)))


def global_code(otid: bytes, imsi: str, source: str) -> bytes:
    """The operation named by an object identifier."""
    code = b"\x06\x03\x00\x00\x46"
    component = element(0xA1, b"\x02\x01\x01", code, parameter(imsi))
    return begin(otid, asked(context(INFO, 3)), component)


def long_identifier(otid: bytes, imsi: str, source: str) -> bytes:
    """A transaction id of eight octets."""
    return begin(bytes(4) + otid, asked(context(INFO, 3)), invoke(INFO, parameter(imsi)))


def two_operations(otid: bytes, imsi: str, source: str) -> bytes:
    """A harmless operation in front."""
    harmless = request(operations.ready_for_sm, imsi)
    first = invoke(66, harmless.parameter)
    second = invoke(INFO, parameter(imsi), 2)
    return begin(otid, asked(context(66, 3)), first, second)


def long_tag(otid: bytes, imsi: str, source: str) -> bytes:
    """The IMSI's tag in the form for high numbers."""
    digits = tbcd(imsi)
    sequence = element(0x30, b"\x9f\x00" + bytes([len(digits)]) + digits, WANTED)
    return begin(otid, asked(context(INFO, 3)), invoke(INFO, sequence))


def long_length(otid: bytes, imsi: str, source: str) -> bytes:
    """The IMSI's length in more octets than it needs."""
    digits = tbcd(imsi)
    sequence = element(0x30, b"\x80\x81" + bytes([len(digits)]) + digits, WANTED)
    return begin(otid, asked(context(INFO, 3)), invoke(INFO, sequence))


def open_length(otid: bytes, imsi: str, source: str) -> bytes:
    """A parameter of indefinite length."""
    inside = element(0x80, tbcd(imsi)) + WANTED
    sequence = b"\x30\x80" + inside + b"\x00\x00"
    return begin(otid, asked(context(INFO, 3)), invoke(INFO, sequence))


def long_code(otid: bytes, imsi: str, source: str) -> bytes:
    """The operation's code in two octets."""
    component = element(0xA1, b"\x02\x01\x01", b"\x02\x02\x00\x46", parameter(imsi))
    return begin(otid, asked(context(INFO, 3)), component)


def octets_behind(otid: bytes, imsi: str, source: str) -> bytes:
    """Octets behind the parameter."""
    inside = element(0x80, tbcd(imsi)) + WANTED
    component = element(
        0xA1, b"\x02\x01\x01\x02\x01\x46", element(0x30, inside), b"\xde\xad\xbe\xef"
    )
    return begin(otid, asked(context(INFO, 3)), component)


TRICKS: dict[Trick, str] = {
    bare_context: "MAP-ENC-04",
    longer_context: "MAP-ENC-05",
    other_context: "MAP-ENC-06",
    global_code: "MAP-ENC-01",
    long_identifier: "MAP-ENC-08",
    two_operations: "MAP-ENC-07",
    long_tag: "MAP-ENC-02",
    long_length: "MAP-ENC-03",
    open_length: "MAP-ENC-03 MAP-LOC-02",  # which conformant networks use too
    long_code: "MAP-ENC-03 MAP-ENC-01 MAP-ENC-12",
    octets_behind: "MAP-ENC-12",
}


def tricky(week: Week, trick: Trick) -> None:
    network, number, answered = attacker(week, 0.2), victim(week), succeeds(week, 0.5)
    source, imsi = rented(week, network, "hlr"), HOME.imsi(number)
    family = f"evasion: {trick.__name__.replace('_', ' ')}"
    story = week.attack(family, TRICKS[trick], any_time(week), *both(number), source.digits,
                        answered=answered)  # fmt: skip
    otid = story.transaction(source.digits)
    octets = trick(otid, imsi, source.digits)
    way = story.way_in(network)
    story.carry(way, udt(VLR_NODE, source, octets))
    story.wait(0.5)
    if answered:
        dtid = bytes(4) + otid if trick is long_identifier else otid
        result = found(story, 2 if trick is two_operations else 1)
        story.carry(way.reverse(), udt(source, VLR_NODE, end(dtid, b"", result)))


def found(story: Story, invoke_id: int) -> bytes:
    """The result with a location, under an invoke id."""
    octets = flows.here(INFO, VLR_NODE, HOME, story)
    at = octets.index(b"\x02\x01\x01")
    return octets[:at] + bytes([2, 1, invoke_id]) + octets[at + 3 :]


def each_trick(week: Week) -> None:
    """All eleven, each on another subscriber."""
    for trick in TRICKS:
        tricky(week, trick)


def own_title(week: Week) -> None:
    """A request under an own node's title comes in over the border."""
    network, number = attacker(week), victim(week)
    imsi, msisdn = both(number)
    spoofed = week.random.choice((HOME.node("smsc"), HOME.node("hlr"), HOME.node("gsmscf")))
    story = week.attack("own title from outside", "MAP-ORG-01", any_time(week), imsi, msisdn,
                        spoofed.digits)  # fmt: skip
    for _ in range(week.random.randrange(1, 3)):
        ask_as(story, network, spoofed, number)
        story.wait(60)


def ask_as(story: Story, network: Network, spoofed: Address, number: int) -> None:
    imsi, way = HOME.imsi(number), story.way_in(network)
    if spoofed == HOME.node("smsc"):
        wanted = request(basic.routing_info_for_sm, HOME.msisdn(number), spoofed.digits)
        story.ask(way, spoofed, HLR_NODE, wanted, None)
    elif spoofed == HOME.node("hlr"):
        wanted = request(basic.provide_subscriber_info, imsi)
        story.ask(way, spoofed, VLR_NODE, wanted, flows.here(INFO, VLR_NODE, HOME, story))
    else:
        wanted = request(operations.any_time_interrogation, imsi, spoofed.digits)
        answer = flows.here(INTERROGATION, VLR_NODE, HOME, story)
        story.ask(way, spoofed, HLR_NODE, wanted, answer)


def other_address(week: Week) -> None:
    """The address inside the operation is of another network than the calling title."""
    network, number = attacker(week), victim(week)
    source, (imsi, msisdn) = rented(week, network, "vlr"), both(number)
    story = week.attack("address of another network", "MAP-ORG-02 MAP-ID-01 MAP-LOC-01",
                        any_time(week), imsi, msisdn, source.digits)  # fmt: skip
    way, claimed = story.way_in(network), "23499" if network.plmn != "23499" else "26299"
    if week.random.random() < 0.5:
        wanted = request(operations.send_authentication_info, imsi, operations.plmn(claimed))
        title = HOME.mobile_title(imsi)
        story.ask(way, source, title, wanted, vectors(story), HLR_NODE)
        return
    platform = HOME.node("gsmscf").digits
    wanted = request(operations.any_time_interrogation, imsi, platform)
    story.ask(way, source, HLR_NODE, wanted, flows.here(71, VLR_NODE, HOME, story))


FAMILIES = (each_trick, own_title, other_address)
