"""Why something was not read: problems, and what was rightly left alone.

A dissector names its reasons at its top, `NO_LENGTH: cython.int = problem("tcap", "…")`, and
gives the number to `Reading.problem` or `Reading.pass_over`.
"""

# What a C function of the walker gives for "none": -1 would make its callers ask for an exception.
NONE = -2

PROBLEMS: list[tuple[str, str]] = []
PASSED_OVER: list[tuple[str, str]] = []
ANOMALIES: list[tuple[str, str]] = []


def problem(layer: str, reason: str) -> int:
    """The number of a reason why something could not be read."""
    return _number(PROBLEMS, (layer, reason))


def passed_over(layer: str, what: str) -> int:
    """The number of a kind of traffic that is no signalling, or not of the kinds that are read."""
    return _number(PASSED_OVER, (layer, what))


def anomaly(layer: str, kind: str) -> int:
    """The number of a kind of encoding that decoders forgive and attackers use."""
    return _number(ANOMALIES, (layer, kind))


def _number(known: list[tuple[str, str]], entry: tuple[str, str]) -> int:
    if entry not in known:
        known.append(entry)
    return known.index(entry)
