"""MAP dialogues on SIGTRAN links, as frames with times."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.scenes import tcap
from tests.scenes.files import Frame
from tests.scenes.frames import M3UA, Path, sctp
from tests.scenes.operations import Operation, insert_subscriber_data, update_location_result
from tests.scenes.sigtran import INTERNATIONAL, Address, m3ua_data, udt

SHORT = timedelta(milliseconds=180)  # from a request to its answer
LONG = timedelta(seconds=35)  # from one dialogue to the next


@dataclass(frozen=True)
class Way:
    """One direction of a signalling link: addresses, point codes, network indicator."""

    path: Path
    opc: str
    dpc: str
    indicator: int = INTERNATIONAL

    def reverse(self) -> "Way":
        return Way(self.path.reverse(), self.dpc, self.opc, self.indicator)

    def carry(self, sccp: bytes) -> bytes:
        return m3ua_data(self.opc, self.dpc, self.indicator, sccp)


@dataclass(frozen=True)
class Sending:
    """Messages that share an SCTP frame; without a path, one frame as it is."""

    moment: datetime
    messages: tuple[bytes, ...]
    path: Path | None = None
    protocol: int = M3UA


@dataclass
class Capture:
    """What is sent, when, and the clock and the transaction ids of those who send it."""

    now: datetime
    transaction: int = 0x10000
    sendings: list[Sending] = field(default_factory=list)

    def add(self, octets: bytes) -> None:
        """A ready frame now."""
        self.sendings.append(Sending(self.now, (octets,)))

    def send(self, path: Path, messages: Sequence[bytes], protocol: int = M3UA) -> None:
        """One SCTP frame now."""
        self.sendings.append(Sending(self.now, tuple(messages), path, protocol))

    def wait(self, duration: timedelta) -> None:
        self.now += duration

    def new_transaction(self) -> int:
        self.transaction += 1
        return self.transaction

    def frames(self) -> list[Frame]:
        """In the order of their times; chunks are numbered by direction, as SCTP does."""
        numbers: Counter[tuple[str, str, int]] = Counter()
        written = []
        for sending in sorted(self.sendings, key=lambda sending: sending.moment):
            octets = sending.messages[0]
            if sending.path:
                way = (sending.path.source, sending.path.destination, sending.protocol)
                octets = sctp(sending.path, sending.messages, sending.protocol, numbers[way] + 1)
                numbers[way] += len(sending.messages)
            written.append((round(sending.moment.timestamp() * 1_000_000), octets))
        return written


@dataclass(frozen=True)
class Result:
    """A returnResultLast; without a value it is empty."""

    value: Any = None


@dataclass(frozen=True)
class Refusal:
    """A returnError with a code of TS 29.002 17.6."""

    code: int


@dataclass(frozen=True)
class Abort:
    """A TC-ABORT, by the user or by the provider."""

    by_provider: bool = False


Answer = Result | Refusal | Abort | None
Wrap = Callable[[Address, Address, bytes], bytes]


@dataclass(frozen=True)
class Form:
    """How a request is written: MAP version, SCCP message, what else differs from the usual."""

    version: int = 3
    wrap: Wrap = udt
    context: tuple[int, ...] | None = None  # where it is not the operation's own
    with_dialogue: bool = True  # an AARQ; version 1 has none
    open_first: bool = False  # an empty begin, the operation in a continue
    indefinite: bool = False
    about: str | None = None  # the IMSI, where the begin's dialogue portion names it
    before: Sequence[bytes] = ()  # messages in front of it in the same frame

    def application(self, opcode: int) -> tuple[int, ...] | None:
        if self.version == 1 or not self.with_dialogue:
            return None
        return self.context or tcap.context(opcode, self.version)


USUAL = Form()


def question(
    way: Way, caller: Address, called: Address, operation: Operation, otid: int, form: Form = USUAL
) -> bytes:
    """The M3UA message with the begin that opens a dialogue."""
    application = form.application(operation[0])
    portion = tcap.request(application, form.about) if application else None
    invokes = [] if form.open_first else [tcap.invoke(*operation, version=form.version)]
    begin = tcap.begin(otid, invokes, portion)
    return way.carry(
        form.wrap(called, caller, tcap.indefinite(begin) if form.indefinite else begin)
    )


def answered(operation: Operation, answer: Answer, otid: int, form: Form) -> bytes:
    """The TCAP message that closes the dialogue of the one who asked with otid."""
    application = form.application(operation[0])
    if isinstance(answer, Abort):
        if application and not answer.by_provider:
            return tcap.abort(otid, ("u-abortCause", tcap.refusal(application)))
        return tcap.abort(otid, ("p-abortCause", 4))
    if isinstance(answer, Refusal):
        component = tcap.error(answer.code)
    else:
        value = answer.value if answer else None
        component = tcap.result(operation[0], value, version=form.version)
    portion = tcap.response(application) if application and not form.open_first else None
    return tcap.end(otid, [component], portion)


def ask(
    capture: Capture, way: Way, caller: Address, called: Address, operation: Operation,
    answer: Answer = None, form: Form = USUAL, answers_as: Address | None = None,
) -> None:  # fmt: skip
    """A whole dialogue: request, and answer if there is one; the clock then moves on."""
    otid, back = capture.new_transaction(), way.reverse()
    responder = answers_as or called
    begin = question(way, caller, called, operation, otid, form)
    capture.send(way.path, [*form.before, begin])
    capture.wait(SHORT)
    if form.open_first:
        follow(capture, way, caller, responder, operation, otid, form)
    if answer is not None:
        end = answered(operation, answer, otid, form)
        capture.send(back.path, [back.carry(form.wrap(caller, responder, end))])
    capture.wait(LONG)


def follow(
    capture: Capture, way: Way, caller: Address, called: Address, operation: Operation,
    otid: int, form: Form,
) -> None:  # fmt: skip
    """After an empty begin: the called agrees, and the caller sends the operation."""
    back, dtid = way.reverse(), capture.new_transaction()
    application = form.application(operation[0])
    agreed = tcap.proceed(dtid, otid, [], tcap.response(application) if application else None)
    capture.send(back.path, [back.carry(form.wrap(caller, called, agreed))])
    capture.wait(SHORT)
    invoke = tcap.proceed(otid, dtid, [tcap.invoke(*operation, version=form.version)], None)
    capture.send(way.path, [way.carry(form.wrap(called, caller, invoke))])
    capture.wait(SHORT)


def register(
    capture: Capture, way: Way, vlr: Address, hlr: Address, operation: Operation,
    profile: Operation, form: Form = USUAL, answers_as: Address | None = None,
    writes_as: Address | None = None,
) -> None:  # fmt: skip
    """updateLocation or updateGprsLocation with an insertSubscriberData inside, all accepted.

    `answers_as` is the title by which the HLR answers, `writes_as` another one for the profile.
    """
    otid, dtid, back = capture.new_transaction(), capture.new_transaction(), way.reverse()
    responder = answers_as or hlr
    application = form.application(operation[0])
    capture.send(way.path, [*form.before, question(way, vlr, hlr, operation, otid, form)])
    capture.wait(SHORT)
    aside = [tcap.invoke(*profile, invoke_id=2, version=form.version)]
    portion = tcap.response(application) if application else None
    data = tcap.proceed(dtid, otid, aside, portion)
    capture.send(back.path, [back.carry(form.wrap(vlr, writes_as or responder, data))])
    capture.wait(SHORT)
    taken = tcap.proceed(otid, dtid, [tcap.result(profile[0], None, 2)], None)
    capture.send(way.path, [way.carry(form.wrap(responder, vlr, taken))])
    capture.wait(SHORT)
    value = update_location_result(responder.digits, form.version)
    end = tcap.end(otid, [tcap.result(operation[0], value, version=form.version)], None)
    capture.send(back.path, [back.carry(form.wrap(vlr, responder, end))])
    capture.wait(LONG)


def profile(imsi: str | None = None, msisdn: str | None = None) -> Operation:
    """The insertSubscriberData of a registration, which names the subscriber by MSISDN alone."""
    return insert_subscriber_data(imsi, msisdn)
