"""The links and tunnels of tests.links around any packet, by octets: scapy takes its time."""

from dataclasses import dataclass

from tests.links import ETHER, INNER, INNER_6, Frame, links, links_of_ipv6, sctp

SHORT, LONG = bytes(100), bytes(104)
SCTP = 132
TCP_PROTOCOL = 6
IPV4, IPV6 = 0x45, 0x60  # first octets of headers without options


@dataclass(frozen=True)
class Template:
    """What stands in front of a packet's content; its lengths go with the content."""

    link_type: int
    front: bytes
    lengths: tuple[tuple[int, int], ...]  # place in front, and what it counts beside the content
    protocol: int | None  # place of the content's number, where a plain IP header has it

    def around(self, content: bytes, protocol: int = SCTP) -> bytes:
        """A frame; its checksums are wrong, nobody looks at them."""
        frame = bytearray(self.front)
        for place, more in self.lengths:
            frame[place : place + 2] = min(len(content) + more, 0xFFFF).to_bytes(2)
        if self.protocol is not None:
            frame[self.protocol] = protocol
        return bytes(frame) + content


def template(short: Frame, long: Frame) -> Template:
    """By two frames: what is longer by 4 octets in the longer one is a length."""
    content = bytes(sctp(SHORT))
    link_type, octets = short
    assert octets.endswith(content[12:])
    front = octets[: -len(content)]
    lengths = []
    for place in range(len(front) - 1):
        size, longer = (int.from_bytes(each[1][place : place + 2]) for each in (short, long))
        if longer - size == len(LONG) - len(SHORT):
            lengths.append((place, size - len(content)))
    return Template(link_type, front, tuple(lengths), protocol_place(front))


def protocol_place(front: bytes) -> int | None:
    """Where the last header says what follows it, if it is of IP and has no options."""
    for header, at, first in ((20, 9, IPV4), (40, 6, IPV6)):
        start = len(front) - header
        if start >= 0 and front[start] == first and front[start + at] == SCTP:
            return start + at
    return None


def templates() -> dict[str, Template]:
    """By name, with IPv4 and IPv6."""
    found = {}
    for version, all_links, inner in ((4, links, INNER), (6, links_of_ipv6, INNER_6)):
        plain = [(1, bytes(ETHER / inner / sctp(octets))) for octets in (SHORT, LONG)]
        found[f"Ethernet, IPv{version}"] = template(*plain)
        short, long = all_links(SHORT), all_links(LONG)
        for name in short:
            found[f"{name}, IPv{version}"] = template(short[name], long[name])
    return found
