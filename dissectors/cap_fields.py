"""What is extracted of CAP (3GPP TS 29.078), phases 1 to 4: columns and the ASN.1 names in them.

As fields.py does for MAP; tags are resolved through pycrate's specification.
"""

from dissectors.fields import (
    ADDRESS,
    CAUSE,
    CELL,
    COMPONENT_NUMBERS,
    COMPONENT_TEXTS,
    INTEGER,
    ISUP_NUMBER,
    MESSAGE_NUMBERS,
    SECRET,
    TBCD,
    UNSIGNED,
    Field,
)

CAP_NUMBERS = ["service_key", "event_type", "release_cause"]
CAP_TEXTS = [
    "imsi", "msisdn", "imei", "calling_number", "called_number", "called_bcd_number",
    "destination_number", "original_called_number", "redirecting_number", "msc_address",
    "gmsc_address", "vlr_number", "sgsn_number", "smsc_address", "gsmscf_address", "cell",
]  # fmt: skip
CAP_TABLE = (MESSAGE_NUMBERS + COMPONENT_NUMBERS + CAP_NUMBERS, COMPONENT_TEXTS + CAP_TEXTS)

CAP_DECODERS = {
    **dict.fromkeys(CAP_TEXTS, ADDRESS),
    **dict.fromkeys(
        ("calling_number", "called_number", "destination_number", "original_called_number",
         "redirecting_number"),
        ISUP_NUMBER,
    ),
    "imsi": TBCD, "imei": TBCD, "cell": CELL, "service_key": UNSIGNED, "event_type": INTEGER,
    "release_cause": CAUSE, "secret": SECRET,
}  # fmt: skip

CIRCUIT = ("locationInformation", "locationInformationMSC")
PLACES = (*CIRCUIT, "locationInformationGPRS")
BCSM = "eventSpecificInformationBCSM"
RELEASES = ("oDisconnectSpecificInfo", "tDisconnectSpecificInfo")

CAP_FIELDS = (
    Field("service_key", "argument", "serviceKey"),
    Field("event_type", "argument", "eventTypeBCSM"),
    Field("event_type", "argument", "eventTypeSMS"),
    Field("event_type", "argument", "gPRSEventType"),
    Field("imsi", "argument", "iMSI"),
    Field("msisdn", "argument", "mSISDN"),
    Field("imei", "argument", "iMEI"),
    Field("imei", "argument", "initialDPArgExtension.iMEI"),
    Field("calling_number", "argument", "callingPartyNumber", ("initialDP", "initiateCallAttempt")),
    Field("called_number", "argument", "calledPartyNumber", ("initialDP",)),
    Field("called_bcd_number", "argument", "calledPartyBCDNumber"),
    Field("called_bcd_number", "argument", "destinationSubscriberNumber"),
    Field("called_bcd_number", "argument", "calledPartyNumber", ("initialDPSMS",)),
    Field("destination_number", "argument", "destinationRoutingAddress"),
    Field("destination_number", "argument", "assistingSSPIPRoutingAddress"),
    Field("original_called_number", "argument", "originalCalledPartyID"),
    Field("redirecting_number", "argument", "redirectingPartyID"),
    Field("msc_address", "argument", "mscAddress"),
    *(Field("msc_address", "argument", f"{place}.msc-Number") for place in CIRCUIT),
    Field("gmsc_address", "argument", "initialDPArgExtension.gmscAddress"),
    *(Field("vlr_number", "argument", f"{place}.vlr-number") for place in CIRCUIT),
    Field("sgsn_number", "argument", "sgsn-Number"),
    Field("sgsn_number", "argument", "locationInformationGPRS.sgsn-Number"),
    Field("smsc_address", "argument", "sMSCAddress"),
    Field("gsmscf_address", "argument", "gsmSCFAddress"),
    *(
        Field("cell", "argument", f"{place}.cellGlobalIdOrServiceAreaIdOrLAI.{form}")
        for place in PLACES
        for form in ("cellGlobalIdOrServiceAreaIdFixedLength", "laiFixedLength")
    ),
    *(Field("release_cause", "argument", f"{BCSM}.{event}.releaseCause") for event in RELEASES),
    Field("release_cause", "argument", f"{BCSM}.routeSelectFailureSpecificInfo.failureCause"),
    Field("release_cause", "argument", f"{BCSM}.oCalledPartyBusySpecificInfo.busyCause"),
    Field("release_cause", "argument", f"{BCSM}.tBusySpecificInfo.busyCause"),
    Field("release_cause", "argument", "releaseCause"),
    Field("release_cause", "argument", "cause", ("initialDP", "entityReleased")),
    Field("release_cause", "argument", "allCallSegments", ("releaseCall",)),
    Field(
        "release_cause",
        "argument",
        "allCallSegmentsWithExtension.allCallSegments",
        ("releaseCall",),
    ),
    # digits that a subscriber keyed in: a PIN, perhaps
    Field("secret", "result", "digitsResponse"),
)

# TS 29.078 5.3; pycrate's specification has the codes without the names
CAP_OPERATIONS = {
    0: "initialDP", 16: "assistRequestInstructions", 17: "establishTemporaryConnection",
    18: "disconnectForwardConnection", 19: "connectToResource", 20: "connect", 22: "releaseCall",
    23: "requestReportBCSMEvent", 24: "eventReportBCSM", 27: "collectInformation",
    31: "continue", 32: "initiateCallAttempt", 33: "resetTimer",
    34: "furnishChargingInformation", 35: "applyCharging", 36: "applyChargingReport",
    41: "callGap", 44: "callInformationReport", 45: "callInformationRequest",
    46: "sendChargingInformation", 47: "playAnnouncement",
    48: "promptAndCollectUserInformation", 49: "specializedResourceReport", 53: "cancel",
    55: "activityTest", 60: "initialDPSMS", 61: "furnishChargingInformationSMS",
    62: "connectSMS", 63: "requestReportSMSEvent", 64: "eventReportSMS", 65: "continueSMS",
    66: "releaseSMS", 67: "resetTimerSMS", 70: "activityTestGPRS", 71: "applyChargingGPRS",
    72: "applyChargingReportGPRS", 73: "cancelGPRS", 74: "connectGPRS", 75: "continueGPRS",
    76: "entityReleasedGPRS", 77: "furnishChargingInformationGPRS", 78: "initialDPGPRS",
    79: "releaseGPRS", 80: "eventReportGPRS", 81: "requestReportGPRSEvent", 82: "resetTimerGPRS",
    83: "sendChargingInformationGPRS", 86: "dFCWithArgument", 88: "continueWithArgument",
    90: "disconnectLeg", 93: "moveLeg", 95: "splitLeg", 96: "entityReleased", 97: "playTone",
}  # fmt: skip
