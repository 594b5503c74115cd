"""A whole week by its seed: everyday traffic and, one message in sixty-one, attacks."""

from tests.week import benign, hostile
from tests.week.story import Week

BENIGN_SHARE = 60 / 61


def generate(messages: int = 200_000, seed: int = 1) -> Week:
    week, everyday = Week(seed), round(messages * BENIGN_SHARE)
    benign.fill(week, everyday)
    hostile.fill(week, messages - everyday)
    return week
