"""The page of figures: what was run, recall by family, false alarms by detector."""

from collections import Counter
from collections.abc import Iterable, Sequence

from tests.quality.intervals import poisson, wilson
from tests.quality.judge import Verdict

HEAD = """# How well the detectors do

`make quality` makes weeks of signalling of an invented operator, one for each seed, audits them
and holds the findings against what is known of the weeks; `make quality SEEDS=5` takes five.
`tests/week/` has what is in a week. Everyday traffic: travellers and guests, flights, borders,
steering, hubs, restarts, repetitions, messages that come back, own platforms, test SIMs,
aggregators, international messages and calls. One message in sixty-one is part of an attack.
The labels come from the generator, which knows nothing of the detectors.

* An attack is **found** if a finding names one of the detectors that belong to it, is about its
  subscriber or source, shares a message with it, and is at least low; medium where the network
  answered.
* A **false alarm** is a finding at medium or above that shares no message with any attack.
* Intervals are of 95 percent: Wilson's for shares, the exact one of Poisson for false alarms.
"""


def share(hits: int, tries: int) -> str:
    low, high = wilson(hits, tries)
    value = hits / tries if tries else 0.0
    return f"{value:.3f} ({low:.3f} to {high:.3f})"


def by_family(verdicts: Iterable[Verdict]) -> dict[str, tuple[int, int, str]]:
    """Of each family how many attacks were found, how many there are, and by what."""
    found: Counter[str] = Counter()
    every: Counter[str] = Counter()
    detectors: dict[str, str] = {}
    for verdict in verdicts:
        found.update(attack.family for attack in verdict.found)
        for attack in (*verdict.found, *verdict.missed):
            every[attack.family] += 1
            detectors.setdefault(attack.family, attack.detectors[0])
    return {family: (found[family], every[family], detectors[family]) for family in sorted(every)}


def false_by_detector(verdicts: Iterable[Verdict]) -> dict[str, int]:
    counted: Counter[str] = Counter()
    for verdict in verdicts:
        counted.update(finding["detector"] for finding in verdict.false)
    return dict(counted.most_common())


def line(verdict: Verdict) -> str:
    attacks = len(verdict.found) + len(verdict.missed)
    return (
        f"{len(verdict.found)} of {attacks} attacks found, {len(verdict.false)} false alarms in "
        f"{verdict.dialogues} benign dialogues"
    )


def totals(verdicts: Sequence[Verdict]) -> list[str]:
    found = sum(len(verdict.found) for verdict in verdicts)
    attacks = found + sum(len(verdict.missed) for verdict in verdicts)
    told = sum(len(verdict.told) for verdict in verdicts)
    false = sum(len(verdict.false) for verdict in verdicts)
    dialogues = sum(verdict.dialogues for verdict in verdicts)
    low, high = (1e6 * count / dialogues for count in poisson(false))
    rate = f"{1e6 * false / dialogues:.1f} ({low:.1f} to {high:.1f})"
    families = by_family(verdicts).values()
    weakest = min(hits / tries for hits, tries, _ in families)
    return [
        "| figure | value | aim |",
        "| --- | --- | --- |",
        f"| recall over all attacks | {share(found, attacks)}, {found} of {attacks} | 0.97 |",
        f"| recall of the weakest family | {weakest:.3f} | 0.9 |",
        f"| precision at medium or above | {share(told, told + false)} | 0.98 |",
        f"| false alarms per million benign dialogues | {rate}, {false} in {dialogues} | 5 |",
    ]


def families(verdicts: Sequence[Verdict]) -> list[str]:
    rows = ["| family | first of its detectors | found | of | recall |", "| --- " * 5 + "|"]
    for family, (hits, tries, detector) in by_family(verdicts).items():
        rows.append(f"| {family} | {detector} | {hits} | {tries} | {share(hits, tries)} |")
    return rows


def alarms(verdicts: Sequence[Verdict]) -> list[str]:
    counted = false_by_detector(verdicts)
    if not counted:
        return ["None."]
    rows = ["| detector | false alarms | one of them |", "| --- " * 3 + "|"]
    for detector, count in counted.items():
        example = next(
            finding["explanation"]
            for verdict in verdicts
            for finding in verdict.false
            if finding["detector"] == detector
        )
        rows.append(f"| {detector} | {count} | {example} |")
    return rows


def page(verdicts: Sequence[Verdict], messages: int) -> str:
    run = f"Seeds 1 to {len(verdicts)}" if len(verdicts) > 1 else "Seed 1"
    parts = [
        HEAD,
        f"## The figures\n\n{run}, {messages:,} messages each.\n",
        "\n".join(totals(verdicts)),
        "\n## Recall by family\n",
        "\n".join(families(verdicts)),
        "\n## False alarms by detector\n",
        "\n".join(alarms(verdicts)),
    ]
    return "\n".join(parts) + "\n"
