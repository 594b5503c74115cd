"""What comes into the database from a capture, as `tests.compare` wants it."""

from datetime import datetime
from pathlib import Path

import duckdb

from sigaudit.ingest import ingest
from sigaudit.store import connected
from tests.compare import TSHARK_COLUMNS, Ingested, Row

ADDRESS = ("gt", "plan", "nature", "translation_type", "ssn", "point_code", "indicator")
SIDES = ", ".join(
    f"{side}.{name} {side}_{name}" for side in ("calling", "called") for name in ADDRESS
)
CARRIED = """
    select frame, message, component, {0}.* from {0} join (
      select id, frame, message, component from map_common
      union all select id, frame, message, null from diameter_message
    ) carrier on carrier.id = component_id order by id"""
QUERIES = {
    "sms": CARRIED.format("short_message"),
    "ussd": CARRIED.format("ussd"),
    "cap_component": f"""
        select component.*, path.* exclude (id), dialogue.* exclude (id), {SIDES}
        from cap_component component
        left join path on path.id = path_id
        left join sccp_address calling on calling.id = calling_id
        left join sccp_address called on called.id = called_id
        left join dialogue_portion dialogue on dialogue.id = dialogue_id
        order by component.id""",
}


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
    found = connection.execute(QUERIES.get(table, f"from {table} order by id"))
    names = [column[0] for column in found.description or []]
    return [
        {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in zip(names, row, strict=True)
            if value is not None
        }
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
