"""Diameter requests like those of diameter_requests.py: from others, by others, and honest ones."""

from datetime import timedelta

from tests.scenes import cast, diameter, sms
from tests.scenes.cast import own_imsi, own_msisdn
from tests.scenes.dialogue import Capture
from tests.scenes.diameter_requests import (
    CENTRE,
    FRANCE,
    S6C,
    S13,
    SGD,
    SH,
    STRANGE_CENTRE,
    STRANGER_MME,
    UK,
    ask,
    number,
    visited,
)
from tests.scenes.frames import Path
from tests.scenes.home_server import REFUSED, SUCCESS, Node
from tests.scenes.registration import arrive

UNDELIVERABLE = (diameter.avp(268, 3002),)
GY = 4
IMS_REALM = "ims.mnc099.mcc620.3gppnetwork.org"
UPDATE = diameter.UPDATE_LOCATION
STRANGE_GATEWAY: Node = (f"smsc1.{cast.STRANGER_REALM}", cast.STRANGER_REALM)


def attach(
    capture: Capture, place: int, host: str = "mme2", seconds: float = 300, *more: bytes,
    route: tuple[str, ...] = (),
) -> None:  # fmt: skip
    """An own subscriber at Partner UK; the way back is not captured."""
    sender = (f"{host}.{cast.PARTNER_REALM}", cast.PARTNER_REALM)
    about = [*visited(UK), *more]
    ask(capture, sender, UPDATE, own_imsi(30_000 + 37 * place), about, None, route=route,
        pause=timedelta(seconds=seconds))  # fmt: skip


def other_ways() -> Capture:
    """Charging asked by a partner, an alert, a message to another than was asked for, a purge."""
    capture, partner = Capture(cast.MORNING), cast.PARTNER_HSS
    ask(capture, partner, 272, own_imsi(1101), application=GY, answer=REFUSED)
    about = [diameter.ours(1402, "00000000000000")]
    ask(capture, cast.PARTNER_MME, 324, avps=about, application=S13, answer=REFUSED)
    gateway = diameter.ours(1645, CENTRE)
    ask(capture, STRANGER_MME, UPDATE, own_imsi(1102), [*visited(FRANCE), gateway])
    alert = own_imsi(1103)
    ask(capture, STRANGE_GATEWAY, 8388648, alert, application=S6C)
    looked_up = [number(own_msisdn(1104)), diameter.ours(3300, STRANGE_CENTRE)]
    ask(capture, STRANGE_GATEWAY, 8388647, None, looked_up, application=S6C)
    text = sms.deliver("33639981111", sms.INVENTED_GREETING)
    sent = [diameter.ours(3300, STRANGE_CENTRE), diameter.ours(3301, text)]
    ask(capture, STRANGE_GATEWAY, 8388646, own_imsi(1105), sent, application=SGD)
    ask(capture, STRANGER_MME, diameter.PURGE_UE, own_imsi(1106))
    arrive(capture, 1106, cast.STRANGER_VLR, cast.STRANGER_MSC)
    for place in range(10):
        server = (f"hss{place}.{cast.OWN_REALM}", cast.OWN_REALM)
        answer = UNDELIVERABLE if place % 3 == 0 else SUCCESS
        ask(capture, cast.PARTNER_MME, UPDATE, own_imsi(40_000 + 37 * place), visited(UK), answer,
            receiver=server, pause=timedelta(seconds=20))  # fmt: skip
    capture.wait(timedelta(minutes=12))
    ask(capture, cast.PARTNER_MME, UPDATE, own_imsi(1107), visited(UK))
    return capture


def two_hosts() -> Capture:
    """One request with an AVP more, by another way; then two hosts of the realm ask at once."""
    capture = Capture(cast.MORNING)
    for place in range(24):
        attach(capture, place)
        if place == 12:
            more = diameter.ours(1615, 0)
            attach(capture, 1000, "mme2", 10, more, route=(f"dra9.{cast.PARTNER_REALM}",))
    for place in range(100):
        attach(capture, 100 + place, f"mme{3 + place % 2}", 2)
    return capture


def held_back() -> Capture:
    """An outage, then all at once; an optional AVP on the usual way; a question inside."""
    capture = Capture(cast.MORNING)
    for place in range(14):
        attach(capture, place)
    capture.wait(timedelta(minutes=20))
    for place in range(110):
        more = [diameter.ours(1615, 0)] if place == 50 else []
        attach(capture, 100 + place, "mme2", 2, *more)
    server = (f"as1.{IMS_REALM}", IMS_REALM)
    about = [diameter.group(700, [number(own_msisdn(1111))], 10415), diameter.ours(703, 14)]
    ask(capture, server, 306, avps=about, application=SH, path=Path("192.0.2.31", "192.0.2.32"))
    return capture
