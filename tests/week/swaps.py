"""Everyday swaps and payments: most are done well, and what is not done well has no use after."""

from tests.week import world
from tests.week.clock import DAY, HOUR, MINUTE
from tests.week.swap_log import NEW_SIM, Logs, at
from tests.week.world import HOME


def customer(logs: Logs) -> None:
    """Pays now and then, and swaps nothing; a biller is paid by many."""
    number = logs.subscriber()
    for _ in range(logs.random.randrange(1, 4)):
        more = {"payee": "P-power"} if logs.random.random() < 0.2 else {}
        logs.visit(number, logs.opening(0, 7), **more)


def replaced(logs: Logs) -> None:
    """A lost or broken SIM: replaced by the book; the customer pays when the time is over."""
    number, moment = logs.subscriber(), logs.opening()
    logs.visit(number, moment - 2 * DAY + logs.random.randrange(DAY))
    logs.swap(number, moment)
    logs.put_in(number, moment)
    if logs.random.random() < 0.6:
        logs.visit(number, moment + DAY + logs.random.randrange(1, 30) * HOUR)


def upgraded(logs: Logs) -> None:
    """A new telephone: the customer enrols it at once, and pays when the time is over."""
    number, moment = logs.subscriber(), logs.opening()
    logs.visit(number, moment - DAY, imei="35690000000001")
    logs.swap(number, moment, reason="upgrade")
    logs.put_in(number, moment)
    later = moment + logs.random.randrange(10, 200) * MINUTE
    for place, bank in enumerate(("Example Money", "First Bank", "Second Bank")):
        logs.event(number, "otp_sent", later + place * 3 * MINUTE, provider=bank)
        logs.event(number, "otp_verified", later + (place * 3 + 1) * MINUTE, provider=bank)
    logs.event(number, "new_device", later + 20 * MINUTE)
    logs.pay(number, moment + DAY + logs.random.randrange(1, 40) * HOUR, imei="35690000009999")


def lost_abroad(logs: Logs) -> None:
    """A traveller gets an eSIM where he is."""
    number, moment = logs.subscriber(), logs.opening(1, 5)
    visited = logs.random.choice((world.NIGERIA, world.BRITAIN, world.TOGO))
    story = logs.week.story(moment - 9 * HOUR)
    logs.registers(story, number, number, visited)
    sent = {"channel": "ota", "reason": "esim", "agent_id": "", "outlet_id": ""}
    logs.swap(number, moment, **sent)
    story = logs.week.story(moment + 12 * MINUTE)
    logs.registers(story, number, number + NEW_SIM, visited)
    logs.visit(number, moment + DAY + 3 * HOUR)


def company(logs: Logs) -> None:
    """All the SIMs of a company in one afternoon."""
    moment = logs.opening(1, 4)
    how = {"channel": "call_centre", "reason": "upgrade", "agent_id": "A-corporate"}
    for place in range(logs.random.randrange(30, 70)):
        number, done = logs.subscriber(), moment + place * MINUTE
        logs.swap(number, done, **how)
        logs.put_in(number, done)


def busy_day(logs: Logs) -> None:
    """After a storm one agent replaces forty SIMs."""
    moment, agent = logs.opening(1, 4), logs.agent()
    for place in range(logs.random.randrange(25, 45)):
        number, done = logs.subscriber(), moment + place * 7 * MINUTE
        logs.swap(number, done, **agent)
        logs.put_in(number, done)
        if logs.random.random() < 0.3:
            logs.visit(number, done + DAY + logs.random.randrange(1, 20) * HOUR)


def does_not_work(logs: Logs) -> None:
    """The new SIM is dead: the old one is put back, or another one given."""
    number, moment, agent = logs.subscriber(), logs.opening(), logs.agent()
    logs.swap(number, moment, **agent)
    if logs.random.random() < 0.5:
        back = {"old_imsi": HOME.imsi(number + NEW_SIM)}
        logs.swap(number, moment + 40 * MINUTE, number, **back, **agent)
    else:
        again = {"old_imsi": HOME.imsi(number + NEW_SIM)}
        logs.swap(number, moment + 40 * MINUTE, number + NEW_SIM + 1_000_000, **again, **agent)
        logs.put_in(number, moment + HOUR, number + NEW_SIM + 1_000_000)


def turned_away(logs: Logs) -> None:
    """Without a document, and back with it."""
    number, moment, agent = logs.subscriber(), logs.opening(), logs.agent()
    logs.swap(number, moment - 3 * HOUR, outcome="rejected", **agent)
    logs.swap(number, moment, **agent)
    logs.put_in(number, moment)


def forgot_pin(logs: Logs) -> None:
    """A PIN mistyped once, days before a broken telephone."""
    number, moment = logs.subscriber(), logs.opening(1, 5)
    logs.event(number, "pin_reset", moment - 20 * HOUR, outcome="failure")
    logs.swap(number, moment)
    logs.put_in(number, moment)
    logs.visit(number, moment + DAY + 5 * HOUR)


def told_late(logs: Logs) -> None:
    """A notice that was slow; the customer does not pay for days."""
    number, moment = logs.subscriber(), logs.opening(0.5, 4)
    logs.swap(number, moment, subscriber_notified_at=at(moment + HOUR))
    logs.put_in(number, moment)
    logs.visit(number, moment + 2 * DAY)


def careless_but_unused(logs: Logs) -> None:
    """Identified by what he knows, and no financial service at all."""
    number, moment = logs.subscriber(), logs.opening()
    logs.swap(number, moment, id_check="knowledge")
    logs.put_in(number, moment)


def ported_in(logs: Logs) -> None:
    """Comes from the other operator with his number."""
    number, moment = logs.subscriber(), logs.opening()
    other = "62098" + HOME.imsi(number)[5:]
    logs.swap(number, moment, event="port_in", old_imsi=other, reason="other")
    logs.put_in(number, moment)
    logs.visit(number, moment + DAY + HOUR)


def further_sim(logs: Logs) -> None:
    """A watch beside the telephone."""
    number, moment = logs.subscriber(), logs.opening()
    story = logs.week.story(moment - 5 * HOUR)
    logs.registers(story, number, number)
    logs.swap(number, moment, event="multi_sim")
    logs.put_in(number, moment)
    story = logs.week.story(moment + 6 * HOUR)
    logs.registers(story, number, number)


def recycled(logs: Logs) -> None:
    """A number that was free for half a year gets a holder with an account of his own."""
    number, moment = logs.subscriber(), logs.opening()
    logs.pay(number, moment - 200 * DAY, account_id="K-former")
    logs.swap(number, moment, event="new", reason="recycled", old_imsi="",
              released_at=at(moment - 190 * DAY))  # fmt: skip
    logs.put_in(number, moment)
    logs.event(number, "otp_sent", moment + HOUR)
    logs.pay(number, moment + 3 * HOUR)


def stays_off(logs: Logs) -> None:
    """A new SIM that lies in a drawer."""
    logs.swap(logs.subscriber(), logs.opening())


FAMILIES = {
    customer: 400, replaced: 260, upgraded: 60, lost_abroad: 12, company: 1, busy_day: 1,
    does_not_work: 8, turned_away: 10, forgot_pin: 10, told_late: 12, careless_but_unused: 8,
    ported_in: 12, further_sim: 8, recycled: 8, stays_off: 4,
}  # fmt: skip


def fill(logs: Logs) -> None:
    for family, times in FAMILIES.items():
        for _ in range(times):
            family(logs)
