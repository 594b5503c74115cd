"""`python -m tests.quality.anomaly [--seeds 5] [--write]`: what the isolation forests find.

Twice for each generated week: with the rules left out, so that every family of attacks is unknown,
and beside the rules. The figures go into docs/anomaly.md.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from duckdb import DuckDBPyConnection

from sigaudit import anomaly, detect, network
from sigaudit.baseline import Baseline
from sigaudit.detector import Detector, load
from sigaudit.findings import document
from sigaudit.ingest import ingest
from sigaudit.network import Network
from sigaudit.store import connected
from tests.quality.judge import MEDIUM, Finding, Verdict, about, judge, names, places, rank
from tests.week import audited
from tests.week.generate import generate
from tests.week.story import Attack, Week
from tests.week.writer import Place, write

PAGE = Path(__file__).parents[2] / "docs/anomaly.md"
START, END = "<!-- figures -->\n", "<!-- end of figures -->\n"


@dataclass
class Alone:
    """What one of the forests, or both, told of a week or of several."""

    about: str
    found: Counter[str] = field(default_factory=Counter)  # attacks by family
    grave: int = 0  # attacks told at medium
    false: int = 0  # findings about no attack, at low
    false_grave: int = 0  # and at medium


@dataclass
class Figures:
    """Of all weeks."""

    seeds: int = 0
    attacks: Counter[str] = field(default_factory=Counter)
    dialogues: int = 0
    alone: list[Alone] = field(
        default_factory=lambda: [
            Alone("sources by the hour (X-07)"),
            Alone("subscribers by the day (X-08)"),
            Alone("both"),
        ]
    )
    beside: Counter[str] = field(default_factory=Counter)
    verdicts: list[Verdict] = field(default_factory=list)


def told(
    connection: DuckDBPyConnection, network: Network, rules: bool, baseline: Baseline | None = None
) -> list[Finding]:
    """The findings, with the rules or without."""
    kept = [each if rules or each.id in anomaly.DETECTORS else silent(each) for each in load()]
    with patch.object(detect, "load", lambda _: kept):
        detect.run(connection, network, baseline=baseline)
    found: list[Finding] = document(connection)["findings"]
    return found


def silent(rule: Detector) -> Detector:
    """The rule, which finds nothing."""
    select = rule.sql.rstrip().removesuffix(";")
    return rule.model_copy(update={"sql": f"select * from (\n{select}\n) where false"})


def is_of_forest(finding: Finding) -> bool:
    return finding["detector"] in anomaly.DETECTORS


def sees(finding: Finding, attack: Attack, frames: set[Place]) -> bool:
    """Whether it is about the attack's subscriber or source, and about one of its messages."""
    return bool(names(finding)) and about(finding, attack) and bool(places(finding) & frames)


def count(alone: Alone, findings: list[Finding], attacks: list[Attack],
          frames: dict[int, list[Place]]) -> None:  # fmt: skip
    hostile = {place for mine in frames.values() for place in mine}
    for attack in attacks:
        mine = set(frames.get(attack.number, []))
        near = [finding for finding in findings if sees(finding, attack, mine)]
        alone.found[attack.family] += bool(near)
        alone.grave += any(rank(finding) >= MEDIUM for finding in near)
    for finding in findings:
        if not places(finding) & hostile:
            alone.false += rank(finding) < MEDIUM
            alone.false_grave += rank(finding) >= MEDIUM


def week(figures: Figures, messages: int, seed: int) -> None:
    """Generate a week and add its figures."""
    with tempfile.TemporaryDirectory() as name, connected(Path(":memory:")) as connection:
        directory = Path(name)
        made = generate(messages, seed)
        frames = write(made, directory)
        ingest(connection, sorted(directory.glob("*.pcap")))
        add(figures, connection, network.load(audited.write(directory)), made, frames)


def add(
    figures: Figures, connection: DuckDBPyConnection, configuration: Network, made: Week,
    frames: dict[int, list[Place]],
) -> None:  # fmt: skip
    """Audit a week without the rules and with them, and add its figures."""
    without = told(connection, configuration, rules=False)
    beside = told(connection, configuration, rules=True)
    figures.seeds += 1
    figures.dialogues += made.dialogues
    figures.attacks.update(attack.family for attack in made.attacks)
    for alone, ids in zip(figures.alone, (("X-07",), ("X-08",), ("X-07", "X-08")), strict=True):
        chosen = [finding for finding in without if finding["detector"] in ids]
        count(alone, chosen, made.attacks, frames)
    verdict = judge(beside, made.attacks, frames, made.dialogues)
    figures.verdicts.append(verdict)
    hostile = {place for mine in frames.values() for place in mine}
    ours = [finding for finding in beside if is_of_forest(finding)]
    for finding in ours:
        about_attack = "about an attack" if places(finding) & hostile else "about none"
        figures.beside[f"{finding['severity']} {about_attack}"] += 1
    figures.beside["missed"] += len(verdict.missed)
    figures.beside["added"] += sum(
        any(sees(finding, attack, set(frames.get(attack.number, []))) for finding in ours)
        for attack in verdict.missed
    )


def lines(figures: Figures, messages: int) -> Iterator[str]:
    attacks = figures.attacks.total()
    yield (
        f"{figures.seeds} weeks of {messages:,} messages, {attacks:,} attacks of"
        f" {len(figures.attacks)} families among {figures.dialogues:,} benign dialogues"
        " (`make anomaly`).\n\n"
    )
    yield "With all rules left out, so that every family is unknown:\n\n"
    yield "| | attacks found | at medium | families | false, low | false, medium |\n"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |\n"
    for alone in figures.alone:
        found = alone.found.total()
        families = sum(number > 0 for number in alone.found.values())
        yield (
            f"| {alone.about} | {found} ({found / attacks:.0%}) | {alone.grave}"
            f" ({alone.grave / attacks:.0%}) | {families} | {alone.false} | {alone.false_grave} |\n"
        )
    beside, false = figures.beside, [finding for each in figures.verdicts for finding in each.false]
    right = sum(len(each.told) for each in figures.verdicts)
    yield (
        f"\nBeside the rules: {beside['medium about an attack']} findings at medium and"
        f" {beside['low about an attack']} at low about attacks,"
        f" {beside['medium about none']} at medium and {beside['low about none']} at low about"
        f" none; of the {beside['missed']} attacks that the rules miss or tell too mildly they see"
        f" {beside['added']}. False alarms at medium or above of rules and forests together:"
        f" {len(false)}; precision {right / (right + len(false)):.3f}.\n"
    )
    yield "\nFound in at least half of the cases without a rule: "
    found = figures.alone[2].found
    half = [name for name, of in sorted(figures.attacks.items()) if found[name] * 2 >= of]
    never = [name for name in sorted(figures.attacks) if not found[name]]
    yield ", ".join(half) + ".\n"
    yield "\nNever found without a rule: " + ", ".join(never) + ".\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=5, help="how many weeks, from seed 1 on")
    parser.add_argument("--messages", type=int, default=200_000, help="of a week")
    parser.add_argument("--write", action="store_true", help=f"into {PAGE.name}")
    options = parser.parse_args()
    figures = Figures()
    for seed in range(1, options.seeds + 1):
        week(figures, options.messages, seed)
        sys.stderr.write(f"seed {seed}: {figures.alone[2]} {figures.beside}\n")
    text = "".join(lines(figures, options.messages))
    sys.stdout.write(text)
    if options.write:
        replace(text, START, END)


def replace(text: str, start: str, end: str) -> None:
    """Put it into the page between these lines."""
    before, _, rest = PAGE.read_text("utf-8").partition(start)
    after = rest.partition(end)[2]
    PAGE.write_text(f"{before}{start}\n{text}\n{end}{after}", "utf-8")


if __name__ == "__main__":
    main()
