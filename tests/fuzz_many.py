"""Millions of wrong frames through the walker alone: `python -m tests.fuzz_many FRAMES FILES`.

`tests.fuzz` looks closely at few captures, this one lets many pass: none may end in an exception,
take long, make a dissector fail, or make memory grow. With a walker that was compiled with
sanitizers (`make sanitize`) it finds what the compiled code does wrong in silence. Whatever is
being read lies in the folder (build/fuzz) under its kind and seed, and stays there if it is not
stood; `--replay FILE` reads it again. At the end it prints what was tried, by layer, and which of
the walker's reasons were never met.
"""

import argparse
import faulthandler
import resource
import sys
from collections import Counter
from io import BufferedReader, BytesIO
from pathlib import Path
from random import Random

import nanoarrow
import numpy as np

from dissectors.arrow import Batch
from dissectors.capture import NotACaptureError
from dissectors.reasons import ANOMALIES, PASSED_OVER, PROBLEMS
from dissectors.unpacked import unpacked
from dissectors.walker import Summary, walk
from tests.fuzz import FOLDER, UNREADABLE, kept
from tests.mutants import KINDS, Mutants

FRAMES = 20_000  # in a capture
ROUND = ("everywhere",) * 4 + KINDS  # the kinds, in turn
WARM_UP = 20  # captures, and so many files
MOST_GROWTH = 32  # MB, after them
Counts = dict[str, Counter[int]]


class Reached:
    """How often each of the walker's reasons was met, by its number."""

    def __init__(self) -> None:
        self.counts: Counts = {"problem": Counter(), "anomaly": Counter()}
        self.passed_over: Counter[tuple[str, str]] = Counter()

    def add(self, tables: dict[str, Batch]) -> None:
        """Those of a batch."""
        for table, column in (("problem", "reason"), ("anomaly", "kind")):
            batch = tables[table]
            if batch.rows:
                values = nanoarrow.ArrayStream(batch).read_all().child(batch.names.index(column))
                numbers, counts = np.unique(np.asarray(values.buffers[1]), return_counts=True)
                self.counts[table].update(dict(zip(numbers.tolist(), counts.tolist(), strict=True)))

    def never(self) -> list[str]:
        """The names of what was not met."""
        told = [("problem", PROBLEMS), ("anomaly", ANOMALIES)]
        missed = [
            f"{table}: {layer}: {what}"
            for table, names in told
            for number, (layer, what) in enumerate(names)
            if not self.counts[table][number]
        ]
        return missed + [
            f"passed over: {layer}: {what}"
            for layer, what in PASSED_OVER
            if not self.passed_over[layer, what]
        ]


def walk_all(octets: bytes, reached: Reached) -> int:
    """Walk a capture; how many frames it had."""
    summary = Summary()
    unreadable = PROBLEMS.index(UNREADABLE)
    try:
        for batches in walk(unpacked(BufferedReader(BytesIO(octets))), summary):
            reached.add(batches.tables)
            batches.release()
    except NotACaptureError:
        return 0
    assert not reached.counts["problem"][unreadable], "a frame made a dissector fail"
    reached.passed_over.update(summary.passed_over or {})
    return summary.frames


def memory() -> float:
    """The most that this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Run:
    """Captures one after the other, and the memory when the first of them were read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mutants = Mutants()
        self.reached = Reached()
        self.held = 0.0

    def passed(self, kind: str, seed: int) -> int:
        """Make and walk one; how many frames it had. Its file stays unless it is stood."""
        octets = self.mutants.of(kind, Random(seed), FRAMES)
        with kept(octets, self.folder / f"{kind}-{seed}"):
            return walk_all(octets, self.reached)

    def frames(self, wanted: int, seed: int) -> int:
        """Captures until there were so many frames."""
        found = number = 0
        while found < wanted:
            found += self.passed(ROUND[number % len(ROUND)], seed + number)
            number += 1
            self._held_after(number)
        return found

    def files(self, wanted: int, seed: int) -> None:
        for number in range(wanted):
            self.passed("files", seed + number)
            self._held_after(number + 1)

    def _held_after(self, number: int) -> None:
        if number == WARM_UP:
            self.held = memory()

    def growth(self) -> float:
        """MB more than when the first were read; none where there were no more than those."""
        return memory() - self.held if self.held else 0.0

    def report(self) -> None:
        """What was tried, and what was not met."""
        sys.stdout.write(self.mutants.tried())
        for table, names in (("problem", PROBLEMS), ("anomaly", ANOMALIES)):
            met = len(self.reached.counts[table])
            sys.stdout.write(f"{met} of {len(names)} kinds of {table} met\n")
        sys.stdout.write(f"{len(self.reached.passed_over)} of {len(PASSED_OVER)} passed over\n")
        for name in self.reached.never():
            sys.stdout.write(f"never met: {name}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("frames", type=int, nargs="?", default=0)
    parser.add_argument("files", type=int, nargs="?", default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--replay", type=Path)
    arguments = parser.parse_args()
    faulthandler.enable()
    if arguments.replay is not None:
        frames = walk_all(arguments.replay.read_bytes(), Reached())
        sys.stdout.write(f"{frames} frames\n")
        return
    sys.exit(int(grown(arguments)))


def grown(arguments: argparse.Namespace) -> bool:
    """Run all; whether memory grew with the files, which take less and go first, or the frames."""
    run = Run(arguments.folder)
    run.files(arguments.files, arguments.seed)
    by_files, run.held = run.growth(), 0.0
    frames = run.frames(arguments.frames, arguments.seed)
    run.report()
    sys.stdout.write(
        f"{frames} frames, {arguments.files} files; peak {memory():.0f} MB, grew"
        f" {by_files:.0f} MB over the files, {run.growth():.0f} MB over the frames\n"
    )
    return max(by_files, run.growth()) > MOST_GROWTH


if __name__ == "__main__":
    main()
