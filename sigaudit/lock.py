"""One writer at a time: a lock file beside the database that says who holds it.

The kernel's lock on the file counts, not its words: it goes when its holder does, whatever killed
it, so that a file that is left behind holds nobody up.
"""

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sigaudit.errors import SigauditError


def lock_of(database: Path) -> Path:
    """The lock file of a database."""
    return database.with_name(f"{database.name}.lock")


@contextmanager
def held(path: Path, doing: str) -> Iterator[None]:
    """Hold the lock at `path`; SigauditError says who does where another process has it."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise SigauditError(f"{path}: cannot be locked: {error.strerror}") from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise SigauditError(f"{path.parent}: {said(path)}; wait until it has finished") from None
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(_words(doing)).encode(), 0)
        yield
    finally:
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
        os.close(descriptor)


def holder(path: Path) -> dict[str, Any] | None:
    """Who holds the lock now: pid, host, since, doing; None where nobody does.

    A holder that died left words and no lock; so did one on another host, whose lock a network
    file system may not show: it is believed.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return None
    try:
        words: dict[str, Any] = json.loads(os.pread(descriptor, 4096, 0) or b"{}")
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except ValueError:
        return None
    except OSError:
        return words
    finally:
        os.close(descriptor)
    return words if words and words.get("host") != socket.gethostname() else None


def said(path: Path) -> str:
    """In words, who holds the lock."""
    words = holder(path) or {}
    who = f"process {words.get('pid', '?')} on {words.get('host', '?')}"
    return f"held by {who} since {words.get('since', '?')} ({words.get('doing', 'writing')})"


def _words(doing: str) -> dict[str, Any]:
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return {"pid": os.getpid(), "host": socket.gethostname(), "since": now, "doing": doing}
