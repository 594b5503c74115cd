"""SCTP (RFC 9260, RFC 8260): chunks back into messages, each once."""

import cython

if not cython.compiled:
    from dissectors.diameter import read_diameter
    from dissectors.m2ua import read_m2pa, read_m2ua
    from dissectors.octets import u16, u32
    from dissectors.reading import Reading
    from dissectors.repeated import is_repeated
    from dissectors.sigtran import read_m3ua
    from dissectors.sua import read_sua

from dissectors import payload_protocols, wholes
from dissectors.fragments import Fragment
from dissectors.reasons import passed_over, problem
from dissectors.wholes import Piece, Whole

DATA = cython.declare(cython.int, 0)
INTERLEAVED_DATA = cython.declare(cython.int, 64)  # RFC 8260 2.1
DATA_HEADER = cython.declare(cython.int, 16)
INTERLEAVED_HEADER = cython.declare(cython.int, 20)
ENDS = cython.declare(cython.int, 1)  # flags
BEGINS = cython.declare(cython.int, 2)
WHOLE = cython.declare(cython.int, 3)
UNORDERED = cython.declare(cython.int, 4)
M2UA = cython.declare(cython.uint, payload_protocols.M2UA)
M3UA = cython.declare(cython.uint, payload_protocols.M3UA)
SUA = cython.declare(cython.uint, payload_protocols.SUA)
M2PA = cython.declare(cython.uint, payload_protocols.M2PA)
DIAMETER = cython.declare(cython.uint, payload_protocols.DIAMETER)
DIAMETER_DTLS = cython.declare(cython.uint, payload_protocols.DIAMETER_DTLS)
NUMBERS = cython.declare(cython.uint, payload_protocols.NUMBERS)
OTHER_PAYLOAD = cython.declare(cython.int, payload_protocols.OTHER)
DTLS_VERSION = cython.declare(cython.int, 0xFE)  # the complement of 1 (RFC 9147 4)

CUT_SHORT = cython.declare(cython.int, problem("sctp", "chunk does not fit into its packet"))
ENCRYPTED = cython.declare(cython.int, problem("sctp", "Diameter under DTLS"))
RETRANSMITTED = cython.declare(cython.int, passed_over("sctp", "retransmitted chunks"))


@cython.cfunc
@cython.nogil
def read_sctp(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Read every chunk of data of a packet; control chunks carry no signalling.

    An association is told by its ports and verification tag, whatever addresses it uses. Messages
    are read as they come: their order is the receiver's matter.
    """
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
            _read_data(r, start, position, position + DATA_HEADER, position + length)
        elif r.data[position] == INTERLEAVED_DATA:
            _read_data(r, start, position, position + INTERLEAVED_HEADER, position + length)
        # the padding to a multiple of 4 is outside the length
        position += (length + 3) // 4 * 4
    return 0


@cython.cfunc
@cython.nogil
def _read_data(
    r: Reading,
    header: cython.Py_ssize_t,
    chunk: cython.Py_ssize_t,
    payload: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.int:
    """RFC 9260 3.3.1, RFC 8260 2.1. Numbers of a chunk that is sent again stay, and its octets."""
    association: cython.ulonglong = u32(r, header)
    if end <= payload:
        return r.problem(CUT_SHORT)
    association = association << 32 | u32(r, header + 4)
    if is_repeated(r, association, u32(r, chunk + 4), chunk + 4, end):
        return r.pass_over(RETRANSMITTED)
    if r.data[chunk + 1] & WHOLE == WHOLE:
        return _read_message(r, u32(r, payload - 4), payload, end)
    with cython.gil:
        _read_fragment(r, header, chunk, payload, end)
    return 0


@cython.cfunc
@cython.nogil
def _read_message(
    r: Reading, protocol: cython.uint, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """Read a whole message by its payload protocol, or by the registered ports without one."""
    if protocol == 0 or protocol >= NUMBERS:
        protocol = r.protocols_by_port[r.source_port] or r.protocols_by_port[r.destination_port]
    r.payload_protocol = protocol
    if protocol == M3UA:
        return read_m3ua(r, start, end)
    if protocol == DIAMETER_DTLS or (protocol == DIAMETER and _is_dtls(r, start, end)):
        return r.problem(ENCRYPTED)
    if protocol == DIAMETER:
        return read_diameter(r, start, end)
    if protocol == M2PA:
        return read_m2pa(r, start, end)
    if protocol == M2UA:
        return read_m2ua(r, start, end)
    if protocol == SUA:
        return read_sua(r, start, end)
    return r.pass_over(r.payload_reasons[protocol])


@cython.cfunc
@cython.nogil
def _is_dtls(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Whether a record begins: alert, handshake and their like, or data (RFC 9147 4)."""
    return end - start >= 13 and 20 <= r.data[start] <= 25 and r.data[start + 1] == DTLS_VERSION


@cython.cfunc
def _read_fragment(
    r: Reading,
    header: cython.Py_ssize_t,
    chunk: cython.Py_ssize_t,
    payload: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.int:
    """Read the message that a fragment completes, at its frame.

    Fragments of DATA are neighbours by TSN, and share stream and sequence number; those of I-DATA
    by FSN, which stands in place of the payload protocol in all but the first, and share stream
    and message identifier.
    """
    flags: cython.int = r.data[chunk + 1]
    begins = flags & BEGINS != 0
    place: cython.longlong = u32(r, chunk + 4)
    message = bytes(r.data[chunk + 8 : chunk + 12])  # stream and sequence number
    if r.data[chunk] == INTERLEAVED_DATA:
        place = 0 if begins else u32(r, chunk + 16)
        message = bytes(r.data[chunk + 8 : chunk + 10]) + bytes(r.data[chunk + 12 : chunk + 16])
    elif flags & UNORDERED:
        message = message[:2]
    whose = bytes(r.data[header : header + 8]) + bytes([flags & UNORDERED]) + message
    octets = bytes(
        r.data[payload - 4 if begins else payload : end]
    )  # the payload protocol in front
    fragment = Fragment(octets, begins, flags & ENDS != 0, r.frame)
    run = r.fragments.add(whose, place, fragment)
    r.give_up(r.fragments.reason, r.fragments.too_many())
    if run:
        _read_run(r, run)
    return 0


@cython.cfunc
def _read_run(r: Reading, run: list[Fragment]) -> cython.int:
    """Read a message, whose payload protocol stands in front of the first fragment."""
    joined = b"".join(fragment.octets for fragment in run)
    before, found = r.message, len(r.wholes or ())
    block = r.data
    r.data = memoryview(joined)
    try:
        _read_message(r, u32(r, 0), 4, len(joined))
    finally:
        r.data = block
    if r.wholes is not None:
        r.wholes.insert(found, _whole(r, joined, before, run))
    return 0


@cython.cfunc
def _whole(r: Reading, joined: bytes, before: cython.int, run: list[Fragment]) -> Whole:
    """The payload protocol as it was understood, and the message."""
    pieces, place = [], 0
    for fragment in run:
        skipped = 4 if place == 0 else 0
        pieces.append(Piece(fragment.frame, place + skipped, fragment.octets[skipped:]))
        place += len(fragment.octets)
    protocol = int(r.payload_protocol).to_bytes(4, "big")
    messages = range(before + 1, r.message + 1)
    return Whole(wholes.SCTP, protocol + joined[4:], messages, pieces)
