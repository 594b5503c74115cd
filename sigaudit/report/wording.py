"""How values of the result document read in a report for people."""

import re
import shlex
from datetime import datetime
from functools import partial
from typing import Any, get_args

from markupsafe import Markup

from sigaudit.detector import Severity, Threat

SEVERITIES = tuple(reversed(get_args(Severity)))  # the worst first
THREATS = get_args(Threat)
ANSWERS = {
    "answered": "answered",
    "refused": "refused",
    "no_answer": "no answer seen",
    "unknown": "answer unknown",
    None: "from logs",
}
VERDICTS = {
    "departed_from": "departed from",
    "partly": "partly",
    "met": "met",
    "attested": "attested",
    "not_assessed": "not assessed",
    "not_applicable": "not applicable",
}
READING = [
    (
        "Finding",
        "One incident: one check, one subscriber or sender, each piece of evidence within 24 hours "
        "of the one before. It is a claim with evidence, for an analyst to confirm; the benign "
        "causes are named beside it.",
    ),
    (
        "Severity",
        "The harm that is likely if the claim holds. From medium on, an analyst should open it.",
    ),
    (
        "Answer",
        "Answered: the network gave what was asked for, the attack worked. Refused: it was turned "
        "away. No answer seen: none is in the captures, which may have ended too early.",
    ),
    ("Confidence", "0 to 1: how sure the check is that traffic like this is an attack."),
    (
        "Verdict",
        "Met: the evidence shows it. Departed from: the evidence shows the contrary; a breach only "
        "where the rules in force say so. Attested: the operator says so, nothing here measures "
        "it. Not assessed: what is needed is absent or too little, so neither passed nor failed.",
    ),
    (
        "Interval",
        "Where the true share lies with 95% confidence, given how much was seen. A small capture "
        "has a wide one.",
    ),
    (
        "Source",
        "The address that the message carries. Signalling addresses can be forged, and global "
        "titles are leased: it is where to begin asking, not proof of who did it.",
    ),
    (
        "Times",
        "UTC, as the capture or log has them. Nothing here depends on when the report was made: "
        "the same inputs give the same bytes.",
    ),
]
KINDS = {"capture": "capture", "sim_swap": "SIM-swap log", "dfs_event": "DFS event log"}
LACKED = {  # as what an operator would export
    "map_component": "captures of MAP",
    "cap_component": "captures of CAP",
    "diameter_message": "captures of Diameter",
    "sms": "captures of short messages",
    "ussd": "captures of USSD",
    "swap": "a SIM-swap log",
    "dfs_event": "an event log of a financial service",
    "coverage": "captures of both directions of each link",
    "attestation": "the answered questionnaire",
}
NOTHING = "\N{EN DASH}"
LONGEST = 2_000
MOST_NAMED = 8  # in one line
EXPLAIN = "sigaudit explain --db audit.duckdb"

# printable by Unicode's categories, yet without a glyph: jamo fillers, joiners, variation selectors
IGNORABLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0]")


def visible(value: object) -> object:
    """Text as `spelled`, cut where it is very long, and that is said; other values as they are."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    if len(value) > LONGEST:
        return f"{spelled(value[:LONGEST])}… ({number(len(value))} characters)"
    return spelled(value)


def spelled(text: str) -> str:
    """Control, bidirectional and invisible characters written as their code points.

    Captures and logs hold hostile strings: U+202E would turn the rest of a line around.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(spelled_character, text))


def spelled_character(character: str) -> str:
    if character.isprintable() and not IGNORABLE.match(character) and character < "\U000e0000":
        return character
    return f"⟨U+{ord(character):04X}⟩"


def number(value: int) -> str:
    """With thousands separators."""
    return f"{value:,}"


def counted(value: int, one: str, many: str = "") -> str:
    """`1 finding`, `2,000 findings`."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def size(value: int) -> str:
    """Bytes as a person says them: `1.4 MB`."""
    amount = float(value)
    for unit in ("bytes", "kB", "MB", "GB"):
        if amount < 1000:
            return f"{amount:,.0f} {unit}" if unit == "bytes" else f"{amount:,.1f} {unit}"
        amount /= 1000
    return f"{amount:,.1f} TB"


def moment(time: str | None) -> datetime | None:
    """A time of the document; None where it is absent or no calendar time (year 10000 and on)."""
    try:
        return datetime.fromisoformat(time).replace(tzinfo=None) if time else None
    except ValueError:
        return None


def clock(time: str | None) -> str:
    """`2026-03-01 08:15:30`, seconds cut; the document has the microseconds."""
    return time[:19].replace("T", " ") if time else "not known"


def happened(event: dict[str, Any]) -> str | None:
    """What happened, and when the log says that it did where its clock is off."""
    if not event.get("logged_at"):
        return event.get("what")
    return f"{event['what']}, logged as {clock(event['logged_at'])}"


def times(first: str | None, last: str | None) -> str:
    """A span, saying the date once where it is the same."""
    begin, end = clock(first), clock(last)
    if begin == end:
        return begin
    return f"{begin} \N{EN DASH} {end[11:] if begin[:10] == end[:10] else end}"


def short(at: datetime, step: float, with_day: bool) -> str:
    """Label of an axis whose ticks are `step` seconds apart."""
    day = f"{at.day} {at:%b}"
    if step >= 300 * 86400:
        return f"{at:%Y}"
    if step >= 86400:
        return day
    hour = f"{at:%H:%M:%S}" if step < 60 else f"{at:%H:%M}"
    return f"{day} {hour}" if with_day else hour


def phrase(name: str) -> str:
    """`sms-interception` as `SMS interception`."""
    words = name.replace("-", " ").replace("_", " ")
    words = re.sub(r"\b(sms|sim|dfs|otp|usd)\b", lambda found: found[0].upper(), words)
    return words[:1].upper() + words[1:]


def source(finding: dict[str, Any]) -> str:
    """Who sent it: the node or agent itself, a number of them, or that it is not known."""
    if finding["source"] is None or finding.get("sources", 0) > 1:
        return counted(finding.get("sources", 0), "source")
    members = (finding["source"].get(key) for key in ("gt", "host", "realm", "agent"))
    return next((member for member in members if member), "not known")


def subscriber(finding: dict[str, Any]) -> str:
    """Who it happened to: IMSI and MSISDN, a number of them, or that it is not known."""
    if finding.get("subscribers", 0) > 1:
        return counted(finding["subscribers"], "subscriber")
    members = finding["subscriber"] or {}
    told = [f"{key.upper()} {members[key]}" for key in ("msisdn", "imsi") if members.get(key)]
    return " · ".join(told) or "not known"


def extent(finding: dict[str, Any]) -> str:
    """How much evidence there is: `4 messages and 1 row in 2 files`."""
    evidence = finding["evidence"]
    rows = sum("row" in piece for piece in evidence)
    frames = len(evidence) - rows
    kinds = [(frames, "message"), (rows, "row")]
    told = " and ".join(counted(value, noun) for value, noun in kinds if value)
    return f"{told} in {counted(len({piece['file'] for piece in evidence}), 'file')}"


def problem_place(problem: dict[str, Any]) -> str:
    """Where a problem was first met."""
    return next(
        (f"{key} {number(problem[key])}" for key in ("frame", "line") if problem.get(key)),
        "the file",
    )


def place(evidence: dict[str, Any]) -> str:
    """Where evidence is: `FILE:FRAME`, with `:MESSAGE` behind the first, or `FILE, row ID`."""
    if "frame" in evidence:
        message = f":{evidence['message']}" if evidence["message"] > 1 else ""
        return f"{evidence['file']}:{evidence['frame']}{message}"
    return f"{evidence['file']}, row {evidence['row']}"


def explain(finding: dict[str, Any]) -> str:
    """The command that opens all evidence of a finding."""
    return f"{EXPLAIN} {shlex.quote(finding['id'])}"


def explain_frame(evidence: dict[str, Any]) -> str | None:
    """What to put behind EXPLAIN to open one frame, safe to paste into a shell.

    None for a row of a log, and for a file name that a page cannot show as it is: there the
    finding's own command serves.
    """
    if "frame" not in evidence:
        return None
    target = place(evidence)
    quoted = f"{'-- ' if target.startswith('-') else ''}{shlex.quote(target)}"
    return quoted if visible(quoted) == quoted else None


def measure(figures: dict[str, Any]) -> str:
    """`3 of 40: 7.5% (95% interval 2.6% to 19.9%)`, or `310 seconds (…)`; or why there is none.

    `unit` is `share` (of one), `seconds` or `count`; `point` is where captures were taken.
    """
    where = f", captures {figures['point']}" if figures["point"] else ""
    if figures["missing"]:
        return f"not measured for lack of {', '.join(map(lacked, figures['missing']))}{where}"
    spoken = percent if figures["unit"] == "share" else partial(quantity, figures["unit"])
    told = [] if figures["value"] is None else [spoken(figures["value"])]
    if figures["unit"] == "share" and figures["denominator"] is not None:
        if not figures["denominator"]:
            return f"none seen{where}"
        told.insert(0, f"{amount(figures['numerator'] or 0)} of {amount(figures['denominator'])}")
    if figures["low"] is None or figures["high"] is None or not told:
        return (": ".join(told) or "no figure") + where
    interval = f"95% interval {spoken(figures['low'])} to {spoken(figures['high'])}"
    return f"{': '.join(told)} ({interval}){where}"


def quantity(unit: str, value: float) -> str:
    """`310 seconds`; a count as it is."""
    return amount(value) if unit == "count" else f"{amount(value)} {unit}"


def amount(value: float) -> str:
    """A number as people write it: with thousands separators, without needless decimals."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"


def percent(value: float) -> str:
    """A share of one as `7.5%`; small ones with the digits that tell them from nothing."""
    hundred = 100 * value
    return f"{hundred:.2g}%" if 0.0001 <= hundred < 1 else f"{hundred:.1f}%".replace(".0%", "%")


def lacked(missing: str) -> str:
    """What a check lacked, as what to bring: a kind of input, or a key of network.toml."""
    if re.fullmatch(r"[a-z_]+(\.[a-z_]+)*|\[\[?[a-z_]+\]\]?", missing) and missing not in LACKED:
        return f"{missing} in network.toml"
    return LACKED.get(missing, missing)


def sentence(text: str) -> str:
    """With a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


def listed(value: object) -> str:
    """A list as its members with commas; other values as text."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def some(names: list[str], separator: str = ", ") -> str:
    """The first of them, and how many more there are."""
    more = len(names) - MOST_NAMED
    told = separator.join(map(str, names[:MOST_NAMED]))
    return f"{told} and {number(more)} more" if more > 0 else told


def attestation(told: object) -> str:
    """What an operator attested: the answer, by whom, when, on which evidence."""
    if not isinstance(told, dict):
        return str(told)
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in told.items() if value)
