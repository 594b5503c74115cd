"""A large capture for benchmarks: `python -m tests.scenes.bulk PATH [FRAMES] [SEED]`.

One frame in twenty holds a Diameter message of S6a over SCTP, the others one to four M3UA DATA
chunks: UDT and XUDT, MAP versions 2 and 3 with dialogue portions, whole dialogues interleaved,
one message in a hundred of indefinite length. Partners have 3,000 nodes, some of them busy and most
not, and visitors' networks address the home register by the subscriber's mobile global title
(E.214), as roaming traffic does. Each message is encoded once; transaction ids, subscribers and
nodes are then written over its octets. SCTP checksums are left at zero. The seed decides
every octet; frames are spread over 2026-03-01.
"""

import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from tests.scenes import diameter, files, frames, operations, sms, tcap
from tests.scenes.digits import tbcd
from tests.scenes.sigtran import HLR, INTERNATIONAL, MSC, VLR, Address, m3ua_data, udt, xudt

PATH_IN = frames.Path("198.51.100.7", "192.0.2.10")
IMSI, MSISDN = "620990123456789", "233590654321"  # written over, as are the transaction ids
ASKED, ANSWERED = 0x51A5C5D1, 0x52A5C5D2
START = 1_772_323_200_000_000  # 2026-03-01T00:00:00Z in microseconds
DAY = 86_400_000_000

NODE = "44770090"  # behind it, the four digits that are written over
NODES = 3000
MOBILE_TITLE = Address("233590123456789", HLR, 7)  # of IMSI (TS 23.003 5.2)
OWN_HLR, OWN_SMSC = Address("233590000010", HLR), Address("233590000100", MSC)
PARTNER_VLR, PARTNER_MSC = Address("447700900070", VLR), Address("447700900080", MSC)
PARTNER_SMSC = Address("447700900100", MSC)
OWN_HSS = ("hss1.epc.mnc099.mcc620.3gppnetwork.org", "epc.mnc099.mcc620.3gppnetwork.org")
PARTNER_MME = ("mme1.epc.mnc099.mcc234.3gppnetwork.org", "epc.mnc099.mcc234.3gppnetwork.org")

REGISTRATIONS = (2, 56)  # updateLocation, sendAuthenticationInfo: all that is known is the IMSI

Exchange = tuple[Address, Address, operations.Operation, int, Any, operations.Operation | None]


@dataclass(frozen=True)
class Chunk:
    """A padded DATA chunk and the places of the octets that vary."""

    octets: bytes
    inwards: bool
    asked: tuple[int, ...]
    answered: tuple[int, ...]
    imsi: tuple[int, ...]
    msisdn: tuple[int, ...]
    node: tuple[int, ...]
    mobile_title: tuple[int, ...]


@dataclass(frozen=True)
class Who:
    """What is written over a dialogue's messages: a subscriber and a partner's node."""

    imsi: bytes
    msisdn: bytes
    mobile_title: bytes
    node: bytes


def places(octets: bytes, marker: bytes) -> tuple[int, ...]:
    found = []
    start = octets.find(marker)
    while start >= 0:
        found.append(start)
        start = octets.find(marker, start + 1)
    return tuple(found)


def chunk(message: bytes, inwards: bool, protocol: int = frames.M3UA) -> Chunk:
    size = 16 + len(message)
    head = struct.pack(">BBHIHHI", 0, 3, size, 0, 1, 0, protocol)
    octets = head + message + bytes(-size % 4)
    imsi = tbcd(IMSI) if protocol == frames.M3UA else IMSI.encode()
    return Chunk(
        octets,
        inwards,
        places(octets, tcap.identifier(ASKED)),
        places(octets, tcap.identifier(ANSWERED)),
        places(octets, imsi),
        places(octets, tbcd(MSISDN)),
        tuple(place + 4 for place in places(octets, tbcd(NODE))),
        places(octets, MOBILE_TITLE.octets()[5:]),
    )


def exchanges() -> list[Exchange]:
    """Caller, called, operation, version, result, and what the called asks in between."""
    code = sms.deliver("ExMoney", sms.INVENTED_CODE)
    greeting = sms.submit("233590111111", sms.INVENTED_GREETING)
    msc, vlr, centre = PARTNER_MSC.digits, PARTNER_VLR.digits, OWN_SMSC.digits
    return [
        (PARTNER_VLR, OWN_HLR, operations.update_location(IMSI, msc, vlr), 3,
         operations.update_location_result(OWN_HLR.digits),
         operations.insert_subscriber_data(IMSI, MSISDN)),
        (PARTNER_VLR, OWN_HLR, operations.send_authentication_info(IMSI, "234", "99"), 3,
         operations.send_authentication_info_result(7), None),
        (PARTNER_SMSC, OWN_HLR, operations.routing_info_for_sm(MSISDN, PARTNER_SMSC.digits), 3,
         operations.routing_info_for_sm_result(IMSI, msc), None),
        (OWN_SMSC, PARTNER_MSC, operations.forward_to_subscriber(IMSI, centre, code), 3,
         None, None),
        (OWN_SMSC, PARTNER_MSC, operations.forward_to_subscriber_old(IMSI, centre, code), 2,
         None, None),
        (PARTNER_MSC, OWN_SMSC, operations.forward_from_subscriber(MSISDN, centre, greeting), 3,
         None, None),
        (OWN_HLR, PARTNER_VLR, operations.cancel_location_bare(IMSI), 2, None, None),
        (OWN_HLR, PARTNER_VLR, operations.provide_subscriber_info(IMSI), 3,
         operations.whereabouts_result(vlr), None),
        (PARTNER_VLR, OWN_HLR, operations.purge(IMSI, vlr), 3, None, None),
    ]  # fmt: skip


def messages(exchange: Exchange) -> list[tuple[Address, Address, bytes]]:
    """The dialogue of an exchange: sender, receiver and TCAP message in turn."""
    caller, called, (opcode, argument), version, value, between = exchange
    context = tcap.context(44 if version == 2 and opcode == 46 else opcode, version)
    question = tcap.invoke(opcode, argument, 1, version)
    first = MOBILE_TITLE if opcode in REGISTRATIONS else called
    turns = [(caller, first, tcap.begin(ASKED, [question], tcap.request(context)))]
    portion: dict[str, Any] | None = tcap.response(context)
    if between:
        aside = [tcap.invoke(*between, invoke_id=2)]
        turns.append((called, caller, tcap.proceed(ANSWERED, ASKED, aside, portion)))
        reply = [tcap.result(between[0], None, 2)]
        turns.append((caller, called, tcap.proceed(ASKED, ANSWERED, reply, None)))
        portion = None
    final = [tcap.result(opcode, value, 1, version)]
    return [*turns, (called, caller, tcap.end(ASKED, final, portion))]


def variants(sender: Address, receiver: Address, message: bytes) -> list[Chunk]:
    """The message in UDT and XUDT, of definite and of indefinite lengths."""
    inwards = sender.digits.startswith("44")
    opc, dpc = ("2-100-1", "2-50-2") if inwards else ("2-50-2", "2-100-1")
    return [
        chunk(m3ua_data(opc, dpc, INTERNATIONAL, wrap(receiver, sender, tcap_message)), inwards)
        for tcap_message in (message, tcap.indefinite(message))
        for wrap in (udt, xudt)
    ]


def signalling() -> list[list[list[Chunk]]]:
    """For each dialogue, for each of its messages, its variants."""
    return [[variants(*turn) for turn in messages(exchange)] for exchange in exchanges()]


def authentication(request: bool) -> Chunk:
    """Authentication-Information of S6a, asked from abroad."""
    sender, receiver = (PARTNER_MME, OWN_HSS) if request else (OWN_HSS, PARTNER_MME)
    avps = diameter.session(PARTNER_MME[0], 1) + diameter.origin(*sender)
    if request:
        avps += [*diameter.destination(receiver[1], receiver[0]), diameter.avp(1, IMSI)]
        avps.append(diameter.ours(1407, bytes.fromhex("32f499")))
    else:
        avps.append(diameter.avp(268, diameter.SUCCESS))
    code = diameter.AUTHENTICATION_INFORMATION
    octets = diameter.message(code, request, ASKED, ANSWERED, avps)
    return chunk(octets, request, frames.DIAMETER)


def filled(kind: Chunk, number: int, ids: tuple[bytes, bytes], who: Who) -> bytearray:
    """The chunk with a transmission sequence number, transaction ids and a subscriber."""
    octets = bytearray(kind.octets)
    octets[4:8] = number.to_bytes(4, "big")
    for place in kind.asked:
        octets[place : place + 4] = ids[0]
    for place in kind.answered:
        octets[place : place + 4] = ids[1]
    for place in kind.imsi:
        octets[place : place + len(who.imsi)] = who.imsi
    for place in kind.msisdn:
        octets[place : place + 6] = who.msisdn
    for place in kind.node:
        octets[place : place + 2] = who.node
    for place in kind.mobile_title:
        octets[place : place + 8] = who.mobile_title
    return octets


class Source:
    """Messages of many dialogues at once, in the order in which each dialogue has them."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.kinds = signalling()
        self.people = [
            (
                tbcd(f"62099{n:010d}"),
                tbcd(f"233590{n:06d}"),
                Address(f"23359{n:010d}", HLR, 7).octets()[5:],
            )
            for n in random.sample(range(1_000_000), 50_000)
        ]
        self.number = 0
        self.sent = {True: 0, False: 0}
        self.running = [self.dialogue() for _ in range(64)]

    def dialogue(self) -> Iterator[tuple[bool, bytearray]]:
        chance = self.random.random
        self.number += 2
        ids = (tcap.identifier(self.number), tcap.identifier(self.number + 1))
        node = tbcd(f"{int(chance() ** 3 * NODES):04d}")
        who = Who(*self.people[int(chance() * len(self.people))], node)
        for turn in self.kinds[int(chance() * len(self.kinds))]:
            kind = turn[2 * (chance() < 0.01) + (chance() < 0.2)]
            self.sent[kind.inwards] += 1
            yield kind.inwards, filled(kind, self.sent[kind.inwards], ids, who)

    def message(self) -> tuple[bool, bytearray]:
        """Whether the next message comes from outside, and its DATA chunk."""
        while True:
            place = int(self.random.random() * len(self.running))
            for found in self.running[place]:
                return found
            self.running[place] = self.dialogue()


def bundles(random: Random, diameter_share: float) -> Iterator[tuple[bool, bytes]]:
    """One to four chunks of one direction, or one Diameter message; without end."""
    source = Source(random)
    diameter_kinds = (authentication(True), authentication(False))
    waiting: dict[bool, list[bytearray]] = {True: [], False: []}
    sizes = {True: 1, False: 1}
    subscribers = [f"62099{n:010d}".encode() for n in random.sample(range(1_000_000), 1000)]
    number = 0
    while True:
        if random.random() < diameter_share:
            kind = diameter_kinds[number % 2]
            ids = (tcap.identifier(number // 2),) * 2
            imsi = subscribers[number // 2 % 1000]
            number += 1
            yield kind.inwards, bytes(filled(kind, number, ids, Who(imsi, b"", b"", b"")))
            continue
        inwards, octets = source.message()
        waiting[inwards].append(octets)
        if len(waiting[inwards]) >= sizes[inwards]:
            yield inwards, b"".join(waiting[inwards])
            waiting[inwards].clear()
            sizes[inwards] = random.choices((1, 2, 3, 4), (80, 12, 5, 3))[0]


def link_headers(way: frames.Path, protocol: int) -> bytes:
    """Ethernet, IPv4 and SCTP headers; the IPv4 length and checksum are written over."""
    return frames.sctp(way, [b"none"], protocol)[: 14 + 20 + 8] + bytes(4)


def checksum(header: bytes) -> int:
    """Of an IPv4 header whose checksum is zero (RFC 1071)."""
    total: int = sum(struct.unpack(">10H", header))
    total = (total & 0xFFFF) + (total >> 16)
    return ~((total & 0xFFFF) + (total >> 16)) & 0xFFFF


class Headers:
    """The headers before a bundle, kept by direction, protocol and length."""

    def __init__(self) -> None:
        self.known: dict[tuple[bool, int, int], bytes] = {}
        self.bare = {
            (inwards, protocol): link_headers(way, protocol)
            for inwards, way in ((True, PATH_IN), (False, PATH_IN.reverse()))
            for protocol in (frames.M3UA, frames.DIAMETER)
        }

    def before(self, inwards: bool, protocol: int, size: int) -> bytes:
        key = (inwards, protocol, size)
        if key not in self.known:
            header = bytearray(self.bare[inwards, protocol])
            struct.pack_into(">H", header, 16, 20 + 12 + size)
            struct.pack_into(">H", header, 24, 0)
            struct.pack_into(">H", header, 24, checksum(bytes(header[14:34])))
            self.known[key] = bytes(header)
        return self.known[key]


def write(path: Path, count: int = 1_000_000, seed: int = 1, diameter_share: float = 0.05) -> None:
    """Write a pcap of that many frames, a share of which is Diameter."""
    headers, step = Headers(), max(1, DAY // max(count, 1))
    pack = struct.Struct("<IIII").pack
    with path.open("wb", buffering=1 << 20) as file:
        file.write(files.pcap([]))
        source = bundles(Random(seed), diameter_share)
        for number, (inwards, chunks) in zip(range(count), source, strict=False):
            seconds, fraction = divmod(START + number * step, 1_000_000)
            header = headers.before(inwards, chunks[15], len(chunks))
            size = len(header) + len(chunks)
            file.write(pack(seconds, fraction, size, size))
            file.write(header)
            file.write(chunks)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    write(Path(arguments[0]), *map(int, arguments[1:3]))
