"""The TPDU of a short message for a person (TS 23.040 9.2.2), all but its user data."""

from pycrate_mobile.TS23040_SMS import SMS_DELIVER, SMS_SUBMIT

from dissectors.damaged import DAMAGED
from dissectors.layers import NOT_DECODED, Field, Layer, element_parts
from dissectors.masking import masked


def tpdu(name: str, octets: bytes, offset: int, text_start: int) -> Layer:
    """The fields in front of `text_start`; what follows is the text, which is covered."""
    layer = Layer(name, offset=offset, length=len(octets))
    layer.parts = _fields(octets, offset, text_start)
    length = len(octets) - text_start
    layer.parts.append(Field("TP-UD", masked(length), offset + text_start, length))
    return layer


def _fields(octets: bytes, offset: int, text_start: int) -> list[Field | Layer]:
    if text_start < 8:  # too short for either: the form is not known
        return [Field("TP-MTI", str(octets[0] & 3), offset, 1)]
    message = SMS_SUBMIT() if octets[0] & 3 == 1 else SMS_DELIVER()
    try:
        message.from_bytes(octets)
        parts, _ = element_parts(message, offset * 8)
    except DAMAGED:
        return [Field(NOT_DECODED, f"{text_start} octets in front of the text", offset)]
    plain = [p for p in parts if (p.offset or 0) + p.length < offset + text_start]
    return [*plain, Field("TP-UDL", str(octets[text_start - 1]), offset + text_start - 1, 1)]
