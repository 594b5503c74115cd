"""Frames as a capture that Wireshark opens: pcapng, or pcap where one link type is enough.

draft-ietf-opsawg-pcapng 4, draft-ietf-opsawg-pcap 4; times in nanoseconds.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dissectors.frames import Frame

LONGEST_FRAME = 262_144  # octets, as Wireshark has it
LATEST = (1 << 64) - 1
SECTION_HEADER, INTERFACE, ENHANCED_PACKET = 0x0A0D0D0A, 1, 6
END, COMMENT, NAME, APPLICATION, TIME_RESOLUTION = 0, 1, 2, 4, 9
LONGEST_OPTION = 0xFFFF
PCAP_NANOSECONDS = 0xA1B23C4D
SECOND = 1_000_000_000


@dataclass(frozen=True)
class Extracted:
    """A frame of the file to write: where it is from, and what to say of it."""

    capture: str
    frame: Frame
    comment: str


def pcapng(extracted: Sequence[Extracted], program: str, comment: str) -> Iterator[bytes]:
    """The file in parts: an interface for each capture and link type, a comment at each frame."""
    options = [(COMMENT, comment.encode()), (APPLICATION, program.encode())]
    yield _block(SECTION_HEADER, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1) + _options(options))
    interfaces: dict[tuple[str, int], int] = {}
    for one in extracted:
        link_type = one.frame.link_type
        if (one.capture, link_type) not in interfaces:
            interfaces[one.capture, link_type] = len(interfaces)
            yield _interface(one.capture, link_type)
        yield _packet(one, interfaces[one.capture, link_type])


def _interface(name: str, link_type: int) -> bytes:
    options = [(NAME, name.encode()), (TIME_RESOLUTION, b"\x09")]
    return _block(INTERFACE, struct.pack("<HHI", link_type, 0, LONGEST_FRAME) + _options(options))


def _packet(one: Extracted, interface: int) -> bytes:
    high, low = divmod(max(0, min(one.frame.nanoseconds, LATEST)), 1 << 32)
    data = one.frame.data
    head = struct.pack("<IIIII", interface, high, low, len(data), len(data))
    body = head + data + bytes(-len(data) % 4)
    return _block(ENHANCED_PACKET, body + _options([(COMMENT, one.comment.encode())]))


def _options(options: list[tuple[int, bytes]]) -> bytes:
    written = b""
    for code, value in options:
        value = value[:LONGEST_OPTION]
        written += struct.pack("<HH", code, len(value)) + value + bytes(-len(value) % 4)
    return written + struct.pack("<HH", END, 0)


def _block(kind: int, body: bytes) -> bytes:
    size = struct.pack("<I", 12 + len(body))
    return struct.pack("<I", kind) + size + body + size


def pcap(extracted: Sequence[Extracted]) -> Iterator[bytes]:
    """The file in parts. It has room for one link type, that of the first frame."""
    link_type = extracted[0].frame.link_type
    yield struct.pack("<IHHiIII", PCAP_NANOSECONDS, 2, 4, 0, 0, LONGEST_FRAME, link_type)
    for one in extracted:
        seconds, fraction = divmod(max(0, one.frame.nanoseconds), SECOND)
        size = len(one.frame.data)
        yield struct.pack("<IIII", min(seconds, 0xFFFFFFFF), fraction, size, size) + one.frame.data
