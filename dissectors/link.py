"""Links: Ethernet with VLANs, Linux cooked, raw IP, loopback; and on through tunnels.

Whoever reads a link or a tunnel gives 0 when all is read, or the EtherType of what lies inside,
from `r.inside` to `r.inside_end`; so tunnels are gone through one by one, in bounded number.
"""

import cython

if not cython.compiled:
    from dissectors.exported import read_exported
    from dissectors.ip import read_ip, read_protocol
    from dissectors.mtp import read_mtp2, read_mtp2_with_header, read_mtp3
    from dissectors.octets import u16
    from dissectors.ppp import read_cisco_hdlc, read_ppp, read_pppoe
    from dissectors.reading import Reading
    from dissectors.sccp import read_sccp
    from dissectors.tunnel import read_mpls

from dissectors import ethertypes
from dissectors.reasons import passed_over, problem

# https://www.tcpdump.org/linktypes.html
NULL = cython.declare(cython.int, 0)
ETHERNET = cython.declare(cython.int, 1)
PPP = cython.declare(cython.int, 9)
RAW_OF_BSD = cython.declare(cython.int, 12)  # DLT_RAW's number on most systems
RAW_OF_OPENBSD = cython.declare(cython.int, 14)
PPP_HDLC = cython.declare(cython.int, 50)
PPP_ETHERNET = cython.declare(cython.int, 51)
RAW = cython.declare(cython.int, 101)
CISCO_HDLC = cython.declare(cython.int, 104)
LOOP = cython.declare(cython.int, 108)
LINUX_SLL = cython.declare(cython.int, 113)
MTP2_WITH_HEADER = cython.declare(cython.int, 139)
MTP2 = cython.declare(cython.int, 140)
MTP3 = cython.declare(cython.int, 141)
SCCP = cython.declare(cython.int, 142)
IPV4 = cython.declare(cython.int, 228)
IPV6 = cython.declare(cython.int, 229)
EXPORTED = cython.declare(cython.int, 252)
LINUX_SLL2 = cython.declare(cython.int, 276)

ETHERTYPE_IPV4 = cython.declare(cython.uint, ethertypes.IPV4)
ETHERTYPE_IPV6 = cython.declare(cython.uint, ethertypes.IPV6)
ETHERTYPE_ETHERNET = cython.declare(cython.uint, ethertypes.ETHERNET)
ETHERTYPE_PPP = cython.declare(cython.uint, ethertypes.PPP)
PPPOE = cython.declare(cython.uint, ethertypes.PPPOE)
MPLS = cython.declare(cython.uint, ethertypes.MPLS)
MPLS_UPSTREAM = cython.declare(cython.uint, ethertypes.MPLS_UPSTREAM)
VLAN = cython.declare(cython.uint, ethertypes.VLAN)
SERVICE_VLAN = cython.declare(cython.uint, ethertypes.SERVICE_VLAN)
OLD_SERVICE_VLAN = cython.declare(cython.uint, ethertypes.OLD_SERVICE_VLAN)
JOINED = cython.declare(cython.uint, ethertypes.JOINED)
MOST_TUNNELS = cython.declare(cython.int, 16)

CUT_SHORT = cython.declare(cython.int, problem("link", "frame ends before its header does"))
OTHER_LINK = cython.declare(cython.int, problem("link", "link type is not read"))
TOO_DEEP = cython.declare(cython.int, problem("link", "too many tunnels inside each other"))
NOT_IP = cython.declare(cython.int, passed_over("link", "frames that carry no IP"))


@cython.cfunc
@cython.nogil
def read_frame(
    r: Reading, link_type: cython.int, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """Read one frame of a capture by its link type."""
    inside: cython.uint
    r.forget_path()
    r.tunnels = 0
    inside = _read_link(r, link_type, start, end)
    return _read_inside(r, inside) if inside else 0


@cython.cfunc
@cython.nogil
def _read_link(
    r: Reading, link_type: cython.int, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    if link_type == ETHERNET:
        return _by_ethertype(r, start + 12, end)
    if link_type == LINUX_SLL:
        return _by_ethertype(r, start + 14, end)
    if link_type == LINUX_SLL2:
        if end - start < 20:
            return r.problem(CUT_SHORT)
        return _read_ethertype(r, u16(r, start), start + 20, end)
    if link_type in (RAW, RAW_OF_BSD, RAW_OF_OPENBSD, IPV4, IPV6):
        return read_ip(r, start, end)
    if link_type in (NULL, LOOP):
        return _read_loopback(r, start, end)
    if MTP2_WITH_HEADER <= link_type <= SCCP:
        return _read_signalling_link(r, link_type, start, end)
    if link_type in (PPP, PPP_HDLC):
        return read_ppp(r, start, end)
    if link_type == PPP_ETHERNET:
        return read_pppoe(r, start, end)
    if link_type == CISCO_HDLC:
        return read_cisco_hdlc(r, start, end)
    if link_type == EXPORTED:
        return read_exported(r, start, end)
    return r.problem(OTHER_LINK)


@cython.cfunc
@cython.nogil
def _read_signalling_link(
    r: Reading, link_type: cython.int, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """SS7 without IP: signal units, or what their messages carry."""
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
    while _is_vlan(u16(r, position)):
        position += 4
        if end - position < 2:
            return r.problem(CUT_SHORT)
    return _read_ethertype(r, u16(r, position), position + 2, end)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_vlan(ethertype: cython.uint) -> cython.int:
    return ethertype in (VLAN, SERVICE_VLAN, OLD_SERVICE_VLAN)


@cython.cfunc
@cython.nogil
def _read_ethertype(
    r: Reading, ethertype: cython.uint, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    if ethertype in (ETHERTYPE_IPV4, ETHERTYPE_IPV6):
        return read_ip(r, position, end)
    if _is_vlan(ethertype):
        return _by_ethertype(r, position + 2, end)
    if ethertype == ETHERTYPE_ETHERNET:
        return _by_ethertype(r, position + 12, end)
    if ethertype in (MPLS, MPLS_UPSTREAM):
        return read_mpls(r, position, end)
    if ethertype == PPPOE:
        return read_pppoe(r, position, end)
    if ethertype == ETHERTYPE_PPP:
        return read_ppp(r, position, end)
    return r.pass_over(NOT_IP)


@cython.cfunc
@cython.nogil
def _read_loopback(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """An address family in four octets, in either byte order, then IP of the version it says."""
    family: cython.uint
    if end - start < 4:
        return r.problem(CUT_SHORT)
    family = r.data[start] | r.data[start + 3]
    if r.data[start + 1] or r.data[start + 2] or family not in (2, 10, 23, 24, 28, 30):
        return r.pass_over(NOT_IP)
    return read_ip(r, start + 4, end)


@cython.cfunc
@cython.nogil
def _read_inside(r: Reading, inside: cython.uint) -> cython.int:
    """Go through tunnels until all is read."""
    while inside:
        r.tunnels += 1
        if r.tunnels > MOST_TUNNELS:
            return r.problem(TOO_DEEP)
        if inside == JOINED:
            with cython.gil:
                return _read_joined(r)
        inside = _read_ethertype(r, inside, r.inside, r.inside_end)
    return 0


@cython.cfunc
def _read_joined(r: Reading) -> cython.int:
    """Read a datagram out of several fragments: its protocol in one octet, then what it carries."""
    block, before, place = r.data, r.message, len(r.wholes or ()) - 1
    r.data = memoryview(r.joined)
    try:
        return _read_inside(r, read_protocol(r, r.data[0], 1, len(r.data)))
    finally:
        r.data = block
        if r.wholes:
            messages = range(before + 1, r.message + 1)
            r.wholes[place] = r.wholes[place]._replace(messages=messages)
