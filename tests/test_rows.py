"""The database's rows of every capture in pcaps/ are those that tshark read.

`python -m tests.parity --write pcaps` took them from tshark; here they are compared without it.
"""

from pathlib import Path

import pytest

from tests.compare import against_tshark, captures, explained, explanations, kept_rows
from tests.database import ingested

PCAPS = Path(__file__).parents[1] / "pcaps"
CAPTURES = captures(PCAPS)


def test_there_are_captures() -> None:
    assert CAPTURES


@pytest.mark.parametrize("path", CAPTURES, ids=lambda path: path.name)
def test_rows_are_those_of_tshark(path: Path) -> None:
    found = against_tshark(path.name, ingested(path), kept_rows(PCAPS, path))
    assert found.differences == explained("tshark", path.name)


def test_explanations_say_why() -> None:
    for entry in explanations("tshark") + explanations("pycrate"):
        assert len(entry["why"].split()) >= 5, entry["capture"]
