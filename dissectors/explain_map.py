"""TCAP with MAP or CAP whole, for a person: pycrate's value tree with names, digits and places."""

from collections import deque
from functools import cache
from typing import Any

from pycrate_asn1rt.dictobj import ASN1Dict

from dissectors.damaged import DAMAGED
from dissectors.explain_values import identifier, readable
from dissectors.layers import NOT_DECODED, Field, Layer, Span, between, unread
from dissectors.masking import BerError, Tlv, element, elements, masked, tcap_text
from dissectors.names import COMPONENT_TYPES, TCAP_TYPES, cap_operations
from dissectors.tpdu import tpdu

DIALOGUE_PORTION = 0x6B  # Q.773 3.2
INTEGER, OBJECT_IDENTIFIER = 2, 6
INTEGERS = ("invokeId.present", "opcode.local")  # of a component, in this order
UNIVERSAL = {
    1: "BOOLEAN",
    2: "INTEGER",
    4: "OCTET STRING",
    5: "NULL",
    6: "OBJECT IDENTIFIER",
    10: "ENUMERATED",
    0x30: "SEQUENCE",
    0x31: "SET",
    0x28: "EXTERNAL",
}
PORTIONS = {0x48: "otid", 0x49: "dtid", 0x6B: "dialoguePortion", 0x6C: "components"}
TAG_NAMES = TCAP_TYPES | UNIVERSAL | PORTIONS
# Beginnings of the CAP application contexts, of versions 1 and 2, 3, 4 (TS 29.078 4)
CAP_CONTEXTS = tuple(bytes.fromhex(arcs) for arcs in ("040000010032", "0400000115", "0400000117"))


class PlaceUnknownError(ValueError):
    """pycrate's values and the octets do not go together."""


def tcap(data: bytes, offset: int, is_cap: bool) -> Layer:
    """A TCAP message that stands at `offset` of the frame; `is_cap` where a subsystem says CAP."""
    layer = Layer("TCAP", offset=offset, length=len(data))
    try:
        message, _ = element(data, 0, len(data))
        is_cap = is_cap or _has_cap_context(data, message)
        operations = cap_operations() if is_cap else {}
        text = tcap_text(data, operations)
    except BerError as error:
        layer.parts.append(unread(f"not valid BER: {error}", offset, len(data)))
        return layer
    if message.tag not in TCAP_TYPES:
        layer.parts.append(unread("not a TCAP message", offset, len(data)))
        return layer
    layer.clear = [(offset + a, offset + b) for a, b in between(text, len(data))]
    layer.parts = _parts(Octets(data, offset, message, text, operations), is_cap)
    return layer


def _has_cap_context(data: bytes, message: Tlv) -> bool:
    portions = (p for p in message.children if p.tag == DIALOGUE_PORTION)
    identifiers = (t for p in portions for t in p.primitives() if t.tag == OBJECT_IDENTIFIER)
    return any(data[t.content : t.end].startswith(CAP_CONTEXTS) for t in identifiers)


@cache
def specification(is_cap: bool) -> tuple[Any, Any]:
    """pycrate's type of a TCAP message, and its modules by name."""
    if is_cap:
        from pycrate_asn1dir import TCAP_CAP

        return TCAP_CAP.TCAP_CAP_Messages.TCAP_CAP_Message, TCAP_CAP.GLOBAL.MOD
    from pycrate_asn1dir import TCAP_MAPv2v3

    return TCAP_MAPv2v3.TCAP_MAP_Messages.TCAP_MAP_Message, TCAP_MAPv2v3.GLOBAL.MOD


class Octets:
    """The octets of one message with its BER elements; those with values wait to be taken."""

    def __init__(
        self,
        data: bytes,
        offset: int,
        message: Tlv,
        text: list[Span],
        cap_operations: dict[int, str],
    ) -> None:
        self.data = data
        self.offset = offset
        self.message = message
        self.text = text
        self.cap_operations = cap_operations
        self.waiting = deque(message.primitives())

    def take(self) -> Tlv:
        """The next element that holds a value."""
        if not self.waiting:
            raise PlaceUnknownError
        return self.waiting.popleft()

    def content(self, element: Tlv) -> bytes:
        """The octets of its value."""
        return self.data[element.content : element.end]

    def field(self, name: str, element: Tlv, value: str) -> Field | Layer:
        """The element under its name: its value, unless message text stands in it."""
        place = self.offset + element.content
        length = element.end - element.content
        start = self._text_start(element)
        if start is None:
            return Field(name, value, place, length)
        if start == element.content:
            return Field(name, masked(length), place, length)
        return tpdu(name, self.content(element), place, start - element.content)

    def readable(self, name: str, asn1: Any, value: Any, content: bytes) -> str:
        """The value for a person; operations by CAP's names in a CAP dialogue."""
        if name == INTEGERS[1] and value in self.cap_operations:
            return f"{value} ({self.cap_operations[value]})"
        return readable(name, asn1, value, content)

    def _text_start(self, element: Tlv) -> int | None:
        inside = [
            max(first, element.content)
            for first, behind in self.text
            if first < element.end and element.content < behind
        ]
        return min(inside, default=None)


def _parts(octets: Octets, is_cap: bool) -> list[Field | Layer]:
    message, modules = specification(is_cap)
    try:
        message.from_ber(octets.data)
        name, value = message.get_val()
        part = _part(octets, modules, name, message._cont[name], value)
        if octets.waiting:
            raise PlaceUnknownError
    except PlaceUnknownError:
        note = "pycrate's values do not account for all octets; the BER elements follow"
    except DAMAGED:
        note = "pycrate cannot decode this message; its BER elements follow"
    else:
        return [part]
    return [Field(NOT_DECODED, note, octets.offset), _element(octets, octets.message)]


def _part(octets: Octets, modules: Any, name: str, asn1: Any, value: Any) -> Field | Layer:
    """One ASN.1 value as pycrate gives it; `asn1` is its type, None where that is not known."""
    if isinstance(value, dict | list):
        return _structure(octets, modules, name, asn1, value)
    if isinstance(value, tuple) and len(value) == 2 and not isinstance(value[0], int):
        chosen, value = value
        if isinstance(chosen, tuple):  # an open type: its module and its name
            below = modules[chosen[0]][chosen[1]]
            return _part(octets, modules, f"{name} {chosen[1]}", below, value)
        member = _member(asn1, chosen)
        if member is None and (below := _named_type(modules, chosen)) is not None:
            return _part(octets, modules, f"{name} {chosen}", below, value)
        return _part(octets, modules, f"{name}.{chosen}", member, value)
    return _leaf(octets, name, asn1, value)


def _structure(octets: Octets, modules: Any, name: str, asn1: Any, value: Any) -> Layer:
    if isinstance(value, dict):
        members = [(key, _member(asn1, key), inner) for key, inner in value.items()]
    else:
        one = getattr(asn1, "_cont", None)
        of_it = f"{name} " if one is None else ""  # CAP's types have no names: this one tells
        members = [(f"{of_it}{number}", one, inner) for number, inner in enumerate(value, 1)]
    parts = [_part(octets, modules, *member) for member in members]
    return Layer(name, parts)


def _member(asn1: Any, name: str) -> Any:
    members = getattr(asn1, "_cont", None)
    return members[name] if isinstance(members, ASN1Dict) and name in members else None


def _named_type(modules: Any, name: str) -> Any:
    """The type of this name, of an open type that pycrate names without its module."""
    found = [modules[module][name] for module in sorted(modules) if name in modules[module]]
    return found[0] if found else None


def _leaf(octets: Octets, name: str, asn1: Any, value: Any) -> Field | Layer:
    element = octets.take()
    content = octets.content(element)
    if isinstance(value, bytes) and value != content:
        octets.waiting.appendleft(element)
        return _still_encoded(octets, name, value)
    is_number = isinstance(value, int) and not isinstance(value, bool) and content
    if is_number and int.from_bytes(content, signed=True) != value:
        raise PlaceUnknownError
    return octets.field(name, element, octets.readable(name, asn1, value, content))


def _still_encoded(octets: Octets, name: str, value: bytes) -> Layer:
    """A value that pycrate has no type for: the BER elements in it."""
    layer = Layer(f"{name} (not in the specification)")
    try:
        inner = [t for e in elements(value, 0, len(value)) for t in e.primitives()]
    except BerError as error:
        raise PlaceUnknownError from error
    for expected in inner:
        element = octets.take()
        if octets.content(element) != value[expected.content : expected.end]:
            raise PlaceUnknownError
        layer.parts.append(_element(octets, element))
    return layer


def _element(octets: Octets, element: Tlv, name: str = "") -> Field | Layer:
    """A BER element without a specification, with the names of TCAP where it has one."""
    name = name or TAG_NAMES.get(element.tag) or f"[{element.tag:x}]"
    if not element.constructed:
        return octets.field(name, element, _simple(octets, name, element))
    layer = Layer(name, offset=octets.offset + element.start)
    inner = iter(INTEGERS if name in COMPONENT_TYPES.values() else ())
    for child in element.children:
        known = COMPONENT_TYPES.get(child.tag, "") if name == PORTIONS[0x6C] else ""
        layer.parts.append(
            _element(octets, child, next(inner, "") if child.tag == INTEGER else known)
        )
    return layer


def _simple(octets: Octets, name: str, element: Tlv) -> str:
    content = octets.content(element)
    if element.tag == INTEGER:
        return octets.readable(name, None, int.from_bytes(content, signed=True), content)
    if element.tag == OBJECT_IDENTIFIER:
        return octets.readable(name, None, identifier(content), content)
    return content.hex()
