"""The forms that values of network.toml have: numbers, codes, addresses, realms."""

import ipaddress
import re
import zoneinfo
from typing import Annotated, NamedTuple

from pycrate_mobile.MCC_MNC import CC2_CC3_dict
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationInfo

COUNTRIES = frozenset(CC2_CC3_dict) | {"XK"}  # Kosovo has an MCC and a calling code, no ISO code
POINT_CODE_BITS = {"3-8-3": (3, 8, 3), "8-8-8": (8, 8, 8), "decimal": (24,)}


class PointCode(NamedTuple):
    """An adjacent signalling point.

    `network_indicator` is None where any will do; 0 stands for 0 and 1 (international),
    2 for 2 and 3 (national; Q.704 14.2.2). `number` is the code as an unsigned number.
    """

    network_indicator: int | None
    number: int


def point_code(text: str, written: str) -> PointCode:
    """Read a point code in the format `written`, a key of POINT_CODE_BITS.

    Raises ValueError where the text is of another form or a part does not fit its bits.
    """
    limit, colon, code = text.rpartition(":")
    indicator = {"": None, "international:": 0, "national:": 2}.get(limit + colon, -1)
    parts, widths = code.split("-"), POINT_CODE_BITS[written]
    digits_only = all(re.fullmatch("[0-9]{1,8}", part) for part in parts)
    if indicator == -1 or len(parts) != len(widths) or not digits_only:
        raise ValueError(f"expected a point code written {written}")
    number = 0
    for part, bits in zip(map(int, parts), widths, strict=True):
        if part >> bits:
            raise ValueError(f"expected parts of a {written} point code that fit; {part} does not")
        number = number << bits | part
    return PointCode(indicator, number)


def matching(pattern: str, expected: str) -> AfterValidator:
    """A check that a text is wholly of a form, which `expected` tells to people."""

    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(f"expected {expected}")
        return text

    return AfterValidator(check)


def _text(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise ValueError("expected text of printable characters")
    return text


def _country(code: str) -> str:
    if code not in COUNTRIES:
        raise ValueError('expected two capital letters of ISO 3166-1, such as "GH"')
    return code


def _timezone(name: str) -> str:
    try:
        zoneinfo.ZoneInfo(name)
    except (
        zoneinfo.ZoneInfoNotFoundError,
        ValueError,
        OSError,
    ):  # OSError: a folder, "Africa"
        raise ValueError('expected an IANA time zone, such as "Africa/Accra"') from None
    return name


def _address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise ValueError('expected one IPv4 or IPv6 address, such as "198.51.100.7"') from None


def _realm(realm: str) -> str:
    if re.fullmatch(r"((mcc[0-9]+\.)?3gppnetwork\.)?org", realm):
        raise ValueError("expected the realm of one network; this one is the parent of many")
    return realm


def _point_code(text: str, info: ValidationInfo) -> str:
    if written := info.data.get("point_code_format"):  # absent where that key is itself wrong
        point_code(text, written)
    return text


Text = Annotated[str, AfterValidator(_text)]
Country = Annotated[str, AfterValidator(_country)]
Timezone = Annotated[str, AfterValidator(_timezone)]
Address = Annotated[str, AfterValidator(_address)]
PointCodeText = Annotated[str, AfterValidator(_point_code)]
Plmn = Annotated[str, matching("[0-9]{5,6}", 'MCC and MNC, 5 or 6 digits, such as "62099"')]
Number = Annotated[
    str,
    matching("[1-9][0-9]{0,14}", "up to 15 digits that begin with the country code, no '+'"),
]
CountryCode = Annotated[str, matching("[1-9][0-9]{0,2}", 'a calling code, such as "233"')]
Tadig = Annotated[str, matching("[A-Z0-9]{5}", 'a TADIG code of five characters, such as "GBRXX"')]
Imsi = Annotated[str, matching("[0-9]{5,15}", "5 to 15 digits that begin with MCC and MNC")]
Domain = Annotated[
    str,
    matching(
        r"(?=.{1,255}\Z)[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*",
        'a domain name, such as "epc.mnc099.mcc620.3gppnetwork.org"',
    ),
    AfterValidator(str.lower),
]
Realm = Annotated[Domain, AfterValidator(_realm)]


class Table(BaseModel):
    """A table of network.toml: no unknown keys, no silent conversions, no later changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
