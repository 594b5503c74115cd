"""Fragments of IP back into packets (RFC 815, RFC 8200 4.5).

Where fragments overlap, the first that came counts, and octets that differ are told: no sender
makes them (RFC 5722), they are a way around firewalls.
"""

import cython

if not cython.compiled:
    from dissectors.reading import Reading

from dissectors import ethertypes
from dissectors.layers import between
from dissectors.reasons import problem
from dissectors.waiting import Pieces
from dissectors.wholes import Piece, Whole, ip_whole

JOINED = cython.declare(cython.int, ethertypes.JOINED)
LONGEST = 65535  # octets that a packet can announce
MOST_PIECES = 256  # of a packet

TOO_LONG = cython.declare(cython.int, problem("ip", "fragments make more than 65,535 octets"))
TOO_MANY = cython.declare(cython.int, problem("ip", "packet in more than 256 fragments"))
NOT_OF_8 = cython.declare(
    cython.int, problem("ip", "fragment's length is not a multiple of 8, what is over is left out")
)
OVERLAP = cython.declare(
    cython.int, problem("ip", "fragments overlap with other octets, the first counts")
)
OTHER_END = cython.declare(
    cython.int, problem("ip", "fragments give their packet different ends, the first counts")
)
EMPTY = cython.declare(cython.int, problem("ip", "fragment without octets"))


@cython.cfunc
def keep_fragment(
    r: Reading,
    key: bytes,
    protocol: cython.int,
    place: cython.Py_ssize_t,
    goes_on: cython.int,
    octets: bytes,
) -> cython.int:
    """Keep a fragment; JOINED if its packet is whole by it, which is in `r.joined` then.

    A packet has the number of its protocol in front of its octets, as its first fragment gave it.
    """
    if goes_on and len(octets) % 8:
        r.problem(NOT_OF_8)
        octets = octets[: len(octets) // 8 * 8]
    if not octets:
        return r.problem(EMPTY)
    if place + len(octets) > LONGEST:
        return r.problem(TOO_LONG)
    if place == 0:
        octets = bytes([protocol]) + octets
    else:
        place += 1
    return _keep_piece(r, key, place, octets, not goes_on)


@cython.cfunc
def _keep_piece(
    r: Reading, key: bytes, place: cython.Py_ssize_t, octets: bytes, is_last: cython.int
) -> cython.int:
    """Keep what was not there yet of a piece, if it fits with the others."""
    pieces = r.datagrams.messages.get(key) or Pieces(r.frame)
    end = place + len(octets)
    last = pieces.end or (end if is_last else None)
    reached = max((at + len(part) for at, part in pieces.parts.items()), default=end)
    if last and (max(reached, end) > last or (is_last and end < last)):
        return r.problem(OTHER_END)
    if differs(pieces.parts, place, octets):
        r.problem(OVERLAP)
    for first, behind in missing(pieces.parts, place, end):
        pieces = r.wait(r.datagrams, key, first, octets[first - place : behind - place])
    pieces.end = last
    return _join(r, key, pieces)


@cython.cfunc
def _join(r: Reading, key: bytes, pieces: Pieces) -> cython.int:
    """Take a packet that is whole; give up one in too many pieces."""
    if key not in r.datagrams.messages:  # it gave way to others
        return 0
    if pieces.octets == pieces.end:
        r.datagrams.take(key)
        r.joined = b"".join(part for _, part in sorted(pieces.parts.items()))
        if r.wholes is not None:
            r.wholes.append(_whole(r, pieces))
        return JOINED
    if len(pieces.parts) > MOST_PIECES:
        r.datagrams.take(key)
        return r.problem(TOO_MANY)
    return 0


@cython.cfunc
def _whole(r: Reading, pieces: Pieces) -> Whole:
    """The packet, whose messages are not known yet."""
    addresses = b"".join(bytes(r.addresses[i : i + r.address_length]) for i in (0, 16))
    parts = [Piece(pieces.frames[at], at, part) for at, part in sorted(pieces.parts.items())]
    return ip_whole(addresses, r.joined, range(r.message + 1, r.message + 1), parts)


def missing(parts: dict[int, bytes], start: int, end: int) -> list[tuple[int, int]]:
    """What is not there yet of a stretch."""
    there = [
        (place, place + len(part))
        for place, part in parts.items()
        if place < end and start < place + len(part)
    ]
    return list(between(there, end, start))


def differs(parts: dict[int, bytes], start: int, octets: bytes) -> bool:
    """Whether a fragment has other octets than the parts that are there."""
    end = start + len(octets)
    for place, part in parts.items():
        first, behind = max(place, start), min(place + len(part), end)
        here = octets[first - start : max(behind - start, 0)]
        if first < behind and part[first - place : behind - place] != here:
            return True
    return False
