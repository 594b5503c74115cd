"""What tshark reads in a capture, message by message.

tshark is the independent decoder that the walker is compared with. Its packet details are read as
PDML and followed protocol by protocol, because `-T fields` merges the messages of a frame into one
line. A row has the names of the database's columns; a member that tshark does not show is absent.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from tests.tshark_details import Element, Row, field, names, number, present, shown
from tests.tshark_diameter import diameter_message
from tests.tshark_layers import TCAP_TYPES, addresses, path, tcap
from tests.tshark_map import CAP, MAP, parameter
from tests.tshark_text import short_message, ussd

Tables = dict[str, list[Row]]

OPTIONS = [
    "-n",  # no names for numbers
    "-o", "camel.tcap.ssn:106,146,152,200,241",  # tshark's own list has subsystems of MAP in it
    "-o", "mtp3.heuristic_standard:TRUE",  # routing labels of 14 or 24 bits, told by what follows
    "-o", "tcp.reassemble_out_of_order:TRUE",
    "--enable-heuristic", "diameter_tcp",  # Diameter on ports other than 3868
]  # fmt: skip

COMPONENT_TYPES = {  # Q.773 3.1
    "invoke_element": 161,
    "returnResultLast_element": 162,
    "returnError_element": 163,
    "reject_element": 164,
    "returnResultNotLast_element": 167,
}
PROBLEMS = ("generalProblem", "invokeProblem", "returnResultProblem", "returnErrorProblem")
TABLES = ("map_component", "cap_component", "diameter_message", "sms", "ussd")
BELOW_MTP = ("frame", "eth", "ip", "ipv6", "sctp", "tcp")


def installed() -> bool:
    """Whether there is a tshark to compare with."""
    return shutil.which("tshark") is not None


def messages(capture: Path) -> Tables:
    """Rows of MAP and CAP components and of Diameter messages in a capture, in the capture's order.

    A TCAP message without components is one row with component 0. A message that is carried by
    several frames stands at the frame that completes it. Raises ValueError with tshark's words
    if it cannot read the capture; a capture that is cut short gives the rows before the cut.
    """
    command = ["tshark", *OPTIONS, "-r", str(capture), "-T", "pdml"]
    tables: Tables = {table: [] for table in TABLES}
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
            raise ValueError(f"{capture.name}: {error}: {errors.read().decode()}") from error
    return tables


def read_packet(packet: Element, tables: Tables) -> None:
    """Append the rows of one packet; its protocols stand one behind the other."""
    frame = int(shown(packet, "num") or 0)
    message = component = 0
    dialogue: Row = {}
    last: dict[str, Element] = {}  # of each protocol, of this message
    sent_in: Row | None = None  # what carries a short message; not MAP nor Diameter: None
    for proto in packet.iter("proto"):
        name = proto.get("name", "")
        if is_message(proto):
            message += 1
            sent_in = None
            last = {layer: found for layer, found in last.items() if layer in BELOW_MTP}
        last[name] = with_ports(proto, last)
        place = {"frame": frame, "message": message, **carrier(name, last)}
        if name == "tcap":
            dialogue = {**place, **path(last), **addresses(last), **tcap(proto)}
            component = 0
            if is_without_components(proto) and is_map(last.get("sccp")):
                tables["map_component"].append({**dialogue, "component": 0})
        elif name in ("gsm_map", "camel"):
            component += 1
            sent_in = {**place, "component": component} if name == "gsm_map" else None
            read_component(proto, {**dialogue, "component": component}, tables)
        elif name == "diameter":
            row = {**place, **path(last), **diameter_message(proto)}
            tables["diameter_message"].append(row)
            sent_in = place
        elif name == "gsm_sms" and sent_in:
            tables["sms"].append({**sent_in, **short_message(proto)})


def with_ports(proto: Element, last: dict[str, Element]) -> Element:
    """A further chunk of SCTP is shown as a protocol of its own, without the ports."""
    before = last.get("sctp")
    if proto.get("name") != "sctp" or before is None or shown(proto, "sctp.srcport"):
        return proto
    ports = (field(before, f"sctp.{name}") for name in ("srcport", "dstport"))
    proto.extend(port for port in ports if port is not None)
    return proto


def read_component(proto: Element, dialogue: Row, tables: Tables) -> None:
    """Append the row of a component of MAP or CAP, and what a USSD string in it says."""
    row = {**dialogue, **header(proto)}
    of_map = proto.get("name") == "gsm_map"
    row |= parameter(proto, MAP if of_map else CAP, row.get("opcode"), row.get("error_code"))
    if any(
        name.startswith("_ws.malformed") or name.startswith("ber.error") for name in told(proto)
    ):
        row["gave_up"] = True
    tables["map_component" if of_map else "cap_component"].append(row)
    text = ussd(proto) if of_map else {}
    if text:
        place = {name: row[name] for name in ("frame", "message", "component")}
        tables["ussd"].append({**place, **text})


def is_message(proto: ElementTree.Element) -> bool:
    """Whether a signalling message begins: one of Diameter, or one for a user of MTP."""
    name = proto.get("name")
    if name == "sua":  # connectionless or of a connection
        return shown(proto, "sua.message_class") in ("7", "8")
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


def told(proto: Element) -> Iterator[str]:
    """Names of all elements below, tshark's own complaints among them."""
    return (each.get("name", "") for each in proto.iter())


def header(proto: Element) -> Row:
    """A component's type, numbers, operation, error or problem."""
    layer = "gsm_old" if proto.get("name") == "gsm_map" else "camel"
    types = (COMPONENT_TYPES.get(each.get("name", "").partition(".")[2]) for each in proto.iter())
    opcode = field(proto, f"{layer}.opCode") or field(proto, f"{layer}.opcode")
    ids = ("invokeID", "linkedID") if layer == "gsm_old" else ("present", "linkedId")
    error = (
        field(proto, "gsm_old.errorCode") if layer == "gsm_old" else field(proto, "camel.errcode")
    )
    return present(
        {
            "component_type": next((each for each in types if each), None),
            "invoke_id": number(shown(proto, f"{layer}.{ids[0]}")),
            "linked_id": number(shown(proto, f"{layer}.{ids[1]}")),
            "opcode": operation(opcode),
            "opcode_oid": shown(opcode, "gsm_old.globalValue"),
            # "local value" is the name of the error's number, too
            "error_code": number(
                shown(error, f"{layer}.localValue") or shown(error, f"{layer}.local")
            ),
            "problem": problem(proto),
        }
    )


def operation(opcode: Element | None) -> int | None:
    """The operation's number; of one named by an object identifier, the last arc."""
    local = number(shown(opcode, "gsm_old.localValue") or shown(opcode, "camel.local"))
    identifier = shown(opcode, "gsm_old.globalValue")
    return int(identifier.rpartition(".")[2]) if identifier else local


def problem(proto: Element) -> int | None:
    """Kind and code of a reject's problem, as one number."""
    for kind, name in enumerate(PROBLEMS):
        code = number(shown(proto, f"gsm_old.{name}"))
        if code is not None:
            return kind * 256 + code
    return None
