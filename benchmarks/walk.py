"""The walker alone, capture to Arrow batches: `python -m benchmarks.walk CAPTURE`."""

import os
import sys
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line does

from dissectors.walker import Summary, walk


def main(capture: Path) -> None:
    summary = Summary()
    rows = 0
    with capture.open("rb") as stream:
        for batches in walk(stream, summary):
            rows += sum(batches.tables[name].rows for name in ("map_component", "diameter_message"))
            batches.release()
    sys.stdout.write(f"{summary.frames} frames, {rows} rows\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
