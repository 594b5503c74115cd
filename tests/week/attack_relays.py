"""Diameter put in on the way: other relays, identifiers, networks and names (DIA-17 to -23)."""

from tests.scenes import diameter
from tests.scenes.diameter import avp
from tests.scenes.frames import DIAMETER
from tests.week import clock, evolved, world
from tests.week.attack_evolved import HSS, begun
from tests.week.attackers import any_time, attacker, both, victim
from tests.week.evolved import AUTHENTICATION, IPX, vectors_given, vectors_wanted, visited_plmn
from tests.week.story import Node, Story, Week
from tests.week.world import HOME, PARTNERS, Network

LATER = (2, 6)  # days; before, nobody knows what is usual


def put_in(week: Week) -> None:
    """Vectors wanted in a partner's name, by a way with two relays more."""
    network, number = week.random.choice(PARTNERS), victim(week)
    host, realm = network.host("mme", 90)
    moment = clock.moment(week.random, *LATER)
    story = week.attack("Route-Record way", "DIA-18", moment, *both(number), host, realm)
    way = evolved.route(network.host("dra")[0], "gw.lessee.example", "gw.exchange.example",
                        "dra1.ipx.example")  # fmt: skip
    avps = [avp(1, HOME.imsi(number)), vectors_wanted(), visited_plmn(network), *way]
    story.diameter(IPX, (host, realm), HSS, AUTHENTICATION, avps, vectors_given(story))


def identifier_twice(week: Week) -> None:
    """Two subscribers' vectors wanted under one End-to-End identifier."""
    network, numbers = attacker(week), (victim(week), victim(week))
    story, sender = begun(week, "End-to-End identifier twice", "DIA-19", network, numbers[0], "mme")
    end = week.random.randrange(1 << 32)
    for number in numbers:
        hop = int.from_bytes(story.transaction(f"hop {IPX.source}"))
        asks(story, sender, network, number, hop, end)
        story.wait(20)


def asks(story: Story, sender: Node, network: Network, number: int, hop: int, end: int) -> None:
    session = diameter.session(sender[0], end)
    names = diameter.origin(*sender) + diameter.destination(HSS[1], HSS[0])
    about = [avp(1, HOME.imsi(number)), vectors_wanted(), visited_plmn(network)]
    asked = [*session, *names, *about, *evolved.agents(network)]
    octets = diameter.message(AUTHENTICATION, True, hop, end, asked)
    story.put(IPX, octets, DIAMETER, story.now)
    story.wait(0.2)
    told = [*session, *diameter.origin(*HSS), *vectors_given(story)]
    back = diameter.message(AUTHENTICATION, False, hop, end, told)
    story.put(IPX.reverse(), back, DIAMETER, story.now)


def reflected(week: Week) -> None:
    """An answer to a question that somebody asked elsewhere in the own network's name."""
    network = week.random.choice(PARTNERS)
    sender = network.host("hss", 90 + week.random.randrange(9))
    moment = clock.moment(week.random, *LATER)
    story = week.attack("answer without a request", "DIA-19", moment, *sender)
    end = week.random.randrange(1 << 32)
    told = [*diameter.session(HOME.host("mme")[0], end), *diameter.origin(*sender)]
    octets = diameter.message(AUTHENTICATION, False, end >> 3, end, [*told, *vectors_given(story)])
    story.put(IPX, octets, DIAMETER, story.now)


def of_another_network(week: Week) -> None:
    """Vectors wanted for a partner's network by a network that is not it."""
    network, number = attacker(week, 0), victim(week)
    named = week.random.choice((world.NIGERIA, world.BRITAIN, world.TOGO))
    story, sender = begun(week, "visited network of another", "DIA-17", network, number, "mme")
    avps = [avp(1, HOME.imsi(number)), vectors_wanted(), visited_plmn(named)]
    story.diameter(IPX, sender, HSS, AUTHENTICATION, avps, vectors_given(story))


def peer_in_own_name(week: Week) -> None:
    """The carrier's agent greets in the own network's name."""
    host, realm = HOME.host("dra", 20 + week.random.randrange(70))
    story = week.attack("peer in the own name", "DIA-23", any_time(week), host, realm)
    hop = week.random.randrange(1 << 31)
    own = HOME.host("dra")
    asked = diameter.capabilities(True, host, realm, IPX.source, hop)
    story.put(IPX, asked, DIAMETER, story.now)
    story.wait(0.1)
    told = diameter.capabilities(False, *own, IPX.destination, hop)
    story.put(IPX.reverse(), told, DIAMETER, story.now)


FAMILIES = (put_in, identifier_twice, reflected, of_another_network, peer_in_own_name)
