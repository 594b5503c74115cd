"""Short messages across borders: people, companies and their aggregators, and what goes wrong."""

from tests.week import clock, flows, operations, texts, world
from tests.week.clock import HOUR
from tests.week.flows import forward, look_up
from tests.week.links import FROM_NEIGHBOUR, INSIDE
from tests.week.operations import ABSENT, UNKNOWN
from tests.week.story import DONE, Story, Week, refusal, request
from tests.week.world import ABROAD, AGGREGATORS, HOME, PARTNERS, Network

EVERYBODY = 200_000  # own subscribers who stay at home


def somebody(story: Story) -> int:
    return 1_000_000 + story.random.randrange(EVERYBODY)


def from_abroad(week: Week) -> None:
    """A person abroad writes to one here: lookup, delivery, and what follows if he is absent."""
    network = week.random.choice(PARTNERS + ABROAD)
    story = week.story(clock.moment(week.random))
    story.inside_too = story.chance(0.1)
    number, msc, centre = somebody(story), HOME.node("msc"), network.node("smsc")
    version = 1 if network == world.BURKINA else week.random.choice((3, 3, 2))
    sender = network.msisdn(week.random.randrange(10**4))
    tpdu = texts.deliver(sender, texts.chat(week.random), story.now)
    way = story.way_in(network)
    look_up(story, way, centre, HOME, number, msc, version=version)
    if story.chance(0.9):
        forward(story, way, centre, msc, HOME.imsi(number), tpdu, DONE, version)
    else:
        absent(story, network, number, tpdu)


def absent(story: Story, network: Network, number: int, tpdu: bytes) -> None:
    """Not reached: a report, later an alert to the centre, and a second attempt."""
    msc, centre, way = HOME.node("msc"), network.node("smsc"), story.way_in(network)
    forward(story, way, centre, msc, HOME.imsi(number), tpdu, refusal(ABSENT))
    told = request(operations.delivery_report, HOME.msisdn(number), centre.digits)
    story.ask(way, centre, HOME.node("hlr"), told, DONE)
    story.wait(4000, 0.9)
    alert = request(operations.alert_centre, HOME.msisdn(number), centre.digits, version=2)
    story.ask(story.way_out(network), HOME.node("hlr"), centre, alert, DONE)
    story.wait(15)
    look_up(story, way, centre, HOME, number, msc)
    forward(story, way, centre, msc, HOME.imsi(number), tpdu)


def unreachable(week: Week) -> None:
    """The HLR knows that the telephone is off: no delivery is tried, the centre asks again."""
    network = week.random.choice(PARTNERS + ABROAD)
    story = week.story(clock.moment(week.random, 0, 6))
    number, centre = somebody(story), network.node("smsc")
    way, msc, off = story.way_in(network), HOME.node("msc"), refusal(ABSENT)
    for _ in range(week.random.randrange(2, 6)):
        look_up(story, way, centre, HOME, number, msc, off)
        story.wait(1800, 0.5)
    look_up(story, story.way_in(network), centre, HOME, number, msc)
    late = texts.deliver(network.msisdn(12), texts.chat(week.random), story.now - 3 * HOUR)
    forward(story, story.way_in(network), centre, msc, HOME.imsi(number), late)


def chatter(week: Week) -> None:
    """A friend abroad writes twenty messages in a quarter of an hour."""
    network = week.random.choice(PARTNERS + ABROAD)
    story = week.story(clock.moment(week.random))
    number, centre, msc = somebody(story), network.node("smsc"), HOME.node("msc")
    for _ in range(week.random.randrange(8, 22)):
        way = story.way_in(network)
        look_up(story, way, centre, HOME, number, msc)
        tpdu = texts.deliver(network.msisdn(13), texts.chat(week.random), story.now)
        forward(story, way, centre, msc, HOME.imsi(number), tpdu)
        story.wait(35, 0.8)


def to_abroad(week: Week) -> None:
    """A person here writes abroad: the own centre asks there and delivers there."""
    network = week.random.choice(PARTNERS + ABROAD)
    story, number = week.story(clock.moment(week.random)), week.random.randrange(10**4)
    centre, msc = HOME.node("smsc"), network.node("msc", week.random.randrange(1, 4))
    out, sender = story.way_out(network), HOME.msisdn(somebody(story))
    answer = refusal(UNKNOWN) if story.chance(0.03) else b""
    look_up(story, out, centre, network, number, msc, answer)
    if answer == b"":
        tpdu = texts.deliver(sender, texts.chat(week.random), story.now)
        forward(story, out, centre, msc, network.imsi(number), tpdu)


def codes_of_sites(week: Week) -> None:
    """An aggregator brings one-time codes of sites from abroad, all day long."""
    network = week.random.choice(AGGREGATORS)
    story = week.story(clock.moment(week.random))
    for _ in range(week.random.randrange(3, 12)):
        sender = week.random.choice(texts.SITES)
        from_aggregator(story, network, sender, texts.code(week.random, sender))
        story.wait(week.random.randrange(4, 400))


def from_aggregator(story: Story, network: Network, sender: str, words: str) -> None:
    """Looked up by one title of the aggregator and delivered from another."""
    number, msc, way = somebody(story), HOME.node("msc"), story.way_in(network)
    asks, sends = network.node("smsc", 1), network.node("smsc", story.random.choice((1, 1, 2)))
    if story.chance(0.02):
        look_up(story, way, asks, HOME, number, msc, refusal(UNKNOWN))
        return
    look_up(story, way, asks, HOME, number, msc)
    tpdu = texts.deliver(sender, words, story.now)
    if story.chance(0.05):
        absent_for_long = refusal(ABSENT)
        forward(story, way, sends, msc, HOME.imsi(number), tpdu, absent_for_long)
        report = request(operations.delivery_report, HOME.msisdn(number), sends.digits)
        story.ask(way, sends, HOME.node("hlr"), report, DONE)
        return
    forward(story, way, sends, msc, HOME.imsi(number), tpdu)


def campaign(week: Week) -> None:
    """A brand's offer to sixty people and more within an hour, through an aggregator."""
    network, brand = week.random.choice(AGGREGATORS), week.random.choice(texts.BRANDS)
    start = clock.moment(week.random)
    for _ in range(week.random.randrange(60, 140)):
        story = week.story(start + week.random.randrange(HOUR))
        from_aggregator(story, network, brand, texts.offer(week.random, brand))


def bank_writes(week: Week) -> None:
    """The own centre delivers a bank's notices at home; seen inside."""
    story, bank = week.story(clock.moment(week.random)), week.random.choice(texts.BANKS)
    for _ in range(week.random.randrange(3, 20)):
        number, centre, msc = somebody(story), HOME.node("smsc"), HOME.node("msc")
        look_up(story, INSIDE, centre, HOME, number, msc)
        tpdu = texts.deliver(bank, texts.code(week.random, bank), story.now)
        forward(story, INSIDE, centre, msc, HOME.imsi(number), tpdu)
        story.wait(60, 0.9)


def own_services(week: Week) -> None:
    """Voice mail's lamp, a balance that flashes up, a SIM's update: by own platforms, inside."""
    story, number = week.story(clock.moment(week.random)), week.random.randrange(10**6)
    centre, msc, imsi = HOME.node("smsc"), HOME.node("msc"), HOME.imsi(number)
    kind = week.random.randrange(3)
    if kind == 0:
        tpdu = texts.deliver(f"{HOME.prefix}121", "INVENTED: one message", story.now, dcs=0xC8)
    elif kind == 1:
        tpdu = texts.deliver(f"{HOME.prefix}124", "INVENTED: 3.20 left", story.now, dcs=0x10)
    else:
        security, area = bytes.fromhex("16391515"), bytes.fromhex("b00001")
        payload = week.random.randbytes(30)
        sender = f"{HOME.prefix}900"
        tpdu = texts.to_the_card(sender, story.now, area, security, payload)
    abroad = week.random.random() < 0.3
    if abroad:  # the same for travellers
        visited = week.random.choice(PARTNERS)
        traveller = week.new_subscriber()
        flows.arrive(story, story.way_in(visited), HOME, visited, traveller, 1)
        story.wait(900)
        way, node = story.way_out(visited), visited.node("msc")
        forward(story, way, centre, node, HOME.imsi(traveller), tpdu)
        return
    forward(story, INSIDE, centre, msc, imsi, tpdu)


def status_reports(week: Week) -> None:
    """A person here asked to be told when his message arrived abroad."""
    network, story = week.random.choice(PARTNERS), week.story(clock.moment(week.random))
    number, msc = week.random.randrange(10**6), HOME.node("msc")
    way, centre = story.way_in(network), network.node("smsc")
    look_up(story, way, centre, HOME, number, msc)
    tpdu = texts.status_report(network.msisdn(77), story.now, number)
    forward(story, way, centre, msc, HOME.imsi(number), tpdu)


def neighbour(week: Week) -> None:
    """The other operator of the country, over the national link: messages and calls."""
    story = week.story(clock.moment(week.random))
    other, number = world.NATIONAL_NEIGHBOUR, week.random.randrange(10**6)
    way, msc, hlr = FROM_NEIGHBOUR, HOME.node("msc"), HOME.node("hlr")
    if story.chance(0.6):
        sender = other.msisdn(week.random.randrange(10**5))
        look_up(story, way, other.node("smsc"), HOME, number, msc)
        tpdu = texts.deliver(sender, texts.chat(week.random), story.now)
        forward(story, way, other.node("smsc"), msc, HOME.imsi(number), tpdu)
        return
    gateway, roaming = other.node("gateway"), f"{HOME.prefix}8{number:06d}"
    asked = request(operations.send_routing_info, HOME.msisdn(number), gateway.digits)
    told = flows.given(22, operations.send_routing_info_result, HOME.imsi(number), roaming)
    story.ask(way, gateway, hlr, asked, told)
