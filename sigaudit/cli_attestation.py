"""The command `attestation new`."""

from pathlib import Path
from typing import Annotated

import typer

from sigaudit.errors import SigauditError, UsageError, printable

# What a command needs is imported when it runs, as in sigaudit.cli.

attestation = typer.Typer(
    help="What no data can show: write the questionnaire that an operator fills in.",
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    rich_markup_mode=None,
)


@attestation.callback()
def top() -> None:
    """What no data can show: write the questionnaire that an operator fills in."""


@attestation.command()
def new(
    out: Annotated[
        Path | None, typer.Option(help="The file to write; default: standard output.")
    ] = None,
) -> None:
    """Write the questionnaire: a TOML with a question for each requirement that data cannot show.

    sigaudit attestation new --out attestation.toml

    Filled in, it is given back by [attestation] of network.toml, with file = "attestation.toml".
    Nothing is overwritten.
    """
    from sigaudit.attestation import questionnaire

    text = questionnaire()
    if out is None:
        typer.echo(text, nl=False)
        return
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{out}: is there already; name another file with --out") from None
    except OSError as error:
        raise SigauditError(f"{out}: {error.strerror or error}; name another file") from None
    typer.echo(printable(f"{out} written. Fill it in, then add to network.toml:"))
    typer.echo(printable(f'  [attestation]\n  file = "{out.name}"').replace("\\n", "\n"))
