"""User data of short messages (3GPP TS 23.040 9.2.3.24): the text is looked at here and dropped."""

import cython
import numpy as np

if not cython.compiled:
    from dissectors.columns import Table
    from dissectors.command_packet import read_packet
    from dissectors.octets import put
    from dissectors.password import password_likelihood
    from dissectors.reading import Reading
    from dissectors.sms_header import read_header
    from dissectors.text import (
        alphabet_of,
        characters_in,
        unpack_octets,
        unpack_septets,
        unpack_ucs2,
    )

from dissectors import alphabet, reasons
from dissectors.fields import SMS_TABLE
from dissectors.reasons import anomaly

NONE = cython.declare(cython.int, reasons.NONE)
GSM_7_BIT = cython.declare(cython.int, alphabet.GSM_7_BIT)
EIGHT_BIT = cython.declare(cython.int, alphabet.EIGHT_BIT)
UCS2 = cython.declare(cython.int, alphabet.UCS2)

TOO_SHORT = cython.declare(cython.int, anomaly("sms", "user data shorter than its length says"))
BEHIND = cython.declare(cython.int, anomaly("sms", "octets behind the user data"))
HEADER_LENGTH = cython.declare(cython.int, anomaly("sms", "header longer than its user data"))
EMPTY_PART = cython.declare(cython.int, anomaly("sms", "part without content"))

MOBILE_TERMINATED = cython.declare(cython.int, SMS_TABLE[0].index("mobile_terminated"))
TP_DCS = cython.declare(cython.int, SMS_TABLE[0].index("tp_dcs"))
TP_UDL = cython.declare(cython.int, SMS_TABLE[0].index("tp_udl"))
CHARACTERS = cython.declare(cython.int, SMS_TABLE[0].index("characters"))
OTP_LIKELIHOOD = cython.declare(cython.int, SMS_TABLE[0].index("otp_likelihood"))
REFERENCE = cython.declare(cython.int, SMS_TABLE[0].index("concat_reference"))
TOTAL = cython.declare(cython.int, SMS_TABLE[0].index("concat_total"))
PART = cython.declare(cython.int, SMS_TABLE[0].index("concat_part"))
WHOLE_CHARACTERS = cython.declare(cython.int, SMS_TABLE[0].index("whole_characters"))
PART_LIKELIHOOD = cython.declare(cython.int, SMS_TABLE[0].index("part_likelihood"))
LOCKING_LANGUAGE = cython.declare(cython.int, SMS_TABLE[0].index("locking_language"))
SINGLE_LANGUAGE = cython.declare(cython.int, SMS_TABLE[0].index("single_language"))
TP_ADDRESS = cython.declare(cython.int, SMS_TABLE[1].index("tp_address"))


@cython.cfunc
@cython.nogil
def read_user_data(
    r: Reading,
    has_header: cython.int,
    position: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    party: cython.longlong,
) -> cython.int:
    """Read TP-UDL and TP-UD; the alphabet is that of the open row's TP-DCS."""
    length: cython.int = r.data[position]
    coding: cython.int = alphabet_of(_cell(r.sms_table, TP_DCS))
    octets: cython.Py_ssize_t = (length * 7 + 7) // 8 if coding == GSM_7_BIT else length
    header: cython.int = 0
    put(r.sms_table, TP_UDL, length)
    position += 1
    if octets > end - position:
        r.anomaly(TOO_SHORT, position - 1)
        octets = end - position
    elif octets < end - position:
        r.anomaly(BEHIND, position + octets)
    r.packet = 0
    if has_header and octets > 0:
        header = r.data[position] + 1
        if header > octets:
            return r.anomaly(HEADER_LENGTH, position)
        read_header(r, position + 1, position + header)
    if r.packet:
        coding = EIGHT_BIT
    if coding == NONE:
        return 0
    return _look_at(r, _unpack(r, coding, position, header, length, octets), position, party)


@cython.cfunc
@cython.nogil
def _cell(table: Table, column: cython.int) -> cython.int:
    """A number of the open row; 0 if it is not set."""
    return table.numbers[column, table.rows] if table.number_set[column, table.rows] else 0


@cython.cfunc
@cython.nogil
def _unpack(
    r: Reading,
    coding: cython.int,
    position: cython.Py_ssize_t,
    header: cython.int,
    length: cython.int,
    octets: cython.int,
) -> cython.int:
    """What follows the header into `r.characters`; how many they are."""
    if coding == GSM_7_BIT:
        return unpack_septets(
            r,
            position,
            (header * 8 + 6) // 7,
            min(length, octets * 8 // 7),
            _cell(r.sms_table, LOCKING_LANGUAGE),
            _cell(r.sms_table, SINGLE_LANGUAGE),
        )
    if coding == UCS2:
        return unpack_ucs2(r, position + header, octets - header)
    return unpack_octets(r, position + header, octets - header)


@cython.cfunc
@cython.nogil
def _look_at(
    r: Reading, units: cython.int, position: cython.Py_ssize_t, party: cython.longlong
) -> cython.int:
    """The facts of the text, or of what it is a part of if this part makes that whole."""
    total: cython.int = _cell(r.sms_table, TOTAL)
    if not r.packet:
        put(r.sms_table, CHARACTERS, characters_in(r, units))
    if total > 1 and 1 <= _cell(r.sms_table, PART) <= total:
        if units == 0:
            r.anomaly(EMPTY_PART, position)
        _put_facts(r, PART_LIKELIHOOD, units, position)
        with cython.gil:
            units = _join(r, party, units)
        if units == NONE:
            return 0
        if not r.packet:
            put(r.sms_table, WHOLE_CHARACTERS, characters_in(r, units))
    return _put_facts(r, OTP_LIKELIHOOD, units, position)


@cython.cfunc
@cython.nogil
def _put_facts(
    r: Reading, likelihood: cython.int, units: cython.int, position: cython.Py_ssize_t
) -> cython.int:
    """A security header's fields, or how much a text looks like a password."""
    if r.packet:
        return read_packet(r, units, position)
    return put(r.sms_table, likelihood, password_likelihood(r, units)) if units else 0


@cython.cfunc
def _join(r: Reading, party: cython.longlong, units: cython.int) -> cython.int:
    """The whole message into `r.characters`, how many they are; NONE if parts are missing.

    A part begins with the identifier of its security header, or 0, as if it were a character.
    """
    table: Table = r.sms_table
    row: cython.Py_ssize_t = table.rows
    begin, end = table.offsets[TP_ADDRESS, row], table.used[TP_ADDRESS]
    who = table.text_array[TP_ADDRESS, begin:end].tobytes() if end > begin else b""
    direction, reference = table.numbers[MOBILE_TERMINATED, row], table.numbers[REFERENCE, row]
    part, total = table.numbers[PART, row], table.numbers[TOTAL, row]
    key = f"{party} {direction} {reference} {total} ".encode() + who
    octets = np.append(np.uint16(r.packet), r.characters_array[:units]).tobytes()
    parts = r.sms_parts.add(r, key, int(part), int(total), octets)
    units = 0
    for piece in parts:
        content = np.frombuffer(piece, np.uint16)
        r.packet = r.packet or content[0]
        r.characters_array[units : units + len(content) - 1] = content[1:]
        units += len(content) - 1
    return units if parts else NONE
