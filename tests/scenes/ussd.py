"""Scenes of service codes and texts by USSD: faked, asked for by strangers, and as usual."""

from datetime import timedelta

from tests.scenes import cast, services
from tests.scenes.cast import own_imsi, partner_imsi
from tests.scenes.dialogue import Capture, Form, Result, ask
from tests.scenes.registration import arrive
from tests.scenes.sigtran import Address

BALANCE, ORDER = "*170#", "*170*1*233590000999*500#"
ASK_FOR_PIN = "INVENTED SAMPLE: enter your PIN to confirm"
ASK_IN_FRENCH = "INVENTED SAMPLE: entrez votre code secret"
CHOICE = "INVENTED SAMPLE: 1 balance 2 airtime"


def about(imsi: str, **more: bool) -> Form:
    return Form(version=2, about=imsi, **more)


def dial(capture: Capture, number: int, vlr: Address, string: str) -> None:
    """A service code of an own subscriber comes from abroad."""
    told = Result(services.dial(CHOICE)[1])
    ask(capture, cast.INWARDS, vlr, cast.OWN_HLR, services.dial(string), told,
        about(own_imsi(number)))  # fmt: skip


def service_codes_from_elsewhere() -> Capture:
    """An order and a question while the two are at Partner UK; one of whom nothing is known."""
    capture = Capture(cast.MORNING)
    for number in (801, 802):
        arrive(capture, number, cast.PARTNER_VLR, cast.PARTNER_MSC)
    capture.wait(timedelta(minutes=20))
    dial(capture, 801, cast.STRANGER_VLR, ORDER)
    dial(capture, 802, cast.STRANGER_VLR, BALANCE)
    dial(capture, 803, cast.STRANGER_VLR, ORDER)
    return capture


def service_codes_of_roamers() -> Capture:
    """Own subscribers at Partner UK use their service, one before the capture tells his place."""
    capture = Capture(cast.MORNING)
    dial(capture, 811, cast.PARTNER_VLR, BALANCE)
    arrive(capture, 811, cast.PARTNER_VLR, cast.PARTNER_MSC)
    dial(capture, 811, cast.PARTNER_VLR, ORDER)
    return capture


def questions_from_outside() -> Capture:
    """A stranger asks for a PIN, also in French behind an empty beginning, and tells of money."""
    capture, vlr = Capture(cast.MORNING), cast.OWN_VLR
    typed, stranger = Result(services.typed("0000")), cast.STRANGER_HLR
    english, french = services.ussd(60, ASK_FOR_PIN), services.ussd(60, ASK_IN_FRENCH)
    ask(capture, cast.INWARDS, stranger, vlr, english, typed, about(own_imsi(821)))
    behind = about(own_imsi(822), open_first=True)
    ask(capture, cast.INWARDS, stranger, vlr, french, typed, behind)
    text = services.ussd(61, "INVENTED SAMPLE: you received 500")
    ask(capture, cast.INWARDS, stranger, vlr, text, Result(), about(own_imsi(823)))
    return capture


def questions_by_home() -> Capture:
    """A guest's network asks its guest, also behind an empty beginning; the own one at home."""
    capture, vlr = Capture(cast.MORNING), cast.OWN_VLR
    typed, question = Result(services.typed("0000")), services.ussd(60, ASK_FOR_PIN)
    ask(capture, cast.INWARDS, cast.PARTNER_HLR, vlr, question, typed, about(partner_imsi(831)))
    behind = about(partner_imsi(832), open_first=True)
    ask(capture, cast.INWARDS, cast.PARTNER_HLR, vlr, question, typed, behind)
    ask(capture, cast.INSIDE, cast.OWN_HLR, vlr, question, typed, about(own_imsi(833)))
    menu, one = services.ussd(60, CHOICE), Result(services.typed("1"))
    ask(capture, cast.OUTWARDS, cast.OWN_HLR, cast.PARTNER_VLR, menu, one, about(own_imsi(834)))
    return capture


def pins_in_clear() -> Capture:
    """The own service asks for PINs at Partner UK, and at a network without agreement."""
    capture, typed = Capture(cast.MORNING), Result(services.typed("0000"))
    question = services.ussd(60, ASK_FOR_PIN)
    for number, vlr in ((841, cast.PARTNER_VLR), (842, cast.STRANGER_VLR)):
        form = about(own_imsi(number), open_first=number == 842)
        ask(capture, cast.OUTWARDS, cast.OWN_HLR, vlr, question, typed, form)
    return capture
