"""What is extracted of Diameter (RFC 6733): columns and the AVPs that fill them.

Adding a field is adding a line here and a column in the database's schema. Names are those of
pycrate's dictionaries; avp_table.py resolves them to codes.
"""

# How an AVP's value becomes a cell.
(
    NOTHING, TEXT, TEXTS, TBCD, NUMBER, INTEGER, INTEGERS, COUNT, PRESENT, PLMN, CELL, EPS_CELL,
    ADDRESS, LENGTH, HEX, USER_NAME, SUBSCRIPTION_TYPE, SUBSCRIPTION_DATA, ROUTE, SESSION,
    APPLICATION, APPLICATION_VENDOR, TPDU, SME_ADDRESS,
) = range(24)  # fmt: skip

# Digits as a number, a 1 in front; what does not fit goes as text into the column odd_…
DIAMETER_DIGITS = ["imsi", "msisdn", "visited_plmn"]

# From whom, to whom and over which relays: a table of its own, for it repeats (see interned.py).
DIAMETER_ROUTE_TABLE: tuple[list[str], list[str]] = (
    [],
    ["origin_host", "origin_realm", "destination_host", "destination_realm", "route_record"],
)

DIAMETER_HEADER = [
    "frame", "message", "seen_at", "path_id", "route_id", "command_flags", "command_code",
    "application_id", "hop_by_hop", "end_to_end", "digest", "fingerprint",
]  # fmt: skip

# (column, path of AVP names, decoder); a * before the last name: it may be there more than once.
DIAMETER_FIELDS: tuple[tuple[str, str, int], ...] = (
    # of any application (RFC 6733 4.5, 8.8; RFC 8506 8.46)
    ("session", "Session-Id", SESSION),
    ("origin_host", "Origin-Host", ROUTE),
    ("origin_realm", "Origin-Realm", ROUTE),
    ("destination_host", "Destination-Host", ROUTE),
    ("destination_realm", "Destination-Realm", ROUTE),
    ("route_record", "*Route-Record", ROUTE),
    ("proxied", "*Proxy-Info", PRESENT),
    ("imsi", "User-Name", USER_NAME),
    ("result_code", "Result-Code", INTEGER),
    ("experimental_vendor", "Experimental-Result.Vendor-Id", INTEGER),
    ("experimental_result_code", "Experimental-Result.Experimental-Result-Code", INTEGER),
    ("error_reporting_host", "Error-Reporting-Host", TEXT),
    ("redirect_host", "*Redirect-Host", TEXTS),
    ("application", "*Auth-Application-Id", APPLICATION),
    ("application", "*Acct-Application-Id", APPLICATION),
    ("application_vendor", "*Vendor-Specific-Application-Id.*Vendor-Id", APPLICATION_VENDOR),
    ("application", "*Vendor-Specific-Application-Id.Auth-Application-Id", APPLICATION),
    ("application", "*Vendor-Specific-Application-Id.Acct-Application-Id", APPLICATION),
    ("host_address", "*Host-IP-Address", ADDRESS),
    ("peer_vendor", "Vendor-Id", INTEGER),
    ("product_name", "Product-Name", TEXT),
    ("firmware", "Firmware-Version", INTEGER),
    ("origin_state", "Origin-State-Id", INTEGER),
    ("disconnect_cause", "Disconnect-Cause", INTEGER),
    ("subscription_type", "*Subscription-Id.Subscription-Id-Type", SUBSCRIPTION_TYPE),
    ("subscription_data", "*Subscription-Id.Subscription-Id-Data", SUBSCRIPTION_DATA),
    # S6a, S6d (TS 29.272 7.3), SWx (TS 29.273 8.2.3), S13
    ("msisdn", "MSISDN", NUMBER),
    ("visited_plmn", "Visited-PLMN-Id", PLMN),
    ("rat_type", "RAT-Type", INTEGER),
    ("ulr_flags", "ULR-Flags", INTEGER),
    ("ula_flags", "ULA-Flags", INTEGER),
    ("imei", "Terminal-Information.IMEI", TEXT),
    ("software_version", "Terminal-Information.Software-Version", TEXT),
    ("mme_number_for_mt_sms", "MME-Number-for-MT-SMS", TBCD),
    ("sms_register_request", "SMS-Register-Request", INTEGER),
    ("sgsn_number", "SGSN-Number", TBCD),
    ("active_apns", "*Active-APN.Service-Selection", TEXTS),
    ("feature_list_ids", "*Supported-Features.Feature-List-ID", INTEGERS),
    ("feature_lists", "*Supported-Features.Feature-List", INTEGERS),
    ("requested_vectors",
     "Requested-EUTRAN-Authentication-Info.Number-Of-Requested-Vectors", INTEGER),
    ("immediate_response_preferred",
     "Requested-EUTRAN-Authentication-Info.Immediate-Response-Preferred", INTEGER),
    ("resynchronisation",
     "Requested-EUTRAN-Authentication-Info.Re-Synchronization-Info", PRESENT),
    ("requested_utran_vectors",
     "Requested-UTRAN-GERAN-Authentication-Info.Number-Of-Requested-Vectors", INTEGER),
    ("resynchronisation",
     "Requested-UTRAN-GERAN-Authentication-Info.Re-Synchronization-Info", PRESENT),
    ("vectors_returned", "Authentication-Info.*E-UTRAN-Vector", COUNT),
    ("vectors_returned", "Authentication-Info.*UTRAN-Vector", COUNT),
    ("vectors_returned", "Authentication-Info.*GERAN-Vector", COUNT),
    ("idr_flags", "IDR-Flags", INTEGER),
    ("ida_flags", "IDA-Flags", INTEGER),
    ("dsr_flags", "DSR-Flags", INTEGER),
    ("dsa_flags", "DSA-Flags", INTEGER),
    ("clr_flags", "CLR-Flags", INTEGER),
    ("pur_flags", "PUR-Flags", INTEGER),
    ("pua_flags", "PUA-Flags", INTEGER),
    ("nor_flags", "NOR-Flags", INTEGER),
    ("cancellation_type", "Cancellation-Type", INTEGER),
    ("alert_reason", "Alert-Reason", INTEGER),
    ("user_ids", "*User-Id", TEXTS),
    ("reset_ids", "*Reset-ID", HEX),
    ("equipment_status", "Equipment-Status", INTEGER),
    ("subscription_profile", "Subscription-Data", PRESENT),
    ("msisdn", "Subscription-Data.MSISDN", NUMBER),
    ("a_msisdn", "Subscription-Data.A-MSISDN", TBCD),
    ("stn_sr", "Subscription-Data.STN-SR", TBCD),
    ("subscriber_status", "Subscription-Data.Subscriber-Status", INTEGER),
    ("operator_determined_barring", "Subscription-Data.Operator-Determined-Barring", INTEGER),
    ("hplmn_odb", "Subscription-Data.HPLMN-ODB", INTEGER),
    ("access_restriction", "Subscription-Data.Access-Restriction-Data", INTEGER),
    ("network_access_mode", "Subscription-Data.Network-Access-Mode", INTEGER),
    ("apns",
     "Subscription-Data.APN-Configuration-Profile.*APN-Configuration.Service-Selection", TEXTS),
    # where the subscriber is (TS 29.272 7.3.109 to 7.3.121; TS 29.172 7.4; TS 29.173 6.4)
    ("location_returned", "EPS-Location-Information", PRESENT),
    ("eps_cell", "EPS-Location-Information.MME-Location-Information.E-UTRAN-Cell-Global-Identity",
     EPS_CELL),
    ("tracking_area", "EPS-Location-Information.MME-Location-Information.Tracking-Area-Identity",
     CELL),
    *(
        (column, f"EPS-Location-Information.{node}-Location-Information.{name}", decoder)
        for node in ("MME", "SGSN")
        for column, name, decoder in (
            ("coordinates_returned", "Geographical-Information", PRESENT),
            ("coordinates_returned", "Geodetic-Information", PRESENT),
            ("current_location", "Current-Location-Retrieved", INTEGER),
            ("age_of_location", "Age-Of-Location-Information", INTEGER),
        )
    ),
    *(
        ("cell", f"EPS-Location-Information.SGSN-Location-Information.{name}", CELL)
        for name in ("Cell-Global-Identity", "Service-Area-Identity", "Location-Area-Identity",
                     "Routing-Area-Identity")
    ),
    ("mme_user_state", "EPS-User-State.MME-User-State.User-State", INTEGER),
    ("sgsn_user_state", "EPS-User-State.SGSN-User-State.User-State", INTEGER),
    ("gmlc_address", "*GMLC-Address", ADDRESS),
    ("gmlc_number", "GMLC-Number", TBCD),
    ("lcs_client_type", "LCS-Client-Type", INTEGER),
    ("lcs_client_name", "LCS-EPS-Client-Name.LCS-Name-String", TEXT),
    ("location_type", "SLg-Location-Type", INTEGER),
    ("location_event", "Location-Event", INTEGER),
    ("plr_flags", "PLR-Flags", INTEGER),
    ("ria_flags", "RIA-Flags", INTEGER),
    ("privacy_check", "LCS-Privacy-Check-Non-Session.LCS-Privacy-Check", INTEGER),
    ("privacy_check_session", "LCS-Privacy-Check-Session.LCS-Privacy-Check", INTEGER),
    ("location_estimate", "Location-Estimate", PRESENT),
    ("eps_cell", "ECGI", EPS_CELL),
    ("cell", "Cell-Global-Identity", CELL),
    ("cell", "Service-Area-Identity", CELL),
    *(
        (column, f"{node}.{name}", decoder)
        for node in ("Serving-Node", "*Additional-Serving-Node")
        for column, name, decoder in (
            ("mme_name", "MME-Name", TEXT),
            ("mme_realm", "MME-Realm", TEXT),
            ("sgsn_name", "SGSN-Name", TEXT),
            ("sgsn_realm", "SGSN-Realm", TEXT),
            ("serving_sgsn_number", "SGSN-Number", TBCD),
            ("msc_number", "MSC-Number", TBCD),
            ("serving_mme_number", "MME-Number-for-MT-SMS", TBCD),
            ("aaa_server_name", "3GPP-AAA-Server-Name", TEXT),
        )
    ),
    ("mme_name", "MME-Name", TEXT),
    ("msc_number", "MSC-Number", TBCD),
    # S6c and SGd (TS 29.338 5.3.3, 6.3.3)
    ("tpdu", "SM-RP-UI", TPDU),
    ("imsi", "User-Identifier.User-Name", USER_NAME),
    ("msisdn", "User-Identifier.MSISDN", NUMBER),
    ("external_identifier", "User-Identifier.External-Identifier", TEXT),
    ("sc_address", "SC-Address", TBCD),
    ("sms_gmsc_address", "SMS-GMSC-Address", TBCD),
    ("sm_rp_smea", "SM-RP-SMEA", SME_ADDRESS),
    ("lmsi", "LMSI", HEX),
    ("sm_rp_mti", "SM-RP-MTI", INTEGER),
    ("srr_flags", "SRR-Flags", INTEGER),
    ("delivery_not_intended", "SM-Delivery-Not-Intended", INTEGER),
    ("mwd_status", "MWD-Status", INTEGER),
    ("rdr_flags", "RDR-Flags", INTEGER),
    ("tfr_flags", "TFR-Flags", INTEGER),
    ("ofr_flags", "OFR-Flags", INTEGER),
    ("gmsc_alert_event", "SMS-GMSC-Alert-Event", INTEGER),
    *(
        ("delivery_cause", f"SM-Delivery-Outcome.{node}-SM-Delivery-Outcome.SM-Delivery-Cause",
         INTEGER)
        for node in ("MME", "MSC", "SGSN", "IP-SM-GW")
    ),
    *(
        ("absent_diagnostic",
         f"SM-Delivery-Outcome.{node}-SM-Delivery-Outcome.Absent-User-Diagnostic-SM", INTEGER)
        for node in ("MME", "MSC", "SGSN")
    ),
    ("delivery_failure", "SM-Delivery-Failure-Cause.SM-Enumerated-Delivery-Failure-Cause", INTEGER),
    ("smsmi_hss_id", "SMSMI-Correlation-ID.HSS-ID", TEXT),
    ("smsmi_originator", "SMSMI-Correlation-ID.Originating-SIP-URI", TEXT),
    ("smsmi_destination", "SMSMI-Correlation-ID.Destination-SIP-URI", TEXT),
    ("ip_sm_gw_number", "IP-SM-GW-Number", TBCD),
    ("ip_sm_gw_name", "IP-SM-GW-Name", TEXT),
    # Sh (TS 29.329 6.3) and Cx (TS 29.229 6.3)
    ("msisdn", "User-Identity.MSISDN", NUMBER),
    ("public_identity", "User-Identity.*Public-Identity", TEXTS),
    ("external_identifier", "User-Identity.External-Identifier", TEXT),
    ("public_identity", "*Public-Identity", TEXTS),
    ("data_references", "*Data-Reference", INTEGERS),
    ("server_name", "Server-Name", TEXT),
    ("service_indication", "*Service-Indication", TEXTS),
    ("requested_domain", "Requested-Domain", INTEGER),
    ("current_location_requested", "Current-Location", INTEGER),
    ("subscription_request", "Subs-Req-Type", INTEGER),
    ("user_data_octets", "User-Data", LENGTH),
    ("visited_network", "Visited-Network-Identifier", TEXT),
    ("server_assignment_type", "Server-Assignment-Type", INTEGER),
    ("user_authorization_type", "User-Authorization-Type", INTEGER),
    ("requested_items", "SIP-Number-Auth-Items", INTEGER),
    ("authentication_items", "*SIP-Auth-Data-Item", COUNT),
    ("authentication_scheme", "*SIP-Auth-Data-Item.SIP-Authentication-Scheme", TEXT),
    ("deregistration_reason", "Deregistration-Reason.Reason-Code", INTEGER),
)  # fmt: skip

TEXT_DECODERS = (TEXT, TEXTS, TBCD, INTEGERS, CELL, EPS_CELL, ADDRESS, HEX, SME_ADDRESS)
# filled by more than their own AVP, or by the walker itself
_OTHERS = {
    "session", "tpdu", "subscription_type", "subscription_data", "application",
    *DIAMETER_DIGITS, *DIAMETER_ROUTE_TABLE[1],
}  # fmt: skip
_OWN = [
    (column, decoder)
    for column, _, decoder in dict.fromkeys(DIAMETER_FIELDS)
    if column not in _OTHERS and decoder
]
DIAMETER_INTEGERS = list(dict.fromkeys(c for c, kind in _OWN if kind not in TEXT_DECODERS))
DIAMETER_TABLE: tuple[list[str], list[str]] = (
    [*DIAMETER_HEADER, *DIAMETER_DIGITS, *DIAMETER_INTEGERS, "other_application"],
    [
        *(f"odd_{column}" for column in DIAMETER_DIGITS),
        "user_name", "applications",
        *dict.fromkeys(c for c, kind in _OWN if kind in TEXT_DECODERS),
    ],
)  # fmt: skip
# Unsigned32 and Enumerated fill a column of 32 bits whatever is expected; the rest are flags.
DIAMETER_UINT32 = {
    "command_code", "application_id", "hop_by_hop", "end_to_end", "fingerprint",
    "other_application",
    *DIAMETER_INTEGERS,
} - {column for column, _, decoder in DIAMETER_FIELDS if decoder == PRESENT}  # fmt: skip
