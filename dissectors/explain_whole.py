"""A message that came in several frames, whole, for a person."""

from dissectors.explain_diameter import diameter
from dissectors.explain_sigtran import m3ua
from dissectors.layers import Field, Layer, unread

M3UA, DIAMETER = 3, 46  # payload protocol identifiers (RFC 4666 1.4.3, RFC 6733 2.1.1)
IDENTIFIER = 4  # octets of it in front of a message of SCTP


def whole(layer: str, data: bytes) -> Layer:
    """The message, with its layer and what it carries; offsets count from its own first octet."""
    result = Layer(f"{layer.upper()} message put together", offset=0, length=len(data))
    if layer == "sctp" and len(data) > IDENTIFIER:
        protocol = int.from_bytes(data[:IDENTIFIER])
        result.clear.append((0, IDENTIFIER))
        result.parts.append(Field("payload protocol", str(protocol), 0, IDENTIFIER))
        result.parts.append(_payload(protocol, data[IDENTIFIER:]))
    else:
        result.parts.append(unread(f"message of {layer}", 0, len(data)))
    return result


def _payload(protocol: int, data: bytes) -> Field | Layer:
    if protocol == M3UA:
        return m3ua(data, IDENTIFIER)
    if protocol == DIAMETER and len(data) == int.from_bytes(data[1:4]):
        return diameter(data, IDENTIFIER)
    return unread(f"payload protocol {protocol}", IDENTIFIER, len(data))
