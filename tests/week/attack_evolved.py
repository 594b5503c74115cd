"""Diameter from those whom it does not concern (DIA-01 to DIA-25)."""

from tests.scenes import diameter
from tests.scenes.diameter import avp, ours
from tests.scenes.digits import tbcd
from tests.week import clock, evolved, flows, operations, texts, world
from tests.week.attackers import any_time, attacker, both, rented, succeeds, victim
from tests.week.evolved import IPX, SUCCESS, WITHDRAWN, authenticate, vectors_wanted
from tests.week.story import Node, Story, Week
from tests.week.world import HOME, Network

HSS, MME = HOME.host("hss"), HOME.host("mme")
S6C, SGD, SH, CX = 16777312, 16777313, 16777217, 16777216
SLH, SLG, S13 = 16777291, 16777255, 16777252
LOCATION = ours(1490, 0b11000)  # IDR-Flags
REFUSED = [avp(268, 3004)]  # or an error of the base protocol


def begun(
    week: Week, family: str, detectors: str, network: Network, number: int, role: str,
    answered: bool = True, grave: bool = True,
) -> tuple[Story, Node]:  # fmt: skip
    """The attack's story and its host, in the network's realm."""
    host, realm = network.host(role, 70 + week.random.randrange(9))
    story = week.attack(family, detectors, any_time(week), *both(number), host, realm,
                        answered=answered, grave=grave)  # fmt: skip
    return story, (host, realm)


def answer_or_not(
    week: Week, given: list[bytes], answered: bool, error: int = 5012
) -> list[bytes] | None:
    if answered:
        return given
    return week.random.choice(([avp(268, error)], None))


def home_server(week: Week) -> None:
    """Insert-Subscriber-Data, Delete, Cancel-Location or Reset as if by the home server."""
    network, number, answered = attacker(week), victim(week), succeeds(week)
    kind = week.random.randrange(4)
    story, sender = begun(week, ("IDR location", "CLR", "DSR", "RSR")[kind], "DIA-03 DIA-25 DIA-17",
                          attacker(week, 0) if kind == 3 else network, number, "hss",
                          answered)  # fmt: skip
    place = diameter.location(operations.plmn(HOME.plmn), 4711, 815)
    command, avps, given = (
        (evolved.INSERT, [LOCATION], [*SUCCESS, place]),
        (evolved.CANCEL, WITHDRAWN, SUCCESS),
        (evolved.DELETE, [ours(1421, 1)], SUCCESS),
        (diameter.RESET, [ours(1444, HOME.plmn)], SUCCESS),
    )[kind]
    who = [] if command == diameter.RESET else [avp(1, HOME.imsi(number))]
    reply = answer_or_not(week, given, answered)
    story.diameter(IPX, sender, MME, command, [*who, *avps], reply)


def registers(
    story: Story, sender: Node, network: Network, number: int, more: list[bytes],
    given: list[bytes] | None,
) -> None:  # fmt: skip
    avps = [avp(1, HOME.imsi(number)), ours(1405, 0b100010), ours(1032, 1004),
            evolved.visited_plmn(network), *more]  # fmt: skip
    story.diameter(IPX, sender, HSS, evolved.UPDATE, avps, given)


def profile(number: int) -> list[bytes]:
    return [*SUCCESS, ours(1406, 1), diameter.subscription(tbcd(HOME.msisdn(number)))]


def stranger_registers(week: Week) -> None:
    """Update-Location from a network without an agreement."""
    number, answered = victim(week), succeeds(week)
    network = attacker(week, 0)
    story, sender = begun(week, "ULR from a stranger", "DIA-04 DIA-05 MAP-ORG-07 X-01", network,
                          number, "mme", answered)  # fmt: skip
    reply = answer_or_not(week, profile(number), answered, 5004)
    registers(story, sender, network, number, [], reply)


def registers_too_fast(week: Week) -> None:
    """Update-Location far away, minutes after the telephone was seen at home."""
    number, network = victim(week), week.random.choice((world.CHINA, world.AMERICA, world.BRITAIN))
    before = week.story(clock.moment(week.random, 0, 6))
    evolved.attach_at_home(before, number)
    before.wait(900)
    sender = network.host("mme", 77)
    story = week.attack("ULR velocity", "DIA-05 X-01 DIA-04", before.now, *both(number),
                        *sender)  # fmt: skip
    registers(story, sender, network, number, [], profile(number))


def registers_for_messages(week: Week) -> None:
    """Update-Location with a number for short messages that is another network's."""
    number, network = victim(week), week.random.choice((world.SOUTH_AFRICA, world.GERMANY))
    elsewhere = rented(week, attacker(week, 0), "msc").digits
    before = week.story(clock.moment(week.random, 0, 6))
    evolved.attach_at_home(before, number)
    before.wait(40_000)
    sender = network.host("mme", 78)
    story = week.attack("MME SMS hijack over S6a", "DIA-08 DIA-05", before.now, *both(number),
                        elsewhere, *sender)  # fmt: skip
    more = [ours(1645, flows.tbcd(elsewhere)), ours(1648, 0)]
    registers(story, sender, network, number, more, profile(number))
    story.wait(300)
    bank = week.random.choice(texts.BANKS)
    tpdu = texts.deliver(bank, texts.code(week.random, bank), story.now)
    node = HOME.node("msc").__class__(elsewhere, 8)
    way = story.way_out(network)
    flows.forward(story, way, HOME.node("smsc"), node, HOME.imsi(number), tpdu)


def vectors(week: Week) -> None:
    """Authentication-Information again and again, and nobody attaches."""
    network, number = attacker(week, 0.5), victim(week)
    story, sender = begun(week, "AIR harvesting", "DIA-06 DIA-21", network, number, "mme")
    for _ in range(week.random.randrange(3, 7)):
        avps = [avp(1, HOME.imsi(number)), vectors_wanted(5), evolved.visited_plmn(network)]
        given = evolved.vectors_given(story)
        story.diameter(IPX, sender, HSS, evolved.AUTHENTICATION, avps, given)
        story.wait(40)


def notifies_or_purges(week: Week) -> None:
    """Notify or Purge-UE from a network where the subscriber is not."""
    network, number = attacker(week), victim(week)
    before = week.story(clock.moment(week.random, 0, 6))
    evolved.attach_at_home(before, number)
    before.wait(9000)
    sender = network.host("mme", 79)
    story = week.attack("NOR and PUR from a stranger", "DIA-07", before.now, *both(number),
                        *sender)  # fmt: skip
    command, flags = week.random.choice(((diameter.PURGE_UE, ours(1635, 0)),
                                         (evolved.NOTIFY, ours(1443, 0))))  # fmt: skip
    story.diameter(IPX, sender, HSS, command, [avp(1, HOME.imsi(number)), flags], SUCCESS)


def looked_up(week: Week) -> None:
    """Send-Routing-Info-for-SM of S6c, and no message."""
    network, number = attacker(week, 0), victim(week)
    story, sender = begun(week, "SRR lookup", "DIA-09 DIA-01", network, number, "smsc")
    msisdn = tbcd(HOME.msisdn(number))
    avps = [ours(701, msisdn), ours(3300, flows.tbcd(network.node("smsc").digits))]
    node = diameter.group(2401, [ours(2402, MME[0]), ours(2408, MME[1])], diameter.THREEGPP)
    given = [*SUCCESS, avp(1, HOME.imsi(number)), node]
    story.diameter(IPX, sender, HSS, 8388647, avps, given, S6C)


def forged_message(week: Week) -> None:
    """A short message over SGd by somebody who looked nothing up: silent, or for the SIM."""
    network, number = attacker(week, 0), victim(week)
    story, sender = begun(week, "TFR forged or silent", "DIA-10 SMS-03 SMS-06 SMS-08 DIA-01",
                          network, number, "smsc")  # fmt: skip
    tpdu = week.random.choice((
        texts.deliver("4670001", "", story.now, pid=0x40),
        texts.deliver("ExPrize", "INVENTED: a prize", story.now),
    ))  # fmt: skip
    centre = ours(3300, flows.tbcd(world.BURKINA.node("smsc").digits))
    avps = [avp(1, HOME.imsi(number)), centre, ours(3301, tpdu)]
    story.diameter(IPX, sender, MME, 8388646, avps, SUCCESS, SGD)


def asked_for_ims(week: Week) -> None:
    """User-Data of Sh with the location, or vectors of Cx, from outside."""
    network, number, answered = attacker(week), victim(week), succeeds(week)
    story, sender = begun(week, "Sh and Cx", "DIA-12 DIA-01", network, number, "as",
                          answered)  # fmt: skip
    if week.random.random() < 0.6:
        identity = diameter.group(700, [ours(701, tbcd(HOME.msisdn(number)))], diameter.THREEGPP)
        avps = [identity, ours(703, 14), ours(706, 0), ours(707, 1)]
        given = [*SUCCESS, ours(702, b"<Sh-Data/>")]
        story.diameter(IPX, sender, HSS, 306, avps, answer_or_not(week, given, answered), SH)
        return
    public = f"sip:{HOME.imsi(number)}@ims.mnc099.mcc620.3gppnetwork.org"
    item = diameter.group(612, [ours(608, "Digest-AKAv1-MD5")], diameter.THREEGPP)
    avps = [avp(1, HOME.imsi(number)), ours(601, public), item]
    story.diameter(IPX, sender, HSS, 303, avps, answer_or_not(week, SUCCESS, answered), CX)


def located(week: Week) -> None:
    """LCS-Routing-Info of SLh from outside."""
    network, number, answered = attacker(week), victim(week), succeeds(week)
    story, sender = begun(week, "SLh location", "DIA-13 DIA-01", network, number, "gmlc",
                          answered)  # fmt: skip
    avps = [avp(1, HOME.imsi(number)), ours(1474, tbcd(network.node("gmlc").digits))]
    node = diameter.group(2401, [ours(2402, MME[0]), ours(2408, MME[1])], diameter.THREEGPP)
    given = [*SUCCESS, node]
    reply = answer_or_not(week, given, answered)
    story.diameter(IPX, sender, HSS, 8388622, avps, reply, SLH)
    if answered and story.chance(0.5):  # then Provide-Location of SLg
        story.wait(30)
        client = diameter.group(1240, [], diameter.THREEGPP)
        avps = [avp(1, HOME.imsi(number)), ours(2500, 0), client, ours(1241, 1)]
        fix = [*SUCCESS, ours(1242, bytes.fromhex("1007f00000100005"))]
        story.diameter(IPX, sender, MME, 8388620, avps, fix, SLG)


def reported(week: Week) -> None:
    """Report-SM-Delivery-Status of S6c about a message that never was."""
    network, number = attacker(week, 0), victim(week)
    story, sender = begun(week, "S6c report abuse", "DIA-11 DIA-01", network, number, "smsc",
                          grave=False)  # fmt: skip
    outcome = diameter.group(3316, [], diameter.THREEGPP)
    identity = diameter.group(3102, [ours(701, tbcd(HOME.msisdn(number)))], diameter.THREEGPP)
    avps = [identity, ours(3300, tbcd(network.node("smsc").digits)), outcome]
    story.diameter(IPX, sender, HSS, 8388649, avps, SUCCESS, S6C)


def looped(week: Week) -> None:
    """A way that went through the own agent before it came in."""
    network, number = attacker(week, 0.6), victim(week)
    story, sender = begun(week, "Route-Record loop", "DIA-18", network, number, "mme")
    avps = [avp(1, HOME.imsi(number)), vectors_wanted(), evolved.visited_plmn(network),
            *evolved.route(HOME.host("dra")[0], "dra9.ipx.example")]  # fmt: skip
    given = evolved.vectors_given(story)
    story.diameter(IPX, sender, HSS, evolved.AUTHENTICATION, avps, given)


def equipment(week: Week) -> None:
    """ME-Identity-Check of S13 from outside."""
    network, number = attacker(week), victim(week)
    story, sender = begun(week, "ECR from outside", "DIA-14 DIA-01", network, number, "mme",
                          grave=False)  # fmt: skip
    imei = diameter.group(1401, [ours(1402, "35000000123456")], diameter.THREEGPP)
    given = [*SUCCESS, ours(1445, 0)]
    story.diameter(IPX, sender, HOME.host("eir"), 324, [imei], given, S13)


def of_another_realm(week: Week) -> None:
    """Origin-Host that is not in its Origin-Realm."""
    network = attacker(week)
    realm = "epc.mnc001.mcc234.3gppnetwork.org"
    claims(week, "host of another realm", "DIA-15", network, (network.host("mme")[0], realm))


def of_own_realm(week: Week) -> None:
    """The own realm, from outside."""
    claims(week, "own realm from outside", "DIA-16", HOME, HOME.host("mme"))


def claims(week: Week, family: str, detectors: str, visited: Network, sender: Node) -> None:
    """Vectors wanted under names that are not the sender's."""
    number = victim(week)
    story = week.attack(family, detectors, any_time(week), *both(number), *sender)
    avps = [avp(1, HOME.imsi(number)), vectors_wanted(), evolved.visited_plmn(visited)]
    given = evolved.vectors_given(story)
    story.diameter(IPX, sender, HSS, evolved.AUTHENTICATION, avps, given)


def other_application(week: Week) -> None:
    """A location request of SLg in the header of S6a."""
    network, number = attacker(week), victim(week)
    story, sender = begun(week, "command of another application", "DIA-02 DIA-01", network, number,
                          "gmlc", False)  # fmt: skip
    avps = [avp(1, HOME.imsi(number)), ours(2500, 0)]
    story.diameter(IPX, sender, MME, 8388620, avps, [avp(268, 3001)])


def enumerated(week: Week) -> None:
    """Authentication-Information for one IMSI after the other."""
    network, first = attacker(week, 0.4), week.random.randrange(3_000_000, 4_000_000)
    sender = network.host("mme", 75)
    story = week.attack("Diameter enumeration", "DIA-21 DIA-06", any_time(week), *sender)
    for number in range(first, first + week.random.randrange(52, 60)):
        error = [diameter.experimental(5001)]
        given = error if week.random.random() < 0.7 else None
        authenticate(story, HOME, network, number, sender, HSS, given)
        story.wait(3)


FAMILIES = (
    home_server, stranger_registers, registers_too_fast, registers_for_messages, vectors,
    notifies_or_purges, looked_up, forged_message, asked_for_ims, located, reported, looped,
    equipment,
    of_another_realm, of_own_realm, other_application, enumerated,
)  # fmt: skip
