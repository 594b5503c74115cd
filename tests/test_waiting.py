"""What waits for its rest stays bounded, and what gives way is told."""

from dissectors.waiting import MOST_MESSAGES, MOST_OCTETS, Waiting


def test_pieces_of_a_message_come_together() -> None:
    waiting = Waiting(0)
    waiting.add(b"key", 7, 0, b"first")
    pieces = waiting.add(b"key", 9, 5, b"second")
    assert pieces.frame == 7
    assert pieces.parts == {0: b"first", 5: b"second"}
    assert waiting.take(b"key").octets == 11
    assert (waiting.messages, waiting.octets) == ({}, 0)


def test_of_two_pieces_at_one_place_the_first_stays() -> None:
    waiting = Waiting(0)
    waiting.add(b"key", 1, 0, b"first")
    assert waiting.add(b"key", 2, 0, b"other").parts == {0: b"first"}
    assert waiting.octets == 5


def test_the_oldest_message_gives_way() -> None:
    waiting = Waiting(0)
    for frame in range(MOST_MESSAGES + 2):
        waiting.add(frame.to_bytes(4), frame, 0, b"x")
    assert waiting.too_many() == [0, 1]
    waiting.add(b"long", 99, 0, bytes(MOST_OCTETS))
    assert waiting.too_many()[-1] == MOST_MESSAGES + 1
    assert list(waiting.messages) == [b"long"]
    assert waiting.left_over() == [99]
