"""One-time passwords: how much the text of a short message looks like one."""

import cython

if not cython.compiled:
    from dissectors.reading import Reading

from dissectors import reasons

NONE = cython.declare(cython.int, reasons.NONE)


@cython.cfunc
@cython.nogil
def password_likelihood(r: Reading, length: cython.int) -> cython.int:
    """0 to 100, by the numbers that could be a password: one is likely to be one, several are not.

    Independent of language: no word is looked at. The text is `length` of the characters.
    """
    i: cython.int = 0
    start: cython.int
    likelihood: cython.int
    codes: cython.int = 0
    highest: cython.int = 0
    while i < length:
        start = i
        i = _number_end(r, start, length)
        if i == start:
            i += 1
        elif _stands_alone(r, start, i, length):
            likelihood = _likelihood_of(r, start, i)
            codes += likelihood > 0
            highest = max(highest, likelihood)
    if codes > 1:
        highest = min(highest, 60 if codes == 2 else 20)
    return highest


@cython.cfunc
@cython.nogil
def _number_end(r: Reading, i: cython.int, length: cython.int) -> cython.int:
    """The end of the number at `i`, amounts, dates and telephone numbers taken as a whole."""
    while i < length and digit_of(r.characters[i]) >= 0:
        i += 1
        if i + 1 < length and _joins(r.characters[i]) and digit_of(r.characters[i + 1]) >= 0:
            i += 1
    return i


@cython.cfunc
@cython.nogil
def _stands_alone(r: Reading, start: cython.int, end: cython.int, length: cython.int) -> cython.int:
    """Whether no letter, and in front no + * or full stop, clings to it."""
    code: cython.int
    if start > 0:
        code = r.characters[start - 1]
        if code == 42 or code == 43 or code == 46 or is_letter(code):
            return 0
    return end == length or not is_letter(r.characters[end])


@cython.cfunc
@cython.nogil
def _likelihood_of(r: Reading, start: cython.int, end: cython.int) -> cython.int:
    """4 to 8 digits, a year less so; or three and three, but not round thousands."""
    i: cython.int
    digit: cython.int
    value: cython.int = 0
    digits: cython.int = 0
    for i in range(start, min(end, start + 9)):
        digit = digit_of(r.characters[i])
        if digit >= 0:
            value = value * 10 + digit
            digits += 1
    if digits == end - start:
        if not 4 <= digits <= 8:
            return 0
        return 45 if digits == 4 and 1900 <= value < 2100 else 90
    i = r.characters[start + 3]
    return 70 if end - start == 7 and digits == 6 and (i == 45 or i == 32) and value % 1000 else 0


@cython.cfunc
@cython.nogil
def digit_of(code: cython.int) -> cython.int:
    """The value of a decimal digit of the scripts that are common in short messages; else NONE."""
    if 48 <= code <= 57:
        return code - 48
    if code < 0x660:
        return NONE
    # Arabic-Indic, Persian, Thai, full-width
    if code <= 0x669 or 0x6F0 <= code <= 0x6F9:
        return code & 15
    if 0xE50 <= code <= 0xE59 or 0xFF10 <= code <= 0xFF19:
        return code & 15
    # Devanagari to Malayalam: nine scripts, 128 codes each
    if 0x900 <= code < 0xD80 and 0x66 <= code & 0x7F <= 0x6F:
        return (code & 0x7F) - 0x66
    return NONE


@cython.cfunc
@cython.nogil
def _joins(code: cython.int) -> cython.int:
    """A space and + , - . / : join digits to an amount, a telephone number, a date or a time."""
    return code == 32 or code == 43 or 44 <= code <= 47 or code == 58


@cython.cfunc
@cython.nogil
def is_letter(code: cython.int) -> cython.int:
    """A to Z: scripts that put no spaces between words may touch a number."""
    return 65 <= code <= 90 or 97 <= code <= 122
