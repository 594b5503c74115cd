"""Small captures against the verdicts that they must give, for what captures can show.

Each scene is attacked and answered, attacked and refused, or quiet; beside three thousand everyday
requests over a day where a pass takes them.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from sigaudit import detect, detector, measure
from sigaudit.attestation import Answer
from sigaudit.framework import controls
from sigaudit.framework_text import inherited
from sigaudit.judge import covered
from sigaudit.network import Network
from sigaudit.verdict import Evidence
from tests.by_hand import (
    ATI,
    BORDER,
    ERROR,
    INNER,
    INSERT_DATA,
    NETWORK,
    NOON,
    OWN_HLR,
    OWN_IMSI,
    OWN_MSISDN,
    OWN_REALM,
    OWN_SMSC,
    PARTNER_IMSI,
    PARTNER_VLR,
    STRANGER,
    UPDATE_LOCATION,
    Scene,
    empty_scene,
    register,
)

__all__ = ["empty_scene"]  # the fixture `scene`

Tables = dict[str, Any]  # of network.toml
Draw = Callable[[Scene, bool], None]  # the attack, and whether it is answered
ROUTER, OWN_MSC, OTHER_CENTRE = "233590000110", "233590000010", "88213000100"
AUSTRALIAN = "61491570020"
SRI_SM, MT_SMS, MO_SMS, USSD_IN, USSD_ASK = 45, 44, 46, 59, 60
MANY, STEP = 3001, 30  # everyday requests, and the seconds between two: 25 hours in all
ROUTED = {"sms": {"centres": [OWN_SMSC], "home_routers": [ROUTER]}}
DETECTORS, MEASURES = detector.load(), measure.load()
YES = Answer("yes", "A. Mensah", "2026-03-01", "file 7")


def end(scene: Scene, seconds: float, request: int, answered: bool, **columns: Any) -> int:
    if answered:
        return scene.reply(seconds, request, **columns)
    return scene.reply(seconds, request, component_type=ERROR, error_code=21)


def ask(scene: Scene, answered: bool, opcode: int, asker: str, **columns: Any) -> int:
    """One request half an hour into the capture, and its end."""
    request = scene.ask(1800, opcode, asker, **columns)
    end(scene, 1801, request, answered)
    return request


def many(
    scene: Scene, request: int, reply: int, times: int = MANY, step: float = STEP, each: str = ""
) -> None:
    """The same dialogue again and again; of other subscribers where `each` is imsi or msisdn."""
    other = f", {each} + i as {each}" if each else ""
    scene.connection.execute(
        f"""
        insert into map_common by name
        select * exclude (i) replace (
          id + i * 1000 as id, frame + i * 1000 as frame, otid + i * 1000 as otid,
          dtid + i * 1000 as dtid, digest + i * 7919 as digest,
          seen_at + to_milliseconds((i * {step} * 1000)::bigint) as seen_at{other}
        )
        from map_common, range(1, {times}) as many (i) where id in ({request}, {reply})
        """
    )
    for table in ("sms", "ussd", "map_routing", "map_rare"):
        key = "component_id" if table in ("sms", "ussd") else "id"
        scene.connection.execute(
            f"""
            insert into {table} by name
            select * exclude (i) replace ({key} + i * 1000 as {key})
            from {table}, range(1, {times}) as many (i) where {key} in ({request}, {reply})
            """
        )


def everyday(scene: Scene) -> None:
    """A partner asks for routes of subscribers who are switched off."""
    request = scene.ask(5, SRI_SM, PARTNER_VLR, msisdn=OWN_MSISDN)
    many(scene, request, end(scene, 6, request, False))


def interrogation(scene: Scene, answered: bool) -> None:
    ask(scene, answered, ATI, STRANGER, imsi=OWN_IMSI)


def profile(scene: Scene, answered: bool) -> None:
    ask(scene, answered, INSERT_DATA, AUSTRALIAN, imsi=OWN_IMSI)


def vectors(scene: Scene, answered: bool) -> None:
    register(scene, 10, PARTNER_VLR)
    ask(scene, answered, 56, STRANGER, imsi=OWN_IMSI)


def centre(scene: Scene, answered: bool) -> None:
    request = ask(scene, answered, MT_SMS, PARTNER_VLR, imsi=OWN_IMSI, service_centre=OWN_SMSC)
    scene.insert("sms", component_id=request, mobile_terminated=True)


def own_title(scene: Scene, answered: bool) -> None:
    ask(scene, answered, UPDATE_LOCATION, "233590000099", imsi=OWN_IMSI, vlr_number=PARTNER_VLR)


def unlisted(scene: Scene, answered: bool) -> None:
    ask(scene, answered, UPDATE_LOCATION, STRANGER, imsi=OWN_IMSI, vlr_number=STRANGER)


def own_realm(scene: Scene, answered: bool) -> None:
    names = {"imsi": OWN_IMSI, "destination_realm": OWN_REALM}
    number = scene.diameter(1800, 316, OWN_REALM, **names)
    scene.diameter(
        1801,
        316,
        OWN_REALM,
        is_request=False,
        hop_by_hop=number,
        end_to_end=number,
        result_code=2001 if answered else 5004,
        source_address="192.0.2.1",
        destination_address="198.51.100.7",
    )


def silent(scene: Scene, answered: bool) -> None:
    request = ask(scene, answered, MT_SMS, STRANGER, imsi=OWN_IMSI, service_centre=STRANGER)
    scene.insert("sms", component_id=request, mobile_terminated=True, tp_pid=64)


def service_code(scene: Scene, answered: bool) -> None:
    register(scene, 10, PARTNER_VLR)
    request = ask(scene, answered, USSD_IN, STRANGER, destination_reference=OWN_IMSI)
    scene.insert("ussd", component_id=request, from_subscriber=True, service_code="170")


BORDER_CASES: dict[str, Draw] = {
    "SS7-FW-01": interrogation,
    "SS7-FW-02": profile,
    "SS7-FW-03": vectors,
    "SS7-FW-04": centre,
    "SS7-FW-05": own_title,
    "SS7-FW-06": unlisted,
    "SS7-FW-07": own_realm,
    "SS7-MNO-06": silent,
    "USSD-3.7": service_code,
}


def captured(scene: Scene, point: str, hours: float = 25.5) -> dict[str, Any]:
    """network.toml's table of where the capture was taken; the capture is that long."""
    scene.connection.execute(
        "update input set last_seen = ? where input_id = 1", [NOON + timedelta(hours=hours)]
    )
    return {"capture": [{"point": point}]}


def verdict(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, name: str, answer: bool = False, **tables: Any
) -> dict[str, Any]:
    """The row of one requirement, judged with its own detectors alone."""
    needed = inherited(controls()[name], "detectors")
    chosen = [one for one in DETECTORS if one.id in needed]
    figures = [one for one in MEASURES if one.id in inherited(controls()[name], "measures")]
    monkeypatch.setattr(detect, "load", lambda own: chosen)
    monkeypatch.setattr(measure, "load", lambda: figures)
    network = Network.model_validate(NETWORK | tables)
    network._answers = {name: YES} if answer else {}
    detect.run(scene.connection, network)
    found = scene.connection.execute("from control where id = ?", [name])
    names = [column[0] for column in found.description or []]
    return dict(zip(names, found.fetchall()[0], strict=True))


@pytest.mark.parametrize("name", BORDER_CASES)
def test_an_attack_that_is_answered_departs(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    BORDER_CASES[name](scene, True)
    found = verdict(
        scene, monkeypatch, name
    )  # at an unknown point, in an hour: it departs there too
    assert found["verdict"] == "departed_from", found["reason"]


@pytest.mark.parametrize("name", BORDER_CASES)
def test_an_attack_that_is_refused_at_the_border_all_day_long_is_met(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    everyday(scene)
    BORDER_CASES[name](scene, False)
    found = verdict(scene, monkeypatch, name, **captured(scene, "outside"))
    assert found["verdict"] == "met", found["reason"]


@pytest.mark.parametrize(
    ("point", "hours", "attacked", "expected"),
    [
        ("outside", 25.5, False, "not_assessed"),  # no attack: nothing was put to the test
        ("outside", 23, True, "not_assessed"),
        ("inside", 25.5, False, "met"),
        ("core", 25.5, False, "met"),
        ("inside", 23, False, "not_assessed"),
        ("inside", 25.5, True, "departed_from"),  # it came through, though it was refused there
        ("unknown", 25.5, True, "not_assessed"),
        ("unknown", 25.5, False, "not_assessed"),
    ],
)
def test_a_clean_capture_proves_what_its_place_and_length_allow(
    scene: Scene,
    monkeypatch: pytest.MonkeyPatch,
    point: str,
    hours: float,
    attacked: bool,
    expected: str,
) -> None:
    everyday(scene)
    if attacked:
        interrogation(scene, False)
    found = verdict(scene, monkeypatch, "SS7-FW-01", **captured(scene, point, hours))
    assert found["verdict"] == expected, found["reason"]
    assert found["missing"] or expected != "not_assessed"


def test_a_small_capture_tells_its_bound(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    interrogation(scene, False)
    found = verdict(scene, monkeypatch, "SS7-FW-01", **captured(scene, "outside"))
    assert found["verdict"] == "not_assessed"
    assert "up to 95.00% may leak" in found["reason"]


@pytest.mark.parametrize(
    "excuse",
    [
        {"test": {"imsis": [OWN_IMSI]}},
        {
            "accept": [
                {
                    "operation": ATI,
                    "global_title": STRANGER,
                    "reason": "agreed",
                    "until": date(2026, 12, 31),
                }
            ]
        },
    ],
)
def test_tests_and_agreed_traffic_do_not_depart(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, excuse: dict[str, Any]
) -> None:
    everyday(scene)
    interrogation(scene, True)
    found = verdict(scene, monkeypatch, "SS7-FW-01", **captured(scene, "outside"), **excuse)
    assert found["verdict"] == "not_assessed", found["reason"]


def test_too_many_unknown_networks_prove_nothing(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    everyday(scene)
    ask(scene, False, INSERT_DATA, STRANGER, imsi=OWN_IMSI)
    found = verdict(scene, monkeypatch, "SS7-FW-02", **captured(scene, "outside"))
    assert found["verdict"] == "not_assessed"


def home_routing(scene: Scene) -> Tables:
    """Answers name the home router all day, one message past it is refused, own ones go home."""
    request = scene.ask(5, SRI_SM, PARTNER_VLR, msisdn=OWN_MSISDN)
    told = {"network_node_number": ROUTER, "imsi": "620990999999999", "opcode": SRI_SM}
    many(scene, request, scene.reply(6, request, **told))
    past = ask(scene, False, MT_SMS, PARTNER_VLR, imsi=OWN_IMSI, called_gt=OWN_MSC)
    scene.insert("sms", component_id=past, mobile_terminated=True)
    inside = {"opc": INNER, "dpc": INNER + 1, "imsi": OWN_IMSI, "called_gt": OWN_SMSC}
    sent = scene.ask(7, MO_SMS, OWN_MSC, **inside)
    scene.insert("sms", component_id=sent, mobile_terminated=False)
    many(scene, sent, scene.reply(8, sent))
    return ROUTED | captured(scene, "outside")


def node_told(scene: Scene) -> Tables:
    request = scene.ask(5, SRI_SM, PARTNER_VLR, msisdn=OWN_MSISDN)
    scene.reply(6, request, network_node_number=OWN_MSC, imsi=OWN_IMSI, opcode=SRI_SM)
    return ROUTED


def past_the_router(scene: Scene) -> Tables:
    request = ask(scene, True, MT_SMS, PARTNER_VLR, imsi=OWN_IMSI, called_gt=OWN_MSC)
    scene.insert("sms", component_id=request, mobile_terminated=True)
    return ROUTED


def by_a_centre_abroad(scene: Scene) -> Tables:
    inside = {"opc": INNER, "dpc": BORDER, "imsi": OWN_IMSI, "called_gt": OTHER_CENTRE}
    request = ask(scene, True, MO_SMS, OWN_MSC, **inside)
    scene.insert("sms", component_id=request, mobile_terminated=False)
    return ROUTED


def sent_to_sims(scene: Scene, coded: bool) -> Tables:
    sent = scene.ask(7, MO_SMS, OWN_MSC, opc=INNER, dpc=INNER + 1, imsi=OWN_IMSI)
    facts = {"tp_pid": 127} if coded else {}
    scene.insert("sms", component_id=sent, mobile_terminated=False, tp_address="1", **facts)
    many(scene, sent, scene.reply(8, sent))
    return captured(scene, "inside")


def question(scene: Scene, seconds: float, later: float, called: str, digits: int | None) -> None:
    """USSD questions all day, answered later by so many seconds, maybe with a PIN."""
    border = {"opc": INNER, "dpc": BORDER} if called == PARTNER_VLR else {"opc": INNER, "dpc": 1}
    sent = scene.ask(seconds, USSD_ASK, OWN_HLR, called_gt=called, imsi=OWN_IMSI, **border)
    reply = scene.reply(seconds + later, sent, opcode=USSD_ASK)
    scene.insert("ussd", component_id=sent, from_subscriber=False, asks_for_pin=digits is not None)
    scene.insert("ussd", component_id=reply, from_subscriber=True, pin_digits=digits)
    many(scene, sent, reply)


def answered_later(scene: Scene, later: float) -> Tables:
    question(scene, 5, later, OWN_MSC, None)
    return captured(scene, "inside")


def pins(scene: Scene, abroad: int | None, inside: int | None) -> Tables:
    question(scene, 5, 2, PARTNER_VLR, abroad)
    question(scene, 15, 2, OWN_MSC, inside)
    return captured(scene, "inside")


def ussd_from_outside(scene: Scene, answered: bool) -> Tables:
    everyday(scene)
    ask(scene, answered, USSD_ASK, STRANGER, imsi=OWN_IMSI)
    for hour in range(300):
        scene.dfs(hour / 100, "transfer", outcome="success", imsi_check="match")
    return captured(scene, "outside")


def own_titles_abroad(scene: Scene, opcode: int) -> Tables:
    outwards = {"opc": INNER, "dpc": BORDER, "called_gt": PARTNER_VLR, "imsi": PARTNER_IMSI}
    sent = scene.ask(5, opcode, OWN_HLR, **outwards)
    many(scene, sent, scene.reply(6, sent))
    return captured(scene, "outside")


def messages_after_swaps(scene: Scene, answered: bool) -> Tables:
    for number in range(300):
        scene.swap(-1, msisdn=f"2335901{number:05}", new_imsi=f"62099{number:010}")
    request = scene.ask(9, MT_SMS, OWN_SMSC, opc=INNER, dpc=INNER + 1, imsi="620990000000000")
    scene.insert("sms", component_id=request, mobile_terminated=True)
    many(scene, request, end(scene, 9.5, request, answered), 300, 1, "imsi")
    return {}


def before_its_time(scene: Scene, check: str, early: bool) -> Tables:
    """A message to a new SIM before the check of identity was over, or after."""
    scene.swap(2, requested_at=NOON, id_check=check)
    when = 3600 if early else 3 * 3600
    request = scene.ask(when, MT_SMS, OWN_SMSC, opc=INNER, dpc=INNER + 1, imsi=OWN_IMSI)
    scene.reply(when + 1, request)
    scene.insert("sms", component_id=request, mobile_terminated=True)
    return {}


def alerts(scene: Scene, alerted: int) -> Tables:
    for number in range(300):
        scene.dfs(number / 3600, "transfer", msisdn=f"2335901{number:05}", outcome="success")
    who = {"msisdn": "233590100000", "imsi": OWN_IMSI}
    request = scene.ask(9, MT_SMS, OWN_SMSC, opc=INNER, dpc=INNER + 1, **who)
    scene.insert("sms", component_id=request, mobile_terminated=True, tp_address="ExMoney")
    many(scene, request, scene.reply(9.5, request), alerted, 1, "msisdn")
    return captured(scene, "core")


# requirement, verdict, scene with its tables of network.toml, and whether the operator answers
CASES: list[tuple[str, str, Callable[[Scene], Tables], bool]] = [
    ("SS7-MNO-07", "met", home_routing, False),
    ("SS7-MNO-07", "departed_from", node_told, False),
    ("SS7-MNO-07", "departed_from", past_the_router, False),
    ("SS7-MNO-07", "departed_from", by_a_centre_abroad, False),
    ("SS7-MNO-08", "met", partial(sent_to_sims, coded=False), False),
    ("SS7-MNO-08", "departed_from", partial(sent_to_sims, coded=True), False),
    ("SS7-MNO-02", "met", partial(answered_later, later=20), False),
    ("SS7-MNO-02", "departed_from", partial(answered_later, later=90), False),
    ("SS7-MNO-03", "met", partial(pins, abroad=None, inside=None), True),
    ("SS7-MNO-03", "partly", partial(pins, abroad=None, inside=None), False),
    ("SS7-MNO-03", "partly", partial(pins, abroad=None, inside=4), True),
    ("SS7-MNO-03", "departed_from", partial(pins, abroad=4, inside=None), True),
    ("DSAF-C69@2020", "attested", partial(pins, abroad=None, inside=None), True),
    ("DSAF-C69@2020", "partly", partial(pins, abroad=None, inside=4), False),
    ("SS7-DFS-05", "met", partial(ussd_from_outside, answered=False), False),
    ("SS7-DFS-05", "departed_from", partial(ussd_from_outside, answered=True), False),
    ("FGDFS-R12", "met", partial(own_titles_abroad, opcode=56), False),
    ("FGDFS-R12", "departed_from", partial(own_titles_abroad, opcode=ATI), False),
    ("SIM-MNO-08", "met", partial(messages_after_swaps, answered=False), False),
    ("SIM-MNO-08", "departed_from", partial(messages_after_swaps, answered=True), False),
    ("DSAF-C52@2021", "attested", partial(before_its_time, check="document", early=False), True),
    (
        "DSAF-C52@2021",
        "departed_from",
        partial(before_its_time, check="document", early=True),
        True,
    ),
    ("DSAF-C52@2021", "departed_from", partial(before_its_time, check="none", early=False), True),
    ("AUD-4.4.7", "met", partial(alerts, alerted=300), False),
    ("AUD-4.4.7", "not_assessed", partial(alerts, alerted=1), False),
]
SHOWN = {  # what requirement gives what verdict in the tables here
    *((name, verdict) for name in BORDER_CASES for verdict in ("met", "departed_from")),
    *(case[:2] for case in CASES),
}


@pytest.mark.parametrize(
    ("name", "expected", "draw", "answer"),
    CASES,
    ids=[f"{name} {verdict} {number}" for number, (name, verdict, *_) in enumerate(CASES)],
)
def test_a_capture_gives_its_verdict(
    scene: Scene,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    expected: str,
    draw: Callable[[Scene], Tables],
    answer: bool,
) -> None:
    found = verdict(scene, monkeypatch, name, answer, **draw(scene))
    assert found["verdict"] == expected, found["reason"]


@pytest.mark.parametrize(("idle", "expected"), [(0, "met"), (1, "partly"), (4, "not_assessed")])
def test_classes_of_attacks_are_covered_by_detectors_at_work(idle: int, expected: str) -> None:
    classes = controls()["QREC-Q3066"].classes.values()
    lacks = {
        name: ("diameter_message",) if number < idle else ()
        for number, detectors in enumerate(classes)
        for name in detectors
    }
    found = covered(controls()["QREC-Q3066"], Evidence(at_work=lacks))
    assert found.verdict == expected
    assert found.missing or expected == "met"
