"""M2UA (RFC 3331) and M2PA (RFC 4165): messages of MTP3 in place of links of MTP2."""

import cython

if not cython.compiled:
    from dissectors.mtp import read_mtp3
    from dissectors.octets import u16, u32
    from dissectors.reading import Reading

from dissectors.reasons import passed_over, problem

MAUP = cython.declare(cython.int, 6)  # message class (RFC 3331 3.1.3)
DATA = cython.declare(cython.int, 1)  # message type
PROTOCOL_DATA = cython.declare(cython.uint, 0x0300)
PROTOCOL_DATA_TTC = cython.declare(cython.uint, 0x0301)  # a length indicator is in front
M2PA_CLASS = cython.declare(cython.int, 11)  # RFC 4165 2.1.2
USER_DATA = cython.declare(cython.int, 1)
LINK_STATUS = cython.declare(cython.int, 2)
M2PA_HEADER = cython.declare(cython.int, 16)

CUT_SHORT = cython.declare(cython.int, problem("m2ua", "message or parameter does not fit"))
NOT_M2UA = cython.declare(cython.int, problem("m2ua", "version is not 1"))
NO_DATA = cython.declare(cython.int, problem("m2ua", "DATA without protocol data"))
OTHER = cython.declare(cython.int, passed_over("m2ua", "management and state messages"))
M2PA_CUT_SHORT = cython.declare(cython.int, problem("m2pa", "message does not fit"))
NOT_M2PA = cython.declare(cython.int, problem("m2pa", "not a message of version 1"))
NO_SIGNALLING = cython.declare(cython.int, passed_over("m2pa", "link status"))
EMPTY = cython.declare(cython.int, passed_over("m2pa", "acknowledgements without data"))


@cython.cfunc
@cython.nogil
def read_m2ua(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Read one M2UA message; DATA alone carries signalling (RFC 3331 3.3.1.1)."""
    position: cython.Py_ssize_t = start + 8
    length: cython.Py_ssize_t
    found: cython.int = 0
    if end - start < 8:
        return r.problem(CUT_SHORT)
    if r.data[start] != 1:
        return r.problem(NOT_M2UA)
    if r.data[start + 2] != MAUP or r.data[start + 3] != DATA:
        return r.pass_over(OTHER)
    while end - position >= 4:
        length = u16(r, position + 2)
        if length < 4 or length > end - position:
            return r.problem(CUT_SHORT)
        if u16(r, position) == PROTOCOL_DATA:
            found = 1
            read_mtp3(r, position + 4, position + length)
        elif u16(r, position) == PROTOCOL_DATA_TTC:
            found = 1
            read_mtp3(r, position + 5, position + length)
        position += (length + 3) // 4 * 4
    return 0 if found else r.problem(NO_DATA)


@cython.cfunc
@cython.nogil
def read_m2pa(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Read one M2PA message: headers, a priority octet, MTP3's message (RFC 4165 2.1 to 2.3)."""
    length: cython.Py_ssize_t
    if end - start < M2PA_HEADER:
        return r.problem(M2PA_CUT_SHORT)
    if r.data[start] != 1 or r.data[start + 2] != M2PA_CLASS:
        return r.problem(NOT_M2PA)
    length = u32(r, start + 4)
    if length > end - start or length < M2PA_HEADER:
        return r.problem(M2PA_CUT_SHORT)
    if r.data[start + 3] == LINK_STATUS:
        return r.pass_over(NO_SIGNALLING)
    if r.data[start + 3] != USER_DATA:
        return r.problem(NOT_M2PA)
    if length < M2PA_HEADER + 2:
        return r.pass_over(EMPTY)
    return read_mtp3(r, start + M2PA_HEADER + 1, start + length)
