"""Captures in unusual containers, octet by octet (draft-ietf-opsawg-pcap, -pcapng)."""

import struct
from collections.abc import Iterable
from dataclasses import dataclass

from tests.mutation import in_sctp

FRAME = in_sctp(b"\x01\x00\x03\x03\x00\x00\x00\x08", 3)  # an M3UA heartbeat
TIME_RESOLUTION, TIME_OFFSET = 9, 14  # options of an interface (4.2)


@dataclass(frozen=True)
class Container:
    """A writer of pcapng blocks in one byte order."""

    order: str = "<"

    def block(self, kind: int, body: bytes) -> bytes:
        body += bytes(-len(body) % 4)
        size = struct.pack(f"{self.order}I", 12 + len(body))
        return struct.pack(f"{self.order}I", kind) + size + body + size

    def section(self) -> bytes:
        return self.block(0x0A0D0D0A, struct.pack(f"{self.order}IHHq", 0x1A2B3C4D, 1, 0, -1))

    def interface(self, options: Iterable[tuple[int, bytes]] = (), link_type: int = 1) -> bytes:
        body = struct.pack(f"{self.order}HHI", link_type, 0, 0)
        for code, value in options:
            body += (
                struct.pack(f"{self.order}HH", code, len(value)) + value + bytes(-len(value) % 4)
            )
        return self.block(1, body)

    def resolution(self, exponent: int) -> tuple[int, bytes]:
        return TIME_RESOLUTION, bytes([exponent])

    def offset(self, seconds: int) -> tuple[int, bytes]:
        return TIME_OFFSET, struct.pack(f"{self.order}q", seconds)

    def packet(self, units: int, interface: int = 0, frame: bytes = FRAME) -> bytes:
        high, low = units >> 32, units & 0xFFFFFFFF
        head = struct.pack(f"{self.order}5I", interface, high, low, len(frame), len(frame))
        return self.block(6, head + frame)

    def old_packet(self, units: int, frame: bytes = FRAME) -> bytes:
        high, low = units >> 32, units & 0xFFFFFFFF
        head = struct.pack(f"{self.order}HH4I", 0, 0xFFFF, high, low, len(frame), len(frame))
        return self.block(2, head + frame)

    def simple_packet(self, frame: bytes = FRAME) -> bytes:
        return self.block(3, struct.pack(f"{self.order}I", len(frame)) + frame)

    def timed(self, units: int, *options: tuple[int, bytes]) -> bytes:
        """One frame at a time in units of its interface."""
        return self.section() + self.interface(options) + self.packet(units)


def pcap(order: str, magic: int, seconds: int, fraction: int) -> bytes:
    """One frame."""
    header = struct.pack(f"{order}IHHiIII", magic, 2, 4, 0, 0, 262144, 1)
    size = len(FRAME)
    return header + struct.pack(f"{order}IIII", seconds, fraction, size, size) + FRAME


def extreme_times() -> list[bytes]:
    """Clocks beyond all sense, in both byte orders."""
    return [
        container.timed(units, container.resolution(exponent), container.offset(offset))
        for container in (Container("<"), Container(">"))
        for exponent in (0, 6, 127, 0x80, 0xC0, 0xFF)
        for units in (0, 1 << 63, (1 << 64) - 1)
        for offset in (-1, 0, -(1 << 63), (1 << 63) - 1)
    ]
