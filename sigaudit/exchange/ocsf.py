"""Findings as OCSF Detection Findings (class 2004), a JSON object a line.

OCSF has no objects of telephony: global titles, operations and answers stand in `unmapped`.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sigaudit.exchange.references import reference

VERSION = "1.6.0"  # of OCSF
SEVERITIES = {"info": (1, "Informational"), "low": (2, "Low"), "medium": (3, "Medium"),
              "high": (4, "High"), "critical": (5, "Critical")}  # fmt: skip
CONFIDENCES = ((0.75, 3, "High"), (0.4, 2, "Medium"), (0.0, 1, "Low"))
MOST_EVIDENCE = 100
Members = dict[str, Any]


def ocsf(document: Members) -> Iterator[str]:
    """JSON Lines, a finding a line, in the order of the findings."""
    checks = {check["id"]: check for check in document["checks"]}
    for finding in document["findings"]:
        yield json.dumps(event(document, finding, checks.get(finding["detector"]))) + "\n"


def event(document: Members, finding: Members, check: Members | None) -> Members:
    """One Detection Finding; times are milliseconds since 1970."""
    severity_id, severity = SEVERITIES[finding["severity"]]
    confidence_id, confidence = next(
        (number, name) for least, number, name in CONFIDENCES if finding["confidence"] >= least
    )
    return {
        "activity_id": 1,
        "activity_name": "Create",
        "category_uid": 2,
        "category_name": "Findings",
        "class_uid": 2004,
        "class_name": "Detection Finding",
        "type_uid": 200401,
        "type_name": "Detection Finding: Create",
        "time": milliseconds(finding["last_seen"]),
        "start_time": milliseconds(finding["first_seen"]),
        "end_time": milliseconds(finding["last_seen"]),
        "severity_id": severity_id,
        "severity": severity,
        "status_id": 1,
        "status": "New",
        "confidence_id": confidence_id,
        "confidence": confidence,
        "confidence_score": round(finding["confidence"] * 100),
        "is_alert": severity_id >= 3,
        "message": f"{finding['title']}: {finding['explanation']}",
        "metadata": metadata(document, finding),
        "finding_info": finding_info(finding),
        "resources": resources(finding),
        "evidences": [
            {"name": place["file"], "data": place} for place in finding["evidence"][:MOST_EVIDENCE]
        ],
        **({"remediation": {"desc": check["remedy"]}} if check else {}),
        "unmapped": unmapped(document, finding),
    }


def milliseconds(time: str) -> int:
    """Of a time of the document, since 1970."""
    at = datetime.fromisoformat(time).replace(tzinfo=UTC)
    return round(at.timestamp() * 1000)


def metadata(document: Members, finding: Members) -> Members:
    tool = document["tool"]
    return {
        "version": VERSION,
        "uid": finding["id"],
        "product": {
            "name": tool["name"],
            "vendor_name": tool["name"],
            "version": tool["version"] or "unknown",
        },
        "tenant_uid": document["operator"],
    }


def finding_info(finding: Members) -> Members:
    return {
        "uid": finding["id"],
        "title": finding["title"],
        "desc": finding["explanation"],
        "types": [finding["threat"]],
        "created_time": milliseconds(finding["last_seen"]),
        "first_seen_time": milliseconds(finding["first_seen"]),
        "last_seen_time": milliseconds(finding["last_seen"]),
        "analytic": {"uid": finding["detector"], "type_id": 1, "type": "Rule"},
        "related_analytics": [
            {"uid": name, "type_id": 1, "type": "Rule"} for name in finding["also"]
        ],
        "attacks": attacks(finding),
        "data_sources": sorted({place["file"] for place in finding["evidence"]}),
        "related_events_count": len(finding["evidence"]),
    }


def attacks(finding: Members) -> list[Members]:
    """The techniques of ATT&CK; those of other catalogues are in `unmapped`."""
    found = map(reference, finding["references"])
    return [
        {"technique": {"uid": one.id, "src_url": one.url}}
        for one in found
        if one.source == "mitre-attack"
    ]


def resources(finding: Members) -> list[Members]:
    """The subscriber by each number that is known."""
    return [
        {"uid": number, "type": f"subscriber {kind.upper()}"}
        for kind, number in finding["subscriber"].items()
        if number
    ]


def unmapped(document: Members, finding: Members) -> Members:
    """What OCSF has no place for, as the finding has it."""
    keys = ("was", "threat", "answer", "subscribers", "source", "sources", "origin", "controls",
            "references")  # fmt: skip
    told = {key: finding[key] for key in keys}
    return {**told, "pseudonymised": document["pseudonymised"]}
