"""Containers of frames: pcap and pcapng, block by block.

pcap as the IETF draft draft-ietf-opsawg-pcap describes it, pcapng as draft-ietf-opsawg-pcapng.
"""

import cython
import numpy as np

if not cython.compiled:
    from dissectors.reading import Reading

from dissectors.reasons import passed_over, problem

LONGEST_FRAME = cython.declare(cython.int, 1 << 18)  # as Wireshark has it; a longer one is damage
LONGEST_PACKET_BLOCK = cython.declare(cython.int, 1 << 20)
MOST_INTERFACES = cython.declare(cython.int, 1024)

PCAP = cython.declare(cython.int, 1)
PCAPNG = cython.declare(cython.int, 2)
SECTION_HEADER = cython.declare(cython.uint, 0x0A0D0D0A)
INTERFACE = cython.declare(cython.uint, 1)
OLD_PACKET = cython.declare(cython.uint, 2)
SIMPLE_PACKET = cython.declare(cython.uint, 3)
ENHANCED_PACKET = cython.declare(cython.uint, 6)
# blocks without a packet that Wireshark numbers as frames all the same
JOURNAL_EXPORT = cython.declare(cython.uint, 9)
SYSDIG_EVENT = cython.declare(cython.uint, 0x204)
SYSDIG_EVENT_2 = cython.declare(cython.uint, 0x216)
SYSDIG_LARGE_EVENT_2 = cython.declare(cython.uint, 0x221)
CUSTOM = cython.declare(cython.uint, 0xBAD)
CUSTOM_NOT_TO_COPY = cython.declare(cython.uint, 0x40000BAD)
BYTE_ORDER_MAGIC = cython.declare(cython.uint, 0x1A2B3C4D)

# microseconds
LATEST = cython.declare(cython.longlong, (1 << 53) - 1)
ENDLESS = cython.declare(cython.longlong, 1 << 61)  # the sum of two still fits into 64 bits
WORD = cython.declare(cython.longlong, 1 << 32)
SECOND = cython.declare(cython.longlong, 1_000_000)
FARTHEST = cython.declare(cython.longlong, (1 << 60) // 1_000_000)  # seconds of an if_tsoffset

WHOLE = cython.declare(cython.int, 0)
MORE_WANTED = cython.declare(cython.int, 1)
DAMAGED = cython.declare(cython.int, 2)

NO_PACKET = cython.declare(cython.int, passed_over("capture", "frame without a packet"))
NO_SUCH_TIME = cython.declare(cython.int, problem("capture", "time is not from 1970 to 2255"))


class NotACaptureError(Exception):
    """The bytes do not begin as a pcap or pcapng does."""


@cython.final
@cython.cclass
class Capture:
    """The container's own state: byte order, link types and clocks of its interfaces."""

    def __init__(self, beginning: bytes) -> None:
        """Raises NotACaptureError; `beginning` is at least 24 octets where the file has them."""
        self.link_types = np.zeros(MOST_INTERFACES, np.int32).data
        self.exponents = np.full(MOST_INTERFACES, 6, np.int32).data
        self.offsets = np.zeros(MOST_INTERFACES, np.int64).data
        self.longest = np.zeros(MOST_INTERFACES, np.uint32).data
        self.interfaces = 0
        self.kind = PCAP
        self.state = WHOLE
        self.link_type = self.frame_start = self.frame_end = self.after = 0
        self.little = self.nanoseconds = 0
        self.record_header = 16
        self.to_skip = 0
        magic = beginning[:4]
        if magic == b"\x0a\x0d\x0d\x0a" and len(beginning) >= 12:
            self.kind = PCAPNG
            self.header_length = 0
        elif magic in PCAP_MAGICS and len(beginning) >= 24:
            self.little, self.nanoseconds, longer, self.record_header = PCAP_MAGICS[magic]
            self.link_types[0] = self.number(beginning[20:24]) & 0xFFFF
            self.interfaces = 1
            self.header_length = 24
            self.to_skip = longer
        else:
            raise NotACaptureError

    def number(self, octets: bytes) -> int:
        """An unsigned number in the file's byte order."""
        return int.from_bytes(octets, "little" if self.little else "big")

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def u16(self, r: Reading, position: cython.Py_ssize_t) -> cython.uint:
        if self.little:
            return r.data[position] | r.data[position + 1] << 8
        return r.u16(position)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def u32(self, r: Reading, position: cython.Py_ssize_t) -> cython.uint:
        if self.little:
            return self.u16(r, position) | self.u16(r, position + 2) << 16
        return r.u32(position)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def next_frame(
        self, r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t
    ) -> cython.Py_ssize_t:
        """Find the next frame; the position behind it.

        Sets frame_start, frame_end and link_type here, frame and seen_at of the reading. Without
        a whole record left, sets `state` and gives the position where reading has to go on.
        """
        self.state = WHOLE
        if self.to_skip > 0:
            position += self._skipped(end - position)
        if self.kind == PCAP:
            return self._next_record(r, position, end)
        return self._next_block(r, position, end)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def _skipped(self, octets: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """How many of these octets belong to what is stepped over."""
        octets = min(octets, self.to_skip)
        self.to_skip -= octets
        return octets

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def _next_record(
        self, r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t
    ) -> cython.Py_ssize_t:
        length: cython.uint
        start: cython.Py_ssize_t = position + self.record_header
        if end < start:
            return self._stop(MORE_WANTED, position)
        length = self.u32(r, position + 8)
        if length > cython.cast(cython.uint, LONGEST_FRAME):
            return self._stop(DAMAGED, position)
        if end - start < length:
            return self._stop(MORE_WANTED, position)
        r.seen_at = cython.cast(cython.longlong, self.u32(r, position)) * 1000000
        r.seen_at += self.u32(r, position + 4) // (1000 if self.nanoseconds else 1)
        return self._found(r, 0, start, length, start + length)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def _stop(self, state: cython.int, position: cython.Py_ssize_t) -> cython.Py_ssize_t:
        self.state = state
        return position

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def _found(
        self,
        r: Reading,
        interface: cython.int,
        start: cython.Py_ssize_t,
        length: cython.Py_ssize_t,
        after: cython.Py_ssize_t,
    ) -> cython.Py_ssize_t:
        r.frame += 1
        if r.seen_at < 0 or r.seen_at > LATEST:
            r.seen_at = 0 if r.seen_at < 0 else LATEST
            r.message = 0
            r.problem(NO_SUCH_TIME)
        self.frame_start = start
        self.frame_end = start + length
        self.after = after
        self.link_type = self.link_types[interface]
        return after

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def _next_block(
        self, r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t
    ) -> cython.Py_ssize_t:
        kind: cython.uint
        length: cython.uint
        after: cython.Py_ssize_t
        while True:
            if end - position < 12:
                return self._stop(MORE_WANTED, position)
            kind = r.u32(position)
            if kind == SECTION_HEADER:
                if not self._begin_section(r, position):
                    return self._stop(DAMAGED, position)
            else:
                kind = self.u32(r, position)
            length = self.u32(r, position + 4)
            if length < 12 or length & 3:
                return self._stop(DAMAGED, position)
            if not self._is_read(kind):
                self._step_over(r, kind, length)
                position += self._skipped(end - position)
                continue
            if length > cython.cast(cython.uint, LONGEST_PACKET_BLOCK):
                return self._stop(DAMAGED, position)
            if end - position < length:
                return self._stop(MORE_WANTED, position)
            after = position + length
            if kind == INTERFACE:
                if length < 20 or self.interfaces == MOST_INTERFACES:
                    return self._stop(DAMAGED, position)
                self._add_interface(r, position + 8, after - 4)
            elif kind != SECTION_HEADER:
                return self._packet(r, kind, position, after)
            position = after

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def _is_read(self, kind: cython.uint) -> cython.int:
        return kind in (ENHANCED_PACKET, SIMPLE_PACKET, OLD_PACKET, INTERFACE, SECTION_HEADER)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def _step_over(self, r: Reading, kind: cython.uint, length: cython.uint) -> cython.int:
        """Of any other block no more is held than what of it is in the buffer."""
        self.to_skip = length
        if kind in (JOURNAL_EXPORT, SYSDIG_EVENT, SYSDIG_EVENT_2, SYSDIG_LARGE_EVENT_2) or kind in (
            CUSTOM,
            CUSTOM_NOT_TO_COPY,
        ):
            r.frame += 1
            r.pass_over(NO_PACKET)
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def _begin_section(self, r: Reading, position: cython.Py_ssize_t) -> cython.int:
        if r.u32(position + 8) == BYTE_ORDER_MAGIC:
            self.little = 0
        else:
            self.little = 1
            if self.u32(r, position + 8) != BYTE_ORDER_MAGIC:
                return 0
        self.interfaces = 0
        return 1

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def _add_interface(
        self, r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t
    ) -> cython.int:
        """Link type, and the options if_tsresol (9) and if_tsoffset (14)."""
        number: cython.int = self.interfaces
        code: cython.uint
        length: cython.uint
        self.interfaces += 1
        self.link_types[number] = self.u16(r, position)
        self.exponents[number] = 6
        self.offsets[number] = 0
        self.longest[number] = self.u32(r, position + 4)
        position += 8
        while end - position >= 4:
            code = self.u16(r, position)
            length = self.u16(r, position + 2)
            position += 4
            if code == 0 or length > end - position:
                break
            if code == 9 and length == 1:
                self.exponents[number] = r.data[position]
            elif code == 14 and length == 8:
                self.offsets[number] = self._seconds(r, position)
            position += (length + 3) // 4 * 4
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def _seconds(self, r: Reading, position: cython.Py_ssize_t) -> cython.longlong:
        """The signed 64-bit number of if_tsoffset, at most what there is time for."""
        high: cython.longlong = self.u32(r, position + 4 if self.little else position)
        low: cython.longlong = self.u32(r, position if self.little else position + 4)
        if high >= WORD // 2:
            high -= WORD
        return max(-FARTHEST, min(FARTHEST, high * WORD + low))

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def _packet(
        self,
        r: Reading,
        kind: cython.uint,
        position: cython.Py_ssize_t,
        after: cython.Py_ssize_t,
    ) -> cython.Py_ssize_t:
        """An enhanced, old or simple packet block; the latter has no time and keeps the last."""
        interface: cython.uint = 0
        length: cython.uint
        data: cython.Py_ssize_t = position + 12
        if kind == SIMPLE_PACKET:
            length = min(self.u32(r, position + 8), after - 4 - data)
            if 0 < self.longest[0] < length:
                length = self.longest[0]
        else:
            data = position + 28
            if data + 4 > after:
                return self._stop(DAMAGED, position)
            interface = self.u32(r, position + 8)
            if kind == OLD_PACKET:
                interface = self.u16(r, position + 8)
            length = self.u32(r, position + 20)
        if interface >= cython.cast(cython.uint, self.interfaces) or length > after - 4 - data:
            return self._stop(DAMAGED, position)
        if kind != SIMPLE_PACKET:
            self._set_time(r, interface, self.u32(r, position + 12), self.u32(r, position + 16))
        return self._found(r, interface, data, length, after)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def _set_time(
        self, r: Reading, interface: cython.int, high: cython.uint, low: cython.uint
    ) -> cython.int:
        """Microseconds from an interface's units: 10 ** -n seconds, or 2 ** -n if bit 7 is set."""
        units: cython.ulonglong = (cython.cast(cython.ulonglong, high) << 32) | low
        exponent: cython.int = self.exponents[interface] & 0x7F
        if self.exponents[interface] & 0x80:
            units = _from_binary(units, exponent)
        else:
            while exponent > 6:
                units = units // 10
                exponent -= 1
            while exponent < 6:
                units = units * 10 if units < ENDLESS // 10 else ENDLESS
                exponent += 1
        r.seen_at = cython.cast(cython.longlong, units if units < ENDLESS else ENDLESS)
        if -FARTHEST < self.offsets[interface] < FARTHEST:
            r.seen_at += SECOND * self.offsets[interface]
        else:
            r.seen_at = ENDLESS
        return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _from_binary(units: cython.ulonglong, exponent: cython.int) -> cython.ulonglong:
    """Microseconds from 2 ** -exponent seconds."""
    rest: cython.ulonglong
    if exponent > 40:
        units = units >> (exponent - 40) if exponent - 40 < 64 else 0
        exponent = 40
    rest = units & ((cython.cast(cython.ulonglong, 1) << exponent) - 1)
    units = units >> exponent
    if units >= ENDLESS // SECOND:
        return ENDLESS
    return units * SECOND + (rest * SECOND >> exponent)


# Little-endian or not, nanoseconds or not, octets more in the file's header, octets of a record's.
PCAP_MAGICS = {
    b"\xa1\xb2\xc3\xd4": (0, 0, 0, 16),
    b"\xd4\xc3\xb2\xa1": (1, 0, 0, 16),
    b"\xa1\xb2\x3c\x4d": (0, 1, 0, 16),
    b"\x4d\x3c\xb2\xa1": (1, 1, 0, 16),
    # Alexey Kuznetzov's libpcap puts the interface, protocol and direction behind the lengths
    b"\xa1\xb2\xcd\x34": (0, 0, 0, 24),
    b"\x34\xcd\xb2\xa1": (1, 0, 0, 24),
    # Ixia's testers, hardware and software, put the octets of all records behind the file's header
    b"\x1c\x00\x01\xac": (0, 0, 4, 16),
    b"\xac\x01\x00\x1c": (1, 0, 4, 16),
    b"\x1c\x00\x01\xab": (0, 0, 4, 16),
    b"\xab\x01\x00\x1c": (1, 0, 4, 16),
}
