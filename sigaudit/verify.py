"""Whether an audit still stands: inputs, rules, configuration and outputs, each by its content."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from duckdb import DuckDBPyConnection

from dissectors.frames import UnreadableFrameError, frames_of
from sigaudit import findings, logs, network, report, rule_files
from sigaudit.detector import load
from sigaudit.errors import SigauditError, UsageError
from sigaudit.evidence import Source
from sigaudit.ingest import own_files
from sigaudit.inputs import Candidate, candidates, sha256
from sigaudit.pseudonymised import key_id
from sigaudit.pseudonyms import Pseudonyms

FINDINGS = "findings.json"


@dataclass(frozen=True)
class Verified:
    """One thing that was compared; `change` says what is different, None if nothing is."""

    what: str  # tool, network.toml, input, detector, framework, measure, profile or output
    name: str
    change: str | None = None


def verify(
    connection: DuckDBPyConnection,
    folder: Path,
    inputs: Sequence[Path] = (),
    network_file: Path | None = None,
    own: Sequence[Path] = (),
    key: bytes | None = None,
) -> list[Verified]:
    """Compare the audit in `folder`, whose database is `connection`, with what is there now.

    Without `inputs` they are looked for where they were read, without `network_file` the
    configuration likewise. Raises SigauditError where the database holds no audit.
    """
    audits = connection.execute("select tool_version, network_sha256, network_path from audit")
    for tool, digest, path in audits.fetchall():
        return [
            Verified("tool", "sigaudit", _difference(tool, version("sigaudit"))),
            Verified("network.toml", *_network(digest, network_file or Path(path or ""))),
            *_inputs(connection, inputs),
            *_rules(connection, own),
            *_outputs(connection, folder, key),
        ]
    raise SigauditError(f"{folder}: the database holds inputs, but no audit; run `sigaudit audit`")


def _difference(then: str, now: str) -> str | None:
    return None if then == now else f"the audit was made by {then}, this is {now}"


def _network(digest: str, path: Path) -> tuple[str, str | None]:
    """The file's name, and what is different in it or in its IR.21 files."""
    if not path.name:
        return "network.toml", "where it was is not known; name it with --network"
    try:
        same = network.load(path).sha256 == digest
    except UsageError as error:
        return str(path), f"{error}; name the one of the audit with --network"
    return str(path), None if same else "has changed, or one of its IR.21 files"


def _inputs(connection: DuckDBPyConnection, given: Sequence[Path]) -> Iterator[Verified]:
    rows = connection.execute("select name, path, sha256, bytes from input order by name")
    sources = [Source(*row) for row in rows.fetchall()]
    if not given:
        yield from (Verified("input", source.name, _at(source)) for source in sources)
        return
    there: dict[str, Candidate] = {}
    for file in candidates(list(given), own_files(connection)):
        if isinstance(file, Candidate):
            digested = file.digested()
            there.setdefault(digested.sha256, digested)
        else:
            yield Verified("input", file.name, f"cannot be read: {file.reason}")
    audited = {source.sha256 for source in sources}
    for source in sources:
        gone = None if source.sha256 in there else "no file of this content is there"
        yield Verified("input", source.name, gone)
    for file in sorted(there.values(), key=lambda file: file.name):
        if file.sha256 not in audited and _is_evidence(file.path):
            yield Verified("input", file.name, "is not part of the audit, or has changed since")


def _is_evidence(path: Path) -> bool:
    """Whether an audit would read the file: a capture or a log."""
    with suppress(UnreadableFrameError, SigauditError, OSError):
        return any(True for _ in frames_of(path, [1]))
    with suppress(SigauditError, OSError):
        return logs.recognise(path, None) is not None
    return False


def _at(source: Source) -> str | None:
    """What is different about an input where it was read."""
    path = Path(source.path)
    if source.path == "-":
        return "came through a pipe; name the file that was kept"
    try:
        size = path.stat().st_size
        if sha256(path, source.size) != source.sha256:
            return f"{path}: has changed"
    except OSError as error:
        return f"{path}: {error.strerror}; name the inputs or their folder to compare them"
    grown = size - source.size
    return f"{path}: has grown by {grown} bytes since" if grown else None


def _rules(connection: DuckDBPyConnection, own: Sequence[Path]) -> Iterator[Verified]:
    then = {(kind, file): digest for kind, file, digest in rule_files.stored(connection)}
    now = {(kind, file): digest for kind, file, digest in rule_files.current(load(own))}
    for kind, file in sorted({*then, *now}):
        change = None
        if (kind, file) not in now:
            change = "is not there any more; own detectors are named with --detectors"
        elif (kind, file) not in then:
            change = "has been added since"
        elif then[kind, file] != now[kind, file]:
            change = "has changed"
        yield Verified(kind, file, change)


def _outputs(connection: DuckDBPyConnection, folder: Path, key: bytes | None) -> Iterator[Verified]:
    """findings.json and the reports that are in the folder, against the database."""
    told = [findings.findings_json(connection, one) for one in _keys(key)]
    made = {FINDINGS: [_digest([one]) for one in told]}
    results = [report.result(connection, one) for one in _keys(key)]
    for form in report.ALL:
        name = f"report.{form}"
        if (folder / name).exists():
            made[name] = [_digest(report.written(form, result)) for result in results]
    for name, expected in made.items():
        yield Verified("output", name, _written(folder, name, expected, key))


def _keys(key: bytes | None) -> list[bytes | None]:
    return [None, key] if key else [None]


def _digest(pieces: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def _written(folder: Path, name: str, expected: list[str], key: bytes | None) -> str | None:
    try:
        with (folder / name).open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    if found in expected:
        return None
    theirs = _key_of(folder)
    if theirs and theirs != (key and key_id(Pseudonyms(key, ()))):
        return "is pseudonymised by another key; name it with --pseudonymise"
    return "is not what the database gives"


def _key_of(folder: Path) -> str | None:
    """What findings.json says of its key."""
    try:
        found = json.loads((folder / FINDINGS).read_bytes())
        return found.get("pseudonymised") if isinstance(found, dict) else None
    except (OSError, ValueError, RecursionError):
        return None
