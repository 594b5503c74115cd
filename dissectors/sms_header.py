"""The header in front of a short message's text (3GPP TS 23.040 9.2.3.24): its elements."""

import cython

if not cython.compiled:
    from dissectors.digits import hex_digit
    from dissectors.octets import u16
    from dissectors.reading import Reading

from dissectors.fields import SMS_TABLE
from dissectors.reasons import anomaly

ELEMENT_LENGTH = cython.declare(
    cython.int, anomaly("sms", "header element that does not fit into its header")
)
ELEMENT_SIZE = cython.declare(cython.int, anomaly("sms", "header element of a wrong length"))
TWICE = cython.declare(cython.int, anomaly("sms", "header element that is there twice"))
PART_NUMBER = cython.declare(cython.int, anomaly("sms", "part with an impossible number"))

# identifiers of elements (9.2.3.24)
CONCATENATED = cython.declare(cython.int, 0x00)
SPECIAL_INDICATION = cython.declare(cython.int, 0x01)
PORTS = cython.declare(cython.int, 0x04)
WIDE_PORTS = cython.declare(cython.int, 0x05)
CONCATENATED_WIDE = cython.declare(cython.int, 0x08)
SINGLE_SHIFT = cython.declare(cython.int, 0x24)
LOCKING_SHIFT = cython.declare(cython.int, 0x25)
COMMAND_PACKET = cython.declare(cython.int, 0x70)
RESPONSE_PACKET = cython.declare(cython.int, 0x71)

REFERENCE = cython.declare(cython.int, SMS_TABLE[0].index("concat_reference"))
TOTAL = cython.declare(cython.int, SMS_TABLE[0].index("concat_total"))
PART = cython.declare(cython.int, SMS_TABLE[0].index("concat_part"))
SOURCE_PORT = cython.declare(cython.int, SMS_TABLE[0].index("source_port"))
DESTINATION_PORT = cython.declare(cython.int, SMS_TABLE[0].index("destination_port"))
INDICATION = cython.declare(cython.int, SMS_TABLE[0].index("special_indication"))
LOCKING_LANGUAGE = cython.declare(cython.int, SMS_TABLE[0].index("locking_language"))
SINGLE_LANGUAGE = cython.declare(cython.int, SMS_TABLE[0].index("single_language"))
ELEMENTS = cython.declare(cython.int, SMS_TABLE[1].index("header_elements"))


@cython.cfunc
@cython.nogil
def read_header(r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Read the elements behind the header's length into the open row.

    `r.packet` is then 0, or the identifier of the security header that follows (TS 31.115 4).
    """
    length: cython.int
    r.packet = 0
    r.sms_table.start(ELEMENTS)
    while position < end:
        if end - position < 2 or position + 2 + r.data[position + 1] > end:
            return r.anomaly(ELEMENT_LENGTH, position)
        length = r.data[position + 1]
        _note(r, r.data[position])
        if not _take(r, r.data[position], position + 2, length):
            r.anomaly(ELEMENT_SIZE, position)
        position += 2 + length
    return 0


@cython.cfunc
@cython.nogil
def _note(r: Reading, identifier: cython.int) -> cython.int:
    """Append an identifier to the row's list of them, two hexadecimal digits."""
    if r.sms_table.used[ELEMENTS] > r.sms_table.offsets[ELEMENTS, r.sms_table.rows]:
        r.sms_table.letter(ELEMENTS, 32)
    r.sms_table.letter(ELEMENTS, hex_digit(identifier >> 4))
    return r.sms_table.letter(ELEMENTS, hex_digit(identifier & 15))


@cython.cfunc
@cython.nogil
def _take(
    r: Reading, identifier: cython.int, position: cython.Py_ssize_t, length: cython.int
) -> cython.int:
    """What is kept of an element; 0 if its length is not that of its kind."""
    if identifier == CONCATENATED:
        return length == 3 and _take_part(r, r.data[position], position + 1)
    if identifier == CONCATENATED_WIDE:
        return length == 4 and _take_part(r, u16(r, position), position + 2)
    if identifier == PORTS:
        return length == 2 and _take_ports(r, r.data[position], r.data[position + 1], position)
    if identifier == WIDE_PORTS:
        return length == 4 and _take_ports(r, u16(r, position), u16(r, position + 2), position)
    if identifier == SPECIAL_INDICATION:
        return length == 2 and _take_one(r, INDICATION, u16(r, position), 0)
    if identifier == LOCKING_SHIFT:
        return length == 1 and _take_one(r, LOCKING_LANGUAGE, r.data[position], position)
    if identifier == SINGLE_SHIFT:
        return length == 1 and _take_one(r, SINGLE_LANGUAGE, r.data[position], position)
    if identifier in (COMMAND_PACKET, RESPONSE_PACKET):
        r.packet = identifier
    return 1


@cython.cfunc
@cython.nogil
def _take_one(
    r: Reading, column: cython.int, value: cython.int, position: cython.Py_ssize_t
) -> cython.int:
    """Set a column; of several elements the last counts (9.2.3.24).

    `position` is 0 for an element that may be there several times.
    """
    row: cython.Py_ssize_t = r.sms_table.rows
    if position and r.sms_table.number_set[column, row]:
        r.anomaly(TWICE, position)
    r.sms_table.number_set[column, row] = 1
    r.sms_table.numbers[column, row] = value
    return 1


@cython.cfunc
@cython.nogil
def _take_part(r: Reading, reference: cython.int, position: cython.Py_ssize_t) -> cython.int:
    """Reference, number of parts, number of this part (9.2.3.24.1)."""
    total: cython.int = r.data[position]
    part: cython.int = r.data[position + 1]
    _take_one(r, REFERENCE, reference, position)
    _take_one(r, TOTAL, total, 0)
    _take_one(r, PART, part, 0)
    if not 1 <= part <= total:
        r.anomaly(PART_NUMBER, position)
    return 1


@cython.cfunc
@cython.nogil
def _take_ports(
    r: Reading, destination: cython.int, source: cython.int, position: cython.Py_ssize_t
) -> cython.int:
    """Destination and originator (9.2.3.24.3, 9.2.3.24.4)."""
    _take_one(r, DESTINATION_PORT, destination, position)
    return _take_one(r, SOURCE_PORT, source, 0)
