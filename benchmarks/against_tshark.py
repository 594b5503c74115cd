"""How much faster than tshark captures are read: `python -m benchmarks.against_tshark`.

Writes a capture of `--frames` frames, then times in turn, `--runs` times: `sigaudit ingest` from
it to a DuckDB file, the walker alone on one thread, `tshark -T fields` with 28 fields, and two
of them at once, each on a half. Then the same of Diameter alone, the uncompiled walker, and what
memory and disk a capture of `--large` frames takes. `--write` keeps it in benchmarks/README.md.
"""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import duckdb

from dissectors import walker
from tests.scenes import bulk

README = Path(__file__).with_name("README.md")
PYTHON = (sys.executable, "-m")
TABLE_START, TABLE_END = "<!-- measured -->\n", "<!-- end -->\n"
FIELDS = (
    "frame.number", "frame.time_epoch", "ip.src", "ip.dst", "sctp.srcport", "sctp.dstport",
    "m3ua.protocol_data_opc", "m3ua.protocol_data_dpc", "sccp.calling.digits",
    "sccp.called.digits", "sccp.calling.ssn", "sccp.called.ssn", "tcap.otid", "tcap.dtid",
    "tcap.tid", "gsm_old.localValue", "e212.imsi", "e164.msisdn", "gsm_old.invokeID",
    "diameter.cmd.code", "diameter.applicationId", "diameter.flags.request",
    "diameter.Session-Id", "diameter.Origin-Host", "diameter.Origin-Realm",
    "diameter.User-Name", "diameter.Result-Code", "diameter.hopbyhopid",
)  # fmt: skip


PLAIN_SHARE = 20  # the uncompiled walker reads a capture of so many times fewer frames


class Run(NamedTuple):
    """Wall time in seconds, CPU time in seconds, peak resident memory in MB."""

    seconds: float
    cpu: float
    memory: float


Command = Sequence[str]
Programs = dict[str, list[Command]]  # by name: what is started at once


def main() -> None:
    arguments = parse_arguments()
    with tempfile.TemporaryDirectory(dir=arguments.directory) as name:
        directory = Path(name)
        parts = [
            mixed(directory, arguments.frames, arguments.runs),
            diameter_alone(directory, arguments.frames, arguments.runs),
            uncompiled(directory, arguments.frames // PLAIN_SHARE),
            large(directory, arguments.large),
            machine(),
        ]
    text = "\n".join(part for part in parts if part) + "\n"
    sys.stdout.write(text)
    if arguments.write:
        keep(text)


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--frames", type=int, default=1_000_000, help="of the capture")
    parser.add_argument("--runs", type=int, default=3, help="of each program")
    parser.add_argument(
        "--large", type=int, default=0, help="frames of a larger one; 22000000: 6 GB"
    )
    parser.add_argument("--directory", type=Path, help="where captures are written for the time")
    parser.add_argument("--write", action="store_true", help="keep the tables in README.md")
    return parser.parse_args()


def mixed(directory: Path, frames: int, runs: int) -> str:
    """The table for SS7 with some Diameter."""
    capture, database = directory / "mixed.pcap", directory / "mixed.duckdb"
    halves = [directory / "first.pcap", directory / "second.pcap"]
    bulk.write(capture, frames)
    for seed, half in enumerate(halves, 2):
        bulk.write(half, frames // 2, seed)
    programs = {
        "sigaudit ingest": [ingest(capture, database)],
        "walker alone, one thread": [walk(capture)],
        "tshark -T fields": [tshark(capture)],
        "two tsharks, half each": [tshark(half) for half in halves],
    }
    return table(
        "SS7 with some Diameter", capture, database, frames, measure(programs, database, runs)
    )


def diameter_alone(directory: Path, frames: int, runs: int) -> str:
    """The table for Diameter."""
    capture, database = directory / "diameter.pcap", directory / "diameter.duckdb"
    bulk.write(capture, frames, diameter_share=1.0)
    programs = {
        "sigaudit ingest": [ingest(capture, database)],
        "tshark -T fields": [tshark(capture)],
    }
    return table("Diameter alone", capture, database, frames, measure(programs, database, runs))


def uncompiled(directory: Path, frames: int) -> str:
    """A sentence on the walker as plain Python."""
    capture, tree = directory / "plain.pcap", directory / "tree"
    bulk.write(capture, frames)
    package = Path(walker.__file__).parent
    shutil.copytree(package, tree / "dissectors", ignore=shutil.ignore_patterns("*.so", "*.c"))
    paths = f"{tree}{os.pathsep}{README.parents[1]}"
    plain = timed([walk(capture)], tree, {**os.environ, "PYTHONPATH": paths})
    other = timed([tshark(capture)])
    return (
        f"Uncompiled, the walker alone takes {plain.seconds:.1f} s for {frames:,} frames, tshark"
        f" {other.seconds:.1f} s: {other.seconds / plain.seconds:.2f} times tshark.\n"
    )


def large(directory: Path, frames: int) -> str:
    """A sentence on memory and disk."""
    if not frames:
        return ""
    capture, database = directory / "large.pcap", directory / "large.duckdb"
    bulk.write(capture, frames)
    run = timed([ingest(capture, database)])
    size, kept = capture.stat().st_size, database.stat().st_size
    return (
        f"A capture of {size / 1e9:.1f} GB takes {run.seconds:.0f} s and {run.memory:.0f} MB of"
        f" memory at the most; its database has {kept / size:.0%} of its size.\n"
    )


def ingest(capture: Path, database: Path) -> Command:
    return [*PYTHON, "sigaudit", "ingest", str(capture), "--db", str(database)]


def walk(capture: Path) -> Command:
    return [*PYTHON, "benchmarks.walk", str(capture)]


def tshark(capture: Path) -> Command:
    fields = [argument for field in FIELDS for argument in ("-e", field)]
    return ["tshark", "-n", "-r", str(capture), "-T", "fields", *fields]


def measure(programs: Programs, database: Path, runs: int) -> dict[str, list[Run]]:
    """Run the programs in turn, so that a busy minute of the machine hits all of them."""
    measured: dict[str, list[Run]] = {name: [] for name in programs}
    for _ in range(runs):
        database.unlink(missing_ok=True)
        for name, commands in programs.items():
            measured[name].append(timed(commands))
    return measured


def timed(
    commands: list[Command],
    directory: Path | None = None,
    environment: dict[str, str] | None = None,
) -> Run:
    """Run commands at once, their output thrown away. Raises CalledProcessError where one fails."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as errors:
        processes = {
            (process := subprocess.Popen(
                command, stdout=subprocess.DEVNULL, stderr=errors, cwd=directory, env=environment
            )).pid: process
            for command in commands
        }  # fmt: skip
        usages = []
        while len(usages) < len(processes):
            pid, status, usage = os.wait3(0)
            usages.append(usage)
            processes[pid].returncode = os.waitstatus_to_exitcode(status)
            if processes[pid].returncode:
                errors.seek(0)
                raise subprocess.CalledProcessError(1, processes[pid].args, None, errors.read())
        seconds = time.perf_counter() - start
    cpu = sum(usage.ru_utime + usage.ru_stime for usage in usages)
    return Run(seconds, cpu, sum(usage.ru_maxrss for usage in usages) / 1024)


def count_messages(database: Path) -> int:
    """MAP and Diameter messages that came into the database."""
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute("""
            select (select count(distinct (frame, message)) from map_component)
                 + (select count(*) from diameter_message)
        """).fetchall()
    return int(found[0][0])


def table(
    title: str, capture: Path, database: Path, frames: int, programs: dict[str, list[Run]]
) -> str:
    """The table in Markdown, medians of all runs."""
    seconds = {name: median(runs, "seconds") for name, runs in programs.items()}
    base, messages = seconds["tshark -T fields"], count_messages(database)
    size, kept = capture.stat().st_size, database.stat().st_size
    lines = [
        f"{title}: {frames:,} frames, {messages:,} messages, {size / 1e6:.0f} MB; medians of"
        f" {len(programs['tshark -T fields'])} runs, in turn. The database has {kept / size:.0%} of"
        " the capture's size.",
        "",
        "| program | seconds | messages/s | times tshark | CPU seconds | peak memory MB |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {name} | {seconds[name]:.2f} | {messages / seconds[name]:,.0f} |"
        f" {base / seconds[name]:.1f} | {median(runs, 'cpu'):.2f} | {median(runs, 'memory'):.0f} |"
        for name, runs in programs.items()
    ]
    return "\n".join([*lines, ""])


def median(runs: list[Run], member: str) -> float:
    """The median of one of a run's numbers."""
    return float(statistics.median(getattr(run, member) for run in runs))


def machine() -> str:
    """What it ran on, in a line."""
    models = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    tshark = subprocess.run(["tshark", "-v"], capture_output=True, text=True, check=True).stdout
    compiled = "compiled" if walker.is_compiled() else "uncompiled"
    return (
        f"{models[0] if models else platform.machine()}, {os.cpu_count()} cores;"
        f" Python {platform.python_version()}, walker {compiled}, DuckDB {version('duckdb')},"
        f" tshark {tshark.split()[2]}, {platform.system()} {platform.release()}."
    )


def keep(text: str) -> None:
    """Put the tables into the README."""
    before, start, rest = README.read_text().partition(TABLE_START)
    _, end, after = rest.partition(TABLE_END)
    README.write_text(before + start + "\n" + text + "\n" + end + after)


if __name__ == "__main__":
    main()
