"""Messages made at random: every cell that the walker reads is what pycrate's own decode gives.

Each field of the tables of MAP and CAP in each operation, argument and result, of each version, and
in each error; then whatever hypothesis comes up with. `make differential` tries many more of them.
"""

import os
from collections.abc import Iterable, Iterator
from random import Random
from typing import Any, NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pycrate_core.utils import PycrateErr

from dissectors.cap_fields import CAP_FIELDS
from dissectors.fields import Field
from dissectors.map_fields import MAP_FIELDS
from tests import cap_by_pycrate
from tests.generated import enclosed, has, integer, parameter
from tests.map_by_pycrate import ERROR_TYPES, OPERATIONS, UNTOLD, fields
from tests.mutation import capture, in_sctp
from tests.one_message import DIALOGUE_AS, element
from tests.scenes.sigtran import HLR, INTERNATIONAL, MSC, Address, m3ua_data, udt
from tests.walked import Row, Walked, walked

ROUNDS = int(os.environ.get("ROUNDS", "1"))
FROM, TO = Address("447700900070", MSC), Address("233590000010", HLR)
M3UA = 3
LONGEST = 250  # octets of TCAP in a UDT
CAP = 0  # stands for the version
FIELDS = {"map_component": MAP_FIELDS, "cap_component": CAP_FIELDS}
COLUMNS = {
    "map_component": {field.column for field in MAP_FIELDS} - {*UNTOLD} | {"forwarded_to_nature"},
    "cap_component": {field.column for field in CAP_FIELDS} - {*UNTOLD},
}


class Part(NamedTuple):
    """An argument, a result or an error's parameter: its name, code, version and type."""

    name: str
    part: str
    code: int
    version: int
    asn1: Any

    @property
    def table(self) -> str:
        return "map_component" if self.version != CAP else "cap_component"


def parts() -> Iterator[Part]:
    for operation in (*OPERATIONS, *cap_by_pycrate.OPERATIONS):
        for part, key in (("argument", "ArgumentType"), ("result", "ResultType")):
            if key in operation.types:
                yield Part(
                    operation.name, part, operation.code, operation.version, operation.types[key]
                )
    for name, code, version, asn1 in ERROR_TYPES:
        yield Part(name, "error", code, version, asn1)


PARTS = tuple(parts())


def holds(part: Part, field: Field) -> bool:
    """Whether the table has this field in this part of this operation."""
    if field.part != part.part or field.column in UNTOLD or field not in FIELDS[part.table]:
        return False
    if field.operations and part.name not in field.operations:
        return False
    names = path_of(field)
    return has(part.asn1, names) and bool(
        names or part.asn1.TYPE not in ("SEQUENCE", "SET", "CHOICE")
    )


def message(part: Part, octets: bytes, random: Random) -> bytes:
    """A TCAP message that carries the parameter, with an application context of its version."""
    code = enclosed(b"\x02", integer(part.code), random)
    invoke_id = enclosed(b"\x02", b"\x01", random)
    if part.part == "result":
        inside = invoke_id + enclosed(b"\x30", code + octets, random)
    else:
        inside = invoke_id + code + octets
    tag = {"argument": b"\xa1", "result": b"\xa2", "error": b"\xa3"}[part.part]
    arcs = [4, 0, 0, 1, 0, 50, 1] if part.version == CAP else [4, 0, 0, 1, 0, 1, part.version]
    name = element("a1", element("06", bytes(arcs)))
    aarq = element("6b", element("28", DIALOGUE_AS, element("a0", element("60", name))))
    components = enclosed(b"\x6c", enclosed(tag, inside, random), random)
    transaction = enclosed(b"\x48", b"\x00\x00\x00\x01", random)
    return enclosed(b"\x62", transaction + aarq + components, random)


def frame(tcap: bytes) -> bytes:
    sccp = udt(TO, FROM, tcap)
    return in_sctp(m3ua_data("2-100-1", "2-100-2", INTERNATIONAL, sccp), M3UA)


def expected(part: Part, octets: bytes) -> Row | None:
    """The cells by pycrate; None where it does not take what its own ASN.1 allows."""
    try:
        part.asn1.from_ber(octets)
    except PycrateErr:
        return None
    read = cap_by_pycrate.fields if part.version == CAP else fields
    return read({part.name}, part.part, ("", part.asn1.get_val()))


def check(made: Iterable[tuple[Part, bytes, bytes]]) -> list[Row | None]:
    """Walk all of these at once; what pycrate reads in each."""
    messages = list(made)
    found = walked(capture(frame(tcap) for _, _, tcap in messages))
    theirs = [expected(part, octets) for part, octets, _ in messages]
    problems = {row["frame"]: row["reason"] for row in found["problem"]}
    walked_rows = rows_by_frame(found)
    for place, ((part, octets, _), row) in enumerate(zip(messages, theirs, strict=True), 1):
        ours = walked_rows[part.table, place]
        if row is not None:
            columns = COLUMNS[part.table] & ours.keys()
            cells = {column: ours[column] for column in columns if ours[column] != ""}
            assert cells == row, (part[:4], octets.hex(), problems.get(place))
    return theirs


def rows_by_frame(found: Walked) -> dict[tuple[str, int], Row]:
    """The one row of each frame, with its table."""
    rows = {(table, row["frame"]): row for table in COLUMNS for row in found[table]}
    assert len(rows) == sum(len(found[table]) for table in COLUMNS)
    return rows


def made(
    part: Part, random: Random, names: tuple[str, ...], rich: float
) -> tuple[Part, bytes, bytes]:
    """A message that fits into a UDT, for it less rich where it must be."""
    while True:
        octets = parameter(part.asn1, random, names, rich)
        tcap = message(part, octets, random)
        if len(tcap) <= LONGEST:
            return part, octets, tcap
        rich *= 0.7


def test_every_field_of_every_operation() -> None:
    """Tried again where the value drawn is none: an address without digits, say."""
    every = (*MAP_FIELDS, *CAP_FIELDS)
    missed = [(part, field) for part in PARTS for field in every if holds(part, field)]
    assert {field for _, field in missed} == {f for f in every if f.column not in UNTOLD}
    random = Random(ROUNDS)
    for _ in range(10 * ROUNDS):
        rows = check(made(part, random, path_of(field), 0.05) for part, field in missed)
        missed = [
            wanted
            for wanted, row in zip(missed, rows, strict=True)
            if row is None or wanted[1].column not in row
        ]
    assert not missed


def path_of(field: Field) -> tuple[str, ...]:
    return tuple(field.path.split(".")) if field.path else ()


@settings(max_examples=200 * ROUNDS, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(PARTS), st.randoms(use_true_random=False), st.sampled_from((0.0, 0.2, 0.5)))
def test_any_parameter(part: Part, random: Random, rich: float) -> None:
    check([made(part, random, (), rich)])
