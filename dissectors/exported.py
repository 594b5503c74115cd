"""Exported PDUs (link type 252): messages as Wireshark writes them, without what carried them.

Tags in front say what a message is and how it came; each has a number and a length in two octets,
and its value is filled up to a multiple of 4 (wireshark.org, exported PDU file format).
"""

import cython

if not cython.compiled:
    from dissectors.diameter import read_diameter
    from dissectors.m2ua import read_m2pa, read_m2ua
    from dissectors.mtp import read_mtp2, read_mtp3
    from dissectors.octets import u16, u32
    from dissectors.reading import Reading
    from dissectors.sccp import read_sccp
    from dissectors.sccp_user import read_user_data
    from dissectors.sctp import read_sctp
    from dissectors.sigtran import read_m3ua
    from dissectors.sua import read_sua

from dissectors import ethertypes, reasons
from dissectors.reasons import passed_over, problem

NONE = cython.declare(cython.int, reasons.NONE)
IPV4 = cython.declare(cython.uint, ethertypes.IPV4)
IPV6 = cython.declare(cython.uint, ethertypes.IPV6)
# tags
END = cython.declare(cython.uint, 0)
DISSECTOR = cython.declare(cython.uint, 12)
IPV4_SOURCE = cython.declare(cython.uint, 20)
IPV4_DESTINATION = cython.declare(cython.uint, 21)
IPV6_SOURCE = cython.declare(cython.uint, 22)
IPV6_DESTINATION = cython.declare(cython.uint, 23)
SOURCE_PORT = cython.declare(cython.uint, 25)
DESTINATION_PORT = cython.declare(cython.uint, 26)
OPC = cython.declare(cython.uint, 28)
DPC = cython.declare(cython.uint, 29)


def name(dissector: bytes) -> int:
    """A dissector's name as a number, as `_name` reads it."""
    return int.from_bytes(dissector.ljust(8, b"\0"))


M3UA = cython.declare(cython.ulonglong, name(b"m3ua"))
M2UA = cython.declare(cython.ulonglong, name(b"m2ua"))
M2PA = cython.declare(cython.ulonglong, name(b"m2pa"))
MTP2 = cython.declare(cython.ulonglong, name(b"mtp2"))
MTP3 = cython.declare(cython.ulonglong, name(b"mtp3"))
SCCP = cython.declare(cython.ulonglong, name(b"sccp"))
SUA = cython.declare(cython.ulonglong, name(b"sua"))
TCAP = cython.declare(cython.ulonglong, name(b"tcap"))
DIAMETER = cython.declare(cython.ulonglong, name(b"diameter"))
SCTP = cython.declare(cython.ulonglong, name(b"sctp"))
IP_PACKET = cython.declare(cython.ulonglong, name(b"ip"))
IPV6_PACKET = cython.declare(cython.ulonglong, name(b"ipv6"))

CUT_SHORT = cython.declare(cython.int, problem("exported pdu", "tag does not fit into its frame"))
OTHER = cython.declare(cython.int, passed_over("exported pdu", "messages of other protocols"))


@cython.cfunc
@cython.nogil
def read_exported(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Read the tags, then the message by the name of the dissector that Wireshark would call."""
    message: cython.Py_ssize_t = _value(r, start, end, END, 0)
    if message == NONE:
        return r.problem(CUT_SHORT)
    _read_addresses(r, start, message, IPV4_SOURCE, IPV4_DESTINATION, 4)
    _read_addresses(r, start, message, IPV6_SOURCE, IPV6_DESTINATION, 16)
    r.source_port = _number(r, start, message, SOURCE_PORT)
    r.destination_port = _number(r, start, message, DESTINATION_PORT)
    r.opc = _number(r, start, message, OPC)
    r.dpc = _number(r, start, message, DPC)
    r.network_indicator = _network_indicator(r, start, message)
    return _read_message(r, _name(r, start, message), message, end)


@cython.cfunc
@cython.nogil
def _value(
    r: Reading,
    position: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    tag: cython.uint,
    least: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Where the value of the first such tag is; NONE if there is none, or not of so many octets."""
    length: cython.Py_ssize_t
    while end - position >= 4:
        length = u16(r, position + 2)
        position += 4
        if length > end - position:
            return NONE
        if u16(r, position - 4) == tag:
            return position if length >= least else NONE
        if u16(r, position - 4) == END:
            return NONE
        position += length
    return NONE


@cython.cfunc
@cython.nogil
def _number(
    r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t, tag: cython.uint
) -> cython.longlong:
    """Ports and point codes alike stand in the first four octets."""
    position: cython.Py_ssize_t = _value(r, start, end, tag, 4)
    if position == NONE:
        return NONE
    return u32(r, position)


@cython.cfunc
@cython.nogil
def _network_indicator(
    r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.longlong:
    """In the seventh octet of a point code's tag, behind the number and the standard it is of."""
    position: cython.Py_ssize_t = _value(r, start, end, OPC, 7)
    if position == NONE:
        return NONE
    return r.data[position + 6]


@cython.cfunc
@cython.nogil
def _read_addresses(
    r: Reading,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    source: cython.uint,
    destination: cython.uint,
    length: cython.int,
) -> cython.int:
    first: cython.Py_ssize_t = _value(r, start, end, source, length)
    second: cython.Py_ssize_t = _value(r, start, end, destination, length)
    return 0 if first == NONE or second == NONE else r.set_addresses(first, second, length)


@cython.cfunc
@cython.nogil
def _name(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.ulonglong:
    """The dissector's name as a number; 0 without one, or for one of more than eight octets."""
    found: cython.ulonglong = 0
    position: cython.Py_ssize_t = _value(r, start, end, DISSECTOR, 1)
    if position == NONE:
        return 0
    start, end = position, position + u16(r, position - 2)
    while position < end and r.data[position]:
        if position - start == 8:
            return 0
        found |= cython.cast(cython.ulonglong, r.data[position]) << 8 * (7 - (position - start))
        position += 1
    return found


@cython.cfunc
@cython.nogil
def _read_message(
    r: Reading,
    dissector: cython.ulonglong,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
) -> cython.int:
    if dissector == M3UA:
        return read_m3ua(r, start, end)
    if dissector == DIAMETER:
        return read_diameter(r, start, end)
    if dissector == M2UA:
        return read_m2ua(r, start, end)
    if dissector == M2PA:
        return read_m2pa(r, start, end)
    if dissector == MTP2:
        return read_mtp2(r, start, end)
    if dissector == MTP3:
        return read_mtp3(r, start, end)
    if dissector == SCCP:
        r.message += 1
        return read_sccp(r, start, end)
    if dissector == SUA:
        return read_sua(r, start, end)
    if dissector == TCAP:
        return _read_tcap(r, start, end)
    if dissector == SCTP:
        return read_sctp(r, start, end)
    if dissector == IP_PACKET:
        return r.goes_on(IPV4, start, end)
    if dissector == IPV6_PACKET:
        return r.goes_on(IPV6, start, end)
    return r.pass_over(OTHER)


@cython.cfunc
@cython.nogil
def _read_tcap(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """TCAP without SCCP: of whom and for whom it is, is not told."""
    r.message += 1
    r.return_cause = r.called = r.calling = NONE
    r.called_ssn = r.calling_ssn = NONE
    return read_user_data(r, start, start, end, end)
