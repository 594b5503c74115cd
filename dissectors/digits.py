"""Numbers as networks pack them: telephony BCD, PLMN identities, cells, IP addresses, OIDs."""

import cython

if not cython.compiled:
    from dissectors.columns import Table
    from dissectors.octets import put, u16
    from dissectors.reading import Reading

from dissectors.reasons import problem

ARC_BITS = cython.declare(cython.ulonglong, (1 << 57) - 1)
FILLER = cython.declare(cython.int, 15)
MOST_OCTETS = cython.declare(cython.int, 20)  # maxAddressLength, TS 29.002 17.7.8

TOO_LONG = cython.declare(cython.int, problem("map", "more than 40 digits"))
DOT = cython.declare(cython.int, 46)
SPACE = cython.declare(cython.int, 32)
THIRD = cython.declare(cython.int, 32)  # of a reading's addresses: behind source and destination
BACKSLASH = cython.declare(cython.int, 92)
LETTER_X = cython.declare(cython.int, 120)


@cython.cfunc
@cython.nogil
def sign(nibble: cython.int) -> cython.uchar:
    """The letter for a TBCD digit: 10 to 14 are *, #, a, b, c (TS 29.002 17.7.8)."""
    if nibble < 10:
        return 48 + nibble
    if nibble == 10:
        return 42
    if nibble == 11:
        return 35
    return 85 + nibble


@cython.cfunc
@cython.nogil
def tbcd(
    r: Reading, table: Table, column: cython.int, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """Write the digits of a TBCD-STRING (TS 29.002 17.7.8); a filler ends it."""
    octet: cython.int
    if end - start > MOST_OCTETS:
        return r.problem(TOO_LONG)
    position: cython.int
    if start >= end or r.data[start] & 15 == FILLER or not table.start(column):
        return 0
    position = table.room(column, 2 * (end - start))
    while start < end:
        octet = r.data[start]
        start += 1
        if octet & 15 == FILLER:
            break
        table.text[column, position] = sign(octet & 15)
        position += 1
        if octet >> 4 == FILLER:
            break
        table.text[column, position] = sign(octet >> 4)
        position += 1
    table.used[column] = position
    return 0


@cython.cfunc
@cython.nogil
def number(
    r: Reading,
    table: Table,
    column: cython.int,
    odd: cython.int,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.int:
    """Write the digits of a TBCD-STRING as a number, a 1 in front, which keeps leading zeros.

    More than 18 of them, or a sign that is no digit, go as text into the column `odd`.
    """
    value: cython.longlong = 1
    octet: cython.int
    position: cython.Py_ssize_t = start
    if start >= end or _has_number(table, column, odd):
        return 0
    if end - start > 9:
        return tbcd(r, table, odd, start, end)
    while position < end:
        octet = r.data[position]
        position += 1
        if octet & 15 > 9:
            break
        value = value * 10 + (octet & 15)
        if octet >> 4 > 9:
            octet >>= 4
            break
        value = value * 10 + (octet >> 4)
    if octet & 15 > 9 and octet & 15 != FILLER:
        return tbcd(r, table, odd, start, end)
    return put(table, column, value) if value > 1 else 0


@cython.cfunc
@cython.nogil
def _has_number(table: Table, column: cython.int, odd: cython.int) -> cython.int:
    """Whether the open row has it already, as a number or as text."""
    return table.number_set[column, table.rows] or table.text_set[odd, table.rows]


@cython.cfunc
@cython.nogil
def plmn_number(
    r: Reading,
    table: Table,
    column: cython.int,
    odd: cython.int,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.int:
    """Write MCC and MNC of a PLMN-Id (TS 24.008 10.5.1.13) as a number, a 1 in front."""
    value: cython.longlong = 1
    i: cython.int
    nibble: cython.int
    octet: cython.int
    if end - start < 3 or _has_number(table, column, odd):
        return 0
    for i in range(6):
        octet = r.data[start + (1 if i == 5 else (i + (i > 2)) // 2)]
        nibble = octet >> 4 if i in (1, 4, 5) else octet & 15  # MNC's third digit comes between
        if nibble > 9 and (i != 5 or nibble != FILLER):
            return plmn(r, table, odd, start, end)
        if nibble <= 9:
            value = value * 10 + nibble
    return put(table, column, value)


@cython.cfunc
@cython.nogil
def address_signals(
    r: Reading,
    table: Table,
    column: cython.int,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    odd: cython.int,
) -> cython.int:
    """Write the digits of a global title, the last one left out if `odd` (Q.713 3.4.2.3.1)."""
    octet: cython.int
    position: cython.int
    if start >= end or not table.start(column):
        return 0
    position = table.room(column, 2 * (end - start))
    while start < end:
        octet = r.data[start]
        start += 1
        table.text[column, position] = hex_digit(octet & 15)
        position += 1
        if start < end or not odd:
            table.text[column, position] = hex_digit(octet >> 4)
            position += 1
    table.used[column] = position
    return 0


@cython.cfunc
@cython.nogil
def isup_number(
    r: Reading, table: Table, column: cython.int, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """Write the digits of a party's number as ISUP has it (Q.763 3.9, 3.10): behind two octets."""
    if end - start < 2:
        return 0
    return address_signals(r, table, column, start + 2, end, r.data[start] >> 7)


@cython.cfunc
@cython.nogil
def hex_digit(nibble: cython.int) -> cython.uchar:
    """0 to 9, a to f."""
    return 48 + nibble if nibble < 10 else 87 + nibble


@cython.cfunc
@cython.nogil
def plmn(
    r: Reading, table: Table, column: cython.int, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """Write MCC and MNC of a PLMN-Id (TS 24.008 10.5.1.13), 5 or 6 digits."""
    if end - start < 3 or not table.start(column):
        return 0
    _plmn_digits(r, table, column, start, 0)
    return 0


@cython.cfunc
@cython.nogil
def _plmn_digits(
    r: Reading, table: Table, column: cython.int, start: cython.Py_ssize_t, dash: cython.int
) -> cython.int:
    table.letter(column, hex_digit(r.data[start] & 15))
    table.letter(column, hex_digit(r.data[start] >> 4))
    table.letter(column, hex_digit(r.data[start + 1] & 15))
    if dash:
        table.letter(column, 45)
    table.letter(column, hex_digit(r.data[start + 2] & 15))
    table.letter(column, hex_digit(r.data[start + 2] >> 4))
    if r.data[start + 1] >> 4 != FILLER:
        table.letter(column, hex_digit(r.data[start + 1] >> 4))
    return 0


@cython.cfunc
@cython.nogil
def cell(
    r: Reading, table: Table, column: cython.int, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """Write a cell, service area or location area: MCC-MNC-LAC-CI (TS 23.003 4.3)."""
    if end - start < 5 or not table.start(column):
        return 0
    _plmn_digits(r, table, column, start, 1)
    table.letter(column, 45)
    decimal(table, column, u16(r, start + 3))
    if end - start >= 7:
        table.letter(column, 45)
        decimal(table, column, u16(r, start + 5))
    return 0


@cython.cfunc
@cython.nogil
def eps_cell(
    r: Reading, table: Table, column: cython.int, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """Write an E-UTRAN cell: MCC-MNC-ECI, the last of 28 bits (TS 23.003 19.6)."""
    if end - start < 7 or not table.start(column):
        return 0
    _plmn_digits(r, table, column, start, 1)
    table.letter(column, 45)
    decimal(
        table,
        column,
        cython.cast(cython.ulonglong, u16(r, start + 3) & 0xFFF) << 16 | u16(r, start + 5),
    )
    return 0


@cython.cfunc
@cython.nogil
def number_list(
    r: Reading, table: Table, column: cython.int, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """Append the digits of a TBCD-STRING to those that are there, behind a space."""
    octet: cython.int
    if end - start > MOST_OCTETS:
        return r.problem(TOO_LONG)
    if start >= end or r.data[start] & 15 == FILLER:
        return 0
    if not table.start(column):
        table.letter(column, SPACE)
    while start < end:
        octet = r.data[start]
        start += 1
        if octet & 15 == FILLER:
            break
        table.letter(column, sign(octet & 15))
        if octet >> 4 == FILLER:
            break
        table.letter(column, sign(octet >> 4))
    return 0


@cython.cfunc
@cython.nogil
def gsn_address(
    r: Reading, table: Table, column: cython.int, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """Write the address of a GSN-Address: behind an octet of type and length (TS 23.003 5.1)."""
    i: cython.int
    length: cython.int
    if end - start not in (5, 17) or not table.start(column):
        return 0
    start += 1
    length = cython.cast(cython.int, end - start)
    if length == 16:
        for i in range(16):
            r.addresses[THIRD + i] = r.data[start + i]
        return _ipv6(r, table, column, THIRD)
    for i in range(4):
        if i:
            table.letter(column, DOT)
        decimal(table, column, r.data[start + i])
    return 0


@cython.cfunc
@cython.nogil
def decimal(table: Table, column: cython.int, value: cython.ulonglong) -> cython.int:
    """Append a number in decimal."""
    if value >= 10:
        decimal(table, column, value // 10)
    table.letter(column, 48 + value % 10)
    return 0


@cython.cfunc
@cython.nogil
def ip_address(
    r: Reading, table: Table, column: cython.int, start: cython.Py_ssize_t
) -> cython.int:
    """Write the address at `start` of the reading's addresses in canonical form (RFC 5952)."""
    i: cython.int
    octet: cython.int
    position: cython.int
    if not table.start(column):
        return 0
    if r.address_length == 16:
        return _ipv6(r, table, column, start)
    position = table.room(column, 16)
    for i in range(4):
        octet = r.addresses[start + i]
        if octet >= 100:
            table.text[column, position] = 48 + octet // 100
            position += 1
        if octet >= 10:
            table.text[column, position] = 48 + octet // 10 % 10
            position += 1
        table.text[column, position] = 48 + octet % 10
        table.text[column, position + 1] = DOT
        position += 2
    table.used[column] = position - 1
    return 0


@cython.cfunc
@cython.nogil
def _ipv6(r: Reading, table: Table, column: cython.int, start: cython.Py_ssize_t) -> cython.int:
    i: cython.int
    run: cython.int = 0
    longest: cython.int = 1
    zeros_at: cython.int = -1
    for i in range(8):
        run = run + 1 if _group(r, start + 2 * i) == 0 else 0
        if run > longest:
            longest = run
            zeros_at = i + 1 - run
    i = 0
    while i < 8:
        if i == zeros_at:
            table.letter(column, 58)
            table.letter(column, 58)
            i += longest
            continue
        if (i and i != zeros_at + longest) or (i and zeros_at < 0):
            table.letter(column, 58)
        _hexadecimal(table, column, _group(r, start + 2 * i))
        i += 1
    return 0


@cython.cfunc
@cython.nogil
def _group(r: Reading, start: cython.Py_ssize_t) -> cython.uint:
    return r.addresses[start] << 8 | r.addresses[start + 1]


@cython.cfunc
@cython.nogil
def _hexadecimal(table: Table, column: cython.int, value: cython.uint) -> cython.int:
    if value >= 16:
        _hexadecimal(table, column, value >> 4)
    table.letter(column, hex_digit(value & 15))
    return 0


@cython.cfunc
@cython.nogil
def oid(
    r: Reading, table: Table, column: cython.int, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """Write an object identifier in dotted form (X.690 8.19); at most 64 octets of it."""
    arc: cython.ulonglong = 0
    first: cython.int = 1
    if not table.start(column):
        return 0
    if end - start > 64:
        end = start + 64
    while start < end:
        arc = (arc & ARC_BITS) << 7 | (r.data[start] & 0x7F)
        start += 1
        if r.data[start - 1] & 0x80:
            continue
        if first:
            decimal(table, column, arc // 40 if arc < 80 else 2)
            arc = arc % 40 if arc < 80 else arc - 80
            first = 0
        table.letter(column, 46)
        decimal(table, column, arc)
        arc = 0
    return 0


@cython.cfunc
@cython.nogil
def utf8(
    r: Reading, table: Table, column: cython.int, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """Write text that ought to be UTF-8, at most 255 octets; what is not ASCII becomes \\xNN.

    Identities in Diameter are ASCII (RFC 6733 4.3.1); an escape keeps hostile octets visible.
    """
    octet: cython.int
    position: cython.int
    if start >= end or not table.start(column):
        return 0
    if end - start > 255:
        end = start + 255
    position = table.room(column, 4 * (end - start))
    while start < end:
        octet = r.data[start]
        start += 1
        if 32 <= octet < 127 and octet != BACKSLASH:
            table.text[column, position] = octet
            position += 1
            continue
        table.text[column, position] = BACKSLASH
        table.text[column, position + 1] = LETTER_X
        table.text[column, position + 2] = hex_digit(octet >> 4)
        table.text[column, position + 3] = hex_digit(octet & 15)
        position += 4
    table.used[column] = position
    return 0
