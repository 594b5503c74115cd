"""The command `swap-risk`: was this number's SIM changed lately."""

import json
from pathlib import Path
from typing import Annotated

import typer

from sigaudit.cli_options import Database, moment
from sigaudit.errors import printable

# What a command needs is imported when it runs, as in sigaudit.cli.


def swap_risk(
    msisdn: Annotated[str, typer.Argument(metavar="MSISDN", help="Number, international form.")],
    db: Database,
    at: Annotated[
        str | None,
        typer.Option(
            help="Time of use, as ISO 8601; default: that of the latest swap in the logs."
        ),
    ] = None,
    max_age: Annotated[
        int, typer.Option(min=1, max=2400, help="Hours before it in which a change counts.")
    ] = 240,
    network_file: Annotated[
        Path | None, typer.Option("--network", help="network.toml, for [policy].")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Say whether a number's SIM was changed lately, as CAMARA SIM Swap does, and why.

    sigaudit swap-risk +233590000001 --db audit/audit.duckdb --max-age 72

    Ports, further SIMs and new subscriptions are changes too. Where the number is unknown or no
    SIM-swap log covers the hours asked for, the answer is "not assessed" (in JSON: null), never no.
    Exit status: 0 answered or not assessed, 1 no such database, 2 wrong usage.
    """
    from sigaudit import network, store
    from sigaudit.policy import Policy
    from sigaudit.swap_risk import swap_risk

    policy = network.load(network_file).policy if network_file else Policy()
    time = moment("--at", at)
    with store.connected(db, read_only=True) as connection:
        answer = swap_risk(connection, msisdn, time, max_age, policy)
    if as_json:
        typer.echo(json.dumps(answer.document(), indent=2, ensure_ascii=False))
    else:
        for line in lines(answer.document()):
            typer.echo(printable(line))


def lines(answer: dict[str, object]) -> list[str]:
    """The answer for people; what each line says is what --json has."""
    swapped = {True: "yes", False: "no", None: "not assessed"}[answer["swapped"]]  # type: ignore[index]
    said = [
        f"{answer['phoneNumber']} at {answer['at'] or 'no time'}",
        f"SIM changed in the {answer['maxAge']} hours before: {swapped}",
        f"Latest change: {answer['latestSimChange'] or 'none known'}",
    ]
    if answer["monitoredPeriod"] is not None:
        said.append(f"Logs cover the {answer['monitoredPeriod']} days before")
    said += [f"Not assessed: {reason}" for reason in answer["notAssessed"]]  # type: ignore[attr-defined]
    for change in answer["changes"]:  # type: ignore[attr-defined]
        said += change_lines(change)
    said += [
        f"{moment}: another IMSI than before, and no row of a log says why"
        for moment in answer["unexplainedImsiChanges"]  # type: ignore[attr-defined]
    ]
    return said


def change_lines(change: dict[str, object]) -> list[str]:
    """A change of SIM for people."""
    evidence = change["evidence"]
    who = ", ".join(
        f"{what} {change[what]}"
        for what in ("channel", "outlet", "agent", "reason")
        if change[what] is not None
    )
    seen = change["firstSeenInSignalling"]
    said = [
        f"{change['completedAt']}: {change['event']}, {change['outcome']}{', ' if who else ''}{who}"
        f" ({evidence['file']}, {evidence['row']})",  # type: ignore[index]
        f"  cooling-off until {change['coolingOffUntil']}",
        f"  new SIM in signalling: {f'from {seen}' if seen else 'not seen'}",
    ]
    said += [f"  lacked: {what}" for what in change["lacked"]]  # type: ignore[attr-defined]
    if change["notStated"]:
        said.append(f"  this log says nothing of: {', '.join(change['notStated'])}")  # type: ignore[arg-type]
    return said
