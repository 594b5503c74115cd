"""The commands `detectors list`, `show`, `check` and `new`."""

import difflib
import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sigaudit.cli_options import OwnDetectors
from sigaudit.errors import UsageError, printable

# What a command needs is imported when it runs, as in sigaudit.cli.

detectors = typer.Typer(
    help="What is looked for: list and explain the detectors, check and begin own ones.",
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    rich_markup_mode=None,
)


class Form(StrEnum):
    """What --format takes."""

    TABLE = "table"
    JSON = "json"


class Shown(StrEnum):
    """What --format of `show` takes."""

    TEXT = "text"
    JSON = "json"


@detectors.command("list")
def list_all(
    threat: Annotated[str | None, typer.Option(help="Only those of this threat.")] = None,
    needs: Annotated[
        str | None, typer.Option(help="Only those that need this table or network.toml key.")
    ] = None,
    own: OwnDetectors = None,
    form: Annotated[Form, typer.Option("--format", help="Form of the list.")] = Form.TABLE,
) -> None:
    """List the detectors: id, title, threat, severity.

    sigaudit detectors list

    sigaudit detectors list --threat location-tracking

    sigaudit detectors list --needs swap --format json
    """
    from sigaudit import console
    from sigaudit.detector import load

    found = load(own or [])
    if threat is not None:
        known("--threat", threat, _threats())
    if needs is not None:
        known("--needs", needs, sorted({need for one in found for need in one.needs}))
    chosen = [
        one
        for one in found
        if threat in (None, one.threat) and (needs is None or needs in one.needs)
    ]
    if form is Form.JSON:
        keys = ("id", "title", "threat", "severity", "category", "needs", "split_by", "file")
        typer.echo(json.dumps([one.model_dump(include=set(keys)) for one in chosen], indent=1))
    else:
        console.print_detectors(chosen)


@detectors.command()
def show(
    name: Annotated[str, typer.Argument(metavar="ID")],
    own: OwnDetectors = None,
    form: Annotated[
        Shown, typer.Option("--format", help="Text, or JSON for machines.")
    ] = Shown.TEXT,
) -> None:
    """Show a detector: why, benign causes, remedy, references, needs, parameters, SQL.

    sigaudit detectors show MAP-LOC-01

    sigaudit detectors show OWN-01 --detectors own/ --format json

    A key of [policy] in network.toml goes before the parameter of the same name.
    """
    from sigaudit import console
    from sigaudit.detector import load
    from sigaudit.detector_text import document, text

    found = {one.id: one for one in load(own or [])}
    known("ID", name, list(found))
    shown = document(found[name])
    if form is Shown.JSON:
        typer.echo(json.dumps(shown, indent=1))
    else:
        console.print_detector(shown, text(shown, console.output.width - 1))


@detectors.command()
def check(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Files, or folders of them.")
    ],
) -> None:
    """Check files of detectors: header, SELECT, parameters, columns, needs, id and name.

    sigaudit detectors check own/

    sigaudit detectors check own/own-01-quick-swap.sql

    Each SELECT is run on an empty database, where it can read no file, for ten seconds at most.
    All mistakes are told, each with file and place. Exit status: 0 sound, 2 not.
    """
    from sigaudit.detector_check import check

    count, wrong = check(paths)
    if wrong:
        raise UsageError("\n".join([f"{_mistakes(len(wrong))} in {_files(count)}:", *wrong]))
    typer.echo(f"{_files(count)} checked: sound")


@detectors.command()
def new(
    name: Annotated[str, typer.Argument(metavar="ID", help="Such as OWN-01.")],
    threat: Annotated[
        str, typer.Option(help="What its findings are: sim-swap-fraud, spoofing ...")
    ],
    out: Annotated[Path, typer.Option(help="Folder to write it into; made if it is not there.")],
    title: Annotated[
        str, typer.Option(help="One line that a person understands.")
    ] = "State in one line what is found",
) -> None:
    """Begin a detector: a file that is sound as it stands, to be filled.

    sigaudit detectors new OWN-01 --threat sim-swap-fraud --title "Quick SIM swap" --out own/

    Nothing is overwritten.
    """
    from sigaudit.detector_new import write

    file = write(name, title, threat, out)
    typer.echo(printable(f"{file} written. Fill it, then:"))
    typer.echo(printable(f"  sigaudit detectors check {file}"))
    typer.echo(
        printable(f"  sigaudit audit INPUT --network network.toml --out audit/ --detectors {out}")
    )
    typer.echo(
        "Prove it by two captures or logs: one of the attack, in which it must fire, and one of\n"
        "the nearest thing that is none, in which it must not (docs/writing-detectors.md)."
    )


def _threats() -> list[str]:
    from typing import get_args

    from sigaudit.detector import Threat

    return list(get_args(Threat))


def known(what: str, given: str, known: list[str]) -> None:
    """UsageError, with what may have been meant, for a word that is not known."""
    if given in known:
        return
    near = difflib.get_close_matches(given, known, n=1)
    meant = f"did you mean {near[0]}?" if near else f"choose one of {', '.join(known)}"
    raise UsageError(f"{what} {given}: there is none; {meant}")


def _mistakes(count: int) -> str:
    return f"{count} mistake{'s' if count > 1 else ''}"


def _files(count: int) -> str:
    return f"{count} detector{'' if count == 1 else 's'}"
