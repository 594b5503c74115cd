"""Every capture of pcaps/ gives the rows and findings that its TOML says, and nothing else."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from sigaudit import detect, network
from sigaudit.findings import document
from sigaudit.ingest import ingest
from sigaudit.store import connected

CAPTURES = sorted((Path(__file__).parents[1] / "pcaps").rglob("*.toml"))
CASES = {path.stem: path for path in CAPTURES if not path.stem.startswith("network")}


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def inputs(path: Path, case: dict[str, Any]) -> list[Path]:
    """The files that the TOML names; else the one beside it with the same stem."""
    if named := case.get("inputs"):
        return [path.with_name(name) for name in named]
    both = (path.with_suffix(suffix) for suffix in (".pcap", ".pcapng"))
    return [capture for capture in both if capture.exists()]


@pytest.mark.parametrize("path", CASES.values(), ids=CASES.keys())
def test_a_capture_gives_its_rows_and_findings(path: Path) -> None:
    case = read(path)
    with connected(Path(":memory:")) as connection:
        outcome = ingest(connection, inputs(path, case))
        assert not outcome.failed
        for table, count in case.get("rows", {}).items():
            assert connection.table(table).aggregate("count(*)").fetchall() == [(count,)], table
        detect.run(connection, network.load(path.with_name(case["network"])))
        found = document(connection)["findings"]
    told = {finding["id"]: finding["explanation"] for finding in found}
    assert Counter(finding["detector"] for finding in found) == case.get("findings", {}), told
    also = Counter(other for finding in found for other in finding["also"])
    assert {detector: also[detector] for detector in case.get("also", {})} == case.get("also", {})
    assert not also.keys() & set(case.get("twin_of", [])), told
