"""What `explain` prints with tokens in place of subscribers' numbers."""

import re
from collections.abc import Iterator
from itertools import pairwise

from duckdb import DuckDBPyConnection
from rich.text import Text

from sigaudit import pseudonyms
from sigaudit.pseudonyms import SURE, Pseudonyms

OCTETS = re.compile(r"[0-9a-f]{4} (?:[ >](?:[0-9a-f]{2}|--)){1,16} +.{1,16}\n")
DIGEST = re.compile(r"\d+ octets, SHA-256 [0-9a-f]{64}\n")
HEX = re.compile(rf"(?<![0-9A-Za-z])(?:0x)?([0-9a-fA-F]{{{SURE},}})(?![0-9A-Za-z])")
NUMBER = re.compile(rf"\d{{{SURE},}}")
HIDDEN = "(octets that may hold a number)"
NOTE = "octets are not shown: they hold numbers of subscribers\n"


def without_numbers(connection: DuckDBPyConnection, key: bytes, text: Text) -> Text:
    """The text of `explain` with tokens, and without octets, which spell the numbers."""
    parts = list(_parts(text))
    names = pseudonyms.of(connection, key, (part for part, _ in parts))
    changed, hidden = Text(), False
    for line in _lines(parts):
        is_octets = OCTETS.fullmatch("".join(part for part, _ in line)) is not None
        if is_octets and not hidden:
            changed.append(NOTE)
        hidden = is_octets
        for part, style in () if is_octets else line:
            changed.append(_hidden(names, part), style)
    return changed


def _parts(text: Text) -> Iterator[tuple[str, str]]:
    """The pieces that were put together, each with its style."""
    styles = {(span.start, span.end): str(span.style) for span in text.spans}
    edges = sorted({0, len(text.plain), *(edge for place in styles for edge in place)})
    for start, end in pairwise(edges):
        yield text.plain[start:end], styles.get((start, end), "")


def _lines(parts: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    line: list[tuple[str, str]] = []
    for part, style in parts:
        for piece in part.splitlines(keepends=True):
            line.append((piece, style))
            if piece.endswith("\n"):
                yield line
                line = []
    if line:
        yield line


def _hidden(names: Pseudonyms, part: str) -> str:
    if DIGEST.fullmatch(part):
        return part
    return names.strict(HEX.sub(_octets, part))


def _octets(found: re.Match[str]) -> str:
    """Octets are left out where they spell digits: as half octets in either order, or as text."""
    digits = found[1]
    if digits.isdigit():  # a number itself, or octets that look like one
        return found[0]
    swapped = "".join(digits[place : place + 2][::-1] for place in range(0, len(digits), 2))
    spelled = bytes.fromhex(digits[: len(digits) // 2 * 2]).decode("latin-1")
    holds = any(NUMBER.search(way) for way in (digits, swapped, spelled))
    return HIDDEN if holds else found[0]
