"""Subscribers of partners in the own network, and what their home networks ask about them."""

from tests.scenes import operations as basic
from tests.scenes.dialogue import Way
from tests.week import clock, flows, operations, services, texts
from tests.week.calls import call_of_roamer
from tests.week.flows import arrive, arrive_packet, cancel, forward
from tests.week.links import CARRIERS
from tests.week.story import DONE, Request, Story, Week, given, refusal, request
from tests.week.world import AGGREGATORS, HOME, HUB, KENYA, PARTNERS, Network


def guest(week: Week) -> None:
    """A visitor lands here, is looked after from home, and leaves."""
    random = week.random
    home, number = random.choice(PARTNERS), week.new_subscriber()
    story = week.story(clock.moment(random, 0, 6))
    story.inside_too = story.chance(0.1)
    out = story.way_out(home)
    arrive(story, out, home, HOME, number, 1, segments=random.choice((1, 1, 2)))
    if story.chance(0.4):
        arrive_packet(story, out, home, HOME, number, 1)
    for _ in range(random.randrange(1, 9)):
        story.wait(random.randrange(3, 200) * 60)
        looked_after(story, home, number)
    leave(story, home, number)


def looked_after(story: Story, home: Network, number: int) -> None:
    """One of the things that happen between a guest and his home network."""
    events = (
        (text_from_home, 5), (card_updated, 1), (located, 2), (profile_again, 1),
        (service_removed, 0.5), (called, 2), (calls, 2), (writes, 2), (asks_balance, 1),
        (told_by_ussd, 1), (code_by_aggregator, 2), (vectors_again, 1), (moved_event, 0.5),
    )  # fmt: skip
    act = story.random.choices([event for event, _ in events], [share for _, share in events])[0]
    act(story, home, number)


def text_from_home(story: Story, home: Network, number: int) -> None:
    """His own centre delivers here; its lookup went to his own HLR and was not seen."""
    random, centre, msc = story.random, home.node("smsc"), HOME.node("msc")
    sender, words = home.msisdn(random.randrange(10**4)), texts.chat(random)
    if story.chance(0.3):
        sender = random.choice(texts.SITES)
        words = texts.code(random, sender)
    imsi, way = home.imsi(number), story.way_in(home)
    if story.chance(0.15):
        for part in (1, 2):
            header = texts.part(number, 2, part)
            tpdu = texts.deliver(sender, words[:60], story.now, header=header)
            forward(story, way, centre, msc, imsi, tpdu)
        return
    coding = texts.UCS2 if story.chance(0.1) else texts.GSM
    tpdu = texts.deliver(sender, words[:65], story.now, coding)
    answer = refusal(operations.ABSENT) if story.chance(0.05) else DONE
    forward(story, way, centre, msc, imsi, tpdu, answer, 2 if story.chance(0.2) else 3)


def code_by_aggregator(story: Story, home: Network, number: int) -> None:
    """A company's aggregator asked his home network where he is, and delivers here itself."""
    network, sender = story.random.choice(AGGREGATORS), story.random.choice(texts.SITES)
    tpdu = texts.deliver(sender, texts.code(story.random, sender), story.now)
    way, msc = story.way_in(network), HOME.node("msc")
    forward(story, way, network.node("smsc"), msc, home.imsi(number), tpdu)


def card_updated(story: Story, home: Network, number: int) -> None:
    """His home network writes a list of preferred networks onto his SIM."""
    security, area = bytes.fromhex("16391515"), bytes.fromhex("b00010")
    payload = story.random.randbytes(40)
    tpdu = texts.to_the_card(f"{home.prefix}900", story.now, area, security, payload)
    way, msc = story.way_in(home), HOME.node("msc")
    forward(story, way, home.node("smsc"), msc, home.imsi(number), tpdu)


def located(story: Story, home: Network, number: int) -> None:
    hlr, vlr = home.node("hlr", story.random.randrange(1, 3)), HOME.node("vlr")
    flows.ask_whereabouts(story, story.way_in(home), hlr, vlr, home.imsi(number), HOME)


def profile_again(story: Story, home: Network, number: int) -> None:
    imsi, write = home.imsi(number), operations.profile_alone
    asked = request(write, imsi, home.msisdn(number))
    if story.chance(0.4):
        platform = home.node("gsmscf").digits
        asked = request(operations.profile_alone_with_platform, imsi, platform)
    from_home(story, home, asked)


def service_removed(story: Story, home: Network, number: int) -> None:
    from_home(story, home, request(operations.delete_subscriber_data, home.imsi(number)))


def from_home(story: Story, home: Network, asked: Request) -> None:
    story.ask(story.way_in(home), home.node("hlr"), HOME.node("vlr"), asked, DONE)


def called(story: Story, home: Network, number: int) -> None:
    """Somebody calls him: his HLR wants a roaming number."""
    gateway, msc = home.node("gateway").digits, HOME.node("msc").digits
    asked = request(operations.provide_roaming_number, home.imsi(number), msc, gateway)
    roaming = f"{HOME.prefix}8{story.random.randrange(10**6):06d}"
    answer = given(4, operations.roaming_number_result, roaming)
    story.ask(story.way_in(home), home.node("hlr"), HOME.node("vlr"), asked, answer)


def calls(story: Story, home: Network, number: int) -> None:
    dialled = home.msisdn(story.random.randrange(10**4))
    platform, out = home.node("scp"), story.way_out(home)
    call_of_roamer(story, out, HOME, platform, home, number, 1, dialled)


def writes(story: Story, home: Network, number: int) -> None:
    friend = home.msisdn(story.random.randrange(10**4))
    tpdu = texts.submit(friend, texts.chat(story.random), number)
    flows.submit(story, story.way_out(home), HOME.node("msc"), home, number, tpdu)


def asks_balance(story: Story, home: Network, number: int) -> None:
    asked = request(services.ussd, texts.ussd("*100#"), version=2)
    answer = given(59, services.ussd_result, texts.ussd("INVENTED: 20.00 left"))
    flows.service(story, story.way_out(home), HOME.node("vlr"), home, number, asked, answer)


def told_by_ussd(story: Story, home: Network, number: int) -> None:
    """His home network shows him a notice."""
    asked = request(services.ussd_notice, texts.ussd("INVENTED: your pack ends soon"), version=2)
    named = flows.references(b"\x96" + flows.tbcd(home.imsi(number)), home.node("hlr").digits)
    from_home(story, home, asked._replace(references=named))


def vectors_again(story: Story, home: Network, number: int) -> None:
    vlr, out = HOME.node("vlr"), story.way_out(home)
    flows.authenticate(story, out, vlr, home, home.imsi(number), HOME)


def moved_event(story: Story, home: Network, number: int) -> None:
    """The own VLR tells the guest's platform that he moved, as his profile asks."""
    asked = request(operations.note_mm_event, home.imsi(number), home.msisdn(number))
    platform = home.node("gsmscf")
    story.ask(story.way_out(home), HOME.node("vlr"), platform, asked, DONE)


def leave(story: Story, home: Network, number: int) -> None:
    """He registers at home: cancelLocation comes; or he is gone for days: purgeMS goes."""
    imsi, vlr = home.imsi(number), HOME.node("vlr")
    story.wait(20_000)
    if story.chance(0.8):
        cancel(story, story.way_in(home), home, vlr, imsi)
        return
    asked = request(basic.purge, imsi, vlr.digits)
    story.ask(story.way_out(home), vlr, home.node("hlr"), asked, DONE)


def guest_of_the_hub(week: Week) -> None:
    """A visitor whose network speaks through a hub: the hub's titles ask for and about him."""
    number, story = week.new_subscriber(), week.story(clock.moment(week.random, 0, 6))
    hub, imsi, vlr = HUB.node("hlr"), KENYA.imsi(number), HOME.node("vlr")
    out: Way = CARRIERS[HUB.carrier].reverse()
    asked = flows.location_update(imsi, HOME.node("msc"), vlr)
    profile = flows.profile_of(KENYA, number, False)
    story.register(
        out, vlr, KENYA.mobile_title(imsi), asked, profile, flows.hlr_told(2, KENYA), hub
    )
    for _ in range(week.random.randrange(1, 4)):
        story.wait(5000)
        if story.chance(0.5):
            flows.ask_whereabouts(story, out.reverse(), hub, vlr, imsi, HOME)
        else:
            again = request(operations.profile_alone, imsi, KENYA.msisdn(number))
            story.ask(out.reverse(), hub, vlr, again, DONE)
    story.wait(30_000)
    story.ask(out.reverse(), hub, vlr, request(operations.cancel_for_update, imsi), DONE)
