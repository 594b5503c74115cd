"""Messages that carry neither MAP nor CAP, of every kind that the walker tells by name."""

from collections.abc import Iterator

from tests.one_message import begin, components, dialogue, invoke
from tests.scenes.frames import M2PA, M3UA, SUA
from tests.scenes.sigtran import Address, m3ua_heartbeat, sua, udt

SUBSYSTEMS = (1, 3, 4, 5, 11, 12, 98, 106, 142, 143, 241, 249, 250, 251, 252, 253, 254)
ANSI = range(0xE1, 0xF7)  # kinds of TCAP message (T1.114.3)
CONNECTIONS = range(1, 17)  # kinds of SCCP message (Q.713 2.1)

# of user adaptations: name, payload protocol and messages
OTHERS: list[tuple[str, int, list[bytes]]] = [
    ("M2PA link status", M2PA, [bytes.fromhex("01 00 0b 02 00000014 00ffffff 00ffffff 00000001")]),
    ("M3UA heartbeat", M3UA, [m3ua_heartbeat()]),
    ("SUA connections", SUA, [sua(1, message_class=8), sua(8, message_class=8)]),
]


def to_subsystem(ssn: int, data: bytes) -> bytes:
    return udt(Address("1234", ssn), Address("5678", 254), data)


def messages_of_others() -> Iterator[bytes]:
    """SCCP messages."""
    for kind in range(1, 8):  # management (Q.713 5.3)
        yield udt(Address("1234", 1), Address("5678", 1), bytes([kind, 6, 1, 0, 0, 0]))
    for ssn in SUBSYSTEMS:
        yield to_subsystem(ssn, bytes([0, 4, 0x30]))
        yield to_subsystem(ssn, begin(components(invoke(0))))
        yield bytes([1, 0, 0, 1, 2, 2, 4, 2, 0x42, ssn, 0])  # a connection request
    for context in ("00 11 89 42 03 00", "04 00 01 01 01 00"):  # of INAP
        yield to_subsystem(12, begin(dialogue(context)))
    for kind in ANSI:
        yield to_subsystem(8, bytes([kind, 2, 0xC7, 0]))
    for kind in CONNECTIONS:
        yield bytes([kind, 0, 0, 1, 0, 1, 1, 0])
