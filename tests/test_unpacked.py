"""Compressed files: what is around them, damage, and how little memory a bomb gets."""

import gzip
import tracemalloc
from io import BufferedReader, BytesIO
from itertools import count
from random import Random

import pytest
import zstandard

from dissectors.unpacked import STEP, damage, packed_position, unpacked
from tests.containers import in_zstd, streamed_zstd

TEXT = Random(1).randbytes(300_000) + b"frame after frame " * 20_000
SKIPPABLE = b"\x52\x2a\x4d\x18\x05\x00\x00\x00hello"
PACK = {"gzip": gzip.compress, "zstd": in_zstd}
KINDS = pytest.mark.parametrize("kind", PACK)


def read(octets: bytes) -> tuple[bytes, str | None]:
    stream = unpacked(BufferedReader(BytesIO(octets)))
    return stream.read(), damage(stream)


@pytest.mark.parametrize(
    ("octets", "expected"),
    [
        (gzip.compress(TEXT), TEXT),
        (gzip.compress(TEXT) * 3, TEXT * 3),
        (gzip.compress(TEXT) + bytes(1 << 20), TEXT),  # as on a tape
        (gzip.compress(b"") + gzip.compress(TEXT), TEXT),
        (in_zstd(TEXT), TEXT),
        (streamed_zstd(TEXT), TEXT),
        (zstandard.ZstdCompressor(level=19).compress(TEXT), TEXT),
        (SKIPPABLE + in_zstd(TEXT) + SKIPPABLE + streamed_zstd(TEXT), TEXT * 2),
        (in_zstd(b"") + in_zstd(TEXT), TEXT),
        *((gzip.compress(bytes(STEP * n)), bytes(STEP * n)) for n in (1, 2, 8)),
        (TEXT, TEXT),
        (b"", b""),
        (b"\x1f", b"\x1f"),
    ],
    ids=count(),
)
def test_all_members_and_frames_are_unpacked(octets: bytes, expected: bytes) -> None:
    assert read(octets) == (expected, None)


@pytest.mark.parametrize("level", [1, 3, 9, 19])
@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 65_791, 65_792, 200_000])
def test_every_form_of_a_zstd_frame_header(level: int, size: int) -> None:
    for content_size in (True, False):
        packer = zstandard.ZstdCompressor(level=level, write_content_size=content_size)
        assert read(packer.compress(TEXT[:size])) == (TEXT[:size], None)


@KINDS
def test_what_follows_that_is_not_compressed_is_told(kind: str) -> None:
    found, told = read(PACK[kind](TEXT) + b"appended by mistake")
    assert found == TEXT
    assert told is not None and told.startswith(f"the {kind} stream is damaged near octet")


@KINDS
def test_a_wrong_checksum_is_told_and_loses_nothing(kind: str) -> None:
    packed = bytearray(PACK[kind](TEXT))
    packed[-5 if kind == "gzip" else -1] ^= 1
    found, told = read(bytes(packed))
    assert found == TEXT
    assert told is not None and "damaged" in told


@KINDS
def test_flipped_bits_are_told_and_what_is_in_front_is_read(kind: str) -> None:
    random = Random(kind)
    packed = PACK[kind](TEXT)
    for _ in range(200):
        place = random.randrange(12, len(packed))
        wrong = bytearray(packed)
        wrong[place] ^= 1 << random.randrange(8)
        found, told = read(bytes(wrong))
        assert told is not None
        in_front, _ = read(packed[:place])
        assert found[: len(in_front)] == in_front


@pytest.mark.parametrize("seed", range(20))
def test_noise_behind_the_magic_ends(seed: int) -> None:
    noise = Random(seed).randbytes(5000)
    for magic in (b"\x1f\x8b\x08\x00", b"\x28\xb5\x2f\xfd", SKIPPABLE[:4]):
        _, told = read(magic + noise)
        assert told is not None


@KINDS
def test_a_bomb_takes_no_memory(kind: str) -> None:
    """256 MiB of zeros, a few kilobytes packed."""
    stream = unpacked(BufferedReader(BytesIO(bomb(kind))))
    block = bytearray(1 << 20)
    unpacked_octets = 0
    tracemalloc.start()
    while got := stream.readinto(block):
        unpacked_octets += got
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert unpacked_octets == 256 << 20
    assert peak < 4 << 20


def bomb(kind: str) -> bytes:
    """Members or frames of 16 MiB, one as the other."""
    return PACK[kind](bytes(16 << 20)) * 16


def test_a_window_of_gigabytes_is_refused() -> None:
    _, told = read(b"\x28\xb5\x2f\xfd\x00\xf8" + b"\x01\x00\x00" * 3)
    assert told is not None and "damaged" in told


@KINDS
def test_position_is_that_of_the_packed_file(kind: str) -> None:
    packed = PACK[kind](TEXT)
    stream = unpacked(BufferedReader(BytesIO(packed)))
    assert packed_position(stream) == 0
    stream.read()
    assert packed_position(stream) == len(packed)
    assert packed_position(unpacked(BufferedReader(BytesIO(TEXT)))) is None
