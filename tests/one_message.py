"""Captures of one message or a few, whose every octet a test chooses."""

from typing import Any

from tests.mutation import capture, in_sccp, in_sctp
from tests.scenes.sigtran import INTERNATIONAL, counted, m3ua_data
from tests.walked import Row, walked

DIALOGUE_AS = bytes.fromhex("06 07 00 11 86 05 01 01 01")  # 0.0.17.773.1.1.1 (Q.773 3.2.1)
ADDRESS = bytes.fromhex("12 06 00 11 04 44 77 00 09 00 70")  # gt 447700900007, ssn 6


def element(tag: str, *inner: bytes) -> bytes:
    """A BER element with its length in the short or the one-octet long form."""
    content = b"".join(inner)
    size = bytes([len(content)]) if len(content) < 128 else bytes([0x81, len(content)])
    return bytes.fromhex(tag) + size + content


def dialogue(context: str) -> bytes:
    """A dialogue portion with an AARQ that names this application context, in hex."""
    name = element("a1", element("06", bytes.fromhex(context)))
    return element("6b", element("28", DIALOGUE_AS, element("a0", element("60", name))))


def begin(*parts: bytes) -> bytes:
    return element("62", element("48", b"\x00\x00\x00\x01"), *parts)


def components(*parts: bytes) -> bytes:
    return element("6c", *parts)


def invoke(opcode: int, *parameter: bytes) -> bytes:
    code = element("02", bytes([opcode]))
    return element("a1", element("02", b"\x01"), code, *parameter)


def unitdata(tcap: bytes, called: bytes = ADDRESS, calling: bytes = ADDRESS) -> bytes:
    """A frame with an SCCP UDT (Q.713 4.10)."""
    first, second, third = counted(called), counted(calling), counted(tcap)
    pointers = bytes([3, 2 + len(first), 1 + len(first) + len(second)])
    sccp = b"\x09\x00" + pointers + first + second + third
    return in_sctp(m3ua_data("2-100-1", "2-100-2", INTERNATIONAL, sccp), 3)


def map_row(tcap: bytes) -> Row:
    """The one row of a TCAP message, of which nothing is a problem."""
    found = walked(capture([in_sccp(tcap)]))
    assert not found["problem"], found["problem"]
    (row,) = found["map_component"]
    return dict(row)


def map_rows(*messages: bytes) -> list[Row]:
    """The rows of TCAP messages, a frame each; nothing may be a problem."""
    found = walked(capture(in_sccp(tcap, number) for number, tcap in enumerate(messages)))
    assert not found["problem"], found["problem"]
    return list(found["map_component"])


def reasons(*frames: bytes) -> list[str]:
    """Layer and reason of each problem in these frames."""
    rows: list[dict[str, Any]] = walked(capture(frames))["problem"]
    return [f"{row['layer']}: {row['reason']}" for row in rows]
