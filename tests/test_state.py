"""What state says of registrations, numbers, entrances and coverage, over rows by hand."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.by_hand import (
    BORDER,
    CANCEL_LOCATION,
    CONTINUE,
    ERROR,
    INNER,
    NOON,
    OWN_HLR,
    OWN_IMSI,
    OWN_MSISDN,
    OWN_SMSC,
    PARTNER_REALM,
    PARTNER_VLR,
    STRANGER,
    UPDATE_LOCATION,
    Scene,
    deliver,
    empty_scene,
    register,
)

__all__ = ["empty_scene"]  # the fixture `scene`

OTHER_VLR, SGSN = "447700900002", "447700900060"
UPDATE_GPRS, PURGE, SRI_SM, INITIAL_DP = 23, 67, 45, 0
SWAPPED_IMSI = "620990000000002"


def told(scene: Scene, query: str) -> list[tuple[Any, ...]]:
    scene.run()
    return scene.connection.execute(query).fetchall()


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def places(scene: Scene, domain: str = "circuit") -> list[tuple[Any, ...]]:
    return told(
        scene,
        "select node, since, nullif(until, 'infinity'), ended_by, certain from registered"
        f" where domain = '{domain}' order by since",
    )


def test_the_next_registration_ends_the_one_before(scene: Scene) -> None:
    register(scene, 0, PARTNER_VLR)
    register(scene, 100, OTHER_VLR)
    assert places(scene) == [
        (PARTNER_VLR, at(1), at(101), "registered", True),
        (OTHER_VLR, at(101), None, None, True),
    ]


@pytest.mark.parametrize("error", [8, 1])  # roamingNotAllowed, unknownSubscriber (TS 29.002 17.6)
def test_a_refused_registration_moves_nobody(scene: Scene, error: int) -> None:
    register(scene, 0, PARTNER_VLR)
    asked = scene.ask(50, UPDATE_LOCATION, STRANGER, imsi=OWN_IMSI, vlr_number=STRANGER)
    scene.reply(51, asked, component_type=ERROR, error_code=error)
    assert places(scene) == [(PARTNER_VLR, at(1), None, None, True)]


def test_an_answer_that_cannot_be_seen_leaves_in_doubt(scene: Scene) -> None:
    scene.ask(50, UPDATE_LOCATION, STRANGER, imsi=OWN_IMSI, vlr_number=STRANGER)
    assert places(scene) == [(STRANGER, at(50), None, None, False)]


def test_domains_are_told_apart(scene: Scene) -> None:
    register(scene, 0, PARTNER_VLR)
    asked = scene.ask(10, UPDATE_GPRS, SGSN, imsi=OWN_IMSI, sgsn_number=SGSN)
    scene.reply(11, asked)
    for seconds, flags, host in ((20, 2, "MME1"), (30, 0, "sgsn1")):
        scene.diameter(
            seconds, 316, PARTNER_REALM, imsi=OWN_IMSI, ulr_flags=flags, hop_by_hop=seconds,
            end_to_end=seconds, origin_host=f"{host}.{PARTNER_REALM}",
        )  # fmt: skip
        scene.diameter(
            seconds + 1, 316, PARTNER_REALM, hop_by_hop=seconds, end_to_end=seconds,
            is_request=False, result_code=2001, source_address="192.0.2.1",
            destination_address="198.51.100.7",
        )  # fmt: skip
    assert [place[0] for place in places(scene)] == [PARTNER_VLR]
    assert [place[0] for place in places(scene, "packet")] == [SGSN, f"sgsn1.{PARTNER_REALM}"]
    assert [place[0] for place in places(scene, "evolved")] == [f"mme1.{PARTNER_REALM}"]


@pytest.mark.parametrize(
    ("node", "answered", "until"),
    [(PARTNER_VLR, True, at(41)), (PARTNER_VLR, False, None), (OTHER_VLR, True, None)],
)
def test_a_cancellation_ends_what_is_at_that_node_if_granted(
    scene: Scene, node: str, answered: bool, until: datetime | None
) -> None:
    register(scene, 0, PARTNER_VLR)
    asked = scene.ask(
        40, CANCEL_LOCATION, OWN_HLR, imsi=OWN_IMSI, called_gt=node, opc=INNER, dpc=BORDER
    )
    scene.reply(41, asked, **({} if answered else {"component_type": ERROR, "error_code": 36}))
    assert places(scene)[0][2:4] == (until, "cancelled" if until else None)


@pytest.mark.parametrize("vlr", [PARTNER_VLR, STRANGER])
def test_only_the_node_where_he_is_purges_a_subscriber(scene: Scene, vlr: str) -> None:
    register(scene, 0, PARTNER_VLR)
    asked = scene.ask(40, PURGE, vlr, imsi=OWN_IMSI, vlr_number=vlr)
    scene.reply(41, asked)
    assert places(scene)[0][3] == ("purged" if vlr == PARTNER_VLR else None)


@pytest.mark.parametrize(
    ("asker", "registered", "stranger"),
    [(STRANGER, True, True), (OTHER_VLR, True, False), (STRANGER, False, None)],
)
def test_a_stranger_is_who_comes_from_where_the_subscriber_is_not(
    scene: Scene, asker: str, registered: bool, stranger: bool | None
) -> None:
    if registered:
        register(scene, 0, PARTNER_VLR)
    scene.ask(50, 56, asker, imsi=OWN_IMSI)
    assert told(scene, "select stranger from placed_request where code = 56") == [(stranger,)]


def test_a_number_moves_to_another_imsi_and_back(scene: Scene) -> None:
    scene.swap(1, old_imsi=OWN_IMSI, new_imsi=SWAPPED_IMSI)
    scene.swap(2, old_imsi=SWAPPED_IMSI, new_imsi=OWN_IMSI)
    query = """
        select imsi, nullif(since, '-infinity'), nullif(until, 'infinity'), previous_imsi
        from imsi_of_msisdn where msisdn = ? order by since
    """
    scene.run()
    swapped, back = at(3600), at(7200)
    assert scene.connection.execute(query, [OWN_MSISDN]).fetchall() == [
        (OWN_IMSI, None, swapped, None),
        (SWAPPED_IMSI, swapped, back, OWN_IMSI),
        (OWN_IMSI, back, None, SWAPPED_IMSI),
    ]


def test_an_imsi_gets_its_first_number_back(scene: Scene) -> None:
    for hours, number in ((1, OWN_MSISDN), (2, "233590100002"), (3, OWN_MSISDN)):
        scene.swap(hours, msisdn=number)
    query = "select msisdn, seen_at from msisdn_of_imsi order by seen_at"
    assert told(scene, query) == [
        (OWN_MSISDN, at(3600)), ("233590100002", at(7200)), (OWN_MSISDN, at(10800)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("indicator", "entrance"), [(0, "interconnect"), (2, "national"), (None, "interconnect")]
)
def test_where_a_message_entered(scene: Scene, indicator: int | None, entrance: str) -> None:
    scene.ask(0, 71, STRANGER, imsi=OWN_IMSI, network_indicator=indicator)
    scene.ask(1, 71, OWN_HLR, imsi=OWN_IMSI, opc=INNER, dpc=BORDER)
    found = told(scene, "select entrance from request order by seen_at")
    assert found == [(entrance,), ("internal",)]


@pytest.mark.parametrize(
    ("asker", "entrance"),
    [("233580000001", "national"), (PARTNER_VLR, "interconnect"), (OWN_HLR, "internal"),
     (None, "unknown")],
)  # fmt: skip
def test_without_interconnect_the_senders_title_tells(
    scene: Scene, asker: str | None, entrance: str
) -> None:
    scene.ask(0, 71, asker, imsi=OWN_IMSI)
    scene.run(interconnect=None)
    found = scene.connection.execute("select entrance from map_request").fetchall()
    assert found == [(entrance,)]


def test_a_share_of_dialogues_has_both_legs(scene: Scene) -> None:
    for seconds in range(4):
        asked = scene.ask(seconds, 56, PARTNER_VLR, imsi=OWN_IMSI)
        if seconds:
            scene.reply(seconds + 10, asked)
    scene.ask(400, 56, PARTNER_VLR, imsi=OWN_IMSI)
    query = "select bucket, dialogues, both_legs from coverage where sender = ? order by bucket"
    scene.run()
    found = scene.connection.execute(query, [str(BORDER)]).fetchall()
    assert found == [(NOON, 4, 3), (at(300), 1, 0)]


def test_an_answer_that_nobody_asked_for_lacks_its_first_leg(scene: Scene) -> None:
    asked = scene.ask(0, 56, PARTNER_VLR, imsi=OWN_IMSI)
    answer = scene.reply(1, asked)
    foreign = scene.reply(2, asked, dtid=77, tcap_type=CONTINUE)
    query = "select id, (select sum(dialogues) from coverage) from tcap_unasked"
    assert told(scene, query) == [(foreign, 2)]
    assert answer != foreign


def a_day(scene: Scene, answered: bool = True) -> None:
    """A partner's lookup every hour of the day before noon, and the capture of it."""
    scene.connection.execute("update input set first_seen = first_seen - interval 25 hours")
    for hour in range(25):
        asked = scene.ask(-3600 * hour, SRI_SM, PARTNER_VLR, msisdn=OWN_MSISDN)
        if answered:
            scene.reply(1 - 3600 * hour, asked, imsi=SWAPPED_IMSI)


def message(scene: Scene, seconds: float, centre: str) -> None:
    asked = scene.ask(seconds, 44, centre, imsi=OWN_IMSI)
    scene.reply(seconds + 1, asked)
    scene.insert("sms", component_id=asked, mobile_terminated=True)


def test_a_message_that_nobody_looked_up(scene: Scene) -> None:
    a_day(scene)
    message(scene, 60, STRANGER)
    assert scene.run() == {"SMS-03": 1}
    assert scene.not_assessed("SMS-03") == []


def test_a_lookup_of_the_same_network_is_enough(scene: Scene) -> None:
    a_day(scene)
    asked = scene.ask(30, SRI_SM, OTHER_VLR, msisdn=OWN_MSISDN)
    scene.reply(31, asked, imsi=OWN_IMSI)
    message(scene, 60, PARTNER_VLR)
    assert scene.run() == {}


@pytest.mark.parametrize("way", ["one leg", "too short", "no lookups"])
def test_what_coverage_cannot_show_is_not_assessed(scene: Scene, way: str) -> None:
    if way != "no lookups":
        a_day(scene, answered=way != "one leg")
    if way == "too short":
        scene.connection.execute("update input set first_seen = first_seen + interval 22 hours")
    message(scene, 60, STRANGER)
    assert scene.run() == {}
    assert scene.not_assessed("SMS-03") == ["coverage"]


def test_messages_delivered_by_the_own_centre_need_no_lookup_from_outside(scene: Scene) -> None:
    a_day(scene)
    deliver(scene, 60, PARTNER_VLR)
    assert scene.run() == {}
    query = "select gt, called_gt, msisdn from sms_delivery"
    assert told(scene, query) == [(OWN_SMSC, PARTNER_VLR, None)]


def test_cap_requests_say_whose_they_are(scene: Scene) -> None:
    row: dict[str, Any] = {
        "id": 900 | 1 << 40, "frame": 900, "message": 1, "component": 1, "seen_at": NOON,
        "path_id": 901 | 1 << 40, "calling_id": 902 | 1 << 40, "tcap_type": 98, "otid": 1,
        "component_type": 161, "invoke_id": 1, "opcode": INITIAL_DP, "digest": 1,
        "imsi": OWN_IMSI,
    }  # fmt: skip
    scene.insert("path", id=row["path_id"], opc=BORDER, dpc=INNER)
    scene.insert("sccp_address", id=row["calling_id"], gt=PARTNER_VLR, plan=1)
    scene.insert("cap_component", **row)
    query = """
        select operation, caller.operator, subscriber.party, from_outside, evidence[1].kind
        from request
    """
    assert told(scene, query) == [("initialDP", "Partner UK", "home", True, "cap")]


def test_categories_name_operations_of_the_specification(scene: Scene) -> None:
    unnamed = "select opcode from map_category anti join map_operation on code = opcode"
    assert told(scene, unnamed) == []
    # SigFW's category 2 is 3, 4, 7, 8, 70; TS 29.002's other requests of an HLR to a VLR follow.
    query = "select opcode from map_category where category = '2' order by opcode"
    listed = [opcode for (opcode,) in scene.connection.execute(query).fetchall()]
    assert listed == [3, 4, 7, 8, 18, 37, 38, 60, 61, 70, 89]
