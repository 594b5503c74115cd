"""Single frames out of a capture, found as the walker finds them, with their times in full."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BufferedIOBase
from pathlib import Path

import cython

if not cython.compiled:
    from dissectors.capture import Capture
    from dissectors.link import read_frame
    from dissectors.reading import Reading

from dissectors.capture import NotACaptureError
from dissectors.unpacked import opened
from dissectors.wholes import Whole

BLOCK = 4 << 20  # octets; more than any frame
MOST_ROWS = 1 << 15
WHOLE, MORE_WANTED = 0, 1
PCAP = 1
PACKETS_WITH_TIME = {2, 6}  # blocks of pcapng: old and enhanced packet
PACKET_HEADER = 28  # octets of these, in front of the frame's
SECOND = 1_000_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Frame:
    """A frame as the capture has it."""

    number: int  # from 1, as in Wireshark
    link_type: int
    nanoseconds: int  # since 1970, UTC
    data: bytes

    @property
    def seen_at(self) -> datetime:
        """In UTC, cut to microseconds; the last year that there is for clocks beyond it."""
        try:
            return EPOCH + timedelta(microseconds=self.nanoseconds // 1000)
        except OverflowError:
            return datetime.max.replace(tzinfo=UTC)


class UnreadableFrameError(ValueError):
    """The frame is not in the file, or the file is no capture that can be read."""


def frames_of(path: Path, wanted: Collection[int]) -> Iterator[Frame]:
    """The frames of these numbers, ascending, out of a pcap or pcapng, plain, gzip or zstd.

    Raises UnreadableFrameError for one that is not there, OSError.
    """
    try:
        with opened(path) as stream:
            finder = Finder(stream)
            last = max(wanted, default=0)
            missing = set(wanted)
            while finder.count() < last and finder.find():
                if finder.count() in missing:
                    missing.remove(finder.count())
                    yield finder.frame()
            _check(missing, finder.count())
    except NotACaptureError as error:
        raise UnreadableFrameError("neither pcap nor pcapng, plain, gzip or zstd") from error


def wholes(path: Path, wanted: Collection[int]) -> dict[int, list[Whole]]:
    """Messages that these frames complete, begun in earlier ones, by frame.

    The capture is read up to the last frame, at the walker's speed. Raises UnreadableFrameError,
    OSError.
    """
    completed: dict[int, list[Whole]] = {number: [] for number in wanted}
    try:
        with opened(path) as stream:
            finder = Finder(stream)
            while finder.count() < max(wanted, default=0) and finder.find():
                found = finder.read()
                if finder.count() in completed:
                    completed[finder.count()] = found
    except NotACaptureError as error:
        raise UnreadableFrameError("neither pcap nor pcapng, plain, gzip or zstd") from error
    return completed


def _check(missing: Collection[int], count: int) -> None:
    for number in missing:
        if 1 <= number <= count:
            raise UnreadableFrameError(f"frame {number} holds no packet")
        raise UnreadableFrameError(f"there is no frame {number}: {count} can be read")


@cython.cclass
class Finder:
    """A block that moves through the file, to the next frame at a time."""

    def __init__(self, stream: BufferedIOBase) -> None:
        beginning = stream.read(24)
        self.stream = stream
        self.capture = Capture(beginning)
        self.reading = Reading()
        self.block = bytearray(BLOCK)
        self.block[: len(beginning)] = beginning
        self.filled = len(beginning)
        self.position = self.capture.header_length
        self.reading.data = memoryview(self.block)

    def count(self) -> int:
        """The number of the frame that was found last, 0 before the first."""
        return int(self.reading.frame)

    def find(self) -> bool:
        """Go to the next frame; false if there is none that is whole and sound."""
        r: Reading = self.reading
        c: Capture = self.capture
        while True:
            self.position = c.next_frame(r, self.position, self.filled)
            if r.is_full(MOST_ROWS):  # of problems: times that cannot be
                r.clear()
            if c.state == WHOLE:
                return True
            if c.state != MORE_WANTED or not self._refill():
                return False

    def read(self) -> list[Whole]:
        """Read the frame that was found last; what it completed."""
        r: Reading = self.reading
        c: Capture = self.capture
        r.wholes = []
        r.message = 0
        with suppress(IndexError, OverflowError, ValueError):  # as the walker does
            read_frame(r, c.link_type, c.frame_start, c.frame_end)
        if r.is_full(MOST_ROWS):
            r.clear()
        return list(r.wholes)

    def _refill(self) -> bool:
        """The unread rest goes to the block's beginning, and more behind it."""
        rest = self.filled - self.position
        self.block[:rest] = self.block[self.position : self.filled]
        with memoryview(self.block) as room:
            got = self.stream.readinto(room[rest:])
        self.position, self.filled = 0, rest + got
        return bool(got)

    def frame(self) -> Frame:
        """The frame that was found last."""
        c: Capture = self.capture
        data = bytes(self.block[c.frame_start : c.frame_end])
        return Frame(self.count(), int(c.link_type), self._nanoseconds(), data)

    def _nanoseconds(self) -> int:
        c: Capture = self.capture
        if c.kind == PCAP:
            record = c.frame_start - c.record_header
            fraction = self._number(record + 4)
            return self._number(record) * SECOND + fraction * (1 if c.nanoseconds else 1000)
        block = c.frame_start - PACKET_HEADER
        is_timed = self._number(block) in PACKETS_WITH_TIME
        if is_timed and block + self._number(block + 4) == c.after:
            return self._of_interface(block)
        return int(self.reading.seen_at) * 1000

    def _of_interface(self, block: int) -> int:
        """From the units of a block's interface: 10 ** -n seconds, or 2 ** -n if bit 7 is set."""
        c: Capture = self.capture
        is_old = self._number(block) == min(PACKETS_WITH_TIME)
        interface = self._number(block + 8, 2 if is_old else 4)
        units = self._number(block + 12) << 32 | self._number(block + 16)
        exponent = int(c.exponents[interface])
        per_second = 1 << (exponent & 0x7F) if exponent & 0x80 else 10**exponent
        return units * SECOND // per_second + int(c.offsets[interface]) * SECOND

    def _number(self, place: int, octets: int = 4) -> int:
        return self.capture.number(bytes(self.block[place : place + octets]))
