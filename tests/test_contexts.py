"""The operations of each application context are those of pycrate's ASN.1 (TS 29.002 17.3.2)."""

from typing import Any

import pytest

from tests.by_hand import Scene, empty_scene

__all__ = ["empty_scene"]  # the fixture `scene`


def codes(value: Any) -> set[int]:
    """The local operation codes anywhere in an application context or package."""
    if isinstance(value, dict):
        if "operationCode" in value:
            return {value["operationCode"][1]}
        return set().union(*map(codes, value.values()))
    return set().union(*map(codes, getattr(value, "root", [])))


def specified() -> dict[tuple[int, int], set[int]]:
    from pycrate_asn1dir.TCAP_MAPv2v3 import GLOBAL

    module = GLOBAL.MOD["MAPv2v3-Application"]
    contexts = [module[name]._val for name in module["_val_"]]
    return {c["code"][6:]: codes(c) for c in contexts if isinstance(c, dict) and "code" in c}


def test_contexts_are_those_of_the_specification(scene: Scene) -> None:
    scene.run()
    found = scene.connection.execute("select context, version, opcodes from map_context").fetchall()
    assert {(context, version): set(ops) for context, version, ops in found} == specified()


@pytest.mark.parametrize(("opcode", "known"), [(2, True), (45, True), (56, False), (71, False)])
def test_version_1_has_fewer_operations(scene: Scene, opcode: int, known: bool) -> None:
    scene.run()
    found = scene.connection.execute("from map_version_1").fetchall()
    assert ((opcode,) in found) is known
