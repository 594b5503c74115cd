"""What no data can show, as operators and authorities answer it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """An answer to one requirement's question, and who stands for it."""

    answer: str  # yes, partly, no, not_applicable
    name: str
    date: str
    reference: str
