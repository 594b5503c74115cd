"""Findings as MISP events with `ss7-attack` and `diameter-attack` objects, by MISP's own templates.

An event a finding, for the owner's organisation alone and not published: whoever imports it shares
it on. Attributes say what the templates ask for; subscribers' numbers are left out of correlation.
"""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

from pymisp import MISPEvent, MISPObject

from sigaudit.detector import load
from sigaudit.exchange.identity import finding_uuid, uuid_of
from sigaudit.exchange.references import reference

MOST_OBJECTS = 20  # of one finding: a flood repeats itself
THREAT_LEVELS = {"critical": 1, "high": 1, "medium": 2, "low": 3, "info": 3}
CONFIDENCES = ((0.95, "completely"), (0.7, "usually"), (0.4, "fairly"), (0.0, "rarely"))
CATEGORIES = {"MAP 1": "Cat1", "SMS": "CatSMS"}  # of 2 and 3 the templates want subdivisions
Members = dict[str, Any]


def misp(document: Members) -> str:
    """`{"response": [{"Event": ...}]}`, as MISP exports and imports collections."""
    events = [{"Event": event(document, finding)} for finding in document["findings"]]
    return json.dumps({"response": events}, indent=1, sort_keys=True) + "\n"


def event(document: Members, finding: Members) -> Members:
    """One event, with the finding's UUID; its timestamp is the last evidence's."""
    made = MISPEvent()
    made.uuid = finding_uuid(finding["id"])
    made.info = f"{finding['title']} ({document['operator']})"
    made.date = finding["first_seen"][:10]
    made.timestamp = timestamp(finding["last_seen"])
    made.distribution = 0  # your organisation only
    made.threat_level_id = THREAT_LEVELS[finding["severity"]]
    made.analysis = 0  # initial: nobody has looked yet
    for tag in tags(finding):
        made.add_tag(tag)
    for kind, value in attributes(finding):
        made.add_attribute(
            kind,
            value,
            uuid=uuid_of("misp attribute", finding["id"], kind, value),
            timestamp=timestamp(finding["last_seen"]),
        )
    for one in objects(finding):
        made.add_object(one)
    return dict(json.loads(made.to_json()))


def timestamp(time: str) -> int:
    """Whole seconds since 1970."""
    return int(datetime.fromisoformat(time).replace(tzinfo=UTC).timestamp())


def tags(finding: Members) -> list[str]:
    confidence = next(name for least, name in CONFIDENCES if finding["confidence"] >= least)
    return [
        "tlp:amber",
        f'misp:confidence-level="{confidence}-confident"',
        f'sigaudit:threat="{finding["threat"]}"',
        f'sigaudit:severity="{finding["severity"]}"',
    ]


def attributes(finding: Members) -> Iterator[tuple[str, str]]:
    """What is not said by an object: id, explanation, techniques, and of logs who and by whom."""
    yield "text", f"sigaudit finding {finding['id']}, detector {finding['detector']}"
    yield "text", finding["explanation"]
    for one in map(reference, finding["references"]):
        yield ("link", one.url) if one.url else ("text", f"{one.source} {one.id}")
    if signalling(finding):
        return
    for kind, number in finding["subscriber"].items():
        if number:
            yield "text", f"subscriber {kind.upper()} {number}"
    for kind, value in finding["source"].items():
        if value:
            yield "text", f"source {kind} {value}"


def signalling(finding: Members) -> list[Members]:
    """The events of MAP and Diameter; where there are requests, only those."""
    events = [e for e in finding["events"] if e["codes"]["protocol"] in ("map", "diameter")]
    return [e for e in events if is_request(e)] or events


def is_request(event: Members) -> bool:
    return event["what"].endswith((" invoke", "-Request")) or " invoke, " in event["what"]


def objects(finding: Members) -> Iterator[MISPObject]:
    """An object for each kind of message between the same two, the first of each."""
    firsts: dict[tuple[Any, ...], Members] = {}
    counts: Counter[tuple[Any, ...]] = Counter()
    for one in signalling(finding):
        key = (one["what"], one["from"], one["to"])
        firsts.setdefault(key, one)
        counts[key] += 1
    for key, first in list(firsts.items())[:MOST_OBJECTS]:
        name = "ss7-attack" if first["codes"]["protocol"] == "map" else "diameter-attack"
        told = ss7(finding, first) if name == "ss7-attack" else diameter(finding, first)
        text = f"{finding['title']}: {first['what']}, seen {counts[key]} times"
        yield filled(finding, name, {**told, "first-seen": first["at"], "text": text})


def filled(finding: Members, name: str, told: Members) -> MISPObject:
    """The template with the values that there are; pymisp refuses one that it has not."""
    place = (name, finding["id"], told["text"], *told.values())
    made = MISPObject(name, strict=True)
    made.uuid = uuid_of("misp object", *place)
    made.timestamp = timestamp(finding["last_seen"])
    for relation, value in told.items():
        if value is not None:
            made.add_attribute(
                relation,
                value=value,
                uuid=uuid_of("misp attribute", *place, relation),
                timestamp=timestamp(finding["last_seen"]),
            )
    return made


def ss7(finding: Members, event: Members) -> Members:
    """What the template `ss7-attack` asks for."""
    codes = event["codes"]
    return {
        "Category": category(finding),
        "MapOpCode": chosen("MapOpCode", f" - {codes['opcode']}", str.endswith),
        "MapApplicationContext": chosen(
            "MapApplicationContext", f"4.0.0.1.0.{codes['application_context']}. ", str.startswith
        ),
        "MapVersion": text_of(codes["map_version"]),
        "MapImsi": finding["subscriber"]["imsi"],
        "MapMsisdn": finding["subscriber"]["msisdn"],
        "SccpCgGT": title(event["from"]),
        "SccpCgGT-CountryISO2": finding["origin"] if title(event["from"]) else None,
        "SccpCgSSN": text_of(codes["calling_ssn"]),
        "SccpCdGT": title(event["to"]),
        "SccpCdSSN": text_of(codes["called_ssn"]),
    }


def diameter(finding: Members, event: Members) -> Members:
    """What the template `diameter-attack` asks for."""
    codes = event["codes"]
    return {
        "category": "CatSMS" if finding["threat"] == "sms-interception" else None,
        "ApplicationId": f"{codes['application_id']}",
        "CmdCode": f"{codes['command_code']} - {event['what'].split(',')[0]}",
        "Origin-Host": event["from"],
        "Origin-Realm": finding["source"]["realm"],
        "Origin-Host-CountryISO2": finding["origin"],
        "Destination-Host": event["to"],
        "Username": finding["subscriber"]["imsi"],
    }


def title(address: str | None) -> str | None:
    """A global title, not what stands for one in an event without it."""
    return None if address is None or address.startswith("point code ") else address


def text_of(value: int | None) -> str | None:
    return None if value is None else str(value)


def chosen(relation: str, part: str, fits: Any) -> str | None:
    """The value that the template lists for a code, None where it lists none."""
    return next((value for value in listed(relation) if fits(value, part)), None)


@cache
def listed(relation: str) -> tuple[str, ...]:
    definition: Members = MISPObject("ss7-attack")._definition or {}
    return tuple(definition["attributes"][relation]["sane_default"])


@cache
def categories() -> dict[str, str | None]:
    return {one.id: one.category for one in load()}


def category(finding: Members) -> str | None:
    """FS.11's category of the request that the detector is about, as the template spells it."""
    if finding["threat"] == "spoofing":
        return "CatSpoofing"
    return CATEGORIES.get(categories().get(finding["detector"]) or "")
