"""Measures as files: a header in TOML inside the SQL comment, then one SELECT of two counts.

A measure is one figure that requirements stand on. Its SELECT returns `numerator` and
`denominator`, and `point`, where captures were taken, if it is about what crosses interconnect;
or `denominator` and `value`, `low`, `high` if it is no share. It may ask what detectors ask, and
`fired_row`, what they found.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache, cached_property, reduce
from importlib.resources import files
from typing import Annotated, Any, Literal

import duckdb
from duckdb import DuckDBPyConnection
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from sigaudit.detector import Text, check_sql, keys, line_of, parts
from sigaudit.errors import UsageError, first_line
from sigaudit.network import Network

# A share's value and interval, where the measure gives none of its own.
VALUES = """
update measured set
  value = numerator / denominator,
  low = wilson_low(numerator, denominator), high = wilson_high(numerator, denominator)
where value is null and denominator > 0
"""


class Header(BaseModel):
    """What a reader of a report sees, and what the measure needs."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$")]
    title: Text
    numerator: Text  # what is counted
    denominator: Text  # of how many
    unit: Literal["share", "seconds", "count"] = "share"
    by: Literal["point", "capture", "log"]  # what may not cross interconnect, by point; or all rows
    needs: list[Text] = []  # tables that must have rows, keys that network.toml must have
    defaults: dict[str, bool | int | float | str] = {}


class Measure(Header):
    """One measure: its header and its SELECT."""

    file: str
    header: str
    sql: str

    @cached_property
    def parameters(self) -> set[str]:
        """Names of the $parameters in the SELECT."""
        return set(duckdb.extract_statements(self.sql)[0].named_parameters)


@cache
def load() -> tuple[Measure, ...]:
    """The measures, by id; UsageError names the file and the key that is wrong."""
    folder = files("sigaudit") / "measures"
    found = []
    for file in folder.iterdir():
        if not file.name.endswith(".sql"):
            continue
        header, sql = parts(file)
        check_sql(file.name, header, sql)
        try:
            told = Header.model_validate(keys(file.name, header)).model_dump()
        except ValidationError as error:
            raise UsageError(f"{file.name}: {error.errors()[0]['loc']}: {error}") from None
        found.append(Measure(file=file.name, header=header, sql=sql, **told))
    return tuple(sorted(found, key=lambda measure: measure.id))


def take(
    connection: DuckDBPyConnection,
    network: Network,
    now: datetime | None,
    measures: Iterable[Measure] | None = None,
) -> None:
    """Fill the temporary table `measured`, a row a measure and point; all measures if not told.

    Needs the tables of sigaudit.state, and fired_row of sigaudit.findings beside them.
    """
    chosen = load() if measures is None else list(measures)
    connection.execute((files("sigaudit") / "measures.sql").read_text("utf-8"))
    needs = {need for one in chosen for need in one.needs}
    given = {need: _given(connection, network, need) for need in needs}
    for one in chosen:
        if missing := [need for need in one.needs if not given[need]]:
            row = [one.id, missing]
            connection.execute("insert into measured (id, missing) values (?, ?)", row)
        else:
            _take(connection, network, one, now)
    connection.execute(VALUES)


def _given(connection: DuckDBPyConnection, network: Network, need: str) -> bool:
    """Whether a table has rows, or a dotted key of network.toml a value."""
    try:
        return bool(reduce(lambda t, name: t and getattr(t, name), need.split("."), network))
    except AttributeError:
        return bool(connection.execute(f"select exists (from {need})").fetchall()[0][0])


def _take(
    connection: DuckDBPyConnection, network: Network, measure: Measure, now: datetime | None
) -> None:
    settings: dict[str, Any] = {**measure.defaults, **network.policy.values(now), "as_of": now}
    select = measure.sql.rstrip().removesuffix(";")
    try:
        connection.execute(
            f"insert into measured by name select '{measure.id}' as id, * from (\n{select}\n)",
            {name: settings[name] for name in measure.parameters},
        )
    except duckdb.Error as error:
        place = line_of(error, measure.header.count("\n") - 1)
        raise UsageError(f"{measure.file}: {place}{first_line(error)}") from None
