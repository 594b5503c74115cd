"""The messages of Diameter in a stream of octets (RFC 6733), and how to find into one."""

import cython

if not cython.compiled:
    from dissectors.diameter import read_diameter
    from dissectors.octets import u24
    from dissectors.reading import Reading

from dissectors import reasons
from dissectors.reasons import passed_over, problem

NONE = cython.declare(cython.int, reasons.NONE)
TLS_PORT = cython.declare(cython.uint, 5658)  # RFC 6733 2.1
REGISTERED_TLS_PORT = cython.declare(cython.uint, 5868)  # what IANA's registry has instead
HEADER = cython.declare(cython.int, 20)
LONGEST_MESSAGE = cython.declare(cython.Py_ssize_t, 1 << 20)
AVP_FLAGS = cython.declare(cython.int, 0x1F)  # the reserved ones, RFC 6733 4.1
# bits of a flow's state, beside those of dissectors.flows
LOST = cython.declare(cython.int, 4)  # where a message begins is not known
ENCRYPTED_FLOW = cython.declare(cython.int, 8)

NOT_DIAMETER = cython.declare(
    cython.int, problem("tcp", "what follows in a stream of Diameter is no message")
)
TOO_LONG = cython.declare(cython.int, problem("tcp", "message of more than 1 MiB"))
ENCRYPTED = cython.declare(cython.int, problem("tcp", "Diameter under TLS begins"))
SKIPPED = cython.declare(
    cython.int, passed_over("tcp", "octets up to where a message of Diameter begins")
)


@cython.cfunc
@cython.nogil
def read_messages(
    r: Reading, flow: cython.int, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Read whole messages; where the first that is not whole begins."""
    length: cython.Py_ssize_t
    while position < end:
        if r.flows.state[flow] & LOST:
            position = _find_message(r, flow, position, end)
            if position == end or r.flows.state[flow] & LOST:
                return position
        length = u24(r, position + 1) if end - position >= 4 else HEADER
        if r.data[position] != 1 or length < HEADER or length > LONGEST_MESSAGE:
            _lose(r, flow, position, end)
        elif length > end - position:
            return position
        else:
            read_diameter(r, position, position + length)
            position += length
    return position


@cython.cfunc
@cython.nogil
def _lose(
    r: Reading, flow: cython.int, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """What follows is no message: the next must be looked for."""
    r.flows.state[flow] |= LOST
    if _is_tls(r, position, end):  # after a capabilities exchange in clear (RFC 6733 13.1)
        return 0
    return r.problem(TOO_LONG if r.data[position] == 1 else NOT_DIAMETER)


@cython.cfunc
@cython.nogil
def _find_message(
    r: Reading, flow: cython.int, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Where a message begins, or may begin if more octets were there; else the end.

    The flow is lost no longer, unless octets are lacking to tell.
    """
    start: cython.Py_ssize_t = position
    found: cython.int = is_header(r, position, end)
    if _is_tls(r, position, end) or (on_tls_port(r) and found == 0):
        r.flows.state[flow] |= ENCRYPTED_FLOW
        r.problem(ENCRYPTED)
        return end
    while found == 0:
        position += 1
        if position == end:
            break
        found = is_header(r, position, end)
    r.pass_over_many(SKIPPED, position - start)
    if found == 1:
        r.flows.state[flow] &= ~LOST
    return position


@cython.cfunc
@cython.nogil
def is_header(r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Whether a message begins, by its header and first AVP (RFC 6733 3, 4.1).

    NONE where octets are lacking to tell.
    """
    length: cython.Py_ssize_t
    if r.data[position] != 1:
        return 0
    if end - position < HEADER:
        return NONE
    length = u24(r, position + 1)
    if length & 3 or length < HEADER or length > LONGEST_MESSAGE or r.data[position + 4] & 0x0F:
        return 0
    if length == HEADER:
        return 1
    if end - position < HEADER + 8:
        return NONE
    return (
        r.data[position + HEADER + 4] & AVP_FLAGS == 0
        and 8 <= u24(r, position + HEADER + 5) <= length - HEADER
    )


@cython.cfunc
@cython.nogil
def _is_tls(r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Whether a record begins: its type, and a version from 3.0 to 3.4 (RFC 8446 5.1)."""
    return (
        end - position >= 3
        and 20 <= r.data[position] <= 23
        and r.data[position + 1] == 3
        and r.data[position + 2] <= 4
    )


@cython.cfunc
@cython.nogil
def on_tls_port(r: Reading) -> cython.int:
    return (
        r.source_port in (TLS_PORT, REGISTERED_TLS_PORT)
        or r.destination_port in (TLS_PORT, REGISTERED_TLS_PORT)
    )  # fmt: skip
