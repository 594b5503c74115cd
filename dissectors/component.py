"""TCAP components (ITU-T Q.773 3.3): invokes, results, errors and rejects, a row each."""

import cython

if not cython.compiled:
    from dissectors.ber import integer, read_element
    from dissectors.columns import Table
    from dissectors.digits import oid
    from dissectors.map import read_argument, read_error_parameter, read_result
    from dissectors.octets import put
    from dissectors.reading import Reading

from dissectors import reasons
from dissectors.fields import MAP_TABLE
from dissectors.reasons import anomaly, problem

NONE = cython.declare(cython.int, reasons.NONE)
# tags as ber.py gives them: without the constructed bit
CONSTRUCTED = cython.declare(cython.int, 0x20)
INTEGER = cython.declare(cython.int, 0x02)
OBJECT_IDENTIFIER = cython.declare(cython.int, 0x06)
SEQUENCE = cython.declare(cython.int, 0x10)
INVOKE = cython.declare(cython.int, 0x81)
ERROR = cython.declare(cython.int, 0x83)
REJECT = cython.declare(cython.int, 0x84)
RESULT_NOT_LAST = cython.declare(cython.int, 0x87)

HIGHEST_ARC = cython.declare(cython.int, 1 << 15)  # greater than every operation code

CUT_SHORT = cython.declare(cython.int, problem("tcap", "element does not fit into its message"))
NO_COMPONENT = cython.declare(cython.int, problem("tcap", "component is not of a known kind"))
NUMBER_RANGE = cython.declare(cython.int, problem("tcap", "identifier or code is out of range"))
BEHIND = cython.declare(cython.int, anomaly("tcap", "octets behind what was understood"))
LONG_INTEGER = cython.declare(cython.int, anomaly("ber", "integer in more octets than it needs"))
NO_INVOKE_ID = cython.declare(
    cython.int, problem("tcap", "component without invoke id or operation")
)

# the first columns of MAP's table and of CAP's are the same
FRAME = cython.declare(cython.int, MAP_TABLE[0].index("frame"))
MESSAGE = cython.declare(cython.int, MAP_TABLE[0].index("message"))
SEEN_AT = cython.declare(cython.int, MAP_TABLE[0].index("seen_at"))
PATH = cython.declare(cython.int, MAP_TABLE[0].index("path_id"))
CALLED = cython.declare(cython.int, MAP_TABLE[0].index("called_id"))
CALLING = cython.declare(cython.int, MAP_TABLE[0].index("calling_id"))
DIALOGUE = cython.declare(cython.int, MAP_TABLE[0].index("dialogue_id"))
TCAP_TYPE = cython.declare(cython.int, MAP_TABLE[0].index("tcap_type"))
OTID = cython.declare(cython.int, MAP_TABLE[0].index("otid"))
DTID = cython.declare(cython.int, MAP_TABLE[0].index("dtid"))
ABORT_CAUSE = cython.declare(cython.int, MAP_TABLE[0].index("abort_cause"))
RETURN_CAUSE = cython.declare(cython.int, MAP_TABLE[0].index("return_cause"))
COMPONENT = cython.declare(cython.int, MAP_TABLE[0].index("component"))
COMPONENT_TYPE = cython.declare(cython.int, MAP_TABLE[0].index("component_type"))
INVOKE_ID = cython.declare(cython.int, MAP_TABLE[0].index("invoke_id"))
LINKED_ID = cython.declare(cython.int, MAP_TABLE[0].index("linked_id"))
OPCODE = cython.declare(cython.int, MAP_TABLE[0].index("opcode"))
ERROR_CODE = cython.declare(cython.int, MAP_TABLE[0].index("error_code"))
PROBLEM = cython.declare(cython.int, MAP_TABLE[0].index("problem"))
UNREAD = cython.declare(cython.int, MAP_TABLE[0].index("bytes_unread"))
OPCODE_OID = cython.declare(cython.int, MAP_TABLE[1].index("opcode_oid"))


@cython.cfunc
@cython.nogil
def _end_component(
    r: Reading, table: Table, component: cython.int, unread: cython.longlong
) -> cython.int:
    """Close the row of a component; 0 for a message that has none."""
    put(table, COMPONENT, component)
    if unread > 0:
        put(table, UNREAD, unread)
    _put_message(r, table)
    table.end_row()
    r.component_id += 1
    return 0


@cython.cfunc
@cython.nogil
def _put_message(r: Reading, table: Table) -> cython.int:
    """What all components of the message have in common."""
    put(table, FRAME, r.frame)
    put(table, MESSAGE, r.message)
    put(table, SEEN_AT, r.seen_at)
    put(table, PATH, r.path)
    put(table, TCAP_TYPE, r.tcap_type)
    if r.called != NONE:
        put(table, CALLED, r.called)
    if r.calling != NONE:
        put(table, CALLING, r.calling)
    if r.dialogue != NONE:
        put(table, DIALOGUE, r.dialogue)
    if r.has_otid:
        put(table, OTID, r.otid)
    if r.has_dtid:
        put(table, DTID, r.dtid)
    if r.abort_cause != NONE:
        put(table, ABORT_CAUSE, r.abort_cause)
    if r.return_cause != NONE:
        put(table, RETURN_CAUSE, r.return_cause)
    return 0


@cython.cfunc
@cython.nogil
def read_components(
    r: Reading,
    table: Table,
    position: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    unread: cython.Py_ssize_t,
) -> cython.int:
    """Read a component portion, which may be empty; `unread` octets lie behind the message."""
    number: cython.int = 0
    content_end: cython.Py_ssize_t
    read_to: cython.Py_ssize_t
    start: cython.Py_ssize_t
    while position < end:
        start = position
        position = read_element(r, position, end)
        if position == 0:
            r.hide(start, end)
            r.problem(CUT_SHORT)
            break
        number += 1
        content_end = r.content_end
        read_to = _read_component(r, table, r.tag, r.content, r.content_end)
        if read_to < content_end:
            r.hide(read_to, content_end)
            r.anomaly(BEHIND, read_to)
        _end_component(r, table, number, unread + content_end - read_to)
    return _end_component(r, table, 0, unread) if number == 0 else 0


@cython.cfunc
@cython.nogil
def _read_component(
    r: Reading, table: Table, tag: cython.int, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """One component (Q.773 3.3); the position up to which it was understood."""
    if not (INVOKE <= tag <= REJECT or tag == RESULT_NOT_LAST):
        r.problem(NO_COMPONENT)
        return position
    put(table, COMPONENT_TYPE, tag | CONSTRUCTED)
    if tag == REJECT:
        return _read_reject(r, table, position, end)
    if not read_element(r, position, end) or r.tag != INTEGER:
        r.problem(NO_INVOKE_ID)
        return position
    position = r.content_end
    _put_small(r, table, INVOKE_ID)
    if position == end and tag != INVOKE and tag != ERROR:
        return position
    if tag == INVOKE:
        return _read_invoke(r, table, position, end)
    if tag == ERROR:
        return _read_error(r, table, position, end)
    return _read_return_result(r, table, position, end)


@cython.cfunc
@cython.nogil
def _put_small(r: Reading, table: Table, column: cython.int) -> cython.int:
    """The INTEGER read last, where it fits into 16 bits."""
    value: cython.longlong = integer(r, r.content, r.content_end)
    if r.content_end - r.content > 1 and value == integer(r, r.content + 1, r.content_end):
        r.anomaly(LONG_INTEGER, r.content)
    if not 1 <= r.content_end - r.content <= 8 or value < -32768 or value > 32767:
        return r.problem(NUMBER_RANGE)
    return put(table, column, value)


@cython.cfunc
@cython.nogil
def _read_invoke(
    r: Reading, table: Table, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    after: cython.Py_ssize_t = read_element(r, position, end)
    opcode: cython.int
    if after and r.tag == 0x80:
        _put_small(r, table, LINKED_ID)
        position = after
        after = read_element(r, position, end)
    opcode = _read_opcode(r, table) if after else NONE
    if opcode == NONE:
        r.problem(NO_INVOKE_ID)
        return position
    if after == end:
        return after
    return read_argument(r, table, opcode, after, end)


@cython.cfunc
@cython.nogil
def _read_opcode(r: Reading, table: Table) -> cython.int:
    """The element read last as an operation code, of a global one its last arc; else NONE."""
    arc: cython.int
    if r.tag == INTEGER:
        _put_small(r, table, OPCODE)
    elif r.tag == OBJECT_IDENTIFIER and r.content < r.content_end:
        oid(r, table, OPCODE_OID, r.content, r.content_end)
        arc = _last_arc(r, r.content, r.content_end)
        if arc < HIGHEST_ARC:
            put(table, OPCODE, arc)
        else:
            r.problem(NUMBER_RANGE)
    else:
        return NONE
    if not table.number_set[OPCODE, table.rows]:
        return 1 << 15
    return table.numbers[OPCODE, table.rows]


@cython.cfunc
@cython.nogil
def _last_arc(r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """The last arc of an object identifier (X.690 8.19.2), at most HIGHEST_ARC."""
    arc: cython.int = 0
    continues: cython.int = 0
    while position < end:
        arc = (arc << 7 if continues else 0) | (r.data[position] & 0x7F)
        arc = min(arc, HIGHEST_ARC)
        continues = r.data[position] & 0x80
        position += 1
    return arc


@cython.cfunc
@cython.nogil
def _read_return_result(
    r: Reading, table: Table, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """SEQUENCE { operation, parameter }."""
    after: cython.Py_ssize_t = read_element(r, position, end)
    sequence_end: cython.Py_ssize_t = r.content_end
    opcode: cython.int
    if not after or r.tag != SEQUENCE:
        r.problem(NO_INVOKE_ID)
        return position
    position = read_element(r, r.content, sequence_end)
    opcode = _read_opcode(r, table) if position else NONE
    if opcode == NONE:
        r.problem(NO_INVOKE_ID)
        return after
    if position < sequence_end:
        after -= sequence_end - read_result(r, table, opcode, position, sequence_end)
    return after


@cython.cfunc
@cython.nogil
def _read_error(
    r: Reading, table: Table, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    after: cython.Py_ssize_t = read_element(r, position, end)
    code: cython.int
    if not after or (r.tag != INTEGER and r.tag != OBJECT_IDENTIFIER):
        r.problem(NO_INVOKE_ID)
        return position
    code = NONE
    if r.tag == INTEGER:
        _put_small(r, table, ERROR_CODE)
        if table.number_set[ERROR_CODE, table.rows]:
            code = table.numbers[ERROR_CODE, table.rows]
    return after if after == end else read_error_parameter(r, table, code, after, end)


@cython.cfunc
@cython.nogil
def _read_reject(
    r: Reading, table: Table, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Invoke id or NULL, then [0] to [3] with the problem's code (Q.773 3.3.4)."""
    after: cython.Py_ssize_t = read_element(r, position, end)
    if after and r.tag == INTEGER:
        _put_small(r, table, INVOKE_ID)
    if after:
        position = after
        after = read_element(r, position, end)
    if not after or not 0x80 <= r.tag <= 0x83 or r.content_end != r.content + 1:
        r.problem(NO_INVOKE_ID)
        return position
    put(table, PROBLEM, (r.tag & 3) << 8 | r.data[r.content])
    return after
