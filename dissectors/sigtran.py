"""M3UA (RFC 4666): routing labels, and the SCCP message within."""

import cython

if not cython.compiled:
    from dissectors.digits import ip_address
    from dissectors.reading import Reading
    from dissectors.sccp import read_sccp
    from dissectors.tcap import signed_64

from dissectors.fields import MAP_TABLE
from dissectors.reasons import passed_over, problem

TRANSFER = cython.declare(cython.int, 1)  # message class (3.1.2)
DATA = cython.declare(cython.int, 1)  # message type
PROTOCOL_DATA = cython.declare(cython.uint, 0x0210)
SCCP = cython.declare(cython.int, 3)  # service indicator (Q.704 14.2.1)

CUT_SHORT = cython.declare(cython.int, problem("m3ua", "message or parameter does not fit"))
NOT_M3UA = cython.declare(cython.int, problem("m3ua", "version is not 1"))
SECOND_DATA = cython.declare(cython.int, problem("m3ua", "second protocol data, it is not read"))
NO_DATA = cython.declare(cython.int, problem("m3ua", "DATA without protocol data"))
MANAGEMENT = cython.declare(cython.int, passed_over("m3ua", "management and state messages"))
OTHER_SERVICE = cython.declare(cython.int, passed_over("m3ua", "users other than SCCP"))

FRAME = cython.declare(cython.int, MAP_TABLE[0].index("frame"))
MESSAGE = cython.declare(cython.int, MAP_TABLE[0].index("message"))
SEEN_AT = cython.declare(cython.int, MAP_TABLE[0].index("seen_at"))
OPC = cython.declare(cython.int, MAP_TABLE[0].index("opc"))
DPC = cython.declare(cython.int, MAP_TABLE[0].index("dpc"))
NETWORK_INDICATOR = cython.declare(cython.int, MAP_TABLE[0].index("network_indicator"))
DIGEST = cython.declare(cython.int, MAP_TABLE[0].index("digest"))
SOURCE_ADDRESS = cython.declare(cython.int, MAP_TABLE[1].index("source_address"))
DESTINATION_ADDRESS = cython.declare(cython.int, MAP_TABLE[1].index("destination_address"))


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
    while end - position >= 4:
        length = r.u16(position + 2)
        if length < 4 or length > end - position:
            return r.problem(CUT_SHORT)
        if r.u16(position) == PROTOCOL_DATA and not found:
            _read_protocol_data(r, position + 4, position + length)
            found = 1
        elif r.u16(position) == PROTOCOL_DATA:
            r.problem(SECOND_DATA)
        position += (length + 3) // 4 * 4
    return 0 if found else r.problem(NO_DATA)


@cython.cfunc
@cython.nogil
def _read_protocol_data(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """OPC, DPC, SI, NI, MP, SLS, then the user's message (RFC 4666 3.3.1)."""
    first_row: cython.Py_ssize_t = r.map_table.rows
    if end - start < 12:
        return r.problem(CUT_SHORT)
    if r.data[start + 8] != SCCP:
        return r.pass_over(OTHER_SERVICE)
    r.map_table.put(FRAME, r.frame)
    r.map_table.put(MESSAGE, r.message)
    r.map_table.put(SEEN_AT, r.seen_at)
    ip_address(r, r.map_table, SOURCE_ADDRESS, 0)
    ip_address(r, r.map_table, DESTINATION_ADDRESS, 16)
    r.map_table.put(OPC, r.u32(start))
    r.map_table.put(DPC, r.u32(start + 4))
    r.map_table.put(NETWORK_INDICATOR, r.data[start + 9])
    r.text_start = r.text_end = 0
    read_sccp(r, start + 12, end)
    if r.map_table.rows == first_row:
        r.map_table.drop_row()
    else:
        _set_digest(r, first_row, signed_64(r.digest(start + 12, end)))
    return 0


@cython.cfunc
@cython.nogil
def _set_digest(r: Reading, row: cython.Py_ssize_t, digest: cython.longlong) -> cython.int:
    """The same for all components of the message."""
    while row < r.map_table.rows:
        r.map_table.numbers[DIGEST, row] = digest
        r.map_table.number_set[DIGEST, row] = 1
        row += 1
    return 0
