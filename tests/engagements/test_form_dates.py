"""A date as typed into five inputs, and what is said of one that cannot be."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from common.partial_dates import PartialDate, Precision
from engagements.forms.dates import date_from, initial_of

When = PartialDate


def told(precision, year="", month="", season="", day=""):
    return {
        "start_precision": precision,
        "start_year": year,
        "start_month": month,
        "start_season": season,
        "start_day": day,
    }


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        (told("day", "2026", "9", day="15"), When.day(dt.date(2026, 9, 15))),
        (told("day", "2024", "2", day="29"), When.day(dt.date(2024, 2, 29))),
        (told("day", "2026", "9", day="05"), When.day(dt.date(2026, 9, 5))),
        (told("month", "2026", "9"), When.month(2026, 9)),
        (told("season", "2002", season="autumn"), When.season(2002, "autumn")),
        (told("year", " 2004 "), When.year(2004)),
        (told("about", "1998"), When.year(1998, about=True)),
        (told("fiscal-year", "2004-05"), When.fiscal(2005)),
        (told("fiscal-year", "2004/05"), When.fiscal(2005)),
        (told("fiscal-year", "1999-2000"), When.fiscal(2000)),
        (told("unknown"), When.unknown()),
        (told("ongoing"), When(Precision.ONGOING)),
    ],
)
def test_a_date_is_read_as_precisely_as_it_is_told(typed, date):
    assert date_from("start", typed) == date


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        (told("day", "2026", "2", day="31"), "start_day", "There is no day “31” in 2026-02. It has 28 days."),
        (told("day", "2026", "2", day="0"), "start_day", "There is no day “0”"),
        (told("day", "2026", "2", day="-1"), "start_day", "There is no day “-1”"),
        (told("day", "2026", "2", day="000100"), "start_day", "There is no day “000100”"),
        (told("day", "0203", "2", day="3"), "start_year", "“0203” is not a year. Give four digits"),
        (told("year", "203"), "start_year", "“203” is not a year"),
        (told("year", "02026"), "start_year", "“02026” is not a year"),
        (told("year", "0019999"), "start_year", "“0019999” is not a year"),
        (told("year", "20²6"), "start_year", "“20²6” is not a year"),
        (told("year", "2101"), "start_year", "“2101” is not a year"),
        (told("fiscal-year", "2026"), "start_year", "“2026” is not a fiscal year. Write it as 2026-27."),
        (told("fiscal-year", "2026-28"), "start_year", "“2026-28” is not a fiscal year"),
        (told("fiscal-year", "2004-1905"), "start_year", "“2004-1905” is not a fiscal year"),
        (told("month", month="9"), "start_year", "Give the year"),
        (told("month", "2026"), "start_month", "Give the month"),
        (told("season", season="autumn"), "start_year", "Give the year"),
        (told("season", "2002"), "start_season", "Give the season"),
        (told("unknown", day="15"), "start_day", "“unknown” is told without the day. Clear it"),
        (told("unknown", season="winter"), "start_season", "“unknown” is told without the season"),
        (told("year", "2026", "5"), "start_month", "“year” is told without the month"),
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_at_the_part_that_is_wrong(typed, field, said):
    with pytest.raises(ValidationError) as refused:
        date_from("start", typed)

    assert list(refused.value.message_dict) == [field]
    assert said in refused.value.message_dict[field][0]


@pytest.mark.parametrize(
    "date",
    [
        When.day(dt.date(2024, 2, 29)),
        When.month(2024, 12),
        When.season(2005, "winter"),
        When.year(2004),
        When.year(1998, about=True),
        When.fiscal(2000),
        When.unknown(),
        When(Precision.NOT_GIVEN),
    ],
    ids=str,
)
def test_a_date_that_is_shown_and_sent_again_stays_as_it_was(date):
    assert date_from("start", told("") | initial_of("start", date)) == date
