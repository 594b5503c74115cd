"""The command line: parses, calls, prints."""

import gc
import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sigaudit.cli_attestation import attestation
from sigaudit.cli_baseline import baseline as baseline_command
from sigaudit.cli_compare import compare
from sigaudit.cli_detectors import detectors
from sigaudit.cli_frames import explain, extract
from sigaudit.cli_frameworks import frameworks
from sigaudit.cli_logs import logs
from sigaudit.cli_messages import messages
from sigaudit.cli_options import (
    BaselineFile,
    Database,
    Inputs,
    KeyFile,
    NetworkFile,
    OwnDetectors,
    key_of,
    moment,
)
from sigaudit.cli_policy import policy
from sigaudit.cli_privacy import pseudonymise_key, without_numbers
from sigaudit.cli_swap_risk import swap_risk
from sigaudit.cli_timeline import timeline
from sigaudit.cli_verify import verify
from sigaudit.cli_watch import alerts, prune, status, watch
from sigaudit.errors import SigauditError, UsageError, printable

# Each command imports what it needs: that of all of them takes longer than a small audit.

app = typer.Typer(
    help="Audit SS7/MAP and Diameter captures and SIM-swap logs for attacks on subscribers.",
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class Severity(StrEnum):
    """What --fail-on takes."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"
    NEVER = "never"


class Format(StrEnum):
    """What --format takes; report.FORMATS and sigaudit.exchange have a writer for each."""

    HTML = "html"
    PDF = "pdf"
    JSON = "json"
    CSV = "csv"
    MISP = "misp"
    STIX = "stix"
    OCSF = "ocsf"
    NOTIFICATION = "notification"
    NOTIFICATION_JSON = "notification-json"
    CONTROLS_CSV = "controls-csv"


FailOn = Annotated[
    Severity, typer.Option(help="Exit with 3 if there is a finding of this severity or above.")
]
AsOf = Annotated[
    str | None,
    typer.Option(help="Now, as ISO 8601; default: the time of the latest evidence."),
]


def main() -> None:
    """Run the command line; errors of the user's become one message and an exit status."""
    # numpy is used for its arrays only; the threads of its linear algebra would idle busily
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.umask(0o077)  # what is written tells of subscribers: it is its owner's alone
    gc.set_threshold(100_000)  # the specifications that pycrate loads are half a million objects
    try:
        app()
    except SigauditError as error:
        complain(str(error))
        raise SystemExit(error.exit_code) from None
    except OSError as error:  # of the terminal, or the file that stdout goes to
        complain(f"{error.filename or 'output'}: {error.strerror or error}")
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        typer.echo("sigaudit: interrupted; what had been read whole is kept", err=True)
        raise SystemExit(1) from None


def complain(message: str) -> None:
    """A message of one or more lines on stderr, in red where colours are wanted."""
    lines = "\n".join(map(printable, message.split("\n")))
    typer.secho(f"sigaudit: {lines}", fg=None if os.environ.get("NO_COLOR") else "red", err=True)


def show_version(wanted: bool) -> None:
    """Print the version and stop."""
    if wanted:
        from importlib.metadata import version

        from dissectors.walker import is_compiled

        walker = "compiled" if is_compiled() else "plain Python"
        typer.echo(f"sigaudit {version('sigaudit')} (walker: {walker})")
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
    own: OwnDetectors = None,
    pseudonymise: KeyFile = None,
    usual: BaselineFile = None,
) -> None:
    """Read inputs, run the detectors, write findings.json, report.html and report.pdf.

    sigaudit audit intl_stp.pcapng swaps.csv --network network.toml --out audit/

    Running it again reads only what is new. Exit status: 0 done, 1 an input could not be read,
    2 wrong usage or configuration, 3 findings at or above --fail-on.
    """
    from sigaudit import baseline, console, network, store
    from sigaudit.audit import DATABASE, audit

    configuration = network.load(network_file)
    now, key = moment("--as-of", as_of), key_of(pseudonymise)
    known = baseline.read(usual, configuration.operator.name) if usual else None
    make_folder(out)
    with store.connected(out / DATABASE) as connection, console.progress_shown() as progress:
        outcome = audit(
            connection, inputs, configuration, out, now, progress, own or [], key, known
        )
        console.print_outcome(without_numbers(connection, key, outcome))
        console.print_findings(connection, key)
        status = console.exit_status(outcome, connection, fail_on)
    console.output.print(
        f"\nReport    {out / 'report.html'}, report.pdf\nFindings  {out / 'findings.json'}"
    )
    console.output.print(f"One frame sigaudit explain --db {out / DATABASE} FINDING")
    raise typer.Exit(status)


@app.command()
def ingest(inputs: Inputs, db: Database) -> None:
    """Read inputs into the database only.

    sigaudit ingest exports/ --db audit.duckdb
    """
    from sigaudit import console, store
    from sigaudit.ingest import ingest

    with store.connected(db) as connection, console.progress_shown() as progress:
        outcome = ingest(connection, inputs, None, progress)
    console.print_outcome(outcome)
    raise typer.Exit(1 if outcome.failed else 0)


@app.command()
def detect(
    db: Database,
    network_file: NetworkFile,
    fail_on: FailOn = Severity.HIGH,
    as_of: AsOf = None,
    own: OwnDetectors = None,
    usual: BaselineFile = None,
) -> None:
    """Run the detectors over what is in the database; findings into it.

    sigaudit detect --db audit.duckdb --network network.toml
    """
    from sigaudit import baseline, console, detect, network, store
    from sigaudit.ingest import Outcome
    from sigaudit.input_rows import remove_orphans

    configuration = network.load(network_file)
    now = moment("--as-of", as_of)
    known = baseline.read(usual, configuration.operator.name) if usual else None
    must_exist(db)
    with store.connected(db) as connection:
        remove_orphans(connection)
        detect.run(connection, configuration, now, own or [], known)
        console.print_findings(connection)
        status = console.exit_status(Outcome(), connection, fail_on)
    raise typer.Exit(status)


@app.command("report")
def write_report(
    db: Database,
    form: Annotated[Format, typer.Option("--format", help="Form of the report.")],
    out: Annotated[Path, typer.Option(help="The file to write.")],
    pseudonymise: KeyFile = None,
) -> None:
    """Write the result of the last detection as a report.

    sigaudit report --db audit/audit.duckdb --format json --out result.json

    html and pdf are for people; json is complete (its schema is
    sigaudit/report/report.schema.json); csv has a row a finding, controls-csv a row a control.
    """
    from sigaudit import report, store, trail

    key = key_of(pseudonymise)
    with store.connected(db, read_only=True) as connection:
        report.write(connection, form.value, out, key)
    trail.note_export(db, form.value, out, key is not None)


def make_folder(out: Path) -> None:
    """Make the audit's folder, or say why not."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise UsageError(f"{out}: is a file; name a folder with --out") from None
    except OSError as error:
        raise SigauditError(f"{out}: {error.strerror}; name another folder with --out") from None


def must_exist(db: Path) -> None:
    """A database to detect in is not made by mistake."""
    if not db.exists():
        raise SigauditError(f"{db}: no such database; `sigaudit ingest` makes one")


app.command("baseline")(baseline_command)
app.command()(explain)
app.command()(extract)
app.command()(messages)
app.command()(watch)
app.command()(status)
app.command()(prune)
app.add_typer(alerts, name="alerts")
app.command()(policy)
app.command()(swap_risk)
app.command()(compare)
app.command()(verify)
app.command("pseudonymise-key")(pseudonymise_key)
app.command()(timeline)
app.add_typer(detectors, name="detectors")
app.add_typer(frameworks, name="frameworks")
app.add_typer(attestation, name="attestation")
app.add_typer(logs, name="logs")
