"""The command `baseline`."""

from pathlib import Path
from typing import Annotated

import typer

from sigaudit.cli_options import Database, NetworkFile
from sigaudit.errors import SigauditError


def baseline(
    db: Database,
    network_file: NetworkFile,
    out: Annotated[Path, typer.Option(help="The file to write.")],
) -> None:
    """Save what is usual in a database, for `--baseline` of audit and detect.

    sigaudit baseline --db quiet.duckdb --network network.toml --out baseline.json

    It holds numbers alone, of no subscriber or source by name.
    """
    from sigaudit import baseline, network, state, store

    configuration = network.load(network_file)
    if not db.exists():
        raise SigauditError(f"{db}: no such database; `sigaudit ingest` makes one")
    with store.connected(db) as connection:
        state.build(connection, configuration)
        baseline.write(baseline.make(connection), out)
