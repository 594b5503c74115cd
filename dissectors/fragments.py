"""Fragments whose places count up by one: from one that begins to one that ends is a message.

Bounded in number and octets, as all that waits (dissectors/waiting.py); the oldest gives way.
"""

from typing import NamedTuple

MOST_FRAGMENTS = 1 << 16
MOST_OCTETS = 1 << 25
PLACES = 1 << 32  # the one behind the last is 0 (RFC 9260 1.6)

Place = tuple[bytes, int]  # whose fragment, and its number


class Fragment(NamedTuple):
    """A piece of a message."""

    octets: bytes
    begins: bool
    ends: bool
    frame: int


class Fragments:
    """Fragments that wait for their neighbours.

    Neighbours that are there make a run, known by its open ends: so a fragment finds its place in
    any order in constant time.
    """

    def __init__(self, reason: int) -> None:
        """`reason` indexes PROBLEMS: what to say of messages whose rest does not come."""
        self.reason = reason
        self.fragments: dict[Place, Fragment] = {}
        self.first_by_last: dict[Place, int] = {}  # of runs that go on
        self.last_by_first: dict[Place, int] = {}  # of runs that lack their beginning
        self.octets = 0

    def add(self, whose: bytes, place: int, fragment: Fragment) -> list[Fragment] | None:
        """The run that this fragment completes; of two at one place the first stays."""
        if (whose, place) in self.fragments:
            return None
        self.fragments[whose, place] = fragment
        self.octets += len(fragment.octets)
        first = last = place
        if not fragment.begins:
            first = self.first_by_last.pop((whose, (place - 1) % PLACES), place)
        if not fragment.ends:
            last = self.last_by_first.pop((whose, (place + 1) % PLACES), place)
        return self._close(whose, first, last)

    def _close(self, whose: bytes, first: int, last: int) -> list[Fragment] | None:
        """Take a run that is whole; note the open ends of another."""
        begun, ended = self.fragments[whose, first].begins, self.fragments[whose, last].ends
        if begun and ended:
            return self._take(whose, first, last)
        if not begun:
            self.last_by_first[whose, first] = last
        if not ended:
            self.first_by_last[whose, last] = first
        return None

    def _take(self, whose: bytes, first: int, last: int) -> list[Fragment]:
        """Remove a run."""
        count = (last - first) % PLACES + 1
        run = [self.fragments.pop((whose, (first + i) % PLACES)) for i in range(count)]
        self.last_by_first.pop((whose, first), None)
        self.first_by_last.pop((whose, last), None)
        self.octets -= sum(len(fragment.octets) for fragment in run)
        return run

    def too_many(self) -> list[int]:
        """Give up the oldest runs until the rest fits; the frames in which they began."""
        frames = []
        while len(self.fragments) > MOST_FRAGMENTS or self.octets > MOST_OCTETS:
            frames.append(self._give_up_oldest())
        return frames

    def left_over(self) -> list[int]:
        """Give up all, at the end of the capture; the frames in which they began."""
        frames = []
        while self.fragments:
            frames.append(self._give_up_oldest())
        return frames

    def _give_up_oldest(self) -> int:
        whose, place = next(iter(self.fragments))
        first = last = place
        while self._joins(whose, (first - 1) % PLACES):
            first = (first - 1) % PLACES
        while self._joins(whose, last):
            last = (last + 1) % PLACES
        return self._take(whose, first, last)[(place - first) % PLACES].frame

    def _joins(self, whose: bytes, place: int) -> bool:
        """Whether the fragment at a place and the one behind it belong to one message."""
        here = self.fragments.get((whose, place))
        behind = self.fragments.get((whose, (place + 1) % PLACES))
        return bool(here and behind and not here.ends and not behind.begins)
