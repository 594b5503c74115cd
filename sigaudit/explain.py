"""From a finding back to its evidence: frames decoded whole, rows of logs; message text covered."""

import difflib
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection
from rich.text import Text

from dissectors.explain import (
    Explanation,
    Request,
    UnreadableFrameError,
    explain_within,
    frame,
)
from sigaudit.errors import SigauditError, UsageError
from sigaudit.explain_text import add_finding, add_frame, add_row, add_title

# What made a finding, by the column that detectors read: names of the specifications
MARKED = {
    "opc": "OPC",
    "calling_gt": "CallingPartyAddr",
    "called_gt": "CalledPartyAddr",
    "application_context": "application-context-name",
    "opcode": "opcode.local",
    "opcode_oid": "opcode.global",
    "imsi": "imsi",
    "msisdn": "msisdn",
    "command_code": "Cmd",
    "origin_host": "Origin-Host",
    "origin_realm": "Origin-Realm",
    "user_name": "User-Name",
    "visited_plmn": "Visited-PLMN-Id",
    "idr_flags": "IDR-Flags",
    "ulr_flags": "ULR-Flags",
    "clr_flags": "CLR-Flags",
}
ROWS = {
    "swap": "select * exclude (id, input_id) from swap where input_id = $input and swap_id = $row",
    "dfs_event": """select * exclude (id, input_id) from dfs_event
        where input_id = $input and event_id = $row""",
}
SECONDS = 20.0  # for one frame; most take a hundredth


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


def explain(
    connection: DuckDBPyConnection, what: str, folder: Path | None = None, limit: int = 5
) -> Text:
    """Everything behind a finding's id, or one frame named as CAPTURE:FRAME[:MESSAGE].

    At most `limit` pieces of a finding's evidence are shown. Captures that are not where they were
    read are looked for by content in `folder`. Raises UsageError, SigauditError.
    """
    text = Text()
    finding = _finding(connection, what)
    if finding:
        add_finding(text, finding)
        evidence = [Evidence(**piece) for piece in finding["evidence"]]
        _add_evidence(text, connection, evidence[:limit], folder, frozenset(MARKED.values()))
        if len(evidence) > limit:
            more = len(evidence) - limit
            text.append(f"\n{more} more pieces of evidence are in findings.json.\n")
    else:
        place = _place(connection, what)
        _add_evidence(text, connection, [place], folder, frozenset())
    return text


def _finding(connection: DuckDBPyConnection, what: str) -> dict[str, Any] | None:
    query = "select * from finding where id = $id or list_contains(was, $id)"
    cursor = connection.execute(query, {"id": what})
    names = [column[0] for column in cursor.description]
    rows = cursor.fetchall()
    return dict(zip(names, rows[0], strict=True)) if rows else None


def _place(connection: DuckDBPyConnection, what: str) -> Evidence:
    """The frame that CAPTURE:FRAME[:MESSAGE] names; a name may hold colons itself."""
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
    raise UsageError(_unknown_finding(connection, what))


def _unknown_finding(connection: DuckDBPyConnection, what: str) -> str:
    ids = [row[0] for row in connection.execute("select id from finding order by id").fetchall()]
    near = difflib.get_close_matches(what, ids, cutoff=0.3)
    hint = f"Near it: {', '.join(near)}." if near else f"The database holds {len(ids)} findings."
    return f"{what}: no finding of that id. {hint} A frame is named as CAPTURE:FRAME."


def _add_evidence(
    text: Text,
    connection: DuckDBPyConnection,
    evidence: list[Evidence],
    folder: Path | None,
    marked: frozenset[str],
) -> None:
    sources = _sources(connection)
    paths = {piece.input_id: _path(sources[piece.input_id], folder)
             for piece in evidence if piece.row_id is None}  # fmt: skip
    frames = [(piece, *_read(paths[piece.input_id], piece)) for piece in evidence
              if piece.row_id is None]  # fmt: skip
    requests: list[Request] = [
        (kind, data, marked, piece.message) for piece, kind, _, data in frames
    ]
    explained = zip(frames, explain_within(SECONDS, requests), strict=True)
    for piece in evidence:
        name = sources[piece.input_id].name
        if piece.row_id is not None:
            _add_log_row(text, connection, name, piece)
        else:
            (_, _, seen_at, data), explanation = next(explained)
            _add_frame(text, name, piece, seen_at, data, explanation)


def _add_frame(
    text: Text,
    name: str,
    piece: Evidence,
    seen_at: datetime,
    data: bytes,
    explanation: Explanation | UnreadableFrameError,
) -> None:
    place = f"{name}:{piece.frame}" + (f":{piece.message}" if piece.message else "")
    add_title(text, f"{place}, {seen_at:%Y-%m-%dT%H:%M:%S.%fZ}")
    text.append(f"{len(data)} octets, SHA-256 {hashlib.sha256(data).hexdigest()}\n")
    if isinstance(explanation, UnreadableFrameError):
        text.append(f"not decoded: {explanation}; its octets are not shown\n")
        return
    messages = [layer.message for layer in explanation.layers if layer.message]
    if piece.message and piece.message not in messages:
        text.append(f"message {piece.message} is not in this frame alone: it has {len(messages)}\n")
    add_frame(text, explanation)


def _add_log_row(text: Text, connection: DuckDBPyConnection, name: str, piece: Evidence) -> None:
    add_title(text, f"{name}, row {piece.row_id}")
    for query in ROWS.values():
        cursor = connection.execute(query, {"input": piece.input_id, "row": piece.row_id})
        columns = [column[0] for column in cursor.description]
        for row in cursor.fetchall():
            add_row(text, dict(zip(columns, row, strict=True)))


def _sources(connection: DuckDBPyConnection) -> dict[int, Source]:
    rows = connection.execute("select input_id, name, path, sha256, bytes from input").fetchall()
    return {row[0]: Source(*row[1:]) for row in rows}


def _path(source: Source, folder: Path | None) -> Path:
    """Where the capture is now, with the content that was audited; SigauditError if nowhere."""
    for path in _candidates(source, folder):
        try:
            if path.stat().st_size == source.size and _sha256(path) == source.sha256:
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


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _read(path: Path, piece: Evidence) -> tuple[int, datetime, bytes]:
    try:
        return frame(path, piece.frame or 0)
    except (UnreadableFrameError, OSError) as error:
        raise SigauditError(f"{path}, frame {piece.frame}: {error}") from error
