"""TOML that a user wrote: parsed, or an error that says file, line and remedy."""

import tomllib
from pathlib import Path
from typing import Any

from sigaudit.errors import UsageError


def parsed(path: Path, content: bytes) -> dict[str, Any]:
    """The tables in `content`, which was read from `path`; UsageError if it is no TOML in UTF-8."""
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{path}: line {line}: not UTF-8 text; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        last = content.count(b"\n") + 1
        reason = str(error).replace("end of document", f"line {last}, the end of the file")
        raise UsageError(f"{path}: not valid TOML: {reason}") from None
    except (ValueError, RecursionError):  # of a number of thousands of digits, of deep nesting
        raise UsageError(f"{path}: not valid TOML: a value is too large or too deep") from None
