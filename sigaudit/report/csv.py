"""The findings as a table for spreadsheets, a row a finding."""

import csv as table
import io
from typing import Any

from sigaudit.report import wording

COLUMNS = [
    *("id", "severity", "threat", "detector", "title", "confidence", "answer"),
    *("imsi", "msisdn", "subscribers", "gt", "host", "realm", "agent", "sources"),
    *("first_seen", "last_seen", "evidence", "explanation", "references"),
]

FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # the wide ones count too


def csv(document: dict[str, Any]) -> str:
    """All findings of the document that `document.document` makes, RFC 4180, with a header line."""
    written = io.StringIO()
    writer = table.DictWriter(written, COLUMNS)
    writer.writeheader()
    writer.writerows(row(finding) for finding in document["findings"])
    return written.getvalue()


def row(finding: dict[str, Any]) -> dict[str, object]:
    flat = {**finding, **finding["subscriber"], **finding["source"]}
    flat["evidence"] = "; ".join(wording.place(piece) for piece in finding["evidence"])
    flat["references"] = "; ".join(finding["references"])
    return {column: harmless(flat[column]) for column in COLUMNS}


def harmless(cell: object) -> object:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front."""
    if not isinstance(cell, str):
        return cell
    return ("'" if cell.lstrip().startswith(FORMULA) else "") + wording.spelled(cell)
