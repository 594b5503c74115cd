"""Captures cut anywhere: every frame that is whole before the cut is read."""

import gzip
import struct
import zlib
from collections.abc import Callable
from contextlib import suppress
from io import BufferedReader, BytesIO
from itertools import accumulate
from random import Random
from typing import Any

import pytest
import zstandard

from dissectors.capture import NotACaptureError
from dissectors.unpacked import damage, unpacked
from dissectors.walker import Summary, walk
from tests.containers import in_zstd, streamed_zstd
from tests.odd_captures import FRAME, Container, pcap

GZIP_ONLY = 31  # zlib's number for a header and trailer of gzip
ZSTD = zstandard.ZstdDecompressor()
HALF = 4000  # octets
RANDOM = Random(1)
FRAMES = [RANDOM.randbytes(60) + bytes(RANDOM.randrange(100)) for _ in range(40)]
PCAP = pcap("<", 0xA1B2C3D4, 0, 0)
TO = Container(">")
# a capture's beginning and then its frames, each with what is around it
PARTS = {
    "pcap": [PCAP[:24], *(struct.pack("<8xII", len(f), len(f)) + f for f in FRAMES)],
    "pcapng": [TO.section() + TO.interface(), *(TO.packet(0, frame=f) for f in FRAMES)],
}


def frames_before(parts: list[bytes], end: int) -> int:
    """How many frames are whole in the first `end` octets."""
    return sum(behind <= end for behind in accumulate(map(len, parts))) - (end >= len(parts[0]))


def read(octets: bytes) -> Summary:
    """What the walker says of a capture; nothing where it is too short to be one."""
    summary = Summary()
    stream = unpacked(BufferedReader(BytesIO(octets)))
    with suppress(NotACaptureError):
        for batches in walk(stream, summary):
            batches.release()
    summary.damage = damage(stream) or summary.damage
    return summary


def cuts(length: int, last: int, count: int) -> list[int]:
    """Every place in the `last` octets, and `count` anywhere."""
    random = Random(length)
    return [*range(length - last, length), *(random.randrange(length) for _ in range(count))]


@pytest.mark.parametrize("kind", PARTS)
def test_no_whole_frame_before_a_cut_is_lost(kind: str) -> None:
    parts = PARTS[kind]
    octets = b"".join(parts)
    for end in cuts(len(octets), len(parts[-1]) + len(parts[-2]), 1000):
        found = read(octets[:end])
        assert found.frames == frames_before(parts, end), end
        if end >= len(parts[0]):
            is_between = end in accumulate(map(len, parts))
            assert (found.damage is None) == is_between, end


def two_members(octets: bytes) -> bytes:
    return gzip.compress(octets[:HALF]) + gzip.compress(octets[HALF:])


def flushed(octets: bytes) -> bytes:
    """As of a file that is written bit by bit."""
    packer = zlib.compressobj(wbits=GZIP_ONLY)
    parts = [octets[place : place + 500] for place in range(0, len(octets), 500)]
    return (
        b"".join(packer.compress(part) + packer.flush(zlib.Z_SYNC_FLUSH) for part in parts)
        + packer.flush()
    )


def two_frames(octets: bytes) -> bytes:
    return in_zstd(octets[:HALF]) + streamed_zstd(octets[HALF:])


@pytest.mark.parametrize("kind", PARTS)
@pytest.mark.parametrize(
    "pack", [gzip.compress, two_members, flushed, in_zstd, streamed_zstd, two_frames]
)
def test_no_whole_frame_before_a_cut_of_a_compressed_one_is_lost(
    kind: str, pack: Callable[[bytes], bytes]
) -> None:
    """As many as are in what the library makes of it; 1,000 cuts of gzip and of zstd, and more."""
    parts = PARTS[kind]
    octets = b"".join(parts)
    packed = pack(octets)
    for end in cuts(len(packed), len(parts[-1]) + len(parts[-2]), 170):
        found = read(packed[:end])
        assert found.frames == frames_before(parts, len(in_one_go(packed[:end]))), end
        if end > 3:
            assert found.damage or end == len(pack(octets[:HALF])), end


def in_one_go(octets: bytes) -> bytes:
    """What the libraries make of a cut file, of all its members or frames."""
    made = b""
    while len(octets) > 3:
        is_gzip = octets[:2] == b"\x1f\x8b"
        unpacker: Any = zlib.decompressobj(GZIP_ONLY) if is_gzip else ZSTD.decompressobj()
        made += unpacker.decompress(octets)
        octets = unpacker.unused_data
    return made


@pytest.mark.parametrize("kind", ["gzip", "zstd"])
def test_all_octets_before_a_cut_are_unpacked(kind: str) -> None:
    """At 1,000 random places, of what compresses well and of what does not."""
    random = Random(kind)
    octets = FRAME * 2000 + random.randbytes(100_000) + bytes(200_000)
    packed = gzip.compress(octets) if kind == "gzip" else streamed_zstd(octets)
    for _ in range(1000):
        cut = packed[: random.randrange(4, len(packed))]
        stream = unpacked(BufferedReader(BytesIO(cut)))
        assert stream.read() == in_one_go(cut)
        assert damage(stream) == f"the {kind} stream is cut"


BLOCK = 4 << 20  # octets that the walker holds at a time


@pytest.mark.parametrize("place", [BLOCK, 2 * BLOCK])
def test_no_whole_frame_before_a_cut_near_the_end_of_a_block_is_lost(place: int) -> None:
    """Of large frames, as the beginning of one then waits for the next block."""
    frame = struct.pack("<8xII", 200_000, 200_000) + bytes(200_000)
    parts = [PCAP[:24], *[frame] * (place // len(frame) + 2)]
    octets = b"".join(parts)
    for end in (*range(place - 9, place + 10), place + len(frame)):
        assert read(octets[:end]).frames == frames_before(parts, end), end
