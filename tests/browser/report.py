"""The report in a real Chromium and on paper: `make browser`, or `python -m tests.browser.report`.

Audits the demo, and exports full of injections, as a user does. Then asks the browser itself, as
wide as a phone and as a desk: is the page styled under its own policy, does it fit, do filters,
sorting, search, evidence and timelines work, was anything loaded, did anything run that is not
ours. At last it prints the page, and reads the PDF as poppler does.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.browser import hostile, paper
from tests.browser.canary import canary
from tests.browser.chromium import dom

ROOT = Path(__file__).parents[2]
DEMO, NETWORK = ROOT / "pcaps" / "demo", ROOT / "pcaps" / "network.toml"
EXPECTED = {
    "styled": True, "overflow": 0, "loaded": [], "scripts": 1, "elsewhere": 0, "ran": False,
    "stays": True, "sorted": True, "searched": True, "evidence": True, "life": True, "mark": True,
    "number": True, "serious": True, "step": True,
    **{
        key: {"hides": True, "shows": True}
        for key in ("findingsFiltered", "listFiltered", "controlsFiltered")
    },
}  # fmt: skip
WIDTHS = ("phone", "desk")


def audit(inputs: Path, network: Path, out: Path) -> None:
    """As a user runs it."""
    command = [sys.executable, "-m", "sigaudit", "audit", str(inputs), "--fail-on", "never"]
    command += ["--network", str(network), "--out", str(out)]
    subprocess.run(
        command, check=True, capture_output=True, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )


def ask(page: Path) -> dict[str, dict[str, Any]]:
    """What Chromium answers to probe.html about a page, for each width."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(page, folder / "report.html")
        shutil.copy(Path(__file__).with_name("probe.html"), folder / "probe.html")
        found = re.search(r'<pre id="answer">(.+?)</pre>', dom(folder / "probe.html"), re.DOTALL)
    return dict(json.loads(found[1].replace("&amp;", "&"))) if found else {}


def wrong(answers: dict[str, dict[str, Any]]) -> list[str]:
    """What is not as it should be, in words."""
    return [
        f"{width}: {key} is {answers.get(width, {}).get(key)!r}, not {value!r}"
        for width in WIDTHS
        for key, value in EXPECTED.items()
        if answers.get(width, {}).get(key) != value
    ]


def demo(folder: Path) -> list[str]:
    """The demo's report, on the screen and on paper."""
    audit(DEMO, DEMO / "network.toml", folder)
    return [*wrong(ask(folder / "report.html")), *paper.wrong(folder)]


def injected(folder: Path) -> list[str]:
    """A report in which nothing hostile may run or load, and paper that shows it as text."""
    inputs, out = folder / "exports", folder / "audit"
    inputs.mkdir()
    with canary() as (address, asked):
        hostile.write(inputs, address)
        audit(inputs, NETWORK, out)
        found = [*wrong(ask(out / "report.html")), *paper.wrong(out)]
    text = (out / "findings.json").read_text("utf-8")
    unseen = [text_ for text_ in hostile.SENDERS if json.dumps(text_)[1:-1] not in text]
    found += [f"no finding tells of the sender {sender}" for sender in unseen]
    return found + [f"the page asked for {path}" for path in asked]


def defenceless(folder: Path) -> list[str]:
    """The same probe on a page that does run and load things: it must notice."""
    with canary() as (address, asked):
        page = folder / "report.html"
        page.write_text(
            '<!DOCTYPE html><p class="group critical">x<table id="list"><thead><tr></tr></thead>'
            f'<tbody></tbody></table><script>top.ran=1</script><img src="{address}/image">',
            encoding="utf-8",
        )
        dom(page)
        told = ["the probe does not notice requests"] if not asked else []
        page.write_text("<!DOCTYPE html><script>top.ran=1</script>", encoding="utf-8")
        probe = folder / "probe.html"
        probe.write_text(
            '<!DOCTYPE html><pre id="a"></pre><iframe src="report.html"></iframe>'
            '<script>onload = () => document.getElementById("a").textContent = window.ran</script>',
            encoding="utf-8",
        )
        told += ["the probe does not notice scripts"] if '<pre id="a">1' not in dom(probe) else []
    return told


def main() -> None:
    """Exit with what is wrong, a line each; 0 where nothing is."""
    found = []
    for check in (demo, injected, defenceless):
        with tempfile.TemporaryDirectory() as folder:
            found += [f"{check.__name__}: {line}" for line in check(Path(folder))]
    sys.exit("\n".join(found) if found else None)


if __name__ == "__main__":
    main()
