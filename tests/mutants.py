"""Wrong captures by seed, of the kinds that tests.fuzz and tests.fuzz_many try."""

from collections.abc import Iterable
from random import Random

from tests import links
from tests.ber import misbuilt
from tests.damaged import Damaged
from tests.everywhere import Everywhere
from tests.mutation import (
    DIAMETER,
    capture,
    in_sccp,
    in_sctp,
    in_tcp,
    mutated,
    payloads,
    transactions,
)
from tests.seeds import all_frames

KINDS = ("everywhere", "frames", "payloads", "transactions", "streams")


class Mutants:
    """Wrong captures, from frames, from what SCTP carries in them, and from TCAP in that."""

    def __init__(self) -> None:
        self.frames = all_frames()
        self.payloads = [entry for frame in self.frames for entry in payloads(frame)]
        self.transactions = transactions(self.payloads)
        self.everywhere = Everywhere()
        self.files = Damaged()

    def of(self, kind: str, random: Random, count: int) -> bytes:
        """Of one of KINDS, or a file."""
        made: bytes = getattr(self, f"of_{kind}")(random, count)
        return made

    def tried(self) -> str:
        """How often each link type, layer, kind of file and of damage was tried, a line each."""
        counts = self.everywhere.tried + self.files.tried
        return "".join(f"{n:9} {layer}: {name}\n" for (layer, name), n in sorted(counts.items()))

    def of_everywhere(self, random: Random, count: int) -> bytes:
        """Every link type and layer, each wrong by itself in sound ones around it."""
        return links.capture(self.everywhere.frames(random, count)[:count])

    def of_frames(self, random: Random, count: int) -> bytes:
        """Whole frames mutated, in a sound container."""
        return capture(mutated(random.choice(self.frames), random) for _ in range(count))

    def of_payloads(self, random: Random, count: int) -> bytes:
        """What SCTP carries mutated; exactly one DATA chunk a frame."""
        chosen = (random.choice(self.payloads) for _ in range(count))
        return capture(in_sctp(mutated(message, random), protocol) for protocol, message in chosen)

    def of_transactions(self, random: Random, count: int) -> bytes:
        """TCAP mutated, or misbuilt of sound elements; exactly one SCCP message a frame."""
        chosen = random.choices(self.transactions, k=count)
        ways = random.choices((mutated, misbuilt), k=count)
        return capture(in_sccp(way(tcap, random)) for way, tcap in zip(ways, chosen, strict=True))

    def of_streams(self, random: Random, count: int) -> bytes:
        """Diameter over TCP in pieces, mutated, some lost."""
        messages = [octets for protocol, octets in self.payloads if protocol == DIAMETER]
        packets: list[bytes] = []
        sequence = (1 << 32) - 3000  # so that it wraps
        while len(packets) < count:
            octets = b"".join(random.choices(messages, k=3))
            for piece in pieces(
                mutated(octets, random) if random.random() < 0.5 else octets, random
            ):
                if random.random() < 0.97:
                    packets.append(in_tcp(piece, sequence, random.choice((50868, 50868, 50869))))
                sequence = (sequence + len(piece)) % (1 << 32)
        return capture(packets)

    def of_files(self, random: Random, _: int = 0) -> bytes:
        """A file of any kind, damaged."""
        return self.files.one(random)


def pieces(octets: bytes, random: Random) -> Iterable[bytes]:
    """Cut into segments."""
    while octets:
        size = random.choice((1, 3, 20, 200, 1400))
        yield octets[:size]
        octets = octets[size:]
