"""The result document as a PDF, set by typst: PDF/A-2a and PDF/UA-1, so archived and read aloud.

All text reaches typst as data (JSON in sys.inputs), never as its markup. The fonts are those that
typst brings, and its clock is the audit's: the same document gives the same bytes.
"""

import json
from collections import Counter
from datetime import UTC
from functools import partial
from importlib.resources import files
from typing import Any

import typst

from sigaudit.errors import SigauditError
from sigaudit.report import summary, wording
from sigaudit.report.glyphs import printed
from sigaudit.report.grouping import chapters, groups, worst_first
from sigaudit.report.pdf_pictures import drawn, lanes
from sigaudit.report.pdf_tables import audited, inputs, unassessed, unread
from sigaudit.report.pictures import pictures
from sigaudit.report.timeline import timeline

MOST_FINDINGS = 1_000
MOST_EVIDENCE = 20  # of one finding
LONG = 1_500  # characters of a control that may be broken over pages
LAST_TIME = 253_402_300_799  # the end of year 9999, in seconds since 1970
ADVICE = {"why": "Why it matters", "benign": "Benign causes", "remedy": "What to do"}


def pdf(document: dict[str, Any]) -> bytes:
    """The report on A4 pages, from the document that `document.document` makes.

    Raises SigauditError where typst cannot set it.
    """
    template = (files("sigaudit.report") / "templates" / "report.typ").read_bytes()
    text = json.dumps(printed(content(document)), ensure_ascii=True)
    try:
        made = typst.compile(
            template,
            sys_inputs={"report": text},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=made_at(document),
            ignore_system_fonts=True,
        )
    except typst.TypstError as error:
        raise SigauditError(
            f"The PDF cannot be set ({error}). The other forms of the report hold the same."
        ) from error
    if not isinstance(made, bytes):
        raise SigauditError("The PDF cannot be set: typst returned no file.")
    return made


def made_at(document: dict[str, Any]) -> int:
    """The time in the PDF's own description: now as the audit has it, seconds since 1970."""
    at = wording.moment(document["as_of"] or document["period"]["last_seen"])
    return min(max(int(at.replace(tzinfo=UTC).timestamp()), 0), LAST_TIME) if at else 0


def content(document: dict[str, Any]) -> dict[str, Any]:
    """What the template shows, in its words."""
    findings = worst_first(document["findings"])
    shown = findings[:MOST_FINDINGS]
    period = document["period"]
    drawing = timeline(document, shown)
    return {
        "title": f"Signalling audit: {document['operator'] or 'operator not named'}",
        "tool": document["tool"]["name"],
        "operator": document["operator"] or "Operator not named",
        "period": f"{wording.times(period['first_seen'], period['last_seen'])} UTC",
        "notice": "Contains subscriber numbers: handle it as personal data.",
        "verdict": " ".join(
            filter(None, [summary.verdict(document), summary.control_sentence(document)])
        ),
        "caveats": [caveat for caveat, _ in summary.caveats(document)],
        "verdict_counts": verdict_counts(document),
        "serious_title": summary.serious_title(findings),
        "serious": [brief(finding) for finding in findings[: summary.MOST_SERIOUS]],
        "steps": summary.steps(document, shown),
        "shown": [finding["id"] for finding in shown],
        "timeline": lanes(drawing) if drawing else None,
        "pictures": [drawn(picture) for picture in pictures(document)],
        "control_sentence": summary.control_sentence(document),
        "frameworks": [framework(entry) for entry in document["frameworks"]],
        "cut": cut(len(findings), len(shown)),
        "groups": [group(entry, document) for entry in groups(shown)],
        "inputs": inputs(document),
        "audited": audited(document),
        "unread": unread(document),
        "audited_at_all": document["audited"],
        "unassessed": unassessed(document),
        "warnings": document["warnings"],
        "evidence_note": f"{wording.EXPLAIN} FILE:FRAME opens a frame, "
        f"{wording.EXPLAIN} ID all of a finding's. Times are UTC, on the day of the finding.",
        "evidence": [evidence(finding) for finding in shown],
        "made_with": made_with(document),
        "reading": wording.READING,
    }


def cut(found: int, shown: int) -> str:
    if found <= shown:
        return ""
    return (
        f"These pages show the worst {wording.number(shown)} of {wording.number(found)} findings. "
        "All of them are in the JSON and CSV reports and in findings.json."
    )


def verdict_counts(document: dict[str, Any]) -> list[tuple[str, str, str]]:
    counts = Counter(control["verdict"] for control in summary.controls(document))
    if not counts:
        return []
    return [(v, words, wording.number(counts[v])) for v, words in wording.VERDICTS.items()]


def brief(finding: dict[str, Any]) -> dict[str, Any]:
    """A finding in a few words."""
    origin = f" ({finding['origin']})" if finding["origin"] else ""
    return {
        "id": finding["id"],
        "severity": finding["severity"],
        "title": finding["title"],
        "when": wording.times(finding["first_seen"], finding["last_seen"]),
        "answer_kind": finding["answer"] or "logs",
        "answer": wording.ANSWERS.get(finding["answer"], finding["answer"]),
        "subscriber": wording.subscriber(finding),
        "source": wording.source(finding) + origin,
    }


def group(entry: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """Findings of one detector with its advice."""
    check = next((c for c in document["checks"] if c["id"] == entry["detector"]), None)
    return {
        "severity": entry["severity"],
        "threat": wording.phrase(entry["threat"]),
        "detector": entry["detector"],
        "title": entry["title"],
        "advice": [(words, check[key]) for key, words in ADVICE.items()] if check else [],
        "findings": [told(finding) for finding in entry["incidents"]],
    }


def told(finding: dict[str, Any]) -> dict[str, Any]:
    return {
        **brief(finding),
        "confidence": f"{finding['confidence']:.2f}",
        "explanation": finding["explanation"],
        "extent": wording.extent(finding),
        "also": ", ".join(finding["also"]),
        "controls": ", ".join(finding["controls"]),
    }


def framework(entry: dict[str, Any]) -> dict[str, Any]:
    """A framework by chapters."""
    origin = [entry["publisher"], entry["date"], entry["source"]]
    return {
        "title": entry["title"],
        "origin": " · ".join(str(part) for part in origin if part),
        "chapters": [
            {"name": name, "controls": [control(one) for one in members]}
            for name, members in chapters(entry)
        ],
    }


def control(entry: dict[str, Any]) -> dict[str, Any]:
    """A control with its verdict, why, and by which figures."""
    breach = f"breach{' of ' + str(entry['rule']) if entry['rule'] else ''}"
    found = entry["findings"]
    lines = [
        entry["requirement"] and f"It asks: {entry['requirement']}",
        entry["missing"] and f"Missing: {wording.some(entry['missing'], '; ')}",
        entry["attestation"] and f"Attested: {wording.attestation(entry['attestation'])}",
        found and f"{wording.counted(len(found), 'finding')}: {wording.some(found)}",
        entry["takes"] and f"Takes the verdict of {', '.join(entry['takes'])}, with its figures",
        " · ".join(filter(None, [entry["source"], f"binds {wording.listed(entry['binds'])}"])),
    ]
    measures = [
        {"title": measure["title"], "figures": wording.measure(measure)}
        for measure in ([] if entry["takes"] else entry["measures"])
    ]
    told = [entry["reason"] or "", *lines, *(m["title"] + m["figures"] for m in measures)]
    return {
        "id": entry["id"],
        "title": entry["title"],
        "verdict": entry["verdict"],
        "words": wording.VERDICTS.get(entry["verdict"], entry["verdict"]),
        "breach": breach if entry["breach"] else "",
        "reason": wording.sentence(entry["reason"] or ""),
        "measures": measures,
        "lines": [line for line in lines if line],
        "long": len(entry["title"]) + sum(len(line) for line in told if line) > LONG,
    }


def evidence(finding: dict[str, Any]) -> dict[str, Any]:
    """The pieces behind a finding, and what happened at each."""
    pieces = finding["evidence"]
    more = len(pieces) - MOST_EVIDENCE
    happened = {tuple(event["evidence"].values()): event for event in finding["events"]}
    row = partial(piece, happened)
    return {
        "id": finding["id"],
        "title": finding["title"],
        "extent": wording.extent(finding),
        "rows": [row(one) for one in pieces[:MOST_EVIDENCE]],
        "more": f"{wording.counted(more, 'more piece')} in findings.json." if more > 0 else "",
    }


def piece(happened: dict[tuple[Any, ...], Any], place: dict[str, Any]) -> tuple[str, ...]:
    event = happened.get(tuple(place.values()), {})
    ends = " → ".join(str(event[key]) for key in ("from", "to") if event.get(key))
    at = wording.clock(event["at"])[11:] if event.get("at") else wording.NOTHING
    return (
        at,
        wording.happened(event) or wording.NOTHING,
        ends or wording.NOTHING,
        wording.place(place),
    )


def made_with(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Tool, configuration and now: with the inputs, all that the result depends on."""
    tool = document["tool"]
    as_of = f"{wording.clock(document['as_of'])} UTC" if document["as_of"] else "not known"
    return [
        ("Tool", f"{tool['name']} {tool['version'] or ''}".strip()),
        ("network.toml, SHA-256", document["network_sha256"] or "none"),
        ("Now, for the checks", as_of),
    ]
