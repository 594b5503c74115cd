"""How far a traveller goes at least from one country to another, in kilometres.

Neighbours are no distance apart. Other countries are taken as circles of their area about their
middle, and the gap between the circles counts, so that a long country is not held against anyone.
"""

from functools import cache
from math import asin, cos, pi, radians, sin, sqrt
from typing import NamedTuple

from countryinfo import CountryInfo
from countryinfo.exceptions import CountryNotFoundError

EARTH = 6371.0  # kilometres, mean radius


class Place(NamedTuple):
    """A country as a circle: degrees, and kilometres."""

    latitude: float
    longitude: float
    radius: float


# Latitude, longitude and square kilometres where countryinfo has none.
LACKING = {
    "AQ": (-82.0, 20.0, 14_200_000),
    "AX": (60.2, 20.0, 1_580),
    "BL": (17.9, -62.83, 25),
    "BQ": (12.2, -68.3, 328),
    "BV": (-54.42, 3.35, 49),
    "CW": (12.2, -69.0, 444),
    "GF": (4.0, -53.0, 83_534),
    "GP": (16.25, -61.58, 1_628),
    "GS": (-54.5, -37.0, 3_903),
    "MF": (18.08, -63.06, 53),
    "MQ": (14.67, -61.0, 1_128),
    "PS": (31.9, 35.2, 6_020),
    "RE": (-21.15, 55.5, 2_512),
    "SH": (-15.95, -5.7, 394),
    "SJ": (78.0, 20.0, 62_422),
    "SX": (18.03, -63.07, 34),
    "TC": (21.75, -71.6, 948),
    "UM": (19.3, 166.63, 34),
    "VG": (18.42, -64.6, 151),
    "VI": (18.0, -64.8, 346),
    "XK": (42.6, 20.9, 10_887),
    "YT": (-12.83, 45.17, 374),
}
BORDERS = {  # beside those that countryinfo has
    "GF": {"BR", "SR"},
    "MF": {"SX"},
    "XK": {"AL", "ME", "MK", "RS"},
}


def kilometres(one: str, other: str) -> float | None:
    """From one country to another, None where one of the two is not known.

    Both are ISO 3166-1 alpha-2, or XK for Kosovo.
    """
    here, there = place(one), place(other)
    if here is None or there is None:
        return None
    if one == other or other in neighbours(one) or one in neighbours(other):
        return 0.0
    return max(0.0, _great_circle(here, there) - here.radius - there.radius)


@cache
def place(country: str) -> Place | None:
    """A country's middle and radius, None for what is no country."""
    if country in LACKING:
        latitude, longitude, area = LACKING[country]
        return Place(latitude, longitude, sqrt(area / pi))
    info = _info(country)
    middle, size = (info.latlng(), info.area()) if info else ([], None)
    return Place(middle[0], middle[1], sqrt(size / pi)) if len(middle) == 2 and size else None


@cache
def neighbours(country: str) -> frozenset[str]:
    """The countries that border on a country by land, as far as its own entry says so."""
    info = _info(country)
    codes = [_two_letters(three) for three in info.borders()] if info else []
    return frozenset(code for code in codes if code) | BORDERS.get(country, frozenset())


@cache
def country_name(country: str) -> str:
    """The English name of an ISO 3166-1 code; the code itself where none is known."""
    info = _info(country)
    return str(info.name()) if info else country


def _two_letters(three: str) -> str | None:
    info = _info(three)
    return info.iso(2) if info else None


def _info(code: str) -> CountryInfo | None:
    try:
        return CountryInfo(code)
    except (CountryNotFoundError, ValueError):
        return None


def _great_circle(one: Place, other: Place) -> float:
    """The haversine formula."""
    up, along = radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)
    widths = cos(radians(one.latitude)) * cos(radians(other.latitude))
    half = sin(up / 2) ** 2 + widths * sin(along / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(half)))
