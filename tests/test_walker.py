"""Hostile captures: nothing raises, hangs, or is dropped in silence, and everything fits."""

import time

import pytest

from tests import fuzz
from tests.mutants import Mutants
from tests.mutation import DIAMETER, capture, in_sctp, in_tcp
from tests.one_message import reasons
from tests.scenes.sigtran import INTERNATIONAL, m3ua_data
from tests.walked import walked

SEEDS = range(60)
REGRESSIONS: tuple[int, ...] = ()  # seeds that failed once: python -m tests.fuzz


@pytest.fixture(name="mutants", scope="module")
def all_mutants() -> Mutants:
    return Mutants()


@pytest.mark.parametrize("seed", [*SEEDS, *REGRESSIONS])
def test_wrong_captures_are_stood(mutants: Mutants, seed: int) -> None:
    octets, kind = fuzz.capture(mutants, seed)
    began = time.monotonic()
    fuzz.check(octets, kind)
    assert time.monotonic() - began < fuzz.LONGEST


def answer(number: int, *avps: bytes, length: int | None = None) -> bytes:
    """A device-watchdog answer (RFC 6733 5.5) with this hop-by-hop id."""
    body = b"".join(avps)
    size = 20 + len(body) if length is None else length
    head = b"\x01" + size.to_bytes(3, "big") + b"\x00\x00\x01\x18" + bytes(4)
    return head + number.to_bytes(4, "big") + bytes(4) + body


def avp(code: int, value: bytes, length: int | None = None) -> bytes:
    size = 8 + len(value) if length is None else length
    return (
        code.to_bytes(4, "big") + b"\x40" + size.to_bytes(3, "big") + value + bytes(-len(value) % 4)
    )


HOST = avp(264, b"hss.example")
MESSAGE = answer(7, HOST, avp(296, b"example"))


def numbers(*frames: bytes) -> list[int]:
    return [row["hop_by_hop"] for row in walked(capture(frames))["diameter_message"]]


@pytest.mark.parametrize("size", [1, 3, 4, 7, 19, 20, 21, 40])
@pytest.mark.parametrize("first", [1, (1 << 32) - 30])
def test_messages_in_small_segments(size: int, first: int) -> None:
    """Sequence numbers go on behind 2 ** 32 (RFC 9293 3.4)."""
    octets = MESSAGE * 3
    frames = [
        in_tcp(octets[at : at + size], (first + at) % (1 << 32))
        for at in range(0, len(octets), size)
    ]
    found = walked(capture(frames))
    assert len(found["diameter_message"]) == 3
    assert not found["problem"]
    assert {row["origin_host"] for row in found["diameter_message"]} == {"hss.example"}


def test_flows_are_kept_apart() -> None:
    frames = [in_tcp(MESSAGE[:30], 1, port) for port in (50001, 50002)]
    frames += [in_tcp(MESSAGE[30:], 31, port) for port in (50002, 50001)]
    assert numbers(*frames) == [7, 7]


def test_lost_segment_costs_one_message_and_is_told() -> None:
    behind = 1 + len(MESSAGE)
    frames = [
        in_tcp(MESSAGE[:30], 1),
        in_tcp(MESSAGE, behind),
        in_tcp(MESSAGE, behind + len(MESSAGE)),
    ]
    assert numbers(*frames) == [7, 7]
    assert reasons(*frames) == [
        "tcp: message's rest does not follow",
        "tcp: octets before this segment are not in the capture",
    ]


def test_message_that_never_ends_is_told() -> None:
    assert reasons(in_tcp(MESSAGE[:30])) == ["tcp: message's rest does not follow"]


def test_message_of_16_megabytes_is_not_waited_for() -> None:
    frame = in_tcp(MESSAGE + answer(7, length=(1 << 24) - 1))
    assert reasons(frame) == ["tcp: message of more than 1 MiB"]


def test_large_message_in_tiny_segments_takes_linear_time() -> None:
    whole = answer(7, HOST, avp(1, bytes(400_000)))
    began = time.monotonic()
    frames = [in_tcp(whole[at : at + 10], 1 + at) for at in range(0, len(whole), 10)]
    packed = capture(frames)
    built = time.monotonic()
    found = walked(packed)
    assert len(found["diameter_message"]) == 1
    assert not found["problem"]
    assert time.monotonic() - built < 5 + (built - began)


def test_abandoned_flows_do_not_stop_later_ones() -> None:
    frames = [in_tcp(MESSAGE[:30], 1, port) for port in range(1, 5001)]
    frames += [in_tcp(MESSAGE[:30], 1, 60000), in_tcp(MESSAGE[30:], 31, 60000)]
    assert numbers(*frames) == [7]
    assert len(reasons(*frames)) == 5000


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (b"", "sctp: chunk does not fit into its packet"),
        (MESSAGE[:19], "diameter: message is shorter than its header says"),
        (b"\x02" + MESSAGE[1:], "diameter: version is not 1"),
        (answer(7, length=19), "diameter: message is shorter than its header says"),
        (answer(7, HOST, length=999), "diameter: message is shorter than its header says"),
        (
            answer(7, avp(264, b"x", length=7)),
            "diameter: AVP does not fit into its message or group",
        ),
        (
            answer(7, avp(264, b"x", length=99)),
            "diameter: AVP does not fit into its message or group",
        ),
        (answer(7, b"\x00\x00\x01"), "diameter: AVP does not fit into its message or group"),
        (answer(7, avp(268, b"\x00\x07\xd1")), "diameter: AVP's value is not of its type's length"),
        (answer(7) + answer(8), "diameter: octets behind the end of the message"),
    ],
)
def test_broken_diameter_is_told(message: bytes, reason: str) -> None:
    assert reasons(in_sctp(message, DIAMETER)) == [reason]


def subscription(*parts: bytes) -> bytes:
    return avp(443, b"".join(parts))


def test_subscription_data_belongs_to_the_type_of_its_own_group() -> None:
    """RFC 8506 8.46: 450 is the type (0 E.164, 1 IMSI), 444 the data."""
    kind = avp(450, b"\x00\x00\x00\x01")
    untyped = subscription(avp(444, b"447700900001"))
    message = answer(7, subscription(kind, avp(444, b"620990000000001")), untyped)
    (row,) = walked(capture([in_sctp(message, DIAMETER)]))["diameter_message"]
    assert row["imsi"] == "620990000000001"
    assert "msisdn" not in row
    far = subscription(avp(450, b"\x00\x00\x01\x01"), avp(444, b"620990000000001"))
    (row,) = walked(capture([in_sctp(answer(7, far), DIAMETER)]))["diameter_message"]
    assert "imsi" not in row


@pytest.mark.parametrize("code", [3301, 3303, 279])
@pytest.mark.parametrize("vendor", [b"", (10415).to_bytes(4, "big")])
def test_no_digest_covers_text_in_diameter(code: int, vendor: bytes) -> None:
    """SM-RP-UI, the diagnostic of a failed delivery, an AVP sent back (TS 29.338, RFC 6733 7.5)."""
    digests = set()
    for text in (b"INVENTED SAMPLE one", b"ANOTHER SAMPLE, two"):
        size = 8 + len(vendor) + len(text)
        flags = b"\xc0" if vendor else b"\x40"
        head = code.to_bytes(4, "big") + flags + size.to_bytes(3, "big")
        message = answer(7, HOST, head + vendor + text + bytes(1), HOST)
        (row,) = walked(capture([in_sctp(message, DIAMETER)]))["diameter_message"]
        digests.add(row["digest"])
    assert len(digests) == 1


def chunk(kind: int, body: bytes, length: int | None = None) -> bytes:
    size = 4 + len(body) if length is None else length
    return bytes([kind, 3]) + size.to_bytes(2, "big") + body + bytes(-len(body) % 4)


def packet(*chunks: bytes) -> bytes:
    """An SCTP packet with these chunks in place of the one."""
    frame = in_sctp(b"", 3)[:46] + b"".join(chunks)
    return frame[:16] + (len(frame) - 14).to_bytes(2, "big") + frame[18:]


def data(message: bytes) -> bytes:
    return chunk(0, bytes(8) + DIAMETER.to_bytes(4, "big") + message)


def test_bundled_chunks_of_every_kind() -> None:
    sack, abort = chunk(3, bytes(12)), chunk(6, b"")
    found = walked(capture([packet(sack, data(answer(1, HOST)), abort, data(answer(2)))]))
    assert [(row["message"], row["hop_by_hop"]) for row in found["diameter_message"]] == [
        (1, 1),
        (2, 2),
    ]
    assert not found["problem"]


@pytest.mark.parametrize("length", [0, 3, 200])
def test_chunk_length_that_cannot_be(length: int) -> None:
    frame = packet(data(answer(1)), chunk(0, bytes(8), length=length))
    assert numbers(frame) == [1]
    assert reasons(frame) == ["sctp: chunk does not fit into its packet"]


def test_nothing_is_read_beyond_the_frame() -> None:
    """Lengths that reach into the next frame give the same as with nothing behind."""
    broken = in_sctp(answer(1, HOST)[:40], DIAMETER)
    alone = walked(capture([broken]))
    followed = walked(capture([broken, in_sctp(MESSAGE, DIAMETER)]))
    assert followed["diameter_message"][:-1] == alone["diameter_message"]
    assert followed["problem"] == alone["problem"]


def test_second_protocol_data_is_told() -> None:
    """RFC 4666 3.3.1 has one; a second would be an operation that nobody screens."""
    message = m3ua_data("2-100-1", "2-100-2", INTERNATIONAL, bytes(8))
    protocol_data = message[16:]
    told = reasons(in_sctp(message + protocol_data, 3))
    assert told == ["sccp: unknown message type", "m3ua: second protocol data, it is not read"]
