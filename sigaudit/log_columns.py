"""The columns of the SIM-swap log and of the DFS event log, and which of them a file has."""

from collections.abc import Iterable
from dataclasses import dataclass

from sigaudit.errors import UsageError
from sigaudit.network import Log


@dataclass(frozen=True)
class LogColumn:
    """One column: `form` is a key of log_checks.FORMS; `choices` are the values of a 'choice'."""

    name: str
    form: str
    needed: bool = False
    choices: tuple[str, ...] = ()


SWAP_COLUMNS = (
    LogColumn("swap_id", "text", needed=True),
    LogColumn(
        "event",
        "choice",
        choices=("swap", "port_in", "port_out", "new", "multi_sim", "deactivated"),
    ),
    LogColumn("requested_at", "time"),
    LogColumn("completed_at", "time"),
    LogColumn("msisdn", "msisdn", needed=True),
    LogColumn("old_imsi", "imsi"),
    LogColumn("new_imsi", "imsi"),
    LogColumn("old_iccid", "iccid"),
    LogColumn("new_iccid", "iccid"),
    LogColumn("new_imei", "imei"),
    LogColumn(
        "reason",
        "choice",
        choices=("lost", "stolen", "damaged", "upgrade", "esim", "recycled", "other"),
    ),
    LogColumn(
        "channel",
        "choice",
        choices=("store", "agent", "call_centre", "self_care", "ota"),
    ),
    LogColumn("outlet_id", "text"),
    LogColumn("agent_id", "text"),
    LogColumn("id_check", "choice", choices=("biometric", "document", "knowledge", "none")),
    LogColumn("outcome", "choice", choices=("completed", "rejected", "reversed")),
    LogColumn("subscriber_notified_at", "time"),
    LogColumn("dfs_notified_at", "time"),
    LogColumn("released_at", "time"),
)

DFS_EVENT_COLUMNS = (
    LogColumn("event_id", "text", needed=True),
    LogColumn("occurred_at", "time", needed=True),
    LogColumn("msisdn", "msisdn", needed=True),
    LogColumn("provider", "text"),
    LogColumn(
        "event",
        "choice",
        needed=True,
        choices=(
            "otp_sent",
            "otp_verified",
            "pin_reset",
            "password_reset",
            "login",
            "new_device",
            "payee_added",
            "transfer",
            "cash_out",
        ),
    ),
    LogColumn("channel", "choice", choices=("sms", "ussd", "app", "web")),
    LogColumn("amount", "amount"),
    LogColumn("currency", "currency"),
    LogColumn("outcome", "choice", choices=("success", "failure")),
    LogColumn("imsi", "imsi"),
    LogColumn("imsi_check", "choice", choices=("match", "mismatch", "not_done")),
    LogColumn("account_id", "text"),
    LogColumn("payee", "text"),
    LogColumn("imei", "imei"),
)

MOST_NAMED = 50  # unknown columns

COLUMNS = {"sim_swap": SWAP_COLUMNS, "dfs_event": DFS_EVENT_COLUMNS}

# A file is a log of a kind if it has a column of every set.
MARKS = {
    "sim_swap": ({"swap_id"}, {"msisdn"}, {"completed_at", "requested_at"}),
    "dfs_event": ({"event_id"}, {"occurred_at"}, {"msisdn"}, {"event"}),
}


def check_mapping(mapping: Log) -> None:
    """Raises UsageError for a mapping of a column that the log does not have."""
    kinds = [mapping.kind] if mapping.kind else list(COLUMNS)
    known = {column.name for kind in kinds for column in COLUMNS[kind]}
    strange = [name for name in (*mapping.columns, *mapping.values) if name not in known]
    if strange:
        raise UsageError(
            f'network.toml: [[log]] match = "{mapping.match}": no column {strange[0]};'
            f" expected one of {', '.join(sorted(known))}"
        )


def name_in_file(column: str, mapping: Log | None) -> str:
    """The name that the file gives to `column`, folded, as names are compared without case."""
    name = mapping.columns.get(column, column) if mapping else column
    return folded(name)


def folded(name: str) -> str:
    return name.strip().casefold()


def kind_of(names: Iterable[str], mapping: Log | None) -> str | None:
    """Which log has these column names: 'sim_swap', 'dfs_event' or neither."""
    kinds = [mapping.kind] if mapping and mapping.kind else list(MARKS)
    return next((kind for kind in kinds if not missing(names, kind, mapping)), None)


def missing(names: Iterable[str], kind: str, mapping: Log | None) -> list[str]:
    """The columns that a log of this kind cannot do without and `names` lacks, as in the file."""
    there = {folded(name) for name in names}
    lacking = []
    for mark in MARKS[kind]:
        wanted = sorted(name_in_file(column, mapping) for column in mark)
        if there.isdisjoint(wanted):
            lacking.append(" or ".join(wanted))
    return lacking


def places(names: list[str], kind: str, mapping: Log | None) -> dict[str, list[int]]:
    """Where the columns of the log stand among `names`, from 0; absent ones have no place."""
    found: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        found.setdefault(folded(name), []).append(place)
    return {
        column.name: found[name_in_file(column.name, mapping)]
        for column in COLUMNS[kind]
        if name_in_file(column.name, mapping) in found
    }


def unknown(names: list[str], kind: str, mapping: Log | None) -> list[str]:
    """The names that are no column of the log, fit to be printed; of very many, how many more."""
    known = {place for where in places(names, kind, mapping).values() for place in where}
    others = [printable(name) for place, name in enumerate(names) if place not in known]
    more = len(others) - MOST_NAMED
    return others if more <= 0 else [*others[:MOST_NAMED], f"and {more} more"]


def printable(name: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in name.strip()[:40])
