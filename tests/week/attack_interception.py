"""Registrations that are not the subscriber's, to get at messages and calls: MAP-INT-01 to -07."""

from tests.week import clock, flows, operations, texts, world
from tests.week.attackers import attacker, both, rented, victim
from tests.week.links import INSIDE
from tests.week.operations import ROAMING_NOT_ALLOWED
from tests.week.roaming import text
from tests.week.story import Story, Week, refusal, request
from tests.week.world import HOME, PARTNERS, STRANGERS, Network

HLR_NODE = HOME.node("hlr")
HIJACKS = (
    "MAP-INT-05 MAP-INT-01 MAP-INT-02 MAP-INT-03 MAP-INT-04 MAP-INT-06 MAP-INT-07 SMS-10 "
    "MAP-ORG-07 MAP-ORG-04 X-04"
)


def live_at_home(week: Week, number: int) -> Story:
    """The victim is at home, as the inside link shows; an hour later, by the clock, it begins."""
    story = week.story(clock.moment(week.random, 0.2, 6))
    flows.at_home(story, number, 1)
    flows.submit(story, INSIDE.reverse(), HOME.node("msc"), HOME, number,
                 texts.submit(HOME.msisdn(5), texts.chat(week.random), 3))  # fmt: skip
    story.wait(week.random.randrange(300, 3000))
    return story


def hijack(week: Week, family: str, detectors: str, network: Network, number: int) -> Story:
    """An attack that begins some minutes after the victim was seen at home."""
    before = live_at_home(week, number)
    nodes = (network.node(role, site).digits for role in ("vlr", "msc", "sgsn") for site in (1, 2))
    return week.attack(family, detectors, before.now, *both(number), *nodes)


def code_to(story: Story, network: Network, number: int, site: int) -> None:
    """The bank's code, asked for by the attacker, goes where the subscriber is registered."""
    bank = story.random.choice(texts.BANKS)
    text(story, network, number, site, bank, texts.code(story.random, bank))


def code_to_stranger(week: Week) -> None:
    """Registered in a network without an agreement; then the code."""
    network, number = week.random.choice(STRANGERS), victim(week)
    story = hijack(week, "UL hijack and OTP", HIJACKS, network, number)
    flows.arrive(story, story.way_in(network), HOME, network, number, 1, story.chance(0.3))
    story.wait(week.random.randrange(60, 1500))
    for _ in range(week.random.randrange(1, 4)):
        code_to(story, network, number, 1)
        story.wait(60)


def code_to_partner(week: Week) -> None:
    """The same from a listed partner's range, minutes after the victim was seen at home."""
    far = [each for each in PARTNERS if each.minutes > 300]
    network, number = week.random.choice(far), victim(week)
    story = hijack(week, "UL hijack from a partner and OTP", HIJACKS, network, number)
    flows.arrive(story, story.way_in(network), HOME, network, number, 1, False)
    story.wait(week.random.randrange(60, 1500))
    code_to(story, network, number, 1)


def without_vectors(week: Week) -> None:
    """A partner registers one who was at home, so late that he could be there, and no vectors."""
    network, number = week.random.choice((world.NIGERIA, world.GERMANY, world.CHINA)), victim(week)
    before = week.story(clock.moment(week.random, 1.5, 5))
    flows.at_home(before, number, 1)
    before.wait(60 * (network.minutes + 300))
    imsi, vlr, msc = HOME.imsi(number), network.node("vlr", 2), network.node("msc", 2)
    story = week.attack("UL without SAI", "MAP-INT-03", before.now, *both(number), vlr.digits,
                        msc.digits)  # fmt: skip
    story.register(
        story.way_in(network), vlr, HOME.mobile_title(imsi),
        flows.location_update(imsi, msc, vlr), flows.profile_of(HOME, number, False),
        flows.hlr_told(2, HOME), HLR_NODE,
    )  # fmt: skip


def to_and_fro(week: Week) -> None:
    """Registered elsewhere for minutes, messages taken, then the real telephone is back."""
    network, number = week.random.choice((*STRANGERS, world.AMERICA, world.CHINA)), victim(week)
    story = hijack(week, "ping-pong", HIJACKS, network, number)
    for _ in range(2):
        flows.arrive(story, story.way_in(network), HOME, network, number, 2, False)
        story.wait(300)
        code_to(story, network, number, 2)
        story.wait(600)
        back = Story(week, story.now)  # the victim's telephone itself, which is no attack
        flows.at_home(back, number, 1)
        story.now = back.now
        story.wait(week.random.randrange(600, 3000))


def elsewhere(week: Week) -> None:
    """vlr-Number of the partner where the subscriber is, msc-Number of somebody else."""
    visited, number = world.NIGERIA, victim(week)
    network = attacker(week, 0.2)
    if network is visited:
        network = world.BRITAIN
    before = live_at_home(week, number)
    before.wait(3 * 3600)
    flows.arrive(before, before.way_in(visited), HOME, visited, number, 1)
    before.wait(7200)
    msc, imsi = rented(week, network, "msc"), HOME.imsi(number)
    story = week.attack("msc-Number of another network", "MAP-INT-06 MAP-ORG-02 MAP-INT-05",
                        before.now, *both(number), msc.digits,
                        visited.node("vlr").digits)  # fmt: skip
    update = flows.location_update(imsi, msc, visited.node("vlr"))
    story.register(
        story.way_in(visited), visited.node("vlr"), HOME.mobile_title(imsi), update,
        flows.profile_of(HOME, number, False), flows.hlr_told(2, HOME), HLR_NODE,
    )  # fmt: skip
    story.wait(200)
    bank = week.random.choice(texts.BANKS)
    tpdu = texts.deliver(bank, texts.code(week.random, bank), story.now)
    flows.forward(story, story.way_out(network), HOME.node("smsc"), msc, imsi, tpdu)


def packet_domain(week: Week) -> None:
    """updateGprsLocation that registers for short messages, while the telephone is at home."""
    network, number = attacker(week, 0.3), victim(week)
    story = hijack(week, "SGSN and MME SMS hijack", HIJACKS, network, number)
    sgsn, imsi = network.node("sgsn"), HOME.imsi(number)
    ip = bytes([203, 0, 113, 9])
    asked = request(operations.update_gprs_location_for_sms, imsi, sgsn.digits, ip)
    if story.chance(0.5):
        mme = network.node("msc").digits
        write = operations.update_gprs_location_for_mme
        asked = request(write, imsi, sgsn.digits, ip, mme)
    story.register(
        story.way_in(network), sgsn, HOME.mobile_title(imsi), asked,
        flows.profile_of(HOME, number, False), flows.hlr_told(23, HOME), HLR_NODE,
    )  # fmt: skip
    story.wait(120)
    bank = week.random.choice(texts.BANKS)
    tpdu = texts.deliver(bank, texts.code(week.random, bank), story.now)
    flows.forward(story, story.way_out(network), HOME.node("smsc"), sgsn, imsi, tpdu)


def registered_by_stranger(week: Week) -> None:
    """updateLocation from a network without an agreement, refused or not, and nothing more."""
    network, number = week.random.choice(STRANGERS), victim(week)
    answered = week.random.random() < 0.4
    source, msc, imsi = (
        rented(week, network, "vlr"),
        rented(week, network, "msc"),
        HOME.imsi(number),
    )
    story = week.attack("UL from a stranger", HIJACKS + " MAP-INT-18", clock.moment(week.random),
                        *both(number), source.digits, msc.digits, answered=answered)  # fmt: skip
    way, title = story.way_in(network), HOME.mobile_title(imsi)
    update = flows.location_update(imsi, msc, source)
    if not answered:
        story.ask(way, source, title, update, refusal(ROAMING_NOT_ALLOWED), HLR_NODE)
        return
    profile, told = flows.profile_of(HOME, number, False), flows.hlr_told(2, HOME)
    story.register(way, source, title, update, profile, told, HLR_NODE)


FAMILIES = (
    code_to_stranger, code_to_partner, without_vectors, to_and_fro, elsewhere, packet_domain,
    registered_by_stranger,
)  # fmt: skip
