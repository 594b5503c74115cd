"""Millions of wrong frames through the walker alone: `python -m tests.fuzz_many FRAMES FILES`.

`tests.fuzz` looks closely at few captures, this one lets many pass: none may end in an exception,
take long, make a dissector fail, or make memory grow. With a walker that was compiled with
sanitizers (`make sanitize`) it finds what the compiled code does wrong in silence. `--seed` is that
of the first capture; the seed of one that fails is told.
"""

import argparse
import resource
import sys
import time
from io import BytesIO
from random import Random

from dissectors.reasons import PROBLEMS
from dissectors.walker import Summary, walk
from tests.fuzz import LONGEST, UNREADABLE
from tests.mutation import Mutants
from tests.walked import rows

FRAMES = 5000  # in a capture
KINDS = ("frames", "payloads", "transactions", "streams")
MOST_GROWTH = 200  # MB, after the first captures


def walk_all(octets: bytes) -> int:
    """Walk a capture; how many frames it had."""
    summary = Summary()
    began = time.monotonic()
    unreadable = PROBLEMS.index(UNREADABLE)
    for batches in walk(BytesIO(octets), summary):
        reasons = {row["reason"] for row in rows(batches.tables["problem"])}
        assert unreadable not in reasons, "a frame made a dissector fail"
        batches.release()
    assert time.monotonic() - began < LONGEST, "takes too long"
    return summary.frames


def memory() -> float:
    """The most that this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("frames", type=int)
    parser.add_argument("files", type=int)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    mutants = Mutants()
    frames = 0
    seed = arguments.seed
    held = 0.0
    while frames < arguments.frames:
        kind = KINDS[seed % len(KINDS)]
        frames += passed(getattr(mutants, f"of_{kind}")(Random(seed), FRAMES), kind, seed)
        seed += 1
        if seed == arguments.seed + 20:
            held = memory()
    for seed in range(arguments.seed, arguments.seed + arguments.files):
        passed(mutants.of_files(Random(seed)), "files", seed)
    growth = memory() - held if held else 0.0
    sys.stdout.write(f"{frames} frames, {arguments.files} files; memory grew {growth:.0f} MB\n")
    sys.exit(int(growth > MOST_GROWTH))


def passed(octets: bytes, kind: str, seed: int) -> int:
    """Walk it; where that fails, tell with which seed."""
    try:
        return walk_all(octets)
    except BaseException:
        sys.stderr.write(f"seed {seed} ({kind}):\n")
        raise


if __name__ == "__main__":
    main()
