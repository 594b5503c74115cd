"""What of a TCP flow waits: the beginning of a message, and segments behind a gap."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import NamedTuple

from dissectors.wholes import Piece

OVERHEAD = 200  # octets of memory that a segment takes beside its own


class Segment(NamedTuple):
    """Octets behind a gap, in the order of their place in the stream."""

    place: int
    frame: int
    seen_at: int
    octets: bytes


@dataclass
class Stream:
    """A flow's octets that are in order but no whole message, and those that are not in order.

    Places count from the first octet that waited; they do not wrap as sequence numbers do.
    """

    addresses: bytes  # as Reading.addresses
    address_length: int
    ports: tuple[int, int]
    frame: int  # in which the unfinished message began
    octets: bytearray = field(default_factory=bytearray)
    wanted: int = 0  # octets, before another look is worth it
    end: int = 0  # the place behind `octets`
    held: list[Segment] = field(default_factory=list)  # a heap
    held_size: int = 0
    pieces: list[Piece] = field(default_factory=list)  # of `octets`, where somebody asks for them

    @property
    def size(self) -> int:
        """Octets of memory, about."""
        return len(self.octets) + self.held_size

    def hold(self, segment: Segment) -> None:
        """Keep a segment until the gap before it is filled."""
        heappush(self.held, segment)
        self.held_size += len(segment.octets) + OVERHEAD

    def due(self) -> Iterator[Segment]:
        """The segments that follow without a gap; `end` moves on while they are taken."""
        while self.held and self.held[0].place <= self.end:
            segment = heappop(self.held)
            self.held_size -= len(segment.octets) + OVERHEAD
            yield segment

    def gap(self) -> int:
        """Octets that are missing before the first segment that is held."""
        return self.held[0].place - self.end

    def take_pieces(self, end: int) -> list[Piece]:
        """The pieces of the octets up to `end`, which are taken; what is behind counts from 0."""
        taken = [p._replace(octets=p.octets[: end - p.place]) for p in self.pieces if p.place < end]
        self.pieces = [
            Piece(p.frame, max(p.place - end, 0), p.octets[max(end - p.place, 0) :])
            for p in self.pieces
            if p.place + len(p.octets) > end
        ]
        return taken
