"""Logs whose clocks are off from the captures': noticed, told, and put right for detectors."""

# An annotation that holds a DuckDB class, once evaluated, makes DuckDB tell of leaks at exit.
from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from sigaudit import state
from sigaudit.network import Network
from sigaudit.report.document import document
from sigaudit.state import clocks
from sigaudit.state.clocks import length, warning
from sigaudit.subscriber_timeline import Wanted, timelines
from tests.by_hand import NETWORK, NOON, OWN_HLR, OWN_SMSC, PARTNER_VLR, UPDATE_LOCATION, Scene
from tests.by_hand import empty_scene as empty_scene

SRI_SM = 45
DELAYS = [2, 3, 4, 4, 5, 6, 8, 11, 17, 90]  # minutes from a swap to the new SIM's first sign


def imsi(number: int) -> str:
    return f"6209900000{number:05}"


def msisdn(number: int) -> str:
    return f"2335901{number:05}"


def swaps(scene: Scene, minutes_fast: float, delays: list[int] = DELAYS) -> None:
    """Swaps whose log is fast by so many minutes, and the new SIMs' registrations after each."""
    for number, delay in enumerate(delays):
        done = number * 2.0  # hours from noon
        scene.swap(done + minutes_fast / 60, msisdn=msisdn(number), new_imsi=imsi(number))
        request = scene.ask(
            done * 3600 + delay * 60, UPDATE_LOCATION, PARTNER_VLR, imsi=imsi(number),
            msc_number=PARTNER_VLR, vlr_number=PARTNER_VLR,
        )  # fmt: skip
        scene.reply(done * 3600 + delay * 60 + 1, request)


def passwords(scene: Scene, minutes_fast: float) -> None:
    """Passwords that a service sends, and the question for the route some seconds later."""
    for number in range(8):
        scene.dfs(number + minutes_fast / 60, "otp_sent", msisdn=msisdn(number), channel="sms")
        request = scene.ask(
            number * 3600 + 3 + number % 4, SRI_SM, OWN_SMSC, msisdn=msisdn(number),
            called_gt=OWN_HLR,
        )  # fmt: skip
        scene.reply(number * 3600 + 8, request, imsi=imsi(number))
        scene.ask(  # some other message hours later
            number * 3600 + 7000 + 977 * number, SRI_SM, OWN_SMSC, msisdn=msisdn(number)
        )


def skews(scene: Scene) -> dict[str, int]:
    scene.run()
    rows = scene.connection.execute("select source, seconds from clock_skew").fetchall()
    return dict(rows)


def warned(scene: Scene) -> list[str]:
    query = "select warning from warning order by all"
    return [message for (message,) in scene.connection.execute(query).fetchall()]


@pytest.mark.parametrize("minutes", [-30, 30, -60, 60, 330, -600])
def test_a_swap_log_that_is_off_is_estimated(scene: Scene, minutes: int) -> None:
    swaps(scene, minutes)
    found = skews(scene)
    assert abs(found["sim_swap"] / 60 + minutes) <= 5
    [words] = warned(scene)
    assert words.startswith("swaps.csv: its clock is about ")
    assert ("fast" if minutes > 0 else "slow") in words


@pytest.mark.parametrize("minutes", [-30, 30, 60, -330])
def test_a_log_of_a_service_that_is_off_is_estimated(scene: Scene, minutes: int) -> None:
    passwords(scene, minutes)
    found = skews(scene)
    assert abs(found["dfs_event"] + minutes * 60) <= 30
    assert "dfs.csv: its clock is about" in warned(scene)[0]


@pytest.mark.parametrize(
    "delays",
    [
        DELAYS,
        [15, 18, 20, 22, 25, 30, 35, 40, 44],  # posted or slow: no clock
        [1, 60, 120, 300, 700, 30, 500, 20],
        [0, 0, 0, 1, 1, 1],
        [2, 3, 4],
    ],
)
def test_clocks_that_agree_are_let_pass(scene: Scene, delays: list[int]) -> None:
    swaps(scene, 0, delays)
    passwords(scene, 0)
    assert skews(scene) == {}
    assert not [words for words in warned(scene) if "its clock is" in words]


def test_what_is_told_by_few_pairs_is_not_told(scene: Scene) -> None:
    swaps(scene, 30, [3, 4, 5, 6])
    assert skews(scene) == {}


def test_detectors_read_the_times_put_right_and_the_database_keeps_them_as_logged(
    scene: Scene,
) -> None:
    """A transfer before the swap looks as one after it where the log is 30 minutes slow."""
    swaps(scene, -30)
    scene.dfs(0.2 - 0.5, "otp_sent", msisdn=msisdn(0), channel="app")
    scene.dfs(0.3 - 0.5, "transfer", msisdn=msisdn(0), amount=500)
    assert scene.run()["SWAP-01"] == 0
    query = "select min(completed_at) from swap"
    assert scene.connection.execute(query).fetchall() == [(NOON - timedelta(minutes=30),)]
    scene.connection.execute("insert into swap select * from swap")  # it is the table again


def test_timelines_and_reports_tell_the_times_put_right_and_those_logged(scene: Scene) -> None:
    swaps(scene, -30)
    scene.dfs(0.2 - 0.5, "otp_sent", msisdn=msisdn(0), channel="app")
    assert (skew := skews(scene)["sim_swap"]) > 1500
    [life] = timelines(scene.connection, [Wanted([msisdn(0)])])
    [done] = [event for event in life.events if event["kind"] == "swap"]
    logged = datetime.fromisoformat(done["logged_at"])
    assert logged.replace(tzinfo=None) == NOON - timedelta(minutes=30)
    assert datetime.fromisoformat(done["at"]) - logged == timedelta(seconds=skew)
    assert {e["logged_at"] for e in life.events if e["kind"] == "registration"} == {None}
    found = document(scene.connection)
    told = [event for finding in found["findings"] for event in finding["events"]]
    told += [event for entry in found["subscribers"] for event in entry["events"]]
    rows = [event for event in told if event["evidence"]["file"] == "swaps.csv"]
    assert all(event["logged_at"] for event in rows)


def test_words() -> None:
    assert length(1800) == "30 minutes"
    assert length(3660) == "1 hour 1 minute"
    assert length(7200) == "2 hours"
    assert "30 minutes slow" in warning("a.csv", 1800, 7, "sim_swap")
    assert "30 minutes fast" in warning("a.csv", -1800, 7, "dfs_event")


def built(scene: Scene) -> tuple[dict[str, int], list[str]]:
    """The clocks that are off and what is said of them, without running the detectors."""
    state.build(scene.connection, Network.model_validate(NETWORK))
    found = scene.connection.execute("select source, seconds from clock_skew").fetchall()
    return dict(found), clocks.warnings(scene.connection)


def uses(scene: Scene, minutes_fast: float, delays: list[float], old: bool = False) -> None:
    """Swaps whose log is fast by so many minutes, and of each SIM a use in the services' log.

    Minutes from the swap to the new SIM's first use, or from the old one's last to the swap.
    """
    for number, delay in enumerate(delays):
        done, sims = number * 30.0, {"old_imsi": imsi(number + 500), "new_imsi": imsi(number)}
        scene.swap(done + minutes_fast / 60, msisdn=msisdn(number), id_check="document", **sims)
        used = done - delay / 60 if old else done + delay / 60
        scene.dfs(
            used, "login", msisdn=msisdn(number), imsi=sims["old_imsi" if old else "new_imsi"]
        )


@pytest.mark.parametrize(("minutes", "old"), [(30, False), (-30, True), (90, False), (-60, True)])
def test_without_captures_a_use_on_the_wrong_side_of_the_swap_tells(
    scene: Scene, minutes: int, old: bool
) -> None:
    uses(scene, minutes, [2, 3, 5, 9, 12, 20, 25, 40, 55, 400, 700], old)
    found, [words] = built(scene)
    off = found["sim_swap"] / -60
    assert abs(off) <= abs(minutes)
    assert abs(off - minutes) <= 8
    sims = "old SIMs used after their swap" if old else "new SIMs used before their swap"
    assert "or more against that of the services' log, by " in words
    assert sims in words


@pytest.mark.parametrize(
    ("minutes", "delays"),
    [
        (0, [0.5, 1, 2, 3, 5, 9, 12, 20, 25, 40]),
        (0, [2, 3, 5, 9, -40, -200, -15, -700, 30, -90]),  # rows that are written late
        (0, [-20, -22, -25, -21, -28, *range(1, 26)]),  # of one careless outlet
        (30, [2, 3, 5]),  # too few
        (4, [1, 1, 2, 2, 3, 3, 60]),  # not worth a word
    ],
)
def test_without_captures_clocks_that_agree_are_let_pass(
    scene: Scene, minutes: int, delays: list[float]
) -> None:
    uses(scene, minutes, delays)
    assert built(scene)[0] == {}


def test_what_nothing_tells_is_not_assessed(scene: Scene) -> None:
    for number in range(8):
        scene.swap(number, msisdn=msisdn(number), new_imsi=imsi(number))
        scene.dfs(number, "login", msisdn=msisdn(number))
    found, [words] = built(scene)
    assert found == {}
    assert words.startswith("swaps.csv: not assessed whether its clock agrees")


def test_a_service_that_is_off_from_the_captures_does_not_accuse_the_swap_log(
    scene: Scene,
) -> None:
    """The services' times are put right first."""
    passwords(scene, 30)
    for number in range(8, 16):
        sims = {"old_imsi": imsi(number + 500), "new_imsi": imsi(number)}
        scene.swap(number * 30, msisdn=msisdn(number), **sims)
        scene.dfs(number * 30 + 0.6, "login", msisdn=msisdn(number), imsi=imsi(number))
    assert set(built(scene)[0]) == {"dfs_event"}
