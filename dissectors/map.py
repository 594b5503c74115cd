"""MAP (3GPP TS 29.002): the arguments and results of operations, by the table of fields."""

import cython

if not cython.compiled:
    from dissectors.ber import read_element
    from dissectors.digits import cell, number, plmn, plmn_number, tbcd
    from dissectors.reading import Reading
    from dissectors.sms import read_tpdu

from dissectors import fields, reasons, tags
from dissectors.fields import MAP_TABLE
from dissectors.reasons import problem

NONE = cython.declare(cython.int, reasons.NONE)
CUT_SHORT = cython.declare(cython.int, problem("map", "element does not fit into its parameter"))
VALUE_RANGE = cython.declare(cython.int, problem("map", "number is not from 0 to 255"))
UNKNOWN_OPERATION = cython.declare(cython.int, problem("map", "operation is not in TS 29.002"))

TAG = cython.declare(cython.int, tags.TAG)
FIRST_CHILD = cython.declare(cython.int, tags.FIRST_CHILD)
CHILDREN = cython.declare(cython.int, tags.CHILDREN)
DECODER = cython.declare(cython.int, tags.DECODER)
COLUMN = cython.declare(cython.int, tags.COLUMN)
FLAG_BITS = cython.declare(cython.int, tags.FLAG_BITS)
FIRST_FLAG = cython.declare(cython.int, MAP_TABLE[0].index(fields.FLAGS[0]))
TBCD = cython.declare(cython.int, fields.TBCD)
ADDRESS = cython.declare(cython.int, fields.ADDRESS)
INTEGER = cython.declare(cython.int, fields.INTEGER)
PLMN = cython.declare(cython.int, fields.PLMN)
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
OPERATIONS = cython.declare(cython.int, tags.OPERATIONS)


@cython.cfunc
@cython.nogil
def read_argument(
    r: Reading, opcode: cython.int, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Read an invoke's parameter into the open row; the position up to which it was understood."""
    return _read_parameter(r, opcode, 0, position, end)


@cython.cfunc
@cython.nogil
def read_result(
    r: Reading, opcode: cython.int, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Read a result's parameter into the open row; the position up to which it was understood."""
    return _read_parameter(r, opcode, 1, position, end)


@cython.cfunc
@cython.nogil
def _read_parameter(
    r: Reading,
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
        row = (opcode * 2 + part) * 2 + _is_old(r)
    if not 0 <= opcode < OPERATIONS or _is_unknown(r, opcode):
        r.hide(position, end)
        r.problem(UNKNOWN_OPERATION)
        return after
    if r.map_fields[row, DECODER] == SECRET:
        r.hide(position, end)
    _read_fields(r, row, position, after)
    return after


@cython.cfunc
@cython.nogil
def _is_unknown(r: Reading, opcode: cython.int) -> cython.int:
    i: cython.int
    for i in range(opcode * 4, opcode * 4 + 4):
        if r.map_fields[i, CHILDREN]:
            return 0
    return 1


@cython.cfunc
@cython.nogil
def _is_old(r: Reading) -> cython.int:
    """Whether the dialogue is said to be of version 1 or 2."""
    return 0 <= r.version < 3


@cython.cfunc
@cython.nogil
def _read_fields(
    r: Reading, parent: cython.int, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """Follow the elements of one level; the order of the specification tells like tags apart."""
    node: cython.int
    expected: cython.int = 0
    content: cython.Py_ssize_t
    content_end: cython.Py_ssize_t
    while position < end:
        position = read_element(r, position, end)
        if position == 0:
            return r.problem(CUT_SHORT)
        node = _find(r, parent, expected)
        if node < 0:
            continue
        expected = node - r.map_fields[parent, FIRST_CHILD] + 1
        content, content_end = r.content, r.content_end
        _take(r, node, content, content_end)
        if r.map_fields[node, CHILDREN]:
            _read_fields(r, node, content, content_end)
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
    r: Reading, node: cython.int, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    decoder: cython.int = r.map_fields[node, DECODER]
    column: cython.int = r.map_fields[node, COLUMN]
    _set_flags(r, r.map_fields[node, FLAG_BITS])
    if decoder == NUMBER:
        return number(r, r.map_table, column, column + ODD, start, end)
    if decoder == ADDRESS_NUMBER:
        return number(r, r.map_table, column, column + ODD, start + 1, end)
    if decoder == PLMN_NUMBER:
        return plmn_number(r, r.map_table, column, column + ODD, start, end)
    if decoder == TBCD:
        return tbcd(r, r.map_table, column, start, end)
    if decoder == ADDRESS:
        return tbcd(r, r.map_table, column, start + 1, end)
    if decoder == INTEGER:
        return _take_integer(r, column, start, end)
    if decoder == PLMN:
        return plmn(r, r.map_table, column, start, end)
    if decoder == CELL:
        return cell(r, r.map_table, column, start, end)
    if decoder == TPDU:
        return read_tpdu(r, start, end)
    return 0


@cython.cfunc
@cython.nogil
def _set_flags(r: Reading, bits: cython.int) -> cython.int:
    column: cython.int = FIRST_FLAG
    while bits:
        if bits & 1:
            r.map_table.put(column, 1)
        bits >>= 1
        column += 1
    return 0


@cython.cfunc
@cython.nogil
def _take_integer(
    r: Reading, column: cython.int, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """INTEGER, ENUMERATED, or an OCTET STRING of one octet, which is unsigned."""
    if end == start + 1:
        return r.map_table.put(column, r.data[start])
    if end == start + 2 and r.data[start] == 0:
        return r.map_table.put(column, r.data[start + 1])
    return r.problem(VALUE_RANGE)
