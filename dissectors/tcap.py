"""TCAP (ITU-T Q.773): transactions and dialogue portions; component.py has the components."""

import cython

if not cython.compiled:
    from dissectors.ber import read_element
    from dissectors.component import end_component, read_components
    from dissectors.digits import oid, tbcd
    from dissectors.reading import Reading

from dissectors.fields import MAP_TABLE
from dissectors.reasons import passed_over, problem

# tags as ber.py gives them: without the constructed bit (Q.773 3.1)
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
OBJECT_IDENTIFIER = cython.declare(cython.int, 0x06)
EXTERNAL = cython.declare(cython.int, 0x08)

SIGN = cython.declare(cython.ulonglong, 1 << 63)
ALL_BITS = cython.declare(cython.ulonglong, (1 << 64) - 1)

NOT_TCAP = cython.declare(cython.int, problem("tcap", "not an ITU TCAP message"))
CUT_SHORT = cython.declare(cython.int, problem("tcap", "element does not fit into its message"))
ID_LENGTH = cython.declare(cython.int, problem("tcap", "transaction id is not of 1 to 4 octets"))
NUMBER_RANGE = cython.declare(cython.int, problem("tcap", "identifier or code is out of range"))
SECOND_PORTION = cython.declare(
    cython.int, problem("tcap", "second component portion, it is not read")
)
OTHER_USER = cython.declare(cython.int, passed_over("tcap", "users other than MAP"))

TCAP_TYPE = cython.declare(cython.int, MAP_TABLE[0].index("tcap_type"))
OTID_COLUMN = cython.declare(cython.int, MAP_TABLE[0].index("otid"))
DTID_COLUMN = cython.declare(cython.int, MAP_TABLE[0].index("dtid"))
DIALOGUE_PDU = cython.declare(cython.int, MAP_TABLE[0].index("dialogue_pdu"))
CONTEXT = cython.declare(cython.int, MAP_TABLE[0].index("application_context"))
MAP_VERSION = cython.declare(cython.int, MAP_TABLE[0].index("map_version"))
CAUSE = cython.declare(cython.int, MAP_TABLE[0].index("abort_cause"))
CALLED_SSN = cython.declare(cython.int, MAP_TABLE[0].index("called_ssn"))
CALLING_SSN = cython.declare(cython.int, MAP_TABLE[0].index("calling_ssn"))
CONTEXT_OID = cython.declare(cython.int, MAP_TABLE[1].index("application_context_oid"))
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
        return end_component(r, 0, unread)
    return read_components(r, components, components_end, unread)


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
