"""Wrong captures until the time is up: `python -m tests.fuzz SECONDS`.

Prints the seed of each capture that the walker does not stand; `python -m tests.fuzz --seed N`
tries one again. What is being read lies in build/fuzz, and stays there if it is not stood. Seeds
that failed once belong into tests/test_walker.py, what they found into tests/test_fuzzed.py.
"""

import argparse
import faulthandler
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader, BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from traceback import print_exc

import numpy as np

from dissectors.capture import NotACaptureError
from dissectors.fields import width_of
from dissectors.reasons import PROBLEMS
from dissectors.unpacked import unpacked
from sigaudit.ingest import ingest
from sigaudit.store import connected
from tests.mutants import KINDS, Mutants
from tests.walked import Walked, walked

FRAMES = 300  # in a capture
MESSAGES = ("map_component", "cap_component", "diameter_message")
LONGEST = 10.0  # seconds for a capture
HANGS = 120.0  # seconds on a machine that has other things to do
FOLDER = Path("build/fuzz")
UNREADABLE = ("capture", "frame made a dissector fail")


def capture(mutants: Mutants, seed: int) -> tuple[bytes, str]:
    """The capture of a seed and the kind of wrong in it."""
    random = Random(seed)
    kind = (*KINDS, "files")[seed % (len(KINDS) + 1)]
    return mutants.of(kind, random, FRAMES), kind


def check(octets: bytes, kind: str) -> None:
    """Walk a capture and ask what holds for every one."""
    if kind == "files":
        octets = unpacked(BufferedReader(BytesIO(octets))).read()
    try:
        found = walked(octets)
    except NotACaptureError:
        assert kind == "files"
        return
    assert UNREADABLE in PROBLEMS
    assert UNREADABLE not in {(row["layer"], row["reason"]) for row in found["problem"]}
    if kind in ("payloads", "transactions"):
        nothing_is_dropped(found)
    every_number_fits(found)
    as_the_database_holds_it(octets, found)


def nothing_is_dropped(found: Walked) -> None:
    """Each frame, with one message in it, is in a row, a problem, or counted as passed over."""
    assert found["frames"] == FRAMES
    read = {row["frame"] for table in MESSAGES for row in found[table]}
    told = read | {row["frame"] for row in found["problem"]}
    passed_over = sum(found["passed_over"].values())
    assert passed_over >= FRAMES - len(told)
    assert passed_over <= FRAMES - len(read)


def every_number_fits(found: Walked) -> None:
    """Into the width of its column."""
    for table in ("map_component", "sms", "diameter_message"):
        for row in found[table]:
            for column, value in row.items():
                if isinstance(value, int) and column != "id":
                    limits = np.iinfo(
                        width_of(column.removeprefix("calling_").removeprefix("called_"))
                    )
                    assert limits.min <= value <= limits.max, column


def as_the_database_holds_it(octets: bytes, found: Walked) -> None:
    """Every row arrives, and can be read back."""
    with TemporaryDirectory() as folder, connected(Path(":memory:")) as connection:
        path = Path(folder) / "capture.pcap"
        path.write_bytes(octets)
        outcome = ingest(connection, [path])
        assert outcome.read, outcome.failed
        for table in ("map_component", "sms", "diameter_message"):
            assert connection.table(table).count("*").fetchall() == [(len(found[table]),)], table
            connection.table(table).fetchall()
        [(problems,)] = connection.table("problem").count("*").fetchall()
        assert problems == len(found["problem"]) + (found["damage"] is not None)


@contextmanager
def kept(octets: bytes, path: Path) -> Iterator[None]:
    """Have it in a file that stays unless all goes well, in time; a hang ends the process."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(octets)
    began = time.process_time()
    faulthandler.dump_traceback_later(HANGS, exit=True)
    try:
        yield
        assert time.process_time() - began < LONGEST, "takes too long"
    except BaseException:
        sys.stderr.write(f"not stood, kept as {path}:\n")
        raise
    finally:
        faulthandler.cancel_dump_traceback_later()
    path.unlink()


def fails(mutants: Mutants, seed: int) -> bool:
    """Whether the capture of a seed is not stood; tells why on stderr."""
    octets, kind = capture(mutants, seed)
    try:
        with kept(octets, FOLDER / f"{kind}-{seed}"):
            check(octets, kind)
    except Exception:
        print_exc()
        return True
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seconds", type=float, nargs="?", default=60.0)
    parser.add_argument("--seed", type=int)
    arguments = parser.parse_args()
    mutants = Mutants()
    if arguments.seed is not None:
        sys.exit(int(fails(mutants, arguments.seed)))
    until = time.monotonic() + arguments.seconds
    tried = failed = 0
    while time.monotonic() < until:
        failed += fails(mutants, Random().randrange(1 << 31))
        tried += 1
    sys.stdout.write(mutants.tried())
    sys.stdout.write(f"{tried} captures, {failed} not stood\n")
    sys.exit(int(failed > 0))


if __name__ == "__main__":
    main()
