"""`python -m tests.frameworks_page` writes docs/frameworks.md from the files of the frameworks."""

from collections.abc import Iterator
from pathlib import Path

from sigaudit.framework import Control, Framework, load
from sigaudit.framework_text import facts

PAGE = Path(__file__).parents[1] / "docs" / "frameworks.md"
TOP = """\
# The frameworks

Made from the files in `sigaudit/frameworks/` and `sigaudit/measures/` by `make docs`; change them
there. `sigaudit frameworks show ID` prints the same. A framework is one file, found by being there:
it names detectors and measures, never the other way. Requirements are paraphrased; thresholds that
the source does not give are this project's defaults, and each says so.

A requirement is *met*, *departed from*, *partly* met, *attested*, *not assessed* or *not
applicable*; a departure is a *breach* only where the active profile (`policy.profile`) makes it a
rule.

* What may not cross interconnect: outside the signalling firewall, attacks have to be seen and none
  answered; inside it, none may be seen; at an unknown place, only departures count. A pass takes
  3,000 requests from outside and 24 hours; else the bound is told.
* What a log shows: a pass takes 300 rows; else the bound is told. A log that never tells a thing is
  not held against anybody.
* Agreed traffic (`[[accept]]`) and that of test SIMs (`[test]`) shows the border at work where it
  is refused; where it is answered it is left out.
* What no data shows is asked: `sigaudit attestation new --out attestation.toml` writes the
  questionnaire. Filled in, two lines of network.toml give it back: `[attestation]` and
  `file = "attestation.toml"`. Answers are shown as answers, with name, date and evidence. A no is
  a departure by one's own word; one that a finding contradicts is a finding, X-05.
* A requirement that takes the verdicts of others departs where one departs, and is met where all
  are.

| framework | publisher | requirements | data show | in part | answers only |
| --- | --- | --- | --- | --- | --- |
"""


def page() -> str:
    """The whole page."""
    rows = "".join(_row(framework) for framework in load())
    return TOP + rows + "".join("\n" + "\n".join(section(one)) + "\n" for one in load())


def _row(framework: Framework) -> str:
    modes = [control.mode for control in framework.control]
    counts = (str(modes.count(mode)) for mode in ("data", "mixed", "attest"))
    cells = (framework.publisher, str(len(modes)), *counts)
    return f"| [{framework.title}](#{framework.id}) | {' | '.join(cells)} |\n"


def section(framework: Framework) -> Iterator[str]:
    """The lines about one framework."""
    yield f'## <a id="{framework.id}"></a>{framework.title}\n'
    yield f"{framework.publisher}, {framework.date}. Source: {framework.source}"
    chapter = ""
    for control in framework.control:
        if control.chapter != chapter:
            chapter = control.chapter
            yield f"\n### {chapter}"
        yield from requirement(control)


def requirement(control: Control) -> Iterator[str]:
    """The lines about one requirement."""
    yield f"\n**{control.id}** {control.title}. {control.requirement}\n"
    for heading, words in facts(control):
        yield f"* {heading}: {words}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
