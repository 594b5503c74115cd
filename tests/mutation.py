"""Captures made wrong on purpose, always in the same way for the same seed."""

import struct
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

from tests.scenes import files
from tests.scenes.sigtran import HLR, INTERNATIONAL, MSC, Address, m3ua_data, udt

PCAPS = Path(__file__).parents[1] / "pcaps"
FROM, TO = Address("447700900070", MSC), Address("233590000010", HLR)
EXTREMES = (b"\x00", b"\x01", b"\x7f", b"\x80", b"\x81", b"\x84", b"\xfe", b"\xff")
M3UA, DIAMETER = 3, 46
ETHERNET = bytes(12) + b"\x08\x00"


def mutated(octets: bytes, random: Random) -> bytes:
    """One to four small wrongs."""
    for _ in range(random.randint(1, 4)):
        octets = random.choice(WAYS)(octets, random)
    return octets


def flipped(octets: bytes, random: Random) -> bytes:
    """A bit of it."""
    at = random.randrange(len(octets) + 1)
    return (
        octets[:at]
        + bytes(o ^ 1 << random.randrange(8) for o in octets[at : at + 1])
        + octets[at + 1 :]
    )


def extreme(octets: bytes, random: Random) -> bytes:
    """One to four octets of it, as lengths and tags have their limits."""
    at = random.randrange(len(octets) + 1)
    value = random.choice(EXTREMES) * random.randint(1, 4)
    return octets[:at] + value + octets[at + len(value) :]


def cut(octets: bytes, random: Random) -> bytes:
    """Its end."""
    return octets[: random.randrange(len(octets) + 1)]


def longer(octets: bytes, random: Random) -> bytes:
    """By what does not belong there."""
    return octets + random.randbytes(random.randint(1, 40))


def inserted(octets: bytes, random: Random) -> bytes:
    """By what does not belong there, in the middle."""
    at = random.randrange(len(octets) + 1)
    return octets[:at] + random.randbytes(random.randint(1, 4)) + octets[at:]


def doubled(octets: bytes, random: Random) -> bytes:
    """A part of it."""
    first, behind = sorted(random.randrange(len(octets) + 1) for _ in range(2))
    return octets[:behind] + octets[first:]


def swapped(octets: bytes, random: Random) -> bytes:
    """Two parts of it."""
    first, middle, behind = sorted(random.randrange(len(octets) + 1) for _ in range(3))
    return octets[:first] + octets[middle:behind] + octets[first:middle] + octets[behind:]


def nudged(octets: bytes, random: Random) -> bytes:
    """An octet of it by a little, as a length is that is nearly right."""
    at = random.randrange(len(octets) + 1)
    by = random.randint(-8, 8)
    return octets[:at] + bytes((o + by) & 255 for o in octets[at : at + 1]) + octets[at + 1 :]


def copied(octets: bytes, random: Random) -> bytes:
    """A part of it over another."""
    first, behind, to = (random.randrange(len(octets) + 1) for _ in range(3))
    part = octets[first : min(behind, first + 16)]
    return octets[:to] + part + octets[to + len(part) :]


def spliced(octets: bytes, other: bytes, random: Random) -> bytes:
    """The beginning of one and the end of another."""
    return octets[: random.randrange(len(octets) + 1)] + other[random.randrange(len(other) + 1) :]


WAYS: tuple[Callable[[bytes, Random], bytes], ...] = (
    flipped, flipped, extreme, extreme, nudged, nudged, cut, longer, inserted, doubled, swapped,
    copied,
)  # fmt: skip


def payloads(frame: bytes) -> list[tuple[int, bytes]]:
    """Payload protocol and octets of each whole message over IPv4 and SCTP, VLAN or not."""
    start = frame.find(b"\x08\x00", 12, 18) + 2
    if start < 14 or frame[start] != 0x45 or frame[start + 9] != 132:
        return []
    found = []
    chunk = start + 32
    while len(frame) - chunk > 16:
        kind, flags, length, protocol = struct.unpack_from(">BBH8xI", frame, chunk)
        if kind == 0 and flags & 3 == 3:
            found.append((protocol, frame[chunk + 16 : chunk + length]))
        chunk += (max(length, 4) + 3) // 4 * 4
    return found


def transactions(messages: Iterable[tuple[int, bytes]]) -> list[bytes]:
    """The TCAP messages in UDTs; what else M3UA carries is left out."""
    found = []
    for protocol, message in messages:
        at = message.find(b"\x02\x10")
        sccp = message[at + 16 :]
        if protocol == M3UA and at > 0 and sccp[:1] == b"\x09":
            data = 4 + sccp[4]
            found.append(sccp[data + 1 : data + 1 + sccp[data]])
    return found


def in_sctp(payload: bytes, protocol: int, number: int = 1) -> bytes:
    """A frame with one DATA chunk, all lengths sound; the number is its TSN."""
    chunk = struct.pack(">BBHIHHI", 0, 3, 16 + len(payload), number, 0, 0, protocol) + payload
    packet = struct.pack(">HHII", 2905, 2905, 1, 0) + chunk + bytes(-len(payload) % 4)
    return in_ip(packet, 132)


def in_tcp(payload: bytes, sequence: int = 1, port: int = 50868) -> bytes:
    """A segment to port 3868."""
    return in_ip(
        struct.pack(">HHIIBBHHH", port, 3868, sequence, 1, 0x50, 0x18, 9, 0, 0) + payload, 6
    )


def in_ip(packet: bytes, protocol: int) -> bytes:
    """An Ethernet frame with an IPv4 packet; no checksum, nobody looks at it."""
    addresses = bytes([198, 51, 100, 7, 192, 0, 2, 10])
    header = struct.pack(">BBHIBBH", 0x45, 0, 20 + len(packet), 0, 64, protocol, 0)
    return ETHERNET + header + addresses + packet


def in_sccp(tcap: bytes, number: int = 1) -> bytes:
    """A frame with a UDT; what does not fit into its 255 octets is cut off."""
    sccp = udt(TO, FROM, tcap[:255])
    return in_sctp(m3ua_data("2-100-1", "2-100-2", INTERNATIONAL, sccp), M3UA, number)


def capture(packets: Iterable[bytes], link_type: int = files.ETHERNET) -> bytes:
    """A pcap with a frame each second."""
    times = ((number * 1_000_000, packet) for number, packet in enumerate(packets))
    return files.pcap(times, link_type)
