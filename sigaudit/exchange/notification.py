"""The incident notification between a telecom regulator and a central bank, readable and as JSON.

What the two authorities agree to exchange under the ITU's model memorandum of understanding
(Technical report on SS7 vulnerabilities, 2019, Annex B): breaches that affect financial services,
with the data reached, actual and potential losses, and remedy. What no evidence shows is left open
to be filled in, and named.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from jinja2 import Template

from sigaudit.exchange.identity import finding_uuid, uuid_of
from sigaudit.report.grouping import worst_first
from sigaudit.report.html import environment

SCHEMA = "sigaudit/notification/1"
SEVERE = ("critical", "high", "medium")
OF_MONEY = ("sms-interception", "sim-swap-fraud", "subscriber-fraud")  # threats to it
REACHED = {
    "location-tracking": "location of the subscriber",
    "sms-interception": "short messages, one-time passwords among them",
    "call-interception": "calls of the subscriber",
    "information-gathering": "identities and subscription data",
    "sim-swap-fraud": "the subscriber's number, with what is sent to it",
    "subscriber-fraud": "subscription and account",
}
PAYMENTS = ("transfer", "cash_out")
OPEN = {
    "sender": "authority that notifies, with a contact",
    "recipients": "authority that is notified, and who there may read it",
    "reference": "the memorandum of understanding, its date and clause",
    "reported_at": "when the operator or the provider reported each incident",
    "contained_at": "when each incident was contained",
    "measures_taken": "what was done, and by whom",
    "losses_confirmed": "losses that providers confirm; those below are what their logs show",
    "customers_informed": "whether and when the customers were told",
}
MOST_INCIDENTS = 500  # of the readable form; the JSON has all
Members = dict[str, Any]


def notification(document: Members) -> Iterator[str]:
    """The readable form: one HTML file, that loads nothing."""
    yield page().render(told=contents(document), most=MOST_INCIDENTS)


def notification_json(document: Members) -> Iterator[str]:
    """The same for machines, every incident in it."""
    yield json.dumps(contents(document), indent=1) + "\n"


def contents(document: Members) -> Members:
    """What is notified: incidents of medium severity and above, those of money first."""
    severe = [one for one in worst_first(document["findings"]) if one["severity"] in SEVERE]
    checks = {check["id"]: check for check in document["checks"]}
    incidents = [incident(finding, checks.get(finding["detector"])) for finding in severe]
    incidents.sort(key=lambda one: not one["affects_financial_services"])
    inputs = [entry["sha256"] for entry in document["inputs"]]
    return {
        "schema": SCHEMA,
        "id": uuid_of("notification", document["operator"], document["network_sha256"], *inputs),
        "tool": document["tool"],
        "operator": document["operator"],
        "period": document["period"],
        "as_of": document["as_of"],
        "pseudonymised": document["pseudonymised"],
        "sensitivity": "personal data of subscribers under tokens"
        if document["pseudonymised"]
        else "personal data of subscribers in clear",
        "purpose": "to protect users of digital financial services, and to follow incidents up",
        "incidents": incidents,
        "below_medium": len(document["findings"]) - len(severe),
        "losses": total(severe),
        "not_assessed": document["not_assessed"],
        "inputs": [{key: row[key] for key in ("name", "sha256")} for row in document["inputs"]],
        "to_be_filled_in": OPEN,
    }


def incident(finding: Members, check: Members | None) -> Members:
    """One finding in the terms of the memorandum."""
    paid = list(payments(finding).values())
    return {
        "id": finding["id"],
        "uuid": finding_uuid(finding["id"]),
        "title": finding["title"],
        "threat": finding["threat"],
        "severity": finding["severity"],
        "confidence": finding["confidence"],
        "affects_financial_services": finding["threat"] in OF_MONEY or bool(services(finding)),
        "financial_services": services(finding),
        "began_at": finding["first_seen"],
        "last_seen_at": finding["last_seen"],
        "what_happened": finding["explanation"],
        "network_answer": finding["answer"],
        "data_reached": REACHED.get(finding["threat"]) if reached(finding) else None,
        "subscriber": finding["subscriber"],
        "subscribers": finding["subscribers"],
        "source": finding["source"],
        "sources": finding["sources"],
        "origin": finding["origin"],
        "loss_actual": money(paid, "success"),
        "loss_potential": money(paid, None),
        "remedy_advised": " ".join(check["remedy"].split()) if check else None,
        "controls": finding["controls"],
        "references": finding["references"],
    }


def reached(finding: Members) -> bool:
    """Whether data may have been reached: a request that was refused reached nothing."""
    return finding["answer"] not in ("refused", "no_answer")


def services(finding: Members) -> list[str]:
    """The financial services whose events are part of the incident."""
    codes = (event["codes"] for event in finding["events"])
    return sorted({one["provider"] for one in codes if one.get("provider")})


def payments(finding: Members) -> dict[tuple[str, ...], Members]:
    """Payments among the evidence, by file and row."""
    return {
        tuple(event["evidence"].values()): event["codes"]
        for event in finding["events"]
        if event["codes"].get("event") in PAYMENTS and event["codes"].get("amount")
    }


def money(paid: list[Members], outcome: str | None) -> dict[str, str]:
    """Sums by currency of payments with this outcome, or of all that were tried."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for one in paid:
        if outcome in (None, one["outcome"]):
            sums[one["currency"] or "currency not told"] += Decimal(one["amount"])
    return {currency: str(amount) for currency, amount in sorted(sums.items())}


def total(findings: list[Members]) -> Members:
    """Losses of all incidents together; a payment that is evidence of several counts once."""
    paid = {place: one for finding in findings for place, one in payments(finding).items()}
    every = list(paid.values())
    return {"actual": money(every, "success"), "potential": money(every, None)}


@cache
def page() -> Template:
    return environment("sigaudit.exchange").get_template("notification.html")
