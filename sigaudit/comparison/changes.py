"""What changed from one audit of an operator to the next: new, persisting, mended, not told."""

from collections import defaultdict
from typing import Any

from sigaudit.comparison.audits import Audit

Finding = dict[str, Any]
KEPT = ("id", "detector", "title", "threat", "severity", "answer", "subscriber", "subscribers",
        "source", "sources", "first_seen", "last_seen")  # fmt: skip


def changes(earlier: Audit, later: Audit) -> dict[str, Any]:
    """{"from", "to", "new", "persisting", "mended", "untold"}: findings, each with `why`.

    A finding persists if the later audit has it by its id, or another of its detector about the
    same subscriber or sender. One that is gone is mended only if the later audit ran its detector;
    else nothing can be told.
    """
    before, after = earlier["findings"], later["findings"]
    places = _places(before)
    matched, persisting, new = set(), [], []
    for finding in after:
        match, how = _match(finding, places)
        if match:
            matched.add(match["id"])
            persisting.append(_kept(finding, how))
        else:
            new.append(_kept(finding, _why_new(finding, earlier)))
    gone = [finding for finding in before if finding["id"] not in matched]
    untold = {finding["id"]: why for finding in gone if (why := _why_untold(finding, later))}
    return {
        "from": earlier["name"],
        "to": later["name"],
        "new": new,
        "persisting": persisting,
        "mended": [
            _kept(finding, "its check ran and found nothing about the same subscriber or sender")
            for finding in gone
            if finding["id"] not in untold
        ],
        "untold": [
            _kept(finding, untold[finding["id"]]) for finding in gone if finding["id"] in untold
        ],
    }


def _places(findings: list[Finding]) -> dict[tuple[str, ...], list[Finding]]:
    """Earlier findings by id, and by detector and subject."""
    places: dict[tuple[str, ...], list[Finding]] = defaultdict(list)
    for finding in findings:
        for place in (("id", finding["id"]), *_subjects(finding)):
            places[place].append(finding)
    return places


def _subjects(finding: Finding) -> list[tuple[str, ...]]:
    """What the finding is about, with its detector: each number and address that it has."""
    told = {**finding["subscriber"], **finding["source"]}
    return [(kind, finding["detector"], value) for kind, value in told.items() if value]


def _match(
    finding: Finding, places: dict[tuple[str, ...], list[Finding]]
) -> tuple[Finding | None, str]:
    for name in (finding["id"], *finding["was"]):
        if found := places.get(("id", name)):
            return found[0], "the same finding"
    for place in _subjects(finding):
        if found := places.get(place):
            return found[0], f"again, {_words(place[0])} {place[2]}"
    return None, ""


def _words(kind: str) -> str:
    if kind in ("imsi", "msisdn"):
        return f"about {kind.upper()}"
    return f"from {'global title' if kind == 'gt' else kind}"


def _why_new(finding: Finding, earlier: Audit) -> str:
    lacking = _not_run(finding["detector"], earlier)
    return f"in the audit before, its check was {lacking}" if lacking else "not there before"


def _why_untold(finding: Finding, later: Audit) -> str | None:
    lacking = _not_run(finding["detector"], later)
    return f"its check was {lacking}" if lacking else None


def _not_run(detector: str, audit: Audit) -> str | None:
    """Why nothing can be told of a detector in an audit, None if it ran."""
    missing = [row["missing"] for row in audit["not_assessed"] if row["detector"] == detector]
    if missing:
        return f"not assessed for lack of {', '.join(missing)}"
    ran = any(check["id"] == detector for check in audit["checks"])
    return None if ran else "not among those that ran"


def _kept(finding: Finding, why: str) -> Finding:
    return {**{key: finding[key] for key in KEPT}, "why": why}
