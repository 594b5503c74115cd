"""Every column of every MAP component in pcaps/ is what pycrate's full decode gives.

The table of fields is read twice: by the walker, which follows tags, and by
`tests.map_by_pycrate`, which follows ASN.1 names.
"""

from pathlib import Path

import pytest

from dissectors.map_fields import MAP_FIELDS
from tests.compare import PYCRATE_COLUMNS, against_pycrate, captures, explained
from tests.database import ingested
from tests.map_by_pycrate import UNTOLD, components

PCAPS = Path(__file__).parents[1] / "pcaps"
CAPTURES = captures(PCAPS)


@pytest.mark.parametrize("path", CAPTURES, ids=lambda path: path.name)
def test_columns_are_those_of_pycrate(path: Path) -> None:
    found = against_pycrate(path.name, ingested(path), *components(path))
    assert found.differences == explained("pycrate", path.name)


def test_table_of_fields_is_compared() -> None:
    assert {field.column for field in MAP_FIELDS} - set(UNTOLD) <= set(PYCRATE_COLUMNS)
