"""Stories of swapped SIMs: what is told when the captures or one of the logs are left out."""

import shutil
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from sigaudit import detect, network
from sigaudit.findings import document
from sigaudit.ingest import ingest
from sigaudit.store import connected

PCAPS = Path(__file__).parents[1] / "pcaps"
LEFT_OUT = {  # a kind of input: its tables, and what detectors lack without it
    "capture": (
        ("map_common", "cap_component", "diameter_common", "sms"),
        "map_component or diameter_message",
    ),
    "sim_swap": (("swap",), "swap"),
    "dfs_event": (("dfs_event",), "dfs_event"),
}
STILL_TOLD = {
    "capture": {"SWAP-01", "SWAP-05", "SWAP-11", "SWAP-16", "SWAP-23", "SWAP-27"},
    "dfs_event": {"SWAP-02", "SWAP-18", "SWAP-20", "SWAP-22", "SWAP-29"},
    "sim_swap": {"SWAP-14", "SWAP-25"},
}
GRAVE = ("medium", "high", "critical")


class Audit(NamedTuple):
    """All that is told; who is named at medium or above by checks of swaps, and by which."""

    document: dict[str, Any]
    accused: set[str]
    detectors: set[str]


def inputs(fraud: bool) -> list[Path]:
    """The files of all stories of swaps in which something is to be found, or nothing."""
    told = [tomllib.loads(path.read_text("utf-8")) for path in PCAPS.glob("*swap_*.toml")]
    chosen = [case for case in told if bool(case.get("findings")) == fraud]
    return sorted(PCAPS / name for case in chosen for name in case["inputs"])


def audit(path: Path) -> Audit:
    with connected(path) as connection:
        detect.run(connection, network.load(PCAPS / "network.toml"))
        told = document(connection)
    about = [each for each in told["findings"] if any("SWAP" in name for name in names(each))]
    grave = [each for each in about if each["severity"] in GRAVE]
    accused = {each["subscriber"]["msisdn"] or each["source"]["agent"] for each in grave}
    return Audit(told, accused, {name for each in about for name in names(each)})


def names(finding: dict[str, Any]) -> list[str]:
    return [finding["detector"], *finding["also"]]


@pytest.fixture(name="whole", params=["frauds", "twins"], scope="module")
def all_stories(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Audit]:
    """The database of all frauds, or of all their twins, and its audit."""
    path = tmp_path_factory.mktemp("stories") / "audit.duckdb"
    with connected(path) as connection:
        assert not ingest(connection, inputs(request.param == "frauds")).failed
    return path, audit(path)


def without(kind: str, path: Path, folder: Path) -> Path:
    """A copy of the database as it were without the inputs of a kind."""
    rest = folder / "rest.duckdb"
    shutil.copy(path, rest)
    with connected(rest) as connection:
        for table in LEFT_OUT[kind][0]:
            connection.execute(f"delete from {table}")
        connection.execute("delete from input where kind = ?", [kind])
    return rest


@pytest.mark.parametrize("kind", LEFT_OUT)
def test_nobody_is_accused_for_lack_of_data(
    whole: tuple[Path, Audit], kind: str, tmp_path: Path
) -> None:
    """Nobody new is named, the twins stay silent; what lacks is said, and the rest is told."""
    path, before = whole
    after = audit(without(kind, path, tmp_path))
    assert after.accused <= before.accused
    if before.detectors:
        assert STILL_TOLD[kind] <= after.detectors
    else:
        assert not after.document["findings"]
    assert LEFT_OUT[kind][1] in {entry["missing"] for entry in after.document["not_assessed"]}
