"""Capture files, written octet by octet so that the same frames give the same bytes."""

import struct
from collections.abc import Iterable

ETHERNET = 1
Frame = tuple[int, bytes]  # microseconds since 1970, octets


def pcap(frames: Iterable[Frame], link_type: int = ETHERNET) -> bytes:
    """A little-endian libpcap file of Ethernet or other frames."""
    parts = [struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, link_type)]
    for microseconds, octets in frames:
        seconds, fraction = divmod(microseconds, 1_000_000)
        size = len(octets)
        parts.append(struct.pack("<IIII", seconds, fraction, size, size) + octets)
    return b"".join(parts)


def block(kind: int, body: bytes) -> bytes:
    body += bytes(-len(body) % 4)
    size = 12 + len(body)
    return struct.pack("<II", kind, size) + body + struct.pack("<I", size)


def pcapng(frames: Iterable[Frame]) -> bytes:
    """A little-endian pcapng section with one Ethernet interface, times in microseconds."""
    parts = [
        block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1)),
        block(1, struct.pack("<HHI", ETHERNET, 0, 262144)),
    ]
    for microseconds, octets in frames:
        size = len(octets)
        high, low = divmod(microseconds, 1 << 32)
        parts.append(block(6, struct.pack("<IIIII", 0, high, low, size, size) + octets))
    return b"".join(parts)
