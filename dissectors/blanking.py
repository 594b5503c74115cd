"""A frame without its message text: blanked to equal length, the checksums over it redone."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from scapy.layers import sctp

from dissectors.explain import TRANSPORTS, Explanation, explain, explain_whole, has_pieces
from dissectors.layers import NOT_DECODED, Field, Layer, Span, between
from dissectors.wholes import Whole

CHECKSUM = "chksum"
IPV6_HEADER = 40
PROTOCOLS = {"TCP": 6, "UDP": 17}
Wanted = Collection[int] | None  # messages by number; None for all, and all else


class NotLocatedError(ValueError):
    """Message text may stand in the frame, and nobody can say where.

    `has_pieces` as in Blanked: the frame alone does not tell.
    """

    def __init__(self, reason: str, has_pieces: bool = False) -> None:
        super().__init__(reason)
        self.has_pieces = has_pieces


@dataclass(frozen=True)
class Blanked:
    """A frame or message of equal length, and the spans of it that are blanked, but checksums.

    `has_pieces`: a message of the frame begins or ends in another one.
    """

    data: bytes
    spans: list[Span]
    has_pieces: bool = False

    @property
    def octets(self) -> int:
        """How many are blanked."""
        return sum(behind - first for first, behind in self.spans)


class PieceOfText(NamedTuple):
    """A part of a message in several frames: its octets, them blanked, and which are."""

    octets: bytes
    blank: bytes
    spans: list[Span]


# the arguments of blanked, or of blanked_whole
FrameRequest = tuple[int, bytes, Wanted, Collection[int], Sequence[PieceOfText]]
Request = FrameRequest | tuple[Whole, Wanted]


def blanked(
    link_type: int,
    data: bytes,
    messages: Wanted = None,
    taken: Collection[int] = (),
    pieces: Sequence[PieceOfText] = (),
) -> Blanked:
    """The frame with every octet zero that holds or may hold message text.

    Of `messages`, its signalling messages by number, each has to be decoded whole; where it is
    None, every part of the frame: else NotLocatedError says what is not. Other parts that are not
    decoded are blanked. `pieces` are parts of messages in several frames, each blanked already,
    `taken` the numbers that such messages have in this frame.
    """
    explanation = explain(link_type, data, taken=taken)
    located = [(_place(explanation, data, piece.octets), piece) for piece in pieces]
    within = [(place, place + len(piece.octets)) for place, piece in located]
    _check(explanation, data, messages, within)
    result = bytearray(explanation.data)
    spans = [
        span
        for first, behind in _blanked_spans(explanation)
        for span in _outside(within, first, behind)
    ]
    for place, piece in located:
        result[place : place + len(piece.octets)] = piece.blank
        spans += [(place + first, place + behind) for first, behind in piece.spans]
    return _with_checksums(result, data, explanation, spans)


def blanked_whole(whole: Whole, messages: Wanted = None) -> Blanked:
    """A message that came in several frames likewise; `messages` by their numbers in the frame."""
    explanation = explain_whole(whole)
    _check(explanation, whole.octets, messages)
    spans = _blanked_spans(explanation)
    return _with_checksums(bytearray(explanation.data), whole.octets, explanation, spans)


def _blanked_spans(explanation: Explanation) -> list[Span]:
    """What is covered, but for checksums."""
    fields = [field for _, _, field in _checksums(explanation.layers)]
    sums = sorted((field.offset or 0, (field.offset or 0) + field.length) for field in fields)
    return [span for first, behind in explanation.covered for span in _outside(sums, first, behind)]


def _outside(spans: Sequence[Span], first: int, behind: int) -> Iterator[Span]:
    """What these spans leave over of a stretch."""
    yield from between([one for one in spans if one[0] < behind and first < one[1]], behind, first)


def _with_checksums(
    result: bytearray, data: bytes, explanation: Explanation, spans: list[Span]
) -> Blanked:
    """The checksums over what is blanked made anew; without that, they are as they were."""
    for ip, layer, field in reversed(list(_checksums(explanation.layers))):  # the inner ones first
        place = slice(field.offset, (field.offset or 0) + field.length)
        if not spans:
            result[place] = data[place]
        elif _is_covered(explanation.covered, field):
            _redo(result, data, ip, layer, field)
    return Blanked(bytes(result), spans, has_pieces(explanation))


def _place(explanation: Explanation, data: bytes, octets: bytes) -> int:
    """Where a piece stands in the frame. A wrong place shows no text: equal octets are equal."""
    for field in _not_decoded(explanation.layers):
        start = field.offset or 0
        part = data[start : start + field.length]
        if part.startswith(octets):
            return start
        if part.endswith(octets):
            return start + len(part) - len(octets)
    place = data.rfind(octets)
    if place < 0:
        raise NotLocatedError("the frame has a piece of a message that is not found in it")
    return place


def _not_decoded(layers: list[Layer]) -> Iterator[Field]:
    for layer in layers:
        for part in layer.walk():
            if isinstance(part, Field) and part.name == NOT_DECODED:
                yield part


def _check(
    explanation: Explanation, data: bytes, messages: Wanted, located: Sequence[Span] = ()
) -> None:
    layers = [x for x in explanation.layers if messages is None or x.message in messages]
    missing = set(messages or ()) - {layer.message for layer in layers}
    if missing:
        note = f"message {min(missing)} is not in this frame alone"
        raise NotLocatedError(note, has_pieces(explanation))
    for part in _not_decoded(layers):
        start = part.offset or 0
        is_located = any(first < start + part.length and start < end for first, end in located)
        if _holds(data, part) and not is_located:
            note = part.value.removesuffix(", not shown, they may hold message text")
            raise NotLocatedError(note, has_pieces(explanation))


def _holds(data: bytes, part: Field) -> bool:
    """Whether anything but zeros, which are padding, stands in a part."""
    start = part.offset or 0
    return any(data[start : start + part.length])


def _checksums(layers: list[Layer]) -> Iterator[tuple[Layer | None, Layer, Field]]:
    """Each transport's checksum, with the transport and the layer of IP that it is in.

    In exported PDUs, SCTP may be there without IP; its checksum needs none.
    """
    ip = None
    for layer in layers:
        if layer.name in ("IP", "IPv6"):
            ip = layer
        elif (ip and layer.name in TRANSPORTS) or layer.name == "SCTP":
            for part in layer.parts:
                if isinstance(part, Field) and part.name == CHECKSUM:
                    yield ip, layer, part


def _is_covered(covered: list[Span], field: Field) -> bool:
    return any(first <= (field.offset or 0) < behind for first, behind in covered)


def _redo(result: bytearray, data: bytes, ip: Layer | None, layer: Layer, field: Field) -> None:
    """RFC 9260 6.8 and appendix A, RFC 9293 3.1, RFC 768; a UDP without a checksum stays so."""
    start, place = layer.offset or 0, field.offset or 0
    addresses, end = _addresses_and_end(data, ip)
    segment = bytes(result[start:end])
    if layer.name == "SCTP":
        result[place : place + 4] = _crc32c(segment).to_bytes(4)
    elif layer.name == "TCP" or any(data[place : place + 2]):
        pseudo = addresses + len(segment).to_bytes(4) + PROTOCOLS[layer.name].to_bytes(4)
        sum_ = _internet_checksum(pseudo + segment)
        result[place : place + 2] = (sum_ or 0xFFFF).to_bytes(2)


def _addresses_and_end(data: bytes, ip: Layer | None) -> tuple[bytes, int]:
    """Source and destination, and where the packet ends: by its length, not by the frame."""
    if ip is None:
        return b"", len(data)
    start = ip.offset or 0
    if ip.name == "IP":
        length = int.from_bytes(data[start + 2 : start + 4])
        return data[start + 12 : start + 20], start + length if length else len(data)
    length = int.from_bytes(data[start + 4 : start + 6])
    return data[start + 8 : start + 40], start + IPV6_HEADER + length if length else len(data)


def _crc32c(octets: bytes) -> int:
    """As it stands on the wire: scapy has turned the octets around already."""
    return int(sctp.crc32c(octets))  # type: ignore[no-untyped-call]


def _internet_checksum(octets: bytes) -> int:
    """Ones' complement of the ones' complement sum of 16-bit words (RFC 1071)."""
    octets += bytes(len(octets) % 2)
    total = sum(int.from_bytes(octets[i : i + 2]) for i in range(0, len(octets), 2))
    while total > 0xFFFF:
        total = (total & 0xFFFF) + (total >> 16)
    return total ^ 0xFFFF
