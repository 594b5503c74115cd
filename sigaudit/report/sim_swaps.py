"""SIM swaps in figures: how soon a one-time password follows, and who makes how many."""

from importlib.resources import files
from itertools import pairwise
from typing import Any

import duckdb

HOUR, DAY = 60, 24 * 60
BOUNDS = (0, 15, HOUR, 4 * HOUR, DAY, 3 * DAY, 7 * DAY)  # minutes
DELAYS = """
select {0}::integer as over_minutes, {1}::integer as up_to_minutes, count(*) as swaps,
  count(*) filter (where in_finding) as in_findings
from swap_delay where minutes >= {0} and ({1} is null or minutes < {1})
"""
WITHOUT = """
select null as over_minutes, null as up_to_minutes, count(*) as swaps,
  count(*) filter (where in_finding) as in_findings
from swap_delay where minutes is null
"""
AGENTS = "from swap_agent order by swaps desc, agent"
Rows = list[dict[str, Any]]


def sim_swaps(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """{"delays", "agents"}: swaps by the time to the next one-time password, and by agent.

    A delay is {"over_minutes", "up_to_minutes", "swaps", "in_findings"}; both bounds are null for
    swaps without a password behind them in the log. `delays` is None where no swap or no log of a
    financial service was read. An agent is {"agent", "swaps", "most_in_24_hours",
    "password_within_24_hours", "in_findings"}, the busiest first.
    """
    connection.execute((files("sigaudit.report") / "sim_swaps.sql").read_text("utf-8"))
    return {"delays": delays(connection), "agents": rows(connection, AGENTS)}


def delays(connection: duckdb.DuckDBPyConnection) -> Rows | None:
    known = "select exists (from swap_drawn) and exists (from dfs_event)"
    if not connection.execute(known).fetchall()[0][0]:
        return None
    spans = [*pairwise(BOUNDS), (BOUNDS[-1], "null")]
    queries = [DELAYS.format(*span) for span in spans]
    return [row for query in [*queries, WITHOUT] for row in rows(connection, query)]


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> Rows:
    """Every row of a query, by column name."""
    cursor = connection.execute(query)
    columns = [column[0] for column in cursor.description or []]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
