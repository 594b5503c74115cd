"""pycrate's opinion on messages that look odd; expectations from what pycrate is known to do."""

from pathlib import Path

import pytest

from dissectors import second_look
from dissectors.apart import answers_within
from dissectors.second_look import (
    CAP,
    DECODED,
    DIAMETER,
    IN_PART,
    MAP,
    NO_ANSWER,
    NOT_TRIED,
    REFUSED,
    Odd,
)
from sigaudit import ingest, store
from tests.mutation import capture, in_sccp
from tests.test_anomalies import IMSI, message, sequence

REQUESTED = "a2 02 80 00"  # requestedInfo { locationInformation }
PLAIN = sequence("80 08" + IMSI, REQUESTED)
LONG_ID = message(PLAIN, otid="48 08 00 00 00 00 00 00 00 01")
TWICE = message(sequence("80 08" + IMSI, "80 08" + IMSI, REQUESTED))
GLOBAL = message(PLAIN, "06 03 00 00 46")


EXPECTED = (
    (MAP, message(PLAIN), DECODED),
    (MAP, GLOBAL, IN_PART),
    (MAP, LONG_ID, REFUSED),
    (MAP, b"", REFUSED),
    (CAP, b"\x62\x03", REFUSED),
    (DIAMETER, bytes.fromhex("01000014 80000101 00000000 00000001 00000002"), DECODED),
    (DIAMETER, b"\x01", REFUSED),
)


def test_opinions() -> None:
    """In the process of its own, for other tests let pycrate accept more."""
    messages = [Odd(1, 1, "", "", user, octets) for user, octets, _ in EXPECTED]
    outcomes = [opinion.outcome for _, opinion in second_look.second_look(messages)]
    assert outcomes == [outcome for _, _, outcome in EXPECTED]


def test_odd_messages_of_a_capture_are_looked_at_again(tmp_path: Path) -> None:
    path = tmp_path / "odd.pcap"
    path.write_bytes(capture([in_sccp(octets) for octets in (message(PLAIN), LONG_ID, TWICE)]))
    with store.connected(tmp_path / "audit.duckdb") as connection:
        ingest.ingest(connection, [path])
        rows = connection.execute(
            "select frame, layer, kind, outcome, error from second_look order by all"
        ).fetchall()
    assert rows == [
        (2, "tcap", "transaction id is not of 1 to 4 octets", REFUSED, "ASN1ObjErr"),
        (3, "map", "element that is there twice", IN_PART, None),
    ]


def test_no_more_than_some_of_a_kind(tmp_path: Path) -> None:
    path = tmp_path / "many.pcap"
    path.write_bytes(capture(in_sccp(LONG_ID, number) for number in range(250)))
    with store.connected(tmp_path / "audit.duckdb") as connection:
        ingest.ingest(connection, [path])
        looked = connection.execute("select count(*) from second_look").fetchall()
        rest = connection.execute(
            "select frames from passed_over where layer = 'second look'"
        ).fetchall()
    assert (looked, rest) == ([(200,)], [(50,)])


def fail_or_hang(request: str) -> str:
    if request == "hang":
        while True:
            pass
    if request == "exit":
        raise SystemExit(1)
    return request


def test_what_hangs_or_ends_its_process_gives_no_answer() -> None:
    requests = ["one", "hang", "two", "exit", "three"]
    assert list(answers_within(2.0, fail_or_hang, requests)) == ["one", None, "two", None, "three"]


def test_after_too_many_without_an_answer_the_rest_is_not_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(second_look, "answers_within", lambda *_: iter([None] * 8))
    odd = Odd(1, 1, "map", "element that is there twice", MAP, TWICE)
    outcomes = [opinion.outcome for _, opinion in second_look.second_look([odd] * 10)]
    assert outcomes == [NO_ANSWER] * 8 + [NOT_TRIED] * 2
