"""TCAP beginnings written so that filters overlook what is in them, one trick at a time.

Each trick takes a sound beginning with an invoke whose argument begins with the IMSI.
"""

from collections.abc import Callable

from tests.ber import Element, elements
from tests.scenes import operations, tcap

Trick = Callable[[Element], None]


def spoiled(begin: bytes, trick: Trick) -> bytes:
    """The beginning with one thing wrong and all lengths sound."""
    (message,) = elements(begin)
    trick(message)
    return message.encoded()


def part(message: Element, tag: bytes) -> Element:
    """The element of this tag that comes first, at any depth."""
    return next(element for element in message.all() if element.tag == tag)


def components(message: Element) -> list[Element]:
    return part(message, b"\x6c").inner


def opcode(message: Element) -> Element:
    return components(message)[0].inner[1]


def argument(message: Element) -> Element:
    return components(message)[0].inner[2]


def no_context(message: Element) -> None:
    message.inner = [element for element in message.inner if element.tag != b"\x6b"]


def context(message: Element) -> Element:
    """The application context's name: the second OID of the dialogue portion."""
    names = [element for element in part(message, b"\x6b").all() if element.tag == b"\x06"]
    return names[1]


def longer_context(message: Element) -> None:
    """One arc more: …28.3.1."""
    context(message).octets += b"\x01"


def padded_context(message: Element) -> None:
    """The arc before the last with a zero in front: 80 1c (X.690 8.19.2 forbids it)."""
    octets = context(message).octets
    context(message).octets = octets[:-2] + b"\x80" + octets[-2:]


def version_zero(message: Element) -> None:
    context(message).octets = context(message).octets[:-1] + b"\x00"


def other_context(message: Element) -> None:
    """That of anyTimeInterrogation, or of provideSubscriberInfo for that."""
    number = 28 if context(message).octets[-2] == 29 else 29
    context(message).octets = context(message).octets[:-2] + bytes([number, 3])


def routing_context(message: Element) -> None:
    """That of a short message's routing, which every border lets in."""
    context(message).octets = context(message).octets[:-2] + bytes([20, 3])


def global_opcode(message: Element) -> None:
    """0.0.n for n."""
    code = opcode(message)
    code.tag, code.octets = b"\x06", b"\x00" + code.octets


def long_opcode(message: Element) -> None:
    opcode(message).octets = b"\x00" + opcode(message).octets


def long_transaction(message: Element) -> None:
    message.inner[0].octets = bytes(4) + message.inner[0].octets


def interrogation_behind(message: Element) -> None:
    """An anyTimeInterrogation about the same IMSI as second component."""
    again = tcap.begin(1, [tcap.invoke(71, {**INTERROGATION, "subscriberIdentity": (
        "imsi", argument(message).inner[0].octets)}, invoke_id=2)], None)  # fmt: skip
    components(message).append(components(elements(again)[0])[0])


INTERROGATION = operations.any_time_interrogation("33639980010", imsi="0")[1]


def long_tag(message: Element) -> None:
    argument(message).inner[0].tag = b"\x9f\x00"


def longer_tag(message: Element) -> None:
    argument(message).inner[0].tag = b"\x9f\x80\x00"


def long_length(message: Element) -> None:
    """81 08: the form that says how many octets of length follow, and the length."""
    argument(message).inner[0].tag += b"\x81"


def longer_length(message: Element) -> None:
    argument(message).inner[0].tag += b"\x84\x00\x00\x00"


def open_length(message: Element) -> None:
    argument(message).length = "open"


def octets_behind(message: Element) -> None:
    """A NULL behind the argument."""
    components(message)[0].inner.append(Element(b"\x05"))


def padded_global_opcode(message: Element) -> None:
    """0.0.n with a zero in front of n."""
    global_opcode(message)
    octets = opcode(message).octets
    opcode(message).octets = octets[:1] + b"\x80" + octets[1:]


def transaction_of_5(message: Element) -> None:
    message.inner[0].octets = b"\x00" + message.inner[0].octets


def two_more_behind(message: Element) -> None:
    """Two more components: the interrogation, and a second question of the same kind."""
    interrogation_behind(message)
    components(message).append(components(message)[0])


def imsi_twice(message: Element) -> None:
    argument(message).inner.insert(0, argument(message).inner[0])


# The tricks by the words of those who tell of them, with the detector that names each.
TRICKS: dict[str, tuple[Trick, str]] = {
    "beginning without application context": (no_context, "MAP-ENC-04"),
    "application context with an arc more": (longer_context, "MAP-ENC-05"),
    "operation in another context": (other_context, "MAP-ENC-06"),
    "global operation code": (global_opcode, "MAP-ENC-01"),
    "transaction id of 8 octets": (long_transaction, "MAP-ENC-08"),
    "two operations in one beginning": (interrogation_behind, "MAP-ENC-07"),
    "tag of the IMSI in two octets": (long_tag, "MAP-ENC-02"),
    "length in two octets": (long_length, "MAP-ENC-03"),
    "length left open": (open_length, "MAP-ENC-03"),
    "operation code in two octets": (long_opcode, "MAP-ENC-03"),
    "octets behind the argument": (octets_behind, "MAP-ENC-12"),
}
# The same ideas in other octets.
VARIATIONS: dict[str, tuple[Trick, str]] = {
    "context with a zero in an arc": (padded_context, "MAP-ENC-05"),
    "context of version 0": (version_zero, "MAP-ENC-05"),
    "operation in a context that is let in": (routing_context, "MAP-ENC-06"),
    "tag of the IMSI in three octets": (longer_tag, "MAP-ENC-02"),
    "length in five octets": (longer_length, "MAP-ENC-03"),
    "IMSI twice": (imsi_twice, "MAP-ENC-12"),
    "global operation code with a zero in an arc": (padded_global_opcode, "MAP-ENC-01"),
    "transaction id of 5 octets": (transaction_of_5, "MAP-ENC-08"),
    "three operations in one beginning": (two_more_behind, "MAP-ENC-07"),
}
