"""A whole week by its seed: everyday traffic and, one message in sixty-one, attacks."""

from tests.week import benign, hostile
from tests.week.story import Week

BENIGN_SHARE = 60 / 61


def generate(messages: int = 200_000, seed: int = 1, attacks: bool = True) -> Week:
    week = Week(seed)
    benign.fill(week, round(messages * BENIGN_SHARE))
    if attacks:
        hostile.fill(week, messages - round(messages * BENIGN_SHARE))
    return week
