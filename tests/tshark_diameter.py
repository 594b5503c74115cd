"""The columns of a Diameter message as tshark's details have them.

AVPs are told by the code and vendor that tshark shows, and stand in one another as on the wire.
"""

from collections.abc import Iterator
from typing import Any

from pycrate_diameter.Diameter3GPP import AVP3GPPCodes_dict
from pycrate_diameter.iana_diameter_dicts import AVPCodes_dict

from dissectors import diameter_fields as kinds
from tests.diameter_by_pycrate import FIELDS, VENDOR_3GPP, put
from tests.tshark_details import Element, Row, number, present, shown

HEADER = {
    "command_flags": "diameter.flags",
    "command_code": "diameter.cmd.code",
    "application_id": "diameter.applicationId",
    "hop_by_hop": "diameter.hopbyhopid",
    "end_to_end": "diameter.endtoendid",
}
SUBSCRIPTIONS = {"0": "msisdn", "1": "imsi"}  # Subscription-Id-Type (RFC 8506 8.47)
BASE = 0  # of the messages in which peers tell their applications
OWN = "diameter.avp"


def diameter_message(proto: Element) -> Row:
    """Header and all AVPs; the first value stays, lists are joined, some are counted."""
    row = present({column: number(shown(proto, name)) for column, name in HEADER.items()})
    row["is_request"] = row["command_flags"] >= 128
    for path, avp, group in avps(proto, ""):
        for column, decoder in FIELDS.get(path, ()):
            value = value_of(avp)
            if decoder == kinds.SUBSCRIPTION_DATA:
                kind = SUBSCRIPTIONS.get(shown(group, "diameter.Subscription-Id-Type") or "")
                if kind:
                    row.setdefault(kind, value.decode())
            elif decoder == kinds.APPLICATION and row["application_id"] == BASE:
                told = [row[name] for name in ("applications",) if name in row]
                row["applications"] = " ".join([*told, str(int.from_bytes(value))])
            elif decoder not in (kinds.SUBSCRIPTION_TYPE, kinds.TPDU):
                put(row, column, decoder, value, row["application_id"])
    return row


def avps(element: Element, path: str) -> Iterator[tuple[str, Element, Element]]:
    """Each AVP, with the names that lead to it, and what it stands in."""
    for avp in element:
        if avp.get("name") == OWN:
            here = f"{path}{'.' if path else ''}{name_of(avp)}"
            yield here, avp, element
            for inner in avp:
                yield from avps(inner, here)


def name_of(avp: Element) -> str:
    """Its name by the code and vendor that tshark shows."""
    heads = {inner.get("name"): inner.get("show", "") for inner in avp}
    vendor = int(heads.get("diameter.avp.vendorId") or 0)
    names: dict[int, Any] = (
        AVP3GPPCodes_dict if vendor == VENDOR_3GPP else AVPCodes_dict if not vendor else {}
    )
    return str(names.get(int(heads["diameter.avp.code"]), "unknown"))


def value_of(avp: Element) -> bytes:
    """The octets behind its head, as tshark shows them: fill is not among them."""
    heads = ("code", "flags", "len", "vendorId", "pad")
    values = [
        inner for inner in avp if inner.get("name") not in [f"{OWN}.{head}" for head in heads]
    ]
    return bytes.fromhex(values[0].get("value", "")) if values else b""
