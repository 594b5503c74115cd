"""Findings over time: a table of strips, one for each source within each threat.

A strip is an SVG whose positions are percentages, so that it is sharp at every width without a
script. This module only computes those positions; templates/timeline.html draws them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import log10
from typing import Any

from sigaudit.report.wording import (
    KINDS,
    SEVERITIES,
    THREATS,
    moment,
    number,
    short,
    source,
    times,
)

EPOCH = datetime(1970, 1, 1)
LANES = 30
MINUTE, HOUR, DAY = 60, 3600, 86400
STEPS = [
    *(1, 2, 5, 10, 15, 30),
    *(MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE),
    *(HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR),
    *(
        DAY,
        2 * DAY,
        7 * DAY,
        14 * DAY,
        30 * DAY,
        90 * DAY,
        365 * DAY,
        3650 * DAY,
        365000 * DAY,
    ),
]


@dataclass
class Mark:
    """Findings of one lane at one place; the first of them is where a click leads."""

    left: float  # percent of the width
    right: float
    severity: str  # the worst
    finding: str  # id
    title: str
    count: int = 1

    @property
    def thickness(self) -> float:
        """Pixels: three for one finding, two more for each power of ten."""
        return round(3 + 2 * log10(self.count), 1)

    def add(self, count: int, right: float) -> None:
        """Findings no worse, at the same place."""
        self.count += count
        self.right = max(self.right, right)
        self.title = f"{number(self.count)} findings here, the worst {self.severity}"


@dataclass
class Lane:
    """One row of the picture."""

    threat: str
    source: str
    marks: list[Mark] = field(default_factory=list)
    findings: int = 0
    first_of_threat: bool = False


@dataclass
class Timeline:
    lanes: list[Lane]
    ticks: list[tuple[float, str]]  # percent, label
    coverage: list[tuple[str, int, list[tuple[float, float]]]]  # kind, files, left and width
    period: str
    lanes_merged: int  # sources that share a lane for want of room
    undated: int  # findings whose time is outside the calendar


def timeline(document: dict[str, Any], findings: list[dict[str, Any]]) -> Timeline | None:
    """Positions of `findings` (worst first) and of what was read around them; None without any."""
    dated = [finding for finding in findings if moment(finding["first_seen"])]
    if not dated:
        return None
    start, end = window(dated)
    lanes, merged = fold(lanes_of(dated, start, end))
    return Timeline(
        lanes=lanes,
        ticks=ticks(start, end),
        coverage=coverage(document["inputs"], start, end),
        period=times(dated_text(start), dated_text(end)),
        lanes_merged=merged,
        undated=len(findings) - len(dated),
    )


def window(findings: list[dict[str, Any]]) -> tuple[float, float]:
    """Seconds since 1970 from a little before the first finding to a little after the last."""
    first = min(seconds(finding["first_seen"]) for finding in findings)
    last = max(seconds(finding["last_seen"] or finding["first_seen"]) for finding in findings)
    margin = max((last - first) * 0.03, 30)
    earliest, latest = seconds("0001-01-02T00:00:00Z"), seconds("9999-12-30T00:00:00Z")
    return max(first - margin, earliest), min(last + margin, latest)


def seconds(time: str) -> float:
    """Seconds since 1970 of a time of the document."""
    at = moment(time)
    return (at - EPOCH).total_seconds() if at else 0.0


def dated_text(at: float) -> str:
    return (EPOCH + timedelta(seconds=round(at))).isoformat() + "Z"


def lanes_of(findings: list[dict[str, Any]], start: float, end: float) -> list[Lane]:
    """A lane for each threat and source; marks of one half percent are drawn as one."""
    lanes: dict[tuple[str, str], Lane] = {}
    places: dict[tuple[str, str, float], Mark] = {}
    for finding in findings:
        key = (finding["threat"], source(finding))
        lane = lanes.setdefault(key, Lane(*key))
        lane.findings += 1
        left, right = (place(seconds(finding[k]), start, end) for k in ("first_seen", "last_seen"))
        mark = places.get((*key, round(left * 2)))
        if mark:
            mark.add(1, right)
        else:
            mark = Mark(left, right, finding["severity"], finding["id"], mark_title(finding))
            places[*key, round(left * 2)] = mark
            lane.marks.append(mark)
    return sorted(lanes.values(), key=lambda lane: rank(lane.threat, THREATS))


def mark_title(finding: dict[str, Any]) -> str:
    when = times(finding["first_seen"], finding["last_seen"])
    return f"{finding['severity'].capitalize()}: {finding['title']}, {when}"


def rank(name: str, order: Iterable[str]) -> int:
    """Place of a name in its order; names that are not in it come last."""
    order = list(order)
    return order.index(name) if name in order else len(order)


def place(at: float, start: float, end: float) -> float:
    """Percent of the width, within the picture."""
    return round(min(max((at - start) / (end - start), 0), 1) * 100, 2)


def fold(lanes: list[Lane]) -> tuple[list[Lane], int]:
    """At most LANES lanes: the sources with the fewest findings share one for each threat."""
    keep = sorted(lanes, key=lambda lane: (worst(lane), -lane.findings, lane.source))[:LANES]
    kept = {id(lane) for lane in keep}
    others: dict[str, list[Lane]] = defaultdict(list)
    for lane in (lane for lane in lanes if id(lane) not in kept):
        others[lane.threat].append(lane)
    folded = [lane for lane in lanes if id(lane) in kept]
    folded += [shared(threat, together) for threat, together in others.items()]
    folded.sort(key=lambda lane: (rank(lane.threat, THREATS), lane.threat))
    for before, lane in zip([None, *folded], folded, strict=False):
        lane.first_of_threat = before is None or before.threat != lane.threat
    return folded, sum(map(len, others.values()))


def shared(threat: str, lanes: list[Lane]) -> Lane:
    """One lane of several; marks at one place are drawn as one, as in `lanes_of`."""
    places: dict[float, Mark] = {}
    every = (mark for lane in lanes for mark in lane.marks)
    for mark in sorted(every, key=lambda mark: rank(mark.severity, SEVERITIES)):
        there = places.setdefault(round(mark.left * 2), mark)
        if there is not mark:
            there.add(mark.count, mark.right)
    found = sum(lane.findings for lane in lanes)
    name = f"{number(len(lanes))} other source{'s' if len(lanes) > 1 else ''}"
    return Lane(threat, name, list(places.values()), found)


def worst(lane: Lane) -> int:
    return min(rank(mark.severity, SEVERITIES) for mark in lane.marks)


def ticks(start: float, end: float) -> list[tuple[float, str]]:
    """At most ten round times between start and end."""
    step = next((step for step in STEPS if (end - start) / step <= 10), STEPS[-1])
    found, day = [], ""
    at = (start // step + 1) * step
    while at < end:
        when = EPOCH + timedelta(seconds=at)
        found.append((place(at, start, end), short(when, step, with_day=day != f"{when:%j}")))
        day = f"{when:%j}"
        at += step
    return found


def coverage(
    inputs: list[dict[str, Any]], start: float, end: float
) -> list[tuple[str, int, list[tuple[float, float]]]]:
    """For each kind of input: its name, how many, and where they lie in the picture."""
    spans: dict[str, list[tuple[float, float]]] = defaultdict(list)
    files: dict[str, int] = defaultdict(int)
    for entry in inputs:
        files[entry["kind"]] += 1
        if moment(entry["first_seen"]) and moment(entry["last_seen"]):
            spans[entry["kind"]].append((seconds(entry["first_seen"]), seconds(entry["last_seen"])))
    return [
        (
            name,
            files[kind],
            [span(*edges, start, end) for edges in joined(spans[kind], start, end)],
        )
        for kind, name in KINDS.items()
        if files[kind]
    ]


def joined(spans: list[tuple[float, float]], start: float, end: float) -> list[tuple[float, float]]:
    """Spans within the picture, those that touch at its resolution drawn as one."""
    found: list[tuple[float, float]] = []
    for first, last in sorted(edges for edges in spans if edges[1] >= start and edges[0] <= end):
        if found and first - found[-1][1] <= (end - start) / 500:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def span(first: float, last: float, start: float, end: float) -> tuple[float, float]:
    left, right = place(first, start, end), place(last, start, end)
    return left, round(max(right - left, 0.3), 2)
