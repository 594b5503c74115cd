"""The demo: a small operator's day, 2026-03-01, with attacks in it.

Three captures, the SIM-swap log of the days before and the day itself, and a financial service's
log. The random numbers have a fixed seed, so the files are the same every time.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

from scapy.layers.inet import ICMP, UDP
from scapy.layers.l2 import ARP, Ether
from scapy.layers.sctp import (
    SCTP,
    SCTPChunkHeartbeatReq,
    SCTPChunkParamHeartbeatInfo,
    SCTPChunkSACK,
)

from tests.scenes import cast, demo_attacks, demo_logs, logs, traffic
from tests.scenes.dialogue import Capture, Sending
from tests.scenes.frames import Path
from tests.scenes.sigtran import m3ua_heartbeat

DAY = datetime(2026, 3, 1, tzinfo=UTC)
Event = Callable[[Capture, Random, int], None]

# What happens how often, to subscribers counted from which number on.
ON_SIGNALLING_LINK: list[tuple[Event, int, int]] = [
    (traffic.own_subscriber_lands, 130, 1000),
    (traffic.guest_lands, 110, 2000),
    (traffic.message_from_abroad, 170, 3000),
    (traffic.message_to_traveller, 240, 1000),
    (traffic.message_by_traveller, 90, 1000),
    (traffic.partner_restarts, 3, 0),
]
INSIDE: list[tuple[Event, int, int]] = [
    (traffic.message_at_home, 160, 3000),
    (traffic.platform_at_home, 40, 3500),
]
ON_DIAMETER_LINK: list[tuple[Event, int, int]] = [
    (traffic.attach_abroad, 90, 1000),
    (traffic.attach_of_guest, 90, 2000),
]


def spread(capture: Capture, random: Random, events: list[tuple[Event, int, int]]) -> None:
    """Each event so many times, at random moments of the day."""
    for event, times, first in events:
        for number in range(first, first + times):
            capture.now = DAY + timedelta(seconds=random.randrange(60, 85_000))
            event(capture, random, number)


def repeat(capture: Capture, random: Random, times: int) -> None:
    """The same messages once more within 40 ms, as after a change of links."""
    for sending in random.sample([s for s in capture.sendings if s.path], times):
        moment = sending.moment + timedelta(milliseconds=random.randrange(8, 40))
        capture.sendings.append(Sending(moment, sending.messages, sending.path, sending.protocol))


def other_frames(capture: Capture, random: Random, path: Path) -> None:
    """What a link also carries: SCTP's and M3UA's own chunks, an ARP, a ping, a name lookup."""
    association = path.packet() / SCTP(sport=2905, dport=2905, tag=1)
    kinds = [
        association / SCTPChunkSACK(cumul_tsn_ack=7),
        association / SCTPChunkHeartbeatReq(params=[SCTPChunkParamHeartbeatInfo(data=b"here")]),
        path.packet() / ICMP(),
        path.packet() / UDP(sport=40053, dport=53) / bytes.fromhex("000701000000000000000000"),
        Ether(src="02:00:00:00:00:01", dst="ff:ff:ff:ff:ff:ff") / ARP(),
    ]
    for number in range(40):
        capture.now = DAY + timedelta(seconds=random.randrange(60, 85_000))
        capture.add(bytes(kinds[number % len(kinds)]))
        if number % 4 == 0:
            capture.send(path, [m3ua_heartbeat()])


def signalling_link() -> Capture:
    """The international SS7 link, before the firewall."""
    capture, random = Capture(DAY), Random(1)
    spread(capture, random, ON_SIGNALLING_LINK)
    repeat(capture, random, 15)
    other_frames(capture, random, cast.INWARDS.path)
    demo_attacks.on_signalling_link(capture)
    demo_attacks.damaged_sccp(capture)
    return capture


def core_link() -> Capture:
    """A link between the own STP and the own HLR, SMSC and MSC."""
    capture, random = Capture(DAY, transaction=0x800000), Random(2)
    spread(capture, random, INSIDE)
    demo_attacks.password_to_the_new_sim(capture)
    return capture


def diameter_link() -> Capture:
    """The Diameter link to the IPX."""
    capture, random = Capture(DAY, transaction=0x20000), Random(3)
    for path in (cast.IPX, cast.IPX_6):
        capture.now = DAY + timedelta(seconds=5)
        traffic.greeting(capture, path)
        for half_hour in range(1, 48):
            capture.now = DAY + timedelta(minutes=30 * half_hour, seconds=random.randrange(9))
            traffic.watchdog(capture, path)
    spread(capture, random, ON_DIAMETER_LINK)
    demo_attacks.on_diameter_link(capture)
    demo_attacks.damaged_diameter(capture)
    return capture


CAPTURES: dict[str, Callable[[], Capture]] = {
    "demo/intl_stp.pcapng": signalling_link,
    "demo/core_stp.pcap": core_link,
    "demo/intl_ipx.pcap": diameter_link,
}
LOGS: dict[str, Callable[[], list[logs.Row]]] = {
    "demo/swaps.csv": demo_logs.swaps,
    "demo/dfs_events.jsonl": demo_logs.events,
}
