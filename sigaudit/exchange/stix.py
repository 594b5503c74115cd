"""Findings as a STIX 2.1 bundle: what was seen where, by which indicator, of which technique.

A finding is a sighting of its detector's indicator, over observed data: the subscriber as a user
account, the sender as a domain name (Diameter) or an account of type `global-title` (SS7). STIX has
no messages of signalling: an extension of observed data tells them. Objects are written one by one,
a line each, as they are made.
"""

import json
from collections.abc import Iterator
from typing import Any

from sigaudit.exchange.identity import finding_uuid, uuid_of
from sigaudit.exchange.references import Reference, reference


def stix_id(kind: str, *parts: object) -> str:
    """The id of an object by what it is."""
    return f"{kind}--{uuid_of(f'stix {kind}', *parts)}"


EXTENSION = f"extension-definition--{uuid_of('stix extension', 'signalling')}"
PROGRAM = stix_id("identity", "system", "sigaudit")
BEGINNING = "1970-01-01T00:00:00.000Z"  # of what is older than all evidence
MOST_MESSAGES = 100  # of one finding
MOST_COUNTED = 999_999_999
Members = dict[str, Any]

AMBER: Members = {  # STIX 2.1, 7.2.1.4
    "type": "marking-definition",
    "spec_version": "2.1",
    "id": "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82",
    "created": "2017-01-20T00:00:00.000Z",
    "definition_type": "tlp",
    "name": "TLP:AMBER",
    "definition": {"tlp": "amber"},
}


def stix(document: Members) -> Iterator[str]:
    """The bundle in pieces; its objects in an order of their own, one of each id."""
    ids: dict[str, None] = {}
    yield '{"type": "bundle", "objects": ['
    for one in objects(document):
        if one["id"] not in ids:
            yield f"{',' if ids else ''}\n{json.dumps(one)}"
        ids[one["id"]] = None
    last = report(document, list(ids)) if document["findings"] else None
    if last:
        yield f",\n{json.dumps(last)}"
        ids[last["id"]] = None
    yield f'\n], "id": "bundle--{uuid_of("stix bundle", *ids)}"}}\n'


def objects(document: Members) -> Iterator[Members]:
    """All but the report that holds them; the same object comes as often as it is needed."""
    program = identity("sigaudit", "system")
    operator = identity(document["operator"] or "operator not named", "organization")
    checks = {check["id"]: check for check in document["checks"]}
    yield from (program, operator, AMBER, extension())
    for finding in document["findings"]:
        yield from sighted(finding, checks.get(finding["detector"]), operator["id"])


def object_of(name: str, first: str, last: str, /, **members: Any) -> Members:
    """An object of this id; members without value are left out. Times to the millisecond."""
    made = {
        "type": name.partition("--")[0],
        "spec_version": "2.1",
        "id": name,
        "created": f"{first[:23]}Z",
        "modified": f"{later(first, last)[:23]}Z",
        **members,
    }
    return {key: value for key, value in made.items() if value not in (None, [])}


def lasting(kind: str, *parts: object, **members: Any) -> Members:
    """An object that is the same in each bundle."""
    return object_of(stix_id(kind, *parts), BEGINNING, BEGINNING, **members)


def identity(name: str, kind: str) -> Members:
    return lasting("identity", kind, name, name=name, identity_class=kind)


def extension() -> Members:
    return object_of(
        EXTENSION,
        BEGINNING,
        BEGINNING,
        created_by_ref=PROGRAM,
        name="Signalling messages",
        description="Adds `messages` to observed data: each with its time `at`, `what` it is, and"
        " the addresses it came `from` and went `to`.",
        schema="docs/exchange.md of sigaudit",
        version="1.0.0",
        extension_types=["property-extension"],
    )


def sighted(finding: Members, check: Members | None, operator: str) -> Iterator[Members]:
    """All objects of one finding; those of its detector and techniques are the same each time."""
    indicator = indicator_of(finding, check)
    yield indicator
    for one in map(reference, finding["references"]):
        pattern = attack_pattern(one)
        yield pattern
        yield indicates(indicator, pattern)
    seen = list(observables(finding))
    yield from seen
    data = observed(finding, seen) if seen else None
    if data:
        yield data
    yield object_of(
        f"sighting--{finding_uuid(finding['id'])}",
        finding["first_seen"],
        finding["last_seen"],
        created_by_ref=PROGRAM,
        object_marking_refs=[AMBER["id"]],
        first_seen=finding["first_seen"],
        last_seen=later(finding["first_seen"], finding["last_seen"]),
        count=counted(finding),
        description=f"{finding['title']}: {finding['explanation']}",
        confidence=round(finding["confidence"] * 100),
        sighting_of_ref=indicator["id"],
        observed_data_refs=[data["id"]] if data else [],
        where_sighted_refs=[operator],
        labels=list(labels(finding)),
        external_references=[{"source_name": "sigaudit", "external_id": finding["id"]}],
    )


def counted(finding: Members) -> int:
    """How many pieces of evidence there are, in the range that STIX allows."""
    return min(max(len(finding["evidence"]), 1), MOST_COUNTED)


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


def indicator_of(finding: Members, check: Members | None) -> Members:
    """The detector; its pattern names it, for the SQL is no pattern language of STIX."""
    detector = finding["detector"]
    return lasting(
        "indicator",
        detector,
        created_by_ref=PROGRAM,
        name=f"{detector}: {check['title'] if check else finding['title']}",
        description=check["why"] if check else finding["title"],
        indicator_types=["malicious-activity"],
        pattern=f"sigaudit detector {detector}",
        pattern_type="sigaudit",
        valid_from=BEGINNING,
    )


def attack_pattern(one: Reference) -> Members:
    external = {"source_name": one.source, "external_id": one.id}
    return lasting(
        "attack-pattern",
        *one[:2],
        name=one.id,
        external_references=[external | ({"url": one.url} if one.url else {})],
    )


def indicates(indicator: Members, pattern: Members) -> Members:
    return lasting(
        "relationship",
        indicator["id"],
        pattern["id"],
        relationship_type="indicates",
        source_ref=indicator["id"],
        target_ref=pattern["id"],
    )


def observables(finding: Members) -> Iterator[Members]:
    """The subscriber and the sender; none where there are several of each."""
    for kind, number in finding["subscriber"].items():
        if number:
            yield account(kind, number)
    source = finding["source"]
    if source["gt"]:
        yield account("global-title", source["gt"])
    for name in dict.fromkeys((source["host"], source["realm"])):
        if name:
            yield observable("domain-name", name, value=name)
    if source["agent"]:
        yield account("agent", source["agent"])


def account(kind: str, value: str) -> Members:
    return observable("user-account", kind, value, user_id=value, account_type=kind)


def observable(kind: str, *parts: str, **members: str) -> Members:
    """A cyber-observable object, which has no times of its own."""
    return {"type": kind, "spec_version": "2.1", "id": stix_id(kind, *parts), **members}


def observed(finding: Members, seen: list[Members]) -> Members:
    messages = [
        {key: event[key] for key in ("at", "what", "from", "to") if event[key] is not None}
        for event in finding["events"][:MOST_MESSAGES]
    ]
    return object_of(
        stix_id("observed-data", finding["id"]),
        finding["first_seen"],
        finding["last_seen"],
        created_by_ref=PROGRAM,
        object_marking_refs=[AMBER["id"]],
        first_observed=finding["first_seen"],
        last_observed=later(finding["first_seen"], finding["last_seen"]),
        number_observed=counted(finding),
        object_refs=[one["id"] for one in seen],
        extensions={EXTENSION: {"extension_type": "property-extension", "messages": messages}},
    )


def report(document: Members, held: list[str]) -> Members:
    """The audit: all that the bundle holds, published when the evidence ends."""
    published = document["as_of"] or document["period"]["last_seen"] or BEGINNING
    inputs = [entry["sha256"] for entry in document["inputs"]]
    return object_of(
        stix_id("report", document["operator"], document["network_sha256"], *inputs),
        published,
        published,
        created_by_ref=PROGRAM,
        object_marking_refs=[AMBER["id"]],
        name=f"Signalling audit of {document['operator']}",
        report_types=["threat-report"],
        published=published,
        object_refs=[name for name in held if "-definition--" not in name],
    )
