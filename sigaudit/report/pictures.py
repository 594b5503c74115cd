"""Bar charts of an audit, as shares of a width; the forms draw them, each in its own way."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

from sigaudit.distances import country_name
from sigaudit.report import wording
from sigaudit.report.grouping import threat_place

MOST_BARS = 15
MOST_CHAPTERS = 60


@dataclass
class Bar:
    """One row: its label, how many in all, and the parts that make it up."""

    label: str
    total: int
    parts: list[tuple[str, int, float]]  # kind, how many, percent of the picture's width


@dataclass
class Bars:
    """One picture. `legend` has a label for each kind of part, `lines` the upright ones."""

    name: str
    title: str
    note: str
    head: str
    legend: dict[str, str]
    bars: list[Bar]
    lines: list[tuple[float, str]] = field(default_factory=list)


def pictures(document: dict[str, Any]) -> list[Bars]:
    """All pictures that the document has the figures for."""
    made = (
        chapters(document["frameworks"]),
        threats(document["findings"]),
        countries(document["findings"]),
        delays(document["sim_swaps"]["delays"] or []),
        agents(document["sim_swaps"]["agents"]),
    )
    return [picture for picture in made if picture.bars]


def bars(counted: Iterable[tuple[str, dict[str, int]]], kinds: Iterable[str]) -> list[Bar]:
    """Rows of (label, count of each kind), drawn against the longest."""
    rows = [(label, counts, sum(counts.values())) for label, counts in counted]
    longest = max((total for *_, total in rows), default=0) or 1
    order = list(kinds)
    return [
        Bar(
            label,
            total,
            [(k, counts[k], share(counts[k], longest)) for k in order if counts.get(k)],
        )
        for label, counts, total in rows
    ]


def share(part: float, whole: float) -> float:
    return round(100 * part / whole, 2)


def countries(findings: list[dict[str, Any]]) -> Bars:
    """Where the sources' addresses belong, by severity."""
    counts: dict[str | None, Counter[str]] = {}
    for finding in findings:
        counts.setdefault(finding["origin"], Counter())[finding["severity"]] += 1
    unknown = counts.pop(None, None)
    ranked = sorted(counts.items(), key=lambda item: (-item[1].total(), str(item[0])))
    rows: list[tuple[str, dict[str, int]]] = [
        (f"{country_name(str(code))} ({code})", count) for code, count in ranked[:MOST_BARS]
    ]
    rest = sum((count for _, count in ranked[MOST_BARS:]), Counter[str]())
    if rest:
        others = wording.counted(len(ranked) - MOST_BARS, "other country", "other countries")
        rows.append((others, rest))
    if unknown and ranked:
        rows.append(("not told by the address", unknown))
    return Bars(
        name="countries",
        title="Source networks by country",
        note="Findings by the country that the sender's address belongs to. Addresses can be "
        "forged and titles are leased: it is where to begin asking.",
        head="Country",
        legend=severities(findings),
        bars=bars(rows, wording.SEVERITIES),
    )


def severities(findings: list[dict[str, Any]]) -> dict[str, str]:
    met = {finding["severity"] for finding in findings}
    return {severity: severity for severity in wording.SEVERITIES if severity in met}


def threats(findings: list[dict[str, Any]]) -> Bars:
    """Severity by threat."""
    counts: dict[str, Counter[str]] = {}
    for finding in findings:
        counts.setdefault(finding["threat"], Counter())[finding["severity"]] += 1
    names = sorted(counts, key=threat_place)
    return Bars(
        name="threats",
        title="Severity by threat",
        note="Findings by what they threaten.",
        head="Threat",
        legend=severities(findings),
        bars=bars([(wording.phrase(name), counts[name]) for name in names], wording.SEVERITIES),
    )


def chapters(frameworks: list[dict[str, Any]]) -> Bars:
    """Verdicts by chapter of each framework."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for framework in frameworks:
        for control in framework["controls"]:
            place = framework["id"], control["chapter"]
            counts.setdefault(place, Counter())[control["verdict"]] += 1
    met = {verdict for count in counts.values() for verdict in count}
    rows = [(f"{chapter or 'All'} ({name})", count) for (name, chapter), count in counts.items()]
    return Bars(
        name="chapters",
        title="Verdicts by chapter",
        note="Controls of each framework, by their verdict.",
        head="Chapter",
        legend={verdict: words for verdict, words in wording.VERDICTS.items() if verdict in met},
        bars=bars(rows[:MOST_CHAPTERS], wording.VERDICTS),
    )


def delays(rows: list[dict[str, Any]]) -> Bars:
    """How soon after a swap a one-time password went to the number."""
    counted = [
        (
            delay_label(row),
            {"found": row["in_findings"], "other": row["swaps"] - row["in_findings"]},
        )
        for row in rows
    ]
    return Bars(
        name="delays",
        title="From a SIM swap to a one-time password",
        note="Completed swaps, by the time until the next one-time password to the number in the "
        "logs of financial services.",
        head="Delay",
        legend={"found": "in a finding", "other": "in none"},
        bars=bars(counted, ("found", "other")),
    )


def delay_label(row: dict[str, Any]) -> str:
    if row["over_minutes"] is None:
        return "none in the log"
    if row["up_to_minutes"] is None:
        return f"over {span(row['over_minutes'])}"
    return f"under {span(row['up_to_minutes'])}"


def span(minutes: int) -> str:
    """`15 minutes`, `4 hours`, `3 days`."""
    for length, unit in ((1440, "day"), (60, "hour")):
        if minutes >= length:
            return wording.counted(minutes // length, unit)
    return wording.counted(minutes, "minute")


def agents(rows: list[dict[str, Any]]) -> Bars:
    """The agents with findings, then the busiest, against all of their peers."""
    ranked = sorted(rows, key=lambda row: (-row["in_findings"], -row["swaps"], row["agent"]))
    shown = ranked[:MOST_BARS]
    counted = []
    for row in shown:
        found, followed = row["in_findings"], row["password_within_24_hours"]
        followed = min(max(followed - found, 0), row["swaps"] - found)
        other = row["swaps"] - found - followed
        counted.append((row["agent"], {"found": found, "followed": followed, "other": other}))
    drawn = bars(counted, ("found", "followed", "other"))
    every = sorted(row["swaps"] for row in rows)
    longest = max((bar.total for bar in drawn), default=1)
    cut = f"{len(shown)} of " if len(rows) > len(shown) else ""
    told = f"{cut}{wording.counted(len(rows), 'agent')}"
    return Bars(
        name="agents",
        title="Agents' SIM swaps against their peers",
        note=f"{told}, those with findings first, then the busiest. The lines are at half and at "
        "nineteen in twenty of all agents.",
        head="Agent",
        legend={
            "found": "in a finding",
            "followed": "one-time password within 24 hours",
            "other": "other",
        },
        bars=drawn,
        lines=[(share(at, longest), name) for at, name in middle(every) if at <= longest],
    )


def middle(values: list[int]) -> list[tuple[float, str]]:
    """The median and the 95th percentile, where there are peers enough to compare with."""
    if len(values) < 5:
        return []
    return [
        (median(values), "median"),
        (quantiles(values, n=20, method="inclusive")[-1], "95%"),
    ]
