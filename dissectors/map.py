"""MAP and CAP (3GPP TS 29.002, 29.078): arguments and results, by the table of fields."""

import cython

if not cython.compiled:
    from dissectors.ber import integer, read_element
    from dissectors.columns import Table
    from dissectors.digits import (
        cell,
        eps_cell,
        gsn_address,
        isup_number,
        number,
        number_list,
        plmn_number,
        tbcd,
        utf8,
    )
    from dissectors.octets import put
    from dissectors.reading import Reading
    from dissectors.sms import read_map_tpdu
    from dissectors.ussd import read_ussd

from dissectors import field_table, fields, reasons, tags
from dissectors.fields import MAP_TABLE
from dissectors.reasons import anomaly, problem

NONE = cython.declare(cython.int, reasons.NONE)
CUT_SHORT = cython.declare(cython.int, problem("map", "element does not fit into its parameter"))
VALUE_RANGE = cython.declare(cython.int, problem("map", "number is out of its range"))
UNKNOWN_OPERATION = cython.declare(cython.int, problem("map", "operation is not in TS 29.002"))

UNKNOWN = cython.declare(cython.int, anomaly("map", "element that the specification does not have"))
TWICE = cython.declare(cython.int, anomaly("map", "element that is there twice"))
ORDER = cython.declare(cython.int, anomaly("map", "element out of its order"))
MANY = cython.declare(cython.int, field_table.MANY)

TAG = cython.declare(cython.int, field_table.TAG)
FIRST_CHILD = cython.declare(cython.int, field_table.FIRST_CHILD)
CHILDREN = cython.declare(cython.int, field_table.CHILDREN)
DECODER = cython.declare(cython.int, field_table.DECODER)
COLUMN = cython.declare(cython.int, field_table.COLUMN)
FLAG_BITS = cython.declare(cython.int, field_table.FLAG_BITS)
HIGH_FLAG_BITS = cython.declare(cython.int, field_table.HIGH_FLAG_BITS)
LOW_FLAGS = cython.declare(cython.int, field_table.LOW_FLAGS)
ERROR_ROWS = cython.declare(cython.int, field_table.ERROR_ROWS)
FLAGS = cython.declare(cython.int, MAP_TABLE[0].index("flags"))
MOST_PACKED = cython.declare(cython.int, (1 << fields.PACKED_WIDTH) - 1)
FIRST_FLAG = cython.declare(cython.int, len(fields.PACKED) * fields.PACKED_WIDTH)
FORWARDED_TO_NATURE = cython.declare(cython.int, MAP_TABLE[0].index("forwarded_to_nature"))
TBCD = cython.declare(cython.int, fields.TBCD)
ADDRESS = cython.declare(cython.int, fields.ADDRESS)
INTEGER = cython.declare(cython.int, fields.INTEGER)
CELL = cython.declare(cython.int, fields.CELL)
TPDU = cython.declare(cython.int, fields.TPDU)
NUMBER = cython.declare(cython.int, fields.NUMBER)
ADDRESS_NUMBER = cython.declare(cython.int, fields.ADDRESS_NUMBER)
PLMN_NUMBER = cython.declare(cython.int, fields.PLMN_NUMBER)
# from a number's column to that of the text which takes what does not fit
ODD = cython.declare(
    cython.int,
    MAP_TABLE[1].index(f"odd_{fields.DIGITS[0]}") - MAP_TABLE[0].index(fields.DIGITS[0]),
)
SECRET = cython.declare(cython.int, fields.SECRET)
LOW = cython.declare(cython.longlong, 0xFFFFFFFF)
CAP = cython.declare(cython.int, tags.CAP_USER)
CAP_ROWS = cython.declare(cython.int, field_table.CAP_ROWS)
ISUP_NUMBER = cython.declare(cython.int, fields.ISUP_NUMBER)
CAUSE = cython.declare(cython.int, fields.CAUSE)
UNSIGNED = cython.declare(cython.int, fields.UNSIGNED)
FIRST_OCTET = cython.declare(cython.int, fields.FIRST_OCTET)
BITS = cython.declare(cython.int, fields.BITS)
GSN_ADDRESS = cython.declare(cython.int, fields.GSN_ADDRESS)
TYPED_ADDRESS = cython.declare(cython.int, fields.TYPED_ADDRESS)
EPS_CELL = cython.declare(cython.int, fields.EPS_CELL)
LIST = cython.declare(cython.int, fields.LIST)
FOUR_OCTETS = cython.declare(cython.int, fields.FOUR_OCTETS)
EIGHT_OCTETS = cython.declare(cython.int, fields.EIGHT_OCTETS)
TRUTH = cython.declare(cython.int, fields.TRUTH)
TEXT = cython.declare(cython.int, fields.TEXT)
PACKED_INTEGER = cython.declare(cython.int, fields.PACKED_INTEGER)
PACKED_COUNT = cython.declare(cython.int, fields.PACKED_COUNT)
PACKED_BITS = cython.declare(cython.int, fields.PACKED_BITS)
NOTHING = cython.declare(cython.int, fields.NOTHING)
CONSTANT = cython.declare(cython.int, fields.CONSTANT)
ONE = cython.declare(cython.longlong, 1)
USSD = cython.declare(cython.int, fields.USSD)
USSD_CODING = cython.declare(cython.int, fields.USSD_CODING)
USSD_IA5 = cython.declare(cython.int, fields.USSD_IA5)
OPERATIONS = cython.declare(cython.int, field_table.OPERATIONS)


@cython.cfunc
@cython.nogil
def read_argument(
    r: Reading,
    table: Table,
    opcode: cython.int,
    position: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Read an invoke's parameter into the open row; the position up to which it was understood."""
    return _read_parameter(r, table, opcode, 0, position, end)


@cython.cfunc
@cython.nogil
def read_result(
    r: Reading,
    table: Table,
    opcode: cython.int,
    position: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Read a result's parameter into the open row; the position up to which it was understood."""
    return _read_parameter(r, table, opcode, 1, position, end)


@cython.cfunc
@cython.nogil
def read_error_parameter(
    r: Reading,
    table: Table,
    code: cython.int,
    position: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Read an error's parameter into the open row; the position up to which it was understood."""
    after: cython.Py_ssize_t = read_element(r, position, end)
    row: cython.int = NONE
    if after == 0:
        r.problem(CUT_SHORT)
        return position
    if r.user != CAP and 0 <= code < OPERATIONS:
        row = ERROR_ROWS + code * 2 + (0 <= r.version < 3)
    if row == NONE or not r.map_fields[row, CHILDREN] or r.map_fields[row, DECODER] == SECRET:
        r.hide(position, after)
    if row != NONE:
        _read_fields(r, table, row, position, after)
    return after


@cython.cfunc
@cython.nogil
def _read_parameter(
    r: Reading,
    table: Table,
    opcode: cython.int,
    part: cython.int,
    position: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    after: cython.Py_ssize_t = read_element(r, position, end)
    row: cython.int = 0
    if after == 0:
        r.problem(CUT_SHORT)
        return position
    if 0 <= opcode < OPERATIONS:
        row = (opcode * 2 + part) * 2 + _first_row(r)
    if not 0 <= opcode < OPERATIONS or _is_unknown(r, row // 4 * 4):
        r.hide(position, end)
        r.problem(UNKNOWN_OPERATION)
        return after
    if r.map_fields[row, DECODER] == SECRET:
        r.hide(position, end)
    _read_fields(r, table, row, position, after)
    return after


@cython.cfunc
@cython.nogil
def _is_unknown(r: Reading, row: cython.int) -> cython.int:
    i: cython.int
    for i in range(row, row + 4):
        if r.map_fields[i, CHILDREN]:
            return 0
    return 1


@cython.cfunc
@cython.nogil
def _first_row(r: Reading) -> cython.int:
    """Where the rows for the dialogue's user begin; MAP of versions 1 and 2 has its own."""
    if r.user == CAP:
        if not r.has_cap_fields:
            with cython.gil:
                r.take_cap_fields()
        return CAP_ROWS
    return 0 <= r.version < 3


@cython.cfunc
@cython.nogil
def _read_fields(
    r: Reading,
    table: Table,
    parent: cython.int,
    position: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.int:
    """Follow the elements of one level; the order of the specification tells like tags apart."""
    node: cython.int
    expected: cython.int = 0
    content: cython.Py_ssize_t
    content_end: cython.Py_ssize_t
    start: cython.Py_ssize_t
    first: cython.int = r.map_fields[parent, FIRST_CHILD]
    known: cython.int = r.map_fields[parent, CHILDREN]
    many: cython.int = r.map_fields[parent, FLAG_BITS] & MANY
    while position < end:
        start = position
        position = read_element(r, position, end)
        if position == 0:
            return r.problem(CUT_SHORT)
        node = _find(r, parent, expected)
        if node < 0:
            if known:
                r.anomaly(UNKNOWN, start)
            continue
        if node < first + expected and not many:
            r.anomaly(TWICE if node == first + expected - 1 else ORDER, start)
        expected = node - first + 1
        content, content_end = r.content, r.content_end
        _take(r, table, node, content, content_end)
        if r.map_fields[node, CHILDREN]:
            _read_fields(r, table, node, content, content_end)
    return 0


@cython.cfunc
@cython.nogil
def _find(r: Reading, parent: cython.int, expected: cython.int) -> cython.int:
    """The child with the tag read last, from the expected one on, else from the first; or NONE."""
    first: cython.int = r.map_fields[parent, FIRST_CHILD]
    i: cython.int
    for i in range(expected, r.map_fields[parent, CHILDREN]):
        if r.map_fields[first + i, TAG] == r.tag:
            return first + i
    for i in range(expected):
        if r.map_fields[first + i, TAG] == r.tag:
            return first + i
    return NONE


@cython.cfunc
@cython.nogil
def _take(
    r: Reading, table: Table, node: cython.int, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    decoder: cython.int = r.map_fields[node, DECODER]
    column: cython.int = r.map_fields[node, COLUMN]
    flags: cython.longlong = r.map_fields[node, FLAG_BITS] & (MANY - 1)
    flags |= cython.cast(cython.longlong, r.map_fields[node, HIGH_FLAG_BITS]) << LOW_FLAGS
    if flags and not (decoder == TRUTH and start < end and r.data[start] == 0):
        _add_to_flags(table, flags << FIRST_FLAG)
    if decoder in (NOTHING, TRUTH, SECRET):
        return 0
    if decoder == NUMBER:
        return number(r, table, column, column + ODD, start, end)
    if decoder == ADDRESS_NUMBER:
        return number(r, table, column, column + ODD, start + 1, end)
    if decoder == PLMN_NUMBER:
        return plmn_number(r, table, column, column + ODD, start, end)
    if decoder == TBCD:
        return tbcd(r, table, column, start, end)
    if decoder == ADDRESS:
        return tbcd(r, table, column, start + 1, end)
    if decoder == INTEGER:
        return _take_integer(r, table, column, start, end)
    if decoder == TPDU:
        return read_map_tpdu(r, start, end)
    if decoder >= CONSTANT:
        return put(table, column, decoder - CONSTANT)
    return _take_rare(r, table, decoder, column, start, end)


@cython.cfunc
@cython.nogil
def _take_rare(
    r: Reading,
    table: Table,
    decoder: cython.int,
    column: cython.int,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.int:
    if decoder == USSD:
        return read_ussd(r, start, end, r.ussd_coding)
    if decoder == USSD_IA5:
        return read_ussd(r, start, end, NONE)
    if decoder == USSD_CODING:
        r.ussd_coding = r.data[start] if start < end else 0
        return 0
    if decoder == CELL:
        return cell(r, table, column, start, end)
    if decoder == EPS_CELL:
        return eps_cell(r, table, column, start, end)
    if decoder == ISUP_NUMBER:
        return isup_number(r, table, column, start, end)
    if decoder == CAUSE:
        return _take_cause(r, table, column, start, end)
    if decoder == UNSIGNED:
        if not start < end <= start + 4 and not (end == start + 5 and r.data[start] == 0):
            return r.problem(VALUE_RANGE)
        return put(table, column, integer(r, start, end) & LOW)
    if decoder == FOUR_OCTETS:
        return _take_octets(r, table, column, start, end, 4)
    if decoder == EIGHT_OCTETS:
        return _take_octets(r, table, column, start, end, 8)
    if decoder == FIRST_OCTET:
        return put(table, column, r.data[start]) if start < end else 0
    if decoder == BITS:
        return _take_bits(r, table, column, start, end)
    if decoder == GSN_ADDRESS:
        return gsn_address(r, table, column, start, end)
    if decoder == LIST:
        return number_list(r, table, column, start, end)
    if decoder == TEXT:
        return utf8(r, table, column, start, end)
    if decoder == TYPED_ADDRESS:
        if start < end:
            put(table, FORWARDED_TO_NATURE, r.data[start] >> 4 & 7)
        return tbcd(r, table, column, start + 1, end)
    return _take_packed(r, table, decoder, column, start, end)


@cython.cfunc
@cython.nogil
def _take_packed(
    r: Reading,
    table: Table,
    decoder: cython.int,
    shift: cython.int,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.int:
    """A small number into its bits of the column `flags`; what is greater is as great as fits."""
    value: cython.longlong = 0
    if decoder == PACKED_COUNT:
        value = min(_count(r, start, end), MOST_PACKED)
    elif decoder == PACKED_INTEGER and end == start + 1:
        value = min(r.data[start], MOST_PACKED - 1) + 1  # 0 is for what is not there
    elif decoder == PACKED_BITS and end > start + 1:
        value = _reversed(r.data[start + 1]) & MOST_PACKED
    if (
        table.number_set[FLAGS, table.rows]
        and table.numbers[FLAGS, table.rows] >> shift & MOST_PACKED
    ):
        return 0  # the first value stays
    return _add_to_flags(table, value << shift)


@cython.cfunc
@cython.nogil
def _count(r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """The elements that stand here."""
    number_of: cython.int = 0
    while position < end:
        position = read_element(r, position, end)
        if position == 0:
            break
        number_of += 1
    return number_of


@cython.cfunc
@cython.nogil
def _add_to_flags(table: Table, bits: cython.longlong) -> cython.int:
    if not table.number_set[FLAGS, table.rows]:
        table.number_set[FLAGS, table.rows] = 1
        table.numbers[FLAGS, table.rows] = bits
    else:
        table.numbers[FLAGS, table.rows] |= bits
    return 0


@cython.cfunc
@cython.nogil
def _take_octets(
    r: Reading,
    table: Table,
    column: cython.int,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    most: cython.int,
) -> cython.int:
    """At most 4 or 8 octets, as the column has room, as an unsigned number."""
    value: cython.longlong = integer(r, start, end)
    if not start < end <= start + most:
        return r.problem(VALUE_RANGE)
    if value < 0 and end < start + 8:
        value += ONE << 8 * (end - start)
    return put(table, column, value)


@cython.cfunc
@cython.nogil
def _take_bits(
    r: Reading, table: Table, column: cython.int, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """A BIT STRING, its bit n as that of the number; the first 32 where there are more."""
    value: cython.longlong = 0
    shift: cython.int = 0
    if start >= end:
        return 0
    start += 1  # behind the number of bits that are not used
    while start < end and shift < 32:
        value |= cython.cast(cython.longlong, _reversed(r.data[start])) << shift
        start += 1
        shift += 8
    return put(table, column, value)


@cython.cfunc
@cython.nogil
def _reversed(octet: cython.int) -> cython.int:
    """The octet with its bits the other way round."""
    bit: cython.int
    value: cython.int = 0
    for bit in range(8):
        value |= (octet >> bit & 1) << (7 - bit)
    return value


@cython.cfunc
@cython.nogil
def _take_integer(
    r: Reading, table: Table, column: cython.int, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """INTEGER, ENUMERATED, or an OCTET STRING of one octet, which is unsigned."""
    if end == start + 1:
        return put(table, column, r.data[start])
    if end == start + 2 and r.data[start] == 0:
        return put(table, column, r.data[start + 1])
    return r.problem(VALUE_RANGE)


@cython.cfunc
@cython.nogil
def _take_cause(
    r: Reading,
    table: Table,
    column: cython.int,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.int:
    """The value of a cause, behind one octet or two (Q.850 2.2)."""
    if start < end and not r.data[start] & 0x80:
        start += 1
    return put(table, column, r.data[start + 1] & 0x7F) if end - start >= 2 else 0
