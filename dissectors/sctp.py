"""SCTP (RFC 9260): bundled chunks back into messages."""

import cython

if not cython.compiled:
    from dissectors.diameter import read_diameter
    from dissectors.m2ua import read_m2pa, read_m2ua
    from dissectors.octets import u16, u32
    from dissectors.reading import Reading
    from dissectors.sigtran import read_m3ua

from dissectors.reasons import passed_over, problem

DATA = cython.declare(cython.int, 0)
INTERLEAVED_DATA = cython.declare(cython.int, 64)  # RFC 8260 2.1
WHOLE = cython.declare(cython.int, 3)  # flags B and E: the chunk begins and ends its message
# payload protocol identifiers (RFC 9260 12.6; RFC 3331, RFC 4165, RFC 4666; RFC 6733 2.1.1)
M2UA = cython.declare(cython.uint, 2)
M3UA = cython.declare(cython.uint, 3)
M2PA = cython.declare(cython.uint, 5)
DIAMETER = cython.declare(cython.uint, 46)
DIAMETER_DTLS = cython.declare(cython.uint, 47)
M2UA_PORT = cython.declare(cython.uint, 2904)
M2PA_PORT = cython.declare(cython.uint, 3565)
M3UA_PORT = cython.declare(cython.uint, 2905)
DIAMETER_PORT = cython.declare(cython.uint, 3868)

CUT_SHORT = cython.declare(cython.int, problem("sctp", "chunk does not fit into its packet"))
FRAGMENTED = cython.declare(
    cython.int, problem("sctp", "fragmented message, reassembly is not done")
)
INTERLEAVED = cython.declare(cython.int, problem("sctp", "I-DATA chunk is not read"))
ENCRYPTED = cython.declare(cython.int, problem("sctp", "Diameter under DTLS"))
OTHER_PAYLOAD = cython.declare(
    cython.int, passed_over("sctp", "payloads other than M2UA, M2PA, M3UA and Diameter")
)


@cython.cfunc
@cython.nogil
def read_sctp(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Read every DATA chunk of a packet (RFC 9260 3.3.1); control chunks carry no signalling."""
    position: cython.Py_ssize_t = start + 12
    length: cython.Py_ssize_t
    if end < position:
        return r.problem(CUT_SHORT)
    r.source_port = u16(r, start)
    r.destination_port = u16(r, start + 2)
    while end - position >= 4:
        length = u16(r, position + 2)
        if length < 4 or length > end - position:
            return r.problem(CUT_SHORT)
        if r.data[position] == DATA:
            _read_data(r, start, position, position + length)
        elif r.data[position] == INTERLEAVED_DATA:
            r.problem(INTERLEAVED)
        # the padding to a multiple of 4 is outside the length
        position += (length + 3) // 4 * 4
    return 0


@cython.cfunc
@cython.nogil
def _read_data(
    r: Reading, header: cython.Py_ssize_t, chunk: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    payload_protocol: cython.uint
    if end - chunk < 17:
        return r.problem(CUT_SHORT)
    payload_protocol = u32(r, chunk + 12)
    if payload_protocol == 0:
        payload_protocol = _by_port(u16(r, header), u16(r, header + 2))
    if payload_protocol == DIAMETER_DTLS:
        return r.problem(ENCRYPTED)
    if payload_protocol not in (M3UA, DIAMETER, M2PA, M2UA):
        return r.pass_over(OTHER_PAYLOAD)
    if r.data[chunk + 1] & WHOLE != WHOLE:
        return r.problem(FRAGMENTED)
    r.payload_protocol = payload_protocol
    if payload_protocol == M3UA:
        return read_m3ua(r, chunk + 16, end)
    if payload_protocol == M2PA:
        return read_m2pa(r, chunk + 16, end)
    if payload_protocol == M2UA:
        return read_m2ua(r, chunk + 16, end)
    return read_diameter(r, chunk + 16, end)


@cython.cfunc
@cython.nogil
def _by_port(source: cython.uint, destination: cython.uint) -> cython.uint:
    """What is carried where the sender gave no payload protocol: told by the registered ports."""
    if source == M3UA_PORT or destination == M3UA_PORT:
        return M3UA
    if source == DIAMETER_PORT or destination == DIAMETER_PORT:
        return DIAMETER
    if source == M2PA_PORT or destination == M2PA_PORT:
        return M2PA
    if source == M2UA_PORT or destination == M2UA_PORT:
        return M2UA
    return 0
