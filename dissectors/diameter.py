"""Diameter (RFC 6733 3): the header of a message, and from whom to whom it goes."""

import cython

if not cython.compiled:
    from dissectors.aside import set_aside
    from dissectors.avp import find_avp, read_avps
    from dissectors.digits import text_list, utf8
    from dissectors.octets import put, u24, u32
    from dissectors.path import path_number
    from dissectors.reading import Reading
    from dissectors.sms import read_tpdu
    from dissectors.tcap import signed_64

from dissectors import avp_table, diameter_commands, diameter_fields, reasons, tags
from dissectors.diameter_fields import DIAMETER_ROUTE_TABLE, DIAMETER_TABLE
from dissectors.interned import ROUTE_WORDS as MOST_WORDS
from dissectors.reasons import anomaly, problem

NONE = cython.declare(cython.int, reasons.NONE)
CUT_SHORT = cython.declare(
    cython.int, problem("diameter", "message is shorter than its header says")
)
NOT_DIAMETER = cython.declare(cython.int, problem("diameter", "version is not 1"))
BEHIND = cython.declare(cython.int, problem("diameter", "octets behind the end of the message"))

RESERVED_FLAGS = cython.declare(
    cython.int, anomaly("diameter", "reserved flags of the command are set")
)
ERROR_REQUEST = cython.declare(cython.int, anomaly("diameter", "request with the flag for errors"))
REPEATED_ANSWER = cython.declare(
    cython.int, anomaly("diameter", "answer with the flag for retransmissions")
)
UNEVEN = cython.declare(cython.int, anomaly("diameter", "message's length is no multiple of 4"))
OTHER_SESSION = cython.declare(
    cython.int, anomaly("diameter", "Session-Id of another host than Origin-Host")
)

FOREIGN_COMMAND = cython.declare(
    cython.int, anomaly("diameter", "command that does not belong to its application")
)

DIAMETER = cython.declare(cython.int, tags.DIAMETER_USER)
LOW_CODES = cython.declare(cython.int, diameter_commands.LOW)
LOW_CODES_END = cython.declare(cython.int, diameter_commands.LOW_END)
HIGH_CODES = cython.declare(cython.int, diameter_commands.HIGH)
HIGH_CODES_END = cython.declare(cython.int, diameter_commands.HIGH_END)
ROUTE_WORDS = cython.declare(cython.int, MOST_WORDS)
ROUTE = cython.declare(cython.int, diameter_fields.ROUTE)
DECODER = cython.declare(cython.int, avp_table.DECODER)
COLUMN = cython.declare(cython.int, avp_table.COLUMN)
ROUTE_RECORD = cython.declare(cython.int, DIAMETER_ROUTE_TABLE[1].index("route_record"))
# a server asks in a session that its client began (RFC 6733 8.3, 8.5)
RE_AUTH = cython.declare(cython.uint, 258)
ABORT_SESSION = cython.declare(cython.uint, 274)
# MT-Forward-Short-Message (TS 29.338 6.2); the other command with an SM-RP-UI is MO
TO_SUBSCRIBER = cython.declare(cython.uint, 8388646)
IMSI = cython.declare(cython.int, DIAMETER_TABLE[0].index("imsi"))
MSISDN = cython.declare(cython.int, DIAMETER_TABLE[0].index("msisdn"))

FRAME = cython.declare(cython.int, DIAMETER_TABLE[0].index("frame"))
MESSAGE = cython.declare(cython.int, DIAMETER_TABLE[0].index("message"))
SEEN_AT = cython.declare(cython.int, DIAMETER_TABLE[0].index("seen_at"))
PATH_ID = cython.declare(cython.int, DIAMETER_TABLE[0].index("path_id"))
ROUTE_ID = cython.declare(cython.int, DIAMETER_TABLE[0].index("route_id"))
COMMAND_FLAGS = cython.declare(cython.int, DIAMETER_TABLE[0].index("command_flags"))
COMMAND_CODE = cython.declare(cython.int, DIAMETER_TABLE[0].index("command_code"))
APPLICATION_ID = cython.declare(cython.int, DIAMETER_TABLE[0].index("application_id"))
HOP_BY_HOP = cython.declare(cython.int, DIAMETER_TABLE[0].index("hop_by_hop"))
END_TO_END = cython.declare(cython.int, DIAMETER_TABLE[0].index("end_to_end"))
DIGEST = cython.declare(cython.int, DIAMETER_TABLE[0].index("digest"))
FINGERPRINT = cython.declare(cython.int, DIAMETER_TABLE[0].index("fingerprint"))
LOW = cython.declare(cython.ulonglong, 0xFFFFFFFF)


@cython.cfunc
@cython.nogil
def read_diameter(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Read one message into a row."""
    length: cython.Py_ssize_t
    problems: cython.Py_ssize_t = r.problem_table.rows
    anomalies: cython.Py_ssize_t = r.anomaly_table.rows
    r.message += 1
    if end - start < 20:
        return r.problem(CUT_SHORT)
    if r.data[start] != 1:
        return r.problem(NOT_DIAMETER)
    length = u24(r, start + 1)
    if length < 20 or length > end - start:
        return r.problem(CUT_SHORT)
    _begin(r, start)
    _check_header(r, start)
    _put_header(r, start)
    read_avps(r, 0, start + 20, start + length)
    if r.tpdu_start:
        _read_short_message(r, start)
    _put_route(r, start + 20, start + length)
    _check_session(r, start)
    put(r.diameter_table, FINGERPRINT, (r.fingerprint ^ r.fingerprint >> 32) & LOW)
    put(r.diameter_table, DIGEST, signed_64(r.digest(start, start + length)))
    r.diameter_table.end_row()
    if length < end - start:
        r.problem(BEHIND)
    if r.anomaly_table.rows > anomalies or r.problem_table.rows > problems:
        set_aside(r, anomalies, problems, DIAMETER, start, start + length)
    return 0


@cython.cfunc
@cython.nogil
def _begin(r: Reading, start: cython.Py_ssize_t) -> cython.int:
    """Nothing is known of the message yet; what another in the same packet said is forgotten."""
    r.text_start = r.text_end = 0
    r.component_id = r.diameter_table.first_id + r.diameter_table.rows
    r.message_start = start
    r.anomaly_at = NONE
    r.opc = r.dpc = r.network_indicator = r.sccp_type = NONE
    r.routing_context = r.network_appearance = NONE
    r.application = u32(r, start + 8)
    r.fingerprint = 0
    r.route_words = 1
    r.session = r.session_host_end = r.origin_host = r.origin_host_end = 0
    r.tpdu_start = r.tpdu_end = 0
    return 0


@cython.cfunc
@cython.nogil
def _check_header(r: Reading, start: cython.Py_ssize_t) -> cython.int:
    flags: cython.int = r.data[start + 4]
    if flags & 0x0F:
        r.anomaly(RESERVED_FLAGS, start + 4)
    if flags & 0xA0 == 0xA0:
        r.anomaly(ERROR_REQUEST, start + 4)
    if flags & 0x90 == 0x10:
        r.anomaly(REPEATED_ANSWER, start + 4)
    if r.data[start + 3] & 3:
        r.anomaly(UNEVEN, start + 1)
    if not _belongs(r, u24(r, start + 5)):
        r.anomaly(FOREIGN_COMMAND, start + 5)
    return 0


@cython.cfunc
@cython.nogil
def _belongs(r: Reading, command: cython.int) -> cython.int:
    """Whether a command may be sent under the message's application, as far as it is known."""
    i: cython.int
    place: cython.int = NONE
    if LOW_CODES <= command < LOW_CODES_END:
        place = command - LOW_CODES
    elif HIGH_CODES <= command < HIGH_CODES_END:
        place = command - HIGH_CODES + LOW_CODES_END - LOW_CODES
    if place == NONE or r.command_applications[place, 0] == 0:
        return 1
    for i in range(1, 1 + r.command_applications[place, 0]):
        if r.command_applications[place, i] == r.application:
            return 1
    return 0


@cython.cfunc
@cython.nogil
def _put_header(r: Reading, start: cython.Py_ssize_t) -> cython.int:
    put(r.diameter_table, FRAME, r.frame)
    put(r.diameter_table, MESSAGE, r.message)
    put(r.diameter_table, SEEN_AT, r.seen_at)
    put(r.diameter_table, PATH_ID, path_number(r))
    put(r.diameter_table, COMMAND_FLAGS, r.data[start + 4])
    put(r.diameter_table, COMMAND_CODE, u24(r, start + 5))
    put(r.diameter_table, APPLICATION_ID, r.application)
    put(r.diameter_table, HOP_BY_HOP, u32(r, start + 12))
    return put(r.diameter_table, END_TO_END, u32(r, start + 16))


@cython.cfunc
@cython.nogil
def _check_session(r: Reading, start: cython.Py_ssize_t) -> cython.int:
    """A request's Session-Id begins with the identity of its sender (RFC 6733 8.8)."""
    i: cython.Py_ssize_t
    command: cython.uint = u24(r, start + 5)
    if not r.data[start + 4] & 0x80 or r.session == 0 or r.origin_host == 0:
        return 0
    if command in (RE_AUTH, ABORT_SESSION):
        return 0
    if r.session_host_end - r.session != r.origin_host_end - r.origin_host:
        return r.anomaly(OTHER_SESSION, r.session)
    for i in range(r.session_host_end - r.session):
        if r.data[r.session + i] != r.data[r.origin_host + i]:
            return r.anomaly(OTHER_SESSION, r.session)
    return 0


@cython.cfunc
@cython.nogil
def _put_route(r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """The number of the row for the hosts and realms that were met, the same for the same ones."""
    number: cython.longlong
    if r.route_words == 1:
        return 0
    r.routes.key[0] = r.route_words
    number = r.routes.look_up(r.route_words)
    if number == NONE:
        number = _new_route(r, position, end)
    return put(r.diameter_table, ROUTE_ID, number)


@cython.cfunc
@cython.nogil
def _new_route(r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.longlong:
    """Go over the AVPs again, for the table of routes."""
    node: cython.int
    header: cython.int
    length: cython.Py_ssize_t
    while end - position >= 8:
        header = 12 if r.data[position + 4] & 0x80 else 8
        length = u24(r, position + 5)
        if length < header or length > end - position:
            break
        node = find_avp(r, 0, position)
        if node > 0 and r.diameter_fields[node, DECODER] == ROUTE:
            _take_host(r, node, position + header, position + length)
        position += (length + 3) // 4 * 4
    return r.routes.keep(0, 1)


@cython.cfunc
@cython.nogil
def _take_host(
    r: Reading, node: cython.int, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    column: cython.int = r.diameter_fields[node, COLUMN]
    if column == ROUTE_RECORD:
        return text_list(r, r.routes.table, column, start, end)
    return utf8(r, r.routes.table, column, start, end)


@cython.cfunc
@cython.nogil
def _read_short_message(r: Reading, start: cython.Py_ssize_t) -> cython.int:
    """Read the SM-RP-UI of the message that begins at `start` (TS 29.338 5.3.3.8)."""
    terminated: cython.int = u24(r, start + 5) == TO_SUBSCRIBER
    answers: cython.int = not r.data[start + 4] >> 7
    row: cython.Py_ssize_t = r.diameter_table.rows
    party: cython.longlong = NONE
    if r.diameter_table.number_set[IMSI, row]:
        party = r.diameter_table.numbers[IMSI, row]
    elif r.diameter_table.number_set[MSISDN, row]:
        party = r.diameter_table.numbers[MSISDN, row]
    return read_tpdu(r, r.tpdu_start, r.tpdu_end, terminated != answers, answers, party)
