"""Files as they were before they were compressed: gzip and zstd, told by their first octets.

Unpacking goes on in small steps, so that a file which unpacks to a thousand times its size takes no
more memory than another. What can be unpacked before a damage or a cut is given in full.
"""

import zlib
from collections.abc import Callable, Iterator
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import Any

import zstandard

GZIP = b"\x1f\x8b"
ZSTD = b"\x28\xb5\x2f\xfd"
STEP = 1 << 17  # octets at a time
LARGEST_WINDOW = 1 << 27  # octets that a zstd stream may look back; what `zstd -d` allows


def opened(path: Path) -> BufferedReader:
    """A file for reading, unpacked. Raises OSError."""
    return unpacked(path.open("rb"))


def unpacked(stream: BufferedReader) -> BufferedReader:
    """The stream itself, or what it is when it is unpacked."""
    start = stream.peek(4)[:4]
    if start[:2] == GZIP:
        return BufferedReader(Unpacked(Packed(stream), "gzip", _gzip_steps), STEP)
    if start == ZSTD:
        return BufferedReader(Unpacked(Packed(stream), "zstd", _zstd_steps), STEP)
    return stream


def packed_position(stream: BufferedReader) -> int | None:
    """How many octets of the file were read, where it is a compressed one."""
    return stream.raw.packed.position if isinstance(stream.raw, Unpacked) else None


def damage(stream: BufferedReader) -> str | None:
    """Why unpacking ended before the end of the file, if it did."""
    return stream.raw.damage if isinstance(stream.raw, Unpacked) else None


class Packed:
    """A compressed file and how far it was read."""

    def __init__(self, stream: BufferedReader) -> None:
        self.stream = stream
        self.position = 0

    def read(self, count: int) -> bytes:
        """The next octets, fewer at the end."""
        octets = self.stream.read(count)
        self.position += len(octets)
        return octets


class Unpacked(RawIOBase):
    """The octets of a compressed stream; `damage` says why they end before it does, if so."""

    def __init__(
        self, packed: Packed, kind: str, steps: Callable[[Packed], Iterator[bytes]]
    ) -> None:
        self.packed = packed
        self.damage: str | None = None
        self._kind = kind
        self._steps = steps(packed)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer with what is unpacked next; 0 at the end."""
        target = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        while not self._rest:
            step = self._next_step()
            if step is None:
                return 0
            self._rest = memoryview(step)
        count = min(len(target), len(self._rest))
        target[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count

    def close(self) -> None:
        """Close the file."""
        self.packed.stream.close()
        super().close()

    def _next_step(self) -> bytes | None:
        try:
            return next(self._steps, None)
        except EOFError:
            self.damage = f"the {self._kind} stream is cut"
        except (zlib.error, zstandard.ZstdError):
            self.damage = f"the {self._kind} stream is damaged near octet {self.packed.position}"
        return None


def _gzip_steps(stream: Packed) -> Iterator[bytes]:
    """The members of a gzip file one behind the other (RFC 1952 2.2); EOFError if it is cut."""
    unpacker = zlib.decompressobj(31)
    octets = stream.read(STEP)
    while octets:
        yield unpacker.decompress(octets, STEP)
        octets = unpacker.unconsumed_tail
        if unpacker.eof:
            octets = unpacker.unused_data.lstrip(b"\0")  # what fills a tape's last block
            unpacker = zlib.decompressobj(31)
            octets = octets or stream.read(STEP).lstrip(b"\0")
            if not octets:
                return
        octets = octets or stream.read(STEP)
    raise EOFError


def _zstd_steps(stream: Packed) -> Iterator[bytes]:
    unpacker = zstandard.ZstdDecompressor(max_window_size=LARGEST_WINDOW)
    source: Any = stream
    with unpacker.stream_reader(
        source, read_size=STEP, read_across_frames=True, closefd=False
    ) as reader:
        while octets := reader.read(STEP):
            yield octets
