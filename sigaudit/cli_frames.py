"""The commands that go from a finding back to its frames: `explain`."""

from typing import Annotated

import typer

from sigaudit.cli_options import Captures, Database

# What a command needs is imported when it runs, as in sigaudit.cli.


def explain(
    what: Annotated[str, typer.Argument(metavar="FINDING|CAPTURE:FRAME")],
    db: Database,
    captures: Captures = None,
    limit: Annotated[int, typer.Option(min=1, help="Pieces of evidence to show.")] = 5,
) -> None:
    """Print a finding's evidence, each frame decoded whole, message text masked.

    sigaudit explain --db audit/audit.duckdb intl_stp.pcapng:1742
    """
    from sigaudit import console, store
    from sigaudit.explain import explain

    with store.connected(db, read_only=True) as connection:
        console.output.print(explain(connection, what, captures, limit))
