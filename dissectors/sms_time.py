"""Times in short messages (3GPP TS 23.040): time stamps and validity periods."""

import cython

if not cython.compiled:
    from dissectors.octets import put
    from dissectors.reading import Reading

from dissectors import reasons
from dissectors.fields import SMS_TABLE
from dissectors.reasons import anomaly

NONE = cython.declare(cython.int, reasons.NONE)
NO_TIME = cython.declare(cython.int, anomaly("sms", "time stamp that is no time"))
VALIDITY_SECONDS = cython.declare(cython.int, SMS_TABLE[0].index("validity_seconds"))
VALID_UNTIL = cython.declare(cython.int, SMS_TABLE[0].index("valid_until"))
ENHANCED = cython.declare(cython.int, 1)
RELATIVE = cython.declare(cython.int, 2)
ABSOLUTE = cython.declare(cython.int, 3)
MICROSECONDS = cython.declare(cython.longlong, 1000000)
FIRST_OF_1900 = cython.declare(cython.int, 90)  # years from here on are of the 20th century


@cython.cfunc
@cython.nogil
def time_stamp(r: Reading, column: cython.int, position: cython.Py_ssize_t) -> cython.int:
    """Write a TP-SCTS and its like (9.2.3.11), seven octets, as microseconds of UTC since 1970."""
    year: cython.int = _two_digits(r, position)
    month: cython.int = _two_digits(r, position + 1)
    day: cython.int = _two_digits(r, position + 2)
    hour: cython.int = _two_digits(r, position + 3)
    minute: cython.int = _two_digits(r, position + 4)
    second: cython.int = _two_digits(r, position + 5)
    # quarters of an hour ahead of UTC; bit 3 of the first half octet is the sign
    zone: cython.int = (r.data[position + 6] & 7) * 10 + (r.data[position + 6] >> 4)
    seconds: cython.longlong
    if not (year >= 0 and 1 <= month <= 12 and 1 <= day <= 31 and 0 <= hour < 24):
        return r.anomaly(NO_TIME, position)
    if not (0 <= minute < 60 and 0 <= second < 60) or zone > 79:
        return r.anomaly(NO_TIME, position)
    year += 1900 if year >= FIRST_OF_1900 else 2000
    zone = -zone if r.data[position + 6] & 8 else zone
    seconds = _days(year, month, day)
    seconds = seconds * 86400 + hour * 3600 + minute * 60 + second - zone * 900
    return put(r.sms_table, column, seconds * MICROSECONDS)


@cython.cfunc
@cython.nogil
def _two_digits(r: Reading, position: cython.Py_ssize_t) -> cython.int:
    """Two half octets, the lower is the first digit; NONE if they are none."""
    low: cython.int = r.data[position] & 15
    high: cython.int = r.data[position] >> 4
    return low * 10 + high if low < 10 and high < 10 else NONE


@cython.cfunc
@cython.nogil
def _days(year: cython.int, month: cython.int, day: cython.int) -> cython.int:
    """Days since 1970-01-01 of a date of the Gregorian calendar."""
    since_march: cython.int = (month + 9) % 12
    if month < 3:
        year -= 1
    return (
        year * 365
        + year // 4
        - year // 100
        + year // 400
        + (since_march * 153 + 2) // 5
        + day
        - 719469
    )


@cython.cfunc
@cython.nogil
def validity(r: Reading, form: cython.int, position: cython.Py_ssize_t) -> cython.int:
    """Write a TP-VP in the form that TP-VPF tells (9.2.3.12)."""
    if form == RELATIVE:
        return put(r.sms_table, VALIDITY_SECONDS, _relative(r.data[position]))
    if form == ABSOLUTE:
        return time_stamp(r, VALID_UNTIL, position)
    return _enhanced(r, position) if form == ENHANCED else 0


@cython.cfunc
@cython.nogil
def _relative(value: cython.int) -> cython.int:
    """Seconds (9.2.3.12.1): in steps of five minutes, half hours, days, weeks."""
    if value < 144:
        return (value + 1) * 300
    if value < 168:
        return 43200 + (value - 143) * 1800
    if value < 197:
        return (value - 166) * 86400
    return (value - 192) * 604800


@cython.cfunc
@cython.nogil
def _enhanced(r: Reading, position: cython.Py_ssize_t) -> cython.int:
    """An indicator, and by it a relative period, seconds, or hours, minutes and seconds."""
    form: cython.int = r.data[position] & 7
    seconds: cython.int = NONE
    if r.data[position] & 0x80:  # a second octet of indicators comes first
        position += 1
    if form == 1:
        seconds = _relative(r.data[position + 1])
    elif form == 2:
        seconds = r.data[position + 1]
    elif form == 3:
        seconds = _clock(r, position + 1)
    return put(r.sms_table, VALIDITY_SECONDS, seconds) if seconds >= 0 else 0


@cython.cfunc
@cython.nogil
def _clock(r: Reading, position: cython.Py_ssize_t) -> cython.int:
    hours: cython.int = _two_digits(r, position)
    minutes: cython.int = _two_digits(r, position + 1)
    seconds: cython.int = _two_digits(r, position + 2)
    if hours < 0 or minutes < 0 or seconds < 0:
        return NONE
    return hours * 3600 + minutes * 60 + seconds
