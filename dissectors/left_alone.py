"""What is left alone and counted, by the number on the wire that tells what it is."""

import numpy as np
from numpy.typing import NDArray

from dissectors.reasons import passed_over

SERVICES = [  # service indicators (Q.704 14.2.1)
    "network management", "network testing", "network testing, special", "SCCP", "TUP", "ISUP",
    "DUP", "DUP", "MTP testing", "broadband ISUP", "satellite ISUP", "users unknown",
    "AAL type 2 signalling", "BICC", "gateway control", "users unknown",
]  # fmt: skip


def reasons_by_service() -> NDArray[np.int32]:
    """For Reading.pass_over, by service indicator."""
    return np.array([passed_over("mtp3", name) for name in SERVICES], np.int32)
