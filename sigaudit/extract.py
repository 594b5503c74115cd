"""The frames of a finding as a capture: message text blanked, everything else as it was."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path

from duckdb import DuckDBPyConnection

from dissectors.blanking import Blanked
from dissectors.frames import Frame
from sigaudit import extract_file
from sigaudit.errors import SigauditError, UsageError, printable
from sigaudit.evidence import (
    Evidence,
    Source,
    finding_of,
    path_of,
    place,
    read_frames,
    sources,
    unknown_finding,
)
from sigaudit.extract_file import Extracted
from sigaudit.extract_pieces import Frames, blank

SUFFIXES = (".pcapng", ".pcap")


@dataclass
class Outcome:
    """What the file holds, in its order, and what is left out and why; lines for a person."""

    written: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def extract(
    connection: DuckDBPyConnection,
    finding: str | None,
    frames: Sequence[str],
    out: Path,
    folder: Path | None = None,
) -> Outcome:
    """Write the frames of a finding, and those named as CAPTURE:FRAME[:MESSAGE], to `out`.

    `out` ends in .pcapng, or in .pcap where all have one link type. Captures that are not where
    they were read are looked for by content in `folder`. Raises UsageError, and SigauditError
    where a capture is gone or nothing is left to write.
    """
    if out.suffix not in SUFFIXES:
        raise UsageError(f"{out}: name a file that ends in .pcapng or .pcap with --out")
    inputs = sources(connection)
    evidence = [place(connection, one) for one in frames] + _evidence(connection, finding)
    outcome = Outcome()
    for piece in evidence:
        if piece.row_id is not None:
            name = printable(f"{inputs[piece.input_id].name}, row {piece.row_id}")
            outcome.left_out.append(f"{name}: the row of a log, not a frame")
    _check_out(out, inputs, evidence, folder)
    extracted = _extracted(inputs, evidence, folder, outcome)
    if not extracted:
        reasons = "".join(f"\n  {line}" for line in outcome.left_out)
        raise SigauditError(f"nothing to write to {out}{reasons}")
    _write(out, extracted, f"Evidence of finding {finding}" if finding else "Frames of an audit")
    return outcome


def _evidence(connection: DuckDBPyConnection, finding: str | None) -> list[Evidence]:
    if finding is None:
        return []
    found = finding_of(connection, finding)
    if found is None:
        raise UsageError(unknown_finding(connection, finding))
    return [Evidence(**piece) for piece in found["evidence"]]


def _check_out(
    out: Path, inputs: dict[int, Source], evidence: list[Evidence], folder: Path | None
) -> None:
    """Evidence is not overwritten by an extract from it."""
    for input_id in {piece.input_id for piece in evidence if piece.row_id is None}:
        path = path_of(inputs[input_id], folder)
        if out.exists() and out.samefile(path):
            raise UsageError(f"{out}: is the capture itself; name another file with --out")


def _extracted(
    inputs: dict[int, Source], evidence: list[Evidence], folder: Path | None, outcome: Outcome
) -> list[Extracted]:
    """The frames in order of time, capture and number, without text; those without fault."""
    found = read_frames(inputs, evidence, folder)
    frames = Frames(found, {key: _messages(evidence, key) for key in found})
    blank(frames, inputs, folder)
    extracted = []
    for key in sorted(frames.found, key=lambda key: _order(frames.found[key], inputs[key[0]])):
        answer, capture = frames.answers[key], inputs[key[0]].name
        name = printable(f"{capture}:{key[1]}")
        if key in frames.completed_by:
            name += f", with frame {frames.completed_by[key]} one message"
        if isinstance(answer, Blanked):
            extracted.append(_told(name, capture, frames.found[key], answer))
            outcome.written.append(extracted[-1].comment)
        else:
            reason = f"its message text cannot be located: {answer.reason}"
            outcome.left_out.append(f"{name}: {reason}")
    return extracted


def _order(frame: Frame, source: Source) -> tuple[int, str, int]:
    return frame.nanoseconds, source.name, frame.number


def _messages(evidence: list[Evidence], key: tuple[int, int]) -> set[int] | None:
    """The messages of a frame that are evidence; None if all of it is."""
    numbers = {piece.message for piece in evidence if (piece.input_id, piece.frame) == key}
    return None if None in numbers else {number for number in numbers if number}


def _told(name: str, capture: str, frame: Frame, answer: Blanked) -> Extracted:
    digest = hashlib.sha256(frame.data).hexdigest()
    blank = "as it was" if answer.data == frame.data else f"{answer.octets} octets blanked"
    comment = f"{name}, {len(frame.data)} octets, SHA-256 of the original {digest}, {blank}"
    return Extracted(capture, replace(frame, data=answer.data), comment)


def _write(out: Path, extracted: list[Extracted], comment: str) -> None:
    """Whole, or not at all."""
    kinds = {one.frame.link_type for one in extracted}
    if out.suffix == ".pcap" and len(kinds) > 1:
        raise UsageError(f"{out}: the frames have several link types; name a .pcapng file")
    program = f"sigaudit {version('sigaudit')}"
    parts = (
        extract_file.pcap(extracted)
        if out.suffix == ".pcap"
        else extract_file.pcapng(extracted, program, comment)
    )
    beside = out.with_name(f"{out.name}.part")
    try:
        with beside.open("wb") as stream:
            stream.writelines(parts)
        beside.replace(out)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise SigauditError(
            f"{out} cannot be written ({error.strerror}); name another file with --out"
        ) from error
