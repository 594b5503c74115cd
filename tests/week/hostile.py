"""The families of attacks."""

from collections.abc import Callable

from tests.week import (
    attack_calls,
    attack_campaign,
    attack_evasion,
    attack_evolved,
    attack_identity,
    attack_interception,
    attack_location,
    attack_messages,
    attack_protocol,
    attack_relays,
    attack_subscriber,
)
from tests.week.story import Week

FAMILIES: tuple[Callable[[Week], None], ...] = (
    *attack_location.FAMILIES,
    *attack_identity.FAMILIES,
    *attack_interception.FAMILIES,
    *attack_subscriber.FAMILIES,
    *attack_messages.FAMILIES,
    *attack_calls.FAMILIES,
    *attack_evasion.FAMILIES,
    *attack_protocol.FAMILIES,
    *attack_evolved.FAMILIES,
    *attack_relays.FAMILIES,
    *attack_campaign.FAMILIES,
)

# Of hundreds of messages, and therefore only every other time.
LONG = (
    attack_location.lookups_without_messages, attack_identity.enumeration,
    attack_identity.enumeration_of_imsis, attack_identity.scan, attack_messages.bombing,
    attack_evolved.enumerated,
)  # fmt: skip
ROUND = (*FAMILIES, *(family for family in FAMILIES if family not in LONG))


def fill(week: Week, messages: int) -> None:
    """Family after family, and all anew, until so many messages are attacks."""
    count, place = 0, 0
    while count < messages:
        before = len(week.sent)
        ROUND[place % len(ROUND)](week)
        count += sum(sent.attack > 0 for sent in week.sent[before:])
        place += 1
