"""Each detector has captures with its attack, a variation of it, and its nearest honest twin.

A twin is near: with one condition of the detector left out, it would be told.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from sigaudit import detect, network, state
from sigaudit.anomaly import DETECTORS  # they learn from hundreds of sources: tests/test_anomaly.py
from sigaudit.detector import load
from sigaudit.ingest import ingest
from sigaudit.network import Network
from sigaudit.store import connected
from tests.test_captures import CASES, inputs, read
from tests.weakened import weakened

TOLD = {name: read(path) for name, path in CASES.items()}
RULES = {rule.id: rule for rule in load() if rule.id not in DETECTORS}
WITHOUT_VARIATION = {  # and why none makes sense
    "DIA-19": "an identifier is used twice or not: nothing else of the requests counts",
    "DIA-23": "a peer's own words are compared, whichever they are",
    "SWAP-03": "what never registers leaves nothing that could be done otherwise",
    "SWAP-30": "a payee's first payment and a swap are near each other or not",
    "SWAP-31": "what is paid after a swap is above the limit or not",
    "X-05": "it repeats what other detectors found, each in its own variations",
}


def captures_of(detector: str, *keys: str) -> set[str]:
    return {name for name, case in TOLD.items() if any(detector in case.get(k, {}) for k in keys)}


@pytest.mark.parametrize("detector", RULES)
def test_each_detector_has_attack_variation_and_twin(detector: str) -> None:
    attacks = captures_of(detector, "findings", "also")
    variations, twins = captures_of(detector, "variation_of"), captures_of(detector, "twin_of")
    assert attacks, "add a capture with its attack"
    assert twins, "add a capture with its twin, and twin_of to the TOML"
    assert bool(variations) != (detector in WITHOUT_VARIATION), "add one, with variation_of"
    assert variations <= attacks
    assert not twins & attacks


def test_the_captures_are_of_detectors() -> None:
    named = {one for case in TOLD.values() for key in ("twin_of", "variation_of")
             for one in case.get(key, [])}  # fmt: skip
    assert named <= RULES.keys()


def rows(connection: DuckDBPyConnection, select: str, values: dict[str, object]) -> int:
    """How many rows a detector's SELECT returns that lack nothing to be judged."""
    parameters = duckdb.extract_statements(select)[0].named_parameters
    found = connection.execute(
        f"select * from ({select})", {name: values[name] for name in parameters}
    )
    names = [column[0] for column in found.description or []]
    lacking = names.index("missing") if "missing" in names else None
    return sum(lacking is None or row[lacking] is None for row in found.fetchall())


def would_tell(connection: DuckDBPyConnection, select: str, values: dict[str, object]) -> bool:
    try:
        return rows(connection, select, values) > 0
    except duckdb.Error:  # it needs the condition that it lacks
        return False


def prepare(connection: DuckDBPyConnection, audited: Network, detectors: Iterable[str]) -> None:
    """What these detectors read: the state, and for those that repeat others what these found."""
    if any(re.search(r"\bfired\b", RULES[detector].sql) for detector in detectors):
        detect.run(connection, audited)
    else:
        state.build(connection, audited, latest(connection))


def latest(connection: DuckDBPyConnection) -> datetime:
    """Now, for the state: the end of the inputs."""
    found: datetime = connection.execute("select max(last_seen) from input").fetchall()[0][0]
    return found


@pytest.mark.parametrize("name", [name for name, case in TOLD.items() if "twin_of" in case])
def test_a_twin_is_near(name: str) -> None:
    path, case = CASES[name], TOLD[name]
    audited = network.load(path.with_name(case["network"]))
    with connected(Path(":memory:")) as connection:
        assert not ingest(connection, inputs(path, case)).failed
        prepare(connection, audited, case["twin_of"])
        for detector in case["twin_of"]:
            rule = RULES[detector]
            values = {**rule.defaults, **audited.policy.values(None), "as_of": None}
            assert rows(connection, rule.sql, values) == 0, detector
            looser = weakened(connection, rule.sql)
            assert any(would_tell(connection, select, values) for select in looser), detector
