"""Time detection over logs that are in the database: `python -m benchmarks.swaps 1000000`.

Makes so many swaps and five times as many events of a financial service by benchmarks/swaps.sql,
then tells the seconds of state and detectors, the slowest statements, and the peak of memory.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.detect import ROOT, Timed
from sigaudit import detect, network
from sigaudit.store import connected

SQL = Path(__file__).with_name("swaps.sql")
EVENTS_OF_A_SWAP, NUMBERS_OF_A_SWAP = 5, 4
THREADS = 2


def fill(path: Path, swaps: int) -> None:
    numbers = {
        "swaps": swaps,
        "events": EVENTS_OF_A_SWAP * swaps,
        "numbers": NUMBERS_OF_A_SWAP * swaps,
    }
    with connected(path) as connection:
        connection.execute("set preserve_insertion_order = false")
        connection.execute(SQL.read_text("utf-8").format(**numbers))


def measure(path: Path, slowest: int) -> None:
    with connected(path) as connection:
        connection.execute(f"set threads = {THREADS}")
        timed = Timed(connection)
        audited: Any = timed
        began, worked = time.perf_counter(), time.process_time()
        detect.run(audited, network.load(ROOT / "pcaps" / "network.toml"))
        taken, worked = time.perf_counter() - began, time.process_time() - worked
        found = connection.execute("select count(*) from finding").fetchall()[0][0]
    for seconds, words in sorted(timed.times, reverse=True)[:slowest]:
        sys.stdout.write(f"{seconds:8.2f}  {words}\n")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    sys.stdout.write(
        f"{taken:.1f} s, {worked:.1f} s of CPU, {memory:.2f} GB at most, {found} findings\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("swaps", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--slowest", type=int, default=8, help="statements to show")
    parser.add_argument("--directory", type=Path, help="where the database may lie")
    parser.add_argument("--fill", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.fill:
        fill(asked.fill, asked.swaps)
        return
    with tempfile.TemporaryDirectory(dir=asked.directory) as name:
        path = Path(name) / "logs.duckdb"
        # In a process of its own, so that its memory is not counted here.
        made = [sys.executable, "-m", "benchmarks.swaps", str(asked.swaps), "--fill", str(path)]
        subprocess.run(made, check=True)
        measure(path, asked.slowest)


if __name__ == "__main__":
    main()
