"""Inputs into the database, each whole or not at all, each content once."""

import hashlib
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from fnmatch import fnmatchcase
from io import BufferedReader
from pathlib import Path
from typing import Any

import duckdb

from dissectors.capture import NotACaptureError
from dissectors.unpacked import opened
from dissectors.walker import frame
from sigaudit import captures, left_out, logs
from sigaudit.errors import SigauditError, UsageError
from sigaudit.input_rows import (
    Reading,
    add,
    forget_log,
    forget_shorter,
    next_id,
    remove_orphans,
)
from sigaudit.inputs import NO_FILE, Beginning, Candidate, Hashed, Unreadable, candidates
from sigaudit.left_out import LeftOut
from sigaudit.log_columns import check_mapping
from sigaudit.network import Log, Network

NO_CAPTURE = "not a capture (pcap, pcapng, plain, gzip or zstd); give logs as files"
NEITHER = (
    "neither a capture (pcap, pcapng) nor a SIM-swap or DFS event log (CSV, JSON Lines, Parquet)"
)
PASSED_BY = (NEITHER, NO_FILE)

# The threads that insert are captures' own; row groups are written as soon as they are full.
BULK_SETTINGS = (
    "set force_compression = 'bitpacking'",  # of numbers; else each column is tried in every way
    "set threads = 1",
    "set write_buffer_row_group_count = 1",
)


class KnownError(Exception):
    """What came through standard input is in the database already."""


Progress = Callable[[Candidate, int], None]


@dataclass
class Outcome:
    """What became of the inputs, by name."""

    read: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def skipped(self) -> list[LeftOut]:
        """Met in a folder, and nothing to audit."""
        return [row for row in self.left_out if not row.named_by_user and row.reason in PASSED_BY]

    @property
    def failed(self) -> list[LeftOut]:
        """What should have been read."""
        return [row for row in self.left_out if row not in self.skipped]


def ingest(
    connection: duckdb.DuckDBPyConnection,
    inputs: list[Path],
    network: Network | None = None,
    progress: Progress = lambda candidate, octets: None,
) -> Outcome:
    """Read what the database does not have yet; of `network` only the [[log]] tables are used.

    Raises UsageError where a [[log]] table is wrong.
    """
    outcome = Outcome()
    remove_orphans(connection)
    for mapping in network.log if network else []:
        check_mapping(mapping)
        logs.check_timezone(connection, mapping)
    for setting in BULK_SETTINGS:
        connection.execute(setting)
    tried: set[str] = set()
    by_content: dict[str, list[Candidate]] = {}
    for candidate in candidates(inputs, own_files(connection)):
        tried.add(candidate.name)
        if isinstance(candidate, Unreadable):
            _leave_out(candidate, candidate.reason, outcome)
        elif _is_known(connection, candidate, network):
            outcome.known.append(candidate.name)
        else:
            by_content.setdefault(candidate.sha256, []).append(candidate)
    for alike in sorted(by_content.values(), key=_by_time):
        _ingest_first(connection, alike, network, progress, outcome)
    connection.execute("reset threads")
    left_out.store(connection, tried, outcome.left_out)
    return outcome


def _by_time(alike: list[Candidate]) -> tuple[datetime, str]:
    """Captures in the order of their first frames, then logs; standard input last."""
    candidate = alike[0]
    if candidate.is_standard_input:
        return datetime.max, candidate.name
    try:
        with opened(candidate.path) as stream:
            found = frame(stream, 1)
            return (found.seen_at if found else datetime.max), candidate.name
    except (NotACaptureError, OSError):
        return datetime.max, candidate.name


def _ingest_first(
    connection: duckdb.DuckDBPyConnection,
    alike: list[Candidate],
    network: Network | None,
    progress: Progress,
    outcome: Outcome,
) -> None:
    """Of files with one content read the first; what is wrong with it is wrong with all."""
    reason = _ingest_one(connection, alike[0], network, progress, outcome)
    for candidate in alike if reason else alike[1:]:
        if reason:
            _leave_out(candidate, reason, outcome)
        else:
            outcome.known.append(candidate.name)


def own_files(connection: duckdb.DuckDBPyConnection) -> set[Path]:
    """What this program keeps in the database's folder, which may be a folder of inputs."""
    query = "select path from duckdb_databases() where not internal and path is not null"
    databases = [Path(path).resolve() for (path,) in connection.execute(query).fetchall()]
    return {
        database.with_name(name)
        for database in databases
        for name in (database.name, f"{database.name}.wal", "findings.json", "report.html")
    }


def _is_known(
    connection: duckdb.DuckDBPyConnection, candidate: Candidate, network: Network | None
) -> bool:
    """By content; a log that was read with another [[log]] table than `network`'s is not known."""
    rows = connection.execute(
        "select kind = 'capture' or ? or reading is not distinct from ? from input"
        " where sha256 = ?",
        [network is None, _digest(mapping_of(network, candidate.path)), candidate.sha256],
    ).fetchall()
    return (True,) in rows


def mapping_of(network: Network | None, path: Path) -> Log | None:
    """The first [[log]] table whose pattern matches the file's base name."""
    tables = network.log if network else []
    return next((log for log in tables if fnmatchcase(path.name, log.match)), None)


def _digest(mapping: Log | None) -> str | None:
    return hashlib.sha256(mapping.model_dump_json().encode()).hexdigest() if mapping else None


def _ingest_one(
    connection: duckdb.DuckDBPyConnection,
    candidate: Candidate,
    network: Network | None,
    progress: Progress,
    outcome: Outcome,
) -> str | None:
    """Why the input is not in the database now, or None if it is."""
    input_id = next_id(connection)
    connection.execute("begin")
    try:
        if candidate.is_standard_input:
            candidate, reading = _read_standard_input(connection, candidate, input_id, progress)
        else:
            forget_log(connection, candidate)
            forget_shorter(connection, candidate)
            reading = _read(connection, candidate, input_id, network, progress, outcome)
        if _is_known(connection, candidate, None):
            raise KnownError
        add(connection, input_id, candidate, reading)
        connection.execute("commit")
        outcome.read.append(candidate.name)
        return None
    except (SigauditError, OSError) as error:
        connection.execute("rollback")
        if isinstance(error, UsageError):
            raise
        remove_orphans(connection)
        return _reason(error)
    except KnownError:
        connection.execute("rollback")
        remove_orphans(connection)
        outcome.known.append(candidate.name)
        return None
    except BaseException:
        with suppress(duckdb.Error):  # where the disk is full, the next run tidies up
            connection.execute("rollback")
        raise


def _leave_out(candidate: Candidate | Unreadable, reason: str, outcome: Outcome) -> None:
    outcome.left_out.append(LeftOut(candidate.name, reason, candidate.named_by_user))


def _reason(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)


def _read_standard_input(
    connection: duckdb.DuckDBPyConnection,
    candidate: Candidate,
    input_id: int,
    progress: Progress,
) -> tuple[Candidate, Reading]:
    """A capture that comes through a pipe; its size and digest are known when it has ended."""
    stream = Hashed(sys.stdin.buffer)
    try:
        reading = _read_capture(connection, candidate, BufferedReader(stream), input_id, progress)
    except NotACaptureError:
        raise SigauditError(NO_CAPTURE) from None
    sha256 = stream.sha256()
    return replace(candidate, sha256=sha256, size=stream.size), reading


def _read_capture(
    connection: duckdb.DuckDBPyConnection,
    candidate: Candidate,
    stream: BufferedReader,
    input_id: int,
    progress: Progress,
) -> Reading:
    summary = captures.load(
        connection, stream, input_id, lambda octets: progress(candidate, octets)
    )
    return Reading("capture", summary.frames, summary.first_time, summary.last_time, summary.damage)


def _read(
    connection: duckdb.DuckDBPyConnection,
    candidate: Candidate,
    input_id: int,
    network: Network | None,
    progress: Progress,
    outcome: Outcome,
) -> Reading:
    try:
        with candidate.path.open("rb", buffering=0) as file:
            stream: Any = BufferedReader(Beginning(file, candidate.size))
            return _read_capture(connection, candidate, stream, input_id, progress)
    except NotACaptureError:
        pass
    mapping = mapping_of(network, candidate.path)
    kind = logs.recognise(candidate.path, mapping)
    if kind is None:
        raise SigauditError(NEITHER)
    loaded = logs.load(connection, candidate.path, input_id, kind, mapping)
    if loaded.unknown_columns:
        outcome.notes.append(
            f"{candidate.name}: columns passed over: {', '.join(loaded.unknown_columns)}"
        )
    return Reading(
        kind, loaded.items, loaded.first_seen, loaded.last_seen, reading=_digest(mapping)
    )
