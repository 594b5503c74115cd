"""SCCP, connectionless (ITU-T Q.713): addresses, and the TCAP message within."""

import cython

if not cython.compiled:
    from dissectors.aside import set_aside
    from dissectors.columns import Table
    from dissectors.path import path_number
    from dissectors.reading import Reading
    from dissectors.sccp_address import read_address
    from dissectors.tcap import read_tcap, signed_64

from dissectors import reasons
from dissectors.fields import MAP_TABLE
from dissectors.reasons import passed_over, problem

NONE = cython.declare(cython.int, reasons.NONE)
UDT = cython.declare(cython.int, 9)
UDTS = cython.declare(cython.int, 10)
XUDT = cython.declare(cython.int, 17)
XUDTS = cython.declare(cython.int, 18)
SEGMENTATION = cython.declare(cython.int, 16)
MANAGEMENT_SSN = cython.declare(cython.int, 1)

CUT_SHORT = cython.declare(cython.int, problem("sccp", "message or parameter does not fit"))
SEGMENTED = cython.declare(cython.int, problem("sccp", "segmented message, reassembly is not done"))
NOT_SCCP = cython.declare(cython.int, problem("sccp", "unknown message type"))
OTHER_MESSAGE = cython.declare(cython.int, passed_over("sccp", "messages other than UDT and XUDT"))
MANAGEMENT = cython.declare(cython.int, passed_over("sccp", "management"))

DIGEST = cython.declare(cython.int, MAP_TABLE[0].index("digest"))


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
def is_unitdata(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Whether a UDT, UDTS, XUDT or XUDTS is here whose parts fit together (Q.713 4.10 to 4.19)."""
    pointers: cython.Py_ssize_t = start + 2
    if start >= end or r.data[start] not in (UDT, UDTS, XUDT, XUDTS):
        return 0
    if r.data[start] >= XUDT:  # a hop counter in front of the pointers
        pointers += 1
    if pointers + 3 > end or (r.data[start] in (UDT, XUDT) and r.data[start + 1] & 15 > 1):
        return 0
    return not (
        _past(r, pointers + r.data[pointers], end)
        or _past(r, pointers + 1 + r.data[pointers + 1], end)
        or _past(r, pointers + 2 + r.data[pointers + 2], end)
    )


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
