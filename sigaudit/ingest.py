"""Inputs into the database, each whole or not at all, each content once.

What reads logs is imported where there is one: that takes as long as a small capture.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from dissectors.frames import UnreadableFrameError, frames_of
from sigaudit import captures, left_out, looked_at
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
from sigaudit.inputs import NEITHER, NO_FILE, Candidate, Unreadable, candidates
from sigaudit.left_out import LeftOut

if TYPE_CHECKING:
    from sigaudit.network import Log, Network

PASSED_BY = (NEITHER, NO_FILE)
OWN_ENDS = ("", ".wal", ".lock", ".tmp", ".pruned")
OWN_NAMES = (  # beside the database
    "findings.json", "report.html", "report.pdf", "status.json", "metrics.prom", "trail.jsonl",
    "pseudonym.key", "quarantine.json", "alerts", "watch.lock",
)  # fmt: skip

WRITING = (
    "set force_compression = 'bitpacking'",  # of numbers; else each column is tried in every way
    "set threads = 1",
)
# The threads that insert are captures' own; row groups are written as soon as they are full, and
# what is written need not stay in memory: a capture of any size takes the same.
BULK_SETTINGS = (
    "set memory_limit = getvariable('memory_of_captures')",
    "set write_buffer_row_group_count = 1",
    *WRITING,
)
GIVEN = (
    "set variable threads_given = current_setting('threads')",
    "set variable memory_given = current_setting('memory_limit')",
    """set variable memory_of_captures = format_bytes(
        least(parse_formatted_bytes(getvariable('memory_given')), 192_000_000)::bigint)""",
)
AS_GIVEN = (
    "set threads = getvariable('threads_given')",
    "set memory_limit = getvariable('memory_given')",
)
# Logs come behind the captures. They are mostly texts that are all different: trying dictionaries
# takes half the time of writing.
LOG_SETTINGS = ("set force_compression = 'zstd'", *AS_GIVEN)


class KnownError(Exception):
    """What came through standard input is in the database already."""


@dataclass
class Outcome:
    """What became of the inputs, by name."""

    read: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    digested: list[Candidate] = field(default_factory=list)

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
    as_far: Callable[[Candidate], Candidate | None] = lambda candidate: candidate,
) -> Outcome:
    """Read what the database does not have yet; of `network` only the [[log]] tables are used.

    `as_far` says how far a file is to be read now; None leaves it for another time, untold.
    Raises UsageError where a [[log]] table is wrong.
    """
    outcome = Outcome()
    remove_orphans(connection)
    if network and network.log:
        _check_mappings(connection, network)
    for setting in GIVEN + BULK_SETTINGS:
        connection.execute(setting)
    found = candidates(inputs, own_files(connection))
    met = [one for it in found if (one := it if isinstance(it, Unreadable) else as_far(it))]
    known = looked_at.digests(connection)
    chosen = _new(connection, met, known, network, outcome)
    if len(chosen) > 1:
        chosen.sort(key=_by_time)
    for place, read in captures_ahead(connection, chosen, progress):
        _finish(connection, place, read, network, outcome)
    for setting in AS_GIVEN:
        connection.execute(setting)
    looked_at.remember(connection, known, outcome.digested)
    left_out.store(connection, {candidate.name for candidate in met}, outcome.left_out)
    return outcome


def _check_mappings(connection: duckdb.DuckDBPyConnection, network: Network) -> None:
    from sigaudit import logs
    from sigaudit.log_columns import check_mapping

    for mapping in network.log:
        check_mapping(mapping)
        logs.check_settings(connection, mapping)


def _new(
    connection: duckdb.DuckDBPyConnection,
    met: list[Candidate | Unreadable],
    known: dict[looked_at.Seen, str],
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
            candidate = replace(candidate, sha256=known.get(looked_at.seen(candidate), ""))
            candidate = candidate.digested() if sizes[candidate.size] > 1 else candidate
        except OSError as error:
            _leave_out(candidate, _reason(error), outcome)
            continue
        outcome.digested.append(candidate)
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
        for name in (f"{database.name}{end}" for end in OWN_ENDS)
    } | {database.with_name(name) for database in databases for name in OWN_NAMES}


def _is_known(
    connection: duckdb.DuckDBPyConnection, candidate: Candidate, network: Network | None
) -> bool:
    """By content; a log that was read with another [[log]] table than `network`'s is not known."""
    mapping = mapping_of(network, candidate.path)
    rows = connection.execute(
        "select kind = 'capture' or ? or reading is not distinct from ? from input"
        " where sha256 = ?",
        [network is None, mapping and mapping.sha256, candidate.sha256],
    ).fetchall()
    return (True,) in rows


def mapping_of(network: Network | None, path: Path) -> Log | None:
    """The first [[log]] table whose pattern matches the file's base name."""
    tables = network.log if network else []
    return next((log for log in tables if fnmatchcase(path.name, log.match)), None)


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
        outcome.digested.append(candidate)
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
        add(connection, input_id, candidate, reading)
    else:
        forget_log(connection, candidate)
        _add_log(connection, input_id, candidate, network, outcome)


def _add_log(
    connection: duckdb.DuckDBPyConnection,
    input_id: int,
    candidate: Candidate,
    network: Network | None,
    outcome: Outcome,
) -> None:
    from sigaudit.ingest_log import add_log

    for setting in LOG_SETTINGS:
        connection.execute(setting)
    try:
        unknown = add_log(connection, input_id, candidate, mapping_of(network, candidate.path))
    finally:
        for setting in WRITING:
            connection.execute(setting)
    if unknown:
        outcome.notes.append(f"{candidate.name}: columns passed over: {', '.join(unknown)}")


def _leave_out(candidate: Candidate | Unreadable, reason: str, outcome: Outcome) -> None:
    outcome.left_out.append(LeftOut(candidate.name, reason, candidate.named_by_user))


def _reason(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
