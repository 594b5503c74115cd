"""What goes wrong and is tested: restarts, repetitions, messages that come back, test SIMs."""

from tests.scenes import operations as basic
from tests.scenes.sigtran import Address, xudt
from tests.week import clock, flows, operations, texts, world
from tests.week.flows import arrive, forward, look_up
from tests.week.links import INSIDE
from tests.week.operations import SYSTEM_FAILURE, UNKNOWN
from tests.week.story import DONE, Aborted, Returned, Week, given, refusal, request
from tests.week.world import FIRST_TEST_NUMBER, HOME, PARTNERS, SISTER_PREFIX, TOGO

NO_TRANSLATION, NETWORK_FAILURE = 1, 4  # return causes (Q.713 3.12)


def home_register_of_partner_restarts(week: Week) -> None:
    """A partner's HLR tells the own VLR, which then registers the partner's guests anew."""
    home, story = week.random.choice(PARTNERS), week.story(clock.night(week.random))
    guests = [week.new_subscriber() for _ in range(week.random.randrange(5, 25))]
    out, vlr = story.way_out(home), HOME.node("vlr")
    for number in guests:
        arrive(story, out, home, HOME, number, 1)
    story.wait(3600)
    told = request(basic.reset, home.node("hlr").digits, version=2)
    story.ask(story.way_in(home), home.node("hlr"), vlr, told, None)
    for number in guests:
        story.wait(40, 0.9)
        arrive(story, out, home, HOME, number, 1, False)


def own_home_register_restarts(week: Week) -> None:
    """The own HLR tells the VLRs abroad; they register own subscribers anew, without vectors."""
    visited, story = week.random.choice(PARTNERS), week.story(clock.night(week.random))
    numbers = [week.new_subscriber() for _ in range(week.random.randrange(5, 25))]
    for number in numbers:
        arrive(story, story.way_in(visited), HOME, visited, number, 1)
    story.wait(5000)
    told = request(basic.reset, HOME.node("hlr").digits, version=2)
    for site in range(1, visited.sites + 1):
        story.ask(story.way_out(visited), HOME.node("hlr"), visited.node("vlr", site), told, None)
    for number in numbers:
        story.wait(30, 0.9)
        arrive(story, story.way_in(visited), HOME, visited, number, 1, False)


def visited_register_restarts(week: Week) -> None:
    """A partner's VLR lost its data and asks for its visitors' profiles again."""
    visited, story = week.random.choice(PARTNERS), week.story(clock.night(week.random))
    numbers = [week.new_subscriber() for _ in range(week.random.randrange(5, 30))]
    way, vlr = story.way_in(visited), visited.node("vlr", 2)
    for number in numbers:
        arrive(story, way, HOME, visited, number, 2)
    story.wait(7200)
    for number in numbers:
        story.wait(8, 0.9)
        asked = request(operations.restore_data, HOME.imsi(number))
        profile = flows.profile_of(HOME, number, number % 3 == 0)
        title, told = HOME.mobile_title(HOME.imsi(number)), flows.hlr_told(57, HOME)
        story.register(way, vlr, title, asked, profile, told, HOME.node("hlr"))


def repeated(week: Week) -> None:
    """A request is sent again because the answer was late; both have one transaction id."""
    visited, story = week.random.choice(PARTNERS), week.story(clock.moment(week.random))
    number, vlr = week.new_subscriber(), visited.node("vlr")
    imsi, title = HOME.imsi(number), HOME.mobile_title(HOME.imsi(number))
    asked = request(operations.send_authentication_info, imsi, operations.plmn(visited.plmn))
    way, hlr = story.way_in(visited), HOME.node("hlr")
    story.ask(way, vlr, title, asked, flows.vectors(story), hlr, retransmitted=True)
    story.wait(3)
    update = flows.location_update(imsi, visited.node("msc"), vlr)
    for answer in (None, refusal(SYSTEM_FAILURE)):  # lost, then overloaded
        story.ask(way, vlr, title, update, answer, hlr)
        story.wait(30)
    arrive(story, way, HOME, visited, number, 1)


def came_back(week: Week) -> None:
    """Own messages that could not be delivered return in a UDTS, or are aborted."""
    network, story = week.random.choice(PARTNERS), week.story(clock.moment(week.random))
    out, number = story.way_out(network), week.random.randrange(10**4)
    nobody = Address(network.prefix + "990000"[: 12 - len(network.prefix)], 8)
    cause = week.random.choice((NO_TRANSLATION, NETWORK_FAILURE))
    tpdu = texts.deliver("Example", texts.chat(week.random), story.now)
    kind = week.random.randrange(4)
    if kind == 0:
        asked = request(basic.forward_to_subscriber, HOME.imsi(number), "233611000001", tpdu)
        story.ask(out, HOME.node("smsc"), nobody, asked, Returned(cause))
    elif kind == 1:
        asked = request(operations.cancel_for_update, HOME.imsi(number))
        story.ask(out, HOME.node("hlr"), network.node("vlr", 9), asked, Returned(cause))
    elif kind == 2:
        asked = request(basic.provide_subscriber_info, HOME.imsi(number))
        story.ask(out, HOME.node("hlr"), network.node("vlr"), asked, Aborted(4))
    else:
        asked = request(operations.cancel_for_update, HOME.imsi(number))
        story.ask(out, HOME.node("hlr"), network.node("vlr"), asked, Aborted())
        bare = request(basic.cancel_location_bare, HOME.imsi(number), version=2)
        story.ask(out, HOME.node("hlr"), network.node("vlr"), bare, DONE)


def nobody_home(week: Week) -> None:
    """Old numbers: a lookup from abroad for a number that is no longer given out."""
    network, story = week.random.choice(PARTNERS), week.story(clock.moment(week.random))
    number, msc = week.random.randrange(10**6), HOME.node("msc")
    way, centre = story.way_in(network), network.node("smsc")
    look_up(story, way, centre, HOME, number, msc, refusal(UNKNOWN), week.random.choice((2, 3)))


def own_platforms(week: Week) -> None:
    """Inside: the own service and location platforms ask the own nodes."""
    story, number = week.story(clock.moment(week.random)), week.random.randrange(10**6)
    platform, gmlc, hlr = HOME.node("gsmscf"), HOME.node("gmlc"), HOME.node("hlr")
    asked = request(operations.any_time_interrogation, HOME.imsi(number), platform.digits)
    story.ask(
        INSIDE, platform, hlr, asked, flows.here(71, HOME.node("vlr"), HOME, story), None, xudt
    )
    flows.ask_whereabouts(story, INSIDE.reverse(), hlr, HOME.node("vlr"), HOME.imsi(number), HOME)
    if story.chance(0.2):
        located = request(operations.locate_in_emergency, gmlc.digits, HOME.imsi(number))
        fix = given(83, basic.provide_subscriber_location_result)
        story.ask(INSIDE.reverse(), gmlc, HOME.node("msc"), located, fix)
    if story.chance(0.2):
        named = request(basic.send_imsi, HOME.msisdn(number), version=2)
        story.ask(INSIDE, HOME.node("vlr"), hlr, named, refusal(UNKNOWN))


def sister_asks(week: Week) -> None:
    """A location service of a partner, by agreement: network.toml accepts it."""
    story, number = week.story(clock.moment(week.random)), week.random.randrange(10**6)
    sister = Address(f"{SISTER_PREFIX}0001", 147)
    asked = request(operations.any_time_interrogation, HOME.imsi(number), sister.digits)
    answer = flows.here(71, HOME.node("vlr"), HOME, story)
    story.ask(story.way_in(TOGO), sister, HOME.node("hlr"), asked, answer)


def test_cards(week: Week) -> None:
    """Test SIMs of the operator register everywhere within minutes; partners try out roaming."""
    number = FIRST_TEST_NUMBER + week.random.randrange(100)
    story = week.story(clock.moment(week.random, 0, 5))
    for visited in week.random.sample(PARTNERS, 3):
        arrive(story, story.way_in(visited), HOME, visited, number, 1)
        story.wait(120)
        tpdu = texts.deliver("ExBank", texts.code(week.random, "ExBank"), story.now)
        way, centre = story.way_out(visited), HOME.node("smsc")
        forward(story, way, centre, visited.node("msc"), HOME.imsi(number), tpdu)
        story.wait(200)
    asked = request(
        operations.any_time_interrogation, HOME.imsi(number), world.TOGO.node("gsmscf").digits
    )
    answer = flows.here(71, HOME.node("vlr"), HOME, story)
    story.ask(story.way_in(TOGO), TOGO.node("gsmscf"), HOME.node("hlr"), asked, answer)


def authentication_fails(week: Week) -> None:
    """A worn SIM: the visited network reports that authentication failed."""
    visited, story = week.random.choice(PARTNERS), week.story(clock.moment(week.random))
    number, vlr = week.new_subscriber(), visited.node("vlr")
    arrive(story, story.way_in(visited), HOME, visited, number, 1)
    for _ in range(week.random.randrange(1, 4)):
        story.wait(900)
        flows.authenticate(story, story.way_in(visited), vlr, HOME, HOME.imsi(number), visited)
        told = request(operations.authentication_failed, HOME.imsi(number), vlr.digits)
        story.ask(story.way_in(visited), vlr, HOME.node("hlr"), told, DONE)
