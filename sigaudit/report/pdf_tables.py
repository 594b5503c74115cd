"""What was read, what was not, and what was not assessed, as tables of the PDF."""

from typing import Any

from sigaudit.report import wording
from sigaudit.report.counting import count_tables

MOST_ROWS = 300
Table = dict[str, Any]


def table(title: str, heads: list[str], widths: list[float], rows: list[list[str]]) -> Table:
    """At most MOST_ROWS rows, and how many more there are."""
    more = len(rows) - MOST_ROWS
    return {
        "title": title,
        "heads": heads,
        "widths": widths,
        "rows": rows[:MOST_ROWS],
        "more": f"{wording.counted(more, 'more row')} in the JSON report." if more > 0 else "",
    }


def inputs(document: dict[str, Any]) -> Table:
    """Every input by its digest."""
    rows = [[entry["name"], entry["sha256"]] for entry in document["inputs"]]
    return table("Inputs", ["Input", "SHA-256"], [1, 2], rows)


def audited(document: dict[str, Any]) -> list[Table]:
    """Inputs, what they held, and the checks that found nothing."""
    read = [
        [
            f"{entry['name']} (damaged: {entry['damage']})" if entry["damage"] else entry["name"],
            wording.KINDS.get(entry["kind"], entry["kind"]),
            wording.size(entry["bytes"]),
            wording.number(entry["items"]),
            wording.number(entry["problems"]),
            wording.times(entry["first_seen"], entry["last_seen"]),
        ]
        for entry in document["inputs"]
    ]
    quiet = [
        [check["id"], check["title"]]
        for check in document["checks"]
        if check["outcome"] == "nothing_found"
    ]
    heads = ["Input", "Kind", "Size", "Frames or rows", "Not read", "Times, UTC"]
    return [
        table("Inputs", heads, [2.2, 1.1, 0.9, 0.9, 0.8, 2], read),
        *counts(document),
        table("Checks that found nothing", ["Check", "What it would show"], [1, 5], quiet),
    ]


def counts(document: dict[str, Any]) -> list[Table]:
    return [
        table(
            title,
            [*(column.capitalize() for column in columns), "Count"],
            [2.0] * len(columns) + [1.0],
            [
                [*(str(cell or wording.NOTHING) for cell in row[:-1]), wording.number(row[-1])]
                for row in rows
            ],
        )
        for title, columns, rows in count_tables(document["counts"])
    ]


def unread(document: dict[str, Any]) -> list[Table]:
    """Inputs, frames and rows that no check saw, and what was read though it is odd."""
    names = [
        [entry["name"], ("" if entry["named_by_user"] else "Met in a folder: ") + entry["reason"]]
        for entry in document["not_read"]
    ]
    heads = ["Input", "Layer", "What", "Count", "First"]
    widths = [1.6, 0.8, 3.0, 0.7, 1.0]
    tables = [
        table("Inputs that were not read at all", ["Input", "Why"], [1, 2], names),
        table("Damaged or undecodable", heads, widths, places(document["problems"], "reason")),
        table(
            "Encodings that decoders forgive, read all the same",
            heads,
            widths,
            places(document["anomalies"], "kind"),
        ),
        table(
            "What a second decoder made of messages that look odd",
            heads,
            widths,
            [
                [*row[:2], f"{row[2]}: {entry['outcome']}", *row[3:]]
                for row, entry in zip(
                    places(document["second_look"], "kind"), document["second_look"], strict=True
                )
            ],
        ),
        table(
            "Left alone, because it is not what this audit reads",
            heads,
            widths,
            places(document["passed_over"], "what", "frames"),
        ),
    ]
    return [one for one in tables if one["rows"]]


def places(entries: list[dict[str, Any]], what: str, count: str = "count") -> list[list[str]]:
    return [
        [
            entry["input"],
            entry["layer"],
            entry[what],
            wording.number(entry[count]),
            wording.problem_place(entry),
        ]
        for entry in entries
    ]


def unassessed(document: dict[str, Any]) -> Table:
    """Checks that lacked something, and what."""
    titles = {check["id"]: check["title"] for check in document["checks"]}
    rows = [
        [
            entry["detector"],
            titles.get(entry["detector"], wording.NOTHING),
            wording.lacked(entry["missing"]),
        ]
        for entry in document["not_assessed"]
    ]
    return table("Not assessed", ["Check", "What it would show", "Missing"], [1, 2, 2], rows)
