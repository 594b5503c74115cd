"""Own subscribers abroad: trips, flights, borders, steering, a hub, and a carrier's outage."""

from tests.scenes import operations as basic
from tests.scenes.sigtran import xudt
from tests.week import clock, evolved, flows, operations, texts, world
from tests.week.clock import MINUTE
from tests.week.flows import arrive, arrive_packet, at_home, authenticate, cancel, forward, submit
from tests.week.links import INSIDE
from tests.week.operations import ROAMING_NOT_ALLOWED, SYSTEM_FAILURE
from tests.week.story import DONE, Story, Week, given, refusal, request
from tests.week.supplementary import balance, calls_back_home, dial, forwarding
from tests.week.world import AIRCRAFT, HOME, HUB, KENYA, NEIGHBOURS, PARTNERS, Network


def trip(week: Week) -> None:
    """There by air or road, some days abroad, and back."""
    random = week.random
    visited = random.choices(PARTNERS, (6, 6, 3, 8, 2, 4, 8, 3, 4, 4, 4, 3))[0]
    story, number = week.story(clock.moment(random, 0, 5)), week.new_subscriber()
    story.inside_too = story.chance(0.15)
    at_home(story, number, 1)
    story.wait(60 * (visited.minutes + random.randrange(25, 240)), 0)
    site = land(story, visited, number)
    for _ in range(random.randrange(1, 5)):
        site = day_abroad(story, visited, number, site)
    go_home(story, visited, number, site)


def land(story: Story, visited: Network, number: int) -> int:
    """The first registration abroad, the end of the one at home, and a welcome."""
    site, way = story.random.randrange(1, visited.sites + 1), story.way_in(visited)
    segments = story.random.choice((1, 1, 1, 2))
    arrive(story, way, HOME, visited, number, site, segments=segments)
    cancel(story, INSIDE.reverse(), HOME, HOME.node("vlr"), HOME.imsi(number))
    if story.chance(0.5):
        arrive_packet(story, story.way_in(visited), HOME, visited, number, site)
    story.wait(20)
    text(story, visited, number, site, "Example", texts.welcome())
    if story.chance(0.25):  # who lands pays for a taxi
        story.wait(600, 0.9)
        bank = story.random.choice(texts.BANKS)
        text(story, visited, number, site, bank, texts.code(story.random, bank))
    return site


def text(story: Story, visited: Network, number: int, site: int, sender: str, words: str) -> None:
    """The own centre asks the own HLR, then delivers abroad."""
    centre, msc = HOME.node("smsc"), visited.node("msc", site)
    if story.chance(0.5):
        flows.look_up(story, INSIDE, centre, HOME, number, msc)
    tpdu = texts.deliver(sender, words, story.now)
    answer = refusal(operations.ABSENT) if story.chance(0.06) else DONE
    version = 2 if story.chance(0.2) else 3
    way = story.way_out(visited)
    forward(story, way, centre, msc, HOME.imsi(number), tpdu, answer, version)


def day_abroad(story: Story, visited: Network, number: int, site: int) -> int:
    """Some of what a traveller does, in any order; returns the site where he ends."""
    for _ in range(story.random.randrange(1, 6)):
        story.wait(story.random.randrange(5, 300) * 60)
        what = story.random.random()
        if what < 0.2:
            friend = HOME.msisdn(story.random.randrange(10**6))
            words = texts.chat(story.random)
            tpdu = texts.submit(friend, words, story.random.randrange(256))
            submit(story, story.way_in(visited), visited.node("msc", site), HOME, number, tpdu)
        elif what < 0.45:
            sender, words = incoming(story)
            text(story, visited, number, site, sender, words)
        elif what < 0.55:
            balance(story, visited, number, site)
        elif what < 0.65:
            dial(story, visited, number, site)
        elif what < 0.75:
            calls_back_home(story, visited, number, site)
        elif what < 0.8:
            forwarding(story, visited, number, site)
        elif what < 0.86:
            again(story, visited, number, site)
        else:
            site = moves(story, visited, number, site)
    story.wait(story.random.randrange(2, 12) * 3600)
    return site


def incoming(story: Story) -> tuple[str, str]:
    random = story.random
    if story.chance(0.35):
        bank = random.choice(texts.BANKS)
        return bank, texts.code(random, bank)
    return HOME.msisdn(random.randrange(10**6)), texts.chat(random)


def again(story: Story, visited: Network, number: int, site: int) -> None:
    """The visited VLR wants new vectors, or tells that the subscriber can be reached again."""
    way, vlr = story.way_in(visited), visited.node("vlr", site)
    if story.chance(0.7):
        authenticate(story, way, vlr, HOME, HOME.imsi(number), visited)
        return
    ready = request(operations.ready_for_sm, HOME.imsi(number))
    story.ask(way, vlr, HOME.node("hlr"), ready, DONE)


def moves(story: Story, visited: Network, number: int, site: int) -> int:
    """To another VLR of the same network, often with the vectors that the one before had."""
    other = story.random.randrange(1, visited.sites + 1)
    arrive(story, story.way_in(visited), HOME, visited, number, other, story.chance(0.5))
    if other != site:
        before = visited.node("vlr", site)
        cancel(story, story.way_out(visited), HOME, before, HOME.imsi(number))
    return other


def go_home(story: Story, visited: Network, number: int, site: int) -> None:
    """Registered at home again; the network before is told, or purges late."""
    vlr, imsi = visited.node("vlr", site), HOME.imsi(number)
    left = story.now
    story.wait(60 * (visited.minutes + story.random.randrange(20, 90)), 0)
    at_home(story, number, story.random.choice((1, 2)))
    cancel(story, story.way_out(visited), HOME, vlr, imsi)
    if story.chance(0.3):
        purging = week_later(story, left)
        asked = request(basic.purge, imsi, vlr.digits)
        purging.ask(purging.way_in(visited), vlr, HOME.node("hlr"), asked, DONE)


def week_later(story: Story, since: int) -> Story:
    """The purge timer of the old VLR runs out when the subscriber is long gone."""
    late = Story(story.week, max(since + 20 * MINUTE, story.now))
    late.wait(story.random.randrange(1, 24) * 3600)
    return late


def border(week: Week) -> None:
    """A village at the border: the phone changes to and fro for hours, messages among it."""
    visited, number = week.random.choice(NEIGHBOURS), week.new_subscriber()
    story = week.story(clock.moment(week.random, 0, 6))
    at_home(story, number, 2)
    for _ in range(week.random.randrange(2, 9)):
        story.wait(week.random.randrange(3, 90) * 60)
        known = story.chance(0.5)
        arrive(story, story.way_in(visited), HOME, visited, number, 1, not known)
        cancel(story, INSIDE.reverse(), HOME, HOME.node("vlr", 2), HOME.imsi(number))
        if story.chance(0.4):
            text(story, visited, number, 1, *incoming(story))
        story.wait(week.random.randrange(2, 120) * 60)
        at_home(story, number, 2)
        cancel(story, story.way_out(visited), HOME, visited.node("vlr"), HOME.imsi(number))


def flight(week: Week) -> None:
    """Several countries within a day or two, each as early as the aeroplane allows."""
    random, number = week.random, week.new_subscriber()
    stops = [world.NIGERIA, world.SOUTH_AFRICA, world.BRITAIN, world.EMIRATES]
    random.shuffle(stops)
    story = week.story(clock.moment(random, 0, 4))
    at_home(story, number, 1)
    before = None
    for visited in stops[: random.randrange(2, 4)]:
        longest = visited.minutes if before is None else max(visited.minutes, before.minutes) + 60
        aboard = story.chance(0.3)
        if aboard:
            on_board(story, number)
        story.wait(60 * (longest + random.randrange(5, 60) - 30 * aboard), 0)
        site = land(story, visited, number)
        if before:
            cancel(story, story.way_out(before), HOME, before.node("vlr"), HOME.imsi(number))
        before = visited
        for _ in range(random.randrange(3)):
            story.wait(1800)
            text(story, visited, number, site, *incoming(story))


def on_board(story: Story, number: int) -> None:
    """Half an hour after take-off the aeroplane's own network registers who wants it."""
    story.wait(1800, 0)
    arrive(story, story.way_in(AIRCRAFT), HOME, AIRCRAFT, number, 1)
    if story.chance(0.5):
        text(story, AIRCRAFT, number, 1, *incoming(story))


def both_domains(week: Week) -> None:
    """Calls by one network of a country over MAP, data by it or by the other one over S6a."""
    random, number = week.random, week.new_subscriber()
    calls = random.choice((world.NIGERIA, world.BRITAIN))
    other = world.NIGERIA_OTHER if calls is world.NIGERIA else world.BRITAIN_OTHER
    data = calls if random.random() < 0.7 else other
    story = week.story(clock.moment(random, 0, 6))
    at_home(story, number, 1)
    story.wait(60 * (calls.minutes + 40))
    for _ in range(random.randrange(1, 4)):
        evolved.attach(story, HOME, data, number, 1)
        story.wait(8)
        arrive(story, story.way_in(calls), HOME, calls, number, 1)
        story.wait(600)
        text(story, calls, number, 1, *incoming(story))
        story.wait(9000, 0.9)


def steered(week: Week) -> None:
    """The home network refuses some networks of a country until the preferred one is chosen."""
    first, second = (
        (world.NIGERIA_OTHER, world.NIGERIA)
        if week.random.random() < 0.5
        else (world.BRITAIN_OTHER, world.BRITAIN)
    )
    number, story = week.new_subscriber(), week.story(clock.moment(week.random, 0, 6))
    at_home(story, number, 1)
    story.wait(60 * (first.minutes + 60))
    vlr, msc, imsi = first.node("vlr"), first.node("msc"), HOME.imsi(number)
    authenticate(story, story.way_in(first), vlr, HOME, imsi, first)
    for _ in range(week.random.randrange(1, 5)):
        asked = flows.location_update(imsi, msc, vlr)
        title, answer = HOME.mobile_title(imsi), refusal(ROAMING_NOT_ALLOWED)
        story.ask(story.way_in(first), vlr, title, asked, answer, HOME.node("hlr"))
        story.wait(9)
    site = land(story, second, number)
    day_abroad(story, second, number, site)


def through_a_hub(week: Week) -> None:
    """Partner Kenya is reached through a hub, whose titles call and are called."""
    number, story = week.new_subscriber(), week.story(clock.moment(week.random, 0, 6))
    at_home(story, number, 1)
    story.wait(60 * (KENYA.minutes + 90))
    way, hub, site = story.way_in(HUB), HUB.node("vlr"), week.random.randrange(1, 4)
    arrive(story, way, HOME, KENYA, number, site, sender=hub)
    cancel(story, INSIDE.reverse(), HOME, HOME.node("vlr"), HOME.imsi(number))
    for _ in range(week.random.randrange(1, 5)):
        story.wait(3600, 0.9)
        text_by_hub(story, number, site)
    if story.chance(0.3):
        authenticate(story, story.way_in(HUB), hub, HOME, HOME.imsi(number), KENYA)
    story.wait(40_000)
    arrive(story, story.way_in(HUB), HOME, KENYA, number, site, sender=hub)


def text_by_hub(story: Story, number: int, site: int) -> None:
    sender, words = incoming(story)
    tpdu = texts.deliver(sender, words, story.now)
    msc, way = KENYA.node("msc", site), story.way_out(HUB)
    forward(story, way, HOME.node("smsc"), msc, HOME.imsi(number), tpdu)


def attach_that_failed(week: Week) -> None:
    """A phone tries a network, gets vectors, and finds that it may not use it."""
    visited = week.random.choice(PARTNERS)
    number, story = week.new_subscriber(), week.story(clock.moment(week.random))
    vlr, imsi = visited.node("vlr"), HOME.imsi(number)
    authenticate(story, story.way_in(visited), vlr, HOME, imsi, visited)
    asked = flows.location_update(imsi, visited.node("msc"), vlr)
    answer = refusal(week.random.choice((ROAMING_NOT_ALLOWED, SYSTEM_FAILURE)))
    title = HOME.mobile_title(imsi)
    story.ask(story.way_in(visited), vlr, title, asked, answer, HOME.node("hlr"), xudt)


def sensor(week: Week) -> None:
    """A device with a SIM but no telephone: registered in the packet domain alone."""
    visited = week.random.choice((world.BRITAIN, world.GERMANY, world.SOUTH_AFRICA))
    number, story = week.new_subscriber(), week.story(clock.moment(week.random, 0, 6))
    for _ in range(week.random.randrange(1, 4)):
        arrive_packet(story, story.way_in(visited), HOME, visited, number, 1)
        story.wait(50_000, 0.9)


def asked_at_home(week: Week) -> None:
    """The own HLR asks where its subscriber abroad is, for the own platform."""
    visited, number = week.random.choice(PARTNERS), week.new_subscriber()
    story, imsi = week.story(clock.moment(week.random)), HOME.imsi(number)
    arrive(story, story.way_in(visited), HOME, visited, number, 1)
    platform, hlr, vlr = HOME.node("gsmscf"), HOME.node("hlr"), visited.node("vlr")
    for _ in range(week.random.randrange(1, 4)):
        story.wait(7200)
        flows.ask_whereabouts(story, story.way_out(visited), hlr, vlr, imsi, visited)
        asked = request(operations.any_time_interrogation, imsi, platform.digits)
        answer = given(71, operations.where, vlr.digits, operations.plmn(visited.plmn) + bytes(4))
        story.ask(INSIDE, platform, hlr, asked, answer)
