"""The generated week with logs: the same for the same seed, its frauds found, the rest quiet."""

from datetime import timedelta

import pytest

from tests.quality import swaps


def test_one_seed_one_week() -> None:
    one, again, other = swaps.generate(7, 1), swaps.generate(7, 1), swaps.generate(8, 1)
    assert (one.swaps, one.events, one.frauds) == (again.swaps, again.events, again.frauds)
    assert one.week.sent == again.week.sent
    assert other.swaps != one.swaps


def test_labels_name_rows_that_are_there() -> None:
    logs = swaps.generate(7, 1)
    there = {str(row["swap_id"]) for row in logs.swaps}
    there |= {str(row["event_id"]) for row in logs.events}
    assert {row for fraud in logs.frauds for row in fraud.rows} <= there
    assert len({fraud.family for fraud in logs.frauds}) == len(swaps.attack_swaps.FAMILIES)


def test_frauds_are_found_and_the_rest_is_quiet() -> None:
    verdict = swaps.week(7, 1)
    assert [fraud.family for fraud in verdict.missed] == []
    assert [finding["explanation"] for finding in verdict.false] == []


@pytest.mark.parametrize("minutes", [30, -30])
def test_a_clock_that_is_off_accuses_nobody(minutes: int) -> None:
    """The swap log's clock is half an hour from that of the captures and of the service."""
    verdict = swaps.week(7, 1, timedelta(minutes=minutes))
    assert [finding["explanation"] for finding in verdict.false] == []
