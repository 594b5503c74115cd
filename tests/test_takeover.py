"""Dialogues, ways and registrations taken over: the rules at their limits."""

from datetime import timedelta
from typing import Any

import pytest

from sigaudit import detect, state
from sigaudit.detector import load
from sigaudit.network import Network
from tests.by_hand import (
    ATI,
    BORDER,
    CONTINUE,
    END,
    INNER,
    INSERT_DATA,
    INVOKE,
    NETWORK,
    NOON,
    OUTSIDE_PEER,
    OWN_DRA,
    OWN_HLR,
    OWN_IMSI,
    OWN_MSISDN,
    PARTNER_REALM,
    PARTNER_VLR,
    RESULT,
    STRANGER,
    SUBSCRIBER_INFO,
    UPDATE_LOCATION,
    Scene,
    empty_scene,
    register,
)

__all__ = ["empty_scene"]  # the fixture `scene`

VECTORS = 56
ATTACH, WANT_VECTORS = 316, 318
DAY = 86_400
FIRST = 1 << 40  # id of the input's rows
USUAL_WAY = f"mme.{PARTNER_REALM} dra1.ipx.example"


def told_by(scene: Scene, detector: str, **tables: Any) -> list[tuple[str, str | None]]:
    """Severity and subscriber of what this detector alone finds."""
    only = [each for each in load() if each.id == detector]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(detect, "load", lambda own: only)
        scene.run(**tables)
    found = scene.connection.execute("select severity, imsi from finding order by all")
    return found.fetchall()


@pytest.mark.parametrize(
    ("seconds", "otid", "imsi", "told"),
    [
        (60, 65_536, "620990000000002", 1),
        (61, 65_536, "620990000000002", 0),
        (60, 65_535, "620990000000002", 0),  # of two octets, which soon come round
        (60, 65_536, OWN_IMSI, 0),  # the same again
    ],
)
def test_a_transaction_id_in_use(
    scene: Scene, seconds: int, otid: int, imsi: str, told: int
) -> None:
    scene.ask(0, ATI, STRANGER, imsi=OWN_IMSI, otid=otid)
    scene.ask(seconds, ATI, STRANGER, imsi=imsi, otid=otid)
    assert len(told_by(scene, "MAP-ENC-11")) == told


@pytest.mark.parametrize(
    ("opener", "sends", "told"), [(2, 7, 1), (7, 8, 0), (45, 7, 1), (59, 60, 1)]
)
def test_what_the_opener_of_a_dialogue_may_send(
    scene: Scene, opener: int, sends: int, told: int
) -> None:
    scene.ask(0, opener, STRANGER, imsi=OWN_IMSI, otid=70_000)
    scene.map(1, tcap_type=CONTINUE, otid=80_000, dtid=70_000, calling_gt=OWN_HLR,
              called_gt=STRANGER, opc=INNER, dpc=BORDER, component=0)  # fmt: skip
    scene.ask(2, sends, STRANGER, tcap_type=CONTINUE, otid=70_000, dtid=80_000, invoke_id=2)
    assert len(told_by(scene, "MAP-ENC-11")) == told


def test_the_home_register_may_write_into_a_registration(scene: Scene) -> None:
    scene.ask(0, UPDATE_LOCATION, PARTNER_VLR, imsi=OWN_IMSI, otid=70_000, vlr_number=PARTNER_VLR)
    scene.map(1, tcap_type=CONTINUE, otid=80_000, dtid=70_000, calling_gt=OWN_HLR, opcode=7,
              called_gt=PARTNER_VLR, opc=INNER, dpc=BORDER, component_type=INVOKE,
              invoke_id=2)  # fmt: skip
    assert told_by(scene, "MAP-ENC-11") == []


@pytest.mark.parametrize(("opcode", "told"), [(INSERT_DATA, 1), (38, 0), (63, 0)])
def test_a_request_in_the_end_of_a_dialogue(scene: Scene, opcode: int, told: int) -> None:
    scene.ask(0, opcode, STRANGER, imsi=OWN_IMSI, tcap_type=END, otid=None, dtid=70_000)
    assert len(told_by(scene, "MAP-ENC-11")) == told


def watched(scene: Scene, days: float) -> None:
    """The capture began so many days before noon and goes on for an hour; asks are answered."""
    since = NOON - timedelta(days=days)
    scene.connection.execute("update input set first_seen = ? where input_id = 1", [since])


def vectors(scene: Scene, seconds: float, imsi: str, vlr: str = PARTNER_VLR) -> None:
    request = scene.ask(seconds, VECTORS, vlr, imsi=imsi)
    scene.reply(seconds + 1, request, vectors_returned=True)


@pytest.mark.parametrize(
    ("before", "told"),
    [(DAY, []), (DAY + 1, [("low", OWN_IMSI)]), (-300, []), (-301, [("low", OWN_IMSI)])],
)
def test_vectors_a_day_before_or_minutes_after(
    scene: Scene, before: float, told: list[tuple[str, str]]
) -> None:
    watched(scene, 2)
    vectors(scene, -100, "620990000000002")
    vectors(scene, -before, OWN_IMSI)
    register(scene, 0, PARTNER_VLR)
    assert told_by(scene, "MAP-INT-03") == told


def test_without_a_day_before_it_nothing_is_said_of_vectors(scene: Scene) -> None:
    watched(scene, 0.9)
    vectors(scene, -100, "620990000000002")
    register(scene, 0, PARTNER_VLR)
    assert told_by(scene, "MAP-INT-03") == []
    assert scene.not_assessed("MAP-INT-03") == ["coverage"]


@pytest.mark.parametrize(("registrations", "severity"), [(19, "low"), (20, "info")])
def test_a_network_that_never_asks_for_vectors(
    scene: Scene, registrations: int, severity: str
) -> None:
    watched(scene, 2)
    vectors(scene, -100, "620990000000999", "447700900002")
    for number in range(registrations):
        imsi = f"6209900000001{number:02}"
        request = scene.ask(number, UPDATE_LOCATION, PARTNER_VLR, imsi=imsi)
        scene.reply(number + 0.5, request)
    told = told_by(scene, "MAP-INT-03")
    assert len(told) == registrations
    assert {each for each, _ in told} == {severity}


def attach(scene: Scene, number: int, way: str | None, **columns: Any) -> None:
    imsi = f"62099000001{number:04}"
    host = f"mme.{PARTNER_REALM}"
    scene.diameter(number * 40, ATTACH, PARTNER_REALM, imsi=imsi, route_record=way,
                   origin_host=host, visited_plmn="23499", **columns)  # fmt: skip


@pytest.mark.parametrize(
    ("requests", "way", "told"),
    [
        (50, f"{USUAL_WAY} a.example b.example", 1),
        (49, f"{USUAL_WAY} a.example b.example", 0),
        (50, f"{USUAL_WAY} a.example", 0),
        (50, None, 1),
        (50, f"other.{PARTNER_REALM} dra1.ipx.example", 1),
    ],
)
def test_a_way_of_its_own(scene: Scene, requests: int, way: str | None, told: int) -> None:
    for number in range(requests):
        attach(scene, number, way if number == 20 else USUAL_WAY)
    assert len(told_by(scene, "DIA-18")) == told


def test_a_way_that_all_requests_take_from_then_on(scene: Scene) -> None:
    for number in range(60):
        attach(scene, number, USUAL_WAY if number < 59 else f"{USUAL_WAY} a.example b.example")
    assert told_by(scene, "DIA-18") == []


@pytest.mark.parametrize(("requests", "told"), [(1000, 1), (999, 0)])
def test_other_networks_on_the_way_of_one_in_a_thousand(
    scene: Scene, requests: int, told: int
) -> None:
    attach(scene, 0, USUAL_WAY)
    attach(scene, 1, f"mme.{PARTNER_REALM} dra1.lessee.example")
    attach(scene, 2, USUAL_WAY)
    scene.connection.execute(
        f"""
        insert into diameter_common by name
        select * exclude (n) replace (id + n as id, frame + n as frame, digest + n as digest,
          imsi + n as imsi,
          end_to_end + n as end_to_end, hop_by_hop + n as hop_by_hop,
          seen_at + to_seconds(n) as seen_at)
        from (from diameter_common order by id desc limit 1), range(1, {requests - 2}) more (n)
        """
    )
    assert len(told_by(scene, "DIA-18")) == told


@pytest.mark.parametrize(("seconds", "told"), [(240, 1), (241, 0)])  # four minutes (RFC 6733 3)
def test_an_identifier_used_again(scene: Scene, seconds: int, told: int) -> None:
    for moment, imsi in ((0, OWN_IMSI), (seconds, "620990000000002")):
        scene.diameter(moment, ATTACH, PARTNER_REALM, imsi=imsi, end_to_end=7, visited_plmn="23499")
    assert len(told_by(scene, "DIA-19")) == told


@pytest.mark.parametrize(("answered", "told"), [(2, 1), (0.5, 0)])
def test_a_hop_by_hop_identifier_in_use(scene: Scene, answered: float, told: int) -> None:
    asked = {"hop_by_hop": 5, "visited_plmn": "23499"}
    scene.diameter(0, WANT_VECTORS, PARTNER_REALM, imsi=OWN_IMSI, end_to_end=1, **asked)
    same_link = "update diameter_common set path_id = (select min(path_id) from diameter_common)"
    scene.diameter(1, WANT_VECTORS, PARTNER_REALM, imsi="620990000000002", end_to_end=2, **asked)
    scene.connection.execute(same_link)
    for end in (1, 2):
        moment = answered if end == 1 else 3
        scene.diameter(moment, WANT_VECTORS, NETWORK["operator"]["diameter_realms"][0],
                       is_request=False, hop_by_hop=5, end_to_end=end, result_code=2001,
                       source_address=OWN_DRA, destination_address=OUTSIDE_PEER)  # fmt: skip
    assert len(told_by(scene, "DIA-19")) == told


def call(scene: Scene, destination: str) -> None:
    """Partner UK's platform sends its guest's call elsewhere."""
    scene.insert("path", id=FIRST, opc=INNER, dpc=BORDER)
    scene.insert("path", id=FIRST + 1, opc=BORDER, dpc=INNER)
    for number, gt in ((1, OWN_HLR), (2, "447700900040")):
        scene.insert("sccp_address", id=FIRST + number, gt=gt, plan=1, nature=4)
    common = {"frame": 1, "message": 1, "component": 1, "invoke_id": 1, "component_type": INVOKE}
    scene.insert(
        "cap_component", **common, id=FIRST, seen_at="2026-03-01 12:00:00", path_id=FIRST,
        calling_id=FIRST + 1, called_id=FIRST + 2, tcap_type=98, otid=7, opcode=0,
        digest=1, imsi="234990000000001", called_bcd_number=OWN_MSISDN,
    )  # fmt: skip
    scene.insert(
        "cap_component", **common, id=FIRST + 1, seen_at="2026-03-01 12:00:01",
        path_id=FIRST + 1, calling_id=FIRST + 2, called_id=FIRST + 1,
        tcap_type=CONTINUE, otid=8, dtid=7, opcode=20, digest=2, destination_number=destination,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("ranges", "told"), [(None, 0), (["26377"], 1), (["26378"], 0), (["2637700000"], 1)]
)
def test_ranges_that_share_their_revenue(scene: Scene, ranges: list[str] | None, told: int) -> None:
    call(scene, "2637700000001")
    tables = {"calls": {"revenue_share_numbers": ranges}} if ranges else {}
    assert len(told_by(scene, "CAP-02", **tables)) == told


def test_the_copy_of_a_request_that_came_from_outside_counts(scene: Scene) -> None:
    """The inner tap's clock is five milliseconds ahead."""
    inside = {"opc": INNER, "dpc": INNER + 1}
    scene.ask(0, SUBSCRIBER_INFO, STRANGER, imsi=OWN_IMSI, otid=7, digest=5, **inside)
    request = scene.ask(0.005, SUBSCRIBER_INFO, STRANGER, imsi=OWN_IMSI, otid=7, digest=5)
    scene.reply(1, request, component_type=RESULT)
    assert told_by(scene, "MAP-LOC-02") == [("high", OWN_IMSI)]
    found = scene.connection.execute("select id, from_outside from map_request").fetchall()
    assert found == [(request, True)]


@pytest.mark.parametrize(("operations", "party"), [([20], "hub"), ([44, 45], "partner")])
def test_a_hub_may_be_limited_to_operations_of_cap(
    scene: Scene, operations: list[int], party: str
) -> None:
    call(scene, OWN_MSISDN)
    hub = {"name": "Example Hub", "global_titles": ["447700900040"], "operations": operations}
    state.build(scene.connection, Network.model_validate(NETWORK | {"hub": [hub]}))
    found = scene.connection.execute("select caller.party from cap_request where opcode = 20")
    assert found.fetchall() == [(party,)]
