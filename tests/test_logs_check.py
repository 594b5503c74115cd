"""`sigaudit logs check`: what it understands of logs that nobody described."""

import tomllib
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from sigaudit import store
from sigaudit.cli import app
from sigaudit.errors import SigauditError
from sigaudit.ingest import ingest
from sigaudit.log_columns import COLUMNS
from sigaudit.log_guess import NAMES, WORDS, guess, masked
from sigaudit.log_understood import toml
from sigaudit.network import Log, load

NETWORK = """
[operator]
name = "Example Mobile"
country = "GH"
timezone = "Africa/Accra"
plmns = ["62099"]
global_titles = ["23359"]
"""
HEADER = (
    "Ticket No;Subscriber No;Order Date;Done;Old IMSI;New IMSI;New SIM Serial;User ID;"
    "KYC Method;Status;Trans Type;Cause;Remarks\n"
)


def row(number: int) -> str:
    """A row of an operator's own export."""
    return ";".join([
        f"T{number}", f"0{590000000 + number}", f"{1 + number % 28:02}/03/2026 08:00:11",
        f"{1 + number % 28:02}/03/2026 09:00:30", f"62099{number:010}", f"62099{number + 500:010}",
        f"8923301{number:012}", "jdoe", ["BVS", "ID Card"][number % 2], "OK",
        ["SIM Replacement", "MNP-IN"][number % 2], "Théft" if number == 7 else "Lost", "déjà vu",
    ]) + "\n"  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "network.toml").write_text(NETWORK)
    (tmp_path / "ops.csv").write_bytes((HEADER + "".join(map(row, range(60)))).encode("cp1252"))
    return tmp_path


def check(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["logs", "check", *map(str, arguments)])
    return done.exit_code, done.output


def suggested(output: str) -> str:
    """The [[log]] table in what was printed."""
    return "[[log]]" + output.partition("[[log]]")[2].partition("\nColumn ")[0]


def test_an_export_that_nobody_described(folder: Path) -> None:
    status, output = check(folder / "ops.csv", "--network", folder / "network.toml")
    assert status == 0
    [table] = tomllib.loads(suggested(output))["log"]
    assert table["columns"] == {
        "swap_id": "Ticket No", "event": "Trans Type", "requested_at": "Order Date",
        "completed_at": "Done", "msisdn": "Subscriber No", "old_imsi": "Old IMSI",
        "new_imsi": "New IMSI", "new_iccid": "New SIM Serial", "reason": "Cause",
        "agent_id": "User ID", "id_check": "KYC Method", "outcome": "Status",
    }  # fmt: skip
    del table["columns"]
    assert table == {
        "match": "ops.csv", "kind": "sim_swap", "encoding": "cp1252", "timezone": "Africa/Accra",
        "time_format": "%d/%m/%Y %H:%M:%S", "country_code": "233",
        "values": {
            "event": {"SIM Replacement": "swap", "MNP-IN": "port_in"},
            "id_check": {"BVS": "biometric", "ID Card": "document"},
            "outcome": {"OK": "completed"},
        },
    }  # fmt: skip
    assert "Rows: 59 read, 1 refused" in output
    assert "reason: add a meaning in values for: Théft" in output


def test_the_table_reads_the_log(folder: Path) -> None:
    _, output = check(folder / "ops.csv", "--network", folder / "network.toml")
    (folder / "own.toml").write_text(NETWORK + suggested(output))
    with store.connected(folder / "db") as connection:
        ingest(connection, [folder / "ops.csv"], load(folder / "own.toml"))
        rows = connection.execute(
            "select swap_id, msisdn, completed_at::varchar, event from swap order by id limit 2"
        ).fetchall()
    assert rows == [
        ("T0", "233590000000", "2026-03-01 09:00:30", "swap"),
        ("T1", "233590000001", "2026-03-02 09:00:30", "port_in"),
    ]
    status, output = check(folder / "ops.csv", "--network", folder / "own.toml")
    assert (status, "SIM-swap log" in output) == (0, True)
    assert "[[log]]" not in output


def test_nothing_of_a_person_is_printed(folder: Path) -> None:
    _, output = check(folder / "ops.csv")
    for secret in ("590000", "62099", "jdoe", "déjà", "8923301"):
        assert secret not in output


@pytest.mark.parametrize(
    ("name", "content", "status", "words"),
    [
        ("dfs.jsonl", '{"event_id": "1", "occurred_at": "2026-03-01T08:00:00Z", '
         '"msisdn": "233590000001", "event": "transfer"}\n', 0, "DFS event log"),
        ("e.csv", "txn_id|txn_date|phone|type|amount\n1|1772352930|+233590000001|P2P|1,50\n",
         0, "epoch_seconds"),
        ("m.csv", "swap_id,msisdn,completed_at\nS1,233590000001,2026-03-01T08:00:00Z\nS2,x,y\n",
         0, "1 read, 1 refused"),
        ("notes.txt", "dear diary\nnothing here\n", 1, "No column looks like"),
        ("empty.csv", "", 1, "not recognised"),
        ("p.parquet", "PAR1 and no more", 1, "damaged Parquet"),
        ("absent.csv", None, 1, "No such file"),
    ],
)  # fmt: skip
def test_other_files(
    name: str, content: str | None, status: int, words: str, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    done = CliRunner().invoke(app, ["logs", "check", str(tmp_path / name)])
    told = done.output + (str(done.exception) if done.exception else "")
    assert words in told
    if not isinstance(done.exception, Exception):
        assert done.exit_code == status


def test_parquet_with_other_names(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            f"copy (select 'S' || i as TICKET, 233590000000 + i as MSISDN,"
            f" timestamp '2026-03-01' as ACTIVATION_DATE from range(9) it(i)) to '{path}'"
        )
    (tmp_path / "network.toml").write_text(NETWORK)
    status, output = check(path, "--network", tmp_path / "network.toml")
    assert (status, "Rows: 9 read, 0 refused" in output) == (0, True)


@given(content=st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
@example(b"PAR1")
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_bytes_are_told_without_a_traceback(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    done = CliRunner().invoke(app, ["logs", "check", str(path)])
    assert done.exit_code in (0, 1)
    assert done.exception is None or isinstance(done.exception, SystemExit | SigauditError)


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3), st.text(min_size=1))
def test_a_table_is_toml_whatever_is_in_it(words: dict[str, str], match: str) -> None:
    log = Log().model_copy(update={"match": match, "columns": words, "values": {"event": words}})
    [table] = tomllib.loads(toml(log))["log"]
    assert table["match"] == match
    assert table.get("columns", {}) == words
    assert table.get("values", {}).get("event", {}) == words


def test_words_to_guess_by_are_of_columns_and_choices() -> None:
    columns = [column for kind in COLUMNS.values() for column in kind]
    assert NAMES.keys() == {column.name for column in columns}
    assert WORDS.keys() <= {choice for column in columns for choice in column.choices}
    for column in columns:
        meant = [word for choice in column.choices for word in WORDS.get(choice, [])]
        assert not set(meant) & set(column.choices), column.name


def test_masked() -> None:
    assert masked(["+233 59x", "", "é\x00=1", "+555 11y"], words=False) == ["+### ##x", "x?=#"]
    assert masked(["MNP-IN 4"], words=True) == ["MNP-IN #"]


def test_a_guess_of_nothing() -> None:
    assert guess({}).columns == {}
    assert guess({"": [], "x": ["1"]}).columns == {}
