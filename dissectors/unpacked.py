"""Files as they were before they were compressed: gzip and zstd, told by their first octets.

Unpacking goes on in small steps, so that a file which unpacks to a thousand times its size takes no
more memory than another. What can be unpacked before a damage or a cut is given in full.
"""

import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BufferedReader, RawIOBase
from pathlib import Path

import zstandard

GZIP = b"\x1f\x8b"
ZSTD = b"\x28\xb5\x2f\xfd"
SKIPPABLE = b"\x2a\x4d\x18"  # the last three octets of a magic number that begins with 5…
GZIP_ONLY = 31  # zlib's number for a header and trailer of gzip
PADDING = b"\0"  # fills a tape's last block
HAS_CHECKSUM = 4  # bit of a zstd frame's descriptor
REPEATED = 1  # kind of zstd block that is one octet, repeated
STEP = 1 << 17  # octets at a time
MOST_UNPACKED = 1 << 28  # octets that any file may unpack to, and beyond that,
MOST_TIMES = 200  # so many times its size; captures give 2 to 20 times theirs
LARGEST_WINDOW = 1 << 27  # octets that a zstd stream may look back; what `zstd -d` allows


def opened(path: Path) -> BufferedReader:
    """A file for reading, unpacked. Raises OSError."""
    return unpacked(path.open("rb"))


def unpacked(stream: BufferedReader) -> BufferedReader:
    """The stream itself, or what it is when it is unpacked."""
    start = stream.peek(4)[:4]
    if start[:2] == GZIP:
        return BufferedReader(Unpacked(Packed(stream), "gzip", _gzip_steps), STEP)
    if start == ZSTD or (start[1:] == SKIPPABLE and start[0] >> 4 == 5):
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
        self._given = 0

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
        if self._given > max(MOST_UNPACKED, MOST_TIMES * self.packed.position):
            self.damage = f"the {self._kind} stream unpacks to far more than captures do"
            return None
        try:
            step = next(self._steps, None)
            self._given += len(step or b"")
            return step
        except EOFError:
            self.damage = f"the {self._kind} stream is cut"
        except (zlib.error, zstandard.ZstdError):
            self.damage = f"the {self._kind} stream is damaged near octet {self.packed.position}"
        return None


def _gzip_steps(stream: Packed) -> Iterator[bytes]:
    """The members of a gzip file one behind the other (RFC 1952 2.2); EOFError if it is cut."""
    octets = stream.read(STEP)
    while octets:
        unpacker = zlib.decompressobj(GZIP_ONLY)
        while not unpacker.eof:
            if not octets:
                yield unpacker.flush()  # what it has not given for lack of room
                if unpacker.eof:
                    break
                raise EOFError
            before = unpacker.copy()
            try:
                step = unpacker.decompress(octets, STEP)
            except zlib.error:
                yield _up_to_damage(before, octets)
                raise
            yield step
            octets = unpacker.unconsumed_tail or (b"" if unpacker.eof else stream.read(STEP))
        octets = unpacker.unused_data.lstrip(PADDING)
        while not octets and (more := stream.read(STEP)):
            octets = more.lstrip(PADDING)


def _up_to_damage(unpacker: "zlib._Decompress", octets: bytes) -> bytes:
    """A step that failed, as far as it goes: zlib gives none of it where any is damaged."""
    given = b""
    with suppress(zlib.error):
        for octet in octets:
            given += unpacker.decompress(bytes([octet]))
    return given


def _zstd_steps(stream: Packed) -> Iterator[bytes]:
    """The frames of a zstd file one behind the other (RFC 8878 3.1); EOFError if it is cut."""
    while magic := stream.read(4):
        if magic == ZSTD:
            yield from _zstd_blocks(stream)
        elif magic[1:] == SKIPPABLE and magic[0] >> 4 == 5:
            _skip(stream, int.from_bytes(_whole(stream, 4), "little"))
        elif len(magic) < 4:
            raise EOFError
        else:
            raise zstandard.ZstdError("no frame begins here")


def _zstd_blocks(stream: Packed) -> Iterator[bytes]:
    """A frame behind its magic number, block by block: none unpacks to more than 128 KiB."""
    unpacker = zstandard.ZstdDecompressor(max_window_size=LARGEST_WINDOW).decompressobj()
    descriptor = _whole(stream, 1)
    unpacker.decompress(ZSTD + descriptor + _whole(stream, _rest_of_header(descriptor[0])))
    is_last = False
    while not is_last:
        header = _whole(stream, 3)
        number = int.from_bytes(header, "little")
        is_last, size = bool(number & 1), number >> 3
        if number >> 1 & 3 == REPEATED:
            size = 1
        block = stream.read(size)
        yield unpacker.decompress(header + block)  # of a cut one, what is there as it is
        if len(block) < size:
            raise EOFError
    if descriptor[0] & HAS_CHECKSUM:
        unpacker.decompress(_whole(stream, 4))


def _rest_of_header(descriptor: int) -> int:
    """Octets of a frame's header behind its descriptor (RFC 8878 3.1.1.1)."""
    is_single = descriptor >> 5 & 1
    dictionary = (0, 1, 2, 4)[descriptor & 3]
    content_size = (is_single, 2, 4, 8)[descriptor >> 6]
    return (1 - is_single) + dictionary + content_size


def _whole(stream: Packed, count: int) -> bytes:
    octets = stream.read(count)
    if len(octets) < count:
        raise EOFError
    return octets


def _skip(stream: Packed, count: int) -> None:
    while count > 0:
        count -= len(_whole(stream, min(count, STEP)))
