"""The text of short messages (3GPP TS 23.038): alphabets, and characters one by one.

Nothing here keeps a text: a character is looked at and forgotten.
"""

import cython

if not cython.compiled:
    from dissectors.reading import Reading

from dissectors import alphabet, reasons

NONE = cython.declare(cython.int, reasons.NONE)
GSM_7_BIT = cython.declare(cython.int, alphabet.GSM_7_BIT)
EIGHT_BIT = cython.declare(cython.int, alphabet.EIGHT_BIT)
UCS2 = cython.declare(cython.int, alphabet.UCS2)


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
def septet(r: Reading, position: cython.Py_ssize_t, number: cython.int) -> cython.int:
    """A septet of packed text (TS 23.038 6.1.2.1)."""
    bit: cython.int = number * 7
    position += bit >> 3
    if bit & 7 < 2:
        return r.data[position] >> (bit & 7) & 0x7F
    return (r.data[position] | r.data[position + 1] << 8) >> (bit & 7) & 0x7F


@cython.cfunc
@cython.nogil
def character(
    r: Reading, coding: cython.int, position: cython.Py_ssize_t, number: cython.int
) -> cython.int:
    """Digits, Latin letters and signs have the same codes in all three alphabets."""
    if coding == GSM_7_BIT:
        return septet(r, position, number)
    if coding == UCS2:
        return r.u16(position + 2 * number)
    return r.data[position + number]
