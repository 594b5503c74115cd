"""Features of sources and subscribers, computed in SQL: a row each entity and stretch of time."""

from importlib.resources import files

from duckdb import DuckDBPyConnection

ABOUT = ("source", "subscriber")
# What a row is of and shows; every other column is a feature, none below zero.
OTHERS = {
    "about", "kind", "entity", "first_seen", "last_seen", "from_outside", "caller", "answered",
    "evidence",
}  # fmt: skip


def table(connection: DuckDBPyConnection, about: str) -> int:
    """Make the temporary table `feature`; how many rows it has."""
    query = (files("detectors") / "anomaly" / "features" / f"by_{about}.sql").read_text("utf-8")
    connection.execute(f"create or replace temp table feature as\n{query}")
    return int(connection.execute("select count(*) from feature").fetchall()[0][0])


def names(connection: DuckDBPyConnection) -> list[str]:
    """The features of table `feature`, in the order of the query."""
    found = connection.execute("describe feature").fetchall()
    return [name for name, *_ in found if name not in OTHERS]
