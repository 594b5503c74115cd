"""What is being read just now: the bytes, the place in the capture, and the tables that receive.

One `Reading` belongs to one thread and goes through every dissector. A dissector that meets what
it cannot read calls `problem`, one that meets what is no signalling calls `pass_over`: nothing is
dropped in silence.
"""

import cython
import numpy as np

if not cython.compiled:
    from dissectors.columns import Table
    from dissectors.flows import Flows
    from dissectors.interned import Interned

from dissectors import reasons
from dissectors.alphabet import gsm_alphabets
from dissectors.avp_table import avp_rows, avp_slots, known_avps
from dissectors.cap_fields import CAP_TABLE
from dissectors.diameter_commands import command_applications
from dissectors.diameter_fields import DIAMETER_ROUTE_TABLE, DIAMETER_TABLE
from dissectors.field_table import field_rows
from dissectors.fields import (
    ANOMALY_TABLE,
    DIALOGUE_TABLE,
    MAP_TABLE,
    PATH_TABLE,
    PROBLEM_TABLE,
    SCCP_ADDRESS_TABLE,
    SMS_TABLE,
    USSD_TABLE,
)
from dissectors.fragments import Fragments
from dissectors.interned import ROUTE_WORDS
from dissectors.left_alone import left_alone
from dissectors.payload_protocols import payload_reasons, protocols_by_port
from dissectors.pin_words import pin_words
from dissectors.reasons import ANOMALIES, PASSED_OVER, PROBLEMS, problem
from dissectors.second_look import Odd
from dissectors.sms_parts import Parts
from dissectors.stream import Stream
from dissectors.waiting import Pieces, Waiting
from dissectors.wholes import Whole

NONE = cython.declare(cython.int, reasons.NONE)
LOST_SEGMENTS = problem("sccp", "rest of a segmented message does not follow")
DIGEST_START = cython.declare(cython.ulonglong, 0xCBF29CE484222325)
ALL_BITS = cython.declare(cython.ulonglong, (1 << 64) - 1)
ONE = cython.declare(cython.longlong, 1)
MARKS_SHAPE = (1 << 16, 2)  # of dissectors.repeated
LOST_FRAGMENT = problem("sctp", "rest of a fragmented message does not follow")
LOST_IP_FRAGMENT = problem("ip", "rest of a fragmented packet does not follow")
LONGEST_KEY = cython.declare(cython.int, 88)  # octets, of those that are looked up
# ids are unique over the tables of messages
CAP_IDS = 1 << 38
DIAMETER_IDS = 2 << 38
DIGEST_PRIME = cython.declare(cython.ulonglong, 0x100000001B3)


@cython.final
@cython.cclass
class Reading:
    """The state of the walk through one capture."""

    def __init__(self, first_id: int = 0) -> None:
        self.map_table = Table(*MAP_TABLE, first_id)
        self.cap_table = Table(*CAP_TABLE, first_id + CAP_IDS)
        self.diameter_table = Table(*DIAMETER_TABLE, first_id + DIAMETER_IDS)
        self.sms_table = Table(*SMS_TABLE)
        self.ussd_table = Table(*USSD_TABLE)
        self.anomaly_table = Table(*ANOMALY_TABLE)
        self.problem_table = Table(*PROBLEM_TABLE)
        self.paths = Interned(PATH_TABLE, first_id)
        self.sccp_addresses = Interned(SCCP_ADDRESS_TABLE, first_id)
        self.dialogue_portions = Interned(DIALOGUE_TABLE, first_id)
        self.routes = Interned(DIAMETER_ROUTE_TABLE, first_id, ROUTE_WORDS)
        self.tables = {
            "map_component": self.map_table,
            "cap_component": self.cap_table,
            "diameter_message": self.diameter_table,
            "sms": self.sms_table,
            "ussd": self.ussd_table,
            "anomaly": self.anomaly_table,
            "problem": self.problem_table,
            "path": self.paths.table,
            "sccp_address": self.sccp_addresses.table,
            "dialogue_portion": self.dialogue_portions.table,
            "diameter_route": self.routes.table,
        }
        self.map_fields = field_rows().data
        self.has_cap_fields = 0
        self.diameter_fields = avp_rows().data
        self.avp_slots = avp_slots().data
        self.known_avps = known_avps().data
        self.command_applications = command_applications().data
        self.avp_seen = np.zeros(len(self.diameter_fields), np.int64).data
        self.avp_group = self.application = self.fingerprint = self.route_words = 0
        self.session = self.session_host_end = self.origin_host = self.origin_host_end = 0
        self.left_alone = left_alone().data
        self.counts_array = np.zeros(len(PASSED_OVER), np.int64)
        self.counts = self.counts_array.data
        self.first_frames_array = np.zeros(len(PASSED_OVER), np.int64)
        self.first_frames = self.first_frames_array.data
        self.alphabets = gsm_alphabets().data
        # the text that is looked at, in units of UTF-16; a message of 255 parts has room
        self.characters_array = np.zeros(1 << 16, np.uint16)
        self.characters = self.characters_array.data
        self.packet = 0
        self.tpdu_start = self.tpdu_end = 0
        self.ussd_coding = 0
        self.pin_words = pin_words().data
        self.flows = Flows()
        self.streams: dict[int, Stream] = {}  # by place in flows: what waits
        self.waiting = 0
        self.marks = np.zeros(MARKS_SHAPE, np.uint64).data
        self.payload_reasons = payload_reasons().data
        self.protocols_by_port = protocols_by_port().data
        self.segments = Waiting(LOST_SEGMENTS)
        self.fragments = Fragments(LOST_FRAGMENT)
        self.sms_parts = Parts()
        self.datagrams = Waiting(LOST_IP_FRAGMENT)
        self.wholes: list[Whole] | None = None  # what a frame completes, if that is asked for
        # what each protocol waits for
        self.waiting_for: list[Waiting | Fragments] = [
            self.fragments, self.datagrams, self.segments, self.sms_parts.waiting,
        ]  # fmt: skip
        self.data = memoryview(b"")
        self.frame = 0
        self.message = 0
        self.seen_at = 0
        self.labels_24 = 0  # of MTP3's routing labels, how many more were of 24 than of 14 bits
        self.inside = self.inside_end = self.tunnels = 0
        self.joined = b""
        self.tag = self.constructed = self.content = self.content_end = 0
        # source, destination and room for another; 16 octets each, IPv4 in the first 4
        self.addresses = memoryview(bytearray(48))
        self.address_length = 0
        self.component_id = 0
        self.anomaly_at = self.anomaly_kinds = 0
        # messages set aside for a second look; how many there were for each anomaly and problem
        self.odd_messages: list[Odd] = []
        self.odd_octets = 0
        self.odd_counts_array = np.zeros((2, max(len(ANOMALIES), len(PROBLEMS))), np.int64)
        self.odd_counts = self.odd_counts_array.data
        self.path = self.called = self.calling = self.dialogue = NONE
        self.called_ssn = self.calling_ssn = self.context = self.version = NONE
        self.return_cause = self.tcap_type = self.abort_cause = NONE
        self.has_otid = self.has_dtid = self.user = 0
        self.transaction_id = 0
        self.otid = self.dtid = self.message_start = 0
        self.subscription_id_type = NONE
        self.subscription_start = self.subscription_end = 0
        self.text_start = self.text_end = 0
        self.forget_path()

    def clear(self) -> None:
        """Begin new batches in all tables; ids go on."""
        for table in self.tables.values():
            if table.has_ids:
                table.first_id += table.rows
            table.clear()

    def drop_rows(self) -> None:
        """Empty the open row of every table."""
        for table in self.tables.values():
            table.drop_row()

    def take_cap_fields(self) -> None:
        """From now on the table of fields holds CAP's too; they are slow to load, and rare."""
        self.map_fields = field_rows(True).data
        self.has_cap_fields = 1

    def wait(self, waiting: Waiting, key: bytes, place: int, octets: bytes) -> Pieces:
        """Add a piece to its message; what gives way for it is counted."""
        pieces = waiting.add(key, self.frame, place, octets)
        self.give_up(waiting.reason, waiting.too_many())
        return pieces

    def give_up(self, reason: int, frames: list[int]) -> None:
        """Count messages whose rest did not come, at the frames in which they began."""
        for frame in frames:
            self.problem_table.put(0, frame)
            self.problem_table.put(2, reason)
            self.problem_table.end_row()

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def is_full(self, rows: cython.Py_ssize_t) -> cython.int:
        """Whether any table holds so many rows, or so much text, that it should be handed over."""
        return (
            self.map_table.is_full(rows)
            or self.diameter_table.is_full(rows)
            or self.sms_table.is_full(rows)
            or self.ussd_table.is_full(rows)
            or self.problem_table.is_full(rows)
            or self.cap_table.is_full(rows)
            or self.anomaly_table.is_full(rows)
            or self.sccp_addresses.table.is_full(rows)
            or self.dialogue_portions.table.is_full(rows)
            or self.routes.table.is_full(rows)
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
        return self.pass_over_many(what, 1)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def pass_over_many(self, what: cython.int, count: cython.Py_ssize_t) -> cython.int:
        """Count so much of it at once, and keep the frame at which it was met first."""
        if self.counts[what] == 0 and count:
            self.first_frames[what] = self.frame
        self.counts[what] += count
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def anomaly(self, kind: cython.int, position: cython.Py_ssize_t) -> cython.int:
        """Note what decoders forgive, in the message that is being read; `kind` indexes ANOMALIES.

        The value is read all the same.
        """
        if position != self.anomaly_at:
            self.anomaly_at = position
            self.anomaly_kinds = 0
        if self.anomaly_kinds >> kind & 1:  # an element that is looked at twice
            return 0
        self.anomaly_kinds |= ONE << kind
        self.anomaly_table.put(0, self.component_id)
        self.anomaly_table.put(1, kind)
        self.anomaly_table.put(2, position - self.message_start)
        return self.anomaly_table.end_row()

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def _check(self, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
        """Once for all octets that are read without a check for each; raises IndexError."""
        if start < 0 or end > len(self.data):
            with cython.gil:
                raise IndexError
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    @cython.boundscheck(False)
    def _u64(self, position: cython.Py_ssize_t) -> cython.ulonglong:
        """Eight octets, the caller has checked that they are there."""
        high: cython.uint = self.data[position] << 8 | self.data[position + 1]
        low: cython.uint = self.data[position + 4] << 8 | self.data[position + 5]
        word: cython.ulonglong
        high = high << 16 | self.data[position + 2] << 8 | self.data[position + 3]
        word = high
        return word << 32 | low << 16 | self.data[position + 6] << 8 | self.data[position + 7]

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    @cython.boundscheck(False)
    def known(
        self, interned: Interned, start: cython.Py_ssize_t, end: cython.Py_ssize_t
    ) -> cython.longlong:
        """The number of these octets among what was met lately, or NONE; they are the key then."""
        if end - start > LONGEST_KEY:
            return interned.look_up(LONGEST_KEY)
        interned.key[0] = (end - start) | interned.variant << 8
        return interned.look_up(self.fill_key(interned, 1, start, end))

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    @cython.boundscheck(False)  # the caller knows that the key has room
    def fill_key(
        self, interned: Interned, i: cython.int, start: cython.Py_ssize_t, end: cython.Py_ssize_t
    ) -> cython.int:
        """Write these octets into the key from its word `i` on; the word behind them."""
        word: cython.ulonglong
        self._check(start, end)
        while end - start >= 8:
            interned.key[i] = self._u64(start)
            start += 8
            i += 1
        if start < end:
            word = 0
            while start < end:
                word = word << 8 | self.data[start]
                start += 1
            interned.key[i] = word
            i += 1
        return i

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def forget_path(self) -> cython.int:
        """Begin to say how a message came: nothing is known of it yet."""
        self.source_port = self.destination_port = self.payload_protocol = NONE
        self.opc = self.dpc = self.network_indicator = self.sccp_type = NONE
        self.point_code_bits = NONE
        self.routing_context = self.network_appearance = NONE
        self.address_length = 0
        self.paths.key[1] = self.paths.key[2] = self.paths.key[3] = self.paths.key[4] = 0
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def set_addresses(
        self,
        source: cython.Py_ssize_t,
        destination: cython.Py_ssize_t,
        length: cython.int,
    ) -> cython.int:
        """Keep a packet's addresses, which stand at these places."""
        i: cython.int
        self.address_length = length
        for i in range(length):
            self.addresses[i] = self.data[source + i]
            self.addresses[16 + i] = self.data[destination + i]
        # the same as words of the key of table `path`
        if length == 4:
            self.paths.key[1] = self.u32(source)
            self.paths.key[2] = self.u32(destination)
            self.paths.key[3] = self.paths.key[4] = 0
            return 0
        for i in range(2):
            self.paths.key[1 + i] = self._u64(source + 8 * i)
            self.paths.key[3 + i] = self._u64(destination + 8 * i)
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1)
    def goes_on(
        self, ethertype: cython.uint, start: cython.Py_ssize_t, end: cython.Py_ssize_t
    ) -> cython.int:
        """Leave what lies inside a link or a tunnel to dissectors/link.py; gives its EtherType.

        0 is none, and would say that all is read; 0xFFFF, which is reserved, stands for it.
        """
        self.inside = start
        self.inside_end = end
        return ethertype or 0xFFFF

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
    @cython.boundscheck(False)
    def _digest(
        self, value: cython.ulonglong, start: cython.Py_ssize_t, end: cython.Py_ssize_t
    ) -> cython.ulonglong:
        self._check(start, end)
        while end - start >= 8:
            value = (value ^ self._u64(start)) * DIGEST_PRIME & ALL_BITS
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
        high: cython.uint = self.data[position] << 8 | self.data[position + 1]
        return high << 16 | self.data[position + 2] << 8 | self.data[position + 3]
