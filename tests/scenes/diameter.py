"""Diameter messages (RFC 6733 3, TS 29.272 7.2), octet by octet."""

import struct
from ipaddress import ip_address

S6A, THREEGPP = 16777251, 10415
CAPABILITIES, WATCHDOG = 257, 280
UPDATE_LOCATION, CANCEL_LOCATION, AUTHENTICATION_INFORMATION = 316, 317, 318
INSERT_SUBSCRIBER_DATA, DELETE_SUBSCRIBER_DATA, PURGE_UE, RESET = 319, 320, 321, 322
SUCCESS, UNABLE_TO_COMPLY, UNKNOWN_EPS_USER = 2001, 5012, 5001  # 5001 of Experimental-Result


def avp(code: int, value: bytes | str | int, vendor: int = 0) -> bytes:
    """An AVP; a number becomes Unsigned32. The M bit is set (RFC 6733 4.1)."""
    if isinstance(value, int):
        value = value.to_bytes(4, "big")
    data = value.encode() if isinstance(value, str) else value
    flags = 0xC0 if vendor else 0x40
    head = struct.pack(">IB", code, flags)
    length = (12 if vendor else 8) + len(data)
    extra = struct.pack(">I", vendor) if vendor else b""
    return head + length.to_bytes(3, "big") + extra + data + bytes(-length % 4)


def group(code: int, members: list[bytes], vendor: int = 0) -> bytes:
    return avp(code, b"".join(members), vendor)


def ours(code: int, value: bytes | str | int) -> bytes:
    """An AVP that 3GPP defined."""
    return avp(code, value, THREEGPP)


def message(
    command: int, request: bool, hop: int, end: int, avps: list[bytes], application: int = S6A
) -> bytes:
    """A whole message; hop and end are the Hop-by-Hop and End-to-End identifiers."""
    body = b"".join(avps)
    flags = (0x80 if request else 0) | (0x40 if application else 0)
    head = b"\x01" + (20 + len(body)).to_bytes(3, "big")
    return head + struct.pack(">IIII", flags << 24 | command, application, hop, end) + body


def origin(host: str, realm: str) -> list[bytes]:
    return [avp(264, host), avp(296, realm)]


def destination(realm: str, host: str | None = None) -> list[bytes]:
    return ([avp(293, host)] if host else []) + [avp(283, realm)]


def session(host: str, number: int, application: int = S6A) -> list[bytes]:
    """Session-Id, Vendor-Specific-Application-Id, Auth-Session-State NO_STATE_MAINTAINED."""
    specific = group(260, [avp(266, THREEGPP), avp(258, application)])
    return [avp(263, f"{host};1;{number}"), specific, avp(277, 1)]


def experimental(code: int) -> bytes:
    return group(297, [avp(266, THREEGPP), avp(298, code)])


def subscription(msisdn: bytes) -> bytes:
    """Subscription-Data with the MSISDN and a default bandwidth (TS 29.272 7.3.2)."""
    rates = group(1435, [ours(516, 50_000_000), ours(515, 150_000_000)], THREEGPP)
    return group(1400, [ours(701, msisdn), ours(1424, 0), rates], THREEGPP)


def location(plmn: bytes, area: int, identity: int) -> bytes:
    """EPS-Location-Information with the cell and tracking area of an MME (TS 29.272 7.3.111)."""
    cell = ours(1602, plmn + identity.to_bytes(4, "big"))
    tracking = ours(1603, plmn + area.to_bytes(2, "big"))
    return group(1496, [group(1600, [cell, tracking], THREEGPP)], THREEGPP)


def capabilities(request: bool, host: str, realm: str, address: str, number: int) -> bytes:
    packed = ip_address(address).packed
    family = b"\x00\x01" if len(packed) == 4 else b"\x00\x02"
    result = [] if request else [avp(268, SUCCESS)]
    about = [avp(257, family + packed), avp(266, THREEGPP), avp(269, "scene"), avp(258, S6A)]
    return message(CAPABILITIES, request, number, number, result + origin(host, realm) + about, 0)


def watchdog(request: bool, host: str, realm: str, number: int) -> bytes:
    result = [] if request else [avp(268, SUCCESS)]
    return message(WATCHDOG, request, number, number, result + origin(host, realm), 0)
