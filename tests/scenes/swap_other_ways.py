"""The frauds of swap_stories.py by other ways, and what a customer does who looks like a victim."""

from datetime import timedelta

from tests.scenes import cast, diameter, services
from tests.scenes.cast import own_imsi, own_msisdn
from tests.scenes.delivery import look_up
from tests.scenes.dialogue import Capture, Form, Result, ask
from tests.scenes.diameter_requests import UK, visited
from tests.scenes.diameter_requests import ask as ask_diameter
from tests.scenes.digits import tbcd
from tests.scenes.home_server import SUCCESS
from tests.scenes.logs import Row
from tests.scenes.scans import STRANGER_SMSC
from tests.scenes.sim_swap import event, hour, payment, swap, told
from tests.scenes.swap_stories import (
    CROWD,
    DAY,
    abroad,
    at_home,
    code_abroad,
    proper,
)

OLD_DEVICE, NEW_DEVICE = "35693803564301", "35693803564999"


def by_diameter(capture: Capture, number: int, sim: int) -> None:
    """The SIM attaches at Partner UK; the answer names its number."""
    told = [*SUCCESS, diameter.subscription(tbcd(own_msisdn(number)))]
    ask_diameter(
        capture, cast.PARTNER_MME, diameter.UPDATE_LOCATION, own_imsi(sim), visited(UK), told
    )


def forward(capture: Capture, sim: int, vlr: str = "own") -> None:
    """Calls are forwarded, by the own register or by Partner UK's."""
    form = Form(version=2, about=own_imsi(sim))
    forwarded = services.forwarding("447700900998")
    way, register = {
        "own": (cast.INSIDE, cast.OWN_VLR), "partner": (cast.INWARDS, cast.PARTNER_VLR),
    }[vlr]  # fmt: skip
    ask(capture, way, register, cast.OWN_HLR, forwarded, Result(), form)


def other_ways() -> Capture:
    """Looked up without a message; SIMs attach by Diameter; calls forwarded at home."""
    capture = Capture(hour(0))
    look_up(capture, 1201, STRANGER_SMSC)
    at_home(capture, 1202)
    at_home(capture, 1203)
    at_home(capture, 1205)
    capture.now = hour(2.2)
    by_diameter(capture, 1202, 1302)
    by_diameter(capture, 1203, 1303)
    abroad(capture, 1205, 1205, cast.PARTNER_VLR, cast.PARTNER_MSC)
    code_abroad(capture, 1205, cast.PARTNER_MSC)
    capture.now = hour(3)
    at_home(capture, 1206, 1306)
    forward(capture, 1306)
    by_diameter(capture, 1207, 1207)
    return capture


def other_ways_swaps() -> list[Row]:
    """Answers to questions for a check, notices too late, ports in, a night in a shop."""
    known = {"id_check": "knowledge"}
    late = {"subscriber_notified_at": hour(3), "dfs_notified_at": hour(2.45)}
    again = proper(1211, 47, agent_id="A3", old_imsi=own_imsi(1311), new_imsi=own_imsi(1211))
    ported = swap(1212, 60, event="port_out", agent_id="A1", new_imsi="", outcome="rejected")
    refused = swap(1216, 1, event="port_in", outcome="rejected")
    return [
        swap(1201, 2, **known), swap(1203, 2, **known), swap(1206, 2, **known),
        proper(1207, 1, agent_id="A2", **{"channel": "store"}),
        swap(1210, 2, **(late | {"id_check": "document"})),
        swap(1211, 1, **known), again | {"swap_id": "S1211-back"},
        *(swap(1212, place, event="port_in", new_imsi=own_imsi(1312 + 100 * place))
          | {"swap_id": f"S1212-{place}"} for place in range(1, 4)),
        ported | {"swap_id": "S1212-out"},
        swap(1213, 2), proper(1214, 2), proper(1215, 2),
        *(refused | {"swap_id": f"S1216-{place}"} for place in range(2)), swap(1216, 2),
    ]  # fmt: skip


def other_ways_money() -> list[Row]:
    """Codes typed wrong before; a cash-out from a new device; a failed sign-in between."""
    tries = [
        event(1213, "otp_verified", place / 4, outcome="failure") | {"event_id": f"E1213-{place}"}
        for place in (1, 2)
    ]
    codes = [
        event(1213, "otp_sent", 3 + place / 10, provider=bank) | {"event_id": f"E1213-{bank}"}
        for place, bank in enumerate(("A bank", "B bank", "A bank again"))
    ]
    return [
        payment(1205, 2.4), payment(1206, 4) | {"imei": OLD_DEVICE},
        event(1210, "otp_sent", 2.2), *tries, *codes,
        event(1214, "login", -70 * DAY) | {"imei": OLD_DEVICE},
        event(1214, "login", -1, outcome="failure") | {"event_id": "E1214-failed"},
        payment(1214, 20, "cash_out") | {"imei": NEW_DEVICE, "payee": "P-mule"},
        payment(1215, 22, "cash_out") | {"payee": "P-mule"},
    ]  # fmt: skip


def honest_ways() -> Capture:
    """All new SIMs register, one after a day; a code and forwarding at Partner UK."""
    capture = Capture(hour(0))
    at_home(capture, 1228)
    abroad(capture, 1229, 1229, cast.PARTNER_VLR, cast.PARTNER_MSC)
    abroad(capture, 1225, 1225, cast.PARTNER_VLR, cast.PARTNER_MSC)
    code_abroad(capture, 1225, cast.PARTNER_MSC)
    forward(capture, 1225, "partner")
    capture.now = hour(1.6)
    for number in CROWD:
        at_home(capture, number, number + 100)
    for number in (1221, 1222, 1223, 1224, 1228):
        at_home(capture, number, number + 100)
    capture.now = hour(8)
    at_home(capture, 1229, 1329)
    capture.now = hour(26)
    at_home(capture, 1226, 1326)
    capture.wait(timedelta(hours=9))
    at_home(capture, 1227)
    return capture


def honest_ways_swaps() -> list[Row]:
    """Checked and told, tried in the shop's telephone; 1222 leaves in a week; 1228 is told late."""
    port = swap(
        1222, 1.5 + 7 * DAY, event="port_out", channel="store", agent_id="A1", new_imsi="",
        id_check="biometric", **told(1.5 + 7 * DAY),
    )  # fmt: skip
    crowd = [proper(number, 1.5) for number in CROWD]
    return [
        *crowd,
        *(proper(number, 1.5, new_imei=OLD_DEVICE) for number in (1221, 1222, 1223)),
        *(proper(number, 1.5) for number in (1224, 1226)),
        proper(1228, 32),
        proper(1229, 7.9),
        port | {"swap_id": "S1222-out"},
    ]


def honest_ways_money() -> list[Row]:
    """A new telephone pays a day later; codes of three services; an account that lay still."""
    codes = [
        event(1223, "otp_sent", 3 + place / 10, provider=bank) | {"event_id": f"E1223-{place}"}
        for place, bank in enumerate(("Example Money", "First Bank", "Second Bank"))
    ]
    return [
        payment(1221, -5) | {"imei": OLD_DEVICE, "event_id": "E1221-before"},
        payment(1221, 1.6 + DAY) | {"imei": NEW_DEVICE, "imsi_check": "match"},
        *codes,
        event(1224, "login", -70 * DAY),
        payment(1224, 1.6 + DAY) | {"imsi_check": "match"},
        payment(1225, 0.2) | {"imsi_check": "not_done"},
        payment(1226, 3, outcome="failure") | {"imsi_check": "mismatch"},
    ]
