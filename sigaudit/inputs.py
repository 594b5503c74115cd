"""Which files there are to read: INPUTs that the user named, and what lies in folders."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sigaudit.errors import UsageError


@dataclass(frozen=True)
class Candidate:
    """A file to look at: its name in findings, its place, its content's SHA-256."""

    name: str
    path: Path
    sha256: str
    named_by_user: bool


@dataclass(frozen=True)
class Unreadable:
    """A file that could not be opened, and why."""

    name: str
    reason: str
    named_by_user: bool


def candidates(inputs: list[Path]) -> Iterator[Candidate | Unreadable]:
    """Every file of the inputs in the order of their names, one content once.

    Raises UsageError where an input does not exist.
    """
    for missing in (path for path in inputs if not path.exists()):
        raise UsageError(f"{missing}: no such file or folder")
    seen: set[str] = set()
    for name, path, named_by_user in sorted(_files(inputs)):
        try:
            digest = sha256(path)
        except OSError as error:
            yield Unreadable(name, error.strerror or str(error), named_by_user)
            continue
        if digest not in seen:
            seen.add(digest)
            yield Candidate(name, path, digest, named_by_user)


def _files(inputs: list[Path]) -> Iterator[tuple[str, Path, bool]]:
    for given in inputs:
        if given.is_dir():
            for path in sorted(given.rglob("*")):
                if path.is_file():
                    yield path.relative_to(given).as_posix(), path, False
        else:
            yield given.name, given, True


def sha256(path: Path) -> str:
    """Hex digest of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
