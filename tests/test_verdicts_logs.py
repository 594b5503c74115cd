"""Small logs against the verdicts that they must give, for each requirement that logs can show.

A row here is a row of a log, so many times: numbers are minutes from the row's own noon for keys
that end in _at, and each time is another subscriber unless `msisdn` says which.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import duckdb
import pytest

from sigaudit import detect, findings, judge, measure, state
from sigaudit.attestation import Answer
from sigaudit.framework import Control, Criterion, controls
from sigaudit.framework_text import inherited
from sigaudit.network import Network
from sigaudit.state.filling import fill
from sigaudit.verdict import Evidence, Verdict
from tests.by_hand import NETWORK, NOON, Scene
from tests.test_verdicts_border import SHOWN

Rows = list[dict[str, Any]]
YES = Answer("yes", "A. Mensah", "2026-03-01", "file 7")


def swaps(times: int, **columns: Any) -> Rows:
    told = {"event": "swap", "outcome": "completed", "requested_at": 0, "completed_at": 600}
    return [{"table": "swap", "times": times, **told, **columns}]


def events(times: int, event: str, at: float = 0, **columns: Any) -> Rows:
    told = {"event": event, "occurred_at": at, "outcome": "success"}
    return [{"table": "dfs_event", "times": times, **told, **columns}]


def port_out(times: int, at: float) -> Rows:
    return swaps(times, event="port_out", completed_at=at)


def recycled(times: int, days: float, told: float) -> Rows:
    return swaps(
        times,
        event="new",
        reason="recycled",
        released_at=600 - days * 1440,
        dfs_notified_at=600 + told,
    )


NOTICE = {"subscriber_notified_at": 2, "dfs_notified_at": 601}
COMPLETE = {"old_imsi": "1", "new_imsi": "2", "old_iccid": "3", "new_iccid": "4"}
MATCH, MISMATCH = {"imsi_check": "match"}, {"imsi_check": "mismatch"}
USSD = {"channel": "ussd", "amount": 10}

# requirement, verdict, rows, and whether the operator answers for the rest
CASES: list[tuple[str, str, Rows, bool]] = [
    ("SS7-REG-05", "met", events(300, "transfer", **USSD, **MATCH), True),
    ("SS7-REG-05", "partly", events(300, "transfer", **USSD, **MATCH), False),
    ("SS7-REG-05", "departed_from", events(9, "transfer", **USSD, imsi_check="not_done"), True),
    ("SS7-REG-05", "departed_from", events(1, "transfer", **USSD, **MISMATCH), True),
    ("SS7-REG-05", "attested", events(9, "transfer", **USSD), True),
    ("SS7-DFS-01", "met", events(300, "otp_sent") + events(300, "otp_verified", 4), False),
    ("SS7-DFS-01", "departed_from", events(1, "otp_sent") + events(1, "otp_verified", 6), False),
    (
        "SS7-DFS-01",
        "departed_from",
        events(1, "otp_sent") + events(1, "otp_verified", 1) + events(1, "otp_verified", 2),
        False,
    ),
    ("SS7-DFS-01", "not_assessed", events(9, "otp_sent") + events(9, "otp_verified", 4), False),
    ("SS7-DFS-06", "met", events(300, "login", channel="app"), False),
    (
        "SS7-DFS-06",
        "partly",
        events(9, "otp_verified", channel="sms") + events(9, "login", 1, channel="app"),
        False,
    ),
    ("SIM-REG-03", "met", swaps(300) + port_out(300, 600 + 8 * 1440), True),
    ("SIM-REG-03", "departed_from", swaps(1) + port_out(1, 600 + 6 * 1440), True),
    ("SIM-MNO-02", "departed_from", swaps(9, dfs_notified_at=700), False),
    ("SIM-MNO-02", "departed_from", swaps(9, dfs_notified_at=601) + swaps(1), False),
    (
        "SIM-MNO-02",
        "met",
        swaps(300, dfs_notified_at=601) + events(300, "transfer", 700, amount=1),
        False,
    ),
    (
        "SIM-MNO-02",
        "departed_from",
        swaps(1, dfs_notified_at=604) + events(1, "transfer", 602, amount=1),
        False,
    ),
    ("SIM-MNO-02", "not_assessed", swaps(9), False),
    ("SIM-MNO-03", "met", swaps(300, id_check="biometric"), False),
    ("SIM-MNO-03", "departed_from", swaps(9, id_check="document"), False),
    ("SIM-MNO-04", "departed_from", swaps(1, id_check="none"), True),
    ("SIM-MNO-04", "attested", swaps(300, id_check="biometric"), True),
    ("SIM-MNO-05", "met", recycled(300, 100, -60), False),
    ("SIM-MNO-05", "departed_from", recycled(1, 80, -60), False),
    ("SIM-MNO-05", "departed_from", recycled(1, 100, 60), False),
    ("SIM-MNO-06", "met", swaps(300, **NOTICE), False),
    ("SIM-MNO-06", "departed_from", swaps(9, **NOTICE) + swaps(1), False),
    ("SIM-MNO-06", "departed_from", swaps(1, subscriber_notified_at=601), False),
    ("SIM-MNO-06", "departed_from", swaps(1, subscriber_notified_at=20), False),
    ("SIM-MNO-06", "not_assessed", swaps(9, **NOTICE) + swaps(1, reason="stolen"), False),
    ("SIM-MNO-06", "not_assessed", swaps(9), False),
    ("SIM-MNO-07", "met", swaps(300, **NOTICE), False),
    ("SIM-MNO-07", "departed_from", swaps(1, **NOTICE | {"subscriber_notified_at": 500}), False),
    ("SIM-MNO-11", "met", swaps(300, agent_id="each", new_imei="each"), True),
    ("SIM-MNO-11", "departed_from", swaps(21, agent_id="A7"), True),
    ("SIM-MNO-11", "partly", swaps(3, agent_id="each", new_imei="352000000000001"), True),
    ("SIM-MNO-13", "met", swaps(300, **COMPLETE, id_check="document"), True),
    ("SIM-MNO-13", "departed_from", swaps(9, **COMPLETE), True),
    ("SIM-DFS-01", "met", swaps(300) + events(300, "transfer", 700, **MATCH), False),
    ("SIM-DFS-01", "departed_from", swaps(1) + events(1, "transfer", 700), False),
    ("SIM-DFS-01", "departed_from", swaps(1) + events(1, "payee_added", 700, **MISMATCH), False),
    ("SIM-DFS-01", "not_assessed", swaps(1) + events(1, "transfer", 700 + 1440), False),
    (
        "SIM-DFS-02",
        "met",
        events(300, "login", imei="1") + events(300, "new_device", 1, imei="2"),
        False,
    ),
    (
        "SIM-DFS-02",
        "departed_from",
        events(1, "login", imei="1") + events(1, "transfer", 1, imei="2"),
        False,
    ),
    ("SIM-DFS-02", "partly", events(1, "login", imei="1") + events(9, "login", 1), False),
    (
        "USSD-3.2",
        "met",
        events(300, "login", imei="1") + events(300, "new_device", 1, imei="2"),
        False,
    ),
    (
        "DSAF-C71@2020",
        "departed_from",
        events(1, "login", imei="1") + events(1, "transfer", 1, imei="2"),
        False,
    ),
    (
        "USSD-3.2",
        "departed_from",
        events(1, "login", imei="1") + events(1, "transfer", 1, imei="2"),
        False,
    ),
    (
        "DSAF-C71@2020",
        "met",
        events(300, "login", imei="1") + events(300, "new_device", 1, imei="2"),
        False,
    ),
    (
        "SIM-DFS-04",
        "met",
        events(300, "login", imei="1", imsi="1")
        + events(300, "transfer", 1, imei="2", imsi="2", **MATCH),
        False,
    ),
    (
        "SIM-DFS-04",
        "departed_from",
        events(1, "login", imei="1", imsi="1") + events(1, "transfer", 1, imei="2", imsi="2"),
        False,
    ),
    (
        "SIM-DFS-05",
        "met",
        swaps(300)
        + events(300, "payee_added", 60, payee="P")
        + events(300, "transfer", 90, payee="P", **MATCH),
        False,
    ),
    (
        "SIM-DFS-05",
        "departed_from",
        swaps(1) + events(1, "payee_added", 60, payee="P") + events(1, "transfer", 90, payee="P"),
        False,
    ),
    ("USSD-3.8", "met", events(300, "login", imsi="each", imei="1"), True),
    (
        "USSD-3.8",
        "departed_from",
        [
            row
            for at in range(6)
            for row in events(1, "login", at, imsi="1", imei=str(at % 2), msisdn="233590100001")
        ],
        True,
    ),
    ("DSAF-C115@2021", "met", events(300, "login", **MATCH), False),
    ("DSAF-C115@2021", "departed_from", events(9, "login", imsi_check="not_done"), False),
    ("DSAF-C115@2021", "departed_from", events(1, "login", **MISMATCH), False),
    ("DSAF-C115@2021", "not_assessed", events(300, "login"), False),
    (
        "AUD-4.1.17",
        "departed_from",
        [row for at in range(6) for row in events(1, "login", at, outcome="failure")]
        + events(1, "login", 6),
        False,
    ),
    (
        "AUD-4.1.17",
        "met",
        [row for at in range(6) for row in events(300, "login", at, outcome="failure")],
        False,
    ),
    ("AUD-4.2.14", "met", events(300, "otp_verified") + events(300, "payee_added", 1), False),
    ("AUD-4.2.14", "departed_from", events(1, "payee_added", 1), False),
    (
        "MOU-03",
        "met",
        events(150, "transfer", provider="One", **MATCH)
        + events(150, "transfer", provider="Two", **MATCH),
        True,
    ),
    (
        "MOU-03",
        "departed_from",
        events(9, "transfer", provider="One", **MATCH)
        + events(9, "transfer", provider="Two", imsi_check="not_done"),
        True,
    ),
    # those that take the verdicts of others
    ("DSAF-C53@2021", "departed_from", swaps(1, id_check="none"), False),
    ("DSAF-C54@2021", "met", swaps(300) + events(300, "transfer", 700, **MATCH), False),
    ("DSAF-C55@2020", "departed_from", recycled(1, 80, -60), False),
    ("USSD-3.3", "departed_from", swaps(1) + events(1, "transfer", 700), False),
    ("AUD-4.1.5", "partly", swaps(300) + events(300, "transfer", 700, **MATCH), False),
]
NIGERIA = {"operator": NETWORK["operator"] | {"country": "NG"}, "policy": {"profile": "nigeria"}}
INDIA = {"operator": NETWORK["operator"] | {"country": "IN"}, "policy": {"profile": "india"}}
BIG = events(1, "transfer", 700, amount=90_000, currency="NGN", **MATCH)
REGIMES: list[tuple[str, str, str | None, dict[str, Any], Rows]] = [
    ("SS7-DFS-02", "not_assessed", None, {}, events(9, "transfer", **USSD)),
    ("SS7-DFS-02", "met", None, NIGERIA, events(300, "transfer", **USSD)),
    (
        "SS7-DFS-02",
        "departed_from",
        "CBN",
        NIGERIA,
        events(1, "transfer", **USSD | {"amount": 1e6}),
    ),
    ("SIM-DFS-07", "departed_from", "CBN", NIGERIA, swaps(1) + BIG),
    ("SIM-DFS-07", "met", None, NIGERIA, swaps(300) + events(300, "transfer", 700, amount=5)),
    ("SIM-DFS-07", "not_assessed", None, {}, swaps(1) + BIG),
    ("SIM-REG-03", "departed_from", "TRAI", INDIA, swaps(1) + port_out(1, 600 + 6 * 1440)),
    ("SIM-REG-03", "departed_from", None, {}, swaps(1) + port_out(1, 600 + 6 * 1440)),
    ("NAT-IN-03", "departed_from", "TRAI", INDIA, swaps(1) + port_out(1, 600 + 6 * 1440)),
    ("NAT-IN-03", "not_applicable", None, NIGERIA, swaps(1) + port_out(1, 600 + 6 * 1440)),
    ("NAT-NG-01", "departed_from", "NCC", NIGERIA, swaps(9, id_check="document")),
    ("USSD-4.2", "departed_from", "NCC", NIGERIA, recycled(1, 100, -60)),
    ("USSD-4.2", "departed_from", None, NIGERIA, swaps(1) + events(1, "transfer", 700)),
    ("SIM-MNO-03", "departed_from", None, INDIA, swaps(9, id_check="document")),
    ("SIM-MNO-03", "departed_from", "NCC", NIGERIA, swaps(9, id_check="document")),
    ("NAT-NG-01", "met", None, NIGERIA, swaps(300, id_check="biometric")),
    ("NAT-NG-04", "departed_from", "NCC", NIGERIA, recycled(1, 100, -60)),
    ("NAT-NG-05", "departed_from", "CBN", NIGERIA, events(1, "transfer", **USSD | {"amount": 1e6})),
    ("NAT-NG-05", "met", None, NIGERIA, events(300, "transfer", **USSD)),
    ("NAT-NG-04", "met", None, NIGERIA, recycled(300, 400, -60)),
    ("NAT-IN-03", "met", None, INDIA, swaps(300) + port_out(300, 600 + 8 * 1440)),
    ("NAT-IN-04", "met", None, INDIA, recycled(300, 100, -60)),
    ("NAT-IN-04", "departed_from", "DoT", INDIA, recycled(1, 80, -60)),
]
# requirements of a country without a profile, judged by the operator's: the rest is answered
COUNTRIES: list[tuple[str, str, str, Rows]] = [
    ("NAT-UG-01", "met", "UG", swaps(300, id_check="biometric")),
    ("NAT-UG-01", "departed_from", "UG", swaps(9, id_check="document")),
    ("NAT-TZ-01", "met", "TZ", swaps(300, id_check="biometric")),
    ("NAT-TZ-01", "departed_from", "TZ", swaps(9, id_check="document")),
    ("NAT-IT-01", "met", "IT", swaps(300, **NOTICE)),
    ("NAT-IT-01", "departed_from", "IT", swaps(9, **NOTICE) + swaps(1)),
]


@pytest.fixture(scope="module")
def logs() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database without captures, its state built once: no log changes it."""
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        scene = Scene(connection)
        scene.input(2, "sim_swap", "swaps.csv")
        scene.input(3, "dfs_event", "dfs.csv")
        state.build(connection, Network.model_validate(NETWORK))
        connection.execute(detect.FIRED)
        fill(connection, "detector_header", detect.HEADER, [])
        findings.store(connection)
        yield connection


def judged(
    connection: duckdb.DuckDBPyConnection, name: str, rows: Rows, answer: bool, **tables: Any
) -> dict[str, Any]:
    """The row of one requirement."""
    connection.execute("delete from swap")
    connection.execute("delete from dfs_event")
    for number, row in enumerate(rows):
        insert(connection, number, **row)
    network = Network.model_validate(NETWORK | tables)
    control = controls()[name]
    needed = inherited(control, "measures")
    now = NOON.replace(year=2026, month=11)
    measure.take(connection, network, now, [m for m in measure.load() if m.id in needed])
    answers = {name: YES} if answer else {}
    found = judge.Judged(judge.taken(connection), answers, judge.regimes(network))
    told = judge.rows(found, judge.active_rules(network, now))
    return next(row for row in told if row["id"] == name)


def insert(
    connection: duckdb.DuckDBPyConnection, number: int, table: str, times: int, **columns: Any
) -> None:
    """The same row so many times, each of another subscriber."""
    names = [name for (name, *_) in connection.execute(f"describe {table}").fetchall()]
    with connection.appender(table) as appender:
        for time in range(times):
            key = f"{number}-{time}"
            row = {"id": number * 1000 + time, "input_id": 2 if table == "swap" else 3}
            row |= {"msisdn": f"2335901{time:05}", "swap_id": key, "event_id": key}
            row |= {name: value(given, time, name) for name, given in columns.items()}
            appender.append_row(*(row.get(name) for name in names))


def value(given: Any, time: int, name: str) -> Any:
    if name.endswith("_at") and given is not None:
        return NOON + timedelta(minutes=given)
    return f"35200{time:010}" if given == "each" else given


@pytest.mark.parametrize(
    ("name", "verdict", "rows", "answer"),
    CASES,
    ids=[f"{name} {verdict} {number}" for number, (name, verdict, *_) in enumerate(CASES)],
)
def test_a_log_gives_its_verdict(
    logs: duckdb.DuckDBPyConnection, name: str, verdict: str, rows: Rows, answer: bool
) -> None:
    found = judged(logs, name, rows, answer)
    assert found["verdict"] == verdict, found["reason"]
    assert (found["verdict"] != "not_assessed") or found["missing"]


@pytest.mark.parametrize(("name", "verdict", "issuer", "tables", "rows"), REGIMES)
def test_a_departure_is_a_breach_only_of_the_active_regime(
    logs: duckdb.DuckDBPyConnection,
    name: str,
    verdict: str,
    issuer: str | None,
    tables: dict[str, Any],
    rows: Rows,
) -> None:
    found = judged(logs, name, rows, False, **tables)
    assert found["verdict"] == verdict, found["reason"]
    assert found["breach"] == (issuer is not None)
    assert issuer is None or issuer in found["rule"]


@pytest.mark.parametrize(("name", "verdict", "country", "rows"), COUNTRIES)
def test_a_country_s_own_requirement(
    logs: duckdb.DuckDBPyConnection, name: str, verdict: str, country: str, rows: Rows
) -> None:
    operator = NETWORK["operator"] | {"country": country}
    found = judged(logs, name, rows, True, operator=operator)
    assert found["verdict"] == verdict, found["reason"]


TAKING = [control for control in controls().values() if control.takes]


@pytest.mark.parametrize("control", TAKING, ids=lambda control: control.id)
@pytest.mark.parametrize("verdict", ["met", "departed_from"])
def test_a_requirement_that_takes_verdicts_is_met_by_all_and_departed_from_by_one(
    control: Control, verdict: str
) -> None:
    found = judge.Judged(Evidence(), {}, [control.country] if control.country else [])
    found.made = {name: Verdict("met", f"all is well with {name}") for name in control.takes}
    found.made[control.takes[-1]] = Verdict(verdict, "what was seen")
    told = found[control.id]
    assert told.verdict == verdict
    assert len(told.reason) < 200
    assert len(control.takes) == 1 or all(name in told.reason for name in control.takes)


def test_every_testable_requirement_is_in_a_table_with_what_its_data_can_show() -> None:
    """Met and departed from; by degrees or one-sided only where its own criteria say so."""
    shown = {case[:2] for case in (*CASES, *REGIMES, *COUNTRIES)} | SHOWN
    expected = {
        (control.id, verdict)
        for control in controls().values()
        for verdict in both_sides([one for one in control.criteria if limited(one)])
    }
    assert expected - shown == set()


def both_sides(criteria: list[Criterion]) -> Iterator[str]:
    """The best and the worst verdict that data of these criteria can give."""
    if criteria:
        one_sided = any(one.shows == "departed_from" for one in criteria)
        yield "attested" if one_sided else "met"
    kinds = {one.beyond for one in criteria if one.shows != "met"}
    yield from sorted(kinds & {"departed_from", "partly"})[:1]


def limited(criterion: Criterion) -> bool:
    [one] = [one for one in measure.load() if one.id == criterion.measure]
    limits = (criterion.at_least, criterion.at_most)
    return one.by == "point" or limits != (None, None)


def test_the_95th_percentile_is_that_of_the_ordered_delays(
    logs: duckdb.DuckDBPyConnection,
) -> None:
    late = [row for more in range(1, 101) for row in swaps(1, dfs_notified_at=600 + more)]
    judged(logs, "SIM-MNO-02", late, False)
    query = "select denominator, value, low, high from measured where id = 'services-notice-delay'"
    [(count, value_in_seconds, low, high)] = logs.execute(query).fetchall()
    assert (count, value_in_seconds) == (100, 95 * 60)
    # the binomial's 95 % interval of the rank in a hundred is 90 to 100
    assert (low, high) == (90 * 60, 100 * 60)


def test_what_a_log_never_tells_is_named(logs: duckdb.DuckDBPyConnection) -> None:
    found = judged(logs, "SIM-MNO-06", swaps(400), False)
    assert found["verdict"] == "not_assessed"
    assert "of logs that tell of notices" in found["missing"][0]
