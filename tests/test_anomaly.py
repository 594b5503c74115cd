"""What is unlike everything else is found, explained, and not told where a rule told it."""

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Callable
from math import exp, log
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from sigaudit import anomaly, baseline, detect, features, state
from sigaudit.baseline import Baseline, Part
from sigaudit.cli import app
from sigaudit.detector import load
from sigaudit.errors import UsageError
from sigaudit.findings import findings_json
from sigaudit.network import Network
from tests.by_hand import (
    NETWORK,
    NOON,
    OWN_IMSI,
    OWN_MSISDN,
    PARTNER_IMSI,
    PARTNER_VLR,
    STRANGER,
    SUBSCRIBER_INFO,
    UPDATE_LOCATION,
    Scene,
    empty_scene,
)

__all__ = ["empty_scene"]  # the fixture `scene`

# Usual sources, a bit different each, and one that asks what nobody asks: {asked} is its request.
MADE = """
create or replace temp table made as
select
  n as number, timestamp '2026-03-01 12:00' as stretch,
  'gt' as kind, (447700900000 + n)::varchar as entity,
  timestamp '2026-03-01 12:00' as first_seen,
  timestamp '2026-03-01 12:59' as last_seen, true as from_outside,
  'Partner UK (GB)' as caller, true as answered, 'updateLocation' as operation,
  {{'kind': 'map', 'id': {asked}::bigint}} as piece, 20 as requests,
  10 + (n % 20 = 0)::integer as questions_one_in, 1 + (n % 30 = 0)::integer as operations,
  0.0 as refused_beyond_usual, 0.01 * (n % 40 = 0)::integer as numbers_in_a_row
from range({usual}) usual(n)
union all
select
  {usual}, timestamp '2026-03-01 12:00', 'gt', '{odd}', timestamp '2026-03-01 12:00',
  timestamp '2026-03-01 12:59', true, 'an unknown network', true, 'provideSubscriberInfo',
  {{'kind': 'map', 'id': {asked}::bigint}}, 22, 40000, 1, 12.5, 0;
create or replace temp table feature as
select * exclude (operation, piece) from made order by {order};
create or replace temp table asked as
select * exclude (number), 1 as sequence_rarity, first_seen as seen_at, number as id
from made order by {order};
create or replace temp view expected as from asked
"""


@pytest.fixture(name="made")
def made_features(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Scene:
    usual(scene, monkeypatch, 700)
    return scene


def usual(scene: Scene, monkeypatch: pytest.MonkeyPatch, count: int, order: str = "number") -> None:
    asked = scene.ask(60, UPDATE_LOCATION, STRANGER, imsi=PARTNER_IMSI)

    def table(connection: Any, about: str, known: object = None) -> int:
        rows = count if about == "source" else 0
        connection.execute(MADE.format(asked=asked, usual=rows, odd=STRANGER, order=order))
        return rows

    monkeypatch.setattr(features, "table", table)
    monkeypatch.setattr(features, "counts", lambda _: features.Counts([], []))


def found(scene: Scene, known: Baseline | None = None) -> list[tuple[str, str, str]]:
    detect.run(scene.connection, Network.model_validate(NETWORK), None, (), known)
    query = "select gt, severity, explanation from finding where detector = 'X-07'"
    return scene.connection.execute(query).fetchall()


def test_an_odd_source_is_found_and_what_is_odd_is_named(made: Scene) -> None:
    ((gt, _, explanation),) = found(made)
    assert gt == STRANGER
    head, _, told = explanation.partition(" deviations from the usual score, by ")
    assert head.startswith(
        f"{STRANGER}, an unknown network, was unlike other sources in an hour:"
        " 22 requests, the rarest provideSubscriberInfo; "
    )
    assert float(head.rpartition("; ")[2]) >= anomaly.FAR["source"]
    parts = dict(part.split(" (usual ") for part in told.split("; ") if "usual " in part)
    assert set(parts) == {"questions one in 4e+04", "refused beyond usual 12.5"}
    assert "questions one in 4e+04 (usual 10, seldom above 11; " in told
    assert "refused beyond usual 12.5 (usual 0, seldom above 0; " in told
    shares = [int(word.removesuffix("%")) for word in told.split() if word.endswith("%")]
    assert shares == sorted(shares, reverse=True)
    assert 90 <= sum(shares) <= 101


def test_a_feature_is_named_by_what_it_adds() -> None:
    """Of two features, the one is odd and the other usual: it has the whole share."""
    rows = [[float(n % 7), float(n % 5)] for n in range(700)]
    learnt = anomaly.learn(rows)
    one, none = anomaly.differing(learnt, np.array([np.log1p([1000.0, 2.0]), learnt.median]))
    ((place, share),) = one
    assert place == 0
    assert share == pytest.approx(1, abs=0.05)
    assert none == []


def test_the_same_rows_give_the_same_bytes_in_whatever_order(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual(scene, monkeypatch, 700)
    found(scene)
    once = findings_json(scene.connection)
    for order, threads in (("number desc", 2), ("hash(number)", 4)):
        scene.connection.execute(f"set threads = {threads}")
        monkeypatch.undo()
        scene.connection.execute("delete from finding")
        again(scene, monkeypatch, order)
        assert findings_json(scene.connection) == once


def again(scene: Scene, monkeypatch: pytest.MonkeyPatch, order: str) -> None:
    ((asked,),) = scene.connection.execute("select id from map_component").fetchall()

    def table(connection: Any, about: str, known: object = None) -> int:
        rows = 700 if about == "source" else 0
        connection.execute(MADE.format(asked=asked, usual=rows, odd=STRANGER, order=order))
        return rows

    monkeypatch.setattr(features, "table", table)
    found(scene)


def test_few_rows_are_not_assessed(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    usual(scene, monkeypatch, anomaly.FEWEST - 2)
    assert found(scene) == []
    assert scene.not_assessed("X-07") == [
        "500 hours of sources to learn from (499 in the captures; --baseline names others)"
    ]
    assert scene.not_assessed("X-08")[0].startswith("500 days of subscribers to learn from (1 in")


def test_as_many_rows_as_are_needed(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    usual(scene, monkeypatch, anomaly.FEWEST - 1)
    assert len(found(scene)) == 1
    assert scene.not_assessed("X-07") == []


ODD = """insert into odd values (?, 'gt', '447700900001', ?, ?, ?, 'Partner UK', ?, 'sendIMSI', 9,
  [{'kind': 'map', 'id': 1}], ?, ?, 'operations')"""


@pytest.mark.parametrize(
    ("detector", "about", "far"), [("X-07", "source", 7.0), ("X-08", "subscriber", 4.0)]
)
@pytest.mark.parametrize(
    ("nearer", "different", "from_outside", "answered", "severity"),
    [
        (0, 2, True, True, "medium"),
        (0.01, 2, True, True, None),  # then the header's, which is low
        (0, 1, True, True, None),
        (0, 2, False, True, None),  # the nearest things that are no attack: inside, and refused
        (0, 2, True, False, None),
    ],
)
def test_what_is_odd_is_medium_where_all_of_it_is(
    scene: Scene, detector: str, about: str, far: float, nearer: float, different: int,
    from_outside: bool, answered: bool, severity: str | None,
) -> None:  # fmt: skip
    scene.run()
    row = [about, NOON, NOON, from_outside, answered, far - nearer, different]
    scene.connection.execute(ODD, row)
    (rule,) = (rule for rule in load() if rule.id == detector)
    told = scene.connection.execute(f"select severity from ({rule.sql})", rule.defaults).fetchall()
    assert (told, rule.severity) == ([(severity,)], "low")


def test_what_a_rule_found_is_not_told_again(made: Scene) -> None:
    made.reply(121, made.ask(120, 71, STRANGER, imsi=OWN_IMSI))
    assert found(made) == []


def test_rows_that_are_all_the_same_are_not_odd() -> None:
    learnt = anomaly.learn([[1.0, 0.0]] * 600)
    assert learnt.distance(np.log1p([[1.0, 0.0]])).tolist() == [0.0]


# What the features are, on requests made by hand.


def of_source(scene: Scene) -> dict[str, dict[str, Any]]:
    state.build(scene.connection, Network.model_validate(NETWORK))
    features.gather(scene.connection)
    features.table(scene.connection, "source")
    return rows(scene, "entity")


def rows(scene: Scene, key: str) -> dict[str, dict[str, Any]]:
    result = scene.connection.execute("from feature order by number")
    columns = [column[0] for column in result.description or []]
    named = [dict(zip(columns, row, strict=True)) for row in result.fetchall()]
    return {str(row[key]): row for row in named}


def test_rare_is_what_few_requests_ask(scene: Scene) -> None:
    """Nine location updates and a question for the whereabouts; 11 / 9 and 11 / 1 by count."""
    for n in range(9):
        scene.ask(3600 * n, UPDATE_LOCATION, PARTNER_VLR, imsi=OWN_IMSI)
    scene.ask(40_000, SUBSCRIBER_INFO, STRANGER, imsi=OWN_IMSI)
    made = of_source(scene)
    row, usual = made[STRANGER], made[PARTNER_VLR]
    assert row["rarest_question_one_in"] == pytest.approx(11, rel=0.001)
    assert row["questions_one_in"] == pytest.approx(11, rel=0.001)
    assert usual["questions_one_in"] == pytest.approx(11 / 9, rel=0.001)
    assert usual["active_one_in_hours"] == pytest.approx(10 / 9)
    assert row["active_one_in_hours"] == 10


def test_a_sequence_is_what_the_same_network_asked_before(scene: Scene) -> None:
    for n in range(4):  # vectors, then the update, of four subscribers
        imsi = f"62099000000001{n}"
        scene.ask(100 * n, 56, PARTNER_VLR, imsi=imsi)
        scene.ask(100 * n + 5, UPDATE_LOCATION, PARTNER_VLR, imsi=imsi)
    scene.ask(500, UPDATE_LOCATION, "447700900002", imsi="620990000000020")  # and one without
    made = of_source(scene)
    row, mixed = made["447700900002"], made[PARTNER_VLR]
    assert row["rarest_sequence_one_in"] == pytest.approx(10, rel=0.001)
    assert row["rarest_question_one_in"] == pytest.approx(10 / 5, rel=0.001)
    assert mixed["sequences_one_in"] == pytest.approx(
        exp((log(10 / 4) + log(10 / 4)) / 2), rel=0.01
    )
    assert mixed["operations"] == 2


def test_a_network_may_ask_about_its_own(scene: Scene) -> None:
    for n in range(3):
        scene.ask(n, UPDATE_LOCATION, PARTNER_VLR, imsi=PARTNER_IMSI)
    assert of_source(scene) == {}


def test_refusals_count_by_how_far_they_are_beyond_the_usual(scene: Scene) -> None:
    """15 of 25 refused, none of 75: expected are 3.75, with a variance of 1 + 25·0.15·0.85."""
    for n in range(100):
        asker = STRANGER if n < 25 else "88213000002"
        request = scene.ask(n * 5, UPDATE_LOCATION, asker, imsi=f"{620990000000000 + n * 3}")
        if n < 15:
            scene.reply(n * 5 + 1, request, component_type=163, error_code=8)
        else:
            scene.reply(n * 5 + 1, request)
    found = of_source(scene)
    expected = (15 - 3.75) / (1 + 25 * 0.15 * 0.85) ** 0.5 - 4
    assert found[STRANGER]["refused_beyond_usual"] == pytest.approx(expected, rel=0.001)
    assert found["88213000002"]["refused_beyond_usual"] == 0


def test_numbers_one_after_the_other(scene: Scene) -> None:
    for n in range(6):
        scene.ask(n, SUBSCRIBER_INFO, STRANGER, imsi=f"{620990000000100 + n}")
    assert of_source(scene)[STRANGER]["numbers_in_a_row"] == 5 / (6 + 4)


def test_questions_between_two_location_updates(scene: Scene) -> None:
    scene.ask(0, SUBSCRIBER_INFO, STRANGER, imsi=OWN_IMSI)
    scene.ask(10, UPDATE_LOCATION, PARTNER_VLR, imsi=OWN_IMSI)
    for n in range(3):
        scene.ask(20 + n, SUBSCRIBER_INFO, STRANGER, imsi=OWN_IMSI)
    scene.ask(30, UPDATE_LOCATION, PARTNER_VLR, imsi=OWN_IMSI)
    scene.ask(40, SUBSCRIBER_INFO, STRANGER, imsi=OWN_IMSI)
    state.build(scene.connection, Network.model_validate(NETWORK))
    features.gather(scene.connection)
    features.table(scene.connection, "subscriber")
    row = rows(scene, "entity")[OWN_IMSI]
    assert row["psi_between_updates"] == 3
    assert row["requests"] == 7


def test_test_sims_are_left_out(scene: Scene) -> None:
    scene.ask(0, SUBSCRIBER_INFO, STRANGER, imsi=OWN_IMSI, msisdn=OWN_MSISDN)
    own = NETWORK | {"test": {"imsis": [OWN_IMSI]}}
    state.build(scene.connection, Network.model_validate(own))
    features.gather(scene.connection)
    for about in ("source", "subscriber"):
        assert features.table(scene.connection, about) == 0


# The baseline: plain data, and refused where it does not fit.


@pytest.fixture(name="file")
def kept_baseline(made: Scene, tmp_path: Path) -> Path:
    file = tmp_path / "baseline.json"
    state.build(made.connection, Network.model_validate(NETWORK))
    baseline.write(baseline.make(made.connection, "Example Mobile"), file)
    return file


def test_a_baseline_is_kept_and_used(made: Scene, file: Path) -> None:
    once = file.read_bytes()
    kept = baseline.read(file, "Example Mobile")
    baseline.write(kept, file)
    assert file.read_bytes() == once
    assert STRANGER.encode() not in once
    assert json.loads(once.split(b"\n")[0])["operator"] == "Example Mobile"
    assert [gt for gt, *_ in found(made, kept)] == [STRANGER]


def test_what_is_rare_is_told_by_the_baseline(scene: Scene, tmp_path: Path) -> None:
    """There 99 location updates and one question; here two questions."""
    for n in range(99):
        scene.ask(n, UPDATE_LOCATION, STRANGER, imsi=OWN_IMSI)
    scene.ask(99, SUBSCRIBER_INFO, STRANGER, imsi=OWN_IMSI)
    state.build(scene.connection, Network.model_validate(NETWORK))
    file = tmp_path / "baseline.json"
    baseline.write(baseline.make(scene.connection, "Example Mobile"), file)
    kept = baseline.read(file, "Example Mobile")
    scene.connection.execute("delete from map_common")
    scene.ask(200, SUBSCRIBER_INFO, STRANGER, imsi=OWN_IMSI)
    scene.ask(4000, 71, STRANGER, imsi=OWN_IMSI)
    state.build(scene.connection, Network.model_validate(NETWORK))
    features.gather(scene.connection)
    features.table(scene.connection, "source", kept.source.counts())
    seen, unseen = rows(scene, "number").values()
    assert seen["rarest_question_one_in"] == pytest.approx(101, rel=0.001)
    assert unseen["rarest_question_one_in"] == pytest.approx(101, rel=0.001)  # as if it were one


def test_a_baseline_of_other_features_is_refused(made: Scene) -> None:
    part = Part(features=["requests"], rows=[[1.0]] * 700, questions=[], sequences=[])
    other = Baseline(
        form="sigaudit/baseline/2", operator="Example Mobile", source=part, subscriber=part,
        swap=part,
    )  # fmt: skip
    with pytest.raises(UsageError, match="another version of sigaudit"):
        found(made, other)


def signed(text: str) -> bytes:
    return f"{text}\n{hashlib.sha256(text.encode()).hexdigest()}\n".encode()


PART = '{"features":["a"],"rows":[[1]],"questions":[["q",2,1,0,0]],"sequences":[["s",1]]}'
WHOLE = (
    '{"schema":"sigaudit/baseline/2","operator":"Example Mobile",'
    f'"source":{PART},"subscriber":{PART},"swap":{PART}}}'
)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no baseline of sigaudit"),
        (b"\x80\x04\x95\x0b", "no baseline of sigaudit"),
        (b"[" * 100_000, "no baseline of sigaudit"),
        (b'{"schema":"sigaudit/baseline/1"}', "another version"),
        (WHOLE.encode(), "damaged"),
        (signed(WHOLE)[:-20], "damaged"),
        (signed(WHOLE).replace(b"[[1]]", b"[[2]]"), "damaged"),
        (signed(WHOLE[:-1]), "damaged"),
        (signed(WHOLE.replace("[[1]]", "[[1,2]]")), "more or fewer values"),
        (signed(WHOLE.replace("[[1]]", "[[-1]]")), "below zero"),
        (signed(WHOLE.replace("[[1]]", "[[1e999]]")), "finite"),
        (signed(WHOLE.replace('"q",2,1', '"q",2,3')), "above that of the requests"),
        (signed(WHOLE.replace('"s",1', '"s",0')), "below one"),
        (signed(WHOLE.replace('["s",1]', '["s",1],["s",1]')), "twice"),
        (signed(WHOLE.replace("Example Mobile", "Other Mobile")), "the baseline of Other Mobile"),
    ],
)
def test_a_file_that_is_no_baseline_is_refused(content: bytes, reason: str, tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    file.write_bytes(content)
    with pytest.raises(UsageError, match=reason) as told:
        baseline.read(file, "Example Mobile")
    assert str(file) in str(told.value)
    assert "sigaudit baseline" in str(told.value)


def test_a_sound_baseline_is_read(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    file.write_bytes(signed(WHOLE))
    assert baseline.read(file, "Example Mobile").source.rows == [[1.0]]


def test_the_command_teaches_and_writes(tmp_path: Path) -> None:
    invoke: Callable[..., Any] = CliRunner().invoke
    told = invoke(app, ["baseline", "--help"])
    assert "--baseline baseline.json" in " ".join(told.output.split())
    demo = Path(__file__).parents[1] / "pcaps" / "demo"
    db, out = tmp_path / "quiet.duckdb", tmp_path / "baseline.json"
    assert invoke(app, ["ingest", str(demo / "intl_stp.pcapng"), "--db", str(db)]).exit_code == 0
    network = ["--network", str(demo / "network.toml")]
    told = invoke(app, ["baseline", "--db", str(db), *network, "--out", str(out)])
    assert told.exit_code == 0, told.output
    assert "hours of sources; fewer than 500 are not assessed" in told.output
    audit = ["audit", str(demo), *network, "--out", str(tmp_path / "audit"), "--fail-on", "never"]
    told = invoke(app, [*audit, "--baseline", str(out)])
    assert told.exit_code == 0, told.output
    missing = json.loads((tmp_path / "audit" / "findings.json").read_text())["not_assessed"]
    assert "in the baseline)" in {each["detector"]: each["missing"] for each in missing}["X-07"]


def test_scikit_learn_is_imported_only_when_a_forest_grows() -> None:
    """It takes longer than a small audit."""
    heavy = "{'sklearn', 'scipy', 'pandas'} & set(sys.modules)"
    code = f"import sys, sigaudit.cli, sigaudit.audit, sigaudit.baseline; sys.exit(len({heavy}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_page_says_what_holds() -> None:
    """Thresholds, and every feature by its name."""
    page = (Path(__file__).parents[1] / "docs" / "anomaly.md").read_text("utf-8")
    source, subscriber = anomaly.FAR["source"], anomaly.FAR["subscriber"]
    swap = anomaly.FAR["swap"]
    assert f"{source} deviations (X-07), {subscriber} (X-08) or {swap} (X-09)" in page
    assert f"forest of {anomaly.TREES} trees" in page
    assert f"fewer than {anomaly.FEWEST} rows" in page
    for about in features.ABOUT:
        query = Path(features.__file__).parents[1] / "detectors/anomaly/features"
        text = (query / f"by_{about}.sql").read_text("utf-8")
        text = text.partition("as answered," if about == "swap" else "as requests,")[2]
        named = re.findall(r" as (\w+),?$", text, re.MULTILINE)
        assert len(named) >= 7
        for name in named:
            assert name.replace("_", " ") in page
