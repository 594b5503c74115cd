"""SCTP packets octet by octet: fragments of messages, in DATA and I-DATA chunks."""

import struct
from datetime import timedelta

from tests.scenes import cast, diameter, operations
from tests.scenes.dialogue import Capture, Form, question
from tests.scenes.frames import DIAMETER, M3UA, PORTS, Path

DATA, INTERLEAVED_DATA = 0, 64
ENDS, BEGINS, UNORDERED = 1, 2, 4
TAG = 0x11223344


def chunk(kind: int, flags: int, body: bytes) -> bytes:
    return struct.pack(">BBH", kind, flags, 4 + len(body)) + body + bytes(-len(body) % 4)


def packet(*chunks: bytes, tag: int = TAG, port: int = 3868, path: Path = cast.IPX) -> bytes:
    """An Ethernet frame; the checksum of SCTP is left at zero."""
    octets = struct.pack(">HHII", port, port, tag, 0) + b"".join(chunks)
    network = path.packet()
    network.payload.proto = 132
    return bytes(network / octets)


def cut(octets: bytes, sizes: list[int]) -> list[bytes]:
    """Into pieces of these sizes, in turn."""
    found = []
    while octets:
        size = sizes[len(found) % len(sizes)]
        found.append(octets[:size])
        octets = octets[size:]
    return found


def flags_of(place: int, count: int) -> int:
    return BEGINS * (place == 0) | ENDS * (place == count - 1)


def data(
    pieces: list[bytes], first: int, stream: int = 0, sequence: int = 0,
    more: int = 0, protocol: int = DIAMETER,
) -> list[bytes]:  # fmt: skip
    """DATA chunks of a message (RFC 9260 3.3.1) from this TSN on."""
    return [
        chunk(
            DATA,
            flags_of(place, len(pieces)) | more,
            struct.pack(">IHHI", (first + place) % 2**32, stream, sequence, protocol) + piece,
        )
        for place, piece in enumerate(pieces)
    ]


def interleaved(pieces: list[bytes], first: int, stream: int, identifier: int) -> list[bytes]:
    """I-DATA chunks of a message (RFC 8260 2.1)."""
    return [
        chunk(
            INTERLEAVED_DATA,
            flags_of(place, len(pieces)),
            struct.pack(">IHHI", (first + place) % 2**32, stream, 0, identifier)
            + (place or DIAMETER).to_bytes(4, "big")
            + piece,
        )
        for place, piece in enumerate(pieces)
    ]


def watchdog(number: int, size: int = 0) -> bytes:
    """A watchdog's question with this hop-by-hop id, and an AVP of so many octets more."""
    octets = diameter.watchdog(True, *cast.PARTNER_HSS, number)
    more = diameter.avp(25, bytes(size)) if size else b""
    return octets[:1] + (len(octets) + len(more)).to_bytes(3, "big") + octets[4:] + more


def authentication(number: int) -> bytes:
    """A partner asks for vectors of an own subscriber, over M3UA."""
    asked = operations.send_authentication_info(cast.own_imsi(number), "234", "99")
    return question(cast.INWARDS, cast.PARTNER_VLR, cast.OWN_HLR, asked, number, Form())


def fragments() -> Capture:
    """In order and not, bundled, two streams at once, chunks again, I-DATA, Diameter and MAP."""
    capture = Capture(cast.MORNING)
    in_pieces, swapped = data(cut(watchdog(3, 2000), [700]), 102, 2), cut(watchdog(4, 900), [400])
    one, *others = data(swapped, 110, 3)
    over_m3ua = data(cut(authentication(7), [60, 30]), 2**32 - 1, protocol=M3UA)
    frames = [
        packet(*data([watchdog(1)], 100), *data([watchdog(2, 30)], 101, 1)),
        *map(packet, in_pieces),
        packet(in_pieces[1]),
        packet(*data([watchdog(1)], 100)),
        *map(packet, (others[0], one, *others[1:])),
        packet(*data([watchdog(5)], 120, 4), *data(cut(watchdog(6), [30]), 121, 5)),
        *(packet(each, tag=99) for each in interleaved(cut(watchdog(8), [50]), 1, 1, 1)),
        *(packet(each, tag=7, port=PORTS[M3UA], path=cast.INWARDS.path) for each in over_m3ua),
    ]
    for frame in frames:
        capture.add(frame)
        capture.wait(timedelta(milliseconds=20))
    return capture
