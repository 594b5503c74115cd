"""Each form of exchange against its own library or schema, and its values against the wire's."""

import json
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from uuid import UUID

import jsonschema
import pytest
import stix2
from pymisp import MISPEvent, MISPObject

from sigaudit import detect, exchange, network, report, store
from sigaudit.errors import UsageError
from sigaudit.exchange.identity import finding_uuid
from sigaudit.exchange.misp import THREAT_LEVELS
from sigaudit.exchange.references import reference
from sigaudit.ingest import ingest
from tests.test_cli import sigaudit
from tests.test_report import HOSTILE, Page

DEMO = Path(__file__).parents[1] / "pcaps" / "demo"
INTERROGATION = "1cf0dc39e938e191"  # MAP-LOC-01 at frame 251 of intl_stp.pcapng

# Of OCSF 1.6's Detection Finding: what it requires, what it enumerates, what is to be one at least.
OCSF = {
    "type": "object",
    "required": ["activity_id", "category_uid", "class_uid", "type_uid", "time", "severity_id",
                 "metadata", "finding_info"],
    "properties": {
        "activity_id": {"enum": [0, 1, 2, 3, 99]},
        "category_uid": {"const": 2},
        "class_uid": {"const": 2004},
        "type_uid": {"enum": [200400, 200401, 200402, 200403, 200499]},
        "time": {"type": "integer"},
        "severity_id": {"enum": [0, 1, 2, 3, 4, 5, 6, 99]},
        "status_id": {"enum": [0, 1, 2, 3, 4, 5, 6, 99]},
        "confidence_id": {"enum": [0, 1, 2, 3, 99]},
        "confidence_score": {"type": "integer", "minimum": 0, "maximum": 100},
        "is_alert": {"type": "boolean"},
        "metadata": {
            "type": "object",
            "required": ["product", "version"],
            "properties": {"product": {"type": "object", "required": ["vendor_name"]}},
        },
        "finding_info": {
            "type": "object",
            "required": ["uid"],
            "properties": {
                "uid": {"type": "string"},
                "title": {"type": "string"},
                "created_time": {"type": "integer"},
                "analytic": {"type": "object", "required": ["type_id"]},
                "attacks": {
                    "items": {"anyOf": [{"required": ["technique"]}, {"required": ["tactic"]}]}
                },
            },
        },
        "evidences": {"type": "array", "items": {"required": ["data"]}},
        "resources": {
            "items": {"anyOf": [{"required": ["uid"]}, {"required": ["name"]}]},
        },
        "unmapped": {"type": "object"},
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def kept() -> str:
    """The demo's result document, as JSON."""
    with store.connected(Path(":memory:")) as connection:
        ingest(connection, [DEMO])
        detect.run(connection, network.load(DEMO / "network.toml"))
        return json.dumps(report.result(connection))


@pytest.fixture
def document(kept: str) -> dict:
    return json.loads(kept)


def text_of(form: str, document: dict) -> str:
    return "".join(exchange.writer(form)(document))


def misp_events(document: dict) -> Iterator[dict]:
    for entry in json.loads(text_of("misp", document))["response"]:
        yield entry["Event"]


def stix_objects(document: dict) -> list[dict]:
    return json.loads(text_of("stix", document))["objects"]


def ocsf_lines(document: dict) -> list[dict]:
    return [json.loads(line) for line in text_of("ocsf", document).splitlines()]


def test_misp_takes_the_events_by_its_own_templates(document: dict) -> None:
    """pymisp reads each event again, and refuses an attribute that its template has not."""
    for event in misp_events(document):
        again = MISPEvent()
        again.from_dict(**deepcopy(event))
        told = json.loads(again.to_json())
        assert {"Object": [], **told} == event
        for one in event.get("Object", []):
            strict = MISPObject(one["name"], strict=True)
            assert strict.template_uuid == one["template_uuid"]
            for attribute in one["Attribute"]:
                strict.add_attribute(attribute["object_relation"], value=attribute["value"])
                known = strict._definition["attributes"][attribute["object_relation"]]
                if values := known.get("values_list"):
                    assert attribute["value"] in values
                if attribute["object_relation"].startswith(("MapOp", "MapApp")):
                    assert attribute["value"] in known["sane_default"]
            json.loads(strict.to_json(strict=True))


def test_misp_says_what_the_wire_said(document: dict) -> None:
    event = next(e for e in misp_events(document) if e["uuid"] == finding_uuid(INTERROGATION))
    [attack] = event["Object"]
    told = {one["object_relation"]: one["value"] for one in attack["Attribute"]}
    assert attack["name"] == "ss7-attack"
    assert told | {"text": ""} == {
        "Category": "Cat1",
        "MapOpCode": "anyTimeInterrogation - 71",
        "MapApplicationContext": "4.0.0.1.0.29. - anyTimeEnquiry",
        "MapVersion": "3",
        "MapMsisdn": "233590009000",
        "SccpCgGT": "33639980040",
        "SccpCgGT-CountryISO2": "FR",
        "SccpCgSSN": "147",
        "SccpCdGT": "233590000010",
        "SccpCdSSN": "6",
        "first-seen": "2026-03-01T02:10:00+00:00",
        "text": "",
    }
    links = [one["value"] for one in event["Attribute"] if one["type"] == "link"]
    assert "https://attack.mitre.org/techniques/T1430/002/" in links
    assert event["distribution"] == "0"
    assert int(event["timestamp"]) == 1772331000  # 2026-03-01T02:10:00Z
    apart = {one["object_relation"]: one["disable_correlation"] for one in attack["Attribute"]}
    assert apart["MapMsisdn"] and not apart["SccpCgGT"]


def test_misp_has_diameter_and_swaps(document: dict) -> None:
    events = list(misp_events(document))
    names = {one["name"] for event in events for one in event.get("Object", [])}
    assert names == {"ss7-attack", "diameter-attack"}
    swaps = {f["id"] for f in document["findings"] if f["threat"] == "sim-swap-fraud"}
    texts = [
        one["value"]
        for event in events
        if event["uuid"] in {finding_uuid(name) for name in swaps}
        for one in event["Attribute"]
    ]
    assert any("233590" in text for text in texts)


def test_stix_parses_the_bundle_strictly(document: dict) -> None:
    text = text_of("stix", document)
    bundle = stix2.parse(text, allow_custom=False)
    assert bundle.type == "bundle"
    ids = [one["id"] for one in json.loads(text)["objects"]]
    assert len(ids) == len(set(ids))
    known = {*ids, "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82"}
    for one in stix_objects(document):
        refs = [v for k, v in one.items() if k.endswith("_ref")]
        refs += [v for k, vs in one.items() if k.endswith("_refs") for v in vs]
        assert set(refs) <= known, one


def test_stix_says_what_was_found(document: dict) -> None:
    objects = {one["id"]: one for one in stix_objects(document)}
    sightings = [one for one in objects.values() if one["type"] == "sighting"]
    assert len(sightings) == len(document["findings"])
    sighting = objects[f"sighting--{finding_uuid(INTERROGATION)}"]
    assert sighting["first_seen"] == "2026-03-01T02:10:00.000000Z"
    assert (sighting["confidence"], sighting["count"]) == (90, 2)
    assert "severity:high" in sighting["labels"]
    data = objects[sighting["observed_data_refs"][0]]
    accounts = {(objects[r]["account_type"], objects[r]["user_id"]) for r in data["object_refs"]}
    assert accounts == {("msisdn", "233590009000"), ("global-title", "33639980040")}
    indicator = objects[sighting["sighting_of_ref"]]
    targets = {
        objects[one["target_ref"]]["external_references"][0]["external_id"]
        for one in objects.values()
        if one["type"] == "relationship" and one["source_ref"] == indicator["id"]
    }
    assert targets == {"T1430.002", "FGT5012.008", "MOT5012.501"}


def test_ocsf_by_a_schema_of_its_facts(document: dict) -> None:
    lines = ocsf_lines(document)
    assert len(lines) == len(document["findings"])
    for line in lines:
        jsonschema.validate(line, OCSF)
        assert line["type_uid"] == line["class_uid"] * 100 + line["activity_id"]


def test_ocsf_says_what_was_found(document: dict) -> None:
    line = next(one for one in ocsf_lines(document) if one["metadata"]["uid"] == INTERROGATION)
    assert line["finding_info"]["first_seen_time"] == 1772331000000  # 2026-03-01T02:10:00Z
    assert (line["severity_id"], line["confidence_id"], line["is_alert"]) == (4, 3, True)
    assert line["finding_info"]["attacks"][0]["technique"]["uid"] == "T1430.002"
    assert line["evidences"][0]["data"] == {"file": "intl_stp.pcapng", "frame": 251, "message": 1}
    assert line["unmapped"]["source"]["gt"] == "33639980040"


def test_the_same_finding_has_the_same_id_everywhere(document: dict) -> None:
    ids = [finding["id"] for finding in document["findings"]]
    uuids = [finding_uuid(name) for name in ids]
    assert [one["finding_info"]["uid"] for one in ocsf_lines(document)] == ids
    assert [event["uuid"] for event in misp_events(document)] == uuids
    assert {o["id"] for o in stix_objects(document) if o["type"] == "sighting"} == {
        f"sighting--{one}" for one in uuids
    }
    told = json.loads(text_of("notification-json", document))
    assert {one["uuid"] for one in told["incidents"]} <= set(uuids)
    assert {UUID(one).version for one in uuids} == {5}
    assert finding_uuid(INTERROGATION) == "333799c9-e5ab-520f-9958-5196c1302900"


def test_ids_do_not_depend_on_the_other_findings(document: dict) -> None:
    before = {event["uuid"]: event for event in misp_events(document)}
    document["findings"] = document["findings"][::-2]
    for event in misp_events(document):
        assert before[event["uuid"]] == event


def test_severities_are_mapped_in_order() -> None:
    order = ["info", "low", "medium", "high", "critical"]
    levels = [THREAT_LEVELS[name] for name in order]
    assert levels == sorted(levels, reverse=True)


@pytest.mark.parametrize(
    ("name", "source", "url"),
    [
        ("T1430.002", "mitre-attack", "https://attack.mitre.org/techniques/T1430/002/"),
        ("T1464", "mitre-attack", "https://attack.mitre.org/techniques/T1464/"),
        ("FGT5012.008", "mitre-fight", "https://fight.mitre.org/techniques/FGT5012.008/"),
        ("MOT5012.501", "gsma-motif", None),
        ("FS.11 Cat 1", "sigaudit", None),
    ],
)
def test_references(name: str, source: str, url: str | None) -> None:
    assert reference(name) == (source, name, url)


def test_notification_says_losses_and_what_is_open(document: dict) -> None:
    """Of the demo's two swaps 4,900 and 2,500 cedis went, as dfs_events.jsonl has it."""
    told = json.loads(text_of("notification-json", document))
    rows = [json.loads(line) for line in (DEMO / "dfs_events.jsonl").read_text().splitlines()]
    evidence = {p.get("row") for f in document["findings"] for p in f["evidence"]}
    paid = [
        float(row["amount"])
        for row in rows
        if row["event_id"] in evidence and row["event"] in ("transfer", "cash_out")
    ]
    assert float(told["losses"]["actual"]["GHS"]) == sum(paid) > 0
    assert told["incidents"][0]["affects_financial_services"]
    assert {one["severity"] for one in told["incidents"]} <= {"critical", "high", "medium"}
    assert {"reported_at", "contained_at", "losses_confirmed"} <= set(told["to_be_filled_in"])
    refused = [one for one in told["incidents"] if one["network_answer"] == "refused"]
    assert refused
    assert all(one["data_reached"] is None for one in refused)


def test_notification_reads_as_a_page(document: dict) -> None:
    text = text_of("notification", document)
    page = Page(text)
    assert text.startswith("<!DOCTYPE html>")
    assert page.open == []
    assert not [value for value in page.values("href") if not value.startswith("#")]
    told = json.loads(text_of("notification-json", document))
    for one in told["incidents"]:
        assert one["id"] in text


@pytest.mark.parametrize("form", exchange.FORMATS)
def test_hostile_strings_stay_text(form: str, document: dict) -> None:
    plain = Page(text_of("notification", document)).tags
    for finding, hostile in zip(document["findings"], HOSTILE, strict=False):
        finding["source"]["gt"] = finding["explanation"] = hostile
        for event in finding["events"]:
            event["from"] = hostile
    text = text_of(form, document)
    if form == "notification":
        assert Page(text).tags == plain
    elif form == "stix":
        stix2.parse(text, allow_custom=False)
    else:
        assert [json.loads(line) for line in ([text] if form != "ocsf" else text.splitlines())]


@pytest.mark.parametrize("form", exchange.FORMATS)
def test_without_findings(form: str, document: dict) -> None:
    document["findings"] = []
    text = text_of(form, document)
    assert text if form != "ocsf" else text == ""
    if form == "stix":
        stix2.parse(text, allow_custom=False)


def test_a_missing_library_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "sigaudit.exchange.misp", raising=False)
    monkeypatch.setitem(sys.modules, "pymisp", None)
    with pytest.raises(UsageError, match=r"needs pymisp.*pip install 'sigaudit\[share\]'"):
        exchange.writer("misp")


def test_the_command(tmp_path: Path) -> None:
    db = tmp_path / "audit.duckdb"
    sigaudit("ingest", DEMO / "swaps.csv", DEMO / "dfs_events.jsonl", "--db", db)
    sigaudit("detect", "--db", db, "--network", DEMO / "network.toml")
    for form in ("ocsf", "notification"):
        out = tmp_path / f"out.{form}.json"
        made = sigaudit("report", "--db", db, "--format", form, "--out", out)
        assert made.status == 0, made.err
        assert json.loads(out.read_text("utf-8").splitlines()[0] if form == "ocsf" else
                          out.read_text("utf-8"))  # fmt: skip
