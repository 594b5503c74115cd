"""When things happen: a week from Monday 2 March 2026, busy by day and quiet by night."""

from random import Random

SECOND, MINUTE, HOUR, DAY = 1_000_000, 60_000_000, 3_600_000_000, 86_400_000_000
START = 1_772_409_600_000_000  # 2026-03-02T00:00:00Z
END = START + 7 * DAY
# Of each hour of the day, how busy it is.
RHYTHM = (3, 2, 1, 1, 2, 4, 8, 14, 18, 20, 20, 20, 19, 18, 18, 19, 21, 24, 26, 26, 22, 16, 10, 5)


def moment(random: Random, first_day: float = 0, last_day: float = 7) -> int:
    """A moment of the week, by the rhythm of the day, between two days counted from 0."""
    day = first_day + random.random() * (last_day - first_day)
    hour = random.choices(range(24), RHYTHM)[0]
    return START + int(day) * DAY + hour * HOUR + random.randrange(HOUR)


def night(random: Random) -> int:
    """A moment between midnight and four, when nobody looks."""
    return START + random.randrange(7) * DAY + random.randrange(4 * HOUR)
