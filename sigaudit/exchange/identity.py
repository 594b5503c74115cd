"""Ids that stay: UUIDs of version 5 (RFC 9562 5.5) made of what a thing is."""

from uuid import UUID, uuid5

# uuid5 of the URL namespace and "https://sigaudit.invalid/"; never to be changed
NAMESPACE = UUID("ec19f92f-06bd-5e52-81df-3bbb5c6ffe7b")


def uuid_of(kind: str, *parts: object) -> str:
    """The UUID of a thing of this kind; the same parts, the same UUID."""
    return str(uuid5(NAMESPACE, "\n".join([kind, *map(str, parts)])))


def finding_uuid(finding: str) -> str:
    """Of a finding by its id: as MISP event and as STIX sighting."""
    return uuid_of("finding", finding)
