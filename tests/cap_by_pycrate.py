"""CAP as pycrate's specification has it: its operations, and the columns of an argument or result.

As tests.map_by_pycrate for MAP.
"""

from typing import Any

from pycrate_asn1dir import TCAP_CAP

from dissectors.cap_fields import CAP_FIELDS
from dissectors.fields import Field
from dissectors.tags import cap_operations
from tests.map_by_pycrate import Names, Operation, Row, digits, named, plmn

ISUP_NUMBERS = (
    "calling_number", "called_number", "destination_number", "original_called_number",
    "redirecting_number",
)  # fmt: skip
UNTOLD = ("secret",)


def fields(names: set[str], part: str, content: tuple[Any, Any]) -> Row:
    """The columns that this argument or result fills; the first value stays."""
    row: Row = {}
    for path, found in named(content[1]):
        for field in PLACED.get((part, path), ()):
            if not field.operations or names & set(field.operations):
                take(row, field, found)
    return row


def take(row: Row, field: Field, found: Any) -> None:
    """Fill a column; of a list its elements follow."""
    if not isinstance(found, list | dict | tuple):
        cell = read(field.column, found)
        if cell not in ("", None):
            row.setdefault(field.column, cell)


def read(column: str, value: Any) -> Any:
    """The cell for a value as pycrate gives it."""
    if isinstance(value, str):
        return ENUMERATED[value]
    if isinstance(value, int):
        return value
    if column == "release_cause":  # Q.850 2.1: octet 3, perhaps 3a, then the cause value
        return cause(value)
    if column in ISUP_NUMBERS:  # Q.763 3.9: the first bit tells an odd number of digits
        return isup_number(value)
    if column in ("imsi", "imei"):
        return digits(value)
    if column == "cell":
        numbers = [str(int.from_bytes(value[at : at + 2])) for at in range(3, len(value), 2)]
        return "-".join([plmn(value), *numbers])
    return digits(value[1:])


def cause(octets: bytes) -> int | None:
    behind = octets[1:] if octets[0] & 0x80 else octets[2:]
    return behind[0] & 0x7F if behind else None


def isup_number(octets: bytes) -> str:
    signals = "".join(f"{octet & 15:x}{octet >> 4:x}" for octet in octets[2:])
    return signals[:-1] if octets[0] & 0x80 else signals


def enumerations() -> dict[str, int]:
    """Numbers of the names of detection points."""
    found: dict[str, int] = {}
    for name in ("EventTypeBCSM", "EventTypeSMS", "GPRSEventType"):
        found |= getattr(TCAP_CAP.CAP_datatypes, name)._cont
    return found


PLACED: dict[tuple[str, Names], list[Field]] = {}
for each in CAP_FIELDS:
    if each.column not in UNTOLD:
        PLACED.setdefault((each.part, tuple(each.path.split("."))), []).append(each)
OPERATIONS = tuple(Operation(name, code, 0, types) for name, code, types in cap_operations())
ENUMERATED = enumerations()
OPERATION_NAMES = {
    code: {each.name for each in OPERATIONS if each.code == code}
    for code in {each.code for each in OPERATIONS}
}
