"""The made captures and logs in pcaps/ are what `python -m tests.scenes` writes."""

from pathlib import Path

import pytest

from tests.scenes import bulk, catalogue, files, tcap
from tests.scenes.digits import tbcd

PCAPS = Path(__file__).parents[1] / "pcaps"
KEPT_BY_HAND = {".toml", ".md", ".txt"}


@pytest.mark.parametrize("name", catalogue.NAMES)
def test_made_file_is_that_of_its_scene(name: str) -> None:
    written = (PCAPS / name).read_bytes()
    assert written == catalogue.octets(name), "run python -m tests.scenes"


def test_nothing_else_lies_among_the_made_files() -> None:
    for path in [*PCAPS.iterdir(), *(PCAPS / "demo").iterdir()]:
        name = path.relative_to(PCAPS).as_posix()
        kept = path.is_dir() or path.suffix in KEPT_BY_HAND or ".rows.jsonl" in name
        assert kept or name in catalogue.NAMES, f"{name} is not written by a scene"


def test_each_scene_has_expectations() -> None:
    told = "".join(path.read_text("utf-8") for path in PCAPS.rglob("*.toml"))
    for name in catalogue.NAMES:
        path = PCAPS / name
        assert path.with_suffix(".toml").exists() or f'"{path.name}"' in told, name


def test_tbcd_fills_an_odd_count() -> None:
    """The example of TS 29.002 17.7.8: the first digit in the low half, 1111 at the end."""
    assert tbcd("12345") == bytes([0x21, 0x43, 0xF5])


def test_indefinite_lengths_keep_the_content() -> None:
    """X.690 8.1.3.6: 80 for the length, two zero octets after the content."""
    octets = bytes.fromhex("62064801016c0100")
    assert tcap.indefinite(octets, 1).hex() == "6280" + "480101" + "6c0100" + "0000"


@pytest.mark.parametrize("seed", [1, 2])
def test_bulk_is_the_same_for_the_same_seed(tmp_path: Path, seed: int) -> None:
    paths = [tmp_path / name for name in ("one.pcap", "two.pcap")]
    for path in paths:
        bulk.write(path, 50, seed)
    first, second = (path.read_bytes() for path in paths)
    assert first == second
    assert first.startswith(files.pcap([]))
