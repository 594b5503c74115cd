"""The short way of plain rows gives what the long one gives, wherever a log is cut into pieces."""

# An annotation that holds a DuckDB class, once evaluated, makes DuckDB tell of leaks at exit.
from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sigaudit import log_lines
from sigaudit.log_columns import COLUMNS
from sigaudit.log_piece import TABLES, Piece, check_cells, read_plainly
from sigaudit.logs import load
from sigaudit.network import Log

SCHEMA = (Path(log_lines.__file__).with_name("schema.sql")).read_text("utf-8")
CELLS = st.sampled_from([
    "", " ", "null", "NULL", "\\N", "S1", " S1", "S 1", "S1\t", "é", "x" * 200, "x" * 201, "=1+1",
    "swap", "Swap", "port in", "PORT_IN", "OK", "ok ", "completed", "rejected", "none", "lost",
    "2026-03-01T08:15:30Z", "2026-03-01 08:15:30", "2026-03-01T08:15:30.1234567Z",
    "2026-02-30T08:15:30Z", "1970-01-01T00:00:00Z", "2262-04-11T23:47:16Z", "2026-03-01T24:00:00Z",
    "2026-03-01T08:15:30+01:00", "2026-03-01T08:15:60Z", "1772352930", "01/03/2026 08:15:30",
    "233590000001", "+233590000001", "00233590000001", "0590000001", "590000001", "1234", "0",
    "+0590000001", "2.3359E+11", "23359000000123456", "620990000000001", "8923301000000000001F",
    "8923301000000000001f", "35209900176148", "35-209900-176148-1", "1250.50", "1250,5", "-1",
    "1.005", "999999999999999999", "GHS", "ghs", "sms", "transfer", "\x00", "a\x7fb", "\u202e",
])  # fmt: skip
MAPPINGS = [
    None,
    Log(timezone="Africa/Lagos", country_code="233"),
    Log(country_code="39"),
    Log(values={
        "outcome": {"OK": "completed", "": "rejected", "completed": "reversed"},
        "event": {"S1": "port in", "swap": ""}, "msisdn": {"0": "233590000009"},
        "id_check": {"none": "", "x": "nonsense"},
    }),
    Log(time_format="%d/%m/%Y %H:%M:%S", timezone="UTC"),
    Log(time_format="epoch_seconds"),
]  # fmt: skip


@pytest.mark.parametrize("kind", COLUMNS)
@settings(max_examples=12, deadline=None)
@given(data=st.data(), mapping=st.sampled_from(MAPPINGS))
def test_a_plain_row_is_read_as_with_all_checks(
    kind: str, data: st.DataObject, mapping: Log | None
) -> None:
    names = [column.name for column in COLUMNS[kind]]
    rows = data.draw(st.lists(st.lists(st.none() | CELLS, min_size=len(names), max_size=len(names)),
                              min_size=1, max_size=5))  # fmt: skip
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute("create table log_cell (line bigint, cells varchar[], fault varchar)")
        connection.executemany(
            "insert into log_cell values (?, ?, null)", [list(row) for row in enumerate(rows, 1)]
        )
        cells = {name: f"cells[{place}]" for place, name in enumerate(names, 1)}
        piece = Piece("log_cell", cells, len(rows), names)
        told = f"line, {', '.join(names)}"
        plain = connection.execute(
            f"select {told} from ({read_plainly(piece, kind, mapping)}) where plain order by line"
        ).fetchall()
        connection.execute(check_cells(kind, mapping))
        lines = [row[0] for row in plain]
        checked = connection.execute(
            f"select {told} from log_row where fault is null and line in (select unnest(?))"
            " order by line", [lines]
        ).fetchall()  # fmt: skip
    assert plain == checked


@pytest.mark.parametrize("kind", COLUMNS)
def test_a_row_of_every_documented_form_is_plain(kind: str) -> None:
    forms = {
        "text": "A 17", "time": "2026-03-01T08:15:30.25Z", "msisdn": "+233590000001",
        "imsi": "620990000000001", "imei": "352099001761481", "iccid": "8923301000000000001",
        "amount": "12.50", "currency": "GHS",
    }  # fmt: skip
    cells = {c.name: f"'{forms.get(c.form) or c.choices[0]}'" for c in COLUMNS[kind]}
    piece = Piece("(select 1 as line, null as fault)", cells, 1, list(cells))
    with duckdb.connect() as connection:
        rows = connection.execute(f"select plain from ({read_plainly(piece, kind, None)})")
        assert rows.fetchall() == [(True,)]


TEXT = st.lists(
    st.sampled_from(['"', ",", "\n", "\n", "S1", '""', "x,y", '"a\nb"', '"a', 'b"', "\r\n"])
).map("".join)


@given(text=TEXT, size=st.integers(1, 40), quotes=st.booleans())
@example(text='\n"a\n"', size=3, quotes=True)
@example(text='x\n\n"', size=2, quotes=True)
def test_pieces_are_the_text(text: str, size: int, quotes: bool) -> None:
    whole = text.replace("\r\n", "\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(log_lines, "BLOCK", size)
        assert "\n".join(log_lines.blocks(io.StringIO(whole), quotes)) == whole


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=TEXT, size=st.integers(20, 200))
def test_where_a_log_is_cut_changes_nothing(tmp_path: Path, content: str, size: int) -> None:
    path = tmp_path / "swaps.csv"
    rows = 'S2,233590000002,2026-03-01T08:15:30Z,A\nS3,233590000003,x,"B\nC"\n'
    path.write_text(f"swap_id,msisdn,completed_at,agent_id\n{rows}{content}\nS2,1,2,3\n{rows}")
    found = []
    for block in (log_lines.BLOCK, size):
        with duckdb.connect() as database, pytest.MonkeyPatch.context() as patch:
            patch.setattr(log_lines, "BLOCK", block)
            database.execute(SCHEMA)
            loaded = load(database, path, 1, "sim_swap", None)
            kept = database.execute("from swap order by id").fetchall()
            wrong = database.execute("from problem order by line").fetchall()
            assert loaded.items == len(kept) + len(wrong)
            found.append((loaded, kept, wrong))
    assert found[0] == found[1]


HOSTILE = [
    ('S1,233590000001,2026-03-01T08:15:30Z,=cmd|"/c calc"!A1', None),
    (f"S2,233590000002,2026-03-01T08:15:30Z,{'x' * 1_000_000}", "longer than"),
    (f'S3,233590000003,2026-03-01T08:15:30Z,"{"y" * 999_900}"', "at most 200 characters"),
    ("S4,233590000004,2026-03-01T08:15:30Z,a\0b", "control character"),
    ("S5,233590000005,1970-01-01T00:00:00Z,A", "years 1990 to 2099"),
    ("S6,233590000006,2262-04-11T23:47:16Z,A", "years 1990 to 2099"),
    ("S1,233590000001,2026-03-01T08:15:30Z,B", "repeats that of line 2, with other content"),
    ("S8,'; drop table swap; --,2026-03-01T08:15:30Z,A", "msisdn"),
    ("S9,233590000009,2026-03-01T08:15:30Z,A,more", "expected 4 columns, found 5"),
    ("S10,233590000\u0661\u06610,2026-03-01T08:15:30Z,A", "msisdn"),
    ("S11,233590000011,2026-03-01T08:15:30Z,@SUM(A1)", None),
]


def test_hostile_rows_are_read_or_refused_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "swaps.csv"
    lines = "\n".join(line for line, _ in HOSTILE)
    path.write_text(f"swap_id,msisdn,completed_at,agent_id\n{lines}\n", encoding="utf-8")
    with path.open("ab") as file:
        file.write(b"S12,233590000012,2026-03-01T08:15:30Z,\xe9\n")
    with duckdb.connect() as database:
        database.execute(SCHEMA)
        loaded = load(database, path, 1, "sim_swap", None)
        kept = database.execute("select id & 1099511627775, agent_id from swap order by 1")
        agents = dict(kept.fetchall())
        told = dict(database.execute("select line, reason from problem").fetchall())
    assert loaded.items == len(HOSTILE) + 1 == len(agents) + len(told)
    for line, (text, reason) in enumerate(HOSTILE, start=2):
        assert (reason is None) == (line in agents), text[:60]
        assert reason is None or reason in told[line]
    assert agents == {2: '=cmd|"/c calc"!A1', 12: "@SUM(A1)"}
    assert "not in UTF-8" in told[13]


def test_typed_times_are_as_text_ones(tmp_path: Path) -> None:
    """Times of 1970 and 2262 are refused, the finest are cut, and infinity is no time."""
    path = tmp_path / "a.parquet"
    values = [
        "'2026-03-01 08:15:30.123456789'", "'1970-01-01'", "'2262-04-11'", "'1990-01-01'",
        "'2099-12-31 23:59:59.999999'",
    ]  # fmt: skip
    for kind in ("timestamptz", "timestamp_ns"):
        rows = " union all ".join(
            f"select 'S{place}' as swap_id, 233590000001 as msisdn, {value}::{kind} as completed_at"
            for place, value in enumerate(values)
        )
        with duckdb.connect() as database:
            database.execute("set timezone = 'UTC'")
            database.execute(SCHEMA)
            database.execute(f"copy ({rows}) to '{path}'")
            load(database, path, 1, "sim_swap", Log(timezone="UTC"))
            kept = database.execute("select completed_at from swap order by id").fetchall()
            wrong = database.execute("select line from problem order by line").fetchall()
        assert kept[0] == (datetime(2026, 3, 1, 8, 15, 30, 123456),)
        assert [moment.year for (moment,) in kept[1:]] == [1990, 2099]
        assert wrong == [(2,), (3,)]


def test_ten_thousand_columns_of_hostile_names(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    names = ["swap_id", "msisdn", "completed_at", *(f'"=x{n}"' for n in range(10_000))]
    row = "S1,233590000001,2026-03-01T08:15:30Z" + "," * 10_000
    path.write_text(",".join(names) + "\n" + (row + "\n") * 3)
    with duckdb.connect() as database:
        database.execute(SCHEMA)
        loaded = load(database, path, 1, "sim_swap", None)
        assert loaded.items == 3
        assert database.execute("select count(*) from swap").fetchall() == [(1,)]
        assert database.execute("select count(*) from problem").fetchall() == [(2,)]
    assert len(loaded.unknown_columns) == 51


def test_tables_of_logs() -> None:
    assert TABLES.keys() == COLUMNS.keys()
