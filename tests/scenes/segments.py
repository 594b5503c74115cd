"""TCP segments octet by octet: Diameter cut, mixed, overlapping and repeated."""

from datetime import timedelta
from itertools import pairwise

from scapy.layers.inet import TCP

from tests.scenes import cast
from tests.scenes.chunks import watchdog
from tests.scenes.dialogue import Capture
from tests.scenes.frames import Path

SERVER, CLIENT = 3868, 50868


def segment(
    octets: bytes, sequence: int, flags: str = "PA", port: int = CLIENT, server: int = SERVER,
    path: Path = cast.IPX,
) -> bytes:  # fmt: skip
    """From a client's port to the server's."""
    header = TCP(sport=port, dport=server, seq=sequence % 2**32, ack=1, flags=flags, window=65000)
    return bytes(path.packet() / header / octets)


def parts(octets: bytes, first: int, cuts: list[int], **way: int) -> list[bytes]:
    """Segments between these places of a stream whose first octet has this number."""
    places = [0, *cuts, len(octets)]
    return [
        segment(octets[start:end], first + start, **way)  # type: ignore[arg-type]
        for start, end in pairwise(places)
    ]


def diameter_over_tcp() -> Capture:
    """One connection across the end of the numbers, and one on a port of its own."""
    capture = Capture(cast.MORNING)
    first = 2**32 - 500
    octets = b"".join(watchdog(number, size) for number, size in enumerate((0, 600, 0, 900, 0, 0)))
    ends = [len(watchdog(number, size)) for number, size in enumerate((0, 600, 0, 900, 0, 0))]
    second = ends[0] + ends[1]
    cut = parts(octets, first, [ends[0], ends[0] + 300, second + 40, second + 400, second + 900])
    other = parts(watchdog(9) + watchdog(10), 77, [30], port=50900, server=3999)
    whole = [segment(watchdog(8), 5, port=50900, server=3999)]
    frames = [
        segment(b"", first - 1, "S"),
        cut[0],
        segment(octets[ends[0] - 1 : ends[0]], first + ends[0] - 1, "A"),  # to keep it alive
        cut[1],
        cut[0],  # again
        segment(octets[100 : ends[0] + 420], first + 100),  # again, and new octets behind
        cut[3],  # before its turn
        cut[2],
        *cut[4:],
        segment(b"", first + len(octets), "FA"),
        *whole,
        *(segment(each[54:], 5 + len(watchdog(8)) + at, port=50900, server=3999)
          for each, at in zip(other, (0, 30), strict=True)),
    ]  # fmt: skip
    for frame in frames:
        capture.add(frame)
        capture.wait(timedelta(milliseconds=20))
    return capture
