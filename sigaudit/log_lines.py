"""From a text file to the temporary table log_line(line, text, fault): its lines, blank ones out.

DuckDB's own CSV reader is not used: it drops all that follows an unclosed quote without a word,
refuses a file of mixed line ends, and counts records where a person counts lines.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader, TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

import duckdb

from sigaudit.inputs import Beginning

LONGEST_LINE = 1_000_000  # characters; a longer one is a problem
BLOCK = 4_000_000  # characters read at a time
REPLACED = "\ufffd"  # what stands in place of bytes that are not of the encoding

LINES = f"""
insert into log_line
select line, if(fault is null, text, null), fault
from (
  select line, text, case
    when length(text) > {LONGEST_LINE} then 'longer than {LONGEST_LINE} characters'
    when contains(text, '{REPLACED}') then 'not in UTF-8; save the log as UTF-8'
  end as fault
  from (
    select $first + generate_subscripts(lines, 1) - 1 as line, unnest(lines) as text
    from (select string_split($block, chr(10)) as lines)
  )
  where regexp_matches(text, '\\S')
)
"""


@dataclass(frozen=True)
class Part:
    """Which lines of a log are read: from octet `first`, line `line` on, up to octet `end`."""

    first: int = 0
    line: int = 1
    end: int = 1 << 62


WHOLE = Part()


def open_text(path: Path, part: Part = WHOLE) -> TextIO:
    """The file as text with \\n between lines; UTF-16 if it says so in its first bytes."""
    file = path.open("rb", buffering=0)
    utf_16 = file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    file.seek(part.first)
    stream: Any = BufferedReader(Closing(file, part.end - part.first))
    return TextIOWrapper(stream, encoding="utf-16" if utf_16 else "utf-8-sig", errors="replace")


class Closing(Beginning):
    """The beginning of a file that is closed with it."""

    def close(self) -> None:
        """Close the file."""
        self._stream.close()
        super().close()


def beginning_of(path: Path) -> str:
    """The first lines, as many as the longest line allowed has characters."""
    with open_text(path) as file:
        return file.read(LONGEST_LINE)


def read_lines(connection: duckdb.DuckDBPyConnection, path: Path, part: Part = WHOLE) -> None:
    """Fill log_line. Lines count from 1 and end in \\n, \\r\\n or \\r."""
    connection.execute(
        "create or replace temp table log_line (line bigint, text varchar, fault varchar)"
    )
    with open_text(path, part) as file:
        first = part.line
        for block in blocks(file):
            connection.execute(LINES, {"first": first, "block": block})
            first += block.count("\n") + 1


def blocks(file: TextIO) -> Iterator[str]:
    """Whole lines, joined by \\n, in bounded pieces; of a line that is far too long, the start."""
    rest = ""
    while block := file.read(BLOCK):
        lines, newline, rest = (rest + block).rpartition("\n")
        rest = rest[: LONGEST_LINE + 1]
        if newline:
            yield lines
    yield rest
