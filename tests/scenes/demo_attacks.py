"""The demo's attacks, by the hour; `pcaps/demo/demo.toml` says what must be found."""

from datetime import UTC, datetime, timedelta

from tests.scenes import cast, diameter, home_server, operations, registration, sms, tcap
from tests.scenes.cast import own_imsi, own_msisdn
from tests.scenes.dialogue import Abort, Capture, Form, Refusal, Result, ask
from tests.scenes.digits import tbcd
from tests.scenes.frames import DIAMETER
from tests.scenes.identity import FORWARDED_TO
from tests.scenes.sigtran import udt, xudt

MIDNIGHT = datetime(2026, 3, 1, tzinfo=UTC)
HERE = Result(operations.whereabouts_result(cast.OWN_VLR.digits))
ATI_NOT_ALLOWED, ATSI_NOT_ALLOWED, UNAUTHORIZED_NETWORK, UNKNOWN_SUBSCRIBER = 49, 60, 52, 1
TARGET = 9000  # subscribers from this number on are attacked
SWAPPED = TARGET + 50


def at(capture: Capture, clock: str) -> None:
    hours, minutes = map(int, clock.split(":"))
    capture.now = MIDNIGHT + timedelta(hours=hours, minutes=minutes)


def on_signalling_link(capture: Capture) -> None:
    locate(capture)
    read_and_change(capture)
    intercept(capture)
    pass_for_home(capture)


def locate(capture: Capture) -> None:
    """Three ways to ask where somebody is, and a fourth that the network refuses three times."""
    scf, hlr = cast.STRANGER_GSMSCF, cast.OWN_HLR
    asked = operations.any_time_interrogation
    at(capture, "02:10")
    ask(capture, cast.INWARDS, scf, hlr, asked(scf.digits, msisdn=own_msisdn(TARGET)), HERE)
    at(capture, "03:05")
    for form in (Form(), Form(wrap=xudt), Form(indefinite=True)):
        attempt = asked(scf.digits, imsi=own_imsi(TARGET + 1))
        ask(capture, cast.INWARDS, scf, hlr, attempt, Refusal(ATI_NOT_ALLOWED), form)
    at(capture, "04:40")
    info = operations.provide_subscriber_info(own_imsi(TARGET + 2))
    ask(capture, cast.INWARDS, cast.STRANGER_HLR, cast.OWN_VLR, info, HERE)
    at(capture, "05:20")
    position = operations.provide_subscriber_location(
        cast.STRANGER_GMLC.digits, "lawfulInterceptServices", imsi=own_imsi(TARGET + 3)
    )
    refused = Refusal(UNAUTHORIZED_NETWORK)
    ask(capture, cast.INWARDS, cast.STRANGER_GMLC, cast.OWN_MSC, position, refused)


def read_and_change(capture: Capture) -> None:
    """An IMSI before its SIM is swapped, forwarding set, a subscription read in vain, a profile."""
    at(capture, "06:30")
    told, number = Result(tbcd(own_imsi(SWAPPED))), operations.send_imsi(own_msisdn(SWAPPED))
    ask(capture, cast.INWARDS, cast.STRANGER_VLR, cast.OWN_HLR, number, told, Form(version=2))
    at(capture, "10:15")
    scf = cast.STRANGER_GSMSCF
    diverted = operations.modify_forwarding(scf.digits, FORWARDED_TO, imsi=own_imsi(TARGET + 4))
    ask(capture, cast.INWARDS, scf, cast.OWN_HLR, diverted, Result())
    read = operations.subscription_interrogation(scf.digits, own_msisdn(TARGET + 5))
    ask(capture, cast.INWARDS, scf, cast.OWN_HLR, read, Refusal(ATSI_NOT_ALLOWED))
    at(capture, "12:50")
    planted = operations.insert_subscriber_data(
        own_imsi(TARGET + 6), own_msisdn(TARGET + 6), cast.STRANGER_GSMSCF.digits
    )
    ask(capture, cast.INWARDS, cast.STRANGER_HLR, cast.OWN_VLR, planted, Result())


def intercept(capture: Capture) -> None:
    """The registration is cancelled, then made anew elsewhere, and a password goes there."""
    victim = TARGET + 7
    at(capture, "14:00")
    gone = operations.cancel_location_bare(own_imsi(victim))
    stranger = cast.STRANGER_HLR
    ask(capture, cast.INWARDS, stranger, cast.OWN_VLR, gone, Result(), Form(version=2))
    at(capture, "14:03")
    registration.arrive(capture, victim, cast.STRANGER_VLR, cast.STRANGER_MSC)
    at(capture, "14:11")
    registration.text(capture, victim, cast.STRANGER_MSC, registration.CODE, Result())
    at(capture, "17:30")
    lost = operations.cancel_location(own_imsi(TARGET + 8), "subscriptionWithdraw")
    ask(capture, cast.INWARDS, cast.PARTNER_HLR, cast.OWN_VLR, lost, Abort())


def pass_for_home(capture: Capture) -> None:
    """The own SMSC's title, over the border."""
    at(capture, "15:45")
    lookup = operations.routing_info_for_sm(own_msisdn(TARGET + 9), cast.OWN_SMSC.digits)
    ask(capture, cast.INWARDS, cast.OWN_SMSC, cast.OWN_HLR, lookup, Refusal(UNKNOWN_SUBSCRIBER))


def on_diameter_link(capture: Capture) -> None:
    """A location asked for, and a registration cancelled in vain."""
    stranger, mme = cast.STRANGER_HSS, cast.OWN_MME
    at(capture, "11:05")
    home_server.ask(
        capture, cast.IPX, stranger, mme, diameter.INSERT_SUBSCRIBER_DATA, own_imsi(TARGET + 10),
        [home_server.CURRENT_LOCATION], home_server.LOCATED,
    )  # fmt: skip
    at(capture, "18:25")
    home_server.ask(
        capture, cast.IPX_6, stranger, mme, diameter.CANCEL_LOCATION, own_imsi(TARGET + 11),
        [home_server.WITHDRAWAL], home_server.UNKNOWN,
    )  # fmt: skip


def password_to_the_new_sim(capture: Capture) -> None:
    """After the swap of 09:00 a bank's code reaches the new SIM inside the own network."""
    at(capture, "09:40")
    tpdu = sms.deliver("ExMoney", sms.INVENTED_CODE, capture.now)
    operation = operations.forward_to_subscriber(
        own_imsi(SWAPPED + 100), cast.OWN_SMSC.digits, tpdu
    )
    ask(capture, cast.INSIDE, cast.OWN_SMSC, cast.OWN_MSC, operation, Result())


def damaged_sccp(capture: Capture) -> None:
    """A UDT whose third pointer leads behind its end."""
    at(capture, "07:07")
    lookup = operations.routing_info_for_sm(own_msisdn(3000), cast.PARTNER_SMSC.digits)
    begin = tcap.begin(0x7777, [tcap.invoke(*lookup)], tcap.request(tcap.context(45, 3)))
    sccp = bytearray(udt(cast.OWN_HLR, cast.PARTNER_SMSC, begin))
    sccp[4] = 250
    capture.send(cast.INWARDS.path, [cast.INWARDS.carry(bytes(sccp))])


def damaged_diameter(capture: Capture) -> None:
    """An AVP that is longer than its message."""
    at(capture, "07:08")
    long = diameter.avp(283, cast.OWN_REALM).replace(b"\x00\x00\x29", b"\x00\x03\x29", 1)
    body = [*diameter.origin(*cast.PARTNER_MME), long]
    octets = diameter.message(diameter.PURGE_UE, True, 0x7777, 0x7777, body)
    capture.send(cast.IPX, [octets], DIAMETER)
