"""Services and registrations changed or ended by strangers: MAP-INT-08 to MAP-INT-17."""

from tests.scenes import operations as basic
from tests.scenes.sigtran import Address
from tests.week import clock, flows, operations, services
from tests.week.attackers import any_time, attacker, both, outcome, rented, succeeds, victim
from tests.week.operations import FACILITY_NOT_SUPPORTED, UNIDENTIFIED, UNKNOWN
from tests.week.story import DONE, Request, Week, given, request
from tests.week.world import HOME, PARTNERS, Network

HLR_NODE, VLR_NODE = HOME.node("hlr"), HOME.node("vlr")


def whose(week: Week, network: Network) -> Network:
    """Mostly an own subscriber, sometimes another partner's guest."""
    if week.random.random() < 0.75:
        return HOME
    return week.random.choice([each for each in PARTNERS if each != network])


def cancelled(week: Week) -> None:
    """cancelLocation by somebody who is not the home network, once or to several people."""
    network, answered = attacker(week), succeeds(week)
    source, home, number = rented(week, network, "hlr"), whose(week, network), victim(week)
    imsi, version = home.imsi(number), week.random.choice((2, 3))
    story = week.attack("cancelLocation", "MAP-INT-08", any_time(week), imsi, home.msisdn(number),
                        source.digits, answered=answered)  # fmt: skip
    asked = request(operations.cancel_for_withdrawal, imsi)
    if version == 2:
        asked = request(basic.cancel_location_bare, imsi, version=2)
    for _ in range(week.random.randrange(1, 4)):
        reply = outcome(week, DONE, answered, UNIDENTIFIED)
        story.ask(story.way_in(network), source, VLR_NODE, asked, reply)
        story.wait(1800, 0.9)


def purged(week: Week) -> None:
    """purgeMS from a network where the subscriber is not."""
    network, number, answered = attacker(week), victim(week), succeeds(week)
    before = week.story(clock.moment(week.random, 0, 6))
    flows.at_home(before, number, 1)
    before.wait(4000)
    source, imsi = rented(week, network, "vlr"), HOME.imsi(number)
    story = week.attack("purgeMS", "MAP-INT-09 X-01", before.now, *both(number), source.digits,
                        answered=answered)  # fmt: skip
    asked = request(basic.purge, imsi, source.digits)
    reply = outcome(week, DONE, answered, UNKNOWN)
    story.ask(story.way_in(network), source, HLR_NODE, asked, reply)


def restored(week: Week) -> None:
    """restoreData from a network where the subscriber is not: the profile is read."""
    network, number = attacker(week), victim(week)
    before = week.story(clock.moment(week.random, 0, 6))
    flows.at_home(before, number, 1)
    before.wait(4000)
    source, imsi = rented(week, network, "vlr"), HOME.imsi(number)
    story = week.attack("restoreData", "MAP-INT-10", before.now, *both(number),
                        source.digits)  # fmt: skip
    asked = request(operations.restore_data, imsi)
    profile, told = flows.profile_of(HOME, number, False), flows.hlr_told(57, HOME)
    story.register(story.way_in(network), source, HOME.mobile_title(imsi), asked, profile, told,
                   HLR_NODE)  # fmt: skip


def written(week: Week, family: str, detectors: str, asked: Request, network: Network,
            source: Address, *subjects: str) -> None:  # fmt: skip
    """One request to the own VLR, by somebody else than the home network."""
    answered = succeeds(week)
    story = week.attack(family, detectors, any_time(week), *subjects, source.digits,
                        answered=answered)  # fmt: skip
    reply = outcome(week, DONE, answered, UNIDENTIFIED)
    story.ask(story.way_in(network), source, VLR_NODE, asked, reply)


def profile(week: Week) -> None:
    """insertSubscriberData: another number, or barring taken away."""
    network, number = attacker(week), victim(week)
    source, home = rented(week, network, "hlr"), whose(week, network)
    imsi, msisdn = home.imsi(number), home.msisdn(number)
    asked = request(operations.profile_alone, imsi, home.msisdn(number + 1))
    if week.random.random() < 0.5:
        asked = request(operations.profile_without_barring, imsi)
    written(week, "ISD of a profile", "MAP-INT-11", asked, network, source, imsi, msisdn,
            home.msisdn(number + 1))  # fmt: skip


def platform(week: Week) -> None:
    """insertSubscriberData that plants a gsmSCF for calls or short messages."""
    network, number = attacker(week), victim(week)
    source, home = rented(week, network, "hlr"), whose(week, network)
    imsi, node = home.imsi(number), rented(week, network, "gsmscf")
    write = week.random.choice(
        (operations.profile_alone_with_platform, operations.profile_with_sms_platform)
    )
    written(week, "ISD that plants a gsmSCF", "MAP-INT-12 MAP-INT-11",
            request(write, imsi, node.digits), network, source, imsi,
            home.msisdn(number))  # fmt: skip


def deleted(week: Week) -> None:
    """deleteSubscriberData: barring or charging taken away."""
    network, number = attacker(week), victim(week)
    source, home = rented(week, network, "hlr"), whose(week, network)
    imsi = home.imsi(number)
    write = week.random.choice((operations.delete_subscriber_data, operations.delete_platform))
    written(week, "deleteSubscriberData", "MAP-INT-13", request(write, imsi), network, source,
            imsi, home.msisdn(number))  # fmt: skip


def forwarded(week: Week) -> None:
    """registerSS from a network where the subscriber is not, to a number abroad; then erased."""
    network, number, answered = attacker(week), victim(week), succeeds(week)
    before = week.story(clock.moment(week.random, 0, 6))
    flows.at_home(before, number, 1)
    before.wait(3000)
    source = rented(week, network, "vlr")
    story = week.attack("call forwarding", "MAP-INT-14", before.now, *both(number), source.digits,
                        answered=answered)  # fmt: skip
    there = network.msisdn(4)
    register = request(services.register_forwarding, there, version=2)
    told = given(10, services.forwarding_result, there)
    reply = outcome(week, told, answered, FACILITY_NOT_SUPPORTED)
    flows.service(story, story.way_in(network), source, HOME, number, register, reply)
    if answered:
        story.wait(1500)
        erase = request(services.erase_forwarding, version=2)
        flows.service(story, story.way_in(network), source, HOME, number, erase, DONE)


def services_read(week: Week) -> None:
    """interrogateSS from a network where the subscriber is not."""
    network, number, answered = attacker(week), victim(week), succeeds(week)
    before = week.story(clock.moment(week.random, 0, 6))
    flows.at_home(before, number, 1)
    before.wait(3000)
    source = rented(week, network, "vlr")
    story = week.attack("interrogateSS", "MAP-INT-15", before.now, *both(number), source.digits,
                        answered=answered, grave=False)  # fmt: skip
    asked = request(services.interrogate_forwarding, version=2)
    told = given(14, services.interrogate_result)
    reply = outcome(week, told, answered, UNKNOWN)
    flows.service(story, story.way_in(network), source, HOME, number, asked, reply)


def roaming_numbers(week: Week) -> None:
    """provideRoamingNumber again and again, until the VLR has none left."""
    network, number, answered = attacker(week), victim(week), succeeds(week)
    source, imsi = rented(week, network, "hlr"), HOME.imsi(number)
    story = week.attack("provideRoamingNumber", "MAP-INT-16 MAP-ORG-06", any_time(week),
                        *both(number), source.digits, answered=answered)  # fmt: skip
    msc = HOME.node("msc").digits
    asked = request(operations.provide_roaming_number, imsi, msc, source.digits)
    for count in range(week.random.randrange(3, 9)):
        roaming = f"{HOME.prefix}8{count:06d}"
        told = given(4, operations.roaming_number_result, roaming)
        reply = outcome(week, told, answered, UNIDENTIFIED)
        story.ask(story.way_in(network), source, VLR_NODE, asked, reply)
        story.wait(5)


def resets(week: Week) -> None:
    """Reset from somebody who has no subscribers here, or again and again."""
    network = attacker(week, 0)
    source = rented(week, network, "hlr")
    story = week.attack("Reset by a stranger", "MAP-INT-17 MAP-ORG-06", any_time(week),
                        source.digits, answered=False)  # fmt: skip
    for _ in range(week.random.randrange(2, 5)):
        told = request(basic.reset, source.digits, version=2)
        story.ask(story.way_in(network), source, VLR_NODE, told, None)
        story.wait(3600)


FAMILIES = (
    cancelled, purged, restored, profile, platform, deleted, forwarded, services_read,
    roaming_numbers, resets,
)  # fmt: skip
