"""An exported PDU (link type 252) whole, for a person: tags, and the message that they name."""

from collections.abc import Iterator
from ipaddress import ip_address

from dissectors.explain_diameter import diameter
from dissectors.explain_sigtran import m3ua
from dissectors.layers import Field, Layer, unread

EXPORTED = 252
END, DISSECTOR, ORIGINAL_FRAME = 0, 12, 30
TAGS = {  # those that hold no part of the message
    END: "end of options", DISSECTOR: "dissector", 20: "IPv4 source", 21: "IPv4 destination",
    22: "IPv6 source", 23: "IPv6 destination", 24: "port type", 25: "source port",
    26: "destination port", 28: "SS7 OPC", 29: "SS7 DPC", ORIGINAL_FRAME: "original frame",
}  # fmt: skip
ADDRESSES = range(20, 24)
MESSAGES = {"m3ua": m3ua, "diameter": diameter}


def exported(data: bytes) -> Iterator[Layer]:
    """The layer of the tags, then that of the message."""
    tags = Layer("Exported PDU")
    dissector, position, tag = "", 0, -1
    while tag != END and position + 4 <= len(data):
        tag, length = (int.from_bytes(data[position + i : position + i + 2]) for i in (0, 2))
        end = position + 4 + length
        if end > len(data):
            break
        value = data[position + 4 : end]
        tags.parts.append(_tag(tag, value, position))
        tags.clear.append((position, end if tag in TAGS else position + 4))
        if tag == DISSECTOR:
            dissector = _text(value)
        position = end
    tags.offset, tags.length = 0, position
    yield tags
    yield _message(dissector, data[position:], position)


def _tag(tag: int, value: bytes, position: int) -> Field | Layer:
    if tag not in TAGS:
        return unread(f"tag {tag}", position + 4, len(value))
    shown = _text(value) if tag == DISSECTOR else str(int.from_bytes(value[:4]))
    if tag in ADDRESSES and len(value) in (4, 16):
        shown = str(ip_address(value))
    return Field(TAGS[tag], shown, position, 4 + len(value))


def _text(value: bytes) -> str:
    return value.partition(b"\0")[0].decode("ascii", "backslashreplace")


def _message(dissector: str, data: bytes, offset: int) -> Layer:
    if dissector not in MESSAGES or not data:
        return Layer("Message", [unread(f"of {dissector or 'no dissector'}", offset, len(data))])
    layer = MESSAGES[dissector](data, offset)
    if dissector != "m3ua" or data[2:4] == b"\x01\x01":  # of M3UA, DATA alone is a message
        layer.message = 1
    return layer
