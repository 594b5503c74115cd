"""The table of fields as the walker follows it: rows of small integers, without a name.

A row is a node, with the columns named below. The children of a node are consecutive rows, in the
order of the specification. tags.py resolves the names; as that takes longer than to read a small
capture, what it gave is kept beside the compiled Python files, for as long as neither the names
nor pycrate's specifications change.
"""

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

TAG, FIRST_CHILD, CHILDREN, DECODER, COLUMN, FLAG_BITS, HIGH_FLAG_BITS = range(7)
LOW_FLAGS = 30  # flags that have their bits in FLAG_BITS
MANY = 1 << 30  # in FLAG_BITS: the children may repeat, in any order (SEQUENCE OF, SET)
OPERATIONS = 256  # the first rows: one for each operation, part and version; then CAP's likewise
ERROR_ROWS = OPERATIONS * 4  # MAP's errors: the second of an error's two rows is for older versions
CAP_ROWS = OPERATIONS * 8

SOURCES = ("fields.py", "map_fields.py", "cap_fields.py", "tags.py", "field_table.py")
SPECIFICATIONS = ("pycrate_asn1dir.TCAP_MAPv2v3", "pycrate_asn1dir.TCAP_CAP")


def root_row(opcode: int, part: int, old: int) -> int:
    """The row of an operation's argument (part 0) or result (1), version 3 or older."""
    return (opcode * 2 + part) * 2 + old


def error_row(code: int, old: int) -> int:
    """The row of an error's parameter, version 3 or older."""
    return ERROR_ROWS + code * 2 + old


@cache
def field_rows(with_cap: bool = False) -> NDArray[np.int32]:
    """The rows for MAP, and for CAP where it is wanted."""
    return _kept("map_and_cap" if with_cap else "map", lambda: _resolved(with_cap))


def _resolved(with_cap: bool) -> NDArray[np.int32]:
    from dissectors.tags import compile_fields

    return compile_fields(with_cap)


def _kept(name: str, resolve: Callable[[], NDArray[np.int32]]) -> NDArray[np.int32]:
    folder = Path(__file__).with_name("__pycache__")
    path = folder / f"fields_{name}.{_version()}.npy"
    with suppress(OSError, ValueError, EOFError):
        return np.asarray(np.load(path, allow_pickle=False), np.int32)
    rows = resolve()
    with suppress(OSError):  # a folder that cannot be written: resolved again next time
        folder.mkdir(exist_ok=True)
        for old in folder.glob(f"fields_{name}.*.npy"):
            old.unlink()
        part = path.with_suffix(f".{os.getpid()}.npy")
        np.save(part, rows)
        part.replace(path)
    return rows


def _version() -> str:
    """Changes when the names, the way they are resolved, or the specifications do."""
    digest = hashlib.sha256(np.__version__.encode())
    for source in SOURCES:
        digest.update(Path(__file__).with_name(source).read_bytes())
    for module in SPECIFICATIONS:
        found = find_spec(module)
        if found and found.origin:
            state = Path(found.origin).stat()
            digest.update(f"{found.origin} {state.st_size} {state.st_mtime_ns}".encode())
    return digest.hexdigest()[:16]
