"""Operations beyond those of the scenes, and results, as functions of digits and octets.

Each returns the operation's code with its argument by ASN.1 name (TS 29.002 17.6); names that end
in `_result` return the value of a result.
"""

from typing import Any

from tests.scenes.digits import address, tbcd
from tests.scenes.operations import Operation, insert_subscriber_data, short_message

ABSENT, UNKNOWN, ROAMING_NOT_ALLOWED, UNEXPECTED_DATA, SYSTEM_FAILURE = 27, 1, 8, 36, 34
UNIDENTIFIED, FACILITY_NOT_SUPPORTED, ATI_NOT_ALLOWED, UNAUTHORIZED = 5, 21, 49, 52


def plmn(digits: str) -> bytes:
    """A PLMN-Id of three octets (TS 29.002 17.7.8)."""
    mcc, mnc = digits[:3], digits[3:]
    return tbcd(mcc + (mnc[2] if len(mnc) == 3 else "f") + mnc[:2])


def send_authentication_info(imsi: str, visited: bytes) -> Operation:
    return 56, {
        "imsi": tbcd(imsi),
        "numberOfRequestedVectors": 2,
        "requestingNodeType": "vlr",
        "requestingPLMN-Id": visited,
    }


def send_authentication_info_many(imsi: str, visited: bytes) -> Operation:
    return 56, send_authentication_info(imsi, visited)[1] | {"numberOfRequestedVectors": 5}


def send_authentication_info_by_sgsn(imsi: str, visited: bytes) -> Operation:
    return 56, send_authentication_info(imsi, visited)[1] | {"requestingNodeType": "sgsn"}


def send_authentication_info_old(imsi: str) -> Operation:
    """Version 2."""
    return 56, tbcd(imsi)


def vectors_result(rand: bytes, autn: bytes) -> Any:
    """One quintuplet; no key made it."""
    quintuplet = {"rand": rand, "xres": bytes(8), "ck": bytes(16), "ik": bytes(16), "autn": autn}
    return {"authenticationSetList": ("quintupletList", [quintuplet])}


def update_location_with_imei(imsi: str, msc: str, vlr: str, imei: str) -> Operation:
    return 2, {
        "imsi": tbcd(imsi),
        "msc-Number": address(msc),
        "vlr-Number": address(vlr),
        "vlr-Capability": {"supportedCamelPhases": (0b1110, 4)},
        "add-info": {"imeisv": tbcd(imei)},
    }


def update_gprs_location(imsi: str, sgsn: str, ip: bytes) -> Operation:
    return 23, {
        "imsi": tbcd(imsi), "sgsn-Number": address(sgsn), "sgsn-Address": b"\x04" + ip,
    }  # fmt: skip


def update_gprs_location_for_sms(imsi: str, sgsn: str, ip: bytes) -> Operation:
    more = {"sms-Only": 0, "smsRegisterRequest": "sms-registration-required"}
    return 23, update_gprs_location(imsi, sgsn, ip)[1] | more


def update_gprs_location_for_mme(imsi: str, sgsn: str, ip: bytes, mme: str) -> Operation:
    more = {"mmeNumberforMTSMS": address(mme), "smsRegisterRequest": "sms-registration-required"}
    return 23, update_gprs_location(imsi, sgsn, ip)[1] | more


def hlr_result(hlr: str) -> Any:
    return {"hlr-Number": address(hlr)}


def profile(msisdn: str) -> Operation:
    return insert_subscriber_data(msisdn=msisdn)


def long_profile(msisdn: str) -> Operation:
    """With a dozen supplementary services, longer than a UDT can be."""
    codes = (0x11, 0x12, 0x21, 0x28, 0x29, 0x2A, 0x2B, 0x41, 0x42, 0x51, 0x91, 0x92, 0x93, 0x94)
    feature = {"ss-Status": b"\x04", "noReplyConditionTime": 20}
    services = [
        ("forwardingInfo", {"ss-Code": bytes([code]), "forwardingFeatureList": [feature]})
        for code in codes
    ]
    return 7, profile(msisdn)[1] | {"provisionedSS": services}


def profile_with_platform(msisdn: str, gsmscf: str) -> Operation:
    return insert_subscriber_data(msisdn=msisdn, gsmscf=gsmscf)


def profile_alone(imsi: str, msisdn: str) -> Operation:
    return insert_subscriber_data(imsi, msisdn)


def profile_alone_with_platform(imsi: str, gsmscf: str) -> Operation:
    return insert_subscriber_data(imsi, None, gsmscf)


def profile_with_mobility_events(imsi: str, gsmscf: str) -> Operation:
    trigger = {
        "mobilityTriggers": [b"\x00", b"\x01"], "serviceKey": 7, "gsmSCF-Address": address(gsmscf),
    }  # fmt: skip
    return 7, {"imsi": tbcd(imsi), "vlrCamelSubscriptionInfo": {"m-CSI": trigger}}


def profile_with_sms_platform(imsi: str, gsmscf: str) -> Operation:
    trigger = {
        "sms-TriggerDetectionPoint": "sms-CollectedInfo", "serviceKey": 7,
        "gsmSCF-Address": address(gsmscf), "defaultSMS-Handling": "continueTransaction",
    }  # fmt: skip
    csi = {"sms-CAMEL-TDP-DataList": [trigger], "camelCapabilityHandling": 3}
    return 7, {"imsi": tbcd(imsi), "vlrCamelSubscriptionInfo": {"mo-sms-CSI": csi}}


def profile_without_barring(imsi: str) -> Operation:
    barring = {"odb-GeneralData": (0, 15)}
    return 7, {"imsi": tbcd(imsi), "subscriberStatus": "serviceGranted", "odb-Data": barring}


def delete_subscriber_data(imsi: str) -> Operation:
    return 8, {"imsi": tbcd(imsi), "ss-List": [b"\x92"]}


def delete_platform(imsi: str) -> Operation:
    return 8, {"imsi": tbcd(imsi), "camelSubscriptionInfoWithdraw": 0}


def cancel_for_update(imsi: str) -> Operation:
    return 3, {"identity": ("imsi", tbcd(imsi)), "cancellationType": "updateProcedure"}


def cancel_for_withdrawal(imsi: str) -> Operation:
    return 3, {"identity": ("imsi", tbcd(imsi)), "cancellationType": "subscriptionWithdraw"}


def purge_packet(imsi: str, sgsn: str) -> Operation:
    return 67, {"imsi": tbcd(imsi), "sgsn-Number": address(sgsn)}


def restore_data(imsi: str) -> Operation:
    return 57, {"imsi": tbcd(imsi)}


def ready_for_sm(imsi: str) -> Operation:
    return 66, {"imsi": tbcd(imsi), "alertReason": "ms-Present"}


def authentication_failed(imsi: str, vlr: str) -> Operation:
    return 15, {
        "imsi": tbcd(imsi), "failureCause": "wrongUserResponse", "vlr-Number": address(vlr),
    }  # fmt: skip


def provide_roaming_number(imsi: str, msc: str, gateway: str) -> Operation:
    return 4, {
        "imsi": tbcd(imsi), "msc-Number": address(msc), "gmsc-Address": address(gateway),
    }  # fmt: skip


def roaming_number_result(number: str) -> Any:
    return {"roamingNumber": address(number)}


def send_routing_info(msisdn: str, gateway: str) -> Operation:
    return 22, {
        "msisdn": address(msisdn), "interrogationType": "basicCall",
        "gmsc-OrGsmSCF-Address": address(gateway),
    }  # fmt: skip


def send_routing_info_result(imsi: str, number: str) -> Any:
    where = ("routingInfo", ("roamingNumber", address(number)))
    return {"imsi": tbcd(imsi), "extendedRoutingInfo": where}


def routing_info_for_gprs(imsi: str, ggsn: str) -> Operation:
    return 24, {"imsi": tbcd(imsi), "ggsn-Number": address(ggsn)}


def routing_info_for_gprs_result(ip: bytes) -> Any:
    return {"sgsn-Address": b"\x04" + ip}


def routing_info_without_delivery(msisdn: str, centre: str) -> Operation:
    return 45, {
        "msisdn": address(msisdn), "sm-RP-PRI": True, "serviceCentreAddress": address(centre),
        "sm-deliveryNotIntended": "onlyIMSI-requested",
    }  # fmt: skip


def routing_info_for_sm_result_old(imsi: str, node: str) -> Any:
    """Version 2."""
    where = {"locationInfo": ("msc-Number", address(node))}
    return {"imsi": tbcd(imsi), "locationInfoWithLMSI": where}


def delivery_report(msisdn: str, centre: str) -> Operation:
    return 47, {
        "msisdn": address(msisdn), "serviceCentreAddress": address(centre),
        "sm-DeliveryOutcome": "absentSubscriber",
    }  # fmt: skip


def delivery_report_of_success(msisdn: str, centre: str) -> Operation:
    return 47, delivery_report(msisdn, centre)[1] | {"sm-DeliveryOutcome": "successfulTransfer"}


def alert_centre(msisdn: str, centre: str) -> Operation:
    return 64, {"msisdn": address(msisdn), "serviceCentreAddress": address(centre)}


def text_from_subscriber(msisdn: str, imsi: str, centre: str, tpdu: bytes) -> Operation:
    """mo-ForwardSM with the IMSI, as version 3 allows."""
    recipient = ("serviceCentreAddressDA", address(centre))
    body = short_message(recipient, ("msisdn", address(msisdn)), tpdu)
    return 46, body | {"imsi": tbcd(imsi)}


def check_imei(imei: str) -> Operation:
    return 43, {"imei": tbcd(imei + "f"), "requestedEquipmentInfo": (0b10, 2)}


def activate_trace(imsi: str) -> Operation:
    return 50, {"imsi": tbcd(imsi), "traceReference": b"\x01\x07", "traceType": 1}


def send_identification(tmsi: bytes) -> Operation:
    return 55, {"tmsi": tmsi, "numberOfRequestedVectors": 2}


def send_identification_result(imsi: str) -> Any:
    return {"imsi": tbcd(imsi)}


def note_mm_event(imsi: str, msisdn: str) -> Operation:
    return 89, {
        "serviceKey": 7, "eventMet": b"\x00", "imsi": tbcd(imsi), "msisdn": address(msisdn),
    }  # fmt: skip


def where(vlr: str, cell: bytes) -> Any:
    """The result of anyTimeInterrogation and provideSubscriberInfo."""
    location = {
        "ageOfLocationInformation": 3, "vlr-number": address(vlr),
        "cellGlobalIdOrServiceAreaIdOrLAI": ("cellGlobalIdOrServiceAreaIdFixedLength", cell),
    }  # fmt: skip
    state = ("assumedIdle", 0)
    return {"subscriberInfo": {"locationInformation": location, "subscriberState": state}}


def any_time_interrogation(imsi: str, gsmscf: str) -> Operation:
    return 71, {
        "subscriberIdentity": ("imsi", tbcd(imsi)), "gsmSCF-Address": address(gsmscf),
        "requestedInfo": {"locationInformation": 0, "subscriberState": 0},
    }  # fmt: skip


def any_time_interrogation_by_number(msisdn: str, gsmscf: str) -> Operation:
    return 71, any_time_interrogation(msisdn, gsmscf)[1] | {
        "subscriberIdentity": ("msisdn", address(msisdn))
    }


def any_time_modification(msisdn: str, number: str, gsmscf: str) -> Operation:
    change = {"ss-Code": b"\x21", "ss-Status": b"\x07", "forwardedToNumber": address(number)}
    return 65, {
        "subscriberIdentity": ("msisdn", address(msisdn)), "gsmSCF-Address": address(gsmscf),
        "modificationRequestFor-CF-Info": change,
    }  # fmt: skip


def locate(gmlc: str, imsi: str, msisdn: str) -> Operation:
    """provideSubscriberLocation."""
    return 83, {
        "locationType": {"locationEstimateType": "currentLocation"}, "mlc-Number": address(gmlc),
        "lcs-ClientID": {"lcsClientType": "valueAddedServices"}, "imsi": tbcd(imsi),
        "msisdn": address(msisdn),
    }  # fmt: skip


def locate_in_emergency(gmlc: str, imsi: str) -> Operation:
    return 83, {
        "locationType": {"locationEstimateType": "currentLocation"}, "mlc-Number": address(gmlc),
        "lcs-ClientID": {"lcsClientType": "emergencyServices"}, "imsi": tbcd(imsi),
    }  # fmt: skip
