"""Every AVP of the table of fields, alone, nested and out of order; and what decoders forgive."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycrate_diameter.iana_diameter_dicts import AppID_dict
from scapy.contrib.diameter import DR_cmd_def

from dissectors import diameter_fields as kinds
from dissectors.avp_table import FROM_3GPP, avp_codes
from dissectors.diameter_commands import APPLICATIONS
from dissectors.diameter_fields import DIAMETER_FIELDS
from dissectors.names import diameter_command
from tests.diameter_by_pycrate import compared, row_of
from tests.mutation import DIAMETER, capture, in_sctp
from tests.scenes import diameter
from tests.scenes.digits import tbcd
from tests.walked import Row, Walked, walked

DIGITS = st.text("0123456789", min_size=1, max_size=15)
NAMES = st.text("abcdefghijklmnop.-@0123456789", min_size=1, max_size=40)
PLMNS = st.tuples(*[st.integers(0, 9)] * 5, st.sampled_from([15, *range(10)])).map(
    lambda d: bytes([d[1] << 4 | d[0], d[5] << 4 | d[2], d[4] << 4 | d[3]])
)
NUMBERS = st.integers(0, 2**32 - 1).map(lambda value: value.to_bytes(4, "big"))
VALUES = {
    **dict.fromkeys(
        (kinds.INTEGER, kinds.INTEGERS, kinds.APPLICATION, kinds.APPLICATION_VENDOR), NUMBERS
    ),
    kinds.SUBSCRIPTION_TYPE: st.integers(0, 4).map(lambda value: value.to_bytes(4, "big")),
    kinds.SUBSCRIPTION_DATA: DIGITS.map(str.encode),
    kinds.USER_NAME: st.one_of(DIGITS, NAMES).map(str.encode),
    **dict.fromkeys((kinds.TBCD, kinds.NUMBER), DIGITS.map(tbcd)),
    kinds.PLMN: PLMNS,
    kinds.TPDU: st.just(b"\0\0"),
    kinds.SME_ADDRESS: DIGITS.map(lambda digits: bytes([len(digits), 0x91]) + tbcd(digits)),
    kinds.CELL: st.tuples(PLMNS, st.sampled_from([2, 4]), NUMBERS).map(
        lambda v: v[0] + v[2][: v[1]]
    ),
    kinds.EPS_CELL: st.tuples(PLMNS, NUMBERS).map(lambda v: v[0] + v[1]),
    kinds.ADDRESS: st.one_of(
        st.binary(min_size=4, max_size=4).map(lambda octets: b"\0\1" + octets),
        st.binary(min_size=16, max_size=16).map(lambda octets: b"\0\2" + octets),
    ),
    **dict.fromkeys((kinds.HEX, kinds.LENGTH), st.binary(min_size=1, max_size=20)),
    **dict.fromkeys((kinds.TEXT, kinds.TEXTS, kinds.ROUTE, kinds.SESSION), NAMES.map(str.encode)),
    **dict.fromkeys((kinds.PRESENT, kinds.COUNT), st.just(b"")),
}  # fmt: skip
EXAMPLES = {
    **dict.fromkeys(VALUES, b"abc"),
    **dict.fromkeys(
        (kinds.INTEGER, kinds.INTEGERS, kinds.APPLICATION, kinds.APPLICATION_VENDOR,
         kinds.SUBSCRIPTION_TYPE),
        b"\0\0\0\7",
    ),
    kinds.USER_NAME: b"620990000000001",
    **dict.fromkeys((kinds.TBCD, kinds.NUMBER), tbcd("233590000001")),
    **dict.fromkeys((kinds.PLMN, kinds.CELL, kinds.EPS_CELL), bytes.fromhex("26f09900010002")),
    kinds.ADDRESS: bytes.fromhex("0001c0000201"),
    **dict.fromkeys((kinds.PRESENT, kinds.COUNT), b""),
    kinds.SME_ADDRESS: b"\x0c\x91" + tbcd("233590000001"),
    kinds.TPDU: b"\0\0",  # a report of a delivery, which has no more
}  # fmt: skip
UNTOLD = (
    kinds.SESSION, kinds.SUBSCRIPTION_TYPE, kinds.SUBSCRIPTION_DATA, kinds.APPLICATION, kinds.TPDU
)  # fmt: skip
UNKNOWN = diameter.avp(9999, b"anything")
IMSI = "620990000000001"


def encoded(path: str, value: bytes) -> bytes:
    """An AVP in the groups around it."""
    for name in reversed(path.replace("*", "").split(".")):
        code = avp_codes(name)[-1]
        vendor = diameter.THREEGPP if code & FROM_3GPP else 0
        value = diameter.avp(code & ~FROM_3GPP, value, vendor)
    return value


def fields() -> st.SearchStrategy[bytes]:
    return st.sampled_from(DIAMETER_FIELDS).flatmap(
        lambda field: VALUES[field[2]].map(lambda value: encoded(field[1], value))
    )


def message(*avps: bytes, request: bool = True, application: int = diameter.S6A) -> bytes:
    return diameter.message(316, request, 1, 2, list(avps), application)


def only(octets: bytes) -> tuple[Row, Walked]:
    found = walked(capture([in_sctp(octets, DIAMETER)]))
    (row,) = found["diameter_message"]
    return row, found


@pytest.mark.parametrize("field", DIAMETER_FIELDS, ids=lambda field: f"{field[0]}-{field[1]}")
def test_every_field_is_read(field: tuple[str, str, int]) -> None:
    column, path, decoder = field
    octets = message(encoded(path, EXAMPLES[decoder]))
    row, found = only(octets)
    assert compared(row) == row_of(octets)
    assert not found["problem"]
    assert column in row or decoder in UNTOLD


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(fields(), st.just(UNKNOWN)), max_size=12).flatmap(st.permutations))
def test_columns_are_those_of_pycrate(avps: list[bytes]) -> None:
    octets = message(*avps)
    row, found = only(octets)
    assert compared(row) == row_of(octets)
    assert not found["problem"]


@pytest.mark.parametrize("kind", ["msisdn", "imsi"])
def test_subscription_is_read_in_either_order(kind: str) -> None:
    """RFC 8506 8.46 gives both AVPs without an order."""
    number = diameter.avp(444, b"233590000001")
    told = diameter.avp(450, ["msisdn", "imsi"].index(kind).to_bytes(4))
    for members in (told + number, number + told):
        row, _ = only(message(diameter.avp(443, members)))
        assert row[kind] == "233590000001"


HOST, REALM = diameter.avp(264, "mme1.example"), diameter.avp(296, "example")
SESSION = diameter.avp(263, "mme1.example;1;2")
USER = diameter.avp(1, IMSI)


@pytest.mark.parametrize(
    ("octets", "kinds"),
    [
        (message(SESSION, HOST, REALM, USER), []),
        (message(HOST, SESSION, USER), ["Session-Id is not the first AVP"]),
        (
            message(diameter.avp(263, "other;1;2"), HOST, USER),
            ["Session-Id of another host than Origin-Host"],
        ),
        (message(diameter.avp(263, "other;1;2"), HOST, USER, request=False), []),
        (message(USER, USER), ["AVP that is there twice"]),
        (message(USER[:4] + b"\x00" + USER[5:]), ["AVP without the flag M that it must have"]),
        (message(USER[:4] + b"\x60" + USER[5:]), ["AVP with the flag P"]),
        (message(USER[:4] + b"\x48" + USER[5:]), ["reserved flags of an AVP are set"]),
        (message(USER[:-1] + b"\x01"), ["padding that is not zero"]),
        (message(USER, UNKNOWN), ["AVP that must be understood and no dictionary has"]),
        (
            message(USER, diameter.avp(1405, 1)),
            ["AVP of 3GPP without its vendor"],
        ),
        (
            message(USER, diameter.avp(1405, 1, 13019)),
            ["AVP of another vendor that must be understood"],
        ),
        (message(USER[:4] + b"\xc0\x00\x00\x1b" + bytes(4) + USER[8:]), ["AVP with vendor 0"]),
        (
            message(USER, diameter.avp(258, 16777217)),
            ["application of an AVP is not the header's"],
        ),
        (
            message(USER)[:4] + b"\xc7" + message(USER)[5:],
            ["reserved flags of the command are set"],
        ),
        (message(USER)[:4] + b"\xe0" + message(USER)[5:], ["request with the flag for errors"]),
        (
            message(USER)[:4] + b"\x50" + message(USER)[5:],
            ["answer with the flag for retransmissions"],
        ),
        (
            message(USER, application=16777217),
            ["command that does not belong to its application"],
        ),
        (
            message(USER[:-1]),
            ["message's length is no multiple of 4", "AVP without its padding"],
        ),
    ],
)  # fmt: skip
def test_oddities_are_noted_and_the_value_is_read(octets: bytes, kinds: list[str]) -> None:
    row, found = only(octets)
    assert row["imsi"] == IMSI
    assert [note["kind"] for note in found["anomaly"]] == kinds
    assert {note["component_id"] for note in found["anomaly"]} <= {row["id"]}
    assert {note["layer"] for note in found["anomaly"]} <= {"diameter"}


def test_the_place_counts_from_the_beginning_of_the_message() -> None:
    octets = message(SESSION, USER, USER)
    (note,) = only(octets)[1]["anomaly"]
    assert octets[note["octet"] :][: len(USER)] == USER
    assert note["octet"] > octets.index(USER)


def test_hosts_and_realms_are_kept_once() -> None:
    relays = [diameter.avp(282, f"dra{n}.example") for n in range(3)]
    more = [relays[:2], relays, [*relays[:2], USER]]
    frames = [in_sctp(message(SESSION, HOST, REALM, *avps), DIAMETER) for avps in more]
    found = walked(capture(frames))
    assert [row.get("route_record") for row in found["diameter_message"]] == [
        "dra0.example dra1.example",
        "dra0.example dra1.example dra2.example",
        "dra0.example dra1.example",
    ]
    assert len(found["diameter_route"]) == 2


@pytest.mark.parametrize("count", [10, 400])
def test_long_lists_are_bounded_and_that_is_told(count: int) -> None:
    row, found = only(message(*[diameter.avp(282, f"dra{n:012d}.example") for n in range(count)]))
    assert len(row["route_record"]) < 4200
    assert bool(found["anomaly"]) == (count > 200)


def test_a_stack_has_a_fingerprint() -> None:
    other = diameter.avp(263, "mme1.example;7777;88")
    same = [only(message(first, HOST, REALM))[0]["fingerprint"] for first in (SESSION, other)]
    assert same[0] == same[1]
    assert only(message(SESSION, REALM, HOST, USER))[0]["fingerprint"] != same[0]
    grammar = diameter.avp(263, "mme1.example;1;2;app")
    assert only(message(grammar, HOST, REALM))[0]["fingerprint"] != same[0]


def test_commands_belong_where_others_say() -> None:
    """scapy lists commands by application, though not every one; the codes are IANA's."""
    for code, applications in APPLICATIONS.items():
        assert diameter_command(code, True)
        assert set(applications) <= {0, *AppID_dict}
        assert set(DR_cmd_def.get(code, ((), (), ()))[2]) <= set(applications)


@pytest.mark.parametrize("code", [257, 316, 8388647])
def test_a_command_is_odd_under_another_application_alone(code: int) -> None:
    for application in {0, diameter.S6A, 16777312, 0xFFFFFFFF}:
        octets = diameter.message(code, True, 1, 2, [USER], application)
        kinds = [note["kind"] for note in only(octets)[1]["anomaly"]]
        is_odd = application not in APPLICATIONS[code]
        assert kinds == ["command that does not belong to its application"] * is_odd


@pytest.mark.parametrize("code", [258, 272, 255, 383, 384, 8388607, 8388735, 8388736, 16777215])
def test_other_commands_belong_everywhere(code: int) -> None:
    assert not only(diameter.message(code, True, 1, 2, [USER], 7))[1]["anomaly"]


def test_tshark_reads_the_same_values(tmp_path: Path) -> None:
    """Of Supported-Features, Active-APN, LMSI and SM-RP-SMEA."""
    octets = message(
        encoded("Supported-Features.Feature-List-ID", b"\0\0\0\1"),
        encoded("Supported-Features.Feature-List", b"\x8f\0\0\7"),
        encoded("Active-APN.Service-Selection", b"internet"),
        encoded("Active-APN.Service-Selection", b"ims"),
        encoded("LMSI", b"\1\2\3\4"),
        encoded("SM-RP-SMEA", b"\x0c\x91" + tbcd("233590000001")),
    )
    path = tmp_path / "one.pcap"
    path.write_bytes(capture([in_sctp(octets, DIAMETER)]))
    names = ["Feature-List-ID", "Feature-List", "Service-Selection", "LMSI", "SM-RP-SMEA"]
    command = ["tshark", "-r", str(path), "-T", "fields", "-E", "aggregator= "]
    command += [word for name in names for word in ("-e", f"diameter.{name}")]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    lists, features, apns, lmsi, entity = printed.rstrip("\n").split("\t")
    row, _ = only(octets)
    assert (row["feature_list_ids"], row["feature_lists"]) == (lists, features)
    assert (row["active_apns"], row["lmsi"]) == (apns, lmsi)
    assert bytes.fromhex(entity)[2:] == tbcd(row["sm_rp_smea"])


def test_a_name_as_short_message_entity_stays_in_hexadecimal() -> None:
    row, _ = only(message(encoded("SM-RP-SMEA", b"\x0b\xd0" + bytes.fromhex("c57d8e3d0f01"))))
    assert row["sm_rp_smea"] == "c57d8e3d0f01"
