"""Explaining a frame: decoded as tshark does, marked, and never with a message's text in it."""

from __future__ import annotations  # evaluated ones of DuckDB leak, and it says so at exit

import gzip
import hashlib
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycrate_asn1dir import TCAP_MAPv2v3
from rich.console import Console
from rich.text import Text
from scapy.layers.inet import IP, TCP
from scapy.layers.l2 import Ether
from scapy.layers.sctp import SCTP, SCTPChunkData
from scapy.utils import RawPcapReader, wrpcap

from dissectors.explain import Explanation, explain_whole, explain_within
from dissectors.explain import explain as explain_frame
from dissectors.explain_values import readable
from dissectors.frames import UnreadableFrameError, frames_of, wholes
from dissectors.layers import Field, Layer
from dissectors.masking import tcap_text
from sigaudit.errors import SigauditError, UsageError
from sigaudit.explain import explain
from sigaudit.explain_text import add_frame, printable
from sigaudit.ingest import ingest
from sigaudit.store import connected
from tests.compare import kept_rows
from tests.one_message import element

ETHERNET = 1
FOLDER = Path(__file__).parent.parent / "pcaps"
PCAPS = sorted(path for path in FOLDER.rglob("*") if path.suffix in (".pcap", ".pcapng"))
# pycrate, which explains frames, gives up on tricks: of encoding, which tests/test_evasion.py has,
# and on one protocol inside the other's dialogue; calls_handed_over holds CAP alone
UNCOMPARED = ("evasion_", "mixed_dialogues", "calls_handed_over")
SOUND = [path for path in PCAPS if not path.name.startswith(UNCOMPARED)]
TEXT = b"\xd4\xf2\x9c\x5e\x9e\xbf\xc9\x65\x72\x19\xad\x56\xb3\x81"


# Columns that tshark filled, and where the explanation has the same value
TSHARK_FIELDS = {
    "calling_gt": ("CallingPartyAddr", "258 (Source Address)"),
    "called_gt": ("CalledPartyAddr", "259 (Destination Address)"),
    "opcode": ("opcode.local",),
    "error_code": ("errcode.local",),
    "imsi": ("imsi", "User-Name", "Subscription-Id-Data"),
    "command_code": ("Cmd",),
    "application_id": ("AppID",),
    "origin_host": ("Origin-Host",),
    "origin_realm": ("Origin-Realm",),
}
# what every message of a table shows, and what is said where it is not in one piece
KINDS = {"map_component": "Type", "diameter_message": "Cmd"}
PIECES = ("begins or ends in another frame", "segment of a longer message", "not Diameter")


def digits(number: str, filler: str = "f") -> bytes:
    """Telephony BCD: low digit first."""
    padded = number + filler * (len(number) % 2)
    return bytes.fromhex("".join(b + a for a, b in zip(padded[::2], padded[1::2], strict=True)))


def global_title(subsystem: int, number: str) -> bytes:
    """SCCP address by an E.164 global title with an odd number of digits (Q.713 3.4.2.3.4)."""
    address = bytes([0x12, subsystem, 0, 0x11, 4]) + digits(number, "0")
    return bytes([len(address)]) + address


CALLED = global_title(6, "23359000010")
CALLING = global_title(8, "44770090001")


def invoke(opcode: int, argument: tuple[tuple[str, str], object]) -> bytes:
    """A TCAP begin with one MAP invoke, encoded by pycrate."""
    message = TCAP_MAPv2v3.TCAP_MAP_Messages.TCAP_MAP_Message
    component = {"invokeId": ("present", 1), "opcode": ("local", opcode), "argument": argument}
    invoked = ("basicROS", ("invoke", component))
    message.set_val(("begin", {"otid": b"\1\2\3\4", "components": [invoked]}))
    return bytes(message.to_ber())


def short_message(user_data: bytes, length: int | None = None) -> bytes:
    """mo-ForwardSM with an SMS-SUBMIT to 447700900123 (TS 23.040 9.2.2.2)."""
    octets = len(user_data) if length is None else length
    submit = bytes.fromhex("01010c91") + digits("447700900123") + b"\0\4" + bytes([octets])
    argument = {
        "sm-RP-DA": ("serviceCentreAddressDA", b"\x91" + digits("233590000100")),
        "sm-RP-OA": ("msisdn", b"\x91" + digits("233590000001")),
        "sm-RP-UI": submit + user_data,
    }
    return invoke(46, (("MAP-SM-DataTypes", "MO-ForwardSM-Arg"), argument))


def ussd(string: bytes) -> bytes:
    """processUnstructuredSS-Request (TS 29.002 11.9)."""
    argument = {"ussd-DataCodingScheme": b"\x0f", "ussd-String": string}
    return invoke(59, (("MAP-SS-DataTypes", "USSD-Arg"), argument))


def m3ua_data(tcap: bytes) -> bytes:
    """M3UA DATA with an SCCP UDT: RFC 4666 3.3.1, Q.713 4.10, written out."""
    pointers = bytes([3, 3 + len(CALLED) - 1, 3 + len(CALLED) + len(CALLING) - 2])
    udt = b"\x09\x80" + pointers + CALLED + CALLING + bytes([len(tcap)]) + tcap
    label = bytes.fromhex("00000801 00001002 03 02 00 05")
    length = 4 + len(label) + len(udt)
    parameter = b"\x02\x10" + length.to_bytes(2) + label + udt + bytes(-length % 4)
    return b"\x01\x00\x01\x01" + (8 + len(parameter)).to_bytes(4) + parameter


def sctp_frame(*messages: bytes, protocol: int = 3) -> bytes:
    packet = Ether(src="02:00:00:00:00:01", dst="02:00:00:00:00:02", type=0x800)
    packet /= IP(src="198.51.100.7", dst="192.0.2.1") / SCTP(sport=2905, dport=2905)
    for message in messages:
        packet /= SCTPChunkData(data=message, proto_id=protocol, beginning=1, ending=1)
    return bytes(packet)


def avp(code: int, value: bytes, vendor: int = 0) -> bytes:
    """An AVP (RFC 6733 4.1)."""
    header = 12 if vendor else 8
    extra = vendor.to_bytes(4) if vendor else b""
    flags = b"\xc0" if vendor else b"\x40"
    length = (header + len(value)).to_bytes(3)
    return code.to_bytes(4) + flags + length + extra + value + bytes(-len(value) % 4)


def diameter_message(code: int, application: int, *avps: bytes) -> bytes:
    body = b"".join(avps)
    header = b"\x01" + (20 + len(body)).to_bytes(3) + b"\xc0" + code.to_bytes(3)
    return header + application.to_bytes(4) + b"\0\0\0\1\0\0\0\2" + body


def shown(explanation: Explanation) -> str:
    text = Text()
    add_frame(text, explanation)
    return text.plain


def fields(explanation: Explanation) -> dict[str, str]:
    parts = (part for layer in explanation.layers for part in layer.walk())
    return {part.name: part.value for part in parts if isinstance(part, Field)}


def test_frame_is_decoded_as_tshark_does() -> None:
    explanation = explain_frame(ETHERNET, sctp_frame(m3ua_data(short_message(TEXT))))
    values = fields(explanation)
    # tshark -V of these octets
    assert values["OPC"] == "2049"
    assert values["DPC"] == "4098"
    assert values["otid"] == "01020304"
    assert values["opcode.local"] == "46 (mo-ForwardSM)"
    assert values["sm-RP-DA.serviceCentreAddressDA"] == "233590000100 (international, E.164)"
    assert values["sm-RP-OA.msisdn"] == "233590000001 (international, E.164)"
    assert values["Num"] == "447700900123"
    assert values["TP-UDL"] == "14"
    titles = [
        part.value
        for layer in explanation.layers
        for part in layer.walk()
        if isinstance(part, Field) and part.name == "BCD"
    ]
    assert titles == ["23359000010", "44770090001"]


def test_every_field_stands_where_it_says() -> None:
    data = sctp_frame(m3ua_data(short_message(TEXT)))
    for layer in explain_frame(ETHERNET, data).layers:
        for part in layer.walk():
            if part.name == "sm-RP-OA.msisdn" and part.offset is not None:
                found = data[part.offset : part.offset + part.length]
    assert found == b"\x91" + digits("233590000001")


def test_messages_are_numbered_over_chunks() -> None:
    data = sctp_frame(m3ua_data(ussd(b"*100#")), m3ua_data(short_message(TEXT)))
    layers = explain_frame(ETHERNET, data).layers
    assert [layer.message for layer in layers if layer.message] == [1, 2]


def test_diameter_messages_are_numbered_over_chunks() -> None:
    message = diameter_message(280, 0, avp(264, b"mme.example"))
    data = sctp_frame(message, message + message, protocol=46)
    layers = explain_frame(ETHERNET, data).layers
    assert [layer.message for layer in layers if layer.message] == [1, 2, 3]


def test_fields_are_marked_in_one_message_only() -> None:
    data = sctp_frame(m3ua_data(ussd(TEXT)), m3ua_data(short_message(TEXT)))
    explanation = explain_frame(ETHERNET, data, {"opcode.local", "msisdn"}, 2)
    marked = [data[first:behind] for first, behind in explanation.marked]
    assert marked == [b"\x2e", b"\x91" + digits("233590000001")]
    assert ">> " in shown(explanation)
    assert ">2e" in shown(explanation)


def hexadecimal(octets: bytes) -> list[str]:
    return [octets.hex(), octets.hex(" "), octets.hex().upper()]


def assert_hidden(data: bytes, secret: bytes) -> None:
    """No run of four octets of the secret is in the output, in hex, text or the octets kept."""
    explanation = explain_frame(ETHERNET, data)
    output = shown(explanation)
    lines = [line.split("   ")[0][5:] for line in output.splitlines() if line[4:6] == "  "]
    octets = " ".join(lines)
    for start in range(len(secret) - 3):
        run = secret[start : start + 4]
        assert run not in explanation.data
        assert not any(form in output or form in octets for form in hexadecimal(run))
        assert run.decode("latin-1") not in output
        assert printable(run.decode("latin-1")) not in output


secrets = st.binary(min_size=8, max_size=60).map(lambda b: bytes(0xA0 | o & 0x1F for o in b))


@settings(max_examples=25, deadline=None)
@given(secrets, st.sampled_from(["sms", "length", "ussd", "cut", "segment", "operation", "sgd"]))
def test_no_run_of_text_survives(secret: bytes, case: str) -> None:
    message = {
        "sms": short_message(secret),
        "length": short_message(secret, length=255),
        "ussd": ussd(secret),
        "cut": short_message(secret)[:-2],
        "segment": short_message(secret)[20:],
        "operation": short_message(secret).replace(b"\x02\x01\x2e", b"\x02\x01\x7e"),
        "sgd": b"",
    }[case]
    if case == "sgd":
        body = avp(3301, b"\x01\x01\x0c\x91DUfwxx\0\4" + bytes([len(secret)]) + secret, 10415)
        data = sctp_frame(diameter_message(8388645, 16777313, body), protocol=46)
    else:
        data = sctp_frame(m3ua_data(message))
    assert_hidden(data, secret)


@pytest.mark.parametrize("flags", [(1, 0), (0, 1)])
def test_fragments_of_a_message_are_covered(flags: tuple[int, int]) -> None:
    packet = Ether(sctp_frame(m3ua_data(short_message(TEXT))))
    packet[SCTPChunkData].beginning, packet[SCTPChunkData].ending = flags
    assert_hidden(bytes(packet), TEXT)


@pytest.mark.parametrize(
    ("behind", "is_shown"),
    [
        (digits("620990000000001"), True),
        (digits("6209900000000012"), False),  # sixteen digits are no IMSI
        (b"12345678", False),
    ],
)
def test_the_imsi_of_a_submitted_message_is_no_text(behind: bytes, is_shown: bool) -> None:
    """mo-forwardSM has it behind the sm-RP-UI, as an OCTET STRING too (TS 29.002 17.7.6)."""
    centre, sender = element("84", b"\x91" + digits("233590000100")), element("82", b"\x91\x32")
    argument = element("30", centre + sender + element("04", bytes(12)) + element("04", behind))
    component = element("A1", element("02", b"\x01") + element("02", b"\x2e") + argument)
    begin = element("62", element("48", b"\x00\x00\x00\x01") + element("6C", component))
    covered = [begin[start:end] for start, end in tcap_text(begin)]
    assert (behind not in covered) == is_shown


def test_checksum_over_covered_text_is_covered() -> None:
    data = sctp_frame(m3ua_data(short_message(TEXT)))
    checksum = data[14 + 20 + 8 : 14 + 20 + 12]
    explanation = explain_frame(ETHERNET, data)
    assert checksum not in explanation.data
    assert "not shown" in fields(explanation)["chksum"]


def test_diameter_is_decoded_with_names() -> None:
    """Values as tshark prints them for the same octets."""
    message = diameter_message(
        316,
        16777251,
        avp(264, b"mme.example\x1b[31m\xff"),
        avp(1, b"620990000000001"),
        avp(1407, bytes.fromhex("26f099"), 10415),
        avp(1032, (1004).to_bytes(4), 10415),
        avp(260, avp(266, (10415).to_bytes(4))),
    )
    data = bytes(Ether() / IP() / TCP(dport=3868) / (message + message))
    explanation = explain_frame(ETHERNET, data, {"User-Name"}, 1)
    values = fields(explanation)
    assert (
        values["Cmd"] == "316 (3GPP-Update-Location-Request)" or "Update-Location" in values["Cmd"]
    )
    assert values["User-Name"] == "620990000000001"
    assert values["Visited-PLMN-Id"] == "620-99"
    assert values["RAT-Type"].startswith("1004 (EUTRAN")
    assert values["Vendor-Id"].startswith("10415")
    assert [layer.message for layer in explanation.layers if layer.message] == [1, 2]
    assert "\\x1b[31m\\xff" in shown(explanation)
    assert "\x1b" not in shown(explanation)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_frames_never_raise(draw: st.DataObject) -> None:
    data = bytearray(sctp_frame(m3ua_data(short_message(TEXT)), m3ua_data(ussd(TEXT))))
    for _ in range(draw.draw(st.integers(1, 4))):
        data[draw.draw(st.integers(12, len(data) - 1))] = draw.draw(st.integers(0, 255))
    shown(explain_frame(ETHERNET, bytes(data[: draw.draw(st.integers(0, len(data)))])))


@pytest.mark.parametrize("link_type", [0, 1, 101, 113, 139, 140, 141, 142, 228, 229, 276, 65000])
def test_random_octets_of_any_link_type(link_type: int) -> None:
    octets = hashlib.shake_128(str(link_type).encode()).digest(300)
    for length in (0, 1, 20, 60, 300):
        shown(explain_frame(link_type, octets[:length]))


def test_a_slow_frame_is_given_up() -> None:
    data = sctp_frame(m3ua_data(ussd(TEXT)))
    answers = list(explain_within(0.0, [(ETHERNET, data, (), None)]))
    assert isinstance(answers[0], UnreadableFrameError)


@pytest.mark.parametrize("path", PCAPS, ids=lambda path: path.name)
def test_every_frame_of_the_captures(path: Path) -> None:
    with RawPcapReader(str(path)) as reader:
        for number, (data, metadata) in enumerate(reader, 1):
            if number > 200:
                break
            link_type = getattr(metadata, "linktype", None) or reader.linktype
            shown(explain_frame(link_type, data))


def rows_by_tshark(path: Path) -> list[dict[str, Any]]:
    """Forty rows, evenly spread, of what tshark read in a capture."""
    kept = kept_rows(FOLDER, path)
    rows = [{"table": table, **row} for table in KINDS for row in kept[table]]
    return rows[:: -(-len(rows) // 40) or 1]


def title(address: Layer) -> str:
    """Digits of the global title, of SCCP or SUA."""
    return under(address, "BCD") + under(address, "Global Title")


def under(layer: Layer, name: str) -> str:
    """The titles of addresses of this name, or the value of fields that end on it."""
    ends = (f".{name}", f"result {name.upper()}")
    parts = (part for part in layer.walk() if part.name == name or part.name.endswith(ends))
    values = (p.value if isinstance(p, Field) else title(p) for p in parts)
    return " ".join(values)


def explained_message(path: Path, row: dict[str, Any]) -> list[Layer]:
    """The layers that may show a row's message: its own, or those that its frame completes."""
    [found] = frames_of(path, [row["frame"]])
    explanation = explain_frame(found.link_type, found.data)
    frame = row["frame"]
    completed = [explain_whole(whole).layers for whole in wholes(path, [frame])[frame]]
    own = [layer for layer in explanation.layers if layer.message == row["message"]]
    layers = own + [layer for layers in completed for layer in layers]
    return [layer for layer in layers if under(layer, KINDS[row["table"]])] or [
        layer for layer in explanation.layers if said_to_be_a_piece(layer)
    ]


def said_to_be_a_piece(layer: Layer) -> bool:
    """Whether it tells that its octets are of a message in several TCP or SCCP segments."""
    return any(words in under(layer, "not decoded") for words in PIECES)


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.name)
def test_values_are_those_of_tshark(path: Path) -> None:
    compared = 0
    rows = rows_by_tshark(path)
    for row in rows:
        layers = explained_message(path, row)
        assert layers, row["frame"]
        for column, names in TSHARK_FIELDS.items():
            if column in row and not any(said_to_be_a_piece(layer) for layer in layers):
                values = " ".join(under(layer, name) for layer in layers for name in names)
                assert str(row[column]) in values, (row["frame"], column)
                compared += 1
    assert compared or not rows  # a capture of CAP alone has none of these columns


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    path = tmp_path / "intl_stp:1.pcap"
    frames = [sctp_frame(m3ua_data(ussd(TEXT))), sctp_frame(m3ua_data(short_message(TEXT)))]
    wrpcap(str(path), [Ether(data) for data in frames])
    return path


@pytest.fixture
def audited(capture: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database with a capture, a log, and a finding on both."""
    connection = duckdb.connect()
    schema = Path(__file__).parent.parent / "sigaudit" / "schema.sql"
    connection.execute(schema.read_text())
    content = capture.read_bytes()
    connection.execute(
        "insert into input by name select 1 input_id, $name name, $path path, $sha sha256, "
        "'capture' kind, $size bytes, 2 items",
        {
            "name": capture.name,
            "path": str(capture),
            "sha": hashlib.sha256(content).hexdigest(),
            "size": len(content),
        },
    )
    connection.execute(
        "insert into input by name select 2 input_id, 'swaps.csv' as name, 'swaps.csv' path, "
        "'00' sha256, 'sim_swap' kind, 1 bytes, 1 items"
    )
    connection.execute(
        "insert into swap by name select 1 id, 2 input_id, 'S-7' swap_id, 'swap' event, "
        "'233590000001' msisdn, chr(27) || '[31magent' agent_id, 'completed' outcome"
    )
    connection.execute(
        """
        insert into finding by name select '00112233445566aa' id, ['ffffffffffffffff'] was,
        'MAP-SMS-01' detector, []::varchar[] also, 'Short message [bold]from outside' title,
        'spoofing' threat, 'high' severity, 0.9 confidence, 'refused' answer,
        '233590000001' msisdn, 1 subscribers, 1 sources, timestamp '2026-03-01' first_seen,
        timestamp '2026-03-01' last_seen, 'It was sent.' explanation, []::varchar[] as references,
        [{input_id: 1, frame: 2, message: 1, row_id: null},
         {input_id: 2, frame: null, message: null, row_id: 'S-7'},
         {input_id: 1, frame: 1, message: 1, row_id: null}] evidence
        """
    )
    yield connection
    connection.close()


def printed(text: Text) -> str:
    stream = StringIO()
    Console(file=stream, width=400).print(text, soft_wrap=True)
    return stream.getvalue()


def test_finding_shows_its_frames_and_rows(audited: duckdb.DuckDBPyConnection) -> None:
    output = printed(explain(audited, "00112233445566aa", limit=2))
    assert "Short message [bold]from outside" in output
    assert "answer: refused" in output
    assert "intl_stp:1.pcap:2:1" in output
    assert "46 (mo-ForwardSM)" in output
    assert ">2e" in output
    assert "swaps.csv, row S-7" in output
    assert "agent_id: \\x1b[31magent" in output
    assert "1 more pieces of evidence" in output
    assert "processUnstructuredSS" not in output
    assert "\x1b" not in output


def test_older_id_of_a_finding_is_understood(audited: duckdb.DuckDBPyConnection) -> None:
    assert "00112233445566aa" in printed(explain(audited, "ffffffffffffffff", limit=1))


@pytest.mark.parametrize("what", ["intl_stp:1.pcap:1", "intl_stp:1.pcap:1:1"])
def test_frame_is_found_by_name(audited: duckdb.DuckDBPyConnection, what: str) -> None:
    assert "59 (processUnstructuredSS-Request)" in printed(explain(audited, what))


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("00112233445566ab", "00112233445566aa"),
        ("other.pcap:1", "intl_stp:1.pcap"),
        ("swaps.csv:1", "no capture of that name"),
        ("", "no finding"),
    ],
)
def test_unknown_names_are_answered_with_known_ones(
    audited: duckdb.DuckDBPyConnection, what: str, expected: str
) -> None:
    with pytest.raises(UsageError, match=expected):
        explain(audited, what)


@pytest.mark.parametrize("number", [0, 3, 999999999999])
def test_frame_out_of_range(audited: duckdb.DuckDBPyConnection, number: int) -> None:
    with pytest.raises(SigauditError, match=f"frame {number}"):
        explain(audited, f"intl_stp:1.pcap:{number}")


def test_moved_capture_is_found_by_content(
    audited: duckdb.DuckDBPyConnection, capture: Path, tmp_path: Path
) -> None:
    moved = tmp_path / "archive" / "deep" / "renamed"
    moved.parent.mkdir(parents=True)
    digest = hashlib.sha256(capture.read_bytes()).hexdigest()
    capture.rename(moved)
    with pytest.raises(SigauditError, match=f"{digest}.*--captures"):
        explain(audited, "intl_stp:1.pcap:1")
    output = printed(explain(audited, "intl_stp:1.pcap:1", tmp_path / "archive"))
    assert "processUnstructuredSS" in output


def test_message_in_two_frames_is_shown_whole(tmp_path: Path) -> None:
    """The text in it is covered, in the pieces and in the whole."""
    message = m3ua_data(short_message(TEXT))
    frames = [
        bytes(
            Ether() / IP(src="198.51.100.7", dst="192.0.2.1") / SCTP(sport=2905, dport=2905)
            / SCTPChunkData(data=data, proto_id=3, tsn=7 + tsn, beginning=1 - tsn, ending=tsn)
        )
        for tsn, data in enumerate([message[:60], message[60:]])
    ]  # fmt: skip
    path = tmp_path / "pieces.pcap"
    wrpcap(str(path), frames, linktype=1)
    with connected(tmp_path / "audit.duckdb") as connection:
        ingest(connection, [path])
        first, second = (printed(explain(connection, f"pieces.pcap:{n}")) for n in (1, 2))
    assert "completed by" not in first
    assert "completed by frame 2" in second
    assert "46 (mo-ForwardSM)" in second
    for output in (first, second):
        assert TEXT.hex(" ") not in output
        assert TEXT[:3].hex(" ") not in output


def test_capture_that_has_grown_is_the_same(
    audited: duckdb.DuckDBPyConnection, capture: Path
) -> None:
    with capture.open("ab") as stream:
        stream.write(b"more")
    assert "processUnstructuredSS" in printed(explain(audited, "intl_stp:1.pcap:1"))


def test_changed_capture_is_refused(audited: duckdb.DuckDBPyConnection, capture: Path) -> None:
    content = bytearray(capture.read_bytes())
    content[-1] ^= 1
    capture.write_bytes(content)
    with pytest.raises(SigauditError, match="has changed"):
        explain(audited, "intl_stp:1.pcap:1")


def test_gzip_is_read(capture: Path, tmp_path: Path) -> None:
    packed = tmp_path / "packed.pcap.gz"
    packed.write_bytes(gzip.compress(capture.read_bytes()))
    assert list(frames_of(packed, [1, 2])) == list(frames_of(capture, [1, 2]))


@pytest.mark.parametrize("content", [b"", b"hello, world, this is text", b"\x1f\x8b\0\0\0"])
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "text.pcap"
    path.write_bytes(content)
    with pytest.raises(UnreadableFrameError):
        list(frames_of(path, [1]))


@pytest.mark.parametrize(
    ("octets", "shown"),
    [
        ("8410 1694150711 00", "61495170110 (international, E.164)"),
        ("0310 3254", "2345 (national, E.164)"),
        ("04", "04"),
    ],
)
def test_numbers_of_calls_are_shown_as_digits(octets: str, shown: str) -> None:
    """Odd or even, nature and plan in front (Q.763 3.9); CAP's types have no names in pycrate."""
    content = bytes.fromhex(octets)
    assert readable("argument.callingPartyNumber", None, content, content) == shown
