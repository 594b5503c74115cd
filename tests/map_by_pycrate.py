"""Every MAP component of a capture, decoded whole by pycrate, as the database's columns.

The independent reader of the table of fields (`dissectors.fields.MAP_FIELDS`): values are looked up
by their ASN.1 names in pycrate's decode, and their digits are read here.
"""

from collections.abc import Iterator
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NamedTuple

from pycrate_asn1dir import TCAP_MAPv2v3
from pycrate_asn1rt.asnobj import ASN1Obj
from pycrate_core.utils import PycrateErr

from dissectors.fields import FLAGS, Field
from dissectors.map_fields import MAP_FIELDS
from tests.sigtran_by_pycrate import tcap_messages

# texts, which are kept in no column of a component
UNTOLD = ("tpdu", "secret", "ussd", "ussd_coding", "ussd_ia5")
ASN1Obj._SAFE_BND = False  # one value out of its bounds must not cost the whole message


class Operation(NamedTuple):
    """An operation of MAP: its name, code, version and types."""

    name: str
    code: int
    version: int
    types: dict[str, Any]


Row = dict[str, Any]
Names = tuple[str, ...]

TCAP_TYPES = {"unidirectional": 97, "begin": 98, "end": 100, "continue": 101, "abort": 103}
COMPONENT_TYPES = {  # Q.773 3.1
    "invoke": 161, "returnResult": 162, "returnError": 163, "reject": 164,
    "returnResultNotLast": 167,
}  # fmt: skip
PROBLEM_KINDS = {"general": 0, "invoke": 1, "returnResult": 2, "returnError": 3}  # Q.773 3.3.4
DIALOGUE_PDUS = {"dialogueRequest": 96, "dialogueResponse": 97, "dialogueAbort": 100}
DIALOGUE_PDUS["unidialoguePDU"] = 96
ENUMERATIONS = {  # the type that says what the names stand for (TS 29.002 17.7)
    "cancellation_type": "CancellationType", "delivery_not_intended": "SM-DeliveryNotIntended",
    "lcs_client_type": "LCSClientType", "lcs_client_internal_id": "LCSClientInternalID",
    "location_type": "LocationEstimateType", "lcs_event": "LCS-Event",
    "equipment_status": "EquipmentStatus", "guidance": "GuidanceInfo",
    "subscriber_status": "SubscriberStatus", "network_access_mode": "NetworkAccessMode",
    "csi_kind": "RequestedCAMEL-SubscriptionInfo", "interrogation_type": "InterrogationType",
    "portability_status": "NumberPortabilityStatus", "unavailability_cause": "UnavailabilityCause",
    "delivery_outcome": "SM-DeliveryOutcome", "alert_reason": "AlertReason",
    "sms_register_request": "SMSRegisterRequest", "failure_cause": "FailureCause",
    "requesting_node_type": "RequestingNodeType",
}  # fmt: skip
CAUSES = (  # of errors
    "NetworkResource", "UnknownSubscriberDiagnostic", "RoamingNotAllowedCause",
    "AbsentSubscriberReason", "CallBarringCause", "CUG-RejectCause",
    "SM-EnumeratedDeliveryFailureCause", "UnauthorizedLCSClient-Diagnostic",
    "PositionMethodFailure-Diagnostic", "PW-RegistrationFailureCause",
)  # fmt: skip
HANDLINGS = ("DefaultCallHandling", "DefaultSMS-Handling", "DefaultGPRS-Handling")
BIT_STRINGS = (
    "odb_general", "odb_home", "access_restriction", "csi_withdrawal", "mw_status", "camel_phases",
)  # fmt: skip
OCTETS = ("lmsi", "call_reference", "trace_reference", "ss_code", "mm_event", "lcs_accuracy")
FIRST_OCTETS = ("ss_status", "bearer_service", "teleservice")
IP_ADDRESSES = ("h_gmlc_address", "v_gmlc_address", "sgsn_address", "ggsn_address")


CAP_CONTEXTS = range(50, 53)  # TS 29.078
CAP_ROOTS = tuple(f"0.4.0.0.1.{n}.3." for n in range(20, 24))
CAP_SSN = 146
UNDECODED = "undecoded"


def components(path: Path) -> tuple[list[Row], set[int]]:
    """A row for each MAP component or TCAP message without one, and the frames of undecoded ones.

    Of an undecoded component the row has all but the fields of its argument or result. A message
    that pycrate cannot decode at all has no row.
    """
    rows: list[Row] = []
    for lower, octets in tcap_messages(path):
        with suppress(PycrateErr):
            found = [{**lower, **row} for row in read_tcap(octets)]
            rows += [row for row in found if not is_cap(row)]
    undecoded = {row["frame"] for row in rows if row.pop(UNDECODED, False)}
    return rows, undecoded


def is_cap(row: Row) -> bool:
    """By its context, phases 1 to 4 (TS 29.078 5.4, 6.1.1); without one, by subsystem 146."""
    context = row.get("application_context_oid") or ""
    if context or row.get("application_context") is not None:
        return row.get("application_context") in CAP_CONTEXTS or context.startswith(CAP_ROOTS)
    return CAP_SSN in (row.get("called_ssn"), row.get("calling_ssn"))


def read_tcap(data: bytes) -> list[Row]:
    """Rows of the components of one TCAP message. Raises PycrateErr."""
    message = TCAP_MAPv2v3.TCAP_MAP_Messages.TCAP_MAP_Message
    message.from_ber(data)
    kind, value = message.get_val()
    row: Row = {"tcap_type": TCAP_TYPES[kind]}
    row |= {name: int.from_bytes(value[name]) for name in ("otid", "dtid") if name in value}
    row |= dialogue(value.get("dialoguePortion"))
    if "reason" in value:
        row |= abort(*value["reason"])
    found = [component(*each) for _, each in value.get("components", [])]
    numbered = [{**row, "component": number, **each} for number, each in enumerate(found, 1)]
    return numbered or [{**row, "component": 0}]


def abort(kind: str, value: Any) -> Row:
    """P-Abort cause, or the dialogue portion of a user's abort."""
    return {"abort_cause": value} if kind == "p-abortCause" else dialogue(value)


def dialogue(portion: Any) -> Row:
    """Dialogue PDU, application context and MAP-OpenInfo (Q.773 3.2, TS 29.002 17.4)."""
    if not portion or portion["encoding"][0] != "single-ASN1-type":
        return {}
    kind, pdu = portion["encoding"][1][1]
    row: Row = {"dialogue_pdu": DIALOGUE_PDUS[kind]}
    context = pdu.get("application-context-name", ())
    if context[:6] == (0, 4, 0, 0, 1, 0) and len(context) == 8:
        row |= {"application_context": context[6], "map_version": context[7]}
    elif context:
        row["application_context_oid"] = ".".join(map(str, context))
    for information in pdu.get("user-information", []):
        row |= open_info(information)
    return row


def open_info(information: Any) -> Row:
    """References of a MAP-OpenInfo."""
    names = {
        "destination_reference": "destinationReference",
        "origination_reference": "originationReference",
    }
    value = information["encoding"][1]
    if not isinstance(value, tuple) or value[1][0] != "map-open":
        return {}
    opened = value[1][1]
    return {column: digits(opened[name][1:]) for column, name in names.items() if name in opened}


def component(kind: str, value: Row) -> Row:
    """Columns of one component: its header and every field of the table that it holds."""
    row: Row = {"component_type": COMPONENT_TYPES[kind]}
    for column, name in (("invoke_id", "invokeId"), ("linked_id", "linkedId")):
        if name in value and value[name][0] == "present":
            row[column] = value[name][1]
    result = value.get("result", {})
    row |= operation(value.get("opcode") or result.get("opcode"))
    if "errcode" in value:
        row["error_code"] = value["errcode"][1]
    if "problem" in value:
        of, code = value["problem"]
        row["problem"] = PROBLEM_KINDS[of] * 256 + code
    for part, content in (("argument", value.get("argument")), ("result", result.get("result"))):
        if content is not None:
            row |= fields(OPERATION_NAMES.get(row["opcode"], set()), part, content)
    if "parameter" in value and row.get("error_code") is not None:
        row |= fields(ERROR_NAMES.get(row["error_code"], set()), "error", value["parameter"])
    return row


def operation(opcode: Any) -> Row:
    """The operation's number; of one with a global identifier, that and its last arc."""
    if opcode is None:
        return {}
    kind, value = opcode
    if kind == "local":
        return {"opcode": value}
    return {"opcode": value[-1], "opcode_oid": ".".join(map(str, value))}


def fields(names: set[str], part: str, content: tuple[Any, Any]) -> Row:
    """The columns of the table of fields that this argument, result or error's parameter fills."""
    kind, value = content
    if isinstance(kind, str) and kind.startswith("_unk"):
        return {UNDECODED: True}
    row: Row = {}
    for path, found in named(value):
        if path or not isinstance(found, dict | tuple):
            for field in PLACED.get((part, path), ()):
                if not field.operations or names & set(field.operations):
                    take(row, field, found)
    return row


def take(row: Row, field: Field, found: Any) -> None:
    """Fill a column; the first value stays."""
    column = field.column
    if column in FLAGS:
        if found is not False:
            row[column] = True
    elif field.value >= 0:
        row.setdefault(column, field.value)
    elif column == "vector_count":
        if isinstance(found, list):
            row.setdefault(column, len(found))
    elif isinstance(found, list):
        pass  # its elements follow
    elif column == "hlr_list":
        if listed := [*row.get(column, "").split(), *digits(found).split()]:
            row[column] = " ".join(listed)
    else:
        cell = read(column, found)
        # no digits are no number, no phase is nothing said
        if cell != "" and (cell or column != "camel_phases"):
            row.setdefault(column, cell)
        if column == "forwarded_to_number":
            row.setdefault("forwarded_to_nature", found[0] >> 4 & 7)


def named(value: Any, path: Names = ()) -> Iterator[tuple[Names, Any]]:
    """Every value within, with its path of ASN.1 names, in the order of the wire."""
    yield path, value
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from named(inner, (*path, name))
    elif isinstance(value, list):
        for inner in value:
            yield from named(inner, path)
    elif isinstance(value, tuple) and isinstance(value[0], str):  # a CHOICE
        yield from named(value[1], (*path, value[0]))


def read(column: str, value: Any) -> Any:
    """The cell for a value as pycrate gives it."""
    if isinstance(value, str):
        return enumerated(column, value)
    if isinstance(value, int):
        return value
    if column in BIT_STRINGS:
        bits, length = value
        kept = 5 if column == "camel_phases" else 32  # there are four phases
        return sum((bits >> length - 1 - n & 1) << n for n in range(min(length, kept)))
    if column in OCTETS:
        return int.from_bytes(value)
    if column in FIRST_OCTETS:
        return value[0]
    if column in IP_ADDRESSES:
        return str(ip_address(value[1:]))
    if column in ("imsi", "imei", "correlation_hlr"):
        return digits(value)
    if column == "requesting_plmn":
        return plmn(value).replace("-", "")
    if column in ("mme_name", "correlation_uri"):
        return "".join(chr(o) if 32 <= o < 127 and o != 92 else f"\\x{o:02x}" for o in value[:255])
    if column == "eps_cell":
        return f"{plmn(value)}-{int.from_bytes(value[3:7]) & 0xFFFFFFF}"
    if column == "cell":
        numbers = [str(int.from_bytes(value[at : at + 2])) for at in range(3, len(value), 2)]
        return "-".join([plmn(value), *numbers])
    return digits(value[1:])  # of an address the first octet is nature and plan


def enumerated(column: str, name: str) -> int:
    """The number that a name stands for in the column's type."""
    types = {"error_cause": CAUSES, "default_handling": HANDLINGS}
    for type_name in types.get(column, (ENUMERATIONS.get(column, ""),)):
        number = ENUMERATED.get(type_name, {}).get(name)
        if number is not None:
            return int(number)
    raise KeyError(f"{column}: {name}")


def digits(octets: bytes) -> str:
    """Digits of a TBCD-STRING (TS 29.002 17.7.8)."""
    swapped = "".join(f"{octet & 15:x}{octet >> 4:x}" for octet in octets)
    return swapped.partition("f")[0].translate(str.maketrans("abcde", "*#abc"))


def plmn(octets: bytes) -> str:
    """MCC-MNC of a PLMN-Id (TS 24.008 10.5.1.13)."""
    mcc1, mcc2, mcc3, mnc3, mnc1, mnc2 = (
        f"{octet >> shift & 15:x}" for octet in octets[:3] for shift in (0, 4)
    )
    return f"{mcc1}{mcc2}{mcc3}-{mnc1}{mnc2}{mnc3}".removesuffix("f")


def operations() -> Iterator[Operation]:
    """The operations that pycrate knows, of versions 3 and 2."""
    for module_name, module in vars(TCAP_MAPv2v3).items():
        for defined in getattr(module, "_all_", []):
            types = getattr(defined, "_val", None)
            if isinstance(types, dict) and "operationCode" in types:
                version = 2 if module_name.startswith("MAPv2") else 3
                yield Operation(defined._name, types["operationCode"][1], version, types)


def errors() -> Iterator[tuple[str, int, int, Any]]:
    """Name, code, version and parameter's type of the errors that pycrate knows."""
    for version, module in ((3, TCAP_MAPv2v3.MAP_Errors), (2, TCAP_MAPv2v3.MAPv2_Errors)):
        for defined in module._all_:
            types = getattr(defined, "_val", None)
            if isinstance(types, dict) and "ParameterType" in types:
                yield defined._name, types["errorCode"][1], version, types["ParameterType"]


def enumerations() -> dict[str, dict[str, int]]:
    """Names and numbers of each ENUMERATED type."""
    found: dict[str, dict[str, int]] = {}
    for module in vars(TCAP_MAPv2v3).values():
        for defined in getattr(module, "_all_", []):
            if defined.TYPE == "ENUMERATED" and defined._mode == "TYPE":
                found.setdefault(defined._name, {}).update(defined._cont)
    return found


ENUMERATED = enumerations()
PLACED: dict[tuple[str, Names], list[Field]] = {}
for each in MAP_FIELDS:
    if each.column not in UNTOLD:
        place = (each.part, tuple(each.path.split(".") if each.path else ()))
        PLACED.setdefault(place, []).append(each)

OPERATIONS = tuple(operations())
ERROR_TYPES = tuple(errors())
ERROR_NAMES = {
    code: {each[0] for each in ERROR_TYPES if each[1] == code} for _, code, *_ in ERROR_TYPES
}
OPERATION_NAMES = {
    code: {each.name for each in OPERATIONS if each.code == code}
    for code in {each.code for each in OPERATIONS}
}
