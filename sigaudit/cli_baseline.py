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

    sigaudit ingest quiet-week/ --db quiet.duckdb

    sigaudit baseline --db quiet.duckdb --network network.toml --out baseline.json

    sigaudit audit exports/ --network network.toml --out audit/ --baseline baseline.json

    Take a week without known attacks, its SIM-swap log and the financial services' logs too: no
    rules are run over it. The file is JSON: numbers and names of operations, of no subscriber,
    agent or source by name. It serves one operator's audits, and
    until the next version of sigaudit that computes other features.
    """
    from sigaudit import baseline, network, state, store
    from sigaudit.anomaly import FEWEST, ROWS

    configuration = network.load(network_file)
    if not db.exists():
        raise SigauditError(f"{db}: no such database; `sigaudit ingest` makes one")
    with store.connected(db) as connection:
        state.build(connection, configuration)
        made = baseline.make(connection, configuration.operator.name)
    baseline.write(made, out)
    typer.echo(f"Baseline  {out}")
    for about, words in ROWS.items():
        known = len(getattr(made, about).rows)
        few = f"; fewer than {FEWEST} are not assessed" if known < FEWEST else ""
        typer.echo(f"          {known} {words}{few}")
