"""Messages of SCTP come out once each, however they were cut, mixed, repeated or moved."""

import struct
from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dissectors.fragments import MOST_FRAGMENTS, MOST_OCTETS, Fragment, Fragments
from tests.mutation import capture
from tests.one_message import reasons
from tests.scenes.chunks import (
    DATA,
    INTERLEAVED_DATA,
    UNORDERED,
    chunk,
    cut,
    data,
    interleaved,
    packet,
    watchdog,
)
from tests.walked import walked


def numbers(frames: list[bytes]) -> list[int]:
    return [row["hop_by_hop"] for row in walked(capture(frames))["diameter_message"]]


SIZES = st.lists(st.integers(1, 90), min_size=1, max_size=4)


@settings(max_examples=60, deadline=None)
@given(
    cuts=st.lists(st.tuples(SIZES, st.integers(0, 3), st.booleans()), min_size=1, max_size=8),
    first=st.sampled_from([0, 1, 2**32 - 3]),
    kind=st.sampled_from([DATA, INTERLEAVED_DATA]),
    random=st.randoms(use_true_random=False),
)
def test_each_message_once(
    cuts: list[tuple[list[int], int, bool]], first: int, kind: int, random: Random
) -> None:
    """Over streams, ordered or not, across the end of the numbers, in any order, some twice."""
    chunks: list[bytes] = []
    for number, (sizes, stream, unordered) in enumerate(cuts):
        pieces = cut(watchdog(number), sizes)
        tsn = first + len(chunks)
        if kind == DATA:
            chunks += data(pieces, tsn, stream, number, UNORDERED * unordered)
        else:
            chunks += interleaved(pieces, tsn, stream, number)
    again = [each for each in chunks if random.random() < 0.3]
    frames = [packet(each) for each in random.sample(chunks + again, len(chunks) + len(again))]
    found = walked(capture(frames))
    assert Counter(row["hop_by_hop"] for row in found["diameter_message"]) == Counter(
        range(len(cuts))
    )
    assert not found["problem"]
    assert found["passed_over"]["sctp: retransmitted chunks"] == len(again)


def test_message_stands_at_the_frame_that_completes_it() -> None:
    first, second, third = data(cut(watchdog(7), [50]), 10)
    frames = [packet(first), packet(third), packet(*data([watchdog(8)], 20)), packet(second)]
    found = walked(capture(frames))["diameter_message"]
    assert [(row["frame"], row["hop_by_hop"]) for row in found] == [(3, 8), (4, 7)]


def test_messages_that_differ_under_one_number_are_all_read() -> None:
    """Captures that were made by hand give every chunk the same numbers."""
    frames = [packet(*data([watchdog(number)], 1)) for number in (1, 2, 3)]
    assert numbers(frames) == [1, 2, 3]


def test_restarted_association_and_another_are_new() -> None:
    """The same octets under another verification tag or other ports (RFC 9260 5.2)."""
    chunks = data([watchdog(1)], 1)
    frames = [packet(*chunks), packet(*chunks, tag=5), packet(*chunks, port=9999)]
    assert numbers(frames) == [1, 1, 1]


def test_second_path_of_an_association_carries_no_second_message() -> None:
    """Retransmissions take another address (RFC 9260 6.4)."""
    frame = packet(*data([watchdog(1)], 1))
    other = frame[:26] + bytes([198, 51, 100, 9]) + frame[30:]
    assert numbers([frame, other]) == [1]


def test_a_fragment_between_others_of_another_message_joins_none() -> None:
    """TSNs in a row, but the stream is another: nothing is put together."""
    pieces = cut(watchdog(7), [50])
    chunks = data(pieces, 1)
    strange = data(pieces, 1, stream=5)
    found = reasons(*map(packet, [chunks[0], strange[1], *chunks[2:]]))
    assert set(found) == {"sctp: rest of a fragmented message does not follow"}
    assert len(found) == 3


def test_joining_midway_is_told_once_a_message() -> None:
    frames = [packet(each) for each in data(cut(watchdog(7), [20]), 1)[1:]]
    frames += [packet(*data([watchdog(8)], 50))]
    assert numbers(frames) == [8]
    assert reasons(*frames) == ["sctp: rest of a fragmented message does not follow"]


@pytest.mark.parametrize(
    ("protocol", "port", "name"),
    [
        (18, 1, "payloads of S1AP"),
        (60, 1, "payloads of NGAP"),
        (0, 36422, "payloads of X2AP"),
        (0, 29118, "payloads of SGsAP"),
        (0, 1, "payloads of other protocols"),
        (4000000000, 1, "payloads of other protocols"),
    ],
)
def test_what_is_not_decoded_is_counted_by_name(protocol: int, port: int, name: str) -> None:
    body = struct.pack(">IHHI", 1, 0, 0, protocol) + bytes(9)
    found = walked(capture([packet(chunk(DATA, 3, body), port=port)]))
    assert found["passed_over"][f"sctp: {name}"] == 1
    assert not found["problem"]


@pytest.mark.parametrize("port", [3868, 5658, 5868])
def test_diameter_under_dtls_is_told(port: int) -> None:
    record = bytes.fromhex("16 fe fd 0000 000000000000 0004 01000000")
    body = struct.pack(">IHHI", 1, 0, 0, 0) + record
    frame = packet(chunk(DATA, 3, body), port=port)
    assert reasons(frame) == ["sctp: Diameter under DTLS"]


def test_fragments_stay_bounded() -> None:
    """However many messages are begun, or however long one is; what gives way is told."""
    fragments = Fragments(0)
    for number in range(2 * MOST_FRAGMENTS):
        fragments.add(number.to_bytes(4, "big"), 0, Fragment(b"x", True, False, number))
        assert fragments.too_many() == [number - MOST_FRAGMENTS] * (number >= MOST_FRAGMENTS)
    assert len(fragments.left_over()) == MOST_FRAGMENTS
    for number in range(40):
        fragments.add(b"", 7 + number, Fragment(bytes(1 << 20), number == 0, False, number))
        fragments.too_many()
        assert fragments.octets <= MOST_OCTETS
    fragments.left_over()
    assert (fragments.octets, fragments.fragments) == (0, {})
    assert (fragments.first_by_last, fragments.last_by_first) == ({}, {})
