"""M2PA, MTP2 and MTP3 for a person (RFC 4165, Q.703, Q.704), down to SCCP."""

from dissectors.explain_sccp import is_unitdata, sccp
from dissectors.layers import Field, Layer, unread

M2PA_HEADER = 16  # octets
USER_DATA = (11, 1)  # message class and type of M2PA (RFC 4165 2.1.2)
SCCP = 3  # service indicator (Q.704 14.2.1)
LABELS = {14: 4, 24: 7}  # bits of a point code, octets of a routing label
HIGHEST = {14: 0x3FFF, 24: 0xFFFFFF}


def m2pa(data: bytes, offset: int) -> Layer:
    """An M2PA message at `offset` of the frame, with all that it carries."""
    layer = Layer("M2PA", offset=offset, length=len(data))
    if len(data) < M2PA_HEADER or data[0] != 1:
        layer.parts.append(unread("not an M2PA message", offset, len(data)))
        return layer
    layer.clear.append((offset, offset + M2PA_HEADER))
    for name, place, size in (
        ("Version", 0, 1), ("Message Class", 2, 1), ("Message Type", 3, 1),
        ("Message Length", 4, 4), ("BSN", 9, 3), ("FSN", 13, 3),
    ):  # fmt: skip
        layer.parts.append(_number(name, data, offset, place, size))
    if has_user_data(data):
        layer.parts.append(_number("Priority", data, offset, M2PA_HEADER, 1))
        layer.clear.append((offset + M2PA_HEADER, offset + M2PA_HEADER + 1))
        end = min(int.from_bytes(data[4:8]), len(data))
        layer.parts.append(mtp3(data[M2PA_HEADER + 1 : end], offset + M2PA_HEADER + 1))
        if end < len(data):
            layer.parts.append(unread("behind the message", offset + end, len(data) - end))
    elif len(data) > M2PA_HEADER:
        rest = len(data) - M2PA_HEADER
        layer.parts.append(unread("no user data", offset + M2PA_HEADER, rest))
    return layer


def has_user_data(data: bytes) -> bool:
    """Whether a message of M2PA carries one of MTP3."""
    length = int.from_bytes(data[4:8])
    return tuple(data[2:4]) == USER_DATA and M2PA_HEADER + 2 <= length <= len(data)


def mtp2(data: bytes, offset: int, numbers: int = 2) -> Layer:
    """A signal unit; its sequence numbers have 2 octets, or 4 in the extended form of Annex A."""
    indicator = 1 if numbers == 2 else 2  # octets of the length
    start = numbers + indicator
    layer = Layer("MTP2", offset=offset, length=len(data))
    if len(data) < start:
        layer.parts.append(unread("not a signal unit", offset, len(data)))
        return layer
    length = int.from_bytes(data[numbers:start], "little") & (0x3F if numbers == 2 else 0x1FF)
    longest = 63 if numbers == 2 else 511
    layer.clear.append((offset, offset + start))
    layer.parts.append(Field("BSN, FSN", data[:numbers].hex(), offset, numbers))
    layer.parts.append(Field("LI", str(length), offset + numbers, indicator))
    end = len(data) if length >= longest else min(start + length, len(data))
    if length > 2:
        layer.parts.append(mtp3(data[start:end], offset + start))
        start = end
    if start < len(data):
        rest = len(data) - start
        layer.parts.append(unread("checksum, or what follows", offset + start, rest))
    return layer


def carries_message(data: bytes, numbers: int = 2) -> bool:
    """Whether a signal unit carries a message of MTP3."""
    if numbers == 2:
        return len(data) > numbers and data[numbers] & 0x3F > 2
    length = int.from_bytes(data[numbers : numbers + 2], "little") & 0x1FF
    return len(data) > numbers + 1 and length > 2


def mtp3(data: bytes, offset: int) -> Layer:
    """A message of MTP3; the width of its point codes is told by the SCCP message behind them."""
    layer = Layer("MTP3", offset=offset, length=len(data))
    bits = 24 if not is_unitdata(data[5:]) and is_unitdata(data[8:]) else 14
    label = LABELS[bits]
    if len(data) <= 1 + label:
        layer.parts.append(unread("not a message of MTP3", offset, len(data)))
        return layer
    layer.clear.append((offset, offset + 1 + label))
    service = data[0] & 15
    layer.parts.append(Field("NI", str(data[0] >> 6), offset, 1))
    layer.parts.append(Field("SI", str(service), offset, 1))
    value = int.from_bytes(data[1 : 1 + label], "little")
    for name, place, shift in (("DPC", 0, 0), ("OPC", 1 if bits == 14 else 3, bits)):
        code = value >> shift & HIGHEST[bits]
        layer.parts.append(Field(name, f"{code} ({bits} bits)", offset + 1 + place, 3))
    layer.parts.append(Field("SLS", str(value >> 2 * bits), offset + label, 1))
    rest = offset + 1 + label
    if service == SCCP:
        layer.parts.append(sccp(data[1 + label :], rest))
    else:
        layer.parts.append(unread("not SCCP", rest, len(data) - 1 - label))
    return layer


def _number(name: str, data: bytes, offset: int, place: int, size: int) -> Field:
    value = int.from_bytes(data[place : place + size])
    return Field(name, str(value), offset + place, size)
