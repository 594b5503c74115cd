"""SCCP whole, for a person (Q.713), decoded by pycrate's SCCP; ANSI's addresses by hand."""

from typing import Any

from pycrate_mobile.SCCP import parse_SCCP

from dissectors.damaged import DAMAGED
from dissectors.explain_map import tcap
from dissectors.explain_values import title_digits
from dissectors.layers import NOT_DECODED, Field, Layer, between, element_parts, piece, unread

UNITDATA = {9, 10, 17, 18, 19, 20}  # UDT, XUDT, LUDT and their service messages (Q.713 2.1)
ADDRESSES = ("CalledPartyAddr", "CallingPartyAddr")
ODD_INDICATORS = ("EncodingScheme", "OE")
PAYLOADS = {"Data", "LongData"}
CAP_SUBSYSTEM = 146  # TS 23.003 8.2


def is_unitdata(data: bytes) -> bool:
    """Whether unitdata of any type is here whose parts fit together (Q.713 4.10 to 4.21)."""
    if data[:1] in (b"\x13", b"\x14"):
        return _is_long_unitdata(data)
    if data[:1] not in (b"\x09", b"\x0a", b"\x11", b"\x12"):
        return False
    start = 2 if data[0] < 17 else 3
    if len(data) < start + 3 or (data[0] in (9, 17) and data[1] & 15 > 1):
        return False
    places = (place + data[place] for place in range(start, start + 3))
    return all(place < len(data) and place + data[place] < len(data) for place in places)


def _is_long_unitdata(data: bytes) -> bool:
    """The same of an LUDT or LUDTS: numbers of two octets, low first, counted from the high one."""
    if len(data) < 11 or (data[0] == 19 and data[1] & 15 > 1):
        return False
    called, calling, content = (
        place + 1 + int.from_bytes(data[place : place + 2], "little") for place in (3, 5, 7)
    )
    end = content + 2 + int.from_bytes(data[content : content + 2], "little")
    fit = all(place < len(data) and place + data[place] < len(data) for place in (called, calling))
    return fit and content + 2 <= len(data) and end <= len(data)


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
    _read_ansi(layer, data, offset)
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


def _read_ansi(layer: Layer, data: bytes, offset: int) -> None:
    """Addresses in ANSI's order, which pycrate does not know (T1.112.3 3.4): bit 8 says so."""
    for address in layer.parts:
        if isinstance(address, Layer) and address.name in ADDRESSES and address.offset is not None:
            start = address.offset - offset + 1
            octets = data[start : start + address.length - 1]
            if octets and octets[0] & 0x80 and octets[0] >> 2 & 15 <= 2:
                address.parts[1:] = _ansi_address(octets, address.offset + 1)


def _ansi_address(octets: bytes, place: int) -> list[Field | Layer]:
    indicator, start = octets[0], 1
    title = indicator >> 2 & 15
    parts: list[Field | Layer] = [Field("AddrInd", f"0x{indicator:02x} (ANSI)", place, 1)]
    if indicator & 1:
        parts.append(Field("SSN", str(int.from_bytes(octets[1:2])), place + 1, 1))
        start += 1
    if indicator & 2:
        code = int.from_bytes(octets[start : start + 3], "little")
        parts.append(Field("PC", str(code), place + start, 3))
        start += 3
    if title and start < len(octets):
        parts.append(Field("TranslationType", str(octets[start]), place + start, 1))
        is_odd = title == 1 and octets[start + 1 : start + 2] != b"" and octets[start + 1] & 15 == 1
        start += 2 if title == 1 else 1
        digits = title_digits(octets[start:], is_odd)
        parts.append(Field("BCD", digits, place + start, max(len(octets) - start, 0)))
    return parts


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
        return piece("segment of a longer message", place, len(octets))
    return tcap(octets, place, CAP_SUBSYSTEM in _subsystems(message))


def _is_segment(message: Any) -> bool:
    option = next((part for part in message if part._name == "Opt"), None)
    segments = [part for part in option or () if part._name == "Segmentation"]
    values = [s["Segmentation"].to_bytes() for s in segments if not s.get_trans()]
    return any(value and value[0] & 0x8F != 0x80 for value in values)  # not first and last at once


def _subsystems(message: Any) -> set[int]:
    addresses = (message[name]["Value"] for name in ADDRESSES)
    return {a["SSN"].get_val() for a in addresses if not a["SSN"].get_trans()}


def _between_payloads(layer: Layer, start: int, end: int) -> list[tuple[int, int]]:
    """All octets of the message but the payloads', whose own layers say what is clear in them."""
    covered = [
        (part.offset, part.offset + part.length)
        for part in layer.walk()
        if part.offset is not None and part.name in ("TCAP", NOT_DECODED)
    ]
    return list(between(covered, end, start))
