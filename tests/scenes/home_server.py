"""Scenes of Diameter requests that only a subscriber's own server may send: DIA-03."""

from collections.abc import Sequence
from datetime import timedelta

from tests.scenes import cast, diameter
from tests.scenes.cast import own_imsi, partner_imsi
from tests.scenes.dialogue import LONG, SHORT, Capture
from tests.scenes.digits import plmn, tbcd
from tests.scenes.frames import DIAMETER, Path, tcp

Node = tuple[str, str]  # Origin-Host and Origin-Realm
CURRENT_LOCATION = diameter.ours(1490, 0b11000)  # bits 3 and 4 of IDR-Flags (TS 29.272 7.3.103)
WITHDRAWAL, UPDATE = diameter.ours(1420, 2), diameter.ours(1420, 0)
HERE = diameter.location(plmn("620", "99"), 4711, 815)
SUCCESS = (diameter.avp(268, diameter.SUCCESS),)
REFUSED = (diameter.avp(268, diameter.UNABLE_TO_COMPLY),)
UNKNOWN = (diameter.experimental(diameter.UNKNOWN_EPS_USER),)
LOCATED = (*SUCCESS, HERE)


def request(
    command: int, sender: Node, receiver: Node, imsi: str | None, number: int, avps: Sequence[bytes]
) -> bytes:
    who = [diameter.avp(1, imsi)] if imsi else []
    names = diameter.origin(*sender) + diameter.destination(receiver[1], receiver[0])
    body = [*diameter.session(sender[0], number), *names, *who, *avps]
    return diameter.message(command, True, number, number ^ 0x5A5A0000, body)


def reply(command: int, sender: Node, asker: Node, number: int, avps: Sequence[bytes]) -> bytes:
    body = [*diameter.session(asker[0], number), *diameter.origin(*sender), *avps]
    return diameter.message(command, False, number, number ^ 0x5A5A0000, body)


def ask(
    capture: Capture, path: Path, sender: Node, receiver: Node, command: int,
    imsi: str | None, avps: Sequence[bytes], answer: Sequence[bytes] | None,
) -> None:  # fmt: skip
    """A request over SCTP and its answer, if there is one."""
    number = capture.new_transaction()
    question = request(command, sender, receiver, imsi, number, avps)
    octets = None if answer is None else reply(command, receiver, sender, number, answer)
    exchange(capture, path, question, octets)


def exchange(capture: Capture, path: Path, question: bytes, answer: bytes | None) -> None:
    """Two messages over SCTP, or one; the clock then moves on."""
    capture.send(path, [question], DIAMETER)
    capture.wait(SHORT)
    if answer is not None:
        capture.send(path.reverse(), [answer], DIAMETER)
    capture.wait(LONG)


def ask_by_tcp(
    capture: Capture, path: Path, sender: Node, receiver: Node, command: int,
    imsi: str, avps: Sequence[bytes], answer: Sequence[bytes],
) -> None:  # fmt: skip
    """The same over TCP; the request comes in two segments."""
    number = capture.new_transaction()
    question = request(command, sender, receiver, imsi, number, avps)
    cut = 90
    capture.add(tcp(path, question[:cut], 1000))
    capture.wait(timedelta(milliseconds=1))
    capture.add(tcp(path, question[cut:], 1000 + cut))
    capture.wait(SHORT)
    octets = reply(command, receiver, sender, number, answer)
    capture.add(tcp(path.reverse(), octets, 5000, to_server=False))
    capture.wait(LONG)


def stranger_asks() -> Capture:
    """A stranger, and a partner about own subscribers, in the part of a home server."""
    capture, stranger, mme, ipx = Capture(cast.MORNING), cast.STRANGER_HSS, cast.OWN_MME, cast.IPX
    insert, cancel = diameter.INSERT_SUBSCRIBER_DATA, diameter.CANCEL_LOCATION
    ask(capture, ipx, stranger, mme, insert, own_imsi(91), [CURRENT_LOCATION], LOCATED)
    ask(capture, ipx, stranger, mme, cancel, partner_imsi(92), [WITHDRAWAL], UNKNOWN)
    ask_by_tcp(capture, cast.IPX_6, stranger, mme, cancel, own_imsi(93), [WITHDRAWAL], SUCCESS)
    ask(capture, ipx, cast.PARTNER_HSS, mme, insert, own_imsi(94), [CURRENT_LOCATION], None)
    behind_watchdog(capture, stranger, mme)
    ask(capture, ipx, stranger, mme, diameter.RESET, None, [], REFUSED)
    return capture


def behind_watchdog(capture: Capture, stranger: Node, mme: Node) -> None:
    """A watchdog request, and in the same frame behind it a Delete-Subscriber-Data-Request."""
    first, second = capture.new_transaction(), capture.new_transaction()
    agent = (f"dra1.{cast.PARTNER_REALM}", cast.PARTNER_REALM)
    in_front = diameter.watchdog(True, *agent, first)
    flags = [diameter.ours(1421, 1)]  # DSR-Flags: Regional Subscription Withdrawal
    hidden = request(diameter.DELETE_SUBSCRIBER_DATA, stranger, mme, own_imsi(95), second, flags)
    capture.send(cast.IPX, [in_front, hidden], DIAMETER)
    capture.wait(SHORT)
    answers = [
        diameter.watchdog(False, *cast.OWN_MME, first),
        reply(diameter.DELETE_SUBSCRIBER_DATA, mme, stranger, second, SUCCESS),
    ]
    capture.send(cast.IPX.reverse(), answers, DIAMETER)
    capture.wait(LONG)


def home_asks() -> Capture:
    """Each home server about its own subscribers; once the realm is longer and in capitals."""
    capture, guest, ipx = Capture(cast.MORNING), partner_imsi(91), cast.IPX
    insert, cancel = diameter.INSERT_SUBSCRIBER_DATA, diameter.CANCEL_LOCATION
    ask(capture, ipx, cast.PARTNER_HSS, cast.OWN_MME, insert, guest, [CURRENT_LOCATION], LOCATED)
    shouting = ("hss2.site." + cast.PARTNER_REALM, ("site." + cast.PARTNER_REALM).upper())
    ask(capture, ipx, shouting, cast.OWN_MME, cancel, guest, [UPDATE], SUCCESS)
    ask_by_tcp(
        capture, cast.IPX_6, cast.PARTNER_HSS, cast.OWN_MME, insert, guest,
        [diameter.subscription(tbcd(cast.partner_msisdn(91)))], SUCCESS,
    )  # fmt: skip
    ask(capture, ipx, cast.PARTNER_HSS, cast.OWN_MME, diameter.RESET, None, [], SUCCESS)
    back = ipx.reverse()
    ask(capture, back, cast.OWN_HSS, cast.PARTNER_MME, cancel, own_imsi(92), [UPDATE], SUCCESS)
    ask(capture, back, cast.OWN_HSS, cast.PARTNER_MME, insert, own_imsi(93), [CURRENT_LOCATION],
        [*SUCCESS, diameter.location(plmn("234", "99"), 12, 34)])  # fmt: skip
    attach(capture, cast.IPX, 94)
    return capture


def attach(capture: Capture, path: Path, number: int) -> None:
    """An own subscriber attaches at Partner UK: vectors, then the location update."""
    visited = diameter.ours(1407, plmn("234", "99"))
    vectors = diameter.AUTHENTICATION_INFORMATION
    ask(
        capture, path, cast.PARTNER_MME, cast.OWN_HSS, vectors, own_imsi(number), [visited], SUCCESS
    )
    about = [diameter.ours(1032, 1004), diameter.ours(1405, 0b100010), visited]
    profile = [*SUCCESS, diameter.subscription(tbcd(cast.own_msisdn(number)))]
    update = diameter.UPDATE_LOCATION
    ask(capture, path, cast.PARTNER_MME, cast.OWN_HSS, update, own_imsi(number), about, profile)
