"""Messages that came in several frames: shown whole, extracted whole, and no text in either."""

import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from scapy.layers.inet import IP, TCP, fragment
from scapy.layers.inet6 import IPv6, IPv6ExtHdrFragment, fragment6
from scapy.layers.l2 import Ether
from scapy.layers.sctp import SCTP, SCTPChunkData
from scapy.utils import RawPcapReader

from dissectors import wholes
from dissectors.blanking import blanked
from dissectors.explain import explain_whole
from sigaudit.errors import SigauditError
from sigaudit.explain import explain
from sigaudit.extract import extract
from sigaudit.ingest import ingest
from sigaudit.store import connected
from tests.mutation import FROM, TO, capture
from tests.one_message import element
from tests.scenes.carriers import halves
from tests.scenes.sigtran import m3ua_data as m3ua
from tests.scenes.sigtran import segments, sua, sua_address, sua_parameter
from tests.test_explain import m3ua_data, short_message, ussd
from tests.test_extract import submit_over_diameter

TEXT = bytes(range(0x80, 0xA0))  # its octets in a row stand nowhere else
RUNS = [TEXT[i : i + 3] for i in range(len(TEXT) - 2)]
M3UA, SUA, DIAMETER = 3, 4, 46
MO_FORWARD_SM, OFR = "46 (mo-ForwardSM)", "8388645 (MO-Forward-Short-Message"


def ethernet(family: int = 4) -> Any:
    ip: Any = IP(src="198.51.100.7", dst="192.0.2.1")
    if family == 6:
        ip = IPv6(src="2001:db8::7", dst="2001:db8::1")
    return Ether(src="02:00:00:00:00:01", dst="02:00:00:00:00:02") / ip


def chunk(data: bytes, tsn: int, protocol: int = M3UA, begins: int = 1, ends: int = 1) -> Any:
    return SCTPChunkData(
        data=data, proto_id=protocol, tsn=tsn, stream_seq=tsn, beginning=begins, ending=ends
    )


def packet(*chunks: Any, family: int = 4) -> Any:
    found = ethernet(family) / SCTP(sport=2905, dport=2905, tag=7)
    for one in chunks:
        found /= one
    return found


def thirds(octets: bytes) -> list[bytes]:
    size = len(octets) // 3
    return [octets[:size], octets[size : 2 * size], octets[2 * size :]]


def in_sctp_fragments(text: bytes) -> list[bytes]:
    chunks = [
        SCTPChunkData(data=data, proto_id=M3UA, tsn=9 + i, beginning=i == 0, ending=i == 2)
        for i, data in enumerate(thirds(m3ua_data(short_message(text))))
    ]
    last = packet(chunks[2], chunk(m3ua_data(ussd(text)), 30))
    return [bytes(packet(chunks[0])), bytes(packet(chunks[1])), bytes(last)]


def in_tcp_segments(text: bytes, family: int = 4) -> list[bytes]:
    """The first begins with a whole message, the last ends with another."""
    message = submit_over_diameter(text)
    first, second, third = thirds(message)
    parts, number, frames = [message + first, second, third + message], 1, []
    for part in parts:
        header = TCP(sport=3868, dport=40000, seq=number, flags="A")
        frames.append(bytes(ethernet(family) / header / part))
        number += len(part)
    return frames


def in_ip_fragments(text: bytes) -> list[bytes]:
    """Two messages in a packet in three fragments."""
    whole = packet(chunk(m3ua_data(short_message(text)), 1), chunk(m3ua_data(ussd(text)), 2))
    return [bytes(part) for part in fragment(whole, 128)]


def in_ipv6_fragments(text: bytes) -> list[bytes]:
    message = submit_over_diameter(text)
    whole = ethernet(6) / IPv6ExtHdrFragment(id=5) / TCP(sport=3868, dport=40000) / message
    # scapy counts the headers in front of the fragment's in, but not that of Ethernet
    return [bytes(Ether(bytes(whole)[:14]) / part) for part in fragment6(whole[IPv6], 100)]


def in_sccp_segments(text: bytes, kind: int) -> list[bytes]:
    return [
        bytes(packet(chunk(m3ua("2-100-1", "2-100-2", 0, part), 1 + number)))
        for number, part in enumerate(segments(TO, FROM, halves(short_message(text)), 7, kind))
    ]


def in_sua_segments(text: bytes) -> list[bytes]:
    """RFC 3868 3.10.23: whether it is the first, how many remain, the reference."""
    addresses = sua_address(0x102, FROM, 4897) + sua_address(0x103, TO)
    first, second = (sua_parameter(0x10B, half) for half in halves(short_message(text)))
    parts = [sua_parameter(0x117, b"\x81\0\0\7") + first]
    parts += [sua_parameter(0x117, b"\0\0\0\7") + second]
    return [
        bytes(packet(chunk(sua(1, addresses, part), 1 + place, SUA)))
        for place, part in enumerate(parts)
    ]


IN_PIECES = {
    "SCTP": (in_sctp_fragments, MO_FORWARD_SM, 1),
    "TCP": (in_tcp_segments, OFR, 1),
    "TCP over IPv6": (lambda text: in_tcp_segments(text, 6), OFR, 1),
    "IPv4": (in_ip_fragments, MO_FORWARD_SM, 1),
    "IPv6": (in_ipv6_fragments, OFR, 1),
    "XUDT": (lambda text: in_sccp_segments(text, 17), MO_FORWARD_SM, 1),
    "LUDT": (lambda text: in_sccp_segments(text, 18), MO_FORWARD_SM, 1),
    "SUA": (in_sua_segments, MO_FORWARD_SM, 1),
}  # fmt: skip
each = pytest.mark.parametrize("kind", IN_PIECES)


def written(folder: Path, frames: list[bytes]) -> Path:
    path = folder / "pieces.pcap"
    path.write_bytes(capture(frames))
    return path


def explained(folder: Path, frames: list[bytes], *places: str) -> list[str]:
    """What is printed of each of these frames."""
    path = written(folder, frames)
    with connected(folder / "audit.duckdb") as connection:
        ingest(connection, [path])
        texts = [explain(connection, f"pieces.pcap:{place}") for place in places]
    found = []
    for text in texts:
        stream = StringIO()
        Console(file=stream, width=400).print(text, soft_wrap=True)
        found.append(stream.getvalue())
    return found


@each
def test_a_message_is_shown_whole_at_the_frame_that_completes_it(kind: str, tmp_path: Path) -> None:
    build, name, message = IN_PIECES[kind]
    frames = build(TEXT)
    assert len(frames) > 1
    last = f"{len(frames)}:{message}"
    first, whole = explained(tmp_path, frames, "1", last)
    assert "completed by" not in first
    numbers = ", ".join(str(n + 1) for n in range(len(frames)))
    assert f"completed by frame {len(frames)}, out of frames {numbers}" in whole
    assert f"(message {message})" in whole.partition("completed by")[2]
    assert name in whole.partition("completed by")[2]
    assert "of text, not shown" in whole.partition("completed by")[2]
    for output in (first, whole):
        assert not any(run.hex(" ") in output or run.hex() in output for run in RUNS)


def test_messages_behind_one_in_pieces_keep_their_numbers(tmp_path: Path) -> None:
    """The walker counts the message that a frame completes before those that follow in it."""
    [output] = explained(tmp_path, in_sctp_fragments(TEXT), "3:2")
    frame, _, whole = output.partition("completed by")
    assert "M3UA (message 2)" in frame
    assert "59 (processUnstructuredSS-Request)" in frame
    assert "M3UA (message 1)" in whole


def test_both_messages_of_a_packet_in_fragments_are_numbered(tmp_path: Path) -> None:
    frames = in_ip_fragments(TEXT)
    [output] = explained(tmp_path, frames, f"{len(frames)}")
    whole = output.partition("completed by")[2]
    assert "M3UA (message 1)" in whole
    assert "M3UA (message 2)" in whole


def extracted(folder: Path, frames: list[bytes], place: str) -> tuple[list[bytes], list[str]]:
    """The frames written for this one, and what was left out."""
    path = written(folder, frames)
    out = folder / "evidence.pcap"
    with connected(folder / "audit.duckdb") as connection:
        ingest(connection, [path])
        outcome = extract(connection, None, [f"pieces.pcap:{place}"], out)
    with RawPcapReader(str(out)) as reader:
        return [data for data, _ in reader], outcome.left_out


@each
@pytest.mark.parametrize("named", ["frame", "message"])
def test_all_frames_of_a_message_are_extracted_without_text(
    kind: str, named: str, tmp_path: Path
) -> None:
    """They are as if the text had been zeros from the beginning, checksums too."""
    build, _, message = IN_PIECES[kind]
    frames, blank = build(TEXT), build(bytes(len(TEXT)))
    place = f"{len(frames)}" if named == "frame" else f"{len(frames)}:{message}"
    found, left_out = extracted(tmp_path, frames, place)
    assert not left_out
    assert found == blank
    assert not any(run in frame for run in RUNS for frame in found)


def test_other_pieces_say_with_which_frame_they_belong(tmp_path: Path) -> None:
    path, out = written(tmp_path, in_sccp_segments(TEXT, 17)), tmp_path / "evidence.pcapng"
    with connected(tmp_path / "audit.duckdb") as connection:
        ingest(connection, [path])
        first, second = extract(connection, None, ["pieces.pcap:2:1"], out).written
    assert first.startswith("pieces.pcap:1, with frame 2 one message, ")
    assert second.startswith("pieces.pcap:2, ")


def test_of_a_message_whose_text_is_not_found_no_frame_is_written(tmp_path: Path) -> None:
    """BER that does not fit: all of its frames are left out, each told."""
    message = m3ua_data(b"\x62\x05" + TEXT)
    parts = [
        bytes(packet(SCTPChunkData(
            data=data, proto_id=M3UA, tsn=5 + i, beginning=i == 0, ending=i == 2
        )))
        for i, data in enumerate(thirds(message))
    ]  # fmt: skip
    path, out = written(tmp_path, parts), tmp_path / "evidence.pcapng"
    with connected(tmp_path / "audit.duckdb") as connection:
        ingest(connection, [path])
        with pytest.raises(SigauditError) as raised:
            extract(connection, None, ["pieces.pcap:3:1"], out)
    reasons = str(raised.value).splitlines()[1:]
    assert [re.split("[,:] ", reason.strip())[0] for reason in reasons] == [
        "pieces.pcap:1", "pieces.pcap:2", "pieces.pcap:3"
    ]  # fmt: skip
    assert all("not valid BER" in reason for reason in reasons)


@pytest.mark.parametrize("operation", [17, 18])
def test_passwords_are_shown_nowhere(operation: int, tmp_path: Path) -> None:
    """TS 29.002 17.6.4: the results of registerPassword and getPassword are a password."""
    result = element("a2", b"\2\1\1", element("30", b"\2\1" + bytes([operation]), b"\x12\x044711"))
    end = element("64", b"\x49\4\1\2\3\4", element("6c", result))
    frame = bytes(packet(chunk(m3ua_data(end), 1)))
    [output] = explained(tmp_path, [frame], "1")
    assert "4 octets of text, not shown" in output
    [data], left_out = extracted(tmp_path, [frame], "1")
    assert not left_out
    for secret in (b"4711", b"471", b"711"):
        assert secret not in data
        assert secret.hex(" ") not in output
        assert secret.decode() not in output
    assert frame.replace(b"4711", bytes(4))[42:46] != data[42:46]  # the checksum is another
    assert frame.replace(b"4711", bytes(4))[46:] == data[46:]


@pytest.mark.parametrize("component", ["a1", "a2"])
@pytest.mark.parametrize("operation", [5, 62, 65])
def test_passwords_inside_other_parameters_are_not_shown(operation: int, component: str) -> None:
    """callBarringInfoFor-CSE.password and the like (TS 29.002 17.7.4, 17.7.5)."""
    code = b"\2\1" + bytes([operation])
    argument = element("30", element("a1", element("80", b"\x93"), element("82", b"4711")))
    parts = [code, argument] if component == "a1" else [element("30", code, argument)]
    tcap = element("64", b"\x49\4\1\2\3\4", element("6c", element(component, b"\2\1\1", *parts)))
    told = blanked(1, bytes(packet(chunk(m3ua_data(tcap), 1))))
    assert b"4711" not in told.data
    assert told.octets == 4


def test_a_whole_without_a_message_is_explained() -> None:
    """M2UA DATA whose data is of an unknown kind (RFC 3331 3.3.1.1) is no message of its frame."""
    m2ua = bytes.fromhex("01000601 00000010 00010008 00000001".replace(" ", ""))
    whole = wholes.Whole(wholes.SCTP, (2).to_bytes(4) + m2ua, range(1, 1), [])
    assert [layer.message for layer in explain_whole(whole).layers] == [None, None]
