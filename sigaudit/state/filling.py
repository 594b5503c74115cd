"""Temporary tables filled from Python."""

from collections.abc import Iterable
from typing import Any

from duckdb import DuckDBPyConnection

from sigaudit.numbering import Owner

OWNER = "party varchar, operator varchar, country varchar"


def load_owner(
    connection: DuckDBPyConnection,
    table: str,
    key: str,
    owned: Iterable[tuple[tuple[Any, ...], Owner]],
) -> None:
    """A lookup table of the key's columns and one struct, `owner`, which is never NULL.

    `owner_number` stands for it where there are many rows: known_owner has which is which.
    """
    rows = ((*row, who.party, who.operator or "", who.country) for row, who in owned)
    fill(connection, "loaded_owner", f"{key}, {OWNER}", rows)
    connection.execute(
        f"""
        create or replace temp table {table} as
        select * exclude (party, operator, country),
          {{'party': party, 'operator': operator, 'country': country}} as owner,
          hash(party, operator, country) as owner_number
        from loaded_owner
        """
    )


def distinct(connection: DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    """The rows of a query whose first column has a value."""
    return [row for row in connection.execute(query).fetchall() if row[0] is not None]


def fill(
    connection: DuckDBPyConnection, table: str, columns: str, rows: Iterable[Iterable[object]]
) -> None:
    """Make a temporary table of these rows."""
    connection.execute(f"create or replace temp table {table} ({columns})")
    with connection.appender(table) as appender:
        for row in rows:
            appender.append_row(*row)
