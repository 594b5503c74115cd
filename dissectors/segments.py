"""Messages of SCCP in segments (ITU-T Q.714 4.1.1.2, RFC 3868 3.10.23), put together again.

The first segment says how many follow, each of the others how many are still to come. They are
put in order by that; the rows belong to the frame that completes the message.
"""

import cython

if not cython.compiled:
    from dissectors.reading import Reading
    from dissectors.sccp_user import read_user_data

from dissectors import wholes
from dissectors.reasons import anomaly, passed_over, problem
from dissectors.waiting import Pieces
from dissectors.wholes import Piece, Whole

SHORT_FIRST = 40  # octets; less holds no operation
CAP_SUBSYSTEM = 146  # TS 23.003 8.2
LONGEST_UNSEGMENTED = 160  # octets that fit into one message on every link (Q.714 4.1.1.2.1)

OTHER_OCTETS = problem("sccp", "segment came again with other octets, they are not read")
NOT_ANNOUNCED = problem("sccp", "segment beyond those that the first announces")
AGAIN = passed_over("sccp", "segments that came again")
SHORT = anomaly("sccp", "first segment of less than 40 octets")
NEEDLESS = anomaly("sccp", "segments of a message that fits into one")
OUT_OF_ORDER = anomaly("sccp", "segments out of order")


@cython.cfunc
def add_segment(
    r: Reading, key: bytes, is_first: cython.int, remaining: cython.int, octets: bytes
) -> cython.int:
    """Keep a segment, and read the message that it completes.

    `key` tells the message: whence and whither it goes, and its segmentation local reference.
    """
    pieces = r.segments.messages.get(key)
    if pieces is not None and is_first and pieces.end not in (None, remaining + 1):
        _give_up(r, key)
    elif pieces is not None and pieces.parts.get(remaining, octets) != octets:
        if not is_first:
            return r.problem(OTHER_OCTETS)
        _give_up(r, key)
    elif pieces is not None and remaining in pieces.parts:
        return r.pass_over(AGAIN)
    pieces = r.wait(r.segments, key, remaining, octets)
    if is_first:
        pieces.end = remaining + 1
    if pieces.end is not None and all(place in pieces.parts for place in range(pieces.end)):
        if key in r.segments.messages:  # it has not just given way to others
            r.segments.take(key)
        _read(r, pieces)
    return 0


@cython.cfunc
def _give_up(r: Reading, key: bytes) -> cython.int:
    """The reference is used anew: the message before will not be complete any more."""
    r.give_up(r.segments.reason, [r.segments.take(key).frame])
    return 0


@cython.cfunc
def _read(r: Reading, pieces: Pieces) -> cython.int:
    """Read a whole message; what is odd about its segments is noted at its first component."""
    end = pieces.end or 0
    joined = b"".join(pieces.parts[place] for place in reversed(range(end)))
    map_rows, cap_rows = r.map_table.rows, r.cap_table.rows
    if r.wholes is not None:
        r.wholes.append(_whole(r, joined, pieces))
    if len(pieces.parts) > end:
        r.problem(NOT_ANNOUNCED)
    block = r.data
    r.data = memoryview(joined)
    try:
        read_user_data(r, 0, 0, len(joined), len(joined))
    finally:
        r.data = block
    if r.map_table.rows > map_rows:
        _note(r, r.map_table.first_id + map_rows, pieces, len(joined))
    elif r.cap_table.rows > cap_rows:
        _note(r, r.cap_table.first_id + cap_rows, pieces, len(joined))
    return 0


@cython.cfunc
def _whole(r: Reading, joined: bytes, pieces: Pieces) -> Whole:
    is_cap = CAP_SUBSYSTEM in (r.called_ssn, r.calling_ssn)
    found, place = [], 0
    for number in reversed(range(pieces.end or 0)):
        found.append(Piece(pieces.frames[number], place, pieces.parts[number]))
        place += len(pieces.parts[number])
    layer = wholes.CAP if is_cap else wholes.TCAP
    return Whole(layer, joined, range(r.message, r.message + 1), found)


@cython.cfunc
def _note(r: Reading, component_id: int, pieces: Pieces, length: int) -> cython.int:
    end = pieces.end or 0
    order = [place for place in pieces.parts if place < end]
    if end > 1 and len(pieces.parts[end - 1]) < SHORT_FIRST:
        _put(r, component_id, SHORT)
    if length <= LONGEST_UNSEGMENTED:
        _put(r, component_id, NEEDLESS)
    if order != sorted(order, reverse=True):
        _put(r, component_id, OUT_OF_ORDER)
    return 0


@cython.cfunc
def _put(r: Reading, component_id: int, kind: int) -> cython.int:
    r.anomaly_table.put(0, component_id)
    r.anomaly_table.put(1, kind)
    r.anomaly_table.put(2, 0)
    return r.anomaly_table.end_row()
