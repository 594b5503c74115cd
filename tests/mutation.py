"""Captures made wrong on purpose, always in the same way for the same seed."""

import struct
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

from scapy.utils import RawPcapReader

from tests.ber import misbuilt
from tests.compare import captures
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


WAYS: tuple[Callable[[bytes, Random], bytes], ...] = (
    flipped, flipped, extreme, extreme, cut, longer, inserted, doubled, swapped,
)  # fmt: skip


def frames(path: Path) -> list[bytes]:
    """The frames of a capture."""
    with RawPcapReader(str(path)) as reader:  # a pcapng is told by scapy itself
        return [frame[0] for frame in reader]


def all_frames() -> list[bytes]:
    """Some frames of every capture."""
    return [frame for path in captures(PCAPS) for frame in frames(path)[:60]]


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


class Mutants:
    """Wrong captures, from frames, from what SCTP carries in them, and from TCAP in that."""

    def __init__(self) -> None:
        self.frames = all_frames()
        self.payloads = [entry for frame in self.frames for entry in payloads(frame)]
        self.transactions = transactions(self.payloads)
        self.files = [path.read_bytes() for path in captures(PCAPS) if path.stat().st_size < 9000]

    def of_frames(self, random: Random, count: int) -> bytes:
        """Whole frames mutated, in a sound container."""
        return capture(mutated(random.choice(self.frames), random) for _ in range(count))

    def of_payloads(self, random: Random, count: int) -> bytes:
        """What SCTP carries mutated; exactly one DATA chunk a frame."""
        chosen = (random.choice(self.payloads) for _ in range(count))
        return capture(in_sctp(mutated(message, random), protocol) for protocol, message in chosen)

    def of_transactions(self, random: Random, count: int) -> bytes:
        """TCAP mutated, or misbuilt of sound elements; exactly one SCCP message a frame."""
        chosen = random.choices(self.transactions, k=count)
        ways = random.choices((mutated, misbuilt), k=count)
        return capture(in_sccp(way(tcap, random)) for way, tcap in zip(ways, chosen, strict=True))

    def of_streams(self, random: Random, count: int) -> bytes:
        """Diameter over TCP in pieces, mutated, some lost."""
        messages = [octets for protocol, octets in self.payloads if protocol == DIAMETER]
        packets = []
        sequence = (1 << 32) - 3000  # so that it wraps
        for _ in range(count):
            octets = b"".join(random.choices(messages, k=3))
            for piece in pieces(
                mutated(octets, random) if random.random() < 0.5 else octets, random
            ):
                if random.random() < 0.97:
                    packets.append(in_tcp(piece, sequence, random.choice((50868, 50868, 50869))))
                sequence = (sequence + len(piece)) % (1 << 32)
        return capture(packets)

    def of_files(self, random: Random) -> bytes:
        """A whole file mutated, all but its first 24 octets."""
        octets = random.choice(self.files)
        return octets[:24] + mutated(octets[24:], random)


def pieces(octets: bytes, random: Random) -> Iterable[bytes]:
    """Cut into segments."""
    while octets:
        size = random.choice((1, 3, 20, 200, 1400))
        yield octets[:size]
        octets = octets[size:]
