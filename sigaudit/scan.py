"""One scan of the watched folders, in a process of its own: what kills it kills no watch."""

import os
import signal
import sys
import threading
import time
import traceback
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import duckdb
from duckdb import DuckDBPyConnection

from sigaudit import alert_config, alerts, detect, left_out, looked_at, store
from sigaudit import detector as detectors
from sigaudit import network as networks
from sigaudit.audit import DATABASE, write
from sigaudit.errors import SigauditError, first_line
from sigaudit.ingest import Outcome, ingest, mapping_of
from sigaudit.inputs import Candidate, Unreadable, as_text, candidates
from sigaudit.left_out import LeftOut
from sigaudit.log_growth import has_lines
from sigaudit.log_lines import LONGEST_LINE
from sigaudit.network import Network

NICE = 5  # others on the host go first
QUARANTINED = "killed its reader three times; it is left alone until it changes"
CONTAINERS = (  # what a capture begins with: pcap, pcapng, gzip, zstd
    b"\xd4\xc3\xb2\xa1", b"\xa1\xb2\xc3\xd4", b"\x4d\x3c\xb2\xa1", b"\xa1\xb2\x3c\x4d",
    b"\x0a\x0d\x0d\x0a", b"\x1f\x8b", b"\x28\xb5\x2f\xfd",
)  # fmt: skip


@dataclass(frozen=True)
class Task:
    """What to scan, and how."""

    inputs: list[Path]
    network: Path
    out: Path
    detectors: list[Path] = field(default_factory=list)
    alerts: Path | None = None
    settings: dict[str, str] = field(default_factory=dict)
    settle: float = 0.0  # seconds that a capture must have been left alone
    suspects: frozenset[looked_at.Seen] = frozenset()  # each is read by itself, after the others
    quarantined: frozenset[looked_at.Seen] = frozenset()
    deferred: frozenset[str] = frozenset()  # paths that were not settled last time: read now

    @property
    def database(self) -> Path:
        """The database's file."""
        return self.out / DATABASE


def configured(task: Task, network: Network) -> list[alert_config.Alert]:
    """The alerts of network.toml and of the file of their own."""
    own = alert_config.load(task.alerts) if task.alerts else []
    return alert_config.checked([*network.alert, *own])


def main(task: Task, told: Connection) -> None:
    """Scan; tells ('reading', Seen, name), then ('done', summary) or ('failed', words)."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.umask(0o077)
    os.nice(NICE)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    status = 0
    try:
        told.send(_outcome(task, told))
    except BaseException:
        traceback.print_exc()
        status = 1
    told.close()
    sys.stderr.flush()
    os._exit(status)  # what DuckDB's threads still hold is the kernel's to tidy


def _outcome(task: Task, told: Connection) -> tuple[Any, ...]:
    """The last thing that a scan says."""
    try:
        return "done", scan(task, told)
    except SigauditError as error:
        return "failed", str(error)
    except OSError as error:
        return "failed", f"{error.filename or task.out}: {error.strerror or error}"
    except duckdb.Error as error:
        return "failed", f"{task.database}: {first_line(error)}"
    except MemoryError:
        return "failed", f"{task.database}: out of memory; give it more, or less with --memory"


def _end_with(watch: int) -> None:
    """A scan whose watch was killed ends too: nobody would hear it."""
    while os.getppid() == watch:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGKILL)


def scan(task: Task, told: Connection) -> dict[str, Any]:
    """Read what is new, detect, write, queue alerts; what happened, in figures."""
    began = time.monotonic()
    network = networks.load(task.network)
    channels = configured(task, network)
    detectors.load(task.detectors)
    with store.connected(task.database, settings=task.settings, doing="scan") as connection:
        detect.refuse_other_operator(connection, network)
        before = _figures(connection)
        outcome, waiting = _ingest(connection, task, network, told)
        read = time.monotonic()
        told.send(("detecting",))
        changed = not detect.is_current(connection, network, None, task.detectors)
        if changed:
            detect.run(connection, network, None, task.detectors)
        if changed or not (task.out / "report.pdf").exists():
            write(connection, task.out)
        queued = alerts.enqueue(connection, channels, task.database)
        after = _figures(connection)
    return {
        "read": outcome.read,
        "failed": [[row.name, row.reason] for row in outcome.failed],
        "notes": outcome.notes,
        "waiting": waiting,
        "alerts": queued,
        "new": {name: after[name] - before[name] for name in after},
        "total": after,
        "seconds": {"reading": read - began, "rest": time.monotonic() - read},
    }


def _figures(connection: DuckDBPyConnection) -> dict[str, int]:
    [(inputs, octets, items)] = connection.execute(
        "select count(*), coalesce(sum(bytes), 0)::bigint, coalesce(sum(items), 0)::bigint"
        " from input"
    ).fetchall()
    [(found,)] = connection.execute("select count(*) from finding").fetchall()
    return {"inputs": inputs, "octets": octets, "items": items, "findings": found}


def _ingest(
    connection: DuckDBPyConnection, task: Task, network: Network, told: Connection
) -> tuple[Outcome, list[list[Any]]]:
    """What was read, and what waits: name, octets, when it was written, why."""
    announced: set[str] = set()

    def progress(candidate: Candidate, octets: int) -> None:
        if candidate.name not in announced:
            announced.add(candidate.name)
            told.send(("reading", looked_at.seen(candidate), candidate.name))

    met = [one for one in candidates(task.inputs) if isinstance(one, Candidate)]
    known = looked_at.digests(connection)
    waiting: dict[looked_at.Seen, list[Any]] = {}
    for one in met:
        if reason := _reason_to_wait(task, one, looked_at.seen(one) in known):
            waiting[looked_at.seen(one)] = [one.name, one.size, one.modified / 1e9, reason]
    unread = [one for one in met if looked_at.seen(one) not in known]
    told.send(("backlog", len(unread), sum(one.size for one in unread), _oldest(unread)))

    def at_once(candidate: Candidate) -> Candidate | None:
        seen = looked_at.seen(candidate)
        if seen in waiting or seen in task.suspects:
            return None
        return candidate if seen in known else _whole_lines(task, candidate, network)

    outcome = ingest(connection, task.inputs, network, progress, at_once)
    for suspect in sorted(task.suspects - task.quarantined):
        alone = ingest(
            connection,
            task.inputs,
            network,
            progress,
            lambda candidate, only=suspect: (  # type: ignore[misc]
                candidate if looked_at.seen(candidate) == only else None
            ),
        )
        outcome.read += alone.read
        outcome.left_out += [row for row in alone.left_out if row not in outcome.left_out]
    names = [str(row[0]) for row in waiting.values() if row[3] == QUARANTINED]
    left_out.store(connection, names, [LeftOut(name, QUARANTINED, True) for name in names])
    return outcome, list(waiting.values())


def _whole_lines(task: Task, candidate: Candidate, network: Network) -> Candidate:
    """A log that is being written, up to its last whole line; half a number is another number."""
    if time.time() - candidate.modified / 1e9 >= task.settle or _is_capture(candidate):
        return candidate
    if not has_lines(candidate.path, mapping_of(network, candidate.path)):
        return candidate
    with candidate.path.open("rb") as file:
        file.seek(max(0, candidate.size - LONGEST_LINE))
        tail = file.read(min(candidate.size, LONGEST_LINE))
    cut = len(tail) - 1 - tail.rfind(b"\n") if b"\n" in tail else 0
    return replace(candidate, size=candidate.size - cut, modified=0) if cut else candidate


def _oldest(unread: list[Candidate]) -> list[Any] | None:
    """Name and time of the input that has waited longest."""
    oldest = min(unread, key=lambda one: one.modified, default=None)
    return [oldest.name, oldest.modified / 1e9] if oldest else None


def _reason_to_wait(task: Task, candidate: Candidate, known: bool) -> str | None:
    seen = looked_at.seen(candidate)
    if seen in task.quarantined:
        return QUARANTINED
    fresh = time.time() - candidate.modified / 1e9 < task.settle
    if known or not fresh or seen[0] in task.deferred or not _is_capture(candidate):
        return None
    return "still being written"


def _is_capture(candidate: Candidate | Unreadable) -> bool:
    """Told by its first octets; logs are read while they grow, as that costs no second reading."""
    if not isinstance(candidate, Candidate):
        return False
    try:
        with candidate.path.open("rb") as file:
            return file.read(4).startswith(CONTAINERS)
    except OSError:
        return False


def place_of(path: Path) -> str:
    """A path as looked_at.Seen has it."""
    return as_text(str(path.absolute()))
