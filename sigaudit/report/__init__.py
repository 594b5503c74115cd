"""The result document of an audit, and its forms: JSON is complete, the others are made of it."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import duckdb

from sigaudit import exchange
from sigaudit.errors import SigauditError, UsageError
from sigaudit.pseudonymised import pseudonymised
from sigaudit.report.csv import controls_csv, csv
from sigaudit.report.document import document
from sigaudit.report.html import html
from sigaudit.report.pdf import pdf


def as_json(result: dict[str, Any]) -> str:
    """The document whole, in ASCII, so that no terminal or editor is turned around by it."""
    return json.dumps(result, indent=1) + "\n"


FORMATS: dict[str, Callable[[dict[str, Any]], str | bytes]] = {
    "json": as_json,
    "html": html,
    "pdf": pdf,
    "csv": csv,
    "controls-csv": controls_csv,
}
ALL = (*FORMATS, *exchange.FORMATS)


def write(
    connection: duckdb.DuckDBPyConnection, form: str, path: Path, key: bytes | None = None
) -> None:
    """Write the audit in `connection` to `path` in one of ALL forms, with a key pseudonymised.

    The file is whole or as it was before. Raises UsageError for an unknown form, SigauditError
    where `path` cannot be written.
    """
    if form == "notification" and path.suffix == ".json":
        form = "notification-json"
    if form not in ALL:
        raise UsageError(f"There is no report format {form!r}. Choose one of: {', '.join(ALL)}.")
    replace(path, written(form, result(connection, key)))


def written(form: str, made: dict[str, Any]) -> Iterator[bytes]:
    """The result document in one of ALL forms, in pieces; UsageError where a library is missing."""
    return pieces((FORMATS.get(form) or exchange.writer(form))(made))


def pieces(content: str | bytes | Iterable[str | bytes]) -> Iterator[bytes]:
    """A text or file, whole or in pieces, as octets; text in UTF-8."""
    for piece in [content] if isinstance(content, str | bytes) else content:
        yield piece.encode() if isinstance(piece, str) else piece


def result(connection: duckdb.DuckDBPyConnection, key: bytes | None = None) -> dict[str, Any]:
    """The document that the forms are made of, with a key pseudonymised."""
    made = document(connection)
    return pseudonymised(connection, key, made) if key else made


def replace(path: Path, content: str | bytes | Iterable[str | bytes]) -> None:
    """Write beside `path`, then take its name; text in UTF-8."""
    beside = path.with_name(f"{path.name}.part")
    try:
        with beside.open("wb") as file:
            file.writelines(pieces(content))
        beside.replace(path)
    except OSError as error:
        raise SigauditError(
            f"{path} cannot be written ({error.strerror}). {remedy(error)}"
        ) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def remedy(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "Make its folder first, or name another file with --out."
    if isinstance(error, PermissionError):
        return "Give yourself the right to write there, or name another file with --out."
    if isinstance(error, IsADirectoryError | NotADirectoryError):
        return "Name a file with --out, not a folder."
    return "Make room on the disk, or name another file with --out."
