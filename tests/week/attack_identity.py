"""Identities, keys and nodes: MAP-LOC-09 and -10, MAP-ID-01 to MAP-ID-07."""

from tests.scenes import operations as basic
from tests.scenes.digits import tbcd
from tests.scenes.sigtran import Address
from tests.week import flows, operations, services
from tests.week.attackers import any_time, attacker, both, outcome, pause, rented, succeeds, victim
from tests.week.operations import ABSENT, ATI_NOT_ALLOWED, UNKNOWN
from tests.week.story import DONE, Returned, Week, given, refusal, request
from tests.week.world import HOME

HLR_NODE, VLR_NODE, MSC_NODE = HOME.node("hlr"), HOME.node("vlr"), HOME.node("msc")


def imsi_of(octets_of: str) -> bytes:
    """The result of sendIMSI: the IMSI as it is."""
    return given(58, tbcd, octets_of)


def send_imsi(week: Week) -> None:
    network, number, answered = attacker(week), victim(week), succeeds(week)
    source, (imsi, msisdn) = rented(week, network, "vlr"), both(number)
    story = week.attack("sendIMSI", "MAP-LOC-09", any_time(week), imsi, msisdn, source.digits,
                        answered=answered)  # fmt: skip
    asked = request(basic.send_imsi, msisdn, version=2)
    reply = outcome(week, imsi_of(imsi), answered, UNKNOWN)
    story.ask(story.way_in(network), source, HLR_NODE, asked, reply)


def send_identification(week: Week) -> None:
    """Who is behind a temporary identity, asked of the own VLR."""
    network, number, answered = attacker(week), victim(week), succeeds(week)
    source, imsi = rented(week, network, "vlr"), HOME.imsi(number)
    story = week.attack("sendIdentification", "MAP-LOC-10", any_time(week), imsi, source.digits,
                        HOME.msisdn(number), answered=answered)  # fmt: skip
    asked = request(operations.send_identification, week.random.randbytes(4))
    told = given(55, operations.send_identification_result, imsi)
    reply = outcome(week, told, answered, UNKNOWN)
    story.ask(story.way_in(network), source, VLR_NODE, asked, reply)


def vectors_of_many(week: Week) -> None:
    """Authentication vectors of one or several subscribers, and nobody registers."""
    network = attacker(week, 0.5)
    source, numbers = rented(week, network, "vlr"), [victim(week) for _ in range(3)]
    subjects = [identity for number in numbers for identity in both(number)]
    story = week.attack("SAI harvesting", "MAP-ID-01", any_time(week), source.digits,
                        *subjects)  # fmt: skip
    for number in numbers[: week.random.randrange(1, 4)]:
        imsi = HOME.imsi(number)
        write, visited = operations.send_authentication_info_many, operations.plmn(network.plmn)
        for _ in range(week.random.randrange(1, 4)):
            asked, title = request(write, imsi, visited), HOME.mobile_title(imsi)
            way = story.way_in(network)
            story.ask(way, source, title, asked, flows.vectors(story), HLR_NODE)
            story.wait(40)
        pause(story, week.random.random() < 0.4)


def enumeration(week: Week) -> None:
    """Numbers one after the other, most of them unknown."""
    network = attacker(week)
    source, first = rented(week, network, "smsc"), week.random.randrange(3_000_000, 4_000_000)
    story = week.attack("enumeration", "MAP-ID-03 MAP-LOC-06", any_time(week), source.digits)
    for number in range(first, first + week.random.randrange(55, 75)):
        answer = refusal(UNKNOWN) if week.random.random() < 0.6 else b""
        flows.look_up(story, story.way_in(network), source, HOME, number, MSC_NODE, answer)
        story.wait(4)


def enumeration_of_imsis(week: Week) -> None:
    """The same by IMSI with updateLocation's little brother, sendAuthenticationInfo."""
    network = attacker(week, 0.5)
    source, first = rented(week, network, "vlr"), week.random.randrange(3_000_000, 4_000_000)
    story = week.attack("enumeration", "MAP-ID-03 MAP-ID-01", any_time(week), source.digits)
    for number in range(first, first + week.random.randrange(52, 60)):
        imsi = HOME.imsi(number)
        unknown = week.random.random() < 0.7
        answer = refusal(UNKNOWN) if unknown else flows.vectors(story)
        flows.authenticate(story, story.way_in(network), source, HOME, imsi, network, answer)
        story.wait(4)


def scan(week: Week) -> None:
    """Which own titles exist: the same question to one after the other."""
    network = attacker(week)
    source = rented(week, network, "smsc")
    story = week.attack("scan of titles", "MAP-ID-04", any_time(week), source.digits)
    asked = request(basic.routing_info_for_sm, HOME.msisdn(1), source.digits)
    first = week.random.randrange(1000)
    for number in range(first, first + week.random.randrange(35, 50)):
        node = Address(f"{HOME.prefix}10{number:05d}", week.random.choice((6, 7, 8)))
        answer = Returned(1) if week.random.random() < 0.8 else refusal(UNKNOWN)
        story.ask(story.way_in(network), source, node, asked, answer)
        story.wait(15, 0.9)


def probe(week: Week) -> None:
    """A tool tries its operations one by one."""
    network, number = attacker(week), victim(week)
    source, (imsi, msisdn) = rented(week, network, "msc"), both(number)
    story = week.attack("probe with many operations", "MAP-ID-05 MAP-LOC-12", any_time(week),
                        source.digits, imsi, msisdn, answered=False)  # fmt: skip
    tries = [
        request(operations.send_routing_info, msisdn, source.digits),
        request(basic.routing_info_for_sm, msisdn, source.digits),
        request(basic.send_imsi, msisdn, version=2),
        request(operations.send_authentication_info, imsi, operations.plmn(network.plmn)),
        request(services.register_forwarding, network.msisdn(1), version=2),
        request(operations.any_time_interrogation, imsi, source.digits),
        request(basic.purge, imsi, source.digits),
        request(services.ussd, b"\xaa\x18\x0c\x36\x02", version=2),
    ]
    for asked in tries:
        story.ask(story.way_in(network), source, HLR_NODE, asked, refusal(36))
        story.wait(30)


def subscription(week: Week) -> None:
    """Services read (62) or call forwarding changed (65) as if by an own platform."""
    network, number, answered = attacker(week), victim(week), succeeds(week)
    source, (imsi, msisdn) = rented(week, network, "gsmscf"), both(number)
    story = week.attack("ATSI and ATM", "MAP-ID-06", any_time(week), imsi, msisdn, source.digits,
                        answered=answered)  # fmt: skip
    read = request(basic.subscription_interrogation, source.digits, msisdn)
    told = given(62, basic.subscription_result, HOME.node("gsmscf").digits)
    way = story.way_in(network)
    if week.random.random() < 0.6:
        story.ask(way, source, HLR_NODE, read, outcome(week, told, answered, 60))
        story.wait(60)
    change = request(operations.any_time_modification, msisdn, network.msisdn(7), source.digits)
    story.ask(way, source, HLR_NODE, change, outcome(week, DONE, answered, ATI_NOT_ALLOWED))


def equipment(week: Week) -> None:
    """Is a telephone barred, asked of the own equipment register from abroad."""
    network, answered = attacker(week), succeeds(week)
    source = rented(week, network, "msc")
    story = week.attack("checkIMEI", "MAP-ID-07", any_time(week), source.digits,
                        answered=answered, grave=False)  # fmt: skip
    asked = request(operations.check_imei, f"35000000{week.random.randrange(10**7):07d}")
    reply = outcome(week, DONE, answered, ABSENT)
    story.ask(story.way_in(network), source, HOME.node("eir"), asked, reply)


FAMILIES = (
    send_imsi, send_identification, vectors_of_many, enumeration, enumeration_of_imsis, scan,
    probe, subscription, equipment,
)  # fmt: skip
