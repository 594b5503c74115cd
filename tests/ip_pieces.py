"""IP packets of any frame cut into fragments, octet by octet (RFC 791 3.2, RFC 8200 4.5)."""

from random import Random

from tests.links import Frame

ETHERNET = 14


def in_ip_fragments(frame: Frame, random: Random) -> list[Frame]:
    """The outermost packet in parts, if it is one behind a plain Ethernet header; in some order."""
    kind, octets = frame
    if kind != 1 or octets[12:15] not in (b"\x08\0\x45", b"\x86\xdd\x60"):
        return [frame]
    size = random.choice((8, 48, 200))
    identification = random.randrange(1 << 16)
    cut = ipv4_fragments if octets[12:14] == b"\x08\0" else ipv6_fragments
    few = 8 if random.random() < 0.01 else len(octets) // 64 * 8
    parts = cut(octets[ETHERNET:], max(size, few), identification)
    if random.random() < 0.3:
        random.shuffle(parts)
    return [(kind, octets[:ETHERNET] + part) for part in parts]


def ipv4_fragments(packet: bytes, size: int, identification: int) -> list[bytes]:
    """Of a packet without options; the checksums are wrong."""
    content = packet[20:]
    found = []
    for place in range(0, len(content), size):
        part = content[place : place + size]
        flags = place // 8 | 0x2000 * (place + size < len(content))
        head = packet[:2] + (20 + len(part)).to_bytes(2) + identification.to_bytes(2)
        found.append(head + flags.to_bytes(2) + packet[8:20] + part)
    return found


def ipv6_fragments(packet: bytes, size: int, identification: int) -> list[bytes]:
    """Of a packet; the header of a fragment follows the first one."""
    content = packet[40:]
    found = []
    for place in range(0, len(content), size):
        part = content[place : place + size]
        more = place & 0xFFF8 | (place + size < len(content))
        fragment = packet[6:7] + b"\0" + more.to_bytes(2) + identification.to_bytes(4)
        head = packet[:4] + (8 + len(part)).to_bytes(2) + b"\x2c" + packet[7:40]
        found.append(head + fragment + part)
    return found
