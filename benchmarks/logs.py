"""How fast logs are read: `python -m benchmarks.logs 1000000`.

Writes a SIM-swap log and a log of a financial service of that many rows each, as Parquet and as
CSV, then times `sigaudit ingest` of each into a database of its own. `--write` keeps a table for
10 million rows in benchmarks/README.md.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

import duckdb

README = Path(__file__).with_name("README.md")
START, END = "<!-- logs measured -->\n", "<!-- logs end -->\n"
MOST = 10_000_000

SWAPS = """
select
  'S' || i as swap_id, case i % 20 when 0 then 'port_in' else 'swap' end as event,
  timestamp '2026-03-01' + to_seconds(i // 8) as requested_at,
  timestamp '2026-03-01' + to_seconds(i // 8 + 600) as completed_at,
  (233590000000 + i % 9000000)::varchar as msisdn,
  (620990000000000 + i)::varchar as old_imsi, (620990100000000 + i)::varchar as new_imsi,
  ('89233' || 10000000000000 + i) as new_iccid, (35209900000000 + i % 5000000)::varchar as new_imei,
  ['lost', 'stolen', 'damaged', 'upgrade', 'esim'][1 + i % 5] as reason,
  ['store', 'agent', 'call_centre'][1 + i % 3] as channel, 'O' || i % 700 as outlet_id,
  'A' || i % 9000 as agent_id, ['biometric', 'document'][1 + i % 2] as id_check,
  'completed' as outcome,
  timestamp '2026-03-01' + to_seconds(i // 8 + 60) as subscriber_notified_at,
  timestamp '2026-03-01' + to_seconds(i // 8 + 660) as dfs_notified_at
from range({rows}) it(i)
"""
EVENTS = """
select
  'E' || i as event_id, timestamp '2026-03-01' + to_seconds(i // 40) as occurred_at,
  (233590000000 + i % 9000000)::varchar as msisdn, 'Example Money' as provider,
  ['otp_sent', 'otp_verified', 'login', 'transfer', 'cash_out'][1 + i % 5] as event,
  ['sms', 'ussd', 'app'][1 + i % 3] as channel,
  if(i % 5 > 2, (i % 100000) / 100, null)::decimal(18, 2) as amount,
  if(i % 5 > 2, 'GHS', null) as currency,
  'success' as outcome, (620990000000000 + i % 9000000)::varchar as imsi, 'match' as imsi_check,
  'W' || i % 9000000 as account_id, if(i % 5 > 2, 'P' || i % 100000, null) as payee,
  (35209900000000 + i % 5000000)::varchar as imei
from range({rows}) it(i)
"""
TIMES = {
    "swaps": ("requested_at", "completed_at", "subscriber_notified_at", "dfs_notified_at"),
    "events": ("occurred_at",),
}


def write(path: Path, log: str, rows: int) -> None:
    """A log: Parquet with times that know their zone, or CSV with times as ISO 8601."""
    zoned = "timezone('UTC', {0}) as {0}" if path.suffix == ".parquet" else (
        "strftime({0}, '%Y-%m-%dT%H:%M:%SZ') as {0}"
    )  # fmt: skip
    times = ", ".join(zoned.format(name) for name in TIMES[log])
    query = {"swaps": SWAPS, "events": EVENTS}[log].format(rows=rows)
    with duckdb.connect() as connection:
        connection.execute("set threads = 2; set preserve_insertion_order = true")
        connection.execute(f"copy (select * replace ({times}) from ({query})) to '{path}'")


def measure(log: Path, db: Path) -> tuple[float, float, int]:
    """Seconds, CPU seconds and peak memory in MB of ingesting a log."""
    command = [str(Path(sys.executable).with_name("sigaudit")), "ingest", str(log), "--db", str(db)]
    began = time.perf_counter()
    process = os.posix_spawn(
        sys.executable, [sys.executable, "-m", "sigaudit", *command[1:]], os.environ
    )
    _, status, used = os.wait4(process, 0)
    if status:
        sys.exit(f"sigaudit ingest {log}: status {os.waitstatus_to_exitcode(status)}")
    seconds = time.perf_counter() - began
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def table(rows: int, folder: Path, kinds: list[str]) -> str:
    """What was measured, as a table."""
    lines = [
        "| log | form | rows | seconds | rows/s | CPU, s | peak memory, MB |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for kind in kinds:
        for log in TIMES:
            path, db = folder / f"{log}.{kind}", folder / f"{log}.{kind}.duckdb"
            write(path, log, rows)
            seconds, cpu, memory = measure(path, db)
            check(db, rows)
            path.unlink()
            db.unlink()
            lines.append(
                f"| {log} | {kind} | {rows:,} | {seconds:.1f} | {rows / seconds:,.0f} |"
                f" {cpu:.1f} | {memory:,} |"
            )
            print(lines[-1], flush=True)  # noqa: T201
    return "\n".join(lines)


def check(db: Path, rows: int) -> None:
    """No row is lost."""
    with duckdb.connect(str(db), read_only=True) as connection:
        counts = "select (select count(*) from swap) + (select count(*) from dfs_event)"
        assert connection.execute(counts).fetchall() == [(rows,)]


def main() -> None:
    """Measure and print, or write into the README."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int, nargs="?", default=MOST)
    parser.add_argument("--form", choices=["parquet", "csv"], action="append")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = table(given.rows, Path(folder), given.form or ["parquet", "csv"])
    if given.write:
        before, _, rest = README.read_text("utf-8").partition(START)
        _, _, after = rest.partition(END)
        README.write_text(f"{before}{START}\n{found}\n\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
