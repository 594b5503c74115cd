"""Findings in order and in groups, for the forms that people read."""

from collections import Counter
from itertools import groupby
from typing import Any

from sigaudit.report import wording
from sigaudit.report.timeline import rank


def worst_first(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """By severity, then answered before refused, then the most certain, then in time."""
    answers = ("answered", "unknown", None, "no_answer", "refused")
    return sorted(
        findings,
        key=lambda finding: (
            rank(finding["severity"], wording.SEVERITIES),
            answers.index(finding["answer"]) if finding["answer"] in answers else 1,
            -finding["confidence"],
            finding["first_seen"],
            finding["id"],
        ),
    )


def groups(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Findings of one severity and detector together, so that its advice is printed once."""

    def kind(finding: dict[str, Any]) -> tuple[int, int, str, str]:
        severity = rank(finding["severity"], wording.SEVERITIES)
        threat = rank(finding["threat"], wording.THREATS)
        return severity, threat, finding["detector"], finding["title"]

    found = []
    for _, members in groupby(sorted(findings, key=kind), key=kind):
        incidents = list(members)
        first = incidents[0]
        entry = {key: first[key] for key in ("severity", "threat", "detector", "title")}
        found.append({**entry, "incidents": incidents})
    return found


def matrix(findings: list[dict[str, Any]], shown: list[dict[str, Any]]) -> dict[str, Any]:
    """How many findings of each severity and threat, and the first group of each to lead to."""
    counts = Counter((finding["threat"], finding["severity"]) for finding in findings)
    threats = sorted({threat for threat, _ in counts}, key=lambda threat: threat_place(threat))
    targets: dict[tuple[str, str], str] = {}
    for group in groups(shown):
        targets.setdefault((group["threat"], group["severity"]), group["incidents"][0]["id"])
    return {
        "threats": threats,
        "counts": counts,
        "targets": targets,
        "by_severity": Counter(finding["severity"] for finding in findings),
        "by_threat": Counter(finding["threat"] for finding in findings),
        "answered": Counter(f["severity"] for f in findings if f["answer"] == "answered"),
    }


def threat_place(threat: str) -> tuple[int, str]:
    return rank(threat, wording.THREATS), threat


def chapters(framework: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The controls of a framework by chapter, in the order in which they are met."""
    found: dict[str, list[dict[str, Any]]] = {}
    for control in framework["controls"]:
        found.setdefault(control["chapter"], []).append(control)
    return list(found.items())
