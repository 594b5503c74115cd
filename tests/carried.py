"""A TCAP or Diameter message in every way that the walker reads, up to a packet's content.

A way gives what it makes of a message, one or more of each kind: `SCCP` messages, then what a user
adaptation of SIGTRAN (`USERS`) or a signalling link (`LINKS`) makes of each of those, then `SCTP`
packets. Lengths are sound; tests/everywhere.py does the wrong.
"""

from collections.abc import Callable
from random import Random

from tests import links
from tests.mutation import FROM, TO
from tests.scenes.carriers import DATA, SEGMENTATION, in_mtp3, in_sua
from tests.scenes.chunks import UNORDERED, chunk, cut, data, interleaved
from tests.scenes.frames import DIAMETER, M2PA, M2UA, M3UA
from tests.scenes.sigtran import (
    INTERNATIONAL,
    ludt,
    m2pa_data,
    m2ua_data,
    m3ua_data,
    returned,
    segments,
    sua_parameter,
    udt,
    xudt,
)

MOST = 215  # octets that fit into a parameter with a pointer of one octet behind it

Messages = list[bytes]
Way = Callable[[bytes, Random], Messages]


def in_segments(octets: bytes, random: Random, kind: int = 17) -> Messages:
    """XUDTs of two to sixteen parts."""
    size = max(len(octets) // random.randint(1, 6), 1)
    parts = cut(octets, [min(size + 1, MOST)])[:16]
    return segments(TO, FROM, parts, random.randrange(4), kind)


SCCP: dict[str, Way] = {
    "UDT": lambda octets, _: [udt(TO, FROM, octets[:MOST])],
    "UDTS": lambda octets, _: [returned(TO, FROM, octets[:MOST], 1)],
    "XUDT": lambda octets, _: [xudt(TO, FROM, octets[:MOST])],
    "XUDTS": lambda octets, _: [b"\x12\x07" + xudt(TO, FROM, octets[:MOST])[2:]],
    "LUDT": lambda octets, _: [ludt(TO, FROM, octets)],
    "LUDTS": lambda octets, _: [ludt(TO, FROM, octets, 3)],
    "XUDT in segments": in_segments,
    "XUDTS in segments": lambda octets, random: in_segments(octets, random, 18),
}


def in_sua_segments(octets: bytes, random: Random) -> Messages:
    """CLDTs of two or three parts (RFC 3868 3.10.23)."""
    parts = cut(octets, [len(octets) // random.randint(1, 3) + 1])
    reference = bytes([0, 0, random.randrange(4)])
    return [
        in_sua(
            1,
            sua_parameter(SEGMENTATION, bytes([0x80 * (n == 0) | len(parts) - n - 1]) + reference),
            sua_parameter(DATA, part),
        )
        for n, part in enumerate(parts)
    ]


SUA_WAYS: dict[str, Way] = {
    "SUA CLDT": lambda octets, _: [in_sua(1, sua_parameter(DATA, octets))],
    "SUA CLDR": lambda octets, _: [
        in_sua(2, sua_parameter(0x106, b"\0\0\1\5"), sua_parameter(DATA, octets))
    ],
    "SUA in segments": in_sua_segments,
}


def signal_unit(message: bytes) -> bytes:
    """Of MTP2 (Q.703 2.2)."""
    return bytes([0x85, 0x83, min(len(message), 63)]) + message


def extended_unit(message: bytes) -> bytes:
    """With numbers of 12 bits (Q.703 Annex A)."""
    return b"\x85\x80\x83\x80" + min(len(message), 511).to_bytes(2, "little") + message


Carry = Callable[[bytes, int], bytes]  # of one SCCP message, behind a label of so many bits
USERS: dict[str, tuple[int, Carry]] = {
    "M3UA": (M3UA, lambda octets, _: m3ua_data("2-100-1", "2-100-2", INTERNATIONAL, octets)),
    "M2UA": (M2UA, lambda octets, bits: m2ua_data(in_mtp3(octets, bits))),
    "M2PA": (M2PA, lambda octets, bits: m2pa_data(in_mtp3(octets, bits))),
}


LINKS: dict[str, tuple[int, Carry]] = {
    "MTP2": (140, lambda octets, bits: signal_unit(in_mtp3(octets, bits))),
    "MTP2 with a header": (
        139, lambda octets, bits: b"\0\0\0\1" + signal_unit(in_mtp3(octets, bits))
    ),
    "MTP2 with a header, Annex A": (
        139, lambda octets, bits: b"\1\1\0\1" + extended_unit(in_mtp3(octets, bits))
    ),
    "MTP3": (141, in_mtp3),
    "SCCP": (142, lambda octets, _: octets),
    "exported SCCP": (252, lambda octets, _: links.exported(octets, b"sccp")),
    "exported MTP3": (252, lambda octets, bits: links.exported(in_mtp3(octets, bits), b"mtp3")),
    "exported MTP2": (
        252, lambda octets, bits: links.exported(signal_unit(in_mtp3(octets, bits)), b"mtp2")
    ),
}  # fmt: skip
EXPORTED = {M3UA: b"m3ua", M2UA: b"m2ua", M2PA: b"m2pa", DIAMETER: b"diameter"}

Pack = Callable[[Messages, int, Random], Messages]  # messages of a payload protocol to packets


def association(random: Random) -> bytes:
    """SCTP's common header, of one of few."""
    port = random.choice((2904, 2905, 3565, 3868, 14001)).to_bytes(2)
    return port + port + random.choice((b"\0\0\0\1", b"\0\0\0\2")) + bytes(4)


def whole(messages: Messages, protocol: int, random: Random) -> Messages:
    """A packet for each message."""
    header = association(random)
    return [
        header + data([each], random.getrandbits(32), protocol=protocol)[0] for each in messages
    ]


def bundled(messages: Messages, protocol: int, random: Random) -> Messages:
    """All in one packet, with a chunk of control between."""
    number = random.getrandbits(31)
    chunks = [data([each], number + n, protocol=protocol)[0] for n, each in enumerate(messages)]
    return [association(random) + b"".join([*chunks, chunk(3, 0, bytes(12)), *chunks[:1]])]


def fragmented(messages: Messages, protocol: int, random: Random) -> Messages:
    """DATA chunks of parts of each message, now and then several in a packet."""
    header = association(random)
    found = []
    for number, octets in enumerate(messages):
        first = random.choice((random.getrandbits(32), (1 << 32) - 2))
        more = random.choice((0, UNORDERED))
        pieces = few_pieces(octets, random)
        chunks = data(pieces, first, random.randrange(2), number, more, protocol)
        found += [header + each for each in in_groups(chunks, random)]
    return found


def interleaved_fragments(messages: Messages, protocol: int, random: Random) -> Messages:
    """I-DATA chunks (RFC 8260)."""
    header = association(random)
    found = []
    for number, octets in enumerate(messages):
        pieces = few_pieces(octets, random)
        chunks = interleaved(pieces, random.getrandbits(32), random.randrange(2), number)
        chunks = [each.replace(DIAMETER.to_bytes(4), protocol.to_bytes(4), 1) for each in chunks]
        found += [header + each for each in in_groups(chunks, random)]
    return found


def few_pieces(octets: bytes, random: Random) -> Messages:
    """One to six."""
    return cut(octets, [len(octets) // random.randint(1, 5) + 1])


def in_groups(chunks: Messages, random: Random) -> Messages:
    """One or two at a time."""
    size = random.choice((1, 1, 2))
    return [b"".join(chunks[place : place + size]) for place in range(0, len(chunks), size)]


SCTP: dict[str, Pack] = {
    "SCTP": whole,
    "SCTP, bundled": bundled,
    "SCTP, fragments": fragmented,
    "SCTP, I-DATA": interleaved_fragments,
}


def in_segments_of_tcp(messages: Messages, _: int, random: Random) -> Messages:
    """To or from Diameter's port; one of few flows, which may begin with a SYN."""
    port, sequence = random.choice((50868, 50869, 50870)), random.getrandbits(32)
    ports = port.to_bytes(2) + random.choice((3868, 3868, 3868, 5868)).to_bytes(2)
    if random.random() < 0.3:
        ports = ports[2:] + ports[:2]
    found = []
    if random.random() < 0.5:
        found.append(ports + ((sequence - 1) % (1 << 32)).to_bytes(4) + TCP_SYN)
    for piece in cut(b"".join(messages), [random.choice((20, 40, 200, 1400))])[:20]:
        found.append(ports + sequence.to_bytes(4) + TCP_REST + piece)
        sequence = (sequence + len(piece)) % (1 << 32)
    return found


TCP_REST = b"\0\0\0\1\x50\x18\xff\xff\0\0\0\0"  # acknowledgement, header's length, flags …
TCP_SYN = b"\0\0\0\1\x50\x02\xff\xff\0\0\0\0"
