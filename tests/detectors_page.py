"""`python -m tests.detectors_page` writes docs/detectors.md from the files of the detectors."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sigaudit.detector import load
from sigaudit.detector_text import CATEGORY, SPLIT, document

PAGE = Path(__file__).parents[1] / "docs" / "detectors.md"
TOP = """\
# The detectors

Made from the files in `detectors/` by `make docs`; change them there.
[writing-detectors.md](writing-detectors.md) tells how.
`sigaudit detectors show ID` prints the same, with the SELECT.

| detector | finding | threat | severity, where a row has no other |
| --- | --- | --- | --- |
"""


def page() -> str:
    """The whole page."""
    shown = [document(detector) for detector in load()]
    rows = (f"| [{d['id']}](#{d['id'].lower()}) | {_row(d)} |\n" for d in shown)
    return TOP + "".join(rows) + "".join("\n" + "\n".join(section(one)) + "\n" for one in shown)


def _row(shown: dict[str, Any]) -> str:
    return " | ".join((shown["title"], shown["threat"], shown["severity"]))


def section(shown: dict[str, Any]) -> Iterator[str]:
    """The lines about one detector."""
    yield f"## {shown['id']}\n"
    yield f"{shown['title']}. Confidence {shown['confidence']:g}; {SPLIT[shown['split_by']]}.\n"
    yield f"{shown['why']}\n"
    yield f"* Benign causes: {shown['benign']}"
    yield f"* What to do: {shown['remedy']}"
    yield from (f"* Needs {need['what']}" for need in shown["needs"])
    yield from (f"* `{p['name']}` = {p['default']}{_behind(p)}" for p in shown["parameters"])
    if shown["category"]:
        yield f"* {CATEGORY}: {shown['category']}"
    named = (f"{r['id']} ({r['source']})" for r in shown["references"])
    yield f"* References: {', '.join(named) or 'none'}"


def _behind(parameter: dict[str, Any]) -> str:
    key = parameter["network_key"]
    words = [parameter["comment"], f"`{key}` of network.toml goes before it" if key else None]
    told = "; ".join(filter(None, words))
    return f": {told}" if told else ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
