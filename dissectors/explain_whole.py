"""A message that came in several frames, whole, for a person."""

from collections.abc import Iterator

from dissectors.explain_link import link_to_messages
from dissectors.explain_map import tcap
from dissectors.explain_payload import diameter_messages, payload_layers
from dissectors.layers import Field, Layer
from dissectors.wholes import CAP, IP, RAW_IP, SCTP, TCP, Whole

IDENTIFIER = 4  # octets of the payload protocol in front of a message of SCTP


def whole_to_messages(whole: Whole) -> Iterator[Layer]:
    """What was put together, then its messages with their numbers in the frame.

    Offsets count from its own first octet.
    """
    title = f"{whole.layer.upper()} message put together"
    layer = Layer(title, offset=0, length=len(whole.octets))
    numbers = iter(whole.messages)
    if whole.layer == SCTP:
        protocol = int.from_bytes(whole.octets[:IDENTIFIER])
        layer.clear.append((0, IDENTIFIER))
        layer.parts.append(Field("payload protocol", str(protocol), 0, IDENTIFIER))
    yield layer
    if whole.layer == SCTP:
        yield from payload_layers(protocol, whole.octets[IDENTIFIER:], IDENTIFIER, numbers)
    elif whole.layer == TCP:
        yield from diameter_messages(whole.octets, 0, numbers)
    elif whole.layer == IP:
        yield from _packet(whole)
    else:
        message = tcap(whole.octets, 0, whole.layer == CAP)
        message.message = next(numbers, None)
        yield message


def _packet(whole: Whole) -> Iterator[Layer]:
    """Its messages are numbered behind those that the frame has in front of the packet."""
    return link_to_messages(RAW_IP, whole.octets, range(whole.messages.start))
