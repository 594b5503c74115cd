"""From measures and answers to the verdicts that the report shows, requirement by requirement."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from duckdb import DuckDBPyConnection

from sigaudit import framework, measure
from sigaudit.attestation import Answer
from sigaudit.framework import Control
from sigaudit.framework_text import inherited
from sigaudit.network import Network
from sigaudit.policy import profiles
from sigaudit.verdict import Evidence, Figure, Size, Verdict, measured, of_controls

NOT_AUDITED = Evidence()
BY_ANSWER = {
    "yes": "attested",
    "partly": "partly",
    "no": "departed_from",
    "not_applicable": "not_applicable",
}


def run(
    connection: DuckDBPyConnection,
    network: Network,
    now: datetime | None,
    answers: Mapping[str, Answer] = {},
) -> None:
    """Judge every requirement: replaces the tables framework, control and measure.

    Needs the tables of sigaudit.state, and fired_row and not_assessed of this detection.
    """
    measure.take(connection, network, now)
    evidence = taken(connection)
    rules = active_rules(network, now)
    for table in ("framework", "control", "measure"):
        connection.execute(f"delete from {table}")
    connection.execute("insert into measure by name select * from measured order by id, point")
    judged = Judged(evidence, answers, regimes(network))
    with connection.appender("framework") as appender:
        for place, found in enumerate(framework.load()):
            appender.append_row(
                place, found.id, found.title, found.publisher, found.source, found.date
            )
    with connection.appender("control") as appender:
        for row in rows(judged, rules):
            appender.append_row(*row.values())


class Judged:
    """The verdict of each control, made when it is asked for: some take that of others."""

    def __init__(
        self,
        evidence: Evidence,
        answers: Mapping[str, Answer] = {},
        countries: Collection[str] = (),
    ) -> None:
        self.evidence, self.answers, self.countries = evidence, answers, countries
        self.controls = framework.controls()
        self.made: dict[str, Verdict] = {}

    def __getitem__(self, name: str) -> Verdict:
        if name not in self.made:
            self.made[name] = self._judge(self.controls[name])
        return self.made[name]

    def _judge(self, control: Control) -> Verdict:
        if control.country and control.country not in self.countries:
            words = "neither the operator's country nor that of policy.profile"
            return Verdict("not_applicable", f"of the regime of {control.country}, {words}")
        answer = self.answers.get(control.id)
        if control.takes:
            found = of_controls({name: self[name] for name in control.takes})
            if found.verdict != "not_assessed" or answer is None:
                return found
        data = by_data(control, self.evidence)
        if data is None or data.verdict == "not_assessed":
            return unmeasured(control, data, answer, bool(self.evidence.figures))
        return answered(control, data, answer)


def by_data(control: Control, evidence: Evidence) -> Verdict | None:
    """What data say; None where they cannot say anything."""
    if control.classes:
        return covered(control, evidence)
    return measured(control, evidence)


def covered(control: Control, evidence: Evidence) -> Verdict:
    """Whether of each class of attacks one detector at least was at work."""
    idle = [
        name
        for name, detectors in control.classes.items()
        if all(evidence.at_work.get(detector, ("detection",)) for detector in detectors)
    ]
    if len(idle) == len(control.classes):
        detectors = [detector for found in control.classes.values() for detector in found]
        lacking = {what for d in detectors for what in evidence.at_work.get(d, ("detection",))}
        words = "no detector of any class was at work"
        return Verdict("not_assessed", words, tuple(sorted(lacking)))
    if idle:
        return Verdict(
            "partly", f"no detector was at work of class: {', '.join(idle)}", tuple(idle)
        )
    return Verdict("met", f"detectors of all {len(control.classes)} classes were at work")


def answered(control: Control, data: Verdict, answer: Answer | None) -> Verdict:
    """Data and an answer together: what was measured is never hidden by what was said."""
    if data.verdict in ("departed_from", "partly") or control.rest is None:
        if answer and answer.answer == "yes":
            words = f"{data.reason}; that contradicts the answer: {said(answer)}"
            return replace(data, reason=words)
        return data
    if answer is None:
        words = f"{data.reason}; data cannot show the rest: {control.rest}"
        return replace(data, verdict="partly", reason=words, missing=(control.rest,))
    kind = "met" if answer.answer == "yes" else "partly"
    words = f"{data.reason}; the rest is answered: {said(answer)}"
    return replace(data, verdict=kind, reason=words, missing=())


def unmeasured(
    control: Control, data: Verdict | None, answer: Answer | None, detected: bool
) -> Verdict:
    """An answer alone, or nothing."""
    if answer is not None:
        return Verdict(BY_ANSWER[answer.answer], f"not measured; answered: {said(answer)}")
    needed = (control.rest,) if control.rest else ()
    if data is not None:
        return replace(data, missing=(*data.missing, *needed))
    if control.criteria and not detected:
        return Verdict("not_assessed", "no detection has been run", ("detection",))
    needed = needed or ("an answer",)
    if control.criteria:
        words = "the measure informs only, as the source sets no limit"
        return Verdict("not_assessed", f"{words}: it needs {needed[0]}", needed)
    return Verdict("not_assessed", f"no data given here can show it: it needs {needed[0]}", needed)


def said(answer: Answer) -> str:
    return (
        f"{answer.answer.replace('_', ' ')}, by {answer.name} on {answer.date} ({answer.reference})"
    )


def taken(connection: DuckDBPyConnection) -> Evidence:
    """What was measured, by id of measure; and which detectors were at work."""
    known = {one.id: one for one in measure.load()}
    figures: dict[str, list[Figure]] = {}
    query = """
        select id, point, numerator, denominator, seen, value, low, high, coalesce(missing, [])
        from measured order by id, point
    """
    for name, point, *counts in connection.execute(query).fetchall():
        figure = Figure(name, point, *words(known[name]), *counts)
        figures.setdefault(name, []).append(figure)
    for name in known.keys() - figures.keys():
        figures[name] = [Figure(name, None, *words(known[name]))]
    sizes = connection.execute("select point, dialogues, hours from border_size").fetchall()
    lacks: dict[str, tuple[str, ...]] = {
        name: () for (name,) in connection.execute("select id from detector").fetchall()
    }
    for name, what in connection.execute("from not_assessed order by all").fetchall():
        lacks[name] = (*lacks.get(name, ()), what)
    return Evidence(figures, {point: Size(n, h or 0) for point, n, h in sizes}, lacks)


def words(one: measure.Measure) -> tuple[str, str, str, str]:
    """What is said of a measure beside its figures."""
    return one.title, one.denominator, one.unit, one.by


def regimes(network: Network) -> set[str]:
    """The countries whose regimes apply: the operator's, and that of policy.profile."""
    chosen = profiles()[network.policy.profile].country
    return {network.operator.country, *([chosen] if chosen else [])}


def active_rules(network: Network, now: datetime | None) -> dict[str, str]:
    """The legal reference of each rule of the active profile, by its key and by "key = value".

    A rule that is in force only after `now`, the time of the evidence, is none yet.
    """
    values = network.policy.values(now)
    found: dict[str, str] = {}
    for key, rule in network.policy.rules().items():
        if rule.binding == "rule" and values.get(key) == rule.value:
            value = rule.value if isinstance(rule.value, list) else [rule.value]
            words = f"{rule.issuer}, {rule.reference}"
            found |= {key: words, f"{key} = {', '.join(map(str, value))}": words}
    return found


def rows(judged: Judged, rules: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """A row of the table control, in the order of its columns, for each control."""
    for found in framework.load():
        for place, control in enumerate(found.control):
            verdict, answer = judged[control.id], judged.answers.get(control.id)
            broken = [rules[key] for key in verdict.policy if key in rules]
            breach = verdict.verdict == "departed_from" and bool(broken)
            yield {
                "framework": found.id,
                "place": place,
                "id": control.id,
                "chapter": control.chapter,
                "title": control.title,
                "requirement": " ".join(control.requirement.split()),
                "source": control.source,
                "binds": control.binds,
                "mode": control.mode,
                "test": " ".join(control.test.split()),
                "question": control.question,
                "verdict": verdict.verdict,
                "breach": breach,
                "rule": "; ".join(dict.fromkeys(broken)) if breach else None,
                "reason": verdict.reason,
                "details": list(verdict.details),
                "missing": list(verdict.missing),
                "measures": list(inherited(control, "measures")),
                "detectors": list(inherited(control, "detectors")),
                "takes": control.takes,
                "attestation": vars(answer) if answer else None,
            }
