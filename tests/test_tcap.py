"""TCAP and the BER below it: forms that X.690 allows, and those it does not."""

import pytest

from tests.mutation import capture, in_sccp
from tests.one_message import begin, components, dialogue, element, invoke, map_row, reasons
from tests.walked import Row, walked

UPDATE_LOCATION = 2
IMSI = bytes.fromhex("26 90 99 00 00 00 00 f1")  # a filler in front of the last digit
DIGITS = "620999000000001"
ARGUMENT = element("30", element("04", IMSI))
CUT = "tcap: element does not fit into its message"
RANGE = "tcap: identifier or code is out of range"
NO_ID = "tcap: component without invoke id or operation"


def rows_of(tcap: bytes) -> list[Row]:
    return list(walked(capture([in_sccp(tcap)]))["map_component"])


def hexadecimal(text: str) -> bytes:
    return bytes.fromhex(text)


@pytest.mark.parametrize(
    "argument",
    [
        "30 0a 04 08 {imsi}",  # definite, short (X.690 8.1.3.4)
        "30 81 0a 04 08 {imsi}",  # definite, long (8.1.3.5)
        "30 83 00 00 0b 04 81 08 {imsi}",  # longer than it needs to be
        "30 80 04 08 {imsi} 00 00",  # indefinite (8.1.3.6)
        "30 80 04 08 {imsi} b9 80 30 80 04 01 00 00 00 00 00 00 00",  # and nested
        "30 12 04 08 {imsi} bf 83 7f 04 04 02 00 00",  # an unknown tag of two octets behind it
        "30 0b 04 84 00 00 00 08 {imsi} 05 00",
    ],
)
def test_forms_of_length(argument: str) -> None:
    parameter = hexadecimal(argument.format(imsi=IMSI.hex()))
    if parameter[1:2] != b"\x80" and parameter[1] < 0x80:
        parameter = parameter[:1] + bytes([len(parameter) - 2]) + parameter[2:]
    row = map_row(begin(components(invoke(UPDATE_LOCATION, parameter))))
    assert row["imsi"] == DIGITS
    assert row.get("bytes_unread") is None


@pytest.mark.parametrize(
    "argument",
    [
        "30 0b 04 08 {imsi}",  # a length beyond the component
        "30 ff 04 08 {imsi}",  # reserved (X.690 8.1.3.5)
        "30 88 00 00 00 01 00 00 00 0a 04 08 {imsi}",  # more than 32 bits
        "30 80 04 08 {imsi}",  # never closed
        "3f ff ff ff ff 7f 02 04 00",  # a tag of more octets than there are tags
        "3f",  # nothing but the beginning of a tag
    ],
)
def test_lengths_that_cannot_be_are_problems(argument: str) -> None:
    tcap = begin(components(invoke(UPDATE_LOCATION, hexadecimal(argument.format(imsi=IMSI.hex())))))
    (row,) = rows_of(tcap)
    assert row["opcode"] == UPDATE_LOCATION
    assert "imsi" not in row
    assert row["bytes_unread"] == len(hexadecimal(argument.format(imsi=IMSI.hex())))
    assert reasons(in_sccp(tcap)) == ["map: element does not fit into its parameter"]


def test_primitive_with_indefinite_length_is_a_problem() -> None:
    tcap = begin(
        components(invoke(UPDATE_LOCATION, hexadecimal("30 0c 04 80" + IMSI.hex() + "0000")))
    )
    assert reasons(in_sccp(tcap)) == ["map: element does not fit into its parameter"]


def test_deep_nesting_ends_in_a_problem_not_in_recursion() -> None:
    tcap = begin(components(invoke(UPDATE_LOCATION, b"\x30\x80" * 100)))
    assert reasons(in_sccp(tcap)) == ["map: element does not fit into its parameter"]


@pytest.mark.parametrize(
    ("content", "number"),
    [("00", 0), ("7f", 127), ("80", -128), ("ff", -1), ("00 80", 128), ("7f ff", 32767),
     ("80 00", -32768), ("00 00 00 07", 7), ("ff ff ff 80", -128)],
)  # fmt: skip
def test_invoke_ids_are_signed(content: str, number: int) -> None:
    """X.690 8.3."""
    component = element("a1", element("02", hexadecimal(content)), element("02", b"\x02"))
    assert map_row(begin(components(component)))["invoke_id"] == number


@pytest.mark.parametrize("content", ["", "00 80 00", "80 00 00", "00" * 9])
def test_invoke_ids_out_of_range(content: str) -> None:
    component = element("a1", element("02", hexadecimal(content)), element("02", b"\x02"))
    tcap = begin(components(component))
    assert reasons(in_sccp(tcap)) == [RANGE]
    assert "invoke_id" not in rows_of(tcap)[0]


@pytest.mark.parametrize(
    ("octets", "otid"),
    [("01", 1), ("ff ff ff ff", 0xFFFFFFFF), ("00 00 00 01", 1), ("80 00 00 00", 0x80000000)],
)
def test_transaction_ids(octets: str, otid: int) -> None:
    message = element("62", element("48", hexadecimal(octets)), components(invoke(UPDATE_LOCATION)))
    assert map_row(message)["otid"] == otid


@pytest.mark.parametrize(
    ("octets", "otid"),
    [("", None), ("00 00 00 00 05", 5), ("ff" * 8, (1 << 64) - 1), ("ff" * 9, None)],
)
def test_transaction_ids_of_wrong_length(octets: str, otid: int | None) -> None:
    message = element("62", element("48", hexadecimal(octets)), components(invoke(UPDATE_LOCATION)))
    assert rows_of(message)[0].get("otid") == otid
    found = walked(capture([in_sccp(message)]))
    assert [note["kind"] for note in found["anomaly"]] == ["transaction id is not of 1 to 4 octets"]
    unread = [] if otid else ["tcap: transaction id is not of 1 to 8 octets"]
    assert reasons(in_sccp(message)) == unread


def test_operation_named_by_a_global_oid() -> None:
    code = element("06", hexadecimal("04 00 00 01 00 47"))
    row = map_row(begin(components(element("a1", element("02", b"\x01"), code))))
    assert (row["opcode"], row["opcode_oid"]) == (71, "0.4.0.0.1.0.71")


@pytest.mark.parametrize("octets", ["04 82 80 47", "84 80 80 80 47", "ff ff ff ff ff ff ff 7f"])
def test_arc_that_is_no_operation_code_is_not_taken_for_one(octets: str) -> None:
    """2 ** 15 + 71 and greater ones: not 71."""
    code = element("06", hexadecimal(octets))
    tcap = begin(components(element("a1", element("02", b"\x01"), code)))
    assert reasons(in_sccp(tcap)) == [RANGE]
    (row,) = rows_of(tcap)
    assert "opcode" not in row
    assert "opcode_oid" in row


def test_dialogue_pdu_with_a_tag_of_several_octets() -> None:
    portion = element("6b", element("28", element("a0", element("7f ff 7f", b"\x80\x00"))))
    tcap = begin(portion, components(invoke(UPDATE_LOCATION)))
    assert reasons(in_sccp(tcap)) == [RANGE]
    assert "dialogue_pdu" not in rows_of(tcap)[0]


@pytest.mark.parametrize(
    ("context", "number", "version"),
    [("04 00 00 01 00 01 03", 1, 3), ("04 00 00 01 00 1d 01", 29, 1)],
)
def test_application_contexts(context: str, number: int, version: int) -> None:
    row = map_row(begin(dialogue(context), components(invoke(UPDATE_LOCATION))))
    assert (row["application_context"], row["map_version"]) == (number, version)
    assert row["dialogue_pdu"] == 0x60


def test_the_context_chooses_the_version_of_the_argument() -> None:
    """cancelLocation (8.1.3 of TS 29.002): [3] SEQUENCE in version 3, a bare identity in 2."""
    modern = element("a3", element("04", IMSI), element("0a", b"\x01"))
    for context, argument in (("03", modern), ("02", element("04", IMSI))):
        name = dialogue("04 00 00 01 00 02" + context)
        row = map_row(begin(name, components(invoke(3, argument))))
        assert row["imsi"] == DIGITS
        assert row.get("cancellation_type") == (1 if context == "03" else None)


def test_enumerated_out_of_range_is_a_problem() -> None:
    argument = element("a3", element("04", IMSI), element("0a", b"\x7f\xff"))
    tcap = begin(dialogue("04 00 00 01 00 02 03"), components(invoke(3, argument)))
    assert reasons(in_sccp(tcap)) == ["map: number is out of its range"]
    assert "cancellation_type" not in rows_of(tcap)[0]


@pytest.mark.parametrize(
    ("octets", "lmsi"), [("ff ff ff f1", 0xFFFFFFF1), ("01 00 00 00 05", None)]
)
def test_identity_longer_than_its_column_is_a_problem(octets: str, lmsi: int | None) -> None:
    argument = element("30", element("80", IMSI), element("81", hexadecimal(octets)))
    tcap = begin(dialogue("04 00 00 01 00 1c 03"), components(invoke(70, argument)))
    assert rows_of(tcap)[0].get("lmsi") == lmsi
    assert reasons(in_sccp(tcap)) == ([] if lmsi else ["map: number is out of its range"])


def test_two_invokes_are_two_rows_of_the_same_message() -> None:
    first, second = rows_of(begin(components(invoke(UPDATE_LOCATION, ARGUMENT), invoke(71))))
    assert (first["component"], first["opcode"], first["imsi"]) == (1, 2, DIGITS)
    assert (second["component"], second["opcode"]) == (2, 71)
    assert "imsi" not in second
    assert first["digest"] == second["digest"]
    assert first["calling_gt"] == second["calling_gt"]


def test_second_component_portion_is_told() -> None:
    tcap = begin(components(invoke(UPDATE_LOCATION)), components(invoke(71)))
    (row,) = rows_of(tcap)
    assert row["opcode"] == UPDATE_LOCATION
    assert reasons(in_sccp(tcap)) == ["tcap: second component portion, it is not read"]


def test_octets_behind_the_end_are_counted() -> None:
    tcap = begin(components(invoke(UPDATE_LOCATION, ARGUMENT, element("04", b"behind"))))
    assert map_row(tcap + b"more")["bytes_unread"] == 8 + 4


@pytest.mark.parametrize(
    ("component", "reason"),
    [
        (element("a5", element("02", b"\x01")), "tcap: component is not of a known kind"),
        (element("a1"), NO_ID),
        (element("a1", element("02", b"\x01")), NO_ID),
        (element("a1", element("04", b"\x01"), element("02", b"\x02")), NO_ID),
        (element("a2", element("02", b"\x01"), element("30")), NO_ID),
        (element("a2", element("02", b"\x01"), element("04", b"\x02")), NO_ID),
        (element("a3", element("02", b"\x01")), NO_ID),
        (element("a4", element("05"), element("84", b"\x00")), NO_ID),
        (invoke(200, element("30")), "map: operation is not in TS 29.002"),
        (b"\xa1\x7f", CUT),
        (b"\xa1", CUT),
    ],
)
def test_broken_components_are_rows_and_problems(component: bytes, reason: str) -> None:
    tcap = begin(components(component))
    assert len(rows_of(tcap)) == 1
    assert reasons(in_sccp(tcap)) == [reason]


@pytest.mark.parametrize("kind", [0, 1, 2, 3])
def test_rejects(kind: int) -> None:
    problem = element(f"{0x80 | kind:02x}", b"\x05")
    row = map_row(begin(components(element("a4", element("02", b"\x09"), problem))))
    assert (row["component_type"], row["invoke_id"]) == (164, 9)
    assert row["problem"] == kind * 256 + 5


@pytest.mark.parametrize("octets", ["", "61", "c1 04 01 01 01 01", "42 00"])
def test_what_is_no_tcap_is_a_problem(octets: str) -> None:
    frame = in_sccp(hexadecimal(octets))
    assert reasons(frame) == ["tcap: not an ITU TCAP message"]
    assert not walked(capture([frame]))["map_component"]


@pytest.mark.parametrize(
    ("octets", "kind"),
    [
        ("e1 04 01 01 01 01", "unidirectional"),
        ("e2 06 c7 04 00 00 00 01", "query with permission"),
    ],
)
def test_ansi_tcap_is_counted(octets: str, kind: str) -> None:
    found = walked(capture([in_sccp(hexadecimal(octets))]))
    assert not found["problem"] and not found["map_component"]
    assert found["passed_over"][f"tcap: ANSI: {kind}"] == 1


def test_a_message_longer_than_what_carries_it_is_read_as_far_as_it_goes() -> None:
    whole = begin(components(invoke(2)))
    found = walked(capture([in_sccp(whole[:1] + bytes([whole[1] + 4]) + whole[2:])]))
    (row,) = found["map_component"]
    assert row["opcode"] == 2
    assert [(a["component_id"], a["kind"], a["octet"]) for a in found["anomaly"]] == [
        (row["id"], "message longer than what carries it", 0)
    ]
