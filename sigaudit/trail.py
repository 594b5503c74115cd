"""The audit trail: a line of JSON for each run, prune and export, beside the database."""

import getpass
import json
import os
import socket
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

FILE = "trail.jsonl"


def note(database: Path, did: str, **what: object) -> None:
    """Add a line: when, what, who asked. Where it cannot be written, the work is not held up."""
    line = {"at": now(), "did": did, "who": who(), "pid": os.getpid(), **what}
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
    with suppress(OSError):
        descriptor = os.open(database.with_name(FILE), flags, 0o600)
        try:
            os.write(descriptor, (json.dumps(line) + "\n").encode())
        finally:
            os.close(descriptor)


def note_export(database: Path, what: str, out: Path, pseudonymised: bool) -> None:
    """Add a line: something of the database was written to a file of its own."""
    place = os.fsencode(out.absolute()).decode("utf-8", "backslashreplace")
    note(database, "export", what=what, to=place, pseudonymised=pseudonymised)


def who() -> str:
    """The user, and the one behind sudo."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = str(os.getuid())
    behind = os.environ.get("SUDO_USER")
    return f"{user}@{socket.gethostname()}" + (f" for {behind}" if behind else "")


def now() -> str:
    """The time, ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
