"""Logs that grow: which known log a file begins with, and from where on it is new.

Only lines that were added are read. Where a record may reach over the seam (the known part ends
within a line, or with a quote that is open) or the file is of a kind that is not added to (Parquet,
UTF-16), the whole file is read in place of its shorter self.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from sigaudit.input_rows import beginnings, has_size
from sigaudit.inputs import Candidate
from sigaudit.log_lines import LONGEST_LINE, LONGEST_RECORD, encoding_of
from sigaudit.log_parquet import is_parquet
from sigaudit.network import Log


@dataclass(frozen=True)
class Known:
    """A log that is in the database, which a file begins with."""

    input_id: int
    octets: int
    kind: str
    reading: str | None


def shorter_self(connection: duckdb.DuckDBPyConnection, candidate: Candidate) -> Known | None:
    """The longest known log that has grown into this file: one that is not where it was.

    A copy that is still there is another log.
    """
    rows = connection.execute(
        "select input_id, bytes, kind, reading, path, sha256 from input"
        " where kind <> 'capture' and bytes < ? and bytes > 0 order by bytes desc",
        [candidate.size],
    ).fetchall()
    gone = [row for row in rows if not has_size(Path(row[4]), row[1])]
    digests = beginnings(candidate.path, {row[1] for row in gone})
    return next((Known(*row[:4]) for row in gone if digests[row[1]] == row[5]), None)


def has_lines(path: Path, mapping: Log | None) -> bool:
    """Whether each octet 10 of the file ends a line."""
    return not is_parquet(path) and not encoding_of(path, mapping).startswith("utf-16")


def lines_before(path: Path, octets: int, mapping: Log | None) -> int | None:
    """How many lines the known part has, if nothing reaches over its end; else None."""
    if not has_lines(path, mapping):
        return None
    lines, tail, last = 0, b"", b""
    with path.open("rb") as file:
        while octets and (block := file.read(min(octets, 1 << 20))):
            octets -= len(block)
            if b"\r" in block.replace(b"\r\n", b"").removesuffix(b"\r"):
                return None  # old line ends: rare enough to be read anew
            lines += block.count(b"\n")
            tail, last = (tail + block)[-LONGEST_LINE:], block
    whole = last.endswith(b"\n")
    ends = tail.splitlines()[-LONGEST_RECORD:]
    return lines if whole and not any(line.count(b'"') % 2 for line in ends) else None
