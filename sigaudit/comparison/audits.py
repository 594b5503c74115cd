"""The audits to compare: the result document of each, in an order of their own."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sigaudit import report, store
from sigaudit.audit import DATABASE
from sigaudit.errors import SigauditError

Audit = dict[str, Any]


def read(folders: Iterable[Path], key: bytes | None = None) -> list[Audit]:
    """The result documents by operator, period and inputs, each with a `name` of its own.

    Raises SigauditError where a folder has no database, or one without an audit.
    """
    audits = sorted((_read(folder, key) for folder in folders), key=_order)
    times = Counter(_name(audit) for audit in audits)
    seen: Counter[str] = Counter()
    for audit in audits:
        name = _name(audit)
        seen[name] += 1
        audit["name"] = f"{name} ({seen[name]})" if times[name] > 1 else name
    return audits


def _read(folder: Path, key: bytes | None) -> Audit:
    if folder.is_file():
        raise SigauditError(f"{folder}: is a file; name the folder of an audit")
    with store.connected(folder / DATABASE, read_only=True) as connection:
        audit = report.result(connection, key)
    if not audit["audited"]:
        raise SigauditError(
            f"{folder / DATABASE}: holds inputs, but no audit; run `sigaudit audit` or `detect`"
        )
    for finding in audit["findings"]:  # of 100,000 findings they would fill the memory
        del finding["events"], finding["evidence"]
    return audit


def _order(audit: Audit) -> tuple[str, ...]:
    period = audit["period"]
    inputs = sorted(entry["sha256"] for entry in audit["inputs"])
    begins, ends = period["first_seen"] or "", period["last_seen"] or ""
    return audit["operator"], begins, ends, audit["as_of"] or "", *inputs


def _name(audit: Audit) -> str:
    """`Example Mobile, 2026-03-01 to 2026-03-07`."""
    days = [(audit["period"][end] or "")[:10] for end in ("first_seen", "last_seen")]
    told = " to ".join(dict.fromkeys(day for day in days if day))
    return f"{audit['operator']}, {told}" if told else audit["operator"]
