"""Files that are whole or as they were before, for their owner alone."""

import json
import os
from pathlib import Path
from typing import Any

from sigaudit.errors import SigauditError


def replace(path: Path, text: str) -> None:
    """Write beside `path`, onto the disk, then take its name; SigauditError where it cannot be."""
    part = path.with_name(f"{path.name}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(descriptor)
        part.replace(path)
    except OSError as error:
        raise SigauditError(
            f"{path}: cannot be written: {error.strerror}; make room, or allow writing there"
        ) from error


def replace_json(path: Path, value: Any) -> None:
    """The same with a value as JSON."""
    replace(path, json.dumps(value, indent=1) + "\n")


def read_json(path: Path) -> Any:
    """The value in a file, None where there is none or it is no JSON."""
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
