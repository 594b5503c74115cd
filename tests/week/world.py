"""Who there is: the audited network, its partners, and networks that no list knows.

`network.toml` beside this file tells the same to sigaudit. No subscriber has one of the numbers:
network codes 99 are unassigned, and so are the number ranges of the countries below.
"""

from dataclasses import dataclass
from functools import lru_cache

from tests.scenes.sigtran import GMLC, GSMSCF, HLR, MSC, SGSN, VLR, Address

CAP, GGSN, EIR = 146, 150, 9
TITLE_DIGITS = 12
ROLES = {
    "hlr": ("10", HLR), "vlr": ("20", VLR), "msc": ("30", MSC), "gsmscf": ("40", GSMSCF),
    "gmlc": ("50", GMLC), "sgsn": ("60", SGSN), "smsc": ("90", MSC), "scp": ("40", CAP),
    "ssf": ("30", CAP), "ggsn": ("70", GGSN), "eir": ("80", EIR), "gateway": ("35", MSC),
}  # fmt: skip


@lru_cache(20_000)
def title(prefix: str, role: str, number: int = 1) -> Address:
    """A node's global title under a prefix."""
    code, subsystem = ROLES[role]
    free = TITLE_DIGITS - len(prefix) - len(code)
    return Address(f"{prefix}{code}{number:0{free}d}", subsystem)


@dataclass(frozen=True)
class Network:
    """An operator: PLMN, the prefix of its nodes and subscribers, and how far away it is."""

    name: str
    country: str
    plmn: str
    prefix: str
    minutes: int = 0  # from a home airport or border to its network, door to door
    sites: int = 3  # VLRs
    carrier: int = 0  # which of the international carriers it uses

    def node(self, role: str, number: int = 1) -> Address:
        return title(self.prefix, role, number)

    def imsi(self, number: int) -> str:
        return f"{self.plmn}{number:0{15 - len(self.plmn)}d}"

    def msisdn(self, number: int) -> str:
        if self.plmn == "62099" and number % 50 == 7:  # came from the other operator and kept it
            return f"{NATIONAL_NEIGHBOUR.prefix}7{number:0{TITLE_DIGITS - 6}d}"
        return f"{self.prefix}5{number:0{TITLE_DIGITS - 1 - len(self.prefix)}d}"

    def mobile_title(self, imsi: str, subsystem: int = HLR) -> Address:
        """The E.214 title of an IMSI: MCC and MNC replaced (TS 23.003 5.2)."""
        return Address((self.prefix + imsi[len(self.plmn) :])[:15], subsystem, plan=7)

    @property
    def realm(self) -> str:
        mcc, mnc = self.plmn[:3], self.plmn[3:]
        return f"epc.mnc{mnc:0>3}.mcc{mcc}.3gppnetwork.org"

    def host(self, role: str, number: int = 1) -> tuple[str, str]:
        """Origin-Host and Origin-Realm."""
        return f"{role}{number}.{self.realm}", self.realm


HOME = Network("Example Mobile", "GH", "62099", "23361", sites=2)
TOGO = Network("Partner Togo", "TG", "61599", "2285", 25, 2)
IVORY_COAST = Network("Partner Ivory Coast", "CI", "61299", "22530", 40, 3, 1)
BURKINA = Network("Partner Burkina", "BF", "61399", "2269", 45, 2)
NIGERIA = Network("Partner Nigeria", "NG", "62199", "234600", 65, 6)
NIGERIA_OTHER = Network("Other Nigeria", "NG", "62198", "234699", 65, 4, 1)
SOUTH_AFRICA = Network("Partner South Africa", "ZA", "65599", "2799", 400, 4)
BRITAIN = Network("Partner UK", "GB", "23499", "447700", 400, 8, 1)
BRITAIN_OTHER = Network("Other UK", "GB", "23498", "4466", 400, 5)
GERMANY = Network("Partner Germany", "DE", "26299", "4914", 450, 4, 1)
EMIRATES = Network("Partner Emirates", "AE", "42499", "97159", 520, 3)
AMERICA = Network("Partner America", "US", "310999", "1111", 700, 6, 1)
CHINA = Network("Partner China", "CN", "46099", "86129", 900, 8)
KENYA = Network("Partner Kenya", "KE", "63999", "25430", 380, 3)  # reached through a hub
PARTNERS = (
    TOGO, IVORY_COAST, BURKINA, NIGERIA, NIGERIA_OTHER, SOUTH_AFRICA, BRITAIN, BRITAIN_OTHER,
    GERMANY, EMIRATES, AMERICA, CHINA,
)  # fmt: skip
AIRCRAFT = Network("Partner In-flight", "", "90199", "88299", 0, 2)  # of no country
NEIGHBOURS = (TOGO, IVORY_COAST, BURKINA)

# Without a roaming agreement; people there write to people here, and companies send messages.
INDIA = Network("", "IN", "40499", "9110")
TURKEY = Network("", "TR", "28699", "9059", carrier=1)
NETHERLANDS = Network("", "NL", "20499", "3169", carrier=1)
SWITZERLAND = Network("", "CH", "22899", "4170")
CYPRUS = Network("", "CY", "28099", "3571", carrier=1)
IRELAND = Network("", "IE", "27299", "35380")
ABROAD = (INDIA, TURKEY, NETHERLANDS, SWITZERLAND, IRELAND)
AGGREGATORS = (NETHERLANDS, SWITZERLAND, IRELAND)

# Attackers rent titles in these networks, and in those above.
SWEDEN = Network("", "SE", "24099", "4671")
UKRAINE = Network("", "UA", "25599", "38060", carrier=1)
PRINCIPE = Network("", "ST", "62699", "2391")
STRANGERS = (SWEDEN, UKRAINE, PRINCIPE, CYPRUS)

HUB = Network("Example Hub", "DE", "", "49199", carrier=1)  # speaks for Partner Kenya
HUB_REALM = "ipx.example"
SISTER_PREFIX = "22851140"  # Partner Togo's location centre, which may ask by agreement
NATIONAL_NEIGHBOUR = Network("", "GH", "62098", "23363")
FIRST_TEST_NUMBER = 9_000_000  # of test SIMs
