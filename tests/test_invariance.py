"""The order of inputs, where a capture was cut and the day change no finding."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from duckdb import DuckDBPyConnection

from sigaudit import detect, network
from sigaudit.findings import document
from sigaudit.ingest import ingest
from sigaudit.store import connected
from tests.scenes import catalogue
from tests.scenes.files import Frame, pcap
from tests.test_captures import CASES, inputs, read

PAUSE = 10_000_000  # µs: longer than from a request to its answer, shorter than between dialogues
MADE = {
    name: path
    for name, path in CASES.items()
    if f"{name}.pcap" in catalogue.CAPTURES or f"{name}.pcapng" in catalogue.CAPTURES
}
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
PLACES = {"id", "was", "first_seen", "last_seen", "evidence"}


def findings(
    case: Path, given: list[list[Path]], change: Callable[[DuckDBPyConnection], None] | None = None
) -> Counter[str]:
    """What is found after these ingests, one behind the other, without times, ids and places."""
    with connected(Path(":memory:")) as connection:
        for paths in given:
            assert not ingest(connection, paths).failed
        if change:
            change(connection)
        detect.run(connection, network.load(case.with_name(read(case)["network"])))
        found = document(connection)
    told: list[dict[str, Any]] = [*found["findings"], *found["not_assessed"]]
    for finding in told:
        finding["pieces"] = len(finding.get("evidence", []))
    return Counter(
        str({key: value for key, value in finding.items() if key not in PLACES}) for finding in told
    )


def a_day_later(connection: DuckDBPyConnection) -> None:
    for table, columns in TIMES.items():
        moved = ", ".join(f"{column} = {column} + interval 24 hours" for column in columns)
        connection.execute(f"update {table} set {moved}")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_neither_order_nor_day_changes_a_finding(case: Path) -> None:
    paths = inputs(case, read(case))
    usual = findings(case, [paths])
    assert findings(case, [paths], a_day_later) == usual
    if len(paths) > 1:
        assert findings(case, [[path] for path in reversed(paths)]) == usual


def halves(frames: list[Frame]) -> list[list[Frame]]:
    """The frames in two parts, cut in the pause between dialogues that is nearest to the middle."""
    pauses = [n for n in range(1, len(frames)) if frames[n][0] - frames[n - 1][0] > PAUSE]
    cut = min(pauses, key=lambda n: abs(n - len(frames) // 2), default=len(frames))
    return [part for part in (frames[:cut], frames[cut:]) if part]


@pytest.mark.parametrize("case", MADE.values(), ids=MADE.keys())
def test_a_cut_between_dialogues_changes_no_finding(case: Path, tmp_path: Path) -> None:
    paths = inputs(case, read(case))
    parts: list[Path] = []
    for path in paths:
        if path.name in catalogue.CAPTURES:
            for number, frames in enumerate(halves(catalogue.CAPTURES[path.name]().frames())):
                parts.append(tmp_path / f"{path.stem}_{number}.pcap")
                parts[-1].write_bytes(pcap(frames))
        else:
            parts.append(path)
    assert findings(case, [[part] for part in reversed(parts)]) == findings(case, [paths])
