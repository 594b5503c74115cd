"""The one document of a comparison, of which HTML and JSON are made."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from importlib.metadata import version
from itertools import groupby, pairwise
from typing import Any, get_args

from sigaudit.comparison.audits import Audit
from sigaudit.comparison.changes import changes
from sigaudit.detector import Severity

SCHEMA = "sigaudit/comparison/1"
SEVERITIES = tuple(reversed(get_args(Severity)))
FIGURES = ("numerator", "denominator", "value", "low", "high", "missing")
Rows = list[dict[str, Any]]


def document(audits: list[Audit]) -> dict[str, Any]:
    """Audits side by side, in the order of `audits`: each list of a row has a place an audit.

    `operators` tells what changed from one audit of an operator to the next; `notes` what limits
    the comparison.
    """
    return {
        "schema": SCHEMA,
        "tool": {"name": "sigaudit", "version": version("sigaudit")},
        "pseudonymised": audits[0]["pseudonymised"],
        "notes": notes(audits),
        "audits": [summary(audit) for audit in audits],
        "operators": [
            {
                "operator": operator,
                "audits": [audit["name"] for audit in own],
                "changes": [changes(*pair) for pair in pairwise(own)],
            }
            for operator, own in by_operator(audits)
        ],
        "controls": controls(audits),
        "measures": measures(audits),
        "detectors": detectors(audits),
        "shared_sources": shared_sources(audits),
    }


def by_operator(audits: list[Audit]) -> list[tuple[str, list[Audit]]]:
    grouped = groupby(audits, key=lambda audit: audit["operator"])
    return [(operator, list(own)) for operator, own in grouped]


def summary(audit: Audit) -> dict[str, Any]:
    findings = audit["findings"]
    severities = Counter(finding["severity"] for finding in findings)
    return {
        **{key: audit[key] for key in ("name", "operator", "period", "as_of", "network_sha256")},
        "tool_version": audit["tool"]["version"],
        "inputs": [
            {key: row[key] for key in ("name", "sha256", "kind")} for row in audit["inputs"]
        ],
        "findings": len(findings),
        "by_severity": {severity: severities[severity] for severity in SEVERITIES},
        "by_threat": dict(sorted(Counter(finding["threat"] for finding in findings).items())),
        "answered": sum(finding["answer"] == "answered" for finding in findings),
        "not_assessed": sorted({row["detector"] for row in audit["not_assessed"]}),
        "verdicts": dict(sorted(Counter(row["verdict"] for row in each_control(audit)).items())),
    }


def notes(audits: list[Audit]) -> list[str]:
    """What differs between the audits apart from the operators' networks."""
    told = []
    versions = sorted({str(audit["tool"]["version"]) for audit in audits})
    if len(versions) > 1:
        told.append(f"The audits were made by different versions of sigaudit: {listed(versions)}.")
    operators = sorted({audit["operator"] for audit in audits})
    if len(operators) > 1:
        told.append(f"The audits are of different operators: {listed(operators)}.")
    if len({str(audit["rules"]) for audit in audits}) > 1:
        told.append(f"Files of rules differ: {listed(differing(audits))}.")
    for operator, own in by_operator(audits):
        if len({audit["network_sha256"] for audit in own}) > 1:
            told.append(f"The configuration of {operator} changed between its audits.")
    kinds = [sorted({entry["kind"] for entry in audit["inputs"]}) for audit in audits]
    if any(kind != kinds[0] for kind in kinds):
        told.append("The audits had different kinds of inputs: see what each could not assess.")
    return told


def differing(audits: list[Audit]) -> list[str]:
    """Names of files of rules that are not the same in all audits; of many, the first ones."""
    sets = [{(rule["file"], rule["sha256"]) for rule in audit["rules"]} for audit in audits]
    first, *others = sets
    names = sorted({name for name, _ in first.union(*others) - first.intersection(*others)})
    return names if len(names) <= 10 else [*names[:10], f"{len(names) - 10} more"]


def listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def each_control(audit: Audit) -> Rows:
    return [
        {**control, "framework": entry["title"]}
        for entry in audit["frameworks"]
        for control in entry["controls"]
    ]


def controls(audits: list[Audit]) -> Rows:
    """Every control with its verdict in each audit, None where the audit has no such control."""
    found = [{row["id"]: row for row in each_control(audit)} for audit in audits]
    rows = []
    for name, first in {name: row for of in reversed(found) for name, row in of.items()}.items():
        places = [of.get(name) for of in found]
        verdicts = [place and place["verdict"] for place in places]
        rows.append(
            {
                **{key: first[key] for key in ("id", "framework", "chapter", "title")},
                "verdicts": verdicts,
                "breaches": [place and place["breach"] for place in places],
                "reasons": [place and place["reason"] for place in places],
                "differs": len(set(verdicts)) > 1,
            }
        )
    return rows


def measures(audits: list[Audit]) -> Rows:
    """Every measure with its figures in each audit; `apart` if two intervals do not overlap."""
    found = [
        {(row["id"], row.get("point")): row for control in each_control(audit)
         for row in control["measures"]}
        for audit in audits
    ]  # fmt: skip
    rows = []
    for name, first in {name: row for of in found for name, row in of.items()}.items():
        figures = [_figures(of.get(name)) for of in found]
        rows.append(
            {
                "id": first["id"],
                "title": first["title"],
                "point": first.get("point"),
                "unit": first["unit"],
                "figures": figures,
                "apart": apart([figure for figure in figures if figure]),
            }
        )
    return rows


def _figures(row: dict[str, Any] | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {**{key: row.get(key) for key in FIGURES}, "value": row.get("value", row.get("share"))}


def apart(figures: Rows) -> bool:
    """Whether the difference is more than chance: two intervals without a common value."""
    spans = [(row["low"], row["high"]) for row in figures if row["low"] is not None]
    return bool(spans) and max(low for low, _ in spans) > min(high for _, high in spans)


def detectors(audits: list[Audit]) -> Rows:
    """Every check with its outcome and the number of its findings in each audit."""
    found = [{check["id"]: check for check in audit["checks"]} for audit in audits]
    counts = [Counter(finding["detector"] for finding in audit["findings"]) for audit in audits]
    known = {name: check for of in found for name, check in of.items()}
    return [
        {
            **{key: known[name][key] for key in ("id", "title", "threat", "severity")},
            "outcomes": [of[name]["outcome"] if name in of else None for of in found],
            "findings": [count[name] for count in counts],
        }
        for name in sorted(known)
    ]


def shared_sources(audits: list[Audit]) -> Rows:
    """Titles, hosts and realms with findings at several operators: the same attacker, it seems."""
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for audit in audits:
        for finding in audit["findings"]:
            for kind in ("gt", "host", "realm"):
                if finding["source"][kind]:
                    seen[kind, finding["source"][kind]][audit["operator"]] += 1
    return [
        {"kind": kind, "source": source, "operators": dict(sorted(counts.items()))}
        for (kind, source), counts in sorted(seen.items())
        if len(counts) > 1
    ]
