"""USSD strings (3GPP TS 29.002 11.9, TS 22.090): what was dialled and asked, never the string."""

import cython

if not cython.compiled:
    from dissectors.octets import put
    from dissectors.password import digit_of, password_likelihood
    from dissectors.prompt import asks_for_pin
    from dissectors.reading import Reading
    from dissectors.text import (
        broadcast_alphabet_of,
        characters_in,
        septet,
        unpack_octets,
        unpack_septets,
        unpack_ucs2,
    )

from dissectors import alphabet, reasons
from dissectors.fields import MAP_TABLE, USSD_TABLE
from dissectors.reasons import anomaly

NONE = cython.declare(cython.int, reasons.NONE)
GSM_7_BIT = cython.declare(cython.int, alphabet.GSM_7_BIT)
EIGHT_BIT = cython.declare(cython.int, alphabet.EIGHT_BIT)
UCS2 = cython.declare(cython.int, alphabet.UCS2)
LONG_STRING = cython.declare(cython.int, anomaly("map", "USSD string of more than 200 octets"))

INVOKE = cython.declare(cython.int, 0xA1)
UNSTRUCTURED_REQUEST = cython.declare(cython.int, 60)  # unstructuredSS-Request, by the network
NOTIFY = cython.declare(cython.int, 61)
MOST_OCTETS = cython.declare(cython.int, 200)  # maxSignalInfoLength, of version 1; now 160
CARRIAGE_RETURN = cython.declare(cython.int, 13)
ASTERISK = cython.declare(cython.int, 42)
HASH = cython.declare(cython.int, 35)
# coding schemes with a language in front of the text (TS 23.038 5)
GSM_WITH_LANGUAGE = cython.declare(cython.int, 0x10)
UCS2_WITH_LANGUAGE = cython.declare(cython.int, 0x11)
LONGEST_CODE = cython.declare(cython.int, 6)

COMPONENT_TYPE = cython.declare(cython.int, MAP_TABLE[0].index("component_type"))
OPCODE = cython.declare(cython.int, MAP_TABLE[0].index("opcode"))
COMPONENT_ID = cython.declare(cython.int, USSD_TABLE[0].index("component_id"))
FROM_SUBSCRIBER = cython.declare(cython.int, USSD_TABLE[0].index("from_subscriber"))
DCS = cython.declare(cython.int, USSD_TABLE[0].index("dcs"))
CHARACTERS = cython.declare(cython.int, USSD_TABLE[0].index("characters"))
FIELDS = cython.declare(cython.int, USSD_TABLE[0].index("fields"))
PIN_DIGITS = cython.declare(cython.int, USSD_TABLE[0].index("pin_digits"))
ASKS_FOR_PIN = cython.declare(cython.int, USSD_TABLE[0].index("asks_for_pin"))
OTP_LIKELIHOOD = cython.declare(cython.int, USSD_TABLE[0].index("otp_likelihood"))
SERVICE_CODE = cython.declare(cython.int, USSD_TABLE[1].index("service_code"))


@cython.cfunc
@cython.nogil
def read_ussd(
    r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t, dcs: cython.int
) -> cython.int:
    """Read a string into a row; `dcs` is its coding scheme, NONE of version 1, which is IA5."""
    octets: cython.int = end - start if end - start < MOST_OCTETS else MOST_OCTETS
    units: cython.int
    from_subscriber: cython.int = _is_from_subscriber(r)
    r.ussd_table.put(COMPONENT_ID, r.component_id)
    r.ussd_table.put(FROM_SUBSCRIBER, from_subscriber)
    if dcs != NONE:
        put(r.ussd_table, DCS, dcs)
    if octets < end - start:
        r.anomaly(LONG_STRING, start)
    units = _unpack(r, start, octets, dcs)
    if units != NONE:
        put(r.ussd_table, CHARACTERS, characters_in(r, units))
        if from_subscriber:
            _put_dialled(r, units)
        else:
            put(r.ussd_table, ASKS_FOR_PIN, asks_for_pin(r, units))
            put(r.ussd_table, OTP_LIKELIHOOD, password_likelihood(r, units))
    return r.ussd_table.end_row()


@cython.cfunc
@cython.nogil
def _is_from_subscriber(r: Reading) -> cython.int:
    """Who typed it: processUnstructuredSS is invoked by the subscriber, the others are answered."""
    row: cython.Py_ssize_t = r.map_table.rows
    opcode: cython.longlong = r.map_table.numbers[OPCODE, row]
    invokes: cython.int = r.map_table.numbers[COMPONENT_TYPE, row] == INVOKE
    return not invokes if opcode in (UNSTRUCTURED_REQUEST, NOTIFY) else invokes


@cython.cfunc
@cython.nogil
def _unpack(
    r: Reading, start: cython.Py_ssize_t, octets: cython.int, dcs: cython.int
) -> cython.int:
    """The string into `r.characters`, how many they are; NONE where it cannot be read."""
    coding: cython.int = EIGHT_BIT if dcs == NONE else broadcast_alphabet_of(dcs)
    skipped: cython.int
    if coding == EIGHT_BIT:
        return unpack_octets(r, start, octets)
    if coding == UCS2:
        skipped = min(octets, 2) if dcs == UCS2_WITH_LANGUAGE else 0
        return unpack_ucs2(r, start + skipped, octets - skipped)
    if coding == NONE:
        return NONE
    # two letters of the language and a carriage return
    skipped = 3 if dcs == GSM_WITH_LANGUAGE else 0
    return unpack_septets(r, start, skipped, _septets(r, start, octets), 0, 0)


@cython.cfunc
@cython.nogil
def _septets(r: Reading, start: cython.Py_ssize_t, octets: cython.int) -> cython.int:
    """How many septets, without the one that only fills the last octet (TS 23.038 6.1.2.3.1)."""
    septets: cython.int = octets * 8 // 7
    last: cython.int
    if octets > 0 and octets % 7 == 0:
        last = septet(r, start, septets - 1)
        return septets - (last == CARRIAGE_RETURN or last == 0)
    return septets


@cython.cfunc
@cython.nogil
def _put_dialled(r: Reading, units: cython.int) -> cython.int:
    """Service code, number of fields behind it, digits of the last field that may be a PIN."""
    start: cython.int = _put_service_code(r, units)
    i: cython.int = start
    fields: cython.int = 0
    digits: cython.int = 0  # NONE: not digits alone
    pin: cython.int = 0
    while i <= units:
        if i == units or r.characters[i] == ASTERISK or r.characters[i] == HASH:
            fields += i > start
            if 4 <= digits <= 8:
                pin = digits
            start = i + 1
            digits = 0
        elif digits >= 0:
            digits = digits + 1 if digit_of(r.characters[i]) >= 0 else NONE
        i += 1
    if pin:
        put(r.ussd_table, PIN_DIGITS, pin)
    return put(r.ussd_table, FIELDS, fields)


@cython.cfunc
@cython.nogil
def _put_service_code(r: Reading, units: cython.int) -> cython.int:
    """Write the digits between the first * or # and the next; where the fields begin."""
    start: cython.int = 0
    end: cython.int
    i: cython.int
    while start < units and (r.characters[start] == ASTERISK or r.characters[start] == HASH):
        start += 1
    end = start
    while end < units and 48 <= r.characters[end] <= 57:
        end += 1
    if start == 0 or end == units or r.characters[end] not in (ASTERISK, HASH):
        return start
    if 1 <= end - start <= LONGEST_CODE and r.ussd_table.start(SERVICE_CODE):
        for i in range(start, end):
            r.ussd_table.letter(SERVICE_CODE, r.characters[i])
        return end
    return start
