"""Everyday signalling of the demo's operator: what a network without attackers carries."""

from random import Random

from tests.scenes import cast, diameter, home_server, operations, sms
from tests.scenes.cast import own_imsi, own_msisdn, partner_imsi, partner_msisdn
from tests.scenes.dialogue import USUAL, Capture, Form, Refusal, Result, ask, profile, register
from tests.scenes.digits import plmn, tbcd
from tests.scenes.frames import Path
from tests.scenes.sigtran import HLR, MSC, VLR, Address, xudt

ABSENT = 27
FORMS = (USUAL, USUAL, USUAL, Form(wrap=xudt), Form(indefinite=True))
TEXTS = (
    ("Example", sms.INVENTED_WELCOME),
    ("233590111111", sms.INVENTED_GREETING),
    ("ExMoney", sms.INVENTED_CODE),
)
GIVEN = Result(operations.send_authentication_info_result(9))


def abroad(random: Random) -> tuple[Address, Address]:
    """A VLR and an MSC of Partner UK."""
    number = random.randrange(1, 5)
    return Address(f"44770090002{number}", VLR), Address(f"44770090003{number}", MSC)


def own_subscriber_lands(capture: Capture, random: Random, number: int) -> None:
    """Vectors, registration with profile, and the cancellation at the VLR before."""
    (vlr, msc), form, imsi = abroad(random), random.choice(FORMS), own_imsi(number)
    title = cast.own_mobile_title(imsi)
    vectors = operations.send_authentication_info(imsi, "234", "99")
    ask(capture, cast.INWARDS, vlr, title, vectors, GIVEN, form, answers_as=cast.OWN_HLR)
    update = operations.update_location(imsi, msc.digits, vlr.digits)
    data = profile(msisdn=own_msisdn(number))
    register(capture, cast.INWARDS, vlr, title, update, data, form, answers_as=cast.OWN_HLR)
    leaves = operations.cancel_location(imsi, "updateProcedure")
    ask(capture, cast.OUTWARDS, cast.OWN_HLR, abroad(random)[0], leaves, Result())


def guest_lands(capture: Capture, random: Random, number: int) -> None:
    """A subscriber of Partner UK registers here; later the partner looks after him."""
    form, imsi = random.choice(FORMS), partner_imsi(number)
    title = Address("447700" + imsi[5:], HLR, plan=7)
    vectors = operations.send_authentication_info(imsi, "620", "99")
    hlr = cast.PARTNER_HLR
    ask(capture, cast.OUTWARDS, cast.OWN_VLR, title, vectors, GIVEN, form, answers_as=hlr)
    update = operations.update_location(imsi, cast.OWN_MSC.digits, cast.OWN_VLR.digits)
    data = profile(msisdn=partner_msisdn(number))
    register(capture, cast.OUTWARDS, cast.OWN_VLR, title, update, data, form, answers_as=hlr)
    looked_after(capture, random, number)


def looked_after(capture: Capture, random: Random, number: int) -> None:
    """Now and then the partner's HLR asks for, rewrites or cancels its guest's registration."""
    imsi, hlr, vlr = partner_imsi(number), cast.PARTNER_HLR, cast.OWN_VLR
    here = Result(operations.whereabouts_result(vlr.digits))
    chance = random.random()
    if chance < 0.2:
        ask(capture, cast.INWARDS, hlr, vlr, operations.provide_subscriber_info(imsi), here)
    elif chance < 0.4:
        data = operations.insert_subscriber_data(imsi, partner_msisdn(number))
        ask(capture, cast.INWARDS, hlr, vlr, data, Result())
    elif chance < 0.6:
        bare = operations.cancel_location_bare(imsi)
        ask(capture, cast.INWARDS, hlr, vlr, bare, Result(), Form(version=2))
    elif chance < 0.7:
        purge = operations.purge(imsi, vlr.digits)
        ask(capture, cast.OUTWARDS, vlr, hlr, purge, Result())


def message_from_abroad(capture: Capture, random: Random, number: int) -> None:
    """A partner's SMSC looks an own subscriber up and delivers a short message."""
    imsi, centre = own_imsi(number), cast.PARTNER_SMSC
    lookup = operations.routing_info_for_sm(own_msisdn(number), centre.digits)
    routed = Result(operations.routing_info_for_sm_result(imsi, cast.OWN_MSC.digits))
    ask(capture, cast.INWARDS, centre, cast.OWN_HLR, lookup, routed, random.choice(FORMS))
    tpdu = sms.deliver(partner_msisdn(number), sms.INVENTED_GREETING, capture.now)
    operation = operations.forward_to_subscriber(imsi, centre.digits, tpdu)
    answer = Refusal(ABSENT) if random.random() < 0.1 else Result()
    ask(capture, cast.INWARDS, centre, cast.OWN_MSC, operation, answer)


def message_to_traveller(capture: Capture, random: Random, number: int) -> None:
    """The own SMSC delivers abroad: a welcome, a greeting or a bank's code."""
    imsi, (_, msc), centre = own_imsi(number), abroad(random), cast.OWN_SMSC
    tpdu = sms.deliver(*random.choice(TEXTS), capture.now)
    if random.random() < 0.3:
        old = operations.forward_to_subscriber_old(imsi, centre.digits, tpdu)
        form = Form(version=2, context=(0, 4, 0, 0, 1, 0, 25, 2))
        ask(capture, cast.OUTWARDS, centre, msc, old, Result(), form)
        return
    operation = operations.forward_to_subscriber(imsi, centre.digits, tpdu)
    form = Form(open_first=random.random() < 0.3)
    ask(capture, cast.OUTWARDS, centre, msc, operation, Result(), form)


def message_by_traveller(capture: Capture, random: Random, number: int) -> None:
    tpdu = sms.submit(own_msisdn(number + 1), sms.INVENTED_GREETING, number)
    operation = operations.forward_from_subscriber(own_msisdn(number), cast.OWN_SMSC.digits, tpdu)
    ask(capture, cast.INWARDS, abroad(random)[1], cast.OWN_SMSC, operation, Result())


def message_at_home(capture: Capture, random: Random, number: int) -> None:
    """Inside: the own SMSC looks a subscriber up and delivers."""
    imsi, centre = own_imsi(number), cast.OWN_SMSC
    lookup = operations.routing_info_for_sm(own_msisdn(number), centre.digits)
    routed = Result(operations.routing_info_for_sm_result(imsi, cast.OWN_MSC.digits))
    ask(capture, cast.INSIDE, centre, cast.OWN_HLR, lookup, routed)
    tpdu = sms.deliver(*random.choice(TEXTS), capture.now)
    operation = operations.forward_to_subscriber(imsi, centre.digits, tpdu)
    ask(capture, cast.INSIDE, centre, cast.OWN_MSC, operation, Result())


def platform_at_home(capture: Capture, random: Random, number: int) -> None:
    """Inside: the own gsmSCF asks where a subscriber is."""
    asked = operations.any_time_interrogation(cast.OWN_GSMSCF.digits, imsi=own_imsi(number))
    here = Result(operations.whereabouts_result(cast.OWN_VLR.digits))
    ask(capture, cast.INSIDE, cast.OWN_GSMSCF, cast.OWN_HLR, asked, here, random.choice(FORMS))


def partner_restarts(capture: Capture, random: Random, number: int) -> None:
    """Partner UK's HLR restarted and tells it; nobody answers a reset."""
    told = operations.reset(cast.PARTNER_HLR.digits)
    ask(capture, cast.INWARDS, cast.PARTNER_HLR, cast.OWN_VLR, told, None, Form(version=2))


def attach_abroad(capture: Capture, random: Random, number: int) -> None:
    """S6a: an own subscriber attaches at Partner UK, and leaves the MME before."""
    path = cast.IPX if random.random() < 0.8 else cast.IPX_6
    home_server.attach(capture, path, number)
    update, cancel = [home_server.UPDATE], diameter.CANCEL_LOCATION
    before = (f"mme2.{cast.PARTNER_REALM}", cast.PARTNER_REALM)
    home_server.ask(capture, path.reverse(), cast.OWN_HSS, before, cancel, own_imsi(number),
                    update, home_server.SUCCESS)  # fmt: skip


def attach_of_guest(capture: Capture, random: Random, number: int) -> None:
    """S6a: a guest attaches here; at times his home server moves or rewrites him afterwards."""
    out, imsi, success = cast.IPX.reverse(), partner_imsi(number), home_server.SUCCESS
    here = diameter.ours(1407, plmn("620", "99"))
    mme, hss = cast.OWN_MME, cast.PARTNER_HSS
    vectors, update = diameter.AUTHENTICATION_INFORMATION, diameter.UPDATE_LOCATION
    home_server.ask(capture, out, mme, hss, vectors, imsi, [here], success)
    data = diameter.subscription(tbcd(partner_msisdn(number)))
    about = [diameter.ours(1032, 1004), diameter.ours(1405, 0b100010), here]
    home_server.ask(capture, out, mme, hss, update, imsi, about, [*success, data])
    chance = random.random()
    if chance < 0.3:
        cancel, moved = diameter.CANCEL_LOCATION, [home_server.UPDATE]
        home_server.ask(capture, cast.IPX, hss, mme, cancel, imsi, moved, success)
    elif chance < 0.5:
        insert = diameter.INSERT_SUBSCRIBER_DATA
        home_server.ask(capture, cast.IPX, hss, mme, insert, imsi, [data], success)


def watchdog(capture: Capture, path: Path) -> None:
    """The IPX's agent and the own one see whether the other is there."""
    number = capture.new_transaction()
    agent = (f"dra1.{cast.PARTNER_REALM}", cast.PARTNER_REALM)
    home_server.exchange(
        capture, path, diameter.watchdog(True, *agent, number),
        diameter.watchdog(False, f"dra1.{cast.OWN_REALM}", cast.OWN_REALM, number),
    )  # fmt: skip


def greeting(capture: Capture, path: Path) -> None:
    """Capabilities-Exchange, with which a Diameter connection begins."""
    number = capture.new_transaction()
    agent = (f"dra1.{cast.PARTNER_REALM}", cast.PARTNER_REALM, path.source)
    own = (f"dra1.{cast.OWN_REALM}", cast.OWN_REALM, path.destination)
    home_server.exchange(
        capture, path, diameter.capabilities(True, *agent, number),
        diameter.capabilities(False, *own, number),
    )  # fmt: skip
