"""Scenes of Diameter's ways, identifiers, peers and networks: DIA-17, -18, -19, -23, twins."""

from collections.abc import Sequence
from datetime import timedelta

from tests.scenes import cast, diameter
from tests.scenes.cast import own_imsi, partner_imsi
from tests.scenes.dialogue import LONG, SHORT, Capture
from tests.scenes.diameter import avp, ours
from tests.scenes.diameter_requests import FRANCE, STRANGER_MME, UK, ask, visited
from tests.scenes.digits import plmn
from tests.scenes.frames import DIAMETER
from tests.scenes.home_server import CURRENT_LOCATION, LOCATED, SUCCESS, WITHDRAWAL, Node

CARRIER = ["dra1.ipx.example", "dra2.ipx.example"]
UPDATE, VECTORS = diameter.UPDATE_LOCATION, diameter.AUTHENTICATION_INFORMATION
OUT = cast.IPX.reverse()
SOON = timedelta(seconds=2)
BACK_HOME = (f"mme9.{cast.OWN_REALM}", cast.OWN_REALM)


def attach(capture: Capture, number: int, route: Sequence[str], pause: timedelta = LONG) -> None:
    ask(capture, cast.PARTNER_MME, UPDATE, own_imsi(number), visited(UK), route=route, pause=pause)


def ways() -> Capture:
    """Of a hundred attaches one passes two relays more, another has a stranger in front."""
    capture, usual = Capture(cast.MORNING), [cast.PARTNER_MME[0], *CARRIER]
    odd = {
        40: [*usual, "dra3.ipx.example", "dra4.ipx.example"],
        60: ["gw.lessee.example", *CARRIER],
    }
    for number in range(100):
        attach(capture, 7000 + 37 * number, odd.get(number, usual))
    return capture


def ways_changed() -> Capture:
    """One relay more, twice; three of a hundred by another node; then all by two relays more."""
    capture, usual = Capture(cast.MORNING), [cast.PARTNER_MME[0], *CARRIER]
    longer = [*usual, "dra3.ipx.example"]
    other = [f"mme2.{cast.PARTNER_REALM}", *CARRIER]
    odd = {20: longer, 40: longer, 50: other, 60: other, 70: other}
    for number in range(100):
        attach(capture, 7000 + 37 * number, odd.get(number, usual))
    for number in range(100, 102):
        attach(capture, 7000 + 37 * number, [*longer, "dra4.ipx.example"])
    return capture


def asked_abroad(capture: Capture, number: int) -> None:
    """The own server withdraws a guest of ours from Partner UK: question and answer."""
    ask(capture, cast.OWN_HSS, diameter.CANCEL_LOCATION, own_imsi(number), [WITHDRAWAL],
        receiver=cast.PARTNER_MME, path=OUT)  # fmt: skip


def vectors(sender: Node, number: int, hop: int, end: int, session: str | None = None) -> bytes:
    """An Authentication-Information-Request of Partner UK."""
    begin = diameter.session(session or sender[0], end)
    names = diameter.origin(*sender) + diameter.destination(cast.OWN_REALM, cast.OWN_HSS[0])
    body = [*begin, *names, avp(1, own_imsi(number)), ours(1407, UK)]
    return diameter.message(VECTORS, True, hop, end, body)


def given(sender: Node, hop: int, end: int, asker: Node = cast.OWN_HSS) -> bytes:
    body = [*diameter.session(sender[0], end), *diameter.origin(*asker), *SUCCESS]
    return diameter.message(VECTORS, False, hop, end, body)


def identifiers() -> Capture:
    """A hop-by-hop identifier in use twice, a stranger's session, an answer nobody asked for."""
    capture, sender = Capture(cast.MORNING), cast.PARTNER_MME
    for number in range(30):
        asked_abroad(capture, 430 + number)
    for number, end in ((463, 0x111), (464, 0x222)):
        capture.send(cast.IPX, [vectors(sender, number, 0x77, end)], DIAMETER)
        capture.wait(SHORT)
    for end in (0x111, 0x222):
        capture.send(OUT, [given(sender, 0x77, end)], DIAMETER)
        capture.wait(LONG)
    foreign = vectors(sender, 465, 0x78, 0x333, session=STRANGER_MME[0])
    capture.send(cast.IPX, [foreign], DIAMETER)
    capture.wait(SHORT)
    capture.send(OUT, [given(sender, 0x78, 0x333)], DIAMETER)
    capture.wait(LONG)
    reflected = given(BACK_HOME, 0x79, 0x444, cast.PARTNER_HSS)
    capture.send(cast.IPX, [reflected], DIAMETER)
    capture.wait(LONG)
    asked_abroad(capture, 466)
    return capture


def identifiers_again() -> Capture:
    """An identifier used again after its answer, a request sent again and answered twice."""
    capture, sender = Capture(cast.MORNING), cast.PARTNER_MME
    for number in range(20):
        asked_abroad(capture, 467 + number)
    for number, end in ((487, 0x111), (488, 0x222)):
        capture.send(cast.IPX, [vectors(sender, number, 0x77, end)], DIAMETER)
        capture.wait(SHORT)
        capture.send(OUT, [given(sender, 0x77, end)], DIAMETER)
        capture.wait(LONG)
    withdrawn = diameter.message(
        diameter.CANCEL_LOCATION, True, 0x88, 0x555,
        [*diameter.session(cast.OWN_HSS[0], 0x555), *diameter.origin(*cast.OWN_HSS),
         *diameter.destination(cast.PARTNER_REALM, cast.PARTNER_MME[0]), avp(1, own_imsi(489)),
         WITHDRAWAL],
    )  # fmt: skip
    again = withdrawn[:4] + bytes([withdrawn[4] | 0x10]) + withdrawn[5:]
    body = [*diameter.session(cast.OWN_HSS[0], 0x555), *diameter.origin(*sender), *SUCCESS]
    done = diameter.message(diameter.CANCEL_LOCATION, False, 0x88, 0x555, body)
    for octets, path in ((withdrawn, OUT), (again, OUT), (done, cast.IPX), (done, cast.IPX)):
        capture.send(path, [octets], DIAMETER)
        capture.wait(SOON)
    asked_abroad(capture, 490)
    return capture


def greet(
    capture: Capture, host: str, address: str, applications: Sequence[int] = (diameter.S6A,),
    vendor: int = diameter.THREEGPP, product: str = "scene",
) -> None:  # fmt: skip
    """A Capabilities-Exchange-Request of the IPX's agent, and the own agent's answer."""
    realm = host.partition(".")[2]
    number = capture.new_transaction()
    family = bytes.fromhex("0001") + bytes(int(part) for part in address.split("."))
    told = [avp(257, family), avp(266, vendor), avp(269, product)]
    body = [*diameter.origin(host, realm), *told, *(avp(258, each) for each in applications)]
    asked = diameter.message(diameter.CAPABILITIES, True, number, number, body, 0)
    own = f"dra1.{cast.OWN_REALM}"
    answer = diameter.capabilities(False, own, cast.OWN_REALM, cast.IPX.destination, number)
    for octets, path in ((asked, cast.IPX), (answer, OUT)):
        capture.send(path, [octets], DIAMETER)
        capture.wait(SHORT)
    capture.wait(timedelta(days=2))


def peers() -> Capture:
    """An agent of another vendor, with more applications, with somebody's address; the own name."""
    capture, host, here = Capture(cast.MORNING), "dra1.ipx.example", cast.IPX.source
    greet(capture, host, here)
    greet(capture, host, here, vendor=9)
    greet(capture, host, here, (diameter.S6A, 16777217), vendor=9)
    greet(capture, host, "203.0.113.66", (diameter.S6A, 16777217), vendor=9)
    greet(capture, f"dra8.{cast.OWN_REALM}", here)
    return capture


def peers_as_before() -> Capture:
    """The same agent, again and again, and once with one application less."""
    capture, host, here = Capture(cast.MORNING), "dra1.ipx.example", cast.IPX.source
    greet(capture, host, here, (diameter.S6A, 16777313))
    greet(capture, host, here, (16777313, diameter.S6A))
    greet(capture, host.upper(), here)
    return capture


def networks() -> Capture:
    """A stranger's server about Partner UK's guest; vectors for another network of its country."""
    capture = Capture(cast.MORNING)
    ask(capture, cast.STRANGER_HSS, diameter.INSERT_SUBSCRIBER_DATA, partner_imsi(491),
        [CURRENT_LOCATION], LOCATED, receiver=cast.OWN_MME)  # fmt: skip
    ask(capture, STRANGER_MME, VECTORS, own_imsi(492), [ours(1407, plmn("208", "10"))])
    return capture


def networks_own() -> Capture:
    """Partner UK's server about its guest; an American one, of three digits, about its own."""
    capture = Capture(cast.MORNING)
    ask(capture, cast.PARTNER_HSS, diameter.INSERT_SUBSCRIBER_DATA, partner_imsi(493),
        [CURRENT_LOCATION], LOCATED, receiver=cast.OWN_MME)  # fmt: skip
    realm = "epc.mnc999.mcc310.3gppnetwork.org"
    american: Node = (f"hss1.{realm}", realm)
    ask(capture, american, diameter.CANCEL_LOCATION, "310999000000494", [WITHDRAWAL],
        receiver=cast.OWN_MME)  # fmt: skip
    ask(capture, STRANGER_MME, VECTORS, own_imsi(495), [ours(1407, FRANCE)])
    return capture
