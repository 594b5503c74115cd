"""The commands about logs: `sigaudit logs check`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigaudit.errors import SigauditError, printable

if TYPE_CHECKING:
    from sigaudit.log_understood import Reading, Understood

# What a command needs is imported when it runs, as in sigaudit.cli.

logs = typer.Typer(help="SIM-swap and DFS event logs.", no_args_is_help=True, rich_markup_mode=None)
MOST_COLUMNS = 60
KINDS = {"sim_swap": "SIM-swap log", "dfs_event": "DFS event log"}


@logs.callback()
def top() -> None:
    """SIM-swap and DFS event logs."""


@logs.command()
def check(
    file: Annotated[Path, typer.Argument(help="A log: CSV, JSON Lines or Parquet.")],
    network_file: Annotated[
        Path | None, typer.Option("--network", help="network.toml, for its [[log]] tables.")
    ] = None,
) -> None:
    """Say what is understood of a log, and print a [[log]] table to start from.

    sigaudit logs check swaps.csv --network network.toml

    Each column with what it is read as and the shape of some cells, digits and letters masked; how
    many rows are read, how many refused and why. Nothing is kept. Exit status: 0 it is a log, with
    the table that is printed if there is one; 1 it is none, or cannot be read; 2 wrong usage.
    """
    from sigaudit import ingest, network
    from sigaudit.log_columns import check_mapping
    from sigaudit.log_understood import understood

    configuration = network.load(network_file) if network_file else None
    mapping = ingest.mapping_of(configuration, file)
    if mapping:
        check_mapping(mapping)
    try:
        told = understood(file, configuration, mapping)
    except OSError as error:
        raise SigauditError(f"{file}: {error.strerror or error}") from None
    for line in lines(file, told):
        typer.echo(printable(line) if line else "")
    if told.reading is None and told.with_suggestion is None:
        raise typer.Exit(1)


def lines(file: Path, told: "Understood") -> list[str]:
    """What to print."""
    what = KINDS[told.kind] if told.kind else "not recognised as a log"
    said = [f"{file.name}: {told.form}; {what}"]
    if told.reading:
        said += ["", *reading_lines(told.reading)]
    if told.suggested and told.with_suggestion:
        from sigaudit.log_understood import toml

        said += ["", "With this table in network.toml:", "", *toml(told.suggested).split("\n"), ""]
        said += reading_lines(told.with_suggestion)
    if told.lacking:
        said += ["", *(f"No column looks like {column}" for column in told.lacking)]
        said.append("Name them in columns of a [[log]] table; docs/logs.md has the columns.")
    said += [f"To do: {remark}" for remark in told.remarks]
    return said


def reading_lines(reading: "Reading") -> list[str]:
    """The columns, then the rows."""
    from sigaudit.log_understood import MOST_REASONS

    table = [("Column", "read as", "filled", "looks like")]
    for column in reading.columns[:MOST_COLUMNS]:
        filled = "" if column.filled is None else f"{column.filled:,}"
        shapes = " | ".join(column.samples)
        table.append((column.name, column.read_as or "passed over", filled, shapes))
    widths = [max(len(row[place]) for row in table) for place in range(3)]
    said = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, [*widths, 0], strict=True)).rstrip()
        for row in table
    ]
    if (more := len(reading.columns) - MOST_COLUMNS) > 0:
        said.append(f"... and {more:,} columns more")
    said += ["", f"Rows: {reading.read:,} read, {reading.refused:,} refused"]
    said += [
        f"  {count:,} from line {line}: {reason}"
        for reason, count, line in reading.reasons[:MOST_REASONS]
    ]
    if (rest := len(reading.reasons) - MOST_REASONS) > 0:
        said.append(f"  ... and {rest} reasons more")
    return said
