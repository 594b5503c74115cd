"""Short messages from outside, with and without a lookup: SMS-03 and its benign twin."""

from datetime import timedelta

from tests.scenes import cast, operations, sms
from tests.scenes.cast import own_imsi, own_msisdn
from tests.scenes.dialogue import Capture, Refusal, Result, ask
from tests.scenes.sigtran import MSC, Address

ABSENT, TAKEN = 27, Result()
TEXT = sms.deliver("447700900123", sms.INVENTED_GREETING)
OTHER_PARTNER_SMSC = Address("447700900101", MSC)


def look_up(capture: Capture, number: int, centre: Address) -> None:
    asked = operations.routing_info_for_sm(own_msisdn(number), centre.digits)
    told = Result(operations.routing_info_for_sm_result(own_imsi(number), cast.OWN_MSC.digits))
    ask(capture, cast.INWARDS, centre, cast.OWN_HLR, asked, told)


def deliver(
    capture: Capture, number: int, centre: Address, answer: Refusal | Result = TAKEN
) -> None:
    operation = operations.forward_to_subscriber(own_imsi(number), centre.digits, TEXT)
    ask(capture, cast.INWARDS, centre, cast.OWN_MSC, operation, answer)


def a_day_of_messages(capture: Capture) -> None:
    """A partner's message every ten minutes, as it should be."""
    until = capture.now + timedelta(hours=25)
    number = 200
    while capture.now < until:
        look_up(capture, number, cast.PARTNER_SMSC)
        deliver(capture, number, cast.PARTNER_SMSC)
        capture.wait(timedelta(minutes=9))
        number += 1


def delivery_without_lookup() -> Capture:
    """After a day of ordinary messages two strangers do not ask, one after a partner did."""
    capture = Capture(cast.MORNING)
    a_day_of_messages(capture)
    deliver(capture, 91, Address("33639980100", MSC))
    look_up(capture, 92, cast.PARTNER_SMSC)
    deliver(capture, 92, Address("61491570100", MSC), Refusal(ABSENT))
    return capture


def delivery_after_lookup() -> Capture:
    """Other titles of one network ask and deliver; one tries again; one came too early to judge."""
    capture = Capture(cast.MORNING)
    look_up(capture, 93, cast.PARTNER_SMSC)
    deliver(capture, 94, Address("33639980100", MSC))  # whether it asked was before the capture
    a_day_of_messages(capture)
    look_up(capture, 95, cast.PARTNER_SMSC)
    deliver(capture, 95, OTHER_PARTNER_SMSC, Refusal(ABSENT))
    capture.wait(timedelta(hours=1))
    deliver(capture, 95, OTHER_PARTNER_SMSC)
    return capture
