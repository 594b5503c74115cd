"""Captures into the database: the walker's columns, table by table."""

import itertools
import queue
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import BufferedReader

import duckdb

from dissectors.arrow import Batch, Rows
from dissectors.reasons import ANOMALIES, PROBLEMS
from dissectors.second_look import Odd, Opinion, second_look
from dissectors.unpacked import damage, packed_position, unpacked
from dissectors.walker import Batches, Summary, walk

IDS_PER_INPUT = 1 << 40
WAITING_BATCHES = 1
# each table, and the walker's batch that fills it
TABLES = {
    "path": "path",
    "sccp_address": "sccp_address",
    "dialogue_portion": "dialogue_portion",
    "map_common": "map_component",
    "map_rare": "map_component",
    "map_location": "map_component",
    "map_subscription": "map_component",
    "map_camel": "map_component",
    "map_routing": "map_component",
    "cap_component": "cap_component",
    "sms": "sms",
    "sms_rare": "sms",
    "ussd": "ussd",
    "diameter_route": "diameter_route",
    "diameter_common": "diameter_message",
    "diameter_registration": "diameter_message",
    "diameter_subscription": "diameter_message",
    "diameter_location": "diameter_message",
    "diameter_sms": "diameter_message",
    "diameter_ims": "diameter_message",
    "diameter_rare": "diameter_message",
}
OF_COMPONENTS = ("sms", "sms_rare", "ussd", "anomaly")  # rows with a component's or message's id
RARE = (  # tables with a row only where one of their columns is set
    "map_rare", "map_location", "map_subscription", "map_camel", "map_routing", "sms_rare",
    "diameter_registration", "diameter_subscription", "diameter_location", "diameter_sms",
    "diameter_ims", "diameter_rare",
)  # fmt: skip
Columns = dict[str, dict[str, str]]  # table, column, type


@dataclass
class Told:
    """What is known of a capture when its messages are in the database."""

    summary: Summary
    second_look: list[tuple[Odd, Opinion]]


def load(
    connection: duckdb.DuckDBPyConnection,
    packed: BufferedReader,
    input_id: int,
    inserters: int,
    progress: Callable[[int], None],
) -> Told:
    """Read a capture, plain or compressed; what it was as a whole.

    Its messages are committed here, in front of what `tell` says of it. `progress` is told the
    octets of the file read so far. Raises dissectors.capture.NotACaptureError.
    """
    summary = Summary()
    stream = unpacked(packed)
    walked = walk(stream, summary, input_id * IDS_PER_INPUT)
    first = list(itertools.islice(walked, 1))  # tells whether it is a capture at all
    columns = _columns(connection)
    with _inserting(connection, columns, input_id, inserters) as hand_over:
        for batches in itertools.chain(first, walked):
            hand_over(batches)
            progress(packed_position(stream) or batches.position)
    summary.damage = "; ".join(filter(None, (damage(stream), summary.damage))) or None
    return Told(summary, list(second_look(summary.odd_messages)))


def tell(connection: duckdb.DuckDBPyConnection, input_id: int, told: Told) -> None:
    """Store what is not in the messages: what was passed over, damage, second opinions."""
    summary = told.summary
    for (layer, what), passed in sorted((summary.passed_over or {}).items()):
        connection.execute(
            "insert into passed_over values (?, ?, ?, ?, ?)", [input_id, layer, what, *passed]
        )
    for odd, opinion in told.second_look:
        connection.execute(
            "insert into second_look values (?, ?, ?, ?, ?, ?, ?)",
            [input_id, odd.frame, odd.message, odd.layer, odd.kind, *opinion],
        )
    if summary.damage:
        connection.execute(
            "insert into problem values (?, ?, null, null, 'capture', ?)",
            [input_id, summary.frames + 1, summary.damage],
        )


@contextmanager
def _inserting(
    connection: duckdb.DuckDBPyConnection, columns: Columns, input_id: int, inserters: int
) -> Iterator[Callable[[Batches], None]]:
    """Threads that insert what they are handed, each in a transaction of its own.

    DuckDB's intake takes longer than the walk, and two transactions take in twice as much. At the
    end both are committed, or neither if anything failed; what a crash between the two leaves
    behind belongs to no input, and `input_rows.remove_orphans` removes it.
    """
    waiting: queue.Queue[Batches | None] = queue.Queue(WAITING_BATCHES)
    failures: list[BaseException] = []
    cursors = [connection.cursor() for _ in range(inserters)]

    def hand_over(batches: Batches) -> None:
        if failures:
            raise failures[0]
        waiting.put(batches)

    with ThreadPoolExecutor(inserters) as pool, ExitStack() as stack:
        for cursor in cursors:
            stack.callback(cursor.close)  # rolls back what is not committed
            cursor.execute("pragma disable_optimizer")  # there is nothing in an insert to gain
            cursor.execute("begin")
            pool.submit(_insert_all, cursor, waiting, failures, columns, input_id)
        try:
            yield hand_over
        finally:
            for _ in cursors:
                waiting.put(None)
            pool.shutdown()
        if failures:
            raise failures[0]
        with ThreadPoolExecutor(inserters) as committing:
            list(committing.map(lambda cursor: cursor.execute("commit"), cursors))


def _insert_all(
    cursor: duckdb.DuckDBPyConnection,
    waiting: "queue.Queue[Batches | None]",
    failures: list[BaseException],
    columns: Columns,
    input_id: int,
) -> None:
    """Insert batches until there are no more; after a failure only take them away."""
    while (batches := waiting.get()) is not None:
        if not failures:
            try:
                for table, name in TABLES.items():
                    batch = batches.tables[name]
                    rows = batch.where_set(columns[table]) if table in RARE else batch
                    _insert(cursor, table, columns[table], rows)
                _insert_problems(cursor, batches.tables["problem"], input_id)
                _insert_anomalies(cursor, batches.tables["anomaly"])
            except BaseException as error:
                failures.append(error)
        batches.release()


def _columns(connection: duckdb.DuckDBPyConnection) -> Columns:
    """The tables' columns and their types."""
    columns: Columns = {}
    query = "select table_name, column_name, data_type from duckdb_columns() where not internal"
    for table, column, kind in connection.execute(query).fetchall():
        columns.setdefault(table, {})[column] = kind
    return columns


def _insert(
    connection: duckdb.DuckDBPyConnection, table: str, columns: dict[str, str], batch: Rows
) -> None:
    """A batch's columns by name; those in which nothing is set stay NULL.

    DuckDB finds `batch` by its name in this function.
    """
    names = [name for name in batch.names if name in columns]
    if batch.rows == 0 or names in (["id"], ["component_id"]):
        return
    chosen = ", ".join(f'"{name}"' for name in names)
    connection.execute(f"insert into {table} ({chosen}) select {chosen} from batch")


def _insert_problems(connection: duckdb.DuckDBPyConnection, batch: Batch, input_id: int) -> None:
    if batch.rows == 0:
        return
    message = "message" if "message" in batch.names else "null"
    layers, reasons = map(list, zip(*PROBLEMS, strict=True))
    connection.execute(
        f"insert into problem select {input_id}, nullif(frame, 0), {message}, null,"
        " $layers[reason + 1], $reasons[reason + 1] from batch",
        {"layers": layers, "reasons": reasons},
    )


def _insert_anomalies(connection: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    if batch.rows == 0:
        return
    layers, kinds = map(list, zip(*ANOMALIES, strict=True))
    connection.execute(
        "insert into anomaly select component_id, $layers[kind + 1], $kinds[kind + 1], octet"
        " from batch",
        {"layers": layers, "kinds": kinds},
    )
