"""USSD and call forwarding (TS 29.002 17.6.4), as functions like those of operations.py."""

from typing import Any

from tests.scenes.digits import address
from tests.scenes.operations import Operation

DCS = b"\x0f"


def ussd(text: bytes) -> Operation:
    """processUnstructuredSS-Request."""
    return 59, {"ussd-DataCodingScheme": DCS, "ussd-String": text}


def ussd_prompt(text: bytes) -> Operation:
    """unstructuredSS-Request."""
    return 60, ussd(text)[1]


def ussd_notice(text: bytes) -> Operation:
    """unstructuredSS-Notify."""
    return 61, ussd(text)[1]


def ussd_result(text: bytes) -> Any:
    return {"ussd-DataCodingScheme": DCS, "ussd-String": text}


def register_forwarding(number: str) -> Operation:
    """registerSS of unconditional call forwarding."""
    return 10, {"ss-Code": b"\x21", "forwardedToNumber": address(number)}


def register_forwarding_on_no_reply(number: str) -> Operation:
    return 10, {
        "ss-Code": b"\x2a", "forwardedToNumber": address(number), "noReplyConditionTime": 20,
    }  # fmt: skip


def forwarding_result(number: str) -> Any:
    feature = {"ss-Status": b"\x07", "forwardedToNumber": address(number)}
    return ("forwardingInfo", {"ss-Code": b"\x21", "forwardingFeatureList": [feature]})


def erase_forwarding(filler: bytes = b"") -> Operation:
    return 11, {"ss-Code": b"\x21"}


def interrogate_forwarding() -> Operation:
    return 14, {"ss-Code": b"\x21"}


def interrogate_result() -> Any:
    return ("ss-Status", b"\x00")
