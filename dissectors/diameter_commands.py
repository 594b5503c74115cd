"""Under which applications a Diameter command belongs (RFC 6733 3.1, TS 29.230 4 and 5).

Commands that any application may use, and those that are not here, belong everywhere.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

CX, SH, SLG, S6A, S13, SWX, ZH, SLH = (
    16777216, 16777217, 16777255, 16777251, 16777252, 16777265, 16777221, 16777291,
)  # fmt: skip
S7A, S6C, SGD = 16777308, 16777312, 16777313
MOST_APPLICATIONS = 4
# codes below LOW_END from LOW on, then those below HIGH_END from HIGH on
LOW, LOW_END, HIGH, HIGH_END = 256, 384, 8388608, 8388736

APPLICATIONS: dict[int, tuple[int, ...]] = {
    257: (0,),  # Capabilities-Exchange
    280: (0,),  # Device-Watchdog
    282: (0,),  # Disconnect-Peer
    300: (CX,),  # User-Authorization
    301: (CX, SWX),  # Server-Assignment
    302: (CX,),  # Location-Info
    303: (CX, SWX, ZH),  # Multimedia-Auth
    304: (CX, SWX),  # Registration-Termination
    305: (CX, SWX),  # Push-Profile
    306: (SH,),  # User-Data
    307: (SH,),  # Profile-Update
    308: (SH,),  # Subscribe-Notifications
    309: (SH,),  # Push-Notification
    316: (S6A,),  # Update-Location
    317: (S6A,),  # Cancel-Location
    318: (S6A,),  # Authentication-Information
    319: (S6A,),  # Insert-Subscriber-Data
    320: (S6A,),  # Delete-Subscriber-Data
    321: (S6A,),  # Purge-UE
    322: (S6A, S7A),  # Reset
    323: (S6A,),  # Notify
    324: (S13,),  # ME-Identity-Check
    8388620: (SLG,),  # Provide-Location
    8388621: (SLG,),  # Location-Report
    8388622: (SLH,),  # LCS-Routing-Info
    8388638: (S7A,),  # Update-VCSG-Location
    8388642: (S7A,),  # Cancel-VCSG-Location
    8388645: (SGD,),  # MO-Forward-Short-Message
    8388646: (SGD,),  # MT-Forward-Short-Message
    8388647: (S6C,),  # Send-Routing-Info-for-SM
    8388648: (S6C, SGD),  # Alert-Service-Centre
    8388649: (S6C,),  # Report-SM-Delivery-Status
}


@cache
def command_applications() -> NDArray[np.uint32]:
    """A row a code, its place as above: how many applications it belongs to, then these."""
    rows = np.zeros((LOW_END - LOW + HIGH_END - HIGH, 1 + MOST_APPLICATIONS), np.uint32)
    for code, applications in APPLICATIONS.items():
        place = code - LOW if code < LOW_END else code - HIGH + LOW_END - LOW
        rows[place, 0] = len(applications)
        rows[place, 1 : 1 + len(applications)] = applications
    return rows
