"""Incidents, their ids over time, and findings.json as the interface defines it."""

import hashlib
import json
from datetime import timedelta

import pytest

from sigaudit.findings import document, findings_json, highest
from tests.by_hand import (
    ATI,
    NOON,
    OWN_HLR,
    OWN_IMSI,
    OWN_MSISDN,
    PARTNER_VLR,
    STRANGER,
    Scene,
    deliver,
    empty_scene,
    register,
)

__all__ = ["empty_scene"]  # the fixture `scene`
HOUR = 3600


def ids(scene: Scene) -> list[str]:
    query = "select id from finding order by first_seen"
    return [name for (name,) in scene.connection.execute(query).fetchall()]


def test_evidence_within_24_hours_of_the_one_before_is_one_incident(scene: Scene) -> None:
    for hours in (0, 24, 48):
        scene.ask(hours * HOUR, ATI, STRANGER, imsi=OWN_IMSI)
    scene.ask(72 * HOUR + 1, ATI, STRANGER, imsi=OWN_IMSI)
    scene.ask(0, ATI, STRANGER, imsi="620990000000002")
    scene.run()
    found = document(scene.connection)["findings"]
    assert sorted(len(finding["evidence"]) for finding in found) == [1, 1, 3]


def test_the_id_is_made_of_detector_subject_and_earliest_evidence(scene: Scene) -> None:
    scene.ask(5, ATI, STRANGER, imsi=OWN_IMSI, digest=222)
    scene.ask(1, ATI, STRANGER, imsi=OWN_IMSI, digest=111)
    scene.run()
    content = f"MAP-LOC-01\nimsi {OWN_IMSI}\n111"
    assert ids(scene) == [hashlib.sha256(content.encode()).hexdigest()[:16]]


def test_of_a_log_the_id_is_made_of_the_rows_own(scene: Scene) -> None:
    scene.swap(0, swap_id="SWAP-7")
    scene.dfs(1, "otp_sent")
    scene.dfs(1.5, "transfer")
    scene.run()
    content = f"SWAP-01\nimsi {OWN_IMSI}\nSWAP-7"
    assert ids(scene) == [hashlib.sha256(content.encode()).hexdigest()[:16]]


def test_earlier_evidence_that_arrives_late_keeps_the_id(scene: Scene) -> None:
    scene.ask(20 * HOUR, ATI, STRANGER, imsi=OWN_IMSI)
    scene.run()
    before = ids(scene)
    scene.ask(0, ATI, STRANGER, imsi=OWN_IMSI)
    assert scene.finding()["first_seen"] == NOON
    assert ids(scene) == before


def test_incidents_that_are_joined_keep_the_older_id(scene: Scene) -> None:
    scene.ask(0, ATI, STRANGER, imsi=OWN_IMSI)
    scene.ask(40 * HOUR, ATI, STRANGER, imsi=OWN_IMSI)
    scene.run()
    older, younger = ids(scene)
    scene.ask(20 * HOUR, ATI, STRANGER, imsi=OWN_IMSI)
    joined = scene.finding()
    assert (joined["id"], joined["was"]) == (older, [younger])
    assert scene.finding()["was"] == [younger]  # the run after still tells it


def test_number_and_imsi_of_one_person_are_one_subject(scene: Scene) -> None:
    told = scene.ask(0, 45, OWN_HLR, msisdn=OWN_MSISDN, opc=1, dpc=2)
    scene.reply(1, told, imsi=OWN_IMSI)
    scene.ask(10, ATI, STRANGER, imsi=OWN_IMSI)
    scene.ask(20, ATI, STRANGER, msisdn=OWN_MSISDN)
    finding = scene.finding()
    assert (finding["imsi"], finding["msisdn"]) == (OWN_IMSI, OWN_MSISDN)
    assert finding["subscribers"] == 1


def test_several_sources_are_counted_not_named(scene: Scene) -> None:
    scene.ask(0, ATI, STRANGER, imsi=OWN_IMSI)
    scene.ask(1, ATI, PARTNER_VLR, imsi=OWN_IMSI)
    finding = scene.finding()
    assert (finding["gt"], finding["sources"]) == (None, 2)


def test_detectors_that_share_subject_and_evidence_tell_one_finding(scene: Scene) -> None:
    scene.swap(0, id_check="biometric", subscriber_notified_at=NOON, dfs_notified_at=NOON)
    register(scene, 60, STRANGER)
    deliver(scene, 120, STRANGER, tp_address="ExMoney")
    scene.dfs(0.1, "transfer")
    finding = scene.finding()
    assert finding["detector"] == "MAP-INT-05"
    told = ["MAP-INT-01", "MAP-ORG-07", "SWAP-01", "SWAP-10", "SWAP-14", "X-04"]
    assert finding["also"] == told
    assert finding["severity"] == "critical"
    assert len(finding["evidence"]) == 6


def test_other_subjects_are_not_merged_by_shared_evidence(scene: Scene) -> None:
    scene.ask(0, ATI, OWN_HLR, imsi=OWN_IMSI)
    assert scene.run() == {"MAP-LOC-01": 1, "MAP-ORG-01": 1}


def test_an_earlier_detector_of_the_incident_keeps_its_id(scene: Scene) -> None:
    scene.swap(0, id_check="biometric", subscriber_notified_at=NOON, dfs_notified_at=NOON)
    deliver(scene, 120, STRANGER, tp_address="ExMoney")
    scene.dfs(0.1, "transfer")
    scene.run()
    before = ids(scene)
    register(scene, 60, STRANGER)
    assert scene.finding()["detector"] == "MAP-INT-05"
    assert ids(scene) == before


def test_the_document_has_the_members_of_the_interface(scene: Scene) -> None:
    request = scene.ask(0.5, ATI, STRANGER, imsi=OWN_IMSI)
    scene.reply(0.75, request, location_returned=True)
    scene.run()
    told = document(scene.connection)
    assert told["schema"] == "sigaudit/findings/1"
    assert told["tool"]["name"] == "sigaudit"
    assert told["operator"] == "Example Mobile"
    assert [item["name"] for item in told["inputs"]] == ["dfs.csv", "stp.pcap", "swaps.csv"]
    assert {"detector": "SWAP-01", "missing": "swap"} in told["not_assessed"]
    [finding] = told["findings"]
    assert finding["subscriber"] == {"imsi": OWN_IMSI, "msisdn": None}
    assert finding["source"] == {"gt": STRANGER, "host": None, "realm": None, "agent": None}
    assert finding["first_seen"] == "2026-03-01T12:00:00.500000Z"
    assert finding["last_seen"] == "2026-03-01T12:00:00.750000Z"
    assert finding["evidence"] == [
        {"file": "stp.pcap", "frame": request & 0xFFFF, "message": 1},
        {"file": "stp.pcap", "frame": request + 1 & 0xFFFF, "message": 1},
    ]
    assert finding["answer"] == "answered"
    assert "SS7-FW-01" in finding["controls"]
    assert "T1430.002" in finding["references"]


def test_the_evidence_of_a_log_is_its_row(scene: Scene) -> None:
    scene.swap(0, swap_id="S-1")
    scene.dfs(1, "otp_sent", event_id="E-1")
    scene.dfs(1.5, "cash_out", event_id="E-2")
    scene.run()
    [finding] = document(scene.connection)["findings"]
    assert finding["evidence"] == [
        {"file": "swaps.csv", "row": "S-1"},
        {"file": "dfs.csv", "row": "E-1"},
        {"file": "dfs.csv", "row": "E-2"},
    ]


def test_the_same_database_gives_the_same_bytes(scene: Scene) -> None:
    for number in range(50):
        imsi = f"62099000000{number % 7:04}"
        scene.ask(number, ATI, (STRANGER, OWN_HLR)[number % 2], imsi=imsi)
    scene.run()
    before = findings_json(scene.connection)
    scene.run()
    assert findings_json(scene.connection) == before
    assert json.loads(before) == document(scene.connection)


@pytest.mark.parametrize(
    ("answer", "severity"), [({"opcode": 71}, "high"), ({"component_type": 163}, "low")]
)
def test_the_highest_severity(scene: Scene, answer: dict[str, int], severity: str) -> None:
    scene.run()
    assert highest(scene.connection) is None
    scene.reply(1, scene.ask(0, ATI, STRANGER, imsi=OWN_IMSI), **answer)
    scene.run()
    assert highest(scene.connection) == severity


def test_now_is_the_latest_evidence(scene: Scene) -> None:
    scene.ask(5, ATI, STRANGER, imsi=OWN_IMSI)
    scene.run()
    [(as_of,)] = scene.connection.execute("select as_of from audit").fetchall()
    assert as_of == NOON + timedelta(seconds=5)
