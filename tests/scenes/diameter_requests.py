"""Scenes of Diameter requests: of the wrong application, network or host, and their twins."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from tests.scenes import cast, diameter, home_server, sms
from tests.scenes.cast import own_imsi, own_msisdn
from tests.scenes.dialogue import LONG, SHORT, Capture
from tests.scenes.digits import plmn, tbcd
from tests.scenes.frames import Path
from tests.scenes.home_server import REFUSED, SUCCESS, UNKNOWN, Node

STRANGER_MME: Node = (f"mme1.{cast.STRANGER_REALM}", cast.STRANGER_REALM)
CX, SH, S13, S6C, SGD, SLG, SLH, GX = (
    16777216, 16777217, 16777252, 16777312, 16777313, 16777255, 16777291, 16777238,
)  # fmt: skip
UK, FRANCE, HOME = plmn("234", "99"), plmn("208", "99"), plmn("620", "99")
CENTRE, STRANGE_CENTRE = tbcd("447700900100"), tbcd("33639980100")


def ask(
    capture: Capture, sender: Node, command: int, imsi: str | None = None,
    avps: Sequence[bytes] = (), answer: Sequence[bytes] | None = SUCCESS,
    application: int = diameter.S6A, body: int | None = None, end: int | None = None,
    receiver: Node = cast.OWN_HSS, route: Sequence[str] = (), pause: timedelta = LONG,
    path: Path = cast.IPX,
) -> None:  # fmt: skip
    """A request, from the IPX, and its answer; `body` is the application in the body."""
    number = capture.new_transaction()
    end = number ^ 0x5A5A0000 if end is None else end
    who = [diameter.avp(1, imsi)] if imsi else []
    begin = diameter.session(sender[0], number, body or application)
    names = diameter.origin(*sender) + diameter.destination(receiver[1], receiver[0])
    passed = [diameter.avp(282, host) for host in route]
    asked = [*begin, *names, *who, *avps, *passed]
    capture.send(path, [diameter.message(command, True, number, end, asked, application)], 46)
    capture.wait(SHORT)
    if answer is not None:
        told = [*begin, *diameter.origin(*receiver), *answer]
        reply = diameter.message(command, False, number, end, told, application)
        capture.send(path.reverse(), [reply], 46)
    capture.wait(pause)


def visited(network: bytes) -> list[bytes]:
    return [diameter.ours(1032, 1004), diameter.ours(1405, 0b100010), diameter.ours(1407, network)]


def number(msisdn: str) -> bytes:
    return diameter.ours(701, tbcd(msisdn))


def applications() -> Capture:
    """Policy, call, profile, location and equipment servers asked by a stranger; odd commands."""
    capture, stranger = Capture(cast.MORNING), cast.STRANGER_HSS
    ask(capture, stranger, 272, own_imsi(401), application=GX)
    ask(capture, stranger, 319, own_imsi(402), application=0, body=diameter.S6A)
    ask(capture, stranger, diameter.PURGE_UE, own_imsi(403), application=S6C, body=diameter.S6A)
    about = [diameter.group(700, [number(own_msisdn(404))], 10415), diameter.ours(703, 14)]
    ask(capture, stranger, 306, avps=about, application=SH)
    ask(capture, cast.PARTNER_HSS, 303, avps=[diameter.ours(601, "tel:+233590000405")],
        application=CX, answer=REFUSED)  # fmt: skip
    ask(capture, stranger, 8388622, own_imsi(406), application=SLH)
    estimate = [*SUCCESS, diameter.ours(1242, b"\x10" + bytes(6))]
    ask(capture, stranger, 8388620, own_imsi(406), answer=estimate, application=SLG)
    ask(capture, stranger, 324, avps=[diameter.ours(1402, "00000000000000")], application=S13)
    return capture


def inside() -> Capture:
    """The own network's nodes ask its own servers what no stranger may ask."""
    capture = Capture(cast.MORNING)

    def own(role: str, *request: Any, application: int, answer: Sequence[bytes] = SUCCESS) -> None:
        sender, path = (
            (f"{role}1.{cast.OWN_REALM}", cast.OWN_REALM),
            Path("192.0.2.31", "192.0.2.32"),
        )
        ask(capture, sender, *request, application=application, answer=answer, path=path)

    own("pgw", 272, own_imsi(601), application=GX)
    about = [diameter.group(700, [number(own_msisdn(602))], 10415), diameter.ours(703, 14)]
    own("as", 306, None, about, application=SH)
    own("cscf", 303, None, [diameter.ours(601, "tel:+233590000603")], application=CX)
    own("gmlc", 8388622, own_imsi(604), application=SLH)
    estimate = [*SUCCESS, diameter.ours(1242, b"\x10" + bytes(6))]
    own("gmlc", 8388620, own_imsi(604), application=SLG, answer=estimate)
    own("mme", 324, None, [diameter.ours(1402, "00000000000000")], application=S13)
    own("mme", diameter.UPDATE_LOCATION, own_imsi(605), visited(HOME), application=diameter.S6A)
    own("hss", 319, own_imsi(605), application=diameter.S6A)
    return capture


def as_agreed() -> Capture:
    """Reports after questions, relays on the way, an identifier again later; 49 in sequence."""
    capture, partner, update = Capture(cast.MORNING), cast.PARTNER_MME, diameter.UPDATE_LOCATION
    centre = (f"smsc1.{cast.PARTNER_REALM}", cast.PARTNER_REALM)
    asked = [number(own_msisdn(611)), diameter.ours(3300, CENTRE)]
    told = [*SUCCESS, diameter.avp(1, own_imsi(611))]
    ask(capture, centre, 8388647, None, asked, told, application=S6C)
    report = [diameter.group(3102, [number(own_msisdn(611))], 10415)]
    ask(capture, centre, 8388649, None, report, application=S6C)
    ask(capture, centre, 8388648, cast.partner_imsi(612), application=S6C)
    near = (f"mme2.site.{cast.PARTNER_REALM}", cast.PARTNER_REALM)
    way = [f"dra1.{cast.PARTNER_REALM}", "dra2.ipx.example"]
    ask(capture, near, update, own_imsi(613), visited(UK), route=way, end=0x77770003)
    capture.wait(timedelta(minutes=4, seconds=1))
    ask(capture, near, update, own_imsi(614), visited(UK), route=way, end=0x77770003)
    capture.wait(timedelta(minutes=15))
    for target in range(49):
        pause = timedelta(seconds=2)
        ask(capture, partner, update, own_imsi(9500 + target), visited(UK), pause=pause)
    for _ in range(2):
        hello = (f"dra1.{cast.PARTNER_REALM}", cast.PARTNER_REALM, cast.IPX.source)
        greeting = diameter.capabilities(True, *hello, capture.new_transaction())
        home_server.exchange(capture, cast.IPX, greeting, None)
    return capture


def registrations() -> Capture:
    """Registrations and vectors by strangers, in other names, for messages elsewhere; notices."""
    capture, stranger, partner = Capture(cast.MORNING), STRANGER_MME, cast.PARTNER_MME
    update, vectors = diameter.UPDATE_LOCATION, diameter.AUTHENTICATION_INFORMATION
    ask(capture, stranger, update, own_imsi(411), visited(FRANCE))
    ask(capture, partner, update, own_imsi(412), visited(FRANCE), receiver=cast.OWN_HSS)
    ask(capture, partner, vectors, own_imsi(413), [diameter.ours(1407, HOME)])
    ask(capture, stranger, vectors, own_imsi(414), [diameter.ours(1407, FRANCE)])
    ask(capture, partner, vectors, own_imsi(417), [diameter.ours(1407, FRANCE)])
    ask(capture, partner, update, own_imsi(417), visited(UK))
    elsewhere = diameter.ours(1645, tbcd("33639980031"))
    ask(capture, partner, update, own_imsi(415), [*visited(UK), elsewhere])
    ask(capture, partner, update, own_imsi(416), visited(UK))
    capture.wait(timedelta(minutes=30))
    ask(capture, stranger, diameter.PURGE_UE, own_imsi(416))
    ask(capture, stranger, 323, own_imsi(416), [diameter.ours(1443, 1)])
    return capture


def names_and_ways() -> Capture:
    """Hosts outside their realm, the own realm, a loop, an identifier twice, forged resets."""
    capture, partner = Capture(cast.MORNING), cast.PARTNER_MME
    update, about = diameter.UPDATE_LOCATION, visited(UK)
    near = (f"mme1.x{cast.PARTNER_REALM}", cast.PARTNER_REALM)
    ask(capture, near, update, own_imsi(421), about)
    shouted = (f"HSS9.SITE.{cast.OWN_REALM.upper()}", f"SITE.{cast.OWN_REALM.upper()}")
    ask(capture, shouted, 319, own_imsi(422), receiver=cast.OWN_MME)
    ask(capture, partner, update, own_imsi(423), about, route=[f"dra1.{cast.OWN_REALM}"])
    ask(capture, partner, update, own_imsi(424), about, end=0x77770001, pause=SHORT)
    ask(capture, partner, update, own_imsi(425), about, end=0x77770001)
    others = [diameter.ours(1444, "620990")]
    ask(capture, cast.PARTNER_HSS, diameter.RESET, None, others, receiver=cast.OWN_MME)
    brief = (f"hss2.{cast.PARTNER_REALM}", cast.PARTNER_REALM)
    ask(capture, brief, diameter.RESET, None, [diameter.ours(1444, "234")], receiver=cast.OWN_MME)
    return capture


def short_messages() -> Capture:
    """A stranger's lookup, a silent message, one of another centre, a report of none; a watch."""
    capture, stranger = Capture(cast.MORNING), (f"smsc1.{cast.STRANGER_REALM}", cast.STRANGER_REALM)
    partner = (f"smsc1.{cast.PARTNER_REALM}", cast.PARTNER_REALM)
    looked_up = [number(own_msisdn(431)), diameter.ours(3300, STRANGE_CENTRE)]
    ask(capture, stranger, 8388647, None, looked_up, application=S6C)
    report = [diameter.group(3102, [number(own_msisdn(432))], 10415)]
    capture.wait(timedelta(hours=25))
    ask(capture, stranger, 8388649, None, report, application=S6C)
    silent = bytearray(sms.deliver("447700900111", sms.INVENTED_GREETING))
    silent[9] = 64
    for imsi, centre, tpdu in (
        (433, CENTRE, bytes(silent)),
        (434, STRANGE_CENTRE, sms.deliver("447700900111", sms.INVENTED_GREETING)),
    ):
        about = [diameter.ours(3300, centre), diameter.ours(3301, tpdu)]
        ask(capture, partner, 8388646, own_imsi(imsi), about, application=SGD)
    capture.wait(timedelta(minutes=20))
    ask(capture, cast.PARTNER_MME, diameter.UPDATE_LOCATION, own_imsi(435), visited(UK))
    return capture


def everyday() -> Capture:
    """Attach, late purge, reset for own IMSIs, a message that was asked for, retransmission."""
    capture, partner, first = Capture(cast.MORNING), cast.PARTNER_MME, own_imsi(441)
    ask(capture, partner, diameter.AUTHENTICATION_INFORMATION, first, [diameter.ours(1407, UK)])
    own_number = diameter.ours(1645, CENTRE)
    for _ in range(2):
        ask(capture, partner, diameter.UPDATE_LOCATION, first, [*visited(UK), own_number],
            end=0x77770002, route=[partner[0]], pause=timedelta(seconds=2))  # fmt: skip
    ask(capture, partner, 323, first, [diameter.ours(1443, 1)])
    ask(capture, partner, diameter.PURGE_UE, first)
    begins = [diameter.ours(1444, "234990")]
    ask(capture, cast.PARTNER_HSS, diameter.RESET, None, begins, receiver=cast.OWN_MME)
    centre = (f"smsc1.{cast.PARTNER_REALM}", cast.PARTNER_REALM)
    asked = [number(own_msisdn(442)), diameter.ours(3300, CENTRE)]
    told = [*SUCCESS, diameter.avp(1, own_imsi(442))]
    ask(capture, centre, 8388647, None, asked, told, application=S6C)
    text = sms.deliver("447700900111", sms.INVENTED_GREETING)
    about = [diameter.ours(3300, CENTRE), diameter.ours(3301, text)]
    ask(capture, centre, 8388646, own_imsi(442), about, application=SGD)
    capture.wait(timedelta(minutes=20))
    ask(capture, partner, diameter.UPDATE_LOCATION, own_imsi(443), visited(UK))
    return capture


def many() -> Capture:
    """An hour of attaches, two odd ones among them; IMSIs in sequence; a peer renamed."""
    capture, partner = Capture(cast.MORNING), cast.PARTNER_MME
    update, route = diameter.UPDATE_LOCATION, [cast.PARTNER_MME[0]]
    for attach in range(65):
        about = list(reversed(visited(UK))) if attach == 20 else visited(UK)
        way = {20: [*route, f"dra5.{cast.PARTNER_REALM}"], 40: []}.get(attach, route)
        pause = timedelta(minutes=1)
        ask(capture, partner, update, own_imsi(5000 + 37 * attach), about, route=way, pause=pause)
    for target in range(120):
        ask(capture, partner, update, own_imsi(9000 + target), visited(UK), UNKNOWN,
            route=route, pause=timedelta(seconds=1))  # fmt: skip
    for name in ("dra1", "dra7"):
        hello = (f"{name}.{cast.PARTNER_REALM}", cast.PARTNER_REALM, cast.IPX.source)
        greeting = diameter.capabilities(True, *hello, capture.new_transaction())
        home_server.exchange(capture, cast.IPX, greeting, None)
    return capture


def burst() -> Capture:
    """More than an hour with an attach now and then, and then a hundred and twenty at once."""
    capture, update = Capture(cast.MORNING), diameter.UPDATE_LOCATION
    for attach in range(135):
        pause = timedelta(minutes=5) if attach < 15 else timedelta(seconds=1)
        imsi = own_imsi(20000 + 37 * attach)
        ask(capture, cast.PARTNER_MME, update, imsi, visited(UK), pause=pause)
    return capture
