"""The command `verify`: whether an audit still stands."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigaudit.cli_options import KeyFile, OwnDetectors, key_of
from sigaudit.errors import printable

if TYPE_CHECKING:
    from sigaudit.verify import Verified

# What a command needs is imported when it runs, as in sigaudit.cli.


def verify(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The audit's folder.")],
    inputs: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[INPUT]...",
            help="The inputs, or folders of them; default: where they were read.",
            readable=False,
        ),
    ] = None,
    network_file: Annotated[
        Path | None,
        typer.Option(
            "--network", help="network.toml; default: the one of the audit, in its place."
        ),
    ] = None,
    own: OwnDetectors = None,
    pseudonymise: KeyFile = None,
) -> None:
    """Say whether anything an audit was made of, or has written, is different now.

    sigaudit verify audit/

    sigaudit verify audit/ copies/ --network network.toml

    Compared by content: the inputs, each detector's file, the frameworks and measures, network.toml
    with its IR.21 files, the version of sigaudit; and findings.json and the reports in DIR with
    what the database gives. The database itself is taken as it is: audit the inputs anew into
    another folder to check it. Exit status: 0 unchanged, 1 changed or not readable.
    """
    from sigaudit import store
    from sigaudit.audit import DATABASE
    from sigaudit.verify import verify

    key = key_of(pseudonymise)
    with store.connected(folder / DATABASE, read_only=True) as connection:
        compared = verify(connection, folder, inputs or [], network_file, own or [], key)
    for line in lines(compared):
        typer.echo(printable(line))
    raise typer.Exit(any(one.change for one in compared))


def lines(compared: list["Verified"]) -> list[str]:
    """What changed, a line each, then a count of what was compared."""
    changed = [f"{one.what} {one.name}: {one.change}" for one in compared if one.change]
    counts = Counter(one.what for one in compared)
    told = ", ".join(f"{count} {what}{'s' * (count > 1)}" for what, count in counts.items())
    result = f"{len(changed)} changed" if changed else "unchanged"
    return [*changed, f"Compared {told}: {result}"]
