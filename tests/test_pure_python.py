"""The walker runs uncompiled too, and reads the same out of every capture, sound or not."""

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from io import BufferedReader, BytesIO
from pathlib import Path
from random import Random

import pytest

from dissectors import walker
from dissectors.capture import Capture, NotACaptureError
from dissectors.unpacked import unpacked
from tests import links, test_fuzzed
from tests.compare import captures
from tests.links import every_link
from tests.mutants import KINDS, Mutants
from tests.mutation import PCAPS, capture, mutated
from tests.odd_captures import extreme_times
from tests.walked import line

ROOT = PCAPS.parent


@pytest.fixture(name="pure", scope="module")
def uncompiled_dissectors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sources of the dissectors only."""
    folder = tmp_path_factory.mktemp("pure")
    source = Path(walker.__file__).parent
    shutil.copytree(
        source,
        folder / "dissectors",
        ignore=shutil.ignore_patterns("*.so", "*.pyd", "*.c", "*.pxd"),
    )
    return folder


def read_by(folder: Path, paths: list[Path]) -> list[str]:
    """What the walker of that folder makes of captures; it is told whether it is compiled."""
    found = subprocess.run(
        [sys.executable, "-m", "tests.walked", *map(str, paths)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert found.returncode == 0, found.stderr
    return found.stdout.splitlines()


def compare(folder: Path, paths: list[Path]) -> None:
    compiled, *lines = read_by(folder, paths)
    assert compiled == "False"
    assert len(lines) == len(paths)
    for path, pure in zip(paths, lines, strict=True):
        assert pure == line(path.read_bytes()), path.name


def test_same_rows_of_every_capture(pure: Path) -> None:
    paths = captures(PCAPS)
    assert paths
    compare(pure, paths)


def test_same_rows_of_wrong_captures(pure: Path, tmp_path: Path) -> None:
    mutants = Mutants()
    for kind in KINDS:
        for seed in range(2):
            octets = mutants.of(kind, Random(seed), 150)
            (tmp_path / f"{kind}_{seed}.pcap").write_bytes(octets)
    for seed in range(40):
        octets = unpacked(BufferedReader(BytesIO(mutants.of_files(Random(seed))))).read()
        with suppress(NotACaptureError):
            Capture(octets[:24])
            (tmp_path / f"files_{seed}.pcap").write_bytes(octets)
    compare(pure, sorted(tmp_path.iterdir()))


def test_same_rows_of_every_link(pure: Path, tmp_path: Path) -> None:
    random = Random(5)
    sound = every_link()
    wrong = [(kind, mutated(octets, random)) for kind, octets in random.choices(sound, k=1500)]
    for name, packets in (("sound", sound), ("wrong", wrong)):
        (tmp_path / f"{name}.pcapng").write_bytes(links.capture(packets))
    compare(pure, sorted(tmp_path.iterdir()))


def test_same_rows_of_what_was_not_stood_once(pure: Path, tmp_path: Path) -> None:
    (tmp_path / "frames.pcap").write_bytes(capture(test_fuzzed.FRAMES))
    compare(pure, [tmp_path / "frames.pcap"])


def test_same_times_however_extreme(pure: Path, tmp_path: Path) -> None:
    for number, octets in enumerate(extreme_times()):
        (tmp_path / f"{number}.pcapng").write_bytes(octets)
    compare(pure, sorted(tmp_path.iterdir()))
