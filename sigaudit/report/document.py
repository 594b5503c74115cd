"""The one result document: all that an audit knows, as plain JSON types."""

from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import duckdb

from dissectors import names
from sigaudit import detector as detector_files
from sigaudit import findings
from sigaudit.numbering import ZZ, country_of_number, country_of_realm
from sigaudit.report.events import events
from sigaudit.report.frameworks import frameworks
from sigaudit.report.sim_swaps import sim_swaps
from sigaudit.report.subscribers import subscribers
from sigaudit.state.clocks import by_the_captures

SCHEMA = "sigaudit/report/1"
Rows = list[dict[str, Any]]

TIME = "strftime({0}, '%Y-%m-%dT%H:%M:%S.%fZ') as {0}"
INPUTS = f"""
select
  name, sha256, kind, bytes, items, {TIME.format("first_seen")}, {TIME.format("last_seen")}, damage,
  (select count(*) from problem where problem.input_id = input.input_id) as problems
from input
order by name
"""
PERIOD = """
select
  strftime(min(first_seen), '%Y-%m-%dT%H:%M:%S.%fZ') as first_seen,
  strftime(max(last_seen), '%Y-%m-%dT%H:%M:%S.%fZ') as last_seen
from input
"""
PROBLEMS = """
select
  input.name as input, layer, reason, count(*) as count,
  min(frame) as frame, arg_min(message, frame) as message, min(line) as line
from problem
join input using (input_id)
group by all
order by count desc, input, layer, reason
"""
CHECKS = "from detector order by id"
ANOMALIES = """
with kind as (
  select
    component_id >> 40 as input_id, layer, kind, count(*) as count, min(component_id) as first
  from anomaly
  group by all
),
place as (
  select id, frame, message from map_common
  union all select id, frame, message from cap_component
  union all select id, frame, message from diameter_message
)
select input.name as input, layer, kind.kind, count, frame, message
from kind
join input using (input_id)
left join place on place.id = first
order by count desc, input, layer, kind.kind
"""
SECOND_LOOK = """
select
  input.name as input, layer, second_look.kind, outcome, error, count(*) as count,
  min(frame) as frame, arg_min(message, frame) as message
from second_look
join input using (input_id)
group by all
order by count desc, input, layer, second_look.kind, outcome, error
"""
PASSED_OVER = """
select
  input.name as input, layer, what, sum(frames)::bigint as frames, min(frame) as frame
from passed_over
join input using (input_id)
group by all
order by input, layer, what
"""
NOT_READ = "select name, reason, named_by_user from not_read order by all"
WARNINGS = "select warning from warning order by 1"
AUDIT = f"select tool_version, operator, network_sha256, {TIME.format('as_of')} from audit"
UNAUDITED = dict.fromkeys(("tool_version", "operator", "network_sha256", "as_of"))
UNFOUND: dict[str, Any] = {
    "tool": {"name": "sigaudit", "version": None},
    "operator": None,
    "rules": [],
    "not_assessed": [],
    "findings": [],
}
WORDS = ("title", "why", "benign", "remedy")
COUNTS = {
    "map": """
        select component_type, opcode, count(*) as count from map_component
        group by all order by count desc, component_type, opcode""",
    "cap": """
        select component_type, opcode, count(*) as count from cap_component
        group by all order by count desc, component_type, opcode""",
    "diameter": """
        select command_code, application_id, is_request, count(*) as count from diameter_message
        group by all order by count desc, command_code, application_id, is_request""",
    "sms": """
        select
          if(mobile_terminated, 'to the subscriber', 'from the subscriber') as direction,
          count(*) as count
        from sms group by all order by direction""",
    "swaps": """
        select event, outcome, count(*) as count from swap
        group by all order by count desc, event, outcome""",
    "dfs_events": """
        select event, outcome, count(*) as count from dfs_event
        group by all order by count desc, event, outcome""",
}


def document(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Read the audit in `connection` (schema.sql): the same database gives the same document.

    Holds all members of findings.json, and what was read, what could not be read and why, what was
    not assessed, and for each finding the messages and rows behind it. Times are ISO 8601 in UTC.
    """
    audit = next(iter(rows(connection, AUDIT)), UNAUDITED)
    base = findings.document(connection) if audit["tool_version"] else UNFOUND
    with by_the_captures(connection):
        happened, swapped = events(connection), sim_swaps(connection)
    return {
        **base,
        "schema": SCHEMA,
        "pseudonymised": None,
        "audited": audit["tool_version"] is not None,
        "network_sha256": audit["network_sha256"],
        "as_of": audit["as_of"],
        "period": rows(connection, PERIOD)[0],
        "inputs": rows(connection, INPUTS),
        "counts": counts(connection),
        "problems": rows(connection, PROBLEMS),
        "anomalies": rows(connection, ANOMALIES),
        "second_look": rows(connection, SECOND_LOOK),
        "not_read": rows(connection, NOT_READ),
        "passed_over": rows(connection, PASSED_OVER),
        "warnings": [row["warning"] for row in rows(connection, WARNINGS)],
        "frameworks": frameworks(connection, base["findings"]),
        "checks": checks(base, rows(connection, CHECKS)),
        "sim_swaps": swapped,
        "subscribers": subscribers(connection, base["findings"]),
        "findings": [
            {**finding, "origin": origin(finding), "events": happened.get(finding["id"], [])}
            for finding in base["findings"]
        ],
    }


def checks(base: dict[str, Any], ran: Rows) -> Rows:
    """The detectors: what each looks for, its advice to a reader, and its outcome.

    They are those that ran; the project's, where it is not known which ones did. The outcome is
    `found`, `nothing_found` or `not_assessed`; None where another version of the tool made the
    findings, so that it cannot be told whether the check was run.
    """
    found = {
        name for finding in base["findings"] for name in (finding["detector"], *finding["also"])
    }
    missing = {entry["detector"] for entry in base["not_assessed"]}
    same_version = base["tool"]["version"] == version("sigaudit")

    def outcome(check: str) -> str | None:
        if check in found:
            return "found"
        if check in missing:
            return "not_assessed"
        return "nothing_found" if ran or same_version else None

    return [
        {
            "id": check["id"],
            **{key: " ".join(check[key].split()) for key in WORDS},
            "threat": check["threat"],
            "severity": check["severity"],
            "references": check["references"],
            "about": check["about"],
            "outcome": outcome(check["id"]),
        }
        for check in ran
        or [{**one.model_dump(), "about": one.split_by} for one in detector_files.load()]
    ]


def origin(finding: dict[str, Any]) -> str | None:
    """The country of the source, ISO 3166-1, where its address tells."""
    members = finding["source"]
    told = [
        naming(members[key])
        for key, naming in (
            ("gt", country_of_number),
            ("host", country_of_realm),
            ("realm", country_of_realm),
        )
        if members[key]
    ]
    return next((country for country in told if country != ZZ), None)


def named(naming: Callable[[int], str | None], code: int | None, kind: str) -> str | None:
    """The name of a code, or the code itself where it has none."""
    return None if code is None else naming(code) or f"{kind} {code}"


def counts(connection: duckdb.DuckDBPyConnection) -> dict[str, Rows]:
    """How much was read: MAP and CAP components, Diameter messages, short messages, log rows."""
    found = {table: rows(connection, query) for table, query in COUNTS.items()}
    for table, naming in (("map", names.operation), ("cap", names.cap_operation)):
        for row in found[table]:
            row["component"] = names.COMPONENT_TYPES.get(row["component_type"], "none")
            row["operation"] = named(naming, row["opcode"], "operation")
    for row in found["diameter"]:
        kind = "request" if row["is_request"] else "answer"
        name = names.diameter_command(row["command_code"], row["is_request"])
        row["command"] = name or f"command {row['command_code']} {kind}"
        row["application"] = named(names.diameter_application, row["application_id"], "application")
    return found


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> Rows:
    """Every row of a query, by column name."""
    cursor = connection.execute(query)
    columns = [column[0] for column in cursor.description or []]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
