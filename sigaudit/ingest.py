"""Inputs into the database, each whole or not at all, each content once."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path

import duckdb

from dissectors.capture import NotACaptureError
from sigaudit import captures, logs
from sigaudit.errors import SigauditError
from sigaudit.inputs import Candidate, Unreadable, candidates
from sigaudit.network import Log, Network

NEITHER = (
    "neither a capture (pcap, pcapng) nor a SIM-swap or DFS event log (CSV, JSON Lines, Parquet)"
)

# The threads that insert are captures' own; row groups are written as soon as they are full.
BULK_SETTINGS = ("set threads = 1", "set write_buffer_row_group_count = 1")

Progress = Callable[[Candidate, int], None]


@dataclass
class Outcome:
    """What became of the inputs, by name."""

    read: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)  # in a folder, neither capture nor log
    failed: list[str] = field(default_factory=list)  # with the reason
    notes: list[str] = field(default_factory=list)


@dataclass
class Reading:
    """How an input was read: the columns of table `input` that its reader knows."""

    kind: str
    items: int
    first_seen: datetime | None
    last_seen: datetime | None
    damage: str | None = None
    reading: str | None = None


def ingest(
    connection: duckdb.DuckDBPyConnection,
    inputs: list[Path],
    network: Network | None = None,
    progress: Progress = lambda candidate, octets: None,
) -> Outcome:
    """Read what the database does not have yet; of `network` only the [[log]] tables are used."""
    outcome = Outcome()
    remove_orphans(connection)
    for setting in BULK_SETTINGS:
        connection.execute(setting)
    for candidate in candidates(inputs):
        if isinstance(candidate, Unreadable):
            _leave_out(connection, candidate, candidate.reason, outcome)
        elif _is_known(connection, candidate, network):
            outcome.known.append(candidate.name)
        else:
            _ingest_one(connection, candidate, network, progress, outcome)
    connection.execute("reset threads")
    return outcome


def _is_known(
    connection: duckdb.DuckDBPyConnection, candidate: Candidate, network: Network | None
) -> bool:
    """By content; a log that was read with another [[log]] table is not known."""
    rows = connection.execute(
        "select kind = 'capture' or reading is not distinct from ? from input where sha256 = ?",
        [_digest(mapping_of(network, candidate.path)), candidate.sha256],
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
) -> None:
    connection.execute("begin")
    try:
        _forget(connection, candidate)
        reading = _read(connection, candidate, network, progress, outcome)
        _add_input(connection, candidate, reading)
        connection.execute("commit")
        outcome.read.append(candidate.name)
    except BaseException as error:
        connection.execute("rollback")
        remove_orphans(connection)
        if not isinstance(error, SigauditError | OSError):
            raise
        _leave_out(connection, candidate, _text(error), outcome)


def remove_orphans(connection: duckdb.DuckDBPyConnection) -> None:
    """Remove messages of an input that was not finished: the process was killed, or it failed."""
    [(known,)] = connection.execute("select coalesce(max(input_id), 0) from input").fetchall()
    first_id = (known + 1) * captures.IDS_PER_INPUT
    for table, key in (("map_rare", "id"), ("sms", "component_id")):
        connection.execute(f"delete from {table} where {key} >= ?", [first_id])
    for table in ("map_common", "diameter_message", "problem", "passed_over"):
        connection.execute(f"delete from {table} where input_id > ?", [known])


def _leave_out(
    connection: duckdb.DuckDBPyConnection,
    candidate: Candidate | Unreadable,
    reason: str,
    outcome: Outcome,
) -> None:
    """Say that an input is not in the database; once, however often it is tried."""
    told = outcome.failed if candidate.named_by_user or reason != NEITHER else outcome.skipped
    told.append(f"{candidate.name}: {reason}")
    row = [candidate.name, reason, candidate.named_by_user]
    there = connection.execute(
        "select 1 from not_read where (name, reason, named_by_user) = (?, ?, ?)", row
    )
    if not there.fetchall():
        connection.execute("insert into not_read values (?, ?, ?)", row)


def _text(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)


def _forget(connection: duckdb.DuckDBPyConnection, candidate: Candidate) -> None:
    """Remove the rows of a log that is read again with another [[log]] table."""
    connection.execute("delete from not_read where name = ?", [candidate.name])
    rows = connection.execute(
        "select input_id from input where sha256 = ?", [candidate.sha256]
    ).fetchall()
    for (input_id,) in rows:
        for table in ("swap", "dfs_event", "problem", "input"):
            connection.execute(f"delete from {table} where input_id = ?", [input_id])


def _read(
    connection: duckdb.DuckDBPyConnection,
    candidate: Candidate,
    network: Network | None,
    progress: Progress,
    outcome: Outcome,
) -> Reading:
    input_id = _next_id(connection)
    try:
        summary = captures.load(
            connection, candidate.path, input_id, lambda octets: progress(candidate, octets)
        )
        return Reading(
            "capture", summary.frames, summary.first_time, summary.last_time, summary.damage
        )
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


def _next_id(connection: duckdb.DuckDBPyConnection) -> int:
    [(highest,)] = connection.execute("select coalesce(max(input_id), 0) from input").fetchall()
    return int(highest) + 1


def _add_input(
    connection: duckdb.DuckDBPyConnection, candidate: Candidate, reading: Reading
) -> None:
    connection.execute(
        "insert into input values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            _next_id(connection),
            _free_name(connection, candidate),
            str(candidate.path.resolve()),
            candidate.sha256,
            reading.kind,
            reading.reading,
            candidate.path.stat().st_size,
            reading.items,
            reading.damage,
            reading.first_seen,
            reading.last_seen,
        ],
    )


def _free_name(connection: duckdb.DuckDBPyConnection, candidate: Candidate) -> str:
    """The candidate's name, with 4 digits of its content where another input has it."""
    taken = connection.execute("select 1 from input where name = ?", [candidate.name]).fetchall()
    return f"{candidate.name}~{candidate.sha256[:4]}" if taken else candidate.name
