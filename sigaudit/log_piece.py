"""A piece of a log on its way into its table: plain rows in one step, others with all checks."""

from dataclasses import dataclass, field

import duckdb

from sigaudit import log_plain
from sigaudit.log_checks import fault, prepared, quoted, raw, value
from sigaudit.log_columns import COLUMNS, LogColumn
from sigaudit.network import Log

TABLES = {"sim_swap": "swap", "dfs_event": "dfs_event"}
DEFAULTS = {  # of empty cells
    "sim_swap": {"event": "swap", "outcome": "completed"},
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
WHOLE = {
    "sim_swap": "completed_at is not null or (outcome = 'rejected' and requested_at is not null)",
    "dfs_event": "true",
}
ZONED, LOCAL = "TIMESTAMP WITH TIME ZONE", "TIMESTAMP"
RANGE = "between timestamp '1990-01-01' and timestamp '2099-12-31 23:59:59.999999'"


@dataclass(frozen=True)
class Piece:
    """Some rows of a log: `source` is SQL that has their `line`, `fault` and what `cells` names.

    `cells` are the SQL of the log's columns that the file has, as text, but for those of `typed`,
    which are times of the type that is named there. `names` are the file's columns so far.
    """

    source: str
    cells: dict[str, str]
    rows: int
    names: list[str]
    typed: dict[str, str] = field(default_factory=dict)


def take(
    connection: duckdb.DuckDBPyConnection,
    piece: Piece,
    input_id: int,
    kind: str,
    mapping: Log | None,
) -> None:
    """Each row of the piece into the log's table, or into table `problem`."""
    columns = COLUMNS[kind]
    names = ", ".join(column.name for column in columns)
    into = f"insert into {TABLES[kind]} (id, input_id, {names})"
    identified = f"{input_id} * 1099511627776 + line, {input_id}"
    plain = read_plainly(piece, kind, mapping)
    [(taken,)] = connection.execute(
        f"{into} select {identified}, {names} from ({plain}) where plain"
    ).fetchall()
    if taken == piece.rows:
        return
    connection.execute(f"""
        create or replace temp table log_cell as
        select line, if(fault is null, {as_texts(piece, columns)}, null) as cells, fault
        from ({plain}) where not plain""")
    connection.execute(check_cells(kind, mapping))
    connection.execute(
        f"{into} select {identified}, {names} from log_row where fault is null order by line"
    )
    connection.execute(f"""
        insert into problem (input_id, line, layer, reason)
        select {input_id}, line, 'log', fault from log_row where fault is not null order by line""")
    connection.execute("drop table log_cell; drop table log_row")


def read_plainly(piece: Piece, kind: str, mapping: Log | None) -> str:
    """The SQL of line, fault, cells as cell_NAME, values as NAME, and whether the row is plain."""
    columns = COLUMNS[kind]
    cells = ", ".join(
        f"{piece.cells.get(c.name, 'null::varchar')} as cell_{c.name}" for c in columns
    )
    values = ", ".join(f"{plain_value(piece, c, mapping)} as {c.name}" for c in columns)
    understood = " and ".join(
        understands(piece, c, mapping) for c in columns if c.name in piece.cells
    )
    needed = "".join(f" and {c.name} is not null" for c in columns if c.needed)
    given = ", ".join(
        f"coalesce({name}, {quoted(default)}) as {name}" for name, default in DEFAULTS[kind].items()
    )
    return f"""
      select * {f"replace ({given})" if given else ""},
        fault is null and coalesce({understood}{needed} and ({WHOLE[kind]}), false) as plain
      from (select *, {values} from (select line, fault, {cells} from {piece.source}))"""


def plain_value(piece: Piece, column: LogColumn, mapping: Log | None) -> str:
    cell = f"cell_{column.name}"
    if column.name not in piece.cells:
        return "null"
    if column.name not in piece.typed:
        return log_plain.plain(cell, column, mapping)
    time = f"make_timestamp(epoch_us({cell}))" if piece.typed[column.name] == ZONED else cell
    if piece.typed[column.name] == LOCAL:
        time = log_plain.in_utc(time, mapping)
    return f"case when {time} {RANGE} then {time} end"


def understands(piece: Piece, column: LogColumn, mapping: Log | None) -> str:
    """The SQL of whether a cell is empty or has a value."""
    cell = f"cell_{column.name}"
    empty = f"{cell} is null"
    if column.name not in piece.typed and not log_plain.translates_nothing(column, mapping):
        empty = f"({empty} or {cell} = '')"
    return f"({column.name} is not null or {empty})"


def as_texts(piece: Piece, columns: tuple[LogColumn, ...]) -> str:
    """The SQL of a list of a row's cells as text."""
    texts = (as_text(f"cell_{c.name}", piece.typed.get(c.name)) for c in columns)
    return f"[{', '.join(texts)}]::varchar[]"


def as_text(cell: str, kind: str | None) -> str:
    if kind == ZONED:
        return f"cast({cell} at time zone 'UTC' as varchar) || 'Z'"
    return f"cast({cell} as varchar)" if kind else cell


def check_cells(kind: str, mapping: Log | None) -> str:
    """The SQL of log_row: the values of each line of log_cell, and all that is wrong with it."""
    columns = COLUMNS[kind]
    raws = ", ".join(
        f"{column.name} := {raw(f'cells[{place}]', column, mapping)}"
        for place, column in enumerate(columns, start=1)
    )
    ready = ", ".join(f"{column.name} := {prepared(column)}" for column in columns)
    reads = ", ".join(f"{column.name} := {value(column, mapping)}" for column in columns)
    faults = ", ".join(fault(column, mapping) for column in columns)
    values = ", ".join(f"{defaulted(column, kind)} as {column.name}" for column in columns)
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


def defaulted(column: LogColumn, kind: str) -> str:
    default = DEFAULTS[kind].get(column.name)
    if default is None:
        return f"read.{column.name}"
    return f"if(raw.{column.name} is null, {quoted(default)}, read.{column.name})"
