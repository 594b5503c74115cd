"""TCP (RFC 9293): segments back into the messages of Diameter, each once."""

import cython

if not cython.compiled:
    from dissectors.octets import u16, u32
    from dissectors.reading import Reading
    from dissectors.repeated import digest_of
    from dissectors.tcp_messages import is_header, on_tls_port, read_messages
    from dissectors.tcp_waiting import add_segment, end_stream, keep_rest

from dissectors import reasons
from dissectors.reasons import passed_over, problem

NONE = cython.declare(cython.longlong, reasons.NONE)
HIGHEST_SEQUENCE = cython.declare(cython.longlong, 0xFFFFFFFF)
HALF = cython.declare(cython.longlong, 1 << 31)
FAR = cython.declare(cython.longlong, 1 << 24)  # no window is so wide: a flow begins anew
NEAR = cython.declare(cython.longlong, 1 << 16)
SYN = cython.declare(cython.int, 2)
DIAMETER_PORT = cython.declare(cython.uint, 3868)  # RFC 6733 2.1
HEADER = cython.declare(cython.int, 20)
PENDING = cython.declare(cython.int, 2)  # as dissectors.flows has it
LOST = cython.declare(cython.int, 4)  # as dissectors.tcp_messages has them
ENCRYPTED_FLOW = cython.declare(cython.int, 8)

CUT_SHORT = cython.declare(cython.int, problem("tcp", "segment ends before its header does"))
ENCRYPTED_SEGMENTS = cython.declare(
    cython.int, passed_over("tcp", "segments of Diameter under TLS")
)
RETRANSMITTED = cython.declare(cython.int, passed_over("tcp", "retransmitted segments"))
OTHER_TRAFFIC = cython.declare(cython.int, passed_over("tcp", "segments of other protocols"))


@cython.cfunc
@cython.nogil
def read_tcp(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Read the Diameter messages that a segment completes.

    Octets are read in the order of their sequence numbers, the first that came with a number
    counts. A flow begins with SYN, or where the capture joins it. FIN and RST need no care: what
    follows them has a SYN of its own.
    """
    payload: cython.Py_ssize_t
    sequence: cython.longlong
    flow: cython.int
    if end - start < 20:
        return r.problem(CUT_SHORT)
    r.source_port = r.u16(start)
    r.destination_port = r.u16(start + 2)
    payload = start + (r.data[start + 12] >> 4) * 4
    if payload > end or payload < start + 20:
        return r.problem(CUT_SHORT)
    if payload == end and not r.data[start + 13] & SYN:
        return 0
    r.source_port = u16(r, start)
    r.destination_port = u16(r, start + 2)
    sequence = u32(r, start + 4)
    flow = _find(r)
    if r.data[start + 13] & SYN:
        sequence = (sequence + 1) & HIGHEST_SEQUENCE
        flow = _synchronise(r, flow, sequence)
    if payload == end:
        return 0
    if flow == NONE:
        if not _on_diameter_port(r) and is_header(r, payload, end) != 1:
            return r.pass_over(OTHER_TRAFFIC)
        flow = _begin(r, sequence)
        r.flows.state[flow] |= LOST
    return _read_segment(r, flow, sequence, payload, end)


@cython.cfunc
@cython.nogil
def _find(r: Reading) -> cython.int:
    """The flow of the addresses and ports at hand, or NONE."""
    i: cython.int
    ports: cython.ulonglong = r.source_port << 16 | r.destination_port
    for i in range(4):
        r.flows.key[i] = r.paths.key[1 + i]
    r.flows.key[4] = ports << 8 | r.address_length
    return r.flows.find()


@cython.cfunc
@cython.nogil
def _begin(r: Reading, sequence: cython.longlong) -> cython.int:
    """Take a place for the flow that `_find` did not find."""
    _give_up(r, r.flows.victim)
    return r.flows.begin(sequence)


@cython.cfunc
@cython.nogil
def _give_up(r: Reading, flow: cython.int) -> cython.int:
    if r.flows.state[flow] & PENDING:
        with cython.gil:
            end_stream(r, flow)
    return 0


@cython.cfunc
@cython.nogil
def _synchronise(r: Reading, flow: cython.int, sequence: cython.longlong) -> cython.int:
    """A SYN begins a flow (RFC 9293 3.5), unless it is an old one that comes late."""
    if flow == NONE:
        return _begin(r, sequence) if _on_diameter_port(r) else flow
    if not 0 <= _distance(sequence, r.flows.next_sequence[flow]) < NEAR:
        _give_up(r, flow)
        r.flows.restart(flow, sequence)
    return flow


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _distance(first: cython.longlong, second: cython.longlong) -> cython.longlong:
    """How far the second sequence number is ahead of the first, modulo 2 ** 32 (RFC 9293 3.4)."""
    ahead: cython.longlong = (second - first) & HIGHEST_SEQUENCE
    return ahead - 2 * HALF if ahead >= HALF else ahead


@cython.cfunc
@cython.nogil
def _on_diameter_port(r: Reading) -> cython.int:
    return DIAMETER_PORT in (r.source_port, r.destination_port) or on_tls_port(r)


@cython.cfunc
@cython.nogil
def _read_segment(
    r: Reading,
    flow: cython.int,
    sequence: cython.longlong,
    payload: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.int:
    """A segment by its place in the flow: next, sent before, or behind a gap."""
    ahead: cython.longlong = _distance(r.flows.next_sequence[flow], sequence)
    if not -FAR < ahead < FAR or (ahead < 0 and _is_another(r, flow, sequence, payload, end)):
        _give_up(r, flow)
        r.flows.restart(flow, sequence)
        r.flows.state[flow] |= LOST
        ahead = 0
    if r.flows.state[flow] & ENCRYPTED_FLOW:
        r.flows.next_sequence[flow] = (sequence + end - payload) & HIGHEST_SEQUENCE
        return r.pass_over(ENCRYPTED_SEGMENTS)
    if ahead >= 0:
        _note(r, flow, sequence, payload, end)
    else:
        r.pass_over(RETRANSMITTED)
        payload -= ahead
        if payload >= end:
            return 0
        ahead = 0
    if ahead > 0 or r.flows.state[flow] & PENDING:
        with cython.gil:
            add_segment(r, flow, ahead, payload, end)
        return 0
    r.flows.next_sequence[flow] = (r.flows.next_sequence[flow] + end - payload) & HIGHEST_SEQUENCE
    payload = read_messages(r, flow, payload, end)
    if payload < end:
        with cython.gil:
            keep_rest(r, flow, payload, end)
    return 0


@cython.cfunc
@cython.nogil
def _note(
    r: Reading,
    flow: cython.int,
    sequence: cython.longlong,
    payload: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.int:
    r.flows.last_sequence[flow] = sequence
    r.flows.last_octets[flow] = end - payload
    r.flows.last_head[flow] = digest_of(r, 0, payload, min(payload + HEADER, end))
    r.flows.last_digest[flow] = digest_of(r, 0, payload, end)
    return 0


@cython.cfunc
@cython.nogil
def _is_another(
    r: Reading,
    flow: cython.int,
    sequence: cython.longlong,
    payload: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.int:
    """Whether a message has the number of the one before it, and differs.

    Captures that were made by hand give every segment the same number: none of them is lost.
    """
    if sequence != r.flows.last_sequence[flow] or end - payload < HEADER:
        return 0
    if r.flows.last_octets[flow] < HEADER or is_header(r, payload, end) != 1:
        return 0
    if end - payload == r.flows.last_octets[flow]:
        return digest_of(r, 0, payload, end) != r.flows.last_digest[flow]
    return digest_of(r, 0, payload, payload + HEADER) != r.flows.last_head[flow]
