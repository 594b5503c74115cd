"""The command `policy`: which figures are in force, and whose they are."""

from pathlib import Path
from typing import Annotated

import typer

from sigaudit.errors import UsageError, printable

# What a command needs is imported when it runs, as in sigaudit.cli.


def policy(
    network_file: Annotated[
        Path | None, typer.Option("--network", help="network.toml, for its [policy].")
    ] = None,
    profile: Annotated[
        str | None, typer.Option(help="A regime instead, such as nigeria; docs/policy.md has all.")
    ] = None,
) -> None:
    """Print every key of [policy], its value, and where that comes from.

    sigaudit policy --network network.toml

    sigaudit policy --profile nigeria
    """
    from sigaudit import network
    from sigaudit.policy import ITU, Policy, profiles

    if network_file and profile:
        raise UsageError("give --network or --profile, not both")
    if profile is not None and profile not in profiles():
        raise UsageError(f"--profile {profile}: expected one of {', '.join(profiles())}")
    chosen = (
        network.load(network_file).policy
        if network_file
        else Policy.model_validate({"profile": profile or ITU})
    )
    values = {key: shown(value) for key, value in chosen.model_dump().items()}
    for key, value in values.items():
        widths = max(map(len, values)), max(map(len, values.values()))
        source = chosen.source(key) if key != "profile" else "whose figures hold"
        typer.echo(printable(f"{key:<{widths[0]}}  {value:<{widths[1]}}  {source}"))
    for duty in profiles()[chosen.profile].duty:
        typer.echo(printable(f"No log shows: {duty.duty} ({duty.issuer}, {duty.reference})"))


def shown(value: object) -> str:
    """A value for people."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return (
        "none" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    )
