"""PPP (RFC 1661), with and without HDLC-like framing, in Ethernet, and Cisco's HDLC."""

import cython

if not cython.compiled:
    from dissectors.octets import u16
    from dissectors.reading import Reading

from dissectors import ethertypes
from dissectors.reasons import passed_over, problem

ADDRESS = cython.declare(cython.int, 0xFF)  # RFC 1662 3.1: all stations
CONTROL = cython.declare(cython.int, 0x03)
CISCO_UNICAST = cython.declare(cython.int, 0x0F)
CISCO_MULTICAST = cython.declare(cython.int, 0x8F)
# protocols (IANA, PPP numbers)
PPP_IPV4 = cython.declare(cython.uint, 0x0021)
PPP_IPV6 = cython.declare(cython.uint, 0x0057)
PPP_MPLS = cython.declare(cython.uint, 0x0281)
IPV4 = cython.declare(cython.uint, ethertypes.IPV4)
IPV6 = cython.declare(cython.uint, ethertypes.IPV6)
MPLS = cython.declare(cython.uint, ethertypes.MPLS)

CUT_SHORT = cython.declare(cython.int, problem("ppp", "frame ends before its header does"))
NOT_IP = cython.declare(cython.int, passed_over("ppp", "frames that carry no IP"))


@cython.cfunc
@cython.nogil
def read_ppp(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Address, control and the protocol's first octet may be left out (RFC 1661 6.5, 6.6)."""
    protocol: cython.uint
    if end - start < 4:
        return r.problem(CUT_SHORT)
    if r.data[start] in (CISCO_UNICAST, CISCO_MULTICAST) and r.data[start + 1] == 0:
        return read_cisco_hdlc(r, start, end)
    if r.data[start] == ADDRESS and r.data[start + 1] == CONTROL:
        start += 2
    protocol = r.data[start]
    if not protocol & 1:  # the last octet of a number is odd, the first even
        protocol = u16(r, start)
        start += 1
    if protocol == PPP_IPV4:
        return r.goes_on(IPV4, start + 1, end)
    if protocol == PPP_IPV6:
        return r.goes_on(IPV6, start + 1, end)
    if protocol == PPP_MPLS:
        return r.goes_on(MPLS, start + 1, end)
    return r.pass_over(NOT_IP)


@cython.cfunc
@cython.nogil
def read_pppoe(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """A session's frame (RFC 2516 4): version and type, code, session, length, then PPP."""
    length: cython.Py_ssize_t
    if end - start < 6:
        return r.problem(CUT_SHORT)
    if r.data[start + 1]:  # discovery
        return r.pass_over(NOT_IP)
    length = u16(r, start + 4)
    if length > end - start - 6:
        return r.problem(CUT_SHORT)
    return read_ppp(r, start + 6, start + 6 + length)


@cython.cfunc
@cython.nogil
def read_cisco_hdlc(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Address, control, EtherType (RFC 1547 4.3.1)."""
    if end - start < 4:
        return r.problem(CUT_SHORT)
    return r.goes_on(u16(r, start + 2), start + 4, end)
