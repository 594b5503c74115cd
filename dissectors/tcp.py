"""TCP (RFC 9293): the messages of Diameter in segments, also across two and more in order."""

import cython

if not cython.compiled:
    from dissectors.diameter import read_diameter
    from dissectors.reading import Reading

from dissectors.reasons import passed_over, problem

DIAMETER_PORT = cython.declare(cython.uint, 3868)  # RFC 6733 2.1
HIGHEST_SEQUENCE = cython.declare(cython.uint, 0xFFFFFFFF)
MOST_FLOWS = 4096  # with an unfinished message
MOST_OCTETS = 1 << 26  # of unfinished messages together
LONGEST_MESSAGE = 1 << 20

CUT_SHORT = cython.declare(cython.int, problem("tcp", "segment ends before its header does"))
AVP_FLAGS = cython.declare(cython.int, 0x1F)  # the reserved ones, RFC 6733 4.1
NOT_DIAMETER = cython.declare(
    cython.int, problem("tcp", "segment on Diameter's port does not begin a message")
)
OUT_OF_ORDER = cython.declare(
    cython.int, problem("tcp", "message's rest is missing or out of order")
)
TOO_LONG = cython.declare(cython.int, problem("tcp", "message of more than 1 MiB"))
OTHER_TRAFFIC = cython.declare(cython.int, passed_over("tcp", "segments of other protocols"))


@cython.cfunc
@cython.nogil
def read_tcp(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Read the Diameter messages of a segment."""
    payload: cython.Py_ssize_t
    if end - start < 20:
        return r.problem(CUT_SHORT)
    r.source_port = r.u16(start)
    r.destination_port = r.u16(start + 2)
    payload = start + (r.data[start + 12] >> 4) * 4
    if payload > end or payload < start + 20:
        return r.problem(CUT_SHORT)
    if payload == end:
        return 0
    if r.waiting:
        with cython.gil:
            if _continue(r, start, payload, end):
                return 0
    if not _on_diameter_port(r, start) and not _looks_like_diameter(r, payload, end):
        return r.pass_over(OTHER_TRAFFIC)
    return _read_messages(r, start, _sequence_behind(r, start, end - payload), payload, end)


@cython.cfunc
@cython.nogil
def _sequence_behind(
    r: Reading, header: cython.Py_ssize_t, octets: cython.Py_ssize_t
) -> cython.uint:
    """The sequence number of the flow's next segment, modulo 2 ** 32 (RFC 9293 3.4)."""
    return (r.u32(header + 4) + octets) & HIGHEST_SEQUENCE


@cython.cfunc
@cython.nogil
def _on_diameter_port(r: Reading, ports: cython.Py_ssize_t) -> cython.int:
    return DIAMETER_PORT in (r.u16(ports), r.u16(ports + 2))


@cython.cfunc
@cython.nogil
def _looks_like_diameter(
    r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """Whether a segment on another port begins with a message: header and first AVP are sound."""
    length: cython.Py_ssize_t
    if end - position < 28 or r.data[position] != 1:
        return 0
    length = r.u24(position + 1)
    return (
        length & 3 == 0
        and length >= 28
        and r.data[position + 4] & 0x0F == 0
        and r.data[position + 24] & AVP_FLAGS == 0
        and 8 <= r.u24(position + 25) <= length - 20
    )


@cython.cfunc
@cython.nogil
def _read_messages(
    r: Reading,
    ports: cython.Py_ssize_t,
    next_sequence: cython.uint,
    position: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.int:
    """Whole messages; an unfinished one waits for the flow's next segment."""
    length: cython.Py_ssize_t
    while position < end:
        if r.data[position] != 1:
            return r.problem(NOT_DIAMETER)
        length = r.u24(position + 1) if end - position >= 4 else 20
        if length < 20:
            return r.problem(NOT_DIAMETER)
        if length > end - position:
            with cython.gil:
                _wait(r, ports, next_sequence, position, end)
            return 0
        read_diameter(r, position, position + length)
        position += length
    return 0


@cython.cfunc
def _flow(r: Reading, ports: cython.Py_ssize_t) -> bytes:
    """Addresses and ports, one direction."""
    return (
        bytes(r.addresses[: r.address_length])
        + bytes(r.addresses[16 : 16 + r.address_length])
        + bytes(r.data[ports : ports + 4])
    )


@cython.cfunc
def _wait(
    r: Reading,
    ports: cython.Py_ssize_t,
    next_sequence: cython.uint,
    position: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.int:
    """Keep the beginning of a message until the flow's next segments bring the rest."""
    wanted: cython.Py_ssize_t = r.u24(position + 1) if end - position >= 4 else 20
    if wanted > LONGEST_MESSAGE:
        return r.problem(TOO_LONG)
    r.streams[_flow(r, ports)] = (next_sequence, wanted, bytearray(r.data[position:end]))
    r.waiting += end - position
    while len(r.streams) > MOST_FLOWS or r.waiting > MOST_OCTETS:
        _give_up(r, next(iter(r.streams)))
    return 0


@cython.cfunc
def _give_up(r: Reading, flow: bytes) -> cython.int:
    r.waiting -= len(r.streams.pop(flow)[2])
    return r.problem(OUT_OF_ORDER)


@cython.cfunc
def _continue(
    r: Reading,
    ports: cython.Py_ssize_t,
    payload: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.int:
    """Add a segment to its flow's unfinished message; 0 if none waits for it."""
    flow = _flow(r, ports)
    if flow not in r.streams:
        return 0
    expected, wanted, octets = r.streams[flow]
    if r.u32(ports + 4) != expected:
        _give_up(r, flow)
        return 0
    octets += r.data[payload:end]
    r.waiting += end - payload
    next_sequence: cython.uint = _sequence_behind(r, ports, end - payload)
    if len(octets) < wanted:
        r.streams[flow] = (next_sequence, wanted, octets)
        return 1
    del r.streams[flow]
    r.waiting -= len(octets)
    _read_joined(r, flow, bytes(octets), next_sequence)
    return 1


@cython.cfunc
def _read_joined(r: Reading, flow: bytes, octets: bytes, next_sequence: cython.uint) -> cython.int:
    """Read messages out of several segments."""
    # the ports in front, so that their place in the joined octets means the same
    joined = flow[len(flow) - 4 :] + octets
    block = r.data
    r.data = memoryview(joined)
    try:
        _read_messages(r, 0, next_sequence, 4, len(joined))
    finally:
        r.data = block
    return 0
