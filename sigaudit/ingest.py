"""Inputs into the database, each whole or not at all, each content once.

What reads logs is imported where there is one: that takes as long as a small capture.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from dissectors.frames import UnreadableFrameError, frames_of
from sigaudit import captures, left_out
from sigaudit.ahead import Place, Progress, Read, captures_ahead
from sigaudit.errors import SigauditError, UsageError
from sigaudit.input_rows import (
    Reading,
    add,
    forget_log,
    forget_messages,
    forget_shorter,
    remove_orphans,
)
from sigaudit.inputs import NO_FILE, Candidate, Unreadable, candidates
from sigaudit.left_out import LeftOut

if TYPE_CHECKING:
    from sigaudit.network import Log, Network

NEITHER = (
    "neither a capture (pcap, pcapng) nor a SIM-swap or DFS event log (CSV, JSON Lines, Parquet)"
)
PASSED_BY = (NEITHER, NO_FILE)

# The threads that insert are captures' own; row groups are written as soon as they are full, and
# what is written need not stay in memory: a capture of any size takes the same.
BULK_SETTINGS = (
    "set variable memory_given = current_setting('memory_limit')",
    """set variable memory_of_captures = format_bytes(
        least(parse_formatted_bytes(current_setting('memory_limit')), 192_000_000)::bigint)""",
    "set memory_limit = getvariable('memory_of_captures')",
    "set force_compression = 'bitpacking'",  # of numbers; else each column is tried in every way
    "set threads = 1",
    "set write_buffer_row_group_count = 1",
)
MEMORY_AS_GIVEN = "set memory_limit = getvariable('memory_given')"  # logs come behind the captures


class KnownError(Exception):
    """What came through standard input is in the database already."""


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
    if network and network.log:
        _check_mappings(connection, network)
    for setting in BULK_SETTINGS:
        connection.execute(setting)
    met = list(candidates(inputs, own_files(connection)))
    chosen = _new(connection, met, network, outcome)
    if len(chosen) > 1:
        chosen.sort(key=_by_time)
    for place, read in captures_ahead(connection, chosen, progress):
        _finish(connection, place, read, network, outcome)
    for setting in MEMORY_AS_GIVEN, "reset threads":
        connection.execute(setting)
    left_out.store(connection, {candidate.name for candidate in met}, outcome.left_out)
    return outcome


def _check_mappings(connection: duckdb.DuckDBPyConnection, network: Network) -> None:
    from sigaudit import logs
    from sigaudit.log_columns import check_mapping

    for mapping in network.log:
        check_mapping(mapping)
        logs.check_timezone(connection, mapping)


def _new(
    connection: duckdb.DuckDBPyConnection,
    met: list[Candidate | Unreadable],
    network: Network | None,
    outcome: Outcome,
) -> list[list[Candidate]]:
    """What the database does not have yet, files with one content together.

    A content can be known only where the size is: other digests are left for later.
    """
    sizes = Counter(candidate.size for candidate in met if isinstance(candidate, Candidate))
    sizes.update(size for (size,) in connection.execute("select bytes from input").fetchall())
    by_content: dict[str, list[Candidate]] = {}
    for candidate in met:
        if isinstance(candidate, Unreadable):
            _leave_out(candidate, candidate.reason, outcome)
            continue
        try:
            candidate = candidate.digested() if sizes[candidate.size] > 1 else candidate
        except OSError as error:
            _leave_out(candidate, _reason(error), outcome)
            continue
        if candidate.sha256 and _is_known(connection, candidate, network):
            outcome.known.append(candidate.name)
        else:
            by_content.setdefault(candidate.sha256 or str(candidate.path), []).append(candidate)
    return list(by_content.values())


def _by_time(alike: list[Candidate]) -> tuple[float, str]:
    """Captures in the order of their first frames' times, then what has none, or not yet."""
    candidate = alike[0]
    if not candidate.is_standard_input:
        with suppress(UnreadableFrameError, OSError):
            [first] = frames_of(candidate.path, [1])
            return first.nanoseconds, candidate.name
    return inf, candidate.name


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


def _finish(
    connection: duckdb.DuckDBPyConnection,
    place: Place,
    read: Future[Read],
    network: Network | None,
    outcome: Outcome,
) -> None:
    """Tell of an input that was read; of files with one content what is wrong is wrong with all."""
    reason = _reason_against(connection, place, read, network, outcome)
    for candidate in place.alike if reason else place.alike[1:]:
        if reason:
            _leave_out(candidate, reason, outcome)
        else:
            outcome.known.append(candidate.name)


def _reason_against(
    connection: duckdb.DuckDBPyConnection,
    place: Place,
    read: Future[Read],
    network: Network | None,
    outcome: Outcome,
) -> str | None:
    """Why the input is not in the database now, or None if it is."""
    connection.execute("begin")
    try:
        candidate, told = read.result()
        if _is_known(connection, candidate, network):  # what came through standard input
            raise KnownError
        _add(connection, place.input_id, candidate, told, network, outcome)
        connection.execute("commit")
        outcome.read.append(candidate.name)
        return None
    except (SigauditError, OSError, KnownError) as error:
        connection.execute("rollback")
        if isinstance(error, UsageError):
            raise
        forget_messages(connection, place.input_id, place.input_id + 1)
        if isinstance(error, KnownError):
            outcome.known.append(place.alike[0].name)
        return None if isinstance(error, KnownError) else _reason(error)
    except BaseException:
        with suppress(duckdb.Error):  # where the disk is full, the next run tidies up
            connection.execute("rollback")
        raise


def _add(
    connection: duckdb.DuckDBPyConnection,
    input_id: int,
    candidate: Candidate,
    told: captures.Told | None,
    network: Network | None,
    outcome: Outcome,
) -> None:
    """The rows of an input that are not in the database yet: of a log, all."""
    if told:
        forget_shorter(connection, candidate)
        captures.tell(connection, input_id, told)
        summary = told.summary
        reading = Reading(
            "capture", summary.frames, summary.first_time, summary.last_time, summary.damage
        )
    else:
        forget_log(connection, candidate)
        reading = _load_log(connection, candidate, input_id, network, outcome)
    add(connection, input_id, candidate, reading)


def _leave_out(candidate: Candidate | Unreadable, reason: str, outcome: Outcome) -> None:
    outcome.left_out.append(LeftOut(candidate.name, reason, candidate.named_by_user))


def _reason(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)


def _load_log(
    connection: duckdb.DuckDBPyConnection,
    candidate: Candidate,
    input_id: int,
    network: Network | None,
    outcome: Outcome,
) -> Reading:
    from sigaudit import logs

    connection.execute(MEMORY_AS_GIVEN)
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
