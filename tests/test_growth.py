"""Captures that come through a pipe, in pieces, compressed, or that are still being written."""

import gzip
import os
import shutil
import struct
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from sigaudit import store
from sigaudit.console import progress_shown
from sigaudit.errors import SigauditError
from sigaudit.explain import explain
from sigaudit.ingest import Outcome, ingest
from sigaudit.inputs import Candidate
from tests.containers import MICROSECONDS, frames, in_zstd, pcap

HEADER, FRAMES = pcap("<", MICROSECONDS)[:24], frames()
WHOLE = pcap("<", MICROSECONDS)
Give = Callable[[bytes], None]
Pack = Callable[[bytes], bytes]


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with store.connected(tmp_path / "audit.duckdb") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "exports"
    made.mkdir()
    return made


def record(seconds: int, frame: bytes) -> bytes:
    return struct.pack("<IIII", seconds, 0, len(frame), len(frame)) + frame


def inputs(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, int]]:
    return connection.execute("select name, items from input order by input_id").fetchall()


def messages(connection: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    return connection.execute(
        "select frame, message, seen_at, opcode, otid, dtid, imsi, msisdn from map_component"
        " order by all"
    ).fetchall()


def read(outcome: Outcome) -> tuple[list[str], list[str]]:
    return outcome.read, outcome.known


@pytest.mark.parametrize("pack", [gzip.compress, in_zstd])
def test_a_compressed_capture_gives_what_the_plain_one_does(
    connection: duckdb.DuckDBPyConnection, folder: Path, pack: Pack
) -> None:
    (folder / "plain.pcap").write_bytes(WHOLE)
    (folder / "packed").write_bytes(pack(WHOLE))
    ingest(connection, [folder / "plain.pcap"])
    plain = Counter(messages(connection))
    ingest(connection, [folder / "packed"])
    assert plain
    assert Counter(messages(connection)) == plain + plain


def test_a_folder_is_read_in_the_order_of_its_captures_times(
    connection: duckdb.DuckDBPyConnection, folder: Path
) -> None:
    for name, hour, pack in (("a", 3, bytes), ("b", 1, gzip.compress), ("c", 2, in_zstd)):
        (folder / name).write_bytes(pack(HEADER + record(hour * 3600, FRAMES[hour])))
    shutil.copy(Path(__file__).parents[1] / "pcaps" / "sim_swap_then_transfer_swaps.csv", folder)
    ingest(connection, [folder])
    in_order = [name for name, _ in inputs(connection)]
    assert in_order == ["b", "c", "a", "sim_swap_then_transfer_swaps.csv"]


def test_a_capture_that_has_grown_takes_the_place_of_its_shorter_self(
    connection: duckdb.DuckDBPyConnection, folder: Path
) -> None:
    capture = folder / "now.pcap"
    for end in (len(HEADER), len(WHOLE) // 2, len(WHOLE)):  # the second in the middle of a frame
        capture.write_bytes(WHOLE[:end])
        assert read(ingest(connection, [capture])) == (["now.pcap"], [])
        assert read(ingest(connection, [capture])) == ([], ["now.pcap"])
        assert len(inputs(connection)) == 1
    assert inputs(connection) == [("now.pcap", len(FRAMES))]
    numbers = [row[0] for row in messages(connection)]
    assert sorted(set(numbers)) == list(range(1, len(FRAMES) + 1))
    [(problems,)] = connection.execute("select count(*) from problem").fetchall()
    assert problems == 0


def test_a_capture_that_is_being_written_is_no_error(
    connection: duckdb.DuckDBPyConnection, folder: Path
) -> None:
    (folder / "now.pcap").write_bytes(WHOLE[:-3])
    outcome = ingest(connection, [folder])
    assert (outcome.failed, outcome.skipped) == ([], [])
    assert inputs(connection) == [("now.pcap", len(FRAMES) - 1)]
    [(damage,)] = connection.execute("select damage from input").fetchall()
    assert damage.startswith("cut in the middle of a record, or still being written, at octet")


def test_a_capture_that_got_another_name_when_it_was_full_is_counted_once(
    connection: duckdb.DuckDBPyConnection, folder: Path
) -> None:
    (folder / "current.pcap").write_bytes(WHOLE[:-3])
    ingest(connection, [folder])
    (folder / "current.pcap").rename(folder / "monday.pcap")
    (folder / "monday.pcap").write_bytes(WHOLE)
    assert read(ingest(connection, [folder])) == (["monday.pcap"], [])
    assert inputs(connection) == [("monday.pcap", len(FRAMES))]


def test_another_capture_under_a_name_that_was_read_is_one_more(
    connection: duckdb.DuckDBPyConnection, folder: Path
) -> None:
    capture = folder / "daily.pcap"
    capture.write_bytes(HEADER + record(1, FRAMES[0]))
    ingest(connection, [capture])
    capture.write_bytes(HEADER + record(2, FRAMES[1]) + record(3, FRAMES[2]))
    ingest(connection, [capture])
    assert [items for _, items in inputs(connection)] == [1, 2]


def test_a_shorter_copy_that_is_still_there_stays(
    connection: duckdb.DuckDBPyConnection, folder: Path
) -> None:
    (folder / "short.pcap").write_bytes(HEADER + record(1, FRAMES[0]))
    (folder / "long.pcap").write_bytes(HEADER + record(1, FRAMES[0]) + record(2, FRAMES[1]))
    for _ in range(2):
        ingest(connection, [folder])
        assert sorted(inputs(connection)) == [("long.pcap", 2), ("short.pcap", 1)]


def test_what_is_written_while_it_is_read_waits_for_the_next_run(
    connection: duckdb.DuckDBPyConnection, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Content and digest must belong together, or the same frames were read twice."""
    capture = folder / "now.pcap"
    capture.write_bytes(HEADER + record(1, FRAMES[0]))

    def grow(candidate: Candidate, network: object) -> None:
        capture.write_bytes(HEADER + record(1, FRAMES[0]) + record(2, FRAMES[1]))

    monkeypatch.setattr("sigaudit.ingest.mapping_of", grow)  # asked when its digest was taken
    ingest(connection, [capture])
    assert inputs(connection) == [("now.pcap", 1)]
    monkeypatch.undo()
    ingest(connection, [capture])
    assert [items for _, items in inputs(connection)] == [2]


def test_explain_finds_a_frame_of_a_capture_that_has_grown_since(
    connection: duckdb.DuckDBPyConnection, folder: Path
) -> None:
    capture = folder / "now.pcap"
    capture.write_bytes(WHOLE[: len(WHOLE) // 2])
    ingest(connection, [capture])
    capture.write_bytes(WHOLE)
    assert "anyTimeInterrogation" in explain(connection, "now.pcap:1").plain


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> Iterator[Give]:
    """A function that makes octets come through standard input, as a pipe gives them."""
    opened = []

    def give(octets: bytes) -> None:
        ours, theirs = os.pipe()
        os.write(theirs, octets)
        os.close(theirs)
        opened.append(os.fdopen(ours, "r"))
        monkeypatch.setattr(sys, "stdin", opened[-1])

    yield give
    for stream in opened:
        stream.close()


@pytest.mark.parametrize("pack", [bytes, gzip.compress, in_zstd])
def test_standard_input_is_read_once(
    connection: duckdb.DuckDBPyConnection, piped: Give, pack: Pack
) -> None:
    octets = pack(WHOLE)
    piped(octets)
    assert read(ingest(connection, [Path("-")])) == (["standard input"], [])
    [(path, size)] = connection.execute("select path, bytes from input").fetchall()
    assert (path, size) == ("-", len(octets))
    before = messages(connection)
    piped(octets)
    assert read(ingest(connection, [Path("-")])) == ([], ["standard input"])
    assert messages(connection) == before


def test_a_file_that_came_through_standard_input_before_is_known(
    connection: duckdb.DuckDBPyConnection, piped: Give, folder: Path
) -> None:
    piped(WHOLE)
    ingest(connection, [Path("-")])
    (folder / "kept.pcap").write_bytes(WHOLE)
    assert read(ingest(connection, [folder])) == ([], ["kept.pcap"])
    with pytest.raises(SigauditError, match=r"came through a pipe.*--captures"):
        explain(connection, "standard input:1")
    assert "anyTimeInterrogation" in explain(connection, "standard input:1", folder).plain


@pytest.mark.parametrize("octets", [b"", b"no capture", gzip.compress(b"a,b\n1,2\n", mtime=0)])
def test_what_is_no_capture_in_standard_input_is_told(
    connection: duckdb.DuckDBPyConnection, piped: Give, octets: bytes
) -> None:
    piped(octets)
    outcome = ingest(connection, [Path("-")])
    assert [(row.name, row.reason[:13]) for row in outcome.failed] == [
        ("standard input", "not a capture")
    ]
    assert inputs(connection) == []


def test_progress_of_a_compressed_capture_is_told_in_its_own_octets(
    connection: duckdb.DuckDBPyConnection, folder: Path
) -> None:
    octets = gzip.compress(WHOLE)
    (folder / "packed.gz").write_bytes(octets)
    told: list[tuple[int, int]] = []
    ingest(connection, [folder], progress=lambda c, octets: told.append((octets, c.size)))
    assert told[-1] == (len(octets), len(octets))


def test_no_progress_where_there_is_no_terminal(
    monkeypatch: pytest.MonkeyPatch, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.pcap").write_bytes(WHOLE)
    with progress_shown() as progress:
        progress(Candidate("a.pcap", folder / "a.pcap", "", True, 5), 5)
    assert capsys.readouterr() == ("", "")
