"""The flows of TCP that carry Diameter, one direction each, and how far each has been read."""

import cython
import numpy as np

from dissectors import reasons

NONE = cython.declare(cython.int, reasons.NONE)
WORDS = cython.declare(cython.int, 5)  # of a key: two addresses, the ports
PLACES = cython.declare(cython.int, 1 << 14)
PROBES = cython.declare(cython.int, 8)
PRIME = cython.declare(cython.ulonglong, 0x9E3779B97F4A7C15)
ALL_BITS = cython.declare(cython.ulonglong, (1 << 64) - 1)
# bits of a state; an unused place has none
USED = cython.declare(cython.int, 1)
PENDING = cython.declare(cython.int, 2)  # something waits in Reading.streams


@cython.final
@cython.cclass
class Flows:
    """A table of fixed size: in a flood of flows the older ones give way, and are met anew.

    Fill `key`, ask `find`; where that gives NONE, `begin` takes a place, and what is at `victim`
    must have been brought to an end before.
    """

    def __init__(self) -> None:
        places = 1 << 14
        self.keys = np.zeros((places, 5), np.uint64).data
        self.key = np.zeros(5, np.uint64).data
        self.state = np.zeros(places, np.uint8).data
        self.next_sequence = np.zeros(places, np.int64).data
        # the segment that was read last: number of its first octet, octets, digests of its
        # beginning and of the whole
        self.last_sequence = np.full(places, reasons.NONE, np.int64).data
        self.last_octets = np.zeros(places, np.int64).data
        self.last_head = np.zeros(places, np.uint64).data
        self.last_digest = np.zeros(places, np.uint64).data
        self.victim = 0
        self.turn = 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def find(self) -> cython.int:
        """The place of the flow of this key, or NONE."""
        value: cython.ulonglong = 0
        first: cython.int
        i: cython.int
        for i in range(WORDS):
            value = ((value ^ self.key[i]) * PRIME) & ALL_BITS
            value ^= value >> 29
        first = (value >> 40) & (PLACES - PROBES)
        for i in range(first, first + PROBES):
            if self.state[i] and self._holds(i):
                return i
        self._choose(first)
        return NONE

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def _holds(self, place: cython.int) -> cython.int:
        i: cython.int
        for i in range(WORDS):
            if self.keys[place, i] != self.key[i]:
                return 0
        return 1

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def _choose(self, first: cython.int) -> cython.int:
        """Who gives way: an unused place, one where nothing waits, or one in turn."""
        i: cython.int
        self.turn += 1
        self.victim = first + (self.turn & (PROBES - 1))
        for i in range(first, first + PROBES):
            if not self.state[i]:
                self.victim = i
                return 0
            if self.state[self.victim] & PENDING and not self.state[i] & PENDING:
                self.victim = i
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def begin(self, sequence: cython.longlong) -> cython.int:
        """Put the flow of this key in the victim's place; its next octet has this number."""
        i: cython.int
        for i in range(WORDS):
            self.keys[self.victim, i] = self.key[i]
        self.restart(self.victim, sequence)
        return self.victim

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def restart(self, place: cython.int, sequence: cython.longlong) -> cython.int:
        """A flow begins anew."""
        self.state[place] = USED
        self.next_sequence[place] = sequence
        self.last_sequence[place] = NONE
        return 0
