"""The files that decide what is found and how it is judged, known by their content."""

import hashlib
from collections.abc import Iterable
from importlib.resources import files

from duckdb import DuckDBPyConnection

from sigaudit.detector import Detector

FOLDERS = {"framework": "frameworks", "measure": "measures", "profile": "profiles"}


def store(connection: DuckDBPyConnection, detectors: Iterable[Detector]) -> None:
    """Replace the table rule_file."""
    connection.execute("delete from rule_file")
    with connection.appender("rule_file") as appender:
        for row in current(detectors):
            appender.append_row(*row)


def stored(connection: DuckDBPyConnection) -> list[tuple[str, str, str]]:
    """Kind, base name and SHA-256 of each file that the last detection used."""
    return connection.execute("from rule_file order by all").fetchall()


def current(detectors: Iterable[Detector]) -> list[tuple[str, str, str]]:
    """The same of these detectors, and of the frameworks and measures that are installed."""
    found = [("detector", one.file, one.sha256) for one in detectors]
    for kind, name in FOLDERS.items():
        folder = files("sigaudit") / name
        found += [
            (kind, file.name, hashlib.sha256(file.read_bytes()).hexdigest())
            for file in (folder.iterdir() if folder.is_dir() else ())
            if file.name.endswith((".sql", ".toml"))
        ]
    return sorted(found)
