"""The columns of a Diameter message as pycrate's full decode gives them.

The table of fields is read twice: by the walker, which follows codes, and here by AVP names.
"""

from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

from pycrate_core.elt import Sequence
from pycrate_diameter.Diameter3GPP import (
    FMT_LUT_TS29230,
    AVP3GPPCodes_dict,
    Diameter3GPP,
    Grouped,
)
from pycrate_diameter.iana_diameter_dicts import AVPCodes_dict

from dissectors import diameter_fields as kinds
from dissectors.diameter_fields import DIAMETER_DIGITS, DIAMETER_FIELDS

FIELDS: dict[str, list[tuple[str, int]]] = {}
for _column, _path, _decoder in DIAMETER_FIELDS:
    FIELDS.setdefault(_path.replace("*", ""), []).append((_column, _decoder))
LISTS = (kinds.TEXTS, kinds.INTEGERS, kinds.HEX)
VENDOR_3GPP = 10415

# pycrate takes SMSMI-Correlation-ID for a number; it is a group (TS 29.338 5.3.3.18)
FMT_LUT_TS29230[3324] = Grouped

Row = dict[str, Any]


def row_of(octets: bytes) -> Row:
    """The columns that AVPs fill; the first value stays, lists are joined, some are counted."""
    message = Diameter3GPP()
    message.from_bytes(octets)
    row: Row = {}
    application = message[0]["AppID"].get_val()
    types: dict[int, int] = {}  # of each Subscription-Id
    data: dict[int, str] = {}
    for group, path, avp in leaves(message[1], ""):
        for column, decoder in FIELDS.get(path, ()):
            value = avp[1].to_bytes()
            if decoder == kinds.SUBSCRIPTION_TYPE:
                types[group] = int.from_bytes(value)
            elif decoder == kinds.SUBSCRIPTION_DATA:
                data[group] = value.decode()
            elif decoder != kinds.TPDU:  # its text is kept nowhere
                put(row, column, decoder, value, application)
            if types.get(group) in (0, 1) and group in data:
                row.setdefault(("msisdn", "imsi")[types[group]], data.pop(group))
    return row


def leaves(avps: Any, path: str) -> Iterator[tuple[int, str, Any]]:
    """Each AVP behind the group that it is in and the names of those around it and its own."""
    for avp in avps:
        here = f"{path}{'.' if path else ''}{name_of(avp)}"
        yield id(avps), here, avp
        if isinstance(avp[1], Sequence) and any(known.startswith(f"{here}.") for known in FIELDS):
            yield from leaves(avp[1], here)


def name_of(avp: Any) -> str:
    head = {part._name: part.get_val() for part in avp[0]}
    vendor = head.get("VendorID") if head["V"] else None
    names = AVP3GPPCodes_dict if vendor == VENDOR_3GPP else AVPCodes_dict if not vendor else {}
    return str(names.get(head["Code"], "unknown"))


def put(row: Row, column: str, decoder: int, value: bytes, application: int) -> None:
    if decoder == kinds.COUNT:
        row[column] = row.get(column, 0) + 1
    elif decoder == kinds.APPLICATION:
        if int.from_bytes(value) != application:
            row.setdefault("other_application", int.from_bytes(value))
    elif decoder == kinds.APPLICATION_VENDOR:
        if int.from_bytes(value) != VENDOR_3GPP:
            row.setdefault(column, int.from_bytes(value))
    elif decoder == kinds.USER_NAME:
        is_imsi = value.isdigit() and 6 <= len(value) <= 15
        row.setdefault("imsi" if is_imsi else "user_name", value.decode())
    elif decoder in LISTS or column == "route_record":
        row[column] = (
            f"{row[column]} {read(decoder, value)}" if column in row else read(decoder, value)
        )
    elif decoder != kinds.SESSION:
        row.setdefault(column, read(decoder, value))


def read(decoder: int, value: bytes) -> Any:
    number = int.from_bytes(value)
    if decoder in (kinds.INTEGER, kinds.INTEGERS):
        return number if decoder == kinds.INTEGER else str(number)
    if decoder == kinds.PRESENT:
        return 1
    if decoder == kinds.LENGTH:
        return len(value)
    if decoder == kinds.HEX:
        return value.hex()
    if decoder in (kinds.TBCD, kinds.NUMBER):
        return swapped(value).rstrip("f")
    if decoder == kinds.SME_ADDRESS:  # digits behind their number and type (TS 23.040 9.1.2.5)
        return swapped(value[2:]).rstrip("f")
    if decoder == kinds.ADDRESS:
        return str(ip_address(value[2:]))
    if decoder in (kinds.PLMN, kinds.CELL, kinds.EPS_CELL):
        return place(decoder, value)
    return value.decode()


def swapped(value: bytes) -> str:
    """Digits, the low half of each octet first."""
    return "".join(f"{octet & 15:x}{octet >> 4:x}" for octet in value)


def place(decoder: int, value: bytes) -> str:
    """A network, cell or area (TS 24.008 10.5.1.13, TS 23.003 4 and 19)."""
    digits = swapped(value[:3])
    plmn = digits[:3], digits[4:] + digits[3].replace("f", "")
    if decoder == kinds.PLMN:
        return "".join(plmn)
    if decoder == kinds.EPS_CELL:
        return "-".join((*plmn, str(int.from_bytes(value[3:]) & 0xFFFFFFF)))
    parts = [value[3:5], value[5:7]] if len(value) >= 7 else [value[3:5]]
    return "-".join((*plmn, *(str(int.from_bytes(part)) for part in parts)))


def compared(row: Row) -> Row:
    """Of a walker's row, the columns that are compared."""
    own = {column for column, *_ in DIAMETER_FIELDS} | {"user_name", "other_application"}
    return {name: value for name, value in row.items() if name in own | {*DIAMETER_DIGITS}}
