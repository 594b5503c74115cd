"""TCAP messages octet by octet (Q.773 3.1, 3.2), around parameters of MAP and CAP."""

from functools import lru_cache

from tests.scenes import tcap
from tests.scenes.digits import address

DIALOGUE_AS = bytes.fromhex("0607 00118605010101")  # 0.0.17.773.1.1.1
MAP_DIALOGUE_AS = bytes.fromhex("0607 04000001010101")  # 0.4.0.0.1.1.1.1 (TS 29.002 17.4)
ACCEPTED = bytes.fromhex("a203020100 a305a103020100")
REFUSED = bytes.fromhex("a203020101 a305a103020102")  # the context is not supported

# The n of the context 0.4.0.0.1.0.n.v in which an operation opens a dialogue (TS 29.002 17.3.2).
CONTEXTS = tcap.CONTEXTS | {
    4: 3, 9: 14, 10: 18, 11: 18, 12: 18, 13: 18, 14: 18, 15: 39, 17: 18, 22: 5, 24: 33, 25: 34,
    43: 13, 50: 17, 55: 15, 59: 19, 60: 19, 61: 19, 72: 36, 86: 38, 89: 42,
}  # fmt: skip
CAMEL_2, CAMEL_3 = bytes.fromhex("04000001003201"), bytes.fromhex("04000001150304")


def element(tag: int, *inner: bytes) -> bytes:
    """A BER element with its length in the shortest form."""
    content = b"".join(inner)
    size = len(content)
    octets = b"" if size < 128 else size.to_bytes((size.bit_length() + 7) // 8, "big")
    head = bytes([size]) if size < 128 else bytes([0x80 | len(octets)]) + octets
    tags = bytes([tag]) if tag < 256 else tag.to_bytes(2, "big")
    return tags + head + content


def context(opcode: int, version: int) -> bytes:
    """The octets of a MAP application context's name."""
    return bytes([4, 0, 0, 1, 0, CONTEXTS[opcode], version])


@lru_cache(1000)
def portion(tag: int, name: bytes, more: bytes = b"") -> bytes:
    pdu = element(tag, b"\x80\x02\x07\x80", element(0xA1, element(0x06, name)), more)
    return element(0x6B, element(0x28, DIALOGUE_AS, element(0xA0, pdu)))


def asked(name: bytes, references: bytes = b"") -> bytes:
    """A dialogue portion with an AARQ."""
    return portion(0x60, name, references)


def agreed(name: bytes) -> bytes:
    """A dialogue portion with an AARE that accepts."""
    return portion(0x61, name, ACCEPTED)


def refused(name: bytes) -> bytes:
    return portion(0x61, name, REFUSED)


def references(destination: bytes, origination: str) -> bytes:
    """MAP-OpenInfo with a destination reference (an AddressString) and an origination reference."""
    inside = element(0x80, destination) + element(0x81, address(origination))
    return element(0xBE, element(0x28, MAP_DIALOGUE_AS, element(0xA0, element(0xA0, inside))))


def invoke(opcode: int, parameter: bytes = b"", invoke_id: int = 1) -> bytes:
    return element(0xA1, bytes([2, 1, invoke_id, 2, 1, opcode]), parameter)


def result(opcode: int, parameter: bytes = b"", invoke_id: int = 1) -> bytes:
    """A returnResultLast; without a parameter it does not name its operation."""
    sequence = element(0x30, bytes([2, 1, opcode]), parameter) if parameter else b""
    return element(0xA2, bytes([2, 1, invoke_id]), sequence)


def error(code: int, parameter: bytes = b"", invoke_id: int = 1) -> bytes:
    return element(0xA3, bytes([2, 1, invoke_id, 2, 1, code]), parameter)


def reject(kind: int, code: int, invoke_id: int = 1) -> bytes:
    """A problem (Q.773 3.3.4): kind 0 general, 1 invoke, 2 result, 3 error."""
    return element(0xA4, bytes([2, 1, invoke_id, 0x80 | kind, 1, code]))


def components(parts: tuple[bytes, ...]) -> bytes:
    return element(0x6C, *parts) if parts else b""


def begin(otid: bytes, dialogue: bytes, *parts: bytes) -> bytes:
    return element(0x62, element(0x48, otid), dialogue, components(parts))


def proceed(otid: bytes, dtid: bytes, dialogue: bytes, *parts: bytes) -> bytes:
    """A TC-CONTINUE."""
    return element(0x65, element(0x48, otid), element(0x49, dtid), dialogue, components(parts))


def end(dtid: bytes, dialogue: bytes, *parts: bytes) -> bytes:
    return element(0x64, element(0x49, dtid), dialogue, components(parts))


def abort(dtid: bytes, cause: int | None = None, dialogue: bytes = b"") -> bytes:
    """A TC-ABORT, by the provider where there is a cause."""
    reason = dialogue if cause is None else element(0x4A, bytes([cause]))
    return element(0x67, element(0x49, dtid), reason)
