"""The report in a real Chromium: `make browser`, or `python -m tests.browser.report [REPORT.html]`.

Opens the page in frames as wide as a phone and a desk, and asks the browser itself: is the style
applied under the page's own policy, was anything loaded or run, does it fit without sideways
scrolling, do the filters work. Without an argument it takes a report full of hostile text.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from sigaudit.report.document import document
from sigaudit.report.html import html
from tests.test_report import HOSTILE, a_finding, attacked

WIDTHS = {"phone": 390, "desk": 1280}
PROBE = """<!DOCTYPE html><meta charset="utf-8"><pre id="answer"></pre><script>
const answers = {}, widths = WIDTHS;
const shown = (page, name) => [...page.querySelectorAll("#findings .group" + name)]
  .filter(group => group.getClientRects().length).length;
for (const [name, width] of Object.entries(widths)) {
  const frame = document.createElement("iframe");
  frame.style.cssText = `width:${width}px;height:900px;border:0`;
  frame.onload = () => {
    const page = frame.contentDocument, view = frame.contentWindow, root = page.documentElement;
    const box = page.querySelector(".filter input");
    const before = shown(page, "");
    if (box) box.click();
    answers[name] = {
      styled: view.getComputedStyle(page.body).maxWidth !== "none",
      overflow: root.scrollWidth - root.clientWidth,
      loaded: view.performance.getEntriesByType("resource").map(entry => entry.name),
      ran: page.scripts.length,
      hidden: box ? before - shown(page, "") : 0,
      ofSeverity: box ? page.querySelectorAll(".group." + box.id.slice(5)).length : 0,
    };
    document.getElementById("answer").textContent = JSON.stringify(answers);
  };
  frame.src = "report.html";
  document.body.append(frame);
}
</script>"""
QUIET = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--allow-file-access-from-files", "--virtual-time-budget=5000", "--dump-dom"),
]


def hostile_report() -> str:
    """A report with every hostile text, and a name too long for any line."""
    connection = attacked()
    for number, text in enumerate([*HOSTILE, "x" * 3000], start=10):
        a_finding(connection, number, [(1, 4, 1, None)], host=text, title=text, explanation=text)
    return html(document(connection))


def ask(page: str, chromium: str) -> dict[str, dict[str, object]]:
    """What Chromium answers to PROBE about the page, for each width."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "report.html").write_text(page, encoding="utf-8")
        probe = Path(folder, "probe.html")
        probe.write_text(PROBE.replace("WIDTHS", json.dumps(WIDTHS)), encoding="utf-8")
        command = [chromium, *QUIET, f"--user-data-dir={folder}/profile", probe.as_uri()]
        dom = subprocess.run(
            command, capture_output=True, text=True, timeout=120, check=True
        ).stdout
    answer = re.search(r'<pre id="answer">(.+?)</pre>', dom, re.DOTALL)
    if not answer:
        sys.exit("Chromium did not answer: the report did not open.")
    return dict(json.loads(answer[1]))


def wrong(answers: dict[str, dict[str, object]]) -> list[str]:
    """What is not as it should be, in words."""
    expected = {"styled": True, "overflow": 0, "loaded": [], "ran": 0}
    found = [
        f"{name}: {key} is {answer[key]!r}, not {value!r}"
        for name, answer in answers.items()
        for key, value in expected.items()
        if answer[key] != value
    ]
    found += [
        f"{name}: the filter hid {answer['hidden']} groups of {answer['ofSeverity']}"
        for name, answer in answers.items()
        if answer["hidden"] != answer["ofSeverity"]
    ]
    return found + [f"{name}: did not open" for name in WIDTHS if name not in answers]


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("make browser needs chromium; install it (Debian: apt-get install chromium).")
    page = Path(sys.argv[1]).read_text("utf-8") if sys.argv[1:] else hostile_report()
    found = wrong(ask(page, chromium))
    sys.exit("\n".join(found) if found else None)


if __name__ == "__main__":
    main()
