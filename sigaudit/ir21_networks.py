"""IR.21 files joined with what network.toml lists: one table a network, no number with two owners.

What network.toml lists goes before the files, a newer file before an older one.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from sigaudit.ir21 import Ir21File
from sigaudit.network_parties import NODE_KINDS, NodeKind, Nodes, Operator, RoamingPartner

OWNED = (  # keys whose values belong to one network alone
    "plmns",
    "global_titles",
    "msisdn_prefixes",
    "mobile_global_titles",
    "diameter_realms",
)
LISTS = ("tadigs", *OWNED, "carriers")


class Joined(NamedTuple):
    """The tables of network.toml with the files in them, and what clashed."""

    operator: Operator
    platforms: Nodes
    partners: list[RoamingPartner]
    warnings: list[str]


class Party:
    """A network while files are added to it."""

    def __init__(self, table: Operator | RoamingPartner, nodes: Nodes) -> None:
        self.name, self.country = table.name, table.country
        self.lists: dict[str, list[str]] = {key: [*getattr(table, key, [])] for key in LISTS}
        self.nodes: dict[NodeKind, list[str]] = {kind: [*nodes.titles(kind)] for kind in NODE_KINDS}

    def as_partner(self) -> RoamingPartner:
        """The partner's table with all that was added."""
        nodes = Nodes(**self.nodes)
        return RoamingPartner(name=self.name, country=self.country, nodes=nodes, **self.lists)

    def as_operator(self, operator: Operator) -> Operator:
        """The operator's table with all that was added."""
        added = {key: self.lists[key] for key in OWNED}
        return operator.model_copy(update=added)


def join(
    operator: Operator,
    platforms: Nodes,
    partners: Iterable[RoamingPartner],
    files: Iterable[Ir21File],
) -> Joined:
    """Add each file to the network that shares a TADIG code or PLMN with it, else as a new one."""
    own = Party(operator, platforms)
    parties = [own, *(Party(partner, partner.nodes) for partner in partners)]
    owners = {(key, value): p for p in parties for key in OWNED for value in p.lists[key]}
    by_code = {code: p for p in parties for code in _codes(p.lists)}
    warnings: list[str] = []
    for file in sorted(files, key=lambda f: (f.made_at or datetime.min, f.name), reverse=True):
        told = Party(file.partner, file.partner.nodes)
        party = next((by_code[c] for c in _codes(told.lists) if c in by_code), None)
        if party is None:
            party = Party(RoamingPartner(), Nodes())
            parties.append(party)
        _name(party, told, parties)
        warnings += _add(party, told, owners, file.name)
        by_code.update(dict.fromkeys(_codes(party.lists), party))
    joined = [party.as_partner() for party in parties if party is not own]
    return Joined(own.as_operator(operator), Nodes(**own.nodes), joined, sorted(warnings))


def _codes(lists: dict[str, list[str]]) -> list[str]:
    """What a network is recognised by; TADIG codes and PLMNs never look alike."""
    return [*lists["plmns"], *lists["tadigs"]]


def _name(party: Party, told: Party, parties: list[Party]) -> None:
    """Take the file's name and country where network.toml has none; names stay unique."""
    party.country = party.country or told.country
    if party.name is None:
        taken = any(other.name == told.name for other in parties)
        party.name = f"{told.name} ({told.lists['tadigs'][0]})" if taken else told.name


def _add(
    party: Party, told: Party, owners: dict[tuple[str, str], Party], name: str
) -> Iterator[str]:
    """Add what no other network has; yield a warning a key for what one has."""
    for key in LISTS:
        free = [value for value in told.lists[key] if owners.get((key, value), party) is party]
        if key in OWNED:
            owners.update(dict.fromkeys(((key, value) for value in free), party))
        party.lists[key] = list(dict.fromkeys([*party.lists[key], *free]))
        kept = set(free)
        if clash := [value for value in told.lists[key] if value not in kept]:
            other = owners[key, clash[0]].name or "another partner"
            yield f"{name}: {key} of {other} already, left there: {_some(clash)}"
    for kind, titles in told.nodes.items():
        party.nodes[kind] = list(dict.fromkeys([*party.nodes[kind], *titles]))


def _some(values: list[str]) -> str:
    rest = f" and {len(values) - 3} more" if len(values) > 3 else ""
    return ", ".join(values[:3]) + rest
