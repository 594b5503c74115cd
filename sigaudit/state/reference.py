"""What network.toml and IR.21 files tell beyond owners: hubs, leases, nodes, test SIMs, distances.

Short lists become macros, which SQL may use anywhere, long ones tables.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib.resources import files
from itertools import product
from typing import Any

from duckdb import DuckDBPyConnection

from sigaudit.distances import kilometres
from sigaudit.network import Network
from sigaudit.network_parties import NODE_KINDS, Hub, Nodes, RoamingPartner
from sigaudit.numbering import NumberingPlan, Owner, hub_owner, partner_owner
from sigaudit.state.filling import distinct, fill, load_owner

TITLE = "digits varchar, plan utinyint, nature utinyint"
ANY_PARTNER = "*"
BETWEEN = "\x1f"  # the parts of a key; network.toml has only printable text


def load_reference(
    connection: DuckDBPyConnection, network: Network, now: datetime | None = None
) -> None:
    """Tables and macros of reference data; the tables of owners are there already."""
    load_hubs(connection, network, now)
    load_nodes(connection, network)
    macro(connection, "home_routers", network.sms.home_routers)
    macro(connection, "revenue_share_numbers", network.calls.revenue_share_numbers)
    macro(connection, "test_imsis", network.test.imsis)
    macro(connection, "test_msisdns", network.test.msisdns)
    load_leases(connection, network, now)
    load_accepted(connection, network, now)
    load_distances(connection, network.operator.country)
    connection.execute((files("sigaudit.state") / "reference.sql").read_text("utf-8"))


def load_hubs(connection: DuckDBPyConnection, network: Network, now: datetime | None) -> None:
    """For whom hubs may speak; and titles, realms and hosts of those limited to some codes."""
    macro(connection, "spoken_for", sorted(_spoken_for(network)))
    plan = NumberingPlan(network, limited_hubs=True, now=now)
    operations = {hub.name: hub.operations for hub in network.hub if hub.operations}
    commands = {hub.name: hub.commands for hub in network.hub if hub.commands}
    titles = distinct(connection, "select digits, plan, nature from gt_owner")
    realms = distinct(connection, "select realm from realm_owner")
    _load_limited(connection, "gt_hub", TITLE, ((row, plan.gt(*row)) for row in titles), operations)
    _load_limited(
        connection, "realm_hub", "realm varchar", ((r, plan.realm(r[0])) for r in realms), commands
    )
    hosts = {host: hub_owner(hub) for hub in network.hub for host in hub.hosts}
    every = {hub.name: hub.commands for hub in network.hub}
    _load_limited(
        connection, "host_hub", "host varchar", (((h,), who) for h, who in hosts.items()), every
    )


def _load_limited(
    connection: DuckDBPyConnection,
    table: str,
    key: str,
    owned: Iterable[tuple[tuple[Any, ...], Owner]],
    codes: dict[str, list[int]],
) -> None:
    """A table of what belongs to these hubs, with the codes that they are limited to."""
    limited = [pair for pair in owned if pair[1].party == "hub" and pair[1].operator in codes]
    load_owner(connection, table, key, limited)
    fill(connection, "hub_code", "hub varchar, codes integer[]", codes.items())
    connection.execute(
        f"create or replace temp table {table} as "
        f"select {table}.*, codes from {table} join hub_code on hub = owner.operator"
    )


def _spoken_for(network: Network) -> Iterator[str]:
    """Keys of hub and network; without a list of networks a hub speaks for any partner."""
    known = network.networks_by_name()
    for hub in network.hub:
        if not hub.speaks_for:
            yield BETWEEN.join((hub.name, "partner", ANY_PARTNER))
        for name in hub.speaks_for:
            table = known.get(name)
            if table is network.operator:
                yield BETWEEN.join((hub.name, "home", network.operator.name))
            elif isinstance(table, RoamingPartner):
                yield BETWEEN.join((hub.name, "partner", partner_owner(table).operator or ""))
        yield from _lies_in(network, hub)


def _lies_in(network: Network, hub: Hub) -> Iterator[str]:
    """A hub speaks for the partner in whose range its titles, realms or hosts lie, too."""
    plan = NumberingPlan(network, hubs=False)
    owners = [plan.gt(title, None) for title in hub.global_titles]
    owners += [plan.realm(realm) for realm in (*hub.diameter_realms, *hub.hosts)]
    for owner in owners:
        if owner.party == "partner":
            yield BETWEEN.join((hub.name, "partner", owner.operator or ""))


def load_leases(connection: DuckDBPyConnection, network: Network, now: datetime | None) -> None:
    """Own titles that others use, those whose lease is over left out."""
    leases = [f"{lease.prefix}{BETWEEN}{lease.holder}" for lease in network.leases(now)]
    macro(connection, "leases", leases)


def load_nodes(connection: DuckDBPyConnection, network: Network) -> None:
    """What nodes the E.164 titles met are, by network.toml and IR.21; and own ones by kind."""
    own = own_nodes(network)
    known: dict[str, set[str]] = {}
    for nodes in (own, *(partner.nodes for partner in network.roaming_partner)):
        for kind in NODE_KINDS:
            for title in nodes.titles(kind):
                known.setdefault(title, set()).add(kind)
    met = distinct(connection, "select distinct digits from gt_owner where plan in (0, 1)")
    kinds = ((digits, sorted(_kinds(digits, known))) for (digits,) in met)
    fill(connection, "gt_node", "digits varchar, kinds varchar[]", (row for row in kinds if row[1]))
    macro(
        connection,
        "own_nodes",
        [f"{kind}{BETWEEN}{title}" for kind in NODE_KINDS for title in own.titles(kind)],
    )


def own_nodes(network: Network) -> Nodes:
    """[platforms], with the centres of [sms]."""
    centres = [*network.platforms.smsc, *network.sms.centres]
    return network.platforms.model_copy(update={"smsc": list(dict.fromkeys(centres))})


def _kinds(digits: str, known: dict[str, set[str]]) -> set[str]:
    """The kinds of all prefixes of a title: a node may be told by its own and by its range's."""
    return set().union(*(known.get(digits[:n], set()) for n in range(1, len(digits) + 1)))


ACCEPTED = """
  place integer, detector varchar, operation integer, command integer, global_title varchar,
  realm varchar, host varchar, agent varchar, imsi varchar, msisdn varchar, note varchar
"""


def load_accepted(connection: DuckDBPyConnection, network: Network, now: datetime | None) -> None:
    """What is lowered to info: [[accept]], entries that are over left out, and test SIMs."""
    fill(connection, "accepted", ACCEPTED, _accepted(network, now))


def _accepted(network: Network, now: datetime | None) -> Iterator[tuple[object, ...]]:
    for place, entry in enumerate(network.accept, start=1):
        if now is None or now.date() <= entry.until:
            what = (entry.detector, entry.operation, entry.command)
            source = (entry.global_title, entry.realm, entry.host, entry.agent)
            note = f"accepted until {entry.until}: {entry.reason}"
            yield (place, *what, *source, entry.imsi, entry.msisdn, note)
    note, nothing = "a test SIM of the operator", (None,) * 7
    yield from ((0, *nothing, imsi, None, note) for imsi in network.test.imsis)
    yield from ((0, *nothing, None, msisdn, note) for msisdn in network.test.msisdns)


def load_distances(connection: DuckDBPyConnection, home: str) -> None:
    """How far the countries met are from each other at least."""
    owners = ("gt_owner", "imsi_owner", "msisdn_owner", "realm_owner")
    query = " union ".join(f"select owner.country from {table}" for table in owners)
    met = sorted({home} | {country for (country,) in distinct(connection, query)})
    pairs = ((one, other, kilometres(one, other)) for one, other in product(met, met))
    fill(
        connection,
        "country_distance",
        "one varchar, other varchar, kilometres double",
        (pair for pair in pairs if pair[2] is not None),
    )


def macro(connection: DuckDBPyConnection, name: str, texts: Iterable[str]) -> None:
    """A macro without arguments that is this list of texts."""
    quoted = ", ".join("'" + text.replace("'", "''") + "'" for text in texts)
    connection.execute(f"create or replace temp macro {name}() as [{quoted}]::varchar[]")
