"""What comes into the database from a capture, as `tests.compare` wants it."""

from pathlib import Path

import duckdb

from sigaudit.ingest import ingest
from sigaudit.store import connected
from tests.compare import TSHARK_COLUMNS, Ingested, Row

SHORT_MESSAGES = """
    select frame, message, component, short_message.* from short_message join (
      select id, frame, message, component from map_common
      union all select id, frame, message, null from diameter_message
    ) carrier on carrier.id = component_id order by id"""


def ingested(path: Path) -> Ingested:
    """Ingest one capture into a database in memory and read it back."""
    with connected(Path(":memory:")) as connection:
        outcome = ingest(connection, [path])
        assert not outcome.failed, outcome.failed
        return Ingested(
            {table: rows(connection, table) for table in TSHARK_COLUMNS},
            problems(connection),
            passed_over(connection),
        )


def rows(connection: duckdb.DuckDBPyConnection, table: str) -> list[Row]:
    """All rows of a table, without what is NULL."""
    found = connection.execute(SHORT_MESSAGES if table == "sms" else f"from {table} order by id")
    names = [column[0] for column in found.description or []]
    return [
        {name: value for name, value in zip(names, row, strict=True) if value is not None}
        for row in found.fetchall()
    ]


def problems(connection: duckdb.DuckDBPyConnection) -> dict[int, set[str]]:
    """Layers and reasons, by frame."""
    found: dict[int, set[str]] = {}
    for frame, words in connection.execute(
        "select frame, layer || ': ' || reason from problem where frame is not null"
    ).fetchall():
        found.setdefault(frame, set()).add(words)
    return found


def passed_over(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """What was passed over, by layer."""
    found: dict[str, str] = {}
    for layer, words in connection.execute(
        "select layer, layer || ': ' || what from passed_over order by all"
    ).fetchall():
        found.setdefault(layer, words)
    return found
