"""Arguments and results of MAP operations (TS 29.002 17.6), by ASN.1 name, for pycrate.

Each function returns the operation's code with its argument, ready for `tcap.invoke`;
names that end in `_result` return the value of a result.
"""

from typing import Any

from tests.scenes.digits import address, cell, plmn, tbcd

Operation = tuple[int, Any]
LAST_SEEN_IN_ACCRA = {
    "ageOfLocationInformation": 3,
    "cellGlobalIdOrServiceAreaIdOrLAI": (
        "cellGlobalIdOrServiceAreaIdFixedLength",
        cell("620", "99", 4711, 815),
    ),
}


def subscriber(imsi: str | None, msisdn: str | None) -> tuple[str, bytes]:
    """A SubscriberIdentity: the IMSI if given, else the MSISDN."""
    return ("imsi", tbcd(imsi)) if imsi else ("msisdn", address(msisdn or ""))


def any_time_interrogation(
    gsmscf: str, imsi: str | None = None, msisdn: str | None = None
) -> Operation:
    argument = {
        "subscriberIdentity": subscriber(imsi, msisdn),
        "requestedInfo": {"locationInformation": 0, "subscriberState": 0},
        "gsmSCF-Address": address(gsmscf),
    }
    return 71, argument


def whereabouts_result(vlr: str) -> Any:
    """The result of anyTimeInterrogation and provideSubscriberInfo: a cell and the VLR."""
    where = {"vlr-number": address(vlr)} | LAST_SEEN_IN_ACCRA
    return {"subscriberInfo": {"locationInformation": where, "subscriberState": ("assumedIdle", 0)}}


def provide_subscriber_info(imsi: str, location: bool = True) -> Operation:
    wanted = {"locationInformation": 0} if location else {"subscriberState": 0}
    return 70, {"imsi": tbcd(imsi), "requestedInfo": wanted}


def routing_info_for_lcs(gmlc: str, msisdn: str) -> Operation:
    return 85, {"mlcNumber": address(gmlc), "targetMS": subscriber(None, msisdn)}


def routing_info_for_lcs_result(imsi: str, msc: str) -> Any:
    node = {"networkNode-Number": address(msc)}
    return {"targetMS": subscriber(imsi, None), "lcsLocationInfo": node}


def provide_subscriber_location(gmlc: str, client_type: str, **who: str) -> Operation:
    """who is `imsi=` or `msisdn=`; client_type an LCSClientType by name."""
    argument: dict[str, Any] = {
        "locationType": {"locationEstimateType": "currentLocation"},
        "mlc-Number": address(gmlc),
        "lcs-ClientID": {"lcsClientType": client_type},
    }
    if "imsi" in who:
        argument["imsi"] = tbcd(who["imsi"])
    if "msisdn" in who:
        argument["msisdn"] = address(who["msisdn"])
    return 83, argument


def provide_subscriber_location_result() -> Any:
    """An ellipsoid point with uncertainty circle, in the Gulf of Guinea (TS 23.032 7.3.2)."""
    return {"locationEstimate": bytes.fromhex("1007f00000100005"), "ageOfLocationEstimate": 0}


def send_imsi(msisdn: str) -> Operation:
    return 58, address(msisdn)


def subscription_interrogation(gsmscf: str, msisdn: str) -> Operation:
    argument = {
        "subscriberIdentity": subscriber(None, msisdn),
        "requestedSubscriptionInfo": {"odb": 0, "requestedCAMEL-SubscriptionInfo": "o-CSI"},
        "gsmSCF-Address": address(gsmscf),
    }
    return 62, argument


def modify_forwarding(gsmscf: str, forwarded_to: str, **who: str) -> Operation:
    """anyTimeModification that sets unconditional call forwarding; who is `imsi=` or `msisdn=`."""
    change = {
        "ss-Code": b"\x21",
        "ss-Status": b"\x07",
        "forwardedToNumber": address(forwarded_to),
    }
    argument = {
        "subscriberIdentity": subscriber(who.get("imsi"), who.get("msisdn")),
        "gsmSCF-Address": address(gsmscf),
        "modificationRequestFor-CF-Info": change,
    }
    return 65, argument


def cancel_location(imsi: str, kind: str | None = None) -> Operation:
    """Version 3; kind is a CancellationType by name."""
    argument: dict[str, Any] = {"identity": ("imsi", tbcd(imsi))}
    return 3, argument | ({"cancellationType": kind} if kind else {})


def cancel_location_bare(imsi: str) -> Operation:
    """Version 2, whose argument is the IMSI alone, without a sequence around it."""
    return 3, ("imsi", tbcd(imsi))


def camel(gsmscf: str) -> Any:
    """An O-CSI that hands originating calls to a gsmSCF."""
    trigger = {
        "o-BcsmTriggerDetectionPoint": "collectedInfo",
        "serviceKey": 1,
        "gsmSCF-Address": address(gsmscf),
        "defaultCallHandling": "continueCall",
    }
    return {"o-CSI": {"o-BcsmCamelTDPDataList": [trigger], "camelCapabilityHandling": 2}}


def insert_subscriber_data(
    imsi: str | None = None, msisdn: str | None = None, gsmscf: str | None = None
) -> Operation:
    argument: dict[str, Any] = {"category": b"\x0a", "subscriberStatus": "serviceGranted"}
    argument["teleserviceList"] = [b"\x11", b"\x21", b"\x22"]
    if imsi:
        argument["imsi"] = tbcd(imsi)
    if msisdn:
        argument["msisdn"] = address(msisdn)
    if gsmscf:
        argument["vlrCamelSubscriptionInfo"] = camel(gsmscf)
    return 7, argument


def update_location(imsi: str, msc: str, vlr: str) -> Operation:
    return 2, {"imsi": tbcd(imsi), "msc-Number": address(msc), "vlr-Number": address(vlr)}


def update_location_old(imsi: str, msc: str, vlr: str) -> Operation:
    """Versions 1 and 2, where the MSC is one choice of locationInfo."""
    where = ("msc-Number", address(msc))
    return 2, {"imsi": tbcd(imsi), "locationInfo": where, "vlr-Number": address(vlr)}


def update_location_result(hlr: str, version: int = 3) -> Any:
    number = address(hlr)
    return {"hlr-Number": number} if version == 3 else ("hlr-Number", number)


def update_gprs_location(imsi: str, sgsn: str, sgsn_address: bytes) -> Operation:
    """sgsn_address: a GSN-Address, 0x04 and four octets of IPv4."""
    return 23, {"imsi": tbcd(imsi), "sgsn-Number": address(sgsn), "sgsn-Address": sgsn_address}


def send_authentication_info(imsi: str, mcc: str, mnc: str, vectors: int = 2) -> Operation:
    argument = {
        "imsi": tbcd(imsi),
        "numberOfRequestedVectors": vectors,
        "requestingNodeType": "vlr",
        "requestingPLMN-Id": plmn(mcc, mnc),
    }
    return 56, argument


def send_authentication_info_result(seed: int) -> Any:
    """One quintuplet of octets that count up from the seed; no key made them."""
    octets = bytes((seed + n) & 0xFF for n in range(16))
    quintuplet = {"rand": octets, "xres": octets[:8], "ck": octets, "ik": octets, "autn": octets}
    return {"authenticationSetList": ("quintupletList", [quintuplet])}


def routing_info_for_sm(msisdn: str, centre: str) -> Operation:
    argument = {
        "msisdn": address(msisdn),
        "sm-RP-PRI": True,
        "serviceCentreAddress": address(centre),
    }
    return 45, argument


def routing_info_for_sm_result(imsi: str, node: str) -> Any:
    where = {"networkNode-Number": address(node)}
    return {"imsi": tbcd(imsi), "locationInfoWithLMSI": where}


def forward_to_subscriber(imsi: str, centre: str, tpdu: bytes) -> Operation:
    """mt-ForwardSM, version 3."""
    return 44, short_message(
        ("imsi", tbcd(imsi)), ("serviceCentreAddressOA", address(centre)), tpdu
    )


def forward_to_subscriber_old(imsi: str, centre: str, tpdu: bytes) -> Operation:
    """forwardSM of version 2, code 46 for both ways; the application context tells which."""
    return 46, short_message(
        ("imsi", tbcd(imsi)), ("serviceCentreAddressOA", address(centre)), tpdu
    )


def forward_from_subscriber(msisdn: str, centre: str, tpdu: bytes) -> Operation:
    """mo-ForwardSM."""
    return 46, short_message(
        ("serviceCentreAddressDA", address(centre)), ("msisdn", address(msisdn)), tpdu
    )


def short_message(recipient: Any, originator: Any, tpdu: bytes) -> Any:
    return {"sm-RP-DA": recipient, "sm-RP-OA": originator, "sm-RP-UI": tpdu}


def purge(imsi: str, vlr: str) -> Operation:
    return 67, {"imsi": tbcd(imsi), "vlr-Number": address(vlr)}


def reset(hlr: str) -> Operation:
    """Version 2: an HLR that restarted tells a VLR."""
    return 37, {"hlr-Number": address(hlr)}


def forward_check() -> Operation:
    """forwardCheckSS-Indication, without argument: a VLR is told that the HLR restarted."""
    return 38, None


def subscription_result(gsmscf: str) -> Any:
    """The result of anyTimeSubscriptionInterrogation: an O-CSI."""
    return {"camel-SubscriptionInfo": {"o-CSI": camel(gsmscf)["o-CSI"]}}
