"""By month: each bar against engagements counted by hand, in every precision a start can have."""

import datetime as dt

import pytest

from common.partial_dates import FiscalYear, PartialDate, Precision
from dashboards.metrics.months import by_month, months_of
from dashboards.month_chart import month_chart
from engagements.kinds import Stage
from engagements.models import Engagement
from tests.factories import make_engagement

TODAY = dt.date(2026, 11, 22)
YEARS = [FiscalYear(2025), FiscalYear(2026), FiscalYear(2027)]


def counted(*years):
    return by_month(Engagement.objects.counted(), list(years) or YEARS)


def told(year):
    """{month: (completed, planned)} of the months that have any."""
    return {
        f"{one.month:%Y-%m}": (one.completed.value, one.planned.value)
        for one in year.months
        if one.total
    }


def test_a_fiscal_year_has_the_months_from_april_to_march():
    months = months_of(FiscalYear(2027))

    assert len(months) == 12
    assert (months[0], months[8], months[9], months[11]) == (
        dt.date(2026, 4, 1), dt.date(2026, 12, 1), dt.date(2027, 1, 1), dt.date(2027, 3, 1),
    )  # fmt: skip


def test_31_march_and_1_april_stand_in_two_years():
    make_engagement(start=dt.date(2026, 3, 31))
    make_engagement(start=dt.date(2026, 4, 1))

    _first, before, now = counted().years

    assert (told(before), told(now)) == ({"2026-03": (1, 0)}, {"2026-04": (1, 0)})


def test_29_february_is_in_february():
    make_engagement(start=dt.date(2024, 2, 29))

    (year,) = counted(FiscalYear(2024)).years

    assert told(year) == {"2024-02": (1, 0)}


def test_counts_what_is_done_and_what_is_planned_and_nothing_else():
    make_engagement(start=dt.date(2026, 12, 5))
    make_engagement(start=dt.date(2026, 12, 5), stage=Stage.SUBMITTED)
    make_engagement(start=dt.date(2026, 12, 6), stage=Stage.APPROVED)
    for stage in (Stage.DECLINED, Stage.CANCELLED, Stage.DRAFT):
        make_engagement(start=dt.date(2026, 12, 7), stage=stage, stage_reason="A reason.")

    found = counted()

    assert told(found.years[-1]) == {"2026-12": (1, 2)}
    assert found.years[-1].total.value == 3
    assert found.highest == 3


@pytest.mark.parametrize(
    "vague",
    [
        PartialDate.season(2002, "autumn"),
        PartialDate.year(2002),
        PartialDate.year(2002, about=True),
        PartialDate.fiscal(2003),
    ],
    ids=str,
)
def test_a_start_not_known_to_the_month_is_told_apart_in_its_fiscal_year(vague):
    make_engagement(start=vague)
    make_engagement(start=PartialDate.month(2002, 10))

    (year,) = counted(FiscalYear(2003)).years

    assert told(year) == {"2002-10": (1, 0)}
    assert (year.unknown.value, year.total.value) == (1, 2)


def test_an_unknown_start_is_in_no_month_and_no_year_and_an_ongoing_end_changes_nothing():
    make_engagement(start=PartialDate.unknown())
    make_engagement(start=dt.date(2026, 5, 1), end=PartialDate(Precision.ONGOING))

    year = counted().years[-1]

    assert (told(year), year.unknown.value, year.total.value) == ({"2026-05": (1, 0)}, 0, 1)


def test_months_and_what_is_in_none_add_up_to_the_year():
    for start in (dt.date(2026, 4, 1), PartialDate.month(2026, 9), PartialDate.fiscal(2027)):
        make_engagement(start=start)

    year = counted().years[-1]

    assert sum(month.total for month in year.months) + year.unknown.value == year.total.value == 3


def test_takes_one_query_however_much_there_is(django_assert_num_queries):
    make_engagement()
    with django_assert_num_queries(1):
        counted()
    make_engagement(start=dt.date(2025, 5, 1))
    make_engagement(start=PartialDate.fiscal(2027))
    with django_assert_num_queries(1):
        counted()


def test_bars_share_one_scale_and_planned_ones_stand_on_the_completed():
    for _ in range(3):
        make_engagement(start=dt.date(2025, 4, 10))
    make_engagement(start=dt.date(2026, 4, 10))
    make_engagement(start=dt.date(2026, 4, 20), stage=Stage.APPROVED)

    _first, before, now = month_chart(counted(), TODAY).rows

    high, low = before.bars[0].done, now.bars[0].done
    assert float(high.height) == 3 * float(low.height)
    assert float(now.bars[0].ahead.y) + float(now.bars[0].ahead.height) == float(low.y)
    assert (before.is_now, now.is_now) == (False, True)
    assert now.bars[1].done is None
