"""What is told of a finding: the document of a webhook and of a file, and lines for syslog."""

import os
import socket
from typing import Any

SYSLOG_SEVERITY = {"critical": 2, "high": 3, "medium": 4, "low": 5, "info": 6}  # RFC 5424 6.2.1
CEF_SEVERITY = {"critical": 10, "high": 8, "medium": 5, "low": 3, "info": 1}
FACILITY = 13  # log audit
ENTERPRISE = "sigaudit@32473"  # the number that RFC 5612 leaves for everybody
LONGEST = 1500  # characters of an explanation; a datagram holds no more


def document(
    finding: dict[str, Any], operator: str, now: str, worse_than: str | None
) -> dict[str, Any]:
    """A finding as it is told."""
    return {
        "schema": "sigaudit/alert/1",
        "alert_id": f"{finding['id']}-{finding['severity']}",
        "told_at": now,
        "operator": operator,
        "finding": finding["id"],
        "was": finding["was"],
        "worse_than": worse_than,
        **{key: finding[key] for key in ("detector", "title", "threat", "severity")},
        **{key: finding[key] for key in ("confidence", "answer")},
        "subscriber": finding["subscriber"],
        "subscribers": finding["subscribers"],
        "source": finding["source"],
        "first_seen": finding["first_seen"],
        "last_seen": finding["last_seen"],
        "evidence": len(finding["evidence"]),
        "explanation": finding["explanation"],
    }


def rfc5424(told: dict[str, Any]) -> str:
    """One syslog message (RFC 5424 6), its facts as structured data."""
    facts = _facts(told)
    data = " ".join(f'{name}="{_quoted(value)}"' for name, value in facts.items())
    words = f"{told['title']}: {told['explanation'][:LONGEST]}"
    return f"{_header(told)} {told['detector']} [{ENTERPRISE} {data}] \ufeff{_one_line(words)}"


def cef(told: dict[str, Any]) -> str:
    """The same as an event of ArcSight's Common Event Format, behind syslog's header."""
    head = ("CEF:0", "sigaudit", "sigaudit", "1", told["detector"], told["title"])
    place = CEF_SEVERITY[told["severity"]]
    prefix = "|".join([head[0], *(_pipe_escaped(part) for part in head[1:]), str(place)])
    facts = {
        "externalId": told["finding"],
        "cat": told["threat"],
        "duser": told["subscriber"]["imsi"] or told["subscriber"]["msisdn"],
        "suser": next(filter(None, told["source"].values()), None),
        "outcome": told["answer"],
        "start": told["first_seen"],
        "end": told["last_seen"],
        "msg": told["explanation"][:LONGEST],
    }
    extension = " ".join(f"{name}={_cef_escaped(v)}" for name, v in facts.items() if v is not None)
    return f"{_header(told)} {told['detector']} - {prefix}|{extension}"


def _header(told: dict[str, Any]) -> str:
    priority = FACILITY * 8 + SYSLOG_SEVERITY[told["severity"]]
    host = socket.gethostname() or "-"
    return f"<{priority}>1 {told['told_at']} {host} sigaudit {os.getpid()}"


def _facts(told: dict[str, Any]) -> dict[str, str]:
    facts = {name: told[name] for name in ("finding", "severity", "threat", "operator", "answer")}
    facts |= told["subscriber"] | told["source"]
    facts |= {name: told[name] for name in ("first_seen", "last_seen")}
    return {name: value for name, value in facts.items() if value is not None}


def _one_line(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)


def _quoted(value: str) -> str:
    """RFC 5424 6.3.3."""
    escaped = _one_line(value).replace("\\", "\\\\").replace('"', '\\"')
    return escaped.replace("]", "\\]")


def _pipe_escaped(text: str) -> str:
    return _one_line(text).replace("\\", "\\\\").replace("|", "\\|")


def _cef_escaped(text: str) -> str:
    return _one_line(text).replace("\\", "\\\\").replace("=", "\\=")
