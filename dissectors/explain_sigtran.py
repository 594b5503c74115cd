"""M3UA and SCCP whole, for a person (RFC 4666, Q.713), decoded by pycrate's SIGTRAN and SCCP."""

from typing import Any

from pycrate_core.utils import PycrateErr
from pycrate_mobile.M3UA import ProtocolData
from pycrate_mobile.SCCP import parse_SCCP
from pycrate_mobile.SIGTRAN import SIGTRAN

from dissectors.explain_map import tcap
from dissectors.explain_values import title_digits
from dissectors.layers import NOT_DECODED, Field, Layer, between, element_parts, padding, unread

PROTOCOL_DATA = 528  # RFC 4666 3.3.1
COPIES_OF_MESSAGES = {4, 7, 9}  # info string, diagnostic information, heartbeat data
SCCP = 3  # service indicator (Q.704 14.2.1)
UNITDATA = {9, 10, 17, 18, 19, 20}  # UDT, XUDT, LUDT and their service messages (Q.713 2.1)
ODD_INDICATORS = ("EncodingScheme", "OE")
PAYLOADS = {"Data", "LongData"}
CAP_SUBSYSTEM = 146  # TS 23.003 8.2
DAMAGED = (PycrateErr, IndexError, KeyError, TypeError, ValueError, AttributeError)


def m3ua(data: bytes, offset: int) -> Layer:
    """An M3UA message at `offset` of the frame, with all that it carries."""
    layer = Layer("M3UA", offset=offset, length=len(data))
    message = SIGTRAN()
    try:
        message.from_bytes(data)
        header, bit = element_parts(message[0], offset * 8)
    except DAMAGED:
        layer.parts.append(unread("not an M3UA message", offset, len(data)))
        return layer
    layer.parts = list(header)
    layer.clear.append((offset, bit // 8))
    for parameter in message[1]:
        place = bit // 8
        below = _parameter(parameter, place)
        layer.parts.append(below)
        bit += parameter.get_bl()
    behind = offset + len(data) - bit // 8
    if behind > 0:
        layer.parts.append(unread("behind the last parameter", bit // 8, behind))
    return layer


def _parameter(parameter: Any, place: int) -> Layer:
    number, length = parameter["Tag"].get_val(), parameter.get_len()
    value = parameter["Val"].to_bytes()
    parts, _ = element_parts(parameter, place * 8)
    layer = Layer(_title(parts[0]), parts, place, length, clear=[(place, place + 4)])
    layer.clear += padding(parameter.to_bytes(), 4 + len(value), length, place)
    if number == PROTOCOL_DATA and len(value) >= 12:
        layer.parts[2:] = _protocol_data(value, place + 4)
        layer.clear.append((place + 4, place + 16))
    elif number in COPIES_OF_MESSAGES or len(value) > 8:
        layer.parts[2:] = [unread("may hold a copy of a message", place + 4, len(value))]
    else:
        layer.clear.append((place, place + length))
    return layer


def _title(tag: Field | Layer) -> str:
    return tag.value if isinstance(tag, Field) else tag.name


def _protocol_data(value: bytes, place: int) -> list[Field | Layer]:
    label = ProtocolData()
    label.from_bytes(value)
    parts, _ = element_parts(label, place * 8)
    if label["SI"].get_val() != SCCP:
        return [*parts[:-1], unread("not SCCP", place + 12, len(value) - 12)]
    return [*parts[:-1], sccp(value[12:], place + 12)]


def sccp(data: bytes, offset: int) -> Layer:
    """An SCCP message at `offset` of the frame, with the TCAP in it."""
    layer = Layer("SCCP", offset=offset, length=len(data))
    try:
        message, error = parse_SCCP(data, w_scmg=False)
        parts, bit = ([], 0) if error else element_parts(message, offset * 8)
        encoded = b"" if error else message.to_bytes()
    except DAMAGED:
        error = 1
    if error or not data.startswith(encoded):
        layer.parts.append(unread("not an SCCP message in the usual order", offset, len(data)))
        return layer
    layer.name = message._name.replace("SCCP", "SCCP ", 1)
    layer.parts = [_without_payload(part, message, data, offset) for part in parts]
    _read_digits(layer, data, offset)
    layer.clear = _between_payloads(layer, offset, bit // 8)
    if offset + len(data) > bit // 8:
        rest = offset + len(data) - bit // 8
        layer.parts.append(unread("behind the last parameter", bit // 8, rest))
    return layer


def _read_digits(layer: Layer, data: bytes, offset: int) -> None:
    """Global titles with as many digits as the odd-even indicator says; pycrate gives one more."""
    titles = (p for p in layer.walk() if isinstance(p, Layer) and p.name == "GT")
    for title in titles:
        fields = {part.name: part for part in title.walk() if isinstance(part, Field)}
        signals = fields.get("BCD") or fields.get("Addr")
        if signals and signals.offset is not None:
            start = signals.offset - offset
            octets = data[start : start + signals.length]
            is_odd = any(fields[n].value.startswith("1 ") for n in ODD_INDICATORS if n in fields)
            signals.value = title_digits(octets, is_odd)


def _without_payload(part: Field | Layer, message: Any, data: bytes, offset: int) -> Field | Layer:
    """The part, with the TCAP message decoded in place of the octets that carry it."""
    if isinstance(part, Field):
        return part
    if part.name.startswith("_unk") or part.name not in PAYLOADS:
        part.parts = [
            _hidden(inner)
            if inner.name.startswith("_unk")
            else _without_payload(inner, message, data, offset)
            for inner in part.parts
        ]
        return part
    payload = part.parts[-1]
    place, length = payload.offset or 0, payload.length
    octets = data[place - offset : place - offset + length]
    part.parts[-1] = _payload(octets, place, message)
    return part


def _hidden(part: Field | Layer) -> Field:
    return unread("an unknown option", part.offset or 0, part.length)


def _payload(octets: bytes, place: int, message: Any) -> Field | Layer:
    if message["Type"].get_val() not in UNITDATA:
        return unread("payload of a connection", place, len(octets))
    if _is_segment(message):
        return unread("segment of a longer message", place, len(octets))
    return tcap(octets, place, CAP_SUBSYSTEM in _subsystems(message))


def _is_segment(message: Any) -> bool:
    option = next((part for part in message if part._name == "Opt"), None)
    segments = [part for part in option or () if part._name == "Segmentation"]
    return any(not s.get_trans() and s["Segmentation"]["RemainingSeg"].get_val() for s in segments)


def _subsystems(message: Any) -> set[int]:
    addresses = (message[name]["Value"] for name in ("CalledPartyAddr", "CallingPartyAddr"))
    return {a["SSN"].get_val() for a in addresses if not a["SSN"].get_trans()}


def _between_payloads(layer: Layer, start: int, end: int) -> list[tuple[int, int]]:
    """All octets of the message but the payloads', whose own layers say what is clear in them."""
    covered = [
        (part.offset, part.offset + part.length)
        for part in layer.walk()
        if part.offset is not None and part.name in ("TCAP", NOT_DECODED)
    ]
    return list(between(covered, end, start))
