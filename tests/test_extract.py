"""The command `extract` as its user runs it: no octet of a text survives, all else is as it was."""

import hashlib
import json
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scapy.layers.inet import IP, TCP, UDP
from scapy.layers.inet6 import IPv6
from scapy.layers.l2 import Ether
from scapy.layers.sctp import SCTP, SCTPChunkData
from scapy.utils import RawPcapNgReader, RawPcapReader
from typer.testing import CliRunner

from dissectors.blanking import NotLocatedError, blanked
from dissectors.frames import UnreadableFrameError, frames_of
from sigaudit.cli import app
from sigaudit.errors import SigauditError
from tests.odd_captures import Container
from tests.test_explain import (
    ETHERNET,
    avp,
    diameter_message,
    m3ua_data,
    short_message,
    ussd,
)

PCAPS = Path(__file__).parents[1] / "pcaps"
TEXT = bytes(range(0x80, 0xA0))
PIECES = {TEXT[i : i + 3] for i in range(len(TEXT) - 2)}  # stand nowhere else
SM_RP_UI, MO_FORWARD, SGD, VENDOR_3GPP = 3301, 8388645, 16777313, 10415
NANOSECONDS = 1772352000_123456789


def layers(family: int = 4) -> Any:
    ip: Any = IP(src="198.51.100.7", dst="192.0.2.1")
    if family == 6:
        ip = IPv6(src="2001:db8::7", dst="2001:db8::1")
    return Ether(src="02:00:00:00:00:01", dst="02:00:00:00:00:02") / ip


def in_sctp(*messages: bytes, protocol: int = 3, family: int = 4) -> bytes:
    packet = layers(family) / SCTP(sport=2905, dport=2905)
    for message in messages:
        packet /= SCTPChunkData(data=message, proto_id=protocol, beginning=1, ending=1)
    return bytes(packet)


def submit_over_diameter(text: bytes) -> bytes:
    tpdu = bytes.fromhex("01010c9144770009103200 04".replace(" ", "")) + bytes([len(text)]) + text
    return diameter_message(MO_FORWARD, SGD, avp(SM_RP_UI, tpdu, VENDOR_3GPP))


# a begin with sendIMSI (Q.773 3.1, TS 29.002 17.5)
PLAIN = in_sctp(m3ua_data(bytes.fromhex("6214 4804 01020304 6c0c a10a 020101 02013a 0402 9132")))
CARRIED = {
    "SMS over SCTP": lambda text: in_sctp(m3ua_data(short_message(text))),
    "USSD over SCTP in IPv6": lambda text: in_sctp(m3ua_data(ussd(text)), family=6),
    "SMS over Diameter in SCTP": lambda t: in_sctp(submit_over_diameter(t), protocol=46),
    "SMS over Diameter in TCP": lambda t: bytes(
        layers() / TCP(sport=3868, dport=40000) / submit_over_diameter(t)
    ),
    "SMS over Diameter in TCP in IPv6": lambda t: bytes(
        layers(6) / TCP(sport=3868, dport=40000) / submit_over_diameter(t)
    ),
    "two messages in a frame": lambda t: in_sctp(m3ua_data(short_message(t)), m3ua_data(ussd(t))),
}


def pcap(*frames: bytes, link_type: int = 1) -> bytes:
    """A pcap with times in nanoseconds."""
    head = struct.pack("<IHHiIII", 0xA1B23C4D, 2, 4, 0, 0, 262144, link_type)
    seconds, fraction = divmod(NANOSECONDS, 10**9)
    records = (struct.pack("<4I", seconds, fraction, len(f), len(f)) + f for f in frames)
    return head + b"".join(records)


def checksums(data: bytes) -> Iterator[tuple[int, int]]:
    """Each checksum of a frame, and the one that scapy makes."""
    there, made = Ether(data), Ether(data)
    for kind in (IP, SCTP, TCP, UDP):
        if kind in made:
            del made[kind].chksum
    made = Ether(bytes(made))
    for kind in (IP, SCTP, TCP, UDP):
        if kind in made:
            yield there[kind].chksum, made[kind].chksum


def run(*arguments: object) -> tuple[str, str]:
    """What the command prints on stdout and on stderr."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if isinstance(result.exception, SigauditError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout, result.stderr


def ingested(folder: Path, **captures: bytes) -> Path:
    """A database of captures, by their names."""
    paths = [folder / name.replace("_", ".") for name in captures]
    for path, content in zip(paths, captures.values(), strict=True):
        path.write_bytes(content)
    run("ingest", *paths, "--db", folder / "audit.duckdb")
    return folder / "audit.duckdb"


@pytest.mark.parametrize("carried", CARRIED.values(), ids=CARRIED)
def test_no_octet_of_a_text_survives_and_checksums_are_right(carried: Any) -> None:
    data = carried(TEXT)
    assert TEXT in data
    told = blanked(ETHERNET, data)
    assert not any(piece in told.data for piece in PIECES)
    for there, made in checksums(told.data):
        assert there == made
    assert told.data == carried(bytes(len(TEXT)))
    assert told.octets == len(TEXT) * data.count(TEXT)


@settings(deadline=None, max_examples=40)
@given(st.binary(min_size=1, max_size=140), st.sampled_from(sorted(CARRIED)))
def test_any_text_gives_the_same_frame(text: bytes, name: str) -> None:
    """What is written depends on the length of the text alone."""
    blank = CARRIED[name](bytes(len(text)))
    assert blanked(ETHERNET, CARRIED[name](text)).data == blanked(ETHERNET, blank).data


def test_frames_without_text_stay_as_they_are() -> None:
    data = bytearray((PCAPS / "any_time_interrogation.pcap").read_bytes())
    path = PCAPS / "any_time_interrogation.pcap"
    for frame in frames_of(path, range(1, 14)):
        told = blanked(frame.link_type, frame.data)
        assert (told.data, told.octets) == (frame.data, 0)
        assert frame.data in data


@pytest.mark.parametrize(
    ("data", "messages"),
    [
        (in_sctp(m3ua_data(b"\x62\x05" + TEXT)), [1]),
        (in_sctp(m3ua_data(b"\x62\x05" + TEXT)), None),
        (in_sctp(TEXT), None),
        (in_sctp(m3ua_data(ussd(TEXT))), [2]),
        (bytes(layers() / SCTP() / SCTPChunkData(data=TEXT, proto_id=3, beginning=1)), None),
        (b"", None),
    ],
)
def test_text_that_cannot_be_located_leaves_the_frame_out(
    data: bytes, messages: list[int] | None
) -> None:
    if not data:
        assert blanked(ETHERNET, data, messages).data == b""
        return
    with pytest.raises(NotLocatedError):
        blanked(ETHERNET, data, messages)


def test_another_message_that_is_not_decoded_is_blanked() -> None:
    data = in_sctp(m3ua_data(ussd(TEXT)), m3ua_data(b"\x62\x05" + TEXT))
    told = blanked(ETHERNET, data, [1])
    assert TEXT not in told.data
    assert all(there == made for there, made in checksums(told.data))


def test_a_capture_of_several_captures(tmp_path: Path) -> None:
    """Comments, interfaces, times and the digest of each frame, read back by scapy."""
    secret, raw = in_sctp(m3ua_data(short_message(TEXT))), PLAIN[14:]
    db = ingested(
        tmp_path,
        one_pcap=pcap(PLAIN, secret),
        two_pcap=pcap(raw, link_type=101),
        bad_pcap=pcap(in_sctp(m3ua_data(b"\x62\x05" + TEXT))),
    )
    out = tmp_path / "evidence.pcapng"
    places = ["one.pcap:2", "two.pcap:1", "one.pcap:1:1", "bad.pcap:1", "one.pcap:2"]
    arguments = [argument for place in places for argument in ("--frame", place)]
    printed, told = run("extract", "--db", db, "--out", out, *arguments)
    assert [line.split(",")[0] for line in printed.splitlines()] == [
        "one.pcap:1",
        "one.pcap:2",
        "two.pcap:1",
    ]
    assert hashlib.sha256(secret).hexdigest() in printed
    assert "left out: bad.pcap:1: its message text cannot be located: not valid BER" in told
    assert TEXT[:3] not in out.read_bytes()
    reader = RawPcapNgReader(str(out))
    read = [reader._read_packet() for _ in range(3)]
    reader.close()
    assert [data for data, _ in read] == [PLAIN, blanked(ETHERNET, secret).data, raw]
    assert [meta.linktype for _, meta in read] == [1, 1, 101]
    assert [meta.ifname for _, meta in read] == [b"one.pcap", b"one.pcap", b"two.pcap"]
    assert [meta.comments[0].decode() for _, meta in read] == printed.splitlines()
    for _, meta in read:
        units = meta.tshigh << 32 | meta.tslow
        assert units * (10**9 // meta.tsresol) == NANOSECONDS


def test_pcap_has_room_for_one_link_type(tmp_path: Path) -> None:
    db = ingested(
        tmp_path,
        one_pcap=pcap(PLAIN),
        two_pcap=pcap(PLAIN[14:], link_type=101),
    )
    out = tmp_path / "evidence.pcap"
    run("extract", "--db", db, "--out", out, "--frame", "one.pcap:1")
    assert out.read_bytes() == pcap(PLAIN)
    both = ["--frame", "one.pcap:1", "--frame", "two.pcap:1"]
    with pytest.raises(SigauditError, match=r"\.pcapng"):
        run("extract", "--db", db, "--out", out, *both)
    assert out.read_bytes() == pcap(PLAIN)
    reader = RawPcapReader(str(out))
    assert [data for data, _ in reader] == [PLAIN]
    reader.close()


def test_findings_of_the_demo(tmp_path: Path) -> None:
    """One with signalling and rows of logs, one with rows alone."""
    demo = PCAPS / "demo"
    arguments = ["audit", demo, "--network", demo / "network.toml", "--out", tmp_path]
    run(*arguments, "--fail-on", "never")
    found = json.loads((tmp_path / "findings.json").read_text("utf-8"))["findings"]
    evidence = {f["id"]: f["evidence"] for f in found if f["detector"] == "SWAP-01"}
    mixed, rows = sorted(evidence, key=lambda id: sum("row" in e for e in evidence[id]))
    out = tmp_path / "evidence.pcapng"
    command = ["extract", "--db", tmp_path / "audit.duckdb", "--out", out, "--finding"]
    with pytest.raises(SigauditError, match="the row of a log"):
        run(*command, rows)
    printed, told = run(*command, mixed)
    places = {(e["file"], e["frame"]) for e in evidence[mixed] if "frame" in e}
    assert len(printed.splitlines()) == len(places) == 3
    assert "octets blanked" in printed
    assert told.count("the row of a log") == sum("row" in e for e in evidence[mixed])
    for frame in frames_of(out, [1, 2, 3]):
        assert all(there == made for there, made in checksums(frame.data))


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["--out", "x.pcapng"], 2, "--finding or --frame"),
        (["--finding", "0123456789abcdef", "--out", "x.pcapng"], 2, "no finding"),
        (["--frame", "one.pcap:1", "--out", "x.txt"], 2, "pcapng"),
        (["--frame", "gone.pcap:1", "--out", "x.pcapng"], 2, "one.pcap"),
        (["--frame", "one.pcap:2", "--out", "x.pcapng"], 1, "frame 2"),
        (["--frame", "one.pcap:1", "--out", "one.pcap"], 2, "the capture itself"),
        (["--frame", "one.pcap:1", "--out", "no/x.pcapng"], 1, "--out"),
    ],
)
def test_what_cannot_be_done_is_told(
    arguments: list[str], status: int, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = ingested(tmp_path, one_pcap=pcap(PLAIN))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SigauditError, match=told) as raised:
        run("extract", "--db", db, *arguments)
    assert raised.value.exit_code == status
    left = {"audit.duckdb", "audit.duckdb.lock", "one.pcap"}
    assert {path.name for path in tmp_path.iterdir()} == left


def test_a_changed_capture_is_named(tmp_path: Path) -> None:
    db = ingested(tmp_path, one_pcap=pcap(PLAIN))
    (tmp_path / "one.pcap").write_bytes(pcap(PLAIN[::-1]))
    out = tmp_path / "evidence.pcapng"
    with pytest.raises(SigauditError, match=r"has changed.*--captures"):
        run("extract", "--db", db, "--frame", "one.pcap:1", "--out", out)


@pytest.mark.parametrize("exponent", [0, 3, 6, 9, 12, 0x80 | 20, 0x80 | 32])
@pytest.mark.parametrize("container", [Container("<"), Container(">")], ids=["little", "big"])
def test_times_are_kept_in_nanoseconds(container: Container, exponent: int, tmp_path: Path) -> None:
    """draft-ietf-opsawg-pcapng 4.2: units of 10 ** -n or 2 ** -n seconds, and an offset."""
    path = tmp_path / "one.pcapng"
    options = [container.resolution(exponent), container.offset(1_700_000_000)]
    path.write_bytes(container.timed(98_765, *options))
    [frame] = frames_of(path, [1])
    per_second = 2 ** (exponent & 0x7F) if exponent & 0x80 else 10**exponent
    assert frame.nanoseconds == 1_700_000_000 * 10**9 + 98_765 * 10**9 // per_second


def test_frames_of_every_kind_of_block(tmp_path: Path) -> None:
    container = Container()
    path = tmp_path / "one.pcapng"
    blocks = [container.packet(5), container.old_packet(6), container.simple_packet()]
    path.write_bytes(container.section() + container.interface() + b"".join(blocks))
    assert [frame.nanoseconds for frame in frames_of(path, [1, 2, 3])] == [5000, 6000, 6000]
    with pytest.raises(UnreadableFrameError, match="no frame 4: 3 can be read"):
        list(frames_of(path, [2, 4]))
