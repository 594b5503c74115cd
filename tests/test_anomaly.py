"""What is unlike everything else is found, explained, and not told where a rule told it."""

from pathlib import Path

import pytest

from sigaudit import anomaly, baseline, detect, features
from sigaudit.baseline import Baseline, Rows
from sigaudit.errors import UsageError
from sigaudit.findings import findings_json
from sigaudit.network import Network
from tests.by_hand import NETWORK, STRANGER, Scene, empty_scene

__all__ = ["empty_scene"]  # the fixture `scene`

# Usual sources, a bit different each, and one that scans: {asked} is its first request.
MADE = """
create or replace temp table feature as
select
  'source' as about, 'gt' as kind, (447700900000 + n)::varchar as entity,
  timestamp '2026-03-01 12:00' as first_seen,
  timestamp '2026-03-01 12:59' as last_seen, true as from_outside,
  'Partner UK (GB)' as caller, true as answered,
  [{{'kind': 'map', 'id': {asked}}}] as evidence,
  20 + n % 7 as requests, 15 + n % 5 as subscribers,
  0.02 * (n % 4) as refused, 0.01 * (n % 3) as repeated
from range({usual}) usual(n)
union all
select
  'source', 'gt', '{odd}', timestamp '2026-03-01 12:00', timestamp '2026-03-01 12:59',
  true, 'an unknown network', true,
  [{{'kind': 'map', 'id': {asked}}}], 22, 900, 0.95, 0.01
"""


@pytest.fixture(name="made")
def made_features(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Scene:
    usual(scene, monkeypatch, 400)
    return scene


def usual(scene: Scene, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    asked = scene.ask(60, 2, STRANGER)

    def table(connection: object, about: str) -> int:
        rows = count if about == "source" else 0
        scene.connection.execute(MADE.format(asked=asked, usual=rows, odd=STRANGER))
        return rows

    monkeypatch.setattr(features, "table", table)
    monkeypatch.setattr(baseline, "table", table)


def found(scene: Scene, known: Baseline | None = None) -> list[tuple[str, str, str]]:
    detect.run(scene.connection, Network.model_validate(NETWORK), None, (), known)
    query = "select gt, severity, explanation from finding where detector = 'X-07'"
    return scene.connection.execute(query).fetchall()


def test_an_odd_source_is_found_and_what_is_odd_is_named(made: Scene) -> None:
    ((gt, _, explanation),) = found(made)
    assert gt == STRANGER
    assert "refused 0.95" in explanation
    assert "subscribers 900 (usual 17" in explanation
    assert "repeated" not in explanation
    assert "requests" not in explanation


def test_the_same_rows_give_the_same_bytes(made: Scene) -> None:
    found(made)
    once = findings_json(made.connection)
    found(made)
    assert findings_json(made.connection) == once


def test_few_rows_are_not_assessed(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    usual(scene, monkeypatch, anomaly.FEWEST - 2)
    assert found(scene) == []
    assert scene.not_assessed("X-07")[0].startswith("300 hours of sources to learn from (299 in")


def test_what_a_rule_found_is_not_told_again(made: Scene) -> None:
    made.reply(121, made.ask(120, 71, STRANGER))
    assert found(made) == []


def test_a_baseline_is_kept_and_used(made: Scene, tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    baseline.write(baseline.make(made.connection), file)
    once = file.read_bytes()
    kept = baseline.read(file)
    baseline.write(kept, file)
    assert file.read_bytes() == once
    assert STRANGER.encode() not in once
    assert [gt for gt, *_ in found(made, kept)] == [STRANGER]


def test_a_baseline_of_other_features_is_refused(made: Scene) -> None:
    rows = Rows(features=["requests"], rows=[[1.0]] * 400)
    other = Baseline(form="sigaudit/baseline/1", source=rows, subscriber=rows)
    with pytest.raises(UsageError, match="other features"):
        found(made, other)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\x80\x04",
        b"[" * 100_000,
        b'{"schema":"sigaudit/baseline/2"}',
        b'{"schema":"sigaudit/baseline/1","source":{"features":["a"],"rows":[[1,2]]},'
        b'"subscriber":{"features":[],"rows":[]}}',
        b'{"schema":"sigaudit/baseline/1","source":{"features":["a"],"rows":[[-1]]},'
        b'"subscriber":{"features":[],"rows":[]}}',
        b'{"schema":"sigaudit/baseline/1","source":{"features":["a"],"rows":[[1e999]]},'
        b'"subscriber":{"features":[],"rows":[]}}',
    ],
)
def test_a_file_that_is_no_baseline_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    file.write_bytes(content)
    with pytest.raises(UsageError, match="no baseline of sigaudit"):
        baseline.read(file)


def test_the_queries_of_features_run(scene: Scene) -> None:
    for second in range(6):
        scene.ask(second, 2, STRANGER, imsi="620990000000001")
    found(scene)
    for about in features.ABOUT:
        assert features.table(scene.connection, about) == 1
        assert len(features.names(scene.connection)) >= 13
