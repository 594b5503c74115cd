"""SCCP, connectionless (ITU-T Q.713): addresses, and the TCAP message within."""

import cython

if not cython.compiled:
    from dissectors.digits import address_signals
    from dissectors.reading import Reading
    from dissectors.tcap import read_tcap

from dissectors import reasons
from dissectors.fields import MAP_TABLE
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

SCCP_TYPE = cython.declare(cython.int, MAP_TABLE[0].index("sccp_type"))
CALLING_PLAN = cython.declare(cython.int, MAP_TABLE[0].index("calling_plan"))
CALLED_PLAN = cython.declare(cython.int, MAP_TABLE[0].index("called_plan"))
CALLING_GT = cython.declare(cython.int, MAP_TABLE[1].index("calling_gt"))
CALLED_GT = cython.declare(cython.int, MAP_TABLE[1].index("called_gt"))
# behind the plan, in this order
NATURE = cython.declare(cython.int, MAP_TABLE[0].index("calling_nature") - CALLING_PLAN)
TRANSLATION_TYPE = cython.declare(
    cython.int, MAP_TABLE[0].index("calling_translation_type") - CALLING_PLAN
)
SSN = cython.declare(cython.int, MAP_TABLE[0].index("calling_ssn") - CALLING_PLAN)
POINT_CODE = cython.declare(cython.int, MAP_TABLE[0].index("calling_point_code") - CALLING_PLAN)


@cython.cfunc
@cython.nogil
def read_sccp(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Read one SCCP message into the open row of the MAP table (Q.713 4)."""
    kind: cython.int
    if start >= end:
        return r.problem(CUT_SHORT)
    kind = r.data[start]
    if kind == UDT:
        return _read_unitdata(r, start + 2, 3, end)
    if kind == XUDT:
        return _read_unitdata(r, start + 3, 4, end)
    if kind == 0 or kind > 20:
        return r.problem(NOT_SCCP)
    return r.pass_over(OTHER_MESSAGE)


@cython.cfunc
@cython.nogil
def _read_unitdata(
    r: Reading, pointers: cython.Py_ssize_t, count: cython.int, end: cython.Py_ssize_t
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
    r.map_table.put(SCCP_TYPE, UDT if count == 3 else XUDT)
    if not _read_address(r, called, CALLED_PLAN, CALLED_GT):
        r.problem(ADDRESS_UNREADABLE)
    if not _read_address(r, calling, CALLING_PLAN, CALLING_GT):
        r.problem(ADDRESS_UNREADABLE)
    if _ssn(r, CALLED_PLAN) == MANAGEMENT_SSN:
        return r.pass_over(MANAGEMENT)
    return read_tcap(r, data + 1, data + 1 + r.data[data])


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
def _ssn(r: Reading, plan: cython.int) -> cython.longlong:
    if r.map_table.number_set[plan + SSN, r.map_table.rows]:
        return r.map_table.numbers[plan + SSN, r.map_table.rows]
    return NONE


@cython.cfunc
@cython.nogil
def _read_address(
    r: Reading, parameter: cython.Py_ssize_t, plan: cython.int, gt: cython.int
) -> cython.int:
    """A called or calling party address (Q.713 3.4); 0 if it is too short for what it announces."""
    position: cython.Py_ssize_t = parameter + 1
    end: cython.Py_ssize_t = position + r.data[parameter]
    indicator: cython.int
    if position >= end:
        return 0
    indicator = r.data[position]
    position += 1
    if indicator & 1:
        if end - position < 2:
            return 0
        # 14 bits, least significant octet first (Q.713 3.4.2.1)
        r.map_table.put(plan + POINT_CODE, r.data[position] | (r.data[position + 1] & 0x3F) << 8)
        position += 2
    if indicator & 2:
        if position >= end:
            return 0
        r.map_table.put(plan + SSN, r.data[position])
        position += 1
    return _read_global_title(r, position, end, indicator >> 2 & 15, plan, gt)


@cython.cfunc
@cython.nogil
def _read_global_title(
    r: Reading,
    position: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    indicator: cython.int,
    plan: cython.int,
    gt: cython.int,
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
        r.map_table.put(plan + NATURE, octet & 0x7F)
    else:
        r.map_table.put(plan + TRANSLATION_TYPE, r.data[position])
    if indicator >= 3:
        octet = r.data[position + 1]
        r.map_table.put(plan, octet >> 4)
        odd = octet & 15 == 1
    if indicator == 4:
        # the eighth bit is spare here: odd and even are told by the encoding scheme
        r.map_table.put(plan + NATURE, r.data[position + 2] & 0x7F)
    return 1 + address_signals(r, r.map_table, gt, position + header, end, odd)
