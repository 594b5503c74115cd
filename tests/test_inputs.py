"""Which files are looked at, under which names, and what is told of those that cannot be read."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from sigaudit import store
from sigaudit.errors import UsageError
from sigaudit.ingest import NEITHER, Outcome, ingest
from sigaudit.inputs import NO_FILE, Candidate, candidates
from sigaudit.network import Capture, Log, Network
from sigaudit.network_parties import Operator
from sigaudit.state import load_places

PCAPS = Path(__file__).parents[1] / "pcaps"
ATTACK = PCAPS / "any_time_interrogation.pcap"
BENIGN = PCAPS / "any_time_interrogation_inside.pcap"
SWAPS = PCAPS / "sim_swap_then_transfer_swaps.csv"
OPERATOR = Operator(name="Example Mobile", country="GH", plmns=["62099"], global_titles=["23359"])


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with store.connected(tmp_path / "audit.duckdb") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "exports"
    made.mkdir()
    return made


def names(outcome: Outcome) -> dict[str, list[str]]:
    return {
        "read": outcome.read,
        "known": outcome.known,
        "skipped": [row.name for row in outcome.skipped],
        "failed": [row.name for row in outcome.failed],
    }


def not_read(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, bool]]:
    return connection.execute("select * from not_read order by all").fetchall()


def test_a_name_too_long_is_told_not_thrown() -> None:
    [left_out] = candidates([Path("a" * 300)])
    assert left_out.name == "a" * 300
    assert not isinstance(left_out, Candidate) and left_out.reason == "File name too long"


def test_an_input_that_is_not_there_is_told(tmp_path: Path) -> None:
    [left_out] = candidates([tmp_path / "gone.pcap"])
    assert not isinstance(left_out, Candidate) and left_out.named_by_user
    assert left_out.reason == "no such file or folder"


def test_a_pipe_is_told_and_not_waited_for(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert names(ingest(connection, [pipe]))["failed"] == ["pipe"]
    assert not_read(connection) == [("pipe", NO_FILE, True)]


def test_pipes_and_links_in_a_folder_are_skipped(
    connection: duckdb.DuckDBPyConnection, folder: Path
) -> None:
    os.mkfifo(folder / "pipe")
    for name, target in (("ring", ".."), ("nowhere", "gone"), ("itself", "itself")):
        (folder / name).symlink_to(target)
    told = names(ingest(connection, [folder]))
    assert told["skipped"] == ["itself", "nowhere", "pipe", "ring"]
    assert told["failed"] == []


def test_a_folder_that_cannot_be_listed_is_told(
    connection: duckdb.DuckDBPyConnection, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "closed").mkdir()
    shutil.copy(BENIGN, folder)
    listed = os.scandir

    def refused(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", refused)
    told = names(ingest(connection, [folder]))
    assert told["read"] == [BENIGN.name]
    assert told["failed"] == ["closed"]


def test_every_unreadable_input_is_told_though_their_content_is_one(
    connection: duckdb.DuckDBPyConnection, folder: Path
) -> None:
    for name in ("one.pcap", "two.pcap"):
        (folder.parent / name).touch()
    (folder / "empty").touch()
    named = [folder.parent / name for name in ("one.pcap", "two.pcap")]
    told = names(ingest(connection, [folder, *named]))
    assert told["skipped"] == ["empty"]
    assert told["failed"] == ["one.pcap", "two.pcap"]


def test_one_content_under_two_names_takes_the_first(
    connection: duckdb.DuckDBPyConnection, folder: Path
) -> None:
    shutil.copy(ATTACK, folder / "b.pcap")
    shutil.copy(ATTACK, folder / "a.pcap")
    told = names(ingest(connection, [folder, folder, folder / "a.pcap"]))
    assert (told["read"], told["known"]) == (["a.pcap"], ["b.pcap"])


def test_clashing_names_end_in_as_many_digits_as_tell_them_apart(
    connection: duckdb.DuckDBPyConnection, folder: Path
) -> None:
    digits = hashlib.sha256(ATTACK.read_bytes()).hexdigest()
    for name in ("a", "b", "c"):
        (folder / name).mkdir()
    shutil.copy(BENIGN, folder / "a" / "x")
    shutil.copy(SWAPS, folder / "b" / f"x~{digits[:4]}")
    shutil.copy(ATTACK, folder / "c" / "x")
    ingest(connection, [folder / "a" / "x", folder / "b" / f"x~{digits[:4]}"])
    ingest(connection, [folder / "c" / "x"])
    stored = connection.execute("select name from input order by input_id").fetchall()
    assert stored == [("x",), (f"x~{digits[:4]}",), (f"x~{digits[:5]}",)]


def test_a_clash_of_names_leaves_the_capture_its_point(
    connection: duckdb.DuckDBPyConnection, folder: Path
) -> None:
    (folder / "later").mkdir()
    for source, place in ((ATTACK, folder), (BENIGN, folder / "later")):
        shutil.copy(source, place / "intl.pcap")
        ingest(connection, [place / "intl.pcap"])
    load_places(
        connection,
        Network(operator=OPERATOR, capture=[Capture(match="*.pcap", point="outside")]),
    )
    points = connection.execute("select point from capture_point").fetchall()
    assert points == [("outside",), ("outside",)]


def test_a_name_that_is_no_text_is_written_as_its_bytes(
    connection: duckdb.DuckDBPyConnection, folder: Path
) -> None:
    shutil.copy(ATTACK, os.fsdecode(os.fsencode(folder) + b"/x\xff.pcap"))
    assert names(ingest(connection, [folder]))["read"] == ["x\\xff.pcap"]


def test_the_audits_own_files_are_no_inputs(tmp_path: Path) -> None:
    for name in ("findings.json", "report.html"):
        (tmp_path / name).touch()
    shutil.copy(ATTACK, tmp_path)
    with store.connected(tmp_path / "audit.duckdb") as opened:
        assert names(ingest(opened, [tmp_path])) == {
            "read": [ATTACK.name],
            "known": [],
            "skipped": [],
            "failed": [],
        }


def test_what_was_left_out_is_forgotten_when_it_can_be_read(
    connection: duckdb.DuckDBPyConnection, folder: Path
) -> None:
    later = folder / "late.pcap"
    later.write_text("not yet\n")
    ingest(connection, [folder])
    assert not_read(connection) == [("late.pcap", NEITHER, False)]
    ingest(connection, [later])
    assert not_read(connection) == [("late.pcap", NEITHER, True)]
    shutil.copy(ATTACK, later)
    ingest(connection, [folder])
    assert not_read(connection) == []


def test_one_that_can_be_read_does_not_hide_another_of_its_name(
    connection: duckdb.DuckDBPyConnection, folder: Path
) -> None:
    (folder / "b").mkdir()
    (folder / "x.pcap").touch()
    shutil.copy(ATTACK, folder / "b" / "x.pcap")
    for _ in range(2):
        ingest(connection, [folder / "x.pcap", folder / "b" / "x.pcap"])
        assert not_read(connection) == [("x.pcap", NEITHER, True)]


def test_a_file_whose_disk_fails_while_it_is_read_leaves_nothing(
    connection: duckdb.DuckDBPyConnection, folder: Path
) -> None:
    shutil.copy(ATTACK, folder / "a.pcap")
    shutil.copy(BENIGN, folder / "b.pcap")

    def fail(candidate: Candidate, octets: int) -> None:
        if candidate.name == "a.pcap":
            raise OSError(5, "Input/output error")

    outcome = ingest(connection, [folder], progress=fail)
    assert names(outcome)["failed"] == ["a.pcap"]
    [(alien,)] = connection.execute(
        "select count(*) from map_component anti join input using (input_id)"
    ).fetchall()
    assert alien == 0
    frames = connection.execute("select count(distinct frame) from map_component").fetchall()
    assert frames == connection.execute("select sum(items)::bigint from input").fetchall()


def test_a_log_table_of_a_column_that_is_none_is_wrong_configuration(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    wrong = Network(operator=OPERATOR, log=[Log(match="*.csv", columns={"msisd": "NUMBER"})])
    with pytest.raises(UsageError, match="msisd"):
        ingest(connection, [SWAPS], wrong)


def test_without_network_toml_a_log_that_is_there_is_known(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    mapped = Network(operator=OPERATOR, log=[Log(match="*.csv", timezone="Africa/Accra")])
    assert names(ingest(connection, [SWAPS], mapped))["read"] == [SWAPS.name]
    assert names(ingest(connection, [SWAPS]))["known"] == [SWAPS.name]


@pytest.mark.parametrize("given", ["1 GB", "64 MB"])
def test_memory_is_limited_while_captures_are_read_and_then_as_given(
    connection: duckdb.DuckDBPyConnection, given: str
) -> None:
    """What has been written need not stay in memory; a limit that is lower is kept."""

    def limit() -> int:
        query = "select parse_formatted_bytes(current_setting('memory_limit'))::bigint"
        [(octets,)] = connection.execute(query).fetchall()
        return int(octets)

    connection.execute(f"set memory_limit = '{given}'")
    before, during = limit(), []
    ingest(connection, [ATTACK, SWAPS], progress=lambda *_: during.append(limit()))
    assert during and max(during) <= min(before, 192_000_000)
    assert limit() == pytest.approx(before, rel=0.01)  # DuckDB tells it rounded
