"""AVPs (RFC 6733 4.1), by the table of fields: a group in a group, and what decoders forgive."""

import cython

if not cython.compiled:
    from dissectors.avp_value import take_value
    from dissectors.octets import u24, u32
    from dissectors.reading import Reading

from dissectors import avp_table, diameter_fields, reasons
from dissectors.reasons import anomaly, problem

NONE = cython.declare(cython.int, reasons.NONE)
AVP_LENGTH = cython.declare(
    cython.int, problem("diameter", "AVP does not fit into its message or group")
)

RESERVED_FLAGS = cython.declare(cython.int, anomaly("diameter", "reserved flags of an AVP are set"))
PROTECTED = cython.declare(cython.int, anomaly("diameter", "AVP with the flag P"))
NOT_MANDATORY = cython.declare(
    cython.int, anomaly("diameter", "AVP without the flag M that it must have")
)
UNKNOWN = cython.declare(
    cython.int, anomaly("diameter", "AVP that must be understood and no dictionary has")
)
OTHER_VENDORS = cython.declare(
    cython.int, anomaly("diameter", "AVP of another vendor that must be understood")
)
NO_VENDOR = cython.declare(cython.int, anomaly("diameter", "AVP of 3GPP without its vendor"))
VENDOR_ZERO = cython.declare(cython.int, anomaly("diameter", "AVP with vendor 0"))
TWICE = cython.declare(cython.int, anomaly("diameter", "AVP that is there twice"))
PADDING = cython.declare(cython.int, anomaly("diameter", "padding that is not zero"))
NO_PADDING = cython.declare(cython.int, anomaly("diameter", "AVP without its padding"))
NOT_FIRST = cython.declare(cython.int, anomaly("diameter", "Session-Id is not the first AVP"))

CODE = cython.declare(cython.int, avp_table.CODE)
PARENT = cython.declare(cython.int, avp_table.PARENT)
CHILDREN = cython.declare(cython.int, avp_table.CHILDREN)
DECODER = cython.declare(cython.int, avp_table.DECODER)
FLAGS = cython.declare(cython.int, avp_table.FLAGS)
MANY = cython.declare(cython.int, avp_table.MANY)
MANDATORY = cython.declare(cython.int, avp_table.MANDATORY)
VENDOR_3GPP = cython.declare(cython.uint, avp_table.VENDOR_3GPP)
FROM_3GPP = cython.declare(cython.uint, avp_table.FROM_3GPP)
SLOTS = cython.declare(cython.uint, avp_table.SLOTS)
HIGHEST_KNOWN = cython.declare(cython.uint, avp_table.HIGHEST_KNOWN)
KNOWN_BY_IETF = cython.declare(cython.int, avp_table.KNOWN_BY_IETF)
KNOWN_BY_3GPP = cython.declare(cython.int, avp_table.KNOWN_BY_3GPP)
MAY_HOLD_TEXT = cython.declare(cython.int, avp_table.MAY_HOLD_TEXT)
ROUTE = cython.declare(cython.int, diameter_fields.ROUTE)
SESSION = cython.declare(cython.int, diameter_fields.SESSION)

VENDOR = cython.declare(cython.int, 0x80)
MUST = cython.declare(cython.int, 0x40)
PRIME = cython.declare(cython.ulonglong, 0x9E3779B97F4A7C15)
ALL_BITS = cython.declare(cython.ulonglong, (1 << 64) - 1)
LOW = cython.declare(cython.uint, 0xFFFFFFFF)
CODE_FACTOR = cython.declare(cython.uint, 0x9E3779B1)
PARENT_FACTOR = cython.declare(cython.uint, 0x85EBCA6B)


@cython.cfunc
@cython.nogil
def read_avps(
    r: Reading, parent: cython.int, position: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """The AVPs of a message (`parent` is 0) or group; padding to 4 is outside an AVP's length."""
    node: cython.int
    flags: cython.int
    header: cython.int
    length: cython.Py_ssize_t
    first: cython.Py_ssize_t = position
    group: cython.longlong
    r.subscription_id_type = NONE
    r.subscription_start = r.subscription_end = 0
    r.avp_group += 1
    group = r.avp_group
    while end - position >= 8:
        flags = r.data[position + 4]
        header = 12 if flags & VENDOR else 8
        length = u24(r, position + 5)
        if length < header or length > end - position:
            r.hide(position, end)
            return r.problem(AVP_LENGTH)
        node = find_avp(r, parent, position)
        if flags & 0x3F or flags & VENDOR or node <= 0:
            _check_flags(r, node, position, flags)
        if _may_hold_text(r, u32(r, position)):
            r.hide(position + header, position + length)
        if node > 0:
            _check_place(r, node, position, first, group)
            take_value(r, node, position + header, position + length)
            if r.diameter_fields[node, CHILDREN]:
                read_avps(r, node, position + header, position + length)
        if parent == 0 and (node <= 0 or r.diameter_fields[node, DECODER] != ROUTE):
            _add_to_fingerprint(r, u32(r, position), flags)
        position += length
        if length & 3:
            position = _skip_padding(r, position, -length & 3, end)
    return r.problem(AVP_LENGTH) if position < end else 0


@cython.cfunc
@cython.nogil
def find_avp(r: Reading, parent: cython.int, position: cython.Py_ssize_t) -> cython.int:
    """The row of fields for the AVP at `position` in this group, or NONE."""
    code: cython.uint = u32(r, position)
    vendor: cython.uint = 0
    mixed: cython.uint
    slot: cython.uint
    node: cython.int
    if code > HIGHEST_KNOWN:
        return NONE
    if r.data[position + 4] & VENDOR:
        vendor = u32(r, position + 8)
        if vendor == VENDOR_3GPP:
            code |= FROM_3GPP
        elif vendor:
            return NONE
    mixed = (code * CODE_FACTOR ^ parent * PARENT_FACTOR) & LOW
    slot = (mixed ^ mixed >> 15) & (SLOTS - 1)
    node = r.avp_slots[slot]
    while node:
        if r.diameter_fields[node, CODE] == code and r.diameter_fields[node, PARENT] == parent:
            return node
        slot = (slot + 1) & (SLOTS - 1)
        node = r.avp_slots[slot]
    return NONE


@cython.cfunc
@cython.nogil
def _check_flags(
    r: Reading, node: cython.int, position: cython.Py_ssize_t, flags: cython.int
) -> cython.int:
    """What an AVP's flags and vendor say that they should not (RFC 6733 4.1)."""
    code: cython.uint = u32(r, position)
    known: cython.int = r.known_avps[code] if code <= HIGHEST_KNOWN else 0
    vendor: cython.uint = u32(r, position + 8) if flags & VENDOR else 0
    if flags & 0x1F:
        r.anomaly(RESERVED_FLAGS, position)
    if flags & 0x20:
        r.anomaly(PROTECTED, position)
    if flags & VENDOR and vendor == 0:
        r.anomaly(VENDOR_ZERO, position)
    if node > 0:
        return 0
    if vendor == 0 and not known & KNOWN_BY_IETF and known & KNOWN_BY_3GPP:
        return r.anomaly(NO_VENDOR, position)
    if not flags & MUST:
        return 0
    if vendor != 0 and vendor != VENDOR_3GPP:
        return r.anomaly(OTHER_VENDORS, position)
    if not known & (KNOWN_BY_3GPP if vendor else KNOWN_BY_IETF):
        return r.anomaly(UNKNOWN, position)
    return 0


@cython.cfunc
@cython.nogil
def _check_place(
    r: Reading,
    node: cython.int,
    position: cython.Py_ssize_t,
    first: cython.Py_ssize_t,
    group: cython.longlong,
) -> cython.int:
    """Whether an AVP has the flag M that it must have, is alone, and where it ought to be."""
    flags: cython.int = r.diameter_fields[node, FLAGS]
    if flags & MANDATORY and not r.data[position + 4] & MUST:
        r.anomaly(NOT_MANDATORY, position)
    if r.avp_seen[node] == group and not flags & MANY:
        r.anomaly(TWICE, position)
    r.avp_seen[node] = group
    if r.diameter_fields[node, DECODER] == SESSION and position != first:
        r.anomaly(NOT_FIRST, position)
    return 0


@cython.cfunc
@cython.nogil
def _add_to_fingerprint(r: Reading, code: cython.ulonglong, flags: cython.ulonglong) -> cython.int:
    r.fingerprint = (r.fingerprint ^ (code << 8 | flags)) * PRIME & ALL_BITS
    return 0


@cython.cfunc
@cython.nogil
def _skip_padding(
    r: Reading, position: cython.Py_ssize_t, octets: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """The position behind so many octets of padding."""
    if octets > end - position:
        r.anomaly(NO_PADDING, position)
        return end
    while octets:
        if r.data[position]:
            r.anomaly(PADDING, position)
        position += 1
        octets -= 1
    return position


@cython.cfunc
@cython.nogil
def _may_hold_text(r: Reading, code: cython.uint) -> cython.int:
    """Whatever vendor is named: a wrong one makes text no less a text."""
    return code <= HIGHEST_KNOWN and r.known_avps[code] & MAY_HOLD_TEXT
