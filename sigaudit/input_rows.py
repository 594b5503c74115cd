"""Table `input`, a row for each capture and log, and what belongs to one of them."""

import hashlib
import itertools
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from sigaudit import captures
from sigaudit.inputs import Candidate, as_text

LOG_TABLES = ("swap", "dfs_event", "problem")
LAST_ID = 1 << 22  # no database has so many inputs
CAPTURE_TABLES = ("problem", "passed_over", "second_look")


@dataclass
class Reading:
    """How an input was read: the columns of table `input` that its reader knows."""

    kind: str
    items: int
    first_seen: datetime | None
    last_seen: datetime | None
    damage: str | None = None
    reading: str | None = None


def next_id(connection: duckdb.DuckDBPyConnection) -> int:
    """The number of the next input."""
    [(highest,)] = connection.execute("select coalesce(max(input_id), 0) from input").fetchall()
    return int(highest) + 1


def add(
    connection: duckdb.DuckDBPyConnection,
    input_id: int,
    candidate: Candidate,
    reading: Reading,
) -> None:
    """The row of an input that was read."""
    connection.execute(
        "insert into input values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            input_id,
            _free_name(connection, candidate),
            _place(candidate),
            candidate.sha256,
            reading.kind,
            reading.reading,
            candidate.size,
            reading.items,
            reading.damage,
            reading.first_seen,
            reading.last_seen,
        ],
    )


def _place(candidate: Candidate) -> str:
    return "-" if candidate.is_standard_input else as_text(str(candidate.path.absolute()))


def _free_name(connection: duckdb.DuckDBPyConnection, candidate: Candidate) -> str:
    """The candidate's name, with 4 digits of its content where another input has it.

    More digits where that is taken too.
    """
    query = "select name from input where starts_with(name, ?)"
    taken = {name for (name,) in connection.execute(query, [candidate.name]).fetchall()}
    ends = (f"~{candidate.sha256[:digits]}" for digits in range(4, 65))
    names = (candidate.name + end for end in ("", *ends))
    return next(name for name in names if name not in taken)


def forget_log(connection: duckdb.DuckDBPyConnection, candidate: Candidate) -> None:
    """Remove the rows of a log that is read again with another [[log]] table."""
    rows = connection.execute(
        "select input_id from input where sha256 = ?", [candidate.sha256]
    ).fetchall()
    for (input_id,) in rows:
        forget_log_rows(connection, input_id)


def forget_log_rows(connection: duckdb.DuckDBPyConnection, input_id: int) -> None:
    """Remove a log."""
    for table in (*LOG_TABLES, "input"):
        connection.execute(f"delete from {table} where input_id = ?", [input_id])


def grown(
    connection: duckdb.DuckDBPyConnection, input_id: int, candidate: Candidate, reading: Reading
) -> None:
    """A log's row in table input after lines were added to it."""
    connection.execute(
        "update input set sha256 = ?, bytes = ?, path = ?, items = items + ?,"
        " first_seen = ?, last_seen = ? where input_id = ?",
        [candidate.sha256, candidate.size, _place(candidate), reading.items,
         reading.first_seen, reading.last_seen, input_id],
    )  # fmt: skip


def forget_shorter(connection: duckdb.DuckDBPyConnection, candidate: Candidate) -> None:
    """Remove a capture that has grown into this one since it was read: it would count twice.

    That is one with which this one begins, and which is not where it was any more: more was
    written to it, and it may have got another name then. A copy that is still there stays. What
    came through standard input cannot be looked at again, and takes nobody's place.
    """
    if candidate.is_standard_input:
        return
    rows = connection.execute(
        "select input_id, path, bytes, sha256 from input where kind = 'capture' and bytes < ?",
        [candidate.size],
    ).fetchall()
    gone = [(input_id, size, digest) for input_id, path, size, digest in rows
            if not has_size(Path(path), size)]  # fmt: skip
    digests = beginnings(candidate.path, {size for _, size, _ in gone})
    for input_id, size, digest in gone:
        if digests[size] == digest:
            forget_messages(connection, input_id, input_id + 1)
            connection.execute("delete from input where input_id = ?", [input_id])


def has_size(path: Path, size: int) -> bool:
    """Whether there is a file of so many octets."""
    try:
        return path.stat().st_size == size
    except OSError:
        return False


def beginnings(path: Path, sizes: set[int]) -> dict[int, str]:
    """SHA-256 of the file's first octets, for each of these numbers of them."""
    digest = hashlib.sha256()
    position, found = 0, {}
    with path.open("rb") as stream:
        for size in sorted(sizes):
            while position < size and (octets := stream.read(min(size - position, 1 << 20))):
                digest.update(octets)
                position += len(octets)
            found[size] = digest.hexdigest()
    return found


def remove_orphans(connection: duckdb.DuckDBPyConnection) -> None:
    """Remove messages of inputs that were not finished: the process was killed, or they failed."""
    known = [
        input_id
        for (input_id,) in connection.execute("select input_id from input order by all").fetchall()
    ]
    for before, after in itertools.pairwise([0, *known, LAST_ID]):
        if after - before > 1:
            forget_messages(connection, before + 1, after)


def forget_messages(connection: duckdb.DuckDBPyConnection, first: int, behind: int) -> None:
    """What captures gave whose number is from `first` on and below `behind`."""
    ids = [first * captures.IDS_PER_INPUT, behind * captures.IDS_PER_INPUT]
    for table in (*captures.TABLES, "anomaly"):
        key = "component_id" if table in captures.OF_COMPONENTS else "id"
        connection.execute(f"delete from {table} where {key} >= ? and {key} < ?", ids)
    for table in CAPTURE_TABLES:
        connection.execute(
            f"delete from {table} where input_id >= ? and input_id < ?", [first, behind]
        )
