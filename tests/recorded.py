"""Hold others' captures against tests/recorded.toml: `python -m tests.recorded DIR`.

Every capture in the folder is audited as its own network's. Findings that are not expected, those
that are but do not come, and captures that are not listed make the exit status 1. A folder of
which none is listed is none of these. Only detectors' ids are printed: captures may hold numbers
of real subscribers.
"""

import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from sigaudit import detect
from sigaudit.findings import document
from sigaudit.ingest import ingest
from sigaudit.network import Network
from sigaudit.store import connected
from tests.compare import captures

EXPECTED = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def network_of(name: str) -> Network:
    operator = {"name": name.title(), **EXPECTED["network"][name]}
    return Network.model_validate({"operator": operator})


def findings(path: Path, network: Network) -> list[dict[str, Any]]:
    with connected(Path(":memory:")) as connection:
        assert not ingest(connection, [path]).failed, path.name
        detect.run(connection, network)
        found: list[dict[str, Any]] = document(connection)["findings"]
        return found


def faults(path: Path) -> list[str]:
    """What the capture yields against expectation, in words."""
    case = EXPECTED["captures"].get(path.name)
    if case is None:
        return ["not listed in tests/recorded.toml"]
    found = findings(path, network_of(case["network"]))
    told = {
        "findings": Counter(finding["detector"] for finding in found),
        "also": Counter(other for finding in found for other in finding["also"]),
    }
    return [
        f"{key}: expected {case.get(key, {})}, got {dict(counted)}"
        for key, counted in told.items()
        if counted != Counter(case.get(key, {}))
    ]


def main(directory: Path) -> int:
    paths = captures(directory)
    if not any(path.name in EXPECTED["captures"] for path in paths):
        return 0
    wrong = {path.name: faults(path) for path in paths}
    for name, why in wrong.items():
        sys.stdout.write(f"{name}: {'; '.join(why) or 'as expected'}\n")
    return 1 if any(wrong.values()) else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
