"""Scenes of many requests by one sender: enumeration, scans, harvesting, and busy senders."""

from datetime import timedelta
from random import Random

from tests.scenes import cast, operations, services, sms
from tests.scenes.cast import own_imsi, own_msisdn
from tests.scenes.dialogue import Abort, Capture, Refusal, Result, ask
from tests.scenes.sigtran import MSC, Address

UNKNOWN_SUBSCRIBER, ROAMING_NOT_ALLOWED = 1, 8
STRANGER_SMSC = Address("33639980100", MSC)
SOON = timedelta(seconds=30)  # taken back from the pause that follows each dialogue


def quick(capture: Capture) -> None:
    capture.wait(-SOON)


def found(number: int) -> Result:
    return Result(operations.routing_info_for_sm_result(own_imsi(number), cast.OWN_MSC.digits))


def enumeration() -> Capture:
    """Sixty numbers in sequence, some of which do not exist."""
    capture = Capture(cast.MORNING)
    for number in range(400, 460):
        lookup = operations.routing_info_for_sm(own_msisdn(number), STRANGER_SMSC.digits)
        answer = Refusal(UNKNOWN_SUBSCRIBER) if number % 7 == 0 else found(number)
        ask(capture, cast.INWARDS, STRANGER_SMSC, cast.OWN_HLR, lookup, answer)
        quick(capture)
    return capture


def harvesting(messages: bool) -> Capture:
    """Thirty numbers at random; a message follows to each, or to two of them."""
    capture, random = Capture(cast.MORNING), Random(4)
    for place, number in enumerate(random.sample(range(1000, 90000), 30)):
        lookup = operations.routing_info_for_sm(own_msisdn(number), STRANGER_SMSC.digits)
        ask(capture, cast.INWARDS, STRANGER_SMSC, cast.OWN_HLR, lookup, found(number))
        if messages or place % 15 == 3:
            tpdu = sms.deliver("33639981111", sms.INVENTED_GREETING, capture.now)
            delivery = operations.forward_to_subscriber(
                own_imsi(number), STRANGER_SMSC.digits, tpdu
            )
            ask(capture, cast.INWARDS, STRANGER_SMSC, cast.OWN_MSC, delivery, Result())
    return capture


def lookups_without_messages() -> Capture:
    """Thirty lookups at random, and messages to two of them."""
    return harvesting(messages=False)


def one_number() -> Capture:
    """One number is looked up by three networks over a day, and nothing is delivered."""
    capture = Capture(cast.MORNING)
    for centre in (STRANGER_SMSC, Address("61491570157", MSC), Address("4917099999100", MSC)):
        lookup = operations.routing_info_for_sm(own_msisdn(741), centre.digits)
        ask(capture, cast.INWARDS, centre, cast.OWN_HLR, lookup, found(741))
        everyday(capture, hours=5)
    return capture


def everyday(capture: Capture, hours: int) -> None:
    """Partner UK's messages, so that the link is seen to be watched."""
    for number in range(6 * hours):
        lookup = operations.routing_info_for_sm(own_msisdn(800 + number), cast.PARTNER_SMSC.digits)
        ask(capture, cast.INWARDS, cast.PARTNER_SMSC, cast.OWN_HLR, lookup, found(800 + number))
        tpdu = sms.deliver("447700981111", sms.INVENTED_GREETING, capture.now)
        centre = cast.PARTNER_SMSC.digits
        delivery = operations.forward_to_subscriber(own_imsi(800 + number), centre, tpdu)
        ask(capture, cast.INWARDS, cast.PARTNER_SMSC, cast.OWN_MSC, delivery, Result())
        capture.wait(timedelta(minutes=8))


def messages_from_abroad() -> Capture:
    """The same lookups, and a message to each."""
    return harvesting(messages=True)


def titles() -> Capture:
    """Forty own titles are called; most of them nobody has."""
    capture, scanner = Capture(cast.MORNING), Address("61491570156", MSC)
    for number in range(40):
        title = Address(f"2335900001{number:02d}", MSC)
        lookup = operations.routing_info_for_sm(own_msisdn(500 + 13 * number), scanner.digits)
        answer = Abort(by_provider=True) if number % 8 else Refusal(UNKNOWN_SUBSCRIBER)
        ask(capture, cast.INWARDS, scanner, title, lookup, answer)
        quick(capture)
    return capture


def many_operations() -> Capture:
    """One title tries six operations, each for another subscriber."""
    capture, tool = Capture(cast.MORNING), Address("61491570159", MSC)
    hlr, refused = cast.OWN_HLR, Refusal(52)
    tried = [
        operations.routing_info_for_sm(own_msisdn(601), tool.digits),
        operations.send_authentication_info(own_imsi(602), "208", "99"),
        operations.any_time_interrogation(tool.digits, imsi=own_imsi(603)),
        operations.provide_subscriber_info(own_imsi(604)),
        services.routing_info(own_msisdn(605), tool.digits),
    ]
    for operation in tried:
        ask(capture, cast.INWARDS, tool, hlr, operation, refused)
        quick(capture)
    return capture


def refused_registrations() -> Capture:
    """Partner UK's location updates for 25 subscribers are refused, across the full hour."""
    capture = Capture(cast.MORNING)
    capture.wait(timedelta(minutes=50))
    for number in range(700, 725):
        update = operations.update_location(
            own_imsi(number * 31), cast.PARTNER_MSC.digits, cast.PARTNER_VLR.digits
        )
        ask(
            capture,
            cast.INWARDS,
            cast.PARTNER_VLR,
            cast.OWN_HLR,
            update,
            Refusal(ROAMING_NOT_ALLOWED),
        )
        capture.wait(timedelta(seconds=45))
    return capture


def steering() -> Capture:
    """Four subscribers are refused four times each, as steering of roaming does."""
    capture = Capture(cast.MORNING)
    for number in range(730, 734):
        update = operations.update_location(
            own_imsi(number), cast.PARTNER_MSC.digits, cast.PARTNER_VLR.digits
        )
        for _ in range(4):
            ask(
                capture,
                cast.INWARDS,
                cast.PARTNER_VLR,
                cast.OWN_HLR,
                update,
                Refusal(ROAMING_NOT_ALLOWED),
            )
    return capture
