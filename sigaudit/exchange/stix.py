"""Findings as a STIX 2.1 bundle: what was seen where, by which indicator, of which technique.

A finding is a sighting of its detector's indicator, over observed data: the subscriber as a user
account, the sender as a domain name (Diameter) or an account of type `global-title` (SS7). STIX has
no messages of signalling: an extension of observed data tells them.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import stix2

from sigaudit.exchange.identity import finding_uuid, uuid_of
from sigaudit.exchange.references import Reference, reference

EXTENSION = f"extension-definition--{uuid_of('stix extension', 'signalling')}"
BEGINNING = "1970-01-01T00:00:00.000Z"  # of what is older than all evidence
MOST_MESSAGES = 100  # of one finding
Members = dict[str, Any]


def stix(document: Members) -> str:
    """The bundle; its objects in an order of their own, one of each id."""
    operator = identity(document["operator"] or "operator not named", "organization")
    program = identity("sigaudit", "system")
    found = [program, operator, stix2.TLP_AMBER, extension(program)]
    findings = list(document["findings"])
    for finding in findings:
        found += sighted(document, finding, operator, program)
    if findings:
        found.append(report(document, found, program))
    unique = {one["id"]: one for one in found}
    bundle = stix2.Bundle(*unique.values(), id=f"bundle--{uuid_of('stix bundle', *unique)}")
    # what the library calls pretty takes minutes
    return json.dumps(json.loads(bundle.serialize()), indent=1) + "\n"


def identity(name: str, kind: str) -> stix2.Identity:
    return stix2.Identity(
        id=stix_id("identity", kind, name),
        created=BEGINNING,
        modified=BEGINNING,
        name=name,
        identity_class=kind,
    )


def stix_id(kind: str, *parts: object) -> str:
    return f"{kind}--{uuid_of(f'stix {kind}', *parts)}"


def extension(program: stix2.Identity) -> stix2.ExtensionDefinition:
    return stix2.ExtensionDefinition(
        id=EXTENSION,
        created=BEGINNING,
        modified=BEGINNING,
        created_by_ref=program.id,
        name="Signalling messages",
        description="Adds `messages` to observed data: each with its time `at`, `what` it is, and"
        " the addresses it came `from` and went `to`.",
        schema="docs/exchange.md of sigaudit",
        version="1.0.0",
        extension_types=["property-extension"],
    )


def sighted(
    document: Members, finding: Members, operator: stix2.Identity, program: stix2.Identity
) -> Iterator[Any]:
    """All objects of one finding; those of its detector and techniques are the same each time."""
    check = next((c for c in document["checks"] if c["id"] == finding["detector"]), None)
    indicator = indicator_of(finding, check, program)
    yield indicator
    for one in map(reference, finding["references"]):
        pattern = attack_pattern(one)
        yield pattern
        yield indicates(indicator, pattern)
    seen = list(observables(finding))
    yield from seen
    data = observed(finding, seen, program) if seen else None
    if data:
        yield data
    yield stix2.Sighting(
        id=f"sighting--{finding_uuid(finding['id'])}",
        created=finding["first_seen"],
        modified=finding["last_seen"],
        created_by_ref=program.id,
        object_marking_refs=[stix2.TLP_AMBER],
        first_seen=finding["first_seen"],
        last_seen=later(finding["first_seen"], finding["last_seen"]),
        count=min(max(len(finding["evidence"]), 1), 999_999_999),
        description=f"{finding['title']}: {finding['explanation']}",
        confidence=round(finding["confidence"] * 100),
        sighting_of_ref=indicator.id,
        observed_data_refs=[data.id] if data else [],
        where_sighted_refs=[operator.id],
        labels=list(labels(finding)),
        external_references=[{"source_name": "sigaudit", "external_id": finding["id"]}],
    )


def later(first: str, last: str) -> str:
    """The end of a sighting, which STIX wants behind its beginning or at it."""
    return max(first, last)


def labels(finding: Members) -> Iterator[str]:
    """What STIX has no member for."""
    yield f"severity:{finding['severity']}"
    yield f"threat:{finding['threat']}"
    if finding["answer"]:
        yield f"answer:{finding['answer']}"
    yield from (f"also:{name}" for name in finding["also"])
    yield from (f"control:{name}" for name in finding["controls"])


def indicator_of(
    finding: Members, check: Members | None, program: stix2.Identity
) -> stix2.Indicator:
    """The detector; its pattern names it, for the SQL is no pattern language of STIX."""
    detector = finding["detector"]
    return stix2.Indicator(
        id=stix_id("indicator", detector),
        created=BEGINNING,
        modified=BEGINNING,
        created_by_ref=program.id,
        name=f"{detector}: {check['title'] if check else finding['title']}",
        description=check["why"] if check else finding["title"],
        indicator_types=["malicious-activity"],
        pattern=f"sigaudit detector {detector}",
        pattern_type="sigaudit",
        valid_from=BEGINNING,
    )


def attack_pattern(one: Reference) -> stix2.AttackPattern:
    external = {"source_name": one.source, "external_id": one.id}
    return stix2.AttackPattern(
        id=stix_id("attack-pattern", *one[:2]),
        created=BEGINNING,
        modified=BEGINNING,
        name=one.id,
        external_references=[external | ({"url": one.url} if one.url else {})],
    )


def indicates(indicator: stix2.Indicator, pattern: stix2.AttackPattern) -> stix2.Relationship:
    return stix2.Relationship(
        id=stix_id("relationship", indicator.id, pattern.id),
        created=BEGINNING,
        modified=BEGINNING,
        relationship_type="indicates",
        source_ref=indicator.id,
        target_ref=pattern.id,
    )


def observables(finding: Members) -> Iterator[Any]:
    """The subscriber and the sender; none where there are several of each."""
    for kind, number in finding["subscriber"].items():
        if number:
            yield account(kind, number)
    source = finding["source"]
    if source["gt"]:
        yield account("global-title", source["gt"])
    for name in dict.fromkeys((source["host"], source["realm"])):
        if name:
            yield stix2.DomainName(id=stix_id("domain-name", name), value=name)
    if source["agent"]:
        yield account("agent", source["agent"])


def account(kind: str, value: str) -> stix2.UserAccount:
    return stix2.UserAccount(
        id=stix_id("user-account", kind, value), user_id=value, account_type=kind
    )


def observed(finding: Members, seen: Iterable[Any], program: stix2.Identity) -> stix2.ObservedData:
    messages = [
        {key: event[key] for key in ("at", "what", "from", "to") if event[key] is not None}
        for event in finding["events"][:MOST_MESSAGES]
    ]
    return stix2.ObservedData(
        id=stix_id("observed-data", finding["id"]),
        created=finding["first_seen"],
        modified=finding["last_seen"],
        created_by_ref=program.id,
        object_marking_refs=[stix2.TLP_AMBER],
        first_observed=finding["first_seen"],
        last_observed=later(finding["first_seen"], finding["last_seen"]),
        number_observed=min(max(len(finding["evidence"]), 1), 999_999_999),
        object_refs=[one.id for one in seen],
        extensions={EXTENSION: {"extension_type": "property-extension", "messages": messages}},
    )


def report(document: Members, objects: list[Any], program: stix2.Identity) -> stix2.Report:
    """The audit: all that the bundle holds, published when the evidence ends."""
    published = document["as_of"] or document["period"]["last_seen"] or BEGINNING
    held = (one["id"] for one in objects if not one["type"].endswith("-definition"))
    inputs = [entry["sha256"] for entry in document["inputs"]]
    return stix2.Report(
        id=stix_id("report", document["operator"], document["network_sha256"], *inputs),
        created=published,
        modified=published,
        created_by_ref=program.id,
        object_marking_refs=[stix2.TLP_AMBER],
        name=f"Signalling audit of {document['operator']}",
        report_types=["threat-report"],
        published=published,
        object_refs=list(dict.fromkeys(held)),
    )
