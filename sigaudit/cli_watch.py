"""The commands of unattended scans: `watch`, `status`, `alerts test`, `prune`."""

import re
from pathlib import Path
from typing import Annotated

import typer

from sigaudit.cli_options import Database, NetworkFile, OwnDetectors, moment
from sigaudit.errors import SigauditError, UsageError, printable

# What a command needs is imported when it runs, as in sigaudit.cli.

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}

Folders = Annotated[list[Path], typer.Argument(metavar="DIR...", help="Folders to watch.")]
Out = Annotated[Path, typer.Option(help="The audit's folder; made if it is not there.")]
Memory = Annotated[
    str | None, typer.Option(help="What the database may hold in memory, such as 2GB.")
]
Threads = Annotated[int | None, typer.Option(min=1, help="Threads of detection.")]
Spill = Annotated[
    Path | None,
    typer.Option("--temp-directory", help="Where the database writes what memory does not hold."),
]
AlertsFile = Annotated[
    Path | None, typer.Option("--alerts", help="File of [[alert]] tables, beside network.toml's.")
]


def seconds(option: str, text: str) -> float:
    """A duration such as 30s, 5m, 2h or 180d; UsageError if it is none."""
    match = re.fullmatch(r"([0-9]{1,6})([smhd])", text)
    if match is None:
        raise UsageError(f"{option} {text}: expected a number and s, m, h or d, such as 5m")
    return int(match[1]) * UNITS[match[2]]


def settings(memory: str | None, threads: int | None, spill: Path | None) -> dict[str, str]:
    """DuckDB's settings for these options; UsageError where one is wrong."""
    if memory is not None and not re.fullmatch(r"[0-9]{1,6} ?([KMG]i?B|[kmg]b)", memory):
        raise UsageError(f"--memory {memory}: expected a size such as 512MB or 2GB")
    given = {
        "memory_limit": memory,
        "threads": threads and str(threads),
        "temp_directory": spill and str(spill.absolute()),
    }
    return {name: value for name, value in given.items() if value}


def watch(
    folders: Folders,
    network_file: NetworkFile,
    out: Out,
    every: Annotated[str, typer.Option(help="How often: 30s, 5m, 1h.")] = "5m",
    once: Annotated[bool, typer.Option("--once", help="One scan, for cron or a timer.")] = False,
    alerts_file: AlertsFile = None,
    settle: Annotated[
        str, typer.Option(help="Leave a capture for the next scan that changed so lately.")
    ] = "10s",
    own: OwnDetectors = None,
    memory: Memory = None,
    threads: Threads = None,
    spill: Spill = None,
) -> None:
    """Scan folders at an interval: read what is new, detect, tell what was found.

    sigaudit watch /var/spool/stp /var/log/swaps --network network.toml --out /var/lib/sigaudit

    Ends within ten seconds of SIGTERM. `sigaudit status` says how it is. Exit status: 0 told to
    stop, 1 the last scan failed or an input could not be read, 2 wrong usage or configuration.
    """
    from sigaudit import scan, watch
    from sigaudit.cli import make_folder

    make_folder(out)
    task = scan.Task(
        inputs=folders,
        network=network_file,
        out=out,
        detectors=own or [],
        alerts=alerts_file,
        settings=settings(memory, threads, spill),
        settle=seconds("--settle", settle),
    )
    watch.check(task)
    watching = watch.Watch(task, seconds("--every", every), once, _say)
    raise typer.Exit(watching.run())


def _say(words: str) -> None:
    typer.echo(f"sigaudit: {printable(words)}", err=True)


def status(
    out: Annotated[Path, typer.Argument(metavar="DIR", help="The audit's folder (--out).")],
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for monitors.")] = False,
) -> None:
    """Say how the watch is: last scan, backlog, rates, what is wrong.

    sigaudit status /var/lib/sigaudit

    Exit status: 0 all is well, 1 something is wrong.
    """
    import json

    from sigaudit import console, status

    found = status.read(out)
    if found is None:
        raise SigauditError(f"{out}: no watch has run here; `sigaudit watch` begins one")
    wrong = status.complaints(out, found)
    if as_json:
        console.output.print(json.dumps({**found, "problems": wrong}, indent=1))
    else:
        for name, value in status.lines(out, found):
            console.output.print(f"{name:<15} {printable(value)}")
        for problem in wrong:
            console.output.print(f"{'Problem':<15} {printable(problem)}", style="red")
    raise typer.Exit(1 if wrong else 0)


def prune(
    db: Database,
    older_than: Annotated[str, typer.Option(help="How long rows are kept: 180d.")],
    as_of: Annotated[
        str | None, typer.Option(help="Now, as ISO 8601; default: the time of the latest evidence.")
    ] = None,
) -> None:
    """Drop old messages and log rows; findings and their evidence stay, the file shrinks.

    sigaudit prune --db audit/audit.duckdb --older-than 180d
    """
    from datetime import timedelta

    from sigaudit import console
    from sigaudit.cli import must_exist
    from sigaudit.prune import prune

    must_exist(db)
    age = timedelta(seconds=seconds("--older-than", older_than))
    console.output.print(prune(db, age, moment("--as-of", as_of)))


alerts = typer.Typer(help="Where findings are told.", no_args_is_help=True, rich_markup_mode=None)


@alerts.command("test")
def test_alerts(network_file: NetworkFile, alerts_file: AlertsFile = None) -> None:
    """Send an example to each [[alert]], and say which of them took it.

    sigaudit alerts test --network network.toml

    Exit status: 0 all took it, 1 one did not, 2 wrong configuration.
    """
    from sigaudit import alert_config, console, network, trail
    from sigaudit.alert_channels import NotToldError, tell
    from sigaudit.alert_text import document
    from sigaudit.alerts import example

    configuration = network.load(network_file)
    own = alert_config.load(alerts_file) if alerts_file else []
    channels = alert_config.checked([*configuration.alert, *own])
    if not channels:
        raise UsageError(f"{network_file}: no [[alert]] table, and none in --alerts")
    told = document(example(), configuration.operator.name, trail.now(), None)
    failed = 0
    for channel in channels:
        try:
            tell(channel, told)
            console.output.print(f"{channel.name}: taken")
        except NotToldError as error:
            failed += 1
            console.output.print(printable(str(error)), style="red")
    raise typer.Exit(1 if failed else 0)
