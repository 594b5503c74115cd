"""The result document and its forms, over small databases written here by hand."""

import base64
import hashlib
import json
import re
import shlex
from collections import Counter
from csv import DictReader
from functools import cache
from html.parser import HTMLParser
from importlib.metadata import version
from io import StringIO
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sigaudit import report
from sigaudit.errors import SigauditError, UsageError
from sigaudit.report.csv import harmless
from sigaudit.report.document import document
from sigaudit.report.html import html
from sigaudit.report.timeline import timeline
from sigaudit.report.wording import EXPLAIN, explain_frame
from tests import by_hand

SCHEMA = Path(report.__file__).parent.parent / "schema.sql"
TEMPLATES = Path(report.__file__).parent / "templates"
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style><style>@import 'evil'",
    "</title></head><body onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "&lt;b&gt;&amp;&#60;",
    "<!-- --><![CDATA[",
    "gnp\u202e.exe\u2066\u200b",
    "line\r\nbreak\x00\x1b[31m",
    "-x $(reboot) `id` ; rm *",
]
VOID = {"meta", "input", "col", "br", "img", "link", "hr"}


class Page(HTMLParser):
    """What a browser would see: tags in order, attributes, text, and the style sheet."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.text, self.open = [], [], [], []
        self.style = self.script = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attributes]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attributes]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] == "style":
            self.style += data
        elif self.open and self.open[-1] == "script":
            self.script += data
        else:
            self.text.append(data)

    def values(self, name):
        return [value for _, attribute, value in self.attributes if attribute == name]

    def words(self):
        return " ".join("".join(self.text).split())


def insert(connection, table, **row):
    by_hand.insert(connection, table, row)


def an_input(connection, input_id, name, kind="capture", **row):
    filled = {
        "path": f"/srv/exports/secret/{name}",
        "sha256": f"{input_id:064x}",
        "bytes": 1000,
        "items": 10,
        "first_seen": "2026-03-01 08:00:00",
        "last_seen": "2026-03-01 16:00:00",
    }
    insert(connection, "input", input_id=input_id, name=name, kind=kind, **filled | row)


def a_finding(connection, number, evidence, **row):
    pieces = [
        dict(zip(("input_id", "frame", "message", "row_id"), e, strict=True)) for e in evidence
    ]
    filled = {
        "id": f"{number:016x}",
        "was": [],
        "detector": "MAP-LOC-01",
        "also": [],
        "title": "Any-time interrogation from another network",
        "threat": "location-tracking",
        "severity": "high",
        "confidence": 0.9,
        "answer": "answered",
        "subscribers": 1,
        "sources": 1,
        "first_seen": "2026-03-01 08:15:30.123456",
        "last_seen": "2026-03-01 08:15:30.5",
        "evidence": pieces,
        "explanation": "anyTimeInterrogation from outside was answered",
        "references": ["T1430.002"],
    }
    insert(connection, "finding", **filled | row)


def a_message(connection, number, frame, at, **row):
    filled = {
        "input_id": 1,
        "message": 1,
        "component": 1,
        "calling_gt": "447700900001",
        "called_gt": "233590000010",
        "tcap_type": 98,
        "component_type": 161,
        "opcode": 71,
        "digest": number,
    }
    insert(connection, "map_component", id=number, frame=frame, seen_at=at, **filled | row)


def empty():
    connection = duckdb.connect()
    connection.execute(SCHEMA.read_text(encoding="utf-8"))
    return connection


def audited(connection, tool_version=None):
    insert(
        connection,
        "audit",
        tool_version=tool_version or version("sigaudit"),
        operator="Example Mobile",
        network_sha256="ab" * 32,
        made_of="cd" * 32,
        as_of="2026-03-01 16:00:00",
    )
    return connection


def attacked():
    """A capture that is damaged, a swap log, two findings, a problem, a check not assessed."""
    connection = audited(empty())
    an_input(connection, 1, "intl/stp 1.pcap", damage="cut within frame 10")
    an_input(connection, 2, "swaps.csv", "sim_swap", first_seen="2026-03-01 07:00:00")
    a_message(connection, 1, 4, "2026-03-01 08:15:30.123456")
    a_message(
        connection,
        2,
        5,
        "2026-03-01 08:15:30.5",
        calling_gt="233590000010",
        called_gt="447700900001",
        tcap_type=100,
        component_type=162,
        opcode=None,
    )
    insert(
        connection,
        "swap",
        id=3,
        input_id=2,
        swap_id="SW-1",
        event="swap",
        outcome="completed",
        msisdn="233590000019",
        completed_at="2026-03-01 13:20:00",
        new_imsi="620990000000071",
    )
    a_finding(
        connection, 1, [(1, 4, 1, None), (1, 5, 1, None)], msisdn="233590000001", gt="447700900001"
    )
    a_finding(
        connection,
        2,
        [(2, None, None, "SW-1")],
        detector="SWAP-01",
        title="SIM swap and transfer",
        threat="sim-swap-fraud",
        severity="critical",
        answer=None,
        agent="AG-1",
        subscribers=3,
        first_seen="2026-03-01 13:20:00",
        last_seen="2026-03-01 13:20:00",
    )
    for frame in (9, 7, 8):
        insert(connection, "problem", input_id=1, frame=frame, layer="tcap", reason="too short")
    insert(
        connection, "passed_over", input_id=1, layer="ip", what="not SCTP or TCP", frames=3, frame=7
    )
    odd = {"layer": "ber", "kind": "long form of a short length"}
    for frame in (7, 6):
        component_id = (1 << 40) + frame
        a_message(connection, component_id, frame, "2026-03-01 09:00:00")
        insert(connection, "anomaly", component_id=component_id, octet=5, **odd)
        insert(
            connection, "second_look", input_id=1, frame=frame, message=1, outcome="refused",
            error="ASN1BERDecodeErr", **odd,
        )  # fmt: skip
    insert(connection, "not_assessed", detector="MAP-LOC-04", missing="[interconnect]")
    return connection


def test_document_holds_the_members_of_a_finding():
    found = {finding["id"]: finding for finding in document(attacked())["findings"]}
    expected = {
        "id": "0000000000000001",
        "was": [],
        "detector": "MAP-LOC-01",
        "also": [],
        "title": "Any-time interrogation from another network",
        "threat": "location-tracking",
        "severity": "high",
        "confidence": 0.9,
        "answer": "answered",
        "subscriber": {"imsi": None, "msisdn": "233590000001"},
        "source": {"gt": "447700900001", "host": None, "realm": None, "agent": None},
        "first_seen": "2026-03-01T08:15:30.123456Z",
        "last_seen": "2026-03-01T08:15:30.500000Z",
        "evidence": [
            {"file": "intl/stp 1.pcap", "frame": 4, "message": 1},
            {"file": "intl/stp 1.pcap", "frame": 5, "message": 1},
        ],
        "explanation": "anyTimeInterrogation from outside was answered",
        "controls": [],
        "references": ["T1430.002"],
    }
    assert expected.items() <= found["0000000000000001"].items()
    assert found["0000000000000002"]["evidence"] == [{"file": "swaps.csv", "row": "SW-1"}]


def test_document_tells_what_happened_in_each_finding():
    found = {finding["id"]: finding["events"] for finding in document(attacked())["findings"]}
    asked, answered = found["0000000000000001"]
    assert (asked["what"], asked["from"], asked["to"]) == (
        "anyTimeInterrogation invoke",
        "447700900001",
        "233590000010",
    )
    assert answered["what"] == "returnResultLast"
    assert answered["at"] == "2026-03-01T08:15:30.500000Z"
    (swapped,) = found["0000000000000002"]
    assert (swapped["what"], swapped["to"]) == ("swap completed", "620990000000071")


def test_document_tells_what_was_read_and_what_was_not():
    found = document(attacked())
    assert [(entry["name"], entry["damage"], entry["problems"]) for entry in found["inputs"]] == [
        ("intl/stp 1.pcap", "cut within frame 10", 3),
        ("swaps.csv", None, 0),
    ]
    assert found["period"] == {
        "first_seen": "2026-03-01T07:00:00.000000Z",
        "last_seen": "2026-03-01T16:00:00.000000Z",
    }
    (problem,) = found["problems"]
    assert (problem["count"], problem["frame"], problem["reason"]) == (3, 7, "too short")
    assert (found["passed_over"][0]["frames"], found["passed_over"][0]["frame"]) == (3, 7)
    place = {"input": "intl/stp 1.pcap", "count": 2, "frame": 6, "message": 1}
    odd = {"layer": "ber", "kind": "long form of a short length"}
    assert found["anomalies"] == [place | odd]
    assert found["second_look"] == [
        place | odd | {"outcome": "refused", "error": "ASN1BERDecodeErr"}
    ]
    assert found["not_assessed"] == [{"detector": "MAP-LOC-04", "missing": "[interconnect]"}]
    assert found["counts"]["map"][0]["operation"] == "anyTimeInterrogation"


def test_document_tells_the_outcome_of_each_check():
    found = {check["id"]: check["outcome"] for check in document(attacked())["checks"]}
    assert (found["MAP-LOC-01"], found["SWAP-01"]) == ("found", "found")
    assert (found["MAP-LOC-04"], found["MAP-LOC-02"]) == ("not_assessed", "nothing_found")


def test_a_check_is_not_said_to_have_run_where_another_version_ran():
    connection = audited(empty(), tool_version="0.0.1")
    an_input(connection, 1, "quiet.pcap")
    found = document(connection)
    assert {check["outcome"] for check in found["checks"]} == {None}
    assert "Checks that found nothing" not in html(found)


@pytest.mark.parametrize("form", report.FORMATS)
def test_same_database_same_bytes_and_no_path_of_the_machine(form, tmp_path):
    for name in ("first", "second"):
        report.write(attacked(), form, tmp_path / name)
    first = (tmp_path / "first").read_bytes()
    assert first == (tmp_path / "second").read_bytes()
    assert b"/srv/exports" not in first and b"exports/secret" not in first
    assert not list(tmp_path.glob("*.part"))


def test_page_is_whole_and_leads_nowhere_but_into_itself():
    page = Page(html(document(attacked())))
    assert page.open == []
    assert Counter(page.tags)["h1"] == 1
    assert {"header", "nav", "main", "footer"} <= set(page.tags)
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert {f"#{name}" for name in ids} >= set(page.values("href"))
    labels = page.values("aria-labelledby") + page.values("aria-describedby")
    assert set(labels) <= set(ids)


def test_page_loads_nothing_and_runs_nothing_but_its_own_script():
    text = html(document(attacked()))
    page = Page(text)
    assert page.tags.count("script") == 1
    assert page.script == (TEMPLATES / "report.js").read_text("utf-8")
    assert not {"img", "link", "iframe", "object", "embed", "base"} & set(page.tags)
    assert not [
        name for _, name, _ in page.attributes if name in ("src", "style", "srcset", "action")
    ]
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    assert "://" not in text and "url(" not in text and "@import" not in text
    style, script = (
        base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
        for part in (page.style, page.script)
    )
    assert (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; "
        "base-uri 'none'; form-action 'none'"
    ) in page.values("content")


def test_page_shows_every_piece_of_evidence_with_its_command():
    words = Page(html(document(attacked()))).words()
    for frame in (4, 5):
        assert f"sigaudit explain --db audit.duckdb 'intl/stp 1.pcap:{frame}'" in words
    assert "swaps.csv, row SW-1" in words
    assert "sigaudit explain --db audit.duckdb 0000000000000002" in words
    assert "3 subscribers" in words
    assert "MAP-LOC-04" in words and "[interconnect]" in words
    assert "anyTimeInterrogation tells where a subscriber is." in words


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text):
    """In every place that a capture, a log or a file name can fill."""
    connection = audited(empty())
    connection.execute("update audit set operator = ?", [text])
    an_input(connection, 1, text, damage=text)
    insert(connection, "problem", input_id=1, line=1, layer="log", reason=text)
    a_finding(
        connection,
        1,
        [(1, 4, 1, None), (1, None, None, text)],
        **dict.fromkeys(("host", "realm", "agent", "imsi", "explanation", "title"), text),
    )
    written = html(document(connection))
    page = Page(written)
    assert page.open == []
    assert "img" not in page.tags
    assert page.tags.count("style") == page.tags.count("body") == page.tags.count("script") == 1
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    assert all(character == "\n" or character.isprintable() for character in written)
    if text.isprintable():
        assert page.words().count(" ".join(text.split())) >= 6
    else:
        assert re.search(r"⟨U\+(202E|000D)⟩", page.words())


@cache
def benign():
    return json.dumps(document(attacked()))


@cache
def tags_with(name):
    changed = json.loads(benign())
    changed["operator"] = name
    changed["findings"][0] |= {"title": name, "explanation": name}
    changed["findings"][0]["source"] = {"gt": None, "host": name, "realm": None, "agent": None}
    return Page(html(changed)).tags


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1, max_size=40))
def test_no_text_changes_the_structure_of_the_page(text):
    assert tags_with(text) == tags_with("plain name")


@given(st.text(min_size=1, max_size=30))
def test_commands_survive_the_shell(name):
    """What the shell hands to sigaudit is FILE:FRAME, or nothing is offered for the frame."""
    target = explain_frame({"file": name, "frame": 7, "message": 1})
    if target is None:
        assert not name.isprintable() or not name.isascii()
    else:
        assert shlex.split(f"{EXPLAIN} {target}")[-1] == f"{name}:7"


def test_no_finding_is_never_called_safe():
    connection = audited(empty())
    an_input(connection, 1, "quiet.pcap")
    insert(connection, "not_assessed", detector="MAP-LOC-04", missing="[interconnect]")
    words = Page(html(document(connection) | {"frameworks": []})).words()
    assert "no proof of safety" in words
    assert "1 check could not be assessed" in words
    claims = r"\b(secure|clean|compliant|no attacks?|all clear|is safe|no threats?)\b"
    assert not re.search(claims, words, re.IGNORECASE)


def test_nothing_read_and_nothing_checked_are_said():
    assert "Nothing was audited" in html(document(audited(empty())))
    connection = empty()
    an_input(connection, 1, "quiet.pcap")
    assert "no check was run" in html(document(connection))


def test_page_shows_the_worst_5000_and_says_so():
    connection = audited(empty())
    an_input(connection, 1, "flood.pcap")
    a_finding(connection, 0, [(1, 1, 1, None)], severity="low")
    connection.execute("""
        insert into finding by name
        select finding.* replace (
          printf('%016x', n + 1) as id, 'high' as severity, '4477009' || n as gt,
          first_seen + to_seconds(n) as first_seen, first_seen + to_seconds(n) as last_seen
        )
        from finding, range(5000) as numbers(n)
        """)
    found = document(connection)
    text = html(found)
    assert len(found["findings"]) == 5001
    assert text.count("<article ") == 5000
    assert "the worst 5,000 of 5,001 findings" in text
    assert f"f-{0:016x}" not in text  # the one of low severity
    assert "4,970 sources with few findings share a line" in text


def test_long_evidence_is_cut_in_the_page_and_whole_in_json(tmp_path):
    connection = audited(empty())
    an_input(connection, 1, "flood.pcap")
    a_finding(connection, 1, [(1, frame, 2, None) for frame in range(1, 201)])
    report.write(connection, "json", tmp_path / "report.json")
    (finding,) = json.loads((tmp_path / "report.json").read_text("utf-8"))["findings"]
    assert [piece["frame"] for piece in finding["evidence"]] == list(range(1, 201))
    words = Page(html(document(connection))).words()
    assert "flood.pcap:50:2" in words and "flood.pcap:51" not in words
    assert "150 more pieces are in findings.json" in words


def test_the_timeline_keeps_proportion_and_shows_gaps_in_what_was_read():
    connection = audited(empty())
    early = {"first_seen": "2026-03-01 00:00:00", "last_seen": "2026-03-01 05:00:00"}
    late = {"first_seen": "2026-03-01 07:00:00", "last_seen": "2026-03-01 12:00:00"}
    an_input(connection, 1, "early.pcap", **early)
    an_input(connection, 2, "late.pcap", **late)
    for number, hour in enumerate((0, 3, 6, 12)):
        at = f"2026-03-01 {hour:02}:00:00"
        place = [(1 + hour // 7, 1, 1, None)]
        a_finding(connection, number, place, gt="447700900001", first_seen=at, last_seen=at)
    found = document(connection)
    drawn = timeline(found, found["findings"])
    (lane,) = drawn.lanes
    first, quarter, half, last = (mark.left for mark in lane.marks)
    assert half == pytest.approx(50, abs=0.01)
    assert quarter == pytest.approx((first + half) / 2, abs=0.01)
    assert first == pytest.approx(100 - last, abs=0.01)
    ((_, files, (before, after)),) = drawn.coverage
    assert files == 2
    assert before[0] + before[1] < half < after[0]
    labels = [label for _, label in drawn.ticks]
    assert labels[0] == "1 Mar 00:00" and "06:00" in labels


def test_an_impossible_date_is_told_not_drawn():
    changed = json.loads(benign())
    changed["findings"][0] |= {
        "first_seen": "12026-03-01T00:00:00.000000Z",
        "last_seen": "infinity",
    }
    assert "1 finding with an impossible date cannot be drawn" in Page(html(changed)).words()


def test_csv_holds_no_formula():
    connection = attacked()
    connection.execute("update finding set agent = '=cmd()', explanation = '@SUM(A1)\n+1'")
    rows = list(DictReader(StringIO(report.FORMATS["csv"](document(connection)))))
    assert {row["agent"] for row in rows} == {"'=cmd()"}
    assert {row["explanation"] for row in rows} == {"'@SUM(A1)⟨U+000A⟩+1"}
    assert rows[0]["evidence"] == "intl/stp 1.pcap:4; intl/stp 1.pcap:5"


def test_csv_cells_that_a_spreadsheet_would_run():
    for start in ("=", "+", "-", "@", "\t=", "\r+", "\uff1d"):
        assert str(harmless(f"{start}1")).startswith("'")
    assert harmless("\tA") == "⟨U+0009⟩A"
    assert harmless("A=1") == "A=1"


def test_unknown_form_and_unwritable_place_name_the_remedy(tmp_path):
    with pytest.raises(UsageError, match="json, html, pdf, csv"):
        report.write(empty(), "docx", tmp_path / "report")
    with pytest.raises(SigauditError, match="Make its folder"):
        report.write(attacked(), "json", tmp_path / "absent" / "report.json")
    (tmp_path / "folder").mkdir()
    with pytest.raises(SigauditError, match="not a folder"):
        report.write(attacked(), "json", tmp_path / "folder")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def luminance(colour):
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast(scheme):
    """At least 4.5 to 1 against the paper, the threshold of WCAG 2.2 for text."""
    style = (TEMPLATES / "report.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[:2]
    colours = dict(re.findall(r"--(\w+): (#\w{6})", light if scheme == "light" else dark))
    paper = luminance(colours.pop("paper"))
    for name in set(colours) - {"line", "wash"}:
        brighter, darker = sorted((paper, luminance(colours[name])), reverse=True)
        assert (brighter + 0.05) / (darker + 0.05) >= 4.5, name
