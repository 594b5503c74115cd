"""Findings, decoded frames and rows of logs as text: plain, coloured where the terminal has it."""

from typing import Any

from rich.text import Text

from dissectors.explain import Explanation
from dissectors.layers import Field, Layer

OCTETS_A_LINE = 16
TITLE, NAME, MARK, COVERED = "bold", "cyan", "bold red", "dim"
SUMMARY = ("detector", "severity", "confidence", "answer", "imsi", "msisdn", "gt", "host", "realm",
           "agent", "first_seen", "last_seen")  # fmt: skip


def printable(value: object) -> str:
    """The value in characters that do nothing to a terminal; others as escapes."""
    return "".join(c if c.isprintable() else _escape(c) for c in str(value))


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def add_title(text: Text, title: str) -> None:
    """A line above each piece of evidence."""
    text.append(f"\n{printable(title)}\n", style=TITLE)


def add_finding(text: Text, finding: dict[str, Any]) -> None:
    """What was found, and what the network answered."""
    text.append(f"{finding['id']}  {printable(finding['title'])}\n", style=TITLE)
    text.append(f"{printable(finding['explanation'])}\n")
    for name in SUMMARY:
        if finding[name] is not None:
            text.append(f"  {name}: ", style=NAME)
            text.append(f"{printable(finding[name])}\n")


def add_row(text: Text, row: dict[str, Any]) -> None:
    """The columns of a log's row that have a value."""
    for name, value in row.items():
        if value is not None:
            text.append(f"  {name}: ", style=NAME)
            text.append(f"{printable(value)}\n")


def add_frame(text: Text, explanation: Explanation) -> None:
    """The tree of layers, then the octets."""
    for layer in explanation.layers:
        _add_layer(text, layer, 0)
    _add_octets(text, explanation)


def _add_layer(text: Text, layer: Layer, depth: int) -> None:
    number = f" (message {layer.message})" if layer.message else ""
    _add_start(text, layer, depth)
    text.append(f"{printable(layer.name)}{number}\n", style=MARK if layer.marked else NAME)
    for part in layer.parts:
        if isinstance(part, Layer):
            _add_layer(text, part, depth + 1)
        else:
            _add_start(text, part, depth + 1)
            text.append(f"{printable(part.name)}: ", style=NAME)
            text.append(f"{printable(part.value)}\n", style=MARK if part.marked else "")


def _add_start(text: Text, part: Field | Layer, depth: int) -> None:
    text.append(">> " if part.marked else "   ", style=MARK)
    text.append("  " * depth)


def _add_octets(text: Text, explanation: Explanation) -> None:
    covered = {n for first, behind in explanation.covered for n in range(first, behind)}
    marked = {n for first, behind in explanation.marked for n in range(first, behind)}
    text.append("\n")
    for start in range(0, len(explanation.data), OCTETS_A_LINE):
        _add_line(text, explanation.data, start, covered, marked)
    if covered:
        text.append(
            f"{len(covered)} octets are not shown (--): message text, or what may hold it\n"
        )


def _add_line(text: Text, data: bytes, start: int, covered: set[int], marked: set[int]) -> None:
    places = range(start, min(start + OCTETS_A_LINE, len(data)))
    text.append(f"{start:04x} ", style=NAME)
    for place in places:
        octets = "--" if place in covered else f"{data[place]:02x}"
        is_marked = place in marked and place not in covered
        text.append(f">{octets}" if is_marked else f" {octets}", style=MARK if is_marked else "")
    text.append("   " * (OCTETS_A_LINE - len(places)) + "   ")
    characters = (chr(data[n]) if 32 <= data[n] < 127 else "." for n in places)
    text.append(
        "".join("•" if n in covered else c for n, c in zip(places, characters, strict=True))
    )
    text.append("\n")
