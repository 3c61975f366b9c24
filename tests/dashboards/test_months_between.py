"""Whole months before a day, and from one to another."""

import datetime as dt

import pytest

from dashboards.metrics.partners import months_before, months_between


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ((2026, 11, 22), 24, (2024, 11, 22)),
        ((2026, 1, 31), 2, (2025, 11, 30)),
        ((2024, 2, 29), 12, (2023, 2, 28)),
        ((2026, 3, 31), 36000, (1, 1, 1)),
    ],
)
def test_months_before(day, months, before):
    assert months_before(dt.date(*day), months) == dt.date(*before)


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [((2024, 11, 21), (2026, 11, 22), 24), ((2024, 11, 23), (2026, 11, 22), 23)],
)
def test_months_between_are_whole(first, last, months):
    assert months_between(dt.date(*first), dt.date(*last)) == months
