"""How much faster than tshark captures are read: `python -m benchmarks.against_tshark`.

Writes a capture of `--frames` frames, then times both, in turn, `--runs` times: `sigaudit ingest`
from the capture to a DuckDB file, and `tshark -T fields` with 28 fields. Prints medians, the ratio,
peak memory and the machine; `--write` keeps them in benchmarks/README.md.
"""

import argparse
import os
import platform
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


class Run(NamedTuple):
    """Wall time in seconds, CPU time in seconds, peak resident memory in MB."""

    seconds: float
    cpu: float
    memory: float


def main() -> None:
    arguments = parse_arguments()
    with tempfile.TemporaryDirectory() as directory:
        capture = Path(directory, "bulk.pcap")
        bulk.write(capture, arguments.frames)
        database = Path(directory, "bulk.duckdb")
        programs = measure(capture, database, arguments.runs)
        table = describe(capture, arguments.frames, count_messages(database), programs)
    sys.stdout.write(table)
    if arguments.write:
        keep(table)


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--frames", type=int, default=1_000_000, help="of the capture")
    parser.add_argument("--runs", type=int, default=3, help="of each program")
    parser.add_argument("--write", action="store_true", help="keep the table in README.md")
    return parser.parse_args()


def measure(capture: Path, database: Path, runs: int) -> dict[str, list[Run]]:
    """Run the programs in turn, so that a busy minute of the machine hits all of them."""
    fields = [argument for field in FIELDS for argument in ("-e", field)]
    commands = {
        "sigaudit ingest": [*PYTHON, "sigaudit", "ingest", str(capture), "--db", str(database)],
        "walker alone": [*PYTHON, "benchmarks.walk", str(capture)],
        "tshark -T fields": ["tshark", "-n", "-r", str(capture), "-T", "fields", *fields],
    }
    programs: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(runs):
        database.unlink(missing_ok=True)
        for name, command in commands.items():
            programs[name].append(timed(command))
    return programs


def timed(command: Sequence[str]) -> Run:
    """Run a command with its output thrown away. Raises CalledProcessError where it fails."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            errors.seek(0)
            raise subprocess.CalledProcessError(process.returncode, command, None, errors.read())
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def count_messages(database: Path) -> int:
    """MAP and Diameter messages that came into the database."""
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute("""
            select (select count(distinct (frame, message)) from map_component)
                 + (select count(*) from diameter_message)
        """).fetchall()
    return int(found[0][0])


def describe(capture: Path, frames: int, messages: int, programs: dict[str, list[Run]]) -> str:
    """The table in Markdown, medians of all runs, and the machine below it."""
    seconds = {name: median(runs, "seconds") for name, runs in programs.items()}
    base = seconds["tshark -T fields"]
    lines = [
        f"{frames:,} frames, {messages:,} messages, {capture.stat().st_size / 1e6:.0f} MB;"
        f" medians of {len(programs['tshark -T fields'])} runs, in turn.",
        "",
        "| program | seconds | messages/s | times tshark | CPU seconds | peak memory MB |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {name} | {seconds[name]:.2f} | {messages / seconds[name]:,.0f} |"
        f" {base / seconds[name]:.1f} | {median(runs, 'cpu'):.2f} | {median(runs, 'memory'):.0f} |"
        for name, runs in programs.items()
    ]
    return "\n".join([*lines, "", machine(), ""])


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


def keep(table: str) -> None:
    """Put the table into the README."""
    before, start, rest = README.read_text().partition(TABLE_START)
    _, end, after = rest.partition(TABLE_END)
    README.write_text(before + start + "\n" + table + "\n" + end + after)


if __name__ == "__main__":
    main()
