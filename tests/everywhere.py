"""Frames of every link type and layer with something wrong in one or two of their layers."""

from collections import Counter
from random import Random
from typing import NamedTuple

from tests import ber, links
from tests.carried import EXPORTED, LINKS, SCCP, SCTP, SUA_WAYS, USERS, in_segments_of_tcp
from tests.ip_pieces import in_ip_fragments
from tests.misbuilt import AVPS, CHUNKS, PARAMETERS, Form, misbuilt
from tests.mutation import mutated, spliced
from tests.other_messages import OTHERS, messages_of_others
from tests.scenes.frames import DIAMETER, SUA
from tests.seeds import diameter_messages, transactions_of_all
from tests.templates import SCTP as SCTP_PROTOCOL
from tests.templates import TCP_PROTOCOL, templates

LAYERS = ("message", "sccp", "user", "packet", "frame")
IP_IN_IP = 4
LABELS = (14, 14, 14, 14, 24)  # bits of MTP's point codes
Frame = links.Frame
Frames = list[Frame]


class Wrong:
    """Which layers of an item are made wrong, and how."""

    def __init__(self, random: Random, mutate: bool) -> None:
        self.random = random
        self.layers = set(random.choices(LAYERS, k=random.randint(1, 2))) if mutate else set()

    def spoiled(self, layer: str, messages: list[bytes], form: Form | None = None) -> list[bytes]:
        """The messages of this layer, some of them wrong if it is one of those."""
        if layer not in self.layers:
            return messages
        return [self._wrong(each, form) if self.random.random() < 0.7 else each
                for each in messages]  # fmt: skip

    def _wrong(self, octets: bytes, form: Form | None) -> bytes:
        if form is not None and self.random.random() < 0.5:
            return misbuilt(octets, self.random, form)
        return mutated(octets, self.random)

    def tcap(self, messages: list[bytes]) -> list[bytes]:
        """As `spoiled`, element by element where the encoding is plain enough to be taken apart."""
        return [self._misbuilt(each) for each in self.spoiled("message", messages)]

    def _misbuilt(self, octets: bytes) -> bytes:
        if "message" not in self.layers or self.random.random() < 0.5:
            return octets
        try:
            return ber.misbuilt(octets, self.random)
        except (IndexError, ValueError, RecursionError):
            return octets


class Sent(NamedTuple):
    """Messages of a payload protocol, and what they are called."""

    protocol: int
    messages: list[bytes]


class Everywhere:
    """Makes frames; `tried` counts them by layer and by what it was there."""

    def __init__(self, seed: int = 1) -> None:
        random = Random(seed)
        self.transactions = transactions_of_all(random)
        self.diameter = diameter_messages(random)
        self.others = list(messages_of_others())
        self.templates = list(templates().items())
        self.plain = [each for each in self.templates if each[1].protocol is not None]
        self.tried: Counter[tuple[str, str]] = Counter()

    def frames(self, random: Random, count: int, mutate: bool = True) -> Frames:
        """So many, or a few more; some lost, some twice, some out of order, some spliced."""
        found: Frames = []
        while len(found) < count:
            found += self._disturbed(self._item(random, mutate), random, mutate)
        return found

    def _item(self, random: Random, mutate: bool) -> Frames:
        wrong = Wrong(random, mutate)
        if random.random() < 0.25:
            frames = self._of_diameter(random, wrong)
        else:
            frames = self._of_tcap(random, wrong)
        kinds = [kind for kind, _ in frames]
        octets = wrong.spoiled("frame", [octets for _, octets in frames])
        return list(zip(kinds, octets, strict=True))

    def _of_diameter(self, random: Random, wrong: Wrong) -> Frames:
        name, octets = random.choice(self.diameter)
        messages = wrong.spoiled("message", [octets] * random.randint(1, 2), AVPS)
        if random.random() < 0.3:
            packets = in_segments_of_tcp(messages, DIAMETER, random)
            frames = self._linked(wrong.spoiled("packet", packets), TCP_PROTOCOL, random)
            self._count(len(frames), transport="TCP", message=f"Diameter, {name}")
            return frames
        return self._transported(Sent(DIAMETER, messages), f"Diameter, {name}", random, wrong)

    def _of_tcap(self, random: Random, wrong: Wrong) -> Frames:
        tcap = wrong.tcap(random.choice(self.transactions))
        if random.random() < 0.2:
            name, way = random.choice(list(SUA_WAYS.items()))
            messages = [each for octets in tcap for each in way(octets, random)]
            sent = Sent(SUA, wrong.spoiled("user", messages, PARAMETERS))
            return self._transported(sent, name, random, wrong)
        name, way = random.choice(list(SCCP.items()))
        sccp = [each for octets in tcap for each in way(octets, random)]
        if random.random() < 0.1:
            name, sccp = "of others", [random.choice(self.others)]
        sccp = wrong.spoiled("sccp", sccp)
        self.tried["SCCP", name] += len(sccp)
        if random.random() < 0.35:
            return self._on_signalling_link(sccp, random, wrong)
        user, (protocol, carry) = random.choice(list(USERS.items()))
        bits = random.choice(LABELS)
        messages = [carry(each, bits) for each in sccp]
        if random.random() < 0.02:
            user, protocol, messages = random.choice(OTHERS)
        messages = wrong.spoiled("user", messages, PARAMETERS)
        return self._transported(Sent(protocol, messages), user, random, wrong)

    def _on_signalling_link(self, sccp: list[bytes], random: Random, wrong: Wrong) -> Frames:
        name, (link_type, carry) = random.choice(list(LINKS.items()))
        bits = random.choice(LABELS)
        messages = wrong.spoiled("user", [carry(each, bits) for each in sccp])
        self._count(len(messages), link=name)
        return [(link_type, each) for each in messages]

    def _transported(self, sent: Sent, name: str, random: Random, wrong: Wrong) -> Frames:
        if random.random() < 0.1 and sent.protocol in EXPORTED:
            tag = EXPORTED[sent.protocol]
            self._count(len(sent.messages), link="exported message", message=name)
            return [(252, links.exported(each, tag)) for each in sent.messages]
        transport, pack = random.choice(list(SCTP.items()))
        protocol = random.randrange(80) if random.random() < 0.02 else sent.protocol
        packets = wrong.spoiled("packet", pack(sent.messages, protocol, random), CHUNKS)
        frames = self._linked(packets, SCTP_PROTOCOL, random)
        self._count(len(frames), transport=transport, message=name)
        return frames

    def _linked(self, packets: list[bytes], protocol: int, random: Random) -> Frames:
        """All in the same link, which now and then cuts its packets into fragments."""
        known = self.templates if protocol == SCTP_PROTOCOL else self.plain
        name, template = random.choice(known)
        if template.protocol is not None and random.random() < 0.02:
            packets, protocol = self._nested(packets, protocol, random), IP_IN_IP
        frames = [(template.link_type, template.around(each, protocol)) for each in packets]
        if random.random() < 0.05 and protocol == SCTP_PROTOCOL:
            name = "exported packet"
            frames = [(252, links.exported(each, b"sctp")) for each in packets]
        elif random.random() < 0.15:
            frames = [part for each in frames for part in in_ip_fragments(each, random)]
            self.tried["IP", "fragments"] += len(frames)
        self.tried["link", name] += len(frames)
        return frames

    def _nested(self, packets: list[bytes], protocol: int, random: Random) -> list[bytes]:
        """In up to as many packets as are gone through, and some more."""
        header = dict(self.plain)["raw 101, IPv4"]
        depth = random.randint(1, 18)
        self.tried["IP", "in many packets"] += len(packets)
        for _ in range(depth):
            packets = [header.around(each, protocol) for each in packets]
            protocol = IP_IN_IP
        return packets

    def _count(self, number: int, **names: str) -> None:
        for layer, name in names.items():
            self.tried[layer, name] += number

    def _disturbed(self, frames: Frames, random: Random, mutate: bool) -> Frames:
        if not mutate or random.random() < 0.7:
            return frames
        match random.randrange(4):
            case 0:
                return random.sample(frames, len(frames))
            case 1:
                return frames + random.choices(frames, k=min(len(frames), 2)) if frames else []
            case 2:
                return [each for each in frames if random.random() < 0.8]
            case _:
                return [self._spliced(each, random) for each in frames]

    def _spliced(self, frame: Frame, random: Random) -> Frame:
        other = random.choice(self.transactions)[0]
        if random.random() < 0.5:
            other = random.choice(self.diameter)[1]
        if random.random() < 0.5:
            other = random.choice(self.templates)[1].around(other)
        return frame[0], spliced(frame[1], other, random)
