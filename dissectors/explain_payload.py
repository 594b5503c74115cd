"""What SCTP and TCP carry, message by message, for a person."""

from collections.abc import Iterator

from dissectors.explain_diameter import diameter
from dissectors.explain_mtp import has_user_data, m2pa
from dissectors.explain_sigtran import m2ua, m3ua, sua
from dissectors.layers import Layer, piece, unread

# payload protocol identifiers (RFC 3331, 4666, 3868, 4165; RFC 6733 2.1.1)
M2UA, M3UA, SUA, M2PA, DIAMETER = 2, 3, 4, 5, 46
ADAPTATIONS = {M2UA: m2ua, M3UA: m3ua, SUA: sua, M2PA: m2pa}
# of the adaptations, classes and types that count as messages
COUNTED = {M2UA: (b"\x06\x01",), M3UA: (b"\x01\x01",)}
USER_CLASSES = (7, 8)  # of SUA: connectionless, of a connection


def payload_layers(
    protocol: int, payload: bytes, offset: int, numbers: Iterator[int]
) -> Iterator[Layer]:
    """A message of SCTP by its payload protocol, numbered if it counts as one of the frame."""
    if protocol in ADAPTATIONS:
        layer = ADAPTATIONS[protocol](payload, offset)
        if is_counted(protocol, payload):
            layer.message = next(numbers, None)
        yield layer
    elif protocol == DIAMETER:
        yield from diameter_messages(payload, offset, numbers)
    else:
        what = f"payload protocol {protocol}"
        yield Layer("SCTP payload", [unread(what, offset, len(payload))])


def is_counted(protocol: int, payload: bytes) -> bool:
    """Whether it is one of the frame's signalling messages, as the walker counts them."""
    if protocol == SUA:
        return len(payload) >= 8 and payload[2] in USER_CLASSES
    if protocol == M2PA:
        return has_user_data(payload)
    return payload[2:4] in COUNTED[protocol]


def diameter_messages(data: bytes, offset: int, numbers: Iterator[int]) -> Iterator[Layer]:
    """Diameter messages one after the other; the first or last may go beyond the frame."""
    start = 0
    while start < len(data):
        length = int.from_bytes(data[start + 1 : start + 4])
        if data[start] != 1 or not 20 <= length <= len(data) - start:
            what = "part of a message that begins or ends in another frame, or no Diameter"
            yield Layer("Diameter", [piece(what, offset + start, len(data) - start)])
            return
        layer = diameter(data[start : start + length], offset + start)
        layer.message = next(numbers, None)
        yield layer
        start += length
