"""One M3UA message in every link and tunnel that is read, built by scapy."""

import struct

from scapy.contrib.erspan import ERSPAN_II, ERSPAN_III, ERSPAN_PlatformSpecific
from scapy.contrib.mpls import MPLS, EoMCW
from scapy.layers.inet import IP, UDP, fragment
from scapy.layers.inet6 import (
    IPv6,
    IPv6ExtHdrDestOpt,
    IPv6ExtHdrFragment,
    IPv6ExtHdrHopByHop,
    IPv6ExtHdrRouting,
    PadN,
)
from scapy.layers.ipsec import AH
from scapy.layers.l2 import GRE, CookedLinux, CookedLinuxV2, Dot1AD, Dot1Q, Ether
from scapy.layers.ppp import HDLC, PPP, PPPoE
from scapy.layers.sctp import SCTP
from scapy.layers.vxlan import VXLAN
from scapy.packet import Packet, Raw

from tests.mutation import FROM, TO
from tests.odd_captures import Container
from tests.scenes import operations, tcap
from tests.scenes.frames import M3UA, PORTS, chunk
from tests.scenes.sigtran import INTERNATIONAL, m3ua_data, udt

ETHERNET = 1
ETHER = Ether(src="02:00:00:00:00:01", dst="02:00:00:00:00:02")
VENDOR = Ether(src="00:1b:21:00:00:01", dst="00:1b:21:00:00:02")  # begins as a control word does
OUTER = IP(src="203.0.113.1", dst="203.0.113.2")
OUTER_6 = IPv6(src="2001:db8::1", dst="2001:db8::2")
INNER, INNER_6 = (
    IP(src="198.51.100.7", dst="192.0.2.10"),
    IPv6(src="2001:db8::7", dst="2001:db8::a"),
)
VIRTUAL = UDP(sport=49152, dport=4789) / VXLAN(vni=7, flags="Instance")

Frame = tuple[int, bytes]  # link type, octets


def capture(packets: list[Frame]) -> bytes:
    """A pcapng with an interface for each link type."""
    container = Container()
    kinds = sorted({link_type for link_type, _ in packets})
    interfaces = [container.interface(link_type=kind) for kind in kinds]
    blocks = [
        container.packet(number * 1_000_000, kinds.index(link_type), octets)
        for number, (link_type, octets) in enumerate(packets)
    ]
    return b"".join([container.section(), *interfaces, *blocks])


def sctp(message: bytes) -> Packet:
    return SCTP(sport=PORTS[M3UA], dport=PORTS[M3UA], tag=1) / chunk(message, M3UA, 1)


def renumbered(packets: list[Frame], message: bytes) -> list[Frame]:
    """The same with a TSN for each, so that none is sent again; checksums are left wrong."""
    first = bytes(chunk(message, M3UA, 1))[:8]
    return [
        (link_type, octets.replace(first, first[:-1] + bytes([number])))
        for number, (link_type, octets) in enumerate(packets, 1)
    ]


def links(message: bytes) -> dict[str, Frame]:
    """The message over IPv4 and SCTP, by what is around it."""
    packet = INNER / sctp(message)
    plain = bytes(packet)
    whole = ETHER / packet
    return {
        "802.1Q": (1, bytes(ETHER / Dot1Q(vlan=7) / packet)),
        "QinQ": (1, bytes(ETHER / Dot1AD(vlan=7) / Dot1Q(vlan=8) / packet)),
        "QinQ of old": (1, bytes(_with_type(ETHER, 0x9100) / Dot1Q(vlan=7) / packet)),
        "Linux cooked": (113, bytes(CookedLinux() / packet)),
        "Linux cooked, VLAN": (113, bytes(CookedLinux(proto=0x8100) / Dot1Q(vlan=7) / packet)),
        "Linux cooked 2": (276, bytes(CookedLinuxV2(proto=0x800) / packet)),
        **{f"raw {number}": (number, plain) for number in (101, 12, 14, 228)},
        "null, little-endian": (0, struct.pack("<I", 2) + plain),
        "null, big-endian": (0, struct.pack(">I", 2) + plain),
        "loop": (108, struct.pack(">I", 2) + plain),
        "PPP": (9, bytes(PPP() / packet)),
        "PPP in HDLC": (50, bytes(HDLC() / PPP() / packet)),
        "PPP, short protocol": (9, b"\xff\x03\x21" + plain),
        "HDLC of Cisco": (50, b"\x0f\x00\x08\x00" + plain),
        "HDLC of Cisco, own type": (104, b"\x8f\x00\x08\x00" + plain),
        "PPPoE alone": (51, bytes(PPPoE(sessionid=1) / PPP() / packet)),
        "PPPoE": (1, bytes(ETHER / PPPoE(sessionid=1) / PPP() / packet)),
        "GRE": (1, bytes(ETHER / OUTER / GRE() / packet)),
        "GRE with all": (1, bytes(ETHER / OUTER / _gre_with_all() / packet)),
        "GRE with a frame": (1, bytes(ETHER / OUTER / GRE(proto=0x6558) / whole)),
        "GRE over IPv6": (1, bytes(ETHER / OUTER_6 / GRE() / packet)),
        "ERSPAN I": (1, bytes(ETHER / OUTER / GRE(proto=0x88BE) / Raw(bytes(whole)))),
        "ERSPAN II": (1, bytes(ETHER / OUTER / _mirror(0x88BE) / ERSPAN_II() / whole)),
        "ERSPAN III": (1, bytes(ETHER / OUTER / _mirror(0x22EB) / ERSPAN_III() / whole)),
        "ERSPAN III, platform": (1, bytes(ETHER / OUTER / _mirror(0x22EB) / _platform() / whole)),
        "VXLAN": (1, bytes(ETHER / OUTER / VIRTUAL / whole)),
        "VXLAN over IPv6, VLANs": (
            1,
            bytes(ETHER / OUTER_6 / VIRTUAL / ETHER / Dot1Q(vlan=7) / packet),
        ),
        "MPLS": (1, bytes(ETHER / MPLS(label=16, s=0) / MPLS(label=17, s=1) / packet)),
        "MPLS upstream": (1, bytes(_with_type(ETHER, 0x8848) / MPLS(label=16, s=1) / packet)),
        "MPLS, pseudowire": (1, bytes(ETHER / MPLS(label=16, s=1) / EoMCW() / VENDOR / packet)),
        "MPLS, no control word": (1, bytes(ETHER / MPLS(label=16, s=1) / VENDOR / packet)),
        "IP in IP": (1, bytes(ETHER / OUTER / packet)),
        "IPv4 in IPv6": (1, bytes(ETHER / OUTER_6 / packet)),
        "SCTP in UDP": (1, bytes(ETHER / INNER / UDP(sport=9899, dport=9899) / sctp(message))),
        "AH": (1, bytes(ETHER / INNER / AH(nh=132, payloadlen=4, icv=bytes(12)) / sctp(message))),
        "no total length": (1, bytes(whole)[:16] + bytes(2) + plain[4:]),
        "mirror of a mirror": (
            1,
            bytes(ETHER / OUTER / VIRTUAL / ETHER / OUTER_6 / GRE() / packet),
        ),
    }


def links_of_ipv6(message: bytes) -> dict[str, Frame]:
    """The message over IPv6 and SCTP."""
    packet = INNER_6 / sctp(message)
    options = IPv6ExtHdrDestOpt(nh=132, options=[PadN(optdata=bytes(4))])
    return {
        "Linux cooked 2": (276, bytes(CookedLinuxV2(proto=0x86DD) / packet)),
        **{f"raw {number}": (number, bytes(packet)) for number in (101, 12, 14, 229)},
        **{f"null {n}": (0, struct.pack("<I", n) + bytes(packet)) for n in (24, 28, 30)},
        "PPP": (9, bytes(PPP() / packet)),
        "GRE": (1, bytes(ETHER / OUTER / GRE() / packet)),
        "VXLAN": (1, bytes(ETHER / OUTER / VIRTUAL / ETHER / packet)),
        "MPLS": (1, bytes(ETHER / MPLS(label=16, s=1) / packet)),
        "IPv6 in IPv4": (1, bytes(ETHER / OUTER / packet)),
        "IPv6 in IPv6": (1, bytes(ETHER / OUTER_6 / packet)),
        "extension headers": (
            1,
            bytes(
                ETHER
                / INNER_6
                / IPv6ExtHdrHopByHop()
                / IPv6ExtHdrRouting()
                / options
                / sctp(message)
            ),
        ),
    }


def every_link() -> list[Frame]:
    """A location update in all of them."""
    argument = operations.update_location("620990000000001", "447700900070", "447700900071")
    begin = tcap.begin(1, [tcap.invoke(*argument)], tcap.request(tcap.context(2, 3)))
    message = m3ua_data("2-100-1", "2-100-2", INTERNATIONAL, udt(TO, FROM, begin))
    return [
        *links(message).values(),
        *links_of_ipv6(message).values(),
        *fragments(message),
        *fragments_of_ipv6(message),
        (252, exported(message)),
    ]


def fragments(message: bytes, size: int = 48) -> list[Frame]:
    """The message over IPv4 and SCTP in fragments."""
    return [(1, bytes(ETHER / part)) for part in fragment(INNER / sctp(message), size)]


def exported(message: bytes, name: bytes = b"m3ua") -> bytes:
    """An exported PDU with the tags that Wireshark 4.0 writes for a message over SCTP."""
    return b"".join(
        [
            tag(12, name),
            tag(20, bytes([198, 51, 100, 7])),
            tag(21, bytes([192, 0, 2, 10])),
            tag(24, struct.pack(">I", 1)),
            tag(25, struct.pack(">I", PORTS[M3UA])),
            tag(26, struct.pack(">I", PORTS[M3UA])),
            tag(30, struct.pack(">I", 1)),
            tag(0, b""),
            message,
        ]
    )


def point_code_tags(opc: int, dpc: int, indicator: int) -> bytes:
    """Point codes with ITU as their standard, and the network indicator."""
    return b"".join(
        tag(number, struct.pack(">IHB", code, 1, indicator))
        for number, code in ((28, opc), (29, dpc))
    )


def tag(number: int, value: bytes) -> bytes:
    value += bytes(-len(value) % 4)
    return struct.pack(">HH", number, len(value)) + value


def _with_type(frame: Packet, ethertype: int) -> Packet:
    changed = frame.copy()
    changed.type = ethertype
    return changed


def _mirror(proto: int) -> Packet:
    return GRE(proto=proto, seqnum_present=1, sequence_number=9)


def _gre_with_all() -> Packet:
    return GRE(chksum_present=1, key_present=1, key=7, seqnum_present=1, sequence_number=9)


def _platform() -> Packet:
    return ERSPAN_III(o=1) / ERSPAN_PlatformSpecific()


def fragments_of_ipv6(message: bytes, size: int = 48, identification: int = 7) -> list[Frame]:
    """The message over IPv6 and SCTP in fragments, behind an extension header each."""
    content = bytes(sctp(message))
    return [
        (
            1,
            bytes(
                ETHER
                / INNER_6
                / IPv6ExtHdrHopByHop(nh=44)
                / IPv6ExtHdrFragment(
                    nh=132, offset=at // 8, m=int(at + size < len(content)), id=identification
                )
                / Raw(content[at : at + size])
            ),
        )
        for at in range(0, len(content), size)
    ]
