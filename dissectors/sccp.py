"""SCCP, connectionless (ITU-T Q.713): addresses, and the TCAP message within."""

import cython

if not cython.compiled:
    from dissectors.aside import set_aside
    from dissectors.columns import Table
    from dissectors.digits import address_signals
    from dissectors.octets import put
    from dissectors.path import path_number
    from dissectors.reading import Reading
    from dissectors.tcap import read_tcap, signed_64

from dissectors import reasons
from dissectors.fields import MAP_TABLE, SCCP_ADDRESS_TABLE
from dissectors.reasons import passed_over, problem

NONE = cython.declare(cython.int, reasons.NONE)
UDT = cython.declare(cython.int, 9)
XUDT = cython.declare(cython.int, 17)
SEGMENTATION = cython.declare(cython.int, 16)
MANAGEMENT_SSN = cython.declare(cython.int, 1)

CUT_SHORT = cython.declare(cython.int, problem("sccp", "message or parameter does not fit"))
ADDRESS_UNREADABLE = cython.declare(cython.int, problem("sccp", "address does not fit"))
SEGMENTED = cython.declare(cython.int, problem("sccp", "segmented message, reassembly is not done"))
NOT_SCCP = cython.declare(cython.int, problem("sccp", "unknown message type"))
OTHER_MESSAGE = cython.declare(cython.int, passed_over("sccp", "messages other than UDT and XUDT"))
MANAGEMENT = cython.declare(cython.int, passed_over("sccp", "management"))

DIGEST = cython.declare(cython.int, MAP_TABLE[0].index("digest"))
INDICATOR = cython.declare(cython.int, SCCP_ADDRESS_TABLE[0].index("indicator"))
POINT_CODE = cython.declare(cython.int, SCCP_ADDRESS_TABLE[0].index("point_code"))
SSN = cython.declare(cython.int, SCCP_ADDRESS_TABLE[0].index("ssn"))
TRANSLATION_TYPE = cython.declare(cython.int, SCCP_ADDRESS_TABLE[0].index("translation_type"))
PLAN = cython.declare(cython.int, SCCP_ADDRESS_TABLE[0].index("plan"))
NATURE = cython.declare(cython.int, SCCP_ADDRESS_TABLE[0].index("nature"))
GT = cython.declare(cython.int, SCCP_ADDRESS_TABLE[1].index("gt"))


@cython.cfunc
@cython.nogil
def read_sccp(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Read one SCCP message (Q.713 4)."""
    kind: cython.int
    if start >= end:
        return r.problem(CUT_SHORT)
    kind = r.data[start]
    r.return_cause = NONE
    if kind == UDT:
        return _read_unitdata(r, start, start + 2, 3, end)
    if kind == XUDT:
        return _read_unitdata(r, start, start + 3, 4, end)
    if kind == 0 or kind > 20:
        return r.problem(NOT_SCCP)
    return r.pass_over(OTHER_MESSAGE)


@cython.cfunc
@cython.nogil
def _read_unitdata(
    r: Reading,
    start: cython.Py_ssize_t,
    pointers: cython.Py_ssize_t,
    count: cython.int,
    end: cython.Py_ssize_t,
) -> cython.int:
    """UDT and XUDT (Q.713 4.10, 4.18): pointers to called address, calling address, data."""
    called: cython.Py_ssize_t
    calling: cython.Py_ssize_t
    data: cython.Py_ssize_t
    if pointers + count > end:
        return r.problem(CUT_SHORT)
    called = pointers + r.data[pointers]
    calling = pointers + 1 + r.data[pointers + 1]
    data = pointers + 2 + r.data[pointers + 2]
    if _past(r, called, end) or _past(r, calling, end) or _past(r, data, end):
        return r.problem(CUT_SHORT)
    if (
        count == 4
        and r.data[pointers + 3]
        and _is_segmented(r, pointers + 3 + r.data[pointers + 3], end)
    ):
        return r.problem(SEGMENTED)
    r.sccp_type = UDT if count == 3 else XUDT
    r.called = read_address(r, called + 1, called + 1 + r.data[called])
    r.called_ssn = cython.cast(cython.int, r.sccp_addresses.about)
    r.calling = read_address(r, calling + 1, calling + 1 + r.data[calling])
    r.calling_ssn = cython.cast(cython.int, r.sccp_addresses.about)
    if r.called_ssn == MANAGEMENT_SSN:
        return r.pass_over(MANAGEMENT)
    return _read_user_data(r, start, data + 1, data + 1 + r.data[data], end)


@cython.cfunc
@cython.nogil
def _read_user_data(
    r: Reading,
    message: cython.Py_ssize_t,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    message_end: cython.Py_ssize_t,
) -> cython.int:
    """TCAP, and the digest of the whole message in all rows that it gives."""
    map_row: cython.Py_ssize_t = r.map_table.rows
    cap_row: cython.Py_ssize_t = r.cap_table.rows
    anomalies: cython.Py_ssize_t = r.anomaly_table.rows
    problems: cython.Py_ssize_t = r.problem_table.rows
    digest: cython.longlong
    r.path = path_number(r)
    r.text_start = r.text_end = 0
    read_tcap(r, start, end)
    if r.map_table.rows > map_row or r.cap_table.rows > cap_row:
        digest = signed_64(r.digest(message, message_end))
        _set_digest(r.map_table, map_row, digest)
        _set_digest(r.cap_table, cap_row, digest)
        if r.anomaly_table.rows > anomalies or r.problem_table.rows > problems:
            set_aside(r, anomalies, problems, r.user, start, end)
    return 0


@cython.cfunc
@cython.nogil
def _set_digest(table: Table, row: cython.Py_ssize_t, digest: cython.longlong) -> cython.int:
    """The same for all components of the message."""
    while row < table.rows:
        table.numbers[DIGEST, row] = digest
        table.number_set[DIGEST, row] = 1
        row += 1
    return 0


@cython.cfunc
@cython.nogil
def _past(r: Reading, parameter: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Whether a variable parameter, its length octet first, goes past the end."""
    return parameter >= end or parameter + 1 + r.data[parameter] > end


@cython.cfunc
@cython.nogil
def _is_segmented(r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Whether the optional parameters say that more segments belong to it (Q.713 3.17)."""
    while position + 1 < end and r.data[position] != 0:
        if r.data[position] == SEGMENTATION and position + 2 < end:
            return r.data[position + 2] & 0x8F != 0x80
        position += 2 + r.data[position + 1]
    return 0


@cython.cfunc
@cython.nogil
def read_address(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.longlong:
    """The row of a called or calling party address (Q.713 3.4); its subsystem is noted about it.

    An address that is too short for what it announces is a problem, and gives what could be read.
    """
    number: cython.longlong = r.known(r.sccp_addresses, start, end)
    sound: cython.int
    if number != NONE:
        return number
    sound = _read_indicator(r, r.sccp_addresses.table, start, end)
    if not sound:
        r.problem(ADDRESS_UNREADABLE)
    return r.sccp_addresses.keep(_ssn(r.sccp_addresses.table), sound)


@cython.cfunc
@cython.nogil
def _ssn(table: Table) -> cython.longlong:
    """The subsystem number in the open row, or NONE."""
    return table.numbers[SSN, table.rows] if table.number_set[SSN, table.rows] else NONE


@cython.cfunc
@cython.nogil
def _read_indicator(
    r: Reading, table: Table, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """The indicator, then what it announces; 0 where that does not fit."""
    indicator: cython.int
    if position >= end:
        return 0
    indicator = r.data[position]
    put(table, INDICATOR, indicator)
    position += 1
    if indicator & 1:
        if end - position < 2:
            return 0
        # 14 bits, least significant octet first (Q.713 3.4.2.1)
        put(table, POINT_CODE, r.data[position] | (r.data[position + 1] & 0x3F) << 8)
        position += 2
    if indicator & 2:
        if position >= end:
            return 0
        put(table, SSN, r.data[position])
        position += 1
    return _read_global_title(r, table, position, end, indicator >> 2 & 15)


@cython.cfunc
@cython.nogil
def _read_global_title(
    r: Reading,
    table: Table,
    position: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    indicator: cython.int,
) -> cython.int:
    """A global title of indicator 1 to 4 (Q.713 3.4.2.3)."""
    octet: cython.int
    odd: cython.int = 0
    header: cython.int = 3 if indicator == 4 else 2 if indicator == 3 else 1
    if indicator == 0:
        return 1
    if indicator > 4 or end - position < header:
        return 0
    if indicator == 1:
        octet = r.data[position]
        odd = octet >> 7
        put(table, NATURE, octet & 0x7F)
    else:
        put(table, TRANSLATION_TYPE, r.data[position])
    if indicator >= 3:
        octet = r.data[position + 1]
        put(table, PLAN, octet >> 4)
        odd = octet & 15 == 1
    if indicator == 4:
        # the eighth bit is spare here: odd and even are told by the encoding scheme
        put(table, NATURE, r.data[position + 2] & 0x7F)
    return 1 + address_signals(r, table, GT, position + header, end, odd)
