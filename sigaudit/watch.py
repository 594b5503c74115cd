"""Scans at an interval, unattended: each in a process of its own, one at a time, for years."""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sigaudit import alerts, beside, lock, network, scan, status, trail
from sigaudit.alert_config import Alert
from sigaudit.errors import SigauditError
from sigaudit.looked_at import Seen
from sigaudit.quarantine import Quarantine

LOCK = "watch.lock"
STOPPING_TIME = 5.0  # seconds that a scan has to end when the watch is told to
PULSE = 0.2
TELLING = 5.0  # seconds between looks at the queue of alerts

Say = Callable[[str], None]


class Watch:
    """What one watch knows from scan to scan."""

    def __init__(self, task: scan.Task, every: float, once: bool, say: Say) -> None:
        self.task, self.every, self.once, self.say = task, every, once, say
        self.stopped = False
        self.quarantine = Quarantine(task.out)
        self.status = status.fresh(every, once)
        before = status.read(task.out)
        for key in ("scans", "failures", "last_good", "last", "total"):
            if before:
                self.status[key] = before.get(key, self.status[key])
        self.deferred: frozenset[str] = frozenset()
        self.begun: dict[Seen, str] = {}  # of the scan that runs, in the order of reading
        self.channels: list[Alert] = []
        self.scan_problems: list[str] = []
        self.told = 0.0

    def run(self) -> int:
        """Scan until told to stop; the exit status: 1 where the last scan failed."""
        with lock.held(self.task.out / LOCK, "watch"), self._signals():
            ended_well = True
            due = time.monotonic()
            while not self.stopped:
                ended_well = self._scan()
                self._tell(force=True)
                if self.once:
                    break
                due = max(due + self.every, time.monotonic())
                self._state("waiting")
                while not self.stopped and time.monotonic() < due:
                    time.sleep(PULSE)
                    self._tell()
            self._state("stopped")
        return 0 if ended_well else 1

    @contextmanager
    def _signals(self) -> Iterator[None]:
        def stop(number: int, frame: object) -> None:
            self.stopped = True

        before = {one: signal.signal(one, stop) for one in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)

    def _scan(self) -> bool:
        """One scan in its process; whether it ended well and read all that it should."""
        began = time.time()
        with suppress(SigauditError):  # a wrong network.toml is told by the scan
            self.channels = scan.configured(self.task, network.load(self.task.network))
        task = replace(
            self.task,
            suspects=self.quarantine.suspects,
            quarantined=self.quarantine.quarantined,
            deferred=self.deferred,
        )
        self.begun = {}
        summary, words = self._in_process(task)
        self.scan_problems = []
        if summary is not None:
            self._went_well(summary, began)
        elif not self.stopped:
            self.status["failures"] += 1
            self.scan_problems.append(words)
            self.say(words)
        trail.note(
            task.database, "scan", began=status.clock(began), read=summary and summary["read"],
            findings=summary and summary["total"]["findings"], problem=words or None,
        )  # fmt: skip
        return summary is not None and not summary["failed"]

    def _in_process(self, task: scan.Task) -> tuple[dict[str, Any] | None, str]:
        """The scan's summary, or what went wrong."""
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=scan.main, args=(task, there))
        process.start()
        there.close()
        self._state("reading")
        summary, words = None, ""
        for event in self._events(here, process):
            if event[0] == "done":
                summary = event[1]
            elif event[0] == "failed":
                words = event[1]
            else:
                self._hear(event)
        process.join(STOPPING_TIME)
        if process.is_alive():
            process.kill()
            process.join()
        if summary is None and not words:
            words = self._died(process.exitcode)
        return summary, words

    def _events(self, here: Connection, process: Any) -> Iterator[tuple[Any, ...]]:
        told_to_end = False
        while True:
            try:
                while here.poll(PULSE):
                    yield here.recv()
            except (EOFError, OSError):  # its end of the pipe went with it
                return
            if self.stopped and not told_to_end:
                process.terminate()
                told_to_end = True
            self._tell()

    def _hear(self, event: tuple[Any, ...]) -> None:
        if event[0] == "reading":
            self.begun[event[1]] = event[2]
            self._state(f"reading {event[2]}")
        elif event[0] == "detecting":
            self.quarantine.clear(set(self.begun))
            self.begun = {}
            self._state("detecting")
        elif event[0] == "backlog":
            _, files, octets, oldest = event
            self._backlog(files, octets, oldest)

    def _backlog(self, files: int, octets: int, oldest: list[Any] | None) -> None:
        name, since = oldest or (None, None)
        self.status["backlog"] = {
            "files": files, "octets": octets, "oldest": name, "since": since
        }  # fmt: skip

    def _died(self, code: int | None) -> str:
        """The process ended without a word: who is to blame."""
        if self.stopped:
            return "stopped"
        at_once = max(2, (os.cpu_count() or 1) // 2)
        suspects = list(self.begun)[-at_once:]
        if self.quarantine.suspects.intersection(suspects):
            suspects = suspects[-1:]  # it was read by itself
        self.quarantine.strike(set(suspects))
        names = ", ".join(self.begun[seen] for seen in suspects) or "no input"
        return f"the scan's process was killed (status {code}) while it read {names}"

    def _went_well(self, summary: dict[str, Any], began: float) -> None:
        seconds = time.time() - began
        reading = max(summary["seconds"]["reading"], 1e-3)
        new = summary["new"]
        self.status["scans"] += 1
        self.status["last_good"] = time.time()
        self.status["total"] = summary["total"]
        self.status["last"] = {
            "seconds": round(seconds, 3),
            "detecting": round(summary["seconds"]["rest"], 3),
            "files": len(summary["read"]),
            "octets": new["octets"],
            "items": new["items"],
            "findings": new["findings"],
            "octets_per_second": round(new["octets"] / reading),
            "items_per_second": round(new["items"] / reading),
        }
        waiting = summary["waiting"]
        unread = [row for row in waiting if row[3] != scan.QUARANTINED]
        oldest = min(unread, key=lambda row: row[2], default=None)
        self._backlog(len(unread), sum(row[1] for row in unread), oldest and [oldest[0], oldest[2]])
        self.deferred = frozenset(_paths(self.task.inputs, unread))
        self.status["quarantined"] = [row[0] for row in waiting if row[3] == scan.QUARANTINED]
        self.status["unreadable"] = [f"{name}: {why}" for name, why in summary["failed"]]
        self.say(
            f"read {len(summary['read'])} inputs, {status.octets(new['octets'])};"
            f" {new['findings']} more findings, {summary['alerts']} alerts,"
            f" {len(summary['failed'])} not readable; {seconds:.1f} s"
        )

    def _tell(self, force: bool = False) -> None:
        """Deliver alerts now and then, and say what is wrong."""
        if not force and time.monotonic() - self.told < TELLING:
            return
        failed = []
        with suppress(SigauditError):
            database = self.task.database
            failed = list(alerts.deliver(database, self.channels, lambda: self.stopped))
            self.status["alerts_waiting"] = sum(
                len(alerts.waiting(database, alert)) for alert in self.channels
            )
        self.told = time.monotonic()
        quarantined = [f"{name}: {scan.QUARANTINED}" for name in self.status["quarantined"]]
        self.status["problems"] = [
            *self.scan_problems, *failed, *quarantined, *self.status["unreadable"]
        ]  # fmt: skip
        self._write()

    def _state(self, words: str) -> None:
        self.status["state"], self.status["since"] = words, time.time()
        self._write()

    def _write(self) -> None:
        """A full disk must not end the watch; the next one is written again."""
        try:
            status.write(self.task.out, self.status)
        except SigauditError as error:
            self.say(str(error))


def _paths(inputs: list[Path], rows: list[list[Any]]) -> Iterator[str]:
    """Where the inputs with these names may be."""
    for row in rows:
        for given in inputs:
            yield scan.place_of(given / row[0] if given.is_dir() else given)


def check(task: scan.Task) -> None:
    """Say what is wrong before the first scan: configuration, folders."""
    scan.configured(task, network.load(task.network))
    for given in task.inputs:
        if not given.exists():
            raise SigauditError(f"{given}: no such file or folder")
    beside.replace_json(task.out / "status.json", status.read(task.out) or status.fresh(0, True))
