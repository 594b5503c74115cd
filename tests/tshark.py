"""What tshark reads in a capture, message by message.

tshark is the independent decoder that the walker is compared with. Its packet details are read as
PDML and followed protocol by protocol, because `-T fields` merges the messages of a frame into one
line. A row has the names of the database's columns; a member that tshark does not show is absent.
"""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

Row = dict[str, Any]
Tables = dict[str, list[Row]]

OPTIONS = [
    "-n",  # no names for numbers
    "-o", "camel.tcap.ssn:106,146,152,200,241",  # tshark's own list has subsystems of MAP in it
    "-o", "mtp3.heuristic_standard:TRUE",  # routing labels of 14 or 24 bits, told by what follows
    "-o", "tcp.reassemble_out_of_order:TRUE",
    "--enable-heuristic", "diameter_tcp",  # Diameter on ports other than 3868
]  # fmt: skip

UPDATE_LOCATION = 2
TCAP_TYPES = {  # Q.773 3.1
    "tcap.unidirectional_element": 97,
    "tcap.begin_element": 98,
    "tcap.end_element": 100,
    "tcap.continue_element": 101,
    "tcap.abort_element": 103,
}


def installed() -> bool:
    """Whether there is a tshark to compare with."""
    return shutil.which("tshark") is not None


def messages(path: Path) -> Tables:
    """Rows of MAP components and of Diameter messages in a capture, in the capture's order.

    A TCAP message without components is one row with component 0. A message that is carried by
    several frames stands at the frame that completes it. Raises ValueError with tshark's words
    if it cannot read the capture; a capture that is cut short gives the rows before the cut.
    """
    command = ["tshark", *OPTIONS, "-r", str(path), "-T", "pdml"]
    tables: Tables = {"map_component": [], "diameter_message": [], "sms": []}
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors) as process,
    ):
        assert process.stdout is not None
        try:
            for _, element in ElementTree.iterparse(process.stdout):
                if element.tag == "packet":
                    read_packet(element, tables)
                    element.clear()
        except ElementTree.ParseError as error:
            errors.seek(0)
            raise ValueError(f"{path.name}: {error}: {errors.read().decode()}") from error
    return tables


def read_packet(packet: ElementTree.Element, tables: Tables) -> None:
    """Append the rows of one packet; its protocols stand one behind the other."""
    frame = int(shown(packet, "num") or 0)
    message = component = 0
    dialogue: Row = {}
    last: dict[str, ElementTree.Element] = {}  # of each protocol
    sent_in: Row | None = None  # what carries a short message; not MAP nor Diameter: None
    for proto in packet.iter("proto"):
        name = proto.get("name", "")
        last[name] = proto
        message += is_message(proto)
        sent_in = None if is_message(proto) else sent_in
        place = {"frame": frame, "message": message, **carrier(name, last)}
        if name == "tcap":
            dialogue = {**place, **tcap(proto), **addresses(last.get("sccp"))}
            component = 0
            if is_without_components(proto) and is_map(last.get("sccp")):
                tables["map_component"].append({**dialogue, "component": 0})
        elif name == "gsm_map":
            component += 1
            sent_in = {**place, "component": component}
            tables["map_component"].append({**dialogue, "component": component, **gsm_map(proto)})
        elif name == "diameter":
            tables["diameter_message"].append({**place, **diameter_message(proto)})
            sent_in = place
        elif name == "gsm_sms" and sent_in:
            tables["sms"].append({**sent_in, **short_message(proto)})


def is_message(proto: ElementTree.Element) -> bool:
    """Whether a signalling message begins: one of Diameter, or one for a user of MTP."""
    name = proto.get("name")
    return name in ("diameter", "mtp3") or (
        name == "m3ua" and shown(proto, "m3ua.protocol_data_opc") is not None
    )


def carrier(name: str, last: dict[str, ElementTree.Element]) -> Row:
    """The layer at which the walker may pass over a message: Diameter not on port 3868."""
    if name == "diameter" and "sctp" not in last:
        ports = {shown(last.get("tcp"), f"tcp.{port}") for port in ("srcport", "dstport")}
        return {} if "3868" in ports else {"carried_by": "tcp"}
    return {}


def is_without_components(proto: ElementTree.Element) -> bool:
    """Whether a TCAP message was read and has no components; those follow as gsm_map or camel."""
    return any(name in TCAP_TYPES for name in names(proto)) and not shown(proto, "tcap.components")


def is_map(sccp: ElementTree.Element | None) -> bool:
    """Whether the subsystems are those of MAP, or there are none.

    Without components tshark tells the user of TCAP only in words, at the subsystem.
    """
    if sccp is None:
        return True
    linked = [
        found.get("showname", "")
        for found in sccp.iter("field")
        if found.get("name") == "sccp.linked_dissector"
    ]
    return not linked or any("GSM_MAP" in words for words in linked)


def addresses(proto: ElementTree.Element | None) -> Row:
    """Global titles and subsystems of both sides."""
    row: Row = {}
    for side in ("calling", "called"):
        row[f"{side}_gt"] = shown(proto, f"sccp.{side}.digits")
        row[f"{side}_ssn"] = number(shown(proto, f"sccp.{side}.ssn"))
    return present(row)


def tcap(proto: ElementTree.Element) -> Row:
    """Message type and transaction ids, their octets as a number."""
    types = [TCAP_TYPES[name] for name in names(proto) if name in TCAP_TYPES]
    otid, dtid = shown(proto, "tcap.otid"), shown(proto, "tcap.dtid")
    return present(
        {
            "tcap_type": types[0] if types else None,
            "otid": int(otid.replace(":", ""), 16) if otid else None,
            "dtid": int(dtid.replace(":", ""), 16) if dtid else None,
        }
    )


def gsm_map(proto: ElementTree.Element) -> Row:
    """Operation, error, IMSI and MSISDN of a component."""
    return present(
        {
            "opcode": operation(field(proto, "gsm_old.opCode")),
            # "local value" is the name of the error's number, too
            "error_code": number(shown(field(proto, "gsm_old.errorCode"), "gsm_old.localValue")),
            "imsi": imsi(proto),
            "msisdn": msisdn(proto),
        }
    )


def imsi(proto: ElementTree.Element) -> str | None:
    """Digits of the IMSI."""
    result = field(proto, "gsm_old.resultretres_element")
    if operation(field(result, "gsm_old.opCode")) == UPDATE_LOCATION:
        # its result has no IMSI: tshark shows the bare hlr-Number of versions 1 and 2 as one
        return None
    return shown(proto, "e212.imsi")


def operation(opcode: ElementTree.Element | None) -> int | None:
    """The operation's number; of one named by an object identifier, the last arc."""
    local = number(shown(opcode, "gsm_old.localValue"))
    identifier = shown(opcode, "gsm_old.globalValue")
    return int(identifier.rpartition(".")[2]) if identifier else local


def msisdn(proto: ElementTree.Element) -> str | None:
    """Digits of the MSISDN.

    tshark puts digits of every address of MAP in e164.msisdn, those of exchanges too; the element
    around it tells which one it is.
    """
    for element in proto.iter("field"):
        name = element.get("name", "")
        if name.endswith(".msisdn") and name != "e164.msisdn":
            digits = shown(element, "e164.msisdn")
            if digits:
                return digits
    return None


def diameter_message(proto: ElementTree.Element) -> Row:
    """Header and the subscriber and origin of a Diameter message."""
    return present(
        {
            "command_code": number(shown(proto, "diameter.cmd.code")),
            "application_id": number(shown(proto, "diameter.applicationId")),
            "is_request": shown(proto, "diameter.flags.request") == "1",
            "hop_by_hop": number(shown(proto, "diameter.hopbyhopid")),
            "end_to_end": number(shown(proto, "diameter.endtoendid")),
            "origin_host": shown(proto, "diameter.Origin-Host"),
            "origin_realm": shown(proto, "diameter.Origin-Realm"),
            "imsi": diameter_imsi(proto),
            "msisdn": diameter_msisdn(proto),
        }
    )


def diameter_imsi(proto: ElementTree.Element) -> str | None:
    """User-Name if it is an IMSI, else the Subscription-Id that tshark knows to be one."""
    user_name = shown(proto, "diameter.User-Name") or ""
    if re.fullmatch("[0-9]{6,15}", user_name):
        return user_name
    return shown(proto, "e212.imsi")


def diameter_msisdn(proto: ElementTree.Element) -> str | None:
    """MSISDN (701), else the Subscription-Id of type E.164."""
    # under the AVP, tshark decodes the digits of 701 as an e164.msisdn of their own
    return shown(proto, "e164.msisdn")


def short_message(proto: ElementTree.Element) -> Row:
    """The fields of a TPDU, not its text."""
    address = next((a for a in ("oa", "da", "ra") if shown(proto, f"gsm_sms.tp-{a}")), "oa")
    elements = [f.get("show", "0") for f in proto.iter("field")
                if f.get("name") == "gsm_sms.ie_identifier"]  # fmt: skip
    fields = {
        "tp_mti": "tp-mti", "tp_pid": "tp-pid", "tp_dcs": "tp-dcs", "tp_mr": "tp-mr",
        "tp_udl": "tp.user_data_length", "tp_address_type": "dis_field_addr.num_type",
        "concat_reference": "udh.mm.msg_id", "concat_total": "udh.mm.msg_parts",
        "concat_part": "udh.mm.msg_part", "destination_port": "destination_port",
        "source_port": "originator_port",
    }  # fmt: skip
    row: Row = {column: number(shown(proto, f"gsm_sms.{name}")) for column, name in fields.items()}
    row["tp_address"] = shown(proto, f"gsm_sms.tp-{address}") or None  # without digits: empty
    row["header_elements"] = " ".join(f"{int(one, 0):02x}" for one in elements) or None
    return present(row)


def field(element: ElementTree.Element | None, name: str) -> ElementTree.Element | None:
    """The first field of this name, at any depth."""
    if element is None:
        return None
    return next((found for found in element.iter("field") if found.get("name") == name), None)


def shown(element: ElementTree.Element | None, name: str) -> str | None:
    """What tshark shows of the first field of this name."""
    found = field(element, name)
    return None if found is None else found.get("show")


def names(element: ElementTree.Element) -> Iterator[str]:
    """Names of all fields below, in order."""
    return (found.get("name", "") for found in element.iter("field"))


def number(text: str | None) -> int | None:
    """A number as tshark shows it, decimal or 0x…."""
    return int(text, 0) if text else None


def present(row: Row) -> Row:
    """The members that have a value."""
    return {name: value for name, value in row.items() if value is not None}
