"""The result document as one HTML file: no script, nothing loaded, readable from a mail attachment.

Everything in a capture or a log may be hostile. Jinja escapes every value, `wording.visible` spells
out characters that would hide or turn text around, and the page's own policy forbids all but its
own style sheet. Filters and folding are CSS and <details>, so there is no script to trust.
"""

import base64
import hashlib
from collections import Counter
from functools import cache
from itertools import groupby
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from sigaudit.report import wording
from sigaudit.report.timeline import rank, timeline

MOST_FINDINGS = 5_000
MOST_EVIDENCE = 50  # of one finding; the rest is told by its number
MOST_ROWS = 500  # of the tables of inputs and problems


def html(document: dict[str, Any]) -> str:
    """A page for people, from the document that `document.document` makes."""
    findings = worst_first(document["findings"])
    shown = findings[:MOST_FINDINGS]
    return page().render(
        document=document,
        verdict=verdict(document),
        caveats=caveats(document),
        matrix=matrix(document["findings"], shown),
        timeline=timeline(document, shown),
        groups=groups(shown),
        shown=shown,
        events=events_by_place(shown),
        counts=count_tables(document["counts"]),
        checks={check["id"]: check for check in document["checks"]},
        most_evidence=MOST_EVIDENCE,
        most_rows=MOST_ROWS,
    )


@cache
def page() -> Template:
    """The template, with the style sheet and its digest for the Content-Security-Policy."""
    environment = Environment(
        loader=PackageLoader("sigaudit.report"),
        autoescape=True,
        finalize=wording.visible,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["wording"] = wording
    environment.filters["tuple"] = tuple
    style = environment.get_template("report.css").render()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment.globals.update(style=Markup(style), style_digest=digest)
    return environment.get_template("report.html")


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


def verdict(document: dict[str, Any]) -> str:
    """The one sentence that a reader in a hurry takes away. No finding is never called safe."""
    severities = Counter(finding["severity"] for finding in document["findings"])
    serious = severities["critical"] + severities["high"]
    if not document["inputs"]:
        return "Nothing was audited: no input could be read."
    if not document["audited"]:
        return "The inputs were read, but no check was run on them."
    if not document["findings"]:
        return "The checks that could run found nothing in what was read."
    answered = sum(
        finding["answer"] == "answered" and finding["severity"] in ("critical", "high")
        for finding in document["findings"]
    )
    found = wording.counted(len(document["findings"]), "finding")
    if not serious:
        return f"{found}, none of them critical or high."
    worst = f"{wording.number(serious)} of them critical or high"
    return f"{found}, {worst}. The network answered in {wording.number(answered)} of those."


def caveats(document: dict[str, Any]) -> list[tuple[str, str]]:
    """What limits the verdict: sentences, each with the section that tells more."""
    missing = len({entry["detector"] for entry in document["not_assessed"]})
    damaged = sum(entry["damage"] is not None for entry in document["inputs"])
    unread = sum(problem["count"] for problem in document["problems"])
    told = []
    if document["audited"] and document["inputs"] and not document["findings"]:
        told.append(("That is no proof of safety: they see only what was captured.", "unassessed"))
    if missing:
        told.append((f"{wording.counted(missing, 'check')} could not be assessed.", "unassessed"))
    if damaged:
        told.append((f"{wording.counted(damaged, 'input')} could be read in part only.", "audited"))
    if unread:
        lost = wording.counted(unread, "message or row", "messages or rows")
        told.append((f"{lost} could not be read.", "unread"))
    return told


def count_tables(
    counts: dict[str, Any],
) -> list[tuple[str, list[str], list[list[Any]]]]:
    """What was read, counted: for each table its title, column names and rows."""
    shapes = {
        "map": ("MAP components", ["component", "operation"]),
        "cap": ("CAP components", ["component", "operation"]),
        "diameter": ("Diameter messages", ["command", "application"]),
        "sms": ("Short messages", ["direction"]),
        "swaps": ("SIM events", ["event", "outcome"]),
        "dfs_events": ("DFS events", ["event", "outcome"]),
    }
    return [
        (
            title,
            columns,
            [[*map(row.get, columns), row["count"]] for row in counts[table]],
        )
        for table, (title, columns) in shapes.items()
    ]


def events_by_place(findings: list[dict[str, Any]]) -> dict[str, dict[tuple[Any, ...], Any]]:
    """For each finding, what happened at each piece of its evidence."""
    return {
        finding["id"]: {tuple(event["evidence"].values()): event for event in finding["events"]}
        for finding in findings
    }
