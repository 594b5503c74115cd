"""One frame of a capture whole, for a person: decoded by scapy and pycrate, message text covered.

Slow and complete where the walker is fast and selective. What stands in the octets is shown only
where it surely holds no text of an SMS or USSD dialogue; the rest is counted and covered.
"""

import logging
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from dissectors.apart import answers_within
from dissectors.explain_link import link_to_messages
from dissectors.explain_whole import whole_to_messages
from dissectors.frames import UnreadableFrameError
from dissectors.layers import Field, Layer, Span, between
from dissectors.wholes import Whole

TRANSPORTS = {"SCTP", "TCP", "UDP"}
logging.getLogger("scapy").setLevel(logging.ERROR)  # it warns of every damaged packet


# the arguments of explain, or of explain_whole
FrameRequest = tuple[int, bytes, Collection[str], int | None, Collection[int]]
Request = FrameRequest | tuple[Whole, Collection[str], int | None]


@dataclass
class Explanation:
    """A frame: its layers, its octets with covered ones zero, and which are covered or marked."""

    layers: list[Layer]
    data: bytes
    covered: list[Span] = field(default_factory=list)
    marked: list[Span] = field(default_factory=list)


def explain(
    link_type: int,
    data: bytes,
    marked: Collection[str] = (),
    message: int | None = None,
    taken: Collection[int] = (),
) -> Explanation:
    """The frame decoded, with what is named in `marked` marked in message number `message`.

    `marked` has names of fields and layers as the specifications write them; without a message
    number they are marked in every message. `taken` are the numbers of messages that the frame
    completes and that are not in it alone.
    """
    layers = list(link_to_messages(link_type, data, taken))
    return _explanation(layers, data, marked, message)


def explain_whole(
    whole: Whole, marked: Collection[str] = (), message: int | None = None
) -> Explanation:
    """A message that dissectors.frames.wholes put together, decoded, `marked` as in explain."""
    return _explanation(list(whole_to_messages(whole)), whole.octets, marked, message)


def _explanation(
    layers: list[Layer], data: bytes, marked: Collection[str], message: int | None
) -> Explanation:
    _mark(layers, marked, message)
    parts = [part for layer in layers for part in layer.walk()]
    clear = [span for part in parts if isinstance(part, Layer) for span in part.clear]
    if list(between(clear, len(data))):
        clear = list(_without_checksums(clear, parts))
    covered = list(between(clear, len(data)))
    shown = bytearray(data)
    for first, behind in covered:
        shown[first:behind] = bytes(behind - first)
    spans = [(p.offset, p.offset + p.length) for p in parts if p.marked and p.offset is not None]
    return Explanation(layers, bytes(shown), covered, spans)


def has_pieces(explanation: Explanation) -> bool:
    """Whether a message of the frame begins or ends in another one."""
    parts = (part for layer in explanation.layers for part in layer.walk())
    return any(isinstance(part, Field) and part.is_piece for part in parts)


def _mark(layers: list[Layer], names: Collection[str], message: int | None) -> None:
    """Mark what is named in the message; without names, the message."""
    for layer in layers:
        if message is not None and layer.message != message:
            continue
        for part in layer.walk():
            part.marked = any(part.name == name or part.name.endswith(f".{name}") for name in names)
        layer.marked |= message is not None and not names


def _without_checksums(clear: list[Span], parts: list[Field | Layer]) -> Iterator[Span]:
    """A checksum over the text would tell it to whoever tries all texts: it is covered as well."""
    covered = []
    for part in parts:
        if isinstance(part, Layer) and part.name in TRANSPORTS:
            for sum_field in part.parts:
                if isinstance(sum_field, Field) and sum_field.name == "chksum":
                    start = sum_field.offset or 0
                    covered.append((start, start + sum_field.length))
                    sum_field.value = "not shown, for it is made from octets that are not shown"
    for first, behind in clear:
        yield from between([span for span in covered if span[0] >= first], behind, first)


def explain_within(
    seconds: float, requests: Sequence[Request]
) -> Iterator[Explanation | UnreadableFrameError]:
    """The explanation of each request in a process of its own, so that no frame holds us up.

    A frame that takes longer than `seconds`, or that ends the process, gives an error instead.
    """
    for answer in answers_within(seconds, _explain, requests):
        note = f"decoding failed, or took longer than {seconds:g} seconds"
        yield answer or UnreadableFrameError(note)


def _explain(request: Request) -> Explanation:
    return explain(*request) if len(request) == 5 else explain_whole(*request)
