"""Frameworks as files: what a regulator or standard asks for, and which measures show it.

One TOML each in sigaudit/frameworks, found by being there; docs/frameworks.md lists them.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from sigaudit.errors import UsageError

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Party = Literal["regulator", "operator", "dfs_provider", "agent", "vendor", "third_party"]
Mode = Literal["data", "mixed", "attest"]  # decidable from data, in part, or by an answer only


class Part(BaseModel):
    """A table of the file: unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Criterion(Part):
    """A measure, and the limit that it is held to; without a limit it informs only.

    What crosses interconnect (a measure by capture point) has no limit here: none may pass.
    """

    measure: Text
    at_least: float | None = None
    at_most: float | None = None
    beyond: Literal["departed_from", "partly", "not_assessed"] = "departed_from"  # and the verdict
    shows: Literal["both", "departed_from", "met"] = "both"  # what the data can show at all
    policy: list[Text] = []  # keys of [policy], or "key = value", whose rule it breaks beyond it


class Control(Part):
    """One requirement, paraphrased, and how it is judged."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z0-9.@-]+$")]
    chapter: Text
    title: Text
    requirement: Text
    source: Text
    binds: list[Party] = Field(min_length=1)
    mode: Mode
    test: Text  # how it is tested, with the origin of thresholds
    question: Text | None = None  # what the questionnaire asks
    criteria: list[Criterion] = []
    detectors: list[Text] = []
    classes: dict[str, list[Text]] = {}  # detectors of which one of each class has to be at work
    takes: list[Text] = []  # controls whose verdicts it takes
    rest: Text | None = None  # what would have to be given to test it, or the rest of it
    country: Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")] | None = None  # whose regime


class Framework(Part):
    """A published set of requirements."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$")]
    order: int
    title: Text
    publisher: Text
    source: Text
    date: Text
    control: list[Control] = Field(min_length=1)


@cache
def load() -> tuple[Framework, ...]:
    """The frameworks in their fixed order; UsageError names the file and the key that is wrong."""
    found = [
        read(file.name, file.read_text("utf-8"))
        for file in (files("sigaudit") / "frameworks").iterdir()
        if file.name.endswith(".toml")
    ]
    return tuple(sorted(found, key=lambda framework: (framework.order, framework.id)))


def read(name: str, text: str) -> Framework:
    """One framework from its file's text."""
    try:
        return Framework.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{name}: not valid TOML: {error}") from None
    except ValidationError as error:
        wrong = (f"{name}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise UsageError("\n".join(wrong)) from None


@cache
def controls() -> dict[str, Control]:
    """Every control by its id."""
    return {control.id: control for framework in load() for control in framework.control}
