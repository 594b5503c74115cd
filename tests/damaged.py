"""Capture files of every kind made wrong: cut, flipped, with wrong sizes, mixed, packed anew."""

import gzip
import struct
from collections import Counter
from collections.abc import Callable
from random import Random

from tests.compare import captures
from tests.containers import in_zstd, streamed_zstd, variants
from tests.mutation import PCAPS, mutated, spliced

SMALL = 9000  # octets
SKIPPABLE = b"\x52\x2a\x4d\x18\x05\x00\x00\x00hello"
SIZES = (0, 1, 3, 4, 11, 12, 13, 16, 28, 32, 0xFF, 0xFFFF, 0x10000, 0x40000, 0x40001, 0x100000,
         0x7FFFFFFF, 0x80000000, 0xFFFFFFF4, 0xFFFFFFFC, 0xFFFFFFFF)  # fmt: skip
Pack = Callable[[bytes], bytes]


def in_members(octets: bytes) -> bytes:
    """gzip, in two members, with a tape's padding behind them."""
    half = len(octets) // 2
    return gzip.compress(octets[:half], 1) + gzip.compress(octets[half:], 1) + bytes(512)


def in_frames(octets: bytes) -> bytes:
    """zstd, in two frames and what is skipped."""
    half = len(octets) // 2
    return SKIPPABLE + in_zstd(octets[:half]) + SKIPPABLE + streamed_zstd(octets[half:])


PACKS: dict[str, Pack] = {
    "plain": bytes,
    "gzip": lambda octets: gzip.compress(octets, 1),
    "gzip, members": in_members,
    "gzip of gzip": lambda octets: gzip.compress(gzip.compress(octets, 1), 1),
    "zstd": in_zstd,
    "zstd, streamed": streamed_zstd,
    "zstd, frames": in_frames,
    "zstd of gzip": lambda octets: in_zstd(gzip.compress(octets, 1)),
}


class Damaged:
    """Makes files; `tried` counts them by what they are and what was done to them."""

    def __init__(self) -> None:
        self.files = {
            name: octets for name, octets in variants().items()
            if not name.startswith(("gzip", "zstd"))
        }  # fmt: skip
        self.files["blocks without packets"] = self.files["blocks without packets"][:900]
        for path in captures(PCAPS):
            if path.stat().st_size < SMALL:
                self.files[path.name] = path.read_bytes()
        self.names = list(self.files)
        self.tried: Counter[tuple[str, str]] = Counter()

    def one(self, random: Random) -> bytes:
        """A file, mostly wrong in itself or in what packs it, now and then in both."""
        name, pack = random.choice(self.names), random.choice(list(PACKS))
        octets = self.files[name]
        place = random.choice(("file", "file", "packing", "both"))
        if place != "packing":
            octets = self._wrong(octets, random)
        octets = PACKS[pack](octets)
        if place != "file":
            octets = self._wrong(octets, random)
        self.tried["container", name if " " in name else name.rpartition(".")[2]] += 1
        self.tried["packing", pack] += 1
        return octets

    def _wrong(self, octets: bytes, random: Random) -> bytes:
        way = random.choice(list(WAYS))
        self.tried["damage", way] += 1
        if way == "spliced":
            return spliced(octets, self.files[random.choice(self.names)], random)
        return WAYS[way](octets, random)


def cut(octets: bytes, random: Random) -> bytes:
    """Anywhere."""
    return octets[: random.randrange(len(octets) + 1)]


def mutated_behind_its_header(octets: bytes, random: Random) -> bytes:
    """All but the first octets, so that it is a capture still."""
    start = random.choice((4, 24))
    return octets[:start] + mutated(octets[start:], random)


def with_wrong_size(octets: bytes, random: Random) -> bytes:
    """A number of four octets anywhere, in either byte order: of a record, a block, a frame."""
    for _ in range(random.randint(1, 3)):
        at = random.randrange(0, max(len(octets) - 4, 1), random.choice((1, 4)))
        size = struct.pack(random.choice("<>") + "I", random.choice(SIZES))
        octets = octets[:at] + size + octets[at + 4 :]
    return octets


def flipped_often(octets: bytes, random: Random) -> bytes:
    """A bit in a hundred octets."""
    wrong = bytearray(octets)
    for _ in range(len(octets) // 100 + 1):
        if wrong:
            wrong[random.randrange(len(wrong))] ^= 1 << random.randrange(8)
    return bytes(wrong)


def repeated(octets: bytes, random: Random) -> bytes:
    """The whole of it behind itself, in parts too."""
    return octets + octets[random.choice((0, 0, random.randrange(len(octets) + 1))) :]


WAYS: dict[str, Callable[[bytes, Random], bytes]] = {
    "cut": cut,
    "mutated": mutated_behind_its_header,
    "wrong sizes": with_wrong_size,
    "flipped bits": flipped_often,
    "repeated": repeated,
    "spliced": cut,  # with another file, see Damaged
}
