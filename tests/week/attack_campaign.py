"""Campaigns in two protocols against one subscriber: DIA-24, X-01 to X-04."""

from tests.scenes import diameter
from tests.scenes.diameter import avp
from tests.week import evolved, flows, operations, texts
from tests.week.attack_evolved import LOCATION, MME, begun
from tests.week.attack_location import ask_any_time
from tests.week.attackers import attacker, rented, victim
from tests.week.evolved import IPX, MOVED, SUCCESS
from tests.week.operations import ATI_NOT_ALLOWED
from tests.week.story import Week, refusal
from tests.week.world import HOME


def downgraded(week: Week) -> None:
    """Cancel-Location over Diameter, then updateLocation over MAP for the same subscriber."""
    network, number = attacker(week, 0.2), victim(week)
    story, sender = begun(week, "cross-protocol downgrade",
                          "DIA-24 DIA-03 X-01 MAP-INT-01 MAP-INT-05 X-02 X-04", network, number,
                          "hss")  # fmt: skip
    who = avp(1, HOME.imsi(number))
    story.diameter(IPX, sender, MME, evolved.CANCEL, [who, *MOVED], SUCCESS)
    story.wait(200)
    flows.arrive(story, story.way_in(network), HOME, network, number, 1, False)
    story.wait(200)
    bank = week.random.choice(texts.BANKS)
    tpdu = texts.deliver(bank, texts.code(week.random, bank), story.now)
    msc, way = network.node("msc"), story.way_out(network)
    flows.forward(story, way, HOME.node("smsc"), msc, HOME.imsi(number), tpdu)


def tried_again(week: Week) -> None:
    """Refused over SS7, then asked over Diameter, then by a message to the SIM."""
    network, number = attacker(week, 0), victim(week)
    source = rented(week, network, "gsmscf")
    story, sender = begun(week, "cross-protocol campaign",
                          "X-02 X-03 X-04 MAP-LOC-12 DIA-03 MAP-LOC-01", network, number,
                          "hss")  # fmt: skip
    asked = ask_any_time(week, number, source)
    way, refused = story.way_in(network), refusal(ATI_NOT_ALLOWED)
    story.ask(way, source, HOME.node("hlr"), asked, refused)
    story.wait(300)
    place = diameter.location(operations.plmn(HOME.plmn), 4711, 815)
    who = avp(1, HOME.imsi(number))
    story.diameter(IPX, sender, MME, evolved.INSERT, [who, LOCATION], [*SUCCESS, place])


FAMILIES = (downgraded, tried_again)
