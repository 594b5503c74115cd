"""The commands that go from a finding back to its frames: `explain` and `extract`."""

from pathlib import Path
from typing import Annotated

import typer

from sigaudit.cli_options import Captures, Database, KeyFile, key_of
from sigaudit.errors import UsageError, printable

# What a command needs is imported when it runs, as in sigaudit.cli.


def explain(
    what: Annotated[str, typer.Argument(metavar="FINDING|CAPTURE:FRAME")],
    db: Database,
    captures: Captures = None,
    limit: Annotated[int, typer.Option(min=1, help="Pieces of evidence to show.")] = 5,
    pseudonymise: KeyFile = None,
) -> None:
    """Print a finding's evidence, each frame decoded whole, message text masked.

    sigaudit explain --db audit/audit.duckdb intl_stp.pcapng:1742
    """
    from sigaudit import console, store
    from sigaudit.explain import explain

    key = key_of(pseudonymise)
    with store.connected(db, read_only=True) as connection:
        console.output.print(explain(connection, what, captures, limit, key))


def extract(
    db: Database,
    out: Annotated[Path, typer.Option(help="File to write: .pcapng, or .pcap for one link type.")],
    finding: Annotated[str | None, typer.Option(help="Id of a finding: all its frames.")] = None,
    frame: Annotated[
        list[str] | None,
        typer.Option(help="A frame, as CAPTURE:FRAME[:MESSAGE]; may be repeated."),
    ] = None,
    captures: Captures = None,
    pseudonymise: KeyFile = None,
) -> None:
    """Write the frames of a finding as a capture for Wireshark, message text blanked.

    sigaudit extract --db audit/audit.duckdb --finding 0123456789abcdef --out evidence.pcapng

    sigaudit extract --db audit/audit.duckdb --frame intl_stp.pcapng:1742 --out evidence.pcapng

    Text of short messages and USSD, and what may hold any, becomes zeros of equal length, and the
    checksums over it are made anew; all else is as it was, times in nanoseconds too. Each frame's
    place and the SHA-256 of the original are printed, and stand as a comment in a pcapng file. A
    frame whose text cannot be located is left out, and that is told. Of a message in several frames
    all are written. Exit status: 0 done, 1 nothing to write or a capture is gone, 2 wrong usage.
    """
    from sigaudit import console, store, trail
    from sigaudit.extract import extract

    if pseudonymise is not None:
        raise UsageError(
            "extract writes frames as they were sent, numbers of subscribers included: it cannot"
            " be pseudonymised. Hand over a report or `sigaudit explain --pseudonymise` instead"
        )
    if finding is None and not frame:
        raise UsageError("name what to extract with --finding or --frame")
    with store.connected(db, read_only=True) as connection:
        outcome = extract(connection, finding, frame or [], out, captures)
    trail.note_export(db, "frames", out, False)
    for line in outcome.written:
        console.output.print(line)
    for line in outcome.left_out:
        console.errors.print(f"left out: {line}")
    console.errors.print(printable(f"{len(outcome.written)} frames in {out}"))
