"""More arguments and results of MAP operations: calls, services, profiles, equipment, traces."""

from typing import Any

from tests.scenes.digits import address, tbcd
from tests.scenes.operations import Operation, routing_info_for_sm, update_gprs_location
from tests.scenes.sms import septets

UNCONDITIONAL = b"\x21"  # call forwarding unconditional (TS 29.002 17.7.5)
SGSN_ADDRESS = bytes([0x04, 192, 0, 2, 60])


def routing_info(msisdn: str, gmsc: str, **more: Any) -> Operation:
    """sendRoutingInfo for a basic call."""
    argument = {"msisdn": address(msisdn), "interrogationType": "basicCall"}
    return 22, argument | {"gmsc-OrGsmSCF-Address": address(gmsc)} | more


def routing_info_result(imsi: str, roaming_number: str) -> Any:
    there = ("routingInfo", ("roamingNumber", address(roaming_number)))
    return {"imsi": tbcd(imsi), "extendedRoutingInfo": there}


def routing_info_for_gprs(imsi: str, ggsn: str) -> Operation:
    return 24, {"imsi": tbcd(imsi), "ggsn-Number": address(ggsn)}


def routing_info_for_gprs_result() -> Any:
    return {"sgsn-Address": SGSN_ADDRESS}


def lookup_only(msisdn: str, centre: str, wanted: str = "onlyIMSI-requested") -> Operation:
    """sendRoutingInfoForSM that says that no message will follow."""
    code, argument = routing_info_for_sm(msisdn, centre)
    return code, argument | {"sm-deliveryNotIntended": wanted}


def send_identification() -> Operation:
    return 55, {"tmsi": b"\x01\x02\x03\x04", "numberOfRequestedVectors": 1}


def send_identification_result(imsi: str, vectors: Any) -> Any:
    return {"imsi": tbcd(imsi)} | vectors


def check_imei(imei: str) -> Operation:
    wanted = {"requestedEquipmentInfo": (0b10, 2)}
    return 43, {"imei": tbcd(imei)} | wanted


def trace(imsi: str) -> Operation:
    return 50, {"imsi": tbcd(imsi), "traceReference": b"\x01", "traceType": 1}


def note_mm_event(imsi: str, msisdn: str) -> Operation:
    argument = {"serviceKey": 1, "eventMet": b"\x00", "imsi": tbcd(imsi)}
    return 89, argument | {"msisdn": address(msisdn)}


def mobility_subscription(imsi: str, gsmscf: str) -> Operation:
    """insertSubscriberData with an M-CSI: each location update is reported to the gsmSCF."""
    reported = {"mobilityTriggers": [b"\x00"], "serviceKey": 1, "gsmSCF-Address": address(gsmscf)}
    return 7, {"imsi": tbcd(imsi), "vlrCamelSubscriptionInfo": {"m-CSI": reported}}


def authentication_failure_report(imsi: str) -> Operation:
    return 15, {"imsi": tbcd(imsi), "failureCause": "wrongUserResponse"}


def restore_data(imsi: str) -> Operation:
    return 57, {"imsi": tbcd(imsi)}


def restore_data_result(hlr: str) -> Any:
    return {"hlr-Number": address(hlr)}


def delete_subscriber_data(imsi: str) -> Operation:
    return 8, {"imsi": tbcd(imsi), "camelSubscriptionInfoWithdraw": 0}


def note_subscriber_data_modified(imsi: str, msisdn: str) -> Operation:
    return 5, {"imsi": tbcd(imsi), "msisdn": address(msisdn)}


def note_invocation(imsi: str, msisdn: str) -> Operation:
    """ss-InvocationNotification: the subscriber used call transfer."""
    argument = {"imsi": tbcd(imsi), "msisdn": address(msisdn), "ss-Event": b"\x31"}
    return 72, argument


def forwarding(forwarded_to: str) -> Operation:
    """registerSS of unconditional call forwarding; the dialogue's beginning names whose."""
    return 10, {"ss-Code": UNCONDITIONAL, "forwardedToNumber": address(forwarded_to)}


def no_forwarding() -> Operation:
    return 11, {"ss-Code": UNCONDITIONAL}


def interrogation() -> Operation:
    return 14, {"ss-Code": UNCONDITIONAL}


def roaming_number(imsi: str, msc: str, gmsc: str) -> Operation:
    argument = {"imsi": tbcd(imsi), "msc-Number": address(msc)}
    return 4, argument | {"gmsc-Address": address(gmsc)}


def roaming_number_result(number: str) -> Any:
    return {"roamingNumber": address(number)}


def messages_by_packet(imsi: str, sgsn: str, mme: str) -> Operation:
    """updateGprsLocation that registers for short messages at an MME's number."""
    code, argument = update_gprs_location(imsi, sgsn, SGSN_ADDRESS)
    wanted = {"mmeNumberforMTSMS": address(mme), "smsRegisterRequest": "sms-registration-required"}
    return code, argument | wanted


def update_gprs_location_result(hlr: str) -> Any:
    return {"hlr-Number": address(hlr)}


def ussd(opcode: int, string: str) -> Operation:
    """A USSD string in the GSM alphabet (TS 23.038 5)."""
    return opcode, {"ussd-DataCodingScheme": b"\x0f", "ussd-String": septets(string)}


def dial(string: str) -> Operation:
    """processUnstructuredSS-Request; the dialogue's beginning names whose."""
    return ussd(59, string)


def typed(string: str) -> Any:
    """The answer to unstructuredSS-Request: what the subscriber typed."""
    return ussd(60, string)[1]


def charged_messages(msisdn: str, gsmscf: str) -> Operation:
    """insertSubscriberData with an MO-SMS-CSI: a platform is asked before each message."""
    trigger = {
        "sms-TriggerDetectionPoint": "sms-CollectedInfo",
        "serviceKey": 2,
        "gsmSCF-Address": address(gsmscf),
        "defaultSMS-Handling": "continueTransaction",
    }
    asked = {"sms-CAMEL-TDP-DataList": [trigger], "camelCapabilityHandling": 3}
    camel = {"mo-sms-CSI": asked}
    return 7, {"msisdn": address(msisdn), "vlrCamelSubscriptionInfo": camel}
