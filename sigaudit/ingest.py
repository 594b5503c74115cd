"""Inputs into the database, each whole or not at all, each content once."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path

import duckdb

from dissectors.capture import NotACaptureError
from sigaudit import captures, left_out, logs
from sigaudit.errors import SigauditError, UsageError
from sigaudit.inputs import NO_FILE, Candidate, Unreadable, as_text, candidates
from sigaudit.left_out import LeftOut
from sigaudit.log_columns import check_mapping
from sigaudit.network import Log, Network

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
    contents: set[str] = set()
    for candidate in candidates(inputs, own_files(connection)):
        tried.add(candidate.name)
        if isinstance(candidate, Unreadable):
            _leave_out(candidate, candidate.reason, outcome)
        elif candidate.sha256 in contents or _is_known(connection, candidate, network):
            outcome.known.append(candidate.name)
            contents.add(candidate.sha256)
        elif _ingest_one(connection, candidate, network, progress, outcome):
            contents.add(candidate.sha256)
    connection.execute("reset threads")
    left_out.store(connection, tried, outcome.left_out)
    return outcome


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
) -> bool:
    """Whether the input is in the database now; if not, why is in `outcome`."""
    connection.execute("begin")
    try:
        _forget(connection, candidate)
        reading = _read(connection, candidate, network, progress, outcome)
        _add_input(connection, candidate, reading)
        connection.execute("commit")
        outcome.read.append(candidate.name)
        return True
    except (SigauditError, OSError) as error:
        connection.execute("rollback")
        if isinstance(error, UsageError):
            raise
        if isinstance(error, OSError):
            remove_orphans(connection)
        _leave_out(candidate, _reason(error), outcome)
        return False
    except BaseException:
        with suppress(duckdb.Error):  # where the disk is full, the next run tidies up
            connection.execute("rollback")
        raise


def remove_orphans(connection: duckdb.DuckDBPyConnection) -> None:
    """Remove messages of an input that was not finished: the process was killed, or it failed."""
    [(known,)] = connection.execute("select coalesce(max(input_id), 0) from input").fetchall()
    first_id = (known + 1) * captures.IDS_PER_INPUT
    for table in captures.TABLES:
        key = "component_id" if table == "sms" else "id"
        connection.execute(f"delete from {table} where {key} >= ?", [first_id])
    connection.execute("delete from anomaly where component_id >= ?", [first_id])
    for table in ("problem", "passed_over", "second_look"):
        connection.execute(f"delete from {table} where input_id > ?", [known])


def _leave_out(candidate: Candidate | Unreadable, reason: str, outcome: Outcome) -> None:
    outcome.left_out.append(LeftOut(candidate.name, reason, candidate.named_by_user))


def _reason(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)


def _forget(connection: duckdb.DuckDBPyConnection, candidate: Candidate) -> None:
    """Remove the rows of a log that is read again with another [[log]] table."""
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
            as_text(str(candidate.path.absolute())),
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
    """The candidate's name, with 4 digits of its content where another input has it.

    More digits where that is taken too.
    """
    query = "select name from input where starts_with(name, ?)"
    taken = {name for (name,) in connection.execute(query, [candidate.name]).fetchall()}
    ends = (f"~{candidate.sha256[:digits]}" for digits in range(4, 65))
    names = (candidate.name + end for end in ("", *ends))
    return next(name for name in names if name not in taken)
