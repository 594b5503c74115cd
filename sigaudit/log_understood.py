"""What is understood of a log, column by column, and a [[log]] table to start from.

`sigaudit logs check` prints it. Nothing of the log is kept: it is read into a database that is
thrown away.
"""

import codecs
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb

from sigaudit import log_csv, log_guess, log_jsonl, log_lines, log_parquet, logs, store
from sigaudit.log_checks import identifier
from sigaudit.log_columns import COLUMNS, MARKS, places, printable
from sigaudit.log_piece import TABLES
from sigaudit.network import Encoding, Log, Network

SAMPLE = 2_000  # rows that guesses go by
WORDY = ("choice", "time", "currency")  # forms whose letters say nothing of a person
MOST_REASONS = 20
REASONS = """
select
  regexp_replace(regexp_replace(reason, ', found .*', ''), 'line \\d+', 'an earlier line') as what,
  count(*), min(line)
from problem group by what order by count(*) desc, what
"""


@dataclass(frozen=True)
class Column:
    """A column of the file: what it is read as, in how many rows it says something, its shapes."""

    name: str
    read_as: str | None
    filled: int | None
    samples: list[str]


@dataclass(frozen=True)
class Reading:
    """What became of the rows with a [[log]] table, or with none."""

    read: int
    refused: int
    reasons: list[tuple[str, int, int]]  # what, rows, the first one's line
    columns: list[Column]


@dataclass(frozen=True)
class Understood:
    """All that `logs check` says."""

    form: str
    kind: str | None  # told from the file as network.toml describes it
    reading: Reading | None  # as it would be read now
    suggested: Log | None  # what to put into network.toml, where something is to be put there
    with_suggestion: Reading | None
    lacking: list[str]  # columns that the file cannot do without, and has not
    remarks: list[str]


def understood(path: Path, network: Network | None, mapping: Log | None) -> Understood:
    """Look at a log as it is described, and as it might be described better.

    `mapping` is the [[log]] table of `network` for the file. Raises SigauditError and OSError for a
    file that cannot be read.
    """
    encoded = mapping or Log(match=path.name, encoding=guessed_encoding(path))
    cells = sample(path, encoded)
    kind = logs.recognise(path, mapping)
    operator = network.operator if network else None
    guess = log_guess.guess(cells, kind or encoded.kind, operator)
    suggested = suggestion(path, encoded, guess, network)
    lacking = [" or ".join(sorted(mark)) for mark in MARKS[guess.kind]
               if kind is None and not mark & guess.columns.keys()]  # fmt: skip
    now = reading(path, kind, mapping, cells) if kind else None
    better = None
    if not lacking and suggested != (mapping or Log(match=path.name)) and (not now or now.refused):
        better = reading(path, guess.kind, suggested, cells)
    helps = better is not None and (now is None or better.read > now.read)
    return Understood(
        form_of(path, encoded),
        kind,
        now,
        suggested if helps else None,
        better if helps else None,
        lacking,
        remarks(guess, suggested),
    )


def guessed_encoding(path: Path) -> Encoding | None:
    """An encoding that text is in which is not UTF-8; None where it is, or is Parquet."""
    if log_parquet.is_parquet(path) or log_lines.encoding_of(path, None) == "utf-16":
        return None
    with path.open("rb") as file:
        start = file.read(log_lines.LONGEST_LINE)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return "cp1252"
    odd, even = start[1:2000:2].count(0), start[:2000:2].count(0)
    if odd > 500 or even > 500:
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def form_of(path: Path, mapping: Log) -> str:
    """How the file is written, for people."""
    if log_parquet.is_parquet(path):
        return "Parquet"
    encoding = log_lines.encoding_of(path, mapping).removesuffix("-sig").upper()
    beginning = log_lines.beginning_of(path, mapping)
    if log_jsonl.names_of(beginning):
        return f"JSON Lines, {encoding}"
    delimiter = log_csv.header(beginning, mapping).delimiter
    return f"CSV with {'tabs' if delimiter == chr(9) else delimiter} between cells, {encoding}"


def sample(path: Path, mapping: Log) -> dict[str, list[str]]:
    """Some cells of each column as text."""
    if log_parquet.is_parquet(path):
        return sample_of_parquet(path)
    beginning = log_lines.beginning_of(path, mapping)
    names = log_jsonl.names_of(beginning)
    lines = beginning.split("\n")
    if names:
        objects = map(log_jsonl.object_of, lines[:SAMPLE])
        rows = [{name: text_of(cell) for name, cell in it.items()} for it in objects]
    else:
        head = log_csv.header(beginning, mapping)
        names = head.names
        records = (log_csv.cells_of(line, head.delimiter)
                   for line in lines[head.line : head.line + SAMPLE])  # fmt: skip
        rows = [dict(zip(names, cells, strict=False)) for cells in records]
    return {name: [row[name] for row in rows if name in row] for name in names}


def sample_of_parquet(path: Path) -> dict[str, list[str]]:
    with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as connection:
        connection.execute("set timezone = 'UTC'")
        types = log_parquet.columns_of(connection, path)
        names = [name for name in types if name != "file_row_number"]
        texts = ", ".join(log_parquet.as_text(name, types) for name in names)
        try:
            rows = connection.execute(
                f"select {texts} from {log_parquet.source(path)} limit {SAMPLE}"
            ).fetchall()
        except duckdb.Error as error:
            raise log_parquet.unreadable(path, error) from error
    return {
        name: [row[place] for row in rows if row[place] is not None]
        for place, name in enumerate(names)
    }


def text_of(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)


def suggestion(path: Path, mapping: Log, guess: log_guess.Guess, network: Network | None) -> Log:
    """The [[log]] table that a guess makes of what is there already, which goes before it."""
    zone = network.operator.timezone if network else None
    others = {name: there for name, there in guess.columns.items() if there.strip().lower() != name}
    return Log(
        match=mapping.match,
        kind=mapping.kind or guess.kind,  # type: ignore[arg-type]
        columns=others | mapping.columns,
        values={
            name: guess.values.get(name, {}) | mapping.values.get(name, {})
            for name in sorted(guess.values.keys() | mapping.values.keys())
        },
        timezone=mapping.timezone or (zone if guess.needs_timezone else None),
        country_code=mapping.country_code
        or (guess.country_code if guess.needs_country_code else None),
        encoding=mapping.encoding,
        time_format=mapping.time_format or guess.time_format,
    )


def remarks(guess: log_guess.Guess, suggested: Log) -> list[str]:
    """What a person has to add, or to look at."""
    said = []
    if guess.needs_timezone and not suggested.timezone:
        said.append("times have no offset: give timezone, or operator.timezone with --network")
    if guess.needs_country_code and not suggested.country_code:
        said.append("numbers are in national form: give country_code, or --network")
    if guess.day_or_month and suggested.time_format == guess.time_format:
        said.append("times may have the day or the month first: look at time_format")
    for name, strange in guess.unknown_words.items():
        words = ", ".join(printable(word) for word in strange[:10])
        said.append(f"{name}: add a meaning in values for: {words}")
    return said


def reading(
    path: Path, kind: str | None, mapping: Log | None, cells: dict[str, list[str]]
) -> Reading | None:
    """What becomes of the log's rows with this [[log]] table; None where it is no log with it."""
    kind = kind or logs.recognise(path, mapping)
    if kind is None:
        return None
    with tempfile.TemporaryDirectory() as folder, store.connected(Path(folder) / "log") as database:
        database.execute("begin")
        loaded = logs.load(database, path, 1, kind, mapping)
        reasons = database.execute(REASONS).fetchall()
        refused = sum(count for _, count, _ in reasons)
        return Reading(
            loaded.items - refused, refused, reasons, columns(database, kind, mapping, cells)
        )


def columns(
    database: duckdb.DuckDBPyConnection,
    kind: str,
    mapping: Log | None,
    cells: dict[str, list[str]],
) -> list[Column]:
    """The file's columns in their order."""
    names = list(cells)
    read_as = {place: name for name, where in places(names, kind, mapping).items()
               for place in where}  # fmt: skip
    counts = ", ".join(f"count({identifier(column.name)})" for column in COLUMNS[kind])
    [filled] = database.execute(f"select {counts} from {TABLES[kind]}").fetchall()
    forms = {column.name: (column.form, count)
             for column, count in zip(COLUMNS[kind], filled, strict=True)}  # fmt: skip
    return [
        Column(
            printable(name),
            read_as.get(place),
            forms[read_as[place]][1] if place in read_as else None,
            log_guess.masked(cells[name], place in read_as and forms[read_as[place]][0] in WORDY),
        )
        for place, name in enumerate(names)
    ]


def toml(log: Log) -> str:
    """A [[log]] table as one writes it."""
    lines = ["[[log]]", f"match = {quoted(log.match)}"]
    for key in ("kind", "encoding", "timezone", "time_format", "country_code"):
        value = getattr(log, key)
        if value is not None:
            lines.append(f"{key} = {quoted(value)}")
    tables = {"log.columns": log.columns} | {
        f"log.values.{name}": values for name, values in log.values.items()
    }
    for name, table in tables.items():
        if table:
            lines += ["", f"[{name}]"]
            lines += [f"{key_of(key)} = {quoted(value)}" for key, value in table.items()]
    return "\n".join(lines)


def key_of(key: str) -> str:
    bare = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if bare else quoted(key)


def quoted(text: str) -> str:
    """A basic string of TOML."""
    return '"' + "".join(map(escaped, text)) + '"'


def escaped(sign: str) -> str:
    if sign in '"\\':
        return "\\" + sign
    return sign if sign.isprintable() else f"\\U{ord(sign):08x}"
