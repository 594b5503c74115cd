"""The inputs that are not in the database, and why: table not_read."""

from collections.abc import Iterable
from typing import NamedTuple

from duckdb import DuckDBPyConnection


class LeftOut(NamedTuple):
    """A row of table not_read."""

    name: str
    reason: str
    named_by_user: bool


def store(
    connection: DuckDBPyConnection, tried: Iterable[str], left_out: Iterable[LeftOut]
) -> None:
    """Of the inputs tried, keep what is told now in place of what was told before.

    Where both are the same, nothing is written.
    """
    names, told_now = set(tried), dict.fromkeys(left_out)
    stored = {LeftOut(*row) for row in connection.execute("from not_read").fetchall()}
    stale = [row for row in stored if row.name in names and row not in told_now]
    new = [row for row in told_now if row not in stored]
    if not stale and not new:
        return
    connection.execute("begin")
    for row in stale:
        connection.execute(
            "delete from not_read where (name, reason, named_by_user) = (?, ?, ?)", list(row)
        )
    with connection.appender("not_read") as appender:
        for row in new:
            appender.append_row(*row)
    connection.execute("commit")
