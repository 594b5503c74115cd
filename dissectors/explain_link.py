"""Link, network and transport of a frame for a person, by scapy, and the messages within."""

import itertools
import struct
from collections.abc import Container, Iterator
from typing import Any

from scapy.contrib.diameter import DiamG
from scapy.error import Scapy_Exception
from scapy.layers import inet, inet6, l2, sctp
from scapy.packet import split_layers

from dissectors.explain_exported import EXPORTED, exported_message, exported_tags
from dissectors.explain_mtp import carries_message, mtp2, mtp3
from dissectors.explain_payload import (
    DIAMETER,
    M2PA,
    M2UA,
    M3UA,
    SUA,
    diameter_messages,
    payload_layers,
)  # fmt: skip
from dissectors.explain_sccp import sccp as sccp_message
from dissectors.explain_tunnel import TUNNELS, is_fragment, link_layer
from dissectors.layers import Field, Layer, padding, piece, unread

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
MTP2_WITH_HEADER, MTP2, MTP3, SCCP_LINK = 139, 140, 141, 142  # link types
DIAMETER_PORT = 3868  # RFC 6733 2.1
PORTS = {2904: M2UA, 2905: M3UA, 3565: M2PA, 14001: SUA, DIAMETER_PORT: DIAMETER}
DAMAGED = (Scapy_Exception, struct.error, ValueError, LookupError, TypeError, OSError)
# scapy.contrib.diameter takes the chunk that follows one with Diameter for Diameter: undone
for number in (46, 47):
    split_layers(sctp.SCTPChunkData, DiamG, proto_id=number)
CONTENT = {"data", "load"}
EXPORTED_PACKETS = {"ip": inet.IP, "ipv6": inet6.IPv6, "sctp": sctp.SCTP}


def link_to_messages(link_type: int, data: bytes, taken: Container[int] = ()) -> Iterator[Layer]:
    """The layers of a frame from the link upwards, then its signalling messages, numbered.

    `taken` are numbers of messages that the frame completes but that are not in it alone.
    """
    numbers = (number for number in itertools.count(1) if number not in taken)
    if link_type == EXPORTED and len(data) <= LONGEST_FRAME:
        yield from _exported(data, numbers)
        return
    if MTP2_WITH_HEADER <= link_type <= SCCP_LINK and len(data) <= LONGEST_FRAME:
        yield from _signalling_link(link_type, data)
        return
    link = link_layer(link_type, data)
    if link is None or not data or len(data) > LONGEST_FRAME:
        yield Layer("Frame", [unread(f"link type {link_type}", 0, len(data))])
        return
    yield from _packet_to_messages(link, data, 0, numbers)


def _exported(data: bytes, numbers: Iterator[int]) -> Iterator[Layer]:
    tags, dissector, position = exported_tags(data)
    yield tags
    if dissector in EXPORTED_PACKETS and position < len(data):
        yield from _packet_to_messages(EXPORTED_PACKETS[dissector], data, position, numbers)
    else:
        yield from exported_message(dissector, data[position:], position, numbers)


def _packet_to_messages(
    first: Any, data: bytes, offset: int, numbers: Iterator[int]
) -> Iterator[Layer]:
    """The layers from `offset` on, of which scapy has the class of the first."""
    try:
        packet: Any = first(data[offset:])
    except DAMAGED:
        what = "damaged in its first headers"
        yield Layer("Frame", [unread(what, offset, len(data) - offset)])
        return
    while isinstance(packet, HEADERS) and packet.raw_packet_cache:
        yield _header(packet, offset)
        yield from _messages(packet, data, offset, numbers)
        offset += len(packet.raw_packet_cache)
        if is_fragment(packet):
            what = "part of a packet that begins or ends in another frame"
            yield Layer("IP payload", [piece(what, offset, len(data) - offset)])
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
            yield from diameter_messages(payload, start, numbers)
        else:
            what = "not Diameter, or part of a message that begins in another frame"
            yield Layer("TCP payload", [piece(what, start, len(payload))])


def _begins_diameter(payload: bytes) -> bool:
    """Whether a whole message stands at the beginning, on whatever port (RFC 6733 3)."""
    length = int.from_bytes(payload[1:4])
    return payload[0] == 1 and length % 4 == 0 and 20 <= length <= len(payload)


def _chunk(packet: Any, data: bytes, offset: int, numbers: Iterator[int]) -> Iterator[Layer]:
    """The message of a DATA chunk, unless it is in several."""
    start = offset + CHUNK_HEADER
    length = (packet.len or 0) - CHUNK_HEADER
    payload = data[start : start + max(length, 0)]
    if len(payload) < length or not (packet.beginning and packet.ending):
        yield Layer("SCTP payload", [piece("part of a message", start, len(payload))])
    else:
        yield from payload_layers(packet.proto_id or _by_port(packet), payload, start, numbers)


def _by_port(packet: Any) -> int:
    """What is carried where the sender does not say: told by the registered ports."""
    association = packet
    while not isinstance(association, sctp.SCTP):
        association = association.underlayer
    return PORTS.get(association.sport) or PORTS.get(association.dport) or 0
