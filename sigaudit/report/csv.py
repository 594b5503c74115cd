"""Findings and controls as tables for spreadsheets, a row each."""

import csv as table
import io
from collections.abc import Iterable
from typing import Any

from sigaudit.report import wording

COLUMNS = [
    *("id", "severity", "threat", "detector", "title", "confidence", "answer"),
    *("imsi", "msisdn", "subscribers", "gt", "host", "realm", "agent", "sources", "origin"),
    *("first_seen", "last_seen", "evidence", "explanation", "controls", "references"),
]
CONTROL_COLUMNS = [
    *("framework", "chapter", "id", "title", "verdict", "breach", "rule", "reason"),
    "details",
    *("measures", "missing", "attestation", "same_as", "detectors", "findings"),
    *("requirement", "source", "binds", "mode"),
]
FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # the wide ones count too


def csv(document: dict[str, Any]) -> str:
    """All findings of the document that `document.document` makes, RFC 4180, with a header line."""
    return written(COLUMNS, map(row, document["findings"]))


def controls_csv(document: dict[str, Any]) -> str:
    """All controls of all frameworks with their verdicts, likewise."""
    rows = (
        control_row(framework, control)
        for framework in document["frameworks"]
        for control in framework["controls"]
    )
    return written(CONTROL_COLUMNS, rows)


def written(columns: list[str], rows: Iterable[dict[str, Any]]) -> str:
    made = io.StringIO()
    writer = table.DictWriter(made, columns)
    writer.writeheader()
    writer.writerows({column: harmless(flat[column]) for column in columns} for flat in rows)
    return made.getvalue()


def row(finding: dict[str, Any]) -> dict[str, Any]:
    flat = {**finding, **finding["subscriber"], **finding["source"]}
    flat["evidence"] = "; ".join(wording.place(piece) for piece in finding["evidence"])
    flat["controls"] = "; ".join(finding["controls"])
    flat["references"] = "; ".join(finding["references"])
    return flat


def control_row(framework: dict[str, Any], control: dict[str, Any]) -> dict[str, Any]:
    told = control["attestation"]
    return {
        **control,
        "framework": framework["id"],
        "measures": "; ".join(
            f"{measure['title']}: {wording.measure(measure)}" for measure in control["measures"]
        ),
        "details": "; ".join(control["details"]),
        "missing": "; ".join(control["missing"]),
        "attestation": wording.attestation(told) if told else None,
        "detectors": "; ".join(control["detectors"]),
        "findings": "; ".join(control["findings"]),
        "binds": wording.listed(control["binds"]),
    }


def harmless(cell: object) -> object:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front."""
    if not isinstance(cell, str):
        return cell
    return ("'" if cell.lstrip().startswith(FORMULA) else "") + wording.spelled(cell)
