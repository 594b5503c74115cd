"""What is extracted: columns, and the ASN.1 and AVP names that fill them.

Adding a field is adding a name here and a column in the database's schema. Names are resolved to
BER tags through pycrate's specification of MAP (TS 29.002), and to AVP codes through its
dictionaries and scapy's; no tag is typed by hand.
"""

from typing import NamedTuple

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
FLAGS = [
    "location_requested", "modification_requested", "csi_installed", "location_returned",
    "location_estimate", "vectors_returned",
]  # fmt: skip
MAP_NUMBERS = [
    "ss_code", "requested_vectors", "cancellation_type", "delivery_not_intended",
    "lcs_client_type", *FLAGS,
]  # fmt: skip
MAP_TEXTS = [
    "imei", "gsmscf_address", "csi_gsmscf_address", "mlc_number", "gmsc_address",
    "roaming_number", "forwarded_to_number", "cell",
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
     "discharged_at", "tp_command_type", "concat_reference", "concat_total",
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

DIAMETER_TABLE = (
    ["frame", "message", "seen_at", "is_request", "command_code", "application_id", "hop_by_hop",
     "end_to_end", "digest", "result_code", "experimental_result_code", "rat_type", "ulr_flags",
     "idr_flags", "clr_flags", "cancellation_type", "subscription_profile", "location_returned"],
    ["source_address", "destination_address", "origin_host", "origin_realm", "destination_host",
     "destination_realm", "imsi", "msisdn", "user_name", "visited_plmn", "imei",
     "mme_number_for_mt_sms", "sc_address"],
)  # fmt: skip

WIDTHS = {
    "uint64": {"otid", "dtid", "digest", "counter", *DIGITS},
    "uint32": {
        "opc", "dpc", "point_code", "payload_protocol", "routing_context", "network_appearance",
        "octet", "tar", "validity_seconds", "service_key", "command_code", "application_id",
        "hop_by_hop", "end_to_end", "result_code", "experimental_result_code", "rat_type",
        "ulr_flags", "idr_flags", "clr_flags", "cancellation_type",
    },
    "uint16": {
        "application_context", "source_port", "destination_port",
        "concat_reference", "whole_characters", "special_indication", "spi",
    },
    "int64": {
        "tp_scts", "valid_until", "discharged_at",
        "frame", "seen_at", "path_id", "called_id", "calling_id", "dialogue_id", "component_id",
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
    return next((width for width, columns in WIDTHS.items() if column in columns), "uint8")


# How the octets of a value become a cell.
(
    NOTHING, TBCD, ADDRESS, INTEGER, PRESENT, PLMN, CELL, TPDU, SECRET, TEXT, SUBSCRIPTION_TYPE,
    SUBSCRIPTION_DATA, NUMBER, ADDRESS_NUMBER, PLMN_NUMBER, ISUP_NUMBER, CAUSE, UNSIGNED,
    USSD, USSD_CODING, USSD_IA5,
) = range(21)  # fmt: skip
DECODERS = {
    **dict.fromkeys(DIGITS, ADDRESS_NUMBER),
    "imsi": NUMBER, "imei": TBCD, "requesting_plmn": PLMN_NUMBER, "cell": CELL, "tpdu": TPDU,
    "ussd": USSD, "ussd_coding": USSD_CODING, "ussd_ia5": USSD_IA5, "ss_code": INTEGER,
    "requested_vectors": INTEGER,
    "cancellation_type": INTEGER, "delivery_not_intended": INTEGER, "lcs_client_type": INTEGER,
}  # fmt: skip


class Field(NamedTuple):
    """A column, the part of an operation it is found in, and the path of ASN.1 names there.

    A path holds in every operation that has it, or in the named ones only; SEQUENCE OF has no
    name in a path; the empty path is the argument or result itself. The column `tpdu` stands for
    the table of short messages, `ussd…` for that of USSD strings.
    """

    column: str
    part: str
    path: str
    operations: tuple[str, ...] = ()


LOCATION = "subscriberInfo.locationInformation"
LOCATION_GPRS = "subscriberInfo.locationInformationGPRS"
CELL_OR_LAI = "cellGlobalIdOrServiceAreaIdOrLAI"
CSI_PATHS = (
    "vlrCamelSubscriptionInfo.o-CSI.o-BcsmCamelTDPDataList",
    "vlrCamelSubscriptionInfo.ss-CSI.ss-CamelData",
    "vlrCamelSubscriptionInfo.m-CSI",
    "vlrCamelSubscriptionInfo.mo-sms-CSI.sms-CAMEL-TDP-DataList",
    "vlrCamelSubscriptionInfo.vt-CSI.t-BcsmCamelTDPDataList",
    "vlrCamelSubscriptionInfo.mt-sms-CSI.sms-CAMEL-TDP-DataList",
    "vlrCamelSubscriptionInfo.d-CSI.dp-AnalysedInfoCriteriaList",
    "sgsn-CAMEL-SubscriptionInfo.gprs-CSI.gprs-CamelTDPDataList",
    "sgsn-CAMEL-SubscriptionInfo.mo-sms-CSI.sms-CAMEL-TDP-DataList",
    "sgsn-CAMEL-SubscriptionInfo.mt-sms-CSI.sms-CAMEL-TDP-DataList",
    "sgsn-CAMEL-SubscriptionInfo.mg-csi",
)

MAP_FIELDS = (
    Field("imsi", "argument", "imsi"),
    Field("imsi", "argument", "identity.imsi"),
    Field("imsi", "argument", "identity.imsi-WithLMSI.imsi"),
    Field("imsi", "argument", "imsi-WithLMSI.imsi"),
    Field("imsi", "argument", "subscriberIdentity.imsi"),
    Field("imsi", "argument", "subscriberId.imsi"),
    Field("imsi", "argument", "sm-RP-DA.imsi"),
    Field("imsi", "argument", "targetMS.imsi"),
    Field("imsi", "argument", "", ("sendAuthenticationInfo", "noteSubscriberPresent")),
    Field("imsi", "result", "imsi"),
    Field("imsi", "result", "targetMS.imsi"),
    Field("imsi", "result", "", ("sendIMSI",)),
    Field("msisdn", "argument", "msisdn"),
    Field("msisdn", "argument", "subscriberIdentity.msisdn"),
    Field("msisdn", "argument", "sm-RP-OA.msisdn"),
    Field("msisdn", "argument", "targetMS.msisdn"),
    Field("msisdn", "argument", "storedMSISDN"),
    Field("msisdn", "argument", "", ("sendIMSI",)),
    Field("msisdn", "result", "msisdn"),
    Field("msisdn", "result", "targetMS.msisdn"),
    Field("imei", "argument", "imei", ("checkIMEI", "provideSubscriberLocation")),
    Field("imei", "argument", "add-info.imeisv"),
    Field("imei", "argument", "", ("checkIMEI",)),
    Field("imei", "result", "subscriberInfo.imei"),
    Field("msc_number", "argument", "msc-Number"),
    Field("msc_number", "argument", "locationInfo.msc-Number"),
    Field("msc_number", "result", f"{LOCATION}.msc-Number"),
    Field("msc_number", "result", "vmsc-Address"),
    Field("vlr_number", "argument", "vlr-Number"),
    Field("vlr_number", "result", f"{LOCATION}.vlr-number"),
    Field("sgsn_number", "argument", "sgsn-Number"),
    Field("sgsn_number", "result", f"{LOCATION_GPRS}.sgsn-Number"),
    Field("hlr_number", "argument", "hlr-Number"),
    Field("hlr_number", "argument", "sendingNodenumber.hlr-Number"),
    Field("hlr_number", "result", "hlr-Number"),
    Field("hlr_number", "result", "extensibleUpdateLocationRes.hlr-Number"),
    Field("network_node_number", "result", "locationInfoWithLMSI.networkNode-Number"),
    Field("network_node_number", "result", "lcsLocationInfo.networkNode-Number"),
    Field("service_centre", "argument", "serviceCentreAddress"),
    Field("service_centre", "argument", "sm-RP-DA.serviceCentreAddressDA"),
    Field("service_centre", "argument", "sm-RP-OA.serviceCentreAddressOA"),
    Field("gsmscf_address", "argument", "gsmSCF-Address"),
    *(Field("csi_gsmscf_address", "argument", f"{path}.gsmSCF-Address") for path in CSI_PATHS),
    Field("mlc_number", "argument", "mlc-Number"),
    Field("mlc_number", "argument", "mlcNumber"),
    Field("gmsc_address", "argument", "gmsc-Address"),
    Field("gmsc_address", "argument", "gmsc-OrGsmSCF-Address"),
    Field("roaming_number", "result", "roamingNumber"),
    Field("roaming_number", "result", "", ("provideRoamingNumber",)),
    Field("roaming_number", "result", "extendedRoutingInfo.routingInfo.roamingNumber"),
    Field("roaming_number", "result", "routingInfo.roamingNumber"),
    Field("forwarded_to_number", "argument", "forwardedToNumber"),
    Field("ss_code", "argument", "ss-Code"),
    Field("requesting_plmn", "argument", "requestingPLMN-Id"),
    Field("requested_vectors", "argument", "numberOfRequestedVectors"),
    Field("cancellation_type", "argument", "cancellationType"),
    Field("delivery_not_intended", "argument", "sm-deliveryNotIntended"),
    Field("lcs_client_type", "argument", "lcs-ClientID.lcsClientType"),
    Field("location_requested", "argument", "requestedInfo.locationInformation"),
    Field("location_requested", "argument", "locationType"),
    Field("modification_requested", "argument", "modificationRequestFor-CF-Info"),
    Field("modification_requested", "argument", "modificationRequestFor-CB-Info"),
    Field("modification_requested", "argument", "modificationRequestFor-CSI"),
    Field("modification_requested", "argument", "modificationRequestFor-ODB-data"),
    Field("modification_requested", "argument", "modificationRequestFor-IP-SM-GW-Data"),
    Field("csi_installed", "argument", "vlrCamelSubscriptionInfo"),
    Field("csi_installed", "argument", "sgsn-CAMEL-SubscriptionInfo"),
    *(
        Field("cell", "result", f"{place}.{CELL_OR_LAI}.{form}")
        for place in (LOCATION, LOCATION_GPRS)
        for form in ("cellGlobalIdOrServiceAreaIdFixedLength", "laiFixedLength")
    ),
    Field("cell", "result", "cellIdOrSai.cellGlobalIdOrServiceAreaIdFixedLength"),
    Field("cell", "result", "cellIdOrSai.laiFixedLength"),
    *(
        Field("location_returned", "result", f"{place}.{name}")
        for place in (LOCATION, LOCATION_GPRS)
        for name in (CELL_OR_LAI, "geographicalInformation", "geodeticInformation")
    ),
    Field("location_returned", "result", f"{LOCATION}.vlr-number"),
    Field("location_returned", "result", f"{LOCATION}.msc-Number"),
    Field("location_returned", "result", f"{LOCATION}.locationInformationEPS"),
    Field("location_returned", "result", f"{LOCATION_GPRS}.sgsn-Number"),
    Field("location_returned", "result", "subscriberInfo.locationInformationEPS"),
    Field("location_returned", "result", "locationInfoWithLMSI.networkNode-Number"),
    Field("location_returned", "result", "lcsLocationInfo.networkNode-Number"),
    Field("location_returned", "result", "vmsc-Address"),
    Field("location_returned", "result", "sgsn-Address"),
    Field("location_returned", "result", "cellIdOrSai"),
    Field("location_returned", "result", "locationEstimate"),
    Field("location_estimate", "result", "locationEstimate"),
    Field("vectors_returned", "result", "authenticationSetList"),
    Field("vectors_returned", "result", "eps-AuthenticationSetList"),
    Field("vectors_returned", "result", "", ("sendAuthenticationInfo",)),
    Field("tpdu", "argument", "sm-RP-UI"),
    Field("tpdu", "result", "sm-RP-UI"),
    Field("ussd_coding", "argument", "ussd-DataCodingScheme"),
    Field("ussd_coding", "result", "ussd-DataCodingScheme"),
    Field("ussd", "argument", "ussd-String"),
    Field("ussd", "result", "ussd-String"),
    Field("ussd_ia5", "argument", "", ("processUnstructuredSS-Data",)),
    Field("ussd_ia5", "result", "", ("processUnstructuredSS-Data",)),
)

# column, path of AVP names, decoder
DIAMETER_FIELDS = (
    ("origin_host", "Origin-Host", TEXT),
    ("origin_realm", "Origin-Realm", TEXT),
    ("destination_host", "Destination-Host", TEXT),
    ("destination_realm", "Destination-Realm", TEXT),
    ("user_name", "User-Name", TEXT),
    ("msisdn", "MSISDN", TBCD),
    ("msisdn", "Subscription-Data.MSISDN", TBCD),
    ("subscription_type", "Subscription-Id.Subscription-Id-Type", SUBSCRIPTION_TYPE),
    ("subscription_data", "Subscription-Id.Subscription-Id-Data", SUBSCRIPTION_DATA),
    ("visited_plmn", "Visited-PLMN-Id", PLMN),
    ("result_code", "Result-Code", INTEGER),
    ("experimental_result_code", "Experimental-Result.Experimental-Result-Code", INTEGER),
    ("rat_type", "RAT-Type", INTEGER),
    ("ulr_flags", "ULR-Flags", INTEGER),
    ("idr_flags", "IDR-Flags", INTEGER),
    ("clr_flags", "CLR-Flags", INTEGER),
    ("cancellation_type", "Cancellation-Type", INTEGER),
    ("imei", "Terminal-Information.IMEI", TEXT),
    ("mme_number_for_mt_sms", "MME-Number-for-MT-SMS", TBCD),
    ("sc_address", "SC-Address", TBCD),
    ("tpdu", "SM-RP-UI", TPDU),
    ("subscription_profile", "Subscription-Data", PRESENT),
    ("location_returned", "EPS-Location-Information", PRESENT),
)
