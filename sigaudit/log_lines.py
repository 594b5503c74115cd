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
from sigaudit.network import Log

LONGEST_LINE = 1_000_000  # characters; a longer one is a problem
LONGEST_RECORD = 100  # lines that a quoted cell may reach over
BLOCK = 64_000_000  # characters read at a time
REPLACED = "\ufffd"  # what stands in place of bytes that are not of the encoding
BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

LINES = f"""
create or replace temp table log_line as
select line, if(fault is null, text, null) as text, fault
from (
  select line, text, case
    when length(text) > {LONGEST_LINE} then 'longer than {LONGEST_LINE} characters'
    when contains(text, '{REPLACED}') then $not_read
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


def encoding_of(path: Path, mapping: Log | None) -> str:
    """How the file's text is written: by its first bytes, else the [[log]] table, else UTF-8."""
    with path.open("rb") as file:
        start = file.read(3)
    if start[:2] in BOMS:
        return "utf-16"
    if start == codecs.BOM_UTF8 or not (mapping and mapping.encoding):
        return "utf-8-sig"
    return mapping.encoding


def open_text(path: Path, mapping: Log | None, part: Part = WHOLE) -> TextIO:
    """The file as text with \\n between lines; what is not of its encoding is REPLACED."""
    file = path.open("rb", buffering=0)
    file.seek(part.first)
    stream: Any = BufferedReader(Closing(file, part.end - part.first))
    return TextIOWrapper(stream, encoding=encoding_of(path, mapping), errors="replace")


class Closing(Beginning):
    """The beginning of a file that is closed with it."""

    def close(self) -> None:
        """Close the file."""
        self._stream.close()
        super().close()


def beginning_of(path: Path, mapping: Log | None) -> str:
    """The first lines, as many as the longest line allowed has characters."""
    with open_text(path, mapping) as file:
        return file.read(LONGEST_LINE)


def pieces_of(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    mapping: Log | None,
    part: Part,
    quotes: bool,
) -> Iterator[int]:
    """Fill log_line with some lines after the other; the number of its lines each time.

    Lines count from 1 and end in \\n, \\r\\n or \\r. With `quotes`, lines that a quoted cell
    reaches over stay together.
    """
    encoding = encoding_of(path, mapping).removesuffix("-sig").upper()
    remedy = (
        ""
        if mapping and mapping.encoding
        else "; save the log as UTF-8, or give encoding in a [[log]] table"
    )
    not_read = f"not in {encoding}{remedy}"
    with open_text(path, mapping, part) as file:
        first = part.line
        for block in blocks(file, quotes):
            asked = {"first": first, "block": block, "not_read": not_read}
            [(lines,)] = connection.execute(LINES, asked).fetchall()
            yield lines
            first += block.count("\n") + 1


def blocks(file: TextIO, quotes: bool = False) -> Iterator[str]:
    """Whole lines, joined by \\n, in bounded pieces; of a line that is far too long, the start."""
    rest = ""
    while block := file.read(BLOCK):
        lines, newline, rest = (rest + block).rpartition("\n")
        rest = rest[: LONGEST_LINE + 1]
        if not newline:
            continue
        start = unfinished(lines) if quotes and '"' in lines else None
        if start is not None:
            rest = lines[start:] + newline + rest
        if start != 0:
            yield lines if start is None else lines[: start - 1]
    yield rest


def unfinished(lines: str) -> int | None:
    """Where the last lines begin that a quoted cell may reach over from, if there are such.

    A line with an odd number of quotes opens such a cell or ends it, if it is near.
    """
    opened: int | None = None
    number = start = place = 0
    for number, line in enumerate(lines.split("\n")):
        if line.count('"') % 2:
            near = opened is not None and number - opened <= LONGEST_RECORD
            opened, place = (None, 0) if near else (number, start)
        start += len(line) + 1
    return place if opened is not None and number - opened <= LONGEST_RECORD else None
