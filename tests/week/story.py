"""Who sends what to whom and when: dialogues of MAP, CAP and Diameter, collected for a week."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple

from tests.scenes import diameter
from tests.scenes.dialogue import Way
from tests.scenes.frames import DIAMETER, M3UA, Path
from tests.scenes.sigtran import Address, point_code, returned, udt
from tests.week import links, templates, transactions
from tests.week.clock import DAY, HOUR, SECOND, START
from tests.week.templates import Value
from tests.week.world import GERMANY, TOGO, Network

Wrap = Callable[..., bytes | list[bytes]]
Node = tuple[str, str]  # Origin-Host and Origin-Realm
# Nodes of Partner Togo and Partner Germany use transaction ids of two and of three octets.
SHORT_IDS = ((TOGO.prefix, 2), (GERMANY.prefix, 3))
OUTAGE = (START + 3 * DAY + 2 * HOUR, START + 3 * DAY + 5 * HOUR)  # of the first carrier


class Sent(NamedTuple):
    """A message on a link; attack is the number of the attack that it is part of, or 0."""

    moment: int
    order: int
    path: Path
    protocol: int
    octets: bytes
    attack: int


class Request(NamedTuple):
    """An operation as it opens a dialogue."""

    opcode: int
    parameter: bytes
    version: int = 3
    context: bytes = b""  # octets of the application context's name; empty: there is none
    references: bytes = b""


class Returned(NamedTuple):
    """The request comes back undelivered, with a return cause (Q.713 3.12)."""

    cause: int


class Aborted(NamedTuple):
    """The dialogue is aborted, by the provider where there is a cause."""

    cause: int | None = None


Answer = bytes | Returned | Aborted | None


def request(
    write: Callable[..., Any], *values: Value, version: int = 3, context: bytes | None = None,
    references: bytes = b"",
) -> Request:  # fmt: skip
    """The operation that `write` makes of the values."""
    opcode = opcode_of(write, values)
    parameter = templates.argument(write, version, values)
    if context is None:
        context = b"" if version == 1 else transactions.context(opcode, version)
    return Request(opcode, parameter, version, context, references)


OPCODES: dict[Callable[..., Any], int] = {}


def opcode_of(write: Callable[..., Any], values: tuple[Value, ...]) -> int:
    if write not in OPCODES:
        OPCODES[write] = write(*values)[0]
    return OPCODES[write]


def given(opcode: int, write: Callable[..., Any], *values: Value, version: int = 3) -> bytes:
    """A result with the value that `write` makes."""
    return transactions.result(opcode, templates.result(opcode, write, version, values))


DONE = transactions.result(0)
refusal = transactions.error


@dataclass(frozen=True)
class Attack:
    """What an attack is and whom it is about; at least one of the detectors must name it."""

    number: int
    family: str
    detectors: tuple[str, ...]
    answered: bool
    grave: bool  # whether, answered, it must be told at medium or above
    subjects: frozenset[str]  # IMSIs, MSISDNs, titles, hosts and realms by which a finding names it


@dataclass
class Week:
    """All that was sent, and the attacks in it."""

    seed: int
    random: Random = field(init=False)
    sent: list[Sent] = field(default_factory=list)
    attacks: list[Attack] = field(default_factory=list)
    dialogues: int = 0  # benign ones
    transactions: dict[str, int] = field(default_factory=dict)
    subscribers: int = 0

    def __post_init__(self) -> None:
        self.random = Random(self.seed)

    def new_subscriber(self) -> int:
        self.subscribers += 1
        return self.subscribers

    def story(self, moment: int) -> "Story":
        return Story(self, moment)

    def attack(
        self, family: str, detectors: str, moment: int, *subjects: str, answered: bool = True,
        grave: bool = True,
    ) -> "Story":  # fmt: skip
        """A story that is an attack; the detectors' ids stand in one text."""
        number, named = len(self.attacks) + 1, tuple(detectors.split())
        found = Attack(number, family, named, answered, grave, frozenset(subjects))
        self.attacks.append(found)
        return Story(self, moment, number, inside_too=self.random.random() < 0.15)


@dataclass
class Story:
    """A course of events with a clock of its own."""

    week: Week
    now: int
    attack: int = 0
    inside_too: bool = False  # what crosses the border is captured behind the STP as well

    @property
    def random(self) -> Random:
        return self.week.random

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def wait(self, seconds: float, spread: float = 0.3) -> None:
        """Let time pass, more or less."""
        factor = 1 + spread * (2 * self.random.random() - 1)
        self.now += max(1, int(seconds * factor * SECOND))

    def way_in(self, network: Network) -> Way:
        """By the network's carrier, or by the other one while that one is out of order."""
        carrier = 1 if OUTAGE[0] <= self.now < OUTAGE[1] else network.carrier
        return links.CARRIERS[carrier]

    def way_out(self, network: Network) -> Way:
        return self.way_in(network).reverse()

    def transaction(self, node: str) -> bytes:
        """The next transaction id of a node."""
        counts = self.week.transactions
        size = next((octets for prefix, octets in SHORT_IDS if node.startswith(prefix)), 4)
        number = counts.get(node) or self.random.randrange(1 << 16, 1 << 31)
        counts[node] = number + 1
        return (number % (1 << 8 * size)).to_bytes(size, "big")

    def put(self, path: Path, octets: bytes, protocol: int, moment: int) -> None:
        sent = self.week.sent
        sent.append(Sent(moment, len(sent), path, protocol, octets, self.attack))

    def carry(self, way: Way, sccp: bytes | list[bytes]) -> None:
        """One SCCP message, or the segments of one."""
        for part in [sccp] if isinstance(sccp, bytes) else sccp:
            self.carry_one(way, part)

    def carry_one(self, way: Way, sccp: bytes) -> None:
        self.put(way.path, carried(way, sccp), M3UA, self.now)
        if self.inside_too and way in links.CARRIERS:
            self.put(links.INSIDE.path, carried(links.INSIDE, sccp), M3UA, self.now + 2500)
        elif self.inside_too and way.reverse() in links.CARRIERS:
            back = links.INSIDE.reverse()
            self.put(back.path, carried(back, sccp), M3UA, self.now - 2500)

    def ask(
        self, way: Way, caller: Address, called: Address, asked: Request, answer: Answer = DONE,
        responder: Address | None = None, wrap: Wrap = udt,
        open_first: bool = False, otid: bytes | None = None, retransmitted: bool = False,
    ) -> None:  # fmt: skip
        """A whole dialogue: request, and answer if there is one."""
        self.week.dialogues += not self.attack
        otid = otid or self.transaction(caller.digits)
        dialogue = transactions.asked(asked.context, asked.references) if asked.context else b""
        invoke = transactions.invoke(asked.opcode, asked.parameter)
        begin = transactions.begin(otid, dialogue, *(() if open_first else (invoke,)))
        self.carry(way, wrap(called, caller, begin))
        if retransmitted:
            self.wait(4)
            self.carry(way, wrap(called, caller, begin))
        self.wait(0.4, 0.8)
        other = responder or called
        if open_first:
            self.follow(way, caller, other, asked, otid, invoke, wrap)
        self.reply(way.reverse(), caller, other, asked, answer, otid, begin, wrap, open_first)

    def follow(
        self, way: Way, caller: Address, called: Address, asked: Request, otid: bytes,
        invoke: bytes, wrap: Wrap,
    ) -> None:  # fmt: skip
        """After an empty begin: the called agrees, and the caller sends the operation."""
        dtid, agreed = self.transaction(called.digits), transactions.agreed(asked.context)
        self.carry(way.reverse(), wrap(caller, called, transactions.proceed(dtid, otid, agreed)))
        self.wait(0.3, 0.8)
        self.carry(way, wrap(called, caller, transactions.proceed(otid, dtid, b"", invoke)))
        self.wait(0.5, 0.8)

    def reply(
        self, back: Way, caller: Address, called: Address, asked: Request, answer: Answer,
        otid: bytes, begin: bytes, wrap: Wrap, agreed: bool,
    ) -> None:  # fmt: skip
        dialogue = transactions.agreed(asked.context) if asked.context and not agreed else b""
        if isinstance(answer, Returned):
            self.carry(back, returned(caller, called, begin, answer.cause))
        elif isinstance(answer, Aborted):
            refused = transactions.refused(asked.context) if asked.context else b""
            aborted = transactions.abort(otid, answer.cause, refused)
            self.carry(back, wrap(caller, called, aborted))
        elif answer is not None:
            self.carry(back, wrap(caller, called, transactions.end(otid, dialogue, answer)))

    def register(
        self, way: Way, vlr: Address, hlr: Address, asked: Request, profile: Request,
        answer: bytes, responder: Address, wrap: Wrap = udt,
        writes_as: Address | None = None, segments: int = 1,
    ) -> None:  # fmt: skip
        """A location update or restoreData with insertSubscriberData inside, all accepted."""
        self.week.dialogues += not self.attack
        otid, dtid = self.transaction(vlr.digits), self.transaction(responder.digits)
        back, writer = way.reverse(), writes_as or responder
        invoke = transactions.invoke(asked.opcode, asked.parameter)
        opened = transactions.begin(otid, transactions.asked(asked.context), invoke)
        self.carry(way, wrap(hlr, vlr, opened))
        dialogue = transactions.agreed(asked.context)
        for number in range(2, 2 + segments):
            self.wait(0.3, 0.8)
            data = transactions.invoke(profile.opcode, profile.parameter, number)
            self.carry(back, wrap(vlr, writer, transactions.proceed(dtid, otid, dialogue, data)))
            self.wait(0.2, 0.8)
            taken = transactions.result(profile.opcode, invoke_id=number)
            written = transactions.proceed(otid, dtid, b"", taken)
            self.carry(way, wrap(responder, vlr, written))
            dialogue = b""
        self.wait(0.2, 0.8)
        self.carry(back, wrap(vlr, responder, transactions.end(otid, dialogue, answer)))

    def diameter(
        self, path: Path, sender: Node, receiver: Node, command: int, avps: list[bytes],
        answer: list[bytes] | None, application: int = diameter.S6A,
        answers_as: Node | None = None, retransmitted: bool = False,
    ) -> None:  # fmt: skip
        """A request over the IPX and its answer, if there is one."""
        self.week.dialogues += not self.attack
        hop = int.from_bytes(self.transaction(f"hop {path.source}"))
        end = int.from_bytes(self.transaction(f"end {sender[0]}"))
        session = diameter.session(sender[0], end, application)
        names = diameter.origin(*sender) + diameter.destination(receiver[1], receiver[0])
        body = [*session, *names, *avps]
        octets = diameter.message(command, True, hop, end, body, application)
        self.put(path, octets, DIAMETER, self.now)
        if retransmitted:
            self.wait(5)
            flagged = octets[:4] + bytes([octets[4] | 0x10]) + octets[5:]
            self.put(path, flagged, DIAMETER, self.now)
        self.wait(0.15, 0.8)
        if answer is not None:
            body = [*session, *answer[:1], *diameter.origin(*(answers_as or receiver)), *answer[1:]]
            octets = diameter.message(command, False, hop, end, body, application)
            self.put(path.reverse(), octets, DIAMETER, self.now)


HEADS: dict[Way, bytes] = {}


def carried(way: Way, sccp: bytes) -> bytes:
    """An M3UA DATA message (RFC 4666 3.3.1), as `way.carry` writes it."""
    if way not in HEADS:
        codes = point_code(way.opc).to_bytes(4, "big") + point_code(way.dpc).to_bytes(4, "big")
        HEADS[way] = codes + bytes([3, way.indicator, 0, 5])
    data = HEADS[way] + sccp
    parameter = b"\x02\x10" + (4 + len(data)).to_bytes(2, "big") + data + bytes(-len(data) % 4)
    head = b"\x01\x00\x01\x01" + (16 + len(parameter)).to_bytes(4, "big")
    return head + b"\x00\x06\x00\x08\x00\x00\x00\x01" + parameter
