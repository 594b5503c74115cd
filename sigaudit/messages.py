"""The signalling messages that were read, chosen and put in order: a query over messages.sql."""

import difflib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources import files
from typing import Any

from duckdb import DuckDBPyConnection

from dissectors import names
from sigaudit.errors import UsageError

USUAL = ["seen_at", "file", "frame", "message", "protocol", "operation", "kind", "sender",
         "receiver", "imsi", "msisdn", "result"]  # fmt: skip
ALL = "all"
ORDER = "seen_at, file, frame, message, component"
# the codes of one kind that were read, and their names
NAMED: dict[str, tuple[str, Callable[[int], str | None]]] = {
    "map operation": ("opcode from map_common", names.operation),
    "map error": ("error_code from map_common", names.error),
    "cap operation": ("opcode from cap_component", names.cap_operation),
    "cap error": ("error_code from cap_component", lambda code: names.cap_errors().get(code)),
    "context": (
        "application_context from dialogue_portion",
        names.application_context,
    ),
    "request": (
        "command_code from diameter_message",
        lambda code: names.diameter_command(code, True),
    ),
    "answer": (
        "command_code from diameter_message",
        lambda code: names.diameter_command(code, False),
    ),
    "application": ("application_id from diameter_message", names.diameter_application),
    "result": (
        "result_code from diameter_message",
        lambda code: names.diameter_results().get(code),
    ),
    "experimental": (
        "experimental_result_code from diameter_message",
        lambda code: names.diameter_results(True).get(code),
    ),
}
CONDITIONS = {
    "subscriber": "(imsi = $subscriber or msisdn = $subscriber)",
    "gt": "(starts_with(calling_gt, $gt) or starts_with(called_gt, $gt))",
    "host": "$host in (lower(origin_host), lower(destination_host))",
    "realm": """(ends_with('.' || lower(origin_realm), '.' || $realm)
        or ends_with('.' || lower(destination_realm), '.' || $realm))""",
    "since": "seen_at >= $since",
    "until": "seen_at < $until",
    "protocol": "if($protocol = 'sms', mobile_terminated is not null, protocol = $protocol)",
    "operations": """(list_contains($operations, lower(operation))
        or list_contains($operations, coalesce(opcode, command_code)::varchar))""",
}


@dataclass(frozen=True)
class Selection:
    """Which messages; what is None selects nothing away. Hosts and realms in any case.

    `subscriber` is an IMSI or MSISDN, `gt` the beginning of a calling or called global title,
    `realm` also a parent domain; `since` counts, `until` does not. `operations` are names or codes.
    """

    subscriber: str | None = None
    gt: str | None = None
    host: str | None = None
    realm: str | None = None
    operations: list[str] = field(default_factory=list)
    since: datetime | None = None
    until: datetime | None = None
    protocol: str | None = None
    limit: int | None = None

    def parameters(self) -> dict[str, Any]:
        """What CONDITIONS take, without what is not asked for."""
        given = {
            "subscriber": self.subscriber and self.subscriber.removeprefix("+"),
            "gt": self.gt and self.gt.removeprefix("+"),
            "host": self.host and self.host.lower(),
            "realm": self.realm and self.realm.lower(),
            "since": self.since,
            "until": self.until,
            "protocol": self.protocol,
            "operations": [word for name in self.operations for word in _spellings(name)],
        }
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True)
class Query:
    """A SELECT over view `message`, and its parameters."""

    sql: str
    parameters: dict[str, Any]


def query(
    connection: DuckDBPyConnection, selection: Selection, columns: list[str] | None = None
) -> Query:
    """The messages that are selected, in order of time, file, frame and message.

    `columns` are names of view `message`, or ALL; without them USUAL. Makes temporary views in
    `connection`, which may be read-only. Raises UsageError for an unknown column or operation.
    """
    for name in selection.operations:
        _check_operation(name)
    connection.execute((files("sigaudit") / "messages.sql").read_text("utf-8"))
    _name_codes(connection)
    chosen = _columns(connection, columns or USUAL)
    parameters = selection.parameters()
    conditions = " and ".join(CONDITIONS[name] for name in parameters) or "true"
    limit = f" limit {selection.limit}" if selection.limit else ""
    shown = ", ".join(f'"{name}"' for name in chosen)
    sql = f"select {shown} from message where {conditions} order by {ORDER}{limit}"
    return Query(sql, parameters)


def _name_codes(connection: DuckDBPyConnection) -> None:
    """Fill table code_name with the names of the codes that are there."""
    rows = [("component", *item) for item in names.COMPONENT_TYPES.items()]
    rows += [("tcap", *item) for item in names.TCAP_TYPES.items()]
    for kind, (source, naming) in NAMED.items():
        codes = connection.execute(f"select distinct {source}").fetchall()
        named = ((code, naming(code)) for (code,) in codes if code is not None)
        rows += [(kind, code, name) for code, name in named if name]
    connection.executemany("insert into code_name values (?, ?, ?)", rows)


def _columns(connection: DuckDBPyConnection, wanted: list[str]) -> list[str]:
    known = [row[0] for row in connection.execute("describe message").fetchall()]
    if wanted == [ALL]:
        return [*USUAL, *(name for name in known if name not in USUAL)]
    for name in wanted:
        if name not in known:
            near = difflib.get_close_matches(name, known, cutoff=0.5) or known
            raise UsageError(f"--columns {name}: no such column. There are: {', '.join(near)}")
    return list(dict.fromkeys(wanted))


def _spellings(operation: str) -> list[str]:
    """Small letters; a Diameter command may be named without -Request and -Answer."""
    name = operation.lower()
    return [name, f"{name}-request", f"{name}-answer"]


def _check_operation(operation: str) -> None:
    known = {
        *names.operations().values(),
        *names.cap_operations().values(),
        *names.diameter_commands(),
    }
    by_spelling = {word: name for name in sorted(known) for word in _spellings(name)}
    if operation.isdecimal() or operation.lower() in by_spelling:
        return
    near = difflib.get_close_matches(operation.lower(), by_spelling, cutoff=0.5)
    hint = ", ".join(dict.fromkeys(by_spelling[word] for word in near)) or "give its code"
    raise UsageError(f"--operation {operation}: no operation of MAP, CAP or Diameter. Near: {hint}")
