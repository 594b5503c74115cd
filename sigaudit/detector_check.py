"""Whether files of detectors are sound: every mistake, each with file, place and remedy.

A SELECT is run on an empty database in memory, in which it finds no file, for ten seconds at most.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.resources import files
from itertools import chain
from pathlib import Path
from threading import Timer
from typing import Any

import duckdb
from duckdb import DuckDBPyConnection

from sigaudit import detect, detector_needs, state
from sigaudit.detector import check_sql, keys, line_of, made, parts, sql_files
from sigaudit.errors import UsageError, first_line
from sigaudit.network import Network
from sigaudit.policy import Policy

SECONDS = 10  # that a SELECT may take on an empty database
LIMITS = """
set python_enable_replacements = false;
set memory_limit = '512MB';
set max_temp_directory_size = '0KB';
set enable_external_access = false
"""
SMALLEST = {"name": "Example", "country": "GH", "plmns": ["62099"], "global_titles": ["23359"]}
OPTIONAL = {"missing"}  # columns that a SELECT may leave out
FOLDER = re.compile("[a-z][a-z0-9_]*")
SPELLINGS = [  # of types that differ and yet fit
    (r"U?(TINY|SMALL|BIG|HUGE)INT|UINTEGER|INTEGER", "BIGINT"),
    (r"^(FLOAT|BIGINT|DECIMAL\(.*\))$", "DOUBLE"),
    (r"^ENUM\(.*\)$", "VARCHAR"),
    (r"^TIMESTAMP_.*$", "TIMESTAMP"),
]


def check(paths: list[Path]) -> tuple[int, list[str]]:
    """How many detectors the files and folders hold, and what is wrong with them."""
    wrong: list[str] = []
    found: list[Path] = []
    for path in paths:
        below = [Path(str(file)) for file in sql_files(path)] if path.is_dir() else [path]
        wrong += _folders(path, below)
        found += [file for file in below if file not in found]
    return len(found), [*wrong, *_ids(found), *_each(found)]


def _folders(path: Path, below: list[Path]) -> Iterator[str]:
    if not below:
        yield f"{path}: no detector in it; their names end in .sql"
    for folder in sorted({file.parent for file in below if file.parent != path} - {path.parent}):
        if not FOLDER.fullmatch(folder.name):
            yield f"{folder}: name it in lower-case letters, digits and _, such as sim_swap"


def _ids(found: list[Path]) -> Iterator[str]:
    """Files with an id that another of them, or a detector of the project, has."""
    owners: dict[str, Path] = {}
    for file in [*(Path(str(file)) for file in sql_files(files("detectors"))), *found]:
        try:
            name = keys(file.name, parts(file)[0]).get("id")
        except UsageError:
            continue  # which is told with the file's own mistakes
        owner = owners.setdefault(name, file) if isinstance(name, str) else file
        if owner.resolve() != file.resolve():
            yield f"{file}: id: {owner} has {name} already; choose another"


def _each(found: list[Path]) -> Iterator[str]:
    """Mistakes of each file; after one the database is made anew: it may be another then."""
    database = None
    for file in found:
        database = database or _empty_database()
        wrong = mistakes(file, database)
        yield from (f"{file.parent / line}" for line in wrong)
        if wrong:
            database.close()
            database = None
    if database:
        database.close()


def mistakes(file: Path, database: DuckDBPyConnection) -> list[str]:
    """What is wrong with one file, a line each, which begins with the file's name."""
    try:
        header, sql = parts(file)
    except UsageError as error:
        return str(error).split("\n")
    wrong: list[str] = []
    members: dict[str, Any] = {}
    try:
        members = keys(file.name, header)
        made(file.name, header, sql)
    except UsageError as error:
        wrong += str(error).split("\n")
    told = [*_name(file, members), *_needs(members, database)]
    try:
        check_sql(file.name, header, sql)
    except UsageError as error:
        return [*wrong, *(f"{file.name}: {line}" for line in told), *str(error).split("\n")]
    defaults = members.get("defaults")
    told += _run(database, header, sql, defaults if isinstance(defaults, dict) else {})
    return wrong + [f"{file.name}: {line}" for line in told]


def _name(file: Path, members: dict[str, Any]) -> Iterator[str]:
    name = members.get("id")
    if isinstance(name, str) and not file.name.startswith(f"{name.lower()}-"):
        yield f"id: name the file {name.lower()}-….sql, after its id"


def _needs(members: dict[str, Any], database: DuckDBPyConnection) -> Iterator[str]:
    needs = [members.get(key) for key in ("needs", "better_with")]
    for need in chain.from_iterable(one for one in needs if isinstance(one, list)):
        if isinstance(need, str) and not detector_needs.is_known(need, database):
            yield (
                f"needs: {need} is no table of the database or key of network.toml;"
                f" {detector_needs.nearest(need, database)}"
            )


def _run(
    database: DuckDBPyConnection, header: str, sql: str, defaults: dict[str, Any]
) -> Iterator[str]:
    """What is wrong with parameters, columns and types, and whether it fires on nothing."""
    used = set(duckdb.extract_statements(sql)[0].named_parameters)
    settings = {
        **defaults,
        **Policy().model_dump(),
        "as_of": datetime.now(UTC).replace(tzinfo=None),
    }
    for name in sorted(defaults.keys() - used):
        yield f"defaults.{name}: the SELECT has no ${name}; remove it"
    lacking = sorted(used - settings.keys())
    yield from (f"no value for ${name}: add it to [defaults]" for name in lacking)
    if lacking:
        return
    select = f"select * from (\n{sql.rstrip().removesuffix(';')}\n)"
    try:
        with _limited(database):
            values = {name: settings[name] for name in used}
            given = database.execute(f"describe {select}", values).fetchall()
            yield from _columns(database, {name: kind for name, kind, *_ in given})
            if database.execute(f"select exists ({select})", values).fetchall() != [(False,)]:
                yield "fires on an empty database: let it select from a table"
    except duckdb.InterruptException:
        yield f"runs longer than {SECONDS} seconds on an empty database: look for a loop"
    except duckdb.Error as error:
        yield f"{line_of(error, header.count(chr(10)) - 1)}{_complaint(error)}"


@contextmanager
def _limited(database: DuckDBPyConnection) -> Iterator[None]:
    """A transaction that can change nothing, and no longer than it may take."""
    timer = Timer(SECONDS, database.interrupt)
    timer.start()
    database.execute("begin transaction read only")
    try:
        yield
    finally:
        timer.cancel()
        database.execute("rollback")


def _columns(database: DuckDBPyConnection, given: dict[str, str]) -> Iterator[str]:
    """Columns that are lacking, too many or of another type."""
    query = """
        select column_name, data_type, is_nullable from duckdb_columns()
        where table_name = 'fired' and column_name <> 'detector' order by column_index
    """
    expected = {name: rest for name, *rest in database.execute(query).fetchall()}
    for name, (kind, nullable) in expected.items():
        if name not in given:
            if name not in OPTIONAL:
                yield f"column {name} is lacking; add {_value_of(kind, nullable)} as {name}"
        elif not _fits(given[name], kind, nullable):
            yield f"column {name}: expected {kind}, got {given[name].strip(chr(34))}; cast it"
    for name in given.keys() - expected.keys():
        yield f"column {name}: unknown; known are {', '.join(expected)}"


def _value_of(kind: str, nullable: bool) -> str:
    return "null" if nullable else f"a {kind}"


def _fits(given: str, expected: str, nullable: bool) -> bool:
    if given == '"NULL"':
        return nullable
    for pattern, spelling in SPELLINGS:
        if given != expected:
            given = re.sub(pattern, spelling, given)
    return given == expected


def _complaint(error: duckdb.Error) -> str:
    """DuckDB's words, with what it proposes."""
    lines = str(error).split("\n")
    near = [line for line in lines[1:] if line.startswith(("Did you mean", "Candidate"))]
    return "; ".join([first_line(error), *near])


def _empty_database() -> DuckDBPyConnection:
    database = duckdb.connect(config={"threads": 1, "autoinstall_known_extensions": "false"})
    database.execute((files("sigaudit") / "schema.sql").read_text("utf-8"))
    state.build(database, Network.model_validate({"operator": SMALLEST}))
    database.execute(detect.FIRED)
    database.execute(LIMITS)
    return database
