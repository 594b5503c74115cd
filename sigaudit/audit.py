"""The main job: ingest, detect, report."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import duckdb

from sigaudit import detect, detector, findings, report
from sigaudit.ahead import Progress
from sigaudit.baseline import Baseline
from sigaudit.ingest import Outcome, ingest
from sigaudit.network import Network

DATABASE = "audit.duckdb"


def audit(
    connection: duckdb.DuckDBPyConnection,
    inputs: list[Path],
    network: Network,
    folder: Path,
    as_of: datetime | None,
    progress: Progress,
    detectors: Sequence[Path] = (),
    key: bytes | None = None,
    baseline: Baseline | None = None,
) -> Outcome:
    """Inputs into the database, detectors over it, findings and report into `folder`.

    `detectors` are folders of own detectors, which run beside the project's. With a
    `key` the findings and the report are pseudonymised; the database is not.
    """
    detector.load(detectors)  # what is wrong there is told before hours of reading
    detect.refuse_other_operator(connection, network)
    outcome = ingest(connection, inputs, network, progress)
    if not detect.is_current(connection, network, as_of, detectors, baseline):
        detect.run(connection, network, as_of, detectors, baseline)
    connection.execute("update audit set network_path = ?", [network.path])
    write(connection, folder, key)
    return outcome


def write(connection: duckdb.DuckDBPyConnection, folder: Path, key: bytes | None = None) -> None:
    """findings.json, report.html and report.pdf of the last detection into `folder`."""
    report.replace(folder / "findings.json", findings.findings_json(connection, key))
    result = report.result(connection, key)
    for form in ("html", "pdf"):
        report.replace(folder / f"report.{form}", report.written(form, result))
