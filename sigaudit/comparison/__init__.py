"""Several audits in one report: operators side by side, one operator over time."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sigaudit.comparison.audits import read
from sigaudit.comparison.document import document
from sigaudit.comparison.html import html
from sigaudit.errors import UsageError
from sigaudit.report import replace

FORMATS: dict[str, Callable[[dict[str, Any]], str]] = {
    "html": html,
    "json": lambda compared: json.dumps(compared, indent=1) + "\n",
}


def write(folders: Sequence[Path], form: str, out: Path, key: bytes | None = None) -> None:
    """Compare the audits in these folders, with a key pseudonymised, and write it to `out`.

    Raises UsageError for fewer than two audits, SigauditError for one that cannot be read.
    """
    apart = {folder.resolve() for folder in folders}
    if len(apart) < 2:
        raise UsageError("name the folders of two audits or more")
    replace(out, FORMATS[form](document(read(sorted(apart), key))))
