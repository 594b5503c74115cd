"""What became of a request: answered, refused, rejected, aborted, returned, or nothing at all."""

from typing import Any

import pytest

from sigaudit import state
from sigaudit.network import Network
from tests.by_hand import (
    ABORT,
    ATI,
    BEGIN,
    END,
    ERROR,
    INVOKE,
    NETWORK,
    OWN_HLR,
    RESULT,
    STRANGER,
    Scene,
    empty_scene,
)

__all__ = ["empty_scene"]
REJECT, RESULT_NOT_LAST = 164, 167
NO_TRANSLATION = 1  # Q.713 3.12


def outcome(scene: Scene, request: int) -> tuple[Any, ...]:
    state.build(scene.connection, Network.model_validate(NETWORK))
    (found,) = scene.connection.execute(
        "select outcome, answer, reason from map_request where id = ?", [request]
    ).fetchall()
    return tuple(found)


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ({"component_type": RESULT}, ("answered", "answered", None)),
        ({"component_type": RESULT_NOT_LAST}, ("answered", "answered", None)),
        ({"component_type": ERROR, "error_code": 27}, ("refused", "refused", "absentSubscriber")),
        (
            {"component_type": REJECT, "problem": 257},
            ("rejected", "refused", "rejected, problem 1.1"),
        ),
        (
            {"component_type": REJECT, "invoke_id": None, "problem": 2},
            ("rejected", "refused", "rejected, problem 0.2"),
        ),
        (
            {"component_type": None, "component": 0, "tcap_type": ABORT, "abort_cause": 1},
            ("aborted", "refused", "aborted unrecognized transaction id"),
        ),
        (
            {"component_type": None, "component": 0, "tcap_type": ABORT},
            ("aborted", "refused", "aborted by the user"),
        ),
        ({"component_type": None, "component": 0}, ("ended", "refused", "ended without a result")),
    ],
)
def test_what_comes_back(
    scene: Scene, reply: dict[str, Any], expected: tuple[str, str, str | None]
) -> None:
    request = scene.ask(0, ATI, STRANGER)
    scene.reply(1, request, **reply)
    assert outcome(scene, request) == expected


def test_a_returned_message_is_no_request_and_says_why_the_first_failed(scene: Scene) -> None:
    request = scene.ask(0, ATI, STRANGER, otid=7)
    scene.map(
        1, tcap_type=BEGIN, otid=7, invoke_id=1, opcode=ATI, component_type=INVOKE,
        called_gt=STRANGER, calling_gt=OWN_HLR, return_cause=NO_TRANSLATION,
    )  # fmt: skip
    assert outcome(scene, request) == ("returned", "refused", "undelivered, cause 1")
    assert scene.connection.execute("select count(*) from map_request").fetchall() == [(1,)]


def test_an_answer_may_come_from_another_address_and_another_file(scene: Scene) -> None:
    scene.input(4, name="other.pcap")
    request = scene.ask(0, ATI, STRANGER)
    scene.reply(1, request, calling_gt="233590000002", input_id=4)
    assert outcome(scene, request) == ("answered", "answered", None)


def test_a_second_tap_asks_nothing(scene: Scene) -> None:
    request = scene.ask(0, ATI, STRANGER, otid=7, digest=5)
    scene.ask(0.02, ATI, STRANGER, otid=7, digest=5)
    scene.reply(1, request)
    assert outcome(scene, request) == ("answered", "answered", None)
    assert scene.connection.execute("select count(*) from map_request").fetchall() == [(1,)]


def test_a_transaction_used_again_before_the_answer_is_ambiguous(scene: Scene) -> None:
    request = scene.ask(0, ATI, STRANGER, otid=7)
    again = scene.ask(2, ATI, STRANGER, otid=7)
    scene.reply(3, again)
    assert outcome(scene, request) == ("ambiguous", "unknown", None)
    assert outcome(scene, again) == ("answered", "answered", None)


def test_a_transaction_used_again_later_is_another(scene: Scene) -> None:
    request = scene.ask(0, ATI, STRANGER, otid=7)
    scene.reply(1, request)
    again = scene.ask(2, ATI, STRANGER, otid=7)
    scene.reply(3, again, component_type=ERROR, error_code=49)
    assert outcome(scene, request) == ("answered", "answered", None)
    assert outcome(scene, again) == ("refused", "refused", "ati-NotAllowed")


def test_nothing_came(scene: Scene) -> None:
    request = scene.ask(0, ATI, STRANGER)
    assert outcome(scene, request)[0] == "open"


def test_end_of_another_dialogue_is_not_its_own(scene: Scene) -> None:
    request = scene.ask(0, ATI, STRANGER, otid=7)
    scene.map(1, tcap_type=END, dtid=8, component=0, called_gt=STRANGER)
    assert outcome(scene, request)[0] == "open"


def test_cap_requests(scene: Scene) -> None:
    scene.insert("path", id=1)
    for number, gt in ((1, STRANGER), (2, OWN_HLR)):
        scene.insert("sccp_address", id=number, gt=gt)
    common = {"frame": 1, "message": 1, "component": 1, "path_id": 1, "invoke_id": 1}
    scene.insert(
        "cap_component", **common, id=1 << 38, seen_at="2026-03-01 12:00:00", calling_id=1,
        called_id=2, tcap_type=BEGIN, otid=7, component_type=INVOKE, opcode=0, digest=1,
    )  # fmt: skip
    scene.insert(
        "cap_component", **common, id=(1 << 38) + 1, seen_at="2026-03-01 12:00:01", calling_id=2,
        called_id=1, tcap_type=END, dtid=7, component_type=ERROR, error_code=4, digest=2,
    )  # fmt: skip
    state.build(scene.connection, Network.model_validate(NETWORK))
    assert scene.connection.execute(
        "select outcome, answer, reason from cap_request"
    ).fetchall() == [("refused", "refused", "error 4")]
