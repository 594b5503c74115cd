"""What no data can show, as operators and authorities answer it: questionnaire and answers.

`sigaudit attestation new` writes the questionnaire; `attestation.file` of network.toml gives it
back, filled in. Answers are shown as answers, with who gave them, never as measured.
"""

import datetime
import difflib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError

from sigaudit.errors import UsageError
from sigaudit.framework import Control, controls, load
from sigaudit.toml_text import parsed

SCHEMA = "sigaudit/attestation/1"
LARGEST_FILE = 1024 * 1024  # octets; another file given by mistake is not read to its end
TOP = f"""\
# What no capture or log can show, requirement by requirement.
#
# Fill in `operator`, and of each requirement that you answer all four lines:
#   answer     "yes", "partly", "no" or "not_applicable"
#   name       who answers for it
#   date       of the answer, such as "2026-03-01"
#   reference  of the evidence: a document, its clause, where it lies
# Leave answer = "" where you do not answer: it is then reported as not assessed.
# Give the file back by two lines of network.toml:
#
#   [attestation]
#   file = "attestation.toml"

schema = "{SCHEMA}"
operator = ""  # operator.name of network.toml
"""


@dataclass(frozen=True)
class Answer:
    """An answer to one requirement's question, and who stands for it."""

    answer: str  # yes, partly, no, not_applicable
    name: str
    date: str
    reference: str


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("expected printable characters")
    return text


Line = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=500), AfterValidator(_printable)
]


class Given(BaseModel):
    """One table of the file."""

    model_config = ConfigDict(extra="forbid")

    answer: Literal["yes", "partly", "no", "not_applicable", ""] = ""
    name: Line = ""
    date: datetime.date | Literal[""] = ""
    reference: Line = ""


def asked() -> Iterator[Control]:
    """The requirements that the questionnaire asks about: data do not show them, or not whole."""
    for framework in load():
        for control in framework.control:
            if control.question and control.rest:
                yield control


def questionnaire() -> str:
    """The file to be filled in."""
    tables = []
    of = {control.id: framework for framework in load() for control in framework.control}
    title = ""
    for control in asked():
        if of[control.id].title != title:
            title = of[control.id].title
            tables.append(f"\n# ---- {title} ----\n")
        tables.append(_table(control))
    return TOP + "".join(tables)


def _table(control: Control) -> str:
    binds = ", ".join(party.replace("_", " ") for party in control.binds)
    return (
        f"\n# {control.title} ({binds})\n# {control.requirement}\n# {control.question}\n"
        f'[answer."{control.id}"]\nanswer = ""\nname = ""\ndate = ""\nreference = ""\n'
    )


def read(path: Path, operator: str) -> tuple[dict[str, Answer], str]:
    """The answers by requirement, and the file's SHA-256; UsageError names every mistake."""
    content = _content(path)
    told = parsed(path, content)
    wrong = list(_wrong_top(told, operator))
    answers: dict[str, Answer] = {}
    tables = told.get("answer", {})
    if not isinstance(tables, dict):
        wrong.append('answer: expected tables such as [answer."SS7-REG-01"]')
        tables = {}
    for name, table in tables.items():
        try:
            answers |= _answer(name, table)
        except ValueError as error:
            wrong += str(error).split("\n")
    if wrong:
        raise UsageError("\n".join(f"{path}: {words}" for words in wrong))
    return answers, hashlib.sha256(content).hexdigest()


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        words = f"cannot be read: {error.strerror or error}; `sigaudit attestation new` writes one"
        raise UsageError(f"{path}: {words}") from None
    if len(content) > LARGEST_FILE:
        raise UsageError(f"{path}: too large for answers; is it another file?")
    return content


def _wrong_top(told: dict[str, Any], operator: str) -> Iterator[str]:
    if told.get("schema") != SCHEMA:
        yield f'schema: expected "{SCHEMA}"; begin with what `sigaudit attestation new` writes'
    if told.get("operator") != operator:
        given = told.get("operator")
        yield (
            f"operator: the answers are of {given!r}, and network.toml describes {operator!r}; "
            "give that operator's answers, or correct the name"
        )
    for key in told.keys() - {"schema", "operator", "answer"}:
        yield f"{key}: unknown key; known are schema, operator and [answer.…]"


def _answer(name: str, table: Any) -> dict[str, Answer]:
    """The answer of one table, none if it is left open; ValueError says what is wrong."""
    place = f'answer."{name}"'
    _refuse_unasked(place, name)
    try:
        given = Given.model_validate(table)
    except ValidationError as error:
        raise ValueError("\n".join(f"{place}{_mistake(e)}" for e in error.errors())) from None
    if not given.answer:
        return {}
    lacking = [key for key in ("name", "date", "reference") if not getattr(given, key)]
    if lacking:
        raise ValueError(
            f"{place}: answered without {', '.join(lacking)}; say who answers, when, and where "
            "the evidence is"
        )
    return {name: Answer(given.answer, given.name, str(given.date), given.reference)}


def _refuse_unasked(place: str, name: str) -> None:
    known = [control.id for control in asked()]
    if name in known:
        return
    if name in controls():
        raise ValueError(f"{place}: not asked about: data show it, or other answers; remove it")
    near = difflib.get_close_matches(name, known, n=1)
    meant = f"did you mean {near[0]}?" if near else "`sigaudit attestation new` lists them"
    raise ValueError(f"{place}: no such requirement; {meant}")


def _mistake(error: Any) -> str:
    key = f".{error['loc'][0]}" if error["loc"] else ""
    expected = {
        "answer": 'expected "yes", "partly", "no" or "not_applicable"',
        "date": 'expected a day such as "2026-03-01"',
        "name": "expected a line of at most 500 printable characters",
        "reference": "expected a line of at most 500 printable characters",
    }
    if error["type"] == "extra_forbidden":
        return f"{key}: unknown key; known are answer, name, date, reference"
    return f"{key}: {expected.get(key.removeprefix('.'), 'expected a table of four keys')}"


def contradicting(control: Control) -> list[str]:
    """The detectors whose findings contradict a yes: not where all that is asked is monitoring."""
    return control.detectors if control.mode != "data" or control.criteria else []
