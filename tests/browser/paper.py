"""The printed page and the PDF, as poppler reads them (Debian: apt-get install poppler-utils)."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from sigaudit.report import wording
from tests.browser.chromium import printed

ROOT = Path(__file__).parents[2]


def wrong(audit: Path) -> list[str]:
    """What is not as it should be with the paper forms of the report in the folder `audit`."""
    document = whole(audit)
    printed(audit / "report.html", audit / "printed.pdf")
    return [
        *(f"printed page: {line}" for line in missing(text(audit / "printed.pdf"), document)),
        *(f"PDF: {line}" for line in missing(text(audit / "report.pdf"), document)),
        *(f"PDF: {line}" for line in about(audit / "report.pdf")),
    ]


def whole(audit: Path) -> dict[str, Any]:
    """The result document."""
    target = audit / "report.json"
    command = [sys.executable, "-m", "sigaudit", "report", "--db", str(audit / "audit.duckdb")]
    command += ["--format", "json", "--out", str(target)]
    subprocess.run(command, check=True, env=os.environ | {"PYTHONPATH": str(ROOT)})
    return dict(json.loads(target.read_text("utf-8")))


def missing(told: str, document: dict[str, Any]) -> list[str]:
    """Verdicts, findings and evidence of the document that a reader of the text would not find."""
    verdicts = [
        " ".join((control["id"], control["title"], wording.VERDICTS[control["verdict"]]))
        for framework in document["frameworks"]
        for control in framework["controls"]
    ]
    findings = [finding["id"] for finding in document["findings"]]
    digests = [entry["sha256"][:12] for entry in document["inputs"]]
    return [
        f"does not tell {word!r}"
        for word in [*verdicts, *findings, *digests]
        if bare(word) not in told
    ]


def text(path: Path) -> str:
    """All words of a PDF, without white space and other characters that have no ink."""
    return bare(poppler("pdftotext", "-raw", str(path), "-"))


def bare(words: str) -> str:
    return re.sub(r"[\s\u200b\u00ad]+", "", words)


def about(path: Path) -> list[str]:
    """What poppler says of the file's kind."""
    told = poppler("pdfinfo", str(path))
    lines = dict(line.split(":", 1) for line in told.splitlines() if ":" in line)
    expected = {"Tagged": "yes", "JavaScript": "no", "Form": "none", "Encrypted": "no"}
    found = {key: lines.get(key, "").strip() for key in expected}
    told_of = path.read_bytes()
    archived = b"<pdfaid:part>2" in told_of and b"<pdfaid:conformance>A" in told_of
    return [
        *(f"{key} is {value!r}" for key, value in found.items() if value != expected[key]),
        *([] if archived else ["it does not say that it is PDF/A-2a"]),
    ]


def poppler(program: str, *arguments: str) -> str:
    if not shutil.which(program):
        sys.exit(f"This needs {program}; install it (Debian: apt-get install poppler-utils).")
    done = subprocess.run([program, *arguments], capture_output=True, timeout=120, check=True)
    return done.stdout.decode("utf-8", "replace")
