"""What is extracted: the columns, and how their values are read.

map_fields.py and cap_fields.py have the ASN.1 names that fill them, diameter_fields.py all of
Diameter. Adding a field is adding a name and a column in the database's schema. Names are resolved
to BER tags through pycrate's specification of MAP (TS 29.002); no tag is typed by hand.
"""

from typing import NamedTuple

from dissectors.diameter_fields import DIAMETER_DIGITS, DIAMETER_UINT32

# What repeats from message to message is kept in tables of its own; see interned.py.
PATH_TABLE = (
    ["source_port", "destination_port", "payload_protocol", "routing_context",
     "network_appearance", "opc", "dpc", "network_indicator", "sccp_type", "point_code_bits"],
    ["source_address", "destination_address"],
)  # fmt: skip
SCCP_ADDRESS_TABLE = (
    ["indicator", "point_code", "ssn", "translation_type", "plan", "nature"],
    ["gt"],
)
DIALOGUE_TABLE = (
    ["dialogue_pdu", "application_context", "map_version", "dialogue_result", "diagnostic",
     "abort_source"],
    ["application_context_oid", "destination_reference", "origination_reference"],
)  # fmt: skip

# Columns of every row of a component, MAP's or CAP's: those of its message, then its own.
MESSAGE_NUMBERS = [
    "frame", "message", "seen_at", "path_id", "called_id", "calling_id", "dialogue_id",
    "tcap_type", "otid", "dtid", "abort_cause", "return_cause",
]  # fmt: skip
COMPONENT_NUMBERS = [
    "component", "component_type", "invoke_id", "linked_id", "opcode", "error_code", "problem",
    "bytes_unread", "digest",
]  # fmt: skip
COMPONENT_TEXTS = ["opcode_oid"]
# Digits as a number, a 1 in front; what does not fit goes as text into the column odd_…
DIGITS = [
    "imsi", "msisdn", "msc_number", "vlr_number", "sgsn_number", "hlr_number",
    "network_node_number", "service_centre", "requesting_plmn",
]  # fmt: skip
# The column `flags` holds small numbers, each in five bits, and then a bit for each flag. What many
# messages have comes first, so that the column stays narrow.
PACKED = ["vector_count", "requesting_node_type", "camel_phases"]
PACKED_WIDTH = 5
FLAGS = [
    "location_returned", "vectors_returned", "quintuplets_returned",
    "eps_vectors_returned", "priority", "more_messages", "location_requested",
    "current_location_requested", "state_requested", "imei_requested", "portability_requested",
    "current_location_returned", "coordinates_returned", "location_estimate", "or_interrogation",
    "privacy_override", "tmsi_given", "resynchronisation", "eps_vectors_requested",
    "csi_installed", "csi_withdrawn", "teleservices_set", "services_set", "gprs_set", "eps_set",
    "basic_services_withdrawn", "gprs_withdrawn", "eps_withdrawn", "reachability_requested",
    "services_requested", "odb_requested", "csi_requested", "modification_requested",
    "forwarding_modified", "barring_modified", "csi_modified", "odb_modified",
    "ip_sm_gw_modified", "restoration", "data_update_skipped", "sms_only", "mwd_set",
    "ms_not_reachable", "gprs_node", "ip_sm_gw",
]  # fmt: skip
MAP_NUMBERS = [
    "requested_vectors", "flags",
    # map_location
    "age_of_location", "subscriber_state", "packet_state", "location_type", "lcs_client_type",
    "lcs_client_internal_id", "lcs_accuracy", "lcs_event", "lcs_service_type", "trace_reference",
    "trace_type", "mm_event", "equipment_status",
    # map_subscription
    "ss_code", "ss_status", "bearer_service", "teleservice", "forwarded_to_nature",
    "no_reply_time", "guidance", "subscriber_status", "odb_general", "odb_home",
    "network_access_mode", "access_restriction", "csi_kind", "csi_withdrawal",
    # map_camel
    "o_csi_key", "d_csi_key", "t_csi_key", "vt_csi_key", "m_csi_key", "mo_sms_csi_key",
    "mt_sms_csi_key", "gprs_csi_key", "mg_csi_key", "default_handling",
    # map_routing
    "cancellation_type", "delivery_not_intended", "interrogation_type", "call_reference",
    "portability_status", "unavailability_cause", "lmsi", "delivery_outcome",
    "absent_diagnostic", "alert_reason", "mw_status", "sms_register_request",
    "failure_cause", "error_cause",
]  # fmt: skip
MAP_TEXTS = [
    # map_location
    "imei", "gsmscf_address", "mlc_number", "cell", "eps_cell", "mme_name", "h_gmlc_address",
    "v_gmlc_address", "lcs_client_number", "omc_id",
    # map_subscription
    "forwarded_to_number",
    # map_camel
    "o_csi", "d_csi", "t_csi", "vt_csi", "ss_csi", "m_csi", "mo_sms_csi", "mt_sms_csi",
    "gprs_csi", "mg_csi",
    # map_routing
    "gmsc_address", "roaming_number", "additional_msc_number", "additional_sgsn_number",
    "new_msc_number", "new_vlr_number", "sgsn_address", "ggsn_address", "ggsn_number",
    "mme_number_for_mt_sms", "css_number", "hlr_list", "correlation_hlr", "correlation_uri",
]  # fmt: skip
MAP_TABLE = (
    MESSAGE_NUMBERS + COMPONENT_NUMBERS + DIGITS + MAP_NUMBERS,
    COMPONENT_TEXTS + [f"odd_{column}" for column in DIGITS] + MAP_TEXTS,
)

# `octet` counts from the beginning of the message (of TCAP, of Diameter)
ANOMALY_TABLE: tuple[list[str], list[str]] = (["component_id", "kind", "octet"], [])
PROBLEM_TABLE: tuple[list[str], list[str]] = (["frame", "message", "reason"], [])

# of a short message, what most of them have, then what few have; their names are TS 23.040's
SMS_TABLE = (
    ["component_id", "tp_mti", "mobile_terminated", "tp_address_type", "tp_pid", "tp_dcs",
     "tp_udl", "tp_scts", "characters", "otp_likelihood",
     "reply_path", "status_report", "tp_mr", "validity_seconds", "valid_until", "tp_status",
     "discharged_at", "tp_fcs", "tp_command_type", "concat_reference", "concat_total",
     "concat_part", "whole_characters", "part_likelihood", "source_port", "destination_port",
     "special_indication", "locking_language", "single_language", "spi", "kic", "kid", "tar",
     "counter", "padding_counter", "response_status"],
    ["tp_address", "header_elements"],
)  # fmt: skip

USSD_TABLE = (
    ["component_id", "from_subscriber", "dcs", "characters", "fields", "pin_digits",
     "asks_for_pin", "otp_likelihood"],
    ["service_code"],
)  # fmt: skip

KEYS = [name for name in MAP_NUMBERS if name.endswith("_key")]  # CAMEL service keys
WIDTHS = {
    "uint64": {"otid", "dtid", "digest", "flags", "call_reference", "counter", *DIGITS},
    "uint32": {
        "opc", "dpc", "point_code", "payload_protocol", "routing_context", "network_appearance",
        "octet", "service_key", "age_of_location", "lmsi", "odb_general", "odb_home",
        "csi_withdrawal", "access_restriction", "mw_status", "lcs_service_type", "trace_reference",
        "tar", "validity_seconds", *KEYS,
    },
    "uint16": {
        "application_context", "source_port", "destination_port",
        "concat_reference", "whole_characters", "special_indication", "spi",
    },
    "int64": {
        "tp_scts", "valid_until", "discharged_at",
        "frame", "seen_at", "path_id", "called_id", "calling_id", "dialogue_id", "component_id",
        "route_id",
    },
    "int32": {"message", "component", "bytes_unread"},
    "int16": {
        "invoke_id", "linked_id", "opcode", "error_code", "problem", "requested_vectors", "reason",
        "kind",
    },
}  # fmt: skip


TIMES = ("seen_at", "tp_scts", "valid_until", "discharged_at")  # microseconds


def width_of(column: str) -> str:
    """The integer type of a number column; uint8 where nothing else is said."""
    if column in DIAMETER_UINT32:
        return "uint32"
    if column in DIAMETER_DIGITS:
        return "uint64"
    return next((width for width, columns in WIDTHS.items() if column in columns), "uint8")


# How the octets of a value become a cell. From CONSTANT on: the cell is what is above it.
(
    NOTHING, TBCD, ADDRESS, INTEGER, PRESENT, PLMN, CELL, TPDU, SECRET, TEXT, NUMBER,
    ADDRESS_NUMBER, PLMN_NUMBER, ISUP_NUMBER, CAUSE, UNSIGNED, FIRST_OCTET, BITS, GSN_ADDRESS,
    TYPED_ADDRESS, EPS_CELL, LIST, FOUR_OCTETS, EIGHT_OCTETS, TRUTH, PACKED_INTEGER, PACKED_COUNT,
    PACKED_BITS, USSD, USSD_CODING, USSD_IA5,
) = range(31)  # fmt: skip
CONSTANT = 64
DECODERS = {
    **dict.fromkeys(MAP_NUMBERS, INTEGER),
    **dict.fromkeys(DIGITS, ADDRESS_NUMBER),
    **dict.fromkeys(("age_of_location", "lcs_service_type", *KEYS), UNSIGNED),
    "lmsi": FOUR_OCTETS, "trace_reference": FOUR_OCTETS, "call_reference": EIGHT_OCTETS,
    **dict.fromkeys(("ss_status", "bearer_service", "teleservice"), FIRST_OCTET),
    **dict.fromkeys(
        ("odb_general", "odb_home", "access_restriction", "csi_withdrawal", "mw_status"), BITS
    ),
    **dict.fromkeys(
        ("h_gmlc_address", "v_gmlc_address", "sgsn_address", "ggsn_address"), GSN_ADDRESS
    ),
    "imsi": NUMBER, "imei": TBCD, "requesting_plmn": PLMN_NUMBER, "cell": CELL, "tpdu": TPDU,
    "secret": SECRET, "ussd": USSD, "ussd_coding": USSD_CODING, "ussd_ia5": USSD_IA5,
    "eps_cell": EPS_CELL, "mme_name": TEXT, "correlation_uri": TEXT,
    "correlation_hlr": TBCD, "hlr_list": LIST,
    "forwarded_to_number": TYPED_ADDRESS, "vector_count": PACKED_COUNT,
    "requesting_node_type": PACKED_INTEGER, "camel_phases": PACKED_BITS,
}  # fmt: skip


class Field(NamedTuple):
    """A column, the part of an operation it is found in, and the path of ASN.1 names there.

    The part is argument, result, or error: the parameter of an error of this name. A path holds in
    every operation that has it, or in the named ones only; SEQUENCE OF has no name in a path; the
    empty path is the argument or result itself. Where `value` is not -1, it is the cell, and the
    element need not have a value of its own. The column `tpdu` stands for the table of short
    messages, `ussd…` for that of USSD strings, `secret` for text that is skipped and never kept.
    """

    column: str
    part: str
    path: str
    operations: tuple[str, ...] = ()
    value: int = -1
