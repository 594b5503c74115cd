"""Diameter over TCP comes out message by message, each once, however the segments came."""

from collections import Counter
from random import Random
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.mutation import capture
from tests.one_message import reasons
from tests.scenes.chunks import watchdog
from tests.scenes.segments import segment
from tests.walked import Walked, walked

AGAIN = "tcp: retransmitted segments"
SKIPPED = "tcp: octets up to where a message of Diameter begins"
MISSING = "tcp: octets that are not in the capture"
NO_REST = "tcp: message's rest does not follow"
GAP = "tcp: octets before this segment are not in the capture"


def numbers(found: Walked) -> list[int]:
    return [row["hop_by_hop"] for row in found["diameter_message"]]


def stream(sizes: list[int]) -> bytes:
    return b"".join(watchdog(number, size) for number, size in enumerate(sizes))


def pieces(octets: bytes, random: Random) -> list[tuple[int, bytes]]:
    """Cut, with the place of each piece."""
    found = []
    place = 0
    while place < len(octets):
        size = random.choice((1, 7, 40, 150, 400, 1400))
        found.append((place, octets[place : place + size]))
        place += size
    return found


STREAMS = st.lists(st.sampled_from([0, 0, 30, 700]), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(
    sizes=STREAMS,
    first=st.sampled_from([1, 2**31 - 90, 2**32 - 90]),
    random=st.randoms(use_true_random=False),
)
def test_each_message_once(sizes: list[int], first: int, random: Random) -> None:
    """In any order, cut in two ways that overlap, some of it several times."""
    octets = stream(sizes)
    once = pieces(octets, random)
    again = [piece for piece in pieces(octets, random) if random.random() < 0.5]
    mixed = random.sample(once + again, len(once) + len(again))
    frames = [segment(b"", first - 1, "S")]
    frames += [segment(piece, first + place) for place, piece in mixed]
    found = walked(capture(frames))
    assert Counter(numbers(found)) == Counter(range(len(sizes)))
    assert not found["problem"]
    assert found["passed_over"][MISSING] == found["passed_over"][SKIPPED] == 0


@settings(max_examples=40, deadline=None)
@given(sizes=STREAMS, cut=st.integers(1, 400), random=st.randoms(use_true_random=False))
def test_joining_midway_loses_what_was_begun(sizes: list[int], cut: int, random: Random) -> None:
    octets = stream([600, *sizes])
    frames = [segment(piece, 5 + place) for place, piece in pieces(octets[cut:], random)]
    found = walked(capture(frames))
    assert numbers(found) == list(range(1, 1 + len(sizes)))
    assert found["passed_over"][SKIPPED] == len(watchdog(0, 600)) - cut
    assert not found["problem"]


@settings(max_examples=40, deadline=None)
@given(sizes=STREAMS, random=st.randoms(use_true_random=False))
def test_a_gap_costs_the_messages_that_it_touches(sizes: list[int], random: Random) -> None:
    """It never fills: what is behind it is read, at the frames that brought it."""
    octets = stream(sizes) + watchdog(99)
    once = pieces(octets, random)
    lost = random.randrange(len(once))
    place, piece = once.pop(lost)
    frames = [segment(b"", 0, "S")] + [segment(each, 1 + at) for at, each in once]
    found = walked(capture(frames))
    start, whole = 0, []
    for number, size in [*enumerate(sizes), (99, 0)]:
        end = start + len(watchdog(number, size))
        if end <= place or start >= place + len(piece):
            last = sum(at < end for at, _ in once)
            whole.append((1 + last, number))
        start = end
    rows = [(row["frame"], row["hop_by_hop"]) for row in found["diameter_message"]]
    assert rows == whole
    behind = lost < len(once)
    assert found["passed_over"][MISSING] == len(piece) * behind
    told = {f"{row['layer']}: {row['reason']}" for row in found["problem"]}
    assert told <= {GAP, NO_REST}
    assert (GAP in told) == behind


def test_gap_is_given_up_when_much_is_behind_it() -> None:
    frames = [segment(watchdog(0), 1)]
    lost = 1 + 2 * len(watchdog(0))
    octets = b"".join(watchdog(number, 60_000) for number in range(1, 25))
    frames += [segment(octets[at : at + 9000], lost + at) for at in range(0, len(octets), 9000)]
    found = walked(capture(frames))
    assert numbers(found) == list(range(25))
    assert found["passed_over"][MISSING] == len(watchdog(0))
    assert [(row["frame"], row["reason"]) for row in found["problem"]] == [(2, GAP[5:])]


def test_message_stands_at_the_frame_that_completes_it() -> None:
    octets = stream([0, 100])
    frames = [
        segment(b"", 0, "S"),
        segment(octets[50:90], 51),
        segment(octets[:50], 1),
        segment(octets[90:], 91),
    ]
    rows = walked(capture(frames))["diameter_message"]
    assert [(row["frame"], row["message"]) for row in rows] == [(4, 1), (4, 2)]


def test_what_keeps_a_connection_alive_changes_nothing() -> None:
    """RFC 9293 3.8.4: an octet that was sent already, or none."""
    octets = stream([0, 0])
    frames = [segment(octets[:60], 1), segment(octets[59:60], 60, "A"), segment(b"", 60, "A")]
    found = walked(capture([*frames, segment(octets[60:], 61)]))
    assert numbers(found) == [0, 1]
    assert found["passed_over"][AGAIN] == 1


def test_captures_with_one_number_for_all_lose_nothing() -> None:
    frames = [segment(watchdog(number, number % 3 * 40), 1000) for number in range(6)]
    assert numbers(walked(capture(frames))) == list(range(6))


def test_connection_that_begins_anew() -> None:
    """On the same ports, with RST before it or without; the rest of the old one is told."""
    whole = watchdog(1)
    frames = [segment(whole[:50], 1), segment(b"", 51, "R"), segment(b"", 7_000_000, "S")]
    found = walked(capture([*frames, segment(whole, 7_000_001), segment(b"", 9, "FA")]))
    assert numbers(found) == [1]
    assert [row["reason"] for row in found["problem"]] == [NO_REST[5:]]


def test_no_message_between_messages_is_told_and_left() -> None:
    strange = b"\x05 no Diameter at all"
    octets = watchdog(1) + strange + watchdog(2)
    found = walked(capture([segment(octets, 1)]))
    assert numbers(found) == [1, 2]
    assert found["passed_over"][SKIPPED] == len(strange)
    told = "tcp: what follows in a stream of Diameter is no message"
    assert reasons(segment(octets, 1)) == [told]


@pytest.mark.parametrize("server", [3868, 5658, 5868])
def test_diameter_under_tls_is_counted(server: int) -> None:
    """From the beginning, or behind a capabilities exchange in clear (RFC 6733 13.1)."""
    record = bytes.fromhex("16 03 03 00 20") + bytes(32)
    octets = watchdog(1) + record
    frames = [segment(octets, 1, server=server), segment(record, 1 + len(octets), server=server)]
    found = walked(capture(frames))
    assert numbers(found) == [1]
    assert [row["reason"] for row in found["problem"]] == ["Diameter under TLS begins"]
    assert found["passed_over"]["tcp: segments of Diameter under TLS"] == 1
    alone = walked(capture([segment(record, 1, server=server)]))
    assert [row["reason"] for row in alone["problem"]] == ["Diameter under TLS begins"]


def test_waiting_octets_are_bounded() -> None:
    """The flows that wait longest give way, and each is told."""
    whole = watchdog(1, 500)
    frames = [segment(whole[:500], 1, port=port) for port in range(1000, 1100)]
    frames.append(segment(whole[500:], 501, port=1099))
    with patch("dissectors.tcp_waiting.MOST_OCTETS", 10_000):
        found = walked(capture(frames))
    assert numbers(found) == [1]
    assert [row["frame"] for row in found["problem"]][:80] == list(range(1, 81))
    assert len(found["problem"]) == 99


def test_flood_of_flows_is_stood() -> None:
    """More than the table holds; those that are still there go on."""
    whole = watchdog(1)
    frames = [
        segment(whole[:40], 1, port=number % 60_000, server=3868 + 1790 * (number // 60_000))
        for number in range(5000)
    ]
    small = [frame[:26] + n.to_bytes(4, "big") + frame[30:] for n, frame in enumerate(frames * 5)]
    last = [segment(whole[:40], 1, port=9), segment(whole[40:], 41, port=9)]
    found = walked(capture([*small, *last]))
    assert numbers(found) == [1]
    assert len(found["problem"]) == len(small)
