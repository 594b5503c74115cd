"""Who appears in the scenes; `pcaps/network.toml` tells the same to sigaudit.

Numbers come from ranges that no subscriber has: networks 620-99 and 234-99, and the numbers that
the United Kingdom, France and Australia keep free for fiction.
"""

from datetime import UTC, datetime

from tests.scenes.dialogue import Way
from tests.scenes.frames import Path
from tests.scenes.sigtran import GMLC, GSMSCF, HLR, MSC, NATIONAL, SGSN, VLR, Address

MORNING = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)

# Example Mobile, the audited network.
OWN_HLR = Address("233590000010", HLR)
OWN_VLR = Address("233590000020", VLR)
OWN_MSC = Address("233590000030", MSC)
OWN_GSMSCF = Address("233590000040", GSMSCF)
OWN_GMLC = Address("233590000050", GMLC)
OWN_SGSN = Address("233590000060", SGSN)
OWN_SMSC = Address("233590000100", MSC)

# Partner UK, whom network.toml lists.
PARTNER_HLR = Address("447700900010", HLR)
PARTNER_VLR = Address("447700900020", VLR)
PARTNER_MSC = Address("447700900030", MSC)
PARTNER_GSMSCF = Address("447700900040", GSMSCF)
PARTNER_SMSC = Address("447700900100", MSC)

# Networks that no list knows; 210 is no country's code.
STRANGER_HLR = Address("33639980010", HLR)
STRANGER_VLR = Address("33639980020", VLR)
STRANGER_MSC = Address("33639980030", MSC)
STRANGER_GSMSCF = Address("33639980040", GSMSCF)
STRANGER_GMLC = Address("33639980050", GMLC)
OTHER_STRANGER = Address("61491570006", GSMSCF)
NOWHERE = Address("21099000001", HLR)
NEIGHBOUR_SMSC = Address("233580000100", MSC)  # of the same country; one digit off the own prefix

OWN_REALM = "epc.mnc099.mcc620.3gppnetwork.org"
PARTNER_REALM = "epc.mnc099.mcc234.3gppnetwork.org"
STRANGER_REALM = "epc.mnc099.mcc208.3gppnetwork.org"
OWN_HSS = (f"hss1.{OWN_REALM}", OWN_REALM)
OWN_MME = (f"mme1.{OWN_REALM}", OWN_REALM)
PARTNER_HSS = (f"hss1.{PARTNER_REALM}", PARTNER_REALM)
PARTNER_MME = (f"mme1.{PARTNER_REALM}", PARTNER_REALM)
STRANGER_HSS = (f"hss1.{STRANGER_REALM}", STRANGER_REALM)

# From the international carrier to the own STP, and from the STP to the own HLR.
INWARDS = Way(Path("198.51.100.7", "192.0.2.10"), "2-100-1", "2-50-2")
INWARDS_6 = Way(Path("2001:db8:7::7", "2001:db8::10"), "2-100-1", "2-50-2")
INWARDS_VLAN = Way(Path("198.51.100.7", "192.0.2.10", 100), "2-100-9", "2-50-2")
OUTWARDS = INWARDS.reverse()
INSIDE = Way(Path("192.0.2.10", "192.0.2.20"), "2-50-2", "2-50-3", NATIONAL)

# From the IPX's Diameter agent to the own one.
IPX = Path("198.51.100.8", "192.0.2.11")
IPX_6 = Path("2001:db8:7::8", "2001:db8::11")


def own_imsi(number: int) -> str:
    return f"62099{number:010d}"


def own_msisdn(number: int) -> str:
    return f"233590{number:06d}"


def partner_imsi(number: int) -> str:
    return f"23499{number:010d}"


def partner_msisdn(number: int) -> str:
    return f"447700{900_000 + number}"


def own_mobile_title(imsi: str, ssn: int = HLR) -> Address:
    """The E.214 title by which a visited network reaches the own HLR: MCC and MNC replaced."""
    return Address("23359" + imsi[5:], ssn, plan=7)
