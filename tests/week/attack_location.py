"""Where somebody is, asked by those whom it does not concern: MAP-LOC-01 to MAP-LOC-12."""

from tests.scenes import operations as basic
from tests.scenes.sigtran import Address, xudt
from tests.week import flows, operations, transactions, world
from tests.week.attackers import any_time, attacker, both, outcome, pause, rented, succeeds, victim
from tests.week.operations import ATI_NOT_ALLOWED, UNAUTHORIZED, UNIDENTIFIED, UNKNOWN
from tests.week.story import DONE, Request, Story, Week, given, request
from tests.week.world import HOME, PARTNERS, Network

HLR_NODE, VLR_NODE, MSC_NODE = HOME.node("hlr"), HOME.node("vlr"), HOME.node("msc")


def interrogation(week: Week) -> None:
    """anyTimeInterrogation, once or again and again, from one title or several."""
    network, number, answered = attacker(week), victim(week), succeeds(week)
    slow, times = week.random.random() < 0.4, week.random.randrange(1, 4)
    sources = [rented(week, network, "gsmscf") for _ in range(times)]
    subjects = (*both(number), *(source.digits for source in sources))
    story = week.attack("any-time interrogation", "MAP-LOC-01 MAP-LOC-12", any_time(week),
                        *subjects, answered=answered)  # fmt: skip
    for source in sources:
        asked = ask_any_time(week, number, source)
        answer = flows.here(71, VLR_NODE, HOME, story)
        reply = outcome(week, answer, answered, ATI_NOT_ALLOWED)
        story.ask(story.way_in(network), source, HLR_NODE, asked, reply, wrap=xudt)
        pause(story, slow)


def ask_any_time(week: Week, number: int, source: Address) -> Request:
    imsi, msisdn = both(number)
    if week.random.random() < 0.5:
        return request(operations.any_time_interrogation, imsi, source.digits)
    return request(operations.any_time_interrogation_by_number, msisdn, source.digits)


def subscriber_info(week: Week) -> None:
    """provideSubscriberInfo about an own subscriber, or a partner's guest, by somebody else."""
    network, number, answered = attacker(week), victim(week), succeeds(week)
    home = HOME
    if week.random.random() < 0.3:
        home = week.random.choice([each for each in PARTNERS if each != network])
    source, imsi = rented(week, network, "hlr"), home.imsi(number)
    story = week.attack("provideSubscriberInfo", "MAP-LOC-02 MAP-ORG-06 MAP-LOC-12",
                        any_time(week), imsi, home.msisdn(number), source.digits,
                        answered=answered)  # fmt: skip
    for _ in range(week.random.randrange(1, 4)):
        way, here = story.way_in(network), flows.here(70, VLR_NODE, HOME, story)
        reply = outcome(week, here, answered, UNIDENTIFIED)
        flows.ask_whereabouts(story, way, source, VLR_NODE, imsi, HOME, reply)
        pause(story, week.random.random() < 0.5)


def location_services(week: Week) -> None:
    """sendRoutingInfoForLCS, then provideSubscriberLocation."""
    network, number, answered = attacker(week), victim(week), succeeds(week)
    gmlc, (imsi, msisdn) = rented(week, network, "gmlc"), both(number)
    story = week.attack("location services", "MAP-LOC-04", any_time(week), imsi, msisdn,
                        gmlc.digits, answered=answered)  # fmt: skip
    way = story.way_in(network)
    lookup = request(basic.routing_info_for_lcs, gmlc.digits, msisdn)
    node = given(85, basic.routing_info_for_lcs_result, imsi, MSC_NODE.digits)
    story.ask(way, gmlc, HLR_NODE, lookup, outcome(week, node, answered, UNAUTHORIZED))
    story.wait(20)
    write = week.random.choice((operations.locate, operations.locate_in_emergency))
    values = (gmlc.digits, imsi, msisdn)[: 3 if write is operations.locate else 2]
    fix = given(83, basic.provide_subscriber_location_result)
    reply = outcome(week, fix, answered, UNAUTHORIZED)
    story.ask(way, gmlc, MSC_NODE, request(write, *values), reply)


def routing_for_calls(week: Week) -> None:
    """sendRoutingInfo from abroad, and no call."""
    network, number, answered = attacker(week), victim(week), succeeds(week)
    source, (imsi, msisdn) = rented(week, network, "gateway"), both(number)
    story = week.attack("sendRoutingInfo", "MAP-LOC-05", any_time(week), imsi, msisdn,
                        source.digits, answered=answered)  # fmt: skip
    asked = request(operations.send_routing_info, msisdn, source.digits)
    roaming = f"{HOME.prefix}8{number:06d}"
    told = given(22, operations.send_routing_info_result, imsi, roaming)
    reply = outcome(week, told, answered, UNKNOWN)
    story.ask(story.way_in(network), source, HLR_NODE, asked, reply)


def lookups_without_messages(week: Week) -> None:
    """One title looks up dozens of numbers within an hour and delivers nothing."""
    network = attacker(week)
    source = rented(week, network, "smsc")
    story = week.attack("SRI-SM harvesting", "MAP-LOC-06 MAP-ID-03", any_time(week), source.digits)
    for _ in range(week.random.randrange(24, 40)):
        number = 1_000_000 + week.random.randrange(200_000)
        flows.look_up(story, story.way_in(network), source, HOME, number, MSC_NODE)
        story.wait(70, 0.5)


def lookups_of_one(week: Week) -> None:
    """One number looked up by several networks over a day, and nothing is delivered."""
    number = victim(week)
    networks = week.random.sample((*world.STRANGERS, *world.ABROAD), 3)
    sources = [rented(week, network, "smsc") for network in networks]
    story = week.attack("SRI-SM on one target", "MAP-LOC-13 MAP-LOC-12", any_time(week),
                        *both(number), *(source.digits for source in sources))  # fmt: skip
    for network, source in zip(networks, sources, strict=True):
        flows.look_up(story, story.way_in(network), source, HOME, number, MSC_NODE)
        story.wait(2 * 3600)


def lookup_without_intent(week: Week) -> None:
    """sendRoutingInfoForSM that says itself that nothing will be delivered."""
    network, number, answered = attacker(week), victim(week), succeeds(week)
    source, (imsi, msisdn) = rented(week, network, "smsc"), both(number)
    story = week.attack("delivery not intended", "MAP-LOC-07 MAP-LOC-06", any_time(week), imsi,
                        msisdn, source.digits, answered=answered)  # fmt: skip
    asked = request(operations.routing_info_without_delivery, msisdn, source.digits)
    told = given(45, basic.routing_info_for_sm_result, imsi, MSC_NODE.digits)
    reply = outcome(week, told, answered, UNKNOWN)
    story.ask(story.way_in(network), source, Address(msisdn, 6), asked, reply, HLR_NODE)


def routing_for_packets(week: Week) -> None:
    """sendRoutingInfoForGprs."""
    network, number, answered = attacker(week), victim(week), succeeds(week)
    source, imsi = rented(week, network, "ggsn"), HOME.imsi(number)
    story = week.attack("SRI-GPRS", "MAP-LOC-08", any_time(week), *both(number), source.digits,
                        answered=answered)  # fmt: skip
    asked = request(operations.routing_info_for_gprs, imsi, source.digits)
    told = given(24, operations.routing_info_for_gprs_result, bytes([192, 0, 2, 60]))
    reply = outcome(week, told, answered, UNKNOWN)
    story.ask(story.way_in(network), source, HLR_NODE, asked, reply)


def tracing(week: Week) -> None:
    """Where somebody goes shall be told from now on: trace mode, or mobility events."""
    network, number, answered = attacker(week), victim(week), succeeds(week)
    source, imsi = rented(week, network, "hlr"), HOME.imsi(number)
    platform = rented(week, network, "gsmscf")
    story = week.attack("persistent tracking", "MAP-LOC-11 MAP-INT-11 MAP-INT-12", any_time(week),
                        *both(number), source.digits, platform.digits,
                        answered=answered)  # fmt: skip
    way = story.way_in(network)
    if week.random.random() < 0.5:
        asked = request(operations.activate_trace, imsi)
        story.ask(way, source, VLR_NODE, asked, outcome(week, DONE, answered, UNIDENTIFIED))
        return
    asked = request(operations.profile_with_mobility_events, imsi, platform.digits)
    story.ask(way, source, VLR_NODE, asked, outcome(week, DONE, answered, UNIDENTIFIED))
    if answered:
        story.wait(4000)
        told = request(operations.note_mm_event, imsi, HOME.msisdn(number))
        story.ask(way.reverse(), VLR_NODE, platform, told, DONE)


def many_ways_at_once(week: Week) -> None:
    """Several operations on one target within an hour, from several networks."""
    number, answered = victim(week), succeeds(week)
    networks = week.random.sample((*world.STRANGERS, *world.ABROAD, world.BRITAIN), 3)
    sources = [rented(week, network, "gsmscf") for network in networks]
    story = week.attack("burst on one target", "MAP-LOC-12 MAP-LOC-01 MAP-LOC-02", any_time(week),
                        *both(number), *(source.digits for source in sources),
                        answered=answered)  # fmt: skip
    for network, source in zip(networks, sources, strict=True):
        one_way(story, network, source, number, answered)
        story.wait(600, 0.8)


def one_way(story: Story, network: Network, source: Address, number: int, answered: bool) -> None:
    week, way = story.week, story.way_in(network)
    if week.random.random() < 0.5:
        asked, answer = ask_any_time(week, number, source), flows.here(71, VLR_NODE, HOME, story)
        story.ask(way, source, HLR_NODE, asked, outcome(week, answer, answered, ATI_NOT_ALLOWED))
        return
    answer = flows.here(70, VLR_NODE, HOME, story)
    reply = outcome(week, answer, answered, UNIDENTIFIED)
    flows.ask_whereabouts(story, way, source, VLR_NODE, HOME.imsi(number), HOME, reply)


def answers_to_nobody(week: Week) -> None:
    """Somebody asks a partner under the own HLR's title; the answers come here."""
    visited, number = week.random.choice(PARTNERS), victim(week)
    story = week.attack("spoofed home HLR abroad", "MAP-LOC-03", any_time(week),
                        *both(number), visited.node("vlr").digits)  # fmt: skip
    for _ in range(week.random.randrange(2, 5)):
        way = story.way_in(visited)
        otid = week.random.randrange(1 << 31, 1 << 32).to_bytes(4)
        answer = flows.here(70, visited.node("vlr"), visited, story)
        portion = transactions.agreed(transactions.context(70, 3))
        end = transactions.end(otid, portion, answer)
        story.carry(way, xudt(HLR_NODE, visited.node("vlr"), end))
        story.wait(900)


FAMILIES = (
    interrogation, subscriber_info, location_services, routing_for_calls,
    lookups_without_messages, lookups_of_one, lookup_without_intent, routing_for_packets, tracing,
    many_ways_at_once, answers_to_nobody,
)  # fmt: skip
