"""What travellers do beside messages: USSD, call forwarding, calls with CAMEL."""

from tests.week import operations, services, texts
from tests.week.calls import call_of_roamer
from tests.week.flows import service
from tests.week.links import INSIDE
from tests.week.story import Story, given, refusal, request
from tests.week.world import HOME, Network


def balance(story: Story, visited: Network, number: int, site: int) -> None:
    """*124# and its answer."""
    vlr = visited.node("vlr", site)
    asked = request(services.ussd, texts.ussd("*124#"), version=2)
    amount = f"INVENTED: your balance is {story.random.randrange(10, 99)}.50"
    answer = given(59, services.ussd_result, texts.ussd(amount))
    service(story, story.way_in(visited), vlr, HOME, number, asked, answer)


def forwarding(story: Story, visited: Network, number: int, site: int) -> None:
    """Calls go to the voice mail or to a colleague at home; or the setting is looked at."""
    vlr, way = visited.node("vlr", site), story.way_in(visited)
    if story.chance(0.4):
        asked = request(services.interrogate_forwarding, version=2)
        answer = given(14, services.interrogate_result)
        service(story, way, vlr, HOME, number, asked, answer)
        return
    colleague = HOME.msisdn(story.random.randrange(10**6))
    write = story.random.choice(
        (services.register_forwarding, services.register_forwarding_on_no_reply)
    )
    asked = request(write, colleague, version=2)
    answer = given(10, services.forwarding_result, colleague)
    service(story, way, vlr, HOME, number, asked, answer)


def dial(story: Story, visited: Network, number: int, site: int) -> None:
    """A call that the own platform rates: CAP from the visited MSC."""
    dialled = HOME.msisdn(story.random.randrange(10**6))
    way, platform = story.way_in(visited), HOME.node("scp")
    call_of_roamer(story, way, visited, platform, HOME, number, site, dialled)


def calls_back_home(story: Story, visited: Network, number: int, site: int) -> None:
    """Somebody calls the traveller: routing information inside, a roaming number from abroad."""
    gateway, hlr, imsi = HOME.node("gateway"), HOME.node("hlr"), HOME.imsi(number)
    roaming = visited.prefix + f"8{story.random.randrange(10**4):0{10 - len(visited.prefix)}d}"
    msc, vlr = visited.node("msc", site), visited.node("vlr", site)
    asked = request(operations.provide_roaming_number, imsi, msc.digits, gateway.digits)
    answer = given(4, operations.roaming_number_result, roaming)
    if story.chance(0.1):
        answer = refusal(operations.ABSENT)
    story.ask(story.way_out(visited), hlr, vlr, asked, answer)
    lookup = request(operations.send_routing_info, HOME.msisdn(number), gateway.digits)
    told = given(22, operations.send_routing_info_result, imsi, roaming)
    story.ask(INSIDE, gateway, hlr, lookup, told)
