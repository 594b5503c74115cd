"""Message transfer part: signal units of MTP2 (ITU-T Q.703), routing labels of MTP3 (Q.704)."""

import cython

if not cython.compiled:
    from dissectors.reading import Reading
    from dissectors.sccp import is_unitdata, read_sccp

from dissectors import left_alone
from dissectors.reasons import passed_over, problem

SCCP = cython.declare(cython.int, 3)  # service indicator (Q.704 14.2.1)
SERVICE = cython.declare(cython.int, left_alone.SERVICE)
LABEL_14 = cython.declare(cython.int, 4)  # octets of a routing label (Q.704 2.2)
LABEL_24 = cython.declare(cython.int, 7)  # of ANSI T1.111.4 and of China's GF 001-9001
LONG_UNIT = cython.declare(cython.int, 63)  # octets or more (Q.703 2.3.3)
LONG_UNIT_A = cython.declare(cython.int, 511)  # of nine bits, in Annex A
NUMBERS = cython.declare(cython.int, 2)  # octets of sequence numbers
NUMBERS_A = cython.declare(cython.int, 4)

UNIT_CUT_SHORT = cython.declare(cython.int, problem("mtp2", "signal unit does not fit"))
FILL_IN = cython.declare(cython.int, passed_over("mtp2", "fill-in signal units"))
LINK_STATUS = cython.declare(cython.int, passed_over("mtp2", "link status signal units"))
CUT_SHORT = cython.declare(cython.int, problem("mtp3", "message ends before its routing label"))


@cython.cfunc
@cython.nogil
def read_mtp2_with_header(
    r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """A signal unit behind 4 octets: sent or received; Annex A used (1) or not; link."""
    if end - start < 4:
        return r.problem(UNIT_CUT_SHORT)
    if r.data[start + 1] == 1:
        return _read_annex_a(r, start + 4, end)
    return read_mtp2(r, start + 4, end)


@cython.cfunc
@cython.nogil
def read_mtp2(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """A signal unit (Q.703 2.2): sequence numbers, a length indicator of 6 bits, the message."""
    if end - start <= NUMBERS:
        return r.problem(UNIT_CUT_SHORT)
    start += NUMBERS
    return _read_unit(r, r.data[start] & 0x3F, LONG_UNIT, start + 1, end)


@cython.cfunc
@cython.nogil
def _read_annex_a(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """The same with sequence numbers of 12 bits and a length of 9, its low octet first."""
    length: cython.int
    if end - start < NUMBERS_A + 2:
        return r.problem(UNIT_CUT_SHORT)
    start += NUMBERS_A
    length = r.data[start] | (r.data[start + 1] & 1) << 8
    return _read_unit(r, length, LONG_UNIT_A, start + 2, end)


@cython.cfunc
@cython.nogil
def _read_unit(
    r: Reading,
    length: cython.int,
    longest: cython.int,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.int:
    """The length tells units without a message; the longest stands for all that are longer."""
    if length == 0:
        return r.pass_over(FILL_IN)
    if length < 3:
        return r.pass_over(LINK_STATUS)
    if length > end - start:
        return r.problem(UNIT_CUT_SHORT)
    if length < longest:  # a checksum may lie behind it
        end = start + length
    return read_mtp3(r, start, end)


@cython.cfunc
@cython.nogil
def read_mtp3(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """A message (Q.704 14.2): service information octet, routing label, the user's part."""
    r.message += 1
    if start >= end:
        return r.problem(CUT_SHORT)
    if r.data[start] & 15 != SCCP:
        return pass_over_user(r, r.data[start] & 15)
    r.network_indicator = r.data[start] >> 6
    return _read_label(r, start + 1, end)


@cython.cfunc
@cython.nogil
def pass_over_user(r: Reading, service: cython.int) -> cython.int:
    """Count a message of a user other than SCCP, by its service indicator (Q.704 14.2.1)."""
    return r.pass_over(r.left_alone[SERVICE, service])


@cython.cfunc
@cython.nogil
def _read_label(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """DPC, OPC, SLS, least significant octet first: of 14, 14 and 4 bits, or 24, 24 and 8."""
    if end - start <= LABEL_14:
        return r.problem(CUT_SHORT)
    r.point_code_bits = _point_code_bits(r, start, end)
    if r.point_code_bits == 24:
        r.dpc = _from_low(r, start)
        r.opc = _from_low(r, start + 3)
        return read_sccp(r, start + LABEL_24, end)
    r.dpc = r.data[start] | (r.data[start + 1] & 0x3F) << 8
    r.opc = r.data[start + 1] >> 6 | r.data[start + 2] << 2 | (r.data[start + 3] & 15) << 10
    return read_sccp(r, start + LABEL_14, end)


@cython.cfunc
@cython.nogil
def _point_code_bits(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """14, or 24 as in ANSI and Chinese networks. Nothing says which: SCCP's message tells.

    Where it makes sense behind both labels or behind none, most of the capture's others tell.
    """
    behind_14: cython.int = is_unitdata(r, start + LABEL_14, end)
    behind_24: cython.int = is_unitdata(r, start + LABEL_24, end)
    if end - start <= LABEL_24:
        return 14
    if behind_14 != behind_24:
        r.labels_24 += 1 if behind_24 else -1
        return 24 if behind_24 else 14
    return 24 if r.labels_24 > 0 else 14


@cython.cfunc
@cython.nogil
def _from_low(r: Reading, position: cython.Py_ssize_t) -> cython.int:
    """Three octets, least significant first."""
    return r.data[position] | r.data[position + 1] << 8 | r.data[position + 2] << 16
