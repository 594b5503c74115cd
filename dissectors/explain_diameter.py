"""One Diameter message whole, for a person (RFC 6733), with pycrate's and scapy's dictionaries."""

from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import ip_address
from typing import Any

from pycrate_core.elt import Sequence
from pycrate_diameter.Diameter3GPP import Diameter3GPP, TGPPAVPInfos_dict
from pycrate_diameter.DiameterIETF import FMT_LUT_IETF, AVPCodes_dict, AVPSpecVal_dict

from dissectors.damaged import DAMAGED
from dissectors.explain_values import cell, digits
from dissectors.layers import Field, Layer, element_parts, padding, unread
from dissectors.masking import masked, tpdu_text_start
from dissectors.names import diameter_command
from dissectors.tpdu import tpdu

VENDOR_3GPP = 10415
DEEPEST = 16
HEADER = 20
SHORT = 4  # octets, that hold no text
# AVPs of 3GPP with message text: a short message, its report, a trigger, data without IP
SM_RP_UI, TEXT_BEARING = 3301, {3004, 3305, 4315}
DIGITS = {701, 1489, 1645, 3300, 3332}  # MSISDN and node numbers in TBCD (TS 29.329 6.3.2)
VISITED_PLMN_ID = 1407
TEXTS = ("UTF8String", "DiameterIdentity", "DiameterURI", "IPFilterRule")
EPOCH = datetime(1900, 1, 1, tzinfo=UTC)  # of NTP (RFC 6733 4.3.1)


def diameter(data: bytes, offset: int) -> Layer:
    """A Diameter message at `offset` of the frame; `data` ends where the message does."""
    layer = Layer("Diameter", offset=offset, length=len(data))
    message = Diameter3GPP()
    try:
        message[0].from_bytes(data)
    except DAMAGED:
        layer.parts.append(unread("cut off in the header", offset, len(data)))
        return layer
    layer.parts, _ = element_parts(message[0], offset * 8)
    _name_command(layer, message[0])
    layer.clear.append((offset, offset + HEADER))
    layer.parts += _avps(data, HEADER, offset, layer, 0)
    return layer


def _name_command(layer: Layer, header: Any) -> None:
    code = header["Cmd"].get_val()
    name = diameter_command(code, bool(header["R"].get_val()))
    for part in layer.parts:
        if isinstance(part, Field) and part.name == "Cmd" and name:
            part.value = f"{code} ({name})"


def _avps(data: bytes, start: int, offset: int, layer: Layer, depth: int) -> list[Field | Layer]:
    """The AVPs from `start` on (RFC 6733 4.1); adds to `layer` what is clear in them."""
    parts: list[Field | Layer] = []
    while start < len(data):
        place = offset + start
        length = int.from_bytes(data[start + 5 : start + 8])
        header = 12 if data[start + 4 : start + 5] >= b"\x80" else 8
        if not header <= length <= len(data) - start:
            parts.append(unread("an AVP whose length does not fit", place, len(data) - start))
            break
        code, vendor = _code(data, start, header)
        layer.clear.append((place, place + header))
        value = data[start + header : start + length]
        parts.append(_avp(code, vendor, value, place + header, layer, depth))
        end = start + length
        start = end + -length % 4
        layer.clear += padding(data, end, min(start, len(data)), offset)
    return parts


def _code(data: bytes, start: int, header: int) -> tuple[int, int]:
    vendor = int.from_bytes(data[start + 8 : start + 12]) if header == 12 else 0
    return int.from_bytes(data[start : start + 4]), vendor


def _avp(
    code: int, vendor: int, value: bytes, place: int, layer: Layer, depth: int
) -> Field | Layer:
    name, form = _definition(code, vendor)
    if vendor == VENDOR_3GPP and code == SM_RP_UI and value:
        text = tpdu_text_start(value)
        layer.clear.append((place, place + text))
        return tpdu(name, value, place, text)
    if vendor == VENDOR_3GPP and code in TEXT_BEARING:
        return Field(name, masked(len(value)), place, len(value))
    if form is None and len(value) > SHORT:
        note = unread("not in the dictionaries", place, len(value))
        return Field(f"{name} (vendor {vendor})", note.value, place, len(value))
    if form is not None and issubclass(form, Sequence):
        if depth >= DEEPEST:
            return unread("too many AVPs inside each other", place, len(value))
        return Layer(name, _avps(value, 0, place, layer, depth + 1), place, len(value))
    layer.clear.append((place, place + len(value)))
    return Field(name, _readable(code, vendor, form, value), place, len(value))


def _definition(code: int, vendor: int) -> tuple[str, Any]:
    """Name and data format of an AVP; the format is None where no dictionary has it."""
    if vendor == VENDOR_3GPP and code in TGPPAVPInfos_dict:
        name, form = TGPPAVPInfos_dict[code]
        return str(name), form
    if vendor == 0 and code in FMT_LUT_IETF:
        return str(AVPCodes_dict.get(code, f"AVP {code}")), FMT_LUT_IETF[code]
    return f"AVP {code}", None


def _readable(code: int, vendor: int, form: Any, value: bytes) -> str:
    if vendor == VENDOR_3GPP and code in DIGITS:
        return digits(value)
    if vendor == VENDOR_3GPP and code == VISITED_PLMN_ID:
        return cell(value)
    if form is None:
        return f"{value.hex()} (vendor {vendor})"
    if form.__name__ in TEXTS:
        return value.decode("utf-8", "backslashreplace")
    if form.__name__ == "Address":
        return _address(value)
    if form.__name__ == "Time" and len(value) == 4:
        return (EPOCH + timedelta(seconds=int.from_bytes(value))).isoformat()
    if len(value) in (4, 8) and form.__name__ not in ("OctetString", "Buf"):
        return _number(code, vendor, int.from_bytes(value, signed="Integer" in form.__name__))
    return value.hex()


def _number(code: int, vendor: int, number: int) -> str:
    names = AVPSpecVal_dict.get(code, {}) if vendor == 0 else _values_of_3gpp(code)
    return f"{number} ({names[number]})" if number in names else str(number)


@cache
def _values_of_3gpp(code: int) -> dict[int, str]:
    """Names of the values of an enumerated AVP, which only scapy knows."""
    from scapy.contrib.diameter import AvpDefDict

    kind = AvpDefDict[VENDOR_3GPP].get(code, (None, None))[1]
    lists = (getattr(entry, "i2s", None) for entry in getattr(kind, "fields_desc", ()))
    return next((values for values in list(lists)[-1:] if values), {})


def _address(value: bytes) -> str:
    """Address family and address (RFC 6733 4.3.1)."""
    family, octets = int.from_bytes(value[:2]), value[2:]
    if (family, len(octets)) in ((1, 4), (2, 16)):
        return str(ip_address(octets))
    return value.hex()
