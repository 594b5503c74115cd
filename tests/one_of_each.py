"""A capture that has every field of `dissectors.fields.MAP_FIELDS` once in each operation with it.

Values are made by walking pycrate's specification of MAP: what is mandatory, and the path of names
to the field, with octets that are told apart from each other.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dissectors.fields import MAP_FIELDS, Field
from tests.map_by_pycrate import OPERATIONS
from tests.scenes import files, frames, tcap
from tests.scenes.sigtran import HLR, INTERNATIONAL, MSC, Address, m3ua_data, udt

WAY = frames.Path("198.51.100.7", "192.0.2.10")
FROM, TO = Address("447700900070", MSC), Address("233590000010", HLR)
TYPES = {"argument": "ArgumentType", "result": "ResultType"}
UNTOLD = ("tpdu", "ussd", "ussd_coding", "ussd_ia5")  # texts, which are kept in no column


def write(path: Path) -> list[Field]:
    """Write the capture; the fields of its frames, in their order."""
    held: list[Field] = []
    packets: list[files.Frame] = []
    for field, message in messages():
        held.append(field)
        data = m3ua_data("2-100-1", "2-100-2", INTERNATIONAL, udt(TO, FROM, message))
        packets.append((len(packets), frames.sctp(WAY, [data], number=len(held))))
    path.write_bytes(files.pcap(packets))
    return held


def messages() -> Iterator[tuple[Field, bytes]]:
    """Each field with a TCAP message that has it."""
    for operation in OPERATIONS:
        for field in MAP_FIELDS:
            asn1 = operation.types.get(TYPES[field.part])
            names = field.path.split(".") if field.path else []
            if asn1 is None or field.column in UNTOLD:
                continue
            if field.operations and operation.name not in field.operations:
                continue
            if has(asn1, names) and (names or asn1.TYPE not in ("SEQUENCE", "SET", "CHOICE")):
                yield field, message(operation, field.part, value(asn1, names))


def message(operation: Any, part: str, content: Any) -> bytes:
    """A Begin with an invoke, or an End with a result, of the operation's version."""
    context = (0, 4, 0, 0, 1, 0, 1, operation.version)
    if part == "argument":
        component = tcap.invoke(operation.code, content, version=operation.version)
        return tcap.begin(1, [component], tcap.request(context))
    component = tcap.result(operation.code, content, version=operation.version)
    return tcap.end(1, [component], tcap.response(context))


def has(asn1: Any, names: list[str]) -> bool:
    """Whether the path of names leads somewhere in this type."""
    if asn1.TYPE.endswith(" OF"):
        return has(asn1._cont, names)
    if not names:
        return True
    if asn1.TYPE not in ("SEQUENCE", "SET", "CHOICE") or names[0] not in asn1._cont:
        return False
    return has(asn1._cont[names[0]], names[1:])


def value(asn1: Any, names: list[str]) -> Any:
    """A value with what is mandatory and the path of names."""
    if asn1.TYPE in ("SEQUENCE", "SET"):
        return {
            name: value(inner, names[1:] if names[:1] == [name] else [])
            for name, inner in asn1._cont.items()
            if names[:1] == [name] or not (inner._opt or inner._def is not None)
        }
    if asn1.TYPE == "CHOICE":
        name = names[0] if names else next(iter(asn1._cont))
        return (name, value(asn1._cont[name], names[1:]))
    if asn1.TYPE.endswith(" OF"):
        return [value(asn1._cont, names)]
    return plain(asn1)


def plain(asn1: Any) -> Any:
    """A value without parts, within its bounds."""
    match asn1.TYPE:
        case "OCTET STRING":
            size = asn1._const_sz
            longest = 7 if size is None else min(size.ub or 7, max(size.lb or 7, 7))
            return bytes([0x91, 0x32, 0x95, 0x10, 0x21, 0x43, 0x65, 0x87, 0x09])[:longest]
        case "INTEGER":
            return asn1._const_val.lb if asn1._const_val else 3
        case "ENUMERATED":
            return asn1._root[-1]
        case "BIT STRING":
            size = asn1._const_sz
            return (0, size.lb if size else 8)
        case "OBJECT IDENTIFIER":
            return (1, 2, 3)
        case "BOOLEAN":
            return True
    return 0
