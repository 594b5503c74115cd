"""Addresses in short messages (3GPP TS 23.040 9.1.2.5): digits, or a name in the GSM alphabet."""

import cython

if not cython.compiled:
    from dissectors.digits import sign
    from dissectors.reading import Reading
    from dissectors.text import septet

from dissectors import alphabet
from dissectors.fields import SMS_TABLE
from dissectors.reasons import anomaly, problem

CUT_SHORT = cython.declare(cython.int, problem("sms", "TPDU ends before its announced parts"))
ADDRESS_LENGTH = cython.declare(
    cython.int, problem("sms", "address of more than 20 digits (TS 23.040 9.1.2.5)")
)
LONG_ADDRESS = cython.declare(cython.int, anomaly("sms", "address of more than 20 digits"))
NO_ADDRESS = cython.declare(cython.int, anomaly("sms", "address without digits"))

ESCAPE = cython.declare(cython.int, alphabet.ESCAPE)
LANGUAGES = cython.declare(cython.int, alphabet.LANGUAGES)
MOST_DIGITS = cython.declare(cython.int, 20)
FILLER = cython.declare(cython.int, 15)
ALPHANUMERIC = cython.declare(cython.int, 5)
TP_ADDRESS_TYPE = cython.declare(cython.int, SMS_TABLE[0].index("tp_address_type"))
TP_ADDRESS = cython.declare(cython.int, SMS_TABLE[1].index("tp_address"))


@cython.cfunc
@cython.nogil
def read_address(
    r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Read a TP-address (9.1.2.5); the position behind it, 0 where it cannot be read."""
    digits: cython.int
    kind: cython.int
    if end - position < 2:
        r.problem(CUT_SHORT)
        return 0
    digits = r.data[position]
    kind = r.data[position + 1] >> 4 & 7
    r.sms_table.put(TP_ADDRESS_TYPE, kind)
    if digits > MOST_DIGITS:  # or the text behind it would be taken for the address
        r.anomaly(LONG_ADDRESS, position)
        r.problem(ADDRESS_LENGTH)
        return 0
    if end - position < 2 + (digits + 1) // 2:
        r.problem(CUT_SHORT)
        return 0
    if digits == 0:
        r.anomaly(NO_ADDRESS, position)
    elif kind == ALPHANUMERIC:
        _read_name(r, position + 2, digits * 4 // 7)
    else:
        _read_number(r, position + 2, digits)
    return position + 2 + (digits + 1) // 2


@cython.cfunc
@cython.nogil
def _read_number(r: Reading, position: cython.Py_ssize_t, digits: cython.int) -> cython.int:
    i: cython.int
    nibble: cython.int
    if not r.sms_table.start(TP_ADDRESS):
        return 0
    for i in range(digits):
        nibble = r.data[position + i // 2] >> (4 * (i & 1)) & 15
        if nibble == FILLER:
            break
        r.sms_table.letter(TP_ADDRESS, sign(nibble))
    return 0


@cython.cfunc
@cython.nogil
def _read_name(r: Reading, position: cython.Py_ssize_t, septets: cython.int) -> cython.int:
    """An alphanumeric address, GSM 7 bit packed, into UTF-8; no national language is known."""
    i: cython.int = 0
    code: cython.int
    shown: cython.int
    # seven letters in seven octets: what is left of the last is no letter, though it is @'s code
    if septets & 7 == 0 and septets > 0 and septet(r, position, septets - 1) == 0:
        septets -= 1
    if septets == 0 or not r.sms_table.start(TP_ADDRESS):
        return 0
    while i < septets:
        code = septet(r, position, i)
        shown = r.alphabets[0, code]
        i += 1
        if code == ESCAPE and i < septets:
            code = septet(r, position, i)
            i += 1
            shown = r.alphabets[LANGUAGES, code]
            shown = shown if shown else r.alphabets[0, code]
        _write_utf8(r, shown)
    return 0


@cython.cfunc
@cython.nogil
def _write_utf8(r: Reading, code: cython.int) -> cython.int:
    if code < 0x80:
        return r.sms_table.letter(TP_ADDRESS, code)
    if code < 0x800:
        r.sms_table.letter(TP_ADDRESS, 0xC0 | code >> 6)
    else:
        r.sms_table.letter(TP_ADDRESS, 0xE0 | code >> 12)
        r.sms_table.letter(TP_ADDRESS, 0x80 | (code >> 6 & 0x3F))
    return r.sms_table.letter(TP_ADDRESS, 0x80 | (code & 0x3F))
