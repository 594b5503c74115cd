"""Frauds with swapped SIMs in the week's logs and signalling."""

from collections.abc import Callable

from tests.scenes import operations
from tests.week import texts, world
from tests.week.attackers import rented
from tests.week.clock import DAY, HOUR, MINUTE
from tests.week.flows import forward
from tests.week.links import INSIDE
from tests.week.story import request
from tests.week.swap_log import NEW_SIM, Logs, at
from tests.week.world import HOME

BRIBED = {"channel": "agent", "id_check": "none"}
UNTOLD = {"subscriber_notified_at": "", "dfs_notified_at": ""}
TAKEN = "SWAP-01 SWAP-10"


def bribed(logs: Logs) -> dict[str, str]:
    """An agent who looks away; each is met a few times a week."""
    number = logs.random.randrange(200)
    return {**BRIBED, **UNTOLD, "agent_id": f"B{number}", "outlet_id": f"Q{number}"}


def pays_as_usual(logs: Logs, number: int, moment: int, **more: str) -> None:
    logs.pay(number, moment - 2 * DAY, **more)


def password(logs: Logs, number: int, moment: int) -> str:
    """A code by short message; half of them are in signalling too."""
    sent = logs.event(number, "otp_sent", moment, channel="sms")
    if logs.random.random() < 0.5:
        story, bank = logs.week.story(moment + 1_000_000), texts.BANKS[0]
        tpdu = texts.deliver(bank, texts.code(logs.random, bank), story.now)
        imsi = HOME.imsi(number + NEW_SIM)
        forward(story, INSIDE, HOME.node("smsc"), HOME.node("msc"), imsi, tpdu)
    return sent


def classic(logs: Logs) -> None:
    """Swapped by a bribed agent, then a code and a transfer within hours."""
    number, moment = logs.subscriber(), logs.opening()
    pays_as_usual(logs, number, moment)
    rows = [logs.swap(number, moment, **bribed(logs))]
    logs.put_in(number, moment)
    use = moment + logs.random.randrange(45, 600) * MINUTE
    rows += [password(logs, number, use), logs.pay(number, use + 3 * MINUTE)]
    logs.fraud("swap, code and transfer", TAKEN, rows, HOME.msisdn(number))


def patient(logs: Logs) -> None:
    """The thief waits until the cooling-off time is over."""
    number, moment = logs.subscriber(), logs.opening(0.5, 4)
    rows = [logs.swap(number, moment, **bribed(logs))]
    logs.put_in(number, moment)
    use = moment + DAY + logs.random.randrange(1, 40) * HOUR
    rows += [password(logs, number, use), logs.pay(number, use + 5 * MINUTE)]
    logs.fraud("swap, and money after the cooling-off", "SWAP-01", rows, HOME.msisdn(number))


def forged(logs: Logs) -> None:
    """A forged document in an honest shop; the money goes within hours all the same."""
    number, moment = logs.subscriber(), logs.opening()
    rows = [logs.swap(number, moment)]
    logs.put_in(number, moment)
    use = moment + logs.random.randrange(60, 900) * MINUTE
    rows += [logs.event(number, "pin_reset", use), logs.pay(number, use + 4 * MINUTE, "cash_out")]
    logs.fraud("money in the cooling-off", TAKEN, rows, HOME.msisdn(number))


def reset(logs: Logs) -> None:
    """A new PIN and nothing else yet."""
    number, moment = logs.subscriber(), logs.opening()
    rows = [logs.swap(number, moment, **bribed(logs))]
    logs.put_in(number, moment)
    rows.append(logs.event(number, "pin_reset", moment + 2 * HOUR))
    logs.fraud("PIN reset after a swap", "SWAP-10", rows, HOME.msisdn(number))


def many_services(logs: Logs) -> None:
    """Codes of one service after the other."""
    number, moment = logs.subscriber(), logs.opening()
    rows = [logs.swap(number, moment, **bribed(logs))]
    logs.put_in(number, moment)
    for place, bank in enumerate(("Example Money", "First Bank", "Second Bank", "Exchatter")):
        use = moment + 2 * HOUR + place * 4 * MINUTE
        rows.append(logs.event(number, "otp_sent", use, provider=bank))
    logs.fraud("codes of many services", "SWAP-09", rows, HOME.msisdn(number))


def ghost(logs: Logs) -> None:
    """The number's IMSI changes and no row is written; then money."""
    number, moment = logs.subscriber(), logs.opening(1, 5)
    logs.registers(logs.week.story(moment - 7 * HOUR), number, number)
    logs.registers(logs.week.story(moment), number, number + NEW_SIM)
    rows = [logs.pay(number, moment + HOUR)] if logs.random.random() < 0.7 else []
    logs.fraud("no row in the log", "SWAP-02", rows, HOME.msisdn(number))


def made_up(logs: Logs) -> None:
    """An agent who writes rows for swaps that he did not do."""
    agent = {"channel": "agent", "agent_id": f"M{len(logs.frauds)}", "outlet_id": ""}
    numbers = [logs.subscriber() for _ in range(logs.random.randrange(3, 6))]
    rows = [logs.swap(number, logs.opening(0.5, 4), **agent) for number in numbers]
    who = (HOME.msisdn(number) for number in numbers)
    logs.fraud("rows made up", "SWAP-03", rows, *who, agent["agent_id"])


def reconnaissance(logs: Logs) -> None:
    """The victim's IMSI is asked for from abroad; a day later the swap, and a code."""
    number, moment = logs.subscriber(), logs.opening(2, 5)
    network = logs.random.choice(world.STRANGERS)
    story = logs.week.attack("SIM-swap reconnaissance", "SWAP-04", moment - 20 * HOUR,
                             HOME.imsi(number), HOME.msisdn(number))  # fmt: skip
    asked = request(operations.send_imsi, HOME.msisdn(number), version=2)
    story.ask(
        story.way_in(network), rented(logs.week, network, "vlr"), HOME.node("hlr"), asked, None
    )
    rows = [logs.swap(number, moment, **bribed(logs))]
    logs.put_in(number, moment)
    rows.append(logs.event(number, "otp_sent", moment + 2 * HOUR))
    logs.fraud("reconnaissance", "SWAP-04", rows, HOME.msisdn(number))


def back_again(logs: Logs) -> None:
    """Used, and given back in the same night."""
    number, moment, agent = logs.subscriber(), logs.opening(), bribed(logs)
    rows = [logs.swap(number, moment, **agent)]
    logs.put_in(number, moment)
    rows.append(logs.pay(number, moment + 2 * HOUR))
    back = {"old_imsi": HOME.imsi(number + NEW_SIM)}
    rows.append(logs.swap(number, moment + 9 * HOUR, number, **back, **agent))
    logs.put_in(number, moment + 9 * HOUR, number)
    logs.fraud("there and back", "SWAP-05", rows, HOME.msisdn(number))


def new_device(logs: Logs) -> None:
    number, moment = logs.subscriber(), logs.opening()
    pays_as_usual(logs, number, moment, imei="35690000000101")
    rows = [logs.swap(number, moment, **bribed(logs))]
    logs.put_in(number, moment)
    rows.append(logs.pay(number, moment + 30 * HOUR, imei="35690000000202"))
    logs.fraud("new device", "SWAP-06", rows, HOME.msisdn(number))


def far_away(logs: Logs) -> None:
    """The old SIM is at home, the new one registers overseas within the hour."""
    number, moment = logs.subscriber(), logs.opening()
    logs.registers(logs.week.story(moment - 20 * MINUTE), number, number)
    rows = [logs.swap(number, moment, **bribed(logs))]
    visited = logs.random.choice((world.BRITAIN, world.SOUTH_AFRICA, world.EMIRATES))
    story = logs.week.attack("new SIM overseas", "SWAP-07", moment + 15 * MINUTE,
                             HOME.imsi(number + NEW_SIM), HOME.msisdn(number))  # fmt: skip
    logs.registers(story, number, number + NEW_SIM, visited)
    rows.append(logs.event(number, "otp_sent", moment + HOUR))
    logs.fraud("new SIM overseas", "SWAP-07 SWAP-08", rows, HOME.msisdn(number))


def habit(logs: Logs) -> None:
    """An agent who never checks; some of his victims are robbed."""
    agent = {**BRIBED, **UNTOLD, "agent_id": f"H{len(logs.frauds)}", "outlet_id": ""}
    rows, numbers = [], [logs.subscriber() for _ in range(logs.random.randrange(8, 14))]
    for number in numbers:
        moment = logs.opening()
        rows.append(logs.swap(number, moment, **agent))
        logs.put_in(number, moment)
        if logs.random.random() < 0.3:
            rows.append(logs.pay(number, moment + 3 * HOUR))
    who = (HOME.msisdn(number) for number in numbers)
    logs.fraud("agent with a habit", "SWAP-11", rows, *who, agent["agent_id"])


def ported_away(logs: Logs) -> None:
    number, moment = logs.subscriber(), logs.opening(0.5, 4)
    rows = [logs.swap(number, moment, **bribed(logs))]
    logs.put_in(number, moment)
    rows.append(logs.swap(number, moment + 30 * HOUR, event="port_out", new_imsi=""))
    logs.fraud("ported away", "SWAP-12", rows, HOME.msisdn(number))


def at_night(logs: Logs) -> None:
    """With a stolen login, at three in the morning."""
    number = logs.subscriber()
    moment = logs.opening() // DAY * DAY + 3 * HOUR
    rows = [logs.swap(number, moment, **bribed(logs))]
    logs.put_in(number, moment)
    rows.append(logs.event(number, "otp_sent", moment + HOUR))
    logs.fraud("at night", "SWAP-21", rows, HOME.msisdn(number))


def one_device(logs: Logs) -> None:
    """One telephone for three stolen numbers."""
    rows, device = [], {"new_imei": f"3569000{logs.random.randrange(10**7):07d}"}
    numbers, moment = [logs.subscriber() for _ in range(3)], logs.opening(0.5, 4)
    for place, number in enumerate(numbers):
        rows.append(logs.swap(number, moment + 5 * place * HOUR, **bribed(logs), **device))
        logs.put_in(number, moment + 5 * place * HOUR)
    logs.fraud("one device", "SWAP-22", rows, *(HOME.msisdn(number) for number in numbers))


def tried_before(logs: Logs) -> None:
    number, moment = logs.subscriber(), logs.opening(1, 5)
    rows = [
        logs.event(number, "pin_reset", moment - (9 - place) * HOUR, outcome="failure")
        for place in range(logs.random.randrange(2, 5))
    ]
    rows.append(logs.swap(number, moment, **bribed(logs)))
    logs.put_in(number, moment)
    logs.fraud("PIN tried before", "SWAP-23", rows, HOME.msisdn(number))


def not_checked(logs: Logs) -> None:
    """The service sees another IMSI and pays."""
    number, moment = logs.subscriber(), logs.opening()
    rows = [logs.pay(number, moment, imsi_check="mismatch")]
    logs.fraud("IMSI not looked at", "SWAP-25", rows, HOME.msisdn(number))


def asleep(logs: Logs) -> None:
    """An account that nobody used for two months."""
    number, moment = logs.subscriber(), logs.opening()
    logs.pay(number, moment - 60 * DAY)
    rows = [logs.swap(number, moment, **bribed(logs))]
    logs.put_in(number, moment)
    rows.append(logs.pay(number, moment + 28 * HOUR))
    logs.fraud("dormant account", "SWAP-26", rows, HOME.msisdn(number))


def mule(logs: Logs) -> None:
    """Three victims of several agents, one payee."""
    payee, rows = f"MULE{len(logs.frauds)}", []
    numbers = [logs.subscriber() for _ in range(3)]
    for number in numbers:
        moment = logs.opening()
        rows.append(logs.swap(number, moment, **bribed(logs)))
        logs.put_in(number, moment)
        rows.append(logs.pay(number, moment + 26 * HOUR, payee=payee))
    logs.fraud("one payee", "SWAP-27", rows, *(HOME.msisdn(number) for number in numbers))


def elsewhere(logs: Logs) -> None:
    """Turned away in a shop, done by somebody else."""
    number, moment = logs.subscriber(), logs.opening(1, 5)
    rows = [logs.swap(number, moment - 5 * HOUR, outcome="rejected")]
    rows.append(logs.swap(number, moment, **bribed(logs)))
    logs.put_in(number, moment)
    rows.append(logs.event(number, "otp_sent", moment + HOUR))
    logs.fraud("refused, then done elsewhere", "SWAP-28", rows, HOME.msisdn(number))


def old_account(logs: Logs) -> None:
    """The next holder of a number empties the account of the one before."""
    number, moment = logs.subscriber(), logs.opening()
    logs.pay(number, moment - 100 * DAY)
    rows = [logs.swap(number, moment, event="new", reason="recycled", old_imsi="",
                      released_at=at(moment - 95 * DAY))]  # fmt: skip
    logs.put_in(number, moment)
    rows += [logs.event(number, "otp_sent", moment + 4 * HOUR), logs.pay(number, moment + 5 * HOUR)]
    logs.fraud("account of a former holder", "SWAP-16", rows, HOME.msisdn(number))


def lives_on(logs: Logs) -> None:
    """A row for a swap that was not made: the old SIM goes on."""
    number, moment = logs.subscriber(), logs.opening()
    rows = [logs.swap(number, moment)]
    logs.registers(logs.week.story(moment + 5 * HOUR), number, number)
    logs.fraud("old SIM lives on", "SWAP-29", rows, HOME.msisdn(number))


def weak(logs: Logs) -> None:
    """What he knows is enough for the agent, and a code follows."""
    number, moment = logs.subscriber(), logs.opening()
    rows = [logs.swap(number, moment, id_check="knowledge", channel="call_centre")]
    logs.put_in(number, moment)
    rows.append(logs.event(number, "otp_sent", moment + 2 * HOUR))
    logs.fraud("weak check, then a code", "SWAP-20 SWAP-10", rows, HOME.msisdn(number))


def not_told(logs: Logs) -> None:
    """Nobody was told, and a code follows."""
    number, moment = logs.subscriber(), logs.opening()
    rows = [logs.swap(number, moment, **UNTOLD)]
    logs.put_in(number, moment)
    rows.append(logs.event(number, "otp_sent", moment + 2 * HOUR))
    logs.fraud("nobody told, then a code", "SWAP-18 SWAP-19", rows, HOME.msisdn(number))


def without_a_sim(logs: Logs) -> None:
    """Registered by a stranger; the code goes there, and money moves."""
    number, moment = logs.subscriber(), logs.opening(1, 5)
    network = logs.random.choice(world.STRANGERS)
    story = logs.week.attack("network-level swap", "SWAP-14", moment, HOME.msisdn(number))
    logs.registers(story, number, number, network)
    story.wait(300)
    bank = texts.BANKS[0]
    tpdu = texts.deliver(bank, texts.code(logs.random, bank), story.now)
    way, msc = story.way_out(network), network.node("msc")
    forward(story, way, HOME.node("smsc"), msc, HOME.imsi(number), tpdu)
    rows = [logs.pay(number, story.now + 6 * MINUTE)]
    logs.fraud("a swap without a SIM", "SWAP-14", rows, HOME.msisdn(number))


FAMILIES: tuple[Callable[[Logs], None], ...] = (
    classic, patient, forged, reset, many_services, ghost, made_up, reconnaissance, back_again,
    new_device, far_away, habit, ported_away, at_night, one_device, tried_before, not_checked,
    asleep, mule, elsewhere, old_account, lives_on, weak, not_told, without_a_sim,
)  # fmt: skip


def fill(logs: Logs, times: int = 4) -> None:
    for family in FAMILIES:
        for _ in range(times):
            family(logs)
