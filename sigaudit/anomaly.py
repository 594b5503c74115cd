"""Isolation forests over features of sources and subscribers: what is unlike everything else.

They add to rules: what a rule found at medium or above is neither learnt from nor told again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from duckdb import DuckDBPyConnection

from sigaudit import features
from sigaudit.baseline import Baseline
from sigaudit.errors import UsageError
from sigaudit.state.filling import fill

if TYPE_CHECKING:
    import numpy as np

DETECTORS = {"X-07": "source", "X-08": "subscriber"}
FEWEST = 300  # rows to learn from
TREES = 200
SEED = 1  # the same trees for the same rows
FAR = 4.0  # deviations of a score below the median, from which on a row is odd
NAMED = 4.0  # deviations of a feature from its median, from which on it is named
STRONG = 10.0  # and from which on it counts for severity medium
SMALLEST = 0.1  # deviation of a feature; one that never changes has none
MOST_NAMED = 4
MEDIUM = 3  # rank of severity medium


@dataclass(frozen=True)
class Usual:
    """What was learnt: the forest, and the middle and spread of features and scores."""

    forest: Any
    median: "np.ndarray[Any, Any]"
    spread: "np.ndarray[Any, Any]"
    lowest: float  # score that is still usual


def find(connection: DuckDBPyConnection, baseline: Baseline | None) -> list[tuple[str, str]]:
    """Fill the temporary table `odd`, once rules have fired: what could not be assessed, and why.

    Needs `fired`, `detector_header` and the tables of sigaudit.state.
    """
    missing = []
    for detector, about in DETECTORS.items():
        features.table(connection, about)
        connection.execute((files("sigaudit") / "told.sql").read_text("utf-8"))
        known = len(getattr(baseline, about).rows) if baseline else _learnable(connection)
        if known < FEWEST:
            missing.append((detector, _too_few(about, known, baseline)))
        else:
            _look(connection, about, baseline)
    return missing


def _learnable(connection: DuckDBPyConnection) -> int:
    query = f"select count(*) from judged where rank < {MEDIUM}"
    return int(connection.execute(query).fetchall()[0][0])


def _too_few(about: str, known: int, baseline: Baseline | None) -> str:
    of = "hours of sources" if about == "source" else "days of subscribers"
    where = "in the baseline" if baseline else "in the captures; --baseline names others"
    return f"{FEWEST} {of} to learn from ({known} {where})"


def _look(connection: DuckDBPyConnection, about: str, baseline: Baseline | None) -> None:
    """Learn what is usual, and add the rows that are not to `odd`."""
    import numpy as np

    named = features.names(connection)
    frame = connection.execute("from judged order by number").df()
    rows = np.log1p(frame[named].to_numpy("float64").round(6))
    if baseline:
        kept = getattr(baseline, about)
        if kept.features != named:
            raise UsageError(
                "--baseline: has other features than this version; make it anew with"
                " `sigaudit baseline`"
            )
        usual = learn(np.log1p(np.array(kept.rows)))
    else:
        usual = learn(rows[(frame["rank"] < MEDIUM).to_numpy()])
    candidates = frame.index[(frame["rank"] < MEDIUM).to_numpy()]
    found = _odd(usual, named, frame["number"].to_numpy()[candidates], rows[candidates])
    _add(connection, found)


def learn(rows: "np.ndarray[Any, Any]") -> Usual:
    """What is usual in rows of features."""
    import numpy as np
    from sklearn.ensemble import IsolationForest

    forest = IsolationForest(n_estimators=TREES, random_state=SEED).fit(rows)
    scores = forest.score_samples(rows)
    median = np.median(rows, axis=0)
    wide = (np.quantile(rows, 0.99, axis=0) - np.quantile(rows, 0.01, axis=0)) / 4.65
    spread = np.maximum(np.maximum(_deviation(rows), wide), SMALLEST)
    lowest = float(np.median(scores) - FAR * _deviation(scores))
    return Usual(forest, median, spread, lowest)


def _deviation(values: "np.ndarray[Any, Any]") -> Any:
    """From the median: as a standard deviation, but not moved by what is far out."""
    import numpy as np

    return 1.4826 * np.median(np.abs(values - np.median(values, axis=0)), axis=0)


def _odd(
    usual: Usual, named: list[str], numbers: Any, rows: "np.ndarray[Any, Any]"
) -> Iterator[tuple[int, float, float, int, str]]:
    """Of the rows that are odd: number, score, usual score, strong features, and what differs."""
    if not len(rows):
        return
    scores = usual.forest.score_samples(rows)
    for place in (scores < usual.lowest).nonzero()[0]:
        row = rows[place]
        if different := differing(usual, row):
            strong = sum(_away(usual, row, at) >= STRONG for at in different)
            words = ", ".join(_words(usual, named, row, at) for at in different[:MOST_NAMED])
            yield int(numbers[place]), float(scores[place]), usual.lowest, strong, words


def _away(usual: Usual, row: "np.ndarray[Any, Any]", at: int) -> float:
    return float(abs(row[at] - usual.median[at]) / usual.spread[at])


def differing(usual: Usual, row: "np.ndarray[Any, Any]") -> list[int]:
    """The features far from their median, first the one that makes the row oddest.

    That is: the row's score rises most when the feature is put back to its median.
    """
    import numpy as np

    probes = np.tile(row, (len(row), 1))
    np.fill_diagonal(probes, usual.median)
    gain = usual.forest.score_samples(probes) - usual.forest.score_samples(row[None])
    order = np.argsort(-gain, kind="stable")
    return [int(at) for at in order if _away(usual, row, at) >= NAMED and gain[at] > 0]


def _words(usual: Usual, named: list[str], row: "np.ndarray[Any, Any]", at: int) -> str:
    import numpy as np

    value, middle = (f"{np.expm1(number):.3g}" for number in (row[at], usual.median[at]))
    name, away = named[at].replace("_", " "), _away(usual, row, at)
    return f"{name} {value} (usual {middle}, {away:.1f} deviations)"


def _add(connection: DuckDBPyConnection, found: Iterator[tuple[Any, ...]]) -> None:
    columns = "number bigint, score double, usual double, strong integer, differences varchar"
    fill(connection, "odd_row", columns, found)
    connection.execute(
        """
        insert into odd by name
        select about, kind, entity, first_seen, last_seen, from_outside, caller, answered, evidence,
          score, usual, strong, differences, rank > 0 as told
        from judged join odd_row using (number)
        order by number
        """
    )
