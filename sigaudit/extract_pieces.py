"""Frames blanked for an extract, and with a message in several frames all frames of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dissectors.apart import answers_within
from dissectors.blanking import (
    Blanked,
    NotLocatedError,
    PieceOfText,
    Request,
    Wanted,
    blanked,
    blanked_whole,
)
from dissectors.frames import Frame, UnreadableFrameError, wholes
from dissectors.layers import Span
from dissectors.wholes import Piece, Whole, taken
from sigaudit.errors import SigauditError
from sigaudit.evidence import Evidence, Source, path_of, read_frames

SECONDS = 20.0  # for one frame or message; most take a hundredth
NO_ANSWER = f"decoding failed, or took longer than {SECONDS:g} seconds"

Key = tuple[int, int]  # input and frame


@dataclass
class NotLocated:
    """Why a frame or message cannot be blanked."""

    reason: str
    has_pieces: bool = False


@dataclass
class Completed:
    """What a frame completes of that which is wanted, each with what became of it."""

    numbers: set[int]  # of messages that are not in the frame alone
    messages: list[tuple[Whole, Blanked | NotLocated]]


@dataclass
class Frames:
    """The frames to extract, the messages wanted of each, and what became of them."""

    found: dict[Key, Frame]
    wanted: dict[Key, Wanted]
    answers: dict[Key, Blanked | NotLocated] = field(default_factory=dict)
    pieces: dict[Key, list[PieceOfText]] = field(default_factory=dict)
    completed_by: dict[Key, int] = field(default_factory=dict)  # of frames that are only pieces


def blank(frames: Frames, inputs: dict[int, Source], folder: Path | None) -> None:
    """Blank all frames; those that share a message in pieces come along. Raises SigauditError."""
    requests: list[Request] = [
        (frame.link_type, frame.data, frames.wanted[key], (), ())
        for key, frame in frames.found.items()
    ]
    frames.answers = dict(zip(frames.found, _answers(requests), strict=True))
    keys = [key for key, answer in frames.answers.items() if answer.has_pieces]
    if keys:
        _blank_with_pieces(frames, _completed(frames, keys, inputs, folder), inputs, folder)


def _answers(requests: Sequence[Request]) -> Iterable[Blanked | NotLocated]:
    for answer in answers_within(SECONDS, _blanked, requests):
        yield answer or NotLocated(NO_ANSWER)


def _blanked(request: Request) -> Blanked | NotLocated:
    try:
        return blanked_whole(*request) if len(request) == 2 else blanked(*request)
    except NotLocatedError as error:
        return NotLocated(str(error), error.has_pieces)


def _completed(
    frames: Frames, keys: list[Key], inputs: dict[int, Source], folder: Path | None
) -> dict[Key, Completed]:
    """The wanted messages that these frames complete, each blanked as a whole."""
    found = {}
    for input_id in dict.fromkeys(input_id for input_id, _ in keys):
        path = path_of(inputs[input_id], folder)
        numbers = [number for one, number in keys if one == input_id]
        try:
            in_capture = wholes(path, numbers)
        except (UnreadableFrameError, OSError) as error:
            raise SigauditError(f"{path}: {error}") from error
        for number, there in in_capture.items():
            found[input_id, number] = _wanted_of(there, frames.wanted[input_id, number])
    return found


def _wanted_of(there: list[Whole], wanted: Wanted) -> Completed:
    chosen = [w for w in there if wanted is None or not set(wanted).isdisjoint(w.messages)]
    requests: list[Request] = [
        (whole, None if wanted is None else set(wanted) & set(whole.messages)) for whole in chosen
    ]
    return Completed(taken(there), list(zip(chosen, _answers(requests), strict=True)))


def _blank_with_pieces(
    frames: Frames,
    completed: dict[Key, Completed],
    inputs: dict[int, Source],
    folder: Path | None,
) -> None:
    for key, one in completed.items():
        for whole, answer in one.messages:
            for piece in whole.pieces:
                _add_piece(frames, (key[0], piece.frame), key[1], piece, answer)
    _read_others(frames, inputs, folder)
    keys = [key for key in frames.found if key in completed or key in frames.pieces]
    requests = [_request(frames, key, completed.get(key)) for key in keys]
    frames.answers |= dict(zip(keys, _answers(requests), strict=True))
    for key, one in completed.items():
        for whole, answer in one.messages:
            if isinstance(answer, NotLocated):
                frames.answers[key] = answer
                others = ((key[0], piece.frame) for piece in whole.pieces)
                frames.answers |= dict.fromkeys(
                    (o for o in others if o not in frames.pieces), answer
                )


def _add_piece(
    frames: Frames, key: Key, completed_by: int, piece: Piece, answer: Blanked | NotLocated
) -> None:
    if key not in frames.wanted:
        frames.completed_by[key] = completed_by
    if isinstance(answer, Blanked):
        end = piece.place + len(piece.octets)
        spans = [_clipped(span, piece.place, end) for span in answer.spans]
        frames.pieces.setdefault(key, []).append(
            PieceOfText(
                piece.octets, answer.data[piece.place : end], [s for s in spans if s[0] < s[1]]
            )
        )


def _clipped(span: Span, start: int, end: int) -> Span:
    """What of a span is in a piece, counted from the piece's first octet."""
    return max(span[0], start) - start, min(span[1], end) - start


def _read_others(frames: Frames, inputs: dict[int, Source], folder: Path | None) -> None:
    """The frames that hold the other pieces; nothing else of them is evidence."""
    others = [key for key in frames.completed_by if key not in frames.found]
    places = [Evidence(input_id, number, None, None) for input_id, number in others]
    frames.found |= read_frames(inputs, places, folder)
    frames.wanted |= dict.fromkeys(others, frozenset())


def _request(frames: Frames, key: Key, completed: Completed | None) -> Request:
    """The messages that are not in the frame alone are asked of the whole, not of the frame."""
    frame, wanted = frames.found[key], frames.wanted[key]
    numbers = completed.numbers if completed else set()
    alone = None if wanted is None else set(wanted) - numbers
    return frame.link_type, frame.data, alone, numbers, frames.pieces.get(key, [])
