"""A second opinion on messages that look odd: pycrate decodes them whole, in a process apart.

The walker reads on where decoders give up, and takes what it does not know for granted. What
pycrate, which knows all of MAP, CAP and Diameter, makes of the same octets tells an analyst
whether a message is merely unusual or broken.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from dissectors.apart import answers_within
from dissectors.damaged import DAMAGED

SECONDS = 20.0  # for one message; most take a thousandth
MOST_LOST = 8  # messages that end the process or take too long; what follows is left alone
MAP, CAP, DIAMETER = "map", "cap", "diameter"
DECODED, IN_PART, REFUSED = "decoded", "decoded in part", "refused"
NO_ANSWER, NOT_TRIED = "no answer", "not tried"


class Odd(NamedTuple):
    """A message that was set aside: where it is, what was noted, and its octets, with any text."""

    frame: int
    message: int
    layer: str
    kind: str
    user: str  # MAP, CAP or DIAMETER
    octets: bytes


class Opinion(NamedTuple):
    """What became of a message in pycrate, one of the words above, and the error if it refused."""

    outcome: str
    error: str | None = None


def second_look(messages: list[Odd]) -> Iterator[tuple[Odd, Opinion]]:
    """Each message with pycrate's opinion."""
    lost = 0
    requests = [(odd.user, odd.octets) for odd in messages]
    answers = answers_within(SECONDS, opinion, requests)
    for odd in messages:
        answer = next(answers) if lost < MOST_LOST else Opinion(NOT_TRIED)
        lost += answer is None
        yield odd, answer or Opinion(NO_ANSWER)


def opinion(request: tuple[str, bytes]) -> Opinion:
    """Decode one message; of an error only the kind is kept, for its words may hold octets."""
    user, octets = request
    try:
        whole = _diameter_is_whole(octets) if user == DIAMETER else _is_whole(octets, user == CAP)
    except DAMAGED as error:
        return Opinion(REFUSED, type(error).__name__)
    return Opinion(DECODED if whole else IN_PART)


def _is_whole(octets: bytes, is_cap: bool) -> bool:
    """Whether pycrate has a type for every element of a TCAP message."""
    from dissectors.explain_map import specification

    message, _ = specification(is_cap)
    message.from_ber(octets)
    return not _has_unknown(message.get_val())


def _has_unknown(value: Any) -> bool:
    """pycrate keeps what it has no type for under names that begin with _unk_, or _ext_."""
    if isinstance(value, dict):
        return any(map(_has_unknown, (*value.keys(), *value.values())))
    if isinstance(value, list | tuple):
        return any(map(_has_unknown, value))
    return isinstance(value, str) and value.startswith(("_unk_", "_ext_"))


def _diameter_is_whole(octets: bytes) -> bool:
    """Whether nothing is left over or added when the message is written again."""
    from pycrate_diameter.Diameter3GPP import Diameter3GPP

    message = Diameter3GPP()
    message.from_bytes(octets)
    return bool(message.to_bytes() == octets)
