"""Isolation forests over sources, subscribers and swaps: what is unlike everything else.

They add to rules: what a rule found is not told again, and not learnt from where it is grave.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from duckdb import DuckDBPyConnection

from sigaudit import features
from sigaudit.baseline import Baseline, Part
from sigaudit.errors import UsageError
from sigaudit.features import About
from sigaudit.state.filling import fill

if TYPE_CHECKING:
    import numpy as np

DETECTORS: dict[str, About] = {"X-07": "source", "X-08": "subscriber", "X-09": "swap"}
ROWS = {
    "source": "hours of sources",
    "subscriber": "days of subscribers",
    "swap": "changes of SIM",
}
FEWEST = 500  # rows to learn from
MOST = 20_000  # rows that are learnt from; of more, every second, third …
SCORED = 5_000  # and of which the scores are looked at
TREES = 100
SAMPLES: dict[About, int] = {"source": 256, "subscriber": 256, "swap": 1024}  # a tree grows from
BEYOND = 0.05  # rows of swaps that are put beside, with features beyond what was seen
SEED = 1  # the same trees for the same rows
# Deviations of a score from the median, from which on a row is odd; docs/anomaly.md has how often
# that is wrong.
FAR = {"source": 5.7, "subscriber": 3.2, "swap": 4.0}
LEAST = {"source": 1, "subscriber": 2, "swap": 2}  # kinds of features that are seldom so high
NARROWEST = 0.04  # a deviation of scores; rows that are all but alike have none
SELDOM = 0.99  # a feature above what this share of the rows has is named
MOST_NAMED = 3
AT_ONCE = 1000  # rows that are explained together
GRAVE = 3  # rank of severity medium


@dataclass(frozen=True)
class Usual:
    """What was learnt: the forest, and what its scores and the features are usually."""

    forest: Any
    median: "np.ndarray[Any, Any]"
    high: "np.ndarray[Any, Any]"  # what one row in a hundred exceeds
    score: float
    deviation: float

    def distance(self, rows: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
        """How far the rows' scores lie from the median, in deviations; more is odder."""
        found: np.ndarray[Any, Any] = self.score - self.forest.score_samples(rows)
        return (found / self.deviation).round(6)


def find(connection: DuckDBPyConnection, baseline: Baseline | None) -> list[tuple[str, str]]:
    """Fill the temporary table `odd`, once rules have fired: what could not be assessed, and why.

    Needs `fired`, `detector_header` and the tables of sigaudit.state.
    """
    missing = []
    features.gather(connection)
    for detector, about in DETECTORS.items():
        part: Part | None = getattr(baseline, about) if baseline else None
        features.table(connection, about, part.counts() if part else None)
        features.run(connection, features.step("told", about))
        known: Sequence[Sequence[float]] = part.rows if part else _learnable(connection)
        if len(known) < FEWEST:
            missing.append((detector, _too_few(about, len(known), part)))
            continue
        if part and part.features != features.names(connection):
            raise UsageError(
                "--baseline: it is of another version of sigaudit, with other features;"
                " make it anew with `sigaudit baseline`"
            )
        _add(connection, about, _odd(connection, learn(known, about), about))
    features.forget(connection)
    return missing


def _learnable(connection: DuckDBPyConnection) -> list[tuple[float, ...]]:
    """Rows of which no rule found anything grave, evenly over the whole time."""
    usual = f"feature left join told using (number) where coalesce(rank, 0) < {GRAVE}"
    count = connection.execute(f"select count(*) from {usual}").fetchall()[0][0]
    step = -(-count // MOST) or 1
    chosen = f"select number from {usual} qualify row_number() over (order by number) % {step} = 0"
    return features.values(
        connection, f"feature semi join ({chosen}) using (number) order by number"
    )


def _too_few(about: About, known: int, part: Part | None) -> str:
    where = "in the logs" if about == "swap" else "in the captures"
    where = "in the baseline" if part else f"{where}; --baseline names others"
    return f"{FEWEST} {ROWS[about]} to learn from ({known} {where})"


def learn(known: Sequence[Sequence[float]], about: About = "source") -> Usual:
    """What is usual in rows of features."""
    import numpy as np
    import pandas as pd
    from sklearn.ensemble import IsolationForest

    frame = np.log1p(pd.DataFrame(known, dtype="float64"))
    rows = frame.to_numpy()
    median, high = frame.median().to_numpy(), frame.quantile(SELDOM).to_numpy()
    seen = np.vstack([rows, _beyond(rows, high)]) if about == "swap" else rows
    forest = IsolationForest(
        n_estimators=TREES, max_samples=min(SAMPLES[about], len(seen)), random_state=SEED
    ).fit(seen)
    scores = forest.score_samples(rows[:: -(-len(rows) // SCORED)])
    middle = float(np.median(scores))
    deviation = 1.4826 * float(np.median(np.abs(scores - middle)))  # as if they were normal
    return Usual(forest, median, high, middle, max(deviation, NARROWEST))


def _beyond(rows: "np.ndarray[Any, Any]", high: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
    """Rows as these with some features put anywhere up to twice as high as they seldom are.

    Most swaps have nothing of what frauds have: a feature that is the same in all rows splits no
    tree, and however high it then is, it would be as usual.
    """
    import numpy as np

    chance = np.random.default_rng(SEED)
    made = rows[chance.integers(len(rows), size=int(len(rows) * BEYOND))]
    reach = 2 * np.maximum(high, np.log1p(1))
    return np.where(chance.random(made.shape) < 0.3, chance.random(made.shape) * reach, made)


def _odd(
    connection: DuckDBPyConnection, usual: Usual, about: About
) -> Iterator[tuple[int, float, int, str]]:
    """Of the rows that are odd: number, distance, how many features differ, and which."""
    import numpy as np

    named = features.names(connection)
    limits = np.expm1(usual.high).tolist()
    above = [f'("{n}" > {limit!r})::int' for n, limit in zip(named, limits, strict=True)]
    enough = f"{' + '.join(above)} >= {LEAST[about]}"
    source = f"feature anti join told using (number) where {enough} order by number"
    numbers = connection.execute(f"select number from {source}").fetchall()
    if not numbers:
        return
    rows = np.log1p(np.array(features.values(connection, source), dtype="float64"))
    distances = usual.distance(rows)
    places = (distances >= FAR[about]).nonzero()[0]
    for place, different in zip(places, differing(usual, rows[places]), strict=True):
        if (kinds := len({_kind(named[at]) for at, _ in different})) >= LEAST[about]:
            said = different[:MOST_NAMED]
            words = "; ".join(_words(usual, named, rows[place], *each) for each in said)
            yield numbers[place][0], float(distances[place]), kinds, words


def _kind(name: str) -> str:
    """What is one sign in two features: the rarest question and questions on average, an agent
    and his outlet, a password and the payment that it served.
    """
    return (
        re.sub(r"^(rarest|outlet|agent|password|payment)_", "", name)
        .replace("questions", "question")
        .replace("sequences", "sequence")
    )


def differing(usual: Usual, rows: "np.ndarray[Any, Any]") -> Iterator[list[tuple[int, float]]]:
    """Of each row, the features that are seldom so high, and each one's share of its oddity.

    That is: by how much the row's distance falls when the feature is put back to its median.
    """
    import numpy as np

    width = len(usual.median)
    for start in range(0, len(rows), AT_ONCE):
        part = rows[start : start + AT_ONCE]
        probes = np.repeat(part[:, None, :], width + 1, axis=1)
        probes[:, range(width), range(width)] = usual.median
        distances = usual.distance(probes.reshape(-1, width)).reshape(len(part), width + 1)
        gains = np.maximum(distances[:, -1:] - distances[:, :-1], 0)
        for row, gain in zip(part, gains, strict=True):
            yield _seldom(usual, row, gain)


def _seldom(
    usual: Usual, row: "np.ndarray[Any, Any]", gain: "np.ndarray[Any, Any]"
) -> list[tuple[int, float]]:
    whole = float(gain.sum()) or 1.0
    order = (-gain).argsort(kind="stable")
    seldom = [int(at) for at in order if row[at] > usual.high[at] and gain[at] > 0]
    return [(at, float(gain[at]) / whole) for at in seldom]


def _words(
    usual: Usual, named: list[str], row: "np.ndarray[Any, Any]", at: int, share: float
) -> str:
    import numpy as np

    value, middle, high = (
        f"{np.expm1(number):.3g}" for number in (row[at], usual.median[at], usual.high[at])
    )
    name = named[at].replace("_", " ")
    return f"{name} {value} (usual {middle}, seldom above {high}; {share:.0%} of it)"


def _add(
    connection: DuckDBPyConnection, about: About, found: Iterator[tuple[int, float, int, str]]
) -> None:
    """Add to the temporary table `odd`."""
    columns = "number bigint, distance double, different integer, differences varchar"
    fill(connection, "odd_row", columns, found)
    features.run(connection, features.step("odd", about))
    connection.execute(
        "insert into odd by name select ? as about, * exclude (number) from odd_found"
        " order by number",
        [about],
    )
