"""The command `messages`: dissected rows, for those who only want a fast tshark."""

import os
import shutil
import sys
import tempfile
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigaudit.cli_options import KeyFile, key_of, moment
from sigaudit.errors import UsageError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from sigaudit.messages import Query, Selection

# What the command needs is imported when it runs, as in sigaudit.cli.

MEMORY = "512MB"  # of DuckDB; what is more to put in order waits on disk


class Protocol(StrEnum):
    """What --protocol takes."""

    MAP = "map"
    CAP = "cap"
    DIAMETER = "diameter"
    SMS = "sms"


class Form(StrEnum):
    """What --format takes."""

    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


def messages(
    inputs: Annotated[
        list[Path] | None,
        typer.Argument(help="Captures or folders of them, in place of --db.", readable=False),
    ] = None,
    db: Annotated[Path | None, typer.Option(help="A database that ingest or audit made.")] = None,
    subscriber: Annotated[str | None, typer.Option(help="IMSI or MSISDN.")] = None,
    gt: Annotated[
        str | None, typer.Option(help="Beginning of the calling or called global title.")
    ] = None,
    host: Annotated[str | None, typer.Option(help="Origin-Host or Destination-Host.")] = None,
    realm: Annotated[
        str | None, typer.Option(help="Origin-Realm or Destination-Realm, or a parent of it.")
    ] = None,
    operation: Annotated[
        list[str] | None,
        typer.Option(help="Name or code of MAP, CAP or a Diameter command; may be repeated."),
    ] = None,
    since: Annotated[str | None, typer.Option(help="From this time on (ISO 8601, UTC).")] = None,
    until: Annotated[str | None, typer.Option(help="Before this time (ISO 8601, UTC).")] = None,
    protocol: Annotated[Protocol | None, typer.Option(help="Only this one.")] = None,
    columns: Annotated[
        str | None, typer.Option(help="Names with commas between, or all; see below.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Rows at most.")] = None,
    form: Annotated[
        Form | None,
        typer.Option("--format", help="Default: as --out ends; table on a terminal, else csv."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="File to write, in place of stdout.")
    ] = None,
    pseudonymise: KeyFile = None,
) -> None:
    """Print the messages of captures, a row a MAP or CAP component or Diameter message.

    sigaudit messages intl_stp.pcapng

    sigaudit messages --db audit/audit.duckdb --subscriber 233590000001 --since 2026-03-01T08:00:00Z

    sigaudit messages exports/ --operation sendRoutingInfoForSM --gt 4477 -o asked.parquet

    Captures are read into a database that is removed afterwards; ingest keeps one. Rows are in
    order of time, file, frame and message. Of answers that name neither operation nor subscriber,
    otid and dtid tell the dialogue. Columns are those of the tables of the database: --columns all
    shows them. Exit status: 0 done, 1 an input could not be read, 2 wrong usage.
    """
    from sigaudit.messages import Selection

    selection = Selection(
        subscriber, gt, host, realm, operation or [],
        moment("--since", since), moment("--until", until), protocol and protocol.value, limit,
    )  # fmt: skip
    if (db is None) == (not inputs):
        raise UsageError("name captures to read, or a database with --db: one of the two")
    wanted = columns.replace(" ", "").split(",") if columns else None
    key = key_of(pseudonymise)
    raise typer.Exit(_print(inputs or [], db, selection, wanted, _form(form, out), out, key))


def _form(form: Form | None, out: Path | None) -> Form:
    """The form that is asked for, or that goes with where the rows go."""
    suffixes = {f".{known.value}": known for known in Form}
    if form is None and out is not None and out.suffix not in suffixes:
        raise UsageError(f"{out}: name a .csv, .jsonl or .parquet file, or give --format")
    if form is None:
        form = suffixes[out.suffix] if out else Form.TABLE if sys.stdout.isatty() else Form.CSV
    if out is not None and form is Form.TABLE:
        raise UsageError("--format table is for stdout; choose csv, jsonl or parquet for a file")
    if out is None and form is Form.PARQUET:
        raise UsageError("--format parquet needs a file; name it with --out")
    return form


def _print(
    inputs: list[Path],
    db: Path | None,
    selection: "Selection",
    columns: list[str] | None,
    form: Form,
    out: Path | None,
    key: bytes | None,
) -> int:
    """Exit status 1 if an input could not be read; the rows of the others are printed."""
    from sigaudit import store, trail
    from sigaudit.messages import query
    from sigaudit.messages_pseudonymised import selected, without_numbers

    with tempfile.TemporaryDirectory(prefix="sigaudit-") as folder:
        path, status = _database(inputs, db, Path(folder), key)
        with store.connected(path, True) as connection:
            connection.execute(f"set memory_limit = '{MEMORY}'; set temp_directory = '{folder}'")
            if key:
                selection = selected(connection, key, selection)
            rows = query(connection, selection, columns)
            if key:
                rows = without_numbers(connection, key, rows)
            try:
                _write(connection, rows, form, out)
                if db and out:
                    trail.note_export(db, f"messages as {form.value}", out, key is not None)
            except BrokenPipeError:  # whoever reads has seen enough
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return status


def _write(connection: "DuckDBPyConnection", rows: "Query", form: Form, out: Path | None) -> None:
    from sigaudit.messages_output import print_table, write

    if form is Form.TABLE:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        print_table(connection, rows, width)
        sys.stdout.flush()
    else:
        write(connection, rows, form.value, out)


def _database(
    inputs: list[Path], db: Path | None, folder: Path, key: bytes | None
) -> tuple[Path, int]:
    """The database to read, made in `folder` where none is named, and the exit status so far."""
    from sigaudit import console, store
    from sigaudit.cli_privacy import without_numbers
    from sigaudit.ingest import ingest

    if db is not None:
        return db, 0
    path = folder / "messages.duckdb"
    with store.connected(path) as connection, console.progress_shown() as progress:
        outcome = ingest(connection, inputs, None, progress)
        outcome = without_numbers(connection, key, outcome)
    if outcome.failed or outcome.skipped:
        console.print_outcome(outcome)
    return path, 1 if outcome.failed else 0
