"""How long state and detectors take over many messages: `python -m benchmarks.detect 1000000`.

Fills a database with that many messages, made in SQL: own subscribers who roam in a partner's
network with 3,000 nodes, short messages, some Diameter, and a sprinkle of attacks. Then runs all
detectors and tells what each statement took. `--write` keeps a table for 1 and 10 million in
benchmarks/README.md.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb

from sigaudit import detect, network
from sigaudit.store import connected

ROOT = Path(__file__).parents[1]
README = Path(__file__).with_name("README.md")
START, END = "<!-- detectors measured -->\n", "<!-- detectors end -->\n"
MILLIONS = (1, 10)
PER_ROUND = 46  # messages of the twenty dialogues that are repeated

MESSAGES = Path(__file__).with_name("messages.sql")


class Timed:
    """A connection that runs statements one by one and keeps how long each took."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.times: list[tuple[float, str]] = []

    def execute(self, sql: str, parameters: Any = None) -> Any:
        if parameters is not None:
            return self.timed(sql, sql, parameters)
        found = None
        for statement in duckdb.extract_statements(sql):
            found = self.timed(statement, statement.query)
        return found

    def timed(self, statement: Any, words: str, *parameters: Any) -> Any:
        began = time.perf_counter()
        found = self.connection.execute(statement, *parameters)
        self.times.append((time.perf_counter() - began, " ".join(words.split())[:90]))
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)


def fill(connection: duckdb.DuckDBPyConnection, messages: int) -> None:
    dialogues = messages * 20 // PER_ROUND
    connection.execute("begin")
    for statement in duckdb.extract_statements(MESSAGES.read_text("utf-8")):
        known = {"dialogues": dialogues} if statement.named_parameters else None
        connection.execute(statement, known)
    connection.execute("commit")


def measure(messages: int, slowest: int) -> tuple[float, float, float, int]:
    """Seconds of the state and of the rest, CPU seconds of both, and the peak of memory in MB."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "audit.duckdb"
        # In a process of its own, so that its memory is not counted here.
        if subprocess.run(
            [sys.executable, "-m", "benchmarks.detect", str(messages), "--fill", database],
            check=False,
        ).returncode:
            raise SystemExit("the database could not be filled")
        with connected(database) as connection:
            timed = Timed(connection)
            audited: Any = timed
            began, worked = time.perf_counter(), time.process_time()
            detect.run(audited, network.load(ROOT / "pcaps" / "network.toml"))
            total, worked = time.perf_counter() - began, time.process_time() - worked
    at = next(n for n, (_, words) in enumerate(timed.times) if "temp table fired " in words)
    state = sum(seconds for seconds, _ in timed.times[:at])
    for seconds, words in sorted(timed.times, reverse=True)[:slowest]:
        sys.stdout.write(f"{seconds:8.2f}  {words}\n")
    return state, total - state, worked, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def row(messages: int) -> str:
    state, rest, worked, megabytes = measure(messages, 0)
    return f"| {messages:,} | {state:.1f} | {rest:.1f} | {worked:.1f} | {megabytes:,} |\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("messages", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--slowest", type=int, default=25, help="how many statements to list")
    parser.add_argument("--fill", type=Path, help="only fill this database")
    parser.add_argument("--row", action="store_true", help="print a row of the table alone")
    parser.add_argument("--write", action="store_true", help="table into benchmarks/README.md")
    options = parser.parse_args()
    if options.fill:
        with connected(options.fill) as connection:
            fill(connection, options.messages)
    elif options.row:
        sys.stdout.write(row(options.messages))
    elif options.write:
        command = [sys.executable, "-m", "benchmarks.detect", "--row"]
        rows = [
            subprocess.run(
                [*command, str(n * 1_000_000)], check=True, text=True, stdout=subprocess.PIPE
            ).stdout.splitlines(keepends=True)[-1]
            for n in MILLIONS
        ]
        head = "| messages | state, s | detectors and findings, s | CPU, s | peak memory, MB |\n"
        table = head + "| ---: | ---: | ---: | ---: | ---: |\n" + "".join(rows)
        before, _, rest = README.read_text("utf-8").partition(START)
        after = rest.partition(END)[2]
        README.write_text(f"{before}{START}\n{table}\n{END}{after}", "utf-8")
    else:
        state, rest, worked, megabytes = measure(options.messages, options.slowest)
        sys.stdout.write(
            f"state {state:.1f} s, detectors {rest:.1f} s, CPU {worked:.1f} s, {megabytes:,} MB\n"
        )


if __name__ == "__main__":
    main()
