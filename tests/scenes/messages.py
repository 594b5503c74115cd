"""Scenes of short messages: silent, for the SIM, faked, malformed, many; and of honest ones."""

from datetime import timedelta

from tests.scenes import cast, operations, services, sms
from tests.scenes.cast import own_imsi, own_msisdn
from tests.scenes.delivery import a_day_of_messages
from tests.scenes.dialogue import Answer, Capture, Form, Refusal, Result, ask, profile, register
from tests.scenes.digits import address
from tests.scenes.registration import CODE, arrive, text
from tests.scenes.scans import STRANGER_SMSC
from tests.scenes.sigtran import MSC, VLR, Address, xudt

ABSENT = 27
AGGREGATOR = Address("61491570110", MSC)
OTHER_CENTRE = Address("33639980199", MSC)
OTHER_PARTNER_VLR = Address("447700900021", VLR)
ROUTER = "233590000110"
PUSH = b"\x05\x04\x0b\x84\x23\xf0"  # ports 2948 and 9200
FIRST_BROWSER, LOADER = b"\x50\x53\x48", b"\xb0\x00\x10"
COMMAND_PACKET = b"\x70\x00"


def deliver(
    capture: Capture, number: int, tpdu: bytes, answer: Answer = None,
    by: Address = STRANGER_SMSC, centre: str | None = None, form: Form | None = None,
) -> None:  # fmt: skip
    """A network abroad delivers to an own subscriber at home."""
    operation = operations.forward_to_subscriber(own_imsi(number), centre or by.digits, tpdu)
    ask(capture, cast.INWARDS, by, cast.OWN_MSC, operation, answer or Result(), form or Form())


def look_up(
    capture: Capture, number: int, by: Address, centre: str, node: str = cast.OWN_MSC.digits,
    imsi: str | None = None, called: Address = cast.OWN_HLR,
) -> None:  # fmt: skip
    asked = operations.routing_info_for_sm(own_msisdn(number), centre)
    told = Result(operations.routing_info_for_sm_result(imsi or own_imsi(number), node))
    ask(capture, cast.INWARDS, by, called, asked, told, answers_as=cast.OWN_HLR)


def at_home(capture: Capture, number: int) -> None:
    """An own subscriber registers in the own network."""
    update = operations.update_location(own_imsi(number), cast.OWN_MSC.digits, cast.OWN_VLR.digits)
    data = profile(msisdn=own_msisdn(number))
    register(capture, cast.INSIDE, cast.OWN_VLR, cast.OWN_HLR, update, data)


def silent_messages() -> Capture:
    """Type 0 to one, three times to another, beside a location to a third, in vain to a fourth."""
    capture = Capture(cast.MORNING)
    deliver(capture, 501, sms.silent("33639981111", capture.now))
    for _ in range(3):
        deliver(capture, 502, sms.silent("33639981111", capture.now), form=Form(wrap=xudt))
    deliver(capture, 503, sms.silent("33639981111", capture.now), form=Form(open_first=True))
    asked = operations.provide_subscriber_info(own_imsi(503))
    there = Result(operations.whereabouts_result(cast.OWN_VLR.digits))
    ask(capture, cast.INWARDS, cast.STRANGER_HLR, cast.OWN_VLR, asked, there)
    deliver(capture, 504, sms.silent("33639981111", capture.now), Refusal(ABSENT))
    return capture


def invisible_messages() -> Capture:
    """A waiting indication, an empty text for the screen, and a short push, one to each."""
    capture = Capture(cast.MORNING)
    deliver(capture, 511, sms.coded("33639981111", capture.now, 0xC8))
    deliver(capture, 512, sms.coded("33639981111", capture.now, 0x10, " "))
    deliver(capture, 513, sms.with_header("33639981111", capture.now, PUSH, bytes(12)))
    return capture


def visible_messages() -> Capture:
    """Own tests, an application's port, a guest's voice mail, an alert with text, a whole push."""
    capture, now = Capture(cast.MORNING), cast.MORNING
    own = operations.forward_to_subscriber(
        own_imsi(521), cast.OWN_SMSC.digits, sms.silent("2335900", now)
    )
    ask(capture, cast.INSIDE, cast.OWN_SMSC, cast.OWN_MSC, own, Result())
    port = b"\x05\x04\x15\x7b\x15\x7b"  # 5499
    deliver(capture, 522, sms.with_header("33639981111", now, port, bytes(4), pid=0x40))
    voice_mail = sms.coded("447700900123", now, 0xC8)
    guest = operations.forward_to_subscriber(
        cast.partner_imsi(523), cast.PARTNER_SMSC.digits, voice_mail
    )
    ask(capture, cast.INWARDS, cast.PARTNER_SMSC, cast.OWN_MSC, guest, Result())
    deliver(capture, 524, sms.coded("33639981111", now, 0x10, sms.INVENTED_GREETING))
    deliver(capture, 525, sms.with_header("33639981111", now, PUSH, bytes(60)))
    return capture


def commands_for_sims() -> Capture:
    """Without signature to a browser and answered; signed; and with nothing but the class."""
    capture, now = Capture(cast.MORNING), cast.MORNING
    packet = sms.command(FIRST_BROWSER, protected=False)
    at_home(capture, 531)
    deliver(
        capture, 531, sms.with_header("33639981111", now, COMMAND_PACKET, packet, 0xF6, pid=0x7F)
    )
    told = sms.binary_submit("33639981111", bytes(20))
    submitted = operations.forward_from_subscriber(own_msisdn(531), cast.OWN_SMSC.digits, told)
    ask(capture, cast.INSIDE, cast.OWN_MSC, cast.OWN_SMSC, submitted, Result())
    signed = sms.command(LOADER, protected=True)
    deliver(capture, 532, sms.with_header("33639981111", now, COMMAND_PACKET, signed, 0xF6))
    deliver(capture, 533, sms.with_header("33639981111", now, b"\x70\x00", packet, 0x16))
    return capture


def own_commands_for_sims() -> Capture:
    """The own platform, to a subscriber at home and to one abroad; and a guest's network."""
    capture, now = Capture(cast.MORNING), cast.MORNING
    packet = sms.command(LOADER, protected=True)
    tpdu = sms.with_header("2335900", now, COMMAND_PACKET, packet, 0xF6, pid=0x7F)
    own = operations.forward_to_subscriber(own_imsi(541), cast.OWN_SMSC.digits, tpdu)
    ask(capture, cast.INSIDE, cast.OWN_SMSC, cast.OWN_MSC, own, Result())
    text(capture, 542, cast.PARTNER_MSC, tpdu, Result())
    theirs = sms.with_header("447700900123", now, COMMAND_PACKET, packet, 0xF6, pid=0x7F)
    guest = operations.forward_to_subscriber(
        cast.partner_imsi(543), cast.PARTNER_SMSC.digits, theirs
    )
    ask(capture, cast.INWARDS, cast.PARTNER_SMSC, cast.OWN_MSC, guest, Result())
    return capture


def faked_centres() -> Capture:
    """Under the own service centre, asked for likewise; under a partner's, asked otherwise."""
    capture = Capture(cast.MORNING)
    a_day_of_messages(capture)
    greeting = sms.deliver("33639981111", sms.INVENTED_GREETING, capture.now)
    look_up(capture, 551, STRANGER_SMSC, cast.OWN_SMSC.digits)
    deliver(capture, 551, greeting, centre=cast.OWN_SMSC.digits)
    look_up(capture, 552, STRANGER_SMSC, STRANGER_SMSC.digits)
    deliver(capture, 552, greeting, centre=cast.PARTNER_SMSC.digits)
    return capture


def aggregator() -> Capture:
    """An aggregator asks and delivers under its customer's centre: info; another has two."""
    capture = Capture(cast.MORNING)
    for number in (561, 562):
        look_up(capture, number, AGGREGATOR, OTHER_CENTRE.digits)
        greeting = sms.deliver("33639981111", sms.INVENTED_GREETING, capture.now)
        deliver(capture, number, greeting, by=AGGREGATOR, centre=OTHER_CENTRE.digits)
    look_up(capture, 563, STRANGER_SMSC, STRANGER_SMSC.digits)
    greeting = sms.deliver("33639981111", sms.INVENTED_GREETING, capture.now)
    deliver(capture, 563, greeting, centre=OTHER_CENTRE.digits)
    return capture


def submit(capture: Capture, number: int, by: Address, imsi: str | None = None) -> None:
    """A message that is said to come from an own subscriber abroad."""
    tpdu = sms.submit("233590000999", sms.INVENTED_GREETING)
    code, argument = operations.forward_from_subscriber(
        own_msisdn(number), cast.OWN_SMSC.digits, tpdu
    )
    named = argument | ({"imsi": operations.tbcd(imsi)} if imsi else {})
    ask(capture, cast.INWARDS, by, cast.OWN_SMSC, (code, named), Result())


def messages_in_their_name() -> Capture:
    """From a stranger, while at Partner UK; from the partner with another's IMSI."""
    capture = Capture(cast.MORNING)
    arrive(capture, 571, cast.PARTNER_VLR, cast.PARTNER_MSC)
    arrive(capture, 572, cast.PARTNER_VLR, cast.PARTNER_MSC)
    submit(capture, 571, cast.STRANGER_MSC)
    submit(capture, 572, cast.PARTNER_MSC, own_imsi(579))
    submit(capture, 573, cast.STRANGER_MSC)
    return capture


def messages_of_roamers() -> Capture:
    """Own subscribers at Partner UK write home, with and without their IMSI, one just back."""
    capture = Capture(cast.MORNING)
    arrive(capture, 581, cast.PARTNER_VLR, cast.PARTNER_MSC)
    submit(capture, 581, cast.PARTNER_MSC, own_imsi(581))
    arrive(capture, 582, cast.PARTNER_VLR, cast.PARTNER_MSC)
    submit(capture, 582, Address("447700900031", MSC))
    submit(capture, 583, cast.PARTNER_MSC)
    return capture


def floods() -> Capture:
    """Forty messages to one from four titles; three hundred in a minute from one title."""
    capture = Capture(cast.MORNING)
    for place in range(40):
        title = Address(f"3363998010{place % 4}", MSC)
        deliver(capture, 591, sms.deliver("33639981111", "INVENTED " * (1 + place % 9)), by=title)
        capture.wait(timedelta(seconds=-22))
    capture.wait(timedelta(minutes=20))
    capture.now = capture.now.replace(second=0)
    for place in range(300):
        sender = f"336399{place:05d}"
        deliver(capture, 2000 + place, sms.deliver(sender, "INVENTED " * (1 + place % 9)))
        capture.wait(timedelta(seconds=-35))
    return capture


def campaign_of_a_bank() -> Capture:
    """A listed service writes to seventy, and one subscriber gets twenty messages."""
    capture = Capture(cast.MORNING)
    for number in range(70):
        deliver(capture, 2400 + number, CODE, by=AGGREGATOR)
        capture.wait(timedelta(seconds=-34))
    for _ in range(20):
        deliver(capture, 2500, sms.deliver("33639981111", sms.INVENTED_GREETING))
        capture.wait(timedelta(seconds=-20))
    return capture


def same_text_to_many() -> Capture:
    """One sender's message of one length to sixty: told, but as low."""
    capture = Capture(cast.MORNING)
    for number in range(60):
        deliver(capture, 2600 + number, sms.deliver("Invented", sms.INVENTED_WELCOME))
    return capture


def two_places_at_once() -> Capture:
    """Registered at Partner UK, where the codes go, but two write and dial at home."""
    capture = Capture(cast.MORNING)
    for number in (611, 612):
        at_home(capture, number)
        arrive(capture, number, cast.PARTNER_VLR, cast.PARTNER_MSC)
        text(capture, number, cast.PARTNER_MSC, CODE, Result())
    tpdu = sms.submit("233590000999", sms.INVENTED_GREETING)
    submitted = operations.forward_from_subscriber(own_msisdn(611), cast.OWN_SMSC.digits, tpdu)
    ask(capture, cast.INSIDE, cast.OWN_MSC, cast.OWN_SMSC, submitted, Result())
    dialled = services.dial("*170#")
    about = Form(version=2, about=own_imsi(612))
    ask(capture, cast.INSIDE, cast.OWN_VLR, cast.OWN_HLR, dialled, None, about)
    return capture


def over_the_border() -> Capture:
    """Writes at home, crosses the border, gets a code there, comes back and writes again."""
    capture = Capture(cast.MORNING)
    tpdu = sms.submit("233590000999", sms.INVENTED_GREETING)
    submitted = operations.forward_from_subscriber(own_msisdn(621), cast.OWN_SMSC.digits, tpdu)
    at_home(capture, 621)
    ask(capture, cast.INSIDE, cast.OWN_MSC, cast.OWN_SMSC, submitted, Result())
    capture.wait(timedelta(hours=9))  # Partner UK is not next door
    arrive(capture, 621, cast.PARTNER_VLR, cast.PARTNER_MSC)
    capture.wait(timedelta(hours=26))
    text(capture, 621, cast.PARTNER_MSC, CODE, Result())
    submit(capture, 621, cast.PARTNER_MSC)
    at_home(capture, 621)
    ask(capture, cast.INSIDE, cast.OWN_MSC, cast.OWN_SMSC, submitted, Result())
    return capture


def look_alikes() -> Capture:
    """A zero for an o, a letter more, and the very name from abroad though it is sent at home."""
    capture = Capture(cast.MORNING)
    own = operations.forward_to_subscriber(own_imsi(631), cast.OWN_SMSC.digits, CODE)
    ask(capture, cast.INSIDE, cast.OWN_SMSC, cast.OWN_MSC, own, Result())
    deliver(capture, 632, sms.deliver("ExM0ney", sms.INVENTED_GREETING))
    deliver(capture, 633, sms.deliver("Ex-Moneys", sms.INVENTED_GREETING), by=AGGREGATOR)
    deliver(capture, 634, CODE, by=OTHER_CENTRE)
    return capture


def other_names() -> Capture:
    """Names of others, and the service's own over the one aggregator that it uses."""
    capture = Capture(cast.MORNING)
    deliver(capture, 641, sms.deliver("Example", sms.INVENTED_GREETING))
    deliver(capture, 642, sms.deliver("Moneyman", sms.INVENTED_GREETING))
    deliver(capture, 643, CODE, by=AGGREGATOR)
    return capture


def malformed_messages() -> Capture:
    """A reserved coding, a part without content, a length too long, a time years ago."""
    capture, now = Capture(cast.MORNING), cast.MORNING
    deliver(capture, 651, sms.coded("33639981111", now, 0x80, "INVENTED"))
    part = b"\x00\x03\x07\x02\x01"
    deliver(capture, 652, sms.with_header("33639981111", now, part, b""), by=AGGREGATOR)
    long = sms.deliver("33639981111", "INVENTED", now)
    deliver(capture, 653, long[:-8] + bytes([60]) + long[-7:], by=OTHER_CENTRE)
    old = sms.deliver("33639981111", sms.INVENTED_GREETING, now - timedelta(days=900))
    deliver(capture, 654, old, by=Address("61491570111", MSC))
    return capture


def reserved_identifiers() -> Capture:
    """Protocol identifiers that are reserved: the first and last of two ranges."""
    capture, now = Capture(cast.MORNING), cast.MORNING
    for number, pid in ((655, 0x49), (656, 0x5D), (657, 0x80), (658, 0xBF)):
        odd = sms.coded("33639981111", now, 0, "INVENTED", pid)
        deliver(capture, number, odd)
    return capture


def known_identifiers() -> Capture:
    """The nearest that are not: a trigger, what was for pictures, and a centre's own ones."""
    capture, now = Capture(cast.MORNING), cast.MORNING
    for number, pid in ((665, 0x48), (666, 0x5E), (667, 0xC0), (668, 0x41)):
        deliver(capture, number, sms.coded("33639981111", now, 0, "INVENTED", pid))
    return capture


def late_messages() -> Capture:
    """Messages that waited for a week, one from a zone fourteen hours ahead, and two parts."""
    capture, now = Capture(cast.MORNING), cast.MORNING
    old = sms.deliver("33639981111", sms.INVENTED_GREETING, now - timedelta(days=7))
    deliver(capture, 661, old)
    ahead = sms.deliver("33639981111", sms.INVENTED_GREETING, now + timedelta(hours=14))
    deliver(capture, 662, ahead)
    for place in (1, 2):
        part = b"\x00\x03\x07\x02" + bytes([place])
        deliver(capture, 663, sms.with_header("33639981111", now, part, bytes(100)))
    return capture


def report(capture: Capture, number: int, by: Address, outcome: str) -> None:
    argument = {"msisdn": address(own_msisdn(number)), "serviceCentreAddress": address(by.digits)}
    told = (47, argument | {"sm-DeliveryOutcome": outcome})
    ask(capture, cast.INWARDS, by, cast.OWN_HLR, told, Result())


def false_reports() -> Capture:
    """A report of one who had not asked, a success after an absence, and an alert."""
    capture = Capture(cast.MORNING)
    a_day_of_messages(capture)
    report(capture, 671, STRANGER_SMSC, "successfulTransfer")
    at_home(capture, 672)
    look_up(capture, 672, AGGREGATOR, AGGREGATOR.digits)
    greeting = sms.deliver("33639981111", sms.INVENTED_GREETING, capture.now)
    deliver(capture, 672, greeting, Refusal(ABSENT), by=AGGREGATOR)
    report(capture, 672, AGGREGATOR, "successfulTransfer")
    alert = {"msisdn": address(own_msisdn(673))}
    alert["serviceCentreAddress"] = address(cast.OWN_SMSC.digits)
    stranger = cast.STRANGER_HLR
    ask(capture, cast.INWARDS, stranger, cast.OWN_SMSC, (64, alert), Result(), Form(version=2))
    return capture


def honest_reports() -> Capture:
    """Absent, and told so by the one who asked; an alert about a guest by his own network."""
    capture = Capture(cast.MORNING)
    at_home(capture, 681)
    look_up(capture, 681, AGGREGATOR, AGGREGATOR.digits)
    greeting = sms.deliver("33639981111", sms.INVENTED_GREETING, capture.now)
    deliver(capture, 681, greeting, Refusal(ABSENT), by=AGGREGATOR)
    report(capture, 681, AGGREGATOR, "absentSubscriber")
    alert = {"msisdn": address(cast.partner_msisdn(682))}
    alert["serviceCentreAddress"] = address(cast.OWN_SMSC.digits)
    partner = cast.PARTNER_HLR
    ask(capture, cast.INWARDS, partner, cast.OWN_SMSC, (64, alert), Result(), Form(version=2))
    return capture


def past_home_routing() -> Capture:
    """The home router answers; but an E.214 title, and a register that lets the IMSI out, leak."""
    capture = Capture(cast.MORNING)
    for number in (691, 692, 693):
        at_home(capture, number)
    look_up(capture, 691, AGGREGATOR, AGGREGATOR.digits, ROUTER, "620990900000417")
    title = cast.own_mobile_title(own_imsi(692))
    look_up(capture, 692, STRANGER_SMSC, STRANGER_SMSC.digits, called=title)
    look_up(capture, 693, OTHER_CENTRE, OTHER_CENTRE.digits, ROUTER)
    return capture


def home_routing() -> Capture:
    """The home router answers with a new identity each time, and inside the node is told."""
    capture = Capture(cast.MORNING)
    at_home(capture, 701)
    for identity in ("620990900000417", "620990900731902", "620990900059366", "620990900400233"):
        look_up(capture, 701, AGGREGATOR, AGGREGATOR.digits, ROUTER, identity)
        capture.wait(timedelta(minutes=40))
    asked = operations.routing_info_for_sm(own_msisdn(701), cast.OWN_SMSC.digits)
    told = operations.routing_info_for_sm_result(own_imsi(701), cast.OWN_MSC.digits)
    ask(capture, cast.INSIDE, cast.OWN_SMSC, cast.OWN_HLR, asked, Result(told))
    return capture


def same_identity() -> Capture:
    """The home router tells one number's identity four times in two hours."""
    capture = Capture(cast.MORNING)
    for _ in range(4):
        look_up(capture, 711, AGGREGATOR, AGGREGATOR.digits, ROUTER, "620990900000417")
        capture.wait(timedelta(minutes=40))
    return capture


def counted_identities() -> Capture:
    """The home router counts its identities on."""
    capture = Capture(cast.MORNING)
    for place in range(15):
        identity = f"62099{9_000_000_00 + 3 * place:010d}"
        look_up(capture, 720 + place, AGGREGATOR, AGGREGATOR.digits, ROUTER, identity)
    return capture
