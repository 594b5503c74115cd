"""A week unattended: `python -m tests.unattended_week [TICKS] [MESSAGES]`.

Captures are rotated and logs grow from scan to scan; the webhook is down for a seventh of the time,
and three scans are killed. Every finding must have been told exactly once for each severity that it
rose to, and the findings must be those of one audit over everything.
"""

import json
import os
import resource
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from threading import Thread

from sigaudit import alerts, scan, watch
from tests.week.__main__ import main as write_week

ROOT = Path(__file__).parents[1]
HEADER, RECORD = 24, struct.Struct("<IIII")
LOGS = ("swaps.csv", "dfs_events.jsonl")
APART = {"id", "was"}


@dataclass
class Hook:
    """A webhook on the loopback that can be down."""

    taken: list[dict[str, str]] = field(default_factory=list)
    down: bool = False
    address: str = ""

    def serve(self) -> Callable[[], None]:
        """Listen on a free port; what stops it."""
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if not hook.down:
                    hook.taken.append(json.loads(body))
                self.send_response(503 if hook.down else 204)
                self.end_headers()

            def log_message(self, *words: object) -> None:
                """Nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{server.server_address[1]}/"
        Thread(target=server.serve_forever, daemon=True).start()

        def stop() -> None:
            server.shutdown()
            server.server_close()

        return stop


def records(path: Path) -> list[tuple[float, bytes]]:
    """The records of a pcap, each with its time."""
    octets, at, found = path.read_bytes(), HEADER, []
    while at < len(octets):
        seconds, fraction, length, _ = RECORD.unpack_from(octets, at)
        end = at + RECORD.size + length
        found.append((seconds + fraction / 1e6, octets[at:end]))
        at = end
    return found


class Spool:
    """What comes into the watched folder, tick by tick."""

    def __init__(self, folder: Path, messages: int, ticks: int) -> None:
        write_week(folder, messages)
        self.inputs, self.ticks = folder / "in", ticks
        self.inputs.mkdir()
        self.captures = {
            path.stem: (path.read_bytes()[:HEADER], records(path)) for path in folder.glob("*.pcap")
        }
        times = [moment for _, found in self.captures.values() for moment, _ in found]
        self.first, self.last = min(times), max(times)
        demo = ROOT / "pcaps" / "demo"
        self.logs = {name: (demo / name).read_bytes().splitlines(True) for name in LOGS}

    def come(self, tick: int) -> None:
        """A rotated capture of each link, and some lines more in each log."""
        length = (self.last - self.first) / self.ticks
        since, until = (self.first + n * length for n in (tick, tick + 1))
        last = tick == self.ticks - 1
        for name, (head, found) in self.captures.items():
            part = [octets for at, octets in found if since <= at and (at < until or last)]
            if part:
                (self.inputs / f"{name}_{tick:04}.pcap").write_bytes(head + b"".join(part))
        for name, lines in self.logs.items():
            begin, end = (len(lines) * n // self.ticks for n in (tick, tick + 1))
            with (self.inputs / name).open("ab") as file:
                file.writelines(lines[begin:end])


def killed(task: scan.Task, seconds: float) -> None:
    """A watch that is killed, with all that it began, after so long."""
    command = [
        sys.executable, "-m", "sigaudit", "watch", "--once", *map(str, task.inputs),
        "--network", str(task.network), "--out", str(task.out), "--alerts", str(task.alerts),
        "--settle", "0s",
    ]  # fmt: skip
    process = subprocess.Popen(
        command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def findings(path: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(path.read_text())["findings"]
    return found


def without_ids(found: list[dict[str, object]]) -> list[str]:
    return sorted(json.dumps({k: v for k, v in f.items() if k not in APART}) for f in found)


def run(folder: Path, ticks: int, messages: int) -> str:
    """What the week was like; AssertionError where it was not as it should be."""
    hook, random = Hook(), Random(1)
    stop = hook.serve()
    spool = Spool(folder, messages, ticks)
    channels = folder / "alerts.toml"
    channels.write_text(
        f'[[alert]]\nname = "hook"\nkind = "webhook"\nseverity = "info"\nurl = "{hook.address}"\n'
    )
    out = folder / "out"
    out.mkdir()
    task = scan.Task([spool.inputs], folder / "network.toml", out, alerts=channels)
    alerts.FIRST_WAIT, alerts.LONGEST_WAIT = 0.01, 0.01
    kills = {ticks // 4, ticks // 2, 3 * ticks // 4}
    memory, took = [], []
    for tick in range(ticks):
        spool.come(tick)
        hook.down = 3 * ticks // 7 <= tick < 4 * ticks // 7
        if tick in kills:
            killed(task, random.uniform(1, 4))
        began = time.monotonic()
        said: list[str] = []
        assert watch.Watch(task, 300, True, said.append).run() == 0, said
        took.append(time.monotonic() - began)
        memory.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
    stop()
    subprocess.run(
        [sys.executable, "-m", "sigaudit", "audit", str(spool.inputs), "--fail-on", "never",
         "--network", str(task.network), "--out", str(folder / "batch")],
        check=True, capture_output=True,
    )  # fmt: skip
    found, batch = findings(out / "findings.json"), findings(folder / "batch" / "findings.json")
    assert without_ids(found) == without_ids(batch)
    times = Counter(told["alert_id"] for told in hook.taken)
    assert set(times.values()) == {1}, times.most_common(3)
    for finding in found:
        ids = [finding["id"], *finding["was"]]  # type: ignore[misc]
        assert any(f"{one}-{finding['severity']}" in times for one in ids), finding["id"]
    same = len({f["id"] for f in found} & {f["id"] for f in batch})
    return (
        f"{ticks} scans, {len(found)} findings, {same} with the id of one audit over everything;"
        f" {len(times)} alerts, each once; memory of a scan {memory[ticks // 3]} MB after a third,"
        f" {memory[-1]} MB at the end; a scan took {took[ticks // 3]:.1f} s, then {took[-1]:.1f} s"
    )


if __name__ == "__main__":
    ticks, messages = (
        int(word) for word in (*sys.argv[1:], *("300", "20000")[len(sys.argv) - 1 :])
    )
    with tempfile.TemporaryDirectory() as place:
        sys.stdout.write(run(Path(place), ticks, messages) + "\n")
