"""Short messages: forged, unseen, for the SIM, too many: SMS-03 to SMS-13."""

from tests.week import clock, flows, operations, texts, world
from tests.week.attackers import any_time, attacker, both, rented, victim
from tests.week.operations import ABSENT
from tests.week.story import DONE, Week, refusal, request
from tests.week.world import HOME, Network

HLR_NODE, MSC_NODE = HOME.node("hlr"), HOME.node("msc")


def without_lookup(week: Week) -> None:
    """Delivered without having asked where: the IMSI was known."""
    network, number = attacker(week), victim(week)
    centre, imsi = rented(week, network, "smsc"), HOME.imsi(number)
    story = week.attack("MT-FSM without SRI-SM", "SMS-03", any_time(week), *both(number),
                        centre.digits)  # fmt: skip
    for _ in range(week.random.randrange(1, 4)):
        tpdu = texts.deliver("ExPrize", "INVENTED: you have won a prize", story.now)
        version = week.random.choice((2, 3))
        flows.forward(story, story.way_in(network), centre, MSC_NODE, imsi, tpdu, DONE, version)
        story.wait(500)


def forged_centre(week: Week) -> None:
    """Calling title of one network, service centre of another one in the message."""
    network, number = attacker(week), victim(week)
    other = world.BURKINA if network != world.BURKINA else world.TOGO
    sender, named = rented(week, network, "smsc"), other.node("smsc")
    story = week.attack("forged service centre", "SMS-04 MAP-ORG-02 SMS-03", any_time(week),
                        *both(number), sender.digits, named.digits)  # fmt: skip
    way = story.way_in(network)
    flows.look_up(story, way, sender, HOME, number, MSC_NODE)
    tpdu = texts.deliver("ExParcel", "INVENTED: pay for your parcel", story.now)
    imsi = HOME.imsi(number)
    flows.forward(story, way, named, MSC_NODE, imsi, tpdu, sender=sender)


def from_somebody_else(week: Week) -> None:
    """mo-ForwardSM in the name of an own subscriber who is at home."""
    network, number = attacker(week), victim(week)
    before = week.story(clock.moment(week.random, 0, 6))
    flows.at_home(before, number, 1)
    before.wait(5000)
    msc = rented(week, network, "msc")
    story = week.attack("MO-FSM spoofing", "SMS-05", before.now, *both(number),
                        msc.digits)  # fmt: skip
    for _ in range(week.random.randrange(1, 4)):
        friend = HOME.msisdn(week.random.randrange(10**6))
        tpdu = texts.submit(friend, "INVENTED: please send me airtime", number)
        flows.submit(story, story.way_in(network), msc, HOME, number, tpdu)
        story.wait(100)


def delivered(
    week: Week, family: str, detectors: str, network: Network, tpdus: list[bytes],
    apart: float = 240,
) -> None:  # fmt: skip
    """Each message looked up and delivered as it should be; what is in it makes the attack."""
    number = victim(week)
    centre, imsi = rented(week, network, "smsc"), HOME.imsi(number)
    answers = [DONE if week.random.random() < 0.9 else refusal(ABSENT) for _ in tpdus]
    story = week.attack(family, detectors, any_time(week), *both(number), centre.digits,
                        answered=DONE in answers)  # fmt: skip
    way = story.way_in(network)
    flows.look_up(story, way, centre, HOME, number, MSC_NODE)
    for tpdu, answer in zip(tpdus, answers, strict=True):
        flows.forward(story, way, centre, MSC_NODE, imsi, tpdu, answer)
        story.wait(apart)


def silent(week: Week) -> None:
    """Short message type 0, which no telephone shows."""
    tpdu = texts.deliver("4670001", "", clock.START, pid=0x40)
    times = week.random.randrange(1, 5)
    delivered(week, "silent SMS", "SMS-06", attacker(week), [tpdu] * times)


def unseen(week: Week) -> None:
    """Voice mail's lamp by a stranger, an empty flash message, an empty WAP push."""
    lamp = texts.deliver("4670001", "", clock.START, dcs=0xC0)
    flash = texts.deliver("4670001", "", clock.START, dcs=0x10)
    ports = bytes.fromhex("0605040b8423f0")
    push = texts.deliver("4670001", "", clock.START, header=ports, dcs=0xF5)
    tpdu = week.random.choice((lamp, flash, push))
    delivered(week, "invisible SMS", "SMS-07", attacker(week), [tpdu] * 2)


def to_the_card(week: Week) -> None:
    """A command for an application of the SIM, without any security."""
    area = week.random.choice((b"\x50\x53\x48", b"\x53\x40\x54", b"\x00\x00\x01"))
    command = b"\xd0\x1a\x81\x03\x01\x26\x00\x82\x02\x81\x82" + week.random.randbytes(15)
    tpdu = texts.to_the_card("4670001", clock.START, area, bytes(4), command)
    delivered(week, "OTA SMS to the SIM", "SMS-08", attacker(week), [tpdu])


def lookalike(week: Week) -> None:
    """A sender that looks like the bank's."""
    sender = week.random.choice(("ExM0ney", "ExMoneyy", "ExBanc", "EXBAMK"))
    text = "INVENTED: your account is closed, call us"
    tpdu = texts.deliver(sender, text, clock.START + clock.DAY)
    delivered(week, "look-alike sender", "SMS-11", attacker(week, 0), [tpdu])


def bombing(week: Week) -> None:
    """Dozens of messages to one subscriber within minutes."""
    tpdus = [texts.deliver("ExPrize", "INVENTED: call now", clock.START + clock.DAY)] * 36
    delivered(week, "SMS flooding", "SMS-09", attacker(week), tpdus, apart=8)


def delivery_reported(week: Week) -> None:
    """A report about a message that never was, so that waiting ones are forgotten."""
    network, number = attacker(week, 0.1), victim(week)
    centre, msisdn = rented(week, network, "smsc"), HOME.msisdn(number)
    story = week.attack("delivery report abuse", "SMS-13", any_time(week), *both(number),
                        centre.digits, grave=False)  # fmt: skip
    asked = request(operations.delivery_report_of_success, msisdn, centre.digits)
    story.ask(story.way_in(network), centre, HLR_NODE, asked, DONE)


def malformed(week: Week) -> None:
    """A TPDU whose lengths lie, more text announced than there is, or with a reserved code."""
    words, sent = "INVENTED: hello there, friend", clock.START + clock.DAY
    tpdu = week.random.choice((
        texts.deliver("ExPrize", words, sent)[:-20],
        texts.deliver("ExPrize", words, sent, pid=0x80 + week.random.randrange(0x40)),
    ))  # fmt: skip
    delivered(week, "TPDU evasion", "SMS-12", attacker(week), [tpdu])


FAMILIES = (
    without_lookup, forged_centre, from_somebody_else, silent, unseen, to_the_card, lookalike,
    bombing, delivery_reported, malformed,
)  # fmt: skip
