"""Frameworks, requirements and measures in words, for people at a terminal and for the page."""

import textwrap
from collections.abc import Iterator

from sigaudit import measure
from sigaudit.framework import Control, Criterion, Framework, controls

MODES = {
    "data": "data show it",
    "mixed": "data show it in part, an answer the rest",
    "attest": "only an answer tells",
}


def inherited(control: Control, what: str) -> dict[str, None]:
    """The measures or detectors of a control and of those whose verdicts it takes, in order."""
    if what == "measures":
        own = [criterion.measure for criterion in control.criteria]
    else:
        own = [*control.detectors, *(d for ds in control.classes.values() for d in ds)]
    found = dict.fromkeys(own)
    for name in control.takes:
        found |= inherited(controls()[name], what)
    return found


def bound(control: Control) -> str:
    """Whom it binds, in words."""
    return ", ".join(party.replace("dfs_provider", "DFS provider").replace("_", " ")
                     for party in control.binds)  # fmt: skip


def held(criterion: Criterion) -> str:
    """A measure and its limit, in words."""
    one = next(one for one in measure.load() if one.id == criterion.measure)
    words = f"{one.title} ({one.id}): {one.numerator}; of {one.denominator}"
    if one.by == "point":
        return f"{words}; none may be"
    if criterion.at_least is not None:
        return f"{words}; at least {_value(one, criterion.at_least)}"
    if criterion.at_most is not None:
        return f"{words}; at most {_value(one, criterion.at_most)}"
    return f"{words}; it informs only"


def _value(one: measure.Measure, value: float) -> str:
    return f"{value:.0%}" if one.unit == "share" else f"{value:g} {one.unit}"


def facts(control: Control) -> Iterator[tuple[str, str]]:
    """What there is to say of a requirement, by heading."""
    yield "Source", control.source
    yield "Binds", bound(control)
    yield "Judged", MODES[control.mode]
    yield "Test", control.test
    yield from (("Measure", held(criterion)) for criterion in control.criteria)
    if control.takes:
        yield "Takes the verdicts of", ", ".join(control.takes)
    if named := inherited(control, "detectors"):
        yield "Detectors", ", ".join(named)
    yield from (("Class " + name, ", ".join(ds)) for name, ds in control.classes.items())
    if control.rest:
        yield "Data given here cannot show", control.rest
    if control.question:
        yield "Question", control.question
    if keys := dict.fromkeys(key for criterion in control.criteria for key in criterion.policy):
        yield "A breach where the profile makes a rule of", ", ".join(keys)
    if control.country:
        yield "Regime of", control.country


def control_text(control: Control, width: int) -> str:
    """A requirement as its readers see it."""
    lines = [f"{control.id}  {control.title}", "", textwrap.fill(control.requirement, width), ""]
    for heading, words in facts(control):
        lines.append(textwrap.fill(f"{heading}: {words}", width, subsequent_indent="  "))
    return "\n".join(lines)


def framework_text(framework: Framework, width: int) -> str:
    """A framework with the titles of its requirements."""
    lines = [f"{framework.id}  {framework.title}", "", f"{framework.publisher}, {framework.date}"]
    lines.append(textwrap.fill(f"Source: {framework.source}", width))
    chapter = ""
    for control in framework.control:
        if control.chapter != chapter:
            chapter = control.chapter
            lines += ["", chapter]
        lines.append(f"  {control.id:16} {control.title}")
    return "\n".join(lines)
