"""The table of fields, resolved: ASN.1 names to BER tags, AVP names to codes.

Both become trees laid out as rows of field_table.py. The decoder of an operation's own row is
SECRET if somewhere in it there is message text.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pycrate_diameter.Diameter3GPP import AVP3GPPCodes_dict
from pycrate_diameter.iana_diameter_dicts import AVPCodes_dict

from dissectors.cap_fields import CAP_DECODERS, CAP_FIELDS, CAP_OPERATIONS, CAP_TABLE
from dissectors.field_table import (
    CAP_ROWS,
    CHILDREN,
    DECODER,
    FIRST_CHILD,
    LOW_FLAGS,
    MANY,
    OPERATIONS,
    error_row,
    root_row,
)
from dissectors.fields import (
    ADDRESS,
    CONSTANT,
    DECODERS,
    DIAMETER_FIELDS,
    DIAMETER_TABLE,
    FLAGS,
    MAP_TABLE,
    NOTHING,
    PACKED,
    PACKED_WIDTH,
    SECRET,
    TPDU,
    TRUTH,
    USSD,
    USSD_IA5,
    Field,
)
from dissectors.map_fields import MAP_FIELDS

MAP_USER, CAP_USER, OTHER_USER = 1, 2, 3  # of TCAP; 0: nothing tells
DIAMETER_USER = 4
PARTS = ("argument", "result")
ERROR_PART = 2  # of the keys of roots
NO_CELL = [0, 0, 0, NOTHING, -1, 0, 0]
VENDOR_3GPP = 10415
FROM_3GPP = 1 << 28  # marks a code of vendor 3GPP


@dataclass
class Node:
    """What to do with one element: nothing, or decode it into a column, or set a flag."""

    tag: int
    children: list["Node"] = field(default_factory=list)
    decoder: int = NOTHING
    column: int = -1
    flags: int = 0  # one bit for each of FLAGS
    many: bool = False

    def take(self, entry: Field, user: "User", asn1_type: str) -> None:
        """Fill a column from this element."""
        if entry.column in FLAGS:
            self.flags |= 1 << FLAGS.index(entry.column)
            if asn1_type == "BOOLEAN":
                self.decoder = TRUTH
            return
        self.decoder = user.decoders.get(entry.column, ADDRESS)
        self.column = place(entry.column, user.table)
        if entry.value >= 0:
            self.decoder = CONSTANT + entry.value
        if entry.column in PACKED:
            self.column = PACKED_WIDTH * PACKED.index(entry.column)

    def row(self) -> list[int]:
        """As the walker has it; its children are appended later."""
        low = self.flags & (1 << LOW_FLAGS) - 1 | (MANY if self.many else 0)
        return [self.tag, 0, 0, self.decoder, self.column, low, self.flags >> LOW_FLAGS]


@dataclass
class User:
    """A user of TCAP: its columns, how they are decoded, and its part of the table of fields."""

    table: tuple[list[str], list[str]]
    fields: tuple[Field, ...]
    decoders: dict[str, int]


MAP = User(MAP_TABLE, MAP_FIELDS, DECODERS)
CAP = User(CAP_TABLE, CAP_FIELDS, CAP_DECODERS)


def place(column: str, table: tuple[list[str], list[str]]) -> int:
    """The place of a column among the table's numbers or among its texts; -1 if it has none."""
    return next((names.index(column) for names in table if column in names), -1)


Wanted = list[tuple[list[str], Field]]


def map_operations() -> Iterator[tuple[str, int, int, dict[str, Any]]]:
    """Name, code, version group (0: version 3, 1: versions 1 and 2) and types of each operation."""
    from pycrate_asn1dir import TCAP_MAPv2v3

    for module_name in sorted(dir(TCAP_MAPv2v3)):
        if module_name.startswith("MAP") and module_name.endswith("Operations"):
            for operation in getattr(TCAP_MAPv2v3, module_name)._all_:
                value = getattr(operation, "_val", None)
                if isinstance(value, dict) and "operationCode" in value:
                    old = int(module_name.startswith("MAPv2"))
                    yield operation._name, value["operationCode"][1], old, value


def map_errors() -> Iterator[tuple[str, int, int, Any]]:
    """Name, code, version group (as of operations) and type of the parameter of each error."""
    from pycrate_asn1dir import TCAP_MAPv2v3

    for old, module in enumerate((TCAP_MAPv2v3.MAP_Errors, TCAP_MAPv2v3.MAPv2_Errors)):
        for error in module._all_:
            value = getattr(error, "_val", None)
            if isinstance(value, dict) and "ParameterType" in value:
                yield error._name, value["errorCode"][1], old, value["ParameterType"]


def cap_operations() -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Name, code and types of each operation of CAP."""
    from pycrate_asn1dir import TCAP_CAP  # takes about as long as all else together

    message = TCAP_CAP.TCAP_CAP_Messages.TCAP_CAP_Message._cont["end"]._cont["components"]._cont
    known = message._cont["basicROS"]._cont["returnResult"]._cont["result"]._cont["opcode"]
    for value in known._const_tab._val.root:
        code = value["operationCode"][1]
        if code in CAP_OPERATIONS:
            yield CAP_OPERATIONS[code], code, value


Roots = dict[tuple[int, int, int], list[Node]]


def compile_fields(with_cap: bool = False) -> NDArray[np.int32]:
    """The rows for MAP, and for CAP where it is wanted; see `root_row`."""
    roots: Roots = {}
    for name, code, old, types in map_operations():
        _add(roots, MAP, name, (code, old), types)
    for name, code, old, asn1 in map_errors():
        roots[code, ERROR_PART, old] = _nodes(MAP, asn1, _wanted(MAP, name, "error", asn1))
    merged = {_row_of(*key): _alternatives(key, roots) for key in _all_keys(roots)}
    if with_cap:
        roots = {}
        for name, code, types in cap_operations():
            _add(roots, CAP, name, (code, 0), types)
        merged |= {CAP_ROWS + root_row(*key): nodes for key, nodes in roots.items()}
    return _lay_out(merged)


def _add(
    roots: Roots, user: User, name: str, code_and_version: tuple[int, int], types: dict[str, Any]
) -> None:
    code, old = code_and_version
    for part, key in enumerate(("ArgumentType", "ResultType")):
        if key in types:
            wanted = _wanted(user, name, PARTS[part], types[key])
            roots[code, part, old] = _nodes(user, types[key], wanted)


def _row_of(code: int, part: int, old: int) -> int:
    return error_row(code, old) if part == ERROR_PART else root_row(code, part, old)


def _wanted(user: User, operation: str, part: str, asn1: Any) -> Wanted:
    wanted = []
    for entry in user.fields:
        if entry.part == part and (not entry.operations or operation in entry.operations):
            if entry.path:
                wanted.append((entry.path.split("."), entry))
            elif asn1.TYPE not in ("SEQUENCE", "CHOICE"):
                wanted.append(([], entry))
    return wanted


def _nodes(user: User, asn1: Any, wanted: Wanted) -> list[Node]:
    """The elements that can stand for this type: one, or the alternatives of a CHOICE."""
    of_elements = asn1.TYPE.endswith(" OF")
    here = [entry for path, entry in wanted if not path and not (of_elements and has_cells(entry))]
    if asn1.TYPE == "CHOICE":
        inner = [
            node
            for name in asn1._cont
            for node in _nodes(user, asn1._cont[name], _below(wanted, name))
        ]
        nodes = inner if not asn1._tagc else _wrapped(asn1._tagc, inner)
    else:
        many = asn1.TYPE != "SEQUENCE"
        nodes = _wrapped(asn1._tagc, _children(user, asn1, wanted), many)
    for node in nodes:
        for entry in here:
            node.take(entry, user, asn1.TYPE)
    return nodes


def _children(user: User, asn1: Any, wanted: Wanted) -> list[Node]:
    deeper = [(path, entry) for path, entry in wanted if path]
    if asn1.TYPE.endswith(" OF"):
        inside = deeper + [([], entry) for path, entry in wanted if not path and has_cells(entry)]
        return _nodes(user, asn1._cont, inside) if inside else []
    if not deeper or asn1.TYPE not in ("SEQUENCE", "SET"):
        return []
    return [
        node for name in asn1._cont for node in _nodes(user, asn1._cont[name], _below(deeper, name))
    ]


def has_cells(entry: Field) -> bool:
    """Whether a list is read element by element for it; flags and counts are of the list."""
    return entry.column not in FLAGS and entry.column not in PACKED and entry.value < 0


def _below(wanted: Wanted, name: str) -> Wanted:
    return [(path[1:], entry) for path, entry in wanted if path and path[0] == name]


def _wrapped(tags: list[tuple[int, int]], children: list[Node], many: bool = False) -> list[Node]:
    """An element for each tag around the children; in the innermost there may be many."""
    nodes = children
    for asn1_class, number in reversed(tags):
        tag = asn1_class << 6
        tag = tag | number if number < 31 else number << 8 | tag | 31
        nodes = [Node(tag, nodes, many=many)]
        many = False
    return nodes


def _all_keys(roots: Roots) -> set[tuple[int, int, int]]:
    return {(code, part, old) for code, part, _ in roots for old in (0, 1)}


def _alternatives(key: tuple[int, int, int], roots: Roots) -> list[Node]:
    """The version's own type first, then the other version's where its tag differs."""
    code, part, old = key
    first = roots.get(key, [])
    tags = {node.tag for node in first}
    return first + [n for n in roots.get((code, part, 1 - old), []) if n.tag not in tags]


def _lay_out(roots: dict[int, list[Node]]) -> NDArray[np.int32]:
    rows = [list(NO_CELL) for _ in range(CAP_ROWS + root_row(OPERATIONS, 0, 0))]
    for row, nodes in sorted(roots.items()):
        _append(rows, row, nodes)
        if _hold_text(nodes):  # then text may be where the operation has nothing to be, too
            for other in range(row // 4 * 4, row // 4 * 4 + 4):
                rows[other][DECODER] = SECRET
    return np.array(rows, np.int32)


def _hold_text(nodes: list[Node]) -> bool:
    return any(n.decoder in (TPDU, SECRET, USSD, USSD_IA5) or _hold_text(n.children) for n in nodes)


def _append(rows: list[list[int]], parent: int, nodes: list[Node]) -> None:
    first = len(rows)
    rows[parent][FIRST_CHILD] = first
    rows[parent][CHILDREN] = len(nodes)
    rows.extend(node.row() for node in nodes)
    for number, node in enumerate(nodes):
        if node.children:
            _append(rows, first + number, node.children)


@cache
def compile_diameter_fields() -> NDArray[np.int32]:
    """The rows for Diameter; row 0 is the message. TAG is the AVP code, 3GPP's with FROM_3GPP."""
    top = Node(0)
    for column, path, decoder in DIAMETER_FIELDS:
        node = top
        for name in path.split("."):
            node = _child(node, avp_code(name))
        node.decoder = decoder
        node.column = place(column, DIAMETER_TABLE)
    rows = [list(NO_CELL)]
    _append(rows, 0, top.children)
    return np.array(rows, np.int32)


def _child(node: Node, tag: int) -> Node:
    """The child with this tag, made if it is not there."""
    child = next((known for known in node.children if known.tag == tag), None)
    if child is None:
        child = Node(tag)
        node.children.append(child)
    return child


def avp_code(name: str) -> int:
    """The code of a named AVP, with FROM_3GPP where 3GPP defines it; KeyError if there is none."""
    for codes, mark in ((AVPCodes_dict, 0), (AVP3GPPCodes_dict, FROM_3GPP)):
        for code, known in codes.items():
            if known == name:
                return int(code) | mark
    raise KeyError(name)
