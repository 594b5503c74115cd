"""The questionnaire and its answers: what is wrong in them is told with file and place."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from sigaudit import detect, store
from sigaudit.attestation import asked, questionnaire, read
from sigaudit.cli import app
from sigaudit.errors import UsageError
from sigaudit.network import load
from sigaudit.report.document import document

ANSWER = {
    "answer": "yes",
    "name": "A. Mensah",
    "date": "2026-03-01",
    "reference": "file 7",
}
NETWORK = """
[operator]
name = "Example Mobile"
country = "GH"
plmns = ["62099"]
global_titles = ["23359"]

[attestation]
file = "answers.toml"
"""


def written(folder: Path, control: str = "MOU-04", **changes: Any) -> Path:
    """Answers to one requirement."""
    lines = [f'{key} = "{value}"' for key, value in (ANSWER | changes).items()]
    path = folder / "answers.toml"
    top = 'schema = "sigaudit/attestation/1"\noperator = "Example Mobile"\n'
    path.write_text(f'{top}[answer."{control}"]\n' + "\n".join(lines), encoding="utf-8")
    return path


def test_the_questionnaire_is_sound_and_unanswered(tmp_path: Path) -> None:
    told = tomllib.loads(questionnaire())
    assert list(told["answer"]) == [control.id for control in asked()]
    path = tmp_path / "answers.toml"
    path.write_text(questionnaire().replace('operator = ""', 'operator = "Example Mobile"'))
    assert read(path, "Example Mobile")[0] == {}


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("yes", "attested"),
        ("partly", "partly"),
        ("no", "departed_from"),
        ("not_applicable", "not_applicable"),
    ],
)
def test_an_answer_is_shown_as_an_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, verdict: str
) -> None:
    monkeypatch.setattr(detect, "load", lambda own: [])  # there is nothing for them to find
    written(tmp_path, answer=answer)
    network = tmp_path / "network.toml"
    network.write_text(NETWORK, encoding="utf-8")
    with store.connected(tmp_path / "audit.duckdb") as connection:
        detect.run(connection, load(network))
        controls = [c for one in document(connection)["frameworks"] for c in one["controls"]]
    [found] = [control for control in controls if control["id"] == "MOU-04"]
    assert found["verdict"] == verdict
    assert found["attestation"] == ANSWER | {"answer": answer}
    assert "not measured; answered" in found["reason"]
    assert "A. Mensah" in found["reason"]
    assert not found["breach"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"answer": "maybe"}, 'answer."MOU-04".answer: expected "yes"'),
        ({"date": "soon"}, 'answer."MOU-04".date: expected a day'),
        ({"name": ""}, 'answer."MOU-04": answered without name'),
        ({"name": "a" * 501}, "at most 500"),
        ({"reference": r"\u001b[31m"}, "printable"),
        ({"nmae": "x"}, "unknown key"),
        ({"control": "SS7-FW-01"}, "not asked about"),
        ({"control": "MOU-44"}, "did you mean MOU-04?"),
    ],
)
def test_a_wrong_answer_is_told_with_its_place(
    tmp_path: Path, changes: dict[str, str], words: str
) -> None:
    path = written(tmp_path, **changes)
    with pytest.raises(UsageError) as told:
        read(path, "Example Mobile")
    assert words in str(told.value)
    assert str(path) in str(told.value)


def test_answers_of_another_operator_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="the answers are of 'Example Mobile'"):
        read(written(tmp_path), "Another")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff", "line 1: not UTF-8"),
        (b"a = ", "not valid TOML"),
        (b"answer = 3", "expected tables"),
        (b"[answer]\nX = 3", "no such requirement"),
        (b"x = " + b"[" * 100_000, "not valid TOML"),
        (b" " * (1024 * 1024 + 1), "too large"),
    ],
)
def test_damaged_answers_are_told(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "answers.toml"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=words):
        read(path, "Example Mobile")
    with pytest.raises(UsageError, match="`sigaudit attestation new` writes one"):
        read(tmp_path / "none.toml", "Example Mobile")


@given(st.binary(max_size=200))
def test_any_bytes_are_answers_or_an_error(tmp_path_factory: Any, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(content)
    with pytest.raises(UsageError):
        read(path, "Example Mobile")


def test_the_command_writes_and_does_not_overwrite(tmp_path: Path) -> None:
    out = tmp_path / "answers.toml"
    assert CliRunner().invoke(app, ["attestation", "new", "--out", str(out)]).exit_code == 0
    assert out.read_text("utf-8") == questionnaire()
    again = CliRunner().invoke(app, ["attestation", "new", "--out", str(out)])
    assert isinstance(again.exception, UsageError)
    assert CliRunner().invoke(app, ["attestation", "new"]).output == questionnaire()
