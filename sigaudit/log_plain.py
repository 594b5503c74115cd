"""The SQL of cells written as most logs write them, read in one step.

A plain row has only such cells and empty ones; it goes from the file into its table. Rows that are
not plain go the longer way of log_checks, which reads more forms and says what is wrong. Where a
cell is plain, both give the same value.
"""

from collections.abc import Callable

from sigaudit.log_checks import (
    EMPTY,
    LONGEST_TEXT,
    iccid_value,
    international,
    quoted,
    word_of,
)
from sigaudit.log_columns import LogColumn
from sigaudit.network import Log

TIME = r"(199\d|20\d\d)-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d{1,6})?"


def plain(cell: str, column: LogColumn, mapping: Log | None) -> str:
    """The SQL of a cell's value, NULL where the cell is not plain."""
    translated = mapping.values.get(column.name, {}) if mapping else {}
    if column.form == "choice":
        return choice(cell, column, translated)
    expression = PLAIN[column.form](cell, mapping)
    if not translated:
        return expression
    given = ", ".join(quoted(text.strip().lower()) for text in translated)
    return f"case when lower({cell}) not in ({given}) then {expression} end"


def choice(cell: str, column: LogColumn, translated: dict[str, str]) -> str:
    """A word from the list as it stands there, or one that the [[log]] table makes one of them."""
    folded = {given.strip().lower(): word_of(meant) for given, meant in translated.items()}
    words = {word: folded.get(word, word) for word in column.choices}
    words |= {given: folded[given.strip().lower()] for given in translated}
    known = {text: word for text, word in words.items() if word in column.choices}
    same = [quoted(text) for text, word in known.items() if text == word]
    others = "".join(
        f" when {quoted(text)} then {quoted(word)}" for text, word in known.items() if text != word
    )
    rest = f"case {cell}{others} end" if others else "null"
    return f"case when {cell} in ({', '.join(same)}) then {cell} else {rest} end" if same else rest


def matching(pattern: str) -> Callable[[str, Log | None], str]:
    """Cells that are of a form and mean what they say."""
    return lambda cell, mapping: f"case when regexp_full_match({cell}, '{pattern}') then {cell} end"


def text(cell: str, mapping: Log | None) -> str:
    """Printable ASCII without blanks around it that does not say that there is nothing."""
    empty = ", ".join(quoted(word) for word in EMPTY)
    return (
        f"case when regexp_full_match({cell}, '[!-~]+( +[!-~]+)*') and length({cell}) <= "
        f"{LONGEST_TEXT} and lower({cell}) not in ({empty}) then {cell} end"
    )


def time(cell: str, mapping: Log | None) -> str:
    """ISO 8601 in UTC, or without offset where the zone is known."""
    if mapping and mapping.time_format:
        return "null::timestamp"
    zulu = f"when regexp_full_match({cell}, '{TIME}Z') then try_cast({cell} as timestamp)"
    if not (mapping and mapping.timezone):
        return f"case {zulu} end"
    local = in_utc(f"try_cast({cell} as timestamp)", mapping)
    return f"case {zulu} when regexp_full_match({cell}, '{TIME}') then {local} end"


def in_utc(local: str, mapping: Log | None) -> str:
    """The SQL of a time without offset in UTC, NULL where the zone is not known."""
    zone = mapping.timezone if mapping else None
    return f"timezone('UTC', timezone({quoted(zone)}, {local}))" if zone else "null::timestamp"


def translates_nothing(column: LogColumn, mapping: Log | None) -> bool:
    """Whether the [[log]] table gives an empty cell a meaning."""
    given = mapping.values.get(column.name, {}) if mapping else {}
    return any(text.strip() == "" for text in given)


def msisdn(cell: str, mapping: Log | None) -> str:
    if mapping and mapping.country_code:
        number = international(cell, mapping.country_code)
        return (
            f"case when regexp_full_match({cell}, '0?[1-9][0-9]{{4,13}}') and "
            f"regexp_full_match({number}, '[1-9][0-9]{{4,14}}') then {number} end"
        )
    return f"regexp_extract({cell}, '^[+]?([1-9][0-9]{{4,14}})$', 1)"


def amount(cell: str, mapping: Log | None) -> str:
    decimal = f"regexp_full_match({cell}, '[0-9]+([.][0-9]+)?')"
    return f"case when {decimal} then try_cast({cell} as decimal(18, 2)) end"


def iccid(cell: str, mapping: Log | None) -> str:
    return f"case when right({cell}, 1) <> 'F' then {iccid_value(cell, NOTHING, mapping)} end"


NOTHING = LogColumn("", "")
PLAIN: dict[str, Callable[[str, Log | None], str]] = {
    "text": text,
    "time": time,
    "msisdn": lambda cell, mapping: f"nullif({msisdn(cell, mapping)}, '')",
    "imsi": matching("[0-9]{6,15}"),
    "imei": matching("[0-9]{14,16}"),
    "iccid": iccid,
    "amount": amount,
    "currency": matching("[A-Z]{3}"),
}
