"""The families of everyday traffic, and how much of the week each of them is."""

from collections.abc import Callable

from tests.week import evolved, guests, maintenance, messaging, roaming
from tests.week.story import Week

# The share of the week's messages, in percent.
FAMILIES: dict[Callable[[Week], None], float] = {
    roaming.trip: 24,
    roaming.border: 7,
    roaming.flight: 3,
    roaming.steered: 2,
    roaming.both_domains: 1.5,
    roaming.through_a_hub: 2,
    roaming.attach_that_failed: 1,
    roaming.sensor: 1,
    roaming.asked_at_home: 1,
    guests.guest: 15,
    guests.guest_of_the_hub: 1,
    messaging.from_abroad: 8,
    messaging.unreachable: 1,
    messaging.chatter: 1,
    messaging.to_abroad: 6,
    messaging.codes_of_sites: 5,
    messaging.campaign: 2,
    messaging.bank_writes: 4,
    messaging.own_services: 1,
    messaging.status_reports: 0.5,
    messaging.neighbour: 3,
    maintenance.home_register_of_partner_restarts: 0.5,
    maintenance.own_home_register_restarts: 0.5,
    maintenance.visited_register_restarts: 0.5,
    maintenance.repeated: 1,
    maintenance.came_back: 1,
    maintenance.nobody_home: 0.5,
    maintenance.own_platforms: 1,
    maintenance.sister_asks: 0.2,
    maintenance.test_cards: 0.3,
    maintenance.authentication_fails: 0.5,
    evolved.traveller: 5,
    evolved.guest: 3,
    evolved.refused: 0.5,
    evolved.messages: 0.5,
    evolved.home_server_of_partner_restarts: 0.3,
    evolved.through_a_hub: 0.5,
}
ONCE = (evolved.watchdogs,)


def fill(week: Week, messages: int) -> None:
    """Tell stories of every family until the week has this many messages more."""
    enough: float = len(week.sent)
    for family in ONCE:
        family(week)
    whole = sum(FAMILIES.values())
    for family, share in FAMILIES.items():
        enough += messages * share / whole
        while len(week.sent) < enough:
            family(week)
