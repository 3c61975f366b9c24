"""Planned against done, and what is ahead: counted by hand."""

import datetime as dt
from decimal import Decimal

import pytest

from common.partial_dates import FiscalYear, PartialDate, Precision
from dashboards.metrics.plans import coming, planned_against_done
from engagements.kinds import Stage
from engagements.models import Engagement
from tests.factories import make_country, make_engagement

TODAY = dt.date(2026, 11, 22)
ONGOING = PartialDate(Precision.ONGOING)


def plans(*ends, today=TODAY):
    years = [FiscalYear(year) for year in ends or (2027,)]
    return planned_against_done(Engagement.objects.logged(), years, today)


def ahead():
    return coming(Engagement.objects.counted(), TODAY)


def planned(start, stage=Stage.APPROVED, **kwargs):
    return make_engagement(start=start, stage=stage, stage_reason="A reason.", **kwargs)


def test_everything_on_record_is_done_planned_or_left_out():
    make_engagement()
    planned(dt.date(2026, 12, 1), Stage.SUBMITTED)
    planned(dt.date(2026, 5, 1), Stage.RETURNED)
    planned(dt.date(2026, 5, 1), Stage.DECLINED)
    planned(dt.date(2026, 5, 1), Stage.CANCELLED)
    planned(dt.date(2026, 5, 1), Stage.DRAFT)

    (year,) = plans()

    counts = [year.on_record, year.completed, year.planned, year.overdue, year.left_out]
    assert [figure.value for figure in counts] == [5, 1, 2, 1, 2]


def test_a_year_with_nothing_on_record_has_none():
    make_engagement(start=dt.date(2026, 4, 1))

    before, now = plans(2026, 2027)

    assert {figure.value for figure in before.figures} == {0}
    assert now.on_record.value == 1


@pytest.mark.parametrize(
    ("today", "overdue"),
    [(dt.date(2027, 3, 31), 0), (dt.date(2027, 4, 1), 2), (dt.date(2027, 7, 1), 3)],
)
def test_what_is_planned_is_overdue_when_its_last_possible_day_is_gone(today, overdue):
    planned(dt.date(2027, 3, 31))
    planned(PartialDate.fiscal(2027))
    planned(PartialDate.season(2027, "winter"), end=PartialDate.season(2027, "spring"))
    planned(dt.date(2026, 4, 1), end=ONGOING)

    assert plans(today=today)[0].overdue.value == overdue


def test_costs_are_compared_where_both_are_known_of_what_is_completed():
    make_engagement(planned_cost="100", actual_cost="120.50")
    make_engagement(planned_cost="50", actual_cost="0")
    make_engagement(planned_cost="1000")
    make_engagement(actual_cost="2000")
    planned(dt.date(2026, 12, 1), planned_cost="7", actual_cost="7")

    (year,) = plans()

    assert (year.planned_cost.value, year.actual_cost.value) == (150, Decimal("120.50"))
    assert year.both_costs.value == 2


def test_what_may_take_place_in_the_next_90_days_is_coming_the_soonest_first():
    last = planned(dt.date(2027, 2, 20))
    today = planned(dt.date(2026, 11, 22))
    goes_on = planned(dt.date(2026, 11, 1), end=PartialDate.day(dt.date(2026, 11, 22)))
    year = planned(PartialDate.fiscal(2027))
    planned(dt.date(2027, 2, 21))
    planned(dt.date(2026, 11, 21))
    planned(PartialDate.season(2027, "spring"))
    planned(PartialDate.unknown())
    planned(PartialDate.unknown(), end=ONGOING)
    make_engagement(start=dt.date(2026, 12, 1))

    found = ahead()

    assert found.rows == [year, goes_on, today, last]
    assert (found.total.value, found.further, found.undated.value) == (4, 0, 2)


def test_what_begins_soon_and_is_not_approved_is_told_apart():
    planned(dt.date(2026, 12, 22), Stage.SUBMITTED)
    planned(dt.date(2026, 12, 23), Stage.SUBMITTED)
    planned(dt.date(2026, 12, 1), Stage.RETURNED)
    planned(dt.date(2026, 12, 1), Stage.APPROVED)
    planned(dt.date(2026, 10, 1), Stage.SUBMITTED, end=ONGOING)

    found = ahead()

    assert (found.total.value, found.awaiting.value, found.unapproved.value) == (5, 3, 3)


def test_of_many_the_first_are_shown_and_the_rest_is_counted():
    for _ in range(12):
        planned(dt.date(2026, 12, 1))

    found = ahead()

    assert (len(found.rows), found.further, found.total.value) == (10, 2, 12)


def test_takes_as_many_queries_for_three_as_for_one(django_assert_num_queries):
    planned(dt.date(2026, 12, 1), countries=[make_country()])
    with django_assert_num_queries(4):
        plans(), ahead()
    for place in ("NO", "FR"):
        planned(dt.date(2026, 12, 1), countries=[make_country(place)])
    with django_assert_num_queries(4):
        plans(), ahead()
