"""SUA: the same message as over SCCP gives the same columns (RFC 3868)."""

import pytest

from tests.mutation import FROM, TO, capture, in_sctp
from tests.one_message import begin, components, invoke
from tests.scenes.sigtran import (
    INTERNATIONAL,
    m3ua_data,
    point_code,
    sua,
    sua_address,
    sua_parameter,
    udt,
)
from tests.walked import Row, Walked, walked

SUA = 4  # payload protocol
SOURCE, DESTINATION, CAUSE, DATA, SEGMENTATION, CONTEXT = 0x102, 0x103, 0x106, 0x10B, 0x117, 6
OPC, DPC = point_code("2-100-1"), point_code("2-100-2")
TCAP = begin(components(invoke(71), invoke(70), invoke(45)))
ADDRESSES = sua_address(SOURCE, FROM, OPC) + sua_address(DESTINATION, TO, DPC)
CLDT, CLDR = 1, 2
OTHERWISE = {"path_id", "payload_protocol", "sccp_type", "digest", "network_indicator",
             "calling_point_code", "called_point_code", "calling_indicator",
             "called_indicator"}  # fmt: skip


def read(*messages: bytes) -> Walked:
    return walked(capture(in_sctp(octets, SUA, n) for n, octets in enumerate(messages)))


def rows(found: Walked) -> list[Row]:
    assert not found["problem"], found["problem"]
    return [{k: v for k, v in row.items() if k not in OTHERWISE} for row in found["map_component"]]


def test_same_columns_as_over_sccp() -> None:
    message = sua(
        CLDT, sua_parameter(CONTEXT, b"\x00\x00\x00\x01"), ADDRESSES, sua_parameter(DATA, TCAP)
    )
    over_sccp = in_sctp(m3ua_data("2-100-1", "2-100-2", INTERNATIONAL, udt(TO, FROM, TCAP)), 3)
    assert rows(read(message)) == rows(walked(capture([over_sccp])))
    row = read(message)["map_component"][0]
    assert (row["calling_point_code"], row["called_point_code"]) == (OPC, DPC)
    assert (row["calling_indicator"], row["called_indicator"]) == (0x13, 0x13)
    assert "sccp_type" not in row


def test_addresses_that_are_known_give_the_same_again() -> None:
    message = sua(CLDT, ADDRESSES, sua_parameter(DATA, TCAP))
    bare = sua(
        CLDT,
        sua_parameter(SOURCE, bytes.fromhex("0002 0003 80030008 00000006")),
        sua_parameter(DATA, TCAP),
    )
    found = read(message, bare, message, bare)
    assert [row.get("opc") for row in found["map_component"]] == [OPC] * 3 + [None] * 3 + [
        OPC
    ] * 3 + [None] * 3
    assert [row.get("called_gt") for row in found["map_component"]][::3] == [TO.digits, None] * 2
    assert len(found["sccp_address"]) == 3
    assert found["map_component"][3]["calling_indicator"] == 0x42  # routing on the subsystem


def test_returned_message() -> None:
    """CLDR's cause is of type 1 (3.10.6)."""
    message = sua(
        CLDR, sua_parameter(CAUSE, b"\x00\x00\x01\x05"), ADDRESSES, sua_parameter(DATA, TCAP)
    )
    assert {row["return_cause"] for row in read(message)["map_component"]} == {5}


@pytest.mark.parametrize("cut", range(1, len(TCAP), 7))
def test_segments(cut: int) -> None:
    """The first says how many remain in seven bits (3.10.23)."""
    parts = (b"\x81\x00\x00\x07", TCAP[:cut]), (b"\x00\x00\x00\x07", TCAP[cut:])
    sent = [
        sua(CLDT, ADDRESSES, sua_parameter(SEGMENTATION, mark), sua_parameter(DATA, part))
        for mark, part in parts
    ]
    found = read(*sent)
    assert [row["opcode"] for row in rows(found)] == [71, 70, 45]
    assert {row["frame"] for row in found["map_component"]} == {2}


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (sua(CLDT, ADDRESSES)[:-1], "sua: message or parameter does not fit"),
        (b"\x01\x00\x07", "sua: message or parameter does not fit"),
        (b"\x02\x00\x07\x01\x00\x00\x00\x08", "sua: version is not 1"),
        (sua(CLDT, ADDRESSES), "sua: connectionless message without data"),
        (sua(9, ADDRESSES), "sua: unknown message type"),
    ],
)
def test_what_does_not_fit_is_told(message: bytes, told: str) -> None:
    found = read(message)
    assert [f"{row['layer']}: {row['reason']}" for row in found["problem"]] == [told]


@pytest.mark.parametrize(
    "address",
    [
        "0001",
        "0001 0004 8001000c 00000004 0c000104",
        "0001 0002 80020006 0000",
        "0001 0000 80030002",
    ],
)
def test_an_address_that_does_not_fit_is_told_and_the_message_read(address: str) -> None:
    source = sua_parameter(SOURCE, bytes.fromhex(address))
    found = read(*[sua(CLDT, source, sua_address(DESTINATION, TO), sua_parameter(DATA, TCAP))] * 2)
    told = [f"{row['layer']}: {row['reason']}" for row in found["problem"]]
    assert told == ["sua: address does not fit"] * 2
    assert len(found["map_component"]) == 6


def test_other_messages_are_counted() -> None:
    found = read(sua(1, message_class=8), sua(8, message_class=8), sua(3, message_class=3))
    assert {what: count for what, count in found["passed_over"].items() if count} == {
        "sua: connection requests": 1,
        "sua: messages of connections": 1,
        "sua: management and state messages": 1,
    }
