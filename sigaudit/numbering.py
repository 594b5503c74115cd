"""Whose a number or a realm is: home, a partner, some network of a country, or unknown.

Networks are told by what network.toml lists, the longest prefix first. Behind the lists stand
the country codes of E.164 (phonenumbers) and the MCC and MNC of E.212 (pycrate).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal, TypeGuard, TypeVar

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE
from pycrate_mobile.MCC_MNC import MCC_dict, MNC_dict

from sigaudit.network import Network
from sigaudit.network_parties import Hub, Operator, RoamingPartner

E164, E212, E214 = 1, 6, 7  # numbering plans (Q.713 3.4.2.3.3)
NATIONAL = 3  # nature of address: national significant number (Q.713 3.4.2.3.1)
Value = TypeVar("Value")
ZZ = "ZZ"  # no country: unknown, or a network of all the world

# Mobile country codes (ITU-T E.212) that pycrate's table lacks, or has with another label than
# their ISO 3166-1 code: it puts Tajikistan under TK (Tokelau) and the United States under Guam.
MCC_COUNTRIES = {
    "221": "XK",
    "225": "VA",
    "310": "US",
    "311": "US",
    "313": "US",
    "314": "US",
    "315": "US",
    "332": "VI",
    "340": "GP",
    "406": "IN",
    "436": "TJ",
    "461": "CN",
    "514": "TL",
    "536": "NR",
    "543": "WF",
    "551": "MH",
    "554": "TK",
    "658": "SH",
    "742": "GF",
    "901": ZZ,
}
# Networks outside the country that their mobile country code is assigned to.
PLMN_COUNTRIES = {
    "23403": "JE",
    "23436": "IM",
    "23450": "JE",
    "23455": "GG",
    "23458": "IM",
    "310032": "GU",
    "310033": "GU",
    "310110": "MP",
    "310140": "GU",
    "310370": "GU",
    "310400": "GU",
    "310470": "GU",
    "311120": "GU",
    "311250": "GU",
    "34011": "GF",
    "34012": "MQ",
    "36251": "SX",
    "37650": "VI",
    "42505": "PS",
    "42506": "PS",
    "50510": "NF",
    "64701": "YT",
}
UNITED_STATES = frozenset(str(mcc) for mcc in range(310, 317))  # where every MNC has three digits
REGION_COUNTRIES = {"AC": "SH", "TA": "SH", "001": ZZ}  # phonenumbers' regions outside ISO 3166-1
PLMN_REALM = re.compile(r"(?:.*\.)?mnc([0-9]{2,3})\.mcc([0-9]{3})\.3gppnetwork\.org")


@dataclass(frozen=True, slots=True)
class Owner:
    """Who a number or realm belongs to.

    `party` is `country` where only the country is known and the network is in no list;
    a `hub` speaks for other networks.
    `operator` is its name, None where unknown. `country` is ISO 3166-1 alpha-2 (XK for Kosovo)
    or ZZ, never None.
    """

    party: Literal["home", "partner", "hub", "country", "unknown"]
    operator: str | None
    country: str


UNKNOWN = Owner("unknown", None, ZZ)


class NumberingPlan:
    """The owners of global titles, IMSIs, MSISDNs and realms, as one network.toml sees them.

    Anything that is no number of the plan (letters, nothing, over 15 digits) is unknown.
    """

    def __init__(
        self,
        network: Network,
        hubs: bool = True,
        limited_hubs: bool = False,
        now: datetime | None = None,
    ) -> None:
        """Without `hubs`, what is theirs belongs to the networks in whose ranges it lies.

        So it does of hubs that may send some operations or commands only, without `limited_hubs`.
        Leases that are over before `now` do not count.
        """
        operator = network.operator
        home = Owner("home", operator.name, operator.country)
        partners = [(table, partner_owner(table)) for table in network.roaming_partner]
        networks: list[tuple[Operator | RoamingPartner, Owner]] = [*partners, (operator, home)]
        between = [(hub, hub_owner(hub)) for hub in network.hub] if hubs else []
        titles = {title: who for table, who in networks for title in table.global_titles}
        mobile = {title: who for table, who in networks for title in table.mobile_global_titles}
        nodes = {title: who for table, who in partners for title in table.nodes.all_titles()}
        own_nodes = dict.fromkeys(_own_nodes(network), home)
        own_subscribers = dict.fromkeys(operator.msisdn_prefixes, home)

        self._calling_code = str(phonenumbers.country_code_for_region(operator.country))
        self._plmns = {plmn: who for table, who in networks for plmn in table.plmns}
        self._realms = {realm: who for table, who in networks for realm in table.diameter_realms}
        self._realms |= {
            realm: who
            for hub, who in between
            if limited_hubs or not hub.commands
            for realm in hub.diameter_realms
        }
        self._titles = nodes | titles | own_nodes | _leased(network, home, now)
        self._titles |= {
            title: who
            for hub, who in between
            if limited_hubs or not hub.operations
            for title in hub.global_titles
        }
        self._mobile_titles = self._titles | mobile | own_subscribers
        self._msisdns = {title: who for title, who in titles.items() if who is not home}
        self._msisdns |= {n: who for table, who in partners for n in table.msisdn_prefixes}
        self._msisdns |= own_subscribers

    def gt(self, digits: str | None, plan: int | None, nature: int | None = None) -> Owner:
        """The owner of a global title, by its numbering plan (Q.713 3.4.2.3.3).

        None and 0 (unknown) read as E.164. An E.214 title begins with country code and network
        code, which is a number prefix of the network that issued the IMSI (E.214 6.1): it is
        looked up like an E.164 one, among the own subscribers' prefixes too. A title of national
        nature is a number of the home country. Titles of other plans are unknown.
        """
        if not _is_number(digits):
            return UNKNOWN
        if plan == E212:
            return self.imsi(digits)
        if plan == E214:
            return _longest_prefix(digits, self._mobile_titles) or _by_calling_code(digits)
        if plan not in (None, 0, E164):
            return UNKNOWN
        if nature == NATIONAL:
            return self._national_title(digits)
        return _longest_prefix(digits, self._titles) or _by_calling_code(digits)

    def imsi(self, digits: str | None) -> Owner:
        """The owner of an IMSI, or of anything that begins with MCC and MNC, such as a PLMN."""
        if not _is_number(digits):
            return UNKNOWN
        five, six = digits[:5], digits[:6]
        return self._plmns.get(six) or self._plmns.get(five) or _by_plmn([five, six])

    def msisdn(self, digits: str | None) -> Owner:
        """The owner of a subscriber's number; a partner is told by the prefixes of its titles.

        A ported number is told by its range, not by the network that serves it now.
        """
        if not _is_number(digits):
            return UNKNOWN
        return _longest_prefix(digits, self._msisdns) or _by_calling_code(digits)

    def realm(self, realm: str | None) -> Owner:
        """The owner of a Diameter realm or host: of the longest listed domain that it is or is in.

        Otherwise its PLMN decides, if it has the form of TS 23.003 19.2.
        """
        if not realm or len(realm) > 255 or not realm.isascii():
            return UNKNOWN
        labels = realm.lower().removesuffix(".").split(".")
        domains = [".".join(labels[n:]) for n in range(len(labels))]
        plmns = _plmns_of_realm(domains[0])
        return _first(domains, self._realms) or _first(plmns, self._plmns) or _by_plmn(plmns)

    def _national_title(self, digits: str) -> Owner:
        """A national number; but a listed one that lies about its nature is still listed."""
        international = self._calling_code + digits
        return (
            _longest_prefix(international, self._titles)
            or _longest_prefix(digits, self._titles)
            or _by_calling_code(international)
        )


@lru_cache(maxsize=1 << 16)
def country_of_number(digits: str) -> str:
    """The country of an international number: of its area where it can be told, else of its code.

    Titles need not be numbers that are in use, so that one outside the ranges in service counts.
    """
    codes = [digits[:n] for n in (1, 2, 3)] if _is_number(digits) and digits[0] != "0" else []
    code = next((code for code in codes if int(code) in COUNTRY_CODE_TO_REGION_CODE), None)
    if code is None:
        return ZZ
    regions = COUNTRY_CODE_TO_REGION_CODE[int(code)]
    region = regions[0] if len(regions) == 1 else _shared_code_region(digits, code)
    return REGION_COUNTRIES.get(region, region)


def country_of_realm(name: str) -> str:
    """The country of a realm, or of a host in it, whose name tells MCC and MNC (TS 23.003 19.2)."""
    return _by_plmn(_plmns_of_realm(name.lower())).country


def _is_number(digits: str | None) -> TypeGuard[str]:
    """E.164, E.212 and E.214 all end at 15 digits."""
    return digits is not None and re.fullmatch("[0-9]{1,15}", digits) is not None


def _shared_code_region(digits: str, code: str) -> str:
    """Among the regions of one calling code (North America; Russia and Kazakhstan; …)."""
    area = f"{digits[:4]}2345678" if code == "1" else digits  # NANPA: 1, area code, any number
    main_region = COUNTRY_CODE_TO_REGION_CODE[int(code)][0]
    return _region_in_service(digits) or _region_in_service(area) or main_region


def _region_in_service(digits: str) -> str | None:
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(f"+{digits}"))
    except phonenumbers.NumberParseException:
        return None


def _by_calling_code(digits: str) -> Owner:
    country = country_of_number(digits)
    return UNKNOWN if country == ZZ else Owner("country", None, country)


def _by_plmn(plmns: list[str]) -> Owner:
    """The network, or at least the country, of the first of several readings of a PLMN."""
    mcc = plmns[0][:3] if plmns else ""
    if mcc in UNITED_STATES:
        plmns = [plmn for plmn in plmns if len(plmn) == 6]
    _, _, _, name = _first(plmns, MNC_dict) or ("", "", "", "")
    _, country, _ = MCC_dict.get(mcc, ("", ZZ, ""))
    country = _first(plmns, PLMN_COUNTRIES) or MCC_COUNTRIES.get(mcc, country)
    operator = None if name in ("", "Unknown", "Testing") else name
    return Owner("unknown" if country == ZZ else "country", operator, country)


def _own_nodes(network: Network) -> list[str]:
    sms = network.sms
    return [*sms.centres, *sms.home_routers, *network.platforms.all_titles()]


def _leased(network: Network, home: Owner, now: datetime | None) -> dict[str, Owner]:
    """Own titles that others use: they are those of a listed network of this name, or unlisted."""
    partners = {partner.name: partner for partner in network.roaming_partner}
    return {
        lease.prefix: partner_owner(partners[lease.holder])
        if lease.holder in partners
        else Owner("country", lease.holder, home.country)
        for lease in network.leases(now)
    }


def hub_owner(hub: Hub) -> Owner:
    """A hub as an owner; its country is where it is at home, not where subscribers are."""
    return Owner("hub", hub.name, hub.country or country_of_number("".join(hub.global_titles[:1])))


def partner_owner(table: RoamingPartner) -> Owner:
    """A listed partner; what the list leaves out is told by its first PLMN, realm or title."""
    realms, titles = table.diameter_realms[:1], table.global_titles[:1]
    told = _by_plmn(table.plmns[:1] or _plmns_of_realm("".join(realms)))
    country = told.country if told.country != ZZ else country_of_number("".join(titles))
    return Owner("partner", table.name or told.operator, table.country or country)


def _plmns_of_realm(realm: str) -> list[str]:
    """MCC and MNC of a realm of TS 23.003 19.2, where an MNC of two digits has a 0 before it."""
    if not (match := PLMN_REALM.fullmatch(realm)):
        return []
    mnc, mcc = match.groups()
    return [mcc + mnc, mcc + mnc[1:]] if len(mnc) == 3 and mnc[0] == "0" else [mcc + mnc]


def _longest_prefix(digits: str, owners: Mapping[str, Owner]) -> Owner | None:
    return _first((digits[:n] for n in range(len(digits), 0, -1)), owners)


def _first(keys: Iterable[str], table: Mapping[str, Value]) -> Value | None:
    return next((table[key] for key in keys if key in table), None)
