"""Tunnels, as taps make them to mirror traffic: GRE, ERSPAN, VXLAN, MPLS; and SCTP in UDP."""

import cython

if not cython.compiled:
    from dissectors.octets import u16
    from dissectors.reading import Reading
    from dissectors.sctp import read_sctp

from dissectors import ethertypes
from dissectors.reasons import passed_over, problem

# flags of GRE (RFC 2784 2.1, RFC 2890 2)
CHECKSUM = cython.declare(cython.uint, 0x8000)
ROUTING = cython.declare(cython.uint, 0x4000)
KEY = cython.declare(cython.uint, 0x2000)
SEQUENCE = cython.declare(cython.uint, 0x1000)
VERSION = cython.declare(cython.uint, 0x0007)
PLATFORM_HEADER = cython.declare(cython.int, 1)  # ERSPAN III's flag O: 8 octets more
FRAME_OF_IP = cython.declare(cython.int, 2)  # its frame type, for Ethernet's 0
BOTTOM = cython.declare(cython.int, 1)  # of a stack of labels (RFC 3032 2.1)
VXLAN_PORT = cython.declare(cython.uint, 4789)  # RFC 7348 8
VXLAN_VALID = cython.declare(cython.int, 8)  # its flag I
SCTP_PORT = cython.declare(cython.uint, 9899)  # RFC 6951 3
IPV4 = cython.declare(cython.uint, ethertypes.IPV4)
IPV6 = cython.declare(cython.uint, ethertypes.IPV6)
ETHERNET = cython.declare(cython.uint, ethertypes.ETHERNET)
ERSPAN = cython.declare(cython.uint, ethertypes.ERSPAN)
ERSPAN_III = cython.declare(cython.uint, ethertypes.ERSPAN_III)
MPLS = cython.declare(cython.uint, ethertypes.MPLS)
VLAN = cython.declare(cython.uint, ethertypes.VLAN)
SERVICE_VLAN = cython.declare(cython.uint, ethertypes.SERVICE_VLAN)
OLD_SERVICE_VLAN = cython.declare(cython.uint, ethertypes.OLD_SERVICE_VLAN)
PPPOE = cython.declare(cython.uint, ethertypes.PPPOE)

GRE_CUT_SHORT = cython.declare(cython.int, problem("gre", "packet ends before its header does"))
MPLS_CUT_SHORT = cython.declare(cython.int, problem("mpls", "frame ends in its labels"))
UDP_CUT_SHORT = cython.declare(
    cython.int, problem("udp", "datagram ends before its header or announced length")
)
OTHER_GRE = cython.declare(
    cython.int, passed_over("gre", "packets of other versions, or with source routes")
)
OTHER_MPLS = cython.declare(cython.int, passed_over("mpls", "frames that carry no IP"))
OTHER_VXLAN = cython.declare(cython.int, passed_over("vxlan", "packets without a network"))


@cython.cfunc
@cython.nogil
def read_gre(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """RFC 2784, with the key and the sequence number of RFC 2890."""
    position: cython.Py_ssize_t = start + 4
    flags: cython.uint
    if end < position:
        return r.problem(GRE_CUT_SHORT)
    flags = u16(r, start)
    if flags & (ROUTING | VERSION):
        return r.pass_over(OTHER_GRE)
    position += 4 * ((flags & CHECKSUM != 0) + (flags & KEY != 0) + (flags & SEQUENCE != 0))
    if end < position:
        return r.problem(GRE_CUT_SHORT)
    if u16(r, start + 2) == ERSPAN:
        # type II has a sequence number and a header of its own, type I neither
        return r.goes_on(ETHERNET, position + (8 if flags & SEQUENCE else 0), end)
    if u16(r, start + 2) == ERSPAN_III:
        return _read_erspan_3(r, position, end)
    return r.goes_on(u16(r, start + 2), position, end)


@cython.cfunc
@cython.nogil
def _read_erspan_3(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """draft-foschiano-erspan-03 4.2: 12 octets, and 8 of a platform if its flag says so."""
    position: cython.Py_ssize_t = start + 12
    if end < position:
        return r.problem(GRE_CUT_SHORT)
    if r.data[start + 11] & PLATFORM_HEADER:
        position += 8
    if r.data[start + 10] >> 2 & 31 == FRAME_OF_IP:
        return _ip_inside(r, position, end)
    return r.goes_on(ETHERNET, position, end)


@cython.cfunc
@cython.nogil
def read_mpls(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """A stack of labels (RFC 3032 2.1), then IP, or Ethernet with or without a control word.

    Labels do not say which; like a router one looks at the first octets (RFC 4385 3, RFC 4928).
    """
    is_bottom: cython.int = 0
    while not is_bottom:
        if end - start < 4:
            return r.problem(MPLS_CUT_SHORT)
        is_bottom = r.data[start + 2] & BOTTOM
        start += 4
    if _begins_ip(r, start, end):
        return _ip_inside(r, start, end)
    if start < end and r.data[start] >> 4 == 0 and _begins_ethernet(r, start + 4, end):
        return r.goes_on(ETHERNET, start + 4, end)
    if _begins_ethernet(r, start, end):
        return r.goes_on(ETHERNET, start, end)
    return r.pass_over(OTHER_MPLS)


@cython.cfunc
@cython.nogil
def _begins_ip(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Whether a header's first octets fit: the version, and the length of IPv4's."""
    if start >= end:
        return 0
    if r.data[start] >> 4 == 6:
        return end - start >= 40 and not _begins_ethernet(r, start, end)
    return r.data[start] >> 4 == 4 and r.data[start] & 15 >= 5 and end - start >= 20


@cython.cfunc
@cython.nogil
def _begins_ethernet(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Whether an EtherType that leads to signalling stands where a frame has it."""
    if end - start < 14:
        return 0
    return u16(r, start + 12) in (
        IPV4, IPV6, VLAN, SERVICE_VLAN, OLD_SERVICE_VLAN, MPLS, PPPOE,
    )  # fmt: skip


@cython.cfunc
@cython.nogil
def _ip_inside(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """The version in a packet's first octet is told apart by whoever reads IP."""
    return r.goes_on(IPV4, start, end)


@cython.cfunc
@cython.nogil
def carries_signalling(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Whether a UDP datagram is for one of the ports whose content is read."""
    if end - start < 4:
        return 0
    return u16(r, start + 2) == VXLAN_PORT or SCTP_PORT in (u16(r, start), u16(r, start + 2))


@cython.cfunc
@cython.nogil
def read_udp(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """VXLAN (RFC 7348 5) and SCTP (RFC 6951 3) in a datagram for their ports (RFC 768)."""
    length: cython.Py_ssize_t
    if end - start < 8:
        return r.problem(UDP_CUT_SHORT)
    length = u16(r, start + 4)
    if length == 0:  # a sender's offload
        length = end - start
    if length < 8 or length > end - start:
        return r.problem(UDP_CUT_SHORT)
    end = start + length
    if u16(r, start + 2) != VXLAN_PORT:
        return read_sctp(r, start + 8, end)
    if length < 16:
        return r.problem(UDP_CUT_SHORT)
    if not r.data[start + 8] & VXLAN_VALID:
        return r.pass_over(OTHER_VXLAN)
    return r.goes_on(ETHERNET, start + 16, end)
