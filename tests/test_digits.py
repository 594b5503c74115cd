"""Numbers as networks pack them: what comes out is what the standards' own examples say."""

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.mutation import capture, in_sccp
from tests.one_message import (
    begin,
    components,
    dialogue,
    element,
    invoke,
    map_row,
    map_rows,
    reasons,
    unitdata,
)
from tests.scenes.sigtran import INTERNATIONAL, m3ua_data
from tests.walked import walked

UPDATE_LOCATION, SEND_ROUTING_INFO_FOR_SM, ANY_TIME_INTERROGATION = 2, 45, 71
BEGIN = begin(components(invoke(UPDATE_LOCATION)))
DIGITS = "0123456789*#abc"  # TS 29.002 17.7.8, TBCD-STRING


def address_row(called: str) -> dict[str, object]:
    """The columns of a called party address given in hex (Q.713 3.4)."""
    (row,) = walked(capture([unitdata(BEGIN, called=bytes.fromhex(called))]))["map_component"]
    found = {name.removeprefix("called_"): row[name] for name in row if name.startswith("called_")}
    assert found.pop("indicator") == bytes.fromhex(called)[0]
    return found


@pytest.mark.parametrize(
    ("octets", "columns"),
    [
        # indicator 0: point code and subsystem (3.4.2.1): 14 bits, least significant octet first
        ("43 34 12 06", {"point_code": 0x1234, "ssn": 6}),
        # 1: nature of address; its eighth bit set: an odd number of signals (3.4.2.3.1)
        ("06 08 84 21 43 05", {"gt": "12345", "ssn": 8, "nature": 4}),
        ("06 08 04 21 43 65", {"gt": "123456", "ssn": 8, "nature": 4}),
        ("06 08 83 21 43 f5", {"gt": "12345", "ssn": 8, "nature": 3}),
        # 2: translation type; even (3.4.2.3.2)
        ("0a 07 09 21 43", {"gt": "1234", "ssn": 7, "translation_type": 9}),
        # 3: translation type, plan, encoding 1 odd or 2 even (3.4.2.3.3)
        ("0e 07 02 11 21 03", {"gt": "123", "ssn": 7, "translation_type": 2, "plan": 1}),
        ("0e 07 02 62 21 43", {"gt": "1234", "ssn": 7, "translation_type": 2, "plan": 6}),
        # 4: and nature (3.4.2.3.4)
        (
            "12 06 00 11 04 44 77 00 09 00 07",
            {"gt": "44770090007", "ssn": 6, "translation_type": 0, "plan": 1, "nature": 4},
        ),
        (
            "12 06 00 72 04 32 95 10",
            {"gt": "235901", "ssn": 6, "translation_type": 0, "plan": 7, "nature": 4},
        ),
        # ANSI (T1.112.3 3.4): bit 8; subsystem, then a point code of 24 bits; title 1: type, plan
        ("c3 06 03 02 01", {"point_code": 0x010203, "ssn": 6}),
        ("85 08 09 11 21 03", {"gt": "123", "ssn": 8, "translation_type": 9, "plan": 1}),
        ("89 08 09 21 43", {"gt": "1234", "ssn": 8, "translation_type": 9}),
        # bit 8 with a title that ANSI does not have
        (
            "92 06 00 12 04 21 43",
            {"gt": "1234", "ssn": 6, "translation_type": 0, "plan": 1, "nature": 4},
        ),
        # signals beyond 9 are 11, 12 and ST (3.4.2.3.1)
        ("0a 06 00 b1 fc", {"gt": "1bcf", "ssn": 6, "translation_type": 0}),
    ],
)  # fmt: skip
def test_sccp_addresses(octets: str, columns: dict[str, object]) -> None:
    assert address_row(octets) == columns


@pytest.mark.parametrize("octets", ["", "12", "12 06 00 11", "03 34", "83 06", "82 06 01", "85"])
def test_sccp_address_too_short(octets: str) -> None:
    frame = unitdata(BEGIN, called=bytes.fromhex(octets))
    assert reasons(frame) == ["sccp: address does not fit"]
    assert len(walked(capture([frame]))["map_component"]) == 1


@pytest.mark.parametrize("octets", ["16 06 00 11 04 21", "16 06 00", "3e 06"])
def test_global_title_of_no_known_form(octets: str) -> None:
    frame = unitdata(BEGIN, called=bytes.fromhex(octets))
    assert reasons(frame) == ["sccp: global title of an unknown kind"]
    (row,) = walked(capture([frame]))["map_component"]
    assert row["called_ssn"] == 6
    assert "called_gt" not in row


def test_addresses_do_not_read_on_into_what_follows() -> None:
    """The parameter ends the digits, though more octets are there."""
    assert address_row("12 06 00 12 04 21")["gt"] == "12"


@given(st.lists(st.text(DIGITS, min_size=1, max_size=20), min_size=1, max_size=20))
@settings(max_examples=20, deadline=None)
def test_tbcd(numbers: list[str]) -> None:
    messages = []
    for number in numbers:
        nibbles = [DIGITS.index(digit) for digit in number] + [15] * (len(number) % 2)
        packed = bytes(
            low | high << 4 for low, high in zip(nibbles[::2], nibbles[1::2], strict=True)
        )
        argument = element("30", element("04", packed))
        messages.append(begin(components(invoke(UPDATE_LOCATION, argument))))
    assert [row["imsi"] for row in map_rows(*messages)] == numbers


def test_longer_digits_than_any_are_a_problem() -> None:
    """What stands in place of an address may be anything: it is not taken for digits."""
    argument = element("30", element("04", bytes(21)))
    frame = in_sccp(begin(components(invoke(UPDATE_LOCATION, argument))))
    assert reasons(frame) == ["map: more than 40 digits"]
    assert "imsi" not in walked(capture([frame]))["map_component"][0]


@pytest.mark.parametrize(
    ("octets", "plmn"),
    # TS 24.008 10.5.1.13: MCC digit 2 and 1, MNC digit 3 and MCC digit 3, MNC digit 2 and 1
    [("02f802", "20820"), ("130014", "310410"), ("26f099", "62099"), ("03 42 00", "302004")],
)
def test_plmn(octets: str, plmn: str) -> None:
    imsi, vectors = element("80", bytes.fromhex("26909900000000f1")), element("02", b"\x01")
    argument = element("30", imsi, vectors, element("84", bytes.fromhex(octets)))
    context = dialogue("04 00 00 01 00 0e 03")
    assert map_row(begin(context, components(invoke(56, argument))))["requesting_plmn"] == plmn


@pytest.mark.parametrize(
    ("tag", "octets", "cell"),
    [
        ("80", "02f802 0001 0002", "208-20-1-2"),
        ("80", "130014 ffff fffe", "310-410-65535-65534"),
        ("81", "26f099 1234", "620-99-4660"),
    ],
)
def test_cells(tag: str, octets: str, cell: str) -> None:
    """TS 23.003 4.3: MCC, MNC, location area, cell; decimal."""
    place = element("a3", element(tag, bytes.fromhex(octets)))
    answer = element("30", element("30", element("a0", place)))
    result = element("a2", element("02", b"\x01"), element("30", element("02", b"\x47"), answer))
    row = map_row(element("64", element("49", b"\x01"), components(result)))
    assert row["cell"] == cell
    assert row["location_returned"]


def in_ipv6(source: bytes, destination: bytes, number: int) -> bytes:
    """A frame with BEGIN in it between two addresses of 16 octets."""
    packet = in_sccp(BEGIN, number)[34:]
    head = b"\x60\x00\x00\x00" + len(packet).to_bytes(2, "big") + b"\x84\x40"
    return bytes(12) + b"\x86\xdd" + head + source + destination + packet


zeros_are_likely = st.lists(
    st.sampled_from([0, 0, 0, 1, 0x20, 0xDB8, 0xFFFF]), min_size=8, max_size=8
)


@given(st.lists(zeros_are_likely, min_size=2, max_size=40))
@settings(max_examples=40, deadline=None)
def test_ipv6_text(groups: list[list[int]]) -> None:
    packed = [b"".join(group.to_bytes(2, "big") for group in address) for address in groups]
    found = walked(capture(in_ipv6(octets, packed[0], i) for i, octets in enumerate(packed)))
    sources = [row["source_address"] for row in found["map_component"]]
    assert sources == [str(IPv6Address(octets)) for octets in packed]
    assert {row["destination_address"] for row in found["map_component"]} == {
        str(IPv6Address(packed[0]))
    }


@given(st.lists(st.binary(min_size=4, max_size=4), min_size=1, max_size=40))
@settings(max_examples=10, deadline=None)
def test_ipv4_text(addresses: list[bytes]) -> None:
    frames = (in_sccp(BEGIN, number) for number in range(len(addresses)))
    pairs = zip(frames, addresses, strict=True)
    found = walked(capture(frame[:26] + octets + frame[30:] for frame, octets in pairs))
    sources = [row["source_address"] for row in found["map_component"]]
    assert sources == [str(IPv4Address(octets)) for octets in addresses]


@pytest.mark.parametrize(
    ("octets", "dotted"),
    [
        ("88 37 03", "2.999.3"),  # X.690 8.19.5's example
        ("2a 86 48 86 f7 0d", "1.2.840.113549"),
        ("00 11 86 05 01 01 01", "0.0.17.773.1.1.1"),  # Q.773 3.2.1
        ("04 00 00 01 00 37 03 04", "0.4.0.0.1.0.55.3.4"),
        ("27", "0.39"),
        ("28", "1.0"),
        ("4f", "1.39"),
        ("50", "2.0"),
        ("60 86 48", "2.16.840"),
    ],
)
def test_object_identifiers(octets: str, dotted: str) -> None:
    row = map_row(begin(dialogue(octets), components(invoke(UPDATE_LOCATION))))
    assert row["application_context_oid"] == dotted
    assert "application_context" not in row


def test_point_codes_of_the_routing_label() -> None:
    octets = m3ua_data("2-100-1", "7-255-7", INTERNATIONAL, b"")
    assert octets  # 2-100-1 is 2 * 2048 + 100 * 8 + 1 (Q.708 3-8-3)
    (row,) = walked(capture([in_sccp(BEGIN)]))["map_component"]
    assert (row["opc"], row["dpc"], row["network_indicator"]) == (4897, 4898, 0)
