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

from pymisp import MISPAttribute, MISPObject

from sigaudit.detector import load
from sigaudit.exchange.identity import finding_uuid, uuid_of
from sigaudit.exchange.references import reference

MOST_OBJECTS = 20  # of one finding: a flood repeats itself
THREAT_LEVELS = {"critical": 1, "high": 1, "medium": 2, "low": 3, "info": 3}
CONFIDENCES = ((0.95, "completely"), (0.7, "usually"), (0.4, "fairly"), (0.0, "rarely"))
OF_SUBSCRIBERS = ("MapImsi", "MapMsisdn", "Username")  # that a victim is one twice tells nothing
CATEGORIES = {"MAP 1": "Cat1", "SMS": "CatSMS"}  # of 2 and 3 the templates want subdivisions
Members = dict[str, Any]


def misp(document: Members) -> Iterator[str]:
    """`{"response": [{"Event": ...}]}`, as MISP takes collections; a line an event."""
    yield '{"response": ['
    for place, finding in enumerate(document["findings"]):
        told = json.dumps({"Event": event(document, finding)}, sort_keys=True)
        yield f"{',' if place else ''}\n{told}"
    yield "\n]}\n"


def event(document: Members, finding: Members) -> Members:
    """One event, with the finding's UUID; its timestamp is the last evidence's."""
    return {
        "uuid": finding_uuid(finding["id"]),
        "info": f"{finding['title']} ({document['operator']})",
        "date": finding["first_seen"][:10],
        "timestamp": timestamp(finding["last_seen"]),
        "distribution": "0",  # your organisation only
        "published": False,
        "threat_level_id": str(THREAT_LEVELS[finding["severity"]]),
        "analysis": "0",  # initial: nobody has looked yet
        "Tag": [{"name": tag} for tag in tags(finding)],
        "Attribute": [
            {
                **plain(kind),
                "uuid": uuid_of("misp attribute", finding["id"], kind, value),
                "timestamp": timestamp(finding["last_seen"]),
                "value": value,
            }
            for kind, value in attributes(finding)
        ],
        "Object": list(objects(finding)),
    }


@cache
def plain(kind: str) -> Members:
    """What MISP says of an attribute of this type where nothing else is said."""
    made = MISPAttribute()
    made.from_dict(type=kind, value="-")
    return without_value(made)


def without_value(made: MISPAttribute) -> Members:
    told = dict(json.loads(made.to_json()))
    return {key: value for key, value in told.items() if key not in ("uuid", "value", "timestamp")}


def timestamp(time: str) -> str:
    """Whole seconds since 1970."""
    return str(int(datetime.fromisoformat(time).replace(tzinfo=UTC).timestamp()))


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


def objects(finding: Members) -> Iterator[Members]:
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
        text = f"{finding['title']}: {first['what']}, seen {times(counts[key])}"
        yield filled(finding, name, {**told, "first-seen": first["at"], "text": text})


def times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def filled(finding: Members, name: str, told: Members) -> Members:
    """The template with the values that there are."""
    place = (name, finding["id"], told["text"], *told.values())
    return {
        **template(name),
        "uuid": uuid_of("misp object", *place),
        "Attribute": [
            {
                **templated(name, relation),
                "uuid": uuid_of("misp attribute", *place, relation),
                "timestamp": timestamp(finding["last_seen"]),
                "value": spelled(relation, value),
            }
            for relation, value in told.items()
            if value is not None
        ],
    }


def spelled(relation: str, value: str) -> str:
    """A value as MISP has it: times with their zone."""
    return datetime.fromisoformat(value).isoformat() if relation == "first-seen" else value


@cache
def template(name: str) -> Members:
    """An object without its attributes, by MISP's own template, which wants one."""
    made = MISPObject(name, strict=True)
    made.add_attribute("text", value="-")
    told = dict(json.loads(made.to_json()))
    return {key: value for key, value in told.items() if key not in ("uuid", "Attribute")}


@cache
def templated(name: str, relation: str) -> Members:
    """What the template says of an attribute; pymisp refuses one that it has not."""
    value = "1970-01-01" if relation == "first-seen" else "-"
    made = MISPObject(name, strict=True).add_attribute(relation, value=value)
    if made is None:
        raise ValueError(f"{name} has no {relation}")
    told = without_value(made)
    return told | {"disable_correlation": True} if relation in OF_SUBSCRIBERS else told


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
