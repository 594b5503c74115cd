"""What the command line prints: data on stdout, everything else on stderr."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import duckdb
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.table import Table

from sigaudit.errors import printable

if TYPE_CHECKING:
    from sigaudit.detector import Detector
    from sigaudit.framework import Control, Framework
    from sigaudit.ingest import Outcome
    from sigaudit.inputs import Candidate

NARROWEST = 76  # characters a line; a narrower terminal wraps it, which loses nothing

errors = Console(stderr=True, markup=False, highlight=False, soft_wrap=True)
output = Console(markup=False, highlight=False, soft_wrap=True)
output.width = max(output.width, NARROWEST)


@contextmanager
def progress_shown() -> Iterator[ProgressBar]:
    """A bar on stderr while inputs are read, on a terminal only."""
    name = TextColumn("{task.description}", markup=False)
    columns = (name, BarColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors, disable=not errors.is_terminal, transient=True) as bar:
        yield ProgressBar(bar)


class ProgressBar:
    """Octets read of the input at hand."""

    def __init__(self, bar: Progress) -> None:
        self.bar = bar
        self.tasks: dict[str, TaskID] = {}

    def __call__(self, candidate: Candidate, octets: int) -> None:
        if candidate.name not in self.tasks:
            total = candidate.size or None
            self.tasks[candidate.name] = self.bar.add_task(printable(candidate.name), total=total)
        self.bar.update(self.tasks[candidate.name], completed=octets)


def print_outcome(outcome: Outcome) -> None:
    """What was read, what was not and why; on stderr."""
    counts = [(len(outcome.read), "read"), (len(outcome.known), "known already")]
    counts += [(len(outcome.skipped), "skipped"), (len(outcome.failed), "not readable")]
    told = ", ".join(f"{count} {what}" for count, what in counts if count)
    errors.print(f"Inputs: {told or 'none'}")
    for line in outcome.notes:
        errors.print(f"  {printable(line)}")
    for row in outcome.skipped:
        errors.print(f"  {printable(f'{row.name}: {row.reason}')}")
    for row in outcome.failed:
        errors.print(f"  {printable(f'{row.name}: {row.reason}')}", style="red")


def print_findings(connection: duckdb.DuckDBPyConnection, key: bytes | None = None) -> None:
    """Findings by severity, threat and title, the worst first; on stdout.

    With a `key` warnings are pseudonymised: they name files and parts of network.toml.
    """
    from sigaudit.detector import SEVERITIES

    rows = connection.execute(
        "select severity, threat, title, detector, count(*) from finding"
        " group by all order by threat, title, detector"
    ).fetchall()
    order = {name: place for place, name in enumerate(reversed(SEVERITIES))}
    table = Table("Severity", "Finding", "Detector", "Incidents", box=None, pad_edge=False)
    for severity, _, title, detector, count in sorted(rows, key=lambda row: order[row[0]]):
        table.add_row(severity, printable(title), detector, str(count))
    if rows:
        output.print(table)
    else:
        output.print("No findings. What was not assessed is in the report.")
    print_not_assessed(connection)
    print_warnings(connection, key)


def print_timeline(events: list[dict[str, Any]]) -> None:
    """A line an event of sigaudit.subscriber_timeline; on stdout."""
    table = Table(box=None, pad_edge=False)
    for heading in ("Time (UTC)", "Kind", "What", "From", "To", "Where"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "Time (UTC)")
    for event in events:
        place = event["evidence"]
        where = f"{place['file']}:{place['row'] if 'row' in place else place['frame']}"
        logged = f", logged as {clock(event['logged_at'])}" if event.get("logged_at") else ""
        told = (event["what"] + logged, event["from"] or "", event["to"] or "", where)
        table.add_row(clock(event["at"]), event["kind"], *(printable(word) for word in told))
    output.print(table)


def clock(time: str) -> str:
    """`2026-03-01 08:15:30`"""
    return time[:19].replace("T", " ")


def print_detectors(detectors: list[Detector]) -> None:
    """A line a detector; on stdout."""
    table = Table("Detector", "Finding", "Threat", "Severity", box=None, pad_edge=False)
    for detector in detectors:
        table.add_row(detector.id, printable(detector.title), detector.threat, detector.severity)
    if detectors:
        output.print(table)
    else:
        output.print("No detector.")


def print_controls(controls: list[tuple[Framework, Control]]) -> None:
    """A line a requirement; on stdout."""
    table = Table("Requirement", "Framework", "Title", "Binds", "Judged", box=None, pad_edge=False)
    for framework, control in controls:
        binds = ", ".join(party.replace("_", " ") for party in control.binds)
        table.add_row(control.id, framework.id, control.title, binds, control.mode)
    if controls:
        output.print(table)
    else:
        output.print("No requirement.")


def print_detector(shown: dict[str, Any], sections: list[tuple[str, str]]) -> None:
    """What detector_text makes of a detector; on stdout."""
    output.print(printable(f"{shown['id']}  {shown['title']}"), style="bold")
    output.print(f"{shown['threat']}, {shown['severity']}, confidence {shown['confidence']:g}")
    for heading, body in sections:
        output.print(f"\n{printable(heading)}", style="bold")
        output.print("\n".join(map(printable, body.split("\n"))))


def print_not_assessed(connection: duckdb.DuckDBPyConnection) -> None:
    """Which checks lacked something, one line for each thing that lacked."""
    from sigaudit.report.wording import lacked

    lacking: dict[str, list[str]] = {}
    for detector, missing in connection.execute(
        "select detector, missing from not_assessed order by all"
    ).fetchall():
        lacking.setdefault(missing, []).append(detector)
    for missing, detectors in lacking.items():
        output.print(f"Not assessed for lack of {lacked(missing)}: {', '.join(detectors)}")


def print_warnings(connection: duckdb.DuckDBPyConnection, key: bytes | None = None) -> None:
    """What of network.toml does not hold as written, and of logs' clocks; on stderr."""
    told = connection.execute("select warning from warning order by 1").fetchall()
    warnings: list[str] = [warning for (warning,) in told]
    if key:
        from sigaudit import pseudonyms

        warnings = list(map(pseudonyms.of(connection, key, warnings).strict, warnings))
    for warning in warnings:
        errors.print(f"Warning: {printable(warning)}")


def exit_status(outcome: Outcome, connection: duckdb.DuckDBPyConnection, fail_on: str) -> int:
    """1 for unreadable inputs, 3 for findings at or above `fail_on` (or never), else 0."""
    from sigaudit.detector import SEVERITIES

    if outcome.failed:
        return 1
    if fail_on not in SEVERITIES:
        return 0
    counts = Counter(
        severity for (severity,) in connection.execute("select severity from finding").fetchall()
    )
    return 3 if any(counts[name] for name in SEVERITIES[SEVERITIES.index(fail_on) :]) else 0
