"""What stands behind a finding: frames of captures, rows of logs, and where the files are."""

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from dissectors.frames import Frame, UnreadableFrameError, frames_of
from sigaudit.errors import SigauditError, UsageError
from sigaudit.inputs import sha256


@dataclass(frozen=True)
class Evidence:
    """A place in an input: a frame, perhaps one message of it, or the row of a log."""

    input_id: int
    frame: int | None
    message: int | None
    row_id: str | None


@dataclass(frozen=True)
class Source:
    """An input as the database knows it."""

    name: str
    path: str
    sha256: str
    size: int


def finding_of(connection: DuckDBPyConnection, what: str) -> dict[str, Any] | None:
    """The finding of this id, or that had it once, by column."""
    query = "select * from finding where id = $id or list_contains(was, $id)"
    cursor = connection.execute(query, {"id": what})
    names = [column[0] for column in cursor.description]
    rows = cursor.fetchall()
    return dict(zip(names, rows[0], strict=True)) if rows else None


def place(connection: DuckDBPyConnection, what: str) -> Evidence:
    """The frame that CAPTURE:FRAME[:MESSAGE] names; a name may hold colons itself.

    Raises UsageError, with the names that there are.
    """
    captures = dict(
        connection.execute("select name, input_id from input where kind = 'capture'").fetchall()
    )
    for pattern in (r"(.+):(\d{1,12}):(\d{1,9})", r"(.+):(\d{1,12})()"):
        match = re.fullmatch(pattern, what, re.DOTALL)
        if match and match[1] in captures:
            message = int(match[3]) if match[3] else None
            return Evidence(captures[match[1]], int(match[2]), message, None)
    if re.fullmatch(r".+:\d+", what, re.DOTALL):
        known = ", ".join(sorted(captures)) or "none"
        raise UsageError(f"{what}: no capture of that name in the database. It holds: {known}")
    raise UsageError(unknown_finding(connection, what))


def unknown_finding(connection: DuckDBPyConnection, what: str) -> str:
    """What to say of an id that no finding has."""
    ids = [row[0] for row in connection.execute("select id from finding order by id").fetchall()]
    near = difflib.get_close_matches(what, ids, cutoff=0.3)
    hint = f"Near it: {', '.join(near)}." if near else f"The database holds {len(ids)} findings."
    return f"{what}: no finding of that id. {hint} A frame is named as CAPTURE:FRAME."


def sources(connection: DuckDBPyConnection) -> dict[int, Source]:
    """All inputs by their id."""
    rows = connection.execute("select input_id, name, path, sha256, bytes from input").fetchall()
    return {row[0]: Source(*row[1:]) for row in rows}


def path_of(source: Source, folder: Path | None) -> Path:
    """Where the capture is now, with the content that was audited; SigauditError if nowhere.

    More may have been written to it since, behind that content.
    """
    for path in _candidates(source, folder):
        try:
            if path.stat().st_size >= source.size and sha256(path, source.size) == source.sha256:
                return path
        except OSError:
            continue
    if source.path == "-":
        raise SigauditError(
            f"{source.name}: came through a pipe and cannot be read again. If it was kept, name the"
            f" folder where it is with --captures DIR (SHA-256 {source.sha256})"
        )
    changed = "has changed" if Path(source.path).is_file() else "is not there any more"
    raise SigauditError(
        f"{source.path}: the capture {changed}. The one that was audited has {source.size} bytes "
        f"and SHA-256 {source.sha256}. Name the folder where it is now with --captures DIR"
    )


def _candidates(source: Source, folder: Path | None) -> Iterator[Path]:
    yield Path(source.path)
    if folder is not None:
        yield from sorted(path for path in folder.rglob("*") if path.is_file())


def read_frames(
    sources: dict[int, Source], places: Iterable[Evidence], folder: Path | None
) -> dict[tuple[int, int], Frame]:
    """The frames of these places, by input and number; each capture is read once.

    Raises SigauditError for one that is not there.
    """
    wanted: dict[int, set[int]] = {}
    for piece in places:
        if piece.frame is not None:
            wanted.setdefault(piece.input_id, set()).add(piece.frame)
    found = {}
    for input_id, numbers in wanted.items():
        path = path_of(sources[input_id], folder)
        try:
            for frame in frames_of(path, numbers):
                found[input_id, frame.number] = frame
        except (UnreadableFrameError, OSError) as error:
            raise SigauditError(f"{path}: {error}") from error
    return found
