"""A frame without its message text: blanked to equal length, the checksums over it redone."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from scapy.layers import sctp

from dissectors.explain import TRANSPORTS, Explanation, explain
from dissectors.layers import NOT_DECODED, Field, Layer, Span

CHECKSUM = "chksum"
IPV6_HEADER = 40
PROTOCOLS = {"TCP": 6, "UDP": 17}
Request = tuple[int, bytes, Collection[int]]  # the arguments of blanked


class NotLocatedError(ValueError):
    """Message text may stand in the frame, and nobody can say where."""


@dataclass(frozen=True)
class Blanked:
    """A frame of equal length, and how many octets of it are blanked, checksums not counted."""

    data: bytes
    octets: int


def blanked(link_type: int, data: bytes, messages: Collection[int] = ()) -> Blanked:
    """The frame with every octet zero that holds or may hold message text.

    Of `messages`, its signalling messages by number, each has to be decoded whole, and without
    them every part of the frame: else NotLocatedError says what is not. Other parts that are not
    decoded are blanked.
    """
    explanation = explain(link_type, data)
    _check(explanation, data, messages)
    checksums = [(ip, layer, field) for ip, layer, field in _checksums(explanation.layers)
                 if _is_covered(explanation.covered, field)]  # fmt: skip
    result = bytearray(explanation.data)
    for ip, layer, field in reversed(checksums):  # the inner ones of tunnels first
        _redo(result, data, ip, layer, field)
    covered = sum(behind - first for first, behind in explanation.covered)
    return Blanked(bytes(result), covered - sum(field.length for _, _, field in checksums))


def _check(explanation: Explanation, data: bytes, messages: Collection[int]) -> None:
    layers = [x for x in explanation.layers if not messages or x.message in messages]
    missing = set(messages) - {layer.message for layer in layers}
    if missing:
        raise NotLocatedError(f"message {min(missing)} is not in this frame alone")
    for layer in layers:
        for part in layer.walk():
            if isinstance(part, Field) and part.name == NOT_DECODED and _holds(data, part):
                raise NotLocatedError(
                    part.value.removesuffix(", not shown, they may hold message text")
                )


def _holds(data: bytes, part: Field) -> bool:
    """Whether anything but zeros, which are padding, stands in a part."""
    start = part.offset or 0
    return any(data[start : start + part.length])


def _checksums(layers: list[Layer]) -> Iterator[tuple[Layer, Layer, Field]]:
    """Each transport's checksum, with the transport and the layer of IP that it is in."""
    ip = None
    for layer in layers:
        if layer.name in ("IP", "IPv6"):
            ip = layer
        elif ip and layer.name in TRANSPORTS:
            for part in layer.parts:
                if isinstance(part, Field) and part.name == CHECKSUM:
                    yield ip, layer, part


def _is_covered(covered: list[Span], field: Field) -> bool:
    return any(first <= (field.offset or 0) < behind for first, behind in covered)


def _redo(result: bytearray, data: bytes, ip: Layer, layer: Layer, field: Field) -> None:
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


def _addresses_and_end(data: bytes, ip: Layer) -> tuple[bytes, int]:
    """Source and destination, and where the packet ends: by its length, not by the frame."""
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
