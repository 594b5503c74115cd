"""Old rows go, findings and their evidence stay, and the file shrinks."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from sigaudit import captures, store, trail
from sigaudit.errors import SigauditError

# the tables of messages, by the view or table that knows when they were
TIMES = {"map_common": "id", "cap_component": "id", "diameter_common": "id"}
LOGS = {"swap": ("swap_id", "coalesce(completed_at, requested_at)"),
        "dfs_event": ("event_id", "occurred_at")}  # fmt: skip
SHARED = {  # what messages point to
    "path": "path_id",
    "sccp_address": "called_id",
    "dialogue_portion": "dialogue_id",
    "diameter_route": "route_id",
}
BY_INPUT = ("problem", "passed_over", "second_look")


def prune(database: Path, older_than: timedelta, as_of: datetime | None) -> str:
    """Drop what is older than so long before the latest evidence, or before `as_of`; in words.

    Rows of table input stay, so that a file which still lies about is not read again. Findings
    that ended before are kept as they were found, for their surroundings are gone. Written
    beside, then renamed: whatever happens, the database is whole.
    """
    before = database.stat().st_size if database.exists() else 0
    with store.connected(database, doing="prune") as connection:
        horizon = (as_of or _latest(connection)) - older_than
        connection.execute("begin")
        rows = _drop(connection, horizon)
        connection.execute("commit")
        after = _shrunk(connection, database)
    told = f"{rows:,} rows from before {horizon.isoformat(timespec='seconds')}Z dropped"
    trail.note(database, "prune", before=str(horizon), rows=rows, octets=[before, after])
    return f"{told}; {before:,} octets became {after:,}"


def _latest(connection: duckdb.DuckDBPyConnection) -> datetime:
    rows = connection.execute("select max(last_seen) from input").fetchall()
    if rows == [(None,)]:
        raise SigauditError("nothing was read yet: there is nothing to prune")
    latest: datetime = rows[0][0]
    return latest


def _drop(connection: duckdb.DuckDBPyConnection, horizon: datetime) -> int:
    """Delete old rows that are no evidence; how many messages and log rows."""
    connection.execute(
        """
        create or replace temp table evidence as
        select distinct piece.* from (select unnest(evidence) as piece from finding)
        """
    )
    _keep_findings(connection, horizon)
    connection.execute("create or replace temp table gone (id bigint)")
    for table, key in TIMES.items():
        connection.execute(
            f"""
            insert into gone
            select {key} from {table}
            where seen_at < $horizon and not exists (
              from evidence
              where input_id = id >> 40 and frame = {table}.frame and message = {table}.message
            )
            """,
            {"horizon": horizon},
        )
    [(rows,)] = connection.execute("select count(*) from gone").fetchall()
    for table in captures.TABLES:
        if table not in SHARED:
            _delete_gone(connection, table)
    _delete_gone(connection, "anomaly")
    for table in SHARED:
        connection.execute(f"delete from {table} where id not in (from ({_pointed_to(table)}))")
    for table, (key, moment) in LOGS.items():
        [(old,)] = connection.execute(
            f"delete from {table} where {moment} < ? and ({key}, input_id) not in"
            " (select (row_id, input_id) from evidence where row_id is not null)",
            [horizon],
        ).fetchall()
        rows += old
    for table in BY_INPUT:
        connection.execute(
            f"delete from {table} where input_id in"
            " (select input_id from input where last_seen < ?)",
            [horizon],
        )
    return int(rows)


def _keep_findings(connection: duckdb.DuckDBPyConnection, horizon: datetime) -> None:
    connection.execute("delete from kept_finding")
    connection.execute(
        "insert into kept_finding by name from finding where last_seen < ?", [horizon]
    )
    connection.execute("delete from horizon")
    connection.execute("insert into horizon values (?)", [horizon])


def _delete_gone(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    key = "component_id" if table in captures.OF_COMPONENTS else "id"
    connection.execute(f"delete from {table} where {key} in (from gone)")


def _pointed_to(table: str) -> str:
    """The SQL of the ids that messages still point to."""
    if table == "diameter_route":
        return "select route_id from diameter_common where route_id is not null"
    if table == "path":
        tables = ("map_common", "cap_component", "diameter_common")
        return " union ".join(f"select path_id from {one}" for one in tables)
    columns = ("called_id", "calling_id") if table == "sccp_address" else ("dialogue_id",)
    return " union ".join(
        f"select {column} from {one} where {column} is not null"
        for one in ("map_common", "cap_component")
        for column in columns
    )


def _shrunk(connection: duckdb.DuckDBPyConnection, database: Path) -> int:
    """Copy what is left into a new file and put it in place of the old; its size.

    The old file stays open until the connection ends, and is nobody's then.
    """
    beside = database.with_name(f"{database.name}.pruned")
    beside.unlink(missing_ok=True)
    [(name,)] = connection.execute("select current_database()").fetchall()
    try:
        connection.execute(f"attach '{str(beside).replace(chr(39), chr(39) * 2)}' as pruned")
        connection.execute(f'copy from database "{name}" to pruned')
        connection.execute("checkpoint pruned")
        connection.execute("detach pruned")
        connection.execute("checkpoint")  # so that no write-ahead log is left that is the old one's
        beside.chmod(0o600)
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        beside.replace(database)
    finally:
        beside.unlink(missing_ok=True)
    return database.stat().st_size
