"""The captures of a week, and in which frames each attack is."""

import struct
from collections import Counter
from itertools import groupby
from pathlib import Path
from random import Random

from tests.scenes import bulk, files, frames
from tests.week.links import file_of
from tests.week.story import Sent, Week

Place = tuple[str, int, int]  # file, frame, message
BUNDLED_WITHIN = 40_000  # microseconds
Headers = dict[tuple[frames.Path, int, int], bytes]


def write(week: Week, directory: Path) -> dict[int, list[Place]]:
    """Write a pcap for each link; return where the messages of each attack are."""
    found: dict[int, list[Place]] = {}
    ordered = sorted(week.sent, key=lambda sent: (file_of(sent.path), sent.moment, sent.order))
    for name, sent in groupby(ordered, key=lambda sent: file_of(sent.path)):
        write_file(directory, name, list(sent), Random(week.seed), found)
    return found


def write_file(
    directory: Path, name: str, sent: list[Sent], random: Random, found: dict[int, list[Place]]
) -> None:
    headers: Headers = {}
    numbers: Counter[tuple[str, str]] = Counter()
    with (directory / name).open("wb", buffering=1 << 20) as file:
        file.write(files.pcap([]))
        for frame, bundle in enumerate(bundles(sent, random), 1):
            file.write(record(bundle, headers, numbers))
            for message, each in enumerate(bundle, 1):
                if each.attack:
                    found.setdefault(each.attack, []).append((name, frame, message))


def bundles(sent: list[Sent], random: Random) -> list[list[Sent]]:
    """Messages of one direction close behind each other may share a frame."""
    made: list[list[Sent]] = []
    for each in sent:
        last = made[-1][0] if made else None
        near = last and each.path == last.path and each.moment - last.moment < BUNDLED_WITHIN
        if near and len(made[-1]) < 4 and random.random() < 0.5:
            made[-1].append(each)
        else:
            made.append([each])
    return made


def record(bundle: list[Sent], headers: Headers, numbers: Counter[tuple[str, str]]) -> bytes:
    """A pcap record with one SCTP packet; its checksum is left at zero."""
    first = bundle[0]
    way = (first.path.source, first.path.destination)
    chunks = []
    for each in bundle:
        numbers[way] += 1
        size = 16 + len(each.octets)
        fields = (0, 3, size, numbers[way], 1, numbers[way] & 0xFFFF, each.protocol)
        chunks.append(struct.pack(">BBHIHHI", *fields) + each.octets + bytes(-size % 4))
    data = b"".join(chunks)
    key = (first.path, first.protocol, len(data))
    if key not in headers:
        headers[key] = header(*key)
    octets = headers[key] + data
    seconds, fraction = divmod(first.moment, 1_000_000)
    return struct.pack("<IIII", seconds, fraction, len(octets), len(octets)) + octets


def header(path: frames.Path, protocol: int, size: int) -> bytes:
    """Ethernet, IPv4 and SCTP in front of so many octets of chunks."""
    octets = bytearray(bulk.link_headers(path, protocol))
    struct.pack_into(">H", octets, 16, 20 + 12 + size)
    struct.pack_into(">H", octets, 24, 0)
    struct.pack_into(">H", octets, 24, bulk.checksum(bytes(octets[14:34])))
    return bytes(octets)
