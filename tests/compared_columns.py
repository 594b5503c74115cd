"""Which columns are compared with tshark, and why the others are not: tshark does not print them.

Those of MAP, CAP and Diameter are compared with pycrate nevertheless (tests/test_fields.py,
tests/test_differential.py); those of short messages and USSD strings have tests of their own.
"""

from dissectors.cap_fields import CAP_TABLE
from dissectors.diameter_fields import DIAMETER_ROUTE_TABLE, DIAMETER_TABLE
from dissectors.fields import (
    DIALOGUE_TABLE,
    FLAGS,
    MAP_TABLE,
    PACKED,
    PATH_TABLE,
    SCCP_ADDRESS_TABLE,
    SMS_TABLE,
    USSD_TABLE,
)

OURS = "the database's own, about the message and not in it"
DERIVED = "made from the text, of which tshark shows the text itself"
PLACE = {"frame", "message", "component", "component_id"}
KEYS = dict.fromkeys(
    ("seen_at", "path_id", "called_id", "calling_id", "dialogue_id", "route_id", "digest", "flags",
     "fingerprint", "bytes_unread"),
    OURS,
)  # fmt: skip
NOT_PRINTED: dict[str, dict[str, str]] = {  # by table; "" for all of them
    "": KEYS,
    "map_component": {},
    "cap_component": {},
    "diameter_message": dict.fromkeys(
        ("smsmi_hss_id", "smsmi_originator", "smsmi_destination"),
        "tshark takes SMSMI-Correlation-ID for octets, though it is a group (TS 29.338 5.3.3.18)",
    ),
    "sms": {
        "mobile_terminated": OURS,
        "characters": DERIVED,
        "otp_likelihood": DERIVED,
        "part_likelihood": DERIVED,
        "whole_characters": DERIVED,
        **dict.fromkeys(
            ("spi", "kic", "kid", "tar", "counter", "padding_counter", "response_status"),
            "tshark shows neither a command packet's security header nor a response packet's",
        ),
    },
    "ussd": {
        "from_subscriber": OURS,
        "characters": DERIVED,
        "service_code": DERIVED,
        "fields": DERIVED,
        "pin_digits": DERIVED,
        "asks_for_pin": DERIVED,
        "otp_likelihood": DERIVED,
    },
}

CARRIER = {
    *PATH_TABLE[0], *PATH_TABLE[1], *DIALOGUE_TABLE[0], *DIALOGUE_TABLE[1],
    *(f"{side}_{name}" for side in ("calling", "called")
      for names in SCCP_ADDRESS_TABLE for name in names),
}  # fmt: skip
EXTRACTED = {
    "map_component": {*MAP_TABLE[0], *MAP_TABLE[1], *PACKED, *FLAGS, *CARRIER},
    "cap_component": {*CAP_TABLE[0], *CAP_TABLE[1], *CARRIER},
    "diameter_message": {
        *DIAMETER_TABLE[0], *DIAMETER_TABLE[1], *DIAMETER_ROUTE_TABLE[1],
        "source_address", "destination_address", "source_port", "destination_port",
        "payload_protocol",
    },
    "sms": {*SMS_TABLE[0], *SMS_TABLE[1]},
    "ussd": {*USSD_TABLE[0], *USSD_TABLE[1]},
}  # fmt: skip
TSHARK_COLUMNS = {
    table: sorted(
        column
        for column in columns - PLACE - NOT_PRINTED[""].keys() - NOT_PRINTED[table].keys()
        if not column.startswith("odd_")  # stands in the view as the column without it
    )
    for table, columns in EXTRACTED.items()
}
