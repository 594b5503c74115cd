"""Whose things are, in network.toml: the operator, its partners, hubs between them, lessees."""

from datetime import date
from typing import Literal, get_args

from pydantic import Field

from sigaudit.network_values import (
    Country,
    Domain,
    Number,
    Plmn,
    Realm,
    Table,
    Tadig,
    Text,
    Timezone,
)

NodeKind = Literal["hlr", "msc", "vlr", "sgsn", "smsc", "gsmscf", "gmlc", "eir", "ota"]
NODE_KINDS: tuple[NodeKind, ...] = get_args(NodeKind)


class Nodes(Table):
    """Titles of nodes, or prefixes of titles, by what the nodes are."""

    hlr: list[Number] = Field(default=[])
    msc: list[Number] = Field(default=[])
    vlr: list[Number] = Field(default=[])
    sgsn: list[Number] = Field(default=[])
    smsc: list[Number] = Field(default=[])
    gsmscf: list[Number] = Field(default=[])
    gmlc: list[Number] = Field(default=[])
    eir: list[Number] = Field(default=[])
    ota: list[Number] = Field(default=[])

    def titles(self, kind: NodeKind) -> list[str]:
        """The titles of one kind."""
        titles: list[str] = getattr(self, kind)
        return titles

    def all_titles(self) -> list[str]:
        """The titles of every kind."""
        return [title for kind in NODE_KINDS for title in self.titles(kind)]


class Operator(Table):
    """The audited operator and its numbers."""

    name: Text
    country: Country
    timezone: Timezone | None = None
    plmns: list[Plmn] = Field(min_length=1)
    global_titles: list[Number] = Field(min_length=1)
    msisdn_prefixes: list[Number] = Field(default=[])
    mobile_global_titles: list[Number] = Field(default=[])
    diameter_realms: list[Realm] = Field(default=[])


class RoamingPartner(Table):
    """A network with a roaming agreement."""

    name: Text | None = None
    country: Country | None = None
    tadigs: list[Tadig] = Field(default=[])
    plmns: list[Plmn] = Field(default=[])
    global_titles: list[Number] = Field(default=[])
    msisdn_prefixes: list[Number] = Field(default=[])
    mobile_global_titles: list[Number] = Field(default=[])
    diameter_realms: list[Realm] = Field(default=[])
    carriers: list[Text] = Field(default=[])
    nodes: Nodes = Nodes()


class Hub(Table):
    """Who may speak for other networks: a roaming hub, a sponsor, an SMS hub, a group's HLR."""

    name: Text
    country: Country | None = None
    global_titles: list[Number] = Field(default=[])
    diameter_realms: list[Realm] = Field(default=[])
    hosts: list[Domain] = Field(default=[])
    speaks_for: list[Text] = Field(default=[])
    operations: list[int] = Field(default=[])
    commands: list[int] = Field(default=[])


class LeasedTitle(Table):
    """Own titles that another company uses."""

    prefix: Number
    holder: Text
    until: date | None = None
