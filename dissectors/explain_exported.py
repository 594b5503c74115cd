"""An exported PDU (link type 252) whole, for a person: tags, and the message that they name."""

from collections.abc import Callable, Iterator
from ipaddress import ip_address

from dissectors.explain_diameter import diameter
from dissectors.explain_map import tcap
from dissectors.explain_mtp import carries_message, mtp2, mtp3
from dissectors.explain_payload import M2PA, M2UA, M3UA, SUA, payload_layers
from dissectors.explain_sccp import sccp
from dissectors.layers import Field, Layer, unread

EXPORTED = 252
END, DISSECTOR, ORIGINAL_FRAME = 0, 12, 30
TAGS = {  # those that hold no part of the message
    END: "end of options", DISSECTOR: "dissector", 20: "IPv4 source", 21: "IPv4 destination",
    22: "IPv6 source", 23: "IPv6 destination", 24: "port type", 25: "source port",
    26: "destination port", 28: "SS7 OPC", 29: "SS7 DPC", ORIGINAL_FRAME: "original frame",
}  # fmt: skip
ADDRESSES = range(20, 24)


def exported_tags(data: bytes) -> tuple[Layer, str, int]:
    """The layer of the tags, the dissector that they name, and where the message begins."""
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
    return tags, dissector, position


def _tag(tag: int, value: bytes, position: int) -> Field | Layer:
    if tag not in TAGS:
        return unread(f"tag {tag}", position + 4, len(value))
    shown = _text(value) if tag == DISSECTOR else str(int.from_bytes(value[:4]))
    if tag in ADDRESSES and len(value) in (4, 16):
        shown = str(ip_address(value))
    return Field(TAGS[tag], shown, position, 4 + len(value))


def _text(value: bytes) -> str:
    return value.partition(b"\0")[0].decode("ascii", "backslashreplace")


def exported_message(
    dissector: str, data: bytes, offset: int, numbers: Iterator[int]
) -> Iterator[Layer]:
    """The message behind the tags, of those that came neither in IP nor in SCTP."""
    if dissector in PAYLOADS:
        yield from payload_layers(PAYLOADS[dissector], data, offset, numbers)
    elif dissector in MESSAGES and data:
        layer = MESSAGES[dissector](data, offset)
        if dissector != "mtp2" or carries_message(data):
            layer.message = next(numbers)
        yield layer
    else:
        what = f"of {dissector or 'no dissector'}"
        yield Layer("Message", [unread(what, offset, len(data))])


def _tcap(data: bytes, offset: int) -> Layer:
    """No subsystem says that it is CAP; its application context may."""
    return tcap(data, offset, False)


PAYLOADS = {"m2ua": M2UA, "m3ua": M3UA, "sua": SUA, "m2pa": M2PA}
MESSAGES: dict[str, Callable[[bytes, int], Layer]] = {
    "mtp2": mtp2, "mtp3": mtp3, "sccp": sccp, "tcap": _tcap, "diameter": diameter,
}  # fmt: skip
