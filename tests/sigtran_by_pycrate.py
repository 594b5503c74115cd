"""Down to TCAP without the walker: scapy takes frames apart, pycrate M3UA and SCCP.

Run it in processes, not in threads: pycrate decodes into module globals.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pycrate_mobile.SCCP import parse_SCCP
from pycrate_mobile.SIGTRAN import SIGTRAN
from scapy.layers import l2  # noqa: F401 (VLANs are known once it is loaded)
from scapy.layers.inet import IP
from scapy.layers.inet6 import IPv6
from scapy.layers.sctp import SCTP, SCTPChunkData
from scapy.utils import PcapReader

Row = dict[str, Any]

M3UA_PPID, DIAMETER_PPIDS = 3, (46, 47)  # RFC 4666 7.1, RFC 6733 11.3
M3UA_DATA, PROTOCOL_DATA = (1, 1), 0x210  # RFC 4666 3.3.1
UNITDATA = (9, 10, 17, 18, 19, 20)  # UDT, XUDT, LUDT and what came back (Q.713 2.1)
MANAGEMENT_SSN = 1


def tcap_messages(path: Path) -> Iterator[tuple[Row, bytes]]:
    """Columns of the layers below TCAP, and the octets of the TCAP message itself."""
    waiting: dict[int, bytes] = {}
    for place, data in m3ua_messages(path):
        sccp, error = parse_SCCP(data[12:])
        if error or sccp["Type"]() not in UNITDATA:
            continue
        tcap = joined(sccp, waiting)
        if tcap is None:
            continue
        row = place | {
            "opc": int.from_bytes(data[0:4]),
            "dpc": int.from_bytes(data[4:8]),
            "network_indicator": data[9],
            "sccp_type": sccp["Type"](),
            **address(sccp["CalledPartyAddr"]["Value"], "called"),
            **address(sccp["CallingPartyAddr"]["Value"], "calling"),
        }
        if row.get("called_ssn") != MANAGEMENT_SSN:
            yield row, tcap


def joined(sccp: Any, waiting: dict[int, bytes]) -> bytes | None:
    """The data of a message, with those of the segments before it; None while more are to come."""
    payload = next(part for part in sccp if part._name in ("Data", "LongData"))
    octets: bytes = payload["Value"].to_bytes()
    options = (part for part in sccp if part._name == "Opt")
    for part in (part for option in options for part in option if part._name == "Segmentation"):
        if not part.get_trans():
            value = part["Segmentation"]
            octets = waiting.pop(value["SegmentLocalRef"](), b"") + octets
            if value["RemainingSeg"]():
                waiting[value["SegmentLocalRef"]()] = octets
                return None
    return octets


def m3ua_messages(path: Path) -> Iterator[tuple[Row, bytes]]:
    """Place and protocol data of each M3UA DATA message over SCTP (RFC 4666 3.3.1)."""
    parts: dict[tuple[Any, ...], bytes] = {}
    with PcapReader(str(path)) as reader:
        for frame, packet in enumerate(reader, 1):
            message = 0
            for key, ppid, data in chunks(packet, parts):
                if ppid in DIAMETER_PPIDS:
                    message += 1
                if ppid == M3UA_PPID and tuple(data[2:4]) == M3UA_DATA:
                    message += 1
                    place = {"frame": frame, "message": message}
                    place |= {"source_address": key[0], "destination_address": key[1]}
                    yield place, protocol_data(data)


def chunks(packet: Any, parts: dict[tuple[Any, ...], bytes]) -> Iterator[tuple[Any, int, bytes]]:
    """Association, payload protocol and bytes of the DATA chunks, put together from their parts."""
    if SCTP not in packet:
        return
    network = packet[IPv6] if IPv6 in packet else packet[IP]
    sctp = packet[SCTP]
    chunk = sctp.payload
    while chunk:
        if isinstance(chunk, SCTPChunkData):
            key = (network.src, network.dst, sctp.sport, sctp.dport, chunk.stream_id)
            parts[key] = (b"" if chunk.beginning else parts.get(key, b"")) + bytes(chunk.data)
            if chunk.ending:
                yield key, chunk.proto_id, parts.pop(key)
        chunk = chunk.payload


def protocol_data(data: bytes) -> bytes:
    """The protocol data parameter's value; empty where there is none."""
    message = SIGTRAN()
    message.from_bytes(data)
    values = [param["Val"].to_bytes() for param in message[1] if param["Tag"]() == PROTOCOL_DATA]
    return values[0] if values else b""


def address(value: Any, side: str) -> Row:
    """Columns of a calling or called party address (Q.713 3.4)."""
    names = {
        "SSN": "ssn",
        "SPC": "point_code",
        "TranslationType": "translation_type",
        "NumberingPlan": "plan",
        "NAI": "nature",
    }
    row: Row = {}
    odd = False
    for element in leaves(value):
        if element._name in names:
            row[f"{side}_{names[element._name]}"] = element()
        elif element._name == "EncodingScheme":
            odd = element() == 1
        elif element._name == "BCD":
            row[f"{side}_gt"] = signals(element.to_bytes())
    if odd:
        row[f"{side}_gt"] = row[f"{side}_gt"][:-1]
    return row


def leaves(element: Any) -> Iterator[Any]:
    """The elements within that are no envelope, without those that are absent."""
    if element.get_trans():
        return
    if hasattr(element, "get_alt"):
        yield from leaves(element.get_alt())
    elif hasattr(element, "_content"):
        for inner in element._content:
            yield from leaves(inner)
    else:
        yield element


def signals(octets: bytes) -> str:
    """Address signals of a global title, 0 to f, the first in the lower half of an octet."""
    return "".join(f"{octet & 15:x}{octet >> 4:x}" for octet in octets)
