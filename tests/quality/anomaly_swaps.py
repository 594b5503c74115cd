"""`python -m tests.quality.anomaly_swaps [--seeds 5] [--write]`: what X-09 finds in swaps.

Three times for each generated week with logs: with the rules left out, learning from the week
itself and from a quiet one, and beside the rules. The figures go into docs/anomaly.md.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sigaudit import baseline, state
from sigaudit.baseline import Baseline
from sigaudit.store import connected
from tests.quality.anomaly import replace, told
from tests.quality.judge import MEDIUM, Finding, rank
from tests.quality.swaps import detectors, generate, ingested, touches
from tests.week.swap_log import Logs

START, END = "<!-- figures of swaps -->\n", "<!-- end of figures of swaps -->\n"
EVERYDAY = 8  # times the everyday swaps of a week, so that frauds are as rare as they can be found
QUIET = 1000  # what a quiet week's seed is higher


@dataclass
class Alone:
    """What X-09 told of the weeks in one of the ways."""

    how: str
    found: Counter[str] = field(default_factory=Counter)  # frauds by family
    grave: int = 0  # frauds told at medium
    false: int = 0  # findings about no fraud, at low
    false_grave: int = 0  # and at medium

    def add(self, findings: list[Finding], logs: Logs) -> None:
        ours = [finding for finding in findings if "X-09" in detectors(finding)]
        for fraud in logs.frauds:
            near = [finding for finding in ours if touches(finding, fraud)]
            self.found[fraud.family] += bool(near)
            self.grave += any(rank(finding) >= MEDIUM for finding in near)
        for finding in ours:
            if not any(touches(finding, fraud) for fraud in logs.frauds):
                self.false += rank(finding) < MEDIUM
                self.false_grave += rank(finding) >= MEDIUM


@dataclass
class Figures:
    """Of all weeks."""

    seeds: int = 0
    swaps: int = 0
    frauds: Counter[str] = field(default_factory=Counter)
    alone: tuple[Alone, Alone, Alone] = field(
        default_factory=lambda: (
            Alone("rules left out, learnt from the week itself"),
            Alone("rules left out, learnt from a quiet week"),
            Alone("beside the rules, learnt from the week itself"),
        )
    )


def quiet(seed: int) -> Baseline:
    """What is usual in a week without frauds."""
    with tempfile.TemporaryDirectory() as name, connected(Path(":memory:")) as connection:
        configuration = ingested(connection, generate(seed, 0, EVERYDAY), Path(name))
        state.build(connection, configuration)
        return baseline.make(connection, configuration.operator.name)


def week(figures: Figures, seed: int) -> None:
    """Generate a week and add its figures."""
    usual = quiet(QUIET + seed)
    with tempfile.TemporaryDirectory() as name, connected(Path(":memory:")) as connection:
        logs = generate(seed, 1, EVERYDAY)
        configuration = ingested(connection, logs, Path(name))
        itself, by_baseline, beside = figures.alone
        itself.add(told(connection, configuration, rules=False), logs)
        by_baseline.add(told(connection, configuration, rules=False, baseline=usual), logs)
        beside.add(told(connection, configuration, rules=True), logs)
    figures.seeds += 1
    figures.swaps += len(logs.swaps)
    figures.frauds.update(fraud.family for fraud in logs.frauds)


def lines(figures: Figures) -> Iterator[str]:
    frauds = figures.frauds.total()
    yield (
        f"{figures.seeds} weeks with logs, {figures.swaps:,} swaps, {frauds} frauds of"
        f" {len(figures.frauds)} families (`make anomaly`):\n\n"
    )
    yield "| X-09 | frauds found | at medium | families | false, low | false, medium |\n"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |\n"
    for alone in figures.alone:
        found = alone.found.total()
        families = sum(number > 0 for number in alone.found.values())
        yield (
            f"| {alone.how} | {found} ({found / frauds:.0%}) | {alone.grave}"
            f" ({alone.grave / frauds:.0%}) | {families} | {alone.false} | {alone.false_grave} |\n"
        )
    best = figures.alone[1].found
    half = [name for name, of in sorted(figures.frauds.items()) if best[name] * 2 >= of]
    never = [name for name in sorted(figures.frauds) if not best[name]]
    yield f"\nFound in at least half of the cases by a quiet week: {', '.join(half)}.\n"
    yield f"\nNever found: {', '.join(never)}.\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=5, help="how many weeks, from seed 1 on")
    parser.add_argument("--write", action="store_true", help="into docs/anomaly.md")
    options = parser.parse_args()
    figures = Figures()
    for seed in range(1, options.seeds + 1):
        week(figures, seed)
        sys.stderr.write(f"seed {seed}: {figures.alone}\n")
    text = "".join(lines(figures))
    sys.stdout.write(text)
    if options.write:
        replace(text, START, END)


if __name__ == "__main__":
    main()
