"""The GSM 7 bit alphabets (3GPP TS 23.038 6.2.1, annex A): the default one as pycrate knows it."""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from pycrate_mobile.TS23038 import decode_7b

from dissectors.national_alphabets import FIRST_INDIAN, INDIAN_SINGLE, KEPT, LOCKING, SINGLE

ESCAPE = 27
LANGUAGES = 14  # the default alphabet, and the national languages by their identifiers
GSM_7_BIT, EIGHT_BIT, UCS2 = range(3)  # as the data coding scheme numbers them (4)


@cache
def gsm_alphabets() -> NDArray[np.uint16]:
    """The Unicode code point of each septet, by language; behind those of the letters themselves
    (the default alphabet, the locking shift tables) those of the letters behind an escape.

    An escape by itself is a space, as 6.2.1 bids; 0 where an extension table has nothing: then the
    letter is the one without the escape.
    """
    tables = np.zeros((2 * LANGUAGES, 128), np.uint16)
    default = [32 if code == ESCAPE else _letter(code) for code in range(128)]
    extension = [_extended(code) for code in range(128)]
    for language in range(LANGUAGES):
        tables[language] = default
        tables[LANGUAGES + language] = extension
        if language >= FIRST_INDIAN:
            tables[language] = [code if chr(code) in KEPT else 32 for code in default]
            _enter(tables[LANGUAGES + language], INDIAN_SINGLE)
        _enter(tables[language], LOCKING.get(language, ""))
        _enter(tables[LANGUAGES + language], SINGLE.get(language, ""))
    return tables


def _enter(table: NDArray[np.uint16], entries: str) -> None:
    """Write entries as national_alphabets.py has them."""
    for entry in entries.split():
        septet, _, points = entry.partition(":")
        first, _, last = points.partition("-")
        codes = range(int(first, 16), int(last or first, 16) + 1)
        table[int(septet, 16) : int(septet, 16) + len(codes)] = codes


def _letter(code: int) -> int:
    # a second septet, since pycrate takes a last one of zeros for padding
    return ord(decode_7b((code | ord("x") << 7).to_bytes(2, "little"))[0])


def _extended(code: int) -> int:
    """The letter behind an escape; 0 where there is none (6.2.1.1)."""
    if code == ESCAPE:  # a second escape: a further table, which no version has; a space
        return 32
    shown = ord(decode_7b((ESCAPE | code << 7 | ord("x") << 14).to_bytes(3, "little"))[0])
    return 0 if shown == ord(" ") or code == ord("\r") else shown
