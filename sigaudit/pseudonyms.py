"""Tokens in place of subscribers' numbers: the same number the same token, by a key of the user's.

docs/privacy.md tells what becomes a token and what does not.
"""

import base64
import hmac
import os
import re
import secrets
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from duckdb import DuckDBPyConnection

from sigaudit.errors import SigauditError, UsageError
from sigaudit.state.filling import fill

SHORTEST_KEY, LARGEST_KEY = 16, 64 * 1024  # octets
TOKEN = re.compile(r"~[A-Z2-7]{16}")
TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?")
RUN = re.compile(r"\+?\d{4,}")
WORD = re.compile(r"[\w*#@](?:[\w*#@.+-]*[\w*#@])?")
SURE = 10  # digits from which a number is looked for inside longer ones too
LONG = 6  # digits from which a number is one wherever it stands
LONGEST_RUN = 40  # digits that are looked through for numbers inside


class Pseudonyms:
    """Turns subscribers' numbers into tokens; `known` are those that a text may hold.

    `names` are accounts and payees of several words. Times stay as they are.
    """

    def __init__(
        self,
        key: bytes,
        known: Collection[str],
        nodes: Collection[str] = (),
        names: Iterable[str] = (),
    ) -> None:
        self.key = key
        self.known = frozenset(known)
        self.nodes = frozenset(nodes)
        self.names = _pattern(names)
        self.token = lru_cache(1 << 16)(self._token)
        self.text = lru_cache(1 << 16)(self._text)

    def _token(self, value: str) -> str:
        """`~` and 16 base32 characters: the first 80 bits of the number's HMAC-SHA256."""
        if TOKEN.fullmatch(value):
            return value
        digest = hmac.digest(self.key, plain(value).encode("utf-8", "replace"), "sha256")
        return "~" + base64.b32encode(digest[:10]).decode("ascii")

    def _text(self, text: str) -> str:
        """The text with a token in place of each number in it that is known."""
        if TIME.fullmatch(text) or TOKEN.fullmatch(text):
            return text
        if text in self.known:
            return self.token(text)
        if self.names:
            text = self.names.sub(lambda found: self.token(found[0]), text)
        text = WORD.sub(self._word, text)
        return RUN.sub(self._run, text)

    def strict(self, text: str) -> str:
        """As `text`, and of other long runs of digits only nodes' numbers and times are left.

        For names of files and what is said of a file that was not read: a number in them may be
        nowhere in the database.
        """
        return RUN.sub(self._unless_harmless, self.text(text))

    def _unless_harmless(self, found: re.Match[str]) -> str:
        run = found[0].removeprefix("+")
        harmless = len(run) < SURE or run in self.nodes or is_time(run)
        return found[0] if harmless else self.token(run)

    def _word(self, found: re.Match[str]) -> str:
        word = found[0]
        return self.token(word) if not word.isdigit() and word in self.known else word

    def _run(self, found: re.Match[str]) -> str:
        run = found[0].removeprefix("+")
        if run in self.known:
            return found[0] if len(run) < LONG and _in_a_figure(found) else self.token(run)
        for inner in inside(run):
            if inner in self.known:
                start = run.index(inner)
                return run[:start] + self.token(inner) + self.text(run[start + len(inner) :])
        return found[0]


def _in_a_figure(found: re.Match[str]) -> bool:
    """Whether a short run is part of a time, an amount or a frame's place."""
    before = found.string[: found.start()][-1:]
    behind = found.string[found.end() :][:2]
    return before in (".", ":", "-") or bool(re.match(r"[.:-]\d", behind))


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Any of the names, the longest first, as a word of its own."""
    quoted = [re.escape(name) for name in sorted(set(names), key=lambda n: (-len(n), n))]
    return re.compile(rf"(?<!\w)(?:{'|'.join(quoted)})(?!\w)") if quoted else None


def plain(value: str) -> str:
    """A number without what people put between its digits; other text as it is."""
    if re.fullmatch(r"\+?[\d ().-]+", value):
        return re.sub(r"\D", "", value)
    return value.strip()


def is_time(run: str) -> bool:
    """Whether the digits are a day and a time of it, as in names of captures."""
    try:
        datetime.strptime(f"{run:0<14}"[:14], "%Y%m%d%H%M%S")
    except ValueError:
        return False
    return run.startswith(("19", "20"))


def inside(run: str) -> Iterator[str]:
    """The parts of a run of digits that may be a number with more around it, longest first."""
    if SURE < len(run) <= LONGEST_RUN:
        for length in range(len(run) - 1, SURE - 1, -1):
            for start in range(len(run) - length + 1):
                yield run[start : start + length]


def of(connection: DuckDBPyConnection, key: bytes, texts: Iterable[str]) -> Pseudonyms:
    """Pseudonyms for these texts, which hold numbers of the database.

    Memory grows with the texts, not with the database. Makes temporary tables.
    """
    make_views(connection)
    texts = list(texts)
    runs = {found.removeprefix("+") for text in texts for found in RUN.findall(text)}
    words = {word for text in texts for word in WORD.findall(text)}
    known = _held(connection, runs | {word for word in (*words, *texts) if len(word) > 2})
    nodes = _held(connection, runs - known, "node_title")
    known |= _held(connection, {part for run in runs - known - nodes for part in inside(run)})
    return Pseudonyms(key, known, nodes, _names(connection, words))


def make_views(connection: DuckDBPyConnection) -> None:
    """The temporary view private_number, of all that the database holds."""
    connection.execute((files("sigaudit") / "private_numbers.sql").read_text("utf-8"))


def _held(
    connection: DuckDBPyConnection, texts: set[str], view: str = "private_number"
) -> set[str]:
    """Those of the texts that are in the view."""
    fill(connection, "text_to_look_up", "value varchar", ([text] for text in sorted(texts)))
    query = f"select value from text_to_look_up semi join {view} using (value)"
    return {value for (value,) in connection.execute(query).fetchall()}


def _names(connection: DuckDBPyConnection, words: set[str]) -> Iterator[str]:
    """Accounts and payees of more than one word, all of whose words are in the texts."""
    cursor = connection.cursor()
    cursor.execute("select distinct unnest([account_id, payee]) from dfs_event")
    while rows := cursor.fetchmany(10_000):
        for (name,) in rows:
            if name and not WORD.fullmatch(name) and words.issuperset(WORD.findall(name)):
                yield name


def read_key(path: Path) -> bytes:
    """The key in a file; UsageError where it cannot be read, or is too short."""
    try:
        with path.open("rb") as file:
            key = file.read(LARGEST_KEY + 1)
    except OSError as error:
        raise UsageError(
            f"{path}: the key cannot be read ({error.strerror});"
            f" `sigaudit pseudonymise-key {path}` makes one"
        ) from None
    if not SHORTEST_KEY <= len(key) <= LARGEST_KEY:
        raise UsageError(
            f"{path}: a key has {SHORTEST_KEY} to {LARGEST_KEY} octets;"
            " `sigaudit pseudonymise-key FILE` makes one"
        )
    return key


def is_open_to_others(path: Path) -> bool:
    """Whether others than the owner may read the key, and with it find every number."""
    return os.name == "posix" and bool(path.stat().st_mode & 0o077)


def make_key(path: Path) -> None:
    """A new key of 32 random octets, readable by its owner only; nothing is overwritten."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise UsageError(f"{path}: is there already; a key is never overwritten") from None
    except OSError as error:
        raise SigauditError(f"{path} cannot be written ({error.strerror})") from None
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32) + "\n")
