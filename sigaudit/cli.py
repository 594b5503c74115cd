"""The command line: parses, calls, prints."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from sigaudit import detect as detection
from sigaudit import explain as explanation
from sigaudit import findings, network, report, store
from sigaudit.audit import DATABASE
from sigaudit.audit import audit as run_audit
from sigaudit.errors import SigauditError, UsageError
from sigaudit.ingest import Outcome
from sigaudit.ingest import ingest as run_ingest
from sigaudit.inputs import Candidate

app = typer.Typer(
    help="Audit SS7/MAP and Diameter captures and SIM-swap logs for attacks on subscribers.",
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
errors = Console(stderr=True, markup=False, highlight=False, soft_wrap=True)
output = Console(markup=False, highlight=False, soft_wrap=True)


class Severity(StrEnum):
    """What --fail-on takes."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"
    NEVER = "never"


class Format(StrEnum):
    """What --format takes; report.FORMATS has a writer for each."""

    HTML = "html"
    JSON = "json"
    CSV = "csv"


Inputs = Annotated[
    list[Path],
    typer.Argument(help="Captures (pcap, pcapng), SIM-swap or DFS event logs, or folders of them."),
]
NetworkFile = Annotated[
    Path, typer.Option("--network", help="network.toml: who the audited operator is.")
]
Database = Annotated[Path, typer.Option("--db", help="The database file.")]
FailOn = Annotated[
    Severity, typer.Option(help="Exit with 3 if there is a finding of this severity or above.")
]
AsOf = Annotated[
    str | None,
    typer.Option(help="Now, as ISO 8601; default: the time of the latest evidence."),
]


def main() -> None:
    """Run the command line; errors of the user's become one message and an exit status."""
    try:
        app()
    except SigauditError as error:
        errors.print(f"sigaudit: {error}", style="red")
        raise SystemExit(error.exit_code) from None
    except KeyboardInterrupt:
        errors.print("sigaudit: interrupted; what had been read whole is kept")
        raise SystemExit(1) from None


def show_version(wanted: bool) -> None:
    """Print the version and stop."""
    if wanted:
        output.print(f"sigaudit {version('sigaudit')}")
        raise typer.Exit


@app.callback()
def top(
    version_wanted: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Print it.")
    ] = False,
) -> None:
    """Audit SS7/MAP and Diameter captures and SIM-swap logs for attacks on subscribers.

    sigaudit audit exports/ --network network.toml --out audit/
    """


@app.command()
def audit(
    inputs: Inputs,
    network_file: NetworkFile,
    out: Annotated[Path, typer.Option(help="The audit's folder; made if it is not there.")],
    fail_on: FailOn = Severity.HIGH,
    as_of: AsOf = None,
) -> None:
    """Read inputs, run the detectors, write findings.json and report.html.

    sigaudit audit intl_stp.pcapng swaps.csv --network network.toml --out audit/

    Running it again reads only what is new. Exit status: 0 done, 1 an input could not be read,
    2 wrong usage or configuration, 3 findings at or above --fail-on.
    """
    configuration = network.load(network_file)
    now = moment(as_of)
    make_folder(out)
    with store.connected(out / DATABASE) as connection, progress_shown() as progress:
        outcome = run_audit(connection, inputs, configuration, out, now, progress)
        print_outcome(outcome)
        print_findings(connection)
        status = exit_status(outcome, connection, fail_on)
    output.print(f"\nReport    {out / 'report.html'}\nFindings  {out / 'findings.json'}")
    output.print(f"One frame sigaudit explain --db {out / DATABASE} FINDING")
    raise typer.Exit(status)


@app.command()
def ingest(inputs: Inputs, db: Database) -> None:
    """Read inputs into the database only.

    sigaudit ingest exports/ --db audit.duckdb
    """
    with store.connected(db) as connection, progress_shown() as progress:
        outcome = run_ingest(connection, inputs, None, progress)
    print_outcome(outcome)
    raise typer.Exit(1 if outcome.failed else 0)


@app.command()
def detect(
    db: Database,
    network_file: NetworkFile,
    fail_on: FailOn = Severity.HIGH,
    as_of: AsOf = None,
) -> None:
    """Run the detectors over what is in the database; findings into it.

    sigaudit detect --db audit.duckdb --network network.toml
    """
    configuration = network.load(network_file)
    now = moment(as_of)
    must_exist(db)
    with store.connected(db) as connection:
        detection.run(connection, configuration, now)
        print_findings(connection)
        status = exit_status(Outcome(), connection, fail_on)
    raise typer.Exit(status)


@app.command("report")
def write_report(
    db: Database,
    form: Annotated[Format, typer.Option("--format", help="Form of the report.")],
    out: Annotated[Path, typer.Option(help="The file to write.")],
) -> None:
    """Write the result of the last detection as a report.

    sigaudit report --db audit/audit.duckdb --format json --out result.json
    """
    with store.connected(db, read_only=True) as connection:
        report.write(connection, form.value, out)


@app.command()
def explain(
    what: Annotated[str, typer.Argument(metavar="FINDING|CAPTURE:FRAME")],
    db: Database,
    captures: Annotated[
        Path | None, typer.Option(help="Folder to look in for captures that were moved.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="Pieces of evidence to show.")] = 5,
) -> None:
    """Print a finding's evidence, each frame decoded whole, message text masked.

    sigaudit explain --db audit/audit.duckdb intl_stp.pcapng:1742
    """
    with store.connected(db, read_only=True) as connection:
        output.print(explanation.explain(connection, what, captures, limit))


def moment(text: str | None) -> datetime | None:
    """A time of the command line, in UTC without offset."""
    if text is None:
        return None
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--as-of {text}: expected a time such as 2026-03-01T08:15:30Z") from None
    return given.astimezone(UTC).replace(tzinfo=None) if given.tzinfo else given


def make_folder(out: Path) -> None:
    """Make the audit's folder, or say why not."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SigauditError(f"{out}: {error.strerror}; name another folder with --out") from None


def must_exist(db: Path) -> None:
    """A database to detect in is not made by mistake."""
    if not db.exists():
        raise SigauditError(f"{db}: no such database; `sigaudit ingest` makes one")


@contextmanager
def progress_shown() -> Iterator["ProgressBar"]:
    """A bar on stderr while inputs are read, on a terminal only."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors, disable=not errors.is_terminal, transient=True) as bar:
        yield ProgressBar(bar)


class ProgressBar:
    """Octets read of the input at hand."""

    def __init__(self, bar: Progress) -> None:
        self.bar = bar
        self.tasks: dict[str, object] = {}

    def __call__(self, candidate: Candidate, octets: int) -> None:
        if candidate.name not in self.tasks:
            total = candidate.path.stat().st_size
            self.tasks[candidate.name] = self.bar.add_task(printable(candidate.name), total=total)
        self.bar.update(self.tasks[candidate.name], completed=octets)  # type: ignore[arg-type]


def print_outcome(outcome: Outcome) -> None:
    """What was read, what was not and why; on stderr."""
    counts = [(len(outcome.read), "read"), (len(outcome.known), "known already")]
    counts += [(len(outcome.skipped), "skipped"), (len(outcome.failed), "not readable")]
    told = ", ".join(f"{count} {what}" for count, what in counts if count)
    errors.print(f"Inputs: {told or 'none'}")
    for line in outcome.notes + outcome.skipped:
        errors.print(f"  {printable(line)}")
    for line in outcome.failed:
        errors.print(f"  {printable(line)}", style="red")


def print_findings(connection: duckdb.DuckDBPyConnection) -> None:
    """Findings by severity, threat and title, the worst first; on stdout."""
    rows = connection.execute(
        "select severity, threat, title, detector, count(*) from finding"
        " group by all order by threat, title, detector"
    ).fetchall()
    order = {name: place for place, name in enumerate(reversed(findings.SEVERITIES))}
    table = Table(
        "Severity", "Threat", "Finding", "Detector", "Incidents", box=None, pad_edge=False
    )
    for severity, threat, title, detector, count in sorted(rows, key=lambda row: order[row[0]]):
        table.add_row(severity, threat, printable(title), detector, str(count))
    if rows:
        output.print(table)
    else:
        output.print("No findings. What was not assessed is in the report.")
    print_not_assessed(connection)


def print_not_assessed(connection: duckdb.DuckDBPyConnection) -> None:
    """Which checks lacked something, one line for each thing that lacked."""
    lacking: dict[str, list[str]] = {}
    for detector, missing in connection.execute(
        "select detector, missing from not_assessed order by all"
    ).fetchall():
        lacking.setdefault(missing, []).append(detector)
    for missing, detectors in lacking.items():
        output.print(f"Not assessed for lack of {missing}: {', '.join(detectors)}")


def exit_status(outcome: Outcome, connection: duckdb.DuckDBPyConnection, fail_on: Severity) -> int:
    """1 for unreadable inputs, 3 for findings at or above `fail_on`, else 0."""
    if outcome.failed:
        return 1
    if fail_on is Severity.NEVER:
        return 0
    counts = Counter(
        severity for (severity,) in connection.execute("select severity from finding").fetchall()
    )
    worse = findings.SEVERITIES[findings.SEVERITIES.index(fail_on.value) :]
    return 3 if any(counts[severity] for severity in worse) else 0


def printable(text: str) -> str:
    """The text with control characters, which file names can carry, made visible."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
