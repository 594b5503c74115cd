"""S6a and its neighbours over the IPX: attaches of travellers and guests, and the rest of a day."""

from tests.scenes import diameter
from tests.scenes.diameter import avp, ours
from tests.scenes.digits import tbcd
from tests.week import clock, operations, texts, world
from tests.week.clock import DAY, MINUTE, START
from tests.week.links import CORE_AGENT, IPX
from tests.week.story import Node, Story, Week
from tests.week.world import HOME, HUB_REALM, KENYA, PARTNERS, Network

NOTIFY, UPDATE, AUTHENTICATION = 323, diameter.UPDATE_LOCATION, diameter.AUTHENTICATION_INFORMATION
INSERT, DELETE, CANCEL = (
    diameter.INSERT_SUBSCRIBER_DATA, diameter.DELETE_SUBSCRIBER_DATA, diameter.CANCEL_LOCATION,
)  # fmt: skip
SUCCESS = [avp(268, diameter.SUCCESS)]
ROAMING_NOT_ALLOWED, UNKNOWN_SUBSCRIPTION = 5004, 5420
MOVED, WITHDRAWN = [ours(1420, 0)], [ours(1420, 2)]  # Cancellation-Type
HOME_SERVER = HOME.host("hss")
OUT = IPX.reverse()


def vectors_wanted(number: int = 1) -> bytes:
    """Requested-EUTRAN-Authentication-Info."""
    inside = [ours(1410, number), ours(1412, 0)]
    return diameter.group(1408, inside, diameter.THREEGPP)


def vectors_given(story: Story) -> list[bytes]:
    octets = story.random.randbytes(32)
    vector = [ours(1447, octets[:16]), ours(1448, octets[:8]), ours(1449, octets[16:]),
              ours(1450, octets)]  # fmt: skip
    item = diameter.group(1414, vector, diameter.THREEGPP)
    return [*SUCCESS, diameter.group(1413, [item], diameter.THREEGPP)]


def visited_plmn(network: Network) -> bytes:
    return ours(1407, operations.plmn(network.plmn))


def route(*hosts: str) -> list[bytes]:
    """Route-Records of the agents on the way."""
    return [avp(282, host) for host in hosts]


def agents(network: Network) -> list[bytes]:
    return route(network.host("dra")[0], "dra1.ipx.example")


def authenticate(
    story: Story, home: Network, visited: Network, number: int, mme: Node, hss: Node,
    answer: list[bytes] | None = None, retransmitted: bool = False,
) -> None:  # fmt: skip
    path = IPX if home is HOME else OUT
    avps = [avp(1, home.imsi(number)), vectors_wanted(), visited_plmn(visited), *agents(visited)]
    given = answer or vectors_given(story)
    story.diameter(path, mme, hss, AUTHENTICATION, avps, given, retransmitted=retransmitted)
    story.wait(0.6)


def attach(
    story: Story, home: Network, visited: Network, number: int, site: int,
    authenticated: bool = True, realm: Node | None = None,
) -> None:  # fmt: skip
    """Authentication-Information, then Update-Location with the profile in its answer."""
    mme, hss = realm or visited.host("mme", site), home.host("hss")
    if authenticated:
        authenticate(story, home, visited, number, mme, hss)
    path = IPX if home is HOME else OUT
    imei = diameter.group(1401, [ours(1402, f"35000000{number:06d}"[:14])], diameter.THREEGPP)
    avps = [avp(1, home.imsi(number)), ours(1405, 0b100010), ours(1032, 1004),
            visited_plmn(visited), imei, *agents(visited)]  # fmt: skip
    profile = diameter.subscription(tbcd(home.msisdn(number)))
    story.diameter(path, mme, hss, UPDATE, avps, [*SUCCESS, ours(1406, 1), profile])
    story.wait(2)


def to_node(
    story: Story, home: Network, command: int, number: int, node: Node, avps: list[bytes],
    answer: list[bytes] | None = None,
) -> None:  # fmt: skip
    """A request of the home server to the node that serves its subscriber."""
    path = OUT if home is HOME else IPX
    whole = [avp(1, home.imsi(number)), *avps, *agents(home)]
    story.diameter(path, home.host("hss"), node, command, whole, answer or SUCCESS)
    story.wait(2)


def traveller(week: Week) -> None:
    """An own subscriber with LTE abroad: attaches, moves between MMEs, returns."""
    visited = week.random.choice(PARTNERS)
    number, story = week.new_subscriber(), week.story(clock.moment(week.random, 0, 6))
    attach_at_home(story, number)
    story.wait(60 * (visited.minutes + week.random.randrange(30, 120)), 0)
    site = week.random.randrange(1, 4)
    attach(story, HOME, visited, number, site)
    for _ in range(week.random.randrange(5)):
        story.wait(week.random.randrange(600, 20_000))
        site = day_on(story, visited, number, site)
    if story.chance(0.5):
        purge(story, HOME, visited, number, site)
    else:
        story.wait(60 * (visited.minutes + 60), 0.05)
        attach_at_home(story, number)
        to_node(story, HOME, CANCEL, number, visited.host("mme", site), MOVED)
        if story.chance(0.2):  # the MME's timer runs out when he is long at home
            story.wait(9000)
            purge(story, HOME, visited, number, site)


def messages(week: Week) -> None:
    """An MME of a partner that takes short messages itself, over SGd."""
    visited, number = world.GERMANY, week.new_subscriber()
    story, mme = week.story(clock.moment(week.random, 0, 6)), visited.host("mme")
    attach_at_home(story, number)
    story.wait(60 * (visited.minutes + 60))
    authenticate(story, HOME, visited, number, mme, HOME_SERVER)
    own_number = tbcd(visited.node("msc", 9).digits)
    registers = [ours(1645, own_number), ours(1648, 0)]
    avps = [avp(1, HOME.imsi(number)), ours(1405, 0b100010), ours(1032, 1004),
            visited_plmn(visited), *registers, *agents(visited)]  # fmt: skip
    profile = diameter.subscription(tbcd(HOME.msisdn(number)))
    story.diameter(IPX, mme, HOME_SERVER, UPDATE, avps, [*SUCCESS, profile])
    centre = ours(3300, tbcd(HOME.node("smsc").digits))
    for _ in range(week.random.randrange(1, 4)):
        story.wait(2000, 0.9)
        bank = week.random.choice(texts.BANKS)
        tpdu = texts.deliver(bank, texts.code(week.random, bank), story.now)
        avps = [avp(1, HOME.imsi(number)), centre, ours(3301, tpdu)]
        story.diameter(OUT, HOME.host("smsc"), mme, 8388646, avps, SUCCESS, 16777313)
        if story.chance(0.5):
            sent = texts.submit(HOME.msisdn(5), texts.chat(week.random), number)
            identity = diameter.group(3102, [ours(701, tbcd(HOME.msisdn(number)))], 10415)
            avps = [centre, identity, ours(3301, sent)]
            story.diameter(IPX, mme, HOME.host("smsc"), 8388645, avps, SUCCESS, 16777313)


def attach_at_home(story: Story, number: int) -> None:
    """Between the own MME and the own HSS, inside."""
    mme, imsi = HOME.host("mme"), HOME.imsi(number)
    avps = [avp(1, imsi), ours(1405, 0b100010), ours(1032, 1004), visited_plmn(HOME)]
    profile = diameter.subscription(tbcd(HOME.msisdn(number)))
    story.diameter(CORE_AGENT, mme, HOME_SERVER, UPDATE, avps, [*SUCCESS, profile])


def day_on(story: Story, visited: Network, number: int, site: int) -> int:
    """One of the things that happen while attached abroad; returns the site."""
    mme, what = visited.host("mme", site), story.random.random()
    if what < 0.35:
        other = story.random.randrange(1, 4)
        attach(story, HOME, visited, number, other, story.chance(0.5))
        if other != site:
            to_node(story, HOME, CANCEL, number, mme, MOVED)
        return other
    if what < 0.55:
        notify(story, HOME, visited, number, site)
    elif what < 0.75:
        profile = diameter.subscription(tbcd(HOME.msisdn(number)))
        to_node(story, HOME, INSERT, number, mme, [profile])
    elif what < 0.85:
        place = diameter.location(operations.plmn(visited.plmn), 12, 34)
        to_node(story, HOME, INSERT, number, mme, [ours(1490, 0b11000)], [*SUCCESS, place])
    else:
        repeated = story.chance(0.3)
        hss = HOME.host("hss")
        authenticate(story, HOME, visited, number, mme, hss, retransmitted=repeated)
    return site


def notify(story: Story, home: Network, visited: Network, number: int, site: int) -> None:
    """The MME tells of a new terminal."""
    imei = diameter.group(1401, [ours(1402, f"35000001{number:06d}"[:14])], diameter.THREEGPP)
    avps = [avp(1, home.imsi(number)), imei, ours(1443, 0), *agents(visited)]
    path = IPX if home is HOME else OUT
    story.diameter(path, visited.host("mme", site), home.host("hss"), NOTIFY, avps, SUCCESS)


def purge(story: Story, home: Network, visited: Network, number: int, site: int) -> None:
    avps = [avp(1, home.imsi(number)), ours(1635, 0), *agents(visited)]
    path = IPX if home is HOME else OUT
    answer = [*SUCCESS, ours(1442, 1)]
    mme, hss = visited.host("mme", site), home.host("hss")
    story.diameter(path, mme, hss, diameter.PURGE_UE, avps, answer)


def guest(week: Week) -> None:
    """A partner's subscriber with LTE here; his home server looks after him."""
    home = week.random.choice(PARTNERS)
    number, story = week.new_subscriber(), week.story(clock.moment(week.random, 0, 6))
    mme = HOME.host("mme")
    attach(story, home, HOME, number, 1)
    for _ in range(week.random.randrange(4)):
        story.wait(week.random.randrange(600, 20_000))
        what = week.random.random()
        if what < 0.3:
            profile = diameter.subscription(tbcd(home.msisdn(number)))
            to_node(story, home, INSERT, number, mme, [profile])
        elif what < 0.6:
            place = diameter.location(operations.plmn(HOME.plmn), 4711, 815)
            to_node(story, home, INSERT, number, mme, [ours(1490, 0b1000)], [*SUCCESS, place])
        elif what < 0.8:
            to_node(story, home, DELETE, number, mme, [ours(1421, 1)])
        else:
            notify(story, home, HOME, number, 1)
    story.wait(9000)
    if story.chance(0.7):
        to_node(story, home, CANCEL, number, mme, MOVED)
    else:
        purge(story, home, HOME, number, 1)


def refused(week: Week) -> None:
    """No LTE by agreement, or a subscriber without it: an error instead of vectors or a profile."""
    visited, number = week.random.choice(PARTNERS), week.new_subscriber()
    story, mme = week.story(clock.moment(week.random)), visited.host("mme")
    code = week.random.choice((ROAMING_NOT_ALLOWED, UNKNOWN_SUBSCRIPTION))
    error = [diameter.experimental(code)]
    for _ in range(week.random.randrange(1, 4)):
        authenticate(story, HOME, visited, number, mme, HOME_SERVER, error)
        story.wait(12)


def home_server_of_partner_restarts(week: Week) -> None:
    """Reset of a partner's server, and the attaches of his guests anew."""
    home, story = week.random.choice(PARTNERS), week.story(clock.night(week.random))
    guests = [week.new_subscriber() for _ in range(week.random.randrange(4, 12))]
    for number in guests:
        attach(story, home, HOME, number, 1)
    story.wait(4000)
    beginnings = [ours(1444, home.plmn + "0000")]
    node, hss = HOME.host("mme"), home.host("hss")
    story.diameter(IPX, hss, node, diameter.RESET, [*beginnings, *agents(home)], SUCCESS)
    for number in guests:
        story.wait(20, 0.9)
        attach(story, home, HOME, number, 1, False)


def through_a_hub(week: Week) -> None:
    """Partner Kenya's subscribers and the own ones there: the hub's realm speaks."""
    story, number = week.story(clock.moment(week.random, 0, 6)), week.new_subscriber()
    speaker = ("dea1.ipx.example", HUB_REALM)
    attach(story, HOME, KENYA, number, 1, realm=speaker)
    story.wait(9000)
    mme, visitor = HOME.host("mme"), week.new_subscriber()
    attach(story, KENYA, HOME, visitor, 1)
    story.wait(3000)
    avps = [avp(1, KENYA.imsi(visitor)), *MOVED, *route(KENYA.host("dra")[0])]
    story.diameter(IPX, speaker, mme, CANCEL, avps, SUCCESS)


def watchdogs(week: Week) -> None:
    """The agents greet each other at the beginning, and see every half hour if all is well."""
    story = week.story(START + MINUTE)
    agent, own = ("dra1.ipx.example", HUB_REALM), HOME.host("dra")
    hop = 0x7000
    greeting = [diameter.capabilities(True, *agent, IPX.source, hop),
                diameter.capabilities(False, *own, IPX.destination, hop)]  # fmt: skip
    exchange(story, greeting)
    while story.now < START + 7 * DAY - 31 * MINUTE:
        story.wait(1800, 0.01)
        hop += 1
        exchange(story, [diameter.watchdog(True, *agent, hop), diameter.watchdog(False, *own, hop)])


def exchange(story: Story, octets: list[bytes]) -> None:
    story.week.dialogues += 1
    story.put(IPX, octets[0], 46, story.now)
    story.wait(0.1)
    story.put(OUT, octets[1], 46, story.now)
