"""A message that came in several frames: its octets put together, and where each piece stood."""

from typing import NamedTuple

RAW_IP = 101  # link type
# layers: what was put together
SCTP, TCP, IP, TCAP, CAP = "sctp", "tcp", "ip", "tcap", "cap"
NUMBERED_IN_FRAME = (TCAP, CAP)  # the last segment is itself a message of its frame
IPV4_HEADER, IPV6_HEADER = 20, 40


class Piece(NamedTuple):
    """Octets that came in one frame, and where in the message they belong."""

    frame: int
    place: int
    octets: bytes


class Whole(NamedTuple):
    """Octets put together, and the numbers that their messages have in the frame of the last piece.

    Of SCTP, the payload protocol is in front in 4 octets; of IP, a header as if it had been whole;
    of TCAP in segments of SCCP or SUA, the segment in the frame has the message's number.
    """

    layer: str
    octets: bytes
    messages: range
    pieces: list[Piece]


def ip_whole(addresses: bytes, content: bytes, messages: range, pieces: list[Piece]) -> Whole:
    """A packet of IP; `addresses` has 4 or 16 octets each, `content` begins with its protocol.

    Places count from the content's first octet.
    """
    protocol, payload = content[:1], content[1:]
    header = _header(addresses, protocol, len(payload))
    shift = len(header) - 1
    moved = [
        Piece(p.frame, p.place + shift, p.octets)
        if p.place
        else Piece(p.frame, len(header), p.octets[1:])  # the first has the protocol in front
        for p in pieces
    ]
    return Whole(IP, header + payload, messages, moved)


def _header(addresses: bytes, protocol: bytes, length: int) -> bytes:
    """RFC 791 3.1, RFC 8200 3; a length of 0 where it does not fit."""
    if len(addresses) == 2 * 16:
        return b"\x60\0\0\0" + length.to_bytes(2) + protocol + b"\x40" + addresses
    total = IPV4_HEADER + length
    octets = total.to_bytes(2) if total < 1 << 16 else bytes(2)
    return b"\x45\0" + octets + bytes(4) + b"\x40" + protocol + bytes(2) + addresses


def taken(wholes: list[Whole]) -> set[int]:
    """Numbers in a frame of messages that it completes and that none of its own parts has."""
    others = (whole for whole in wholes if whole.layer not in NUMBERED_IN_FRAME)
    return {number for whole in others for number in whole.messages}
