"""Intervals of 95 percent: Wilson's for shares, the exact one for counts of rare things."""

from collections.abc import Callable
from math import exp, lgamma, log, sqrt

Z = 1.959964  # of the normal distribution, two-sided 95 percent


def wilson(hits: int, tries: int) -> tuple[float, float]:
    """For a share of tries (Wilson 1927)."""
    if not tries:
        return 0.0, 1.0
    share, spread = hits / tries, Z * Z / tries
    middle = (share + spread / 2) / (1 + spread)
    half = Z * sqrt(share * (1 - share) / tries + spread / tries / 4) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def at_most(count: int, mean: float) -> float:
    """The chance of so many events or fewer, by Poisson."""
    if mean <= 0:
        return 1.0
    terms = (exp(number * log(mean) - mean - lgamma(number + 1)) for number in range(count + 1))
    return min(1.0, sum(terms))


def poisson(count: int) -> tuple[float, float]:
    """For the mean of a count (Garwood 1936)."""
    lower = solve(lambda mean: 1 - at_most(count - 1, mean) < 0.025, count) if count else 0.0
    upper = solve(lambda mean: at_most(count, mean) > 0.025, count)
    return lower, upper


def solve(below: Callable[[float], bool], count: int) -> float:
    """Where `below` stops to hold, by halving."""
    low, high = 0.0, 3.0 * count + 20
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) else (low, middle)
    return low
