"""Links and tunnels as scapy decodes them, and what it lacks of those that the walker reads."""

from typing import Any, ClassVar

from scapy.config import conf
from scapy.contrib import erspan, mpls
from scapy.fields import XByteField, XShortField
from scapy.layers import inet, inet6, ipsec, l2, ppp, sctp, vxlan
from scapy.packet import Packet, bind_bottom_up, split_bottom_up

RAW_OF_OPENBSD, PPP_HDLC, CISCO_HDLC = 14, 50, 104
CISCO_ADDRESSES = (b"\x0f", b"\x8f")


class CiscoHDLC(Packet):
    """RFC 1547 4.3.1."""

    name = "Cisco HDLC"
    fields_desc: ClassVar[list[Any]] = [
        XByteField("address", 0x0F),
        XByteField("control", 0),
        XShortField("type", 0),
    ]


TUNNELS = (
    l2.GRE, ppp.HDLC, ppp.PPP, ppp.PPPoE, CiscoHDLC, erspan.ERSPAN_II, erspan.ERSPAN_III,
    erspan.ERSPAN_PlatformSpecific, mpls.MPLS, mpls.EoMCW, vxlan.VXLAN, ipsec.AH,
)  # fmt: skip

# for decoding alone: what scapy builds stays as it was
BEHIND_CISCO_HDLC: dict[int, Any] = {0x0800: inet.IP, 0x86DD: inet6.IPv6, 0x8847: mpls.MPLS}
BEHIND_AH: dict[int, Any] = {
    4: inet.IP, 6: inet.TCP, 17: inet.UDP, 41: inet6.IPv6, 47: l2.GRE, 132: sctp.SCTP,
}  # fmt: skip
for number, inside in BEHIND_CISCO_HDLC.items():
    bind_bottom_up(CiscoHDLC, inside, type=number)
for number, inside in BEHIND_AH.items():
    bind_bottom_up(ipsec.AH, inside, nh=number)
for number in (24, 28, 30):  # address families of IPv6 in the BSDs and macOS
    bind_bottom_up(l2.Loopback, inet6.IPv6, type=number)
bind_bottom_up(l2.Ether, l2.Dot1Q, type=0x9100)  # QinQ of old
bind_bottom_up(l2.Ether, mpls.MPLS, type=0x8848)
bind_bottom_up(inet.UDP, sctp.SCTP, sport=9899)  # RFC 6951
bind_bottom_up(inet.UDP, sctp.SCTP, dport=9899)
# of type I scapy makes a layer without octets
split_bottom_up(l2.GRE, erspan.ERSPAN, proto=0x88BE, seqnum_present=0)
bind_bottom_up(l2.GRE, l2.Ether, proto=0x88BE, seqnum_present=0)


def link_layer(link_type: int, data: bytes) -> Any:
    """The class of scapy's that decodes frames of this link type; None if there is none."""
    if link_type == RAW_OF_OPENBSD:
        return inet6.IPv46
    if link_type == CISCO_HDLC or (link_type == PPP_HDLC and data[:1] in CISCO_ADDRESSES):
        return CiscoHDLC
    return conf.l2types.num2layer.get(link_type)


def is_fragment(packet: Any) -> bool:
    """Whether what lies in this layer begins or ends in another packet."""
    if isinstance(packet, inet.IP):
        return bool(packet.frag or packet.flags.MF)
    return isinstance(packet, inet6.IPv6ExtHdrFragment) and bool(packet.offset or packet.m)
