"""A framework as the result document tells it: every verdict, with figures and without."""

from typing import Any

VERDICTS = ("met", "departed_from", "partly", "attested", "not_assessed", "not_applicable")


def control(number: int, verdict: str, **members: Any) -> dict[str, Any]:
    """One judged control; `members` replace those that it has otherwise."""
    return {
        "id": f"SS7-MNO-{number:02}",
        "chapter": "Mobile operators",
        "title": f"Control {number}",
        "requirement": "Requests that only the home network may send are turned away at the edge.",
        "source": "ITU technical report, chapter 11",
        "binds": "operator",
        "also_binds": [],
        "mode": "data",
        "test": "Count them, and those that were answered.",
        "question": None,
        "verdict": verdict,
        "breach": False,
        "rule": None,
        "reason": f"Reason {number} for it",
        "details": [],
        "missing": [],
        "measures": [],
        "detectors": [],
        "findings": [],
        "same_as": None,
        "takes": [],
        "attestation": None,
        **members,
    }


def measure(numerator: int, denominator: int, low: float, high: float) -> dict[str, Any]:
    return {
        "id": "category-1-answered",
        "title": "Interconnect category 1 requests that were answered",
        "numerator": numerator,
        "denominator": denominator,
        "point": "outside",
        "share": numerator / denominator,
        "value": numerator / denominator,
        "low": low,
        "high": high,
        "unit": "share",
        "missing": [],
    }


def frameworks() -> list[dict[str, Any]]:
    """One framework with a control for each verdict, and one breach."""
    figures = [measure(3, 40, 0.0258, 0.1986)]
    return [
        {
            "id": "itu-ss7",
            "title": "Signalling security controls",
            "publisher": "ITU",
            "source": "itu.example/ss7",
            "date": "2021",
            "controls": [
                control(1, "met", measures=[measure(0, 4000, 0.0, 0.0009)]),
                control(
                    2,
                    "departed_from",
                    breach=True,
                    rule="national rule 7",
                    measures=figures,
                    detectors=["MAP-LOC-01"],
                    findings=["0000000000000001"],
                ),
                control(3, "partly"),
                control(
                    4,
                    "attested",
                    attestation={
                        "answer": "yes",
                        "name": "A. Mensah",
                        "date": "2026-03-02",
                        "reference": "board minutes 7",
                    },
                ),
                control(5, "not_assessed", missing=["interconnect"], chapter="Regulators"),
                control(6, "not_applicable", chapter="Regulators", same_as="SS7-MNO-05"),
            ],
        }
    ]
