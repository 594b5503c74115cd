"""The command `compare`: several audits in one report."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sigaudit.cli_options import KeyFile, key_of
from sigaudit.errors import UsageError

# What a command needs is imported when it runs, as in sigaudit.cli.


class Form(StrEnum):
    """What --format takes; comparison.FORMATS has a writer for each."""

    HTML = "html"
    JSON = "json"


def compare(
    folders: Annotated[
        list[Path], typer.Argument(metavar="DIR...", help="Folders of audits, two or more.")
    ],
    out: Annotated[Path, typer.Option(help="The file to write, .html or .json.")],
    form: Annotated[Form | None, typer.Option("--format", help="Default: as --out ends.")] = None,
    pseudonymise: KeyFile = None,
) -> None:
    """Put audits side by side: of several operators, or of one over time.

    sigaudit compare march/ april/ --out progress.html

    sigaudit compare audits/* --out operators.json

    Verdicts and measures stand side by side. Of the audits of one operator, in the order of their
    periods, it is told what is new, what persists and what is mended; a finding whose check was
    not assessed in the later audit counts as neither. The order of the folders changes nothing.
    """
    from sigaudit import comparison

    if form is None and out.suffix[1:] not in comparison.FORMATS:
        raise UsageError(f"{out}: name a .html or .json file, or give --format")
    key = key_of(pseudonymise)
    comparison.write(folders, form.value if form else out.suffix[1:], out, key)
