"""Each threshold of a detector ends where tests/boundaries.toml says, and not a step further.

The captures stand for themselves: the parameter moves until it is just what the scene holds.
"""

import tomllib
from pathlib import Path
from typing import Any

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from sigaudit import network
from sigaudit.detector import SEVERITIES, Detector
from sigaudit.ingest import ingest
from sigaudit.store import connected
from tests.test_captures import inputs
from tests.test_twins import CASES, RULES, TOLD, prepare

BOUNDARIES: dict[str, dict[str, list[Any]]] = tomllib.loads(
    Path(__file__).with_name("boundaries.toml").read_text("utf-8")
)
WITHOUT = {  # and why
    "CAP-02.last_digits": "how much of a number is compared, which is no threshold",
    "DIA-13.minutes_between": "decides words of the explanation alone",
    "MAP-INT-03.days_kept": "no scene is so long",
    "MAP-LOC-03.minutes_of_quiet": "each answer of the scenes has dialogues in the minutes before",
    "MAP-ORG-05.evidence_of_each": "how much evidence is kept, which is no threshold",
    "SMS-08.reply_within_minutes": "what was sent is as grave without the reply",
    "SMS-10.otp_likelihood_at_least": "the passwords of the scenes are known by their sender",
    "SWAP-14.otp_likelihood_at_least": "the passwords of the scenes are known by their sender",
}
STRETCHES = {"MAP-ID-03", "MAP-ID-04", "MAP-ID-05", "DIA-21", "DIA-22"}  # `minutes` cuts them


def told(connection: DuckDBPyConnection, rule: Detector, values: dict[str, Any]) -> list[int]:
    """How grave each row is that lacks nothing, the gravest first."""
    parameters = duckdb.extract_statements(rule.sql)[0].named_parameters
    found = connection.execute(rule.sql, {name: values[name] for name in parameters})
    names = [column[0] for column in found.description or []]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    grave = [row["severity"] or rule.severity for row in rows if row.get("missing") is None]
    return sorted(map(SEVERITIES.index, grave), reverse=True)


@pytest.mark.parametrize("name", BOUNDARIES)
def test_thresholds_end_where_the_scene_does(name: str) -> None:
    path, case = CASES[name], TOLD[name]
    audited = network.load(path.with_name(case["network"]))
    with connected(Path(":memory:")) as connection:
        ingest(connection, inputs(path, case))
        prepare(connection, audited, [key.split(".")[0] for key in BOUNDARIES[name]])
        for key, (last, beyond, *others) in BOUNDARIES[name].items():
            detector, parameter = key.split(".")
            rule = RULES[detector]
            values = {**rule.defaults, **audited.policy.values(None), "as_of": None}
            values |= others[0] if others else {}
            at, past = (
                told(connection, rule, values | {parameter: value}) for value in (last, beyond)
            )
            assert at > past, key


def test_each_threshold_has_a_boundary() -> None:
    tested = {key for boundaries in BOUNDARIES.values() for key in boundaries}
    numbers = {
        f"{rule.id}.{parameter}"
        for rule in RULES.values()
        for parameter, value in rule.defaults.items()
        if isinstance(value, int | float) and not (parameter == "minutes" and rule.id in STRETCHES)
    }
    assert numbers - tested == WITHOUT.keys()
