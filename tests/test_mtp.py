"""MTP and what stands in its place on IP: the same message, however it was carried."""

import pytest

from tests.mutation import FROM, TO, capture, in_sctp
from tests.one_message import begin, components, invoke
from tests.scenes.files import ETHERNET
from tests.scenes.sigtran import INTERNATIONAL, NATIONAL, ludt, m2pa_data, m2ua_data, mtp3, udt
from tests.walked import Row, walked

M2UA, M2PA = 2, 5  # payload protocols
MTP2_WITH_HEADER, MTP2, MTP3, SCCP = 139, 140, 141, 142  # link types
OPC, DPC = 2 << 11 | 100 << 3 | 1, 0x3FFF  # 2-100-1
TCAP = begin(components(invoke(2)))
UNITDATA = udt(TO, FROM, TCAP)
MESSAGE = mtp3(OPC, DPC, NATIONAL, UNITDATA)
IDS = {"id", "path_id"}


def unit(message: bytes) -> bytes:
    """A signal unit of MTP2 (Q.703 2.2): sequence numbers with indicator bits, length."""
    return bytes([0x85, 0x83, min(len(message), 63)]) + message


def annex_a(message: bytes) -> bytes:
    """The same in the extended form: numbers of 12 bits, a length of 9, low octets first."""
    return bytes([0x85, 0x80, 0x83, 0x80]) + min(len(message), 511).to_bytes(2, "little") + message


def read(frame: bytes, link_type: int) -> Row:
    """The one row of a frame, of which nothing is a problem."""
    found = walked(capture([frame], link_type))
    assert not found["problem"], found["problem"]
    (row,) = found["map_component"]
    return {name: value for name, value in row.items() if name not in IDS}


@pytest.mark.parametrize(
    ("frame", "link_type"),
    [
        (in_sctp(m2ua_data(MESSAGE), M2UA), ETHERNET),
        (in_sctp(m2pa_data(MESSAGE), M2PA), ETHERNET),
        (unit(MESSAGE), MTP2),
        (unit(MESSAGE) + b"\x12\x34", MTP2),  # with a checksum
        (b"\x00\x00\x00\x01" + unit(MESSAGE), MTP2_WITH_HEADER),
        (b"\x01\x01\x00\x01" + annex_a(MESSAGE), MTP2_WITH_HEADER),
        (MESSAGE, MTP3),
    ],
    ids=["M2UA", "M2PA", "MTP2", "checksum", "header", "Annex A", "MTP3"],
)
def test_the_same_message_however_it_is_carried(frame: bytes, link_type: int) -> None:
    row = read(frame, link_type)
    assert (row["opc"], row["dpc"], row["network_indicator"]) == (OPC, DPC, NATIONAL)
    assert row["point_code_bits"] == 14
    assert (row["message"], row["opcode"], row["sccp_type"]) == (1, 2, 9)
    assert (row["calling_gt"], row["called_gt"]) == (FROM.digits, TO.digits)
    assert ("source_address" in row) == (link_type == ETHERNET)


def test_sccp_without_anything_below() -> None:
    row = read(UNITDATA, SCCP)
    assert (row["opcode"], row["calling_gt"]) == (2, FROM.digits)
    assert row.keys().isdisjoint({"opc", "dpc", "source_address", "point_code_bits"})


@pytest.mark.parametrize(
    "message",
    [UNITDATA, ludt(TO, FROM, TCAP), ludt(TO, FROM, TCAP, 1)],
    ids=["UDT", "LUDT", "LUDTS"],
)
def test_point_codes_of_24_bits_are_recognised(message: bytes) -> None:
    """ANSI 12-34-56 is network 12, cluster 34, member 56; the member goes first."""
    opc, dpc = 12 << 16 | 34 << 8 | 56, 255 << 16 | 1 << 8 | 2
    row = read(mtp3(opc, dpc, NATIONAL, message, 24), MTP3)
    assert (row["opc"], row["dpc"], row["point_code_bits"]) == (opc, dpc, 24)


@pytest.mark.parametrize("bits", [14, 24])
def test_what_tells_nothing_is_read_as_the_others(bits: int) -> None:
    """A UDT whose data goes beyond its end makes sense behind no label; a problem tells of it."""
    broken = mtp3(OPC, DPC, INTERNATIONAL, UNITDATA[:-1], bits)
    whole = mtp3(OPC, DPC, INTERNATIONAL, UNITDATA, bits)
    found = walked(capture([whole, broken], MTP3))
    assert [row["reason"] for row in found["problem"]] == ["message or parameter does not fit"]


@pytest.mark.parametrize(
    ("frame", "told"),
    [
        (unit(b""), {"mtp2: fill-in signal units": 1}),
        (unit(b"\x01"), {"mtp2: link status signal units": 1}),
        (unit(b"\x85" + MESSAGE[1:]), {"mtp3: ISUP": 1}),
        (unit(b"\x80" + MESSAGE[1:]), {"mtp3: network management": 1}),
        (unit(b"\x8f" + MESSAGE[1:]), {"mtp3: users unknown": 1}),
    ],
)
def test_what_is_no_sccp_is_counted(frame: bytes, told: dict[str, int]) -> None:
    found = walked(capture([frame], MTP2))
    assert {what: count for what, count in found["passed_over"].items() if count} == told
    assert not found["problem"]


M2UA_MESSAGE, M2PA_MESSAGE = m2ua_data(MESSAGE), m2pa_data(MESSAGE)


@pytest.mark.parametrize(
    ("frame", "link_type", "told"),
    [
        (unit(MESSAGE)[:2], MTP2, "mtp2: signal unit does not fit"),
        (unit(MESSAGE[:40])[:-1], MTP2, "mtp2: signal unit does not fit"),
        (b"\x00\x00", MTP2_WITH_HEADER, "mtp2: signal unit does not fit"),
        (MESSAGE[:4], MTP3, "mtp3: message ends before its routing label"),
        (b"", MTP3, "mtp3: message ends before its routing label"),
        (b"", SCCP, "sccp: message or parameter does not fit"),
        (in_sctp(M2UA_MESSAGE[:30], M2UA), ETHERNET, "m2ua: message or parameter does not fit"),
        (in_sctp(M2UA_MESSAGE[:16], M2UA), ETHERNET, "m2ua: DATA without protocol data"),
        (in_sctp(b"\x02" + M2UA_MESSAGE[1:], M2UA), ETHERNET, "m2ua: version is not 1"),
        (in_sctp(M2PA_MESSAGE[:-1], M2PA), ETHERNET, "m2pa: message does not fit"),
        (in_sctp(b"\x02" + M2PA_MESSAGE[1:], M2PA), ETHERNET, "m2pa: not a message of version 1"),
    ],
)
def test_what_does_not_fit_is_told(frame: bytes, link_type: int, told: str) -> None:
    found = walked(capture([frame], link_type))
    assert [f"{row['layer']}: {row['reason']}" for row in found["problem"]] == [told]
    assert not found["map_component"]


def test_two_protocol_data_in_one_m2ua_message_are_two_messages() -> None:
    """RFC 3331 3.3.1.1 has one; a second would be a message that nobody screens."""
    first = m2ua_data(MESSAGE)
    both = first + first[16:]
    found = walked(capture([in_sctp(both, M2UA)]))
    assert [row["message"] for row in found["map_component"]] == [1, 2]
