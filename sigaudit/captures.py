"""Captures into the database: the walker's columns, table by table."""

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BufferedIOBase
from pathlib import Path

import duckdb

from dissectors.arrow import Batch
from dissectors.reasons import PROBLEMS
from dissectors.walker import Batches, Summary, walk

IDS_PER_INPUT = 1 << 40
WAITING_BATCHES = 1
# each table, and the walker's batch that fills it
TABLES = {
    "map_common": "map_component",
    "map_rare": "map_component",
    "sms": "sms",
    "diameter_message": "diameter_message",
}


def load(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    input_id: int,
    progress: Callable[[int], None],
) -> Summary:
    """Read a capture within the caller's transaction; what it was as a whole.

    `progress` is told the octets read so far. Raises dissectors.capture.NotACaptureError.
    """
    summary = Summary()
    columns = {table: _columns(connection, table) for table in TABLES}
    with path.open("rb") as stream:
        for batches in _ahead(stream, summary, input_id * IDS_PER_INPUT):
            for table, batch in TABLES.items():
                _insert(connection, table, columns[table], getattr(batches, batch), input_id)
            _insert_problems(connection, batches.problem, input_id)
            batches.release()
            progress(batches.position)
    for (layer, what), frames in sorted((summary.passed_over or {}).items()):
        connection.execute(
            "insert into passed_over values (?, ?, ?, ?)", [input_id, layer, what, frames]
        )
    if summary.damage:
        connection.execute(
            "insert into problem values (?, ?, null, null, 'capture', ?)",
            [input_id, summary.frames + 1, summary.damage],
        )
    return summary


def _ahead(stream: BufferedIOBase, summary: Summary, first_id: int) -> Iterator[Batches]:
    """The walker's batches, walked in a thread of its own while DuckDB takes in the ones before."""
    waiting: queue.Queue[Batches | BaseException | None] = queue.Queue(WAITING_BATCHES)
    stopped = threading.Event()

    def produce() -> None:
        try:
            for batches in walk(stream, summary, first_id):
                _put(waiting, batches, stopped)
                if stopped.is_set():
                    return
            _put(waiting, None, stopped)
        except BaseException as error:
            _put(waiting, error, stopped)

    thread = threading.Thread(target=produce, daemon=True)
    thread.start()
    try:
        while (got := waiting.get()) is not None:
            if isinstance(got, BaseException):
                raise got
            yield got
    finally:
        stopped.set()
        thread.join()


def _put(
    waiting: "queue.Queue[Batches | BaseException | None]",
    item: Batches | BaseException | None,
    stopped: threading.Event,
) -> None:
    while not stopped.is_set():
        with suppress(queue.Full):
            waiting.put(item, timeout=0.2)
            return


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    """A table's columns and their types."""
    rows = connection.execute(
        "select column_name, data_type from duckdb_columns() where table_name = ?", [table]
    ).fetchall()
    return dict(rows)


def _insert(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: dict[str, str],
    batch: Batch,
    input_id: int,
) -> None:
    """A batch's columns by name; those in which nothing is set stay NULL."""
    names = [name for name in batch.names if name in columns]
    if batch.rows == 0 or names == ["id"]:
        return
    values = [f'"{name}"::{columns[name]} as "{name}"' for name in names]
    if "input_id" in columns:
        values.append(f"{input_id} as input_id")
    filled = "true"
    if table == "map_rare":
        filled = " or ".join(f'"{name}" is not null' for name in names if name != "id")
    connection.register("batch", batch)
    connection.execute(
        f"insert into {table} by name select {', '.join(values)} from batch where {filled}"
    )
    connection.unregister("batch")


def _insert_problems(connection: duckdb.DuckDBPyConnection, batch: Batch, input_id: int) -> None:
    if batch.rows == 0:
        return
    connection.execute(
        "create or replace temp table reason(number bigint, layer varchar, reason varchar)"
    )
    connection.executemany(
        "insert into reason values (?, ?, ?)",
        [[number, layer, reason] for number, (layer, reason) in enumerate(PROBLEMS)],
    )
    message = "message" if "message" in batch.names else "null"
    frame = "nullif(frame, 0)"
    connection.register("batch", batch)
    connection.execute(
        f"insert into problem select {input_id}, {frame}, {message}, null, r.layer, r.reason"
        " from batch join reason r on r.number = batch.reason"
    )
    connection.unregister("batch")
