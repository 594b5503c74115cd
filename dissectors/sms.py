"""Short messages (3GPP TS 23.040): facts of a TPDU; its text is looked at here and dropped."""

import cython

if not cython.compiled:
    from dissectors.digits import sign
    from dissectors.reading import Reading

from dissectors import reasons
from dissectors.fields import MAP_TABLE, SMS_TABLE
from dissectors.reasons import problem

NONE = cython.declare(cython.int, reasons.NONE)
CUT_SHORT = cython.declare(cython.int, problem("sms", "TPDU ends before its announced parts"))
ADDRESS_LENGTH = cython.declare(
    cython.int, problem("sms", "address of more than 20 digits (TS 23.040 9.1.2.5)")
)

DELIVER = cython.declare(cython.int, 0)
SUBMIT = cython.declare(cython.int, 1)
RESERVED = cython.declare(cython.int, 3)  # a telephone takes it for a deliver (9.2.3.1)
MOST_DIGITS = cython.declare(cython.int, 20)
FILLER = cython.declare(cython.int, 15)
ALPHANUMERIC = cython.declare(cython.int, 5)
GSM_7_BIT = cython.declare(cython.int, 0)
EIGHT_BIT = cython.declare(cython.int, 1)
UCS2 = cython.declare(cython.int, 2)

OPCODE = cython.declare(cython.int, MAP_TABLE[0].index("opcode"))
CONTEXT = cython.declare(cython.int, MAP_TABLE[0].index("application_context"))
MAP_VERSION = cython.declare(cython.int, MAP_TABLE[0].index("map_version"))
IMSI = cython.declare(cython.int, MAP_TABLE[1].index("imsi"))
MSISDN = cython.declare(cython.int, MAP_TABLE[1].index("msisdn"))
COMPONENT_ID = cython.declare(cython.int, SMS_TABLE[0].index("component_id"))
TP_MTI = cython.declare(cython.int, SMS_TABLE[0].index("tp_mti"))
MOBILE_TERMINATED = cython.declare(cython.int, SMS_TABLE[0].index("mobile_terminated"))
TP_ADDRESS_TYPE = cython.declare(cython.int, SMS_TABLE[0].index("tp_address_type"))
TP_PID = cython.declare(cython.int, SMS_TABLE[0].index("tp_pid"))
TP_DCS = cython.declare(cython.int, SMS_TABLE[0].index("tp_dcs"))
TP_UDL = cython.declare(cython.int, SMS_TABLE[0].index("tp_udl"))
HAS_HEADER = cython.declare(cython.int, SMS_TABLE[0].index("has_header"))
OTP_LIKELIHOOD = cython.declare(cython.int, SMS_TABLE[0].index("otp_likelihood"))
TP_ADDRESS = cython.declare(cython.int, SMS_TABLE[1].index("tp_address"))


@cython.cfunc
@cython.nogil
def read_tpdu(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Read an SM-RP-UI into a row of the table of short messages (9.2.2.1, 9.2.2.2)."""
    terminated: cython.int = _is_mobile_terminated(r)
    type_indicator: cython.int
    r.sms_table.put(COMPONENT_ID, r.map_table.first_id + r.map_table.rows)
    r.sms_table.put(MOBILE_TERMINATED, terminated)
    if start >= end:
        r.problem(CUT_SHORT)
        return r.sms_table.end_row()
    type_indicator = r.data[start] & 3
    r.sms_table.put(TP_MTI, type_indicator)
    r.sms_table.put(HAS_HEADER, r.data[start] >> 6 & 1)
    if terminated and type_indicator in (DELIVER, RESERVED):
        _read_body(r, start, start + 1, 7, end)
    elif not terminated and type_indicator == SUBMIT:
        _read_body(r, start, start + 2, _validity_octets(r.data[start] >> 3 & 3), end)
    return r.sms_table.end_row()


@cython.cfunc
@cython.nogil
def _is_mobile_terminated(r: Reading) -> cython.int:
    """Operation 46 is MO in context 21 and MT in 25 (TS 29.002 17.3.2).

    Version 1 has context 21 for both, and a dialogue may name none: then SM-RP-OA with an MSISDN
    is MO.
    """
    row: cython.Py_ssize_t = r.map_table.rows
    context: cython.longlong = 0
    if r.map_table.numbers[OPCODE, row] != 46:
        return 1
    if r.map_table.number_set[CONTEXT, row]:
        context = r.map_table.numbers[CONTEXT, row]
    if context == 25 or (context == 21 and r.map_table.numbers[MAP_VERSION, row] > 1):
        return context == 25
    return r.map_table.text_set[IMSI, row] or not r.map_table.text_set[MSISDN, row]


@cython.cfunc
@cython.nogil
def _validity_octets(form: cython.int) -> cython.int:
    """Length of TP-VP by TP-VPF (9.2.3.3): none, enhanced, relative, absolute."""
    return 0 if form == 0 else 1 if form == 2 else 7


@cython.cfunc
@cython.nogil
def _read_body(
    r: Reading,
    start: cython.Py_ssize_t,
    position: cython.Py_ssize_t,
    time_octets: cython.int,
    end: cython.Py_ssize_t,
) -> cython.int:
    """Address, PID, DCS, time stamp or validity period, user data (9.2.2)."""
    digits: cython.int
    if end - position < 2:
        return r.problem(CUT_SHORT)
    digits = r.data[position]
    r.sms_table.put(TP_ADDRESS_TYPE, r.data[position + 1] >> 4 & 7)
    position += 2
    if digits > MOST_DIGITS:
        return r.problem(ADDRESS_LENGTH)
    if end - position < (digits + 1) // 2 + 3 + time_octets:
        return r.problem(CUT_SHORT)
    if r.data[position - 1] >> 4 & 7 == ALPHANUMERIC:
        _read_name(r, position, digits * 4 // 7)
    else:
        _read_number(r, position, digits)
    position += (digits + 1) // 2
    r.sms_table.put(TP_PID, r.data[position])
    r.sms_table.put(TP_DCS, r.data[position + 1])
    position += 2 + time_octets
    r.sms_table.put(TP_UDL, r.data[position])
    return _read_user_data(r, r.data[start] & 0x40, r.data[position], position + 1, end)


@cython.cfunc
@cython.nogil
def _read_number(r: Reading, position: cython.Py_ssize_t, digits: cython.int) -> cython.int:
    i: cython.int
    nibble: cython.int
    if digits == 0 or not r.sms_table.start(TP_ADDRESS):
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
    """An alphanumeric address, GSM 7 bit packed (9.1.2.5), into UTF-8."""
    i: cython.int
    code: cython.int
    # seven letters in seven octets: what is left of the last is no letter, though it is @'s code
    if septets & 7 == 0 and septets > 0 and _septet(r, position, septets - 1) == 0:
        septets -= 1
    if septets == 0 or not r.sms_table.start(TP_ADDRESS):
        return 0
    for i in range(septets):
        code = r.alphabet[_septet(r, position, i)]
        if code < 0x80:
            r.sms_table.letter(TP_ADDRESS, code)
            continue
        if code < 0x800:
            r.sms_table.letter(TP_ADDRESS, 0xC0 | code >> 6)
        else:
            r.sms_table.letter(TP_ADDRESS, 0xE0 | code >> 12)
            r.sms_table.letter(TP_ADDRESS, 0x80 | (code >> 6 & 0x3F))
        r.sms_table.letter(TP_ADDRESS, 0x80 | (code & 0x3F))
    return 0


@cython.cfunc
@cython.nogil
def _septet(r: Reading, position: cython.Py_ssize_t, number: cython.int) -> cython.int:
    """A septet of packed text (TS 23.038 6.1.2.1)."""
    bit: cython.int = number * 7
    position += bit >> 3
    if bit & 7 < 2:
        return r.data[position] >> (bit & 7) & 0x7F
    return (r.data[position] | r.data[position + 1] << 8) >> (bit & 7) & 0x7F


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
def _read_user_data(
    r: Reading,
    has_header: cython.int,
    length: cython.int,
    position: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.int:
    """How much the text looks like a one-time password."""
    alphabet: cython.int = alphabet_of(r.sms_table.numbers[TP_DCS, r.sms_table.rows])
    octets: cython.Py_ssize_t = (length * 7 + 7) // 8 if alphabet == GSM_7_BIT else length
    header: cython.int = 0
    if octets > end - position:
        r.problem(CUT_SHORT)
        octets = end - position
    if has_header and octets > 0:
        header = r.data[position] + 1
    if header > octets or alphabet == NONE:
        return 0
    if alphabet == GSM_7_BIT:
        length = length if length <= octets * 8 // 7 else octets * 8 // 7
        return _rate(r, alphabet, position, (header * 8 + 6) // 7, length)
    if alphabet == UCS2:
        return _rate(r, alphabet, position + header, 0, (octets - header) // 2)
    return _rate(r, alphabet, position + header, 0, octets - header)


@cython.cfunc
@cython.nogil
def _character(
    r: Reading, alphabet: cython.int, position: cython.Py_ssize_t, number: cython.int
) -> cython.int:
    """Digits, Latin letters and signs have the same codes in all three alphabets."""
    if alphabet == GSM_7_BIT:
        return _septet(r, position, number)
    if alphabet == UCS2:
        return r.u16(position + 2 * number)
    return r.data[position + number]


@cython.cfunc
@cython.nogil
def _rate(
    r: Reading,
    alphabet: cython.int,
    position: cython.Py_ssize_t,
    first: cython.int,
    length: cython.int,
) -> cython.int:
    """Count the numbers that could be a password: one is likely to be one, several are not.

    Independent of language: no word is looked at.
    """
    i: cython.int = first
    start: cython.int
    likelihood: cython.int
    codes: cython.int = 0
    highest: cython.int = 0
    while i < length:
        start = i
        i = _number_end(r, alphabet, position, start, length)
        if i == start:
            i += 1
        elif _stands_alone(r, alphabet, position, first, start, i, length):
            likelihood = _password_likelihood(r, alphabet, position, start, i)
            codes += likelihood > 0
            highest = max(highest, likelihood)
    if length <= first:
        return 0
    if codes > 1:
        highest = min(highest, 60 if codes == 2 else 20)
    return r.sms_table.put(OTP_LIKELIHOOD, highest)


@cython.cfunc
@cython.nogil
def _number_end(
    r: Reading,
    alphabet: cython.int,
    position: cython.Py_ssize_t,
    i: cython.int,
    length: cython.int,
) -> cython.int:
    """The end of the number at `i`, amounts, dates and telephone numbers taken as a whole."""
    while i < length and _digit(_character(r, alphabet, position, i)) >= 0:
        i += 1
        if (
            i + 1 < length
            and _joins(_character(r, alphabet, position, i))
            and _digit(_character(r, alphabet, position, i + 1)) >= 0
        ):
            i += 1
    return i


@cython.cfunc
@cython.nogil
def _stands_alone(
    r: Reading,
    alphabet: cython.int,
    position: cython.Py_ssize_t,
    first: cython.int,
    start: cython.int,
    end: cython.int,
    length: cython.int,
) -> cython.int:
    """Whether no letter, and in front no + * or full stop, clings to it."""
    code: cython.int
    if start > first:
        code = _character(r, alphabet, position, start - 1)
        if code == 42 or code == 43 or code == 46 or _is_letter(code):
            return 0
    return end == length or not _is_letter(_character(r, alphabet, position, end))


@cython.cfunc
@cython.nogil
def _password_likelihood(
    r: Reading,
    alphabet: cython.int,
    position: cython.Py_ssize_t,
    start: cython.int,
    end: cython.int,
) -> cython.int:
    """4 to 8 digits, a year less so; or three and three, but not round thousands."""
    i: cython.int
    digit: cython.int
    value: cython.int = 0
    digits: cython.int = 0
    for i in range(start, min(end, start + 9)):
        digit = _digit(_character(r, alphabet, position, i))
        if digit >= 0:
            value = value * 10 + digit
            digits += 1
    if digits == end - start:
        if not 4 <= digits <= 8:
            return 0
        return 45 if digits == 4 and 1900 <= value < 2100 else 90
    i = _character(r, alphabet, position, start + 3)
    return 70 if end - start == 7 and digits == 6 and (i == 45 or i == 32) and value % 1000 else 0


@cython.cfunc
@cython.nogil
def _digit(code: cython.int) -> cython.int:
    """The value of a decimal digit of the scripts that are common in short messages; else NONE."""
    if 48 <= code <= 57:
        return code - 48
    # Arabic-Indic, Persian, Thai, full-width
    if 0x660 <= code <= 0x669 or 0x6F0 <= code <= 0x6F9:
        return code & 15
    if 0xE50 <= code <= 0xE59 or 0xFF10 <= code <= 0xFF19:
        return code & 15
    # Devanagari, Bengali
    if 0x966 <= code <= 0x96F or 0x9E6 <= code <= 0x9EF:
        return (code & 15) - 6
    return NONE


@cython.cfunc
@cython.nogil
def _joins(code: cython.int) -> cython.int:
    """A space and + , - . / : join digits to an amount, a telephone number, a date or a time."""
    return code == 32 or code == 43 or 44 <= code <= 47 or code == 58


@cython.cfunc
@cython.nogil
def _is_letter(code: cython.int) -> cython.int:
    """A to Z: scripts that put no spaces between words may touch a number."""
    return 65 <= code <= 90 or 97 <= code <= 122
