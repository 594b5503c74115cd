"""From a finding back to its evidence: frames decoded whole, rows of logs; message text covered."""

import hashlib
from collections.abc import Collection
from pathlib import Path

from duckdb import DuckDBPyConnection
from rich.text import Text

from dissectors.explain import Explanation, Request, explain_within, has_pieces
from dissectors.frames import Frame, UnreadableFrameError, wholes
from dissectors.wholes import Whole, taken
from sigaudit.errors import SigauditError
from sigaudit.evidence import Evidence, finding_of, path_of, place, read_frames, sources
from sigaudit.explain_pseudonymised import without_numbers
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


def explain(
    connection: DuckDBPyConnection,
    what: str,
    folder: Path | None = None,
    limit: int = 5,
    key: bytes | None = None,
) -> Text:
    """Everything behind a finding's id, or one frame named as CAPTURE:FRAME[:MESSAGE].

    At most `limit` pieces of a finding's evidence are shown. Captures that are not where they were
    read are looked for by content in `folder`. With a key the text is pseudonymised, and frames
    stand without their octets. Raises UsageError, SigauditError.
    """
    text = Text()
    finding = finding_of(connection, what)
    if finding:
        add_finding(text, finding)
        evidence = [Evidence(**piece) for piece in finding["evidence"]]
        _add_evidence(text, connection, evidence[:limit], folder, frozenset(MARKED.values()))
        if len(evidence) > limit:
            more = len(evidence) - limit
            text.append(f"\n{more} more pieces of evidence are in findings.json.\n")
    else:
        _add_evidence(text, connection, [place(connection, what)], folder, frozenset())
    return without_numbers(connection, key, text) if key else text


def _add_evidence(
    text: Text,
    connection: DuckDBPyConnection,
    evidence: list[Evidence],
    folder: Path | None,
    marked: frozenset[str],
) -> None:
    inputs = sources(connection)
    frames = read_frames(inputs, evidence, folder)
    shown = [frames.get((piece.input_id, piece.frame or 0)) for piece in evidence]
    requests: list[Request] = [
        (frame.link_type, frame.data, marked, piece.message, ())
        for piece, frame in zip(evidence, shown, strict=True)
        if frame
    ]
    explained = explain_within(SECONDS, requests)
    for piece, frame in zip(evidence, shown, strict=True):
        name = inputs[piece.input_id].name
        if frame is None:
            _add_log_row(text, connection, name, piece)
        else:
            explanation = next(explained)
            if isinstance(explanation, Explanation) and has_pieces(explanation):
                path = path_of(inputs[piece.input_id], folder)
                _add_with_wholes(text, name, piece, frame, completed(path, frame.number), marked)
            else:
                _add_frame(text, name, piece, frame, explanation)


def _add_with_wholes(
    text: Text,
    name: str,
    piece: Evidence,
    frame: Frame,
    found: list[Whole],
    marked: frozenset[str],
) -> None:
    """The frame, then the messages that it completes, each whole."""
    numbers = taken(found)
    requests: list[Request] = [(frame.link_type, frame.data, marked, piece.message, numbers)]
    requests += [(whole, marked, piece.message) for whole in found]
    first, *others = explain_within(SECONDS, requests)
    _add_frame(text, name, piece, frame, first, numbers)
    for whole, explanation in zip(found, others, strict=True):
        frames = ", ".join(map(str, dict.fromkeys(part.frame for part in whole.pieces)))
        title = f"completed by frame {frame.number}, out of frames {frames}"
        add_title(text, f"{title}: {len(whole.octets)} octets")
        if isinstance(explanation, UnreadableFrameError):
            text.append(f"not decoded: {explanation}; its octets are not shown\n")
        else:
            add_frame(text, explanation)


def completed(path: Path, number: int) -> list[Whole]:
    """The messages that this frame completes."""
    try:
        return wholes(path, [number])[number]
    except (UnreadableFrameError, OSError) as error:
        raise SigauditError(f"{path}: {error}") from error


def _add_frame(
    text: Text,
    name: str,
    piece: Evidence,
    frame: Frame,
    explanation: Explanation | UnreadableFrameError,
    completed: Collection[int] = (),
) -> None:
    place = f"{name}:{piece.frame}" + (f":{piece.message}" if piece.message else "")
    add_title(text, f"{place}, {frame.seen_at:%Y-%m-%dT%H:%M:%S.%fZ}")
    text.append(f"{len(frame.data)} octets, SHA-256 {hashlib.sha256(frame.data).hexdigest()}\n")
    if isinstance(explanation, UnreadableFrameError):
        text.append(f"not decoded: {explanation}; its octets are not shown\n")
        return
    messages = [layer.message for layer in explanation.layers if layer.message]
    if piece.message and piece.message not in messages:
        text.append(f"message {piece.message} is not in this frame alone: it has {len(messages)}\n")
        if piece.message in completed:
            text.append("it came in several frames, and stands whole below\n")
    add_frame(text, explanation)


def _add_log_row(text: Text, connection: DuckDBPyConnection, name: str, piece: Evidence) -> None:
    add_title(text, f"{name}, row {piece.row_id}")
    for query in ROWS.values():
        cursor = connection.execute(query, {"input": piece.input_id, "row": piece.row_id})
        columns = [column[0] for column in cursor.description]
        for row in cursor.fetchall():
            add_row(text, dict(zip(columns, row, strict=True)))
