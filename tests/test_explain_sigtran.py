"""The layers between IP and TCAP for a person: what was built is shown, and no text is."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dissectors.explain import Explanation, explain
from dissectors.frames import frames_of
from dissectors.layers import Field, Layer
from tests.mutation import FROM, PCAPS, TO, in_sctp
from tests.one_message import begin, components, element, invoke
from tests.scenes import carriers
from tests.scenes.files import ETHERNET
from tests.scenes.sigtran import (
    INTERNATIONAL,
    Address,
    ludt,
    m2pa_data,
    m2ua_data,
    m3ua_data,
    mtp3,
    segments,
    sua,
    sua_address,
    sua_parameter,
    udt,
)

M2UA, M3UA, SUA, M2PA = 2, 3, 4, 5  # payload protocols
OPC, DPC = 4897, 4898
TEXT = b"INVENTED SAMPLE of a text, invented"
TPDU = bytes.fromhex("040c9144770090000700f5 62300110000000") + bytes([len(TEXT)]) + TEXT
SHORT_MESSAGE = begin(
    components(invoke(46, element("30", element("84", b"\x91\x44"), element("04", TPDU))))
)


def carried(tcap: bytes) -> list[tuple[int, bytes]]:
    """A TCAP message on links of every kind: link type and frame."""
    message = mtp3(OPC, DPC, INTERNATIONAL, udt(TO, FROM, tcap))
    unit = bytes([0x85, 0x83, min(len(message), 63)]) + message
    extended = bytes([5, 0, 3, 0]) + len(message).to_bytes(2, "little") + message
    addresses = sua_address(0x102, FROM, OPC) + sua_address(0x103, TO)
    wide = mtp3(OPC << 8, DPC, INTERNATIONAL, udt(TO, FROM, tcap), 24)
    wide_and_long = mtp3(OPC << 8, DPC, INTERNATIONAL, ludt(TO, FROM, tcap), 24)
    return [
        (ETHERNET, in_sctp(m3ua_data("2-100-1", "2-100-2", 0, ludt(TO, FROM, tcap)), M3UA)),
        (ETHERNET, in_sctp(m2ua_data(message), M2UA)),
        (ETHERNET, in_sctp(m2pa_data(message), M2PA)),
        (ETHERNET, in_sctp(m2pa_data(wide), M2PA)),
        (ETHERNET, in_sctp(m2pa_data(wide_and_long), M2PA)),
        (ETHERNET, in_sctp(sua(1, addresses, sua_parameter(0x10B, tcap)), SUA)),
        (139, b"\x00\x00\x00\x01" + unit),
        (139, b"\x00\x01\x00\x01" + extended),
        (140, unit + b"\x12\x34"),
        (141, message),
        (142, udt(TO, FROM, tcap)),
    ]


def fields(explanation: Explanation) -> dict[str, str]:
    parts = (part for layer in explanation.layers for part in layer.walk())
    return {part.name: part.value for part in parts if isinstance(part, Field)}


def messages(explanation: Explanation) -> list[int]:
    return [layer.message for layer in explanation.layers if layer.message]


KINDS = [
    "LUDT", "M2UA", "M2PA", "24 bits", "24 bits, LUDT", "SUA", "header", "Annex A", "MTP2",
    "MTP3", "SCCP",
]  # fmt: skip


@pytest.mark.parametrize("kind", range(len(KINDS)), ids=KINDS)
def test_messages_are_shown_whatever_carries_them(kind: int) -> None:
    link_type, data = carried(begin(components(invoke(71))))[kind]
    explanation = explain(link_type, data)
    values = fields(explanation)
    assert messages(explanation) == [1]
    assert values["opcode.local"].startswith("71 (anyTimeInterrogation")
    assert FROM.digits in (values.get("BCD") or values["Global Title"]) or TO.digits in str(values)
    if "OPC" in values:
        assert values["OPC"].split()[0] == str(OPC << 8 if kind in (3, 4) else OPC)
        assert values["DPC"].split()[0] == str(DPC)


@pytest.mark.parametrize("kind", range(len(KINDS)), ids=KINDS)
def test_no_run_of_text_is_shown(kind: int) -> None:
    link_type, data = carried(SHORT_MESSAGE)[kind]
    for cut in (0, 3, len(TEXT) + 4):
        kept = explain(link_type, data[: len(data) - cut]).data
        for start in range(len(TEXT) - 3):
            assert TEXT[start : start + 4] not in kept


@pytest.mark.parametrize("kind", [17, 18])
def test_no_text_is_shown_in_segments(kind: int) -> None:
    for half in segments(TO, FROM, carriers.halves(SHORT_MESSAGE), 7, kind):
        frames = [
            (ETHERNET, in_sctp(m2pa_data(mtp3(OPC, DPC, INTERNATIONAL, half)), M2PA)),
            (142, half),
        ]
        for link_type, data in frames:
            explanation = explain(link_type, data)
            assert b"SAMPLE" not in explanation.data
            assert b"text" not in explanation.data
            assert "segment of a longer message" in fields(explanation)["not decoded"]


def test_no_text_is_shown_in_segments_of_sua() -> None:
    segment = sua(1, sua_parameter(0x117, b"\x81\x00\x00\x07"), sua_parameter(0x10B, SHORT_MESSAGE))
    explanation = explain(ETHERNET, in_sctp(segment, SUA))
    assert b"SAMPLE" not in explanation.data
    assert "segment of a longer message" in fields(explanation)["not decoded"]


def test_addresses_of_ansi() -> None:
    """T1.112.3 3.4: bit 8; the subsystem in front of the point code, which is of 24 bits."""

    class Ansi(Address):
        def octets(self) -> bytes:
            return bytes.fromhex("87 06 03 02 01 09 11 21 03")

    data = udt(Ansi("", 6), FROM, begin(components(invoke(71))))
    called = next(
        part
        for layer in explain(142, data).layers
        for part in layer.walk()
        if isinstance(part, Layer) and part.name == "CalledPartyAddr"
    )
    values = {part.name: part.value for part in called.parts if isinstance(part, Field)}
    assert (values["SSN"], values["PC"]) == ("6", str(0x010203))
    assert (values["TranslationType"], values["BCD"]) == ("9", "123")


@pytest.mark.parametrize(
    ("payload", "protocol"),
    [
        (b"\x01\x00\x0b\x02\x00\x00\x00\x14" + bytes(8) + b"\x00\x00\x00\x04", M2PA),
        (b"\x01\x00\x0b\x01\x00\x00\x00\x10" + bytes(8), M2PA),
        (b"\x01\x00\x06\x0f\x00\x00\x00\x08", M2UA),
        (b"\x01\x00\x03\x01\x00\x00\x00\x08", SUA),
    ],
)
def test_what_carries_no_message_is_not_numbered(payload: bytes, protocol: int) -> None:
    assert not messages(explain(ETHERNET, in_sctp(payload, protocol)))


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_damaged_frames_never_raise(draw: st.DataObject) -> None:
    link_type, octets = draw.draw(st.sampled_from(carried(SHORT_MESSAGE)))
    data = bytearray(octets)
    for _ in range(draw.draw(st.integers(0, 4))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    explain(link_type, bytes(data[: draw.draw(st.integers(0, len(data)))]))


def test_the_registration_of_the_scene_is_shown_in_every_frame() -> None:
    path: Path = PCAPS / "carriers.pcap"
    halves = {4, 5, 10, 11}
    for number, found in enumerate(frames_of(path, range(1, 14)), 1):
        values = fields(explain(found.link_type, found.data))
        assert ("imsi" in values) == (number not in halves), number
