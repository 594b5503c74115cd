"""Generated weeks with logs: what of the frauds with swapped SIMs is found, and what is false.

A fraud is found if a finding at medium or above names one of its detectors and one of its rows, or
where it has none its subscriber. A finding at medium or above that a check of swaps tells, and
that shares no row and no subscriber with a fraud, is a false alarm.
"""

import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from sigaudit import detect, network
from sigaudit.findings import document
from sigaudit.ingest import ingest
from sigaudit.network import Network
from sigaudit.store import connected
from tests.quality.judge import MEDIUM, names, rank
from tests.quality.report import share
from tests.week import attack_swaps, audited, swaps
from tests.week.story import Week
from tests.week.swap_log import Fraud, Logs
from tests.week.writer import write

Finding = dict[str, Any]
HEAD = """# How well frauds with swapped SIMs are found

`make quality` makes weeks of an invented operator with a swap log, the log of a financial service
and captures that belong together, one for each seed. `tests/week/swaps.py` has the everyday swaps:
replacements, upgrades with enrolment at once, travellers, a company's afternoon, an agent's busy
day, SIMs that do not work, late notices without use. `tests/week/attack_swaps.py` has the frauds.
Each fraud is there to be found: the figures say whether the detectors do what they are written for,
not how many frauds of a real operator they would find.

* A fraud is **found** if a finding at medium or above names one of the detectors that belong to it
  and one of its rows, or its subscriber where it has no row.
* A **false alarm** is a finding at medium or above of a check of swaps that shares no row and no
  subscriber with a fraud.
* Intervals are Wilson's, of 95 percent.

[anomaly.md](anomaly.md#how-well-they-do) has what the isolation forest X-09 finds of them with the
rules left out.
"""


@dataclass(frozen=True)
class Verdict:
    """What the findings of a week with logs are worth."""

    found: list[Fraud]
    missed: list[Fraud]
    told: list[Finding]
    false: list[Finding]
    swaps: int
    events: int


def generate(seed: int, times: int = 4, everyday: int = 1) -> Logs:
    """A week with each fraud so many times, and so many times the everyday swaps."""
    logs = Logs(Week(seed))
    for _ in range(everyday):
        swaps.fill(logs)
    attack_swaps.fill(logs, times)
    return logs


def ingested(connection: DuckDBPyConnection, logs: Logs, directory: Path,
             off: timedelta = timedelta(0)) -> Network:  # fmt: skip
    """Read the week's captures and logs; what audits it."""
    write(logs.week, directory)
    logs.write(directory, off)
    files = sorted(path for path in directory.iterdir() if path.suffix != ".toml")
    assert not ingest(connection, files).failed
    return network.load(audited.write(directory))


def week(seed: int, times: int = 4, off: timedelta = timedelta(0)) -> Verdict:
    """Generate a week with logs, audit it, and hold its findings against its frauds.

    The clock of the swap log is `off` from that of the captures.
    """
    with tempfile.TemporaryDirectory() as name, connected(Path(":memory:")) as connection:
        logs = generate(seed, times)
        detect.run(connection, ingested(connection, logs, Path(name), off))
        return judge(logs, document(connection)["findings"])


def detectors(finding: Finding) -> set[str]:
    return {finding["detector"], *finding["also"]}


def touches(finding: Finding, fraud: Fraud) -> bool:
    rows = {piece["row"] for piece in finding["evidence"] if "row" in piece}
    return bool(rows & fraud.rows) or bool(names(finding) & fraud.subjects)


def judge(logs: Logs, findings: list[Finding]) -> Verdict:
    grave = [
        finding
        for finding in findings
        if rank(finding) >= MEDIUM
        and any("SWAP" in name or name == "X-09" for name in detectors(finding))
    ]
    found, missed = [], []
    for fraud in logs.frauds:
        hit = any(
            touches(finding, fraud) and detectors(finding) & set(fraud.detectors)
            for finding in grave
        )
        (found if hit else missed).append(fraud)
    told = [finding for finding in grave if any(touches(finding, fraud) for fraud in logs.frauds)]
    false = [finding for finding in grave if finding not in told]
    return Verdict(found, missed, told, false, len(logs.swaps), len(logs.events))


def page(verdicts: Sequence[Verdict]) -> str:
    """The figures, and each family's."""
    found = Counter(fraud.family for verdict in verdicts for fraud in verdict.found)
    every = found + Counter(fraud.family for verdict in verdicts for fraud in verdict.missed)
    told, false = (sum(len(getattr(v, key)) for v in verdicts) for key in ("told", "false"))
    detector = {f.family: f.detectors[0] for v in verdicts for f in (*v.found, *v.missed)}
    rows, events = (sum(getattr(v, key) for v in verdicts) for key in ("swaps", "events"))
    hits = found.total()
    lines = [
        HEAD,
        f"## The figures\n\nSeeds 1 to {len(verdicts)}: {rows:,} swaps, {events:,} events.\n",
        "| figure | value | aim |\n| --- | --- | --- |",
        f"| recall | {share(hits, every.total())}, {hits} of {every.total()} | 0.97 |",
        f"| precision at medium or above | {share(told, told + false)}, {false} false | 0.97 |",
        "\n## Recall by family\n",
        "| family | first of its detectors | found | of |\n| --- | --- | --- | --- |",
        *(
            f"| {name} | {detector[name]} | {found[name]} | {every[name]} |"
            for name in sorted(every)
        ),
        "\n## False alarms\n",
        *(
            [f"* {f['detector']}: {f['explanation']}" for v in verdicts for f in v.false]
            or ["None."]
        ),
    ]
    return "\n".join(lines) + "\n"
