"""Parameters of MAP, encoded once by pycrate and then written over with other digits and octets.

pycrate needs a millisecond a message, and a week has hundreds of thousands. A template is kept for
each operation and the lengths of what varies; what varies stands in it as octets drawn at random,
which are looked for and replaced.
"""

from collections.abc import Callable
from functools import lru_cache
from random import Random
from typing import Any

from pycrate_asn1dir import TCAP_MAPv2v3

from tests.scenes import tcap
from tests.scenes.digits import tbcd

Value = str | bytes  # digits, two in an octet, or octets as they are
Operation = tuple[int, Any]
Places = tuple[tuple[int, ...], ...]
packed = lru_cache(100_000)(tbcd)


def marker(number: int, value: Value) -> Value:
    """Something of the same kind and length that stands nowhere else in the message."""
    random = Random(1000 * number + len(value))
    if isinstance(value, bytes):
        return random.randbytes(len(value))
    return "".join(random.choice("123456789") for _ in value)


def octets_of(value: Value) -> bytes:
    return value if isinstance(value, bytes) else packed(value)


def places(octets: bytes, sought: bytes) -> tuple[int, ...]:
    found = []
    start = octets.find(sought)
    while start >= 0:
        found.append(start)
        start = octets.find(sought, start + len(sought))
    return tuple(found)


def encoded(opcode: int, version: int, which: str, value: Any) -> bytes:
    """An argument or result of TS 29.002 17.6; `which` is ArgumentType or ResultType."""
    module, name = tcap.type_of(opcode, version, which)
    kind = TCAP_MAPv2v3.GLOBAL.MOD[module][name]
    kind.set_val(value)
    return bytes(kind.to_ber())


Template = tuple[bytes, Places]
KEPT: dict[tuple[Any, ...], Template] = {}


def template(make: Callable[[list[Value]], bytes], values: tuple[Value, ...]) -> Template:
    markers = [marker(number, value) for number, value in enumerate(values)]
    octets = make(markers)
    found = tuple(places(octets, octets_of(each)) for each in markers)
    assert all(found), "a value is not in the message as it stands"
    return octets, found


def written(
    key: tuple[Any, ...], make: Callable[[list[Value]], bytes], values: tuple[Value, ...]
) -> bytes:
    """What `make` returns for these values, by the template kept under `key` and their lengths."""
    name = (key, *((type(value), len(value)) for value in values))
    if name not in KEPT:
        KEPT[name] = template(make, values)
    octets, found = KEPT[name]
    copy = bytearray(octets)
    for value, positions in zip(values, found, strict=True):
        part = octets_of(value)
        for place in positions:
            copy[place : place + len(part)] = part
    return bytes(copy)


def argument(write: Callable[..., Operation], version: int, values: tuple[Value, ...]) -> bytes:
    """The argument of the operation that `write` makes of the values."""

    def make(markers: list[Value]) -> bytes:
        opcode, value = write(*markers)
        return encoded(opcode, version, "ArgumentType", value)

    return written((write, version), make, values)


def result(
    opcode: int, write: Callable[..., Any], version: int, values: tuple[Value, ...]
) -> bytes:
    """The result of an operation, whose value `write` makes."""

    def make(markers: list[Value]) -> bytes:
        return encoded(opcode, version, "ResultType", write(*markers))

    return written((write, opcode, version), make, values)
