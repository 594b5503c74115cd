"""Compare what comes into the database with what tshark and pycrate read in the same captures.

python -m tests.parity DIR            against tshark, message by message
python -m tests.parity --fields DIR   against pycrate's full decode, column by column
python -m tests.parity --write DIR    keep tshark's rows in DIR/rows, for tests/test_rows.py

A difference must be explained in tests/differences.toml, and an explanation must still be needed:
otherwise the exit status is 1. Only places and columns are printed, never a value: captures may
hold numbers of real subscribers.
"""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests import map_by_pycrate, tshark
from tests.compare import (
    Comparison,
    Difference,
    against_pycrate,
    against_tshark,
    captures,
    explained,
    write_rows,
)
from tests.database import ingested


def main() -> int:
    arguments = parse_arguments()
    paths = captures(arguments.directory)
    if not paths:
        sys.stderr.write(f"{arguments.directory}: there is no capture in it\n")
        return 2
    if arguments.write:
        for path in paths:
            sys.stdout.write(f"{write_rows(arguments.directory, path, tshark.messages(path))}\n")
        return 0
    compare = with_pycrate if arguments.fields else with_tshark
    reader = "pycrate" if arguments.fields else "tshark"
    with ProcessPoolExecutor(2) as processes:
        found = list(processes.map(compare, paths))
    explanations = [explained(reader, path.name) for path in paths]
    sound = [report(*each) for each in zip(paths, found, explanations, strict=True)]
    return 0 if all(sound) else 1


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("directory", type=Path, help="folder with captures")
    parser.add_argument("--fields", action="store_true", help="compare with pycrate")
    parser.add_argument("--write", action="store_true", help="keep tshark's rows")
    return parser.parse_args()


def with_tshark(path: Path) -> Comparison:
    """One capture through both."""
    return against_tshark(path.name, ingested(path), tshark.messages(path))


def with_pycrate(path: Path) -> Comparison:
    """One capture through both; in a process of its own, for pycrate's sake."""
    return against_pycrate(path.name, ingested(path), *map_by_pycrate.components(path))


def report(path: Path, found: Comparison, expected: set[Difference]) -> bool:
    """Print a line for the capture and one for each fault; whether there is no fault."""
    unexplained = sorted(found.differences - expected)
    needless = sorted(expected - found.differences)
    equal = found.messages - found.differing
    line = f"{path.name}: {found.messages} messages, {equal} equal, {found.differing} differing"
    if found.differing:
        line += f" ({len(found.differences & expected)} differences explained)"
    for what, messages in sorted(found.unread.items()):
        line += f"; not read yet: {what} ({messages} messages)"
    lines = [line]
    lines += [f"  unexplained: frame {each.frame}, {each.field}" for each in unexplained]
    lines += [f"  no longer differs: frame {each.frame}, {each.field}" for each in needless]
    sys.stdout.write("\n".join(lines) + "\n")
    return not unexplained and not needless


if __name__ == "__main__":
    sys.exit(main())
