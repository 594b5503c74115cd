"""Dialogues and addresses misused: MAP-ENC-09 to -14, CAP-03, CAP-05, MAP-ID-02, MAP-ID-08."""

from tests.scenes import operations as basic
from tests.scenes.digits import address, tbcd
from tests.scenes.sigtran import Address, segments, udt, xudt
from tests.week import clock, flows, operations, transactions
from tests.week.attackers import any_time, attacker, both, rented, victim
from tests.week.operations import ROAMING_NOT_ALLOWED
from tests.week.story import DONE, Request, Week, refusal, request
from tests.week.transactions import CAMEL_2, asked, begin, context, element, end, invoke
from tests.week.world import BRITAIN, HOME, title

HLR_NODE, VLR_NODE = HOME.node("hlr"), HOME.node("vlr")
INFO, ANY_TIME = 70, 71


def whereabouts(imsi: str, otid: bytes) -> bytes:
    """A begin with provideSubscriberInfo."""
    parameter = request(basic.provide_subscriber_info, imsi).parameter
    return begin(otid, asked(context(INFO, 3)), invoke(INFO, parameter))


def tiny_segments(week: Week) -> None:
    """A short request in pieces so small that the first does not say what it is."""
    network, number = attacker(week), victim(week)
    source = rented(week, network, "hlr")
    story = week.attack("evasion: tiny segments", "MAP-ENC-10", any_time(week), *both(number),
                        source.digits)  # fmt: skip
    otid = story.transaction(source.digits)
    message = whereabouts(HOME.imsi(number), otid)
    parts = [message[start : start + 24] for start in range(0, len(message), 24)]
    way = story.way_in(network)
    story.carry(way, segments(VLR_NODE, source, parts, week.random.randrange(1 << 24)))
    story.wait(0.5)
    answer = flows.here(INFO, VLR_NODE, HOME, story)
    story.carry(way.reverse(), xudt(source, VLR_NODE, end(otid, b"", answer)))


def taken_over(week: Week) -> None:
    """A network here answers in a dialogue that another one opened, with a profile of its own."""
    network, number = attacker(week, 0), victim(week)
    source, hlr = rented(week, network, "hlr"), BRITAIN.node("hlr")
    imsi, msisdn = BRITAIN.imsi(number), BRITAIN.msisdn(number)
    story = week.attack("dialogue taken over", "MAP-ENC-11 MAP-INT-11", any_time(week), imsi,
                        msisdn, source.digits, hlr.digits)  # fmt: skip
    update = flows.location_update(imsi, HOME.node("msc"), VLR_NODE)
    profile = request(operations.profile_with_platform, msisdn, source.digits)
    story.register(
        story.way_out(network), VLR_NODE, BRITAIN.mobile_title(imsi), update, profile,
        flows.hlr_told(2, BRITAIN), hlr, writes_as=source,
    )  # fmt: skip


def roles_swapped(week: Week) -> None:
    """A register opens a registration, and writes the profile itself, which only the HLR may."""
    network, number = attacker(week, 0), victim(week)
    vlr, msc = rented(week, network, "vlr"), rented(week, network, "msc")
    (imsi, msisdn), platform = both(number), rented(week, network, "gsmscf")
    story = week.attack("roles swapped", "MAP-ENC-11", any_time(week), imsi, msisdn,
                        vlr.digits)  # fmt: skip
    way, otid, dtid = story.way_in(network), story.transaction(vlr.digits), b"\0\1\2\3"
    update = flows.location_update(imsi, msc, vlr)
    opened = begin(otid, asked(update.context), invoke(update.opcode, update.parameter))
    story.carry(way, udt(HLR_NODE, vlr, opened))
    story.wait(0.4)
    agreed = transactions.agreed(update.context)
    story.carry(way.reverse(), udt(vlr, HLR_NODE, transactions.proceed(dtid, otid, agreed)))
    story.wait(0.4)
    data = request(operations.profile_with_platform, msisdn, platform.digits)
    written = invoke(data.opcode, data.parameter, 2)
    story.carry(way, udt(HLR_NODE, vlr, transactions.proceed(otid, dtid, b"", written)))
    story.wait(0.4)
    done = end(otid, b"", transactions.result(data.opcode, invoke_id=2))
    story.carry(way.reverse(), udt(vlr, HLR_NODE, done))


def begun_again(week: Week) -> None:
    """A lookup, and a location request under its transaction id before it is answered."""
    network, number = attacker(week), victim(week)
    source = rented(week, network, "smsc")
    story = week.attack("begin reused", "MAP-ENC-11", any_time(week), *both(number),
                        source.digits)  # fmt: skip
    way, otid = story.way_in(network), story.transaction(source.digits)
    harmless = request(basic.routing_info_for_sm, HOME.msisdn(number), source.digits)
    opened = begin(otid, asked(harmless.context), invoke(harmless.opcode, harmless.parameter))
    story.carry(way, udt(HLR_NODE, source, opened))
    story.wait(4)
    story.carry(way, udt(VLR_NODE, source, whereabouts(HOME.imsi(number), otid)))
    story.wait(0.5)
    answer = flows.here(INFO, VLR_NODE, HOME, story)
    story.carry(way.reverse(), udt(source, VLR_NODE, end(otid, b"", answer)))


def nameless(week: Week) -> None:
    """A calling address whose title has letters for digits, in the national form."""
    network, number = attacker(week, 0), victim(week)
    imsi, msisdn = both(number)
    source = Address(f"{network.prefix}1b{week.random.randrange(100):02d}c", 6)
    story = week.attack("odd calling address", "MAP-ENC-13", any_time(week), imsi, msisdn,
                        source.digits, answered=False)  # fmt: skip
    way, otid = story.way_in(network), story.transaction("nameless")
    story.carry(way, udt(VLR_NODE, source, whereabouts(imsi, otid)))


def other_subsystem(week: Week) -> None:
    """anyTimeInterrogation to a subsystem that is no part of MAP."""
    network, number = attacker(week), victim(week)
    source = rented(week, network, "gsmscf")
    story = week.attack("odd subsystem", "MAP-ENC-09", any_time(week), *both(number),
                        source.digits)  # fmt: skip
    called = Address(HLR_NODE.digits, week.random.choice((0, 12, 252)))
    wanted = request(operations.any_time_interrogation, HOME.imsi(number), source.digits)
    answer = flows.here(ANY_TIME, VLR_NODE, HOME, story)
    story.ask(story.way_in(network), source, called, wanted, answer, HLR_NODE)


def fuzzing(week: Week) -> None:
    """One wrong encoding after the other, each rejected."""
    network, number = attacker(week), victim(week)
    source = rented(week, network, "msc")
    story = week.attack("fuzzing", "MAP-ENC-14 MAP-ENC-12", any_time(week), source.digits,
                        *both(number), answered=False)  # fmt: skip
    for _ in range(week.random.randrange(12, 16)):
        broken = element(0x30, element(0x80, week.random.randbytes(2)))
        opcode, version = week.random.choice((INFO, ANY_TIME, 45)), week.random.choice((2, 3, 4))
        odd = Request(opcode, broken, 3, context(opcode, version))
        mistyped = transactions.reject(1, 2)
        story.ask(story.way_in(network), source, VLR_NODE, odd, mistyped)
        story.wait(60)


def refused_registrations(week: Week) -> None:
    """updateLocation for one subscriber after the other, to see whom it is refused for."""
    network = attacker(week, 0.3)
    source, msc = rented(week, network, "vlr"), rented(week, network, "msc")
    story = week.attack("UL probing", "MAP-INT-18 MAP-ID-03 MAP-INT-01 MAP-INT-03", any_time(week),
                        source.digits, msc.digits, answered=False)  # fmt: skip
    for _ in range(week.random.randrange(22, 30)):
        imsi = HOME.imsi(victim(week))
        update = flows.location_update(imsi, msc, source)
        way, told = story.way_in(network), refusal(ROAMING_NOT_ALLOWED)
        story.ask(way, source, HOME.mobile_title(imsi), update, told, HLR_NODE)
        story.wait(60)


def failures_reported(week: Week) -> None:
    """authenticationFailureReport from a network where the subscriber is not."""
    network, number = attacker(week), victim(week)
    before = week.story(clock.moment(week.random, 0, 6))
    flows.at_home(before, number, 1)
    before.wait(3000)
    source = rented(week, network, "vlr")
    story = week.attack("authenticationFailureReport", "MAP-ID-02", before.now, *both(number),
                        source.digits, grave=False)  # fmt: skip
    told = request(operations.authentication_failed, HOME.imsi(number), source.digits)
    for _ in range(week.random.randrange(2, 13)):
        story.ask(story.way_in(network), source, HLR_NODE, told, DONE)
        story.wait(100)


def data_sent_away(week: Week) -> None:
    """The own HLR tells a stranger's gsmSCF of changes: somebody had asked it to."""
    network, number = attacker(week, 0), victim(week)
    platform, (imsi, msisdn) = rented(week, network, "gsmscf"), both(number)
    story = week.attack("noteSubscriberDataModified to a stranger", "MAP-ID-08", any_time(week),
                        imsi, msisdn, platform.digits)  # fmt: skip
    inside = element(0x04, tbcd(imsi)) + element(0x04, address(msisdn))
    note = Request(5, element(0x30, inside), 3, bytes([4, 0, 0, 1, 0, 22, 3]))
    story.ask(story.way_out(network), HLR_NODE, platform, note, DONE)


def map_in_camel(week: Week) -> None:
    """anyTimeInterrogation in a dialogue of CAP, to CAP's subsystem."""
    network, number = attacker(week), victim(week)
    source = title(network.prefix, "scp", 700 + week.random.randrange(40))
    story = week.attack("evasion: MAP in CAP", "CAP-03 MAP-ENC-06", any_time(week), *both(number),
                        source.digits, answered=False)  # fmt: skip
    wanted = request(operations.any_time_interrogation, HOME.imsi(number), source.digits)
    story.ask(story.way_in(network), source, Address(HLR_NODE.digits, 146),
              wanted._replace(context=CAMEL_2), refusal(21))  # fmt: skip


def short_messages_of_camel(week: Week) -> None:
    """initialDPSMS about an own subscriber from a network where he is not."""
    network, number = attacker(week), victim(week)
    before = week.story(clock.moment(week.random, 0, 6))
    flows.at_home(before, number, 1)
    before.wait(3000)
    switch = title(network.prefix, "ssf", 700 + week.random.randrange(40))
    story = week.attack("initialDPSMS from a stranger", "CAP-05 CAP-01", before.now,
                        *both(number), switch.digits, grave=False)  # fmt: skip
    inside = element(0x80, b"\x01") + element(0x81, address(HOME.msisdn(5)))
    inside += element(0x82, address(HOME.msisdn(number))) + element(0x83, b"\x01")
    inside += element(0x84, tbcd(HOME.imsi(number)))
    three = bytes.fromhex("0400000115033d")  # 0.4.0.0.1.21.3.61
    opening = Request(60, element(0x30, inside), 3, three)
    story.ask(story.way_in(network), switch, HOME.node("scp"), opening, refusal(6))


FAMILIES = (
    tiny_segments, taken_over, roles_swapped, begun_again, nameless, other_subsystem, fuzzing,
    refused_registrations, failures_reported, data_sent_away, map_in_camel, short_messages_of_camel,
)  # fmt: skip
