"""SIM-swap logs and DFS event logs: what they are, and their rows into the database.

The way of a row: a line of the file (log_line), its cells as text (log_cell), its values and what
is wrong with them (log_row), then table swap or dfs_event, or else table problem.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from sigaudit import log_csv, log_jsonl, log_parquet
from sigaudit.errors import SigauditError, UsageError
from sigaudit.log_checks import fault, prepared, raw, value
from sigaudit.log_columns import COLUMNS, check_mapping, kind_of, missing, unknown
from sigaudit.log_lines import WHOLE, Part, beginning_of
from sigaudit.network import Log

TABLES = {"sim_swap": "swap", "dfs_event": "dfs_event"}
IDS = {"sim_swap": "swap_id", "dfs_event": "event_id"}
TIMES = {"sim_swap": "coalesce(completed_at, requested_at)", "dfs_event": "occurred_at"}
DEFAULTS = {  # of empty cells
    "sim_swap": {
        "event": "if(raw.event is null, 'swap', read.event)",
        "outcome": "if(raw.outcome is null, 'completed', read.outcome)",
    },
    "dfs_event": {},
}
ROW_FAULTS = {
    "sim_swap": """case
        when raw.completed_at is null
          and (read.outcome is distinct from 'rejected' or raw.requested_at is null)
        then 'completed_at: is empty, which needs outcome rejected and a requested_at'
      end""",
    "dfs_event": "null",
}


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
    beginning = beginning_of(path)
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
    check_timezone(connection, mapping)
    names = read_cells(connection, path, kind, mapping, part)
    connection.execute(check_cells(kind, mapping))
    connection.execute(find_repeats(kind, input_id))
    keep_rows(connection, kind, input_id)
    loaded = summary(connection, kind, input_id, unknown(names, kind, mapping))
    for table in ("log_line", "log_joined", "log_cell", "log_row", "log_repeat"):
        connection.execute(f"drop table if exists temp.{table}")
    return loaded


def check_timezone(connection: duckdb.DuckDBPyConnection, mapping: Log | None) -> None:
    """DuckDB has its own list of time zones, and fails at one that it lacks."""
    zone = mapping.timezone if mapping else None
    known = connection.execute(
        "select count(*) from pg_timezone_names() where lower(name) = lower(?)", [zone or "UTC"]
    ).fetchall()
    if known == [(0,)]:
        raise UsageError(
            f'network.toml: [[log]] timezone: expected an IANA name such as "Africa/Accra",'
            f' found "{zone}"'
        )


def read_cells(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    kind: str,
    mapping: Log | None,
    part: Part = WHOLE,
) -> list[str]:
    """Fill log_cell(line, cells, fault); the file's column names.

    `cells` has the text of each of COLUMNS[kind]; it is NULL where `fault` says why.
    """
    connection.execute(
        "create or replace temp table log_cell (line bigint, cells varchar[], fault varchar)"
    )
    if log_parquet.is_parquet(path):
        return log_parquet.read_parquet(connection, path, kind, mapping)
    header = log_csv.header(beginning_of(path), mapping)
    if kind_of(header.names, mapping):
        return log_csv.read_csv(connection, path, header, kind, mapping, part)
    return log_jsonl.read_jsonl(connection, path, kind, mapping, part)


def check_cells(kind: str, mapping: Log | None) -> str:
    """The SQL of log_row: the values of each line, and all that is wrong with it."""
    columns = COLUMNS[kind]
    raws = ", ".join(
        f"{column.name} := {raw(f'cells[{place}]', column, mapping)}"
        for place, column in enumerate(columns, start=1)
    )
    ready = ", ".join(f"{column.name} := {prepared(column)}" for column in columns)
    reads = ", ".join(f"{column.name} := {value(column, mapping)}" for column in columns)
    faults = ", ".join(fault(column, mapping) for column in columns)
    values = ", ".join(
        f"{DEFAULTS[kind].get(column.name, f'read.{column.name}')} as {column.name}"
        for column in columns
    )
    return f"""
      create or replace temp table log_row as
      select
        line,
        coalesce(fault, nullif(concat_ws('; ', {faults}, {ROW_FAULTS[kind]}), '')) as fault,
        {values}
      from (
        select line, fault, raw, struct_pack({reads}) as read
        from (
          select line, fault, raw, struct_pack({ready}) as prepared
          from (select line, fault, struct_pack({raws}) as raw from log_cell)
        )
      )"""


def find_repeats(kind: str, input_id: int) -> str:
    """The SQL of log_repeat: the lines whose id is that of a row which came before, and which.

    Within a file an id is one row. Over several files, it is one row a subscriber, as two
    services may both count from 1. The first one read is kept.
    """
    row_id, table = IDS[kind], TABLES[kind]
    names = [column.name for column in COLUMNS[kind]]
    here = ", ".join(f"log_row.{name}" for name in names)
    before = ", ".join(f"before.{name}" for name in names)
    other = f"if(({here}) is not distinct from ({before}), '', ', with other content')"
    return f"""
      create or replace temp table log_repeat as
      with first as (
        select {row_id}, min(line) as line
        from log_row where fault is null group by all having count(*) > 1
      ),
      in_this_file as (
        select  -- of a log that has grown, what stands before
          log_row.line,
          concat('{row_id} repeats that of line ', before.id & 1099511627775, {other}) as reason
        from log_row join {table} before using ({row_id})
        where log_row.fault is null and before.input_id = {input_id}
        union all
        select log_row.line, concat('{row_id} repeats that of line ', first.line, {other}) as reason
        from log_row
        join first using ({row_id})
        join log_row before on before.line = first.line
        where log_row.fault is null and log_row.line > first.line
          and {row_id} not in (select {row_id} from {table} where input_id = {input_id})
      ),
      in_another as (
        select log_row.line, concat('already read from ', input.name, {other}) as reason
        from log_row
        join {table} before using ({row_id}, msisdn)
        join input on input.input_id = before.input_id
        where log_row.fault is null
      )
      from in_this_file
      union all
      from in_another anti join in_this_file using (line)"""


def keep_rows(connection: duckdb.DuckDBPyConnection, kind: str, input_id: int) -> None:
    names = ", ".join(column.name for column in COLUMNS[kind])
    connection.execute(f"""
        insert into {TABLES[kind]} (id, input_id, {names})
        select {input_id} * 1099511627776 + line, {input_id}, {names}
        from log_row anti join log_repeat using (line)
        where fault is null
        order by line""")
    connection.execute(f"""
        insert into problem (input_id, line, layer, reason)
        select {input_id}, line, 'log', reason
        from (
          select line, fault as reason from log_row where fault is not null
          union all
          from log_repeat
        )
        order by line""")


def summary(
    connection: duckdb.DuckDBPyConnection,
    kind: str,
    input_id: int,
    unknown_columns: list[str],
) -> Loaded:
    [(items,)] = connection.execute("select count(*) from log_row").fetchall()
    [(first_seen, last_seen)] = connection.execute(
        f"select min({TIMES[kind]}), max({TIMES[kind]}) from {TABLES[kind]} where input_id = ?",
        [input_id],
    ).fetchall()
    return Loaded(items, first_seen, last_seen, unknown_columns)
