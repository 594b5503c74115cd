"""The table of Diameter's fields as the walker follows it: AVP names resolved to codes.

A row is an AVP in its place: CODE (3GPP's with FROM_3GPP), PARENT (the row of the group that it is
in; 0 is the message), CHILDREN, DECODER, COLUMN, FLAGS. A row is found by code and parent through a
table of slots, without a look at its neighbours. Codes are those of pycrate's dictionaries.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from pycrate_diameter.Diameter3GPP import AVP3GPPCodes_dict
from pycrate_diameter.iana_diameter_dicts import AVPCodes_dict

from dissectors.diameter_fields import DIAMETER_FIELDS, DIAMETER_ROUTE_TABLE, DIAMETER_TABLE, ROUTE

CODE, PARENT, CHILDREN, DECODER, COLUMN, FLAGS = range(6)
MANY, MANDATORY = 1, 2  # in FLAGS: it may be there more than once; its flag M must be set
VENDOR_3GPP = 10415
FROM_3GPP = 1 << 28  # marks a code of vendor 3GPP
SLOTS = 2048
HIGHEST_KNOWN = 8191
KNOWN_BY_IETF, KNOWN_BY_3GPP, MAY_HOLD_TEXT = 1, 2, 4
# RFC 6733 4.5: the flag M must be set
BASE_AVPS = (
    "Session-Id", "Origin-Host", "Origin-Realm", "Destination-Host", "Destination-Realm",
    "User-Name", "Route-Record", "Proxy-Info", "Result-Code", "Experimental-Result",
    "Experimental-Result-Code", "Auth-Application-Id", "Acct-Application-Id",
    "Vendor-Specific-Application-Id",
)  # fmt: skip
# They are or may hold a short message, or words of a person (TS 29.338 5.3.3; RFC 6733 7.5).
TEXT_AVPS = ("SM-RP-UI", "SM-Delivery-Failure-Cause", "SM-Diagnostic-Info", "Failed-AVP")


Rows = dict[tuple[int, int], list[int]]  # by code and parent
Step = tuple[int, bool, bool]  # code, whether it may be repeated, whether M must be set


def slot_of(code: int, parent: int) -> int:
    """Where to begin to look for an AVP of this code in this group; the walker does the same."""
    mixed = (code * 0x9E3779B1 ^ parent * 0x85EBCA6B) & 0xFFFFFFFF
    return (mixed ^ mixed >> 15) & SLOTS - 1


@cache
def avp_rows() -> NDArray[np.int32]:
    """The rows; row 0 is the message."""
    rows: Rows = {(0, 0): [0, 0, 0, 0, -1, 0]}
    for column, path, decoder in DIAMETER_FIELDS:
        for codes in _code_paths(path):
            row = _add(rows, codes)
            row[DECODER] = decoder
            row[COLUMN] = _place(column, decoder)
    return np.array(list(rows.values()), np.int32)


@cache
def avp_slots() -> NDArray[np.int32]:
    """A row's number in each slot, 0 where it is free; a taken slot's row is in the next one."""
    slots = np.zeros(SLOTS, np.int32)
    for number, (code, parent, *_) in enumerate(avp_rows().tolist()[1:], 1):
        slot = slot_of(code, parent)
        while slots[slot]:
            slot = (slot + 1) % SLOTS
        slots[slot] = number
    return slots


@cache
def known_avps() -> NDArray[np.uint8]:
    """By code, who has defined it, and MAY_HOLD_TEXT whatever vendor is named."""
    known = np.zeros(HIGHEST_KNOWN + 1, np.uint8)
    for codes, bit in ((AVPCodes_dict, KNOWN_BY_IETF), (AVP3GPPCodes_dict, KNOWN_BY_3GPP)):
        for code, name in codes.items():
            if code <= HIGHEST_KNOWN and name not in ("Unassigned", "Reserved"):
                known[code] |= bit
    for name in TEXT_AVPS:
        for code in avp_codes(name):
            known[code & HIGHEST_KNOWN] |= MAY_HOLD_TEXT
    return known


def avp_codes(name: str) -> list[int]:
    """The codes with this name, 3GPP's with FROM_3GPP; raises KeyError if there is none."""
    return _codes_by_name()[name]


@cache
def _codes_by_name() -> dict[str, list[int]]:
    """pycrate's dictionary of 3GPP repeats the codes of the IETF."""
    named: dict[str, list[int]] = {}
    for code, name in AVPCodes_dict.items():
        named.setdefault(name, []).append(code)
    for code, name in AVP3GPPCodes_dict.items():
        if AVPCodes_dict.get(code) != name:
            named.setdefault(name, []).append(code | FROM_3GPP)
    return named


def _code_paths(path: str) -> list[list[Step]]:
    """The steps of a path of names; more than one path where a name has more than one code."""
    paths: list[list[Step]] = [[]]
    for part in path.split("."):
        name = part.removeprefix("*")
        steps = [(code, part != name, name in BASE_AVPS) for code in avp_codes(name)]
        paths = [[*before, step] for before in paths for step in steps]
    return paths


def _add(rows: Rows, codes: list[Step]) -> list[int]:
    """The row of the last code, made with those of the groups around it if it is not there."""
    parent = 0
    row = rows[0, 0]
    for code, many, mandatory in codes:
        row[CHILDREN] = 1
        row = rows.setdefault((code, parent), [code, parent, 0, 0, -1, 0])
        row[FLAGS] |= many * MANY | mandatory * MANDATORY
        parent = list(rows).index((code, parent))
    return row


def _place(column: str, decoder: int) -> int:
    """The place of a column among the table's numbers or among its texts; -1 if it has none."""
    tables = DIAMETER_ROUTE_TABLE if decoder == ROUTE else DIAMETER_TABLE
    return next((names.index(column) for names in tables if column in names), -1)
