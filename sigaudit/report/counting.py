"""What was read, counted, as tables."""

from typing import Any


def count_tables(
    counts: dict[str, Any],
) -> list[tuple[str, list[str], list[list[Any]]]]:
    """What was read, counted: for each table its title, column names and rows."""
    shapes = {
        "map": ("MAP components", ["component", "operation"]),
        "cap": ("CAP components", ["component", "operation"]),
        "diameter": ("Diameter messages", ["command", "application"]),
        "sms": ("Short messages", ["direction"]),
        "swaps": ("SIM events", ["event", "outcome"]),
        "dfs_events": ("DFS events", ["event", "outcome"]),
    }
    return [
        (
            title,
            columns,
            [[*map(row.get, columns), row["count"]] for row in counts[table]],
        )
        for table, (title, columns) in shapes.items()
    ]
