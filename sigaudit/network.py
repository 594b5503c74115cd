"""The audited network as its operator describes it in network.toml.

Every key, its default and what is not assessed without it: docs/network.md.
"""

import difflib
import hashlib
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from typing import Literal

from pydantic import (
    Field,
    PrivateAttr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from sigaudit.alert_config import Alert
from sigaudit.attestation import Answer
from sigaudit.attestation import read as read_answers
from sigaudit.errors import UsageError
from sigaudit.ir21 import Ir21File, read_all
from sigaudit.ir21_networks import join
from sigaudit.network_exceptions import Accept, TestSims
from sigaudit.network_mistakes import mistake
from sigaudit.network_parties import Hub, LeasedTitle, Nodes, Operator, RoamingPartner
from sigaudit.network_values import (
    Address,
    CountryCode,
    Number,
    PointCode,
    PointCodeText,
    Table,
    Text,
    Timezone,
    point_code,
)
from sigaudit.policy import Policy
from sigaudit.toml_text import parsed

LARGEST_FILE = 16 * 1024 * 1024  # octets; a capture given by mistake is not read to its end


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


class Calls(Table):
    """What is known of numbers that calls go to.

    881 to 883 are satellite and international networks, 979 international premium rate (E.164).
    """

    revenue_share_numbers: list[Number] = Field(default=["881", "882", "883", "979"])


class Ir21(Table):
    """The partners' IR.21 files, as RAEX XML."""

    files: list[Text] = Field(default=[])
    max_age_days: int = Field(default=180, ge=0)


class DfsProvider(Table):
    """A digital financial service that sends one-time passwords."""

    name: Text | None = None
    senders: list[Text] = Field(default=[])


class Capture(Table):
    """Where captures were taken."""

    match: Text = "*"
    point: Literal["outside", "inside", "core", "unknown"] = "unknown"


Encoding = Literal[  # of logs without a byte order mark, as Python calls them
    "utf-8", "utf-16-le", "utf-16-be", "iso-8859-1", "iso-8859-15", "cp1250", "cp1251", "cp1252",
    "cp1253", "cp1254", "cp1256", "cp437", "cp850", "gb18030", "shift-jis",
]  # fmt: skip


class Log(Table):
    """A log with other column names, values or times than the documented ones."""

    match: Text = "*"
    kind: Literal["sim_swap", "dfs_event"] | None = None
    columns: dict[str, str] = Field(default={})
    values: dict[str, dict[str, str]] = Field(default={})
    timezone: Timezone | None = None
    country_code: CountryCode | None = None
    encoding: Encoding | None = None
    time_format: Text | None = None

    @property
    def sha256(self) -> str:
        """What tells one [[log]] table from another."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


class Attestation(Table):
    """The answers to what no data can show: the questionnaire, filled in."""

    file: Text = "attestation.toml"


class Network(Table):
    """network.toml, checked."""

    operator: Operator
    interconnect: Interconnect | None = None
    sms: Sms = Sms()
    calls: Calls = Calls()
    platforms: Nodes = Nodes()
    roaming_partner: list[RoamingPartner] = Field(default=[])
    ir21: Ir21 = Ir21()
    hub: list[Hub] = Field(default=[])
    leased_title: list[LeasedTitle] = Field(default=[])
    accept: list[Accept] = Field(default=[])
    test: TestSims = TestSims()
    dfs_provider: list[DfsProvider] = Field(default=[])
    capture: list[Capture] = Field(default=[])
    log: list[Log] = Field(default=[])
    policy: Policy = Policy()
    alert: list[Alert] = Field(default=[])
    attestation: Attestation | None = None
    _sha256: str = PrivateAttr("")
    _path: str | None = PrivateAttr(None)
    _ir21_files: list[Ir21File] = PrivateAttr(default_factory=list)
    _clashes: list[str] = PrivateAttr(default_factory=list)
    _answers: dict[str, Answer] = PrivateAttr(default_factory=dict)

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

    @field_validator("hub")
    @classmethod
    def _one_hub_each(cls, hubs: list[Hub]) -> list[Hub]:
        """Hubs are known by their names; no title, realm or host may belong to two of them."""
        names = Counter(hub.name for hub in hubs)
        if twice := [name for name, times in names.items() if times > 1]:
            raise PydanticCustomError("clash", f"name of two hubs: {', '.join(twice)}")
        for key in ("global_titles", "diameter_realms", "hosts"):
            values = Counter(value for hub in hubs for value in set(getattr(hub, key)))
            if twice := [value for value, times in values.items() if times > 1]:
                raise PydanticCustomError("clash", f"{key} of two hubs: {', '.join(twice)}")
        return hubs

    @property
    def sha256(self) -> str:
        """Of the file and what it names, hex; empty for a network not read from a file."""
        return self._sha256

    @property
    def path(self) -> str | None:
        """Where the file is, absolute; None for a network not read from one."""
        return self._path

    @property
    def answers(self) -> dict[str, Answer]:
        """What [attestation] answers, by requirement."""
        return self._answers

    def point_of(self, name: str) -> str:
        """Where a capture was taken, by the base name of its file; the first match wins."""
        base = PurePath(name).name
        return next((c.point for c in self.capture if fnmatchcase(base, c.match)), "unknown")

    def networks_by_name(self) -> dict[str, Operator | RoamingPartner]:
        """The listed networks by name, PLMN and TADIG code; the first of several has a name."""
        networks: dict[str, Operator | RoamingPartner] = {}
        tables: list[Operator | RoamingPartner] = [self.operator, *self.roaming_partner]
        for table in tables:
            for name in (table.name, *table.plmns, *getattr(table, "tadigs", [])):
                if name is not None:
                    networks.setdefault(name, table)
        return networks

    def leases(self, now: datetime | None) -> list[LeasedTitle]:
        """Own titles that others use; a lease whose last day is before `now` is over."""
        day = now.date() if now else None
        return [
            lease
            for lease in self.leased_title
            if lease.until is None or day is None or day <= lease.until
        ]

    def warnings(self, now: datetime | None) -> list[str]:
        """What does not hold as written: old or clashing IR.21 files, expired entries."""
        return [
            *self._clashes,
            *self.policy.warnings(now),
            *(old for file in self._ir21_files if (old := self._age(file, now))),
            *(
                f"accept[{place}]: its last day, {entry.until}, is over; it has no effect"
                for place, entry in enumerate(self.accept, start=1)
                if now and entry.until < now.date()
            ),
        ]

    def _age(self, file: Ir21File, now: datetime | None) -> str | None:
        """What to say of a file's age."""
        if file.made_at is None:
            return f"{file.name}: no legible FileCreationTimestamp; it may be out of date"
        days = (now - file.made_at).days if now else 0
        if days <= self.ir21.max_age_days:
            return None
        return (
            f"{file.name}: {days} days old, more than ir21.max_age_days, {self.ir21.max_age_days}; "
            "networks may have changed since"
        )


def load(path: Path) -> Network:
    """Read network.toml; UsageError names every mistake in it, one a line."""
    content = _read(path)
    try:
        network = Network.model_validate(parsed(path, content))
    except ValidationError as error:
        lines = [f"{path}: {mistake(details, Network)}" for details in error.errors()]
        raise UsageError("\n".join(lines)) from None
    network._sha256, network._path = hashlib.sha256(content).hexdigest(), str(path.absolute())
    if network.ir21.files:
        network = _with_ir21(network, path)
    if network.attestation:
        file = path.parent / network.attestation.file
        network._answers, digest = read_answers(file, network.operator.name)
        network._sha256 = hashlib.sha256(f"{network._sha256} {digest}".encode()).hexdigest()
    _check_hubs(network, path)
    return network


def _with_ir21(network: Network, path: Path) -> Network:
    """The network with its partners' IR.21 files."""
    try:
        found = read_all(path.parent.absolute(), network.ir21.files)
    except UsageError as error:
        raise UsageError(f"{path}: {error}") from None
    joined = join(network.operator, network.platforms, network.roaming_partner, found)
    whole = network.model_copy(
        update={
            "operator": joined.operator,
            "platforms": joined.platforms,
            "roaming_partner": joined.partners,
        }
    )
    whole._ir21_files, whole._clashes = found, joined.warnings
    digests = [network._sha256, *(f"{file.name} {file.sha256}" for file in found)]
    whole._sha256 = hashlib.sha256("\n".join(digests).encode()).hexdigest()
    return whole


def _check_hubs(network: Network, path: Path) -> None:
    """A hub speaks for networks that are listed."""
    known = network.networks_by_name()
    wrong = [
        f"{path}: hub[{place}].speaks_for: no listed network {name!r}; "
        f"write a name, PLMN or TADIG code of one{_meant(name, known)}"
        for place, hub in enumerate(network.hub, start=1)
        for name in hub.speaks_for
        if name not in known
    ]
    if wrong:
        raise UsageError("\n".join(wrong))


def _meant(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f", did you mean {near[0]!r}?" if near else ""


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from None
    if len(content) > LARGEST_FILE:
        raise UsageError(f"{path}: too large for a network.toml; is it another file?")
    return content
