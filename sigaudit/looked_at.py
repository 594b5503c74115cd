"""Files that were digested before: the same place, size and time of change is the same content.

Without it every scan would digest years of captures again to learn that it knows them.
"""

import time
from collections.abc import Iterable

from duckdb import DuckDBPyConnection

from sigaudit.inputs import Candidate, as_text

TOO_FRESH = 2_000_000_000  # nanoseconds; a file may change again within the clock's grain

Seen = tuple[str, int, int]  # path, octets, nanoseconds since 1970


def seen(candidate: Candidate) -> Seen:
    """What a file is known by before it is opened."""
    return as_text(str(candidate.path.absolute())), candidate.size, candidate.modified


def digests(connection: DuckDBPyConnection) -> dict[Seen, str]:
    """SHA-256 of the files that are in the database as they are."""
    query = "select path, bytes, modified, sha256 from looked_at semi join input using (sha256)"
    rows = connection.execute(query).fetchall()
    return {(path, size, modified): sha256 for path, size, modified, sha256 in rows}


def remember(
    connection: DuckDBPyConnection, before: dict[Seen, str], digested: Iterable[Candidate]
) -> None:
    """Keep the digests that were made now, but those of files that changed just now."""
    settled = time.time_ns() - TOO_FRESH
    rows = {seen(c): c.sha256 for c in digested if c.sha256 and 0 < c.modified < settled}
    new = [(*key, sha256) for key, sha256 in rows.items() if before.get(key) != sha256]
    if not new:
        return
    connection.execute("begin")
    connection.executemany("delete from looked_at where path = ?", [[row[0]] for row in new])
    with connection.appender("looked_at") as appender:
        for row in new:
            appender.append_row(*row)
    connection.execute("commit")
