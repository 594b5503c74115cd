"""Who attacks whom: rented titles, in unlisted networks and in listed ones, and what they get."""

from tests.scenes.sigtran import Address
from tests.week import clock
from tests.week.clock import HOUR
from tests.week.story import Aborted, Answer, Story, Week, refusal
from tests.week.world import ABROAD, HOME, PARTNERS, STRANGERS, Network, title

RENTED = 700  # numbers of rented nodes start here


def attacker(week: Week, listed: float = 0.3) -> Network:
    """Where the titles were rented: in a share of the cases from a roaming partner."""
    if week.random.random() < listed:
        return week.random.choice(PARTNERS)
    return week.random.choice(STRANGERS + ABROAD)


def rented(week: Week, network: Network, role: str) -> Address:
    return title(network.prefix, role, RENTED + week.random.randrange(40))


def victim(week: Week) -> int:
    """An own subscriber of whom the week has nothing else."""
    return week.new_subscriber()


def any_time(week: Week) -> int:
    return clock.night(week.random) if week.random.random() < 0.3 else clock.moment(week.random)


def both(number: int) -> tuple[str, str]:
    """IMSI and MSISDN of an own subscriber."""
    return HOME.imsi(number), HOME.msisdn(number)


def succeeds(week: Week, share: float = 0.6) -> bool:
    return week.random.random() < share


def outcome(week: Week, answer: bytes, answered: bool, error: int) -> Answer:
    """The answer, or one of the ways in which there is none."""
    if answered:
        return answer
    return week.random.choice((refusal(error), refusal(error), Aborted(), None))


def pause(story: Story, slow: bool) -> None:
    """Between attempts: minutes, or hours where the attacker is patient."""
    story.wait(story.random.randrange(2, 12) * (HOUR // 1_000_000 if slow else 60))
