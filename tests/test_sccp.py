"""SCCP: messages of every type, in one piece and in segments, and what is only counted."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.mutation import FROM, TO, capture, in_sctp
from tests.one_message import begin, components, dialogue, element, invoke
from tests.scenes.sigtran import (
    INTERNATIONAL,
    Address,
    counted,
    ludt,
    m3ua_data,
    returned,
    segments,
    udt,
    xudt,
)
from tests.walked import Row, Walked, walked

NUMBER = bytes.fromhex("91 44 77 00 09 00 70")
DATA = element("30", element("04", bytes.fromhex("62 99 00 00 00 00 00 f1")), element("81", NUMBER))
LONG = begin(dialogue("04 00 00 01 00 01 03"), components(invoke(2, DATA), *[invoke(2, DATA)] * 6))
OWN_OF_A_FRAME = {"id", "frame", "seen_at", "path_id", "sccp_type", "digest"}


def read(*messages: bytes) -> Walked:
    """What the walker makes of SCCP messages, a frame each."""
    sent = (m3ua_data("2-100-1", "2-100-2", INTERNATIONAL, message) for message in messages)
    return walked(capture(in_sctp(octets, 3, number) for number, octets in enumerate(sent)))


def told(found: Walked) -> list[str]:
    return [f"{row['layer']}: {row['reason']}" for row in found["problem"]]


def counts(found: Walked) -> Row:
    return {what: count for what, count in found["passed_over"].items() if count}


def same_of_all(found: Walked) -> list[Row]:
    """The components' rows, but for what is of the frame."""
    return [
        {name: value for name, value in row.items() if name not in OWN_OF_A_FRAME}
        for row in found["map_component"]
    ]


WHOLE = same_of_all(read(ludt(TO, FROM, LONG)))
SHORT = begin(components(invoke(2, DATA)))


def test_ludt_is_read() -> None:
    assert len(WHOLE) == 7
    assert {row["imsi"] for row in WHOLE} == {"269900000000001"}
    assert {row["calling_gt"] for row in WHOLE} == {FROM.digits}


@pytest.mark.parametrize(
    ("message", "kind", "cause"),
    [
        (udt(TO, FROM, SHORT), 9, None),
        (returned(TO, FROM, SHORT, 1), 10, 1),
        (xudt(TO, FROM, SHORT), 17, None),
        (b"\x12\x07" + xudt(TO, FROM, SHORT)[2:], 18, 7),
        (ludt(TO, FROM, SHORT), 19, None),
        (ludt(TO, FROM, SHORT, 3), 20, 3),
    ],
    ids=["UDT", "UDTS", "XUDT", "XUDTS", "LUDT", "LUDTS"],
)
def test_messages_of_every_type(message: bytes, kind: int, cause: int | None) -> None:
    found = read(message)
    (row,) = found["map_component"]
    assert (row["sccp_type"], row.get("return_cause")) == (kind, cause)
    assert (row["imsi"], row["called_gt"]) == ("269900000000001", TO.digits)
    assert not found["problem"]


@given(st.sets(st.integers(1, len(LONG) - 1), max_size=14), st.integers(0, 0xFFFFFF))
@settings(max_examples=60, deadline=None)
def test_any_split_gives_the_rows_of_the_whole(cuts: set[int], reference: int) -> None:
    places = sorted({0, *cuts, len(LONG) // 2, len(LONG)})  # no XUDT holds the whole
    parts = [LONG[start:end] for start, end in pairwise(places)]
    found = read(*segments(TO, FROM, parts, reference))
    assert same_of_all(found) == WHOLE
    assert {row["frame"] for row in found["map_component"]} == {len(parts)}
    assert not found["problem"]


@given(st.permutations(range(4)), st.booleans())
@settings(max_examples=20, deadline=None)
def test_segments_in_any_order_between_those_of_another(order: list[int], twice: bool) -> None:
    ours = segments(TO, FROM, [LONG[:60], LONG[60:110], LONG[110:200], LONG[200:]], 7)
    other = segments(TO, FROM, [LONG[:100], LONG[100:]], 8)
    sent = [ours[number] for number in order]
    found = read(other[0], *sent[:3], *sent[:1] * twice, other[1], sent[3])
    assert same_of_all(found) == WHOLE * 2
    assert not found["problem"]
    assert counts(found) == ({"sccp: segments that came again": 1} if twice else {})
    kinds = {row["kind"] for row in found["anomaly"] if row["layer"] == "sccp"}
    assert kinds == (set() if order == sorted(order) else {"segments out of order"})


def test_what_evades_by_segments_is_noted() -> None:
    """A first segment that holds no operation; a short message in two; both are read."""
    found = read(*segments(TO, FROM, [SHORT[:10], SHORT[10:]], 7))
    (row,) = found["map_component"]
    assert row["imsi"] == "269900000000001"
    assert {(each["component_id"], each["kind"]) for each in found["anomaly"]} == {
        (row["id"], "first segment of less than 40 octets"),
        (row["id"], "segments of a message that fits into one"),
    }


def test_segments_of_returned_messages() -> None:
    found = read(*segments(TO, FROM, [LONG[:100], LONG[100:]], 7, kind=18))
    assert {row["return_cause"] for row in found["map_component"]} == {8}


def test_segments_whose_rest_does_not_come() -> None:
    first, _ = segments(TO, FROM, [LONG[:100], LONG[100:]], 7)
    _, last = segments(TO, FROM, [LONG[:100], LONG[100:]], 8)
    found = read(first, last)
    assert told(found) == ["sccp: rest of a segmented message does not follow"] * 2
    assert [row["frame"] for row in found["problem"]] == [1, 2]


def test_a_first_segment_with_the_same_reference_begins_anew() -> None:
    old = segments(TO, FROM, [bytes(100), bytes(100)], 7)
    new = segments(TO, FROM, [LONG[:100], LONG[100:]], 7)
    found = read(old[0], *new)
    assert same_of_all(found) == WHOLE
    assert told(found) == ["sccp: rest of a segmented message does not follow"]


def test_a_segment_with_other_octets_is_told_and_changes_nothing() -> None:
    parts = [LONG[:100], LONG[100:150], LONG[150:]]
    sent = segments(TO, FROM, parts, 7)
    other = segments(TO, FROM, [parts[0], bytes(50), parts[2]], 7)[1]
    found = read(*sent[:2], other, sent[2])
    assert same_of_all(found) == WHOLE
    assert told(found) == ["sccp: segment came again with other octets, they are not read"]


def test_a_segment_beyond_those_announced_is_told() -> None:
    stray = segments(TO, FROM, [b"x"] * 9, 7)[1]  # says that seven remain
    found = read(stray, *segments(TO, FROM, [LONG[:100], LONG[100:]], 7))
    assert same_of_all(found) == WHOLE
    assert told(found) == ["sccp: segment beyond those that the first announces"]


def test_a_segmentation_parameter_of_another_length_is_told() -> None:
    message = xudt(TO, FROM, SHORT)[:-4] + bytes([16, 3, 0xC1, 0, 0, 0])
    found = read(message)
    assert told(found) == ["sccp: segmentation parameter is not of 4 octets"]
    assert len(found["map_component"]) == 1


@pytest.mark.parametrize(
    "message", [udt(TO, FROM, SHORT), xudt(TO, FROM, SHORT), ludt(TO, FROM, SHORT)]
)
def test_messages_cut_anywhere_are_told(message: bytes) -> None:
    found = read(*(message[:length] for length in range(1, len(message) - 4)))
    assert len(found["problem"]) == len(message) - 5
    assert not found["map_component"]


def to_subsystem(ssn: int, data: bytes, calling: int = 254) -> bytes:
    return udt(Address("1234", ssn), Address("5678", calling), data)


@pytest.mark.parametrize(
    ("message", "what"),
    [
        # management (Q.713 5.2)
        (to_subsystem(1, bytes([2, 6, 1, 0, 0]), 1), "sccp: management: subsystem prohibited"),
        (to_subsystem(1, bytes([3, 6, 1, 0, 0]), 1), "sccp: management: subsystem status test"),
        # subsystems without TCAP (TS 23.003 8.2)
        (to_subsystem(254, bytes([0, 4, 0x30])), "sccp: messages of BSSAP"),
        (to_subsystem(142, bytes([0, 0x13, 0x40])), "sccp: messages of RANAP"),
        (to_subsystem(98, bytes([9, 1])), "sccp: messages of BSSAP+"),
        (to_subsystem(3, bytes([1, 1])), "sccp: messages of ISUP"),
        # ANSI TCAP (T1.114.3)
        (to_subsystem(8, bytes.fromhex("e2 02 c7 00")), "tcap: ANSI: query with permission"),
        (to_subsystem(8, bytes.fromhex("f6 02 c7 00")), "tcap: ANSI: abort"),
        # users of TCAP
        (to_subsystem(241, begin(components(invoke(0)))), "tcap: messages of INAP"),
        (to_subsystem(12, begin(dialogue("00 11 89 42 03 00"))), "tcap: messages of INAP"),
        (to_subsystem(12, begin(dialogue("04 00 01 01 01 00"))), "tcap: messages of INAP"),
        (to_subsystem(4, begin(components(invoke(0)))), "tcap: messages of OMAP"),
        (
            to_subsystem(200, begin(components(invoke(0)))),
            "tcap: messages of users other than MAP, CAP and INAP",
        ),
        # connections (Q.713 4.2)
        (bytes.fromhex("01 00 00 01 02 02 04 02 42 8e 00"), "sccp: connection requests to RANAP"),
        (
            bytes.fromhex("01 00 00 01 02 02 06 04 43 01 00 fe 00"),
            "sccp: connection requests to BSSAP",
        ),
        (bytes.fromhex("06 00 00 01 00 01 01 00"), "sccp: messages of connections"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_counted_by_what_it_is(message: bytes, what: str) -> None:
    found = read(message)
    assert counts(found) == {what: 1}
    assert not found["problem"]
    assert not found["map_component"]


@pytest.mark.parametrize("ssn", [1, 3, 98, 142, 254])
def test_map_to_a_subsystem_that_is_not_its_own_is_read(ssn: int) -> None:
    """Nobody hides an operation of MAP behind a subsystem number."""
    found = read(to_subsystem(ssn, begin(dialogue("04 00 00 01 00 1d 03"), components(invoke(71)))))
    assert [(row["opcode"], row["called_ssn"]) for row in found["map_component"]] == [(71, ssn)]


def test_a_context_of_inap_to_a_subsystem_of_map_hides_nothing() -> None:
    found = read(to_subsystem(6, begin(dialogue("04 00 01 01 01 00"), components(invoke(71)))))
    assert [row["opcode"] for row in found["map_component"]] == [71]


def test_unknown_optional_parameters() -> None:
    """Optional parameters that nobody knows are gone over."""
    message = xudt(TO, FROM, SHORT)[:-4] + bytes([250]) + counted(bytes(9)) + bytes([0])
    assert len(read(message)["map_component"]) == 1
