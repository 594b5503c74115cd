"""Each detector fires on its attack and is quiet on the nearest thing that is none."""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sigaudit import detect
from sigaudit.detector import load
from sigaudit.errors import UsageError
from sigaudit.network import Network
from tests.by_hand import (
    ABORT,
    ATI,
    BORDER,
    CANCEL_LOCATION,
    CONTINUE,
    ERROR,
    INNER,
    INSERT_DATA,
    NETWORK,
    NOON,
    OUTSIDE_PEER,
    OWN_DRA,
    OWN_HLR,
    OWN_IMSI,
    OWN_MSISDN,
    OWN_REALM,
    PARTNER_IMSI,
    PARTNER_REALM,
    PARTNER_VLR,
    STRANGER,
    SUBSCRIBER_INFO,
    UPDATE_LOCATION,
    Scene,
    deliver,
    empty_scene,
    register,
)

__all__ = ["empty_scene"]  # the fixture `scene`

FROM_OUTSIDE_ALONE = [
    ("MAP-LOC-01", 71),
    ("MAP-LOC-04", 83),
    ("MAP-LOC-04", 85),
    ("MAP-LOC-09", 58),
    ("MAP-ID-06", 62),
    ("MAP-ID-06", 65),
]
OF_THE_HOME_HLR = [("MAP-LOC-02", 70), ("MAP-INT-08", 3), ("MAP-INT-11", 7)]


def test_no_detector_fires_on_an_empty_database(scene: Scene) -> None:
    assert scene.run() == {}
    missing = scene.connection.execute("select distinct detector from not_assessed").fetchall()
    assert len(missing) == len(load())


def ask_all(scene: Scene, asker: str | None, **columns: Any) -> None:
    """Every home operation, each about another own subscriber."""
    for number, (_, opcode) in enumerate(FROM_OUTSIDE_ALONE + OF_THE_HOME_HLR):
        scene.ask(number, opcode, asker, imsi=f"62099000000100{number}", **columns)


@pytest.mark.parametrize("asker", [PARTNER_VLR, STRANGER, "", None])
def test_home_operations_about_own_subscribers_from_outside(
    scene: Scene, asker: str | None
) -> None:
    ask_all(scene, asker)
    assert scene.run() == Counter(d for d, _ in FROM_OUTSIDE_ALONE + OF_THE_HOME_HLR)


def test_the_home_network_may_ask_about_its_own(scene: Scene) -> None:
    ask_all(scene, OWN_HLR, opc=INNER, dpc=BORDER, called_gt=PARTNER_VLR)
    assert scene.run() == {}
    assert scene.run(interconnect=None) == {}


def test_a_partner_may_ask_about_its_own_roamer_and_nobody_else(scene: Scene) -> None:
    for seconds, (_, opcode) in enumerate(OF_THE_HOME_HLR):
        scene.ask(seconds, opcode, PARTNER_VLR, imsi=PARTNER_IMSI)
    assert scene.run() == {}
    for seconds, (_, opcode) in enumerate(OF_THE_HOME_HLR):
        scene.ask(seconds, opcode, STRANGER, imsi=f"2349900000000{opcode:02}")
        scene.ask(seconds, opcode, PARTNER_VLR, imsi=f"2080100000000{opcode:02}")  # of France
    assert scene.run() == Counter(2 * [detector for detector, _ in OF_THE_HOME_HLR])


def test_networks_that_are_not_listed_are_compared_by_country(scene: Scene) -> None:
    scene.ask(0, SUBSCRIBER_INFO, "33600000001", imsi="208010000000001")
    assert scene.run() == {}


def test_without_interconnect_the_calling_title_tells_who_is_outside(scene: Scene) -> None:
    scene.ask(0, ATI, PARTNER_VLR, imsi=OWN_IMSI)
    scene.ask(1, ATI, OWN_HLR, imsi=OWN_IMSI)
    assert scene.run(interconnect=None) == {"MAP-LOC-01": 1}
    assert scene.not_assessed("MAP-ORG-01") == ["interconnect"]
    assert scene.not_assessed("MAP-LOC-01") == []


def test_without_interconnect_and_title_the_check_is_told_as_not_assessed(scene: Scene) -> None:
    scene.ask(0, ATI, None, imsi=OWN_IMSI)
    assert scene.run(interconnect=None) == {}
    assert scene.not_assessed("MAP-LOC-01") == ["interconnect"]


@pytest.mark.parametrize(("indicator", "fires"), [(0, True), (1, True), (2, False), (3, False)])
def test_a_point_code_may_be_limited_to_the_international_network(
    scene: Scene, indicator: int, fires: bool
) -> None:
    scene.ask(0, ATI, STRANGER, imsi=OWN_IMSI, network_indicator=indicator)
    limited = {"point_codes": ["international:2-100-1"]}
    assert scene.run(interconnect=limited) == ({"MAP-LOC-01": 1} if fires else {})


def test_an_own_title_from_outside_is_about_its_sender(scene: Scene) -> None:
    scene.ask(0, UPDATE_LOCATION, OWN_HLR, imsi=OWN_IMSI)
    scene.ask(1, UPDATE_LOCATION, OWN_HLR, imsi="620990000000002")
    finding = scene.finding()
    assert finding["detector"] == "MAP-ORG-01"
    assert (finding["gt"], finding["subscribers"], finding["imsi"]) == (OWN_HLR, 2, None)


def answered(scene: Scene, request: int) -> None:
    scene.reply(1, request, opcode=ATI, location_returned=True)


def refused(scene: Scene, request: int) -> None:
    scene.reply(1, request, component_type=ERROR, error_code=49)


def aborted(scene: Scene, request: int) -> None:
    scene.reply(1, request, tcap_type=ABORT, component=0, component_type=None, invoke_id=None)


def ended(scene: Scene, request: int) -> None:
    scene.reply(1, request, component=0, component_type=None, invoke_id=None)


def silent(scene: Scene, request: int) -> None:
    """The way back is in the capture, the answer is not."""
    other = scene.ask(2, 56, PARTNER_VLR, imsi=PARTNER_IMSI)
    scene.reply(3, other)


def one_way(scene: Scene, request: int) -> None:
    """Nothing of the way back is in the capture."""


def other_dialogue(scene: Scene, request: int) -> None:
    """The same transaction id, but of another node."""
    scene.reply(1, request, called_gt=PARTNER_VLR)


@pytest.mark.parametrize(
    ("after", "answer", "severity"),
    [
        (answered, "answered", "high"),
        (refused, "refused", "low"),
        (aborted, "refused", "low"),
        (ended, "refused", "low"),
        (silent, "no_answer", "medium"),
        (other_dialogue, "no_answer", "medium"),
        (one_way, "unknown", "high"),
    ],
)
def test_what_the_network_did_decides_the_severity(
    scene: Scene, after: Any, answer: str, severity: str
) -> None:
    after(scene, scene.ask(0, ATI, STRANGER, imsi=OWN_IMSI))
    finding = scene.finding()
    assert (finding["answer"], finding["severity"]) == (answer, severity)


def test_silence_at_the_end_of_a_capture_may_still_be_answered(scene: Scene) -> None:
    silent(scene, scene.ask(3590, ATI, STRANGER, imsi=OWN_IMSI))
    assert scene.finding()["answer"] == "unknown"


def test_silence_outside_the_firewall_is_its_work(scene: Scene) -> None:
    silent(scene, scene.ask(0, ATI, STRANGER, imsi=OWN_IMSI))
    outside = [{"match": "stp*", "point": "outside"}]
    assert scene.finding(capture=outside)["severity"] == "low"


def test_whose_answer_it_is_cannot_be_told_where_a_transaction_id_is_used_again(
    scene: Scene,
) -> None:
    scene.ask(0, ATI, STRANGER, imsi=OWN_IMSI, otid=7)
    scene.reply(61, scene.ask(60, 56, STRANGER, imsi=PARTNER_IMSI, otid=7))
    assert scene.finding()["answer"] == "unknown"


def test_an_old_transaction_id_may_be_used_again(scene: Scene) -> None:
    scene.ask(0, ATI, STRANGER, imsi=OWN_IMSI, otid=7)
    scene.reply(1201, scene.ask(1200, 56, STRANGER, imsi=PARTNER_IMSI, otid=7))
    assert scene.finding()["answer"] == "no_answer"


def test_two_components_may_share_an_invoke_id(scene: Scene) -> None:
    request = scene.ask(0, ATI, STRANGER, imsi=OWN_IMSI, otid=7)
    scene.ask(0, 56, STRANGER, imsi=PARTNER_IMSI, otid=7, component=2)
    scene.reply(1, request, opcode=ATI)
    assert scene.finding()["answer"] == "answered"


def test_a_second_tap_counts_once(scene: Scene) -> None:
    for delay in (0, 0.02, 0.04):
        scene.ask(delay, ATI, STRANGER, imsi=OWN_IMSI, otid=7, digest=7)
    assert len(scene.finding()["evidence"]) == 1


def test_an_answer_names_the_subscriber_that_was_asked_for(scene: Scene) -> None:
    request = scene.ask(0, 58, STRANGER, msisdn=OWN_MSISDN)
    scene.reply(1, request, imsi=OWN_IMSI)
    finding = scene.finding()
    assert (finding["imsi"], finding["msisdn"]) == (OWN_IMSI, OWN_MSISDN)
    assert len(finding["evidence"]) == 2


def test_the_number_alone_tells_an_own_subscriber(scene: Scene) -> None:
    scene.ask(0, CANCEL_LOCATION, PARTNER_VLR, msisdn=OWN_MSISDN)
    assert scene.run() == {"MAP-INT-08": 1}


def registering_roamer(scene: Scene, imsi: str = PARTNER_IMSI) -> int:
    """Our VLR registers an inbound roamer with his HLR."""
    return scene.ask(
        0,
        UPDATE_LOCATION,
        OWN_HLR,
        imsi=imsi,
        called_gt="447785000000000001",
        called_plan=7,
        opc=INNER,
        dpc=BORDER,
        otid=77,
    )


def profile(scene: Scene, asker: str, **columns: Any) -> int:
    """insertSubscriberData inside the dialogue that our VLR opened; it names no IMSI."""
    inside = {"tcap_type": CONTINUE, "dtid": 77, "otid": 88, "msisdn": "447700900777"}
    return scene.ask(1, INSERT_DATA, asker, **inside | columns)


def test_the_profile_of_a_roamer_comes_inside_his_registration(scene: Scene) -> None:
    registering_roamer(scene)
    profile(scene, PARTNER_VLR)
    assert scene.run() == {}


def test_a_stranger_inside_a_registration_is_found(scene: Scene) -> None:
    registering_roamer(scene)
    profile(scene, STRANGER)
    assert scene.run() == {"MAP-INT-11": 1}


def test_a_registration_that_began_before_the_capture_is_told_as_info(scene: Scene) -> None:
    profile(scene, STRANGER)
    assert scene.finding()["severity"] == "info"


def test_an_implanted_camel_platform_is_critical(scene: Scene) -> None:
    scene.ask(0, INSERT_DATA, STRANGER, imsi=OWN_IMSI, csi_installed=True)
    assert scene.finding()["severity"] == "critical"


def test_a_password_delivered_to_an_unlisted_network(scene: Scene) -> None:
    register(scene, 0, STRANGER)
    deliver(scene, 120, STRANGER, tp_address="EXMONEY", otp_likelihood=0)
    finding = scene.finding()
    assert (finding["detector"], finding["severity"]) == ("MAP-INT-05", "critical")
    assert len(finding["evidence"]) == 4
    assert "2 minutes later" in finding["explanation"]


def test_a_password_is_known_by_its_form_too(scene: Scene) -> None:
    register(scene, 0, STRANGER)
    deliver(scene, 120, STRANGER, tp_address="Unknown", otp_likelihood=90)
    assert scene.run() == {"MAP-INT-05": 1}


@pytest.mark.parametrize(
    ("vlr", "msc", "seconds", "facts"),
    [
        (PARTNER_VLR, PARTNER_VLR, 120, {"tp_address": "ExMoney"}),  # a traveller
        (STRANGER, STRANGER, 120, {"tp_address": "447700900002", "otp_likelihood": 5}),
        (STRANGER, PARTNER_VLR, 120, {"tp_address": "ExMoney"}),  # delivered elsewhere
        (STRANGER, STRANGER, 25 * 3600, {"tp_address": "ExMoney"}),
    ],
)
def test_other_messages_after_registrations_are_normal(
    scene: Scene, vlr: str, msc: str, seconds: float, facts: dict[str, Any]
) -> None:
    register(scene, 0, vlr)
    deliver(scene, seconds, msc, **facts)
    assert set(scene.run()) <= {"MAP-INT-01"}  # there is no agreement with the stranger


def test_a_refused_registration_delivers_nothing(scene: Scene) -> None:
    request = scene.ask(0, UPDATE_LOCATION, STRANGER, imsi=OWN_IMSI, msc_number=STRANGER)
    scene.reply(1, request, component_type=ERROR, error_code=8)
    deliver(scene, 120, STRANGER, tp_address="ExMoney")
    finding = scene.finding()
    assert (finding["detector"], finding["severity"]) == ("MAP-INT-01", "low")


@pytest.mark.parametrize("command", [317, 319, 320])
def test_a_home_server_request_from_a_foreign_realm(scene: Scene, command: int) -> None:
    scene.diameter(0, command, PARTNER_REALM, imsi=PARTNER_IMSI)
    assert scene.run() == {}
    scene.diameter(1, command, PARTNER_REALM, imsi=OWN_IMSI)
    scene.diameter(2, command, "example.org", imsi=PARTNER_IMSI)
    scene.diameter(3, command, OWN_REALM, imsi="620990000000002")
    assert scene.run() == {"DIA-03": 3, "DIA-16": 1}  # the last one under the own realm


def test_a_reset_is_normal_from_a_partner_only(scene: Scene) -> None:
    scene.diameter(0, 322, PARTNER_REALM)
    assert scene.run() == {}
    scene.diameter(1, 322, "example.org")
    assert scene.finding()["realm"] == "example.org"


def test_own_servers_ask_from_inside(scene: Scene) -> None:
    scene.diameter(0, 319, OWN_REALM, imsi=OWN_IMSI, source_address=OWN_DRA)
    assert scene.run() == {}
    assert scene.run(interconnect=None) == {}


def test_without_peers_the_origin_realm_tells_who_is_outside(scene: Scene) -> None:
    scene.diameter(0, 319, PARTNER_REALM, imsi=OWN_IMSI)
    assert scene.run(interconnect={"point_codes": ["2-100-1"]}) == {"DIA-03": 1}


@pytest.mark.parametrize(
    ("code", "answer"), [(2001, "answered"), (5001, "refused"), (None, "unknown")]
)
def test_the_result_code_tells_what_the_server_did(
    scene: Scene, code: int | None, answer: str
) -> None:
    scene.diameter(0, 319, PARTNER_REALM, imsi=OWN_IMSI, hop_by_hop=1, end_to_end=2)
    scene.diameter(
        1,
        319,
        OWN_REALM,
        is_request=False,
        hop_by_hop=1,
        end_to_end=2,
        source_address=OWN_DRA,
        destination_address=OUTSIDE_PEER,
        result_code=code,
    )
    assert scene.finding()["answer"] == answer


@pytest.mark.parametrize(
    ("realm", "end_to_end", "answer"),
    [
        (OWN_REALM, 2, "refused"),
        (OWN_REALM.upper(), 2, "refused"),
        ("example.org", 2, "no_answer"),
        (OWN_REALM, 3, "no_answer"),
    ],
)
def test_an_answer_may_come_by_another_connection(
    scene: Scene, realm: str, end_to_end: int, answer: str
) -> None:
    way_back = {"is_request": False, "source_address": OWN_DRA, "destination_address": OUTSIDE_PEER}
    asked = {"imsi": OWN_IMSI, "destination_realm": OWN_REALM, "hop_by_hop": 1, "end_to_end": 2}
    scene.diameter(-9, 280, OWN_REALM, application_id=0, **way_back)
    scene.diameter(0, 319, PARTNER_REALM, **asked)
    other = way_back | {"destination_address": "198.51.100.8"}
    scene.diameter(1, 319, realm, hop_by_hop=7, end_to_end=end_to_end, result_code=5001, **other)
    assert scene.finding()["answer"] == answer


def test_the_answer_to_a_retransmission_answers_both(scene: Scene) -> None:
    asked = {"imsi": OWN_IMSI, "destination_realm": OWN_REALM, "end_to_end": 2}
    scene.diameter(0, 319, PARTNER_REALM, hop_by_hop=1, **asked)
    scene.diameter(5, 319, PARTNER_REALM, hop_by_hop=2, is_retransmission=True, **asked)
    way_back = {"is_request": False, "source_address": OWN_DRA, "destination_address": OUTSIDE_PEER}
    scene.diameter(6, 319, OWN_REALM, hop_by_hop=2, end_to_end=2, result_code=2001, **way_back)
    scene.run()
    query = "select answer, is_retransmission, answered_by from diameter_request order by seen_at"
    assert scene.connection.execute(query).fetchall() == [
        ("answered", False, f"hss.{OWN_REALM}"),
        ("answered", True, f"hss.{OWN_REALM}"),
    ]


PROPER = {
    "id_check": "biometric",
    "subscriber_notified_at": NOON,
    "dfs_notified_at": NOON,
}


def take_over(scene: Scene, hours: float, **swap: Any) -> None:
    scene.swap(0, **swap)
    scene.dfs(hours, "otp_sent")
    scene.dfs(hours + 0.1, "transfer", amount=500)


def test_a_swap_then_a_password_and_a_transfer(scene: Scene) -> None:
    take_over(scene, 1, id_check="none")
    finding = scene.finding()
    assert (finding["detector"], finding["severity"]) == ("SWAP-01", "critical")
    assert (finding["agent"], finding["answer"]) == ("A7", None)
    assert len(finding["evidence"]) == 3


@pytest.mark.parametrize(
    ("hours", "swap", "severity"),
    [
        (23.8, PROPER, "medium"),  # inside the cooling-off time
        (24, PROPER, None),
        (30, PROPER, None),
        (30, PROPER | {"id_check": "none"}, "high"),
        (30, PROPER | {"dfs_notified_at": None}, "low"),
        (73, {"id_check": "none"}, "low"),  # a weak check alone
    ],
)
def test_the_cooling_off_time_and_a_proper_swap_decide(
    scene: Scene, hours: float, swap: dict[str, Any], severity: str | None
) -> None:
    scene.swap(0, msisdn="233590100009", new_imsi="620990000000009", **PROPER)
    take_over(scene, hours, **swap)
    if severity is None:
        assert scene.run() == {}
    else:
        assert scene.finding()["severity"] == severity


def test_the_cooling_off_time_is_the_regimes(scene: Scene) -> None:
    take_over(scene, 30, **PROPER)
    assert scene.run(policy={"swap_cooling_off_hours": 48}) == {"SWAP-01": 1}


def test_the_password_may_be_seen_in_signalling(scene: Scene) -> None:
    scene.swap(0)
    deliver(scene, 600, OWN_HLR, tp_address="ExMoney")
    scene.dfs(0.25, "cash_out")
    assert scene.run() == {"SWAP-01": 1}


@pytest.mark.parametrize(
    "change",
    [
        {"outcome": "rejected", "completed_at": None, "requested_at": NOON},
        {"event": "deactivated"},
        {"msisdn": "233590100002", "new_imsi": "620990000000002"},
        {"completed_at": NOON + timedelta(hours=1, minutes=5)},  # after the password
    ],
)
def test_no_swap_no_finding(scene: Scene, change: dict[str, Any]) -> None:
    take_over(scene, 1, **change)
    assert "SWAP-01" not in scene.run()


@pytest.mark.parametrize("outcome", ["failure", None])
def test_a_transfer_that_failed_moved_no_money(scene: Scene, outcome: str | None) -> None:
    scene.swap(0)
    scene.dfs(1, "otp_sent")
    scene.dfs(1.1, "transfer", outcome=outcome)
    assert scene.run() == ({} if outcome else {"SWAP-01": 1})


def test_a_missing_log_is_told(scene: Scene) -> None:
    scene.dfs(1, "otp_sent")
    scene.run()
    assert scene.not_assessed("SWAP-01") == ["swap"]
    assert scene.not_assessed("MAP-LOC-01") == ["map_component"]


def test_file_names_follow_the_ids() -> None:
    for detector in load():
        assert detector.file.startswith(f"{detector.id.lower()}-"), detector.file


HEADER = """/*
id = "TEST-01"
title = "t"
threat = "anomaly"
severity = "low"
confidence = 0.5
why = "w"
benign = "b"
remedy = "r"
references = []
needs = []
split_by = "source"
*/
"""
ROW = "select timestamp '2026-03-01' as first_seen, timestamp '2026-03-01' as last_seen, "
ROW += "[{'kind': 'swap', 'id': 1}] as evidence, 'x' as explanation"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("select 1", "between"),
        ("/* id = */ select 1", "TOML"),
        (HEADER.replace('"anomaly"', '"oddity"') + ROW, "threat"),
        (HEADER.replace("0.5", "5") + ROW, "confidence"),
        (HEADER.replace("title", "titel") + ROW, "titel"),
        (HEADER.replace("needs = []", 'needs = ["swop"]') + ROW, "swop"),
        (HEADER + "selec 1", "Parser Error"),
        (HEADER + "drop table finding", "one SELECT"),
        (HEADER + "select 1; select 2", "one SELECT"),
        (HEADER + ROW.replace("explanation", "explanetion"), "explanetion"),
        (HEADER + ROW + " from swap where swap_id = $agent", "$agent"),
        (HEADER + ROW + " from read_text('/etc/hostname')", "disabled"),
        (HEADER + ROW.replace("[{'kind': 'swap', 'id': 1}]", "[]"), "CHECK"),
    ],
)
def test_a_wrong_detector_is_named_with_its_file(
    scene: Scene, tmp_path: Path, text: str, complaint: str
) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "test-01-own.sql").write_text(text)
    with pytest.raises(UsageError, match=r"^test-01-own\.sql: ") as raised:
        detect.run(scene.connection, Network.model_validate(NETWORK), detectors=[tmp_path])
    assert complaint in str(raised.value)


def test_two_detectors_with_one_id_are_refused(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"test-01-{folder}.sql").write_text(HEADER + ROW)
    with pytest.raises(UsageError, match="TEST-01"):
        load([tmp_path])


def test_the_database_of_another_operator_is_refused(scene: Scene) -> None:
    scene.run()
    other = NETWORK | {"operator": NETWORK["operator"] | {"name": "Other Mobile"}}
    with pytest.raises(UsageError, match="Example Mobile"):
        detect.run(scene.connection, Network.model_validate(other))
