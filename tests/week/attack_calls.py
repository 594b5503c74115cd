"""USSD by strangers, and calls led elsewhere by CAMEL: SMS-15, SMS-16, CAP-01, CAP-02, CAP-05."""

from tests.scenes.digits import tbcd
from tests.week import clock, flows, services, texts, transactions
from tests.week.attackers import any_time, attacker, both, outcome, rented, succeeds, victim
from tests.week.calls import CONNECT, CONTINUE, REPORT_EVENTS, call, connect, events, initial
from tests.week.operations import FACILITY_NOT_SUPPORTED
from tests.week.story import DONE, Week, given, request
from tests.week.transactions import references
from tests.week.world import HOME, NIGERIA, PARTNERS, title

HLR_NODE, VLR_NODE = HOME.node("hlr"), HOME.node("vlr")


def money_by_ussd(week: Week) -> None:
    """A transfer dialled in the name of a subscriber who is at home."""
    network, number, answered = attacker(week), victim(week), succeeds(week)
    before = week.story(clock.moment(week.random, 0, 6))
    flows.at_home(before, number, 1)
    before.wait(3000)
    source = rented(week, network, "vlr")
    story = week.attack("USSD from a stranger", "SMS-15", before.now, *both(number), source.digits,
                        answered=answered)  # fmt: skip
    dialled = texts.ussd(f"*170*1*{week.random.randrange(10**6):06d}*50*1234#")
    asked = request(services.ussd, dialled, version=2)
    told = given(59, services.ussd_result, texts.ussd("INVENTED: done"))
    reply = outcome(week, told, answered, FACILITY_NOT_SUPPORTED)
    flows.service(story, story.way_in(network), source, HOME, number, asked, reply)


def pin_by_ussd(week: Week) -> None:
    """A network that is not the subscriber's asks him for his PIN."""
    network, number, answered = attacker(week), victim(week), succeeds(week)
    source = rented(week, network, "hlr")
    story = week.attack("USSD phishing", "SMS-16 MAP-ORG-06", any_time(week), *both(number),
                        source.digits, answered=answered)  # fmt: skip
    write = week.random.choice((services.ussd_prompt, services.ussd_notice))
    asked = request(write, texts.ussd("INVENTED: please enter your PIN"), version=2)
    named = references(b"\x96" + tbcd(HOME.imsi(number)), source.digits)
    reply = outcome(week, DONE, answered, FACILITY_NOT_SUPPORTED)
    way = story.way_in(network)
    story.ask(way, source, VLR_NODE, asked._replace(references=named), reply)


def call_led_elsewhere(week: Week) -> None:
    """A platform of a stranger is asked about an own traveller's call and connects it elsewhere."""
    network, number = attacker(week, 0.2), victim(week)
    platform = title(network.prefix, "scp", 700 + week.random.randrange(40))
    story = week.attack("CAP re-route", "CAP-01 CAP-02", any_time(week), *both(number),
                        platform.digits)  # fmt: skip
    dialled = HOME.msisdn(week.random.randrange(10**6))
    asked = initial(HOME.imsi(number), HOME.msisdn(number), dialled, HOME.node("msc").digits)
    orders = [
        transactions.invoke(REPORT_EVENTS, events(), 1),
        transactions.invoke(CONNECT, connect(network.msisdn(8)), 2),
    ]
    call(story, story.way_out(network), HOME.node("ssf"), platform, asked, orders)


def call_of_stranger(week: Week) -> None:
    """initialDP about an own subscriber from a network where he is not: free calls."""
    network, number = attacker(week), victim(week)
    before = week.story(clock.moment(week.random, 0, 6))
    flows.at_home(before, number, 1)
    before.wait(3000)
    switch = title(network.prefix, "ssf", 700 + week.random.randrange(40))
    story = week.attack("CAP from a stranger", "CAP-01", before.now, *both(number),
                        switch.digits)  # fmt: skip
    asked = initial(HOME.imsi(number), HOME.msisdn(number), NIGERIA.msisdn(3), switch.digits)
    orders = [transactions.invoke(REPORT_EVENTS, events(), 1),
              transactions.invoke(CONTINUE, b"", 2)]  # fmt: skip
    call(story, story.way_in(network), switch, HOME.node("scp"), asked, orders)


def call_that_earns(week: Week) -> None:
    """A listed partner's platform sends its guest's call to a number that shares its revenue."""
    network, number = week.random.choice(PARTNERS), victim(week)
    platform = title(network.prefix, "scp", 700 + week.random.randrange(40))
    story = week.attack("call to a premium number", "CAP-02", any_time(week), network.imsi(number),
                        network.msisdn(number), platform.digits)  # fmt: skip
    asked = initial(network.imsi(number), network.msisdn(number), HOME.msisdn(12),
                    HOME.node("msc").digits)  # fmt: skip
    target = week.random.choice(("881", "882", "883", "979")) + f"{number:08d}"
    orders = [transactions.invoke(CONNECT, connect(target), 1)]
    call(story, story.way_out(network), HOME.node("ssf"), platform, asked, orders)


FAMILIES = (money_by_ussd, pin_by_ussd, call_led_elsewhere, call_of_stranger, call_that_earns)
