"""Features of sources by the hour, subscribers by the day and changes of SIM, computed in SQL."""

from dataclasses import dataclass
from importlib.resources import files
from typing import Literal, get_args

from duckdb import DuckDBPyConnection

from sigaudit.state.filling import fill

About = Literal["source", "subscriber", "swap"]
ABOUT: tuple[About, ...] = get_args(About)
# What a row of table feature is of and shows; every other column is a feature, none below zero.
OTHERS = {
    "number", "kind", "entity", "stretch", "first_seen", "last_seen", "from_outside", "caller",
    "answered", "requests",
}  # fmt: skip
QUESTION = "question varchar, requests bigint, refused bigint, unanswered bigint, alone bigint"
SEQUENCE = "sequence varchar, requests bigint"


@dataclass(frozen=True)
class Counts:
    """How often each question and each sequence was asked, and what came of the questions."""

    questions: list[tuple[str, int, int, int, int]]  # requests, refused, unanswered, alone
    sequences: list[tuple[str, int]]


def gather(connection: DuckDBPyConnection) -> None:
    """Make the temporary table that features are computed from; needs those of sigaudit.state."""
    run(connection, "outside")


def table(connection: DuckDBPyConnection, about: About, usual: Counts | None = None) -> int:
    """Make the temporary table `feature` of what was gathered; how many rows it has.

    What is rare is told by `usual`, without which it is counted in the database.
    """
    run(connection, "words_swap" if about == "swap" else f"requests_of_{about}")
    if usual:
        fill(connection, "usual_question", QUESTION, usual.questions)
        fill(connection, "usual_sequence", SEQUENCE, usual.sequences)
    else:
        run(connection, step("usual", about))
    if about != "swap":
        run(connection, "expected")
    run(connection, f"by_{about}")
    return int(connection.execute("select count(*) from feature").fetchall()[0][0])


def forget(connection: DuckDBPyConnection) -> None:
    """Drop what `gather` and `table` made but the features."""
    connection.execute("drop view expected; drop table asked; drop table outside")


def counts(connection: DuckDBPyConnection) -> Counts:
    """What `table` told rare by."""
    questions = connection.execute("from usual_question order by question").fetchall()
    sequences = connection.execute("from usual_sequence order by sequence").fetchall()
    return Counts(questions, sequences)


def step(name: str, about: About) -> str:
    """The file of a step: what is about swaps has its own, requests share theirs."""
    return f"{name}_swap" if about == "swap" else name


def run(connection: DuckDBPyConnection, name: str) -> None:
    """The statements of a file in detectors/anomaly/features/."""
    text = (files("detectors") / "anomaly" / "features" / f"{name}.sql").read_text("utf-8")
    connection.execute(text)


def names(connection: DuckDBPyConnection) -> list[str]:
    """The features of table `feature`, in the order of the query."""
    found = connection.execute("describe feature").fetchall()
    return [name for name, *_ in found if name not in OTHERS]


def values(connection: DuckDBPyConnection, source: str) -> list[tuple[float, ...]]:
    """The features of the rows of `source`, a part of table `feature`; rounded."""
    columns = ", ".join(f'round("{name}"::double, 6)' for name in names(connection))
    return connection.execute(f"select {columns} from {source}").fetchall()
