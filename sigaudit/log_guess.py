"""What the columns of a log that nobody described may be: by their names, and by what is in them.

A guess is a start for a [[log]] table, which a person looks at. It is never used unasked.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources import files

import phonenumbers

from sigaudit.log_checks import EMPTY, ISO_8601, LONGEST_TEXT, word_of
from sigaudit.log_columns import COLUMNS, MARKS, LogColumn, folded
from sigaudit.network_parties import Operator

# Names of columns and words in them that operators' systems have, by the documented ones.
_FOUND = tomllib.loads((files("sigaudit") / "log_words.toml").read_text("utf-8"))
NAMES: dict[str, list[str]] = _FOUND["names"]
WORDS: dict[str, list[str]] = _FOUND["words"]
FORMATS = (
    "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M",
    "%d-%m-%Y %H:%M:%S", "%d-%m-%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M",
    "%Y/%m/%d %H:%M:%S", "%d-%b-%Y %H:%M:%S",
    "%d-%b-%y %H.%M.%S", "%d-%b-%y %H:%M:%S", "%d %b %Y %H:%M:%S", "%m/%d/%Y %I:%M:%S %p",
    "%d/%m/%Y %I:%M:%S %p", "%Y%m%d%H%M%S",
)  # fmt: skip
EPOCHS = {"epoch_seconds": r"[12]\d{9}", "epoch_milliseconds": r"[12]\d{12}"}
MOST_WORDS = 50  # different ones of a column
FITTING = 0.8  # of the cells that say something


@dataclass
class Guess:
    """What a log may be: its kind, its name for each column, and what a [[log]] table must add."""

    kind: str
    columns: dict[str, str]  # documented name, the file's
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    unknown_words: dict[str, list[str]] = field(default_factory=dict)
    time_format: str | None = None
    day_or_month: bool = False  # whether the other of the two may come first
    needs_timezone: bool = False
    country_code: str | None = None
    needs_country_code: bool = False


def guess(
    cells: dict[str, list[str]], kind: str | None = None, operator: Operator | None = None
) -> Guess:
    """The likeliest reading of a log, by some cells of each column; of this kind, if given."""
    filled = {
        name: [cell for cell in map(str.strip, column) if cell.lower() not in EMPTY]
        for name, column in cells.items()
    }
    found = {known: matched(known, filled) for known in ([kind] if kind else COLUMNS)}
    likeliest = max(found, key=lambda it: (marks_met(it, found[it]), len(found[it])))
    made = Guess(likeliest, found[likeliest])
    forms = {column.name: column for column in COLUMNS[likeliest]}
    times: list[str] = []
    for name, there in made.columns.items():
        add_words(made, forms[name], filled[there])
        times += filled[there] if forms[name].form == "time" else []
    made.time_format = time_format(times)
    made.day_or_month = swappable(times, made.time_format)
    made.needs_timezone = lacks_offset(times, made.time_format)
    numbers = filled.get(made.columns.get("msisdn", ""), [])
    made.needs_country_code, made.country_code = national(numbers, operator)
    return made


def marks_met(kind: str, columns: dict[str, str]) -> int:
    return sum(1 for mark in MARKS[kind] if mark & columns.keys())


def matched(kind: str, cells: dict[str, list[str]]) -> dict[str, str]:
    """Which column is which, the surest first; each once."""
    scores = sorted(
        ((score(column, name, column_cells), -place, column.name, name)
        for column in COLUMNS[kind]
        for place, (name, column_cells) in enumerate(cells.items())),
        reverse=True,
    )  # fmt: skip
    columns: dict[str, str] = {}
    for points, _, column_name, name in scores:
        if points > 0 and column_name not in columns and name not in columns.values():
            columns[column_name] = name
    return {column.name: columns[column.name] for column in COLUMNS[kind] if column.name in columns}


def score(column: LogColumn, name: str, cells: list[str]) -> float:
    """How well a column of the file fits: more than 0 if it may be it."""
    if folded(name) == column.name:
        return 9.0
    named = likeness(column, name)
    if not cells:
        return named
    share = sum(map(FITS[column.form](column), cells)) / len(cells)
    if share < FITTING:
        return named - 1 if column.form == "choice" and named >= 2 else 0.0
    return named + share if named or column.form in SURE else 0.0


def likeness(column: LogColumn, name: str) -> float:
    """3 and less for a name that is known, the likelier the more; 1.5 for one that holds such."""
    plain, known = re.sub(r"[^a-z0-9]", "", folded(name)), NAMES[column.name]
    if plain in known:
        return 3.0 - known.index(plain) / 50
    return 1.5 if any(len(word) > 3 and word in plain for word in known[:4]) else 0.0


def add_words(made: Guess, column: LogColumn, cells: list[str]) -> None:
    """Translations of the words that a column of words has and the documentation has not."""
    if column.form != "choice":
        return
    met = [word for word, _ in Counter(cells).most_common(MOST_WORDS)]
    for word in (word for word in met if word_of(word) not in column.choices):
        meant = next((c for c in column.choices if word_of(word) in WORDS.get(c, [])), None)
        if meant:
            made.values.setdefault(column.name, {})[word] = meant
        else:
            made.unknown_words.setdefault(column.name, []).append(word)


def time_format(cells: list[str]) -> str | None:
    """The format that most times have, None where they are ISO 8601 or nothing known."""
    if not cells or share_of(cells, is_iso) >= FITTING:
        return None
    shares = {name: share_of(cells, matches(form)) for name, form in EPOCHS.items()}
    shares |= {form: share_of(cells, in_format(form)) for form in FORMATS}
    best = max(shares.values())
    return next(form for form in shares if shares[form] == best) if best >= FITTING else None


def swappable(cells: list[str], written: str | None) -> bool:
    """Whether times may as well have the month before the day."""
    if not written or not written.startswith(("%d/%m", "%m/%d")):
        return False
    other = f"{written[3:5]}/{written[:2]}{written[5:]}"
    return share_of(cells, in_format(other)) == share_of(cells, in_format(written))


def lacks_offset(cells: list[str], written: str | None) -> bool:
    if written:
        return written not in EPOCHS and "%z" not in written
    offset = re.compile(r"([Zz]|[+-]\d\d(:?\d\d)?)$")
    return any(is_iso(cell) and not offset.search(cell[10:]) for cell in cells)


def national(cells: list[str], operator: Operator | None) -> tuple[bool, str | None]:
    """Whether numbers are in national form, and the code of the operator's country."""
    digits = [re.sub(r"[ \u00a0().-]", "", cell) for cell in cells]
    code = str(phonenumbers.country_code_for_region(operator.country)) if operator else None
    local = any(re.fullmatch("0[1-9][0-9]{4,}", number) for number in digits)
    if code and not local:
        bare = [number for number in digits if re.fullmatch("[1-9][0-9]{4,9}", number)]
        local = any(not number.startswith(code) for number in bare)
    return local, code


def share_of(cells: list[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, cells)) / len(cells)


def is_iso(cell: str) -> bool:
    return bool(re.match(ISO_8601, cell))


def is_time(cell: str) -> bool:
    if is_iso(cell) or any(re.fullmatch(form, cell) for form in EPOCHS.values()):
        return True
    return any(in_format(form)(cell) for form in FORMATS)


def matches(form: str) -> Callable[[str], bool]:
    return lambda cell: bool(re.fullmatch(form, cell))


def in_format(form: str) -> Callable[[str], bool]:
    def parses(cell: str) -> bool:
        try:
            return 1990 <= datetime.strptime(cell, form).year <= 2099
        except ValueError:
            return False

    return parses


def pattern(form: str) -> Callable[[LogColumn], Callable[[str], bool]]:
    compiled = re.compile(form)
    return lambda column: lambda cell: bool(compiled.fullmatch(re.sub(r"[ \u00a0().-]", "", cell)))


def words(column: LogColumn) -> Callable[[str], bool]:
    known: set[str] = set(column.choices)
    for choice in column.choices:
        known.update(WORDS.get(choice, []))
    return lambda cell: word_of(cell) in known


FITS: dict[str, Callable[[LogColumn], Callable[[str], bool]]] = {
    "text": lambda column: lambda cell: len(cell) <= LONGEST_TEXT,
    "choice": words,
    "time": lambda column: is_time,
    "msisdn": pattern(r"\+?[0-9]{7,15}"),
    "imsi": pattern(r"[2-7][0-9]{13,14}"),
    "imei": pattern(r"[0-9]{14,16}"),
    "iccid": pattern(r"(?i)89[0-9A-F]{16,20}"),
    "amount": lambda column: lambda cell: bool(re.fullmatch(r"[+-]?\d+([.,]\d+)?", cell)),
    "currency": pattern(r"[A-Za-z]{3}"),
}
SURE = ("iccid",)  # what no other column looks like


def masked(cells: Iterable[str], words: bool, most: int = 2) -> list[str]:
    """Some different shapes of cells: digits as #, letters as x unless they are `words`."""
    shapes = ("".join(mask(sign, words) for sign in cell.strip()[:24]) for cell in cells)
    return list(dict.fromkeys(filter(None, shapes)))[:most]


def mask(sign: str, words: bool) -> str:
    if sign.isdigit():
        return "#"
    if not sign.isprintable():
        return "?"
    return "x" if sign.isalpha() and not words else sign
