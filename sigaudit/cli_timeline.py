"""The command `timeline`: what happened to one subscriber."""

import json
from typing import Annotated, Any

import typer

from sigaudit.cli_options import Database, KeyFile, key_of

# What the command needs is imported when it runs, as in sigaudit.cli.


def timeline(
    msisdn: Annotated[str, typer.Argument(help="A number in international form.")],
    db: Database,
    as_json: Annotated[bool, typer.Option("--json", help="JSON for machines.")] = False,
    pseudonymise: KeyFile = None,
) -> None:
    """Print what happened to a subscriber, by time: swaps, signalling, passwords and money.

    sigaudit timeline 233590000201 --db audit/audit.duckdb

    Swaps asked for, done and told; the first sight of a new IMSI, registrations, questions about
    the subscriber, one-time passwords and where they went, resets, payees and payments, each with
    its place in the inputs. Text of messages is not known. Times are UTC; where the clock of a log
    is off, they are the captures', as detectors take them, and the log's own is told beside.
    """
    from sigaudit import console, store
    from sigaudit.pseudonymised import without_numbers
    from sigaudit.subscriber_timeline import Wanted, number_of, timelines

    number, key = number_of(msisdn), key_of(pseudonymise)
    with store.connected(db, read_only=True) as connection:
        [life] = timelines(connection, [Wanted([number])])
        told: dict[str, Any] = {"msisdn": number, **life._asdict()}
        if key:
            told = without_numbers(connection, key, told)
    events = told["events"]
    if as_json:
        typer.echo(json.dumps(told, indent=2))
    elif events:
        console.print_timeline(events)
        if told["more"]:
            console.errors.print(f"{told['more']} later events are left out")
    else:
        console.errors.print(f"Nothing in {db} is about {told['msisdn']}")
