"""Encodings that decoders forgive and attackers use: noted with their place, the value is read."""

import pytest

from tests.mutation import capture, in_sccp
from tests.one_message import DIALOGUE_AS, components, element, invoke, unitdata
from tests.scenes.digits import tbcd
from tests.walked import walked

IMSI_DIGITS = "620990000000001"
IMSI = tbcd(IMSI_DIGITS).hex()
PSI = 70
REQUESTED = "a1 02 80 00"  # requestedInfo { locationInformation }


def message(parameter: str, opcode: str = "02 01 46", otid: str = "48 04 00 00 00 01") -> bytes:
    """A TC-Begin with an invoke of provideSubscriberInfo whose octets a test chooses."""
    invoke_octets = bytes.fromhex("02 01 01" + opcode + parameter)
    return element("62", bytes.fromhex(otid), components(element("a1", invoke_octets)))


def sequence(*inner: str) -> str:
    return element("30", bytes.fromhex("".join(inner))).hex()


PLAIN = sequence("80 08" + IMSI, REQUESTED)


@pytest.mark.parametrize(
    ("octets", "kinds"),
    [
        (message(PLAIN), []),
        (
            message(sequence("9f 00 08" + IMSI, REQUESTED)),
            ["ber: tag in more octets than it needs"],
        ),
        (
            message(sequence("9f 80 00 08" + IMSI, REQUESTED)),
            ["ber: tag in more octets than it needs"],
        ),
        (
            message(sequence("80 81 08" + IMSI, REQUESTED)),
            ["ber: length in more octets than it needs"],
        ),
        (
            message(sequence("80 84 00 00 00 08" + IMSI, REQUESTED)),
            ["ber: length in more octets than it needs"],
        ),
        (
            message("30 80 80 08" + IMSI + REQUESTED + "00 00"),
            ["ber: length of the indefinite form"],
        ),
        (message(PLAIN, "02 02 00 46"), ["ber: integer in more octets than it needs"]),
        (message(PLAIN + "05 00"), ["tcap: octets behind what was understood"]),
        (
            message(PLAIN, otid="48 08 00 00 00 00 00 00 00 01"),
            ["tcap: transaction id is not of 1 to 4 octets"],
        ),
        (
            message(sequence("80 08" + IMSI, "80 08" + IMSI, REQUESTED)),
            ["map: element that is there twice"],
        ),
        (message(sequence(REQUESTED, "80 08" + IMSI)), ["map: element out of its order"]),
        (
            message(sequence("80 08" + IMSI, REQUESTED, "9e 01 00")),
            ["map: element that the specification does not have"],
        ),
    ],
)
def test_tricks_are_noted_and_the_value_is_read(octets: bytes, kinds: list[str]) -> None:
    found = walked(capture([in_sccp(octets)]))
    (row,) = found["map_component"]
    assert (row["imsi"], row["opcode"]) == (IMSI_DIGITS, PSI)
    assert [f"{note['layer']}: {note['kind']}" for note in found["anomaly"]] == kinds
    assert {note["component_id"] for note in found["anomaly"]} <= {row["id"]}


def test_the_place_counts_from_the_beginning_of_the_message() -> None:
    octets = message(sequence("80 81 08" + IMSI, REQUESTED))
    (note,) = walked(capture([in_sccp(octets)]))["anomaly"]
    assert octets[note["octet"] :][:3] == bytes.fromhex("80 81 08")


def test_a_message_that_gives_no_row_leaves_no_note() -> None:
    other = element("06", bytes.fromhex("2a 03"))
    context = element("a1", other)
    portion = element("6b", element("28", DIALOGUE_AS, element("a0", element("60", context))))
    inap = element("62", bytes.fromhex("48 81 04 00 00 00 01"), portion, components(invoke(0)))
    address = bytes.fromhex("42 f1")  # a subsystem of INAP
    frame = unitdata(inap, address, address)
    found = walked(capture([frame]))
    assert not found["map_component"] and not found["anomaly"]
    assert found["passed_over"]["tcap: messages of INAP"] == 1


def test_a_dialogue_portion_met_again_is_noted_again() -> None:
    name = element("a1", element("06", bytes.fromhex("04 00 00 01 00 1c 03")))
    external = element("28", DIALOGUE_AS, element("a0", element("60", name)))
    inner = bytes.fromhex("28 81") + bytes([len(external) - 2]) + external[2:]
    portion = element("6b", inner)
    octets = element("62", bytes.fromhex("48 01 01"), portion, components(invoke(71)))
    found = walked(capture(in_sccp(octets, number) for number in range(3)))
    assert [row["application_context"] for row in found["map_component"]] == [28, 28, 28]
    assert len({note["component_id"] for note in found["anomaly"]}) == 3
