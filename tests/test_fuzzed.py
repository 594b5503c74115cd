"""What tests.fuzz_many found, and was mended: each as a message that was not stood once."""

import pytest

from dissectors.explain_map import tcap
from dissectors.layers import NOT_DECODED
from dissectors.second_look import REFUSED, opinion
from tests.mutation import capture, in_sccp
from tests.one_message import begin, components, dialogue, element, invoke
from tests.walked import walked


def result(opcode: int, parameter: bytes) -> bytes:
    inside = element("30", element("02", bytes([opcode])), parameter)
    return element("a2", element("02", b"\x01"), inside)


DIGITS = result(48, element("80", b"\x00\x21\x43"))  # promptAndCollectUserInformation's, CAP
PASSWORD = result(18, element("12", b"1234"))  # getPassword's, MAP
FRAMES = [
    in_sccp(begin(dialogue(context), components(found, invoke(31))), number)
    for number, (context, found) in enumerate(
        (("04 00 00 01 00 34 00", DIGITS), ("04 00 00 01 00 12 02", PASSWORD))
    )
]  # test_pure_python walks them, too


def test_secrets_that_have_no_column_cost_no_frame() -> None:
    """Digits that a subscriber keyed in (TS 29.078 11.24), a password (TS 29.002 11.6.5)."""
    found = walked(capture(FRAMES))
    assert [row["opcode"] for row in found["cap_component"]] == [48, 31]
    assert [row["opcode"] for row in found["map_component"]] == [18, 31]
    assert not [row for row in found["problem"] if row["layer"] == "capture"]


@pytest.mark.parametrize(
    "octets",
    [
        "641f4904000100136b8300000d280b060700118605010101a0006c05a203020101",
        "62704804000100166b0f280d060700118605010101a08000006c1fa11d02010102012d30158007913253090080"
        "018101ff8207914477000910004804000100166b0f280d060700118605010101a08000006c1fa11d0201010201"
        "2d30158007913253090080018101ff820791447700091000",
    ],
    ids=["IndexError", "TypeError"],
)
def test_what_pycrate_stumbles_over_is_explained_by_its_elements(octets: str) -> None:
    """pycrate's decoder of BER raises errors of Python's own on these."""
    named = [part.name for part in tcap(bytes.fromhex(octets), 0, False).parts]
    assert NOT_DECODED in named
    assert opinion(("map", bytes.fromhex(octets))).outcome == REFUSED
