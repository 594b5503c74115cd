"""What waits for its rest: fragments, segments and parts of messages, bounded in number and octets.

Hostile captures begin messages without end; what is too much gives way, the oldest first, and is
counted as a problem at the frame in which it began.
"""

from dataclasses import dataclass, field

MOST_MESSAGES = 4096
MOST_OCTETS = 1 << 25


@dataclass
class Pieces:
    """The pieces of one message that are there, by their place in it."""

    frame: int  # in which the first one came
    parts: dict[int, bytes] = field(default_factory=dict)
    frames: dict[int, int] = field(default_factory=dict)  # in which each came, by its place
    octets: int = 0
    end: int | None = None  # where it ends, once that is known; the dissector says in what unit


class Waiting:
    """Unfinished messages of one protocol, by what tells them apart."""

    def __init__(self, reason: int) -> None:
        """`reason` indexes PROBLEMS: what to say of those whose rest does not come."""
        self.reason = reason
        self.messages: dict[bytes, Pieces] = {}
        self.octets = 0

    def add(self, key: bytes, frame: int, place: int, octets: bytes) -> Pieces:
        """The message's pieces, with this one; of two at one place the first stays."""
        pieces = self.messages.setdefault(key, Pieces(frame))
        if place not in pieces.parts:
            pieces.parts[place] = octets
            pieces.frames[place] = frame
            pieces.octets += len(octets)
            self.octets += len(octets)
        return pieces

    def take(self, key: bytes) -> Pieces:
        """Remove a message, to be read or given up."""
        pieces = self.messages.pop(key)
        self.octets -= pieces.octets
        return pieces

    def too_many(self) -> list[int]:
        """Give up the oldest messages until the rest fits; the frames in which they began."""
        frames = []
        while len(self.messages) > MOST_MESSAGES or self.octets > MOST_OCTETS:
            frames.append(self.take(next(iter(self.messages))).frame)
        return frames

    def left_over(self) -> list[int]:
        """Give up all, at the end of the capture; the frames in which they began."""
        frames = [pieces.frame for pieces in self.messages.values()]
        self.messages.clear()
        self.octets = 0
        return frames
