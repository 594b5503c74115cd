"""`python -m tests.scenes [FOLDER]` writes the made captures and logs of `pcaps/` anew."""

import sys
from pathlib import Path

from tests.scenes.catalogue import NAMES, octets

if __name__ == "__main__":
    folder = Path(*sys.argv[1:2] or ["pcaps"])
    for name in NAMES:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(octets(name))
