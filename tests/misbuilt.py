"""Messages made of parts with a length each, with parts lost, doubled, moved, nested or wrong."""

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from tests.mutation import mutated


class Form(NamedTuple):
    """Where a kind of message has its parts, and the lengths in them and of itself."""

    header: int  # octets in front of the first part
    at: int  # of a part's length
    size: int  # octets of the length
    whole_at: int = 0  # of the whole message's length; nowhere if its size is 0
    whole_size: int = 0


AVPS = Form(20, 5, 3, 1, 3)  # RFC 6733 3, 4.1
PARAMETERS = Form(8, 2, 2, 4, 4)  # of SIGTRAN (RFC 4666 3.1, 3.2)
CHUNKS = Form(12, 2, 2)  # RFC 9260 3
Parts = list[bytes]


def parts_of(octets: bytes, form: Form) -> Parts:
    """The parts behind the header, each filled up to a multiple of 4; what is no part ends them."""
    found = []
    place = form.header
    while place < len(octets):
        length = int.from_bytes(octets[place + form.at : place + form.at + form.size])
        end = place + (length + 3) // 4 * 4 if length >= 4 else len(octets)
        found.append(octets[place:end])
        place = end
    return found


def misbuilt(octets: bytes, random: Random, form: Form) -> bytes:
    """The message with one to three of its parts wrong; its own length is mostly sound."""
    parts = parts_of(octets, form)
    for _ in range(random.randint(1, 3)):
        if parts:
            random.choice(WAYS)(parts, random, form)
    whole = bytearray(octets[: form.header] + b"".join(parts))
    if form.whole_size and random.random() < 0.9 and len(whole) >= form.header:
        end = form.whole_at + form.whole_size
        whole[form.whole_at : end] = len(whole).to_bytes(form.whole_size)
    return bytes(whole)


def _lost(parts: Parts, random: Random, _: Form) -> None:
    del parts[random.randrange(len(parts))]


def _doubled(parts: Parts, random: Random, _: Form) -> None:
    parts.insert(random.randrange(len(parts) + 1), random.choice(parts))


def _many(parts: Parts, random: Random, _: Form) -> None:
    parts += [random.choice(parts)] * random.choice((8, 40))


def _moved(parts: Parts, random: Random, _: Form) -> None:
    random.shuffle(parts)


def _wrong(parts: Parts, random: Random, _: Form) -> None:
    place = random.randrange(len(parts))
    parts[place] = mutated(parts[place], random)


def _nested(parts: Parts, random: Random, form: Form) -> None:
    """In another, whose length goes with it."""
    place, inner = random.randrange(len(parts)), random.choice(parts)
    outer = parts[place] + inner
    parts[place] = with_length(outer, len(outer), form)


def _misjudged(parts: Parts, random: Random, form: Form) -> None:
    """With a length that is off by a little, or far."""
    place = random.randrange(len(parts))
    size = len(parts[place]) + random.choice((-8, -4, -3, -1, 1, 2, 4, 8))
    size = random.choice((size, size, 0, 1, 3, 4, 5, 8, (1 << 8 * form.size) - 1))
    parts[place] = with_length(parts[place], size, form)


def with_length(part: bytes, length: int, form: Form) -> bytes:
    """The part as if it were of another length."""
    told = (length % (1 << 8 * form.size)).to_bytes(form.size)
    return part[: form.at] + told + part[form.at + form.size :]


WAYS: tuple[Callable[[Parts, Random, Form], None], ...] = (
    _lost, _doubled, _many, _moved, _wrong, _wrong, _nested, _misjudged, _misjudged,
)  # fmt: skip
