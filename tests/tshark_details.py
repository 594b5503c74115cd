"""The details of tshark's PDML: elements with a name, what is shown of them, and their octets."""

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

Row = dict[str, Any]
Element = ElementTree.Element


def field(element: Element | None, name: str) -> Element | None:
    """The first field of this name, at any depth."""
    if element is None:
        return None
    return next((found for found in element.iter("field") if found.get("name") == name), None)


def shown(element: Element | None, name: str) -> str | None:
    """What tshark shows of the first field of this name."""
    found = field(element, name)
    return None if found is None else found.get("show")


def names(element: Element) -> Iterator[str]:
    """Names of all fields below, in order."""
    return (found.get("name", "") for found in element.iter("field"))


def number(text: str | None) -> int | None:
    """A number as tshark shows it, decimal or 0x…."""
    return int(text, 0) if text else None


def present(row: Row) -> Row:
    """The members that have a value."""
    return {name: value for name, value in row.items() if value is not None}
