"""Ethernet frames around signalling messages, built by scapy."""

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from scapy.layers.inet import IP, TCP
from scapy.layers.inet6 import IPv6
from scapy.layers.l2 import Dot1Q, Ether
from scapy.layers.sctp import SCTP, SCTPChunkData
from scapy.packet import Packet

M2UA, M3UA, SUA, M2PA, DIAMETER = 2, 3, 4, 5, 46  # SCTP payload protocol identifiers
PORTS = {M2UA: 2904, M3UA: 2905, SUA: 14001, M2PA: 3565, DIAMETER: 3868}


@dataclass(frozen=True)
class Path:
    """Where a frame goes: IPv4 or IPv6 addresses and, if given, an 802.1Q VLAN."""

    source: str
    destination: str
    vlan: int | None = None

    def reverse(self) -> "Path":
        return Path(self.destination, self.source, self.vlan)

    def packet(self) -> Packet:
        ether = Ether(src="02:00:00:00:00:01", dst="02:00:00:00:00:02")
        link = ether / Dot1Q(vlan=self.vlan) if self.vlan is not None else ether
        network = IPv6 if ":" in self.source else IP
        return link / network(src=self.source, dst=self.destination)


def chunk(payload: bytes, protocol: int, number: int) -> Packet:
    """A DATA chunk with a whole message on stream 1 (RFC 9260 3.3.1)."""
    return SCTPChunkData(
        beginning=1, ending=1, tsn=number, stream_id=1, stream_seq=number & 0xFFFF,
        proto_id=protocol, data=payload,
    )  # fmt: skip


def sctp(path: Path, payloads: Sequence[bytes], protocol: int = M3UA, number: int = 1) -> bytes:
    """One frame with a DATA chunk for each payload; number is the first chunk's TSN."""
    port = PORTS[protocol]
    tag = crc32(f"{path.source} {path.destination}".encode())  # each direction has its own
    packet = path.packet() / SCTP(sport=port, dport=port, tag=tag)
    for offset, payload in enumerate(payloads):
        packet = packet / chunk(payload, protocol, number + offset)
    return bytes(packet)


def tcp(path: Path, payload: bytes, sequence: int, to_server: bool = True) -> bytes:
    """One TCP segment between port 3868 and a client's port."""
    source, destination = (50868, 3868) if to_server else (3868, 50868)
    header = TCP(sport=source, dport=destination, seq=sequence, ack=1, flags="PA")
    return bytes(path.packet() / header / payload)
