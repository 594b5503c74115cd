"""Short messages (3GPP TS 23.040): the facts of a TPDU, a row each.

Its user data is unpacked and looked at by sms_text.py, its header read by sms_header.py.
"""

import cython

if not cython.compiled:
    from dissectors.octets import put
    from dissectors.reading import Reading
    from dissectors.sms_address import read_address
    from dissectors.sms_text import read_user_data
    from dissectors.sms_time import time_stamp, validity

from dissectors import reasons
from dissectors.fields import MAP_TABLE, SMS_TABLE
from dissectors.reasons import anomaly, problem

NONE = cython.declare(cython.int, reasons.NONE)
CUT_SHORT = cython.declare(cython.int, problem("sms", "TPDU ends before its announced parts"))
OTHER_TYPE = cython.declare(cython.int, anomaly("sms", "message type of another direction"))
RESERVED_PID = cython.declare(cython.int, anomaly("sms", "reserved protocol identifier"))
RESERVED_DCS = cython.declare(cython.int, anomaly("sms", "reserved data coding scheme"))

# TP-MTI (9.2.3.1): what it means depends on the direction
DELIVER = cython.declare(cython.int, 0)
DELIVER_REPORT = cython.declare(cython.int, 0)
SUBMIT = cython.declare(cython.int, 1)
SUBMIT_REPORT = cython.declare(cython.int, 1)
STATUS_REPORT = cython.declare(cython.int, 2)
COMMAND = cython.declare(cython.int, 2)
RESERVED = cython.declare(cython.int, 3)  # a telephone takes it for a deliver

STAMP = cython.declare(cython.int, 7)  # octets of a time stamp
INVOKE = cython.declare(cython.int, 0xA1)
ERROR = cython.declare(cython.int, 0xA3)
REFUSES = cython.declare(cython.int, 2)

COMPONENT_TYPE = cython.declare(cython.int, MAP_TABLE[0].index("component_type"))
OPCODE = cython.declare(cython.int, MAP_TABLE[0].index("opcode"))
IMSI = cython.declare(cython.int, MAP_TABLE[0].index("imsi"))
MSISDN = cython.declare(cython.int, MAP_TABLE[0].index("msisdn"))
COMPONENT_ID = cython.declare(cython.int, SMS_TABLE[0].index("component_id"))
TP_MTI = cython.declare(cython.int, SMS_TABLE[0].index("tp_mti"))
MOBILE_TERMINATED = cython.declare(cython.int, SMS_TABLE[0].index("mobile_terminated"))
TP_PID = cython.declare(cython.int, SMS_TABLE[0].index("tp_pid"))
TP_DCS = cython.declare(cython.int, SMS_TABLE[0].index("tp_dcs"))
TP_SCTS = cython.declare(cython.int, SMS_TABLE[0].index("tp_scts"))
TP_MR = cython.declare(cython.int, SMS_TABLE[0].index("tp_mr"))
TP_STATUS = cython.declare(cython.int, SMS_TABLE[0].index("tp_status"))
DISCHARGED_AT = cython.declare(cython.int, SMS_TABLE[0].index("discharged_at"))
TP_FCS = cython.declare(cython.int, SMS_TABLE[0].index("tp_fcs"))
COMMAND_TYPE = cython.declare(cython.int, SMS_TABLE[0].index("tp_command_type"))
REPLY_PATH = cython.declare(cython.int, SMS_TABLE[0].index("reply_path"))
STATUS_REPORT_ASKED = cython.declare(cython.int, SMS_TABLE[0].index("status_report"))


@cython.cfunc
@cython.nogil
def read_map_tpdu(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Read the SM-RP-UI, or the report in an error, of the MAP component whose row is open."""
    row: cython.Py_ssize_t = r.map_table.rows
    terminated: cython.int
    answers: cython.int = r.map_table.numbers[COMPONENT_TYPE, row] != INVOKE
    party: cython.longlong = NONE
    if r.map_table.number_set[IMSI, row]:
        party = r.map_table.numbers[IMSI, row]
    elif r.map_table.number_set[MSISDN, row]:
        party = r.map_table.numbers[MSISDN, row]
    if r.map_table.numbers[COMPONENT_TYPE, row] == ERROR:
        answers = REFUSES
        terminated = _is_submit_report(r, start, end)
    else:
        terminated = _is_mobile_terminated(r, answers) != answers
    return read_tpdu(r, start, end, terminated, answers, party)


@cython.cfunc
@cython.nogil
def _is_submit_report(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Whether an error, which names no operation, is about a message from the subscriber.

    The context says so as above; where there is none, the report's own type does.
    """
    if r.context == 25 or (r.context == 21 and r.version > 1):
        return r.context == 21
    return start < end and r.data[start] & 3 == SUBMIT_REPORT


@cython.cfunc
@cython.nogil
def _is_mobile_terminated(r: Reading, answers: cython.int) -> cython.int:
    """Operation 46 is MO in context 21 and MT in 25 (TS 29.002 17.3.2).

    Version 1 has context 21 for both, and a dialogue may name none: then SM-RP-OA with an MSISDN
    is MO. An answer in version 1 has no TPDU.
    """
    row: cython.Py_ssize_t = r.map_table.rows
    if r.map_table.numbers[OPCODE, row] != 46:
        return 1
    if r.context == 25 or (r.context == 21 and r.version > 1):
        return r.context == 25
    if answers:
        return 0
    return r.map_table.number_set[IMSI, row] or not r.map_table.number_set[MSISDN, row]


@cython.cfunc
@cython.nogil
def read_tpdu(
    r: Reading,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    terminated: cython.int,
    answers: cython.int,
    party: cython.longlong,
) -> cython.int:
    """Read a TPDU (9.2.2) into a row for the message of `r.component_id`.

    `terminated`: it goes towards the subscriber; `answers`: it came in an answer, in an error if it
    is REFUSES; `party`: the subscriber as a number, which tells parts of different messages apart,
    or NONE.
    """
    r.sms_table.put(COMPONENT_ID, r.component_id)
    r.sms_table.put(MOBILE_TERMINATED, terminated)
    if start >= end:
        r.problem(CUT_SHORT)
    else:
        r.sms_table.put(TP_MTI, r.data[start] & 3)
        _read_by_type(r, start, end, terminated, answers, party)
    return r.sms_table.end_row()


@cython.cfunc
@cython.nogil
def _read_by_type(
    r: Reading,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    terminated: cython.int,
    answers: cython.int,
    party: cython.longlong,
) -> cython.int:
    kind: cython.int = r.data[start] & 3
    if answers:
        # of what was submitted, towards the subscriber; of what was delivered, from there
        if kind != (SUBMIT_REPORT if terminated else DELIVER_REPORT):
            return r.anomaly(OTHER_TYPE, start)
        return _read_report(r, start, end, terminated, answers, party)
    if terminated and kind in (DELIVER, RESERVED):
        if kind == RESERVED:
            r.anomaly(OTHER_TYPE, start)
        return _read_deliver(r, start, end, party)
    if not terminated and kind == SUBMIT:
        return _read_submit(r, start, end, party)
    if terminated and kind == STATUS_REPORT:
        return _read_status_report(r, start, end, party)
    if not terminated and kind == COMMAND:
        return _read_command(r, start, end, party)
    return r.anomaly(OTHER_TYPE, start)


@cython.cfunc
@cython.nogil
def _read_deliver(
    r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t, party: cython.longlong
) -> cython.int:
    """TP-OA, TP-PID, TP-DCS, TP-SCTS, user data (9.2.2.1)."""
    position: cython.Py_ssize_t = read_address(r, start + 1, end)
    if position == 0:
        return 0
    if end - position < 2 + STAMP + 1:
        return r.problem(CUT_SHORT)
    _put_flags(r, start)
    _put_coding(r, position, position + 1)
    time_stamp(r, TP_SCTS, position + 2)
    return read_user_data(r, r.data[start] & 0x40, position + 2 + STAMP, end, party)


@cython.cfunc
@cython.nogil
def _read_submit(
    r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t, party: cython.longlong
) -> cython.int:
    """TP-MR, TP-DA, TP-PID, TP-DCS, TP-VP, user data (9.2.2.2)."""
    form: cython.int = r.data[start] >> 3 & 3
    octets: cython.int = 0 if form == 0 else 1 if form == 2 else STAMP
    position: cython.Py_ssize_t = read_address(r, start + 2, end)
    if position == 0:
        return 0
    if end - position < 2 + octets + 1:
        return r.problem(CUT_SHORT)
    put(r.sms_table, TP_MR, r.data[start + 1])
    _put_flags(r, start)
    _put_coding(r, position, position + 1)
    validity(r, form, position + 2)
    return read_user_data(r, r.data[start] & 0x40, position + 2 + octets, end, party)


@cython.cfunc
@cython.nogil
def _read_status_report(
    r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t, party: cython.longlong
) -> cython.int:
    """TP-MR, TP-RA, TP-SCTS, TP-DT, TP-ST, optional parameters (9.2.2.3)."""
    position: cython.Py_ssize_t = read_address(r, start + 2, end)
    if position == 0:
        return 0
    if end - position < 2 * STAMP + 1:
        return r.problem(CUT_SHORT)
    put(r.sms_table, TP_MR, r.data[start + 1])
    time_stamp(r, TP_SCTS, position)
    time_stamp(r, DISCHARGED_AT, position + STAMP)
    put(r.sms_table, TP_STATUS, r.data[position + 2 * STAMP])
    return _read_parameters(r, start, position + 2 * STAMP + 1, 0, end, party)


@cython.cfunc
@cython.nogil
def _read_report(
    r: Reading,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    terminated: cython.int,
    answers: cython.int,
    party: cython.longlong,
) -> cython.int:
    """SMS-DELIVER-REPORT, or SMS-SUBMIT-REPORT (9.2.2.1a, 9.2.2.2a).

    In an error TP-FCS stands in front, which is 128 or more (9.2.3.22).
    """
    position: cython.Py_ssize_t = start + 1
    if answers == REFUSES and position < end and r.data[position] & 0x80:
        put(r.sms_table, TP_FCS, r.data[position])
        position += 1
    return _read_parameters(r, start, position, STAMP if terminated else 0, end, party)


@cython.cfunc
@cython.nogil
def _read_parameters(
    r: Reading,
    start: cython.Py_ssize_t,
    position: cython.Py_ssize_t,
    stamp: cython.int,
    end: cython.Py_ssize_t,
    party: cython.longlong,
) -> cython.int:
    """What TP-PI announces (9.2.3.27): bits for TP-PID, TP-DCS, user data; none if it is absent.

    Behind it comes the time stamp of a report, if that has one.
    """
    announced: cython.int
    coding: cython.Py_ssize_t
    if position >= end:
        return 0
    announced = r.data[position]
    while position < end and r.data[position] & 0x80:  # goes on in the next octet
        position += 1
    coding = position + 1 + stamp
    position = coding + (announced & 1) + (announced >> 1 & 1)
    if position + (announced >> 2 & 1) > end:
        return r.problem(CUT_SHORT)
    if stamp:
        time_stamp(r, TP_SCTS, coding - stamp)
    _put_coding(r, coding if announced & 1 else 0, coding + (announced & 1) if announced & 2 else 0)
    if not announced & 4:
        return 0
    return read_user_data(r, r.data[start] & 0x40, position, end, party)


@cython.cfunc
@cython.nogil
def _read_command(
    r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t, party: cython.longlong
) -> cython.int:
    """TP-MR, TP-PID, TP-CT, TP-MN, TP-DA; the data of the command is left alone (9.2.2.4)."""
    if end - start < 5:
        return r.problem(CUT_SHORT)
    put(r.sms_table, TP_MR, r.data[start + 1])
    _put_coding(r, start + 2, 0)
    put(r.sms_table, COMMAND_TYPE, r.data[start + 3])
    read_address(r, start + 5, end)
    return 0


@cython.cfunc
@cython.nogil
def _put_flags(r: Reading, start: cython.Py_ssize_t) -> cython.int:
    """TP-RP, and TP-SRI or TP-SRR, where they are set (9.2.3.17, 9.2.3.4, 9.2.3.5)."""
    if r.data[start] & 0x80:
        put(r.sms_table, REPLY_PATH, 1)
    if r.data[start] & 0x20:
        put(r.sms_table, STATUS_REPORT_ASKED, 1)
    return 0


@cython.cfunc
@cython.nogil
def _put_coding(r: Reading, pid: cython.Py_ssize_t, dcs: cython.Py_ssize_t) -> cython.int:
    """TP-PID and TP-DCS, at their places; 0 for one that is not there."""
    if pid:
        put(r.sms_table, TP_PID, r.data[pid])
        if _is_reserved_identifier(r.data[pid]):
            r.anomaly(RESERVED_PID, pid)
    if dcs:
        put(r.sms_table, TP_DCS, r.data[dcs])
        if _is_reserved_coding(r.data[dcs]):
            r.anomaly(RESERVED_DCS, dcs)
    return 0


@cython.cfunc
@cython.nogil
def _is_reserved_identifier(pid: cython.int) -> cython.int:
    """The values that 9.2.3.9 reserves."""
    return (
        0x2E <= pid <= 0x2F
        or 0x33 <= pid <= 0x37
        or 0x49 <= pid <= 0x5D
        or 0x60 <= pid <= 0x7B
        or 0x80 <= pid <= 0xBF
    )


@cython.cfunc
@cython.nogil
def _is_reserved_coding(dcs: cython.int) -> cython.int:
    """The values that TS 23.038 4 reserves: groups, a fourth alphabet, bits that are to be 0."""
    if dcs < 0x80:
        return dcs & 0x0C == 0x0C
    if dcs < 0xC0:
        return 1
    return dcs & (8 if dcs >= 0xF0 else 4) != 0
