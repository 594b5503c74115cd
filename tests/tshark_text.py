"""What tshark's details say of short messages and USSD strings: everything but the text."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from tests.tshark_details import Element, Row, field, number, present, shown

SMS_NUMBERS = {
    "tp_mti": "tp-mti", "tp_pid": "tp-pid", "tp_dcs": "tp-dcs", "tp_mr": "tp-mr",
    "tp_udl": "tp.user_data_length", "tp_address_type": "dis_field_addr.num_type",
    "tp_command_type": "tp.command_type",
    "concat_reference": "udh.mm.msg_id", "concat_total": "udh.mm.msg_parts",
    "concat_part": "udh.mm.msg_part", "destination_port": "destination_port",
    "source_port": "originator_port",
    "single_language": "dis_iei_lang.single_shift",
    "locking_language": "dis_iei_lang.locking_shift",
}  # fmt: skip
SMS_FLAGS = {"reply_path": ("tp-rp",), "status_report": ("tp-srr", "tp-sri", "tp-srq")}
BITS = {  # columns that tshark shows in parts: the field and how far it is shifted
    "tp_status": (("dis_field.definition", 7), ("dis_field.st_error", 5),
                  ("dis.field_st_reason", 0)),
    "special_indication": (("msg_ind_type_and_stor", 15), ("profile_id", 13),
                           ("ext_msg_ind_type", 10), ("msg_ind_type", 8), ("msg_count", 0)),
}  # fmt: skip
TIMES = {
    "tp_scts": "TP-Service-Centre-Time-Stamp",
    "discharged_at": "TP-Discharge-Time",
    "valid_until": "TP-Validity-Period",
}
CLOCK = ("year", "month", "day", "hour", "minutes", "seconds")


SECONDS = {"week": 604800, "day": 86400, "hour": 3600, "minute": 60, "second": 1}


def short_message(proto: Element) -> Row:
    """The fields of a TPDU, not its text."""
    row: Row = {column: number(of(proto, name)) for column, name in SMS_NUMBERS.items()}
    for column, parts in BITS.items():
        bits = [(number(of(proto, name)), shift) for name, shift in parts]
        if any(value is not None for value, _ in bits):
            row[column] = sum((value or 0) << shift for value, shift in bits)
    for column, names in SMS_FLAGS.items():
        row[column] = any(of(proto, name) == "1" for name in names) or None
    row |= {"tp_address": address(proto), "header_elements": elements(proto)}
    return present(row | times(proto) | {"validity_seconds": validity(proto)})


def of(proto: Element, name: str) -> str | None:
    return shown(proto, f"gsm_sms.{name}")


def address(proto: Element) -> str | None:
    """TP-OA, TP-DA or TP-RA; without digits it is empty."""
    found = (of(proto, f"tp-{name}") for name in ("oa", "da", "ra"))
    return next((text for text in found if text is not None), None) or None


def elements(proto: Element) -> str | None:
    """Identifiers of the header's elements."""
    found = [e.get("show", "0") for e in proto.iter("field")
             if e.get("name") == "gsm_sms.ie_identifier"]  # fmt: skip
    return " ".join(f"{int(one, 0):02x}" for one in found) or None


def times(proto: Element) -> Row:
    """Time stamps in UTC, as tshark shows their parts."""
    return {
        column: moment(element)
        for column, title in TIMES.items()
        for element in titled(proto, title)
    }


def validity(proto: Element) -> int | None:
    """A relative period, which tshark tells in words; without one it shows no such field."""
    period = field(proto, "gsm_sms.vp.validity_period")
    if period is None:
        return None
    words = re.findall(r"(\d+) (week|day|hour|minute|second)", period.get("showname", ""))
    return sum(int(count) * SECONDS[unit] for count, unit in words)


def titled(proto: Element, title: str) -> Iterator[Element]:
    """Fields without a name that show this."""
    return (each for each in proto.iter("field") if (each.get("show") or "").startswith(title))


def moment(element: Element) -> str | None:
    """The zone is told in words, with its sign."""
    parts = [number(of(element, f"scts.{name}")) for name in CLOCK]
    if None in parts:
        return None
    year, *rest = (part or 0 for part in parts)
    zone = next(e for e in element.iter("field") if e.get("name") == "gsm_sms.scts.timezone")
    sign, hours, minutes = re.findall(
        r"([+-]) (\d+) hours (\d+) minutes", zone.get("showname", "")
    )[0]
    ahead = timedelta(hours=int(hours), minutes=int(minutes))
    try:
        local = datetime(year + (1900 if year >= 90 else 2000), *rest)
    except ValueError:  # digits that are no time
        return None
    return (local - ahead if sign == "+" else local + ahead).isoformat()


def ussd(proto: Element) -> Row:
    """The coding of a USSD string."""
    coding = shown(proto, "gsm_map.ss.ussd_DataCodingScheme")
    return present({"dcs": int(coding, 16) if coding else None})
