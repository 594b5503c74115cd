"""The commands `frameworks list` and `frameworks show`."""

import json
from enum import StrEnum
from typing import Annotated

import typer

from sigaudit.cli_detectors import Form, known

# What a command needs is imported when it runs, as in sigaudit.cli.

frameworks = typer.Typer(
    help="What audits are held to: list the frameworks, explain their requirements.",
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    rich_markup_mode=None,
)


class Mode(StrEnum):
    """What --mode takes: whether data can show it, in part, or an answer only."""

    DATA = "data"
    MIXED = "mixed"
    ATTEST = "attest"


@frameworks.command("list")
def list_all(
    framework: Annotated[str | None, typer.Option(help="Only those of this framework.")] = None,
    mode: Annotated[
        Mode | None, typer.Option(help="Only those that data show, show in part, or do not.")
    ] = None,
    detector: Annotated[str | None, typer.Option(help="Only those that name it.")] = None,
    form: Annotated[Form, typer.Option("--format", help="Form of the list.")] = Form.TABLE,
) -> None:
    """List the requirements: id, title, whom each binds, how it is judged.

    sigaudit frameworks list

    sigaudit frameworks list --framework itu-ss7 --mode data

    sigaudit frameworks list --detector MAP-LOC-01 --format json
    """
    from sigaudit import console
    from sigaudit.framework import load
    from sigaudit.framework_text import inherited

    if framework is not None:
        known("--framework", framework, [one.id for one in load()])
    chosen = [
        (one, control)
        for one in load()
        for control in one.control
        if framework in (None, one.id)
        and (mode is None or control.mode == mode.value)
        and (detector is None or detector in inherited(control, "detectors"))
    ]
    if form is Form.JSON:
        told = [{"framework": one.id, **control.model_dump()} for one, control in chosen]
        typer.echo(json.dumps(told, indent=1, ensure_ascii=False))
    else:
        console.print_controls(chosen)


@frameworks.command()
def show(
    name: Annotated[str, typer.Argument(metavar="ID", help="Of a framework or requirement.")],
    form: Annotated[
        Form, typer.Option("--format", help="Text, or JSON for machines.")
    ] = Form.TABLE,
) -> None:
    """Show a framework, or a requirement with its source, test, measures and detectors.

    sigaudit frameworks show itu-ss7

    sigaudit frameworks show SS7-FW-01

    sigaudit frameworks show SIM-MNO-06 --format json
    """
    from sigaudit import console
    from sigaudit.framework import controls, load
    from sigaudit.framework_text import control_text, framework_text

    whole = {one.id: one for one in load()}
    single = controls()
    known("ID", name, [*whole, *single])
    shown = whole.get(name) or single[name]
    if form is Form.JSON:
        typer.echo(json.dumps(shown.model_dump(), indent=1, ensure_ascii=False))
    elif name in whole:
        typer.echo(framework_text(whole[name], console.output.width - 1))
    else:
        typer.echo(control_text(single[name], console.output.width - 1))
