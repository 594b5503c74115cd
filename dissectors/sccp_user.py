"""What SCCP carries for its users: TCAP, its own management, and what is only counted."""

import cython

if not cython.compiled:
    from dissectors.aside import set_aside
    from dissectors.columns import Table
    from dissectors.path import path_number
    from dissectors.reading import Reading
    from dissectors.tcap import read_tcap, signed_64

from dissectors import left_alone
from dissectors.fields import MAP_TABLE

MANAGEMENT_SSN = cython.declare(cython.int, 1)
MANAGEMENT = cython.declare(cython.int, left_alone.MANAGEMENT)

DIGEST = cython.declare(cython.int, MAP_TABLE[0].index("digest"))


@cython.cfunc
@cython.nogil
def read_user_data(
    r: Reading,
    message: cython.Py_ssize_t,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    message_end: cython.Py_ssize_t,
) -> cython.int:
    """TCAP, and the digest of the whole message in all rows that it gives.

    What goes to SCCP's management and is none is looked at as TCAP: nothing hides there.
    """
    map_row: cython.Py_ssize_t = r.map_table.rows
    cap_row: cython.Py_ssize_t = r.cap_table.rows
    anomalies: cython.Py_ssize_t = r.anomaly_table.rows
    problems: cython.Py_ssize_t = r.problem_table.rows
    digest: cython.longlong
    if r.called_ssn == MANAGEMENT_SSN and start < end and _management(r, start) >= 0:
        return r.pass_over(_management(r, start))
    r.path = path_number(r)
    r.text_start = r.text_end = 0
    read_tcap(r, start, end)
    if r.map_table.rows > map_row or r.cap_table.rows > cap_row:
        digest = signed_64(r.digest(message, message_end))
        _set_digest(r.map_table, map_row, digest)
        _set_digest(r.cap_table, cap_row, digest)
        if r.anomaly_table.rows > anomalies or r.problem_table.rows > problems:
            set_aside(r, anomalies, problems, r.user, start, end)
    return 0


@cython.cfunc
@cython.nogil
def _management(r: Reading, position: cython.Py_ssize_t) -> cython.int:
    """The reason that counts a message of this kind, or -1 where there is no such kind."""
    return r.left_alone[MANAGEMENT, r.data[position]]


@cython.cfunc
@cython.nogil
def _set_digest(table: Table, row: cython.Py_ssize_t, digest: cython.longlong) -> cython.int:
    """The same for all components of the message."""
    while row < table.rows:
        table.numbers[DIGEST, row] = digest
        table.number_set[DIGEST, row] = 1
        row += 1
    return 0
