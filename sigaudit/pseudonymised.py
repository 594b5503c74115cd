"""The result document with tokens in place of subscribers' numbers, for every form of it."""

from collections.abc import Iterator
from typing import Any

from duckdb import DuckDBPyConnection

from sigaudit import pseudonyms
from sigaudit.pseudonyms import Pseudonyms

# Members that are no text of an input: ids, digests, and words of the tool's own.
LEFT = {
    *("schema", "id", "was", "sha256", "network_sha256", "detector", "also", "detectors"),
    *("threat", "severity", "answer", "kind", "layer", "controls", "references", "outcome"),
    *("checks", "counts", "tool", "rules", "pseudonymised"),
}
STRICT = {"file", "name", "input", "reason", "warnings"}  # may hold what the database does not


def pseudonymised(
    connection: DuckDBPyConnection, key: bytes, document: dict[str, Any]
) -> dict[str, Any]:
    """The document that `document.document` or `findings.document` makes, without numbers.

    Its member `pseudonymised` tells the key: the same for all outputs of one key. The document
    that is given stays as it was.
    """
    names = pseudonyms.of(connection, key, texts(document))
    changed = {name: _value(name, value, names) for name, value in document.items()}
    return {**changed, "pseudonymised": key_id(names)}


def without_numbers(connection: DuckDBPyConnection, key: bytes, told: Any) -> Any:
    """The same for any other value of JSON's types that is made from the database."""
    return _value("", told, pseudonyms.of(connection, key, texts(told)))


def key_id(names: Pseudonyms) -> str:
    """What tells one key from another, and nothing of it."""
    return names.token("the key of these tokens")[1:]


def texts(value: Any, name: str = "") -> Iterator[str]:
    """Every text of a document that may hold a number."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, member in value.items():
            if key not in LEFT:
                yield from texts(member, key)
    elif isinstance(value, list):
        for member in value:
            yield from texts(member, name)


def _value(name: str, value: Any, names: Pseudonyms) -> Any:
    if name in LEFT or value is None:
        return value
    if isinstance(value, str):
        return names.strict(value) if name in STRICT else names.text(value)
    if isinstance(value, list):
        return [_value(name, member, names) for member in value]
    if not isinstance(value, dict):
        return value
    if name == "subscriber":  # of a finding
        return {key: number and names.token(number) for key, number in value.items()}
    changed = {key: _value(key, member, names) for key, member in value.items()}
    if "from" in value and "row" in value["evidence"]:  # an event of a log: IMSIs or accounts
        changed |= {side: value[side] and names.token(value[side]) for side in ("from", "to")}
    return changed
