"""Checks of swaps at their limits: the fraud, and the nearest thing that is none.

Each case is a subscriber of its own, so that one run of the detectors judges them all.
"""

# An annotation that holds a DuckDB class, once evaluated, makes DuckDB tell of leaks at exit.
from __future__ import annotations

from typing import Any

from tests.by_hand import CANCEL_LOCATION, INNER, INSERT_DATA, OWN_HLR, Scene
from tests.by_hand import empty_scene as empty_scene

WITHDRAWN, UPDATED = 1, 0  # cancellationType (TS 29.002 17.7.1)
USSD = 59  # processUnstructuredSS-Request
OWN_VLR = "233590000020"
INSIDE: dict[str, Any] = {"opc": INNER, "dpc": INNER + 8}
REGIME = {
    "transfer_limit_after_swap": 1000,
    "transfer_limit_currency": "GHS",
    "min_hours_between_swaps": 8,
}


def msisdn(case: int) -> str:
    return f"2335901{case:05}"


def imsi(case: int) -> str:
    return f"6209900000{case:05}"


def swap(scene: Scene, case: int, hours: float, check: str = "biometric", **more: Any) -> None:
    who = {"msisdn": msisdn(case), "new_imsi": imsi(case), "agent_id": f"A{case}"}
    scene.swap(hours, **({"id_check": check} | who | more))


def told(scene: Scene, detector: str) -> dict[int, str]:
    """The severities of a detector's rows by case, those that other findings took up included."""
    query = """
        select msisdn, coalesce(fired.severity, header.severity) from fired
        join detector_header header using (detector) where detector = ?"""
    rows = scene.connection.execute(query, [detector]).fetchall()
    return {int(number.removeprefix("2335901")): severity for number, severity in rows}


def register(scene: Scene, case: int) -> None:
    """The home register tells the node of the number, long before."""
    who = {"imsi": imsi(case), "msisdn": msisdn(case), "called_gt": OWN_VLR}
    scene.reply(-259199, scene.ask(-259200, INSERT_DATA, OWN_HLR, **(who | INSIDE)))


def cancel(scene: Scene, case: int, hours: float = 0, kind: int = WITHDRAWN) -> None:
    known = {"imsi": imsi(case), "called_gt": OWN_VLR, "cancellation_type": kind}
    asked = scene.ask(hours * 3600, CANCEL_LOCATION, OWN_HLR, **(known | INSIDE))
    scene.reply(hours * 3600 + 1, asked)


def others(scene: Scene, event: str, *hours: float) -> None:
    """Rows about somebody else, which say from when to when the log reaches."""
    for hour in hours:
        scene.swap(hour, event=event, msisdn="233590100777", new_imsi=None, agent_id=None)


def test_a_withdrawal_needs_a_row(scene: Scene) -> None:
    rows: list[dict[str, Any]] = [
        {},
        {"event": "deactivated", "hours": 23.9},
        {"event": "deactivated", "hours": 24.1},
        {"event": "swap", "hours": -47.9},
        {"event": "swap", "hours": -48.1},
        {"event": "port_out", "hours": 1},
        {"event": "swap", "hours": 1, "outcome": "rejected"},
    ]
    others(scene, "deactivated", -100, 100)
    for case, row in enumerate(rows):
        register(scene, case)
        cancel(scene, case)
        if row:
            swap(scene, case, **({"new_imsi": imsi(900 + case)} | row))
    register(scene, 50)
    cancel(scene, 50, kind=UPDATED)
    scene.dfs(3, "transfer", msisdn=msisdn(0))
    scene.run()
    found = told(scene, "SWAP-24")
    assert found == {0: "high", 2: "medium", 4: "medium", 6: "medium"}


def test_a_log_without_deactivations_explains_no_end(scene: Scene) -> None:
    """Unless the number pays afterwards, which ended ones do not."""
    others(scene, "new", -100, 100)
    for case in range(3):
        register(scene, case)
    cancel(scene, 0)
    cancel(scene, 1)
    cancel(scene, 2, hours=-130)
    scene.dfs(3, "transfer", msisdn=msisdn(1))
    scene.run()
    assert told(scene, "SWAP-24") == {1: "high"}
    assert scene.not_assessed("SWAP-24") == [
        "rows of deactivations in the swap log",
        "swap log of that time",
    ]


def test_hundred_withdrawals_in_an_hour_are_a_move(scene: Scene) -> None:
    others(scene, "deactivated", -100, 100)
    for case in range(100):
        register(scene, case)
        cancel(scene, case, hours=case / 200)
    scene.run()
    assert set(told(scene, "SWAP-24").values()) == {"info"}


def test_payees_near_a_swap(scene: Scene) -> None:
    cases = [  # added, paid, identity check, severity
        (-72, 30, "none", "high"),
        (-72.1, 30, "none", None),
        (72, None, "none", "medium"),
        (72.1, None, "none", None),
        (-5, None, "none", "low"),
        (5, 30, "biometric", None),
        (5, 23, "biometric", "medium"),
        (-5, 24, "biometric", None),
    ]
    for case, (added, paid, check, _) in enumerate(cases):
        swap(scene, case, 0, check)
        scene.dfs(added, "payee_added", msisdn=msisdn(case), payee=f"P{case}")
        if paid is not None:
            scene.dfs(paid, "transfer", msisdn=msisdn(case), payee=f"P{case}", amount=5)
    swap(scene, 50, 0)  # who pays to another
    scene.dfs(5, "payee_added", msisdn=msisdn(50), payee="P50")
    scene.dfs(6, "transfer", msisdn=msisdn(50), payee="P51", amount=5)
    scene.run()
    expected = {case: severity for case, (*_, severity) in enumerate(cases) if severity}
    assert told(scene, "SWAP-30") == expected


SUMS: list[list[tuple[float, float, str | None]]] = [
    [(1, 600.5, "GHS"), (23.9, 400, "GHS")],
    [(1, 600, "GHS"), (23.9, 400, "GHS")],
    [(1, 600.5, "GHS"), (24, 400, "GHS")],
    [(1, 2000, "USD")],
    [(1, 2000, None)],
    [(-0.1, 2000, "GHS")],
]


def moves(scene: Scene) -> None:
    for case, rows in enumerate(SUMS):
        swap(scene, case, 0)
        for hours, amount, currency in rows:
            of = {"msisdn": msisdn(case), "amount": amount, "currency": currency}
            scene.dfs(hours, "transfer", **of)


def test_what_a_regime_limits(scene: Scene) -> None:
    moves(scene)
    for case, hours in ((60, 7.9), (61, 8)):
        swap(scene, case, 0)
        swap(scene, case, hours, new_imsi=imsi(900 + case))
    scene.run(policy=REGIME)
    assert told(scene, "SWAP-31") == {0: "medium", 4: "medium"}
    assert told(scene, "SWAP-17") == {60: "low"}


def test_without_a_regime_there_is_no_limit(scene: Scene) -> None:
    moves(scene)
    for hours in (0, 1):
        swap(scene, 60, hours, new_imsi=imsi(900 + hours))
    scene.run()
    assert told(scene, "SWAP-31") == told(scene, "SWAP-17") == {}
    assert scene.not_assessed("SWAP-31") == ["policy.transfer_limit_after_swap"]


def test_a_victim_is_robbed_again(scene: Scene) -> None:
    cases = [(29.9, "none", "high"), (30.1, "none", None), (10, "biometric", None)]
    for case, (days, check, _) in enumerate(cases):
        swap(scene, case, 0, "none")
        swap(scene, case, 24 * days, check, new_imsi=imsi(900 + case))
        for hours in (1, 24 * days + 1):
            scene.dfs(hours, "otp_sent", msisdn=msisdn(case))
    scene.run()
    assert told(scene, "SWAP-17") == {0: "high"}


def test_a_service_code_before_money(scene: Scene) -> None:
    cases = [  # dialled, paid, identity check, found
        (71, 94.9, "none", True),
        (71, 95.1, "none", False),
        (73, 80, "none", False),
        (71, 94, "biometric", False),
    ]
    for case, (dialled, paid, check, _) in enumerate(cases):
        swap(scene, case, 0, check)
        who = {"imsi": imsi(case), "msisdn": msisdn(case)}
        asked = scene.ask(dialled * 3600, USSD, OWN_VLR, **(who | INSIDE))
        scene.reply(dialled * 3600 + 1, asked)
        scene.insert("ussd", component_id=asked, from_subscriber=True, service_code="*170#")
        scene.dfs(paid, "transfer", msisdn=msisdn(case))
    scene.run()
    found = {case: "high" for case, (*_, expected) in enumerate(cases) if expected}
    assert told(scene, "SWAP-15") == found
