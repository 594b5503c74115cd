"""Distances between countries, against figures taken from an atlas."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigaudit.distances import kilometres, place
from sigaudit.network_values import COUNTRIES


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GH", "TG"),
        ("GH", "CI"),
        ("GH", "GH"),
        ("FR", "ES"),
        ("GF", "BR"),
        ("US", "CA"),
        ("RU", "NO"),
        ("CN", "HK"),
        ("XK", "RS"),
        ("PS", "IL"),
        ("MF", "SX"),
        ("IT", "VA"),
        ("CY", "GB"),  # the bases on Cyprus
        ("GB", "IM"),
    ],
)
def test_neighbours_are_no_distance_apart(one: str, other: str) -> None:
    assert kilometres(one, other) == kilometres(other, one) == 0


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("GB", "AU", 12_000, 15_000),  # Broome is 13,600 from London
        ("GH", "GB", 4_300, 5_100),
        ("GH", "NG", 0, 500),
        ("FR", "GB", 0, 300),
        ("GB", "DE", 100, 400),
        ("NZ", "AU", 1_500, 3_000),
        ("US", "JP", 5_000, 9_500),
        ("BR", "AO", 4_500, 6_500),
        ("RE", "FR", 8_000, 9_500),
        ("AX", "FI", 0, 300),
    ],
)
def test_others_are_no_further_than_their_nearest_towns(
    one: str, other: str, least: int, most: int
) -> None:
    found = kilometres(one, other)
    assert found is not None
    assert least <= found <= most


def test_every_country_has_a_place() -> None:
    assert [country for country in sorted(COUNTRIES) if place(country) is None] == []


@pytest.mark.parametrize("none", ["ZZ", "", "ghana is none", "AN2"])
def test_what_is_no_country_is_nowhere(none: str) -> None:
    assert kilometres(none, "GH") is None
    assert kilometres("GH", none) is None


@given(st.sampled_from(sorted(COUNTRIES)), st.sampled_from(sorted(COUNTRIES)))
def test_the_way_back_is_as_long(one: str, other: str) -> None:
    there = kilometres(one, other)
    assert there is not None
    assert there == pytest.approx(kilometres(other, one))
    assert 0 <= there < 20_016
