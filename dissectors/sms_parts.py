"""Parts of concatenated short messages (3GPP TS 23.040 9.2.3.24.1), put together across frames.

Plain Python under the GIL: only for messages of several parts. Text is held here until its
message is whole, and a little longer; it is bounded, and written nowhere.
"""

from typing import TYPE_CHECKING

from dissectors.reasons import problem
from dissectors.waiting import Waiting

if TYPE_CHECKING:
    from dissectors.reading import Reading

REST_MISSING = problem("sms", "part of a message whose other parts are not in the capture")
MOST_WHOLE = 256  # messages


class Parts:
    """What waits for other parts, and the messages that were whole lately."""

    def __init__(self) -> None:
        self.waiting = Waiting(REST_MISSING)
        self.whole: dict[bytes, dict[int, bytes]] = {}

    def add(self, r: "Reading", key: bytes, part: int, total: int, octets: bytes) -> list[bytes]:
        """Add a part, from 1 to `total`; all parts in order once they are there.

        A part comes again where a message is sent anew, or is captured on several links: then it
        is whole still. With other octets it is of another message that has the same reference.
        """
        known = self.waiting.messages.get(key)
        if known is None:
            whole = self.whole.get(key, {})
            if whole.get(part) == octets:
                return in_order(whole)
        elif known.parts.get(part, octets) != octets:
            r.give_up(REST_MISSING, [self.waiting.take(key).frame])
        pieces = r.wait(self.waiting, key, part, octets)
        if len(pieces.parts) < total or key not in self.waiting.messages:
            return []
        return in_order(self._keep(key, self.waiting.take(key).parts))

    def _keep(self, key: bytes, parts: dict[int, bytes]) -> dict[int, bytes]:
        self.whole.pop(key, None)
        self.whole[key] = parts
        if len(self.whole) > MOST_WHOLE:
            del self.whole[next(iter(self.whole))]
        return parts


def in_order(parts: dict[int, bytes]) -> list[bytes]:
    """By their numbers."""
    return [parts[number] for number in sorted(parts)]
