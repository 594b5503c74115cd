"""The generated week: the same for the same seed, read alike by others, and quiet without attacks."""

from collections.abc import Iterator
from pathlib import Path

import phonenumbers
import pytest
from duckdb import DuckDBPyConnection
from pycrate_asn1dir import TCAP_CAP, TCAP_MAPv2v3

from dissectors.capture import Capture
from sigaudit import detect, network
from sigaudit.findings import document
from sigaudit.ingest import ingest
from sigaudit.store import connected
from tests import parity, tshark
from tests.quality.judge import MEDIUM, rank
from tests.scenes.frames import M3UA
from tests.week import audited, world
from tests.week.calls import CAMEL_2
from tests.week.generate import generate
from tests.week.links import FILES
from tests.week.story import Week
from tests.week.writer import Place, write

MESSAGES = 6000


@pytest.fixture(scope="module")
def week() -> Week:
    return generate(MESSAGES, seed=7)


@pytest.fixture(scope="module")
def directory(week: Week, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("week")
    write(week, path)
    return path
