"""What is left alone and counted, by the number on the wire that tells what it is."""

from collections.abc import Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dissectors.reasons import passed_over

NUMBERS = 256
# rows of left_alone(): by which number of the wire it is told
SERVICE, MANAGEMENT, CONNECTION, SUBSYSTEM, USER, PACKAGE = range(6)

SERVICES = {  # service indicators of MTP (Q.704 14.2.1)
    0: "network management", 1: "network testing", 2: "network testing, special", 4: "TUP",
    5: "ISUP", 6: "DUP", 7: "DUP", 8: "MTP testing", 9: "broadband ISUP", 10: "satellite ISUP",
    12: "AAL type 2 signalling", 13: "BICC", 14: "gateway control",
}  # fmt: skip
MANAGEMENT_MESSAGES = {  # of SCCP (Q.713 5.2)
    1: "subsystem allowed", 2: "subsystem prohibited", 3: "subsystem status test",
    4: "subsystem out of service request", 5: "subsystem out of service grant",
    6: "subsystem congested",
}  # fmt: skip
# subsystems without TCAP (TS 23.003 8.2; BSSAP+: TS 29.016 leaves the number to the operator)
SUBSYSTEMS = {
    3: "ISUP", 98: "BSSAP+", 142: "RANAP", 143: "RNSAP", 249: "PCAP", 250: "BSSAP-LE",
    251: "BSSAP-LE", 252: "BSSAP-LE", 253: "BSS operation and maintenance", 254: "BSSAP",
}  # fmt: skip
# subsystems of users of TCAP; those of INAP are in use, no specification fixes them
USERS = {4: "OMAP", 11: "ISDN supplementary services", 106: "INAP", 241: "INAP"}
PACKAGES = {  # of ANSI TCAP (T1.114.3)
    0xE1: "unidirectional", 0xE2: "query with permission", 0xE3: "query without permission",
    0xE4: "response", 0xE5: "conversation with permission",
    0xE6: "conversation without permission", 0xF6: "abort",
}  # fmt: skip


@cache
def left_alone() -> NDArray[np.int32]:
    """For Reading.pass_over, by row and number; -1 where the number tells nothing."""
    return np.array(
        [
            _row("mtp3", "{}", SERVICES, "users unknown"),
            _row("sccp", "management: {}", MANAGEMENT_MESSAGES),
            _row("sccp", "connection requests to {}", SUBSYSTEMS, "other subsystems"),
            _row("sccp", "messages of {}", SUBSYSTEMS),
            _row("tcap", "messages of {}", USERS, "users other than MAP, CAP and INAP"),
            _row("tcap", "ANSI: {}", PACKAGES),
        ],
        np.int32,
    )


def _row(layer: str, words: str, names: Mapping[int, str], rest: str | None = None) -> list[int]:
    numbers = [names.get(number, rest) for number in range(NUMBERS)]
    return [passed_over(layer, words.format(name)) if name else -1 for name in numbers]
