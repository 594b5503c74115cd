"""What detectors ask of: views over the database, with network.toml's knowledge joined in.

`build` makes them as temporary tables and views, anew in each run, so nothing of network.toml
stays in the database. Each part is a file of SQL here; docs/writing-detectors.md tells what there
is.
"""

from datetime import datetime
from importlib.resources import files

from duckdb import DuckDBPyConnection

from dissectors import names
from sigaudit.attestation import contradicting
from sigaudit.framework import controls
from sigaudit.network import Network
from sigaudit.numbering import NumberingPlan
from sigaudit.state import clocks
from sigaudit.state.filling import distinct, fill, load_owner
from sigaudit.state.reference import load_reference
from sigaudit.state.swaps import load_policy

E164 = 1  # numbering plan of addresses in MAP (TS 29.002 17.7.8)
INTERNATIONAL = 1  # nature of an address in MAP
NODES = "[msc_number, vlr_number, sgsn_number, hlr_number, service_centre]"
ROUTING = "[gmsc_address, ggsn_number, css_number, mme_number_for_mt_sms]"
CSI = "[o_csi, d_csi, t_csi, vt_csi, ss_csi, m_csi, mo_sms_csi, mt_sms_csi, gprs_csi, mg_csi]"
SHORTEST_COUNTRY = 7  # digits that tell an E.164 number's country, area codes of +1 included
PARTS = (  # each stands on those before it
    "traffic",
    "categories",
    "entrance",
    "outcomes",
    "map",
    "cap",
    "diameter",
    "requests",
    "coverage",
    "registrations",
    "clocks",
    "bindings",
    "sms_delivery",
    "sms_lookup",
    "travel",
    "contexts",
    "encoding",
    "swaps",
    "odd",
)
FEW = 200_000  # messages of which tables are made, not views: planning takes longer than looking


def build(connection: DuckDBPyConnection, network: Network, now: datetime | None = None) -> None:
    """Make the temporary tables and views that detectors read.

    Leases and accepted sources that are over before `now` do not count.
    """
    load_names(connection)
    load_places(connection, network)
    load_owners(connection, network, now)
    load_reference(connection, network, now)
    load_policy(connection, network, now)
    clocks.leave_as_logged(connection)
    load_attested(connection, network)
    few = _messages(connection) <= FEW
    for part in PARTS:
        statements = (files("sigaudit.state") / f"{part}.sql").read_text("utf-8")
        connection.execute(statements.replace("temp view", "temp table") if few else statements)
        if part == "clocks":  # what follows reads logs by the captures' clock
            clocks.put_right(connection)


def _messages(connection: DuckDBPyConnection) -> int:
    """How many rows of messages and of logs there are."""
    tables = ("map_common", "cap_component", "diameter_common", "swap", "dfs_event")
    counts = (connection.table(table).count("*").fetchall()[0][0] for table in tables)
    return sum(counts)


def load_names(connection: DuckDBPyConnection) -> None:
    """Operation and error names, so that explanations can say them."""
    named = "code smallint, name varchar"
    fill(connection, "map_operation", named, names.operations().items())
    fill(connection, "map_error", named, names.errors().items())
    fill(connection, "cap_operation", named, names.cap_operations().items())


def load_places(connection: DuckDBPyConnection, network: Network) -> None:
    """Where captures were taken, where traffic enters, and who sends one-time passwords."""
    country = network.operator.country
    connection.execute(f"create or replace temp macro home_country() as '{country}'")
    inputs = connection.execute("select input_id, path from input").fetchall()
    points = [(input_id, network.point_of(path)) for input_id, path in inputs]
    fill(connection, "capture_point", "input_id integer, point varchar", points)
    interconnect = network.interconnect
    adjacent = (
        [(code.number, code.network_indicator) for code in interconnect.adjacent()]
        if interconnect
        else []
    )
    fill(connection, "adjacent_point_code", "number uinteger, network_indicator tinyint", adjacent)
    peers = interconnect.peers if interconnect else []
    fill(connection, "peer", "address varchar", ((address,) for address in peers))
    senders = {sender.lower() for provider in network.dfs_provider for sender in provider.senders}
    fill(connection, "dfs_sender", "sender varchar", ((sender,) for sender in sorted(senders)))


def load_attested(connection: DuckDBPyConnection, network: Network) -> None:
    """What was answered with yes, and the detectors whose findings contradict it."""
    known = controls()
    columns = (
        "control varchar, title varchar, name varchar, date varchar, reference varchar, "
        "detectors varchar[]"
    )
    rows = (
        (name, known[name].title, one.name, one.date, one.reference, contradicting(known[name]))
        for name, one in network.answers.items()
        if one.answer == "yes"
    )
    fill(connection, "attested", columns, rows)


def load_owners(
    connection: DuckDBPyConnection, network: Network, now: datetime | None = None
) -> None:
    """Whose each distinct global title, IMSI prefix, MSISDN prefix and realm is."""
    plan = NumberingPlan(network, now=now)
    titles = distinct(
        connection,
        f"""
        select gt, coalesce(plan, 0), coalesce(nature, 0) from sccp_address
        union select unnest({NODES}), {E164}, 0 from map_component
        union select unnest({CSI}), {E164}, 0 from map_camel
        union select unnest([gsmscf_address, mlc_number]), {E164}, 0 from map_location
        union select unnest({ROUTING}), {E164}, 0 from map_routing
        union select mme_number_for_mt_sms, {E164}, 0 from diameter_registration
        union select unnest([sc_address, sms_gmsc_address]), {E164}, 0 from diameter_sms
        union select forwarded_to_number, {E164}, 0 from map_subscription
          where forwarded_to_nature = {INTERNATIONAL}
        """,
    )
    load_owner(
        connection,
        "gt_owner",
        "digits varchar, plan utinyint, nature utinyint",
        ((row, plan.gt(*row)) for row in titles),
    )
    imsis = distinct(
        connection,
        """
        select left(unnest([imsi, requesting_plmn]), 6) from map_component
        union select left(unnest([imsi, visited_plmn]), 6) from diameter_message
        union select left(destination_reference, 6) from dialogue_portion
        union select left(unnest(string_split(hlr_list, ' ')), 6) from map_routing
        union select left(unnest(string_split(user_ids, ' ')), 6) from diameter_rare
        union select left(imsi, 6) from cap_component
        """,
    )
    load_owner(
        connection, "imsi_owner", "prefix varchar", ((row, plan.imsi(row[0])) for row in imsis)
    )
    operator = network.operator
    prefixes = [*operator.msisdn_prefixes, *operator.global_titles]
    for partner in network.roaming_partner:
        prefixes += [*partner.global_titles, *partner.msisdn_prefixes]
    digits = max([SHORTEST_COUNTRY, *map(len, prefixes)])
    connection.execute(f"create or replace temp macro msisdn_digits() as {digits}")
    msisdns = distinct(
        connection,
        f"""
        select left(msisdn, {digits}) from map_component
        union select left(msisdn, {digits}) from diameter_message
        union select left(msisdn, {digits}) from cap_component
        """,
    )
    load_owner(
        connection,
        "msisdn_owner",
        "prefix varchar",
        ((row, plan.msisdn(row[0])) for row in msisdns),
    )
    realms = distinct(
        connection,
        """
        select origin_realm from diameter_route
        union select unnest(string_split(route_record, ' ')) from diameter_route
        """,
    )
    load_owner(
        connection, "realm_owner", "realm varchar", ((row, plan.realm(row[0])) for row in realms)
    )
