"""The SQL that turns a log's text into values, or into the reason why it cannot be read.

Every form has an expression that gives the value, NULL where the text is not of that form, and the
words for what was expected. Reasons never quote digits, so no subscriber's number gets into them.
"""

from collections.abc import Callable
from dataclasses import dataclass

import phonenumbers

from sigaudit.errors import UsageError
from sigaudit.log_columns import LogColumn
from sigaudit.network import Log

LONGEST_TEXT = 200
EMPTY = ("", "null", "\\n")  # \N is what databases write

# Digits that there may be, so that nothing overflows, and the microseconds of the unit.
EPOCHS = {"epoch_seconds": (11, 1_000_000), "epoch_milliseconds": (14, 1_000)}

ISO_8601 = (
    r"^(199\d|20\d\d)-?(\d\d)-?(\d\d)[Tt ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?"
    r" ?(?:([Zz])|([+-])([01]\d):?([0-5]\d)?)?$"
)
ISO_8601_GROUPS = (
    "['year', 'month', 'day', 'hour', 'minute', 'second', 'fraction',"
    " 'zulu', 'sign', 'hours', 'minutes']"
)


@dataclass(frozen=True)
class Form:
    """How cells of one form are read.

    `prepared` is the SQL of a raw cell made ready for `value`, `value` that of the prepared
    cell's value, NULL where it is not of the form; reasons show the cell if `shown`.
    """

    expected: Callable[[LogColumn, Log | None], str]
    value: Callable[[str, LogColumn, Log | None], str]
    prepared: Callable[[str], str] = str
    shown: bool = False


def quoted(text: str) -> str:
    """`text` as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """`name` as an SQL name, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def raw(cell: str, column: LogColumn, mapping: Log | None) -> str:
    """The SQL of a cell without blanks around it, translated, NULL where it says nothing."""
    text = f"trim({cell}, concat(' ', chr(9), chr(10), chr(13), chr(160)))"
    values = dict.fromkeys(EMPTY, "") | (mapping.values.get(column.name, {}) if mapping else {})
    cases = " ".join(
        f"when {quoted(given.strip().lower())} then nullif({quoted(meant)}, '')"
        for given, meant in values.items()
    )
    if column.form == "time":
        text = iso(text, mapping)
    return f"case lower({text}) {cases} else {text} end"


def iso(text: str, mapping: Log | None) -> str:
    """The SQL of a time in ISO 8601, where it has the format of the [[log]] table."""
    written = mapping.time_format if mapping else None
    if written is None:
        return text
    if written in EPOCHS:
        digits, microseconds = EPOCHS[written]
        count = f"if(regexp_full_match({text}, '[0-9]{{1,{digits}}}'), {text}, null)"
        moment, zone = f"make_timestamp({count}::bigint * {microseconds})", "Z"
    else:
        moment = f"try_strptime({text}, {quoted(written)})"
        zone = "Z" if "%z" in written else ""
    return f"coalesce(strftime({moment}::timestamp, '%Y-%m-%dT%H:%M:%S.%f') || '{zone}', {text})"


def prepared(column: LogColumn) -> str:
    return FORMS[column.form].prepared(f"raw.{column.name}")


def value(column: LogColumn, mapping: Log | None) -> str:
    """The SQL of a column's value, where struct `prepared` has its prepared cell."""
    return FORMS[column.form].value(f"prepared.{column.name}", column, mapping)


def fault(column: LogColumn, mapping: Log | None) -> str:
    """The SQL of what is wrong with a column, by structs `raw` and `read`; NULL: nothing is."""
    form = FORMS[column.form]
    expected = quoted(f"{column.name}: expected {form.expected(column, mapping)}")
    if form.shown:
        expected = f"concat({expected}, ', found ', {shape(f'raw.{column.name}')})"
    wrong = f"when raw.{column.name} is not null and read.{column.name} is null then {expected}"
    empty = f"when raw.{column.name} is null then {quoted(f'{column.name}: is empty')}"
    return f"case {wrong} {empty if column.needed else ''} end"


def shape(text: str) -> str:
    """The SQL of a cell as a reason may show it: digits as #, unprintables as ?, 40 characters."""
    masked = rf"regexp_replace(left({text}, 40), '\p{{N}}', '#', 'g')"
    return rf"regexp_replace({masked}, '[^\p{{L}}\p{{P}}\p{{S}} ]', '?', 'g')"


def one_line(text: str) -> str:
    return rf"regexp_replace({text}, '[\r\n\t]+', ' ', 'g')"


def text_value(text: str, column: LogColumn, mapping: Log | None) -> str:
    fits = rf"length({text}) <= {LONGEST_TEXT} and not regexp_matches({text}, '\p{{Cc}}')"
    return f"case when {fits} then {text} end"


def word(text: str) -> str:
    return f"translate(lower({text}), ' -', '__')"


def word_of(text: str) -> str:
    """The word that a text is read as."""
    return text.strip().lower().replace(" ", "_").replace("-", "_")


def choice_value(text: str, column: LogColumn, mapping: Log | None) -> str:
    return f"case when {text} in ({', '.join(map(quoted, column.choices))}) then {text} end"


def amount_value(text: str, column: LogColumn, mapping: Log | None) -> str:
    decimal = rf"regexp_full_match({text}, '[+-]?\d+([.]\d+|,\d{{1,2}})?')"
    return f"case when {decimal} then try_cast(replace({text}, ',', '.') as decimal(18, 2)) end"


def currency_value(text: str, column: LogColumn, mapping: Log | None) -> str:
    return f"case when regexp_full_match({text}, '[A-Za-z]{{3}}') then upper({text}) end"


def time_parts(text: str) -> str:
    """The SQL of a struct of the parts of an ISO 8601 time, all '' if the text is none."""
    return f"regexp_extract({text}, {quoted(ISO_8601)}, {ISO_8601_GROUPS})"


def time_value(part: str, column: LogColumn, mapping: Log | None) -> str:
    """UTC; what is finer than microseconds is cut. In a repeated hour, the later of the two."""
    second = f"coalesce(nullif({part}.second, ''), '00')"
    local = (
        f"try_cast(concat({part}.year, '-', {part}.month, '-', {part}.day, ' ', {part}.hour, ':',"
        f" {part}.minute, ':', {second}, '.', left({part}.fraction, 6)) as timestamp)"
    )
    minutes = f"try_cast({part}.hours as int) * 60 + coalesce(try_cast({part}.minutes as int), 0)"
    offset = f"to_minutes(try_cast(concat({part}.sign, '1') as int) * ({minutes}))"
    zone = mapping.timezone if mapping else None
    without = f"timezone('UTC', timezone({quoted(zone)}, {local}))" if zone else "null"
    return (
        f"case when {part}.zulu <> '' then {local}"
        f" when {part}.sign <> '' then {local} - {offset} else {without} end"
    )


def time_expected(column: LogColumn, mapping: Log | None) -> str:
    if mapping and mapping.time_format:
        return f'a time of the years 1990 to 2099 written "{mapping.time_format}", or ISO 8601'
    if mapping and mapping.timezone:
        return "an ISO 8601 time of the years 1990 to 2099"
    return (
        "an ISO 8601 time of the years 1990 to 2099 with its offset"
        " (one without needs timezone in a [[log]] table of network.toml)"
    )


def bare(text: str) -> str:
    """The SQL of a number without the blanks, dots, dashes and brackets that people put in."""
    return rf"regexp_replace({text}, '[ \x{{a0}}().-]', '', 'g')"


def digits_value(shortest: int, longest: int) -> Callable[[str, LogColumn, Log | None], str]:
    def digits(text: str, column: LogColumn, mapping: Log | None) -> str:
        fits = f"regexp_full_match({text}, '[0-9]{{{shortest},{longest}}}')"
        return f"case when {fits} then {text} end"

    return digits


def unfilled(text: str) -> str:
    """Some systems fill up an ICCID of 19 digits with an F."""
    return f"regexp_replace(upper({bare(text)}), 'F+$', '')"


def iccid_value(text: str, column: LogColumn, mapping: Log | None) -> str:
    """Some cards count in hexadecimal."""
    return f"case when regexp_full_match({text}, '[0-9A-F]{{10,22}}') then {text} end"


def msisdn_value(text: str, column: LogColumn, mapping: Log | None) -> str:
    number = f"regexp_replace({text}, '^([+]|00)', '')"
    if mapping and mapping.country_code:
        number = (
            f"case when regexp_matches({text}, '^([+]|00)') then {number}"
            f" else {international(text, mapping.country_code)} end"
        )
    return f"case when regexp_full_match({number}, '[1-9][0-9]{{4,14}}') then {number} end"


def international(digits: str, country_code: str) -> str:
    """The SQL that puts the country code before a number of the length of a national mobile one.

    A leading national prefix, such as 0, is dropped. A number that already begins with the code
    and has the right length behind it is left alone, like one that is too long to be national.
    """
    prefix, lengths = national_plan(country_code)
    subscriber = "|".join(f"[0-9]{{{length}}}" for length in lengths)
    national = quoted(f"^(?:{prefix})?({subscriber})$" if prefix else f"^({subscriber})$")
    whole = quoted(f"{country_code}({subscriber})")
    return (
        f"case when regexp_full_match({digits}, {whole}) then {digits}"
        f" else regexp_replace({digits}, {national}, {quoted(country_code + chr(92) + '1')}) end"
    )


def national_plan(country_code: str) -> tuple[str | None, tuple[int, ...]]:
    """A country's national prefix and the lengths of its mobile numbers.

    Raises UsageError for a code that no country has.
    """
    code = int(country_code) if country_code.isascii() and country_code.isdigit() else 0
    region = phonenumbers.region_code_for_country_code(code)
    plan = phonenumbers.PhoneMetadata.metadata_for_region(region)
    if plan is None or plan.mobile is None or plan.general_desc is None:
        raise UsageError(
            "network.toml: [[log]] country_code: expected a country's calling code such as"
            f' "233", found "{country_code}"'
        )
    return plan.national_prefix, plan.mobile.possible_length or plan.general_desc.possible_length


def says(words: str) -> Callable[[LogColumn, Log | None], str]:
    return lambda column, mapping: words


def msisdn_expected(column: LogColumn, mapping: Log | None) -> str:
    if mapping and mapping.country_code:
        return "a number of 5 to 15 digits"
    return (
        "5 to 15 digits in international form"
        " (national form needs country_code in a [[log]] table of network.toml)"
    )


def one_of(column: LogColumn, mapping: Log | None) -> str:
    return f"one of {', '.join(column.choices)}"


FORMS = {
    "text": Form(
        says(f"at most {LONGEST_TEXT} characters, none a control character"), text_value, one_line
    ),
    "choice": Form(one_of, choice_value, word, shown=True),
    "time": Form(time_expected, time_value, time_parts, shown=True),
    "msisdn": Form(msisdn_expected, msisdn_value, bare),
    "imsi": Form(says("6 to 15 digits"), digits_value(6, 15), bare),
    "imei": Form(says("14 to 16 digits"), digits_value(14, 16), bare),
    "iccid": Form(says("10 to 22 digits"), iccid_value, unfilled),
    "amount": Form(says("a decimal number such as 1234.50"), amount_value, shown=True),
    "currency": Form(says("three letters (ISO 4217)"), currency_value, shown=True),
}
