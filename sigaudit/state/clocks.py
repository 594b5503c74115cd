"""Logs whose clocks are off: their times put right for detectors, and told.

A log is held against the captures; where they do not tell, a swap log against the services' log.

What knows of logs is imported where one is off.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from duckdb import DuckDBPyConnection


@contextmanager
def by_the_captures(connection: DuckDBPyConnection) -> Iterator[None]:
    """Logs with the captures' times, as detectors of the last detection took them."""
    put_right(connection, "log_clock")
    try:
        yield
    finally:
        leave_as_logged(connection)


def put_right(connection: DuckDBPyConnection, skew: str = "clock_skew") -> None:
    """Views `swap` and `dfs_event` before the tables of these names, with the captures' times.

    Only where a clock is off, by table `skew`: what else reads the tables is not slowed down.
    """
    from sigaudit.log_checks import identifier
    from sigaudit.log_columns import COLUMNS
    from sigaudit.log_piece import TABLES

    for (source,) in connection.execute(f"select distinct source from {skew}").fetchall():
        [(database,)] = connection.execute("select current_database()").fetchall()
        times = ", ".join(
            f"{column.name} + to_seconds(coalesce({skew}.seconds, 0)) as {column.name}"
            for column in COLUMNS[source]
            if column.form == "time"
        )
        table = TABLES[source]
        connection.execute(f"""
            create or replace temp view {table} as
            select {table}.* replace ({times})
            from {identifier(database)}.main.{table}
            left join {skew}
              on {skew}.input_id = {table}.input_id and {skew}.source = '{source}'""")


def keep(connection: DuckDBPyConnection) -> None:
    """What was told of clocks in this detection stays in the database, as table log_clock."""
    connection.execute("delete from log_clock")
    connection.execute("insert into log_clock by name from clock_skew")


def leave_as_logged(connection: DuckDBPyConnection) -> None:
    """Take the views away: the tables are as they were read."""
    for table in ("swap", "dfs_event"):
        connection.execute(f"drop view if exists temp.{table}")


def warnings(connection: DuckDBPyConnection) -> list[str]:
    """What to say of clocks that are off, and of logs whose clocks nothing tells."""
    rows = connection.execute("""
        select name, seconds, pairs, source, against
        from clock_skew join input using (input_id) order by name""").fetchall()
    names = connection.execute("select name from clock_untold order by name").fetchall()
    return [*(warning(*row) for row in rows), *(untold(*row) for row in names)]


def warning(name: str, seconds: int, pairs: int, source: str, against: str = "captures") -> str:
    """What to say of one."""
    off = f"{length(abs(seconds))} {'slow' if seconds > 0 else 'fast'}"
    later = "later" if seconds > 0 else "earlier"
    if against == "captures":
        what = "new SIMs' first signs" if source == "sim_swap" else "passwords"
        told = f"about {off} against the captures', by {pairs} {what} in both"
    else:
        sims = "old SIMs used after" if seconds > 0 else "new SIMs used before"
        told = f"{off} or more against that of {against}, by {pairs} {sims} their swap"
    return (
        f"{name}: its clock is {told}; detectors take its times that much {later}. "
        "Is timezone of its [[log]] table right?"
    )


def untold(name: str) -> str:
    """What to say of a swap log that nothing can be held against."""
    return (
        f"{name}: not assessed whether its clock agrees with that of the services' log: no capture "
        "shows five of its new SIMs, and no imsi in the services' log five of its swaps; times are "
        "taken as logged"
    )


def length(seconds: int) -> str:
    """A length of time in words."""
    hours, minutes = divmod(round(seconds / 60), 60)
    parts = [(hours, "hour"), (minutes, "minute")]
    words = [f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count]
    return " ".join(words)
