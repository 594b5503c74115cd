"""Time the forms of a report with very many findings: `python -m benchmarks.report [FINDINGS]`.

The database is made here by a seed: findings of all severities, each with an answered request and
its answer as evidence, a tenth of them about subscribers with a log of their own. Chromium, where
it is installed, tells how long the page takes until it can be read, and how much of a processor
that takes, beyond an empty page. Times of forms are of the processor too.
"""

import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from duckdb import DuckDBPyConnection

from sigaudit.report import ALL, replace, written
from sigaudit.report.document import document
from sigaudit.store import connected

FINDINGS = 100_000
FILL = """
insert into audit by name select '0' as tool_version, 'Example Mobile' as operator,
  repeat('ab', 32) as network_sha256, '' as made_of, timestamp '2026-03-30' as as_of;
insert into input by name select n as input_id, 'stp_' || n || '.pcap' as name, '/' || n as path,
  sha256(n::varchar) as sha256, 'capture' as kind, 1000 as bytes, 1000000 as items,
  timestamp '2026-03-01' as first_seen, timestamp '2026-03-30' as last_seen from range(1, 21) t(n);
insert into path by name select 1 as id;
insert into sccp_address by name select n as id, '3363998' || lpad(n::varchar, 4, '0') as gt
  from range(2000) t(n);
insert into map_common by name
select (1::bigint << 40) + n as id, n // 2 + 1 as frame, 1 as message, 1 as component,
  timestamp '2026-03-01' + to_seconds(n * 12) as seen_at, 1 as path_id, n % 2000 as calling_id,
  (n + 7) % 2000 as called_id, if(n % 2 = 0, 98, 100) as tcap_type,
  if(n % 2 = 0, 161, 162) as component_type, 71 as opcode, n as digest, 0 as flags,
  (1620990000000000 + n // 20) as imsi
from range(2 * $findings) t(n);
insert into swap by name select n as id, 1 as input_id, 'S-' || n as swap_id, 'swap' as event,
  'completed' as outcome, '2335900' || n as msisdn,
  '62099' || lpad(n::varchar, 10, '0') as new_imsi,
  'AG-' || n % 400 as agent_id, timestamp '2026-03-01' + to_minutes(n) as completed_at
from range($findings // 10) t(n);
insert into finding by name
select sha256(n::varchar)[:16] as id, [] as was,
  ['MAP-LOC-01', 'MAP-ID-01', 'MAP-INT-01', 'SMS-03', 'MAP-ORG-01'][n % 5 + 1] as detector,
  [] as also, 'Request from another network, of kind ' || n % 5 as title,
  ['location-tracking', 'information-gathering', 'sms-interception', 'sms-interception',
   'spoofing'][n % 5 + 1] as threat,
  ['low', 'low', 'medium', 'high', 'critical'][(hash(n) % 5)::integer + 1] as severity,
  0.9 as confidence, ['answered', 'refused'][n % 2 + 1] as answer,
  '62099' || lpad((n // 10)::varchar, 10, '0') as imsi,
  null as msisdn, 1 as subscribers, '3363998' || lpad((n % 2000)::varchar, 4, '0') as gt,
  1 as sources, timestamp '2026-03-01' + to_seconds(n * 24) as first_seen,
  first_seen as last_seen,
  [{'input_id': 1, 'frame': n + 1, 'message': 1, 'row_id': null},
   {'input_id': 2, 'frame': n + 2, 'message': 1, 'row_id': null}] as evidence,
  'a request from outside, from an unlisted network, about a subscriber of the home network, was '
    || 'answered with the location' as explanation, ['T1430.002'] as references
from range($findings) t(n)
"""


def filled(folder: Path, findings: int) -> Path:
    """A database with this many findings."""
    path = folder / "audit.duckdb"
    with connected(path) as connection:
        for statement in FILL.replace("$findings", str(findings)).split(";"):
            connection.execute(statement)
    return path


def timings(connection: DuckDBPyConnection, folder: Path) -> list[tuple[str, float, int]]:
    """Processor's seconds and bytes of the document and of each form."""
    began = time.process_time()
    made = document(connection)
    told = [("document", time.process_time() - began, 0)]
    for form in ALL:
        began, path = time.process_time(), folder / f"report.{form}"
        replace(path, written(form, made))
        told.append((form, time.process_time() - began, path.stat().st_size))
    return told


def opening(page: Path) -> tuple[float, float] | None:
    """Seconds until Chromium has laid the page out, by its own clock, and of the processor."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        return None
    with tempfile.TemporaryDirectory() as folder:
        probe = Path(folder, "probe.html")
        probe.write_text(PROBE.replace("PAGE", page.resolve().as_uri()), encoding="utf-8")
        command = [chromium, *QUIET, f"--user-data-dir={folder}/profile", probe.as_uri()]
        began = of_children()
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
        taken = of_children() - began
    found = re.search(r'<pre id="answer">([0-9.]+)</pre>', done.stdout)
    return (float(found[1]) / 1000, taken) if found else None


def of_children() -> float:
    """The processor's seconds that programs started here have taken."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


QUIET = [
    *(
        "--single-process",
        "--no-zygote",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-sync",
    ),
    *("--disable-background-networking", "--allow-file-access-from-files", "--dump-dom"),
    "--timeout=60000",
]
PROBE = """<!DOCTYPE html><meta charset="utf-8"><pre id="answer"></pre>
<iframe width="1280" height="900" src="PAGE"></iframe><script>
const frame = document.querySelector("iframe"), began = performance.now();
frame.onload = () => {
  const height = frame.contentDocument.documentElement.scrollHeight;
  document.getElementById("answer").textContent = height ? performance.now() - began : "";
};
</script>"""


def main() -> None:
    findings = int(sys.argv[1]) if sys.argv[1:] else FINDINGS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with connected(filled(folder, findings), read_only=True) as connection:
            told = timings(connection, folder)
        (folder / "empty.html").write_text("<!DOCTYPE html><p>Nothing.</p>", encoding="utf-8")
        empty, page = opening(folder / "empty.html"), opening(folder / "report.html")
    sys.stdout.write(f"{findings:,} findings\n")
    for form, seconds, size in told:
        sys.stdout.write(f"{form:<18}{seconds:8.1f} s{size / 1e6:10.1f} MB\n")
    if empty and page:
        sys.stdout.write(f"page opens after  {page[0]:8.1f} s, {page[1] - empty[1]:.1f} s of CPU\n")


if __name__ == "__main__":
    main()
