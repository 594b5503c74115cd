"""The house: which folder may import what, and that the schema and the walker agree."""

import ast
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from dissectors.cap_fields import CAP_TABLE
from dissectors.fields import (
    DIALOGUE_TABLE,
    DIAMETER_TABLE,
    MAP_TABLE,
    PATH_TABLE,
    SCCP_ADDRESS_TABLE,
    SMS_TABLE,
    USSD_TABLE,
)
from sigaudit import store
from sigaudit.captures import RARE

ROOT = Path(__file__).parents[1]
FORBIDDEN = {
    "dissectors": {"sigaudit", "detectors", "tests", "duckdb", "pandas"},
    "sigaudit": {"tests", "benchmarks"},
    "detectors": {"sigaudit", "dissectors", "tests"},
}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("folder", FORBIDDEN)
def test_imports_go_one_way(folder: str) -> None:
    for path in (ROOT / folder).rglob("*.py"):
        assert FORBIDDEN[folder].isdisjoint(imported(path)), path.name


def test_detectors_hold_no_code() -> None:
    assert [path.name for path in (ROOT / "detectors").rglob("*.py")] == ["__init__.py"]


@pytest.mark.parametrize(
    ("tables", "columns"),
    [
        (("map_common", *set(RARE) - {"sms_rare"}), MAP_TABLE),
        (("cap_component",), CAP_TABLE),
        (("path",), PATH_TABLE),
        (("sccp_address",), SCCP_ADDRESS_TABLE),
        (("dialogue_portion",), DIALOGUE_TABLE),
        (("sms", "sms_rare"), SMS_TABLE),
        (("ussd",), USSD_TABLE),
        (("diameter_message",), DIAMETER_TABLE),
    ],
)
def test_walker_fills_the_schema(
    tables: tuple[str, ...], columns: tuple[list[str], list[str]], tmp_path: Path
) -> None:
    with store.connected(tmp_path / "audit.duckdb") as connection:
        rows = connection.execute(
            "select column_name from duckdb_columns() where list_contains(?, table_name)",
            [list(tables)],
        ).fetchall()
    stored = {name for (name,) in rows} - {"id", "input_id"}
    assert stored == {*columns[0], *columns[1]}


def test_every_column_is_documented() -> None:
    table = ""
    for line in (ROOT / "sigaudit" / "schema.sql").read_text("utf-8").splitlines():
        if line.startswith("create table"):
            table = line.split()[2]
            assert "--" in line, f"{table}: what is it for?"
    assert table == "audit"


def test_schema_is_sound() -> None:
    with duckdb.connect() as connection:
        connection.execute((ROOT / "sigaudit" / "schema.sql").read_text("utf-8"))
