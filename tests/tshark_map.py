"""The columns of a component of MAP or CAP as tshark's details have them.

Elements stand in one another as in the ASN.1, so that the paths of the table of fields lead to
them; numbers are taken as tshark shows them, octets are read as those of pycrate's decode are.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from dissectors.cap_fields import CAP_DECODERS
from dissectors.fields import DECODERS, FLAGS, INTEGER, PACKED_INTEGER, UNSIGNED, Field
from tests import cap_by_pycrate, map_by_pycrate
from tests.map_by_pycrate import BIT_STRINGS, ERROR_NAMES, OCTETS, Names
from tests.tshark_details import Element, Row


class User(NamedTuple):
    """A user of TCAP: where its fields are, its operations' names, and how values are read."""

    placed: dict[tuple[str, Names], list[Field]]
    operations: dict[int, set[str]]
    numbers: set[str]
    take: Callable[[Row, Field, Any], None]


NUMBERS = (INTEGER, UNSIGNED, PACKED_INTEGER)
MAP = User(
    map_by_pycrate.PLACED,
    map_by_pycrate.OPERATION_NAMES,
    {column for column, kind in DECODERS.items() if kind in NUMBERS} - {*OCTETS},
    map_by_pycrate.take,
)
CAP = User(
    cap_by_pycrate.PLACED,
    cap_by_pycrate.OPERATION_NAMES,
    {column for column, kind in CAP_DECODERS.items() if kind in NUMBERS},
    cap_by_pycrate.take,
)
PARTS = {
    "invoke": "argument",
    "returnResultLast": "result",
    "returnResultNotLast": "result",
    "returnResult": "result",
    "returnError": "error",
}
HEADER = {
    "invokeID",
    "linkedID",
    "opCode",
    "errorCode",
    "invokeId",
    "linkedId",
    "opcode",
    "errcode",
}
BOOLEANS = {"priority", "mwd_set"}
DECODED = (
    "e164.",
    "e212.",
    "isup.",
    "gsm.",
    "q931.",
)  # what tshark makes of a value; the last, its bits
OTHER_NAMES = {"imei-null": "imei", "routeSelectfailureCause": "failureCause"}
# (operation, part, path that tshark has: the path in the table of fields); older versions
OTHER_PATHS: dict[tuple[str, str, Names], Names] = {
    ("updateLocation", "result", ("imsi",)): ("hlr-Number",),  # the bare number of versions 1 and 2
    ("provideRoamingNumber", "result", ("msisdn",)): (),
    ("sendIdentification", "result", ("tripletList",)): ("authenticationSetList",),
    ("getPassword", "argument", ("getPassword",)): (),
}


def parameter(proto: Element, user: User, opcode: int | None, error: int | None) -> Row:
    """The cells that the argument, result or error's parameter of a component fills."""
    row: Row = {}
    for part, element in parts(proto):
        known, code = (ERROR_NAMES, error) if part == "error" else (user.operations, opcode)
        names = known.get(-1 if code is None else code, set())
        for path, found in named(element):
            here = next((OTHER_PATHS[name, part, path] for name in names
                         if (name, part, path) in OTHER_PATHS), path)  # fmt: skip
            for each in user.placed.get((part, here), ()):
                if not each.operations or names & set(each.operations):
                    fill(row, user, each, found)
    return row


def parts(proto: Element) -> Iterator[tuple[str, Element]]:
    """Argument, result or parameter, and the element whose members they are."""
    for element in proto.iter("field"):
        part = PARTS.get(name_of(element))
        if part == "result":
            element = next((e for e in element if name_of(e) == "resultretres"), element)
        if part:
            yield part, element


def named(element: Element, path: Names = ()) -> Iterator[tuple[Names, Element]]:
    """Every element within, with its path of ASN.1 names; one of a list has none, but its type."""
    for inner in element:
        name = name_of(inner)
        if not name or name in HEADER or is_decoded(inner):
            continue
        here = path if name[0].isupper() else (*path, name)
        yield here, inner
        yield from named(inner, here)


def name_of(element: Element) -> str:
    """The ASN.1 name of an element."""
    last = element.get("name", "").rpartition(".")[2]
    name = last.removesuffix("_element").replace("_", "-")
    return OTHER_NAMES.get(name, name)


def fill(row: Row, user: User, field: Field, found: Element) -> None:
    """A cell from what tshark shows; the first value stays."""
    column = field.column
    items = [each for each in found if name_of(each)[:1].isupper() and not is_decoded(each)]
    if column in BOOLEANS and found.get("show") in ("0", "False"):
        return
    if column in FLAGS or field.value >= 0:
        user.take(row, field, True)
    elif items:
        user.take(row, field, items)
    elif column in user.numbers:
        row.setdefault(column, int(found.get("show", ""), 0))
    elif column != "vector_count":
        user.take(row, field, octets(column, found))


def octets(column: str, found: Element) -> Any:
    value = bytes.fromhex(found.get("value", ""))
    return (int.from_bytes(value), 8 * len(value)) if column in BIT_STRINGS else value


def is_decoded(element: Element) -> bool:
    """Whether this is what tshark makes of the value above it."""
    return element.get("name", "").startswith(DECODED)
