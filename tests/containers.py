"""Every kind of container around the same frames, and the frames that tshark reads in it.

`python -m tests.containers` writes containers.json anew, from the tshark that is installed.
"""

import gzip
import json
import struct
import subprocess
import tempfile
from io import BytesIO
from pathlib import Path

import zstandard
from scapy.utils import RawPcapReader

from tests.odd_captures import Container

BY_TSHARK = Path(__file__).with_name("containers.json")
SOURCE = Path(__file__).parents[1] / "pcaps" / "any_time_interrogation.pcap"
NOON = 1_772_366_400  # 2026-03-01 12:00:00 UTC
MICROSECONDS, NANOSECONDS, KUZNETZOV = 0xA1B2C3D4, 0xA1B23C4D, 0xA1B2CD34
IXIA_HARDWARE, IXIA_SOFTWARE = 0x1C0001AC, 0x1C0001AB
JOURNAL = b"__REALTIME_TIMESTAMP=1772366400000000\nMESSAGE=x\n"


def frames() -> list[bytes]:
    """Ten frames with MAP messages, no two with the same DATA chunk."""
    with RawPcapReader(str(SOURCE)) as reader:
        return [octets for octets, _ in reader][:10]


def pcap(order: str, magic: int, more_header: bytes = b"", more_of_record: int = 0) -> bytes:
    """All frames a second apart; `more_of_record` octets follow the lengths of each."""
    parts = [struct.pack(f"{order}IHHiIII", magic, 2, 4, 0, 0, 262144, 1), more_header]
    for number, frame in enumerate(frames()):
        size = len(frame)
        record = struct.pack(f"{order}IIII", NOON + number, 456_789, size, size)
        parts += [record, bytes(more_of_record), frame]
    return b"".join(parts)


def pcapng(order: str) -> bytes:
    """A section, two interfaces with clocks of their own, comments, all packet blocks."""
    one, two, three, four, five, *_ = frames()
    to = Container(order)
    comment = (1, b"taken at the border")
    later = (NOON + 1) * 10**6
    return b"".join(
        [
            to.section(),
            to.interface([comment, (2, b"eth0")]),
            to.interface([to.resolution(9), to.offset(3600)]),
            to.interface([to.resolution(0x80 | 20)]),
            to.packet(later, frame=one),
            to.packet((NOON - 3600) * 10**9 + 1999, interface=1, frame=two),
            to.packet((NOON << 20) + (1 << 19), interface=2, frame=three),
            to.old_packet(later + 5, frame=four),
            to.simple_packet(five),
        ]
    )


def sections() -> bytes:
    """One of each byte order, with clocks of their own."""
    one, two, *_ = frames()
    little, big = Container("<"), Container(">")
    return (
        little.section() + little.interface([little.resolution(3)])
        + little.packet(NOON * 1000 + 250, frame=one)
        + big.section() + big.interface() + big.packet(NOON * 10**6 + 7, frame=two)
    )  # fmt: skip


def blocks_without_packets() -> bytes:
    """Blocks that Wireshark numbers as frames, and those that it does not."""
    to = Container("<")
    one, two, *_ = frames()
    event = struct.pack("<HQQIH", 1, NOON * 10**9, 1, 20, 3) + bytes(4)
    event_2 = struct.pack("<HQQIHI", 1, NOON * 10**9, 1, 30, 3, 0) + bytes(4)
    of_nobody = struct.pack("<I", 32473) + b"whatever"
    return b"".join(
        [
            to.section(),
            to.interface(),
            to.block(4, bytes(4)),  # names
            to.block(5, bytes(12)),  # statistics
            to.block(10, struct.pack("<II", 0x544C534B, 0)),  # secrets
            to.block(9, JOURNAL),
            to.block(0x204, event),
            to.block(0x216, event_2),
            to.block(0x221, event_2 + bytes(4)),
            to.packet(NOON * 10**6, frame=one),
            to.block(0xBAD, of_nobody),
            to.block(0x40000BAD, of_nobody),
            to.block(0x0BAE, bytes(9 << 20)),  # longer than what the walker holds at a time
            to.packet(NOON * 10**6 + 1, frame=two),
        ]
    )


def cut_by_snaplen() -> bytes:
    """A simple packet block, which does not say how much of the frame there is."""
    to = Container("<")
    one, two, *_ = frames()
    interface = to.block(1, struct.pack("<HHI", 1, 0, 61))
    simple = to.block(3, struct.pack("<I", len(one)) + one[:61])
    return to.section() + interface + simple + to.packet(NOON * 10**6, frame=two)


def in_zstd(octets: bytes) -> bytes:
    """One frame with a checksum."""
    return zstandard.ZstdCompressor(write_checksum=True).compress(octets)


def streamed_zstd(octets: bytes) -> bytes:
    """Small blocks, no content size, as of a file that is written bit by bit."""
    packed = BytesIO()
    with zstandard.ZstdCompressor().stream_writer(packed, closefd=False) as writer:
        for place in range(0, len(octets), 500):
            writer.write(octets[place : place + 500])
            writer.flush()
    return packed.getvalue()


def variants() -> dict[str, bytes]:
    """Files by name."""
    plain = pcap("<", MICROSECONDS)
    half = len(plain) // 2
    found = {
        f"{name} {order}": pcap(order, magic, bytes(header), record)
        for order in "<>"
        for name, magic, header, record in (
            ("microseconds", MICROSECONDS, 0, 0),
            ("nanoseconds", NANOSECONDS, 0, 0),
            ("kuznetzov", KUZNETZOV, 0, 8),
            ("ixia hardware", IXIA_HARDWARE, 4, 0),
            ("ixia software", IXIA_SOFTWARE, 4, 0),
        )
    }
    return found | {
        "pcapng <": pcapng("<"),
        "pcapng >": pcapng(">"),
        "sections": sections(),
        "blocks without packets": blocks_without_packets(),
        "cut by snaplen": cut_by_snaplen(),
        "gzip": gzip.compress(plain),
        "gzip, two members": gzip.compress(plain[:half]) + gzip.compress(plain[half:]),
        "gzip of pcapng": gzip.compress(pcapng(">")),
        "zstd": in_zstd(plain),
        "zstd, two frames": in_zstd(plain[:half]) + in_zstd(plain[half:]),
        "zstd, streamed": streamed_zstd(plain),
    }


def by_tshark(octets: bytes) -> list[tuple[int, int | None]]:
    """Number and time (microseconds) of each frame with a MAP message in it."""
    command = ["tshark", "-n", "-Y", "gsm_map", "-T", "fields", "-e", "frame.number"]
    with tempfile.NamedTemporaryFile() as file:
        file.write(octets)
        file.flush()
        told = subprocess.run(
            [*command, "-e", "frame.time_epoch", "-r", file.name],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
    rows = (line.split("\t") for line in told.splitlines())
    return [(int(number), microseconds(time)) for number, time in rows]


def microseconds(time: str) -> int | None:
    """Of tshark's seconds with nine digits behind the point; None where there are none."""
    return int(time.replace(".", "")[:-3]) if time else None


if __name__ == "__main__":
    rows = [f"{json.dumps(name)}: {by_tshark(octets)}" for name, octets in variants().items()]
    text = ",\n".join(rows).replace("(", "[").replace(")", "]").replace("None", "null")
    BY_TSHARK.write_text(f"{{\n{text}\n}}\n", "utf-8")
