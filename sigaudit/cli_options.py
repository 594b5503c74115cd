"""What several commands of the command line take."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from sigaudit.errors import UsageError, printable

Inputs = Annotated[
    list[Path],
    typer.Argument(
        help="Captures (pcap, pcapng; plain, gzip or zstd; - is standard input), SIM-swap or DFS"
        " event logs, or folders of them.",
        readable=False,  # one that cannot be read must not keep the others from being read
    ),
]
NetworkFile = Annotated[
    Path, typer.Option("--network", help="network.toml: who the audited operator is.")
]
Database = Annotated[Path, typer.Option("--db", help="The database file.")]
Captures = Annotated[
    Path | None, typer.Option(help="Folder to look in for captures that were moved.")
]

OwnDetectors = Annotated[
    list[Path] | None,
    typer.Option(
        "--detectors", metavar="DIR", help="Folder of own detectors, to run too; may be repeated."
    ),
]
KeyFile = Annotated[
    Path | None,
    typer.Option(
        "--pseudonymise",
        metavar="KEYFILE",
        help="Write subscribers' numbers as tokens of this key; pseudonymise-key makes one.",
    ),
]


def key_of(path: Path | None) -> bytes | None:
    """The key that --pseudonymise names; a warning on stderr where others may read it."""
    if path is None:
        return None
    from sigaudit import pseudonyms

    key = pseudonyms.read_key(path)
    if pseudonyms.is_open_to_others(path):
        warning = f"{path}: others may read this key, and find numbers with it: chmod 600 it"
        typer.echo(f"Warning: {printable(warning)}", err=True)
    return key


BaselineFile = Annotated[
    Path | None, typer.Option("--baseline", help="What is usual, from `sigaudit baseline`.")
]


def moment(option: str, text: str | None) -> datetime | None:
    """A time of the command line, in UTC without offset; UsageError if it is none."""
    if text is None:
        return None
    try:
        given = datetime.fromisoformat(text)
        return given.astimezone(UTC).replace(tzinfo=None) if given.tzinfo else given
    except (ValueError, OverflowError):
        raise UsageError(f"{option} {text}: expected a time such as 2026-03-01T08:15:30Z") from None
