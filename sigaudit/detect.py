"""Run the detectors over what is in the database; findings into it."""

import difflib
import hashlib
from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from importlib.metadata import version
from importlib.resources.abc import Traversable
from itertools import chain
from threading import TIMEOUT_MAX, Timer

import duckdb
from duckdb import DuckDBPyConnection

from sigaudit import anomaly, findings, framework, judge, measure, rule_files, state
from sigaudit.baseline import Baseline
from sigaudit.detector import Detector, line_of, load
from sigaudit.detector_needs import alternatives
from sigaudit.errors import UsageError, first_line
from sigaudit.network import Network
from sigaudit.state import clocks
from sigaudit.state.filling import fill

FIRED = """
create or replace temp table fired (
  detector varchar not null, first_seen timestamp not null, last_seen timestamp not null,
  imsi varchar, msisdn varchar, gt varchar, host varchar, realm varchar, agent varchar,
  answer varchar check (answer in ('answered', 'refused', 'no_answer', 'unknown')),
  severity varchar check (severity in ('info', 'low', 'medium', 'high', 'critical')),
  confidence double check (confidence between 0 and 1),
  evidence struct(kind varchar, id bigint)[] not null check (len(evidence) > 0),
  explanation varchar not null,
  missing varchar  -- what the row lacks to be judged: it is no finding, but not assessed
)
"""
HEADER = """
  detector varchar, title varchar, threat varchar, severity varchar, confidence double,
  split_by varchar, "references" varchar[]
"""
FOREIGN_SECONDS = 600  # that a detector of another folder may take
# The views that tell whether a request came from outside, by the table they are made from.
REQUESTS = {
    "map_component": "map_request",
    "cap_component": "cap_request",
    "diameter_message": "diameter_request",
}


def run(
    connection: DuckDBPyConnection,
    network: Network,
    as_of: datetime | None = None,
    detectors: Sequence[Traversable] = (),
    baseline: Baseline | None = None,
) -> None:
    """Run all detectors anew: replaces the tables finding, not_assessed, detector and audit.

    `as_of` is now, in UTC without offset; without it, the time of the latest evidence.
    `detectors` are folders of own detectors, which run beside the project's; `baseline` is what
    is usual, without which it is learnt from what is audited.
    From here on no connection of this process to the database reaches other files.
    UsageError: a detector is wrong, or the database was audited for another operator.
    """
    chosen = load(detectors)
    refuse_other_operator(connection, network)
    _refuse_unknown_detectors(network, chosen)
    now = as_of or _latest_evidence(connection)
    state.build(connection, network, now)
    connection.execute("set enable_external_access = false")
    connection.execute(FIRED)
    untold = _untold(connection)
    full = _full(connection, chosen)
    missing: list[tuple[str, str]] = []
    rules = [detector for detector in chosen if detector.id not in anomaly.DETECTORS]
    for detector in rules:
        if lacking := _lacking(full, network, detector, detector.needs):
            missing += [(detector.id, what) for what in lacking]
            continue
        missing += [
            (detector.id, what) for what in _lacking(full, network, detector, detector.better_with)
        ]
        if untold.intersection(chain.from_iterable(map(alternatives, detector.needs))):
            missing.append((detector.id, "interconnect"))
        if not _fire(connection, network, detector, now):
            missing.append((detector.id, f"time: stopped after {FOREIGN_SECONDS} seconds"))
    missing += _unjudged(connection)
    _fill_headers(connection, chosen)
    missing += anomaly.find(connection, baseline)
    for detector in chosen:
        if detector.id in anomaly.DETECTORS:
            _fire(connection, network, detector, now)
    _store(
        connection,
        network,
        chosen,
        missing,
        now,
        _made_of(connection, network, as_of, chosen, baseline),
    )
    clocks.leave_as_logged(connection)


def is_current(
    connection: DuckDBPyConnection,
    network: Network,
    as_of: datetime | None = None,
    detectors: Sequence[Traversable] = (),
    baseline: Baseline | None = None,
) -> bool:
    """Whether a run would find what is in the database already."""
    made_of = _made_of(connection, network, as_of, load(detectors), baseline)
    return (made_of,) in connection.execute("select made_of from audit").fetchall()


def _made_of(
    connection: DuckDBPyConnection,
    network: Network,
    as_of: datetime | None,
    detectors: list[Detector],
    baseline: Baseline | None,
) -> str:
    """A digest of everything that findings depend on."""
    inputs = connection.execute("select input_id, name, sha256, reading from input order by 1")
    parts = [version("sigaudit"), network.sha256, as_of, inputs.fetchall()]
    parts += [detector.model_dump_json() for detector in detectors]
    parts += [one.model_dump_json() for one in (*measure.load(), *framework.load())]
    if baseline:
        parts.append(baseline.model_dump_json())
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def refuse_other_operator(connection: DuckDBPyConnection, network: Network) -> None:
    for (operator,) in connection.execute("select operator from audit").fetchall():
        if operator != network.operator.name:
            raise UsageError(
                f"this database is the audit of {operator}, and network.toml describes "
                f"{network.operator.name}: take another --db or --out for it"
            )


def _refuse_unknown_detectors(network: Network, detectors: list[Detector]) -> None:
    """An entry of [[accept]] with a detector that is none would do nothing, unseen."""
    known = [detector.id for detector in detectors]
    for place, entry in enumerate(network.accept, start=1):
        if entry.detector is not None and entry.detector not in known:
            near = difflib.get_close_matches(entry.detector, known, n=1)
            meant = f"did you mean {near[0]}?" if near else "docs/detectors.md tells where they are"
            raise UsageError(
                f"network.toml: accept[{place}].detector: no detector {entry.detector!r}; {meant}"
            )


def _lacking(
    full: dict[str, bool], network: Network, detector: Detector, needs: list[str]
) -> list[str]:
    """Of these needs of a detector the tables without rows and the keys without value."""
    return [
        need
        for need in needs
        if not any(
            full[one] if one in full else _value(network, detector, one)
            for one in alternatives(need)
        )
    ]


def _full(connection: DuckDBPyConnection, detectors: list[Detector]) -> dict[str, bool]:
    """Of the database's tables that detectors need, whether each has rows."""
    query = """
        select table_name from duckdb_tables() where not temporary
        union select view_name from duckdb_views() where not temporary and not internal
    """
    tables = {name for (name,) in connection.execute(query).fetchall()}
    needs = {
        one
        for detector in detectors
        for need in (*detector.needs, *detector.better_with)
        for one in alternatives(need)
    }
    return {table: _any(connection, table) for table in needs & tables}


def _value(network: Network, detector: Detector, key: str) -> object:
    """What network.toml has for a dotted key; UsageError if there is no such key."""
    try:
        return reduce(lambda table, name: table and getattr(table, name), key.split("."), network)
    except AttributeError:
        raise UsageError(
            f"{detector.file}: needs: {key} is no table of the database or key of network.toml"
        ) from None


def _untold(connection: DuckDBPyConnection) -> set[str]:
    """The tables with requests that may have come from outside, where nothing tells."""
    if not _any(connection, "entrance where from_outside is null"):
        return set()
    return {
        table
        for table, view in REQUESTS.items()
        if _any(connection, f"{view} where from_outside is null")
    }


def _any(connection: DuckDBPyConnection, source: str) -> bool:
    return bool(connection.execute(f"select exists (from {source})").fetchall()[0][0])


def _latest_evidence(connection: DuckDBPyConnection) -> datetime | None:
    query = """
        select greatest(
          (select max(seen_at) from map_component), (select max(seen_at) from diameter_message),
          (select max(coalesce(completed_at, requested_at)) from swap),
          (select max(occurred_at) from dfs_event)
        )
    """
    latest: datetime | None = connection.execute(query).fetchall()[0][0]
    return latest


def _fire(
    connection: DuckDBPyConnection, network: Network, detector: Detector, now: datetime | None
) -> bool:
    """Add what the detector returns to the temporary table `fired`; False if time ran out."""
    settings = {**detector.defaults, **network.policy.values(now), "as_of": now}
    if unknown := detector.parameters - settings.keys():
        raise UsageError(f"{detector.file}: no value for ${min(unknown)}: add it to [defaults]")
    select = detector.sql.rstrip().removesuffix(";")
    # A read-only transaction fills temporary tables, but changes nothing that stays.
    connection.execute("begin transaction read only")
    limit = Timer(FOREIGN_SECONDS if detector.foreign else TIMEOUT_MAX, connection.interrupt)
    limit.daemon = True
    limit.start()
    try:
        connection.execute(
            f"insert into fired by name select '{detector.id}' as detector, * from (\n{select}\n)",
            {name: settings[name] for name in detector.parameters},
        )
        connection.execute("commit")
        return True
    except duckdb.InterruptException:
        connection.execute("rollback")
        if detector.foreign:
            return False
        raise
    except duckdb.Error as error:
        connection.execute("rollback")
        place = line_of(error, detector.header.count("\n") - 1)
        raise UsageError(f"{detector.file}: {place}{first_line(error)}") from None
    finally:
        limit.cancel()


def _unjudged(connection: DuckDBPyConnection) -> list[tuple[str, str]]:
    """Take the rows that lack something out of `fired`: each detector, and what it lacked."""
    query = "select distinct detector, missing from fired where missing is not null order by all"
    found: list[tuple[str, str]] = connection.execute(query).fetchall()
    connection.execute("delete from fired where missing is not null")
    return found


def _fill_headers(connection: DuckDBPyConnection, detectors: list[Detector]) -> None:
    headers = [
        (d.id, d.title, d.threat, d.severity, d.confidence, d.split_by, d.references)
        for d in detectors
    ]
    fill(connection, "detector_header", HEADER, headers)


def _store(
    connection: DuckDBPyConnection,
    network: Network,
    detectors: list[Detector],
    missing: list[tuple[str, str]],
    now: datetime | None,
    made_of: str,
) -> None:
    """Replace what the run before found, whole or not at all."""
    connection.execute("begin transaction")
    try:
        findings.store(connection)
        connection.execute("delete from not_assessed")
        connection.execute("delete from warning")
        connection.execute("delete from detector")
        connection.execute("delete from audit")
        with connection.appender("detector") as appender:
            for d in detectors:
                words = (d.why, d.benign, d.remedy)
                about = (d.references, d.split_by)
                appender.append_row(d.id, d.title, d.threat, d.severity, *words, *about)
        rule_files.store(connection, detectors)
        with connection.appender("not_assessed") as appender:
            for row in missing:
                appender.append_row(*row)
        with connection.appender("warning") as appender:
            for warning in [*network.warnings(now), *clocks.warnings(connection)]:
                appender.append_row(warning)
        clocks.keep(connection)
        clocks.put_right(connection)
        judge.run(connection, network, now, network.answers)
        clocks.leave_as_logged(connection)
        connection.execute(
            "insert into audit values (?, ?, ?, ?, ?, ?)",
            [
                version("sigaudit"),
                network.operator.name,
                network.sha256,
                made_of,
                now,
                network.path,
            ],
        )
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise
