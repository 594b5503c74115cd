"""Logs into the database: hand-made rows with the values they must give."""

# An annotation that holds a DuckDB class, once evaluated, makes DuckDB tell of leaks at exit.
from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sigaudit import log_csv, log_lines
from sigaudit.errors import SigauditError, UsageError
from sigaudit.log_columns import COLUMNS
from sigaudit.logs import TABLES, Loaded, load, recognise
from sigaudit.network import Log

ROOT = Path(__file__).parents[1]
SCHEMA = (ROOT / "sigaudit" / "schema.sql").read_text()
NOT_UTF_8 = "not in UTF-8; save the log as UTF-8, or give encoding in a [[log]] table"
SWAP_HEADER = "swap_id,msisdn,completed_at,agent_id\n"
SWAP = "S1,233590000001,2026-03-01T08:15:30Z,A1\n"


@pytest.fixture
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as connection:
        connection.execute(SCHEMA)
        yield connection


def read(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    content: str | bytes,
    mapping: Log | None = None,
    input_id: int = 1,
) -> Loaded:
    """Write, recognise and load a log as ingest does."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    kind = recognise(path, mapping)
    assert kind
    connection.execute("begin")
    loaded = load(connection, path, input_id, kind, mapping)
    connection.execute(
        "insert into input values (?, ?, '', ?, ?, null, 0, ?, null, ?, ?)",
        [
            input_id,
            path.name,
            str(input_id),
            kind,
            loaded.items,
            loaded.first_seen,
            loaded.last_seen,
        ],
    )
    connection.execute("commit")
    return loaded


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[object, ...]]:
    return connection.execute(query).fetchall()


def problems(connection: duckdb.DuckDBPyConnection) -> list[tuple[int, str]]:
    return connection.execute("select line, reason from problem order by line").fetchall()


def test_swap_log_of_all_columns(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    loaded = read(
        database,
        tmp_path / "swaps.csv",
        "swap_id,event,requested_at,completed_at,msisdn,old_imsi,new_imsi,old_iccid,new_iccid,"
        "new_imei,reason,channel,outlet_id,agent_id,id_check,outcome,subscriber_notified_at,"
        "dfs_notified_at,released_at,remark\n"
        "S1,PORT_IN,2026-03-01T08:00:00Z,2026-03-01T09:15:30.1234569+01:00,+233590000001,"
        "620990000000001,620990000000002,8923301000000000001F,8923301000000000002,"
        "35209900-176148-1,Stolen,Call centre,Osu,=1+1,none,reversed,2026-03-01T08:16:00Z,"
        "2026-03-01T08:17:00Z,2025-11-01T00:00:00Z,whatever\n"
        "S2,,,2026-03-02T00:00:00Z,233590000002,,,,,,,,,,,,,,,\n"
        "S3,,2026-02-28T00:00:00Z,,233590000003,,,,,,,,,,,Rejected,,,,\n",
    )
    assert loaded == Loaded(3, datetime(2026, 2, 28), datetime(2026, 3, 2), ["remark"])
    assert problems(database) == []
    empty = [None] * 10
    completed, rejected = ["completed", None, None, None], ["rejected", None, None, None]
    assert rows(database, "from swap order by id") == [
        (
            2**40 + 2,
            1,
            "S1",
            "port_in",
            datetime(2026, 3, 1, 8),
            datetime(2026, 3, 1, 8, 15, 30, 123456),
            "233590000001",
            "620990000000001",
            "620990000000002",
            "8923301000000000001",
            "8923301000000000002",
            "352099001761481",
            "stolen",
            "call_centre",
            "Osu",
            "=1+1",
            "none",
            "reversed",
            datetime(2026, 3, 1, 8, 16),
            datetime(2026, 3, 1, 8, 17),
            datetime(2025, 11, 1),
        ),
        (
            2**40 + 3,
            1,
            "S2",
            "swap",
            None,
            datetime(2026, 3, 2),
            "233590000002",
            *empty,
            *completed,
        ),
        (
            2**40 + 4,
            1,
            "S3",
            "swap",
            datetime(2026, 2, 28),
            None,
            "233590000003",
            *empty,
            *rejected,
        ),
    ]


def test_dfs_events_as_json_lines(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    loaded = read(
        database,
        tmp_path / "wallet",
        '{"event_id": 7, "occurred_at": "2026-03-01T08:00:00Z", "MSISDN": 233590000001,'
        ' "event": "transfer", "amount": 1250.5, "currency": "ghs", "extra": {"a": [1]}}\n'
        "\n"
        '{"event_id": "8"\n'
        "[1, 2]\n"
        '{"event": "otp_sent", "msisdn": "233590000001", "occurred_at": "2026-03-01T07:00:00Z",'
        ' "event_id": "9", "imsi_check": "not_done", "provider": null}\n',
    )
    assert loaded == Loaded(4, datetime(2026, 3, 1, 7), datetime(2026, 3, 1, 8), ["extra"])
    columns = "id, event_id, msisdn, event, amount, currency, imsi_check"
    query = f"select {columns} from dfs_event order by id"
    assert rows(database, query) == [
        (2**40 + 1, "7", "233590000001", "transfer", Decimal("1250.50"), "GHS", None),
        (2**40 + 5, "9", "233590000001", "otp_sent", None, None, "not_done"),
    ]
    assert problems(database) == [(3, "not JSON"), (4, "expected a JSON object")]


def test_parquet_with_types(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    folder = tmp_path / "day=1"
    folder.mkdir()
    path = folder / "a[1]*.parquet"  # neither a pattern nor a partition
    database.execute(
        f"""copy (select * from (values
          (1.0::double, 233590000001, timestamptz '2026-03-01 09:15:30.123456+01', 'login'::blob,
            12.5::double, timestamp_ns '2026-03-01 08:00:00.123456789'),
          (2.0, null, timestamptz '2026-03-01 08:15:31+00', 'login', 'nan', null)
        ) t(event_id, msisdn, occurred_at, event, amount, local)) to '{path}'"""
    )
    loaded = read(database, path, path.read_bytes())
    assert loaded.items == 2
    assert loaded.unknown_columns == ["local"]
    assert rows(database, "select id, event_id, msisdn, occurred_at, amount from dfs_event") == [
        (
            2**40 + 1,
            "1",
            "233590000001",
            datetime(2026, 3, 1, 8, 15, 30, 123456),
            Decimal("12.50"),
        )
    ]
    assert problems(database) == [(2, "msisdn: is empty")]


def test_a_timestamp_without_zone_needs_a_timezone(
    database: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = tmp_path / "swaps.parquet"
    database.execute(
        f"""copy (select 'S1' as swap_id, '233590000001' as msisdn,
          timestamp_ns '2026-03-01 08:15:30.123456789' as completed_at) to '{path}'"""
    )
    read(database, path, path.read_bytes())
    assert problems(database)[0][1].startswith("completed_at: expected an ISO 8601 time")
    mapping = Log(timezone="Asia/Kolkata")
    read(database, tmp_path / "again.parquet", path.read_bytes(), mapping, input_id=2)
    assert rows(database, "select completed_at from swap") == [
        (datetime(2026, 3, 1, 2, 45, 30, 123456),)
    ]


@pytest.mark.parametrize("damage", [lambda good: good[:-30], lambda good: good[:60] + good[70:]])
def test_damaged_parquet(
    damage: object, database: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = tmp_path / "swaps.parquet"
    database.execute(
        f"copy (select 'S1' as swap_id, '1' as msisdn, 'x' as completed_at) to '{path}'"
    )
    assert callable(damage)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(SigauditError, match=r"^swaps\.parquet: damaged Parquet .*; export it"):
        read(database, path, path.read_bytes())


TIMES = {
    "2026-03-01T08:15:30Z": datetime(2026, 3, 1, 8, 15, 30),
    "2026-03-01t08:15:30.9999999z": datetime(2026, 3, 1, 8, 15, 30, 999999),
    "2026-03-01 08:15:30.1 +05:30": datetime(2026, 3, 1, 2, 45, 30, 100000),
    "2026-01-01T00:15-0100": datetime(2026, 1, 1, 1, 15),
    "20260301T081530,5+01": datetime(2026, 3, 1, 7, 15, 30, 500000),
    "2024-02-29T23:59:59Z": datetime(2024, 2, 29, 23, 59, 59),
    "2026-02-29T00:00:00Z": None,
    "2026-03-01T25:00:00Z": None,
    "2026-03-01T08:15:30+15:75": None,
    "2026-03-01T08:15:30": None,
    "2026-03-01": None,
    "01/03/2026 08:15:30": None,
    "1772352930": None,
    "9999-12-31T00:00:00Z": None,
    "0001-01-01T00:00:00+14:00": None,
}


def test_times(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    swaps = (f'{n},233590000001,"{text}"\n' for n, text in enumerate(TIMES))
    read(database, tmp_path / "swaps.csv", "swap_id,msisdn,completed_at\n" + "".join(swaps))
    kept = dict(database.execute("select swap_id, completed_at from swap").fetchall())
    assert {text: kept.get(str(n)) for n, text in enumerate(TIMES)} == TIMES
    assert len(kept) + len(problems(database)) == len(TIMES)


def test_times_without_offset_are_in_the_given_timezone(
    database: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    content = (
        "swap_id,msisdn,completed_at\n"
        "winter,447700900001,2026-01-10T12:00:00\n"
        "summer,447700900001,2026-07-10 12:00:00.5\n"
        "offset,447700900001,2026-07-10T12:00:00+00:00\n"
        "repeated,447700900001,2026-10-25T01:30:00\n"
        "left out,447700900001,2026-03-29T01:30:00\n"
    )
    read(database, tmp_path / "swaps.csv", content, Log(timezone="Europe/London"))
    assert rows(database, "select swap_id, completed_at from swap order by id") == [
        ("winter", datetime(2026, 1, 10, 12)),
        ("summer", datetime(2026, 7, 10, 11, 0, 0, 500000)),
        ("offset", datetime(2026, 7, 10, 12)),
        ("repeated", datetime(2026, 10, 25, 1, 30)),
        ("left out", datetime(2026, 3, 29, 1, 30)),
    ]


NUMBERS = {
    None: {
        "233590000001": "233590000001",
        "+233 59-000.0001": "233590000001",
        "00233590000001": "233590000001",
        "(+44) 7700 900001": "447700900001",
        "0590000001": None,
        "2.33590000001E+11": None,
        "23359000000a": None,
        "1234": None,
        "1234567890123456": None,
        "\u0661\u0662\u0663\u0664\u0665\u0666": None,
    },
    "233": {
        "0590000001": "233590000001",
        "059 000 0001": "233590000001",
        "590000001": "233590000001",
        "233590000001": "233590000001",
        "233590001": "233233590001",  # nine digits: a national number that begins like the code
        "447700900001": "447700900001",
        "+590000001": "590000001",
    },
    "44": {"07700900001": "447700900001", "7700900001": "447700900001"},
    "7": {"89160000001": "79160000001"},
    "225": {"0700000001": "2250700000001"},  # no national prefix: the 0 belongs to the number
}


@pytest.mark.parametrize(("country_code", "numbers"), NUMBERS.items())
def test_numbers(
    country_code: str | None,
    numbers: dict[str, str | None],
    database: duckdb.DuckDBPyConnection,
    tmp_path: Path,
) -> None:
    swaps = (f"{n},{text},2026-03-01T08:15:30Z\n" for n, text in enumerate(numbers))
    content = "swap_id,msisdn,completed_at\n" + "".join(swaps)
    read(database, tmp_path / "swaps.csv", content, Log(country_code=country_code))
    kept = dict(database.execute("select swap_id, msisdn from swap").fetchall())
    assert {text: kept.get(str(n)) for n, text in enumerate(numbers)} == numbers
    assert len(kept) + len(problems(database)) == len(numbers)
    assert not any(text in reason for text in numbers for _, reason in problems(database))


AMOUNTS = {
    "1234.50": Decimal("1234.50"),
    "1234,5": Decimal("1234.50"),
    "-3": Decimal("-3"),
    "0.125": Decimal("0.13"),
    "1,234": None,
    "1,234.50": None,
    "1e3": None,
    "99999999999999999": None,
    "GHS 5": None,
}


def test_amounts(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    transfers = (
        f"{n}|2026-03-01T08:15:30Z|233590000001|transfer|{text}\n" for n, text in enumerate(AMOUNTS)
    )
    content = "event_id|occurred_at|msisdn|event|amount\n" + "".join(transfers)
    read(database, tmp_path / "wallet.csv", content)
    kept = dict(database.execute("select event_id, amount from dfs_event").fetchall())
    assert {text: kept.get(str(n)) for n, text in enumerate(AMOUNTS)} == AMOUNTS
    assert len(kept) + len(problems(database)) == len(AMOUNTS)


def test_reasons_name_the_columns_and_hide_digits(
    database: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    content = (
        "event_id,occurred_at,msisdn,event,channel,imsi\n"
        ",2026-03-01 08:15:30,23359000000x,transfered,,62099abc\n"
        f"E2,2026-03-01T08:15:30Z,233590000001,login,\x1b[31m233590000002{'y' * 99},\n"
    )
    read(database, tmp_path / "wallet.csv", content)
    (first, first_reason), (second, second_reason) = problems(database)
    assert (first, second) == (2, 3)
    assert re.findall(r"(?:^|; )(\w+):", first_reason) == [
        "event_id",
        "occurred_at",
        "msisdn",
        "event",
        "imsi",
    ]
    assert "found ####-##-## ##:##:##" in first_reason
    assert "transfer, cash_out, found transfered" in first_reason
    assert "23359" not in first_reason and "62099" not in first_reason
    shown = "?[##m############" + "y" * 23
    assert second_reason == f"channel: expected one of sms, ussd, app, web, found {shown}"


def test_mapped_log(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    mapping = Log(
        match="swaps_*.csv",
        kind="sim_swap",
        columns={"msisdn": "Subscriber_No", "completed_at": "DONE", "swap_id": "it's"},
        values={"outcome": {"OK": "completed", "it's": "rejected"}, "reason": {"n/a": ""}},
        timezone="Africa/Accra",
        country_code="233",
    )
    content = (
        "IT'S;SUBSCRIBER_NO;done;outcome;reason;msisdn\n"
        "1;0590000001;2026-03-01 08:15:30;ok;N/A;x\n"
        "2;0590000002;2026-03-01 08:15:31;IT'S;lost;x\n"
        "3;0590000003;2026-03-01 08:15:32;perhaps;lost;x\n"
    )
    loaded = read(database, tmp_path / "swaps_1.csv", content, mapping)
    assert loaded.unknown_columns == ["msisdn"]
    assert rows(database, "select swap_id, msisdn, outcome, reason from swap order by id") == [
        ("1", "233590000001", "completed", None),
        ("2", "233590000002", "rejected", "lost"),
    ]
    assert [line for line, _ in problems(database)] == [4]


def test_a_mapping_that_does_not_fit_its_file(tmp_path: Path) -> None:
    path = tmp_path / "swaps.csv"
    path.write_text(SWAP_HEADER + SWAP)
    mapping = Log(match="swaps*", kind="sim_swap", columns={"msisdn": "SUBSCRIBER_NO"})
    with pytest.raises(SigauditError, match=r"swaps\.csv: .*no column subscriber_no;.*network"):
        recognise(path, mapping)


@pytest.mark.parametrize(
    "mapping",
    [
        Log(columns={"msidsn": "SUBSCRIBER_NO"}),
        Log(kind="sim_swap", values={"payee": {"x": "y"}}),
    ],
)
def test_a_mapping_of_a_column_that_there_is_not(mapping: Log, tmp_path: Path) -> None:
    path = tmp_path / "swaps.csv"
    path.write_text(SWAP_HEADER + SWAP)
    with pytest.raises(UsageError, match=r"\[\[log\]\] match = \"\*\": no column (msidsn|payee)"):
        recognise(path, mapping)


def test_a_country_code_that_there_is_not(
    database: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=r"country_code.*\"999\""):
        read(database, tmp_path / "s.csv", SWAP_HEADER + SWAP, Log(country_code="999"))


NO_LOGS = {
    "empty": b"",
    "blank": b"\n\n \n",
    "text": b"Dear colleague,\nthe swap_id is missing.\n",
    "csv": b"a,b\n1,2\n",
    "too few columns": b"swap_id,msisdn\n1,2\n",
    "pcap": b"\xd4\xc3\xb2\xa1\x02\x00\x04\x00" + bytes(16) + b"swap_id,msisdn,completed_at",
    "zeros": bytes(100_000),
    "no text": bytes(range(256)) * 10_000,
    "deep json": b'{"swap_id":' + b"[" * 100_000,
    "long number": b'{"swap_id":' + b"1" * 100_000 + b"}",
    "huge cell": b'"' + b"x" * 3_000_000,
    "json array": b'[{"swap_id": 1, "msisdn": 2, "completed_at": 3}]',
}


@pytest.mark.parametrize("content", NO_LOGS.values(), ids=NO_LOGS.keys())
def test_what_is_no_log_is_not_recognised(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert recognise(path, None) is None


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.binary(max_size=300))
def test_any_bytes_are_looked_at_without_error(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(content.replace(b"PAR1", b"par1"))
    assert recognise(path, None) is None


def test_a_log_with_no_rows(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    assert read(database, tmp_path / "swaps.csv", SWAP_HEADER) == Loaded(0, None, None, [])


# Each CSV: after the header on line 1, the lines kept and the lines with a problem.
CSVS = {
    "line feeds": ("{0}\n{1}\n", [2, 3], []),
    "no end of the last line": ("{0}\n{1}", [2, 3], []),
    "carriage returns": ("{0}\r\n{1}\r\n", [2, 3], []),
    "mixed line ends": ("{0}\r\n{1}\n{2}\r{3}", [2, 3, 4, 5], []),
    "blank lines": ("\n{0}\n\n  \n{1}\n\n", [3, 6], []),
    "too few cells": ("{0}\nS9,1\n{1}\n", [2, 4], [3]),
    "too many cells": ("{0}\n{1},,\n{2}\n", [2, 4], [3]),
    "only delimiters": ("{0}\n,,,\n", [2], [3]),
    "quotes at the end of cells": ('{0}"\nx"\n{1}"\n{2}"\ny,""z"\n', [2, 4, 5], [3, 6]),
    "quoted cells": ('"a","233590000001" , "2026-03-01T08:15:30Z","x, ""y"""\n{0}\n', [2, 3], []),
    "cell over lines": ('a,233590000001,2026-03-01T08:15:30Z,"x\n\ny"\n{0}\n', [2, 5], []),
    "quote in a cell": ('{0}\na,233590000001,2026-03-01T08:15:30Z,5" disk\n{1}\n', [2, 3, 4], []),
    "quote never closed": ('{0}\na,233590000001,2026-03-01T08:15:30Z,"x\n{1}\n', [2, 4], [3]),
    "text after a quote": ('{0}\na,233590000001,2026-03-01T08:15:30Z,"x"y\n{1}\n', [2, 4], [3]),
    "far quotes": ('"x\n{0}\n' + "\n" * 200 + '{1}\n"x\n', [3, 204], [2, 205]),
    "nul": ("{0}\na\0,233590000001,2026-03-01T08:15:30Z,\n{1}\n", [2, 4], [3]),
    "huge cell": ("{0}\n" + "x" * 1_100_000 + "\n{1}\n", [2, 4], [3]),
    "comment": ("#{0}\n# remark\n", [2], [3]),
}


@pytest.mark.parametrize(("rest", "kept", "wrong"), CSVS.values(), ids=CSVS.keys())
@pytest.mark.parametrize("block", [7, log_lines.BLOCK])
def test_lines_of_csv(
    rest: str,
    kept: list[int],
    wrong: list[int],
    block: int,
    database: duckdb.DuckDBPyConnection,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if block < log_lines.BLOCK and len(rest) > 10_000:
        block = 100_000
    monkeypatch.setattr(log_lines, "BLOCK", block)
    swaps = [f"S{number},233590000001,2026-03-01T08:15:30Z,A1" for number in range(4)]
    loaded = read(database, tmp_path / "swaps.csv", SWAP_HEADER + rest.format(*swaps))
    assert rows(database, "select id - 1099511627776 from swap order by id") == [
        (line,) for line in kept
    ]
    assert [line for line, _ in problems(database)] == wrong
    assert loaded.items == len(kept) + len(wrong)


def test_text_of_quoted_cells(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    content = SWAP_HEADER + 'a,233590000001,2026-03-01T08:15:30Z, "x, ""y""\r\nz" \n'
    read(database, tmp_path / "swaps.csv", content)
    assert rows(database, "select agent_id from swap") == [('x, "y" z',)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(encoding: str, database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    content = SWAP_HEADER + SWAP.replace("A1", "Adjoa Ofori\u00e9")
    assert read(database, tmp_path / "swaps.csv", content.encode(encoding)).items == 1
    assert rows(database, "select agent_id from swap") == [("Adjoa Ofori\u00e9",)]


def test_another_encoding_costs_the_lines_that_show_it(
    database: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    content = SWAP_HEADER + SWAP + SWAP.replace("S1", "S2").replace("A1", "Ofori\u00e9")
    read(database, tmp_path / "swaps.csv", content.encode("latin-1"))
    assert rows(database, "select swap_id from swap") == [("S1",)]
    assert problems(database) == [(3, NOT_UTF_8)]


def test_ten_thousand_columns(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    names = [f"c{number}" for number in range(10_000)]
    content = SWAP_HEADER.strip() + "," + ",".join(names) + "\n" + SWAP.strip() + "," * 10_000
    loaded = read(database, tmp_path / "swaps.csv", content)
    assert rows(database, "select count(*) from swap") == [(1,)]
    assert loaded.unknown_columns == [*names[:50], "and 9950 more"]


def test_a_column_that_is_there_twice(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with pytest.raises(SigauditError, match=r"swaps\.csv, line 1: the column msisdn is .* twice"):
        read(database, tmp_path / "swaps.csv", "swap_id,msisdn,MSISDN,completed_at\n")


def test_json_lines_with_too_many_names(
    database: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    content = '{"swap_id": 1, "msisdn": 2, "completed_at": 3}\n'
    content += "\n".join(f'{{"c{number}": 1}}' for number in range(10_001))
    with pytest.raises(SigauditError, match=r"swaps\.jsonl: more than 10000 different names"):
        read(database, tmp_path / "swaps.jsonl", content)


def test_an_id_again_in_one_file(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    bad = SWAP.replace("233590000001", "x")
    content = SWAP_HEADER + bad + SWAP + SWAP + SWAP.replace("A1", "A2")
    assert read(database, tmp_path / "swaps.csv", content).items == 4
    assert rows(database, "select id - 1099511627776, agent_id from swap") == [(3, "A1")]
    assert problems(database)[1:] == [
        (4, "swap_id repeats that of line 3"),
        (5, "swap_id repeats that of line 3, with other content"),
    ]


def test_an_id_again_in_another_file(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    read(database, tmp_path / "monday.csv", SWAP_HEADER + SWAP + SWAP.replace("S1", "S2"))
    other_subscriber = SWAP.replace("233590000001", "233590000009")
    changed = SWAP.replace("S1", "S2").replace("A1", "A2")
    content = SWAP_HEADER + SWAP + changed + SWAP.replace("S1", "S3")
    read(database, tmp_path / "tuesday.csv", content, input_id=2)
    read(database, tmp_path / "agents.csv", SWAP_HEADER + other_subscriber, input_id=3)
    assert rows(database, "select input_id, swap_id, agent_id from swap order by id") == [
        (1, "S1", "A1"),
        (1, "S2", "A1"),
        (2, "S3", "A1"),
        (3, "S1", "A1"),
    ]
    assert rows(database, "select input_id, line, reason from problem order by line") == [
        (2, 2, "already read from monday.csv"),
        (2, 3, "already read from monday.csv, with other content"),
    ]


CELLS = st.one_of(
    st.sampled_from(
        ["", "S1", "233590000001", "2026-03-01T08:15:30Z", 'a"b', '"', "x,y", "x\ny", "=1+1"]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\r\n\ufffd"), max_size=6),
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(records=st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=8))
def test_every_row_of_a_csv_is_kept_or_a_problem(
    records: list[tuple[str, ...]], tmp_path: Path
) -> None:
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in cells) for cells in records]
    with duckdb.connect() as database:
        database.execute(SCHEMA)
        loaded = read(database, tmp_path / "swaps.csv", SWAP_HEADER + "\n".join(lines))
        counted = rows(
            database,
            "select line from problem union all select id - 1099511627776 from swap order by all",
        )
    starts = [2 + "\n".join(lines[:place]).count("\n") + bool(place) for place in range(len(lines))]
    assert counted == [(line,) for line in starts]
    assert loaded.items == len(records)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    content=st.one_of(
        st.binary(max_size=200),
        st.lists(
            st.sampled_from([b'"', b",", b"\n", b"\r", b"\0", b"\xff", b"{", b"x", SWAP.encode()]),
            max_size=40,
        ).map(b"".join),
    ),
    header=st.sampled_from([SWAP_HEADER, '{"swap_id": 1, "msisdn": 2, "completed_at": 3}\n']),
)
def test_whatever_follows_the_header_is_counted(
    content: bytes, header: str, tmp_path: Path
) -> None:
    with duckdb.connect() as database:
        database.execute(SCHEMA)
        loaded = read(database, tmp_path / "swaps", header.encode() + content)
        kept = rows(database, "select id - 1099511627776 from swap")
        wrong = rows(database, "select line from problem")
    assert len(kept) + len(wrong) == len({*kept, *wrong}) == loaded.items


def test_nothing_is_left_behind(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    read(database, tmp_path / "swaps.csv", SWAP_HEADER + SWAP)
    assert rows(database, "select table_name from duckdb_tables() where temporary") == []


@pytest.mark.parametrize("kind", COLUMNS)
def test_columns_agree_with_schema_and_page(kind: str, database: duckdb.DuckDBPyConnection) -> None:
    names = [row[0] for row in rows(database, f"describe {TABLES[kind]}")]
    assert [column.name for column in COLUMNS[kind]] == names[2:]
    page = (ROOT / "docs" / "logs.md").read_text()
    title = {"sim_swap": "## SIM-swap log", "dfs_event": "## DFS event log"}[kind]
    section = page.split(title + "\n")[1].split("\n## ")[0]
    told = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", section, re.MULTILINE))
    assert list(told) == names[2:]
    for column in COLUMNS[kind]:
        assert set(column.choices) <= set(re.findall(r"`(\w+)`", told[column.name]))
        assert not column.needed or "**needed**" in told[column.name]


@pytest.mark.parametrize(("kind", "name"), [("sim_swap", "a.csv"), ("dfs_event", "a.jsonl")])
def test_examples_of_the_page(
    kind: str, name: str, database: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    page = (ROOT / "docs" / "logs.md").read_text()
    title = {"sim_swap": "## SIM-swap log", "dfs_event": "## DFS event log"}[kind]
    section = page.split(title + "\n")[1].split("\n## ")[0]
    example = "\n".join(re.findall(r"^ {4}(.*)$", section, re.MULTILINE))
    assert read(database, tmp_path / name, example).items == 2
    assert problems(database) == []


def test_longest_record_is_as_the_page_says() -> None:
    page = (ROOT / "docs" / "logs.md").read_text()
    assert f"up to {log_csv.LONGEST_RECORD} lines" in page


@pytest.mark.parametrize(
    ("time_format", "written", "zone"),
    [
        ("%d/%m/%Y %H:%M:%S", "01/03/2026 09:15:30", "Africa/Lagos"),
        ("%d-%b-%y %H.%M.%S", "01-MAR-26 08.15.30", "UTC"),
        ("%d/%m/%Y %H:%M:%S %z", "01/03/2026 10:15:30 +0200", None),
        ("epoch_seconds", "1772352930", None),
        ("epoch_milliseconds", "1772352930000", None),
        ("%d/%m/%Y %H:%M:%S", "2026-03-01T08:15:30Z", None),
    ],
)
def test_times_in_a_format_of_their_own(
    time_format: str,
    written: str,
    zone: str | None,
    database: duckdb.DuckDBPyConnection,
    tmp_path: Path,
) -> None:
    log = f"{SWAP_HEADER}S1,233590000001,{written},A1\nS2,233590000002,31/31/2026 1:2:3,A1\n"
    read(database, tmp_path / "a.csv", log, Log(time_format=time_format, timezone=zone))
    assert rows(database, "select completed_at from swap") == [(datetime(2026, 3, 1, 8, 15, 30),)]
    [(line, reason)] = problems(database)
    assert (line, time_format in reason) == (3, True)


def test_a_time_format_that_there_is_not(
    database: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="time_format"):
        read(database, tmp_path / "a.csv", SWAP_HEADER + SWAP, Log(time_format="%Q'"))


@pytest.mark.parametrize("encoding", ["cp1252", "iso-8859-1", "utf-16-le", "utf-16-be"])
def test_an_encoding_of_the_log_table(
    encoding: str, database: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    log = (SWAP_HEADER + SWAP).replace("A1", "Aná")
    mapping = Log.model_validate({"encoding": encoding})
    read(database, tmp_path / "a.csv", log.encode(encoding), mapping)
    assert rows(database, "select agent_id from swap") == [("Aná",)]
