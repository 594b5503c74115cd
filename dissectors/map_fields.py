"""What is extracted of MAP (3GPP TS 29.002): columns, and the ASN.1 names that fill them.

By subject, in the order of the columns' tables in the database's schema.
"""

from dissectors.fields import Field

ARGUMENT, RESULT, ERROR = "argument", "result", "error"
CELL_OR_LAI = "cellGlobalIdOrServiceAreaIdOrLAI"
FORMS = ("cellGlobalIdOrServiceAreaIdFixedLength", "laiFixedLength")
# where a location stands: in an answer, or in what a network tells unasked
CIRCUIT = ((RESULT, "subscriberInfo.locationInformation"), (ARGUMENT, "locationInformation"))
PACKET = (
    (RESULT, "subscriberInfo.locationInformationGPRS"),
    (ARGUMENT, "locationInformationGPRS"),
)
EPS = (
    (RESULT, "subscriberInfo.locationInformationEPS"),
    (RESULT, "subscriberInfo.locationInformation.locationInformationEPS"),
    (ARGUMENT, "locationInformationEPS"),
    (ARGUMENT, "locationInformation.locationInformationEPS"),
)
ANSWERS = [path for part, path in CIRCUIT + PACKET if part == RESULT]

SUBSCRIBER = (
    Field("imsi", ARGUMENT, "imsi"),
    Field("imsi", ARGUMENT, "identity.imsi"),
    Field("imsi", ARGUMENT, "identity.imsi-WithLMSI.imsi"),
    Field("imsi", ARGUMENT, "imsi-WithLMSI.imsi"),
    Field("imsi", ARGUMENT, "subscriberIdentity.imsi"),
    Field("imsi", ARGUMENT, "subscriberId.imsi"),
    Field("imsi", ARGUMENT, "sm-RP-DA.imsi"),
    Field("imsi", ARGUMENT, "targetMS.imsi"),
    Field("imsi", ARGUMENT, "", ("sendAuthenticationInfo", "noteSubscriberPresent")),
    Field("imsi", RESULT, "imsi"),
    Field("imsi", RESULT, "targetMS.imsi"),
    Field("imsi", RESULT, "subscriberInfo.mnpInfoRes.imsi"),
    Field("imsi", RESULT, "", ("sendIMSI",)),
    Field("msisdn", ARGUMENT, "msisdn"),
    Field("msisdn", ARGUMENT, "subscriberIdentity.msisdn"),
    Field("msisdn", ARGUMENT, "sm-RP-OA.msisdn"),
    Field("msisdn", ARGUMENT, "targetMS.msisdn"),
    Field("msisdn", ARGUMENT, "storedMSISDN"),
    Field("msisdn", ARGUMENT, "", ("sendIMSI",)),
    Field("msisdn", RESULT, "msisdn"),
    Field("msisdn", RESULT, "targetMS.msisdn"),
    Field("msisdn", RESULT, "storedMSISDN"),
    Field("msisdn", RESULT, "subscriberInfo.mnpInfoRes.msisdn"),
    Field("msisdn", RESULT, "subscriberData.msisdn"),
    Field("msisdn", RESULT, "", ("reportSM-DeliveryStatus",)),
    Field("tmsi_given", ARGUMENT, "tmsi"),
    Field("tmsi_given", ARGUMENT, "subscriberId.tmsi"),
    Field("tmsi_given", ARGUMENT, "", ("sendIdentification",)),
    Field("lmsi", ARGUMENT, "lmsi"),
    Field("lmsi", ARGUMENT, "sm-RP-DA.lmsi"),
    Field("lmsi", RESULT, "locationInfoWithLMSI.lmsi"),
    Field("lmsi", RESULT, "lcsLocationInfo.lmsi"),
)

NODES = (
    Field("msc_number", ARGUMENT, "msc-Number"),
    Field("msc_number", ARGUMENT, "locationInfo.msc-Number"),
    Field("msc_number", RESULT, "vmsc-Address"),
    Field("vlr_number", ARGUMENT, "vlr-Number"),
    *(Field("msc_number", part, f"{path}.msc-Number") for part, path in CIRCUIT),
    *(Field("vlr_number", part, f"{path}.vlr-number") for part, path in CIRCUIT),
    Field("sgsn_number", ARGUMENT, "sgsn-Number"),
    *(Field("sgsn_number", part, f"{path}.sgsn-Number") for part, path in PACKET),
    Field("hlr_number", ARGUMENT, "hlr-Number"),
    Field("hlr_number", ARGUMENT, "sendingNodenumber.hlr-Number"),
    Field("hlr_number", RESULT, "hlr-Number"),
    Field("hlr_number", RESULT, "extensibleUpdateLocationRes.hlr-Number"),
    Field("css_number", ARGUMENT, "sendingNodenumber.css-Number"),
    Field("hlr_list", ARGUMENT, "hlr-List"),
    Field("network_node_number", ARGUMENT, "lcsLocationInfo.networkNode-Number"),
    Field("network_node_number", RESULT, "locationInfoWithLMSI.networkNode-Number"),
    Field("network_node_number", RESULT, "locationInfoWithLMSI.locationInfo.msc-Number"),
    Field("network_node_number", RESULT, "lcsLocationInfo.networkNode-Number"),
    *(
        Field(f"additional_{node}_number", part, f"{place}.additional-Number.{node}-Number")
        for part, place in (
            (ARGUMENT, "lcsLocationInfo"),
            (RESULT, "lcsLocationInfo"),
            (RESULT, "locationInfoWithLMSI"),
        )
        for node in ("msc", "sgsn")
    ),
    Field("new_msc_number", ARGUMENT, "newMSC-Number"),
    Field("new_msc_number", ARGUMENT, "newMSCNumber"),
    Field("new_vlr_number", ARGUMENT, "newVLR-Number"),
    Field("sgsn_address", ARGUMENT, "sgsn-Address"),
    Field("sgsn_address", RESULT, "sgsn-Address"),
    Field("ggsn_address", ARGUMENT, "ggsn-Address"),
    Field("ggsn_address", RESULT, "ggsn-Address"),
    Field("ggsn_number", ARGUMENT, "ggsn-Number"),
    Field("gsmscf_address", ARGUMENT, "gsmSCF-Address"),
    Field("mlc_number", ARGUMENT, "mlc-Number"),
    Field("mlc_number", ARGUMENT, "mlcNumber"),
    Field("gmsc_address", ARGUMENT, "gmsc-Address"),
    Field("gmsc_address", ARGUMENT, "gmsc-OrGsmSCF-Address"),
    Field("mme_number_for_mt_sms", ARGUMENT, "mmeNumberforMTSMS"),
    Field("requesting_plmn", ARGUMENT, "requestingPLMN-Id"),
)

MOBILITY = (
    Field("cancellation_type", ARGUMENT, "cancellationType"),
    Field("camel_phases", ARGUMENT, "vlr-Capability.supportedCamelPhases"),
    Field("camel_phases", ARGUMENT, "sgsn-Capability.supportedCamelPhases"),
    Field("camel_phases", ARGUMENT, "supportedCAMELPhases"),
    Field("restoration", ARGUMENT, "restorationIndicator"),
    Field("data_update_skipped", ARGUMENT, "skipSubscriberDataUpdate"),
    Field("data_update_skipped", ARGUMENT, "add-info.skipSubscriberDataUpdate"),
    Field("sms_register_request", ARGUMENT, "smsRegisterRequest"),
    Field("sms_only", ARGUMENT, "sms-Only"),
    Field("ms_not_reachable", RESULT, "msNotReachable"),
    Field("imei", ARGUMENT, "imei"),
    Field("imei", ARGUMENT, "add-info.imeisv"),
    Field("imei", ARGUMENT, "", ("checkIMEI",)),
    Field("imei", RESULT, "subscriberInfo.imei"),
    Field("equipment_status", RESULT, "equipmentStatus"),
    Field("equipment_status", RESULT, "", ("checkIMEI",)),
    Field("trace_reference", ARGUMENT, "traceReference"),
    Field("trace_type", ARGUMENT, "traceType"),
    Field("omc_id", ARGUMENT, "omc-Id"),
    Field("mm_event", ARGUMENT, "eventMet"),
)

AUTHENTICATION = (
    Field("requested_vectors", ARGUMENT, "numberOfRequestedVectors"),
    Field("requesting_node_type", ARGUMENT, "requestingNodeType"),
    Field("resynchronisation", ARGUMENT, "re-synchronisationInfo"),
    Field("eps_vectors_requested", ARGUMENT, "additionalVectorsAreForEPS"),
    Field("failure_cause", ARGUMENT, "failureCause"),
    Field("vectors_returned", RESULT, "authenticationSetList"),
    Field("vectors_returned", RESULT, "eps-AuthenticationSetList"),
    Field("vectors_returned", RESULT, "authenticationSet"),
    Field("vectors_returned", RESULT, "", ("sendAuthenticationInfo",)),
    Field("vector_count", RESULT, "authenticationSetList"),
    Field("vector_count", RESULT, "authenticationSetList.tripletList"),
    Field("vector_count", RESULT, "authenticationSetList.quintupletList"),
    Field("vector_count", RESULT, "eps-AuthenticationSetList"),
    Field("vector_count", RESULT, "", ("sendAuthenticationInfo",)),
    Field("quintuplets_returned", RESULT, "authenticationSetList.quintupletList"),
    Field("eps_vectors_returned", RESULT, "eps-AuthenticationSetList"),
)

LOCATION = (
    Field("location_requested", ARGUMENT, "requestedInfo.locationInformation"),
    Field("location_requested", ARGUMENT, "locationType"),
    Field("current_location_requested", ARGUMENT, "requestedInfo.currentLocation"),
    Field("state_requested", ARGUMENT, "requestedInfo.subscriberState"),
    Field("imei_requested", ARGUMENT, "requestedInfo.imei"),
    Field("portability_requested", ARGUMENT, "requestedInfo.mnpRequestedInfo"),
    *(
        Field(column, part, f"{path}.{name}")
        for part, path in CIRCUIT + PACKET + EPS
        for column, name in (
            ("age_of_location", "ageOfLocationInformation"),
            ("current_location_returned", "currentLocationRetrieved"),
            ("coordinates_returned", "geographicalInformation"),
            ("coordinates_returned", "geodeticInformation"),
        )
    ),
    *(
        Field("cell", part, f"{path}.{CELL_OR_LAI}.{form}")
        for part, path in CIRCUIT + PACKET
        for form in FORMS
    ),
    *(Field("cell", part, f"cellIdOrSai.{form}") for part in (RESULT, ARGUMENT) for form in FORMS),
    *(
        Field(column, part, f"{path}.{name}")
        for part, path in EPS
        for column, name in (("eps_cell", "e-utranCellGlobalIdentity"), ("mme_name", "mme-Name"))
    ),
    *(
        Field("subscriber_state", RESULT, f"subscriberInfo.subscriberState.{name}", value=value)
        for value, name in enumerate(
            ("assumedIdle", "camelBusy", "netDetNotReachable", "notProvidedFromVLR")
        )
    ),
    *(
        Field("packet_state", RESULT, f"subscriberInfo.ps-SubscriberState.{name}", value=value)
        for value, name in enumerate(
            (
                "notProvidedFromSGSNorMME",
                "ps-Detached",
                "ps-AttachedNotReachableForPaging",
                "ps-AttachedReachableForPaging",
                "ps-PDP-ActiveNotReachableForPaging",
                "ps-PDP-ActiveReachableForPaging",
                "netDetNotReachable",
            )
        )
    ),
    *(
        Field("location_returned", RESULT, f"{path}.{name}")
        for path in ANSWERS
        for name in (CELL_OR_LAI, "geographicalInformation", "geodeticInformation")
    ),
    Field("location_returned", RESULT, f"{ANSWERS[0]}.vlr-number"),
    Field("location_returned", RESULT, f"{ANSWERS[0]}.msc-Number"),
    Field("location_returned", RESULT, f"{ANSWERS[0]}.locationInformationEPS"),
    Field("location_returned", RESULT, f"{ANSWERS[1]}.sgsn-Number"),
    Field("location_returned", RESULT, "subscriberInfo.locationInformationEPS"),
    Field("location_returned", RESULT, "locationInfoWithLMSI.networkNode-Number"),
    Field("location_returned", RESULT, "locationInfoWithLMSI.locationInfo.msc-Number"),
    Field("location_returned", RESULT, "lcsLocationInfo.networkNode-Number"),
    Field("location_returned", RESULT, "vmsc-Address"),
    Field("location_returned", RESULT, "sgsn-Address"),
    Field("location_returned", RESULT, "cellIdOrSai"),
    Field("location_returned", RESULT, "locationEstimate"),
    Field("location_estimate", RESULT, "locationEstimate"),
    Field("location_estimate", ARGUMENT, "locationEstimate"),
    Field("age_of_location", RESULT, "ageOfLocationEstimate"),
    Field("age_of_location", ARGUMENT, "ageOfLocationEstimate"),
    Field("location_type", ARGUMENT, "locationType.locationEstimateType"),
    Field("lcs_client_type", ARGUMENT, "lcs-ClientID.lcsClientType"),
    Field("lcs_client_number", ARGUMENT, "lcs-ClientID.lcsClientExternalID.externalAddress"),
    Field("lcs_client_internal_id", ARGUMENT, "lcs-ClientID.lcsClientInternalID"),
    Field("privacy_override", ARGUMENT, "privacyOverride"),
    Field("lcs_accuracy", ARGUMENT, "lcs-QoS.horizontal-accuracy"),
    Field("lcs_service_type", ARGUMENT, "lcsServiceTypeID"),
    Field("lcs_event", ARGUMENT, "lcs-Event"),
    *(
        Field(f"{gmlc}_gmlc_address", part, f"{gmlc}-gmlc-Address")
        for gmlc in ("h", "v")
        for part in (ARGUMENT, RESULT)
    ),
)

CALLS = (
    Field("interrogation_type", ARGUMENT, "interrogationType"),
    Field("or_interrogation", ARGUMENT, "or-Interrogation"),
    Field("call_reference", ARGUMENT, "callReferenceNumber"),
    Field("roaming_number", RESULT, "roamingNumber"),
    Field("roaming_number", RESULT, "", ("provideRoamingNumber",)),
    Field("roaming_number", RESULT, "extendedRoutingInfo.routingInfo.roamingNumber"),
    Field("roaming_number", RESULT, "routingInfo.roamingNumber"),
    Field("portability_status", RESULT, "numberPortabilityStatus"),
    Field("portability_status", RESULT, "subscriberInfo.mnpInfoRes.numberPortabilityStatus"),
    Field("unavailability_cause", RESULT, "unavailabilityCause"),
)

SHORT_MESSAGES = (
    Field("service_centre", ARGUMENT, "serviceCentreAddress"),
    Field("service_centre", ARGUMENT, "sm-RP-DA.serviceCentreAddressDA"),
    Field("service_centre", ARGUMENT, "sm-RP-OA.serviceCentreAddressOA"),
    Field("priority", ARGUMENT, "sm-RP-PRI"),
    Field("more_messages", ARGUMENT, "moreMessagesToSend"),
    Field("delivery_not_intended", ARGUMENT, "sm-deliveryNotIntended"),
    Field("delivery_outcome", ARGUMENT, "sm-DeliveryOutcome"),
    Field("absent_diagnostic", ARGUMENT, "absentSubscriberDiagnosticSM"),
    Field("alert_reason", ARGUMENT, "alertReason"),
    Field("mw_status", ARGUMENT, "mw-Status"),
    Field("mwd_set", RESULT, "mwd-Set"),
    Field("gprs_node", RESULT, "locationInfoWithLMSI.gprsNodeIndicator"),
    Field("ip_sm_gw", ARGUMENT, "ip-sm-gw-Indicator"),
    Field("ip_sm_gw", RESULT, "ip-sm-gwGuidance"),
    Field("correlation_hlr", ARGUMENT, "correlationID.hlr-id"),
    Field("correlation_uri", ARGUMENT, "correlationID.sip-uri-B"),
    Field("tpdu", ARGUMENT, "sm-RP-UI"),
    Field("tpdu", RESULT, "sm-RP-UI"),
)

# SEQUENCE OF below a CSI, where it has one; the trigger's service key and what happens when the
# gsmSCF does not answer
CSI_LISTS = {
    "o": "o-CSI.o-BcsmCamelTDPDataList",
    "d": "d-CSI.dp-AnalysedInfoCriteriaList",
    "t": "t-CSI.t-BcsmCamelTDPDataList",
    "vt": "vt-CSI.t-BcsmCamelTDPDataList",
    "ss": "ss-CSI.ss-CamelData",
    "m": "m-CSI",
    "mo_sms": "mo-sms-CSI.sms-CAMEL-TDP-DataList",
    "mt_sms": "mt-sms-CSI.sms-CAMEL-TDP-DataList",
    "gprs": "gprs-CSI.gprs-CamelTDPDataList",
    "mg": "mg-csi",
}
HANDLINGS = {
    "defaultCallHandling": ("o", "d", "t", "vt"),
    "defaultSMS-Handling": ("mo_sms", "mt_sms"),
    "defaultSessionHandling": ("gprs",),
}
INSTALLED = {
    "vlrCamelSubscriptionInfo": ("o", "ss", "m", "mo_sms", "vt", "d", "mt_sms"),
    "sgsn-CAMEL-SubscriptionInfo": ("gprs", "mo_sms", "mt_sms", "mg"),
    "camel-SubscriptionInfo": tuple(CSI_LISTS),
}
CSI_PLACES = (
    *(
        (ARGUMENT, f"{info}.{CSI_LISTS[kind]}", kind)
        for info in INSTALLED
        for kind in INSTALLED[info]
    ),
    *((RESULT, f"camel-SubscriptionInfo.{path}", kind) for kind, path in CSI_LISTS.items()),
    *(
        (
            RESULT,
            f"extendedRoutingInfo.camelRoutingInfo.gmscCamelSubscriptionInfo.{CSI_LISTS[kind]}",
            kind,
        )
        for kind in ("t", "o")
    ),
)

CAMEL = (
    *(Field(f"{kind}_csi", part, f"{path}.gsmSCF-Address") for part, path, kind in CSI_PLACES),
    *(
        Field(f"{kind}_csi_key", part, f"{path}.serviceKey")
        for part, path, kind in CSI_PLACES
        if kind != "ss"
    ),
    *(
        Field("default_handling", part, f"{path}.{name}")
        for part, path, kind in CSI_PLACES
        for name, kinds in HANDLINGS.items()
        if kind in kinds
    ),
    Field("csi_installed", ARGUMENT, "vlrCamelSubscriptionInfo"),
    Field("csi_installed", ARGUMENT, "sgsn-CAMEL-SubscriptionInfo"),
    Field("csi_withdrawn", ARGUMENT, "camelSubscriptionInfoWithdraw"),
    Field("csi_withdrawn", ARGUMENT, "specificCSI-Withdraw"),
    Field("csi_withdrawal", ARGUMENT, "specificCSI-Withdraw"),
)

# what is told of a supplementary service, and where: registered, provided, modified, interrogated
CODE, STATUS = ("ss_code", "ss-Code"), ("ss_status", "ss-Status")
NUMBER, TIME = (
    ("forwarded_to_number", "forwardedToNumber"),
    ("no_reply_time", "noReplyConditionTime"),
)
BASIC = (
    ("bearer_service", "basicService.bearerService"),
    ("teleservice", "basicService.teleservice"),
)
EXTENDED = (
    ("bearer_service", "basicService.ext-BearerService"),
    ("teleservice", "basicService.ext-Teleservice"),
)
TOLD = {
    (ARGUMENT, ""): (CODE, NUMBER, TIME, *BASIC),
    (ARGUMENT, "provisionedSS.forwardingInfo"): (CODE,),
    (ARGUMENT, "provisionedSS.forwardingInfo.forwardingFeatureList"):
        (STATUS, NUMBER, TIME, *BASIC, *EXTENDED),
    (ARGUMENT, "provisionedSS.callBarringInfo"): (CODE,),
    (ARGUMENT, "provisionedSS.callBarringInfo.callBarringFeatureList"):
        (STATUS, *BASIC, *EXTENDED),
    (ARGUMENT, "provisionedSS.ss-Data"): (CODE, STATUS),
    (ARGUMENT, "modificationRequestFor-CF-Info"): (CODE, STATUS, NUMBER, TIME, *EXTENDED),
    (ARGUMENT, "modificationRequestFor-CB-Info"): (CODE, STATUS, *EXTENDED),
    (ARGUMENT, "forwardingInfoFor-CSE"): (CODE,),
    (ARGUMENT, "forwardingInfoFor-CSE.forwardingFeatureList"): (STATUS, NUMBER, TIME, *EXTENDED),
    (ARGUMENT, "callBarringInfoFor-CSE"): (CODE,),
    (ARGUMENT, "callBarringInfoFor-CSE.callBarringFeatureList"): (STATUS, *EXTENDED),
    (ARGUMENT, "requestedSubscriptionInfo.requestedSS-Info"): (CODE, *BASIC),
    (RESULT, ""): (STATUS,),
    (RESULT, "forwardingInfo"): (CODE,),
    (RESULT, "forwardingInfo.forwardingFeatureList"): (STATUS, NUMBER, TIME, *BASIC),
    (RESULT, "forwardingFeatureList"): (STATUS, NUMBER, TIME, *BASIC),
    (RESULT, "callBarringInfo"): (CODE,),
    (RESULT, "callBarringInfo.callBarringFeatureList"): (STATUS, *BASIC),
    (RESULT, "ss-Data"): (CODE, STATUS),
    (RESULT, "genericServiceInfo"): (STATUS,),
    (RESULT, "ss-InfoFor-CSE.forwardingInfoFor-CSE"): (CODE,),
    (RESULT, "ss-InfoFor-CSE.forwardingInfoFor-CSE.forwardingFeatureList"):
        (STATUS, NUMBER, TIME, *EXTENDED),
    (RESULT, "ss-InfoFor-CSE.callBarringInfoFor-CSE"): (CODE,),
    (RESULT, "ss-InfoFor-CSE.callBarringInfoFor-CSE.callBarringFeatureList"):
        (STATUS, *EXTENDED),
    (RESULT, "callForwardingData.forwardingFeatureList"): (STATUS, NUMBER, TIME, *EXTENDED),
    (RESULT, "callBarringData.callBarringFeatureList"): (STATUS, *EXTENDED),
    (RESULT, "routingInfo.forwardingData"): (NUMBER,),
    (RESULT, "extendedRoutingInfo.routingInfo.forwardingData"): (NUMBER,),
    (RESULT, "extendedRoutingInfo.camelRoutingInfo.forwardingData"): (NUMBER,),
    (ERROR, ""): (CODE, STATUS, *BASIC),
}  # fmt: skip

SERVICES = (
    *(
        Field(column, part, f"{place}.{name}".lstrip("."))
        for (part, place), told in TOLD.items()
        for column, name in told
    ),
    Field("ss_code", ARGUMENT, "", ("registerPassword",)),
    Field("ss_code", ARGUMENT, "ss-Event"),
    Field("ss_code", ARGUMENT, "ss-List"),
    Field("ss_status", ERROR, "", ("ss-ErrorStatus",)),
    Field("guidance", ARGUMENT, "", ("getPassword",)),
    # passwords of call barring
    Field("secret", RESULT, "", ("registerPassword", "getPassword")),
    Field("secret", ARGUMENT, "modificationRequestFor-CB-Info.password"),
    Field("secret", ARGUMENT, "callBarringInfoFor-CSE.password"),
    Field("secret", RESULT, "ss-InfoFor-CSE.callBarringInfoFor-CSE.password"),
    Field("secret", RESULT, "callBarringData.password"),
    Field("ussd_coding", ARGUMENT, "ussd-DataCodingScheme"),
    Field("ussd_coding", RESULT, "ussd-DataCodingScheme"),
    Field("ussd", ARGUMENT, "ussd-String"),
    Field("ussd", RESULT, "ussd-String"),
    Field("ussd_ia5", ARGUMENT, "", ("processUnstructuredSS-Data",)),
    Field("ussd_ia5", RESULT, "", ("processUnstructuredSS-Data",)),
)

BARRING = (
    (ARGUMENT, "odb-Data"),
    (ARGUMENT, "modificationRequestFor-ODB-data.odb-data"),
    (ARGUMENT, "odb-Info.odb-Data"),
    (RESULT, "odb-Info.odb-Data"),
)
MODIFICATIONS = {
    "forwarding_modified": "modificationRequestFor-CF-Info",
    "barring_modified": "modificationRequestFor-CB-Info",
    "csi_modified": "modificationRequestFor-CSI",
    "odb_modified": "modificationRequestFor-ODB-data",
    "ip_sm_gw_modified": "modificationRequestFor-IP-SM-GW-Data",
}

SUBSCRIPTION = (
    Field("subscriber_status", ARGUMENT, "subscriberStatus"),
    Field("network_access_mode", ARGUMENT, "networkAccessMode"),
    Field("access_restriction", ARGUMENT, "accessRestrictionData"),
    *(Field("odb_general", part, f"{place}.odb-GeneralData") for part, place in BARRING),
    *(Field("odb_home", part, f"{place}.odb-HPLMN-Data") for part, place in BARRING),
    Field("teleservices_set", ARGUMENT, "teleserviceList"),
    Field("services_set", ARGUMENT, "provisionedSS"),
    Field("gprs_set", ARGUMENT, "gprsSubscriptionData"),
    Field("eps_set", ARGUMENT, "eps-SubscriptionData"),
    Field("reachability_requested", ARGUMENT, "ue-ReachabilityRequestIndicator"),
    Field("basic_services_withdrawn", ARGUMENT, "basicServiceList"),
    Field("gprs_withdrawn", ARGUMENT, "gprsSubscriptionDataWithdraw"),
    Field("eps_withdrawn", ARGUMENT, "epsSubscriptionDataWithdraw"),
    Field("services_requested", ARGUMENT, "requestedSubscriptionInfo.requestedSS-Info"),
    Field("odb_requested", ARGUMENT, "requestedSubscriptionInfo.odb"),
    *(
        Field(column, ARGUMENT, "requestedSubscriptionInfo.requestedCAMEL-SubscriptionInfo")
        for column in ("csi_requested", "csi_kind")
    ),
    Field("csi_kind", ARGUMENT, "modificationRequestFor-CSI.requestedCamel-SubscriptionInfo"),
    *(Field("modification_requested", ARGUMENT, path) for path in MODIFICATIONS.values()),
    *(Field(column, ARGUMENT, path) for column, path in MODIFICATIONS.items()),
)

ERRORS = (
    Field("error_cause", ERROR, "networkResource"),
    Field("error_cause", ERROR, "extensibleSystemFailureParam.networkResource"),
    Field("error_cause", ERROR, "unknownSubscriberDiagnostic"),
    Field("error_cause", ERROR, "roamingNotAllowedCause"),
    Field("error_cause", ERROR, "absentSubscriberReason"),
    Field("error_cause", ERROR, "callBarringCause"),
    Field("error_cause", ERROR, "extensibleCallBarredParam.callBarringCause"),
    Field("error_cause", ERROR, "cug-RejectCause"),
    Field("error_cause", ERROR, "sm-EnumeratedDeliveryFailureCause"),
    Field(
        "error_cause",
        ERROR,
        "sm-DeliveryFailureCauseWithDiagnostic.sm-EnumeratedDeliveryFailureCause",
    ),
    Field("error_cause", ERROR, "absentSubscriberDiagnosticSM"),
    Field("error_cause", ERROR, "unauthorizedLCSClient-Diagnostic"),
    Field("error_cause", ERROR, "positionMethodFailure-Diagnostic"),
    Field(
        "error_cause",
        ERROR,
        "",
        (
            "systemFailure",
            "roamingNotAllowed",
            "callBarred",
            "cug-Reject",
            "pw-RegistrationFailure",
        ),
    ),
    Field("mwd_set", ERROR, "", ("absentSubscriber",)),
    Field("imsi", ERROR, "imsi"),
    # the report of a short message
    Field("tpdu", ERROR, "diagnosticInfo"),
    Field("tpdu", ERROR, "sm-DeliveryFailureCauseWithDiagnostic.diagnosticInfo"),
)

MAP_FIELDS = (
    *SUBSCRIBER, *NODES, *MOBILITY, *AUTHENTICATION, *LOCATION, *CALLS, *SHORT_MESSAGES, *CAMEL,
    *SERVICES, *SUBSCRIPTION, *ERRORS,
)  # fmt: skip
