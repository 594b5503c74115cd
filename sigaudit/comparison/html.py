"""The comparison as one HTML file, in the style of the report and as closed as it."""

from functools import cache
from typing import Any

from jinja2 import Template

from sigaudit.report import wording
from sigaudit.report.grouping import worst_first
from sigaudit.report.html import environment

MOST_FINDINGS = 200  # of one list of changes; JSON has all
MOST_ROWS = 500  # of shared sources
NONE = "\N{EN DASH}"
CHANGES = {
    "new": "New",
    "persisting": "Persisting",
    "mended": "Not found any more",
    "untold": "Cannot be told",
}
OUTCOMES = {
    "found": "found",
    "nothing_found": "nothing",
    "not_assessed": "not assessed",
    None: NONE,
}


def html(document: dict[str, Any]) -> str:
    """A page for people, from the document that `comparison.document` makes."""
    return page().render(document=document)


@cache
def page() -> Template:
    templates = environment("sigaudit.comparison")
    templates.globals.update(
        figure=figure,
        most_findings=MOST_FINDINGS,
        most_rows=MOST_ROWS,
        change_words=CHANGES,
        outcome_words=OUTCOMES,
    )
    templates.filters["worst_first"] = lambda found: worst_first(
        [{**finding, "confidence": 0} for finding in found]
    )
    return templates.get_template("comparison.html")


def figure(measure: dict[str, Any], place: int) -> str:
    """`3 of 8: 37.5% (95% interval 13.7% to 69.4%)`, a dash where there is none."""
    told = measure["figures"][place]
    if told is None:
        return NONE
    return wording.measure({**told, "point": None, "unit": measure["unit"]})
