"""What tests.fuzz_many found, and was mended: each as a message that was not stood once."""

from tests.mutation import capture, in_sccp
from tests.one_message import begin, components, dialogue, element, invoke
from tests.walked import walked


def result(opcode: int, *parameter: bytes) -> bytes:
    inside = element("30", element("02", bytes([opcode])), *parameter)
    return element("a2", element("02", b"\x01"), inside)


def test_digits_that_a_subscriber_keyed_in_cost_no_frame() -> None:
    """promptAndCollectUserInformation's result (TS 29.078 11.24) has a secret, and no column."""
    digits = result(48, element("80", b"\x00\x21\x43"))
    frame = in_sccp(begin(dialogue("04 00 00 01 00 34 00"), components(digits, invoke(31))))
    found = walked(capture([frame]))
    assert [row["opcode"] for row in found["cap_component"]] == [48, 31]
    assert not found["problem"]


def test_a_password_sets_no_flag() -> None:
    """getPassword's result (TS 29.002 11.6.5): no bits are moved by the place of no column."""
    frame = in_sccp(
        begin(dialogue("04 00 00 01 00 12 02"), components(result(18, element("12", b"1234"))))
    )
    found = walked(capture([frame]))
    (row,) = found["map_component"]
    assert row["opcode"] == 18
    assert not found["problem"]
