"""Rows of messages with tokens in place of subscribers' numbers, without holding all of them."""

import re
from dataclasses import replace

from duckdb import DuckDBPyConnection

from sigaudit import pseudonyms
from sigaudit.errors import UsageError
from sigaudit.messages import Query, Selection
from sigaudit.pseudonyms import Pseudonyms

# Columns by what stands in them: a subscriber's number; a name with a number in it; a number that
# may be a node's. In all others there is none.
NUMBERS = ("imsi", "msisdn", "imei", "a_msisdn")
IDENTITIES = ("user_name", "public_identity", "external_identifier", "smsmi_originator",
              "smsmi_destination", "correlation_uri")  # fmt: skip
ADDRESSES = (
    *("calling_gt", "called_gt", "sender", "receiver", "destination_reference"),
    *("origination_reference", "msc_number", "vlr_number", "sgsn_number", "hlr_number"),
    *("network_node_number", "service_centre", "gsmscf_address", "mlc_number", "omc_id"),
    *("lcs_client_number", "forwarded_to_number", "roaming_number", "gmsc_address"),
    *("calling_number", "called_number", "called_bcd_number", "destination_number"),
    *("original_called_number", "redirecting_number", "tp_address", "sm_rp_smea"),
)
# Which subscribers' numbers stand where a node's may stand too.
HIDDEN = """
select value from (
  from node_title union from node_number union from private_address
) where value in (from private_number)
"""


def without_numbers(connection: DuckDBPyConnection, key: bytes, query: Query) -> Query:
    """The same rows with tokens. Makes temporary tables and functions in `connection`."""
    files = connection.execute("select name from input").fetchall()
    names = pseudonyms.of(connection, key, (name for (name,) in files))
    connection.create_function("token_of", names.token, ["VARCHAR"], "VARCHAR")
    connection.create_function("name_of", names.strict, ["VARCHAR"], "VARCHAR")
    connection.create_function(
        "identity_of", lambda identity: without_digits(names, identity), ["VARCHAR"], "VARCHAR"
    )
    hidden = {number for (number,) in connection.execute(HIDDEN).fetchall()}
    connection.create_function(
        "address_of",
        lambda address: names.token(address) if address in hidden else address,
        ["VARCHAR"],
        "VARCHAR",
    )
    described = connection.execute(f"describe {query.sql}", query.parameters).fetchall()
    shown = ", ".join(_shown(name) for name, *_ in described)
    return replace(query, sql=f"select {shown} from ({query.sql})")


def _shown(column: str) -> str:
    if column == "file":
        return "name_of(file) as file"
    if column in NUMBERS:
        return f'token_of("{column}") as "{column}"'
    if column in IDENTITIES:
        return f'identity_of("{column}") as "{column}"'
    if column in ADDRESSES:
        return f'address_of("{column}") as "{column}"'
    return f'"{column}"'


def without_digits(names: Pseudonyms, identity: str) -> str:
    """`tel:+233590000001` with a token in it; a name without a number becomes one whole."""
    numbers = re.compile(r"\+?(?<!\d)(?:\d(?=\d{15}(?!\d)))?(\d{6,})")
    if not numbers.search(identity):
        return names.token(identity)
    return numbers.sub(lambda found: names.token(found[1]), identity)


def selected(connection: DuckDBPyConnection, key: bytes, selection: Selection) -> Selection:
    """The selection with a subscriber's number where a token stands for it.

    Raises UsageError where no number of the database has the token.
    """
    token = selection.subscriber
    if token is None or not pseudonyms.TOKEN.fullmatch(token):
        return selection
    pseudonyms.make_views(connection)
    names = Pseudonyms(key, ())
    cursor = connection.execute("from private_number")
    while rows := cursor.fetchmany(10_000):
        for (number,) in rows:
            if names.token(number) == token:
                return replace(selection, subscriber=number)
    raise UsageError(f"--subscriber {token}: no number of the database has this token of this key")
