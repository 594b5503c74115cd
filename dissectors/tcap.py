"""TCAP (ITU-T Q.773): transactions, dialogue portions, components."""

import cython

if not cython.compiled:
    from dissectors.ber import integer, read_element
    from dissectors.digits import oid, tbcd
    from dissectors.map import read_argument, read_result
    from dissectors.reading import Reading

from dissectors import reasons
from dissectors.fields import MAP_TABLE, MESSAGE_NUMBERS, MESSAGE_TEXTS
from dissectors.reasons import passed_over, problem

# tags as ber.py gives them: without the constructed bit (Q.773 3.1)
NONE = cython.declare(cython.int, reasons.NONE)
UNIDIRECTIONAL = cython.declare(cython.int, 0x41)
BEGIN = cython.declare(cython.int, 0x42)
END = cython.declare(cython.int, 0x44)
CONTINUE = cython.declare(cython.int, 0x45)
ABORT = cython.declare(cython.int, 0x47)
OTID = cython.declare(cython.int, 0x48)
DTID = cython.declare(cython.int, 0x49)
ABORT_CAUSE = cython.declare(cython.int, 0x4A)
DIALOGUE = cython.declare(cython.int, 0x4B)
COMPONENTS = cython.declare(cython.int, 0x4C)
CONSTRUCTED = cython.declare(cython.int, 0x20)
INTEGER = cython.declare(cython.int, 0x02)
OBJECT_IDENTIFIER = cython.declare(cython.int, 0x06)
SEQUENCE = cython.declare(cython.int, 0x10)
EXTERNAL = cython.declare(cython.int, 0x08)
INVOKE = cython.declare(cython.int, 0x81)
RESULT_LAST = cython.declare(cython.int, 0x82)
ERROR = cython.declare(cython.int, 0x83)
REJECT = cython.declare(cython.int, 0x84)
RESULT_NOT_LAST = cython.declare(cython.int, 0x87)

SIGN = cython.declare(cython.ulonglong, 1 << 63)
HIGHEST_ARC = cython.declare(cython.int, 1 << 15)  # greater than every operation code
ALL_BITS = cython.declare(cython.ulonglong, (1 << 64) - 1)

NOT_TCAP = cython.declare(cython.int, problem("tcap", "not an ITU TCAP message"))
CUT_SHORT = cython.declare(cython.int, problem("tcap", "element does not fit into its message"))
ID_LENGTH = cython.declare(cython.int, problem("tcap", "transaction id is not of 1 to 4 octets"))
NO_COMPONENT = cython.declare(cython.int, problem("tcap", "component is not of a known kind"))
NUMBER_RANGE = cython.declare(cython.int, problem("tcap", "identifier or code is out of range"))
NO_INVOKE_ID = cython.declare(
    cython.int, problem("tcap", "component without invoke id or operation")
)
SECOND_PORTION = cython.declare(
    cython.int, problem("tcap", "second component portion, it is not read")
)
OTHER_USER = cython.declare(cython.int, passed_over("tcap", "users other than MAP"))

NUMBERS = cython.declare(cython.int, len(MESSAGE_NUMBERS))
TEXTS = cython.declare(cython.int, len(MESSAGE_TEXTS))
TCAP_TYPE = cython.declare(cython.int, MAP_TABLE[0].index("tcap_type"))
OTID_COLUMN = cython.declare(cython.int, MAP_TABLE[0].index("otid"))
DTID_COLUMN = cython.declare(cython.int, MAP_TABLE[0].index("dtid"))
DIALOGUE_PDU = cython.declare(cython.int, MAP_TABLE[0].index("dialogue_pdu"))
CONTEXT = cython.declare(cython.int, MAP_TABLE[0].index("application_context"))
MAP_VERSION = cython.declare(cython.int, MAP_TABLE[0].index("map_version"))
CAUSE = cython.declare(cython.int, MAP_TABLE[0].index("abort_cause"))
COMPONENT = cython.declare(cython.int, MAP_TABLE[0].index("component"))
COMPONENT_TYPE = cython.declare(cython.int, MAP_TABLE[0].index("component_type"))
INVOKE_ID = cython.declare(cython.int, MAP_TABLE[0].index("invoke_id"))
LINKED_ID = cython.declare(cython.int, MAP_TABLE[0].index("linked_id"))
OPCODE = cython.declare(cython.int, MAP_TABLE[0].index("opcode"))
ERROR_CODE = cython.declare(cython.int, MAP_TABLE[0].index("error_code"))
PROBLEM = cython.declare(cython.int, MAP_TABLE[0].index("problem"))
UNREAD = cython.declare(cython.int, MAP_TABLE[0].index("bytes_unread"))
CALLED_SSN = cython.declare(cython.int, MAP_TABLE[0].index("called_ssn"))
CALLING_SSN = cython.declare(cython.int, MAP_TABLE[0].index("calling_ssn"))
CONTEXT_OID = cython.declare(cython.int, MAP_TABLE[1].index("application_context_oid"))
OPCODE_OID = cython.declare(cython.int, MAP_TABLE[1].index("opcode_oid"))
DESTINATION_REFERENCE = cython.declare(cython.int, MAP_TABLE[1].index("destination_reference"))
ORIGINATION_REFERENCE = cython.declare(cython.int, MAP_TABLE[1].index("origination_reference"))


@cython.cfunc
@cython.nogil
def read_tcap(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Read a TCAP message: a row for each component, or one if it has none (Q.773 3.1)."""
    position: cython.Py_ssize_t = read_element(r, start, end)
    tag: cython.int = r.tag
    message_end: cython.Py_ssize_t = r.content_end
    components: cython.Py_ssize_t = 0
    components_end: cython.Py_ssize_t = 0
    if position == 0 or not r.constructed or not _is_message(tag):
        return r.problem(NOT_TCAP)
    unread: cython.Py_ssize_t = end - position
    if unread:
        r.hide(position, end)
    position = r.content
    r.map_table.put(TCAP_TYPE, tag | CONSTRUCTED)
    while position < message_end:
        start = position
        position = read_element(r, position, message_end)
        if position == 0:
            r.hide(start, message_end)
            r.problem(CUT_SHORT)
            break
        if r.tag == COMPONENTS and components == 0:
            components, components_end = r.content, r.content_end
        elif r.tag == COMPONENTS:
            r.hide(start, position)
            r.problem(SECOND_PORTION)
        else:
            _read_transaction_part(r)
    if not _is_map(r):
        return r.pass_over(OTHER_USER)
    if components == 0 or components == components_end:
        return _end_row(r, 0, unread)
    return _read_components(r, components, components_end, unread)


@cython.cfunc
@cython.nogil
def _is_message(tag: cython.int) -> cython.int:
    return tag in (BEGIN, END, CONTINUE, ABORT, UNIDIRECTIONAL)


@cython.cfunc
@cython.nogil
def _read_transaction_part(r: Reading) -> cython.int:
    """The element read last: a transaction id, an abort cause or the dialogue portion."""
    if r.tag == OTID:
        return _read_transaction_id(r, OTID_COLUMN)
    if r.tag == DTID:
        return _read_transaction_id(r, DTID_COLUMN)
    if r.tag == ABORT_CAUSE and r.content_end == r.content + 1:
        return r.map_table.put(CAUSE, r.data[r.content])
    if r.tag == DIALOGUE:
        return _read_dialogue(r, r.content, r.content_end)
    return r.hide(r.content, r.content_end)


@cython.cfunc
@cython.nogil
def _read_transaction_id(r: Reading, column: cython.int) -> cython.int:
    """1 to 4 octets; of longer ones, which attackers send, up to 8 are kept."""
    value: cython.ulonglong = 0
    position: cython.Py_ssize_t
    length: cython.Py_ssize_t = r.content_end - r.content
    if length < 1 or length > 4:
        r.problem(ID_LENGTH)
    if length > 8 or length < 1:
        return 0
    for position in range(r.content, r.content_end):
        value = value << 8 | r.data[position]
    return r.map_table.put(column, signed_64(value))


@cython.cfunc
@cython.nogil
def signed_64(value: cython.ulonglong) -> cython.longlong:
    """The same 64 bits as columns keep them."""
    if value < SIGN:
        return value
    return -cython.cast(cython.longlong, ALL_BITS - value) - 1


@cython.cfunc
@cython.nogil
def _read_dialogue(r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """EXTERNAL { OID, [0] { AARQ, AARE or ABRT } } (Q.773 3.2.1)."""
    if not read_element(r, position, end) or r.tag != EXTERNAL:
        return r.problem(CUT_SHORT)
    position, end = r.content, r.content_end
    while position < end:
        position = read_element(r, position, end)
        if position == 0:
            return r.problem(CUT_SHORT)
        if r.tag == 0x80 and read_element(r, r.content, r.content_end):
            return _read_dialogue_pdu(r, r.content, r.content_end)
    return 0


@cython.cfunc
@cython.nogil
def _read_dialogue_pdu(
    r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    if r.tag > 255:
        return r.problem(NUMBER_RANGE)
    r.map_table.put(DIALOGUE_PDU, r.tag | CONSTRUCTED)
    while position < end:
        position = read_element(r, position, end)
        if position == 0:
            return r.problem(CUT_SHORT)
        if r.tag == 0x81 and r.constructed:
            if read_element(r, r.content, r.content_end) and r.tag == OBJECT_IDENTIFIER:
                _read_context(r, r.content, r.content_end)
        elif r.tag == 0x9E:
            _read_user_information(r, r.content, r.content_end)
    return 0


@cython.cfunc
@cython.nogil
def _read_context(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """An application context: n and v of 0.4.0.0.1.0.n.v (TS 29.002 17.3.2), or its whole OID."""
    if (
        end - start == 7
        and _is_map_root(r, start)
        and (r.data[start + 5] | r.data[start + 6]) < 128
    ):
        r.map_table.put(CONTEXT, r.data[start + 5])
        r.map_table.put(MAP_VERSION, r.data[start + 6])
        return 0
    return oid(r, r.map_table, CONTEXT_OID, start, end)


@cython.cfunc
@cython.nogil
def _is_map_root(r: Reading, start: cython.Py_ssize_t) -> cython.int:
    return (
        r.u32(start) == 0x04000001  # 0.4.0.0.1
        and r.data[start + 4] == 0
        and (r.data[start + 5] < 50 or r.data[start + 5] > 52)  # those are CAP's (TS 29.078)
    )


@cython.cfunc
@cython.nogil
def _read_user_information(
    r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """EXTERNAL { OID, [0] { map-open [0] { [0] destination, [1] origination } } } (17.4)."""
    if not read_element(r, position, end) or r.tag != EXTERNAL:
        return 0
    position, end = r.content, r.content_end
    while position < end:
        position = read_element(r, position, end)
        if position == 0:
            return 0
        if r.tag == 0x80 and read_element(r, r.content, r.content_end) and r.tag == 0x80:
            return _read_map_open(r, r.content, r.content_end)
    return 0


@cython.cfunc
@cython.nogil
def _read_map_open(r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    while position < end:
        position = read_element(r, position, end)
        if position == 0:
            return 0
        # AddressString: an octet of nature and plan, then digits
        if r.tag == 0x80:
            tbcd(r, r.map_table, DESTINATION_REFERENCE, r.content + 1, r.content_end)
        elif r.tag == 0x81:
            tbcd(r, r.map_table, ORIGINATION_REFERENCE, r.content + 1, r.content_end)
    return 0


@cython.cfunc
@cython.nogil
def _is_map(r: Reading) -> cython.int:
    """By application context, else by subsystem number, else (neither is there) yes."""
    row: cython.Py_ssize_t = r.map_table.rows
    called: cython.longlong = 0
    calling: cython.longlong = 0
    if r.map_table.number_set[CONTEXT, row]:
        return 1
    if r.map_table.number_set[CALLED_SSN, row]:
        called = r.map_table.numbers[CALLED_SSN, row]
    if r.map_table.number_set[CALLING_SSN, row]:
        calling = r.map_table.numbers[CALLING_SSN, row]
    if called == 146 or calling == 146:
        return 0
    return _is_map_ssn(called) or _is_map_ssn(calling) or (called == 0 and calling == 0)


@cython.cfunc
@cython.nogil
def _is_map_ssn(ssn: cython.longlong) -> cython.int:
    """TS 23.003 8.2."""
    return 5 <= ssn <= 10 or ssn == 145 or 147 <= ssn <= 150


@cython.cfunc
@cython.nogil
def _end_row(r: Reading, component: cython.int, unread: cython.longlong) -> cython.int:
    r.map_table.put(COMPONENT, component)
    if unread > 0:
        r.map_table.put(UNREAD, unread)
    return r.map_table.end_row()


@cython.cfunc
@cython.nogil
def _read_components(
    r: Reading,
    position: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    unread: cython.Py_ssize_t,
) -> cython.int:
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
            return _end_row(r, 0, unread) if number == 0 else 0
        if number > 0:
            r.map_table.repeat(NUMBERS, TEXTS)
        number += 1
        content_end = r.content_end
        read_to = _read_component(r, r.tag, r.content, r.content_end)
        if read_to < content_end:
            r.hide(read_to, content_end)
        _end_row(r, number, unread + content_end - read_to)
    return 0


@cython.cfunc
@cython.nogil
def _read_component(
    r: Reading, tag: cython.int, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """One component (Q.773 3.3); the position up to which it was understood."""
    if not (INVOKE <= tag <= REJECT or tag == RESULT_NOT_LAST):
        r.problem(NO_COMPONENT)
        return position
    r.map_table.put(COMPONENT_TYPE, tag | CONSTRUCTED)
    if tag == REJECT:
        return _read_reject(r, position, end)
    if not read_element(r, position, end) or r.tag != INTEGER:
        r.problem(NO_INVOKE_ID)
        return position
    position = r.content_end
    _put_small(r, INVOKE_ID)
    if position == end and tag != INVOKE and tag != ERROR:
        return position
    if tag == INVOKE:
        return _read_invoke(r, position, end)
    if tag == ERROR:
        return _read_error(r, position, end)
    return _read_return_result(r, position, end)


@cython.cfunc
@cython.nogil
def _put_small(r: Reading, column: cython.int) -> cython.int:
    """The INTEGER read last, where it fits into 16 bits."""
    value: cython.longlong = integer(r, r.content, r.content_end)
    if not 1 <= r.content_end - r.content <= 8 or value < -32768 or value > 32767:
        return r.problem(NUMBER_RANGE)
    return r.map_table.put(column, value)


@cython.cfunc
@cython.nogil
def _read_invoke(
    r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    after: cython.Py_ssize_t = read_element(r, position, end)
    opcode: cython.int
    if after and r.tag == 0x80:
        _put_small(r, LINKED_ID)
        position = after
        after = read_element(r, position, end)
    opcode = _read_opcode(r) if after else NONE
    if opcode == NONE:
        r.problem(NO_INVOKE_ID)
        return position
    if after == end:
        return after
    return read_argument(r, opcode, after, end)


@cython.cfunc
@cython.nogil
def _read_opcode(r: Reading) -> cython.int:
    """The element read last as an operation code, of a global one its last arc; else NONE."""
    arc: cython.int
    if r.tag == INTEGER:
        _put_small(r, OPCODE)
    elif r.tag == OBJECT_IDENTIFIER and r.content < r.content_end:
        oid(r, r.map_table, OPCODE_OID, r.content, r.content_end)
        arc = _last_arc(r, r.content, r.content_end)
        if arc < HIGHEST_ARC:
            r.map_table.put(OPCODE, arc)
        else:
            r.problem(NUMBER_RANGE)
    else:
        return NONE
    if not r.map_table.number_set[OPCODE, r.map_table.rows]:
        return 1 << 15
    return r.map_table.numbers[OPCODE, r.map_table.rows]


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
    r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """SEQUENCE { operation, parameter }."""
    after: cython.Py_ssize_t = read_element(r, position, end)
    sequence_end: cython.Py_ssize_t = r.content_end
    opcode: cython.int
    if not after or r.tag != SEQUENCE:
        r.problem(NO_INVOKE_ID)
        return position
    position = read_element(r, r.content, sequence_end)
    opcode = _read_opcode(r) if position else NONE
    if opcode == NONE:
        r.problem(NO_INVOKE_ID)
        return after
    if position < sequence_end:
        after -= sequence_end - read_result(r, opcode, position, sequence_end)
    return after


@cython.cfunc
@cython.nogil
def _read_error(
    r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    after: cython.Py_ssize_t = read_element(r, position, end)
    if not after or (r.tag != INTEGER and r.tag != OBJECT_IDENTIFIER):
        r.problem(NO_INVOKE_ID)
        return position
    if r.tag == INTEGER:
        _put_small(r, ERROR_CODE)
    position = after
    if position < end:
        # the report of a short message may be in it (diagnosticInfo, TS 29.002 17.7.7)
        r.hide(position, end)
        after = read_element(r, position, end)
        return after if after else position
    return position


@cython.cfunc
@cython.nogil
def _read_reject(
    r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Invoke id or NULL, then [0] to [3] with the problem's code (Q.773 3.3.4)."""
    after: cython.Py_ssize_t = read_element(r, position, end)
    if after and r.tag == INTEGER:
        _put_small(r, INVOKE_ID)
    if after:
        position = after
        after = read_element(r, position, end)
    if not after or not 0x80 <= r.tag <= 0x83 or r.content_end != r.content + 1:
        r.problem(NO_INVOKE_ID)
        return position
    r.map_table.put(PROBLEM, (r.tag & 3) << 8 | r.data[r.content])
    return after
