"""M3UA, M2UA and SUA whole, for a person (RFC 4666, 3331, 3868), decoded by pycrate's SIGTRAN."""

from collections.abc import Callable, Iterator
from typing import Any

from pycrate_mobile.M3UA import ProtocolData
from pycrate_mobile.SIGTRAN import SIGTRAN

from dissectors.damaged import DAMAGED
from dissectors.explain_map import tcap
from dissectors.explain_mtp import mtp3
from dissectors.explain_sccp import CAP_SUBSYSTEM, sccp
from dissectors.explain_values import title_digits
from dissectors.layers import NOT_DECODED, Field, Layer, element_parts, padding, piece, unread

PROTOCOL_DATA = 528  # RFC 4666 3.3.1
M2UA_DATA, M2UA_DATA_TTC = 768, 769  # RFC 3331 3.3.1.1
SUA_ADDRESSES = {258, 259}  # RFC 3868 3.10.2, 3.10.3
SUA_DATA, SEGMENTATION = 267, 279
TITLE, POINT_CODE, SUBSYSTEM = 0x8001, 0x8002, 0x8003
COPIES_OF_MESSAGES = {4, 7, 9}  # info string, diagnostic information, heartbeat data
SCCP = 3  # service indicator (Q.704 14.2.1)
Parts = list[Field | Layer]
Carried = Callable[[int, bytes, int], Parts | None]  # tag, value, place; None: nothing is in it


def m3ua(data: bytes, offset: int) -> Layer:
    """An M3UA message at `offset` of the frame, with all that it carries."""
    return _adaptation("M3UA", data, offset, _in_m3ua)


def m2ua(data: bytes, offset: int) -> Layer:
    """An M2UA message likewise."""
    return _adaptation("M2UA", data, offset, _in_m2ua)


def sua(data: bytes, offset: int) -> Layer:
    """A SUA message likewise."""

    def carried(number: int, value: bytes, place: int) -> Parts | None:
        if number in SUA_ADDRESSES:
            return _sua_address(value, place)
        return [_sua_data(data, value, place)] if number == SUA_DATA else None

    return _adaptation("SUA", data, offset, carried)


def _adaptation(name: str, data: bytes, offset: int, carried: Carried) -> Layer:
    layer = Layer(name, offset=offset, length=len(data))
    message = SIGTRAN()
    try:
        message.from_bytes(data)
        header, bit = element_parts(message[0], offset * 8)
    except DAMAGED:
        layer.parts.append(unread(f"not a message of {name}", offset, len(data)))
        return layer
    layer.parts = list(header)
    layer.clear.append((offset, bit // 8))
    for parameter in message[1]:
        layer.parts.append(_parameter(parameter, bit // 8, carried))
        bit += parameter.get_bl()
    behind = offset + len(data) - bit // 8
    if behind > 0:
        layer.parts.append(unread("behind the last parameter", bit // 8, behind))
    return layer


def _parameter(parameter: Any, place: int, carried: Carried) -> Layer:
    number, length = parameter["Tag"].get_val(), parameter.get_len()
    value = parameter["Val"].to_bytes()
    parts, _ = element_parts(parameter, place * 8)
    layer = Layer(_title(parts[0]), parts, place, length, clear=[(place, place + 4)])
    layer.clear += padding(parameter.to_bytes(), 4 + len(value), length, place)
    below = carried(number, value, place + 4)
    if below is not None:
        layer.parts[2:] = below
        layer.clear += _shown(below, place + 4, len(value))
    elif number in COPIES_OF_MESSAGES or len(value) > 8:
        layer.parts[2:] = [unread("may hold a copy of a message", place + 4, len(value))]
    else:
        layer.clear.append((place, place + length))
    return layer


def _shown(parts: Parts, start: int, length: int) -> list[tuple[int, int]]:
    """The octets of a value in front of the last of its parts that is a message of its own."""
    last = parts[-1]
    is_message = isinstance(last, Layer) or last.name == NOT_DECODED
    end = (last.offset or start) if is_message else start + length
    return [(start, end)]


def _title(tag: Field | Layer) -> str:
    return tag.value if isinstance(tag, Field) else tag.name


def _in_m3ua(number: int, value: bytes, place: int) -> Parts | None:
    if number != PROTOCOL_DATA or len(value) < 12:
        return None
    label = ProtocolData()
    label.from_bytes(value)
    parts, _ = element_parts(label, place * 8)
    if label["SI"].get_val() != SCCP:
        return [*parts[:-1], unread("not SCCP", place + 12, len(value) - 12)]
    return [*parts[:-1], sccp(value[12:], place + 12)]


def _in_m2ua(number: int, value: bytes, place: int) -> Parts | None:
    if number == M2UA_DATA:
        return [mtp3(value, place)]
    return [mtp3(value[1:], place + 1)] if number == M2UA_DATA_TTC else None


def _sua_data(message: bytes, value: bytes, place: int) -> Field | Layer:
    """TCAP, unless the message belongs to a connection or is a segment."""
    parameters = dict(_parameters(message[8:]))
    if message[2] != 7:
        return unread("payload of a connection", place, len(value))
    if parameters.get(SEGMENTATION, b"\x80")[:1] != b"\x80":
        return piece("segment of a longer message", place, len(value))
    addresses = (dict(_parameters(parameters.get(tag, b"")[4:])) for tag in SUA_ADDRESSES)
    subsystems = {address.get(SUBSYSTEM, b"")[-1:] for address in addresses}
    return tcap(value, place, bytes([CAP_SUBSYSTEM]) in subsystems)


def _parameters(octets: bytes) -> Iterator[tuple[int, bytes]]:
    start = 0
    while len(octets) - start >= 4:
        length = int.from_bytes(octets[start + 2 : start + 4])
        yield int.from_bytes(octets[start : start + 2]), octets[start + 4 : start + length]
        start += max(4, (length + 3) // 4 * 4)


def _sua_address(value: bytes, place: int) -> Parts | None:
    """Routing and address indicator, then parameters (RFC 3868 3.10.2); None if it is too short."""
    if len(value) < 4:
        return None
    parts: Parts = [
        Field("Routing Indicator", str(int.from_bytes(value[:2])), place, 2),
        Field("Address Indicator", str(int.from_bytes(value[2:4])), place + 2, 2),
    ]
    for number, inner in _parameters(value[4:]):
        if number == TITLE and len(inner) >= 8:
            digits = title_digits(inner[8:], is_odd=inner[4] % 2 == 1)
            parts.append(Field("Global Title", f"{digits[: inner[4]]} (kind {inner[3]})"))
        elif number in (POINT_CODE, SUBSYSTEM):
            name = "Point Code" if number == POINT_CODE else "SSN"
            parts.append(Field(name, str(int.from_bytes(inner))))
    return parts
