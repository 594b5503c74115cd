"""Messages that look odd are set aside for second_look.py: a bounded number of each kind."""

import cython

if not cython.compiled:
    from dissectors.reading import Reading

from dissectors import reasons, tags
from dissectors.second_look import Odd

MOST_OF_A_KIND = cython.declare(cython.longlong, 200)
MOST_OCTETS = cython.declare(cython.Py_ssize_t, 1 << 24)  # of a capture
# X.690 allows it, old stacks use it, and all decoders read it
NOT_ODD = cython.declare(cython.int, reasons.anomaly("ber", "length of the indefinite form"))
NOT_LOOKED_AT = cython.declare(
    cython.int, reasons.passed_over("second look", "odd messages beyond the first of each kind")
)
ODD = cython.declare(cython.int, 1)
KEPT = cython.declare(cython.int, 2)
USERS = {tags.MAP_USER: "map", tags.CAP_USER: "cap", tags.DIAMETER_USER: "diameter"}


@cython.cfunc
@cython.nogil
def set_aside(
    r: Reading,
    anomalies: cython.Py_ssize_t,
    problems: cython.Py_ssize_t,
    user: cython.int,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.int:
    """Keep a message if more was noted in it than so many rows of anomalies and of problems.

    It is kept for the first kind of which there are not enough yet.
    """
    odd: cython.int = 0
    row: cython.Py_ssize_t
    for row in range(anomalies, r.anomaly_table.rows):
        odd |= _set_aside(r, 0, r.anomaly_table.numbers[1, row], odd, user, start, end)
    for row in range(problems, r.problem_table.rows):
        odd |= _set_aside(r, 1, r.problem_table.numbers[2, row], odd, user, start, end)
    return r.pass_over(NOT_LOOKED_AT) if odd == ODD else 0


@cython.cfunc
@cython.nogil
def _set_aside(
    r: Reading,
    noted: cython.int,
    kind: cython.longlong,
    odd: cython.int,
    user: cython.int,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.int:
    """ODD for what is, with KEPT if it is kept for this anomaly (`noted` is 0) or problem (1)."""
    if noted == 0 and kind == NOT_ODD:
        return 0
    r.odd_counts[noted, kind] += 1
    if odd & KEPT or r.odd_counts[noted, kind] > MOST_OF_A_KIND:
        return ODD
    if r.odd_octets + end - start > MOST_OCTETS:
        return ODD
    r.odd_octets += end - start
    with cython.gil:
        layer, what = (reasons.PROBLEMS if noted else reasons.ANOMALIES)[kind]
        octets = bytes(r.data[start:end])
        r.odd_messages.append(Odd(r.frame, r.message, layer, what, USERS[user], octets))
    return ODD | KEPT
