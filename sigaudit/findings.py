"""From what detectors returned to findings, and findings.json.

A finding is one incident: one detector, one subject, each piece of evidence within 24 hours of
the one before. Its id stays the same from run to run, also where earlier evidence arrives late.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from itertools import chain
from typing import Any, get_args

from duckdb import DuckDBPyConnection

from sigaudit.detector import Severity
from sigaudit.pseudonymised import pseudonymised
from sigaudit.state.filling import fill

SCHEMA = "sigaudit/findings/1"
SEVERITIES = get_args(Severity)


@dataclass(frozen=True)
class Stored:
    """A finding of the run before: what the new ones are recognised by."""

    id: str
    was: tuple[str, ...]
    first_seen: datetime


def store(connection: DuckDBPyConnection) -> None:
    """Replace the table finding by the incidents of the temporary table `fired`.

    Needs detector_header and the tables of sigaudit.state beside it.
    """
    connection.execute((files("sigaudit") / "incidents.sql").read_text("utf-8"))
    if connection.execute("select exists (from accepted)").fetchall()[0][0]:
        connection.execute((files("sigaudit") / "accepted.sql").read_text("utf-8"))
    fill(connection, "incident_group", "incident bigint, merged bigint", _groups(connection))
    connection.execute((files("sigaudit") / "findings.sql").read_text("utf-8"))
    connection.execute("delete from finding_made where last_seen < (select before from horizon)")
    ids = list(_ids(_made(connection), _stored(connection)))
    fill(connection, "finding_id", "merged bigint, final varchar, was varchar[]", ids)
    connection.execute("delete from finding")
    connection.execute(
        """
        insert into finding by name
        select finding_made.* exclude (merged) replace (final as id), was
        from finding_made join finding_id using (merged)
        order by first_seen, detector, final
        """
    )
    connection.execute(  # what was found before the rest was pruned
        "insert into finding by name from kept_finding anti join finding using (id)"
    )


def _groups(connection: DuckDBPyConnection) -> Iterator[tuple[int, int]]:
    """Each incident, and the smallest of those that shared evidence links it to."""
    leads: dict[int, int] = {}

    def lead(incident: int) -> int:
        while (above := leads.get(incident, incident)) != incident:
            leads[incident] = incident = leads.get(above, above)
        return incident

    for (shared,) in connection.execute("select incidents from incident_overlap").fetchall():
        first, *others = sorted(map(lead, shared))
        leads.update(dict.fromkeys(others, first))
    query = "select distinct incident from fired_row order by all"
    for (incident,) in connection.execute(query).fetchall():
        yield incident, lead(incident)


def _made(connection: DuckDBPyConnection) -> list[tuple[int, str]]:
    query = "select merged, id from finding_made order by first_seen, detector, id"
    return connection.execute(query).fetchall()


def _stored(connection: DuckDBPyConnection) -> dict[int, list[Stored]]:
    """The stored findings that share a detector and a piece of evidence with each new one."""
    matches: dict[int, list[Stored]] = {}
    rows = connection.execute(
        """
        with new as (select merged, detector, also, unnest(evidence) as piece from finding_made),
        old as (select id, was, detector, also, first_seen, unnest(evidence) as piece from finding)
        select distinct new.merged, old.id, old.was, old.first_seen
        from new join old on new.piece = old.piece
          and list_has_any(list_append(new.also, new.detector), list_append(old.also, old.detector))
        order by all
        """
    ).fetchall()
    for merged, stored_id, was, first_seen in rows:
        matches.setdefault(merged, []).append(Stored(stored_id, tuple(was), first_seen))
    return matches


def _ids(
    made: Iterable[tuple[int, str]], stored: dict[int, list[Stored]]
) -> Iterator[tuple[int, str, list[str]]]:
    """Final ids: a stored one where there is one, the oldest of several; the others in `was`."""
    taken: set[str] = set()
    for merged, computed in made:
        free = [old for old in stored.get(merged, []) if old.id not in taken]
        free.sort(key=lambda old: (old.first_seen, old.id))
        final = free[0].id if free else computed
        while final in taken:  # a stored finding came apart, and its id went to the first part
            final = hashlib.sha256(final.encode()).hexdigest()[:16]
        joined = {name for old in free for name in (old.id, *old.was)} - {final}
        taken |= {final, *joined}
        yield merged, final, sorted(joined)


def highest(connection: DuckDBPyConnection) -> str | None:
    """The gravest severity among the findings, None where there are none."""
    rows = connection.execute("select distinct severity from finding").fetchall()
    return max((row[0] for row in rows), key=SEVERITIES.index, default=None)


def document(connection: DuckDBPyConnection) -> dict[str, Any]:
    """The object of findings.json; the same database gives the same object."""
    query = "select tool_version, operator, network_sha256 from audit"
    version, operator, network_sha256 = connection.execute(query).fetchall()[0]
    inputs = _rows(
        connection, "select name, sha256, first_seen, last_seen from input order by name"
    )
    missing = _rows(connection, "select detector, missing from not_assessed order by all")
    return {
        "schema": SCHEMA,
        "tool": {"name": "sigaudit", "version": version},
        "operator": operator,
        "inputs": list(inputs),
        "network_sha256": network_sha256,
        "rules": list(_rows(connection, "from rule_file order by all")),
        "not_assessed": list(missing),
        "findings": list(_findings(connection)),
    }


def _controls(connection: DuckDBPyConnection) -> dict[str, list[str]]:
    """The ids of the controls that name each detector: the frameworks inverted."""
    inverted: dict[str, list[str]] = {}
    query = """
        select detector, control.id
        from (select *, unnest(detectors) as detector from control) control
        join framework on framework.id = control.framework
        order by framework.place, control.place
    """
    for detector, control in connection.execute(query).fetchall():
        inverted.setdefault(detector, []).append(control)
    return inverted


def findings_json(connection: DuckDBPyConnection, key: bytes | None = None) -> bytes:
    """findings.json, UTF-8; the same database gives the same bytes. With a key pseudonymised."""
    found = document(connection)
    if key:
        found = pseudonymised(connection, key, found)
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def _findings(connection: DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    names = dict(connection.execute("select input_id, name from input").fetchall())
    controls = _controls(connection)
    query = "select * from finding order by first_seen, detector, id"
    for row in _rows(connection, query):
        named = (controls.get(name, []) for name in (row["detector"], *row["also"]))
        yield {
            "id": row["id"],
            "was": row["was"],
            "detector": row["detector"],
            "also": row["also"],
            "title": row["title"],
            "threat": row["threat"],
            "severity": row["severity"],
            "confidence": row["confidence"],
            "answer": row["answer"],
            "subscriber": {"imsi": row["imsi"], "msisdn": row["msisdn"]},
            "subscribers": row["subscribers"],
            "source": {key: row[key] for key in ("gt", "host", "realm", "agent")},
            "sources": row["sources"],
            "first_seen": row["first_seen"],
            "last_seen": row["last_seen"],
            "evidence": [_piece(piece, names) for piece in row["evidence"]],
            "explanation": row["explanation"],
            "controls": list(dict.fromkeys(chain.from_iterable(named))),
            "references": row["references"],
        }


def _piece(piece: dict[str, Any], names: dict[int, str]) -> dict[str, Any]:
    file = names[piece["input_id"]]
    if piece["row_id"] is not None:
        return {"file": file, "row": piece["row_id"]}
    return {"file": file, "frame": piece["frame"], "message": piece["message"]}


def _rows(connection: DuckDBPyConnection, query: str) -> Iterator[dict[str, Any]]:
    """Rows by column name, times as text of the contract's form."""
    found = connection.execute(query)
    columns = [column[0] for column in found.description or []]
    for row in found.fetchall():
        yield dict(zip(columns, map(_written, row), strict=True))


def _written(value: Any) -> Any:
    return f"{value.isoformat(timespec='microseconds')}Z" if isinstance(value, datetime) else value
