"""Findings held against the labels of a week: what was found, what was missed, what is false.

An attack is found if a finding names one of the detectors that belong to it, is about its subject,
shares a piece of evidence with it, and is grave enough: at least low, medium where the network
answered. A finding at medium or above that shares no evidence with any attack is a false alarm.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tests.week.story import Attack
from tests.week.writer import Place

RANKS = ("info", "low", "medium", "high", "critical")
LOW, MEDIUM = 1, 2
Finding = dict[str, Any]


@dataclass(frozen=True)
class Verdict:
    """What a week's findings are worth."""

    found: list[Attack]
    missed: list[Attack]
    told: list[Finding]  # at medium or above, and about an attack
    false: list[Finding]
    dialogues: int  # benign ones


def rank(finding: Finding) -> int:
    return RANKS.index(finding["severity"])


def places(finding: Finding) -> set[Place]:
    return {
        (piece["file"], piece["frame"], piece["message"])
        for piece in finding["evidence"]
        if "frame" in piece
    }


def names(finding: Finding) -> set[str]:
    """Everybody whom it names; nobody where there are several subscribers and sources."""
    values = (*finding["subscriber"].values(), *finding["source"].values())
    return {value for value in values if value}


def about(finding: Finding, attack: Attack) -> bool:
    named = names(finding)
    return not named or bool(named & attack.subjects)


def finds(finding: Finding, attack: Attack, frames: set[Place]) -> bool:
    least = MEDIUM if attack.answered and attack.grave else LOW
    detectors = {finding["detector"], *finding["also"]}
    return (
        rank(finding) >= least
        and bool(detectors.intersection(attack.detectors))
        and about(finding, attack)
        and bool(places(finding) & frames)
    )


def judge(
    findings: Iterable[Finding], attacks: Iterable[Attack], frames: dict[int, list[Place]],
    dialogues: int,
) -> Verdict:  # fmt: skip
    """Hold each attack against the findings that share evidence with it."""
    of_place: dict[Place, list[Finding]] = {}
    all_findings = list(findings)
    for finding in all_findings:
        for place in places(finding):
            of_place.setdefault(place, []).append(finding)
    found, missed = [], []
    for attack in attacks:
        mine = frames.get(attack.number, [])
        near = [finding for place in mine for finding in of_place.get(place, [])]
        hit = any(finds(finding, attack, set(mine)) for finding in near)
        (found if hit else missed).append(attack)
    hostile = {place for mine in frames.values() for place in mine}
    grave = [finding for finding in all_findings if rank(finding) >= MEDIUM]
    told = [finding for finding in grave if places(finding) & hostile]
    false = [finding for finding in grave if not places(finding) & hostile]
    return Verdict(found, missed, told, false, dialogues)
