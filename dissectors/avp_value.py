"""The values of AVPs into columns, by the decoder that diameter_fields.py names."""

import cython

if not cython.compiled:
    from dissectors.columns import Table
    from dissectors.digits import (
        address,
        cell,
        decimal,
        eps_cell,
        hex_list,
        may_append,
        number,
        plmn_number,
        tbcd,
        text_list,
        utf8,
    )
    from dissectors.octets import put, u32
    from dissectors.reading import Reading

from dissectors import avp_table, diameter_fields, reasons
from dissectors.diameter_fields import DIAMETER_DIGITS, DIAMETER_ROUTE_TABLE, DIAMETER_TABLE
from dissectors.interned import ROUTE_WORDS as MOST_WORDS
from dissectors.reasons import anomaly, problem

NONE = cython.declare(cython.int, reasons.NONE)
VALUE_LENGTH = cython.declare(
    cython.int, problem("diameter", "AVP's value is not of its type's length")
)
OTHER_APPLICATION = cython.declare(
    cython.int, anomaly("diameter", "application of an AVP is not the header's")
)

VENDOR_3GPP = cython.declare(cython.uint, avp_table.VENDOR_3GPP)
ROUTE_WORDS = cython.declare(cython.int, MOST_WORDS)
DECODER = cython.declare(cython.int, avp_table.DECODER)
COLUMN = cython.declare(cython.int, avp_table.COLUMN)
TEXT = cython.declare(cython.int, diameter_fields.TEXT)
TEXTS = cython.declare(cython.int, diameter_fields.TEXTS)
TBCD = cython.declare(cython.int, diameter_fields.TBCD)
NUMBER = cython.declare(cython.int, diameter_fields.NUMBER)
INTEGER = cython.declare(cython.int, diameter_fields.INTEGER)
INTEGERS = cython.declare(cython.int, diameter_fields.INTEGERS)
COUNT = cython.declare(cython.int, diameter_fields.COUNT)
PRESENT = cython.declare(cython.int, diameter_fields.PRESENT)
PLMN = cython.declare(cython.int, diameter_fields.PLMN)
CELL = cython.declare(cython.int, diameter_fields.CELL)
EPS_CELL = cython.declare(cython.int, diameter_fields.EPS_CELL)
ADDRESS = cython.declare(cython.int, diameter_fields.ADDRESS)
LENGTH = cython.declare(cython.int, diameter_fields.LENGTH)
HEX = cython.declare(cython.int, diameter_fields.HEX)
USER_NAME = cython.declare(cython.int, diameter_fields.USER_NAME)
SUBSCRIPTION_TYPE = cython.declare(cython.int, diameter_fields.SUBSCRIPTION_TYPE)
SUBSCRIPTION_DATA = cython.declare(cython.int, diameter_fields.SUBSCRIPTION_DATA)
ROUTE = cython.declare(cython.int, diameter_fields.ROUTE)
SESSION = cython.declare(cython.int, diameter_fields.SESSION)
APPLICATION = cython.declare(cython.int, diameter_fields.APPLICATION)
TPDU = cython.declare(cython.int, diameter_fields.TPDU)
SME_ADDRESS = cython.declare(cython.int, diameter_fields.SME_ADDRESS)
APPLICATION_VENDOR = cython.declare(cython.int, diameter_fields.APPLICATION_VENDOR)

IMSI = cython.declare(cython.int, DIAMETER_TABLE[0].index("imsi"))
MSISDN = cython.declare(cython.int, DIAMETER_TABLE[0].index("msisdn"))
OTHER = cython.declare(cython.int, DIAMETER_TABLE[0].index("other_application"))
USER_NAME_TEXT = cython.declare(cython.int, DIAMETER_TABLE[1].index("user_name"))
APPLICATIONS = cython.declare(cython.int, DIAMETER_TABLE[1].index("applications"))
ORIGIN_HOST = cython.declare(cython.int, DIAMETER_ROUTE_TABLE[1].index("origin_host"))
# from a number's column to that of the text which takes what does not fit
ODD = cython.declare(
    cython.int,
    DIAMETER_TABLE[1].index(f"odd_{DIAMETER_DIGITS[0]}")
    - DIAMETER_TABLE[0].index(DIAMETER_DIGITS[0]),
)
TYPE_OF_NUMBER = cython.declare(cython.int, 0x70)
ALPHANUMERIC = cython.declare(cython.int, 0x50)
SEMICOLON = cython.declare(cython.int, 59)
PRIME = cython.declare(cython.ulonglong, 0x9E3779B97F4A7C15)
ALL_BITS = cython.declare(cython.ulonglong, (1 << 64) - 1)


@cython.cfunc
@cython.nogil
def take_value(
    r: Reading, node: cython.int, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """Read an AVP's value into the open row, as the row of fields `node` says."""
    decoder: cython.int = r.diameter_fields[node, DECODER]
    column: cython.int = r.diameter_fields[node, COLUMN]
    if decoder == ROUTE:
        return _take_host(r, column, start, end)
    if decoder in (INTEGER, APPLICATION, APPLICATION_VENDOR, INTEGERS, SUBSCRIPTION_TYPE):
        if end - start != 4:
            return r.problem(VALUE_LENGTH)
        return _take_integer(r, decoder, column, u32(r, start))
    if decoder == SESSION:
        return _take_session(r, start, end)
    if decoder == USER_NAME:
        if _is_digits(r, start, end, 6, 15):
            return _put_digits(r, IMSI, start, end)
        return utf8(r, r.diameter_table, USER_NAME_TEXT, start, end)
    if decoder == PRESENT:
        return put(r.diameter_table, column, 1)
    if decoder == COUNT:
        return _count(r.diameter_table, column)
    if decoder == SUBSCRIPTION_DATA:
        return _take_subscription(r, start, end)
    if decoder == LENGTH:
        return put(r.diameter_table, column, end - start)
    if decoder in (PLMN, CELL, EPS_CELL):
        return _take_place(r, decoder, column, start, end)
    if decoder == TPDU:  # read when the subscriber is known
        r.tpdu_start, r.tpdu_end = start, end
        return 0
    if decoder == NUMBER:
        return number(r, r.diameter_table, column, column + ODD, start, end)
    return _take_text(r, decoder, column, start, end)


@cython.cfunc
@cython.nogil
def _take_text(
    r: Reading,
    decoder: cython.int,
    column: cython.int,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.int:
    if decoder == TEXT:
        return utf8(r, r.diameter_table, column, start, end)
    if decoder == TEXTS:
        return text_list(r, r.diameter_table, column, start, end)
    if decoder == TBCD:
        return tbcd(r, r.diameter_table, column, start, end)
    if decoder == HEX:
        return hex_list(r, r.diameter_table, column, start, end)
    if decoder == SME_ADDRESS:
        return _take_sme_address(r, column, start, end)
    if decoder == ADDRESS and not address(r, r.diameter_table, column, start, end):
        return r.problem(VALUE_LENGTH)
    return 0


@cython.cfunc
@cython.nogil
def _take_sme_address(
    r: Reading, column: cython.int, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """How many semi-octets, type, digits (TS 23.040 9.1.2.5); names stay in hexadecimal."""
    digits: cython.int
    if end - start < 2 or (r.data[start] + 1) // 2 != end - start - 2:
        return r.problem(VALUE_LENGTH)
    digits = r.data[start + 1] & TYPE_OF_NUMBER != ALPHANUMERIC
    if digits:
        return tbcd(r, r.diameter_table, column, start + 2, end)
    return hex_list(r, r.diameter_table, column, start + 2, end)


@cython.cfunc
@cython.nogil
def _take_integer(
    r: Reading, decoder: cython.int, column: cython.int, value: cython.uint
) -> cython.int:
    if decoder == INTEGER:
        return put(r.diameter_table, column, value)
    if decoder == INTEGERS:
        return _add_integer(r, column, value)
    if decoder == SUBSCRIPTION_TYPE:
        r.subscription_id_type = value if value < 2 else NONE
        if r.subscription_start < r.subscription_end:
            return _take_subscription(r, r.subscription_start, r.subscription_end)
    elif decoder == APPLICATION_VENDOR:
        if value != VENDOR_3GPP:
            return put(r.diameter_table, column, value)
    elif r.application == 0:  # of what a peer can do (RFC 6733 5.3)
        return _add_integer(r, APPLICATIONS, value)
    elif value != r.application:
        r.anomaly(OTHER_APPLICATION, r.message_start + 8)
        return put(r.diameter_table, OTHER, value)
    return 0


@cython.cfunc
@cython.nogil
def _add_integer(r: Reading, column: cython.int, value: cython.uint) -> cython.int:
    """Append a number to those that are there, behind a space."""
    if may_append(r, r.diameter_table, column):
        decimal(r.diameter_table, column, value)
    return 0


@cython.cfunc
@cython.nogil
def _count(table: Table, column: cython.int) -> cython.int:
    put(table, column, 0)
    table.numbers[column, table.rows] += 1
    return 0


@cython.cfunc
@cython.nogil
def _take_host(
    r: Reading, column: cython.int, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """Add a host or realm to the key by which the route is known."""
    words: cython.Py_ssize_t = 1 + (end - start + 7) // 8
    name: cython.ulonglong = column + 1
    if column == ORIGIN_HOST and r.origin_host == 0:
        r.origin_host, r.origin_host_end = start, end
    if r.route_words + words > ROUTE_WORDS:
        r.route_words = ROUTE_WORDS + 1  # too long to be known again
        return 0
    r.routes.key[r.route_words] = name << 32 | cython.cast(cython.ulonglong, end - start)
    r.route_words = r.fill_key(r.routes, r.route_words + 1, start, end)
    return 0


@cython.cfunc
@cython.nogil
def _take_session(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Where the host in a Session-Id ends, and the pattern of what follows (RFC 6733 8.8).

    How a stack forms the rest tells it from others: runs of digits and of letters count as one.
    """
    kind: cython.int
    last: cython.int = 0
    if r.session:
        return 0
    r.session = r.session_host_end = start
    while r.session_host_end < end and r.data[r.session_host_end] != SEMICOLON:
        r.session_host_end += 1
    start = r.session_host_end
    while start < end:
        kind = r.data[start]
        if 48 <= kind <= 57:
            kind = 48
        elif 65 <= kind <= 90 or 97 <= kind <= 122:
            kind = 97
        if kind != last:
            r.fingerprint = (r.fingerprint ^ kind) * PRIME & ALL_BITS
        last = kind
        start += 1
    return 0


@cython.cfunc
@cython.nogil
def _take_subscription(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Subscription-Id-Data: 0 E.164, 1 IMSI (RFC 8506 8.47); before its type it waits for that."""
    column: cython.int = MSISDN if r.subscription_id_type == 0 else IMSI
    if r.subscription_id_type == NONE:
        r.subscription_start, r.subscription_end = start, end
        return 0
    if _is_digits(r, start, end, 1, 18):
        return _put_digits(r, column, start, end)
    return utf8(r, r.diameter_table, column + ODD, start, end)


@cython.cfunc
@cython.nogil
def _take_place(
    r: Reading,
    decoder: cython.int,
    column: cython.int,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.int:
    if end - start < (3 if decoder == PLMN else 5 if decoder == CELL else 7):
        return r.problem(VALUE_LENGTH)
    if decoder == PLMN:
        return plmn_number(r, r.diameter_table, column, column + ODD, start, end)
    if decoder == CELL:
        return cell(r, r.diameter_table, column, start, end)
    return eps_cell(r, r.diameter_table, column, start, end)


@cython.cfunc
@cython.nogil
def _is_digits(
    r: Reading,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    fewest: cython.int,
    most: cython.int,
) -> cython.int:
    if not fewest <= end - start <= most:
        return 0
    while start < end:
        if not 48 <= r.data[start] <= 57:
            return 0
        start += 1
    return 1


@cython.cfunc
@cython.nogil
def _put_digits(
    r: Reading, column: cython.int, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """Digits in ASCII as a number, a 1 in front, which keeps leading zeros."""
    value: cython.longlong = 1
    while start < end:
        value = value * 10 + r.data[start] - 48
        start += 1
    return put(r.diameter_table, column, value)
