"""TCP's rarer cases: messages across segments, segments out of order, gaps that stay.

All this is under the GIL; a segment with whole messages, in its turn, does not come here.
"""

import cython

if not cython.compiled:
    from dissectors.reading import Reading
    from dissectors.tcp_messages import read_messages

from dissectors import wholes
from dissectors.reasons import passed_over, problem
from dissectors.stream import Segment, Stream
from dissectors.wholes import Piece, Whole

HIGHEST_SEQUENCE = cython.declare(cython.longlong, 0xFFFFFFFF)
MOST_FLOWS = 4096  # of which something waits
MOST_OCTETS = 1 << 26  # that wait together
MOST_HELD = 1 << 20  # behind a gap; then it is given up
PENDING = cython.declare(cython.int, 2)  # as dissectors.flows has it
LOST = cython.declare(cython.int, 4)  # as dissectors.tcp_messages has it

NO_REST = problem("tcp", "message's rest does not follow")
GAP = problem("tcp", "octets before this segment are not in the capture")
MISSING = cython.declare(cython.int, passed_over("tcp", "octets that are not in the capture"))
SKIPPED = cython.declare(
    cython.int, passed_over("tcp", "octets up to where a message of Diameter begins")
)
RETRANSMITTED = cython.declare(cython.int, passed_over("tcp", "retransmitted segments"))


@cython.cfunc
def _stream(r: Reading, flow: cython.int) -> Stream:
    """What waits of a flow; from now on something does."""
    if flow not in r.streams:
        r.flows.state[flow] |= PENDING
        ports = (r.source_port, r.destination_port)
        r.streams[flow] = Stream(bytes(r.addresses), r.address_length, ports, r.frame)
    return r.streams[flow]


@cython.cfunc
def keep_rest(
    r: Reading, flow: cython.int, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """Keep the beginning of a message."""
    stream = _stream(r, flow)
    _append(r, stream, bytes(r.data[start:end]), r.frame)
    _look_ahead(r, flow, stream)
    r.waiting += stream.size
    return _make_room(r)


@cython.cfunc
def add_segment(
    r: Reading,
    flow: cython.int,
    ahead: cython.longlong,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.int:
    """Read what a segment completes; so many octets are missing before it."""
    stream = _stream(r, flow)
    before = stream.size
    octets = bytes(r.data[start:end])
    if ahead > 0:
        stream.hold(Segment(stream.end + ahead, r.frame, r.seen_at, octets))
    else:
        _take(r, flow, stream, octets, r.frame)
        for segment in stream.due():
            _take_rest(r, flow, stream, segment)
    while stream.held_size > MOST_HELD:
        _give_gap_up(r, flow, stream)
    r.waiting += stream.size - before
    if not stream.octets and not stream.held:
        _forget(r, flow)
    return _make_room(r)


@cython.cfunc
def _forget(r: Reading, flow: cython.int) -> cython.int:
    r.flows.state[flow] &= ~PENDING
    del r.streams[flow]
    return 0


@cython.cfunc
def _make_room(r: Reading) -> cython.int:
    """The flows that wait longest give way."""
    while len(r.streams) > MOST_FLOWS or (r.streams and r.waiting > MOST_OCTETS):
        end_stream(r, next(iter(r.streams)))
    return 0


@cython.cfunc
def _take_rest(r: Reading, flow: cython.int, stream: Stream, segment: Segment) -> cython.int:
    """What of a segment that was held is new."""
    if segment.place < stream.end:
        r.pass_over(RETRANSMITTED)
    octets = segment.octets[stream.end - segment.place :]
    return _take(r, flow, stream, octets, segment.frame) if octets else 0


@cython.cfunc
def _append(r: Reading, stream: Stream, octets: bytes, frame: cython.int) -> cython.int:
    if r.wholes is not None:
        stream.pieces.append(Piece(frame, len(stream.octets), octets))
    stream.octets += octets
    return 0


@cython.cfunc
def _take(
    r: Reading, flow: cython.int, stream: Stream, octets: bytes, frame: cython.int
) -> cython.int:
    """Read on with octets that are next."""
    _advance(r, flow, stream, len(octets))
    _append(r, stream, octets, frame)
    if len(stream.octets) < stream.wanted:
        return 0
    joined, before = bytes(stream.octets), r.message
    stream.octets.clear()
    block = r.data
    r.data = memoryview(joined)
    try:
        stream.octets += joined[read_messages(r, flow, 0, len(joined)) :]
    finally:
        r.data = block
    if len(stream.octets) < len(joined):
        stream.frame = r.frame
        _note_whole(r, stream, joined[: len(joined) - len(stream.octets)], before)
    return _look_ahead(r, flow, stream)


@cython.cfunc
def _note_whole(r: Reading, stream: Stream, octets: bytes, before: cython.int) -> cython.int:
    if r.wholes is not None:
        messages = range(before + 1, r.message + 1)
        r.wholes.append(Whole(wholes.TCP, octets, messages, stream.take_pieces(len(octets))))
    return 0


@cython.cfunc
def _advance(r: Reading, flow: cython.int, stream: Stream, octets: cython.longlong) -> cython.int:
    stream.end += octets
    r.flows.next_sequence[flow] = (r.flows.next_sequence[flow] + octets) & HIGHEST_SEQUENCE
    return 0


@cython.cfunc
def _look_ahead(r: Reading, flow: cython.int, stream: Stream) -> cython.int:
    """How many octets there must be, before another look is worth it."""
    stream.wanted = 0
    if not r.flows.state[flow] & LOST:
        stream.wanted = int.from_bytes(stream.octets[1:4], "big") if len(stream.octets) >= 4 else 4
    return 0


@cython.cfunc
def _give_gap_up(r: Reading, flow: cython.int, stream: Stream) -> cython.int:
    """Read on behind a gap; what is found there belongs to the frames that brought it."""
    _drop_beginning(r, flow, stream)
    r.pass_over_many(MISSING, stream.gap())
    r.give_up(GAP, [stream.held[0].frame])
    _advance(r, flow, stream, stream.gap())
    now = (r.frame, r.seen_at, r.message)
    try:
        for segment in stream.due():
            r.frame, r.seen_at, r.message = segment.frame, segment.seen_at, 0
            _take_rest(r, flow, stream, segment)
    finally:
        r.frame, r.seen_at, r.message = now
    return 0


@cython.cfunc
def _drop_beginning(r: Reading, flow: cython.int, stream: Stream) -> cython.int:
    """The rest of a message does not come."""
    if r.flows.state[flow] & LOST:
        r.pass_over_many(SKIPPED, len(stream.octets))
    elif stream.octets:
        r.give_up(NO_REST, [stream.frame])
    stream.octets.clear()
    stream.pieces.clear()
    stream.wanted = 0
    r.flows.state[flow] |= LOST
    return 0


@cython.cfunc
def end_stream(r: Reading, flow: cython.int) -> cython.int:
    """Read what can be read of what waits of a flow; the rest is counted."""
    stream: Stream = r.streams[flow]
    r.waiting -= stream.size
    _forget(r, flow)
    now = Stream(bytes(r.addresses), r.address_length, (r.source_port, r.destination_port), 0)
    _set_addresses(r, stream)
    try:
        while stream.held:
            _give_gap_up(r, flow, stream)
        _drop_beginning(r, flow, stream)
    finally:
        _set_addresses(r, now)
    return 0


@cython.cfunc
def _set_addresses(r: Reading, stream: Stream) -> cython.int:
    """Rows say which way their message came."""
    i: cython.int
    for i in range(32):
        r.addresses[i] = stream.addresses[i]
    r.address_length = stream.address_length
    r.source_port, r.destination_port = stream.ports
    return 0
