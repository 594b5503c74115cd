"""[policy] and the operator's clock as macros of SQL, for what is told of SIM swaps."""

from datetime import datetime

from duckdb import DuckDBPyConnection

from sigaudit.network import Network


def load_policy(
    connection: DuckDBPyConnection, network: Network, now: datetime | None = None
) -> None:
    """policy_KEY() for every key of [policy]; local_time(moment), UTC where no zone is given."""
    values = network.policy.values(now)
    for key, value in values.items():
        macro(connection, f"policy_{key}()", literal(value))
    hours = max(values["otp_after_swap_hours"], values["swap_cooling_off_hours"])
    macro(connection, "watched_hours()", literal(hours))
    zone = network.operator.timezone or "UTC"
    macro(connection, "local_time(moment)", f"timezone({literal(zone)}, timezone('UTC', moment))")


def macro(connection: DuckDBPyConnection, signature: str, sql: str) -> None:
    connection.execute(f"create or replace temp macro {signature} as {sql}")


def literal(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return str(value).lower()
