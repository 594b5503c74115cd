"""Called and calling party addresses of SCCP (ITU-T Q.713 3.4; ANSI T1.112.3 3.4)."""

import cython

if not cython.compiled:
    from dissectors.columns import Table
    from dissectors.digits import address_signals
    from dissectors.octets import put
    from dissectors.reading import Reading

from dissectors import reasons
from dissectors.fields import SCCP_ADDRESS_TABLE
from dissectors.reasons import problem

NONE = cython.declare(cython.int, reasons.NONE)
NATIONAL = cython.declare(cython.int, 0x80)  # bits of the indicator
HIGHEST_14 = cython.declare(cython.longlong, 0x3FFF)

ADDRESS_UNREADABLE = cython.declare(cython.int, problem("sccp", "address does not fit"))
UNKNOWN_TITLE = cython.declare(cython.int, problem("sccp", "global title of an unknown kind"))

INDICATOR = cython.declare(cython.int, SCCP_ADDRESS_TABLE[0].index("indicator"))
POINT_CODE = cython.declare(cython.int, SCCP_ADDRESS_TABLE[0].index("point_code"))
SSN = cython.declare(cython.int, SCCP_ADDRESS_TABLE[0].index("ssn"))
TRANSLATION_TYPE = cython.declare(cython.int, SCCP_ADDRESS_TABLE[0].index("translation_type"))
PLAN = cython.declare(cython.int, SCCP_ADDRESS_TABLE[0].index("plan"))
NATURE = cython.declare(cython.int, SCCP_ADDRESS_TABLE[0].index("nature"))
GT = cython.declare(cython.int, SCCP_ADDRESS_TABLE[1].index("gt"))


@cython.cfunc
@cython.nogil
def read_address(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.longlong:
    """The row of a called or calling party address; its subsystem is noted about it.

    An address that is too short for what it announces is a problem, and gives what could be read.
    """
    number: cython.longlong
    problems: cython.Py_ssize_t = r.problem_table.rows
    wide: cython.int = r.point_code_bits == 24 or r.opc > HIGHEST_14 or r.dpc > HIGHEST_14
    r.sccp_addresses.variant = wide
    number = r.known(r.sccp_addresses, start, end)
    if number != NONE:
        return number
    _read_indicator(r, r.sccp_addresses.table, start, end, 3 if wide else 2)
    return r.sccp_addresses.keep(_ssn(r.sccp_addresses.table), problems == r.problem_table.rows)


@cython.cfunc
@cython.nogil
def subsystem(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """The subsystem number in an address, without a row for it; 0: not known."""
    if start < end and r.data[start] & 2:
        start += 3 if r.data[start] & 1 else 1
        if start < end:
            return r.data[start]
    return 0


@cython.cfunc
@cython.nogil
def _ssn(table: Table) -> cython.longlong:
    """The subsystem number in the open row, or NONE."""
    return table.numbers[SSN, table.rows] if table.number_set[SSN, table.rows] else NONE


@cython.cfunc
@cython.nogil
def _read_indicator(
    r: Reading,
    table: Table,
    position: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    octets: cython.int,
) -> cython.int:
    """The indicator, then what it announces; a point code is of so many octets (Q.713 3.4.1)."""
    indicator: cython.int
    title: cython.int
    if position >= end:
        return r.problem(ADDRESS_UNREADABLE)
    indicator = r.data[position]
    title = indicator >> 2 & 15
    put(table, INDICATOR, indicator)
    position += 1
    if indicator & NATIONAL and title <= 2:  # ANSI has titles of indicator 1 and 2 alone
        return _read_ansi(r, table, position, end, indicator)
    if indicator & 1:
        if end - position < octets:
            return r.problem(ADDRESS_UNREADABLE)
        put(table, POINT_CODE, _point_code(r, position, octets))
        position += octets
    if indicator & 2:
        if position >= end:
            return r.problem(ADDRESS_UNREADABLE)
        put(table, SSN, r.data[position])
        position += 1
    return _read_global_title(r, table, position, end, title)


@cython.cfunc
@cython.nogil
def _read_ansi(
    r: Reading,
    table: Table,
    position: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    indicator: cython.int,
) -> cython.int:
    """The subsystem first, announced by bit 1; title 1 has no nature (T1.112.3 3.4.1, 3.4.2.3)."""
    title: cython.int = indicator >> 2 & 15
    if indicator & 1:
        if position >= end:
            return r.problem(ADDRESS_UNREADABLE)
        put(table, SSN, r.data[position])
        position += 1
    if indicator & 2:
        if end - position < 3:
            return r.problem(ADDRESS_UNREADABLE)
        put(table, POINT_CODE, _point_code(r, position, 3))
        position += 3
    # translation type, plan and encoding scheme are ITU's title 3
    return _read_global_title(r, table, position, end, 3 if title == 1 else title)


@cython.cfunc
@cython.nogil
def _point_code(r: Reading, position: cython.Py_ssize_t, octets: cython.int) -> cython.int:
    """14 or 24 bits, least significant octet first (Q.713 3.4.2.1)."""
    low: cython.int = r.data[position] | r.data[position + 1] << 8
    return low & 0x3FFF if octets == 2 else low | r.data[position + 2] << 16


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
        return 0
    if indicator > 4:
        return r.problem(UNKNOWN_TITLE)
    if end - position < header:
        return r.problem(ADDRESS_UNREADABLE)
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
    return address_signals(r, table, GT, position + header, end, odd)
