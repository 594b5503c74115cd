"""Octets that repeat, told as numbers: an address or a dialogue portion is decoded once.

Traffic names the same nodes again and again. What is known lately is found by its octets; what is
new becomes a row of a table of its own. Memory is bounded: entries give way to newer ones, and
what comes back later is a second row with the same values, which does no harm.
"""

import cython
import numpy as np

if not cython.compiled:
    from dissectors.columns import Table

from dissectors import reasons

NONE = cython.declare(cython.int, reasons.NONE)
KEY_WORDS = 12  # of 8 octets: the longest key
ROUTE_WORDS = 48  # of a Diameter message's hosts and realms
SLOTS = cython.declare(cython.int, 1 << 15)
PROBES = cython.declare(cython.int, 4)
HASH_START = cython.declare(cython.ulonglong, 0xCBF29CE484222325)
HASH_PRIME = cython.declare(cython.ulonglong, 0x9E3779B97F4A7C15)
FACTORS = [pow(0x9E3779B97F4A7C15, n, 1 << 64) for n in range(1, ROUTE_WORDS + 1)]  # for each word
ALL_BITS = cython.declare(cython.ulonglong, (1 << 64) - 1)


@cython.final
@cython.cclass
class Interned:
    """A table whose rows are known by the octets that they were made of.

    Fill `key` (its first word says how long it is), ask `look_up`; where that gives NONE, fill the
    open row of `table` and call `keep`. `variant` tells octets apart that are read in other ways;
    `about` is a number that is to be known again with it.
    """

    def __init__(
        self, columns: tuple[list[str], list[str]], first_id: int, words: int = KEY_WORDS
    ) -> None:
        self.words = words
        self.table = Table(*columns, first_id)
        self.hashes = np.zeros(SLOTS, np.uint64).data  # 0: nothing is known there
        self.keys = np.zeros((SLOTS, words), np.uint64).data
        self.numbers = np.zeros((SLOTS, 2), np.int64).data  # and what is noted about it
        self.key = np.zeros(words, np.uint64).data
        self.factors = np.array(FACTORS, np.uint64).data
        self.variant = 0
        self.fits = 0
        self.slot = 0
        self.hash = 0
        self.about = 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    @cython.boundscheck(False)  # places are masked to the slots, words counted
    def look_up(self, words: cython.int) -> cython.longlong:
        """The number of the key of so many words, with what was noted `about` it; or NONE."""
        value: cython.ulonglong = HASH_START
        first: cython.int
        i: cython.int
        self.fits = words <= self.words
        if not self.fits:
            return NONE
        for i in range(words):  # no product waits for the one before
            value += self.key[i] * self.factors[i] & ALL_BITS
        value = ((value & ALL_BITS) ^ (value & ALL_BITS) >> 32) * HASH_PRIME & ALL_BITS
        self.hash = value | 1
        first = value >> 47 & (SLOTS - PROBES)
        self.slot = first + (value >> 1 & (PROBES - 1))  # which gives way if all are taken
        for i in range(first, first + PROBES):
            if self.hashes[i] == self.hash and self._holds(i, words):
                self.about = self.numbers[i, 1]
                return self.numbers[i, 0]
            if self.hashes[i] == 0:
                self.slot = i
                return NONE
        return NONE

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    @cython.boundscheck(False)  # places are masked to the slots, words counted
    def _holds(self, slot: cython.int, words: cython.int) -> cython.int:
        i: cython.int
        for i in range(words):
            if self.keys[slot, i] != self.key[i]:
                return 0
        return 1

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    @cython.boundscheck(False)  # places are masked to the slots, words counted
    def keep(self, about: cython.longlong, again: cython.int) -> cython.longlong:
        """Close the open row; its number. Known from now on, unless not to be met `again`."""
        number: cython.longlong = self.table.first_id + self.table.rows
        i: cython.int
        self.table.end_row()
        self.about = about
        if again and self.fits:
            for i in range(self.words):
                self.keys[self.slot, i] = self.key[i]
            self.hashes[self.slot] = self.hash
            self.numbers[self.slot, 0] = number
            self.numbers[self.slot, 1] = about
        return number
