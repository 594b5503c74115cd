"""What a reader in a hurry takes away: the verdict, the worst incidents, what to do next."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sigaudit.report import wording
from sigaudit.report.grouping import groups

MOST_SERIOUS = 5
MOST_REMEDIES = 5
Step = dict[str, Any]


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


def controls(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Every control of every framework, in the frameworks' order."""
    return [control for entry in document["frameworks"] for control in entry["controls"]]


def control_sentence(document: dict[str, Any]) -> str:
    """How the controls stand, in a sentence; empty without a framework."""
    told = controls(document)
    counts = Counter(control["verdict"] for control in told)
    parts = [
        f"{wording.number(counts[verdict])} {words}"
        for verdict, words in wording.VERDICTS.items()
        if counts[verdict]
    ]
    breaches = sum(bool(control["breach"]) for control in told)
    if not told:
        return ""
    breach = f" {wording.counted(breaches, 'departure is a breach', 'departures are breaches')}"
    rule = f"{breach} of a rule in force." if breaches else ""
    return f"Of {wording.counted(len(told), 'control')}, {enumerated(parts)}.{rule}"


def enumerated(parts: list[str]) -> str:
    """`a, b and c`."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def serious_title(findings: list[dict[str, Any]]) -> str:
    """The heading above the worst findings."""
    counts = ("", "", "two ", "three ", "four ", "five ")
    shown = min(len(findings), MOST_SERIOUS)
    return f"The {counts[shown]}most serious incident{'' if shown == 1 else 's'}"


def steps(document: dict[str, Any], findings: list[dict[str, Any]]) -> list[Step]:
    """What to do next, the most urgent first.

    A step is {"what", "why", "anchor"}: an order, its reason, and the place in the page that tells
    more. `findings` are those shown, the worst first.
    """
    return [
        *remedies(document, findings),
        *departures(document),
        *unanswered(document),
        *lacking(document),
        *damaged(document),
    ]


def remedies(document: dict[str, Any], findings: list[dict[str, Any]]) -> Iterator[Step]:
    """The advice of the detectors behind the gravest findings, once each."""
    checks = {check["id"]: check for check in document["checks"]}
    serious = [f for f in findings if f["severity"] in ("critical", "high")]
    told: set[str] = set()
    for group in groups(serious):
        remedy = checks.get(group["detector"], {}).get("remedy")
        if not remedy or remedy in told or len(told) == MOST_REMEDIES:
            continue
        told.add(remedy)
        count = wording.counted(len(group["incidents"]), f"{group['severity']} incident")
        why = f"{group['title']}: {count} ({group['detector']})"
        yield {"what": remedy, "why": why, "anchor": f"f-{group['incidents'][0]['id']}"}


def departures(document: dict[str, Any]) -> Iterator[Step]:
    """Controls that were departed from, those that are breaches apart."""
    departed = [c for c in controls(document) if c["verdict"] == "departed_from"]
    for breach, what in (
        (True, "Answer for what is a breach of a rule in force"),
        (False, "Mend what departs from a recommendation"),
    ):
        found = [control["id"] for control in departed if bool(control["breach"]) is breach]
        if found:
            yield {
                "what": f"{what}: {wording.some(found)}.",
                "why": wording.counted(len(found), "control"),
                "anchor": "frameworks",
            }


def unanswered(document: dict[str, Any]) -> Iterator[Step]:
    """The questionnaire, where controls that no data can show have no answer."""
    count = sum(
        control["mode"] != "data"
        and control["verdict"] == "not_assessed"
        and not control["attestation"]
        for control in controls(document)
    )
    if count:
        yield {
            "what": "Have the questionnaire answered (sigaudit attestation new).",
            "why": f"{wording.counted(count, 'control')} not assessed: data alone cannot show them",
            "anchor": "frameworks",
        }


def lacking(document: dict[str, Any]) -> Iterator[Step]:
    """What the audit lacked: with it, more could be assessed."""
    wanted: dict[str, list[str]] = {}
    for entry in document["not_assessed"]:
        wanted.setdefault(entry["missing"], []).append(entry["detector"])
    for missing, checks in sorted(wanted.items(), key=lambda item: (-len(item[1]), item[0]))[:3]:
        yield {
            "what": f"Give the next audit {wording.lacked(missing)}.",
            "why": f"{wording.counted(len(checks), 'check')} could not be assessed without it: "
            f"{wording.some(checks)}",
            "anchor": "unassessed",
        }


def damaged(document: dict[str, Any]) -> Iterator[Step]:
    """Inputs to export again."""
    names = [entry["name"] for entry in document["inputs"] if entry["damage"]]
    names += [entry["name"] for entry in document["not_read"] if entry["named_by_user"]]
    if names:
        yield {
            "what": f"Export again: {wording.some(names)}.",
            "why": "What could not be read was seen by no check.",
            "anchor": "unread",
        }
