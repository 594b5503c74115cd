"""With a key, no output holds a number of a subscriber: asked of every capture and log here."""

import csv
import gzip
import json
import re
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from sigaudit import detect, network, report, store
from sigaudit.errors import UsageError
from sigaudit.explain import explain
from sigaudit.findings import findings_json
from sigaudit.ingest import ingest
from sigaudit.messages import ALL, Query, Selection, query
from sigaudit.messages_output import write
from sigaudit.messages_pseudonymised import selected, without_numbers
from sigaudit.pseudonymised import without_numbers as hide
from sigaudit.pseudonyms import Pseudonyms, is_time, make_key, read_key
from sigaudit.report.pdf import content
from tests.test_cli import sigaudit

PCAPS = Path(__file__).parents[1] / "pcaps"
KEY = b"sixteen octets and more"
OTHER_KEY = b"another one, as long as it"
NUMBER = "233590000077"  # in names of files only
COLUMNS = ("imsi", "msisdn", "imei", "forwarded_to_number", "roaming_number", "calling_number",
           "called_number", "destination_number", "original_called_number",
           "redirecting_number", "a_msisdn", "tp_address")  # fmt: skip
LOGGED = ("msisdn", "old_imsi", "new_imsi", "old_iccid", "new_iccid", "new_imei", "imsi", "imei",
          "account_id", "payee")  # fmt: skip
TITLES_OF_SUBSCRIBERS = {"233590000000052", "336399812345"}  # E.214, made of an IMSI
NODES = ("calling_gt", "msc_number", "vlr_number", "service_centre", "gsmscf_address")


def rows_of_inputs() -> Iterator[dict]:
    """Rows of all captures as tshark read them, and of all logs."""
    for path in (PCAPS / "rows").rglob("*.jsonl*"):
        content = path.read_bytes()
        text = gzip.decompress(content) if path.suffix == ".gz" else content
        yield from map(json.loads, text.splitlines())
    for path in PCAPS.rglob("*.csv"):
        with path.open() as lines:
            yield from csv.DictReader(lines)
    for path in (*PCAPS.glob("*.jsonl"), *PCAPS.glob("demo/*.jsonl")):
        yield from map(json.loads, path.read_text("utf-8").splitlines())


@pytest.fixture(scope="module")
def numbers() -> set[str]:
    """Every number of a subscriber in the inputs, seven digits or more."""
    rows = list(rows_of_inputs())
    nodes = {row.get(column) for row in rows for column in NODES}
    found = {
        str(row[name]) for row in rows for name in LOGGED if row.get(name) and "swap_id" in row
    }
    found |= {row[name] for row in rows for name in LOGGED if row.get(name) and "event_id" in row}
    found |= {row[name] for row in rows for name in ("imsi", "msisdn", "imei") if row.get(name)}
    addresses = {row[name] for row in rows for name in COLUMNS if row.get(name)} - nodes
    return {n for n in found | addresses if n.isdigit() and len(n) > 7} | {NUMBER}


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    """All captures and logs in one audit, and files with numbers in their names."""
    folder = tmp_path_factory.mktemp("named")
    log = PCAPS / "demo" / "swaps.csv"
    shutil.copy(log, folder / f"swaps_{NUMBER}.csv")
    (folder / f"unread_+{NUMBER}.txt").write_text("neither")
    (folder / f"{NUMBER}.csv").write_text(f"swap_id,{NUMBER},msisdn\n1,2,3\n")
    with store.connected(folder / "audit.duckdb") as connection:
        ingest(connection, [folder, PCAPS])
        detect.run(connection, network.load(PCAPS / "network.toml"))
    with store.connected(folder / "audit.duckdb", read_only=True) as connection:
        yield connection


def held(numbers: set[str], text: str) -> set[str]:
    """Those of the numbers that stand in the text, with more digits around them too."""
    runs = {run for run in re.findall(r"\d{7,}", text)}
    within = {
        run[start:end]
        for run in runs
        for start in range(len(run))
        for end in range(start + 7, len(run) + 1)
    }
    return numbers & within


@pytest.fixture(scope="module")
def results(audited) -> tuple[dict, dict]:
    """The result document in clear and by the key."""
    return report.result(audited), report.result(audited, KEY)


@pytest.mark.parametrize("form", report.ALL)
def test_no_report_holds_a_number(form: str, results, numbers: set[str]) -> None:
    clear, hidden = (text_of(form, result) for result in results)
    least = 0 if form == "controls-csv" else 20
    assert len(held(numbers, clear)) >= least
    assert held(numbers, hidden) == set()


def text_of(form: str, result: dict) -> str:
    """A form of the document; of the PDF what is given to be set, which is all that it tells."""
    if form == "pdf":
        return json.dumps(content(result))
    return b"".join(report.written(form, result)).decode()


def words(path: Path) -> str:
    """The text of a report; of a PDF what its pages say, without breaks of lines and pages."""
    content = path.read_bytes()
    if not content.startswith(b"%PDF"):
        return content.decode("utf-8")
    text = "".join(page.extract_text() for page in PdfReader(path).pages)
    return re.sub(r"(?<=\d)\s+(?=\d)", "", text) + text


def test_findings_differ_in_numbers_only(audited, numbers: set[str]) -> None:
    clear = json.loads(findings_json(audited))["findings"]
    text = findings_json(audited, KEY).decode()
    assert held(numbers, text) == set()
    tokens: dict[str, str] = {}
    for before, after in zip(clear, json.loads(text)["findings"], strict=True):
        for member in ("id", "detector", "severity", "sources", "first_seen", "answer", "title"):
            assert before[member] == after[member]
        if before["source"]["gt"] not in numbers | TITLES_OF_SUBSCRIBERS:
            assert before["source"] == after["source"]
        for kind, number in before["subscriber"].items():
            token = after["subscriber"][kind]
            assert (token is None) == (number is None)
            if number:
                assert re.fullmatch(r"~[A-Z2-7]{16}", token)
                assert tokens.setdefault(number, token) == token
    assert len(set(tokens.values())) == len(tokens) > 50


def test_another_key_gives_other_tokens(audited) -> None:
    one, other = findings_json(audited, KEY).decode(), findings_json(audited, OTHER_KEY).decode()
    assert not set(re.findall("~[A-Z2-7]{16}", one)) & set(re.findall("~[A-Z2-7]{16}", other))
    assert findings_json(audited, KEY).decode() == one


def test_names_of_files_hold_no_number(audited) -> None:
    result = json.loads(report.as_json(report.result(audited, KEY)))
    names = [entry["name"] for entry in result["inputs"] + result["not_read"]]
    assert NUMBER not in json.dumps(result)
    assert [name for name in names if re.fullmatch(r"unread_~[A-Z2-7]{16}\.txt", name)]
    assert "demo/intl_stp.pcapng" in names


@pytest.fixture(scope="module")
def messages(audited) -> Query:
    return without_numbers(audited, KEY, query(audited, Selection(), [ALL]))


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_no_message_holds_a_number(
    form: str, messages: Query, audited, numbers: set[str], tmp_path: Path
) -> None:
    write(audited, messages, form, tmp_path / "rows")
    text = (tmp_path / "rows").read_text("utf-8")
    assert text.count("~") > 1000
    assert held(numbers, text) == set()


def test_messages_are_the_same_but_for_numbers(messages: Query, audited) -> None:
    columns = "seen_at, frame, operation, imsi"
    clear = query(audited, Selection(), ["seen_at", "frame", "operation", "imsi"])
    token = Pseudonyms(KEY, ()).token
    before = audited.execute(clear.sql).fetchall()
    after = audited.execute(f"select {columns} from ({messages.sql})").fetchall()
    assert [(*row[:3], row[3] and token(row[3])) for row in before] == after


def test_a_token_selects_its_subscriber(audited) -> None:
    token = Pseudonyms(KEY, ()).token("620990000009002")
    assert selected(audited, KEY, Selection(subscriber=token)).subscriber == "620990000009002"
    with pytest.raises(UsageError, match="no number of the database has this token"):
        selected(audited, OTHER_KEY, Selection(subscriber=token))


def test_no_explanation_holds_a_number(audited, numbers: set[str]) -> None:
    """One finding of each detector, with its frames decoded and its rows."""
    query = "select min(id) from finding group by detector order by 1"
    for (finding,) in audited.execute(query).fetchall()[::20]:
        text = explain(audited, finding, limit=2, key=KEY).plain
        assert held(numbers, text) == set(), finding
    assert "octets are not shown" in text or "row" in text


def test_extract_is_refused(tmp_path: Path) -> None:
    make_key(tmp_path / "key")
    found = sigaudit("extract", "--db", "a.duckdb", "--finding", "x", "--out", "e.pcapng",
                     "--pseudonymise", tmp_path / "key")  # fmt: skip
    assert found.status == 2
    assert "cannot be pseudonymised" in found.err.replace("\n", " ")


def test_audit_tells_no_number(tmp_path: Path) -> None:
    """What a user sees, and every file of the folder but the database."""
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    shutil.copy(PCAPS / "demo" / "swaps.csv", inputs / f"swaps_{NUMBER}.csv")
    shutil.copy(PCAPS / "demo" / "dfs_events.jsonl", inputs)
    (inputs / f"{NUMBER}.txt").write_text("neither")
    assert sigaudit("pseudonymise-key", tmp_path / "key").status == 0
    found = sigaudit("audit", inputs, "--network", PCAPS / "demo" / "network.toml", "--out",
                     tmp_path / "out", "--pseudonymise", tmp_path / "key")  # fmt: skip
    assert found.status == 3
    assert NUMBER not in found.out + found.err
    for path in (tmp_path / "out").iterdir():
        assert path.name == "audit.duckdb" or NUMBER not in words(path), path
    pages = words(tmp_path / "out" / "report.pdf")
    assert "~" in pages
    assert not re.search(r"23359\d{7}", pages)


def test_key_is_made_for_its_owner_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "key"
    make_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(read_key(path)) >= 32
    with pytest.raises(UsageError, match="never overwritten"):
        make_key(path)


def test_what_is_no_key(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="pseudonymise-key"):
        read_key(tmp_path / "absent")
    (tmp_path / "short").write_bytes(b"x" * 15)
    with pytest.raises(UsageError, match="16 to"):
        read_key(tmp_path / "short")
    (tmp_path / "least").write_bytes(b"x" * 16)
    assert len(read_key(tmp_path / "least")) == 16


def test_a_key_that_others_may_read_is_warned_of(audited, tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_bytes(b"x" * 32)
    path.chmod(0o644)
    result = sigaudit("messages", PCAPS / "send_imsi.pcap", "--pseudonymise", path)
    assert result.status == 0
    assert "chmod 600" in result.err


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("233590000001", ""),
        ("+233590000001", ""),
        ("to 233590000001, then", "to , then"),
        ("0620990000000001@nai.epc", "0@nai.epc"),
        ("00233590000001", "00"),
        ("imsi620990000000001x", "imsix"),
        ("ACC-12 paid Kofi Annan", " paid "),
        ("2026-03-01T08:15:30.123456Z", "2026-03-01T08:15:30.123456Z"),
        ("at 2026-03-01 08:15:30.123456", "at 2026-03-01 08:15:30.123456"),
        ("5000.00 GHS from 5000", "5000.00 GHS from "),
        ("447700900123", "447700900123"),
        ("~ABCDEFGHIJKLMNOP", "~ABCDEFGHIJKLMNOP"),
    ],
)
def test_texts(text: str, left: str) -> None:
    """What is left of a text when tokens are taken out of it."""
    known = {"233590000001", "620990000000001", "5000", "ACC-12"}
    hidden = Pseudonyms(KEY, known, names=["Kofi Annan"]).text(text)
    removed = hidden if hidden == text else re.sub("~[A-Z2-7]{16}", "", hidden)
    assert removed == left


@settings(max_examples=30)
@given(st.lists(st.from_regex(r"[1-9]\d{9,14}", fullmatch=True), min_size=1), st.text())
def test_known_numbers_never_stay(numbers: list[str], text: str) -> None:
    names = Pseudonyms(KEY, numbers)
    for number in numbers:
        hidden = names.text(f"{text} {number} {text}")
        assert number not in hidden
        assert names.token(number) in hidden
        assert names.text(hidden).count("~") == hidden.count("~")


def test_times_in_names_of_files() -> None:
    assert is_time("20260301081530")
    assert is_time("2026030108")
    assert not is_time("233590000001")
    assert not is_time("20261301081530")


def test_a_payee_of_several_words_in_any_text(tmp_path: Path) -> None:
    """Also one that no finding is about."""
    log = tmp_path / "dfs.csv"
    log.write_text(
        "event_id,occurred_at,msisdn,event,payee\n"
        "1,2026-03-01T08:00:00Z,233590000001,transfer,Kofi Annan (Accra)\n"
    )
    told = {"events": [{"what": "paid Kofi Annan (Accra)", "to": "+233590000001", "n": 1}]}
    with store.connected(tmp_path / "audit.duckdb") as connection:
        ingest(connection, [log])
        hidden = hide(connection, KEY, told)
    [event] = hidden["events"]
    assert re.fullmatch(r"paid ~[A-Z2-7]{16}", event["what"])
    assert re.fullmatch(r"~[A-Z2-7]{16}", event["to"])
    assert event["n"] == 1
