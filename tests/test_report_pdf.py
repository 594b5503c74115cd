"""The report on paper: archived, read aloud, complete, and never markup of anything hostile."""

import random
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from sigaudit.report import wording
from sigaudit.report.document import document
from sigaudit.report.glyphs import SHOWN, printed
from sigaudit.report.pdf import content, pdf
from tests.a_framework import VERDICTS, control, frameworks
from tests.test_report import HOSTILE, a_finding, an_input, attacked, audited, empty


def judged() -> dict[str, Any]:
    """A document with findings and with a control for each verdict."""
    return document(attacked()) | {"frameworks": frameworks()}


def text_of(made: bytes) -> str:
    """All words of all pages, a space between them."""
    pages = PdfReader(BytesIO(made)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture(scope="module")
def made() -> bytes:
    return pdf(judged())


@pytest.fixture(scope="module")
def words(made: bytes) -> str:
    return text_of(made)


def test_it_says_that_it_is_for_archives_and_for_reading_aloud(made: bytes) -> None:
    root = PdfReader(BytesIO(made)).trailer["/Root"]
    about = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in about  # ISO 19005-2, conformance A: tagged
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in about
    assert "<pdfuaid:part>1</pdfuaid:part>" in about  # ISO 14289-1
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(root)


def test_pages_are_numbered_and_chapters_can_be_gone_to(made: bytes) -> None:
    reader = PdfReader(BytesIO(made))
    pages = [page.extract_text() for page in reader.pages]
    assert all(f"{n} / {len(pages)}" in page for n, page in enumerate(pages, start=1))
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    for chapter in ("Overview", "Recommendations and rules", "Findings", "Evidence"):
        assert any(title.endswith(chapter) for title in titles), chapter
    assert "Contents" in pages[1]


def test_every_control_stands_there_with_its_verdict_and_figures(words: str) -> None:
    for entry in frameworks()[0]["controls"]:
        told = wording.VERDICTS[entry["verdict"]]
        assert f"{entry['id']} {entry['title']} {told}" in words
        assert entry["reason"] in words
    assert "3 of 40: 7.5% (95% interval 2.6% to 19.9%)" in words
    assert "breach of national rule 7" in words
    assert "board minutes 7" in words
    assert set(wording.VERDICTS) == set(VERDICTS)


def test_evidence_and_digests_are_annexed(words: str) -> None:
    assert "intl/stp 1.pcap:4" in words and "intl/stp 1.pcap:5" in words
    assert "swaps.csv, row SW-1" in words
    for entry in judged()["inputs"]:
        assert entry["sha256"] in words.replace(" ", "")
    assert "ab" * 32 in words.replace(" ", "")


def test_the_same_document_gives_the_same_bytes(made: bytes) -> None:
    assert made == pdf(judged())


def test_hostile_text_stays_text() -> None:
    hostile = [
        *HOSTILE,
        "#panic()",
        '#eval("1")',
        "$ x $ *bold* _it_",
        "x" * 3000,
        "\u4e2d\U0001f600",
    ]
    connection = attacked()
    for number, text in enumerate(hostile, start=10):
        names = dict.fromkeys(("host", "title", "explanation", "agent"), text)
        an_input(connection, number, f"{number}{text}", damage=text)
        a_finding(connection, number, [(number, 4, 1, None), (1, None, None, text)], **names)
    found = document(connection)
    found["frameworks"] = [
        {**frameworks()[0], "title": text, "controls": [control(1, "met", title=text, reason=text)]}
        for text in hostile
    ]
    made = pdf(found)
    assert not PdfReader(BytesIO(made)).attachments
    told = text_of(made).replace("\u200b", "")
    for text in ("<script>alert(1)</script>", "#panic()", "$ x $ *bold* _it_", "{{ 7 * 7 }}"):
        assert told.count(text) >= 4, text
    assert "⟨U+4E2D⟩" in told and "⟨U+202E⟩" in told


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.text(min_size=1, max_size=200), min_size=20, max_size=20))
def test_any_text_can_be_set(texts: list[str]) -> None:
    found = {**document(audited(empty())), "checks": [], "warnings": texts, "operator": texts[0]}
    assert pdf(found).startswith(b"%PDF-")


def test_fonts_have_what_is_said_to_be_shown() -> None:
    characters = [chr(code) for first, last in SHOWN for code in range(first, last + 1)]
    random.Random(1).shuffle(characters)
    assert pdf(document(empty()) | {"warnings": ["".join(characters)]}).startswith(b"%PDF-")
    assert printed({"a": ["\u4e2d", ("\u202e", 1)]}) == {"a": ["⟨U+4E2D⟩", ["⟨U+202E⟩", 1]]}


def test_nothing_at_all_is_a_report_too() -> None:
    assert "Nothing was audited" in text_of(pdf(document(audited(empty()))))


def test_it_shows_the_worst_1000_and_says_so() -> None:
    connection = audited(empty())
    an_input(connection, 1, "flood.pcap")
    a_finding(connection, 0, [(1, 1, 1, None)], severity="low")
    connection.execute("""
        insert into finding by name
        select finding.* replace (printf('%016x', n + 1) as id, 'high' as severity)
        from finding, range(1000) as numbers(n)
        """)
    found = document(connection)
    reader = PdfReader(BytesIO(pdf(found)))
    assert any(
        "the worst 1,000 of 1,001 findings" in page.extract_text() for page in reader.pages[:40]
    )
    shown = content(found)["shown"]
    assert len(shown) == 1000 and f"{0:016x}" not in shown
