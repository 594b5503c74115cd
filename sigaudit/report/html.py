"""The result document as one HTML file: nothing loaded, readable from a mail attachment.

Everything in a capture or a log may be hostile. Jinja escapes every value, `wording.visible` spells
out characters that would hide or turn text around, and the page's own policy forbids all but its
own style sheet and its own script, each by its digest. Filters and folding are CSS and <details>;
the script sorts and searches rows that are there, and the page is whole without it.
"""

import base64
import hashlib
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from sigaudit.report import summary, wording
from sigaudit.report.counting import count_tables
from sigaudit.report.grouping import chapters, groups, matrix, worst_first
from sigaudit.report.pictures import pictures
from sigaudit.report.timeline import timeline

MOST_FINDINGS = 5_000
MOST_EVIDENCE = 50  # of one finding; the rest is told by its number
MOST_ROWS = 500  # of the tables of inputs and problems
MOST_LINKS = 12  # from a control to its findings


def html(document: dict[str, Any]) -> str:
    """A page for people, from the document that `document.document` makes."""
    findings = worst_first(document["findings"])
    shown = findings[:MOST_FINDINGS]
    return page().render(
        document=document,
        verdict=summary.verdict(document),
        control_sentence=summary.control_sentence(document),
        caveats=summary.caveats(document),
        serious=findings[: summary.MOST_SERIOUS],
        serious_title=summary.serious_title(findings),
        steps=summary.steps(document, shown),
        control_counts=Counter(control["verdict"] for control in summary.controls(document)),
        matrix=matrix(document["findings"], shown),
        timeline=timeline(document, shown),
        pictures=[picture for picture in pictures(document) if picture.name != "threats"],
        groups=groups(shown),
        shown=shown,
        shown_ids={finding["id"] for finding in shown},
        events=events_by_place(shown),
        lives=lives(document["subscribers"]),
        pieces={place(piece) for finding in shown for piece in finding["evidence"]},
        place=place,
        counts=count_tables(document["counts"]),
        checks={check["id"]: check for check in document["checks"]},
        most_evidence=MOST_EVIDENCE,
        most_rows=MOST_ROWS,
        most_links=MOST_LINKS,
    )


@cache
def page() -> Template:
    """The template, with the script and its digest for the page's own policy."""
    templates = environment("sigaudit.report")
    script = (files("sigaudit.report") / "templates" / "report.js").read_text("utf-8")
    templates.globals.update(chapters=chapters, script=Markup(script), script_digest=digest(script))
    return templates.get_template("report.html")


def environment(package: str) -> Environment:
    """Templates of a package, with the report's style sheet and its digest for their policy."""
    loaders = [PackageLoader(name) for name in dict.fromkeys((package, "sigaudit.report"))]
    made = Environment(
        loader=ChoiceLoader(loaders),
        autoescape=True,
        finalize=wording.visible,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["wording"] = wording
    made.filters["tuple"] = tuple
    style = made.get_template("report.css").render()
    made.globals.update(style=Markup(style), style_digest=digest(style))
    return made


def digest(text: str) -> str:
    """As a Content-Security-Policy wants it."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def events_by_place(findings: list[dict[str, Any]]) -> dict[str, dict[tuple[Any, ...], Any]]:
    """For each finding, what happened at each piece of its evidence."""
    return {
        finding["id"]: {tuple(event["evidence"].values()): event for event in finding["events"]}
        for finding in findings
    }


def lives(subscribers: list[dict[str, Any]]) -> dict[str, tuple[bool, dict[str, Any]]]:
    """For each finding its subscriber; the first finding of a subscriber shows its timeline."""
    return {
        finding: (number == 0, subscriber)
        for subscriber in subscribers
        for number, finding in enumerate(subscriber["findings"])
        if subscriber["events"]
    }


def place(piece: dict[str, Any]) -> tuple[Any, ...]:
    """Where evidence is, as a key."""
    return tuple(piece.values())
