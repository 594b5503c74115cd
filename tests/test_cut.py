"""Captures cut anywhere: every frame that is whole before the cut is read."""

import gzip
import struct
import zlib
from io import BufferedReader, BytesIO
from itertools import accumulate
from random import Random

import pytest
import zstandard

from dissectors.unpacked import damage, unpacked
from dissectors.walker import Summary, walk
from tests.containers import streamed_zstd
from tests.odd_captures import FRAME, Container, pcap

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
    summary = Summary()
    stream = unpacked(BufferedReader(BytesIO(octets)))
    for batches in walk(stream, summary):
        batches.release()
    summary.damage = damage(stream) or summary.damage
    return summary


def cuts(length: int, last: int, count: int) -> list[int]:
    """Every place in the `last` octets, and `count` anywhere behind a capture's beginning."""
    random = Random(length)
    return [*range(length - last, length), *(random.randrange(400, length) for _ in range(count))]


@pytest.mark.parametrize("kind", PARTS)
def test_no_whole_frame_before_a_cut_is_lost(kind: str) -> None:
    parts = PARTS[kind]
    octets = b"".join(parts)
    for end in cuts(len(octets), len(parts[-1]) + len(parts[-2]), 500):
        found = read(octets[:end])
        assert found.frames == frames_before(parts, end), end
        is_between = end in accumulate(map(len, parts))
        assert (found.damage is None) == is_between, end


@pytest.mark.parametrize("kind", PARTS)
def test_no_whole_frame_before_a_cut_of_gzip_is_lost(kind: str) -> None:
    octets = b"".join(PARTS[kind])
    packed = gzip.compress(octets[:4000]) + gzip.compress(octets[4000:])
    for end in cuts(len(packed), 30, 30):
        whole = zlib.decompressobj(31)
        before = whole.decompress(packed[:end])
        before += zlib.decompressobj(31).decompress(whole.unused_data) if whole.eof else b""
        found = read(packed[:end])
        assert found.frames == frames_before(PARTS[kind], len(before)), end
        assert found.damage, end


@pytest.mark.parametrize("kind", PARTS)
def test_no_whole_frame_before_a_cut_of_zstd_is_lost(kind: str) -> None:
    octets = b"".join(PARTS[kind])
    packed = streamed_zstd(octets)
    for end in cuts(len(packed), 30, 30):
        before = zstandard.ZstdDecompressor().decompressobj().decompress(packed[:end])
        found = read(packed[:end])
        assert found.frames == frames_before(PARTS[kind], len(before)), end
        assert found.damage, end


@pytest.mark.parametrize("kind", ["gzip", "zstd"])
def test_all_octets_before_a_cut_are_unpacked(kind: str) -> None:
    """At 1,000 random places, of what compresses well and of what does not."""
    random = Random(kind)
    octets = FRAME * 2000 + random.randbytes(100_000) + bytes(200_000)
    packed = gzip.compress(octets) if kind == "gzip" else streamed_zstd(octets)
    for _ in range(1000):
        cut = packed[: random.randrange(4, len(packed))]
        stream = unpacked(BufferedReader(BytesIO(cut)))
        assert stream.read() == in_one_go(kind, cut)
        assert damage(stream) == f"the {kind} stream is cut"


def in_one_go(kind: str, octets: bytes) -> bytes:
    """What the library makes of a cut stream."""
    if kind == "gzip":
        return zlib.decompressobj(31).decompress(octets)
    return zstandard.ZstdDecompressor().decompressobj().decompress(octets)
