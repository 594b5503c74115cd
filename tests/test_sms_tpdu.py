"""TPDUs of short messages of every type, their headers, and what is odd in them."""

import subprocess
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycrate_mobile.TS31115 import PacketCmdSMSPP, PacketRespSMSPP

from tests.mutation import capture
from tests.scenes.digits import tbcd
from tests.short_messages import (
    EIGHT_BIT,
    GSM,
    SENDER,
    STAMP,
    answer_frame,
    deliver,
    error_frame,
    mo_frame,
    mt_frame,
    sms,
    user_data,
)
from tests.walked import Row, walked

SENT = datetime(2026, 3, 1, 8, tzinfo=UTC)  # what STAMP says
TEXT = user_data("code 482913", GSM)


def bcd(value: int) -> bytes:
    return tbcd(f"{value:02}")


def stamp(moment: datetime, quarters: int) -> bytes:
    """A TP-SCTS of local time (TS 23.040 9.2.3.11)."""
    local = moment.astimezone(timezone(timedelta(minutes=15 * quarters)))
    fields = (local.year % 100, local.month, local.day, local.hour, local.minute, local.second)
    zone = bcd(abs(quarters))[0] | (8 if quarters < 0 else 0)
    return b"".join(map(bcd, fields)) + bytes([zone])


def moment_of(row: Row, column: str = "tp_scts") -> datetime:
    return row[column].replace(tzinfo=UTC)


@settings(max_examples=80, deadline=None)
@given(st.datetimes(datetime(1990, 1, 2), datetime(2089, 12, 30)), st.integers(-56, 56))
def test_time_stamps(moment: datetime, quarters: int) -> None:
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    tpdu = b"\x04" + SENDER + b"\0\0" + stamp(moment, quarters) + TEXT
    assert moment_of(sms(mt_frame(tpdu))) == moment


@pytest.mark.parametrize(
    ("octet", "seconds"),
    [
        (0, 5 * 60),
        (143, 12 * 3600),
        (144, 12 * 3600 + 30 * 60),
        (167, 24 * 3600),
        (168, 2 * 86400),
        (196, 30 * 86400),
        (197, 5 * 604800),
        (255, 63 * 604800),
    ],
)
def test_relative_validity(octet: int, seconds: int) -> None:
    """The corners of the table in 9.2.3.12.1; the enhanced form has them too."""
    head = SENDER + b"\0\0"
    relative = bytes([0x11, 1]) + head + bytes([octet]) + TEXT
    enhanced = bytes([0x09, 1]) + head + bytes([1, octet]) + bytes(5) + TEXT
    for tpdu in (relative, enhanced):
        assert sms(mo_frame(tpdu))["validity_seconds"] == seconds


def test_other_validities() -> None:
    head = SENDER + b"\0\0"
    absolute = sms(mo_frame(b"\x19\x01" + head + STAMP + TEXT))
    assert moment_of(absolute, "valid_until") == SENT
    assert "validity_seconds" not in absolute
    seconds = sms(mo_frame(b"\x09\x01" + head + b"\x02\x1e" + bytes(5) + TEXT))
    assert seconds["validity_seconds"] == 30
    clock = sms(mo_frame(b"\x09\x01" + head + b"\x03\x10\x20\x30" + bytes(3) + TEXT))
    assert clock["validity_seconds"] == 3600 + 2 * 60 + 3
    assert "validity_seconds" not in sms(mo_frame(b"\x09\x01" + head + bytes(7) + TEXT))


def test_deliver() -> None:
    row = sms(mt_frame(b"\xa4" + SENDER + b"\x7f\xf6" + STAMP + b"\x02\x01\x02"))
    assert (row["tp_mti"], row["mobile_terminated"], row["tp_pid"], row["tp_dcs"]) == (
        0, 1, 0x7F, 0xF6,
    )  # fmt: skip
    assert (row["reply_path"], row["status_report"], row["characters"]) == (1, 1, 2)
    assert moment_of(row) == SENT


def test_submit() -> None:
    row = sms(mo_frame(b"\x01\x2a" + SENDER + b"\0\0" + TEXT))
    assert (row["tp_mti"], row["mobile_terminated"], row["tp_mr"]) == (1, 0, 42)
    assert row["tp_address"] == "447700900001"
    assert "reply_path" not in row and "status_report" not in row


def test_status_report() -> None:
    later = stamp(SENT + timedelta(seconds=5), 0)
    tpdu = b"\x06\x2a" + SENDER + STAMP + later + b"\x46"
    row = sms(mt_frame(tpdu))
    assert (row["tp_mti"], row["mobile_terminated"]) == (2, 1)
    assert (row["tp_mr"], row["tp_status"], row["tp_address"]) == (42, 0x46, "447700900001")
    assert moment_of(row) == SENT
    assert moment_of(row, "discharged_at") == SENT + timedelta(seconds=5)
    assert "tp_pid" not in row
    with_text = sms(mt_frame(tpdu + b"\x07\x01\x00" + TEXT))
    assert (with_text["tp_pid"], with_text["tp_dcs"], with_text["otp_likelihood"]) == (1, 0, 90)


def test_command() -> None:
    row = sms(mo_frame(b"\x02\x07\x00\x02\x2a" + SENDER + b"\x00"))
    assert (row["tp_mti"], row["mobile_terminated"], row["tp_mr"]) == (2, 0, 7)
    assert (row["tp_command_type"], row["tp_address"]) == (2, "447700900001")


@pytest.mark.parametrize("parameters", [b"", b"\x00", b"\x80\x00"])
def test_reports_in_answers(parameters: bytes) -> None:
    """Of delivery, from the subscriber (9.2.2.1a); of submission, towards (9.2.2.2a)."""
    row = sms(answer_frame(44, b"\x00" + parameters))
    assert (row["tp_mti"], row["mobile_terminated"]) == (0, 0)
    row = sms(answer_frame(46, b"\x01" + (parameters or b"\x00") + STAMP))
    assert (row["tp_mti"], row["mobile_terminated"]) == (1, 1)
    assert moment_of(row) == SENT


def test_reports_in_errors() -> None:
    """TP-FCS is in front of what a report of success has (9.2.2.1a, 9.2.2.2a, 9.2.3.22)."""
    row = sms(error_frame(b"\x00\xd3\x07\x7f\x00" + TEXT))
    assert (row["tp_mti"], row["mobile_terminated"], row["tp_fcs"]) == (0, 0, 0xD3)
    assert (row["tp_pid"], row["tp_dcs"], row["characters"]) == (0x7F, 0, len("code 482913"))
    row = sms(error_frame(b"\x01\xc2\x01" + STAMP + b"\x7f"))
    assert (row["tp_mti"], row["mobile_terminated"], row["tp_fcs"]) == (1, 1, 0xC2)
    assert (moment_of(row), row["tp_pid"]) == (SENT, 0x7F)


def test_the_context_says_whose_report_it_is() -> None:
    """Contexts 25 and 21: of delivery and of submission (TS 29.002 17.3.2)."""
    for context, terminated in (("19 03", 0), ("15 03", 1)):
        for mti in (0, 1):
            found = walked(capture([error_frame(bytes([mti]) + b"\xd3\x00" + STAMP, context)]))
            [row] = found["sms"]
            assert row["mobile_terminated"] == terminated
            kinds = [note["kind"] for note in found["anomaly"]]
            assert ("message type of another direction" in kinds) == (mti != terminated)


@pytest.mark.parametrize("tpdu", [b"", b"\x00", b"\x00\xd3", b"\x00\xd3\x07", b"\x01\xd3\x00"])
def test_short_reports_in_errors_are_stood(tpdu: bytes) -> None:
    found = walked(capture([error_frame(tpdu)]))
    assert len(found["sms"]) == 1


def test_tshark_reads_the_same_in_a_report_of_failure(tmp_path: Path) -> None:
    """The same TPDU where tshark looks for one: as what an SM-RP-UI holds."""
    report = b"\x00\xd3\x03\x7f\xf6"
    path = tmp_path / "one.pcap"
    path.write_bytes(capture([answer_frame(44, report)]))
    names = ("gsm_sms.tp-mti", "gsm_sms.tp-fcs", "gsm_sms.tp-pid", "gsm_sms.tp-dcs")
    command = ["tshark", "-r", str(path), "-T", "fields"]
    command += [word for name in names for word in ("-e", name)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    row = sms(error_frame(report))
    own = [row[name] for name in ("tp_mti", "tp_fcs", "tp_pid", "tp_dcs")]
    assert [int(value, 0) for value in printed.split()] == own


def test_report_with_data_for_the_sim() -> None:
    """The answer of a toolkit application goes back in a DELIVER-REPORT (TS 31.115 4.5)."""
    packet = bytes.fromhex("000e 0b b00010 0000000001 00 00 aa bb cc")
    tpdu = b"\x40\x07\x7f\xf6" + bytes([3 + len(packet)]) + b"\x02\x71\x00" + packet
    row = sms(answer_frame(44, tpdu))
    response = PacketRespSMSPP()
    response.from_bytes(packet)
    assert (row["tp_pid"], row["tp_dcs"], row["tar"]) == (0x7F, 0xF6, response["TAR"].get_val())
    assert row["response_status"] == response["Status"].get_val()
    assert "characters" not in row and "otp_likelihood" not in row


def packet(spi: str, kic: str = "00", counter: str = "0102030405") -> bytes:
    return bytes.fromhex(f"0012 0d {spi} {kic} 12 53 54 11 {counter} 06 a0 a1 a2 a3")


@pytest.mark.parametrize(
    ("spi", "counted", "readable"),
    [("0000", 0, 1), ("0e09", 1, 0), ("1202", 1, 1), ("1621", 1, 0), ("0221", 0, 1)],
)
def test_command_packet(spi: str, counted: int, readable: int) -> None:
    """As pycrate decodes it; bits of SPI: 4 and 5 the counter, 3 the cipher (TS 102 225 5.1.1)."""
    octets = packet(spi)
    tpdu = deliver(octets.decode("latin-1"), EIGHT_BIT, b"\x02\x70\x00")
    row = sms(mt_frame(tpdu))
    command = PacketCmdSMSPP()
    command.from_bytes(octets)
    assert row["spi"] == int(spi, 16)
    assert row["tar"] == command["TAR"].get_val() == 0x535411
    assert (row["kic"], row["kid"], row["header_elements"]) == (0, 0x12, "70")
    assert row.get("counter") == (command["CNTR"].get_val() if counted and readable else None)
    assert row.get("padding_counter") == (6 if readable else None)
    assert "characters" not in row and "otp_likelihood" not in row


def test_command_packet_in_two_parts() -> None:
    """The header cut in the middle; the row that makes it whole has it."""
    octets = packet("1202").decode("latin-1")
    first = deliver(octets[:6], EIGHT_BIT, bytes.fromhex("07 00 03 09 02 01 70 00"))
    last = deliver(octets[6:], EIGHT_BIT, bytes.fromhex("05 00 03 09 02 02"))
    found = walked(capture([mt_frame(first), mt_frame(last)]))
    assert not found["problem"]
    assert "tar" not in found["sms"][0]
    assert (found["sms"][1]["tar"], found["sms"][1]["spi"]) == (0x535411, 0x1202)


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("06 05 04 0b 84 23 f0", {"destination_port": 2948, "source_port": 9200}),
        ("04 04 02 f0 10", {"destination_port": 240, "source_port": 16}),
        ("04 01 02 80 03", {"special_indication": 0x8003}),
        ("03 24 01 01", {"single_language": 1}),
        ("06 25 01 06 24 01 06", {"locking_language": 6, "single_language": 6}),
        ("05 00 03 2a 01 01", {"concat_reference": 42, "concat_total": 1, "concat_part": 1}),
        ("02 7f 00", {}),
    ],
)
def test_header_elements(header: str, columns: dict[str, int]) -> None:
    octets = bytes.fromhex(header)
    row = sms(mt_frame(deliver("hi", EIGHT_BIT, octets)))
    assert {name: row[name] for name in columns} == columns
    assert row["header_elements"].split()[0] == f"{octets[1]:02x}"
    assert row["characters"] == 2


def kinds(*frames: bytes) -> list[str]:
    found = walked(capture(frames))
    assert len(found["sms"]) == len(frames)
    return [row["kind"] for row in found["anomaly"] if row["layer"] == "sms"]


def with_header(header: str) -> bytes:
    return mt_frame(deliver("hello", EIGHT_BIT, bytes.fromhex(header)))


def with_coding(pid: int, dcs: int) -> bytes:
    return mt_frame(b"\x04" + SENDER + bytes([pid, dcs]) + STAMP + b"\x00")


@pytest.mark.parametrize(
    ("frame", "kind"),
    [
        (mt_frame(deliver("hello", GSM)), None),
        (mt_frame(deliver("hello", GSM) + b"\x00"), "octets behind the user data"),
        (mt_frame(deliver("hello", GSM)[:-1]), "user data shorter than its length says"),
        (mt_frame(b"\x04\x00\x91\0\0" + STAMP + TEXT), "address without digits"),
        (mt_frame(b"\x04\x16\x91" + bytes(30)), "address of more than 20 digits"),
        (mt_frame(b"\x01\x01" + SENDER + b"\0\0" + TEXT), "message type of another direction"),
        (mo_frame(deliver("hello", GSM)), "message type of another direction"),
        (mo_frame(b"\x03"), "message type of another direction"),
        (answer_frame(44, b"\x01\x00"), "message type of another direction"),
        (with_coding(0x40, 0xC0), None),
        (with_coding(0x7F, 0xF6), None),
        (with_coding(0x48, 0x10), None),
        (with_coding(0x80, 0), "reserved protocol identifier"),
        (with_coding(0x2F, 0), "reserved protocol identifier"),
        (with_coding(0x5D, 0), "reserved protocol identifier"),
        (with_coding(0, 0x80), "reserved data coding scheme"),
        (with_coding(0, 0x0C), "reserved data coding scheme"),
        (with_coding(0, 0xF8), "reserved data coding scheme"),
        (with_coding(0, 0xC4), "reserved data coding scheme"),
        (with_header("7f 00"), "header longer than its user data"),
        (with_header("03 05 04 0b"), "header element that does not fit into its header"),
        (with_header("01 70"), "header element that does not fit into its header"),
        (with_header("04 00 02 01 01"), "header element of a wrong length"),
        (with_header("08 04 02 01 02 04 02 01 02"), "header element that is there twice"),
        (with_header("08 01 02 00 01 01 02 01 01"), None),
        (
            mt_frame(b"\x04" + SENDER + b"\0\0" + bytes(7) + TEXT),
            "time stamp that is no time",
        ),
        (with_header("02 70 00"), "security header shorter than its fields"),
        (
            mt_frame(deliver("\0\1\1" + 20 * "x", EIGHT_BIT, b"\x02\x70\x00")),
            "security header of an impossible length",
        ),
    ],
)  # fmt: skip
def test_what_is_odd(frame: bytes, kind: str | None) -> None:
    assert kinds(frame) == ([kind] if kind else [])


def test_of_two_elements_the_last_counts() -> None:
    """9.2.3.24."""
    row = sms(with_header("08 04 02 01 02 04 02 03 04"))
    assert (row["destination_port"], row["source_port"]) == (3, 4)


@pytest.mark.parametrize("length", range(40))
@pytest.mark.parametrize("first", range(4))
def test_no_length_makes_a_dissector_fail(first: int, length: int) -> None:
    """Zeros and ones of each type, in each direction, as invoke and as result."""
    for filler in (b"\x00", b"\xff", b"\x07"):
        tpdu = bytes([0x40 | first]) + filler * length
        frames = [mt_frame(tpdu), mo_frame(tpdu), answer_frame(44, tpdu), answer_frame(46, tpdu)]
        found = walked(capture(frames))
        assert len(found["sms"]) == 4
        assert "frame made a dissector fail" not in [row["reason"] for row in found["problem"]]
