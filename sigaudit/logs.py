"""SIM-swap logs and DFS event logs: what they are, and their rows into the database.

A log is read in pieces (log_csv, log_jsonl, log_parquet); the rows of each go into table swap or
dfs_event, or else into table problem (log_piece). Ids that come again are taken out at the end.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from sigaudit import log_csv, log_jsonl, log_parquet
from sigaudit.errors import SigauditError, UsageError, first_line
from sigaudit.log_checks import EPOCHS, quoted
from sigaudit.log_columns import COLUMNS, check_mapping, kind_of, missing, unknown
from sigaudit.log_lines import WHOLE, Part, beginning_of
from sigaudit.log_piece import TABLES, Piece, take
from sigaudit.network import Log

IDS = {"sim_swap": "swap_id", "dfs_event": "event_id"}
TIMES = {"sim_swap": "coalesce(completed_at, requested_at)", "dfs_event": "occurred_at"}


@dataclass(frozen=True)
class Loaded:
    """What was read: all rows, times of the earliest and latest kept one, columns passed over."""

    items: int
    first_seen: datetime | None
    last_seen: datetime | None
    unknown_columns: list[str]


def recognise(path: Path, mapping: Log | None) -> str | None:
    """Which log a file is, told from its columns: 'sim_swap', 'dfs_event', or None for no log.

    Raises SigauditError for a damaged Parquet file, and for a file that `mapping` makes a log and
    that has not the columns; UsageError for a `mapping` of columns that there are not.
    """
    if mapping:
        check_mapping(mapping)
    names = names_of(path, mapping)
    kind = kind_of(names, mapping)
    if mapping and mapping.kind and not kind:
        raise SigauditError(
            f'{path.name}: [[log]] match = "{mapping.match}" makes it a {mapping.kind} log, but'
            f" it has no column {', '.join(missing(names, mapping.kind, mapping))};"
            " correct columns or match in network.toml"
        )
    return kind


def names_of(path: Path, mapping: Log | None) -> list[str]:
    if log_parquet.is_parquet(path):
        return log_parquet.names_of(path)
    beginning = beginning_of(path, mapping)
    return log_jsonl.names_of(beginning) or log_csv.header(beginning, mapping).names


def load(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    input_id: int,
    kind: str,
    mapping: Log | None,
    part: Part = WHOLE,
) -> Loaded:
    """Read a log, or some of its lines, into its table and problem, in the caller's transaction.

    `kind` is what `recognise` said. Every row of the file becomes a row of one of the tables.
    Raises SigauditError for a file that cannot be read as a whole, UsageError for a `mapping`
    whose timezone or country code there is not.
    """
    check_settings(connection, mapping)
    items, names = 0, []
    for piece in pieces(connection, path, kind, mapping, part):
        try:
            take(connection, piece, input_id, kind, mapping)
        except duckdb.Error as error:
            if log_parquet.is_parquet(path):
                raise log_parquet.unreadable(path, error) from error
            raise
        items, names = items + piece.rows, piece.names
    take_out_repeats(connection, input_id, kind)
    connection.execute("drop table if exists temp.log_line")
    return summary(connection, kind, input_id, items, unknown(names, kind, mapping))


def pieces(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    kind: str,
    mapping: Log | None,
    part: Part = WHOLE,
) -> Iterator[Piece]:
    """The rows of a log, some after the other; one piece is to be taken before the next is made."""
    if log_parquet.is_parquet(path):
        yield from log_parquet.pieces(connection, path, kind, mapping)
        return
    header = log_csv.header(beginning_of(path, mapping), mapping)
    if kind_of(header.names, mapping):
        yield from log_csv.pieces(connection, path, header, kind, mapping, part)
    else:
        yield from log_jsonl.pieces(connection, path, kind, mapping, part)


def check_settings(connection: duckdb.DuckDBPyConnection, mapping: Log | None) -> None:
    """DuckDB has its own list of time zones, and of what a time format may hold.

    UsageError for what it lacks.
    """
    zone = mapping.timezone if mapping else None
    known = connection.execute(
        "select count(*) from pg_timezone_names() where lower(name) = lower(?)", [zone or "UTC"]
    ).fetchall()
    if known == [(0,)]:
        raise UsageError(
            f'network.toml: [[log]] timezone: expected an IANA name such as "Africa/Accra",'
            f' found "{zone}"'
        )
    written = mapping.time_format if mapping else None
    if written is None or written in EPOCHS:
        return
    try:
        connection.execute(f"select try_strptime('', {quoted(written)})").fetchall()
    except duckdb.Error as error:
        raise UsageError(
            f'network.toml: [[log]] time_format = "{written}": expected a format such as'
            f' "%d/%m/%Y %H:%M:%S", or {" or ".join(EPOCHS)} ({first_line(error)})'
        ) from None


def take_out_repeats(connection: duckdb.DuckDBPyConnection, input_id: int, kind: str) -> None:
    """Rows whose id is that of a row which came before become problems.

    Within a file an id is one row. Over several files, it is one row a subscriber, as two
    services may both count from 1. The first one read is kept.
    """
    table, row_id = TABLES[kind], IDS[kind]
    connection.execute(repeated_ids(table, row_id, input_id))
    if connection.execute("select count(*) from log_repeated").fetchall() != [(0,)]:
        connection.execute(find_repeats(kind, input_id))
        connection.execute(f"delete from {table} where id in (select id from log_repeat)")
        connection.execute(f"""
            insert into problem (input_id, line, layer, reason)
            select {input_id}, id & 1099511627775, 'log', reason from log_repeat order by id""")
        connection.execute("drop table log_repeat")
    connection.execute("drop table log_repeated")


def repeated_ids(table: str, row_id: str, input_id: int) -> str:
    """The SQL of log_repeated: ids of the input's rows that may not be the first; few are wrong.

    Ids are compared by a hash of 64 bits, which takes a fifth of the memory.
    """
    return f"""
      create or replace temp table log_repeated as
      with again as (
        select hash({row_id}) as hashed
        from {table} where input_id = {input_id} group by all having count(*) > 1
        union
        select hash({row_id})
        from {table} semi join (select {row_id}, msisdn from {table} where input_id <> {input_id})
          using ({row_id}, msisdn)
        where input_id = {input_id}
      )
      select distinct {row_id}
      from {table}
      where input_id = {input_id} and hash({row_id}) in (select hashed from again)"""


def find_repeats(kind: str, input_id: int) -> str:
    """The SQL of log_repeat: the rows to take out, and why."""
    row_id, table = IDS[kind], TABLES[kind]
    names = [column.name for column in COLUMNS[kind]]
    here = ", ".join(f"here.{name}" for name in names)
    before = ", ".join(f"before.{name}" for name in names)
    other = f"if(({here}) is not distinct from ({before}), '', ', with other content')"
    return f"""
      create or replace temp table log_repeat as
      with here as (
        select * from {table} semi join log_repeated using ({row_id}) where input_id = {input_id}
      ),
      first as (
        select {row_id}, min(id) as id from here group by all having count(*) > 1
      ),
      in_this_file as (
        select
          here.id,
          concat('{row_id} repeats that of line ', first.id & 1099511627775, {other}) as reason
        from here
        join first using ({row_id})
        join here before on before.id = first.id
        where here.id > first.id
      ),
      in_another as (
        select here.id, concat('already read from ', input.name, {other}) as reason
        from here
        join (select * from {table} where input_id <> {input_id}) before using ({row_id}, msisdn)
        join input on input.input_id = before.input_id
      )
      from in_this_file
      union all
      from in_another anti join in_this_file using (id)"""


def summary(
    connection: duckdb.DuckDBPyConnection,
    kind: str,
    input_id: int,
    items: int,
    unknown_columns: list[str],
) -> Loaded:
    [(first_seen, last_seen)] = connection.execute(
        f"select min({TIMES[kind]}), max({TIMES[kind]}) from {TABLES[kind]} where input_id = ?",
        [input_id],
    ).fetchall()
    return Loaded(items, first_seen, last_seen, unknown_columns)
