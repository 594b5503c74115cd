"""The text of short messages and USSD strings (3GPP TS 23.038), unpacked into characters.

Characters stand in `Reading.characters`, as UTF-16 has them, until the next text takes their
place; nothing else keeps a text.
"""

import cython

if not cython.compiled:
    from dissectors.octets import u16
    from dissectors.reading import Reading

from dissectors import alphabet, reasons

NONE = cython.declare(cython.int, reasons.NONE)
GSM_7_BIT = cython.declare(cython.int, alphabet.GSM_7_BIT)
EIGHT_BIT = cython.declare(cython.int, alphabet.EIGHT_BIT)
UCS2 = cython.declare(cython.int, alphabet.UCS2)
ESCAPE = cython.declare(cython.int, alphabet.ESCAPE)
LANGUAGES = cython.declare(cython.int, alphabet.LANGUAGES)


@cython.cfunc
@cython.nogil
def alphabet_of(dcs: cython.int) -> cython.int:
    """The alphabet that a data coding scheme names (TS 23.038 4); NONE if compressed."""
    if dcs < 0x80:
        if dcs & 0x20:
            return NONE
        return dcs >> 2 & 3 if dcs & 0x0C != 0x0C else GSM_7_BIT
    if dcs >> 4 == 14:
        return UCS2
    if dcs >> 4 == 15 and dcs & 4:
        return EIGHT_BIT
    return GSM_7_BIT


@cython.cfunc
@cython.nogil
def broadcast_alphabet_of(dcs: cython.int) -> cython.int:
    """The alphabet that a coding scheme of USSD names (TS 23.038 5); NONE if compressed."""
    if dcs == 0x11:
        return UCS2
    if 4 <= dcs >> 4 <= 7:
        return alphabet_of(dcs & 0x3F)
    if dcs >> 4 == 9:
        return dcs >> 2 & 3 if dcs & 0x0C != 0x0C else GSM_7_BIT
    if dcs >> 4 == 15:
        return EIGHT_BIT if dcs & 4 else GSM_7_BIT
    return GSM_7_BIT


@cython.cfunc
@cython.nogil
def septet(r: Reading, position: cython.Py_ssize_t, number: cython.int) -> cython.int:
    """A septet of packed text (TS 23.038 6.1.2.1)."""
    bit: cython.int = number * 7
    position += bit >> 3
    if bit & 7 < 2:
        return r.data[position] >> (bit & 7) & 0x7F
    return (r.data[position] | r.data[position + 1] << 8) >> (bit & 7) & 0x7F


@cython.cfunc
@cython.nogil
def unpack_septets(
    r: Reading,
    position: cython.Py_ssize_t,
    first: cython.int,
    behind: cython.int,
    locking: cython.int,
    single: cython.int,
) -> cython.int:
    """Septets from `first` on, counted from `position`, in the tables of two languages (6.2.1.2).

    How many characters they are. An unknown language is the default alphabet.
    """
    i: cython.int = first
    count: cython.int = 0
    code: cython.int
    shown: cython.int
    locking = locking if locking < LANGUAGES else 0
    single = LANGUAGES + (single if single < LANGUAGES else 0)
    while i < behind:
        code = septet(r, position, i)
        shown = r.alphabets[locking, code]
        i += 1
        if code == ESCAPE and i < behind:
            code = septet(r, position, i)
            i += 1
            shown = r.alphabets[single, code]
            shown = shown if shown else r.alphabets[locking, code]
        r.characters[count] = shown
        count += 1
    return count


@cython.cfunc
@cython.nogil
def unpack_octets(r: Reading, position: cython.Py_ssize_t, count: cython.int) -> cython.int:
    """Octets as they are: digits, Latin letters and signs have the codes of ASCII."""
    i: cython.int
    for i in range(count):
        r.characters[i] = r.data[position + i]
    return count


@cython.cfunc
@cython.nogil
def unpack_ucs2(r: Reading, position: cython.Py_ssize_t, octets: cython.int) -> cython.int:
    """Two octets each (6.2.3); telephones send pairs of surrogates, too. A half one is left out."""
    i: cython.int
    for i in range(octets // 2):
        r.characters[i] = u16(r, position + 2 * i)
    return octets // 2


@cython.cfunc
@cython.nogil
def characters_in(r: Reading, units: cython.int) -> cython.int:
    """How many characters the first so many units of UTF-16 are."""
    i: cython.int
    count: cython.int = units
    for i in range(1, units):
        if r.characters[i] >> 10 == 0x37 and r.characters[i - 1] >> 10 == 0x36:
            count -= 1
    return count
