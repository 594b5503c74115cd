"""The columns of what carries a component, as tshark's details have them: a line a column."""

from xml.etree import ElementTree

from tests.map_by_pycrate import CAP_CONTEXTS, digits
from tests.tshark_details import Element, Row, field, number, present, shown

Layers = dict[str, ElementTree.Element]  # of each protocol the last before the message's own

PATH_NUMBERS = {  # column: fields that may have it, the first that is there
    "source_port": ("sctp.srcport", "tcp.srcport"),
    "destination_port": ("sctp.dstport", "tcp.dstport"),
    "payload_protocol": ("sctp.data_payload_proto_id",),
    "routing_context": ("m3ua.routing_context", "sua.routing_context"),
    "network_appearance": ("m3ua.network_appearance", "sua.network_appearance"),
    "network_indicator": ("m3ua.protocol_data_ni", "mtp3.network_indicator"),
    "sccp_type": ("sccp.message_type",),
    "return_cause": ("sccp.return_cause", "sua.sccp_cause_value"),
}
PATH_TEXTS = {
    "source_address": ("ip.src", "ipv6.src"),
    "destination_address": ("ip.dst", "ipv6.dst"),
}
POINT_CODES = {  # of 24 bits in three parts
    "opc": ("m3ua.protocol_data_opc", "mtp3.opc", "mtp3.ansi_opc", "mtp3.chinese_opc",
            "sua.source.point_code"),
    "dpc": ("m3ua.protocol_data_dpc", "mtp3.dpc", "mtp3.ansi_dpc", "mtp3.chinese_dpc",
            "sua.destination.point_code"),
}  # fmt: skip
OF_24_BITS = ("mtp3.ansi_opc", "mtp3.chinese_opc")
SIDES = {"calling": ("sccp.calling", "sua.source"), "called": ("sccp.called", "sua.destination")}
ADDRESS = {
    "gt": ("digits", "global_title_digits"),
    "plan": ("np", "global_title_numbering_plan"),
    "nature": ("nai", "global_title_nature_of_address"),
    "translation_type": ("tt", "global_title_translation_type"),
    "ssn": ("ssn", "ssn"),
}
ADDRESS_POINT_CODE = ("pc", "ansi_pc", "chinese_pc", "point_code")

TCAP_TYPES = {  # Q.773 3.1
    "tcap.unidirectional_element": 97,
    "tcap.begin_element": 98,
    "tcap.end_element": 100,
    "tcap.continue_element": 101,
    "tcap.abort_element": 103,
}
DIALOGUE_PDUS = {  # Q.773 3.2
    "tcap.unidialoguePDU_element": 96,
    "tcap.dialogueRequest_element": 96,
    "tcap.dialogueResponse_element": 97,
    "tcap.dialogueAbort_element": 100,
}
DIALOGUE_NUMBERS = {
    "dialogue_result": "tcap.result",
    "abort_source": "tcap.abort_source",
    "abort_cause": "tcap.p_abortCause",
}
REFERENCES = {
    "destination_reference": "gsm_map.dialogue.destinationReference",
    "origination_reference": "gsm_map.dialogue.originationReference",
}
BY_SSN = 2  # routing indicator of SUA
MAP_CONTEXTS = "0.4.0.0.1.0."


def path(last: Layers) -> Row:
    """Addresses, ports, point codes and what SCCP says of the message."""
    row: Row = {column: number(first(last, names)) for column, names in PATH_NUMBERS.items()}
    row |= {column: first(last, names) for column, names in PATH_TEXTS.items()}
    row |= {column: point_code(first(last, names)) for column, names in POINT_CODES.items()}
    if "mtp3" in last and row["opc"] is not None:
        row["point_code_bits"] = 24 if first(last, OF_24_BITS) else 14
    return present(row)


def first(last: Layers, names: tuple[str, ...]) -> str | None:
    """What is shown of the first of these fields that is there."""
    found = (shown(last.get(name.partition(".")[0]), name) for name in names)
    return next((text for text in found if text is not None), None)


def point_code(text: str | None) -> int | None:
    """A point code; one of 24 bits is shown in three parts."""
    if text is None or "-" not in text:
        return number(text)
    return int.from_bytes(bytes(map(int, text.split("-"))))


def addresses(last: Layers) -> Row:
    """Both sides' addresses, of SCCP or SUA."""
    row: Row = {}
    for side, (sccp, sua) in SIDES.items():
        for column, (one, other) in ADDRESS.items():
            text = first(last, (f"{sua}.{other}", f"{sccp}.{one}"))
            row[f"{side}_{column}"] = text if column == "gt" else number(text)
        codes = tuple(f"{layer}.{name}" for layer in (sccp, sua) for name in ADDRESS_POINT_CODE)
        row[f"{side}_point_code"] = point_code(first(last, codes))
        row[f"{side}_indicator"] = indicator(last.get("sccp"), f"{sccp}.ri")
        if "sua" in last:
            row[f"{side}_indicator"] = sua_indicator(last["sua"], sua)
    row = {column: value for column, value in row.items() if value != ""}
    return present(row)


def indicator(sccp: Element | None, name: str) -> int | None:
    """The octet that a bit of it stands in."""
    if sccp is not None:
        for element in sccp.iter("field"):
            if any(inner.get("name") == name for inner in element):
                return int(element.get("value", ""), 16)
    return None


def sua_indicator(proto: Element, side: str) -> int:
    """The octet that SCCP would have, of what SUA says in words of its own (RFC 3868 3.10.2.2)."""
    routing, kind, ssn, code = (
        number(shown(proto, f"{side}.{name}")) or 0
        for name in ("routing_indicator", "gti", "ssn_bit", "pc_bit")
    )
    return (routing == BY_SSN) << 6 | kind << 2 | ssn << 1 | code


def tcap(proto: Element) -> Row:
    """Message type, transaction ids as a number, and the dialogue portion."""
    row: Row = {}
    for element in proto.iter("field"):
        name = element.get("name", "")
        if name in TCAP_TYPES:
            row.setdefault("tcap_type", TCAP_TYPES[name])
        if name in DIALOGUE_PDUS:
            row.setdefault("dialogue_pdu", DIALOGUE_PDUS[name])
    for column in ("otid", "dtid"):
        octets = shown(proto, f"tcap.{column}")
        row[column] = int(octets.replace(":", ""), 16) if octets else None
    row |= {column: number(shown(proto, name)) for column, name in DIALOGUE_NUMBERS.items()}
    row["diagnostic"] = diagnostic(proto)
    row |= context(shown(proto, "tcap.application_context_name"))
    row |= references(proto)
    return present(row)


def diagnostic(proto: Element) -> int | None:
    """Of the user, or 16 more: of the provider."""
    provider = number(shown(proto, "tcap.dialogue_service_provider"))
    if provider is not None:
        return 16 + provider
    return number(shown(proto, "tcap.dialogue_service_user"))


def context(identifier: str | None) -> Row:
    """A context of MAP with its version, or any other whole."""
    arcs = (identifier or "").removeprefix(MAP_CONTEXTS).split(".")
    of_map = identifier and identifier.startswith(MAP_CONTEXTS) and len(arcs) == 2
    if of_map and int(arcs[0]) not in CAP_CONTEXTS:
        return {"application_context": int(arcs[0]), "map_version": int(arcs[1])}
    return {"application_context_oid": identifier}


def references(proto: Element) -> Row:
    """Digits of MAP-OpenInfo."""
    found = ((column, field(proto, name)) for column, name in REFERENCES.items())
    return {
        column: digits(bytes.fromhex(element.get("value", ""))[1:])
        for column, element in found
        if element is not None
    }
