"""The member `frameworks` of the result document: every requirement with its verdict."""

from typing import Any

import duckdb

from sigaudit import framework, judge, measure
from sigaudit.verdict import Evidence

Rows = list[dict[str, Any]]
KEYS = (
    "id", "chapter", "title", "requirement", "source", "mode", "test", "question",
    "verdict", "breach", "rule", "reason", "details", "missing", "detectors", "attestation",
)  # fmt: skip


def frameworks(connection: duckdb.DuckDBPyConnection, findings: Rows) -> Rows:
    """The frameworks in their order; before the first detection, nothing in them is assessed."""
    controls = _rows(connection, "from control order by framework, place")
    figures = _rows(connection, "from measure order by id, point")
    if not controls:
        controls = list(judge.rows(judge.Judged(Evidence()), {}))
        listed = [one.model_dump() for one in framework.load()]
    else:
        listed = _rows(connection, "from framework order by place")
    found: dict[str, list[str]] = {}
    for finding in findings:
        for detector in (finding["detector"], *finding["also"]):
            found.setdefault(detector, []).append(finding["id"])
    taken = _figures(figures)
    return [
        {
            **{key: one[key] for key in ("id", "title", "publisher", "source", "date")},
            "controls": [
                _control(control, taken, found)
                for control in controls
                if control["framework"] == one["id"]
            ],
        }
        for one in listed
    ]


def _control(
    control: dict[str, Any], figures: dict[str, Rows], found: dict[str, list[str]]
) -> dict[str, Any]:
    takes = control["takes"]
    findings = {name: None for detector in control["detectors"] for name in found.get(detector, [])}
    return {
        **{key: control[key] for key in KEYS},
        "binds": control["binds"][0],
        "also_binds": control["binds"][1:],
        "measures": [figure for name in control["measures"] for figure in figures.get(name, [])],
        "findings": list(findings),
        "same_as": takes[0] if len(takes) == 1 else None,
        "takes": takes,
    }


def _figures(taken: Rows) -> dict[str, Rows]:
    """What was measured, by id of measure; `point` is where captures were taken."""
    known = {one.id: one for one in measure.load()}
    figures: dict[str, Rows] = {}
    for row in taken:
        one = known.get(row["id"])
        unit = one.unit if one else "share"
        figures.setdefault(row["id"], []).append(
            {
                "id": row["id"],
                "title": one.title if one else row["id"],
                "point": row["point"],
                "numerator": row["numerator"],
                "denominator": row["denominator"],
                "share": row["value"] if unit == "share" else None,
                "value": row["value"],
                "low": row["low"],
                "high": row["high"],
                "unit": unit,
                "missing": row["missing"] or [],
            }
        )
    return figures


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> Rows:
    cursor = connection.execute(query)
    columns = [column[0] for column in cursor.description or []]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
