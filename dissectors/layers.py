"""A decoded frame as a tree for a person: layers, and in them fields with their place."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Union

NOT_DECODED = "not decoded"
Span = tuple[int, int]  # first octet, octet behind the last; counted from the frame's first


@dataclass
class Field:
    """One value; `offset` in octets from the frame's start, None where its place is not known."""

    name: str
    value: str
    offset: int | None = None
    length: int = 0
    marked: bool = False
    is_piece: bool = False  # of a message that begins or ends in another frame


@dataclass
class Layer:
    """One protocol or structure. `clear` lists the octets that surely hold no message text."""

    name: str
    parts: list[Union[Field, "Layer"]] = field(default_factory=list)
    offset: int | None = None
    length: int = 0
    marked: bool = False
    clear: list[Span] = field(default_factory=list)
    message: int | None = None  # number among the frame's signalling messages, from 1

    def walk(self) -> Iterator[Union[Field, "Layer"]]:
        """This layer and all below it, in the order of printing."""
        yield self
        for part in self.parts:
            if isinstance(part, Layer):
                yield from part.walk()
            else:
                yield part


def unread(what: str, offset: int, length: int) -> Field:
    """A part that is not decoded. Its octets are not shown: it may hold message text."""
    note = f"{what}: {length} octets at offset {offset}, not shown, they may hold message text"
    return Field(NOT_DECODED, note, offset, length)


def piece(what: str, offset: int, length: int) -> Field:
    """A part that is not decoded because the message goes on in another frame, or may do so."""
    part = unread(what, offset, length)
    part.is_piece = True
    return part


def padding(data: bytes, first: int, behind: int, offset: int) -> list[Span]:
    """The span, counted from the frame's start, if zeros fill it: padding, and no text."""
    is_padding = first < behind and not any(data[first:behind])
    return [(offset + first, offset + behind)] if is_padding else []


def between(spans: Iterable[Span], end: int, start: int = 0) -> Iterator[Span]:
    """What these spans leave over from `start` to `end`."""
    for first, behind in [*sorted(spans), (end, end)]:
        if start < first:
            yield start, first
        start = max(start, behind)


def element_parts(element: Any, bit: int) -> tuple[list[Field | Layer], int]:
    """The tree of a decoded pycrate element that begins at this bit of the frame, and its end."""
    parts: list[Field | Layer] = []
    for inner in element:
        if inner.get_trans():
            continue
        if isinstance(inner, _atom()):
            end = bit + inner.get_bl()
            parts.append(_atom_field(inner, bit, end))
        else:
            below, end = element_parts(_chosen(inner), bit)
            parts.append(Layer(inner._name, below, bit // 8, (end - bit) // 8))
        bit = end
    return parts, bit


def _atom() -> Any:
    from pycrate_core.elt import Atom

    return Atom


def _chosen(element: Any) -> Any:
    """The alternative of a pycrate Alt that was decoded; other elements stand for themselves."""
    if not hasattr(element, "get_alt"):
        return element
    chosen = element.get_alt()
    return [chosen] if isinstance(chosen, _atom()) else chosen


def _atom_field(atom: Any, bit: int, end: int) -> Field:
    text = re.match(r"<.*? : (.*)>\Z", atom.repr(), re.DOTALL)
    value = text.group(1) if text else str(atom.get_val())
    return Field(atom._name, value, bit // 8, (end + 7) // 8 - bit // 8)
