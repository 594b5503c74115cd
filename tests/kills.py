"""Killed at any moment: `python -m tests.kills [KILLS] [MESSAGES]`.

Audits a generated week with logs, undisturbed once, then again and again with SIGKILL at random
moments of reading, detecting and writing. Whenever an audit gets to its end, its database, findings
and report must be those of the undisturbed one.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

from sigaudit import status, store
from sigaudit.audit import DATABASE
from tests.week.__main__ import main as write_week

ROOT = Path(__file__).parents[1]
LOGS = ("swaps.csv", "dfs_events.jsonl")
FREE = {"looked_at"}  # depends on the clock
WRITTEN = ("findings.json", "report.html")


def material(folder: Path, messages: int) -> Path:
    """A week's captures and logs; network.toml beside them."""
    write_week(folder, messages)
    (folder / "in").mkdir()
    for path in (*folder.glob("*.pcap*"), *(ROOT / "pcaps" / "demo" / name for name in LOGS)):
        shutil.copy(path, folder / "in")
    return folder / "in"


def command(inputs: Path, out: Path) -> list[str]:
    return [
        sys.executable, "-m", "sigaudit", "audit", str(inputs), "--fail-on", "never",
        "--network", str(inputs.parent / "network.toml"), "--out", str(out),
    ]  # fmt: skip


def content(out: Path) -> dict[str, object]:
    """What an audit made: each table by a digest of its rows, and the files' octets."""
    found: dict[str, object] = {name: (out / name).read_bytes() for name in WRITTEN}
    with store.connected(out / DATABASE, read_only=True) as connection:
        query = "select table_name from duckdb_tables() where not internal"
        for (table,) in connection.execute(query).fetchall():
            if table not in FREE:
                digest = f"select count(*), sum(hash(t)::hugeint) from {table} t"
                found[table] = connection.execute(digest).fetchall()
    return found


def stage(out: Path) -> str:
    """What was killed, told by what is there."""
    if (out / "findings.json").exists():
        return "report"
    if not (out / DATABASE).exists():
        return "start"
    with store.connected(out / DATABASE, read_only=True) as connection:
        [(inputs,)] = connection.execute("select count(*) from input").fetchall()
    return f"with {inputs} inputs read"


def run(folder: Path, kills: int, messages: int, seed: int = 1) -> Counter[str]:
    """The kills by stage; AssertionError where an audit came out otherwise."""
    random, killed = Random(seed), Counter[str]()
    inputs = material(folder, messages)
    began = time.monotonic()
    subprocess.run(command(inputs, folder / "calm"), check=True, capture_output=True)
    took = time.monotonic() - began
    expected = content(folder / "calm")
    ends = 0
    while killed.total() < kills or not ends:
        out = folder / "out"
        process = subprocess.Popen(
            command(inputs, out), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            start_new_session=True,
        )  # fmt: skip
        try:
            limit = random.uniform(0.2, took) if killed.total() < kills else None
            _, errors = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            try:
                killed[stage(out)] += 1
            except Exception as error:
                raise AssertionError(f"the database does not open: {error}") from error
            continue
        assert process.returncode == 0, errors.decode()
        found = content(out)
        differing = [name for name in expected if found.get(name) != expected[name]]
        assert found.keys() == expected.keys() and not differing, differing
        shutil.rmtree(out)
        ends += 1
    killed["audits that ended"] = ends
    return killed


if __name__ == "__main__":
    kills, messages = (
        int(word) for word in (*sys.argv[1:], *("50", "425000")[len(sys.argv) - 1 :])
    )
    with tempfile.TemporaryDirectory() as place:
        told = run(Path(place), kills, messages)
        size = sum(path.stat().st_size for path in Path(place, "in").iterdir())
    sys.stdout.write(f"{kills} kills, {status.octets(size)} of inputs: {dict(told)}\n")
