"""The order of inputs, where a capture was cut and the day change no finding.

The made captures stand in one audit, each on days of its own, for their transaction ids repeat;
those with logs, of another network or recorded ones are audited each for itself.
"""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from duckdb import DuckDBPyConnection

from sigaudit import detect, network
from sigaudit.findings import document
from sigaudit.ingest import ingest
from sigaudit.store import connected
from tests.scenes.catalogue import CAPTURES
from tests.scenes.files import Frame, pcap
from tests.test_captures import CASES, inputs, read

NETWORK = Path(__file__).parents[1] / "pcaps" / "network.toml"
PAUSE = 10_000_000  # µs: longer than from a request to its answer, shorter than between dialogues
APART = 10 * 86_400_000_000  # µs from one capture to the next
TIMES = {
    "input": ("first_seen", "last_seen"),
    "map_common": ("seen_at",),
    "cap_component": ("seen_at",),
    "diameter_common": ("seen_at",),
    "swap": ("requested_at", "completed_at", "subscriber_notified_at", "dfs_notified_at",
             "released_at"),
    "dfs_event": ("occurred_at",),
    "sms": ("tp_scts",),
}  # fmt: skip
DATE = re.compile(r"\d{4}-\d\d-\d\d")
PLACES = {"id", "was", "first_seen", "last_seen", "evidence"}


def stands_alone(case: Path) -> bool:
    paths = inputs(case, read(case))
    made = all(path.name in CAPTURES for path in paths)
    return not made or case.with_name(read(case)["network"]) != NETWORK


ALONE = {name: case for name, case in CASES.items() if stands_alone(case)}
TOGETHER = {path.name for name in CASES.keys() - ALONE.keys() for path in inputs(CASES[name], {})}


def captures() -> dict[str, list[Frame]]:
    made = {
        name.partition(".")[0]: made().frames()
        for name, made in CAPTURES.items()
        if "/" not in name
    }
    return {
        name: [(microseconds + number * APART, octets) for microseconds, octets in frames]
        for number, (name, frames) in enumerate(made.items())
    }


def written(folder: Path, parts: dict[str, list[Frame]]) -> list[Path]:
    for name, frames in parts.items():
        (folder / f"{name}.pcap").write_bytes(pcap(frames))
    return [folder / f"{name}.pcap" for name in parts]


def findings(
    given: list[list[Path]],
    change: Callable[[DuckDBPyConnection], None] | None = None,
    toml: Path = NETWORK,
) -> Counter[str]:
    """What is found after these ingests, one behind the other, without times, ids and places."""
    with connected(Path(":memory:")) as connection:
        for paths in given:
            assert not ingest(connection, paths).failed
        if change:
            change(connection)
        detect.run(connection, network.load(toml))
        found = document(connection)
    told: list[dict[str, Any]] = [*found["findings"], *found["not_assessed"]]
    for finding in told:
        finding["pieces"] = len(finding.get("evidence", []))
        finding["explanation"] = DATE.sub("DATE", finding.get("explanation", ""))
    return Counter(
        str({key: value for key, value in finding.items() if key not in PLACES}) for finding in told
    )


def a_day_later(connection: DuckDBPyConnection) -> None:
    for table, columns in TIMES.items():
        moved = ", ".join(f"{column} = {column} + interval 24 hours" for column in columns)
        connection.execute(f"update {table} set {moved}")


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return written(tmp_path_factory.mktemp("made"), captures())


@pytest.fixture(scope="module")
def usual(paths: list[Path]) -> Counter[str]:
    return findings([paths])


def test_there_is_much_to_find(usual: Counter[str]) -> None:
    assert usual.total() > 100


def test_the_day_changes_no_finding(paths: list[Path], usual: Counter[str]) -> None:
    assert findings([paths], a_day_later) == usual


def test_the_order_of_inputs_changes_no_finding(paths: list[Path], usual: Counter[str]) -> None:
    shuffled = Random(7).sample(paths, len(paths))
    assert findings([[path] for path in shuffled]) == usual


def halves(frames: list[Frame]) -> list[list[Frame]]:
    """The frames in two parts, cut in the pause between dialogues that is nearest to the middle."""
    pauses = [n for n in range(1, len(frames)) if frames[n][0] - frames[n - 1][0] > PAUSE]
    cut = min(pauses, key=lambda n: abs(n - len(frames) // 2), default=len(frames))
    return [part for part in (frames[:cut], frames[cut:]) if part]


def test_a_cut_between_dialogues_changes_no_finding(tmp_path: Path, usual: Counter[str]) -> None:
    parts = {
        f"{name}_{number}": part
        for name, frames in captures().items()
        for number, part in enumerate(halves(frames))
    }
    first = [path for path in written(tmp_path, parts) if path.stem.endswith("_0")]
    second = [path for path in written(tmp_path, parts) if path.stem.endswith("_1")]
    assert findings([second, first]) == usual


@pytest.mark.parametrize("case", ALONE.values(), ids=ALONE.keys())
def test_nothing_of_this_changes_another_audit(case: Path, tmp_path: Path) -> None:
    paths, toml = inputs(case, read(case)), case.with_name(read(case)["network"])
    alone = findings([paths], toml=toml)
    assert findings([paths], a_day_later, toml) == alone
    assert findings([[path] for path in reversed(paths)], toml=toml) == alone
    parts: list[Path] = []
    for path in paths:
        frames = halves(CAPTURES[path.name]().frames()) if path.name in CAPTURES else []
        named = {f"{path.stem}_{number}": part for number, part in enumerate(frames)}
        parts += written(tmp_path, named) if named else [path]
    assert findings([[part] for part in reversed(parts)], toml=toml) == alone
