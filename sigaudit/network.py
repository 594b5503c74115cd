"""The audited network as its operator describes it in network.toml.

Every key, its default and what is not assessed without it: docs/network.md.
"""

import difflib
import hashlib
import ipaddress
import json
import re
import tomllib
import zoneinfo
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from typing import Annotated, Any, Literal, NamedTuple, get_args

from pycrate_mobile.MCC_MNC import CC2_CC3_dict
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from sigaudit.errors import UsageError

LARGEST_FILE = 16 * 1024 * 1024  # octets; a capture given by mistake is not read to its end
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
    if re.fullmatch(r"((mcc[0-9]+\.)?3gppnetwork\.)?org", realm.lower()):
        raise ValueError("expected the realm of one network; this one is the parent of many")
    return realm.lower()


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
Realm = Annotated[
    str,
    matching(
        r"(?=.{1,255}\Z)[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*",
        'a Diameter realm, such as "epc.mnc099.mcc620.3gppnetwork.org"',
    ),
    AfterValidator(_realm),
]


class Table(BaseModel):
    """A table of network.toml: no unknown keys, no silent conversions, no later changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Operator(Table):
    """The audited operator and its numbers."""

    name: Text
    country: Country
    timezone: Timezone | None = None
    plmns: list[Plmn] = Field(min_length=1)
    global_titles: list[Number] = Field(min_length=1)
    msisdn_prefixes: list[Number] = Field(default=[])
    diameter_realms: list[Realm] = Field(default=[])


class Interconnect(Table):
    """Where traffic enters from other networks."""

    point_code_format: Literal["3-8-3", "8-8-8", "decimal"] = "3-8-3"
    point_codes: list[PointCodeText] = Field(default=[])
    peers: list[Address] = Field(default=[])

    @model_validator(mode="after")
    def _has_an_entrance(self) -> "Interconnect":
        if not self.point_codes and not self.peers:
            raise PydanticCustomError("empty", "expected point_codes or peers, or no such table")
        return self

    def adjacent(self) -> list[PointCode]:
        """The point codes as numbers, each with the network indicator that it is limited to."""
        return [point_code(code, self.point_code_format) for code in self.point_codes]


class Sms(Table):
    """The operator's own short message nodes."""

    centres: list[Number] = Field(default=[])
    home_routers: list[Number] = Field(default=[])


class RoamingPartner(Table):
    """A network with a roaming agreement."""

    name: Text | None = None
    country: Country | None = None
    plmns: list[Plmn] = Field(default=[])
    global_titles: list[Number] = Field(default=[])
    diameter_realms: list[Realm] = Field(default=[])


class DfsProvider(Table):
    """A digital financial service that sends one-time passwords."""

    name: Text | None = None
    senders: list[Text] = Field(default=[])


class Capture(Table):
    """Where captures were taken."""

    match: Text = "*"
    point: Literal["outside", "inside", "core", "unknown"] = "unknown"


class Log(Table):
    """A log with other column names, values or times than the documented ones."""

    match: Text = "*"
    kind: Literal["sim_swap", "dfs_event"] | None = None
    columns: dict[str, str] = Field(default={})
    values: dict[str, dict[str, str]] = Field(default={})
    timezone: Timezone | None = None
    country_code: CountryCode | None = None


class Policy(Table):
    """The regime in force; the defaults hold where no regulator has set a figure."""

    swap_cooling_off_hours: int = Field(
        default=24,
        ge=0,
        description="hours after a swap without OTP use, PIN reset or transfer; "
        "24 as India's DoT ordered for SMS in November 2022",
    )
    max_swaps_per_agent_per_day: int = Field(
        default=20,
        ge=0,
        description="swaps by one agent in any 24 hours; 20 is this project's starting point",
    )
    recycle_quarantine_days: int = Field(
        default=90,
        ge=0,
        description="days between a number's release and its next subscriber; 90 as in India",
    )


class Network(Table):
    """network.toml, checked."""

    operator: Operator
    interconnect: Interconnect | None = None
    sms: Sms = Sms()
    roaming_partner: list[RoamingPartner] = Field(default=[])
    dfs_provider: list[DfsProvider] = Field(default=[])
    capture: list[Capture] = Field(default=[])
    log: list[Log] = Field(default=[])
    policy: Policy = Policy()
    _sha256: str = PrivateAttr("")

    @field_validator("roaming_partner")
    @classmethod
    def _one_owner_each(
        cls, partners: list[RoamingPartner], info: ValidationInfo
    ) -> list[RoamingPartner]:
        """No PLMN, title or realm may belong to two networks: one of the two would be ignored."""
        networks = [info.data.get("operator"), *partners]
        for key in ("plmns", "global_titles", "diameter_realms"):
            owners = Counter(v for network in networks for v in set(getattr(network, key, [])))
            if twice := [value for value, networks_of in owners.items() if networks_of > 1]:
                raise PydanticCustomError("clash", f"{key} of two networks: {', '.join(twice)}")
        return partners

    @property
    def sha256(self) -> str:
        """Of the file's bytes, hex; empty for a network that was not read from a file."""
        return self._sha256

    def point_of(self, name: str) -> str:
        """Where a capture was taken, by the base name of its file; the first match wins."""
        base = PurePath(name).name
        return next((c.point for c in self.capture if fnmatchcase(base, c.match)), "unknown")


def load(path: Path) -> Network:
    """Read network.toml; UsageError names every mistake in it, one a line."""
    content = _read(path)
    try:
        network = Network.model_validate(_parse(path, content))
    except ValidationError as error:
        lines = [f"{path}: {_mistake(details)}" for details in error.errors()]
        raise UsageError("\n".join(lines)) from None
    network._sha256 = hashlib.sha256(content).hexdigest()
    return network


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from None
    if len(content) > LARGEST_FILE:
        raise UsageError(f"{path}: too large for a network.toml; is it another file?")
    return content


def _parse(path: Path, content: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{path}: line {line}: not UTF-8 text; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        last = content.count(b"\n") + 1
        reason = str(error).replace("end of document", f"line {last}, the end of the file")
        raise UsageError(f"{path}: not valid TOML: {reason}") from None
    except (
        ValueError,
        RecursionError,
    ):  # of a number of thousands of digits, of deep nesting
        raise UsageError(f"{path}: not valid TOML: a value is too large or too deep") from None


def _mistake(error: ErrorDetails) -> str:
    """One mistake for a person: key, what was expected, what was there."""
    key, kind, value = _key(error["loc"]), error["type"], error["input"]
    if kind == "extra_forbidden":
        return f"{key}: unknown key; {_known_keys(error['loc'])}"
    if kind == "missing":
        return f"{key}: required, but absent"
    if kind == "list_type" and isinstance(value, dict):
        return f"{key}: expected a list of tables; write [[{key}]]"
    expected = {
        "value_error": str(error.get("ctx", {}).get("error")),
        "string_type": "expected text in quotes",
        "list_type": "expected a list in [ ]",
        "int_type": "expected a whole number",
        "dict_type": "expected a table",
        "model_type": "expected a table",
        "greater_than_equal": "expected 0 or more",
        "too_short": "expected at least one",
        "literal_error": f"expected {error.get('ctx', {}).get('expected')}",
    }.get(kind, error["msg"])
    return f"{key}: {expected}{_got(value)}"


def _key(location: tuple[int | str, ...]) -> str:
    """The key as one would write it; entries of a list count from 1."""
    key = ""
    for part in location:
        if isinstance(part, int):
            key += f"[{part + 1}]"
        else:
            bare = re.fullmatch("[A-Za-z0-9_-]{1,60}", part)
            key += f".{part if bare else json.dumps(part[:60])}"
    return key.removeprefix(".")


def _got(value: object) -> str:
    if value and isinstance(value, dict | list):
        return ""
    try:
        shown = json.dumps(value, default=str)
    except ValueError:  # Python refuses to write integers of thousands of digits
        shown = "a huge number"
    return f" (got {shown if len(shown) <= 60 else shown[:60] + '…'})"


def _known_keys(location: tuple[int | str, ...]) -> str:
    """The nearest known key of the same table, or all of them."""
    model: type[BaseModel] = Network
    for part in location[:-1]:
        if isinstance(part, str):
            model = next(_models(model.model_fields[part].annotation))
    near = difflib.get_close_matches(str(location[-1]), model.model_fields, n=1)
    return f"did you mean {near[0]}?" if near else f"known here: {', '.join(model.model_fields)}"


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The tables that a field can hold."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)
