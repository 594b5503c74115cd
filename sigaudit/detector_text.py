"""A detector for people: everything that a reader of its findings sees, and what it needs."""

import textwrap
import tomllib
from typing import Any

from sigaudit.detector import Detector
from sigaudit.detector_needs import explained
from sigaudit.policy import Policy

SOURCES = {"T": "MITRE ATT&CK", "FGT": "MITRE FiGHT", "MOT": "GSMA MoTIF"}
CATEGORY = "FS.11 category (as publicly described)"
SPLIT = {
    "subscriber": "an incident is about one subscriber",
    "source": "an incident is about one sender, whatever the number of subscribers",
}


def document(detector: Detector) -> dict[str, Any]:
    """All of a detector as plain JSON types; texts without line breaks."""
    words = {key: " ".join(getattr(detector, key).split()) for key in ("why", "benign", "remedy")}
    return {
        "id": detector.id,
        "title": detector.title,
        "threat": detector.threat,
        "severity": detector.severity,
        "confidence": detector.confidence,
        **words,
        "category": detector.category,
        "references": [{"id": name, "source": source(name)} for name in detector.references],
        "needs": [{"name": need, "what": explained(need)} for need in detector.needs],
        "better_with": [{"name": need, "what": explained(need)} for need in detector.better_with],
        "split_by": detector.split_by,
        "parameters": parameters(detector),
        "file": detector.file,
        "sql": detector.sql.strip(),
    }


def source(reference: str) -> str | None:
    """Who publishes what the reference is the id of."""
    return SOURCES.get(reference.rstrip("0123456789."))


def parameters(detector: Detector) -> list[dict[str, Any]]:
    """The values that its SELECT takes, each with its comment and the key that goes before it."""
    said = comments(detector.header)
    found = []
    policy = Policy.model_fields
    for name in sorted(detector.parameters - {"as_of"}):
        default = detector.defaults.get(name, policy[name].default if name in policy else None)
        words = said.get(name) or (policy[name].description if name in policy else None)
        key = f"policy.{name}" if name in policy else None
        found.append({"name": name, "default": default, "comment": words, "network_key": key})
    return found


def comments(header: str) -> dict[str, str]:
    """The comments behind the values of [defaults]."""
    found = {}
    for line in header.partition("[defaults]")[2].splitlines():
        pieces = line.split("#")
        for place in range(1, len(pieces)):  # a # may stand in a value too
            try:
                (name,) = tomllib.loads("#".join(pieces[:place]))
            except ValueError:
                continue
            found[name] = "#".join(pieces[place:]).strip()
            break
    return found


def text(shown: dict[str, Any], width: int) -> list[tuple[str, str]]:
    """Headings, and what stands below each, of what `document` makes."""
    sections = [
        ("Why it matters", wrapped(shown["why"], width)),
        ("Benign causes", wrapped(shown["benign"], width)),
        ("What to do", wrapped(shown["remedy"], width)),
        ("References", aligned([(r["id"], r["source"] or "") for r in shown["references"]], width)),
        (CATEGORY, wrapped(shown["category"] or "", width)),
        ("Needs", "\n".join(wrapped(need["what"], width) for need in shown["needs"])),
        (
            "Sees more with",
            "\n".join(wrapped(need["what"], width) for need in shown["better_with"]),
        ),
        ("Incidents", wrapped(SPLIT[shown["split_by"]], width)),
        ("Parameters", aligned([parameter(p) for p in shown["parameters"]], width)),
        (f"SQL of {shown['file']}", shown["sql"]),
    ]
    return [(heading, body) for heading, body in sections if body]


def parameter(shown: dict[str, Any]) -> tuple[str, str]:
    words = [shown["comment"] or ""]
    if shown["network_key"]:
        words.append(f"{shown['network_key']} of network.toml goes before it")
    return f"{shown['name']} = {shown['default']}", "; ".join(filter(None, words))


def wrapped(words: str, width: int) -> str:
    return textwrap.fill(words, width, initial_indent="  ", subsequent_indent="  ")


def aligned(rows: list[tuple[str, str]], width: int) -> str:
    """Two columns, the second wrapped beside the first."""
    first = max((len(name) for name, _ in rows), default=0) + 4
    lines = []
    for name, words in rows:
        start = f"  {name}".ljust(first) if words else f"  {name}"
        lines.append(
            textwrap.fill(words, width, initial_indent=start, subsequent_indent=" " * first)
            or start
        )
    return "\n".join(lines)
