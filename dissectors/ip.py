"""IPv4 (RFC 791) and IPv6 (RFC 8200): headers, extension headers, and what packets carry."""

import cython

if not cython.compiled:
    from dissectors.ip_fragments import keep_fragment
    from dissectors.octets import u16
    from dissectors.reading import Reading
    from dissectors.sctp import read_sctp
    from dissectors.tcp import read_tcp
    from dissectors.tunnel import carries_signalling, read_gre, read_udp

from dissectors import ethertypes
from dissectors.reasons import passed_over, problem

# protocols (IANA, protocol numbers)
HOP_BY_HOP = cython.declare(cython.int, 0)
IPV4_INSIDE = cython.declare(cython.int, 4)
TCP = cython.declare(cython.int, 6)
UDP = cython.declare(cython.int, 17)
IPV6_INSIDE = cython.declare(cython.int, 41)
ROUTING = cython.declare(cython.int, 43)
FRAGMENT = cython.declare(cython.int, 44)
GRE = cython.declare(cython.int, 47)
ENCRYPTED = cython.declare(cython.int, 50)
AUTHENTICATION = cython.declare(cython.int, 51)
DESTINATION_OPTIONS = cython.declare(cython.int, 60)
SCTP = cython.declare(cython.int, 132)
HEADERS = (0, 43, 51, 60)  # those of extensions, in front of the same
FRAGMENT_OF_IPV4 = cython.declare(cython.uint, 0x3FFF)  # flag "more fragments", offset
MORE_FRAGMENTS = cython.declare(cython.uint, 0x2000)
OFFSET = cython.declare(cython.uint, 0x1FFF)
IPV4 = cython.declare(cython.uint, ethertypes.IPV4)
IPV6 = cython.declare(cython.uint, ethertypes.IPV6)

CUT_SHORT = cython.declare(
    cython.int, problem("ip", "packet ends before its header or announced length")
)
NOT_IP = cython.declare(cython.int, passed_over("link", "frames that carry no IP"))
ESP = cython.declare(cython.int, passed_over("ip", "encrypted packets (ESP)"))
OTHER_TRANSPORT = cython.declare(
    cython.int, passed_over("ip", "transports other than SCTP and TCP")
)
OTHER_FRAGMENT = cython.declare(
    cython.int, passed_over("ip", "fragments of transports other than SCTP and TCP")
)


@cython.cfunc
@cython.nogil
def read_ip(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """Read a packet of the version that its first octet says."""
    if start >= end:
        return r.problem(CUT_SHORT)
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
    is_cut: cython.int
    if end - start < 20 or header < 20 or end - start < header:
        return r.problem(CUT_SHORT)
    length = u16(r, start + 2) or end - start
    is_cut = length < header or length > end - start
    if not is_cut:
        end = start + length
    r.set_addresses(start + 12, start + 16, 4)
    if u16(r, start + 6) & FRAGMENT_OF_IPV4:
        return _read_ipv4_fragment(r, start, start + header, end, is_cut)
    return _read_content(r, r.data[start + 9], start + header, end, is_cut)


@cython.cfunc
@cython.nogil
def _read_ipv6(r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """RFC 8200 3. A payload length of 0 is that of a jumbogram or an offload."""
    position: cython.Py_ssize_t = start + 40
    length: cython.Py_ssize_t
    is_cut: cython.int
    if end < position:
        return r.problem(CUT_SHORT)
    length = u16(r, start + 4) or end - position
    is_cut = length > end - position
    if not is_cut:
        end = position + length
    r.set_addresses(start + 8, start + 24, 16)
    return _read_content(r, r.data[start + 6], position, end, is_cut)


@cython.cfunc
@cython.nogil
def _read_content(
    r: Reading,
    protocol: cython.int,
    position: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    is_cut: cython.int,
) -> cython.int:
    """What a packet carries, behind extension headers; `is_cut` if its end is not there.

    Those of IPv6 (RFC 8200 4) are read in IPv4 too, as Wireshark does; AH is of both (RFC 4302 2).
    """
    while protocol in (HOP_BY_HOP, ROUTING, DESTINATION_OPTIONS, AUTHENTICATION):
        if end - position < 8:
            return r.problem(CUT_SHORT)
        if protocol == AUTHENTICATION:
            protocol = r.data[position]
            position += 4 * (r.data[position + 1] + 2)
        else:
            protocol = r.data[position]
            position += 8 * (r.data[position + 1] + 1)
    if protocol == FRAGMENT:
        return _read_fragment_header(r, position, end, is_cut)
    if protocol == ENCRYPTED:
        return r.pass_over(ESP)
    if not _is_read(r, protocol, position, end):
        return r.pass_over(OTHER_TRANSPORT)
    if is_cut or position > end:
        return r.problem(CUT_SHORT)
    return read_protocol(r, protocol, position, end)


@cython.cfunc
@cython.nogil
def _is_read(
    r: Reading, protocol: cython.int, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """Whether what a packet carries may hold signalling; of UDP, two ports may."""
    if protocol == UDP:
        return carries_signalling(r, position, end)
    return protocol in (SCTP, TCP, GRE, IPV4_INSIDE, IPV6_INSIDE)


@cython.cfunc
@cython.nogil
def read_protocol(
    r: Reading, protocol: cython.int, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """Read a packet's content, which is whole, by the number of its protocol."""
    if protocol == SCTP:
        return read_sctp(r, start, end)
    if protocol == TCP:
        return read_tcp(r, start, end)
    if protocol == GRE:
        return read_gre(r, start, end)
    if protocol == UDP and carries_signalling(r, start, end):
        return read_udp(r, start, end)
    if protocol == IPV4_INSIDE:
        return r.goes_on(IPV4, start, end)
    if protocol == IPV6_INSIDE:
        return r.goes_on(IPV6, start, end)
    if protocol in (HOP_BY_HOP, ROUTING, DESTINATION_OPTIONS, AUTHENTICATION):
        return _read_content(r, protocol, start, end, 0)
    return r.pass_over(OTHER_TRANSPORT)


@cython.cfunc
@cython.nogil
def _read_ipv4_fragment(
    r: Reading,
    start: cython.Py_ssize_t,
    content: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    is_cut: cython.int,
) -> cython.int:
    """RFC 791 3.2: fragments share addresses, protocol and identification."""
    place: cython.Py_ssize_t = (u16(r, start + 6) & OFFSET) * 8
    goes_on: cython.int = u16(r, start + 6) & MORE_FRAGMENTS != 0
    protocol: cython.int = r.data[start + 9]
    with cython.gil:
        key = bytes(r.data[start + 12 : start + 20]) + bytes(r.data[start + 4 : start + 6])
        key += bytes(r.data[start + 9 : start + 10])
        return _keep(r, key, protocol, place, goes_on, content, end, is_cut)


@cython.cfunc
@cython.nogil
def _read_fragment_header(
    r: Reading, start: cython.Py_ssize_t, end: cython.Py_ssize_t, is_cut: cython.int
) -> cython.int:
    """RFC 8200 4.5: fragments share addresses and identification; the first one's protocol counts.

    A fragment that is whole (RFC 6946) is read by itself.
    """
    place: cython.Py_ssize_t
    goes_on: cython.int
    if end - start < 8:
        return r.problem(CUT_SHORT)
    place = u16(r, start + 2) & 0xFFF8
    goes_on = r.data[start + 3] & 1
    if place == 0 and not goes_on:
        return _read_content(r, r.data[start], start + 8, end, is_cut)
    with cython.gil:
        key = bytes(r.addresses) + bytes(r.data[start + 4 : start + 8])
        return _keep(r, key, r.data[start], place, goes_on, start + 8, end, is_cut)


@cython.cfunc
def _keep(
    r: Reading,
    key: bytes,
    protocol: cython.int,
    place: cython.Py_ssize_t,
    goes_on: cython.int,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    is_cut: cython.int,
) -> cython.int:
    """Keep a fragment if its packet may hold signalling; JOINED if it was the last that lacked.

    Of UDP the first tells by its ports: a later one that comes before it is not kept.
    """
    is_read = _is_read(r, protocol, start, end) if protocol != UDP or place == 0 else 0
    if not is_read and protocol not in HEADERS and key not in r.datagrams.messages:
        return r.pass_over(OTHER_FRAGMENT)
    if is_cut:
        return r.problem(CUT_SHORT)
    return keep_fragment(r, key, protocol, place, goes_on, bytes(r.data[start:end]))
