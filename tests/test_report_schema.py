"""The schemas that travel with the package hold for every document, and say all that is in it."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from sigaudit import detect, findings, network, report
from sigaudit.ingest import ingest
from sigaudit.report.document import document
from sigaudit.store import connected
from tests.a_framework import frameworks
from tests.test_report import attacked, audited, empty

PCAPS = Path(__file__).parents[1] / "pcaps"
CAPTURES = sorted(path for path in PCAPS.iterdir() if ".pcap" in path.suffix)
SAMPLE = [[PCAPS / "demo"], *([path] for path in CAPTURES[:: max(1, len(CAPTURES) // 5)])]


def schema(name: str) -> dict[str, Any]:
    text = (files("sigaudit.report") / f"{name}.schema.json").read_text("utf-8")
    return dict(json.loads(text))


def faults(name: str, found: dict[str, Any]) -> list[str]:
    told = json.loads(json.dumps(found))
    return [
        f"{error.json_path}: {error.message}"
        for error in Draft202012Validator(schema(name)).iter_errors(told)
    ]


OPTIONAL = {"codes", "kind", "pseudonymised"}  # of findings' and of subscribers' events; by a key


@pytest.mark.parametrize("name", ["report", "findings"])
def test_the_schema_is_one_and_closed(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))
    for closed in every_object(schema(name)):
        assert closed["additionalProperties"] is False
        if "protocol" not in closed["properties"]:  # whose codes differ from protocol to protocol
            assert set(closed["properties"]) - set(closed["required"]) <= OPTIONAL


def every_object(part: Any) -> list[dict[str, Any]]:
    """Each part of a schema that describes an object with members."""
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    here = [part] if isinstance(part, dict) and isinstance(part.get("properties"), dict) else []
    return here + [found for member in inner for found in every_object(member)]


def test_a_finding_is_the_same_in_both() -> None:
    of_report = schema("report")["$defs"]["finding"]["properties"]
    of_findings = schema("findings")["$defs"]["finding"]["properties"]
    assert of_findings.items() <= of_report.items()
    assert set(of_report) - set(of_findings) == {"origin", "events"}


@pytest.mark.parametrize("inputs", SAMPLE, ids=lambda inputs: inputs[0].name)
def test_documents_of_captures_and_logs_follow_it(inputs: list[Path]) -> None:
    config = PCAPS / ("demo/network.toml" if inputs[0].is_dir() else "network.toml")
    configuration = network.load(config)
    with connected(Path(":memory:")) as connection:
        ingest(connection, inputs, configuration)
        detect.run(connection, configuration, None)
        assert faults("report", document(connection)) == []
        assert faults("findings", findings.document(connection)) == []


def test_documents_without_an_audit_or_with_everything_follow_it() -> None:
    for connection in (empty(), audited(empty()), attacked()):
        assert faults("report", document(connection)) == []
    assert faults("report", document(attacked()) | {"frameworks": frameworks()}) == []


def test_what_is_not_in_the_schema_is_a_fault() -> None:
    found = document(attacked())
    found["findings"][0]["severity"] = "grave"
    assert {fault.split(":")[0] for fault in faults("report", found | {"more": 1})} == {
        "$",
        "$.findings[0].severity",
    }


def test_version_of_the_document_is_that_of_the_schema() -> None:
    found = json.loads(report.as_json(document(attacked())))
    assert found["schema"] == schema("report")["$id"] == "sigaudit/report/1"
