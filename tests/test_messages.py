"""The command `messages` as its user runs it, beside what tshark read in the same captures."""

import csv
import io
import json
import os
import pty
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from sigaudit.cli import app
from sigaudit.errors import SigauditError
from sigaudit.messages import Query
from sigaudit.messages_output import _statement
from sigaudit.report.csv import harmless
from sigaudit.report.wording import spelled
from tests.compare import TSHARK_COLUMNS, captures, kept_rows
from tests.test_cli import sigaudit

ROOT = Path(__file__).parents[1]
PCAPS = ROOT / "pcaps"
ATTACK = PCAPS / "any_time_interrogation.pcap"
DIAMETER = PCAPS / "diameter_home_server.pcapng"
CODE = PCAPS / "update_location_then_code.pcap"
HOSTILE = "=cmd|' /C calc'!A0\x1b]0;owned\x07\u202egnp.exe\x9b31m,\"\n"


def messages(*arguments: object) -> str:
    """What the command prints."""
    result = CliRunner().invoke(app, ["messages", *map(str, arguments)])
    if isinstance(result.exception, SigauditError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def rows(*arguments: object, columns: str = "all") -> list[dict[str, Any]]:
    """The rows that the command prints as JSON Lines, without what is NULL."""
    printed = messages(*arguments, "--format", "jsonl", "--columns", columns)
    found = map(json.loads, printed.splitlines())
    return [{k: v for k, v in row.items() if v is not None} for row in found]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of three captures."""
    db = tmp_path_factory.mktemp("messages") / "audit.duckdb"
    arguments = ["ingest", *map(str, (ATTACK, DIAMETER, CODE)), "--db", str(db)]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    return db


@pytest.mark.parametrize("path", [ATTACK, CODE, DIAMETER], ids=lambda path: path.name)
def test_rows_are_those_of_tshark(path: Path) -> None:
    kept = kept_rows(PCAPS, path)
    printed = rows(path)
    expected = [
        {name: row.get(name) for name in (*TSHARK_COLUMNS["map_component"], "frame", "component")}
        for row in kept["map_component"]
    ]
    found = [
        {name: row.get(name) for name in (*TSHARK_COLUMNS["map_component"], "frame", "component")}
        for row in printed
        if row["protocol"] == "map"
    ]
    assert found == expected
    commands = [row["command_code"] for row in kept["diameter_message"]]
    assert [row["command_code"] for row in printed if row["protocol"] == "diameter"] == commands


@pytest.mark.parametrize(
    "path", [ATTACK, *captures(PCAPS / "recorded")], ids=lambda path: path.name
)
def test_rows_are_in_order(path: Path) -> None:
    printed = rows(path, columns="seen_at,file,frame,message,component")
    assert printed == sorted(printed, key=lambda row: list(row.values()))


def test_names_stand_beside_codes(database: Path) -> None:
    printed = rows("--db", database)
    named = {(row["opcode"], row["operation"]) for row in printed if "opcode" in row}
    assert {(2, "updateLocation"), (71, "anyTimeInterrogation")} <= named
    assert {r["result"] for r in printed if r.get("error_code") == 49} == {"ati-NotAllowed"}
    assert {r["kind"] for r in printed if r["protocol"] == "diameter"} <= {"request", "answer"}
    assert {r["application_name"] for r in printed if r.get("application_id") == 16777251} == {
        "3GPP S6a/S6d"
    }


def test_filters_select(database: Path) -> None:
    everything = rows("--db", database)

    def expect(condition: Any, *arguments: str) -> None:
        expected = [row for row in everything if condition(row)]
        assert 0 < len(expected) < len(everything)
        assert rows("--db", database, *arguments) == expected

    imsi = "620990000000001"
    expect(lambda r: r.get("imsi") == imsi, "--subscriber", imsi)
    expect(lambda r: r.get("msisdn") == "233590000002", "--subscriber", "+233590000002")
    titles = ("calling_gt", "called_gt")
    expect(lambda r: any(r.get(t, "").startswith("3363") for t in titles), "--gt", "3363")
    expect(lambda r: r.get("opcode") == 71, "--operation", "anytimeinterrogation")
    expect(lambda r: r.get("opcode") in (2, 71), "--operation", "71", "--operation", "2")
    for protocol in ("map", "diameter"):
        expect(lambda r, p=protocol: r["protocol"] == p, "--protocol", protocol)
    expect(lambda r: "tp_mti" in r, "--protocol", "sms")
    moment = everything[len(everything) // 2]["seen_at"]
    expect(lambda r: r["seen_at"] >= moment, "--since", moment)
    expect(lambda r: r["seen_at"] < moment, "--until", moment)
    first = everything[:3]
    assert rows("--db", database, "--limit", "3") == first


def test_hosts_realms_and_commands_select() -> None:
    everything = rows(DIAMETER)
    host = next(row["origin_host"] for row in everything if "origin_host" in row)
    hosts = ("origin_host", "destination_host")
    with_host = [row for row in everything if host in [row.get(name) for name in hosts]]
    assert rows(DIAMETER, "--host", host.upper()) == with_host
    realms = ("origin_realm", "destination_realm")
    realm = next(row["origin_realm"] for row in everything if "origin_realm" in row)
    of_realm = [
        row
        for row in everything
        if any(f".{row.get(r)}".lower().endswith(f".{realm.lower()}") for r in realms)
    ]
    assert rows(DIAMETER, "--realm", realm.upper()) == of_realm
    parent = "3gppnetwork.org"
    assert rows(DIAMETER, "--realm", parent) == [
        row for row in everything if any(row.get(r, "").lower().endswith(parent) for r in realms)
    ]
    assert rows(DIAMETER, "--realm", realm[1:]) == []
    code, command = everything[0]["command_code"], everything[0]["operation"]
    stem = command.rpartition("-")[0]
    of_command = [row for row in everything if row["command_code"] == code]
    assert rows(DIAMETER, "--operation", str(code)) == of_command
    assert rows(DIAMETER, "--operation", stem) == of_command


def test_all_forms_say_the_same(database: Path, tmp_path: Path) -> None:
    printed = rows("--db", database, columns="frame,operation,imsi")
    for suffix in ("csv", "jsonl", "parquet"):
        out = tmp_path / f"rows.{suffix}"
        arguments = ("--db", database, "-o", out, "--columns", "frame,operation,imsi")
        assert messages(*arguments) == ""
        table = duckdb.connect().execute(
            f"select frame::bigint, operation, imsi::varchar from '{out}'"
        )
        assert table.fetchall() == [
            (row["frame"], row.get("operation"), row.get("imsi")) for row in printed
        ]
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".csv", ".jsonl", ".parquet"]


def test_default_columns_and_forms(database: Path) -> None:
    printed = messages("--db", database)
    table = messages("--db", database, "--format", "table")
    titles = next(csv.reader(io.StringIO(printed)))
    assert titles == table.split("\n", 1)[0].split()
    assert titles[:4] == ["seen_at", "file", "frame", "message"]
    assert len(printed.splitlines()) == len(table.splitlines())
    moment = datetime.fromisoformat(table.splitlines()[1].split()[0])
    assert moment.tzinfo == UTC


def test_a_table_fits_the_terminal(database: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "sigaudit", "messages", "--db", str(database), "--limit", "9"]
    subprocess.run(command, stdout=theirs, check=True, cwd=ROOT, env=os.environ | {"COLUMNS": "90"})
    lines = os.read(ours, 65536).decode().splitlines()
    assert len(lines) == 10
    assert max(map(len, lines)) <= 90
    assert any("…" in line for line in lines)
    assert not any("\x1b" in line for line in lines)


def test_a_pipe_that_closes_ends_quietly(database: Path) -> None:
    for form in ("csv", "table"):
        program = f"{sys.executable} -m sigaudit messages --db {database} --format {form}"
        loud = subprocess.run(
            ["bash", "-c", f"set -o pipefail; {program} --columns all | head -c 10 > /dev/null"],
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )
        assert (loud.returncode, loud.stderr) == (0, "")


def test_the_database_is_only_read(database: Path) -> None:
    before = {path: path.read_bytes() for path in database.parent.iterdir()}
    messages("--db", database, "--format", "table")
    assert {path: path.read_bytes() for path in database.parent.iterdir()} == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "one of the two"),
        ((ATTACK, "--db", "x"), "one of the two"),
        ((ATTACK, "--columns", "frame,imis"), "imsi"),
        ((ATTACK, "--operation", "updateLocatoin"), "updateLocation"),
        ((ATTACK, "--since", "noon"), "--since noon"),
        ((ATTACK, "-o", "rows.txt"), ".parquet"),
        ((ATTACK, "--format", "parquet"), "--out"),
        ((ATTACK, "--format", "table", "-o", "x"), "stdout"),
    ],
)
def test_wrong_usage(arguments: tuple[object, ...], told: str) -> None:
    result = sigaudit("messages", *arguments)
    assert result.status == 2
    assert told in result.err


def test_what_cannot_be_read_or_written_exits_with_1(tmp_path: Path) -> None:
    (tmp_path / "noise.pcap").write_bytes(b"no capture at all")
    result = sigaudit("messages", tmp_path / "noise.pcap", ATTACK)
    assert result.status == 1
    assert "noise.pcap: neither a capture" in result.err
    assert len(result.out.splitlines()) == 15
    result = sigaudit("messages", ATTACK, "-o", tmp_path / "no" / "rows.csv")
    assert result.status == 1
    assert "--out" in result.err
    assert sigaudit("messages", "--db", tmp_path / "gone").status == 1


# which code points are still free differs between versions of Unicode
TEXT = st.text(st.characters(exclude_categories=["Cn", "Cs"], exclude_characters="\0"))


@settings(deadline=None, max_examples=50)
@given(st.lists(TEXT | st.just(HOSTILE), min_size=1))
def test_hostile_text_is_harmless(words: list[str]) -> None:
    """CSV as the report has it, JSON in which nothing is hidden and that means the same."""
    connection = duckdb.connect()
    connection.execute((ROOT / "sigaudit" / "messages_spelling.sql").read_text("utf-8"))
    connection.execute("create table word as select unnest($words) as w", {"words": words})
    query = Query("select w from word", {})
    cells = connection.execute(_statement(connection, query, "csv")[0]).fetchall()
    assert [cell for (cell,) in cells] == [harmless(word) for word in words]
    lines = connection.execute(_statement(connection, query, "jsonl")[0]).fetchall()
    assert [json.loads(line)["w"] for (line,) in lines] == words
    assert all(spelled(line) == line for (line,) in lines)
    assert connection.execute("select csv_cell(chr(0)), json_line('a' || chr(0))").fetchone() == (
        "⟨U+0000⟩",
        "a\\u0000",
    )
