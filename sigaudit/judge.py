"""From measures and answers to the verdicts that the report shows, requirement by requirement."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from duckdb import DuckDBPyConnection

from sigaudit import framework, measure
from sigaudit.attestation import Answer
from sigaudit.framework import Control
from sigaudit.network import Network
from sigaudit.verdict import Evidence, Figure, Size, Verdict, measured, together

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
    rules = active_rules(network)
    for table in ("framework", "control", "measure"):
        connection.execute(f"delete from {table}")
    connection.execute("insert into measure by name select * from measured order by id, point")
    judged = Judged(evidence, answers, str(getattr(network.policy, "profile", "")))
    with connection.appender("framework") as appender:
        for place, found in enumerate(framework.load()):
            appender.append_row(
                place, found.id, found.title, found.publisher, found.source, found.date
            )
    for row in rows(judged, rules):
        names = ", ".join(f'? as "{name}"' for name in row)
        connection.execute(f"insert into control by name select {names}", list(row.values()))


class Judged:
    """The verdict of each control, made when it is asked for: some take that of others."""

    def __init__(self, evidence: Evidence, answers: Mapping[str, Answer], profile: str) -> None:
        self.evidence, self.answers, self.profile = evidence, answers, profile
        self.controls = framework.controls()
        self.made: dict[str, Verdict] = {}

    def __getitem__(self, name: str) -> Verdict:
        if name not in self.made:
            self.made[name] = self._judge(self.controls[name])
        return self.made[name]

    def _judge(self, control: Control) -> Verdict:
        if control.profile and control.profile != self.profile:
            words = f"of the regime {control.profile}, which is not the active profile"
            return Verdict("not_applicable", words)
        answer = self.answers.get(control.id)
        if control.takes:
            found = together([self[name] for name in control.takes])
            if found.verdict != "not_assessed" or answer is None:
                return found
        return answered(control, by_data(control, self.evidence), answer)


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
        lacking = {
            w for ds in control.classes.values() for d in ds for w in evidence.at_work.get(d, ())
        }
        return Verdict(
            "not_assessed", "no detector of any class was at work", tuple(sorted(lacking))
        )
    if idle:
        return Verdict(
            "partly", f"no detector was at work of class: {', '.join(idle)}", tuple(idle)
        )
    return Verdict("met", f"detectors of all {len(control.classes)} classes were at work")


def answered(control: Control, data: Verdict | None, answer: Answer | None) -> Verdict:
    """Data and an answer together: what was measured is never hidden by what was said."""
    if data and data.verdict in ("departed_from", "partly"):
        return data
    if data is None or data.verdict == "not_assessed":
        return unmeasured(control, data, answer)
    if control.rest is None:
        return data
    if answer is None:
        words = f"{data.reason}; data cannot show the rest: {control.rest}"
        return Verdict("partly", words, (control.rest,))
    kind = "met" if answer.answer == "yes" else "partly"
    return Verdict(kind, f"{data.reason}; the rest is answered: {said(answer)}")


def unmeasured(control: Control, data: Verdict | None, answer: Answer | None) -> Verdict:
    """An answer alone, or nothing."""
    if answer is not None:
        return Verdict(BY_ANSWER[answer.answer], f"not measured; answered: {said(answer)}")
    needed = (control.rest,) if control.rest else ()
    if data is not None:
        return Verdict("not_assessed", data.reason, (*data.missing, *needed))
    if control.criteria:
        return Verdict("not_assessed", "no detection has been run", ("detection",))
    needed = needed or ("attestation",)
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
        figure = Figure(name, point, known[name].unit, known[name].by, *counts)
        figures.setdefault(name, []).append(figure)
    for name in known.keys() - figures.keys():
        figures[name] = [Figure(name, None, known[name].unit, known[name].by)]
    sizes = connection.execute("select point, dialogues, hours from border_size").fetchall()
    lacks: dict[str, tuple[str, ...]] = {
        name: () for (name,) in connection.execute("select id from detector").fetchall()
    }
    for name, what in connection.execute("from not_assessed order by all").fetchall():
        lacks[name] = (*lacks.get(name, ()), what)
    return Evidence(figures, {point: Size(n, h or 0) for point, n, h in sizes}, lacks)


def active_rules(network: Network) -> dict[str, str]:
    """Keys of [policy] that the active profile makes a rule, each with its legal reference."""
    rules: dict[str, Any] = getattr(network.policy, "rules", dict)()
    return {
        key: f"{rule.issuer}, {rule.reference}"
        for key, rule in rules.items()
        if rule.binding == "rule"
    }


def rows(judged: Judged, rules: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """A row of the table control for each control of each framework."""
    for found in framework.load():
        for place, control in enumerate(found.control):
            verdict, answer = judged[control.id], judged.answers.get(control.id)
            broken = [rules[key] for key in policy(control, judged.controls) if key in rules]
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
                "missing": list(verdict.missing),
                "measures": list(inherited(control, judged.controls, "measures")),
                "detectors": list(inherited(control, judged.controls, "detectors")),
                "takes": control.takes,
                "attestation": vars(answer) if answer else None,
            }


def inherited(control: Control, known: Mapping[str, Control], what: str) -> dict[str, None]:
    """The measures or detectors of a control and of those whose verdicts it takes, in order."""
    if what == "measures":
        own = [criterion.measure for criterion in control.criteria]
    else:
        own = [*control.detectors, *(d for ds in control.classes.values() for d in ds)]
    found = dict.fromkeys(own)
    for name in control.takes:
        found |= inherited(known[name], known, what)
    return found


def policy(control: Control, known: Mapping[str, Control]) -> dict[str, None]:
    """The keys of [policy] that a control, and those whose verdicts it takes, stand on."""
    found = dict.fromkeys(control.policy)
    for name in control.takes:
        found |= policy(known[name], known)
    return found
