"""What the command line does about privacy: keys for --pseudonymise, and its own words by them."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigaudit.errors import printable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from sigaudit.ingest import Outcome


def pseudonymise_key(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to make.")],
) -> None:
    """Make a key for --pseudonymise: 32 random octets, readable by you only.

    sigaudit pseudonymise-key audit.key

    sigaudit report --db audit/audit.duckdb --format html --pseudonymise audit.key --out shared.html

    The same key gives a number the same token in every output, so keep it as long as outputs are to
    be compared, and apart from them: who has the key can find the numbers. Nothing is overwritten.
    """
    from sigaudit import pseudonyms

    pseudonyms.make_key(file)
    typer.echo(printable(f"{file} written. Keep it apart from what is pseudonymised with it."))


def without_numbers(
    connection: "DuckDBPyConnection", key: bytes | None, outcome: "Outcome"
) -> "Outcome":
    """What is told of the inputs, with a key pseudonymised."""
    if key is None:
        return outcome
    from sigaudit import pseudonyms
    from sigaudit.left_out import LeftOut

    told = [*outcome.notes, *(text for row in outcome.left_out for text in (row.name, row.reason))]
    hide = pseudonyms.of(connection, key, told).strict
    left_out = [
        LeftOut(hide(row.name), hide(row.reason), row.named_by_user) for row in outcome.left_out
    ]
    return replace(outcome, notes=[*map(hide, outcome.notes)], left_out=left_out)
