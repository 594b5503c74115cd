"""A capture that has each field of MAP and CAP once in each part that knows it, and each AVP.

python -m tests.every_field    make it anew, with tshark's rows of it, into tests/kept

For tests/test_every_field.py, which needs no tshark: what few captures hold is compared as well.
Numbers are made at random; they belong to nobody.
"""

from pathlib import Path
from random import Random

from dissectors.cap_fields import CAP_FIELDS
from dissectors.diameter_fields import DIAMETER_FIELDS
from dissectors.map_fields import MAP_FIELDS
from tests import tshark
from tests.compare import write_rows
from tests.mutation import DIAMETER, capture, in_sctp
from tests.one_message import begin, components, dialogue, element, invoke
from tests.scenes.diameter import avp
from tests.scenes.sigtran import INTERNATIONAL, m3ua_data, udt
from tests.short_messages import (
    FROM_CENTRE,
    GSM,
    IMSI,
    MO_3,
    MT_3,
    SENDER,
    STAMP,
    SUBSCRIBER,
    TO_CENTRE,
    deliver,
)  # fmt: skip
from tests.test_avps import EXAMPLES, UNKNOWN, encoded, message
from tests.test_differential import FROM, M3UA, PARTS, TO, holds, made, path_of

MT, MO = 44, 46  # operations
HEADERS = (  # TS 23.040 9.2.3.24: parts, ports, a special message, national languages
    "0500032a0201", "060804012a0302", "0605040b8423f0", "040402f0f1", "0401028203",
    "06240101250101",
)  # fmt: skip
PERIOD, MOMENT, ENHANCED = b"\x47", bytes.fromhex("62301091302200"), bytes.fromhex("02780000000000")
SHORT_MESSAGES = (
    *((MT_3, MT, deliver("hello", GSM, bytes.fromhex(header), kind=0xA0)) for header in HEADERS),
    (MT_3, MT, b"\x06\x2a" + SENDER + STAMP + MOMENT + b"\x45"),  # a status report
    *(
        (MO_3, MO, bytes([first, 42]) + SENDER + b"\x00\x04" + period + b"\x02hi")
        for first, period in ((0x31, PERIOD), (0x99, MOMENT), (0x09, ENHANCED), (0x01, b""))
    ),
    (MO_3, MO, b"\x02\x2a\x00\x02\x07" + SENDER + b"\x00"),  # a command to delete a message
)
PRIVATE_IDENTITY = avp(1, b"somebody@example")
KEPT = Path(__file__).with_name("kept")
CAPTURE = KEPT / "every_field.pcap"
LEAST = 0.02  # of what is optional, so that a fault stays where it is


def frames() -> list[bytes]:
    """A frame for each field in each part that has it, and for each AVP; its TSN is its number."""
    random = Random(1)
    wanted = [
        (part, field)
        for part in PARTS
        for field in (*MAP_FIELDS, *CAP_FIELDS)
        if holds(part, field)
    ]
    messages = [made(part, random, path_of(field), LEAST)[2] for part, field in wanted]
    carried = [
        *(ss7(tcap) for tcap in messages),
        *(
            (message(encoded(path, EXAMPLES[kind]), UNKNOWN), DIAMETER)
            for _, path, kind in DIAMETER_FIELDS
        ),
        (message(PRIVATE_IDENTITY, UNKNOWN), DIAMETER),
        *(ss7(short_message(*each)) for each in SHORT_MESSAGES),
    ]
    return [in_sctp(*each, number) for number, each in enumerate(carried, 1)]


def short_message(version: str, opcode: int, tpdu: bytes) -> bytes:
    """A forwardSM with the TPDU, to the subscriber or from there."""
    ends = (IMSI, FROM_CENTRE) if opcode == MT else (TO_CENTRE, SUBSCRIBER)
    argument = element("30", *ends, element("04", tpdu))
    return begin(dialogue(f"04 00 00 01 00 {version}"), components(invoke(opcode, argument)))


def ss7(tcap: bytes) -> tuple[bytes, int]:
    """What SCTP carries of it, and the number of that protocol."""
    return m3ua_data("2-100-1", "2-100-2", INTERNATIONAL, udt(TO, FROM, tcap)), M3UA


def main() -> None:
    KEPT.mkdir(exist_ok=True)
    CAPTURE.write_bytes(capture(frames()))
    rows = tshark.messages(CAPTURE)
    rows["sms"] = rows["sms"][-len(SHORT_MESSAGES) :]  # those before are made at random
    write_rows(KEPT, CAPTURE, rows)


if __name__ == "__main__":
    main()
