"""Exported PDUs of every protocol that the walker reads: rows, explanation, no text."""

import subprocess
from pathlib import Path

import pytest

from dissectors.blanking import blanked
from dissectors.explain import explain
from tests.links import capture, exported
from tests.mutation import FROM, TO
from tests.one_message import begin, components, element, invoke
from tests.scenes.sigtran import (
    INTERNATIONAL,
    m2pa_data,
    m2ua_data,
    m3ua_data,
    mtp3,
    sua,
    sua_address,
    sua_parameter,
    udt,
)
from tests.test_explain import diameter_message
from tests.test_explain_sigtran import DPC, OPC, TPDU, fields, messages
from tests.test_links import BEGIN
from tests.test_wholes import chunk, packet
from tests.walked import walked

EXPORTED = 252
TEXT = bytes(range(0x80, 0xA0))


def pdus(tcap: bytes) -> dict[str, bytes]:
    """The same message as each dissector of Wireshark would be given it."""
    message = mtp3(OPC, DPC, INTERNATIONAL, udt(TO, FROM, tcap))
    in_m3ua = m3ua_data("2-100-1", "2-100-2", INTERNATIONAL, udt(TO, FROM, tcap))
    frame = bytes(packet(chunk(in_m3ua, 1)))
    addresses = sua_address(0x102, FROM, OPC) + sua_address(0x103, TO)
    return {
        "tcap": tcap,
        "sccp": udt(TO, FROM, tcap),
        "mtp3": message,
        "mtp2": bytes([0x85, 0x83, min(len(message), 63)]) + message,
        "m2pa": m2pa_data(message),
        "m2ua": m2ua_data(message),
        "m3ua": in_m3ua,
        "sua": sua(1, addresses, sua_parameter(0x10B, tcap)),
        "sctp": frame[34:],
        "ip": frame[14:],
    }


NAMES = list(pdus(b""))
each = pytest.mark.parametrize("name", NAMES)


def frame(name: str, tcap: bytes) -> bytes:
    return exported(pdus(tcap)[name], name.encode())


def short_message(text: bytes) -> bytes:
    start = TPDU.index(b"INVENTED") - 1
    tpdu = TPDU[:start] + bytes([len(text)]) + text
    argument = element("30", element("84", b"\x91\x44"), element("04", tpdu))
    return begin(components(invoke(46, argument)))


@each
def test_the_walker_reads_it(name: str) -> None:
    found = walked(capture([(EXPORTED, frame(name, BEGIN))]))
    assert not found["problem"]
    [row] = found["map_component"]
    assert (row["message"], row["opcode"], row["imsi"]) == (1, 2, "620990000000001")


def test_tshark_reads_the_same_in_tcap(tmp_path: Path) -> None:
    path = tmp_path / "exported.pcapng"
    path.write_bytes(capture([(EXPORTED, frame("tcap", BEGIN))]))
    names = ("frame.protocols", "gsm_old.localValue", "e212.imsi")
    command = ["tshark", "-r", str(path), "-T", "fields"]
    command += [word for name in names for word in ("-e", name)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert printed == "exported_pdu:tcap:gsm_map\t2\t620990000000001\n"


def test_an_exported_message_of_tcap_has_nothing_of_the_one_before() -> None:
    frames = [(EXPORTED, frame(name, BEGIN)) for name in ("sccp", "tcap")]
    first, second = walked(capture(frames))["map_component"]
    assert "calling_gt" in first
    assert not [name for name in second if "gt" in name or "ssn" in name]


@each
def test_it_is_explained(name: str) -> None:
    explanation = explain(EXPORTED, frame(name, BEGIN))
    assert messages(explanation) == [1]
    assert fields(explanation)["opcode.local"] == "2 (updateLocation)"
    assert not explanation.covered


def test_diameter_is_explained() -> None:
    explanation = explain(EXPORTED, exported(diameter_message(316, 16777251), b"diameter"))
    assert messages(explanation) == [1]


@each
def test_its_text_is_blanked(name: str) -> None:
    """As if it had been zeros from the beginning; of SCTP without IP the checksum too."""
    told = blanked(EXPORTED, frame(name, short_message(TEXT)), [1])
    assert told.data == blanked(EXPORTED, frame(name, short_message(bytes(32))), [1]).data
    assert told.octets == len(TEXT)
    assert not any(TEXT[i : i + 3] in told.data for i in range(len(TEXT) - 2))
    if name in ("sctp", "ip"):
        assert told.data.endswith(pdus(short_message(bytes(32)))["sctp"])


@each
def test_cut_ones_are_stood(name: str) -> None:
    octets = frame(name, short_message(TEXT))
    for size in range(0, len(octets), 5):
        shown = explain(EXPORTED, octets[:size]).data
        assert not any(TEXT[i : i + 3] in shown for i in range(len(TEXT) - 2))
