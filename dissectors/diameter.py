"""Diameter (RFC 6733): the header, and AVPs by the table of fields."""

import cython

if not cython.compiled:
    from dissectors.aside import set_aside
    from dissectors.digits import ip_address, plmn, tbcd, utf8
    from dissectors.reading import Reading
    from dissectors.sms import read_tpdu
    from dissectors.tcap import signed_64

from dissectors import field_table, fields, reasons, tags
from dissectors.fields import DIAMETER_TABLE
from dissectors.reasons import problem

NONE = cython.declare(cython.int, reasons.NONE)
CUT_SHORT = cython.declare(
    cython.int, problem("diameter", "message is shorter than its header says")
)
NOT_DIAMETER = cython.declare(cython.int, problem("diameter", "version is not 1"))
AVP_LENGTH = cython.declare(
    cython.int, problem("diameter", "AVP does not fit into its message or group")
)
AVP_VALUE = cython.declare(
    cython.int, problem("diameter", "AVP's value is not of its type's length")
)

DIAMETER = cython.declare(cython.int, tags.DIAMETER_USER)
BEHIND = cython.declare(cython.int, problem("diameter", "octets behind the end of the message"))

VENDOR_3GPP = cython.declare(cython.uint, tags.VENDOR_3GPP)
FROM_3GPP = cython.declare(cython.int, tags.FROM_3GPP)
# AVPs that are or may hold a short message (TS 29.338 5.3.3; RFC 6733 7.5)
SM_RP_UI = cython.declare(cython.uint, tags.avp_code("SM-RP-UI") - tags.FROM_3GPP)
SM_FAILURE = cython.declare(
    cython.uint, tags.avp_code("SM-Delivery-Failure-Cause") - tags.FROM_3GPP
)
FAILED_AVP = cython.declare(cython.uint, tags.avp_code("Failed-AVP"))
OTHER_VENDOR = cython.declare(cython.int, 1 << 29)
TAG = cython.declare(cython.int, field_table.TAG)
FIRST_CHILD = cython.declare(cython.int, field_table.FIRST_CHILD)
CHILDREN = cython.declare(cython.int, field_table.CHILDREN)
DECODER = cython.declare(cython.int, field_table.DECODER)
COLUMN = cython.declare(cython.int, field_table.COLUMN)
TBCD = cython.declare(cython.int, fields.TBCD)
INTEGER = cython.declare(cython.int, fields.INTEGER)
PRESENT = cython.declare(cython.int, fields.PRESENT)
PLMN = cython.declare(cython.int, fields.PLMN)
TEXT = cython.declare(cython.int, fields.TEXT)
SUBSCRIPTION_TYPE = cython.declare(cython.int, fields.SUBSCRIPTION_TYPE)
SUBSCRIPTION_DATA = cython.declare(cython.int, fields.SUBSCRIPTION_DATA)
TPDU = cython.declare(cython.int, fields.TPDU)
# MT-Forward-Short-Message (TS 29.338 6.2); the other command with an SM-RP-UI is MO
TO_SUBSCRIBER = cython.declare(cython.uint, 8388646)

FRAME = cython.declare(cython.int, DIAMETER_TABLE[0].index("frame"))
MESSAGE = cython.declare(cython.int, DIAMETER_TABLE[0].index("message"))
SEEN_AT = cython.declare(cython.int, DIAMETER_TABLE[0].index("seen_at"))
IS_REQUEST = cython.declare(cython.int, DIAMETER_TABLE[0].index("is_request"))
COMMAND_CODE = cython.declare(cython.int, DIAMETER_TABLE[0].index("command_code"))
APPLICATION_ID = cython.declare(cython.int, DIAMETER_TABLE[0].index("application_id"))
HOP_BY_HOP = cython.declare(cython.int, DIAMETER_TABLE[0].index("hop_by_hop"))
END_TO_END = cython.declare(cython.int, DIAMETER_TABLE[0].index("end_to_end"))
DIGEST = cython.declare(cython.int, DIAMETER_TABLE[0].index("digest"))
SOURCE_ADDRESS = cython.declare(cython.int, DIAMETER_TABLE[1].index("source_address"))
DESTINATION_ADDRESS = cython.declare(cython.int, DIAMETER_TABLE[1].index("destination_address"))
USER_NAME = cython.declare(cython.int, DIAMETER_TABLE[1].index("user_name"))
IMSI = cython.declare(cython.int, DIAMETER_TABLE[1].index("imsi"))
MSISDN = cython.declare(cython.int, DIAMETER_TABLE[1].index("msisdn"))


@cython.cfunc
@cython.nogil
def read_diameter(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Read one message (RFC 6733 3) into a row."""
    length: cython.Py_ssize_t
    problems: cython.Py_ssize_t = r.problem_table.rows
    anomalies: cython.Py_ssize_t = r.anomaly_table.rows
    r.message += 1
    if end - start < 20:
        return r.problem(CUT_SHORT)
    if r.data[start] != 1:
        return r.problem(NOT_DIAMETER)
    length = r.u24(start + 1)
    if length < 20 or length > end - start:
        return r.problem(CUT_SHORT)
    r.text_start = r.text_end = 0
    r.subscription_id_type = NONE
    r.tpdu_start = r.tpdu_end = 0
    r.message_start = start
    r.component_id = r.diameter_table.first_id + r.diameter_table.rows
    _put_header(r, start)
    _read_avps(r, 0, start + 20, start + length)
    if r.tpdu_start:
        _read_short_message(r, start)
    r.diameter_table.put(DIGEST, signed_64(r.digest(start, start + length)))
    r.diameter_table.end_row()
    if length < end - start:
        r.problem(BEHIND)
    if r.anomaly_table.rows > anomalies or r.problem_table.rows > problems:
        set_aside(r, anomalies, problems, DIAMETER, start, start + length)
    return 0


@cython.cfunc
@cython.nogil
def _put_header(r: Reading, start: cython.Py_ssize_t) -> cython.int:
    r.diameter_table.put(FRAME, r.frame)
    r.diameter_table.put(MESSAGE, r.message)
    r.diameter_table.put(SEEN_AT, r.seen_at)
    ip_address(r, r.diameter_table, SOURCE_ADDRESS, 0)
    ip_address(r, r.diameter_table, DESTINATION_ADDRESS, 16)
    r.diameter_table.put(IS_REQUEST, r.data[start + 4] >> 7)
    r.diameter_table.put(COMMAND_CODE, r.u24(start + 5))
    r.diameter_table.put(APPLICATION_ID, r.u32(start + 8))
    r.diameter_table.put(HOP_BY_HOP, r.u32(start + 12))
    return r.diameter_table.put(END_TO_END, r.u32(start + 16))


@cython.cfunc
@cython.nogil
def _read_avps(
    r: Reading, parent: cython.int, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """The AVPs of a message or group (RFC 6733 4.1); padding to 4 is outside an AVP's length."""
    node: cython.int
    header: cython.int
    length: cython.Py_ssize_t
    while end - position >= 8:
        header = 12 if r.data[position + 4] & 0x80 else 8
        length = r.u24(position + 5)
        if length < header or length > end - position:
            r.hide(position, end)
            return r.problem(AVP_LENGTH)
        node = _find(r, parent, position)
        if node >= 0:
            _take(r, node, position + header, position + length)
            if r.diameter_fields[node, CHILDREN]:
                r.subscription_id_type = NONE
                _read_avps(r, node, position + header, position + length)
        elif _may_hold_text(r.u32(position)):
            r.hide(position + header, position + length)
        position += (length + 3) // 4 * 4
    return r.problem(AVP_LENGTH) if position < end else 0


@cython.cfunc
@cython.nogil
def _find(r: Reading, parent: cython.int, position: cython.Py_ssize_t) -> cython.int:
    """The child with the code and vendor of the AVP at `position`, or NONE."""
    first: cython.int = r.diameter_fields[parent, FIRST_CHILD]
    i: cython.int
    code: cython.longlong = r.u32(position)
    if code >= FROM_3GPP:
        return NONE
    if r.data[position + 4] & 0x80:
        code |= FROM_3GPP if r.u32(position + 8) == VENDOR_3GPP else OTHER_VENDOR
    for i in range(first, first + r.diameter_fields[parent, CHILDREN]):
        if r.diameter_fields[i, TAG] == code:
            return i
    return NONE


@cython.cfunc
@cython.nogil
def _take(
    r: Reading, node: cython.int, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    decoder: cython.int = r.diameter_fields[node, DECODER]
    column: cython.int = r.diameter_fields[node, COLUMN]
    if decoder == TEXT:
        if column == USER_NAME and _is_imsi(r, start, end):
            column = IMSI
        return utf8(r, r.diameter_table, column, start, end)
    if decoder in (INTEGER, SUBSCRIPTION_TYPE):
        if end - start != 4:
            return r.problem(AVP_VALUE)
        if decoder == INTEGER:
            return r.diameter_table.put(column, r.u32(start))
        r.subscription_id_type = r.u32(start) if r.u32(start) < 2 else NONE
    elif decoder == SUBSCRIPTION_DATA:
        return _take_subscription(r, start, end)
    elif decoder == TBCD:
        return tbcd(r, r.diameter_table, column, start, end)
    elif decoder == PLMN:
        return plmn(r, r.diameter_table, column, start, end)
    elif decoder == TPDU:  # read when the subscriber is known
        r.hide(start, end)
        r.tpdu_start, r.tpdu_end = start, end
    elif decoder == PRESENT:
        return r.diameter_table.put(column, 1)
    return 0


@cython.cfunc
@cython.nogil
def _read_short_message(r: Reading, start: cython.Py_ssize_t) -> cython.int:
    """Read the SM-RP-UI of the message that begins at `start` (TS 29.338 5.3.3.8)."""
    terminated: cython.int = r.u24(start + 5) == TO_SUBSCRIBER
    answers: cython.int = not r.data[start + 4] >> 7
    party: cython.longlong = _digits(r, IMSI)
    if party == NONE:
        party = _digits(r, MSISDN)
    return read_tpdu(r, r.tpdu_start, r.tpdu_end, terminated != answers, answers, party)


@cython.cfunc
@cython.nogil
def _digits(r: Reading, column: cython.int) -> cython.longlong:
    """A text of the open row as a number, a 1 in front; NONE where it is not set."""
    value: cython.longlong = 1
    i: cython.int
    start: cython.int = r.diameter_table.offsets[column, r.diameter_table.rows]
    end: cython.int = r.diameter_table.used[column]
    if not r.diameter_table.text_set[column, r.diameter_table.rows]:
        return NONE
    for i in range(start, min(end, start + 15)):
        value = value * 10 + (r.diameter_table.text[column, i] & 15)
    return value


@cython.cfunc
@cython.nogil
def _take_subscription(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Subscription-Id-Data behind its type: 0 E.164, 1 IMSI (RFC 8506 8.47)."""
    if r.subscription_id_type == 0:
        return utf8(r, r.diameter_table, MSISDN, start, end)
    if r.subscription_id_type == 1:
        return utf8(r, r.diameter_table, IMSI, start, end)
    return 0


@cython.cfunc
@cython.nogil
def _is_imsi(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """6 to 15 digits and nothing else."""
    if not 6 <= end - start <= 15:
        return 0
    while start < end:
        if not 48 <= r.data[start] <= 57:
            return 0
        start += 1
    return 1


@cython.cfunc
@cython.nogil
def _may_hold_text(code: cython.uint) -> cython.int:
    """Whatever vendor is named: a wrong one makes text no less a text."""
    return code in (SM_RP_UI, SM_FAILURE, FAILED_AVP)
