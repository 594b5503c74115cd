"""Short messages (3GPP TS 23.040): facts of a TPDU; its text is looked at here and dropped."""

import cython

if not cython.compiled:
    from dissectors.digits import sign
    from dissectors.password import password_likelihood
    from dissectors.reading import Reading
    from dissectors.text import alphabet_of, septet

from dissectors import alphabet, reasons
from dissectors.fields import MAP_TABLE, SMS_TABLE
from dissectors.reasons import problem

NONE = cython.declare(cython.int, reasons.NONE)
GSM_7_BIT = cython.declare(cython.int, alphabet.GSM_7_BIT)
UCS2 = cython.declare(cython.int, alphabet.UCS2)
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

OPCODE = cython.declare(cython.int, MAP_TABLE[0].index("opcode"))
IMSI = cython.declare(cython.int, MAP_TABLE[0].index("imsi"))
MSISDN = cython.declare(cython.int, MAP_TABLE[0].index("msisdn"))
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
    r.sms_table.put(COMPONENT_ID, r.component_id)
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
    if r.map_table.numbers[OPCODE, row] != 46:
        return 1
    if r.context == 25 or (r.context == 21 and r.version > 1):
        return r.context == 25
    return r.map_table.number_set[IMSI, row] or not r.map_table.number_set[MSISDN, row]


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
    if septets & 7 == 0 and septets > 0 and septet(r, position, septets - 1) == 0:
        septets -= 1
    if septets == 0 or not r.sms_table.start(TP_ADDRESS):
        return 0
    for i in range(septets):
        code = r.alphabet[septet(r, position, i)]
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
def _read_user_data(
    r: Reading,
    has_header: cython.int,
    length: cython.int,
    position: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.int:
    """How much the text looks like a one-time password."""
    coding: cython.int = alphabet_of(r.sms_table.numbers[TP_DCS, r.sms_table.rows])
    octets: cython.Py_ssize_t = (length * 7 + 7) // 8 if coding == GSM_7_BIT else length
    header: cython.int = 0
    first: cython.int = 0
    if octets > end - position:
        r.problem(CUT_SHORT)
        octets = end - position
    if has_header and octets > 0:
        header = r.data[position] + 1
    if header > octets or coding == NONE:
        return 0
    if coding == GSM_7_BIT:
        length = min(length, octets * 8 // 7)
        first = (header * 8 + 6) // 7
    else:
        position += header
        length = (octets - header) // (2 if coding == UCS2 else 1)
    if length <= first:
        return 0
    return r.sms_table.put(OTP_LIKELIHOOD, password_likelihood(r, coding, position, first, length))
