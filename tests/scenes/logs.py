"""SIM-swap logs and event logs of a financial service."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

Row = Mapping[str, str | float | datetime]


def clock(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def plain(row: Row) -> dict[str, str | float]:
    return {key: clock(v) if isinstance(v, datetime) else v for key, v in row.items()}


def as_csv(rows: Iterable[Row]) -> bytes:
    """One header line with every column that occurs."""
    written = [plain(row) for row in rows]
    columns = list(dict.fromkeys(column for row in written for column in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(written)
    return text.getvalue().encode()


def as_json_lines(rows: Iterable[Row]) -> bytes:
    return "".join(json.dumps(plain(row)) + "\n" for row in rows).encode()
