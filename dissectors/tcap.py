"""TCAP (ITU-T Q.773): transactions and dialogue portions; component.py has the components."""

import cython

if not cython.compiled:
    from dissectors.ber import read_cut_element, read_element
    from dissectors.columns import Table
    from dissectors.component import read_components
    from dissectors.digits import oid, tbcd
    from dissectors.octets import put, u24, u32
    from dissectors.reading import Reading

from dissectors import left_alone, reasons, tags
from dissectors.fields import DIALOGUE_TABLE
from dissectors.reasons import anomaly, passed_over, problem

NONE = cython.declare(cython.int, reasons.NONE)
# tags as ber.py gives them: without the constructed bit (Q.773 3.1)
UNIDIRECTIONAL = cython.declare(cython.int, 0x41)
BEGIN = cython.declare(cython.int, 0x42)
END = cython.declare(cython.int, 0x44)
CONTINUE = cython.declare(cython.int, 0x45)
ABORT = cython.declare(cython.int, 0x47)
OTID = cython.declare(cython.int, 0x48)
DTID = cython.declare(cython.int, 0x49)
ABORT_CAUSE = cython.declare(cython.int, 0x4A)
DIALOGUE = cython.declare(cython.int, 0x4B)
COMPONENTS = cython.declare(cython.int, 0x4C)
CONSTRUCTED = cython.declare(cython.int, 0x20)
OBJECT_IDENTIFIER = cython.declare(cython.int, 0x06)
EXTERNAL = cython.declare(cython.int, 0x08)
ABRT = cython.declare(cython.int, 0x44)

SIGN = cython.declare(cython.ulonglong, 1 << 63)
ALL_BITS = cython.declare(cython.ulonglong, (1 << 64) - 1)

NOT_TCAP = cython.declare(cython.int, problem("tcap", "not an ITU TCAP message"))
CUT_SHORT = cython.declare(cython.int, problem("tcap", "element does not fit into its message"))
ID_LENGTH = cython.declare(cython.int, problem("tcap", "transaction id is not of 1 to 8 octets"))
NUMBER_RANGE = cython.declare(cython.int, problem("tcap", "identifier or code is out of range"))
SECOND_PORTION = cython.declare(
    cython.int, problem("tcap", "second component portion, it is not read")
)
BEHIND = cython.declare(cython.int, anomaly("tcap", "octets behind what was understood"))
ODD_ID = cython.declare(cython.int, anomaly("tcap", "transaction id is not of 1 to 4 octets"))
LONGER = cython.declare(cython.int, anomaly("tcap", "message longer than what carries it"))
INAP_MESSAGE = cython.declare(cython.int, passed_over("tcap", "messages of INAP"))
SUBSYSTEM = cython.declare(cython.int, left_alone.SUBSYSTEM)
USER = cython.declare(cython.int, left_alone.USER)
PACKAGE = cython.declare(cython.int, left_alone.PACKAGE)

PDU = cython.declare(cython.int, DIALOGUE_TABLE[0].index("dialogue_pdu"))
CONTEXT = cython.declare(cython.int, DIALOGUE_TABLE[0].index("application_context"))
MAP_VERSION = cython.declare(cython.int, DIALOGUE_TABLE[0].index("map_version"))
RESULT = cython.declare(cython.int, DIALOGUE_TABLE[0].index("dialogue_result"))
DIAGNOSTIC = cython.declare(cython.int, DIALOGUE_TABLE[0].index("diagnostic"))
ABORT_SOURCE = cython.declare(cython.int, DIALOGUE_TABLE[0].index("abort_source"))
CONTEXT_OID = cython.declare(cython.int, DIALOGUE_TABLE[1].index("application_context_oid"))
DESTINATION_REFERENCE = cython.declare(cython.int, DIALOGUE_TABLE[1].index("destination_reference"))
ORIGINATION_REFERENCE = cython.declare(
    cython.int, DIALOGUE_TABLE[1].index("origination_reference")
)  # fmt: skip

# whose context a dialogue portion names; noted about it: context | version << 8 | user << 16
NOBODY = cython.declare(cython.int, 0)
MAP = cython.declare(cython.int, tags.MAP_USER)
CAP = cython.declare(cython.int, tags.CAP_USER)
OTHER = cython.declare(cython.int, tags.OTHER_USER)
INAP = cython.declare(cython.int, tags.INAP_USER)
CAP_SSN = cython.declare(cython.int, 146)


@cython.cfunc
@cython.nogil
def read_tcap(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Read a TCAP message: a row for each component, or one if it has none (Q.773 3.1)."""
    position: cython.Py_ssize_t
    tag: cython.int
    user: cython.int
    components: cython.Py_ssize_t = 0
    components_end: cython.Py_ssize_t = 0
    message_end: cython.Py_ssize_t
    anomalies: cython.Py_ssize_t = r.anomaly_table.rows
    _begin(r, start)
    position = read_element(r, start, end)
    if position == 0:
        position = read_cut_element(r, start, end)
        r.anomaly(LONGER, start)
    tag = r.tag
    message_end = r.content_end
    if position == 0 or not r.constructed or not _is_message(tag):
        r.anomaly_table.back_to(anomalies)
        return _pass_over_other_format(r, start, end)
    unread: cython.Py_ssize_t = end - position
    if unread:
        r.hide(position, end)
        r.anomaly(BEHIND, position)
    position = r.content
    r.tcap_type = tag | CONSTRUCTED
    while position < message_end:
        start = position
        position = read_element(r, position, message_end)
        if position == 0:
            r.hide(start, message_end)
            r.problem(CUT_SHORT)
            break
        if r.tag == COMPONENTS and components == 0:
            components, components_end = r.content, r.content_end
        elif r.tag == COMPONENTS:
            r.hide(start, position)
            r.problem(SECOND_PORTION)
        else:
            _read_transaction_part(r)
    user = _user(r)
    r.user = user
    if user in (OTHER, INAP):
        r.anomaly_table.back_to(anomalies)
        return r.pass_over(INAP_MESSAGE if user == INAP else _other_user(r))
    if user == CAP:
        r.component_id = r.cap_table.first_id + r.cap_table.rows
        _set_ids(r.anomaly_table, anomalies, r.component_id)
        return read_components(r, r.cap_table, components, components_end, unread)
    return read_components(r, r.map_table, components, components_end, unread)


@cython.cfunc
@cython.nogil
def _set_ids(table: Table, row: cython.Py_ssize_t, component_id: cython.longlong) -> cython.int:
    """What was noted before it was known whose message this is belongs to its first component."""
    while row < table.rows:
        table.numbers[0, row] = component_id
        row += 1
    return 0


@cython.cfunc
@cython.nogil
def _begin(r: Reading, start: cython.Py_ssize_t) -> cython.int:
    """Forget the message before."""
    r.component_id = r.map_table.first_id + r.map_table.rows
    r.message_start = start
    r.anomaly_at = NONE
    r.has_otid = r.has_dtid = 0
    r.abort_cause = NONE
    r.context = r.version = NONE
    r.dialogue = NONE
    r.user = NOBODY
    return 0


@cython.cfunc
@cython.nogil
def _pass_over_other_format(
    r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """Count ANSI's packages by their first octet, and what is for subsystems without TCAP."""
    reason: cython.int = -1
    if start < end:
        reason = r.left_alone[PACKAGE, r.data[start]]
    if reason < 0 and r.called_ssn > 0:
        reason = r.left_alone[SUBSYSTEM, r.called_ssn]
    if reason < 0 and r.calling_ssn > 0:
        reason = r.left_alone[SUBSYSTEM, r.calling_ssn]
    return r.problem(NOT_TCAP) if reason < 0 else r.pass_over(reason)


@cython.cfunc
@cython.nogil
def _other_user(r: Reading) -> cython.int:
    """The reason that counts a message of a user other than MAP and CAP, by subsystem."""
    return r.left_alone[USER, r.called_ssn if r.called_ssn > 0 else r.calling_ssn]


@cython.cfunc
@cython.nogil
def _is_message(tag: cython.int) -> cython.int:
    return tag in (BEGIN, END, CONTINUE, ABORT, UNIDIRECTIONAL)


@cython.cfunc
@cython.nogil
def _read_transaction_part(r: Reading) -> cython.int:
    """The element read last: a transaction id, an abort cause or the dialogue portion."""
    if r.tag == OTID:
        if not r.has_otid:
            r.has_otid = _read_transaction_id(r)
            r.otid = r.transaction_id
    elif r.tag == DTID:
        if not r.has_dtid:
            r.has_dtid = _read_transaction_id(r)
            r.dtid = r.transaction_id
    elif r.tag == ABORT_CAUSE and r.content_end == r.content + 1:
        r.abort_cause = r.data[r.content]
    elif r.tag == DIALOGUE:
        _read_dialogue(r, r.content, r.content_end)
    else:
        r.hide(r.content, r.content_end)
    return 0


@cython.cfunc
@cython.nogil
def _read_transaction_id(r: Reading) -> cython.int:
    """1 to 4 octets; of longer ones, which attackers send, up to 8 are kept. 0 if it is no id."""
    value: cython.ulonglong = 0
    position: cython.Py_ssize_t
    length: cython.Py_ssize_t = r.content_end - r.content
    if length < 1 or length > 4:
        r.anomaly(ODD_ID, r.content)
    if length > 8 or length < 1:
        r.problem(ID_LENGTH)
        return 0
    for position in range(r.content, r.content_end):
        value = value << 8 | r.data[position]
    r.transaction_id = signed_64(value)
    return 1


@cython.cfunc
@cython.nogil
def signed_64(value: cython.ulonglong) -> cython.longlong:
    """The same 64 bits as columns keep them."""
    if value < SIGN:
        return value
    return -cython.cast(cython.longlong, ALL_BITS - value) - 1


@cython.cfunc
@cython.nogil
def _read_dialogue(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """The dialogue portion, as a row of its own where it was not met lately."""
    about: cython.longlong
    anomalies: cython.Py_ssize_t = r.anomaly_table.rows
    problems: cython.Py_ssize_t = r.problem_table.rows
    if r.dialogue != NONE:  # a second portion; the first stays
        return r.hide(start, end)
    r.dialogue = r.known(r.dialogue_portions, start, end)
    if r.dialogue == NONE:
        _read_external(r, r.dialogue_portions.table, start, end)
        about = (r.context & 0xFF) | (r.version & 0xFF) << 8 | r.user << 16
        r.dialogue = r.dialogue_portions.keep(
            about, anomalies == r.anomaly_table.rows and problems == r.problem_table.rows
        )
    elif r.dialogue_portions.about >> 16 == MAP:
        r.context = r.dialogue_portions.about & 0xFF
        r.version = r.dialogue_portions.about >> 8 & 0xFF
    r.user = r.dialogue_portions.about >> 16
    return 0


@cython.cfunc
@cython.nogil
def _read_external(
    r: Reading, table: Table, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """EXTERNAL { OID, [0] { AARQ, AARE or ABRT } } (Q.773 3.2.1)."""
    if not read_element(r, position, end) or r.tag != EXTERNAL:
        return r.problem(CUT_SHORT)
    position, end = r.content, r.content_end
    while position < end:
        position = read_element(r, position, end)
        if position == 0:
            return r.problem(CUT_SHORT)
        if r.tag == 0x80 and read_element(r, r.content, r.content_end):
            return _read_dialogue_pdu(r, table, r.content, r.content_end)
    return 0


@cython.cfunc
@cython.nogil
def _read_dialogue_pdu(
    r: Reading, table: Table, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    pdu: cython.int = r.tag
    if pdu > 255:
        return r.problem(NUMBER_RANGE)
    put(table, PDU, pdu | CONSTRUCTED)
    while position < end:
        position = read_element(r, position, end)
        if position == 0:
            return r.problem(CUT_SHORT)
        if r.tag == 0x9E:
            _read_user_information(r, table, r.content, r.content_end)
        elif pdu == ABRT and r.tag == 0x80:
            _put_code(r, table, ABORT_SOURCE)
        elif r.tag == 0x81 and r.constructed:
            if read_element(r, r.content, r.content_end) and r.tag == OBJECT_IDENTIFIER:
                _read_context(r, table, r.content, r.content_end)
        elif r.tag == 0x82 and r.constructed and read_element(r, r.content, r.content_end):
            _put_code(r, table, RESULT)
        elif r.tag == 0x83 and r.constructed and read_element(r, r.content, r.content_end):
            _read_diagnostic(r, table)
    return 0


@cython.cfunc
@cython.nogil
def _put_code(r: Reading, table: Table, column: cython.int) -> cython.int:
    """The INTEGER read last, of one octet."""
    return put(table, column, r.data[r.content]) if r.content_end == r.content + 1 else 0


@cython.cfunc
@cython.nogil
def _read_diagnostic(r: Reading, table: Table) -> cython.int:
    """dialogue-service-user [1] or -provider [2]; the provider's codes go from 16 on."""
    provider: cython.int = r.tag == 0x82
    if (
        read_element(r, r.content, r.content_end)
        and r.content_end == r.content + 1
        and r.data[r.content] < 16
    ):
        return put(table, DIAGNOSTIC, r.data[r.content] + 16 * provider)
    return 0


@cython.cfunc
@cython.nogil
def _read_context(
    r: Reading, table: Table, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """An application context: n and v of 0.4.0.0.1.0.n.v (TS 29.002 17.3.2), or its whole OID."""
    if (
        end - start == 7
        and _is_map_root(r, start)
        and (r.data[start + 5] | r.data[start + 6]) < 128
    ):
        r.user = MAP
        r.context = r.data[start + 5]
        r.version = r.data[start + 6]
        put(table, CONTEXT, r.context)
        return put(table, MAP_VERSION, r.version)
    r.user = CAP if _is_cap(r, start, end) else INAP if _is_inap(r, start, end) else NOBODY
    return oid(r, table, CONTEXT_OID, start, end)


@cython.cfunc
@cython.nogil
def _is_cap(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """0.4.0.0.1.0.{50,51,52}.v of phases 1 and 2, 0.4.0.0.1.{20…23}.3.n of 3 and 4."""
    if end - start < 7 or u32(r, start) != 0x04000001:
        return 0
    if r.data[start + 4] == 0:
        return 50 <= r.data[start + 5] <= 52
    return 20 <= r.data[start + 4] <= 23 and r.data[start + 5] == 3


@cython.cfunc
@cython.nogil
def _is_inap(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """0.4.0.1.1 of ETSI's capability sets, 0.0.17.{1218,1228,1238,1248} of ITU-T's CS-1 to CS-4."""
    if end - start < 5:
        return 0
    if u32(r, start) == 0x04000101:
        return 1
    return u24(r, start) == 0x001189 and r.data[start + 3] in (
        0x42, 0x4C, 0x56, 0x60,
    )  # fmt: skip


@cython.cfunc
@cython.nogil
def _is_map_root(r: Reading, start: cython.Py_ssize_t) -> cython.int:
    return (
        u32(r, start) == 0x04000001  # 0.4.0.0.1
        and r.data[start + 4] == 0
        and (r.data[start + 5] < 50 or r.data[start + 5] > 52)  # those are CAP's (TS 29.078)
    )


@cython.cfunc
@cython.nogil
def _read_user_information(
    r: Reading, table: Table, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """EXTERNAL { OID, [0] { map-open [0] { [0] destination, [1] origination } } } (17.4)."""
    if not read_element(r, position, end) or r.tag != EXTERNAL:
        return 0
    position, end = r.content, r.content_end
    while position < end:
        position = read_element(r, position, end)
        if position == 0:
            return 0
        if r.tag == 0x80 and read_element(r, r.content, r.content_end) and r.tag == 0x80:
            return _read_map_open(r, table, r.content, r.content_end)
    return 0


@cython.cfunc
@cython.nogil
def _read_map_open(
    r: Reading, table: Table, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    while position < end:
        position = read_element(r, position, end)
        if position == 0:
            return 0
        # AddressString: an octet of nature and plan, then digits
        if r.tag == 0x80:
            tbcd(r, table, DESTINATION_REFERENCE, r.content + 1, r.content_end)
        elif r.tag == 0x81:
            tbcd(r, table, ORIGINATION_REFERENCE, r.content + 1, r.content_end)
    return 0


@cython.cfunc
@cython.nogil
def _user(r: Reading) -> cython.int:
    """By application context, else by subsystem number, else (neither is there) MAP.

    A context of INAP hides nothing from whoever looks at the subsystems of MAP and CAP.
    """
    if r.user != NOBODY and r.user != INAP:
        return r.user
    if CAP_SSN in (r.called_ssn, r.calling_ssn):
        return CAP
    if _is_map_ssn(r.called_ssn) or _is_map_ssn(r.calling_ssn):
        return MAP
    if r.user == INAP:
        return INAP
    return MAP if r.called_ssn <= 0 and r.calling_ssn <= 0 else OTHER


@cython.cfunc
@cython.nogil
def _is_map_ssn(ssn: cython.int) -> cython.int:
    """TS 23.003 8.2."""
    return 5 <= ssn <= 10 or ssn == 145 or 147 <= ssn <= 150
