import datetime as dt
from decimal import Decimal

import pytest

from common.partial_dates import FiscalYear, PartialDate, Precision, a_year_before
from dashboards.exports import plain
from dashboards.exports.volume import volume_lines
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


def test_adds_up_people_and_cost_and_says_for_how_many_they_are_not_known():
    make_engagement(csc_participants=3, actual_cost="1000.50")
    make_engagement(csc_participants=2, planned_cost="9999")
    make_engagement()

    found = figures()

    assert (found.people.now.value, found.no_people.value) == (5, 1)
    assert (found.cost.now.value, found.no_cost.value) == (Decimal("1000.50"), 2)


def test_an_imprecise_start_has_begun_on_the_first_day_it_can_be():
    make_engagement(start=PartialDate.fiscal(2027))
    make_engagement(start=PartialDate.fiscal(2026))

    assert values(figures().engagements) == [1, 1, 1]


@pytest.mark.parametrize(
    ("today", "counted"),
    [
        # The last day of a fiscal year: all of the year before is its same point.
        (dt.date(2027, 3, 31), [2, 2, 2]),
        # The first: this year so far is a day long, and so is its same point.
        (dt.date(2027, 4, 1), [1, 1, 2]),
    ],
)
def test_a_fiscal_year_ends_on_31_march_and_the_next_begins_on_1_april(today, counted):
    for year in (2025, 2026, 2027):
        make_engagement(start=dt.date(year, 3, 31))
        make_engagement(start=dt.date(year, 4, 1))

    assert values(figures(FiscalYear.of(today), today).engagements) == counted


@pytest.mark.parametrize(
    ("today", "counted"),
    [
        # A leap year: its 29 February is counted that day, and set against the 28th.
        (dt.date(2028, 2, 29), [2, 1, 1]),
        # The year after: 29 February was not yet come by the 28th.
        (dt.date(2029, 2, 28), [1, 1, 2]),
    ],
)
def test_29_february_is_set_against_the_28th(today, counted):
    for day in [(2027, 2, 28), (2028, 2, 28), (2028, 2, 29), (2029, 2, 28)]:
        make_engagement(start=dt.date(*day))

    assert values(figures(FiscalYear.of(today), today).engagements) == counted


def in_every_precision(ends):
    """Of the fiscal year that ends in this year, each kind of date that falls in it."""
    begins = ends - 1
    for start in [
        PartialDate.day(dt.date(begins, 11, 22)),
        PartialDate.month(begins, 11),
        PartialDate.season(begins, "autumn"),
        PartialDate.season(ends, "winter"),
        PartialDate.year(begins),
        PartialDate.year(begins, about=True),
        PartialDate.fiscal(ends),
    ]:
        make_engagement(start=start)
    make_engagement(start=dt.date(begins, 4, 1), end=PartialDate(Precision.ONGOING))
    make_engagement(start=PartialDate.unknown(), end=PartialDate.year(begins))


@pytest.mark.parametrize(
    ("today", "begun"),
    [
        # What may have begun on 1 April: the year, about the year, the fiscal year, the ongoing one.
        (dt.date(2026, 4, 1), 4),
        # From 1 September autumn may have begun; from 1 November the month; on the 22nd the day.
        (dt.date(2026, 9, 1), 5),
        (dt.date(2026, 11, 1), 6),
        (dt.date(2026, 11, 22), 7),
        # Winter 2027 from 1 December 2026.
        (dt.date(2027, 3, 31), 8),
    ],
)
def test_the_same_point_treats_every_kind_of_date_alike(today, begun):
    in_every_precision(2027)
    in_every_precision(2026)

    found = figures(FiscalYear(2027), today)

    assert values(found.engagements) == [begun, begun, 8]
    assert found.undated.value == 2


def test_a_year_and_a_season_belong_to_the_fiscal_year_that_holds_most_of_their_days():
    make_engagement(start=PartialDate.season(2002, "autumn"))
    make_engagement(start=PartialDate.year(2004))
    make_engagement(start=PartialDate.fiscal(2005))

    assert figures(FiscalYear(2003)).engagements.now.value == 1
    assert figures(FiscalYear(2005)).engagements.now.value == 2
    assert figures(FiscalYear(2004)).engagements.now.value == 0


def test_what_a_figure_measures_is_said_with_it():
    found = figures()

    measures = [{f.measure for f in compared.figures} for compared in found.comparisons]
    assert measures == [{"count"}, {"partners"}, {"countries"}, {"people"}, {"cost"}]


def test_a_change_is_told_in_hundredths_of_twenty_or_more():
    make_engagement(start=dt.date(2025, 5, 1), actual_cost="200", csc_participants=19)
    make_engagement(start=dt.date(2026, 5, 1), actual_cost="272", csc_participants=38)

    found = figures()

    assert (found.cost.change, found.cost.percent) == (72, 36)
    assert (found.people.change, found.people.percent) == (19, None)
    assert (found.engagements.change, found.engagements.percent) == (0, None)


def written(found):
    return [[plain(value) for value in line] for line in volume_lines({"figures": found})]


def test_the_lines_of_a_file_say_what_is_compared():
    make_engagement(start=dt.date(2025, 12, 1), actual_cost="20.50")
    make_engagement(start=dt.date(2026, 5, 1))

    headings, *lines = written(figures())

    assert headings == [
        "Figure", "2026-27, begun by 2026-11-22", "2025-26, begun by 2025-11-22", "All of 2025-26",
        "Change", "Engagements it is not known for",
    ]  # fmt: skip
    assert lines[0] == ["Engagements completed", 1, 0, 1, 1, 0]
    assert lines[4] == ["Actual cost (CAD)", 0, 0, Decimal("20.50"), 0, 1]
    assert len(lines) == 5


def test_the_lines_over_chosen_dates_compare_nothing():
    make_engagement()

    headings, *lines = written(figures(year=None))

    assert headings == ["Figure", "In the dates chosen", "Engagements it is not known for"]
    assert lines[0] == ["Engagements completed", 1, 0]


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
