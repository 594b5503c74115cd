"""Which files there are to read: INPUTs that the user named, and what lies in folders."""

import hashlib
import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from io import RawIOBase
from pathlib import Path
from typing import BinaryIO

STANDARD_INPUT = Path("-")
STDIN_NAME = "standard input"
LINK_OUT = "a link out of the folder; name the file itself, or move it there"
SPARSE = "sparse: {} of its {} octets are on the disk; is the copy complete?"
BLOCK = 512  # octets, of stat's st_blocks
LARGEST_HOLE = 1 << 30  # octets of a file that need not be on the disk
NEITHER = (
    "neither a capture (pcap, pcapng) nor a SIM-swap or DFS event log (CSV, JSON Lines, Parquet)"
)
NO_FILE = "not a file that can be read twice (a pipe, a device, or a link to a folder or nowhere)"


@dataclass(frozen=True)
class Candidate:
    """A file to look at: its name in findings, its place, its content's SHA-256.

    The digest is empty until it is known: that of standard input when all was read.
    """

    name: str
    path: Path
    sha256: str
    named_by_user: bool
    size: int = 0  # octets
    modified: int = 0  # nanoseconds since 1970

    def digested(self) -> "Candidate":
        """The same with its digest; raises OSError."""
        if self.sha256 or self.is_standard_input:
            return self
        return replace(self, sha256=sha256(self.path, self.size))

    @property
    def is_standard_input(self) -> bool:
        """Whether it comes through a pipe, and can be read once."""
        return self.path == STANDARD_INPUT


@dataclass(frozen=True)
class Unreadable:
    """A file that could not be opened, and why."""

    name: str
    reason: str
    named_by_user: bool


def candidates(
    inputs: list[Path], own: Collection[Path] = frozenset()
) -> Iterator[Candidate | Unreadable]:
    """Every file of the inputs in the order of their names, each once, without its digest.

    `own` are files that this program keeps, resolved; in a folder they are passed over.
    """
    files = {
        (name, path): (named_by_user, reason)
        for name, path, named_by_user, reason in sorted(_files(inputs, own))
    }
    for (name, path), (named_by_user, reason) in files.items():
        if reason:
            yield Unreadable(name, reason, named_by_user)
        else:
            yield _looked_at(name, path, named_by_user)


def _looked_at(name: str, path: Path, named_by_user: bool) -> Candidate | Unreadable:
    if path == STANDARD_INPUT:
        return Candidate(STDIN_NAME, path, "", named_by_user)
    try:
        if path.is_file():
            with path.open("rb"):  # may be read at all
                seen = path.stat()
            if seen.st_size - seen.st_blocks * BLOCK > LARGEST_HOLE:
                reason = SPARSE.format(seen.st_blocks * BLOCK, seen.st_size)
                return Unreadable(name, reason, named_by_user)
            return Candidate(name, path, "", named_by_user, seen.st_size, seen.st_mtime_ns)
        there = path.exists() or path.is_symlink()
        return Unreadable(name, NO_FILE if there else "no such file or folder", named_by_user)
    except OSError as error:
        return Unreadable(name, error.strerror or str(error), named_by_user)


def _files(inputs: list[Path], own: Collection[Path]) -> Iterator[tuple[str, Path, bool, str]]:
    """Name, path, whether the user named it, and what is wrong with it already."""
    for given in inputs:
        if given != STANDARD_INPUT and _is_folder(given):
            yield from _in_folder(given, own)
        else:
            yield as_text(given.name), given, True, ""


def _is_folder(path: Path) -> bool:
    with suppress(OSError):
        return path.is_dir()
    return False


def _in_folder(folder: Path, own: Collection[Path]) -> Iterator[tuple[str, Path, bool, str]]:
    """All below a folder; links to folders are named, not followed, for they can make a ring."""
    closed: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=closed.append):
        links = [name for name in folders if Path(place, name).is_symlink()]
        real = Path(place).resolve()
        folders[:] = [name for name in folders if real / name not in own]
        for path in (Path(place, name) for name in names + links if real / name not in own):
            reason = LINK_OUT if _leads_out(path, folder) else ""
            yield as_text(path.relative_to(folder).as_posix()), path, False, reason
    for error in closed:
        path = Path(error.filename)
        name = path.relative_to(folder).as_posix() if path != folder else str(folder)
        yield as_text(name), path, path == folder, error.strerror or str(error)


def _leads_out(path: Path, folder: Path) -> bool:
    """Whether it is a link to a file that is not below the folder."""
    with suppress(OSError, RuntimeError):
        if path.is_symlink() and path.is_file():
            return not path.resolve().is_relative_to(folder.resolve())
    return False


def as_text(name: str) -> str:
    r"""A file's name as text; bytes that are no UTF-8 are written \xff."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def sha256(path: Path, size: int) -> str:
    """Hex digest of a file's first `size` octets; it may have grown since."""
    with path.open("rb", buffering=0) as stream:
        return hashlib.file_digest(Beginning(stream, size), "sha256").hexdigest()


class Beginning(RawIOBase):
    """So many octets of a file and no more, though it grows while it is read."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream = stream
        self._left = size

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer; 0 at the end."""
        target = memoryview(buffer).cast("B")[: self._left]  # type: ignore[arg-type]
        octets: int = self._stream.readinto(target)  # type: ignore[attr-defined]
        self._left -= octets
        return octets


class Hashed(RawIOBase):
    """A stream that can be read once, with the SHA-256 and the number of what was read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self.size = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer; 0 at the end."""
        target = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        octets = self._stream.read(len(target))
        target[: len(octets)] = octets
        self._digest.update(octets)
        self.size += len(octets)
        return len(octets)

    def sha256(self) -> str:
        """Hex digest of the whole stream, whose rest is read for it."""
        while self.read(1 << 20):
            pass
        return self._digest.hexdigest()
