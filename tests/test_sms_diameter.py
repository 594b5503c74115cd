"""Short messages over Diameter (TS 29.338): SGd's requests and answers, in rows as MAP's."""

import json

import pytest

from tests.mutation import capture, in_sctp
from tests.scenes import diameter
from tests.scenes.digits import tbcd
from tests.short_messages import EIGHT_BIT, GSM, SENDER, deliver, user_data
from tests.walked import walked

SGD = 16777313
FROM_SUBSCRIBER, TO_SUBSCRIBER = 8388645, 8388646
IMSI = "620990000000001"
SUBMIT = b"\x01\x07" + SENDER + b"\0\0" + user_data("code 482913", GSM)
STAMP = bytes.fromhex("62301080000000")


def message(command: int, tpdu: bytes, request: bool = True, imsi: str = IMSI) -> bytes:
    """A message whose TPDU stands in front of the subscriber's identity."""
    avps = [
        *diameter.session("smsc.example", 1),
        *diameter.origin("smsc.example", "example"),
        diameter.ours(3301, tpdu),
        diameter.ours(3300, tbcd("233590000100")),
        diameter.avp(1, imsi),
    ]
    return diameter.message(command, request, 1, 2, avps, SGD)


def frame(command: int, tpdu: bytes, request: bool = True, imsi: str = IMSI) -> bytes:
    return in_sctp(message(command, tpdu, request, imsi), 46)


@pytest.mark.parametrize(
    ("command", "request_", "tpdu", "kind", "terminated"),
    [
        (TO_SUBSCRIBER, True, deliver("code 482913", GSM), 0, 1),
        (TO_SUBSCRIBER, False, b"\x00\x00", 0, 0),
        (FROM_SUBSCRIBER, True, SUBMIT, 1, 0),
        (FROM_SUBSCRIBER, False, b"\x01\x00" + STAMP, 1, 1),
    ],
)
def test_both_commands(
    command: int, request_: bool, tpdu: bytes, kind: int, terminated: int
) -> None:
    found = walked(capture([frame(command, tpdu, request_)]))
    (row,), (carrier,) = found["sms"], found["diameter_message"]
    assert not found["problem"] and not found["anomaly"]
    assert row["component_id"] == carrier["id"]
    assert (row["tp_mti"], row["mobile_terminated"]) == (kind, terminated)
    if request_:
        assert (row["tp_address"], row["otp_likelihood"]) == ("447700900001", 90)


def test_parts_are_put_together_by_subscriber() -> None:
    """Alike messages to two subscribers, in turn."""
    parts = [
        deliver(text, GSM, bytes([5, 0, 3, 1, 2, number]))
        for number, text in enumerate(("code 48", "2913"), 1)
    ]
    other = "620990000000002"
    frames = [frame(TO_SUBSCRIBER, part, True, imsi) for part in parts for imsi in (IMSI, other)]
    found = walked(capture(frames))
    assert not found["problem"]
    assert [row.get("otp_likelihood") for row in found["sms"]] == [None, None, 90, 90]


def test_what_is_odd_is_told_with_its_message() -> None:
    tpdu = deliver("hello", GSM) + b"\x00"
    found = walked(capture([frame(TO_SUBSCRIBER, b"\x00"), frame(TO_SUBSCRIBER, tpdu)]))
    (anomaly,) = (row for row in found["anomaly"] if row["kind"] == "octets behind the user data")
    assert anomaly["component_id"] == found["diameter_message"][1]["id"]
    assert anomaly["octet"] == message(TO_SUBSCRIBER, tpdu).index(tpdu) + len(tpdu) - 1


def test_nothing_depends_on_the_text() -> None:
    told = set()
    for text in ("INVENTED SAMPLE one two", "ANOTHER ONE, as long XX"):
        found = walked(capture([frame(TO_SUBSCRIBER, deliver(text, EIGHT_BIT))]))
        told.add(json.dumps(found, default=str))
    assert len(told) == 1
