"""Which characters the fonts that travel with typst can show; the others are spelled out."""

import re

from sigaudit.report.wording import spelled_character, visible

# Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, Georgian, punctuation, currencies, arrows; no
# combining marks, which a font may have without the letter below. PDF/A allows no character without
# a glyph, and fonts of the machine would make the bytes differ from one machine to the next.
SHOWN = (
    (0x20, 0x7E), (0xA1, 0xAC), (0xAE, 0x2FF), (0x370, 0x377), (0x37A, 0x37F), (0x384, 0x38A),
    (0x38E, 0x3A1), (0x3A3, 0x482), (0x48A, 0x4FF), (0x531, 0x556), (0x559, 0x58A),
    (0x5D0, 0x5EA), (0x606, 0x60C), (0x61B, 0x61B), (0x61F, 0x61F), (0x621, 0x63A),
    (0x640, 0x64A), (0x660, 0x66D), (0x679, 0x67B), (0x67E, 0x680), (0x686, 0x687),
    (0x691, 0x691), (0x698, 0x698), (0x6A4, 0x6A4), (0x6A9, 0x6A9), (0x6AF, 0x6AF),
    (0x6BE, 0x6BE), (0x6CC, 0x6CC), (0x6F0, 0x6F9), (0x10D0, 0x10FF), (0x1E00, 0x1EFF),
    (0x2010, 0x2027), (0x2030, 0x2040), (0x2070, 0x2071), (0x2074, 0x208E), (0x20A0, 0x20C0),
    (0x2190, 0x21FF), (0x27E8, 0x27E9),
)  # fmt: skip
UNSHOWN = re.compile(
    "[^" + "".join(f"{chr(a)}-{chr(b)}" for a, b in SHOWN).replace("]", r"\]") + "]"
)

LONG = re.compile(r"\S{33,}")  # more than a column holds
DIGEST = re.compile("[0-9a-f]{64}")  # these have a column that holds them, and are compared
BREAKS = re.compile(r"[^.:/@_-]{16}|[.:/@_-]")


def printed(value: object) -> object:
    """All text in plain JSON types as the fonts can show it and lines can hold it, at any depth."""
    if isinstance(value, str):
        return LONG.sub(breakable, UNSHOWN.sub(code_point, str(visible(value))))
    if isinstance(value, dict):
        return {key: printed(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [printed(member) for member in value]
    return value


def code_point(found: re.Match[str]) -> str:
    """`⟨U+4E2D⟩`, as invisible characters are spelled everywhere."""
    spelled = spelled_character(found[0])
    return spelled if spelled != found[0] else f"⟨U+{ord(found[0]):04X}⟩"


def breakable(found: re.Match[str]) -> str:
    """A long word with places to break a line: zero width spaces (U+200B)."""
    return found[0] if DIGEST.fullmatch(found[0]) else BREAKS.sub("\\g<0>\u200b", found[0])
