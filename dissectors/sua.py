"""SUA (RFC 3868): what SCCP does on SS7 links, with parameters of its own."""

import cython

if not cython.compiled:
    from dissectors.columns import Table
    from dissectors.digits import address_signals
    from dissectors.octets import put, u16, u32
    from dissectors.reading import Reading
    from dissectors.sccp_user import read_user_data
    from dissectors.segments import add_segment

from dissectors import reasons
from dissectors.fields import SCCP_ADDRESS_TABLE
from dissectors.reasons import passed_over, problem

NONE = cython.declare(cython.int, reasons.NONE)
CONNECTIONLESS = cython.declare(cython.int, 7)  # message classes (3.1.2)
CONNECTION_ORIENTED = cython.declare(cython.int, 8)
CLDT = cython.declare(cython.int, 1)  # message types
CLDR = cython.declare(cython.int, 2)
CORE = cython.declare(cython.int, 1)
ROUTING_CONTEXT = cython.declare(cython.uint, 0x0006)  # parameters (3.9, 3.10)
SOURCE = cython.declare(cython.uint, 0x0102)
DESTINATION = cython.declare(cython.uint, 0x0103)
CAUSE = cython.declare(cython.uint, 0x0106)
DATA = cython.declare(cython.uint, 0x010B)
NETWORK_APPEARANCE = cython.declare(cython.uint, 0x010D)
SEGMENTATION = cython.declare(cython.uint, 0x0117)
GLOBAL_TITLE = cython.declare(cython.uint, 0x8001)
POINT_CODE_PARAMETER = cython.declare(cython.uint, 0x8002)
SUBSYSTEM = cython.declare(cython.uint, 0x8003)
ON_SUBSYSTEM = cython.declare(cython.uint, 2)  # routing indicator (3.10.2)
LOW = cython.declare(cython.longlong, 0xFFFFFFFF)
SHIFT = cython.declare(cython.longlong, 1 << 32)
VARIANT = cython.declare(cython.int, 2)  # of addresses: SCCP's are 0 and 1

CUT_SHORT = cython.declare(cython.int, problem("sua", "message or parameter does not fit"))
NOT_SUA = cython.declare(cython.int, problem("sua", "version is not 1"))
NO_DATA = cython.declare(cython.int, problem("sua", "connectionless message without data"))
ADDRESS_UNREADABLE = cython.declare(cython.int, problem("sua", "address does not fit"))
UNKNOWN_MESSAGE = cython.declare(cython.int, problem("sua", "unknown message type"))
MANAGEMENT = cython.declare(cython.int, passed_over("sua", "management and state messages"))
REQUESTS = cython.declare(cython.int, passed_over("sua", "connection requests"))
IN_CONNECTION = cython.declare(cython.int, passed_over("sua", "messages of connections"))

INDICATOR = cython.declare(cython.int, SCCP_ADDRESS_TABLE[0].index("indicator"))
POINT_CODE = cython.declare(cython.int, SCCP_ADDRESS_TABLE[0].index("point_code"))
SSN = cython.declare(cython.int, SCCP_ADDRESS_TABLE[0].index("ssn"))
TRANSLATION_TYPE = cython.declare(cython.int, SCCP_ADDRESS_TABLE[0].index("translation_type"))
PLAN = cython.declare(cython.int, SCCP_ADDRESS_TABLE[0].index("plan"))
NATURE = cython.declare(cython.int, SCCP_ADDRESS_TABLE[0].index("nature"))
GT = cython.declare(cython.int, SCCP_ADDRESS_TABLE[1].index("gt"))


@cython.cfunc
@cython.nogil
def read_sua(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Read one SUA message (3.1); those of SCCP's user count as messages of the frame."""
    message_class: cython.int
    kind: cython.int
    if end - start < 8:
        return r.problem(CUT_SHORT)
    if r.data[start] != 1:
        return r.problem(NOT_SUA)
    message_class = r.data[start + 2]
    kind = r.data[start + 3]
    if message_class != CONNECTIONLESS and message_class != CONNECTION_ORIENTED:
        return r.pass_over(MANAGEMENT)
    r.message += 1
    if message_class == CONNECTION_ORIENTED:
        return r.pass_over(REQUESTS if kind == CORE else IN_CONNECTION)
    if kind != CLDT and kind != CLDR:
        return r.problem(UNKNOWN_MESSAGE)
    return _read_connectionless(r, start, end)


@cython.cfunc
@cython.nogil
def _read_connectionless(
    r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """CLDT and CLDR (3.3.1, 3.3.2): parameters in any order; of two of a kind the first counts."""
    position: cython.Py_ssize_t = start + 8
    length: cython.Py_ssize_t
    tag: cython.uint
    source: cython.Py_ssize_t = 0
    destination: cython.Py_ssize_t = 0
    segmentation: cython.Py_ssize_t = 0
    data: cython.Py_ssize_t = 0
    r.return_cause = r.called = r.calling = NONE
    r.called_ssn = r.calling_ssn = NONE
    r.routing_context = r.network_appearance = r.opc = r.dpc = NONE
    while end - position >= 4:
        tag = u16(r, position)
        length = u16(r, position + 2)
        if length < 4 or length > end - position:
            return r.problem(CUT_SHORT)
        if tag == DATA and data == 0:
            data = position
        elif tag == SOURCE and source == 0:
            source = position
            r.calling = _read_address(r, position + 4, position + length)
            r.calling_ssn = cython.cast(cython.int, r.sccp_addresses.about >> 32)
            r.opc = _low(r.sccp_addresses.about)
        elif tag == DESTINATION and destination == 0:
            destination = position
            r.called = _read_address(r, position + 4, position + length)
            r.called_ssn = cython.cast(cython.int, r.sccp_addresses.about >> 32)
            r.dpc = _low(r.sccp_addresses.about)
        elif length == 8:
            _read_number(r, tag, position + 4)
            if tag == SEGMENTATION and segmentation == 0:
                segmentation = position + 4
        position += (length + 3) // 4 * 4
    if data == 0:
        return r.problem(NO_DATA)
    if segmentation and r.data[segmentation] != 0x80:
        with cython.gil:
            _add_segment(r, source, destination, data, segmentation)
        return 0
    return read_user_data(r, start, data + 4, data + u16(r, data + 2), end)


@cython.cfunc
@cython.nogil
def _read_number(r: Reading, tag: cython.uint, value: cython.Py_ssize_t) -> cython.int:
    """A parameter of four octets that says how or why the message came."""
    if tag == ROUTING_CONTEXT:
        r.routing_context = u32(r, value)
    elif tag == NETWORK_APPEARANCE:
        r.network_appearance = u32(r, value)
    elif tag == CAUSE and r.data[value + 2] == 1:  # the type of a return (3.10.6)
        r.return_cause = r.data[value + 3]
    return 0


@cython.cfunc
def _add_segment(
    r: Reading,
    source: cython.Py_ssize_t,
    destination: cython.Py_ssize_t,
    data: cython.Py_ssize_t,
    segmentation: cython.Py_ssize_t,
) -> cython.int:
    """First or not, how many remain in seven bits, then the reference (3.10.23)."""
    addresses = [
        bytes(r.data[place : place + u16(r, place + 2)]) if place else b""
        for place in (destination, source)
    ]
    reference = bytes(r.data[segmentation + 1 : segmentation + 4])
    key = f"sua {r.return_cause} ".encode() + reference + b"".join(addresses)
    first: cython.int = r.data[segmentation] & 0x80
    remaining: cython.int = r.data[segmentation] & 0x7F
    octets = bytes(r.data[data + 4 : data + u16(r, data + 2)])
    return add_segment(r, key, first, remaining, octets)


@cython.cfunc
@cython.nogil
def _low(about: cython.longlong) -> cython.longlong:
    """The point code that was noted about an address, or NONE: it is kept one higher."""
    return (about & LOW) - 1 if about & LOW else NONE


@cython.cfunc
@cython.nogil
def _read_address(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.longlong:
    """The row of a source or destination address (3.10.2); subsystem and point code about it.

    The row's indicator is the octet that SCCP would have for it (Q.713 3.4.1).
    """
    number: cython.longlong
    problems: cython.Py_ssize_t = r.problem_table.rows
    r.sccp_addresses.variant = VARIANT
    number = r.known(r.sccp_addresses, start, end)
    if number != NONE:
        return number
    if end - start < 4:
        r.problem(ADDRESS_UNREADABLE)
    else:
        _read_address_parts(r, r.sccp_addresses.table, start, end)
    return r.sccp_addresses.keep(_about(r.sccp_addresses.table), problems == r.problem_table.rows)


@cython.cfunc
@cython.nogil
def _about(table: Table) -> cython.longlong:
    """The subsystem in the upper half, one more than the point code in the lower; see _low."""
    row: cython.Py_ssize_t = table.rows
    about: cython.longlong = NONE
    if table.number_set[SSN, row]:
        about = table.numbers[SSN, row]
    about = about * SHIFT
    if table.number_set[POINT_CODE, row]:
        about += (table.numbers[POINT_CODE, row] + 1) & LOW
    return about


@cython.cfunc
@cython.nogil
def _read_address_parts(
    r: Reading, table: Table, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """The parameters within an address, and which of them are there."""
    position: cython.Py_ssize_t = start + 4
    length: cython.Py_ssize_t
    tag: cython.uint
    indicator: cython.int = 0x40 if u16(r, start) == ON_SUBSYSTEM else 0
    while end - position >= 4:
        tag = u16(r, position)
        length = u16(r, position + 2)
        if length < 4 or length > end - position:
            r.problem(ADDRESS_UNREADABLE)
            break
        if tag == GLOBAL_TITLE and length >= 12:
            indicator |= (r.data[position + 7] & 15) << 2
            _read_title(r, table, position + 8, position + length, r.data[position + 7])
        elif tag == POINT_CODE_PARAMETER and length == 8:
            indicator |= 1
            put(table, POINT_CODE, u32(r, position + 4))
        elif tag == SUBSYSTEM and length == 8:
            indicator |= 2
            put(table, SSN, r.data[position + 7])
        elif tag in (GLOBAL_TITLE, POINT_CODE_PARAMETER, SUBSYSTEM):
            r.problem(ADDRESS_UNREADABLE)
        position += (length + 3) // 4 * 4
    return put(table, INDICATOR, indicator)


@cython.cfunc
@cython.nogil
def _read_title(
    r: Reading,
    table: Table,
    position: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    title: cython.int,
) -> cython.int:
    """How many digits, translation type, plan, nature; what of it counts, the kind tells."""
    digits: cython.int = r.data[position]
    if (digits + 1) // 2 > end - position - 4 or title > 4:
        r.problem(ADDRESS_UNREADABLE)
    else:
        end = position + 4 + (digits + 1) // 2
    if title >= 2:
        put(table, TRANSLATION_TYPE, r.data[position + 1])
    if title >= 3:
        put(table, PLAN, r.data[position + 2])
    if title == 1 or title == 4:
        put(table, NATURE, r.data[position + 3])
    return address_signals(r, table, GT, position + 4, end, digits & 1)
