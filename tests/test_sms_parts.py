"""Messages of several parts: put together across frames, bounded, and the same as in one part."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.mutation import capture
from tests.scenes.digits import tbcd
from tests.short_messages import EIGHT_BIT, GSM, UCS2, deliver, mt_frame, packed, sms
from tests.walked import Row, walked

PASSWORD = "INVENTED SAMPLE: your ExMoney code is 482913"
MISSING = "part of a message whose other parts are not in the capture"
TEXTS = st.text(alphabet=st.sampled_from("0123456789 .:-+*abcxyzABC{}€é"), min_size=2, max_size=60)


def header(part: int, total: int, reference: int = 7) -> bytes:
    """A concatenation element of 8 bits (TS 23.040 9.2.3.24.1)."""
    return bytes([5, 0, 3, reference, total, part])


def wide_header(part: int, total: int, reference: int = 0x1234) -> bytes:
    """Of 16 bits (9.2.3.24.8)."""
    return bytes([6, 8, 4]) + reference.to_bytes(2) + bytes([total, part])


def rows(frames: list[bytes]) -> list[Row]:
    found = walked(capture(frames))
    assert not found["problem"], found["problem"]
    return list(found["sms"])


def parts(
    pieces: list[str], dcs: int = GSM, reference: int = 7, sender: str = "447700900001"
) -> list[bytes]:
    oa = bytes([len(sender), 0x91]) + tbcd(sender)
    return [
        mt_frame(deliver(piece, dcs, header(number, len(pieces), reference), oa))
        for number, piece in enumerate(pieces, 1)
    ]


def sent_anew(frames: list[bytes]) -> list[bytes]:
    """Each with a TSN of its own (RFC 9260 3.3.1), or SCTP takes them for repetitions."""
    tsn = 14 + 20 + 12 + 4  # behind Ethernet, IPv4, and the headers of SCTP and its chunk
    return [
        frame[:tsn] + number.to_bytes(4) + frame[tsn + 4 :] for number, frame in enumerate(frames)
    ]


def in_pieces(text: str, cuts: list[int]) -> list[str]:
    bounds = [0, *sorted(cuts), len(text)]
    return [text[a:b] for a, b in pairwise(bounds)]


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.data())
def test_any_split_is_rated_as_the_whole(text: str, data: st.DataObject) -> None:
    """In any order of the parts, and in either alphabet; empty parts, too."""
    cuts = data.draw(st.lists(st.integers(0, len(text)), min_size=1, max_size=4))
    dcs = data.draw(st.sampled_from([GSM, UCS2]))
    pieces = parts(in_pieces(text, cuts), dcs)
    whole = sms(mt_frame(deliver(text, dcs)))
    *earlier, last = rows(data.draw(st.permutations(pieces)))
    assert last["otp_likelihood"] == whole["otp_likelihood"]
    assert last["whole_characters"] == whole["characters"] == len(text)
    assert all("otp_likelihood" not in row for row in earlier)


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="4😀é 8", min_size=2, max_size=20), st.data())
def test_ucs2_may_be_split_within_a_character(text: str, data: st.DataObject) -> None:
    """Between the surrogates of a character beyond 16 bits."""
    octets = text.encode("utf-16-be")
    cut = 2 * data.draw(st.integers(0, len(octets) // 2))
    tpdus = []
    for number, piece in enumerate((octets[:cut], octets[cut:]), 1):
        front = header(number, 2)
        head = deliver("", UCS2, front)[:-7]
        tpdus.append(head + bytes([len(front) + len(piece)]) + front + piece)
    last = rows([mt_frame(tpdu) for tpdu in tpdus])[-1]
    whole = sms(mt_frame(deliver(text, UCS2)))
    assert last["whole_characters"] == whole["characters"] == len(text)
    assert last["otp_likelihood"] == whole["otp_likelihood"]


def test_columns_of_a_part() -> None:
    first, last = rows([mt_frame(deliver(PASSWORD[:20], GSM, wide_header(1, 2))),
                        mt_frame(deliver(PASSWORD[20:], GSM, wide_header(2, 2)))])  # fmt: skip
    for number, row in enumerate((first, last), 1):
        assert row["concat_reference"] == 0x1234
        assert (row["concat_part"], row["concat_total"]) == (number, 2)
        assert row["header_elements"] == "08"
    assert (first["part_likelihood"], last["part_likelihood"]) == (0, 90)
    assert (first["characters"], last["characters"]) == (20, len(PASSWORD) - 20)
    assert last["otp_likelihood"] == 90
    assert "whole_characters" not in first


def test_a_number_cut_in_two_is_one_number() -> None:
    """482 913 alone are no passwords."""
    first, last = rows(parts([PASSWORD[:-3], PASSWORD[-3:]]))
    assert (first["part_likelihood"], last["part_likelihood"]) == (0, 0)
    assert last["otp_likelihood"] == 90


def test_messages_of_others_stay_apart() -> None:
    """By sender, and by reference."""
    mixed = [
        *zip(
            parts([PASSWORD[:10], PASSWORD[10:]]),
            parts(["no", "thing"], sender="447700900002"),
            parts(["at", " all"], reference=8),
            strict=True,
        )
    ]
    found = rows([frame for three in mixed for frame in three])
    assert [row.get("otp_likelihood") for row in found] == [None] * 3 + [90, 0, 0]


def test_a_part_that_comes_again_is_whole_still() -> None:
    """Captured on two links, or sent again; another message with the reference is another."""
    one, two = parts([PASSWORD[:10], PASSWORD[10:]])
    found = rows(sent_anew([one, one, two, two, one, *parts(["see", "you"])]))
    rated = [row.get("otp_likelihood") for row in found]
    assert rated == [None, None, 90, 90, 90, None, 0]


def test_another_message_with_the_reference_of_an_unfinished_one() -> None:
    """No text is put together of both."""
    frames = [parts([PASSWORD, "x"])[0], *parts(["see", "you"])]
    found = walked(capture(frames))
    assert [row["reason"] for row in found["problem"]] == [MISSING]
    assert [row["frame"] for row in found["problem"]] == [1]
    assert found["sms"][-1]["otp_likelihood"] == 0


def test_what_stays_unfinished_is_counted_where_it_began() -> None:
    found = walked(capture(parts(["a", "b", "c"])[1:]))
    assert [(row["frame"], row["reason"]) for row in found["problem"]] == [(1, MISSING)]


@pytest.mark.parametrize(("part", "total"), [(0, 2), (3, 2), (1, 0), (0, 0)])
def test_impossible_numbers_leave_a_message_by_itself(part: int, total: int) -> None:
    """9.2.3.24.1: the element is then ignored."""
    found = walked(capture([mt_frame(deliver(PASSWORD, GSM, header(part, total)))]))
    assert [row["kind"] for row in found["anomaly"]] == ["part with an impossible number"]
    assert found["sms"][0]["otp_likelihood"] == 90
    assert not found["problem"]


def test_empty_part_is_an_anomaly() -> None:
    found = walked(capture(parts(["", PASSWORD])))
    assert [row["kind"] for row in found["anomaly"]] == ["part without content"]


def test_the_most_parts_there_can_be() -> None:
    pieces = ["x" * 153] * 254 + ["482913"]
    frames = parts(pieces)
    random.Random(1).shuffle(frames)
    found = rows(frames)
    assert found[-1]["whole_characters"] == 254 * 153 + 6
    assert sum("otp_likelihood" in row for row in found) == 1


def test_eight_bit_text_is_put_together() -> None:
    assert rows(parts(["code 48", "2913"], EIGHT_BIT))[-1]["otp_likelihood"] == 90


def test_septets_are_counted_behind_the_header() -> None:
    """A header of 6 octets takes 7 septets (9.2.3.24)."""
    length, _ = packed("x" * 153, header(1, 2))
    assert length == 160
