"""The figures behind the pictures and timelines of the report, over rows written by hand."""

from typing import Any

from sigaudit.report.document import document
from sigaudit.report.html import html
from sigaudit.report.pictures import agents, chapters, countries, delays, pictures, threats
from tests.a_framework import control, frameworks
from tests.test_report import (
    Page,
    a_finding,
    a_message,
    an_input,
    attacked,
    audited,
    empty,
    insert,
)


def swaps(*rows: tuple[str, str, str, str]) -> Any:
    """A database with swaps of (id, agent, number, time), and logs to go with them."""
    connection = audited(empty())
    an_input(connection, 1, "swaps.csv", "sim_swap")
    an_input(connection, 2, "events.csv", "dfs_event")
    for number, (name, agent, msisdn, at) in enumerate(rows):
        insert(
            connection, "swap", id=number, input_id=1, swap_id=name, event="swap",
            outcome="completed", msisdn=msisdn, agent_id=agent, completed_at=at,
        )  # fmt: skip
    return connection


def password(connection: Any, number: int, msisdn: str, at: str, event: str = "otp_sent") -> None:
    insert(
        connection, "dfs_event", id=100 + number, input_id=2, event_id=f"E-{number}",
        occurred_at=at, msisdn=msisdn, event=event,
    )  # fmt: skip


def test_delays_run_from_a_swap_to_the_next_password() -> None:
    connection = swaps(
        ("S-1", "A", "23359001", "2026-03-01 10:00:00"),
        ("S-2", "A", "23359002", "2026-03-01 10:00:00"),
        ("S-3", "B", "23359003", "2026-03-01 10:00:00"),
        ("S-4", "B", "23359004", "2026-03-01 10:00:00"),
    )
    password(connection, 1, "23359001", "2026-03-01 09:59:59")  # before it
    password(connection, 2, "23359001", "2026-03-01 10:14:59")
    password(connection, 3, "23359002", "2026-03-01 10:15:00")
    password(connection, 4, "23359003", "2026-03-09 10:00:00", "otp_verified")
    password(connection, 5, "23359004", "2026-03-01 10:01:00", "transfer")
    a_finding(connection, 1, [(1, None, None, "S-1")])
    found = document(connection)["sim_swaps"]["delays"]
    told = {
        (row["over_minutes"], row["up_to_minutes"]): (row["swaps"], row["in_findings"])
        for row in found
        if row["swaps"]
    }
    assert told == {(0, 15): (1, 1), (15, 60): (1, 0), (10080, None): (1, 0), (None, None): (1, 0)}
    drawn = delays(found)
    assert [(bar.label, bar.total) for bar in drawn.bars if bar.total] == [
        ("under 15 minutes", 1),
        ("under 1 hour", 1),
        ("over 7 days", 1),
        ("none in the log", 1),
    ]


def test_delays_are_not_told_without_the_log_of_a_service() -> None:
    connection = swaps(("S-1", "A", "23359001", "2026-03-01 10:00:00"))
    assert document(connection)["sim_swaps"]["delays"] is None


def test_agents_stand_beside_their_peers() -> None:
    rows = [
        (f"S-{agent}-{n}", agent, f"2335900{agent}{n}", f"2026-03-0{1 + n} 10:00:00")
        for agent, count in zip("12345", (1, 2, 3, 4, 5), strict=True)
        for n in range(count)
    ]
    connection = swaps(*rows)
    a_finding(connection, 1, [(1, None, None, "S-1-0")])
    found = document(connection)["sim_swaps"]["agents"]
    assert [(row["agent"], row["swaps"]) for row in found] == [
        ("5", 5), ("4", 4), ("3", 3), ("2", 2), ("1", 1),
    ]  # fmt: skip
    assert {row["most_in_24_hours"] for row in found} == {1, 2}  # ten o'clock to ten o'clock
    drawn = agents(found)
    assert [bar.label for bar in drawn.bars] == ["1", "5", "4", "3", "2"]
    assert drawn.bars[0].parts == [("found", 1, 20.0)]
    assert drawn.lines == [(60.0, "median"), (96.0, "95%")]


def test_countries_are_told_by_titles_and_realms() -> None:
    connection = audited(empty())
    an_input(connection, 1, "stp.pcap")
    french = {"gt": None, "host": "hss1.epc.mnc099.mcc208.3gppnetwork.org"}
    for number, source in enumerate(
        ({"gt": "447700900001"}, french, {"gt": None, "host": "nobody.example"}, {"gt": "3363998"})
    ):
        a_finding(connection, number, [(1, 1 + number, 1, None)], **source)
    drawn = countries(document(connection)["findings"])
    assert [(bar.label, bar.total) for bar in drawn.bars] == [
        ("France (FR)", 2),
        ("United Kingdom (GB)", 1),
        ("not told by the address", 1),
    ]
    assert drawn.bars[0].parts == [("high", 2, 100.0)]


def test_chapters_count_each_verdict_once_in_the_order_of_the_framework() -> None:
    later = {**frameworks()[0], "id": "other", "controls": [control(1, "met", chapter="")]}
    drawn = chapters([*frameworks(), later])
    assert [(bar.label, bar.total) for bar in drawn.bars] == [
        ("Mobile operators (itu-ss7)", 4),
        ("Regulators (itu-ss7)", 2),
        ("All (other)", 1),
    ]
    assert drawn.bars[1].parts == [("not_assessed", 1, 25.0), ("not_applicable", 1, 25.0)]


def test_threats_are_drawn_by_severity_and_nothing_where_there_is_nothing() -> None:
    found = document(attacked())
    assert {bar.label: bar.parts for bar in threats(found["findings"]).bars} == {
        "Location tracking": [("high", 1, 100.0)],
        "SIM swap fraud": [("critical", 1, 100.0)],
    }
    assert pictures(document(empty()) | {"frameworks": []}) == []


def test_a_subscriber_s_timeline_holds_a_day_around_the_findings() -> None:
    connection = attacked()
    known = {"msisdn": "233590000001", "imsi": "620990000000001"}
    for number, at in enumerate(
        ("2026-02-28 08:00:00", "2026-02-28 08:20:00", "2026-03-01 12:00:00"), start=50
    ):
        a_message(connection, (1 << 40) + number, number, at, opcode=2, **known)
    insert(
        connection, "dfs_event", id=90, input_id=2, event_id="E-1", event="otp_sent",
        msisdn="233590000001", occurred_at="2026-03-01 09:00:00",
    )  # fmt: skip
    (told,) = [entry for entry in document(connection)["subscribers"] if entry["msisdn"]]
    assert told["findings"] == ["0000000000000001"]
    assert [(event["at"][:16], event["what"]) for event in told["events"]] == [
        ("2026-02-28T08:20", "updateLocation for IMSI 620990000000001, first seen here"),
        ("2026-03-01T09:00", "otp sent"),
        ("2026-03-01T12:00", "updateLocation for IMSI 620990000000001"),
    ]
    words = Page(html(document(connection))).words()
    assert "Timeline of this subscriber: 3 events within a day of 1 finding" in words


def test_long_timelines_keep_what_is_nearest_and_say_what_is_left_out() -> None:
    connection = attacked()
    connection.execute("""
        insert into dfs_event by name
        select 1000 + n as id, 2 as input_id, 'E-' || n as event_id, 'login' as event,
          '233590000001' as msisdn, timestamp '2026-03-01 08:16:00' + to_minutes(n) as occurred_at
        from range(100) as numbers(n)
        """)
    (told,) = [entry for entry in document(connection)["subscribers"] if entry["msisdn"]]
    assert (len(told["events"]), told["more"]) == (60, 40)
    assert told["events"][-1]["at"] == "2026-03-01T09:15:00.000000Z"


def test_findings_that_share_a_number_are_about_one_subscriber() -> None:
    connection = audited(empty())
    an_input(connection, 1, "stp.pcap")
    numbers = ({"imsi": "62099", "msisdn": "23359"}, {"msisdn": "23359"}, {"imsi": "62099"}, {})
    for number, members in enumerate(numbers):
        a_finding(connection, number, [(1, 1, 1, None)], **members)
    (told,) = document(connection)["subscribers"]
    assert (told["imsi"], told["msisdn"], len(told["findings"])) == ("62099", "23359", 3)
