"""What is being read just now: the bytes, the place in the capture, and the tables that receive.

One `Reading` belongs to one thread and goes through every dissector. A dissector that meets what
it cannot read calls `problem`, one that meets what is no signalling calls `pass_over`: nothing is
dropped in silence.
"""

import cython
import numpy as np

if not cython.compiled:
    from dissectors.columns import Table

from dissectors.alphabet import gsm_alphabet
from dissectors.fields import DIAMETER_TABLE, MAP_TABLE, SMS_TABLE
from dissectors.reasons import NONE, PASSED_OVER
from dissectors.tags import compile_diameter_fields, compile_map_fields

DIGEST_START = cython.declare(cython.ulonglong, 0xCBF29CE484222325)
ALL_BITS = cython.declare(cython.ulonglong, (1 << 64) - 1)
DIGEST_PRIME = cython.declare(cython.ulonglong, 0x100000001B3)


@cython.final
@cython.cclass
class Reading:
    """The state of the walk through one capture."""

    def __init__(self, first_id: int = 0) -> None:
        self.map_table = Table(*MAP_TABLE, first_id)
        self.sms_table = Table(*SMS_TABLE)
        self.diameter_table = Table(*DIAMETER_TABLE, first_id)
        self.problem_table = Table(["frame", "message", "reason"], [])
        self.map_fields = compile_map_fields().data
        self.diameter_fields = compile_diameter_fields().data
        self.counts_array = np.zeros(len(PASSED_OVER), np.int64)
        self.counts = self.counts_array.data
        self.alphabet = gsm_alphabet().data
        # by flow: the next segment's sequence number, the octets wanted, those that are there
        self.streams: dict[bytes, tuple[int, int, bytearray]] = {}
        self.waiting = 0
        self.data = memoryview(b"")
        self.frame = 0
        self.message = 0
        self.seen_at = 0
        self.tag = self.constructed = self.content = self.content_end = 0
        # source and destination, 16 octets each, IPv4 in the first 4
        self.addresses = memoryview(bytearray(32))
        self.address_length = 0
        self.subscription_id_type = NONE
        self.text_start = self.text_end = 0

    def clear(self) -> None:
        """Begin new batches in all tables; ids go on."""
        for table in (self.map_table, self.diameter_table):
            table.first_id += table.rows
        for table in (self.map_table, self.sms_table, self.diameter_table, self.problem_table):
            table.clear()

    def drop_rows(self) -> None:
        """Empty the open row of every table."""
        for table in (self.map_table, self.sms_table, self.diameter_table, self.problem_table):
            table.drop_row()

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def is_full(self, rows: cython.Py_ssize_t) -> cython.int:
        """Whether any table holds so many rows, or so much text, that it should be handed over."""
        return (
            self.map_table.is_full(rows)
            or self.diameter_table.is_full(rows)
            or self.sms_table.is_full(rows)
            or self.problem_table.is_full(rows)
        )

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def problem(self, reason: cython.int) -> cython.int:
        """Count what cannot be read at this place; `reason` indexes PROBLEMS."""
        self.problem_table.put(0, self.frame)
        if self.message > 0:
            self.problem_table.put(1, self.message)
        self.problem_table.put(2, reason)
        self.problem_table.end_row()
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def pass_over(self, what: cython.int) -> cython.int:
        """Count what is rightly left alone; `what` indexes PASSED_OVER."""
        self.counts[what] += 1
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def set_addresses(self, position: cython.Py_ssize_t, length: cython.int) -> cython.int:
        """Keep a packet's source and destination, which stand one behind the other."""
        i: cython.int
        self.address_length = length
        for i in range(length):
            self.addresses[i] = self.data[position + i]
            self.addresses[16 + i] = self.data[position + length + i]
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def hide(self, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
        """Message text lies or may lie here: no digest covers it, nor what is in between."""
        if self.text_end == 0 or start < self.text_start:
            self.text_start = start
        if end > self.text_end:
            self.text_end = end
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def digest(self, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.ulonglong:
        """64 bits that tell messages apart (FNV-1a's step over 8 octets); covers no text."""
        if self.text_end == 0:
            return self._digest(DIGEST_START, start, end)
        return self._digest(self._digest(DIGEST_START, start, self.text_start), self.text_end, end)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def _digest(
        self, value: cython.ulonglong, start: cython.Py_ssize_t, end: cython.Py_ssize_t
    ) -> cython.ulonglong:
        word: cython.ulonglong
        while end - start >= 8:
            word = self.u32(start)
            word = word << 32 | self.u32(start + 4)
            value = (value ^ word) * DIGEST_PRIME & ALL_BITS
            value ^= value >> 32
            start += 8
        while start < end:
            value = (value ^ self.data[start]) * DIGEST_PRIME & ALL_BITS
            start += 1
        return value

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def u16(self, position: cython.Py_ssize_t) -> cython.uint:
        """Two octets, most significant first."""
        return (self.data[position] << 8) | self.data[position + 1]

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def u24(self, position: cython.Py_ssize_t) -> cython.uint:
        """Three octets, most significant first."""
        return (self.u16(position) << 8) | self.data[position + 2]

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def u32(self, position: cython.Py_ssize_t) -> cython.uint:
        """Four octets, most significant first."""
        return (self.u16(position) << 16) | self.u16(position + 2)
