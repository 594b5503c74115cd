"""Link, network and transport of a frame for a person, by scapy, and the messages within."""

import itertools
import struct
from collections.abc import Iterator
from typing import Any

from scapy.contrib.diameter import DiamG
from scapy.error import Scapy_Exception
from scapy.layers import inet, inet6, l2, sctp
from scapy.packet import split_layers

from dissectors.explain_diameter import diameter
from dissectors.explain_exported import EXPORTED, exported
from dissectors.explain_mtp import carries_message, has_user_data, m2pa, mtp2, mtp3
from dissectors.explain_sccp import sccp as sccp_message
from dissectors.explain_sigtran import m2ua, m3ua, sua
from dissectors.explain_tunnel import TUNNELS, is_later_fragment, link_layer
from dissectors.layers import Field, Layer, padding, unread

LONGEST_FRAME = 262_144  # octets, as Wireshark has it
HEADERS = (
    *TUNNELS, l2.Ether, l2.Dot1Q, l2.Dot1AD, l2.CookedLinux, l2.CookedLinuxV2, l2.Loopback, inet.IP,
    inet6.IPv6, inet6.IPv6ExtHdrFragment, inet6.IPv6ExtHdrHopByHop, inet6.IPv6ExtHdrDestOpt,
    inet6.IPv6ExtHdrRouting,
    inet.TCP, inet.UDP, sctp.SCTP, sctp.SCTPChunkData, sctp.SCTPChunkSACK, sctp.SCTPChunkInit,
    sctp.SCTPChunkInitAck, sctp.SCTPChunkCookieAck, sctp.SCTPChunkShutdown,
    sctp.SCTPChunkShutdownAck, sctp.SCTPChunkShutdownComplete,
)  # fmt: skip
CHUNK_HEADER = 16  # octets of a DATA chunk in front of its message (RFC 9260 3.3.1)
# payload protocol identifiers (RFC 3331, 4666, 3868, 4165; RFC 6733 2.1.1)
M2UA, M3UA, SUA, M2PA, DIAMETER = 2, 3, 4, 5, 46
ADAPTATIONS = {M2UA: m2ua, M3UA: m3ua, SUA: sua, M2PA: m2pa}
# of the adaptations, classes and types that count as messages
COUNTED = {M2UA: (b"\x06\x01",), M3UA: (b"\x01\x01",)}
USER_CLASSES = (7, 8)  # of SUA: connectionless, of a connection
MTP2_WITH_HEADER, MTP2, MTP3, SCCP_LINK = 139, 140, 141, 142  # link types
DIAMETER_PORT = 3868  # RFC 6733 2.1
PORTS = {2904: M2UA, 2905: M3UA, 3565: M2PA, 14001: SUA, DIAMETER_PORT: DIAMETER}
DAMAGED = (Scapy_Exception, struct.error, ValueError, LookupError, TypeError, OSError)
# scapy.contrib.diameter takes the chunk that follows one with Diameter for Diameter: undone
for number in (46, 47):
    split_layers(sctp.SCTPChunkData, DiamG, proto_id=number)
CONTENT = {"data", "load"}


def link_to_messages(link_type: int, data: bytes) -> Iterator[Layer]:
    """The layers of a frame from the link upwards, then its signalling messages, numbered."""
    if link_type == EXPORTED and len(data) <= LONGEST_FRAME:
        yield from exported(data)
        return
    if MTP2_WITH_HEADER <= link_type <= SCCP_LINK and len(data) <= LONGEST_FRAME:
        yield from _signalling_link(link_type, data)
        return
    link = link_layer(link_type, data)
    if link is None or not data or len(data) > LONGEST_FRAME:
        yield Layer("Frame", [unread(f"link type {link_type}", 0, len(data))])
        return
    try:
        packet: Any = link(data)
    except DAMAGED:
        yield Layer("Frame", [unread("damaged in its first headers", 0, len(data))])
        return
    offset, numbers = 0, itertools.count(1)
    while isinstance(packet, HEADERS) and packet.raw_packet_cache:
        yield _header(packet, offset)
        yield from _messages(packet, data, offset, numbers)
        offset += len(packet.raw_packet_cache)
        if is_later_fragment(packet):
            what = "part of a packet that begins in another frame"
            yield Layer("IP payload", [unread(what, offset, len(data) - offset)])
            return
        packet = packet.payload
    if packet.original and not isinstance(packet.underlayer, inet.TCP):
        yield Layer(packet.name, [unread("not signalling", offset, len(packet.original))])


def _signalling_link(link_type: int, data: bytes) -> Iterator[Layer]:
    """SS7 without IP; in front of some signal units there are 4 octets about the link."""
    start, numbers = 0, 2
    if link_type == MTP2_WITH_HEADER:
        start, numbers = min(4, len(data)), 4 if data[1:2] == b"\x01" else 2
        about: list[Field | Layer] = [Field("sent, Annex A, link", data[:start].hex(), 0, start)]
        yield Layer("Pseudo-header", about, 0, start, clear=[(0, start)])
    if link_type == SCCP_LINK:
        layer = sccp_message(data, 0)
    elif link_type == MTP3:
        layer = mtp3(data, 0)
    else:
        layer = mtp2(data[start:], start, numbers)
    if link_type in (MTP3, SCCP_LINK) or carries_message(data[start:], numbers):
        layer.message = 1
    yield layer


def _header(packet: Any, offset: int) -> Layer:
    """One protocol's fields; a DATA chunk's message is not among them."""
    octets = packet.raw_packet_cache
    is_data = isinstance(packet, sctp.SCTPChunkData)
    length = min(len(octets), CHUNK_HEADER) if is_data else len(octets)
    layer = Layer(packet.name, offset=offset, length=length, clear=[(offset, offset + length)])
    if is_data:
        layer.clear += padding(octets, packet.len or 0, len(octets), offset)
    bits: float | None = offset * 8
    for entry in packet.fields_desc:
        if entry.name not in CONTENT and packet.getfieldval(entry.name) is not None:
            layer.parts.append(_field(packet, entry, bits))
        size = entry.sz * 8 if entry.sz and not entry.islist else None
        bits = bits + size if bits is not None and size else None
    return layer


def _field(packet: Any, entry: Any, bits: float | None) -> Field:
    value = entry.i2repr(packet, packet.getfieldval(entry.name))
    if bits is None:
        return Field(entry.name, value)
    first, last = int(bits) // 8, int(bits + entry.sz * 8 + 7) // 8
    return Field(entry.name, value, first, last - first)


def _messages(packet: Any, data: bytes, offset: int, numbers: Iterator[int]) -> Iterator[Layer]:
    """The signalling that this layer itself carries."""
    if isinstance(packet, sctp.SCTPChunkData):
        yield from _chunk(packet, data, offset, numbers)
    if isinstance(packet, inet.TCP) and packet.payload.original:
        start = offset + len(packet.raw_packet_cache or b"")
        payload = data[start : start + len(packet.payload.original)]
        if DIAMETER_PORT in (packet.sport, packet.dport) or _begins_diameter(payload):
            yield from _diameter_messages(payload, start, numbers)
        else:
            yield Layer("TCP payload", [unread("not Diameter", start, len(payload))])


def _begins_diameter(payload: bytes) -> bool:
    """Whether a whole message stands at the beginning, on whatever port (RFC 6733 3)."""
    length = int.from_bytes(payload[1:4])
    return payload[0] == 1 and length % 4 == 0 and 20 <= length <= len(payload)


def _chunk(packet: Any, data: bytes, offset: int, numbers: Iterator[int]) -> Iterator[Layer]:
    """The message of a DATA chunk, unless it is in several."""
    start = offset + CHUNK_HEADER
    length = (packet.len or 0) - CHUNK_HEADER
    payload = data[start : start + max(length, 0)]
    protocol = packet.proto_id or _by_port(packet)
    if len(payload) < length or not (packet.beginning and packet.ending):
        yield Layer("SCTP payload", [unread("part of a message", start, len(payload))])
    elif protocol in ADAPTATIONS:
        layer = ADAPTATIONS[protocol](payload, start)
        if _is_counted(protocol, payload):
            layer.message = next(numbers)
        yield layer
    elif protocol == DIAMETER:
        yield from _diameter_messages(payload, start, numbers)
    else:
        what = f"payload protocol {protocol}"
        yield Layer("SCTP payload", [unread(what, start, len(payload))])


def _is_counted(protocol: int, payload: bytes) -> bool:
    """Whether it is one of the frame's signalling messages, as the walker counts them."""
    if protocol == SUA:
        return len(payload) >= 8 and payload[2] in USER_CLASSES
    if protocol == M2PA:
        return has_user_data(payload)
    return payload[2:4] in COUNTED[protocol]


def _by_port(packet: Any) -> int:
    """What is carried where the sender does not say: told by the registered ports."""
    association = packet
    while not isinstance(association, sctp.SCTP):
        association = association.underlayer
    return PORTS.get(association.sport) or PORTS.get(association.dport) or 0


def _diameter_messages(data: bytes, offset: int, numbers: Iterator[int]) -> Iterator[Layer]:
    """Diameter messages one after the other; the first or last may go beyond the frame."""
    start = 0
    while start < len(data):
        length = int.from_bytes(data[start + 1 : start + 4])
        if data[start] != 1 or not 20 <= length <= len(data) - start:
            what = "part of a message that begins or ends in another frame, or no Diameter"
            yield Layer("Diameter", [unread(what, offset + start, len(data) - start)])
            return
        layer = diameter(data[start : start + length], offset + start)
        layer.message = next(numbers)
        yield layer
        start += length
