"""The walk through a capture: blocks of frames in, batches of columns out.

    for batches in walk(stream):
        batches.tables["map_component"]   # a dissectors.arrow.Batch for each of Reading.tables

Memory does not grow with the capture: a block of octets and a batch of rows are held at a time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BufferedIOBase
from typing import NamedTuple

import cython

if not cython.compiled:
    from dissectors.capture import Capture
    from dissectors.link import read_frame
    from dissectors.reading import Reading
    from dissectors.tcp_waiting import end_stream

from dissectors.arrow import Batch
from dissectors.reasons import PASSED_OVER, problem
from dissectors.second_look import Odd

BLOCK = cython.declare(cython.Py_ssize_t, 4 << 20)  # octets; more than any frame
BATCH_ROWS = cython.declare(cython.Py_ssize_t, 1 << 15)
WHOLE = cython.declare(cython.int, 0)
DAMAGED = cython.declare(cython.int, 2)

UNREADABLE = cython.declare(cython.int, problem("capture", "frame made a dissector fail"))


@dataclass
class Batches:
    """What one stretch of a capture gave."""

    tables: dict[str, Batch]  # Reading.tables' names
    position: int  # in the file, for progress

    def release(self) -> None:
        """Give the memory back, when all has been read."""
        for batch in self.tables.values():
            batch.release()


class Passed(NamedTuple):
    """How much was passed over, and the frame at which it was met first."""

    times: int
    frame: int


@dataclass
class Summary:
    """What is known when a capture has been read."""

    frames: int = 0
    first_time: datetime | None = None  # UTC, without offset
    last_time: datetime | None = None
    damage: str | None = None
    passed_over: dict[tuple[str, str], Passed] | None = None
    odd_messages: list[Odd] = field(default_factory=list)  # for a second look


def is_compiled() -> bool:
    """Whether the walker runs as machine code."""
    return bool(cython.compiled)


def walk(stream: BufferedIOBase, summary: Summary, first_id: int = 0) -> Iterator[Batches]:
    """Read a capture from its beginning; `summary` is whole when the iterator is exhausted.

    Raises dissectors.capture.NotACaptureError where it is none. Ids of rows count from `first_id`.
    """
    block = bytearray(BLOCK)
    beginning = stream.read(24)
    block[: len(beginning)] = beginning
    walker = Walker(Capture(beginning), Reading(first_id), memoryview(block), len(beginning))
    yield from walker.batches(stream, summary)


def _time(microseconds: int) -> datetime:
    """The last year that there is, where a capture's clock goes beyond it."""
    try:
        return datetime(1970, 1, 1) + timedelta(microseconds=microseconds)
    except OverflowError:
        return datetime.max


@cython.cclass
class Walker:
    """A block that moves through the file, and the frames in it."""

    def __init__(self, capture: Capture, reading: Reading, block: memoryview, filled: int) -> None:
        self.capture = capture
        self.reading = reading
        self.block = block
        self.position = capture.header_length
        self.filled = filled
        self.passed = 0
        self.failed_frame = -1
        self.first_seen = 1 << 62
        self.last_seen = -1 << 62
        reading.data = block

    def batches(self, stream: BufferedIOBase, summary: Summary) -> Iterator[Batches]:
        """Refill, walk, hand over, until the file or its sense ends."""
        while True:
            got = stream.readinto(self.block[self.filled :])
            self.filled += got
            while self._walk():
                yield self._hand_over()
            if self.capture.state == DAMAGED or got == 0:
                break
            self._move_up()
        self._finish(summary)
        yield self._hand_over()

    def _walk(self) -> bool:
        """Read frames; true if a batch is full, false if the block holds no whole frame more."""
        r: Reading = self.reading
        c: Capture = self.capture
        try:
            with cython.nogil:
                self._walk_frames(r, c)
        except (IndexError, OverflowError, ValueError):
            return self._recover(r, c)
        return bool(self.capture.state == WHOLE)

    def _recover(self, r: Reading, c: Capture) -> bool:
        """Count a frame that no dissector should have failed at, and go on behind it."""
        r.drop_rows()
        r.problem(UNREADABLE)
        if self.failed_frame == r.frame:  # the container itself cannot be read on
            c.state = DAMAGED
        self.failed_frame = r.frame
        return bool(c.state == WHOLE)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def _walk_frames(self, r: Reading, c: Capture) -> cython.int:
        while not r.is_full(BATCH_ROWS):
            self.position = c.next_frame(r, self.position, self.filled)
            if c.state != WHOLE:
                break
            if r.seen_at < self.first_seen:
                self.first_seen = r.seen_at
            if r.seen_at > self.last_seen:
                self.last_seen = r.seen_at
            r.message = 0
            read_frame(r, c.link_type, c.frame_start, c.frame_end)
        return 0

    def _move_up(self) -> None:
        """The unread rest of the block goes to its beginning."""
        rest = self.filled - self.position
        self.block[:rest] = bytes(self.block[self.position : self.filled])
        self.passed += self.position
        self.position = 0
        self.filled = rest

    def _finish(self, summary: Summary) -> None:
        r: Reading = self.reading
        r.message = 0
        while r.streams:
            self._end_stream(r)
        for waiting in r.waiting_for:
            r.give_up(waiting.reason, waiting.left_over())
        summary.frames = r.frame
        if r.frame:
            summary.first_time, summary.last_time = _time(self.first_seen), _time(self.last_seen)
        summary.damage = self._damage()
        summary.odd_messages = r.odd_messages
        counts = zip(
            PASSED_OVER, r.counts_array.tolist(), r.first_frames_array.tolist(), strict=True
        )
        summary.passed_over = {what: Passed(*told) for what, *told in counts if told[0]}

    def _end_stream(self, r: Reading) -> None:
        """Read what can be read of a flow of TCP that waits for its rest."""
        try:
            end_stream(r, next(iter(r.streams)))
        except (IndexError, OverflowError, ValueError):
            r.drop_rows()
            r.problem(UNREADABLE)

    def _damage(self) -> str | None:
        place = f"at octet {self.passed + self.position}, behind frame {self.reading.frame}"
        if self.capture.state == DAMAGED:
            return f"no sound record {place}"
        if self.position < self.filled or self.capture.to_skip:
            return f"cut in the middle of a record, or still being written, {place}"
        return None

    def _hand_over(self) -> Batches:
        r: Reading = self.reading
        tables = {name: Batch(table) for name, table in r.tables.items()}
        r.clear()
        return Batches(tables, self.passed + self.position)
