import datetime as dt
from decimal import Decimal

import pytest

from common.partial_dates import FiscalYear, PartialDate, a_year_before
from dashboards.metrics.volume import key_figures
from engagements.kinds import Stage
from engagements.models import Engagement
from tests.factories import make_country, make_engagement, make_partner

TODAY = dt.date(2026, 11, 22)
THIS_YEAR = FiscalYear(2027)


def figures(year=THIS_YEAR, today=TODAY):
    return key_figures(Engagement.objects.counted(), year, today)


def values(comparison):
    return [figure.value for figure in comparison.figures]


def test_compares_this_year_with_the_same_point_and_the_whole_of_the_last():
    make_engagement(start=dt.date(2026, 4, 1))
    make_engagement(start=dt.date(2026, 11, 22))
    make_engagement(start=dt.date(2025, 4, 1))
    make_engagement(start=dt.date(2025, 11, 22))
    make_engagement(start=dt.date(2025, 11, 23))
    make_engagement(start=dt.date(2025, 3, 31))

    compared = figures().engagements

    assert values(compared) == [2, 2, 3]
    assert compared.change == 0


def test_counts_only_what_is_completed():
    for stage in [Stage.SUBMITTED, Stage.APPROVED, Stage.DRAFT]:
        make_engagement(stage=stage)
    make_engagement(stage=Stage.CANCELLED, stage_reason="The host withdrew.")

    assert values(figures().engagements) == [0, 0, 0]


def test_a_year_gone_by_is_compared_as_a_whole():
    make_engagement(start=dt.date(2025, 12, 1))
    make_engagement(start=dt.date(2024, 12, 1))
    make_engagement(start=dt.date(2024, 5, 1))

    compared = figures(year=FiscalYear(2026)).engagements

    assert compared.same_point is None
    assert values(compared) == [1, 2]
    assert compared.change == -1


def test_counts_a_partner_and_a_country_once_however_often_they_come():
    norway, benin = make_country("NO"), make_country("BJ")
    unodc, icpa = make_partner("UNODC"), make_partner("ICPA")
    make_engagement(partners=[unodc, icpa], countries=[norway])
    make_engagement(partners=[unodc], countries=[norway, benin])

    assert values(figures().partners) == [2, 0, 0]
    assert values(figures().countries) == [2, 0, 0]


def test_adds_up_people_and_cost_and_says_for_how_many_they_are_known():
    make_engagement(csc_participants=3, actual_cost="1000.50")
    make_engagement(csc_participants=2, planned_cost="9999")
    make_engagement()

    found = figures()

    assert (found.people.now.value, found.people_known) == (5, 2)
    assert (found.cost.now.value, found.cost_known) == (Decimal("1000.50"), 1)


def test_an_imprecise_start_has_begun_on_the_first_day_it_can_be():
    make_engagement(start=PartialDate.fiscal(2027))
    make_engagement(start=PartialDate.fiscal(2026))

    assert values(figures().engagements) == [1, 1, 1]


def test_takes_three_queries_however_much_there_is(django_assert_num_queries):
    make_engagement(partners=[make_partner()], countries=[make_country()])
    with django_assert_num_queries(3):
        figures()
    make_engagement(partners=[make_partner()])
    make_engagement(countries=[make_country("BJ")])
    with django_assert_num_queries(3):
        figures()


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (dt.date(2026, 11, 22), dt.date(2025, 11, 22)),
        (dt.date(2028, 2, 29), dt.date(2027, 2, 28)),
        (dt.date(2026, 3, 31), dt.date(2025, 3, 31)),
    ],
)
def test_the_same_day_last_year(day, before):
    assert a_year_before(day) == before
