"""M3UA (RFC 4666): routing labels, and the SCCP message within."""

import cython

if not cython.compiled:
    from dissectors.mtp import pass_over_user
    from dissectors.octets import u16, u32
    from dissectors.reading import Reading
    from dissectors.sccp import read_sccp

from dissectors import reasons
from dissectors.reasons import passed_over, problem

NONE = cython.declare(cython.int, reasons.NONE)
TRANSFER = cython.declare(cython.int, 1)  # message class (3.1.2)
DATA = cython.declare(cython.int, 1)  # message type
PROTOCOL_DATA = cython.declare(cython.uint, 0x0210)
ROUTING_CONTEXT = cython.declare(cython.uint, 6)  # parameters (3.2)
NETWORK_APPEARANCE = cython.declare(cython.uint, 0x0200)
SCCP = cython.declare(cython.int, 3)  # service indicator (Q.704 14.2.1)

CUT_SHORT = cython.declare(cython.int, problem("m3ua", "message or parameter does not fit"))
NOT_M3UA = cython.declare(cython.int, problem("m3ua", "version is not 1"))
SECOND_DATA = cython.declare(cython.int, problem("m3ua", "second protocol data, it is not read"))
NO_DATA = cython.declare(cython.int, problem("m3ua", "DATA without protocol data"))
MANAGEMENT = cython.declare(cython.int, passed_over("m3ua", "management and state messages"))


@cython.cfunc
@cython.nogil
def read_m3ua(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Read one M3UA message (RFC 4666 3.1); only DATA counts as a message of the frame."""
    position: cython.Py_ssize_t = start + 8
    length: cython.Py_ssize_t
    found: cython.int = 0
    if end - start < 8:
        return r.problem(CUT_SHORT)
    if r.data[start] != 1:
        return r.problem(NOT_M3UA)
    if r.data[start + 2] != TRANSFER or r.data[start + 3] != DATA:
        return r.pass_over(MANAGEMENT)
    r.message += 1
    r.routing_context = r.network_appearance = NONE
    while end - position >= 4:
        length = u16(r, position + 2)
        if length < 4 or length > end - position:
            return r.problem(CUT_SHORT)
        if u16(r, position) == PROTOCOL_DATA and not found:
            _read_protocol_data(r, position + 4, position + length)
            found = 1
        elif u16(r, position) == PROTOCOL_DATA:
            r.problem(SECOND_DATA)
        elif length == 8 and u16(r, position) == ROUTING_CONTEXT:
            r.routing_context = u32(r, position + 4)
        elif length == 8 and u16(r, position) == NETWORK_APPEARANCE:
            r.network_appearance = u32(r, position + 4)
        position += (length + 3) // 4 * 4
    return 0 if found else r.problem(NO_DATA)


@cython.cfunc
@cython.nogil
def _read_protocol_data(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """OPC, DPC, SI, NI, MP, SLS, then the user's message (RFC 4666 3.3.1)."""
    if end - start < 12:
        return r.problem(CUT_SHORT)
    if r.data[start + 8] != SCCP:
        return pass_over_user(r, r.data[start + 8])
    r.opc = u32(r, start)
    r.dpc = u32(r, start + 4)
    r.network_indicator = r.data[start + 9]
    return read_sccp(r, start + 12, end)
