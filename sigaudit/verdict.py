"""Verdicts: what measures and answers say of each requirement of the frameworks.

A clean capture proves something only by its place, length and size: outside the signalling
firewall, attacks that were seen and never answered; inside it, none that came through. Where it
proves nothing, the verdict is `not_assessed`, and the bound that it sets is told.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sigaudit.framework import Control, Criterion

ENOUGH_DIALOGUES = 3000  # from outside, of which none leaked: at most 0.1 % may leak, at 95 %
ENOUGH_HOURS = 24
ENOUGH_ROWS = 300  # of a log, of which none departs: at most 1 % may
INSIDE = ("inside", "core")


@dataclass(frozen=True)
class Figure:
    """A measure as taken at one capture point, or over all rows (`point` None)."""

    id: str
    point: str | None
    title: str
    of: str  # what the denominator counts
    unit: str
    by: str
    numerator: int | None = None
    denominator: int | None = None
    seen: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    missing: Sequence[str] = ()


@dataclass(frozen=True)
class Size:
    """How much was watched at a capture point."""

    dialogues: int
    hours: float

    @property
    def enough(self) -> bool:
        return self.dialogues >= ENOUGH_DIALOGUES and self.hours >= ENOUGH_HOURS


@dataclass(frozen=True)
class Verdict:
    """A verdict, and why in a sentence or two."""

    verdict: str
    reason: str
    missing: tuple[str, ...] = ()
    policy: tuple[str, ...] = ()  # what of [policy] the departures go against
    details: tuple[str, ...] = ()  # each reason by itself, where there are several


@dataclass(frozen=True)
class Evidence:
    """What was measured in one audit."""

    figures: dict[str, list[Figure]] = field(default_factory=dict)
    sizes: dict[str, Size] = field(default_factory=dict)
    at_work: dict[str, tuple[str, ...]] = field(default_factory=dict)  # detectors: what they lack


def measured(control: Control, evidence: Evidence) -> Verdict | None:
    """What data say of a control; None where it has no criteria that could say anything."""
    found = [
        verdict
        for criterion in control.criteria
        if (verdict := held_to(criterion, evidence)) is not None
    ]
    if not found:
        return None
    void = [verdict for verdict in found if verdict.verdict == "void"]
    verdict = together([one for one in found if one.verdict != "void"] or [NOTHING])
    if void and verdict.verdict != "departed_from":
        return joined(
            "not_assessed", [*(replace(v, verdict="not_assessed") for v in void), verdict]
        )
    return verdict


NOTHING = Verdict("not_assessed", "nothing to judge")


def held_to(criterion: Criterion, evidence: Evidence) -> Verdict | None:
    """One measure against its limit; None where it has none and only informs."""
    figures = evidence.figures.get(criterion.measure, [])
    lacking = tuple(what for figure in figures for what in figure.missing)
    if not figures:
        return None
    if figures[0].by == "point" and not lacking:
        return at_border(criterion, figures, evidence.sizes)
    if figures[0].by != "point" and criterion.at_least is None and criterion.at_most is None:
        return None
    if lacking:
        return Verdict("not_assessed", f"{figures[0].title}: not measured", lacking)
    return over_rows(criterion, figures[0], evidence.sizes)


def at_border(criterion: Criterion, figures: Sequence[Figure], sizes: dict[str, Size]) -> Verdict:
    """What may not come over interconnect, by where captures were taken; the worst holds."""
    by_point: dict[str, Figure] = dict.fromkeys(sizes, nothing_of(figures[0]))
    by_point |= {figure.point: figure for figure in figures if figure.point}
    found = [at_point(criterion, point, by_point[point], size) for point, size in sizes.items()]
    return worst(found) if found else Verdict("not_assessed", "no capture", ("capture",))


PLACES = {
    "outside": "outside the firewall",
    "inside": "inside the firewall",
    "core": "in the core",
    "unknown": "at a place that is not told",
}


def nothing_of(figure: Figure) -> Figure:
    """The same measure at a point where it counted nothing."""
    return replace(figure, point=None, numerator=0, denominator=0, seen=0)


def at_point(criterion: Criterion, point: str, figure: Figure, size: Size) -> Verdict:
    """The verdict of the captures of one point."""
    answered, decided, seen = figure.numerator or 0, figure.denominator or 0, figure.seen or 0
    where = f"{figure.title}, {PLACES[point]}"
    if answered:
        return Verdict(criterion.beyond, f"{where}: {answered} of {decided} were answered")
    if point in INSIDE:
        if seen:
            words = f"{where}: {seen} came through, none was answered"
            return Verdict(criterion.beyond, words)
        if size.enough:
            return Verdict("met", f"{where}: none in {told(size)}")
        return Verdict("not_assessed", f"{where}: none in {told(size)}; {too_small(size)}", LONGER)
    if point == "unknown":
        words = f"{where}: none of {decided} was answered, which proves nothing there"
        return Verdict("not_assessed", words, ("capture.point",))
    if not decided:
        return Verdict("not_assessed", f"{where}: none came in {told(size)}", ("stimulus",))
    words = f"{where}: none of {decided} was answered in {told(size)}"
    if size.enough:
        return Verdict("met", f"{words}; at most {bound(decided)} may be")
    return Verdict("not_assessed", f"{words}; {too_small(size)}", LONGER)


LONGER = ("longer captures",)


def told(size: Size) -> str:
    return f"{size.dialogues} requests from outside and {size.hours:.1f} hours"


def too_small(size: Size) -> str:
    """Why a clean capture proves nothing, with the bound that it sets."""
    words = f"fewer than {ENOUGH_DIALOGUES} requests or {ENOUGH_HOURS} hours"
    return f"{words} (up to {bound(size.dialogues)} may leak)" if size.dialogues else words


def bound(count: int) -> str:
    """The upper bound at 95 % of a share of which none was seen: about three in `count`."""
    return f"{1 - 0.05 ** (1 / count):.2%}"


def over_rows(criterion: Criterion, figure: Figure, sizes: dict[str, Size]) -> Verdict:
    """A share, count or time of a log, or of all captures, against its limit."""
    if not figure.denominator or figure.value is None:
        return Verdict("not_assessed", f"{figure.title}: none to judge by", (figure.of,))
    low, high = criterion.at_least, criterion.at_most
    holds = (low is None or figure.value >= low) and (high is None or figure.value <= high)
    limit = (
        f"at least {shown(figure, low)}" if low is not None else f"at most {shown(figure, high)}"
    )
    words = f"{figure.title}: {counted(figure)}, {limit} expected"
    if not holds:
        if criterion.beyond == "not_assessed":  # so much is unknown that the rest proves nothing
            return Verdict("void", words, ("networks of [[roaming_partner]]",))
        if criterion.shows == "met":
            return Verdict("not_assessed", f"{words}; it cannot show the contrary", ("coverage",))
        return Verdict(criterion.beyond, words, policy=tuple(criterion.policy))
    if criterion.shows == "departed_from":
        return Verdict(
            "not_assessed",
            f"{words}; it can show departures only",
            (f"what shows that all is well: {figure.title}",),
        )
    if criterion.beyond == "not_assessed" or figure.denominator >= enough(figure):
        hours = sum(size.hours for size in sizes.values())
        if figure.by == "log" or hours >= ENOUGH_HOURS or criterion.beyond == "not_assessed":
            return Verdict("met", words)
        return Verdict("not_assessed", f"{words}; only {hours:.1f} hours of capture", LONGER)
    few = f"fewer than {enough(figure)}: up to {bound(figure.denominator)} may depart unseen"
    return Verdict("not_assessed", f"{words}; {few}", (f"more of: {figure.of}",))


def enough(figure: Figure) -> int:
    """How many there have to be for a pass."""
    return ENOUGH_ROWS if figure.by == "log" else ENOUGH_DIALOGUES


def shown(figure: Figure, value: float | None) -> str:
    """A value in its unit."""
    if value is None:
        return "nothing"
    return {"share": f"{value:.2%}".replace(".00%", "%"), "seconds": f"{value:g} s"}.get(
        figure.unit, f"{value:g}"
    )


def counted(figure: Figure) -> str:
    """A figure in words."""
    if figure.numerator is None:
        return f"{shown(figure, figure.value)} over {figure.denominator}"
    if figure.unit != "share":
        return f"{figure.numerator} in {figure.denominator}"
    return f"{figure.numerator} of {figure.denominator} ({shown(figure, figure.value)})"


ORDER = ("departed_from", "partly", "met", "attested", "not_assessed", "not_applicable")


def worst(found: Iterable[Verdict]) -> Verdict:
    """Of several sets of evidence for the same thing: a departure, else what was shown."""
    ordered = sorted(found, key=lambda verdict: ORDER.index(verdict.verdict))
    first = ordered[0].verdict
    same = [verdict for verdict in ordered if verdict.verdict == first]
    return joined(first, same)


def together(found: Sequence[Verdict]) -> Verdict:
    """Of several things that all have to hold: met only if each is."""
    kinds = {verdict.verdict for verdict in found} - {"not_applicable"}
    if not kinds:
        return joined("not_applicable", found)
    if "departed_from" in kinds:
        kind = "departed_from"
    elif len(kinds) == 1:
        kind = kinds.pop()
    elif kinds == {"met", "attested"}:
        kind = "attested"
    elif kinds == {"attested", "not_assessed"} or "met" in kinds or "partly" in kinds:
        kind = "partly"
    else:
        kind = "not_assessed"
    return joined(kind, found)


def joined(kind: str, found: Sequence[Verdict]) -> Verdict:
    """One verdict of several: the first reason that carries it, and how the others stand."""
    ordered = sorted(found, key=lambda verdict: (verdict.verdict != kind, order(verdict)))
    first, *rest = {verdict.reason: verdict for verdict in ordered}.values()
    words = first.reason + how_they_stand(rest)
    return behind(Verdict(kind, words), [one.reason for one in ordered], ordered)


def how_they_stand(others: Sequence[Verdict]) -> str:
    """`; of 3 other figures 1 departed from, 2 not assessed`; nothing of none."""
    kinds = Counter(spoken(one.verdict) for one in sorted(others, key=order))
    if len(others) < 2:
        return "".join(f"; the other figure: {kind}" for kind in kinds)
    told = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
    return f"; of {len(others)} other figures {told}"


def of_controls(found: Mapping[str, Verdict]) -> Verdict:
    """The verdict of a control that takes those of others: which of them stand how."""
    one = together(list(found.values()))
    if len(found) == 1:
        return one
    ids: dict[str, list[str]] = {}
    for name, verdict in sorted(found.items(), key=lambda item: order(item[1])):
        ids.setdefault(verdict.verdict, []).append(name)
    words = "; ".join(f"{spoken(kind)}: {', '.join(names)}" for kind, names in ids.items())
    reasons = [f"{name}: {verdict.reason}" for name, verdict in found.items()]
    return behind(replace(one, reason=words, details=()), reasons, list(found.values()))


def behind(verdict: Verdict, reasons: Sequence[str], found: Sequence[Verdict]) -> Verdict:
    """The verdict with what is lacking, what it goes against, and each reason where several are."""
    pairs = zip(found, reasons, strict=True)
    every = [line for one, reason in pairs for line in one.details or (reason,)]
    return replace(
        verdict,
        missing=tuple(dict.fromkeys(what for one in found for what in one.missing)),
        policy=tuple(dict.fromkeys(key for one in found for key in one.policy)),
        details=tuple(dict.fromkeys(every)) if len(every) > 1 else (),
    )


def order(verdict: Verdict) -> int:
    return ORDER.index(verdict.verdict)


def spoken(kind: str) -> str:
    return kind.replace("_", " ")
