"""SCCP messages (ITU-T Q.713): parts and segments of the connectionless, the others counted."""

import cython

if not cython.compiled:
    from dissectors.reading import Reading
    from dissectors.sccp_address import read_address, subsystem
    from dissectors.sccp_user import read_user_data
    from dissectors.segments import add_segment

from dissectors import left_alone, reasons
from dissectors.reasons import passed_over, problem

NONE = cython.declare(cython.int, reasons.NONE)
CONNECTION_REQUEST = cython.declare(cython.int, 1)  # message types (2.1)
UDT = cython.declare(cython.int, 9)
UDTS = cython.declare(cython.int, 10)
XUDT = cython.declare(cython.int, 17)
XUDTS = cython.declare(cython.int, 18)
LUDT = cython.declare(cython.int, 19)
LUDTS = cython.declare(cython.int, 20)
SEGMENTATION = cython.declare(cython.int, 16)  # an optional parameter (3.17)
CONNECTION = cython.declare(cython.int, left_alone.CONNECTION)

CUT_SHORT = cython.declare(cython.int, problem("sccp", "message or parameter does not fit"))
ODD_SEGMENTATION = cython.declare(
    cython.int, problem("sccp", "segmentation parameter is not of 4 octets")
)
NOT_SCCP = cython.declare(cython.int, problem("sccp", "unknown message type"))
IN_CONNECTION = cython.declare(cython.int, passed_over("sccp", "messages of connections"))


@cython.cfunc
@cython.nogil
def read_sccp(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Read one SCCP message (4). Of one that came back, the second octet says why (3.12)."""
    kind: cython.int
    if start >= end:
        return r.problem(CUT_SHORT)
    kind = r.data[start]
    r.sccp_type = kind
    r.return_cause = NONE
    if kind == UDT:
        return _read_unitdata(r, start, start + 2, 3, end)
    if kind in (UDTS, XUDTS, LUDTS) and end - start > 1:
        r.return_cause = r.data[start + 1]
    if kind == UDTS:
        return _read_unitdata(r, start, start + 2, 3, end)
    if kind in (XUDT, XUDTS):
        return _read_unitdata(r, start, start + 3, 4, end)
    if kind in (LUDT, LUDTS):
        return _read_long_unitdata(r, start, start + 3, end)
    if kind == CONNECTION_REQUEST:
        return _pass_over_connection_request(r, start, end)
    return r.problem(NOT_SCCP) if kind == 0 or kind > LUDTS else r.pass_over(IN_CONNECTION)


@cython.cfunc
@cython.nogil
def _read_unitdata(
    r: Reading,
    start: cython.Py_ssize_t,
    pointers: cython.Py_ssize_t,
    count: cython.int,
    end: cython.Py_ssize_t,
) -> cython.int:
    """UDT, XUDT and their like (4.10, 4.18): pointers to addresses, data, optional parameters."""
    called: cython.Py_ssize_t
    calling: cython.Py_ssize_t
    data: cython.Py_ssize_t
    options: cython.Py_ssize_t = 0
    if pointers + count > end:
        return r.problem(CUT_SHORT)
    called = pointers + r.data[pointers]
    calling = pointers + 1 + r.data[pointers + 1]
    data = pointers + 2 + r.data[pointers + 2]
    if _past(r, called, end) or _past(r, calling, end) or _past(r, data, end):
        return r.problem(CUT_SHORT)
    if count == 4 and r.data[pointers + 3]:
        options = pointers + 3 + r.data[pointers + 3]
    return _read_parts(r, start, called, calling, data + 1, data + 1 + r.data[data], options, end)


@cython.cfunc
@cython.nogil
def _read_long_unitdata(
    r: Reading,
    start: cython.Py_ssize_t,
    pointers: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.int:
    """LUDT and LUDTS (4.20, 4.21): pointers and the data's length are of two octets, low first.

    A pointer counts from its high octet.
    """
    called: cython.Py_ssize_t
    calling: cython.Py_ssize_t
    data: cython.Py_ssize_t
    options: cython.Py_ssize_t = 0
    if pointers + 8 > end:
        return r.problem(CUT_SHORT)
    called = pointers + 1 + _two(r, pointers)
    calling = pointers + 3 + _two(r, pointers + 2)
    data = pointers + 5 + _two(r, pointers + 4)
    if _past(r, called, end) or _past(r, calling, end) or data + 2 > end:
        return r.problem(CUT_SHORT)
    if data + 2 + _two(r, data) > end:
        return r.problem(CUT_SHORT)
    if _two(r, pointers + 6):
        options = pointers + 7 + _two(r, pointers + 6)
    return _read_parts(r, start, called, calling, data + 2, data + 2 + _two(r, data), options, end)


@cython.cfunc
@cython.nogil
def _two(r: Reading, position: cython.Py_ssize_t) -> cython.int:
    """Two octets, the least significant first."""
    return r.data[position] | r.data[position + 1] << 8


@cython.cfunc
@cython.nogil
def _read_parts(
    r: Reading,
    start: cython.Py_ssize_t,
    called: cython.Py_ssize_t,
    calling: cython.Py_ssize_t,
    data: cython.Py_ssize_t,
    data_end: cython.Py_ssize_t,
    options: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.int:
    """The addresses, their length octets first, then the data or a segment of it."""
    segmentation: cython.Py_ssize_t = 0
    r.called = read_address(r, called + 1, called + 1 + r.data[called])
    r.called_ssn = cython.cast(cython.int, r.sccp_addresses.about)
    r.calling = read_address(r, calling + 1, calling + 1 + r.data[calling])
    r.calling_ssn = cython.cast(cython.int, r.sccp_addresses.about)
    if options:
        segmentation = _segmentation(r, options, end)
    if segmentation and r.data[segmentation] & 0x8F != 0x80:
        with cython.gil:
            _add_segment(r, called, calling, data, data_end, segmentation)
        return 0
    return read_user_data(r, start, data, data_end, end)


@cython.cfunc
def _add_segment(
    r: Reading,
    called: cython.Py_ssize_t,
    calling: cython.Py_ssize_t,
    data: cython.Py_ssize_t,
    data_end: cython.Py_ssize_t,
    segmentation: cython.Py_ssize_t,
) -> cython.int:
    """First or not, how many remain, then the local reference (3.17)."""
    key = (
        f"{r.opc} {r.dpc} {r.sccp_type} ".encode()
        + bytes(r.data[segmentation + 1 : segmentation + 4])
        + bytes(r.data[called : called + 1 + r.data[called]])
        + bytes(r.data[calling : calling + 1 + r.data[calling]])
    )
    first: cython.int = r.data[segmentation] & 0x80
    remaining: cython.int = r.data[segmentation] & 15
    return add_segment(r, key, first, remaining, bytes(r.data[data:data_end]))


@cython.cfunc
@cython.nogil
def _segmentation(
    r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """The value of the segmentation parameter among the optional ones, or 0."""
    while position < end and r.data[position] != 0:
        if _past(r, position + 1, end):
            r.problem(CUT_SHORT)
            return 0
        if r.data[position] == SEGMENTATION:
            if r.data[position + 1] == 4:
                return position + 2
            r.problem(ODD_SEGMENTATION)
        position += 2 + r.data[position + 1]
    return 0


@cython.cfunc
@cython.nogil
def _pass_over_connection_request(
    r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """Count it by the subsystem that it calls (4.2): a pointer to the address is in octet 6."""
    called: cython.Py_ssize_t
    number: cython.int = 0
    if end - start < 7:
        return r.problem(CUT_SHORT)
    called = start + 5 + r.data[start + 5]
    if _past(r, called, end):
        return r.problem(CUT_SHORT)
    number = subsystem(r, called + 1, called + 1 + r.data[called])
    return r.pass_over(r.left_alone[CONNECTION, number])


@cython.cfunc
@cython.nogil
def is_unitdata(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Whether unitdata of any type is here whose parts fit together (4.10 to 4.21)."""
    pointers: cython.Py_ssize_t = start + 2
    if start < end and r.data[start] in (LUDT, LUDTS):
        return _is_long_unitdata(r, start, end)
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
def _is_long_unitdata(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """The same of an LUDT or LUDTS, see `_read_long_unitdata`."""
    pointers: cython.Py_ssize_t = start + 3
    data: cython.Py_ssize_t
    if pointers + 8 > end or (r.data[start] == LUDT and r.data[start + 1] & 15 > 1):
        return 0
    data = pointers + 5 + _two(r, pointers + 4)
    return not (
        _past(r, pointers + 1 + _two(r, pointers), end)
        or _past(r, pointers + 3 + _two(r, pointers + 2), end)
        or data + 2 > end
        or data + 2 + _two(r, data) > end
    )


@cython.cfunc
@cython.nogil
def _past(r: Reading, parameter: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Whether a variable parameter, its length octet first, goes past the end."""
    return parameter >= end or parameter + 1 + r.data[parameter] > end
