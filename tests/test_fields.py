"""Every column of every MAP component in pcaps/ is what pycrate's full decode gives.

The table of fields is read twice: by the walker, which follows tags, and by
`tests.map_by_pycrate`, which follows ASN.1 names.
"""

from pathlib import Path

import pytest

from dissectors.fields import MAP_FIELDS
from tests import one_of_each
from tests.compare import PYCRATE_COLUMNS, against_pycrate, captures, explained
from tests.database import ingested
from tests.map_by_pycrate import components

PCAPS = Path(__file__).parents[1] / "pcaps"
CAPTURES = captures(PCAPS)


@pytest.mark.parametrize("path", CAPTURES, ids=lambda path: path.name)
def test_columns_are_those_of_pycrate(path: Path) -> None:
    found = against_pycrate(path.name, ingested(path), *components(path))
    assert found.differences == explained("pycrate", path.name)


def test_every_field_in_every_operation(tmp_path: Path) -> None:
    path = tmp_path / "one_of_each.pcap"
    held = one_of_each.write(path)
    rows, undecoded = components(path)
    assert not undecoded
    assert [
        field.column for field, row in zip(held, rows, strict=True) if field.column not in row
    ] == []
    assert set(held) == {field for field in MAP_FIELDS if field.column not in one_of_each.UNTOLD}
    assert not against_pycrate(path.name, ingested(path), rows, undecoded).differences


def test_table_of_fields_is_compared() -> None:
    assert {field.column for field in MAP_FIELDS} - {*one_of_each.UNTOLD} <= set(PYCRATE_COLUMNS)
