"""Logs that lines are added to: only those are read, with the rows that one reading gives."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigaudit import store
from sigaudit.ingest import ingest

HEADER = "swap_id,completed_at,msisdn,reason\n"
LINES = [
    "s1,2026-03-01T08:00:00Z,233591000001,lost\n",
    "s2,2026-03-01T08:01:00Z,233591000002,stolen\n",
    "s1,2026-03-01T08:00:00Z,233591000001,lost\n",
    "s1,2026-03-01T08:00:00Z,233591000009,lost\n",
    "s3,yesterday,233591000003,lost\n",
    's4,2026-03-01T08:02:00Z,"233591000004",lost\n',
    's5,2026-03-01T08:03:00Z,233591000005,"lo\n',
    'st"\n',
    's6,2026-03-01T08:04:00Z,233591000006,"lost\n',
    "\n",
    "s7,2026-03-01T08:05:00Z,233591000007,lost\r\n",
]
EVENT = '{{"event_id": "{}", "occurred_at": "2026-03-01T08:0{}:00Z", "msisdn": "2335910001", {}}}\n'
JSON_LINES = [
    EVENT.format("e1", 0, '"event": "login"'),
    EVENT.format("e2", 1, '"event": "transfer"'),
    "no json\n",
    EVENT.format("e1", 1, '"event": "login"'),
]


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with store.connected(tmp_path / "audit.duckdb") as opened:
        yield opened


def rows(connection: duckdb.DuckDBPyConnection) -> list[list[tuple[object, ...]]]:
    return [
        connection.execute(f"from {query} order by all").fetchall()
        for query in (
            "swap", "dfs_event", "problem",
            "(select input_id, name, sha256, bytes, items, first_seen, last_seen from input)",
        )
    ]  # fmt: skip


def read_in_steps(folder: Path, text: str, cuts: list[int]) -> list[list[tuple[object, ...]]]:
    folder.mkdir(exist_ok=True)
    log, database = folder / "log.csv", folder / "steps.duckdb"
    database.unlink(missing_ok=True)
    with store.connected(database) as connection:
        for cut in [*sorted(cuts), len(text)]:
            log.write_text(text[:cut], newline="")
            ingest(connection, [log])
        return rows(connection)


@given(
    st.lists(st.sampled_from(LINES), min_size=1, max_size=8),
    st.lists(st.integers(len(HEADER), 300), max_size=2),
)
@settings(max_examples=12, deadline=None)
def test_a_log_read_while_it_grows_gives_the_rows_of_one_reading(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], cuts: list[int]
) -> None:
    text = HEADER + "".join(lines)
    folder = tmp_path_factory.mktemp("growth")
    steps = read_in_steps(folder, text, [cut for cut in cuts if cut < len(text)])
    assert steps == read_in_steps(folder, text, [])


def test_json_lines_grow_too(tmp_path: Path) -> None:
    text = "".join(JSON_LINES)
    cuts = [len(JSON_LINES[0]), len(JSON_LINES[0] + JSON_LINES[1])]
    assert read_in_steps(tmp_path, text, cuts) == read_in_steps(tmp_path, text, [])


def test_only_the_lines_that_were_added_are_read(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "swaps.csv"
    log.write_text(HEADER + LINES[0])
    ingest(connection, [log])
    connection.execute("update swap set agent_id = 'as it was'")
    with log.open("a") as file:
        file.write(LINES[1])
    assert ingest(connection, [log]).read == ["swaps.csv"]
    found = connection.execute("select swap_id, agent_id from swap order by 1").fetchall()
    assert found == [("s1", "as it was"), ("s2", None)]
    assert ingest(connection, [log]).known == ["swaps.csv"]


def test_a_longer_copy_beside_a_log_that_stays_is_another_log(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text(HEADER + LINES[0])
    ingest(connection, [tmp_path / "a.csv"])
    (tmp_path / "b.csv").write_text(HEADER + LINES[0] + LINES[1])
    ingest(connection, [tmp_path / "a.csv", tmp_path / "b.csv"])
    assert [row[:2] for row in rows(connection)[3]] == [(1, "a.csv"), (2, "b.csv")]
