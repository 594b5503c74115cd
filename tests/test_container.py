"""Containers of frames: byte orders, clocks, interfaces, damage."""

import json
from datetime import datetime, timedelta
from fractions import Fraction
from io import BufferedReader, BytesIO
from math import floor
from pathlib import Path

import pytest

from dissectors import unpacked
from dissectors.capture import NotACaptureError
from dissectors.frames import UnreadableFrameError, frames_of
from dissectors.walker import Summary, walk
from tests.containers import BY_TSHARK, variants
from tests.odd_captures import FRAME, Container, pcap
from tests.walked import walked

NOON = 1_772_366_400  # 2026-03-01 12:00:00 UTC
EARLIEST, LATEST = datetime(1970, 1, 1), datetime(2255, 6, 5, 23, 47, 34, 740991)
MICROSECONDS, NANOSECONDS = 0xA1B2C3D4, 0xA1B23C4D
LITTLE, BIG = Container("<"), Container(">")
OUT_OF_RANGE = [
    {"frame": 1, "layer": "capture", "reason": "time is not from 1970 to 2255"},
]


VARIANTS = variants()
FRAMES_BY_TSHARK = json.loads(BY_TSHARK.read_text("utf-8"))


def microseconds(time: datetime) -> int:
    return (time - EARLIEST) // timedelta(microseconds=1)


def noon(microsecond: int = 0) -> datetime:
    return datetime(2026, 3, 1, 12, 0, 0, microsecond)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(
    ("magic", "fraction"), [(MICROSECONDS, 123_456), (NANOSECONDS, 123_456_789)]
)
def test_pcap_in_both_byte_orders_and_resolutions(order: str, magic: int, fraction: int) -> None:
    found = walked(pcap(order, magic, NOON, fraction))
    assert found["frames"] == 1
    assert found["times"] == [noon(123_456), noon(123_456)]
    assert found["damage"] is None


def test_latest_time_of_pcap() -> None:
    found = walked(pcap("<", MICROSECONDS, 0xFFFFFFFF, 999_999))
    assert found["times"][0] == datetime(2106, 2, 7, 6, 28, 15, 999_999)


@pytest.mark.parametrize("container", [LITTLE, BIG], ids=["little", "big"])
@pytest.mark.parametrize(
    ("exponent", "units"),
    [
        (0, NOON),
        (3, NOON * 10**3 + 250),
        (6, NOON * 10**6 + 250_000),
        (9, NOON * 10**9 + 250_000_999),
        (0x80 | 10, NOON * 1024 + 256),
        (0x80 | 20, NOON * 2**20 + 2**18),
        (0x80 | 33, NOON * 2**33 + 2**31),
    ],
)
def test_time_resolutions(container: Container, exponent: int, units: int) -> None:
    found = walked(container.timed(units, container.resolution(exponent)))
    assert found["times"][0] == noon(250_000 if exponent else 0)
    assert not found["problem"]


@pytest.mark.parametrize("container", [LITTLE, BIG], ids=["little", "big"])
@pytest.mark.parametrize("offset", [-3600, 3600, NOON - 1, -11_644_473_600])
def test_time_offset(container: Container, offset: int) -> None:
    found = walked(container.timed((NOON - offset) * 10**6, container.offset(offset)))
    assert found["times"][0] == noon()
    assert not found["problem"]


@pytest.mark.parametrize("exponent", [0, 6, 9, 127, 0x80, 0x86, 0xC0, 0xFF])
@pytest.mark.parametrize("units", [0, 1 << 63, (1 << 64) - 1])
@pytest.mark.parametrize("offset", [-1, -(1 << 63), (1 << 63) - 1])
def test_extreme_times_stay_in_range(exponent: int, units: int, offset: int) -> None:
    options = BIG.resolution(exponent), BIG.offset(offset)
    found = walked(BIG.timed(units, *options))
    base = 2 if exponent & 0x80 else 10
    microseconds = floor(Fraction(units, base ** (exponent & 0x7F)) * 10**6) + offset * 10**6
    if 0 <= microseconds < 1 << 53 and abs(offset) < 1 << 40:
        assert found["times"][0] == EARLIEST + timedelta(microseconds=microseconds)
        assert not found["problem"]
    else:
        assert found["times"][0] in (EARLIEST, LATEST)
        assert found["problem"] == OUT_OF_RANGE


def test_sections_begin_anew() -> None:
    octets = LITTLE.timed(NOON, LITTLE.resolution(0)) + BIG.timed(NOON * 1000, BIG.resolution(3))
    found = walked(octets)
    assert found["frames"] == 2
    assert found["times"] == [noon(), noon()]


def test_interfaces_have_their_own_clock_and_link_type() -> None:
    octets = LITTLE.section() + LITTLE.interface([LITTLE.resolution(0)], link_type=147)
    octets += LITTLE.interface([LITTLE.resolution(9)])
    octets += LITTLE.packet(NOON, interface=0) + LITTLE.packet(NOON * 10**9, interface=1)
    found = walked(octets)
    assert found["times"] == [noon(), noon()]
    assert [row["reason"] for row in found["problem"]] == ["link type is not read"]
    assert found["passed_over"]["m3ua: management and state messages"] == 1


def test_unknown_options_and_blocks_are_stepped_over() -> None:
    options = [(2, b"eth0\x00"), (9, b"\x00\x00"), LITTLE.resolution(0), (0, b""), (9, b"\x06")]
    octets = LITTLE.section() + LITTLE.block(0x0BAD, b"?" * 7) + LITTLE.interface(options)
    found = walked(octets + LITTLE.packet(NOON))
    assert found["times"][0] == noon()


def test_option_longer_than_its_block() -> None:
    octets = LITTLE.section() + LITTLE.block(1, bytes.fromhex("0100000000000000 0900ffff 00000000"))
    found = walked(octets + LITTLE.packet(NOON * 10**6))
    assert found["times"][0] == noon()


def test_old_and_simple_packets() -> None:
    octets = LITTLE.section() + LITTLE.interface() + LITTLE.old_packet(NOON * 10**6)
    found = walked(octets + LITTLE.simple_packet())
    assert found["frames"] == 2
    assert found["times"] == [noon(), noon()]
    assert found["passed_over"]["m3ua: management and state messages"] == 1
    assert found["passed_over"]["sctp: retransmitted chunks"] == 1


@pytest.mark.parametrize(
    "damage",
    [
        LITTLE.packet(NOON, interface=1),  # an interface that is not there
        b"\x06\x00\x00\x00\x0d\x00\x00\x00" + bytes(12),  # a length that is no multiple of 4
        b"\x06\x00\x00\x00\x00\x00\x00\x00" + bytes(12),  # no length
        b"\x06\x00\x00\x00\xfc\xff\xff\xff" + bytes(12),  # nobody's length
        LITTLE.block(6, b"\x00" * 12 + b"\xff\xff\xff\xff" * 2),  # a frame longer than its block
        LITTLE.block(0x0A0D0D0A, b"\x4d\x3c\x2b\x1b" + bytes(12)),  # no byte order
    ],
)
def test_damage_ends_the_reading_and_is_told(damage: bytes) -> None:
    sound = LITTLE.timed(NOON * 10**6)
    found = walked(sound + damage + LITTLE.packet(NOON * 10**6))
    assert found["frames"] == 1
    assert found["damage"] == f"no sound record at octet {len(sound)}, behind frame 1"


@pytest.mark.parametrize("octets", [LITTLE.timed(NOON), pcap("<", MICROSECONDS, NOON, 0)])
def test_cut_anywhere_is_told(octets: bytes) -> None:
    whole = walked(octets)
    assert whole["frames"] == 1
    for end in range(28, len(octets)):
        found = walked_slice(octets, end)
        assert found.frames == 0
        at_a_boundary = octets[:end] in (LITTLE.section(), LITTLE.section() + LITTLE.interface())
        assert (found.damage is None) == at_a_boundary, end


def walked_slice(octets: bytes, end: int) -> Summary:
    summary = Summary()
    for _batches in walk(BytesIO(octets[:end]), summary):
        pass
    return summary


def test_frame_longer_than_any_is_damage() -> None:
    octets = pcap("<", MICROSECONDS, NOON, 0)
    found = walked(octets + bytes(8) + b"\x01\x00\x04\x00" + bytes(1 << 19))
    assert found["damage"] == f"no sound record at octet {len(octets)}, behind frame 1"


def test_frames_across_blocks_of_the_file() -> None:
    """The walker holds 4 MiB at a time; frames that lie across a border are read once."""
    record = pcap("<", MICROSECONDS, NOON, 0)[24:]
    count = (9 << 20) // len(record)
    found = walked(pcap("<", MICROSECONDS, NOON, 0)[:24] + record * count)
    assert found["frames"] == count
    assert found["passed_over"]["sctp: retransmitted chunks"] == count - 1
    assert found["damage"] is None


@pytest.mark.parametrize(
    "octets", [b"", b"\x0a\x0d\x0d\x0a", FRAME, pcap("<", 1, 0, 0), b"\xd4\xc3\xb2\xa1"]
)
def test_no_capture(octets: bytes) -> None:
    with pytest.raises(NotACaptureError):
        walked(octets)


@pytest.mark.parametrize("name", VARIANTS)
def test_frames_of_every_container_are_those_of_tshark(name: str) -> None:
    stream = unpacked.unpacked(BufferedReader(BytesIO(VARIANTS[name])))
    found = walked(stream.read())
    assert found["damage"] is None and unpacked.damage(stream) is None
    rows = {row["frame"]: microseconds(row["seen_at"]) for row in found["map_component"]}
    assert list(rows) == [frame for frame, _ in FRAMES_BY_TSHARK[name]]
    assert all(time in (None, rows[frame]) for frame, time in FRAMES_BY_TSHARK[name])


@pytest.mark.parametrize("name", VARIANTS)
def test_single_frames_of_every_container_are_those_of_tshark(name: str, tmp_path: Path) -> None:
    path = tmp_path / "capture"
    path.write_bytes(VARIANTS[name])
    by_tshark = [(number, time) for number, time in FRAMES_BY_TSHARK[name] if time]
    found = frames_of(path, [number for number, _ in by_tshark])
    assert [(frame.number, frame.nanoseconds // 1000) for frame in found] == by_tshark


def test_a_frame_without_a_packet_is_told(tmp_path: Path) -> None:
    path = tmp_path / "capture"
    path.write_bytes(VARIANTS["blocks without packets"])
    with pytest.raises(UnreadableFrameError, match="frame 1 holds no packet"):
        list(frames_of(path, [1]))


def test_every_container_has_its_frames_from_tshark() -> None:
    assert list(FRAMES_BY_TSHARK) == list(VARIANTS)


def test_blocks_without_packets_are_counted_where_wireshark_numbers_them() -> None:
    found = walked(VARIANTS["blocks without packets"])
    assert found["frames"] == 8
    assert found["passed_over"]["capture: frame without a packet"] == 6


def test_a_block_that_is_stepped_over_and_cut_is_told() -> None:
    octets = LITTLE.timed(NOON * 10**6) + LITTLE.block(0x0BAE, bytes(9 << 20))
    found = walked(octets[:-1])
    assert found["frames"] == 1
    assert found["damage"].startswith("cut in the middle of a record, or still being written")
