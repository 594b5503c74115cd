"""Scenes of subscribers in two places, by MAP and Diameter: attacks across both, and travel."""

from datetime import timedelta

from tests.scenes import cast, diameter, home_server, operations
from tests.scenes.cast import own_imsi
from tests.scenes.dialogue import Capture, Refusal, Result, profile, register
from tests.scenes.dialogue import ask as ask_map
from tests.scenes.diameter_requests import SLH, STRANGER_MME, UK, ask, visited
from tests.scenes.registration import arrive, authenticate
from tests.scenes.sigtran import MSC, VLR, Address

FAR = (Address("61491570020", VLR), Address("61491570030", MSC))
OWN_VLR = cast.OWN_VLR.digits
UPDATE = diameter.UPDATE_LOCATION


def impossible_travel() -> Capture:
    """In the United Kingdom by Diameter, soon after in Australia by MAP, and the other way."""
    capture, partner = Capture(cast.MORNING), cast.PARTNER_MME
    ask(capture, partner, UPDATE, own_imsi(451), visited(UK))
    capture.wait(timedelta(minutes=40))
    arrive(capture, 451, *FAR)
    capture.wait(timedelta(minutes=5))
    ask(capture, partner, diameter.AUTHENTICATION_INFORMATION, own_imsi(451),
        [diameter.ours(1407, UK)])  # fmt: skip
    arrive(capture, 452, *FAR)
    capture.wait(timedelta(hours=5))
    ask(capture, partner, UPDATE, own_imsi(452), visited(UK))
    return capture


def departed() -> Capture:
    """At home for calls, and twenty minutes later in the United Kingdom, by MAP."""
    capture, own = Capture(cast.MORNING), cast.OWN_VLR
    update = operations.update_location(own_imsi(453), cast.OWN_MSC.digits, own.digits)
    data = profile(msisdn=cast.own_msisdn(453))
    register(capture, cast.INSIDE, own, cast.OWN_HLR, update, data)
    capture.wait(timedelta(minutes=20))
    authenticate(capture, 453, cast.PARTNER_VLR)
    arrive(capture, 453, cast.PARTNER_VLR, cast.PARTNER_MSC)
    return capture


def travel() -> Capture:
    """A flight of a day, and both protocols of one network: nothing is wrong with that."""
    capture, partner = Capture(cast.MORNING), cast.PARTNER_MME
    arrive(capture, 461, cast.PARTNER_VLR, cast.PARTNER_MSC)
    ask(capture, partner, UPDATE, own_imsi(461), visited(UK))
    capture.wait(timedelta(hours=30))
    ask(capture, partner, UPDATE, own_imsi(461), visited(UK))
    return capture


def both_protocols() -> Capture:
    """Refused by MAP, then by Diameter; cut off on both; cancelled there, registered here."""
    capture, stranger = Capture(cast.MORNING), cast.STRANGER_HSS
    asked = operations.provide_subscriber_info(own_imsi(471))
    ask_map(capture, cast.INWARDS, cast.STRANGER_HLR, cast.OWN_VLR, asked, Refusal(27))
    ask(capture, stranger, 8388622, own_imsi(471), application=SLH)
    gone = operations.cancel_location(own_imsi(472), "subscriptionWithdraw")
    ask_map(capture, cast.INWARDS, cast.STRANGER_HLR, cast.OWN_VLR, gone, Result())
    ask(capture, STRANGER_MME, diameter.PURGE_UE, own_imsi(472))
    withdrawn, cancel = [home_server.WITHDRAWAL], diameter.CANCEL_LOCATION
    ask(capture, stranger, cancel, own_imsi(473), withdrawn, receiver=cast.OWN_MME)
    arrive(capture, 473, cast.STRANGER_VLR, cast.STRANGER_MSC)
    gone = operations.cancel_location(own_imsi(474), "subscriptionWithdraw")
    ask_map(capture, cast.INWARDS, cast.STRANGER_HLR, cast.OWN_VLR, gone, Refusal(5))
    ask(capture, STRANGER_MME, diameter.PURGE_UE, own_imsi(474))
    return capture


def falls_back() -> Capture:
    """A traveller leaves LTE for UMTS of the same partner: cancelled there, registered here."""
    capture, partner = Capture(cast.MORNING), cast.PARTNER_MME
    ask(capture, partner, diameter.AUTHENTICATION_INFORMATION, own_imsi(476),
        [diameter.ours(1407, UK)])  # fmt: skip
    ask(capture, partner, UPDATE, own_imsi(476), visited(UK))
    capture.wait(timedelta(hours=2))
    authenticate(capture, 476, cast.PARTNER_VLR)
    arrive(capture, 476, cast.PARTNER_VLR, cast.PARTNER_MSC)
    moved = [diameter.ours(1420, 0)]  # Cancellation-Type: MME-UPDATE-PROCEDURE
    ask(capture, cast.OWN_HSS, diameter.CANCEL_LOCATION, own_imsi(476), moved, receiver=partner,
        path=cast.IPX.reverse())  # fmt: skip
    capture.wait(timedelta(hours=1))
    asked = operations.provide_subscriber_info(own_imsi(476))
    here = Result(operations.whereabouts_result(cast.PARTNER_VLR.digits))
    ask_map(capture, cast.OUTWARDS, cast.OWN_HLR, cast.PARTNER_VLR, asked, here)
    return capture


def stages() -> Capture:
    """Located, then vectors, then registered elsewhere, an hour apart; another only located."""
    capture, here = Capture(cast.MORNING), Result(operations.whereabouts_result(OWN_VLR))
    for number in (481, 482):
        asked = operations.provide_subscriber_info(own_imsi(number))
        ask_map(capture, cast.INWARDS, cast.STRANGER_HLR, cast.OWN_VLR, asked, here)
    capture.wait(timedelta(hours=1))
    authenticate(capture, 481, cast.STRANGER_VLR)
    capture.wait(timedelta(hours=1))
    arrive(capture, 481, *FAR)
    return capture


def protocols_apart() -> Capture:
    """What both_protocols and impossible_travel show, with the time between that parts the two."""
    capture, stranger = Capture(cast.MORNING), cast.STRANGER_HSS
    ask(capture, cast.PARTNER_MME, UPDATE, own_imsi(475), visited(UK))
    capture.wait(timedelta(hours=20))
    arrive(capture, 475, *FAR)
    asked = operations.provide_subscriber_info(own_imsi(471))
    ask_map(capture, cast.INWARDS, cast.STRANGER_HLR, cast.OWN_VLR, asked, Refusal(27))
    withdrawn, cancel = [home_server.WITHDRAWAL], diameter.CANCEL_LOCATION
    ask(capture, stranger, cancel, own_imsi(473), withdrawn, receiver=cast.OWN_MME)
    capture.wait(timedelta(minutes=15))
    arrive(capture, 473, *FAR)
    capture.wait(timedelta(minutes=16))
    ask(capture, stranger, 8388622, own_imsi(471), application=SLH)
    capture.wait(timedelta(minutes=30))
    ask(capture, cast.PARTNER_MME, diameter.AUTHENTICATION_INFORMATION, own_imsi(475),
        [diameter.ours(1407, UK)])  # fmt: skip
    return capture
