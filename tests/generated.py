"""Parameters of MAP and CAP, made at random by walking pycrate's ASN.1, in every form BER allows.

pycrate says what may stand where; the octets are made here. Lengths are short, long, longer than
they need to be, or indefinite; elements of a SET come in any order (X.690 8.1.3, 8.11).
"""

from random import Random
from typing import Any

DEEPEST = 7  # below it only what is mandatory
SKIPPED = ("extensionContainer", "extensions", "extension")  # open types
Names = tuple[str, ...]


class CannotMakeError(Exception):
    """A type without values, or that is not known here."""


def has(asn1: Any, names: Names) -> bool:
    """Whether the path of names leads somewhere in this type."""
    if asn1.TYPE.endswith(" OF"):
        return has(asn1._cont, names) if names else True
    if not names:
        return True
    if asn1.TYPE not in ("SEQUENCE", "SET", "CHOICE") or names[0] not in asn1._cont:
        return False
    return has(asn1._cont[names[0]], names[1:])


def parameter(asn1: Any, random: Random, names: Names = (), rich: float = 0.1) -> bytes:
    """BER of a value of this type with the path of names; what is optional as often as `rich`."""
    return _element(asn1, random, names, rich, 0)


def _element(asn1: Any, random: Random, names: Names, rich: float, depth: int) -> bytes:
    if asn1.TYPE == "CHOICE":
        name = names[0] if names else random.choice(_alternatives(asn1, depth))
        octets = _element(asn1._cont[name], random, names[1:], rich, depth + 1)
        constructed = True
    else:
        octets, constructed = _content(asn1, random, names, rich, depth)
    for tag in reversed(asn1._tagc):
        octets = enclosed(identifier(*tag, constructed), octets, random)
        constructed = True
    return octets


def _alternatives(asn1: Any, depth: int) -> list[str]:
    plain = [name for name, inner in asn1._cont.items() if not hasattr(inner._cont, "items")]
    return plain if plain and depth > DEEPEST else list(asn1._cont)


def _content(
    asn1: Any, random: Random, names: Names, rich: float, depth: int
) -> tuple[bytes, bool]:
    """Octets of the content, and whether the encoding is constructed."""
    if asn1.TYPE in ("SEQUENCE", "SET"):
        parts = [
            _element(inner, random, names[1:] if names[:1] == (name,) else (), rich, depth + 1)
            for name, inner in asn1._cont.items()
            if _is_there(name, inner, names, random, rich if depth < DEEPEST else 0.0)
        ]
        if asn1.TYPE == "SET":
            random.shuffle(parts)
        return b"".join(parts), True
    if asn1.TYPE.endswith(" OF"):
        count = random.randint(*_bounds(asn1._const_sz, 1, 3))
        inner = asn1._cont
        return b"".join(_element(inner, random, names, rich, depth + 1) for _ in range(count)), True
    return _plain(asn1, random), False


def _is_there(name: str, inner: Any, names: Names, random: Random, rich: float) -> bool:
    if names[:1] == (name,):
        return True
    if not (inner._opt or inner._def is not None):
        return True
    if name in SKIPPED or inner.TYPE == "OPEN_TYPE":
        return False
    return random.random() < rich


def _bounds(constraint: Any, least: int, most: int) -> tuple[int, int]:
    """Lower and upper bound, the upper no more than `most` above the lower."""
    low, high = getattr(constraint, "lb", None), getattr(constraint, "ub", None)
    if low is None or high is None:
        return least, most
    return max(low, least), max(min(high, low + most), least)


def _plain(asn1: Any, random: Random) -> bytes:
    match asn1.TYPE:
        case "OCTET STRING":
            return _octets(random, random.randint(*_bounds(asn1._const_sz, 0, 20)), asn1)
        case "INTEGER":
            low, high = _bounds(asn1._const_val, -(1 << 15), 1 << 16)
            return integer(random.choice((low, high, random.randint(low, high))))
        case "ENUMERATED":
            return integer(asn1._cont[random.choice(asn1._root)])
        case "BIT STRING":
            return _bits(random, random.randint(*_bounds(asn1._const_sz, 1, 40)))
        case "BOOLEAN":
            return random.choice((b"\x00", b"\x01", b"\xff"))
        case "NULL":
            return b""
        case "OBJECT IDENTIFIER":
            return bytes([42, random.randrange(128)])
        case "NumericString" | "IA5String":
            size = random.randint(*_bounds(asn1._const_sz, 1, 8))
            return "".join(random.choice("0123456789") for _ in range(size)).encode()
    raise CannotMakeError(asn1.TYPE)


def _octets(random: Random, length: int, asn1: Any) -> bytes:
    """Mostly digits, as most OCTET STRINGs are of digits; else anything."""
    if "GSN-Address" in _type_names(asn1):
        return random.choice((b"\x04" + random.randbytes(4), b"\x50" + random.randbytes(16)))
    if random.random() < 0.2:
        return random.randbytes(length)
    digits = bytes(random.randrange(10) << 4 | random.randrange(10) for _ in range(length))
    if length and random.random() < 0.5:
        digits = digits[:-1] + bytes([0xF0 | digits[-1] & 15])
    return digits


def _type_names(asn1: Any) -> tuple[str, ...]:
    return asn1._typeref.called if asn1._typeref is not None else ()


def _bits(random: Random, length: int) -> bytes:
    unused = -length % 8
    value = random.getrandbits(length) << unused if length else 0
    return bytes([unused]) + value.to_bytes((length + 7) // 8, "big")


def integer(value: int) -> bytes:
    """Two's complement, the shortest (X.690 8.3)."""
    return value.to_bytes(
        (value if value >= 0 else ~value).bit_length() // 8 + 1, "big", signed=True
    )


def identifier(tag_class: int, number: int, constructed: bool) -> bytes:
    """Identifier octets (X.690 8.1.2); numbers above 30 in one octet more."""
    first = tag_class << 6 | (0x20 if constructed else 0)
    return bytes([first | number]) if number < 31 else bytes([first | 31, number])


def enclosed(tag: bytes, content: bytes, random: Random) -> bytes:
    """An element with a length of any form."""
    form = random.random()
    size = len(content)
    if form < 0.1 and tag[0] & 0x20:
        return tag + b"\x80" + content + b"\x00\x00"
    if form < 0.2:
        octets = random.randint((size.bit_length() + 7) // 8 or 1, 4)
        return tag + bytes([0x80 | octets]) + size.to_bytes(octets, "big") + content
    if size < 128:
        return tag + bytes([size]) + content
    octets = (size.bit_length() + 7) // 8
    return tag + bytes([0x80 | octets]) + size.to_bytes(octets, "big") + content
