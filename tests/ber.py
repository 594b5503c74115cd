"""BER elements taken apart, made wrong one at a time, and put together with sound lengths."""

from dataclasses import dataclass, field
from random import Random

TAGS = (
    b"\x02", b"\x04", b"\x05", b"\x06", b"\x0a", b"\x30", b"\x6c", b"\x80", b"\x81", b"\x82",
    b"\xa0", b"\xa1", b"\xa2", b"\xa3", b"\x1f\x05", b"\x9f\x1e", b"\x7f\x81\x00", b"\xff\x81\x23",
    b"\xbf\xff\x7f", b"\xff\xff\xff\x7f", b"\xbf\xff\xff\xff\x7f", b"\xbf\x80\x80\x01",
)  # fmt: skip
CONTENTS = (
    b"", b"\x00", b"\x7f", b"\x80", b"\xff", b"\x00\x00", b"\x00\xff", b"\x7f\xff", b"\xff\xff",
    b"\x80\x00", b"\x81\x00", b"\xff\x7f", bytes(9), bytes(21), b"\xff" * 30, b"\x30\x80\x00\x00",
)  # fmt: skip


@dataclass
class Element:
    """A tag with other elements, or with octets, in it."""

    tag: bytes
    inner: list["Element"] = field(default_factory=list)
    octets: bytes = b""
    length: str = "short"  # or long: with zeros in front; or open: X.690 8.1.3.6

    def all(self) -> list["Element"]:
        return [self, *(below for element in self.inner for below in element.all())]

    def encoded(self) -> bytes:
        content = b"".join(element.encoded() for element in self.inner) or self.octets
        if self.length == "open":
            return self.tag + b"\x80" + content + b"\x00\x00"
        if self.length == "long" or len(content) > 255:
            return self.tag + b"\x83" + len(content).to_bytes(3, "big") + content
        head = bytes([len(content)]) if len(content) < 128 else bytes([0x81, len(content)])
        return self.tag + head + content


def elements(octets: bytes) -> list[Element]:
    """The elements in these octets: tags of one octet, or of two; definite lengths."""
    found = []
    while octets:
        start = 2 if octets[0] & 0x1F == 0x1F else 1
        content = start + 1 if octets[start] < 0x80 else start + 1 + (octets[start] & 0x7F)
        size = (
            octets[start]
            if content == start + 1
            else int.from_bytes(octets[start + 1 : content], "big")
        )
        inside = octets[content : content + size]
        element = Element(octets[:start])
        if octets[0] & 0x20:
            element.inner = elements(inside)
        else:
            element.octets = inside
        found.append(element)
        octets = octets[content + size :]
    return found


def misbuilt(octets: bytes, random: Random) -> bytes:
    """The message with one to three of its elements wrong."""
    (message,) = elements(octets)
    for _ in range(random.randint(1, 3)):
        _spoil(message, random)
    return message.encoded()


def _spoil(message: Element, random: Random) -> None:
    element = random.choice(message.all())
    match random.randrange(7):
        case 0:
            element.tag = random.choice(TAGS)
        case 1:
            element.inner, element.octets = [], random.choice(CONTENTS)
        case 2:
            element.octets = random.randbytes(random.randint(0, 40))
        case 3:
            element.length = random.choice(("long", "open"))
        case 4:
            element.inner = element.inner * 2
        case 5:
            element.inner = [
                Element(random.choice(TAGS), octets=random.choice(CONTENTS)),
                *element.inner,
            ]
        case 6:
            random.shuffle(element.inner)
