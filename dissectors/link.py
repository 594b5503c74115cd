"""Links and networks: Ethernet with VLANs, Linux cooked, raw IP, loopback; IPv4 and IPv6."""

import cython

if not cython.compiled:
    from dissectors.mtp import read_mtp2, read_mtp2_with_header, read_mtp3
    from dissectors.octets import u16
    from dissectors.reading import Reading
    from dissectors.sccp import read_sccp
    from dissectors.sctp import read_sctp
    from dissectors.tcp import read_tcp

from dissectors.reasons import passed_over, problem

# https://www.tcpdump.org/linktypes.html
NULL = cython.declare(cython.int, 0)
ETHERNET = cython.declare(cython.int, 1)
RAW = cython.declare(cython.int, 101)
LOOP = cython.declare(cython.int, 108)
LINUX_SLL = cython.declare(cython.int, 113)
MTP2_WITH_HEADER = cython.declare(cython.int, 139)
MTP2 = cython.declare(cython.int, 140)
MTP3 = cython.declare(cython.int, 141)
SCCP = cython.declare(cython.int, 142)
IPV4 = cython.declare(cython.int, 228)
IPV6 = cython.declare(cython.int, 229)
LINUX_SLL2 = cython.declare(cython.int, 276)

ETHERTYPE_IPV4 = cython.declare(cython.uint, 0x0800)
ETHERTYPE_IPV6 = cython.declare(cython.uint, 0x86DD)
VLAN = cython.declare(cython.uint, 0x8100)
SERVICE_VLAN = cython.declare(cython.uint, 0x88A8)
TCP = cython.declare(cython.int, 6)
SCTP = cython.declare(cython.int, 132)
FRAGMENT_HEADER = cython.declare(cython.int, 44)

CUT_SHORT = cython.declare(cython.int, problem("link", "frame ends before its header does"))
IP_CUT_SHORT = cython.declare(
    cython.int, problem("ip", "packet ends before its header or announced length")
)
FRAGMENT = cython.declare(
    cython.int, problem("ip", "fragment of SCTP or TCP, reassembly is not done")
)
OTHER_LINK = cython.declare(cython.int, problem("link", "link type is not read"))
NOT_IP = cython.declare(cython.int, passed_over("link", "frames that carry no IP"))
OTHER_TRANSPORT = cython.declare(
    cython.int, passed_over("ip", "transports other than SCTP and TCP")
)


@cython.cfunc
@cython.nogil
def read_frame(
    r: Reading, link_type: cython.int, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """Read one frame of a capture by its link type."""
    r.forget_path()
    if link_type == ETHERNET:
        return _by_ethertype(r, start + 12, end)
    if link_type == LINUX_SLL:
        return _by_ethertype(r, start + 14, end)
    if link_type == LINUX_SLL2:
        if end - start < 20:
            return r.problem(CUT_SHORT)
        return _read_ethertype(r, u16(r, start), start + 20, end)
    if link_type in (RAW, IPV4, IPV6):
        return _read_ip(r, start, end)
    if link_type in (NULL, LOOP):
        return _read_ip(r, start + 4, end)
    if MTP2_WITH_HEADER <= link_type <= SCCP:
        return _read_signalling_link(r, link_type, start, end)
    return r.problem(OTHER_LINK)


@cython.cfunc
@cython.nogil
def _read_signalling_link(
    r: Reading, link_type: cython.int, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """SS7 without IP: signal units, or what their messages carry."""
    r.set_addresses(start, 0)
    if link_type == MTP2_WITH_HEADER:
        return read_mtp2_with_header(r, start, end)
    if link_type == MTP2:
        return read_mtp2(r, start, end)
    if link_type == MTP3:
        return read_mtp3(r, start, end)
    r.message += 1
    return read_sccp(r, start, end)


@cython.cfunc
@cython.nogil
def _by_ethertype(r: Reading, position: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """The EtherType at `position`, behind any number of VLAN tags (IEEE 802.1Q)."""
    if end - position < 2:
        return r.problem(CUT_SHORT)
    while u16(r, position) == VLAN or u16(r, position) == SERVICE_VLAN:
        position += 4
        if end - position < 2:
            return r.problem(CUT_SHORT)
    return _read_ethertype(r, u16(r, position), position + 2, end)


@cython.cfunc
@cython.nogil
def _read_ethertype(
    r: Reading, ethertype: cython.uint, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    if ethertype in (ETHERTYPE_IPV4, ETHERTYPE_IPV6):
        return _read_ip(r, position, end)
    if ethertype in (VLAN, SERVICE_VLAN):
        return _by_ethertype(r, position + 2, end)
    return r.pass_over(NOT_IP)


@cython.cfunc
@cython.nogil
def _read_ip(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    if start >= end:
        return r.problem(IP_CUT_SHORT)
    if r.data[start] >> 4 == 4:
        return _read_ipv4(r, start, end)
    if r.data[start] >> 4 == 6:
        return _read_ipv6(r, start, end)
    return r.pass_over(NOT_IP)


@cython.cfunc
@cython.nogil
def _read_ipv4(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """RFC 791 3.1. A total length of 0 is a sender's offload: the frame's end counts."""
    header: cython.int = (r.data[start] & 15) * 4
    length: cython.Py_ssize_t
    protocol: cython.int
    if end - start < 20 or header < 20 or end - start < header:
        return r.problem(IP_CUT_SHORT)
    protocol = r.data[start + 9]
    if protocol != SCTP and protocol != TCP:
        return r.pass_over(OTHER_TRANSPORT)
    length = u16(r, start + 2)
    if length == 0:
        length = end - start
    if length < header or length > end - start:
        return r.problem(IP_CUT_SHORT)
    if u16(r, start + 6) & 0x3FFF:
        return r.problem(FRAGMENT)
    r.set_addresses(start + 12, 4)
    return _read_transport(r, protocol, start + header, start + length)


@cython.cfunc
@cython.nogil
def _read_ipv6(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """RFC 8200 3 and 4: the header, then extension headers."""
    position: cython.Py_ssize_t = start + 40
    protocol: cython.int
    if end - start < 40:
        return r.problem(IP_CUT_SHORT)
    protocol = r.data[start + 6]
    if u16(r, start + 4) > end - position:
        return r.problem(IP_CUT_SHORT)
    if u16(r, start + 4):
        end = position + u16(r, start + 4)
    # hop-by-hop, routing, destination options
    while protocol == 0 or protocol == 43 or protocol == 60:
        if end - position < 8:
            return r.problem(IP_CUT_SHORT)
        protocol = r.data[position]
        position += 8 * (r.data[position + 1] + 1)
    if protocol == FRAGMENT_HEADER:
        return r.problem(FRAGMENT)
    if protocol != SCTP and protocol != TCP:
        return r.pass_over(OTHER_TRANSPORT)
    if position > end:
        return r.problem(IP_CUT_SHORT)
    r.set_addresses(start + 8, 16)
    return _read_transport(r, protocol, position, end)


@cython.cfunc
@cython.nogil
def _read_transport(
    r: Reading, protocol: cython.int, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    if protocol == SCTP:
        return read_sctp(r, start, end)
    return read_tcp(r, start, end)
