"""Dates as people write them in a list, read as precisely as they are told and no more."""

import datetime as dt

import pytest
from django.utils import translation

from common.partial_dates import PartialDate, Precision
from common.sheets.values.date_habits import habits_of, order_of
from common.sheets.values.dates import (
    Habits,
    NotADate,
    Told,
    Unclear,
    end_of,
    precision_of,
    read_date,
)

# As written → (as said, precision)
ONE = {
    "2010-04-03": ("2010-04-03", "day"),
    "2010/04/03": ("2010-04-03", "day"),
    "2010.04.03": ("2010-04-03", "day"),
    "20100403": ("2010-04-03", "day"),
    "3 April 2010": ("2010-04-03", "day"),
    "April 3, 2010": ("2010-04-03", "day"),
    "April 3rd, 2010": ("2010-04-03", "day"),
    "Saturday, April 3, 2010": ("2010-04-03", "day"),
    "3 avril 2010": ("2010-04-03", "day"),
    "le samedi 3 avril 2010": ("2010-04-03", "day"),
    "le 1er mai 2011": ("2011-05-01", "day"),
    "1er août 2003": ("2003-08-01", "day"),
    "3-Apr-10": ("2010-04-03", "day"),
    "13/04/2010": ("2010-04-13", "day"),
    "04/13/2010": ("2010-04-13", "day"),
    "25/12/98": ("1998-12-25", "day"),
    "2010-05-03 00:00:00": ("2010-05-03", "day"),
    "2010-05-03T14:30:00Z": ("2010-05-03", "day"),
    "2010-04": ("2010-04", "month"),
    "04/2010": ("2010-04", "month"),
    "Apr-10": ("2010-04", "month"),
    "avr. 2010": ("2010-04", "month"),
    "Sept. 2010": ("2010-09", "month"),
    "févr. 2010": ("2010-02", "month"),
    "June 2004": ("2004-06", "month"),
    "autumn 2002": ("autumn 2002", "season"),
    "fall 2002": ("autumn 2002", "season"),
    "Fall '02": ("autumn 2002", "season"),
    "automne 2002": ("autumn 2002", "season"),
    "hiver 2005": ("winter 2005", "season"),
    "winter 2004-05": ("winter 2005", "season"),
    "été 2004": ("summer 2004", "season"),
    "printemps 2004": ("spring 2004", "season"),
    "2004": ("2004", "year"),
    "2004.0": ("2004", "year"),
    "(2004)": ("2004", "year"),
    "about 1998": ("about 1998", "about"),
    "c. 1998": ("about 1998", "about"),
    "ca 1998": ("about 1998", "about"),
    "vers 1998": ("about 1998", "about"),
    "environ 1998": ("about 1998", "about"),
    "~1998": ("about 1998", "about"),
    "1998 (approx.)": ("about 1998", "about"),
    "1998?": ("about 1998", "about"),
    "mid-1998": ("about 1998", "about"),
    "2004/05": ("2004-05", "fiscal-year"),
    "2004/2005": ("2004-05", "fiscal-year"),
    "1999/00": ("1999-00", "fiscal-year"),
    "2004-05": ("2004-05", "fiscal-year"),
    "2012-13": ("2012-13", "fiscal-year"),
    "FY 2004-05": ("2004-05", "fiscal-year"),
    "FY2004-2005": ("2004-05", "fiscal-year"),
    "FY 04/05": ("2004-05", "fiscal-year"),
    "exercice 2004-2005": ("2004-05", "fiscal-year"),
    "unknown": ("unknown", "unknown"),
    "inconnu": ("unknown", "unknown"),
    "TBD": ("unknown", "unknown"),
    "TBD / à déterminer": ("unknown", "unknown"),
}
# As written → (start, end)
RANGES = {
    "2005-2007": ("2005", "2007"),
    "2005–2007": ("2005", "2007"),
    "2004-2005": ("2004", "2005"),
    "2005 to 2007": ("2005", "2007"),
    "de 2005 à 2007": ("2005", "2007"),
    "entre 2001 et 2003": ("2001", "2003"),
    "2005 and 2006": ("2005", "2006"),
    "May 3-7, 2010": ("2010-05-03", "2010-05-07"),
    "May 3 and 4, 2010": ("2010-05-03", "2010-05-04"),
    "3-7 May 2010": ("2010-05-03", "2010-05-07"),
    "du 3 au 7 mai 2010": ("2010-05-03", "2010-05-07"),
    "du 30 mai au 2 juin 2010": ("2010-05-30", "2010-06-02"),
    "1er-3 mai 2010": ("2010-05-01", "2010-05-03"),
    "May 30 to June 2, 2010": ("2010-05-30", "2010-06-02"),
    "Dec 2, 2009 - Jan 5, 2010": ("2009-12-02", "2010-01-05"),
    "2 Dec to 5 Jan 2010": ("2009-12-02", "2010-01-05"),
    "2010-05-03 to 2010-05-07": ("2010-05-03", "2010-05-07"),
    "2010-05-03/2010-05-07": ("2010-05-03", "2010-05-07"),
    "May/June 2010": ("2010-05", "2010-06"),
    "Nov-Jan 2010": ("2009-11", "2010-01"),
    "fall 2004 – spring 2005": ("autumn 2004", "spring 2005"),
    "2004-05 to 2006-07": ("2004-05", "2006-07"),
    "since 2001": ("2001", "ongoing"),
    "depuis 2001": ("2001", "ongoing"),
    "2001 to present": ("2001", "ongoing"),
    "2001-présent": ("2001", "ongoing"),
    "until 2004": ("unknown", "2004"),
    "ended June 2004": ("unknown", "2004-06"),
    "ongoing": ("unknown", "ongoing"),
    "en cours": ("unknown", "ongoing"),
}
REFUSED = {
    "2025-02-31": "no-such-day",
    "31 April 2010": "no-such-day",
    "29 février 2001": "no-such-day",
    "2010-13-04": "no-such-month",
    "13/2010": "no-such-month",
    "1850": "out-of-range",
    "2150-01-01": "out-of-range",
    "Apr 10": "no-year",
    "spring": "no-year",
    "3 mai": "no-year",
    "FY 2005": "not-a-fiscal-year",
    "FY 2004-06": "not-a-fiscal-year",
    "about May 2004": "about",
    "2007-2005": "backwards",
    "2010-05-07 to 2010-05-03": "backwards",
    "May 1998 and October 1999": "two-dates",
    "early 1990s": "unreadable",
    "Q1 2004": "unreadable",
    "soon": "unreadable",
    "2010²": "unreadable",
    "May June July 2010": "unreadable",
    "1 2 3 4 5": "unreadable",
    "x" * 5_000: "unreadable",
}


@pytest.mark.parametrize("text", ONE)
def test_one_date_is_read_as_precisely_as_it_is_told(text):
    told = read_date(text)

    assert (str(told.start), told.start.precision, told.end) == (*ONE[text], None)


@pytest.mark.parametrize("text", RANGES)
def test_a_range_tells_both_its_ends(text):
    told = read_date(text)

    assert (str(told.start), str(told.end)) == RANGES[text]


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_a_date_says_why(text):
    with pytest.raises(NotADate) as problem:
        read_date(text)

    assert problem.value.code == REFUSED[text]


@pytest.mark.parametrize("cell", [None, "", "  ", "n/a", "-", "s. o.", "Information not available"])
def test_a_cell_that_says_nothing_tells_no_date(cell):
    assert read_date(cell) is None


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (dt.date(2010, 5, 3), "2010-05-03"),
        (dt.datetime.fromisoformat("2010-05-03"), "2010-05-03"),
        (dt.datetime.fromisoformat("2010-05-03T14:30"), "2010-05-03"),
        (1992.0, "1992"),
        (1992, "1992"),
        (20100403, "2010-04-03"),
        (20100403.0, "2010-04-03"),
    ],
)
def test_real_dates_and_numbers_are_read(cell, said):
    assert str(read_date(cell).start) == said


@pytest.mark.parametrize("cell", [True, 0, -5, 2010.5, 12345678901, float("nan"), float("inf")])
def test_other_numbers_are_no_dates(cell):
    with pytest.raises(NotADate):
        read_date(cell)


def test_a_number_of_days_is_read_and_said_to_be_one():
    assert read_date(38443) == Told(PartialDate.day(dt.date(2005, 4, 1)), note="serial")
    assert read_date("38443") == read_date(38443.25) == read_date(38443)


def test_days_are_counted_from_1904_where_the_spreadsheet_does():
    told = read_date(38443, habits=Habits(epoch=1904))

    assert str(told.start) == "2009-04-02"


def test_which_comes_first_is_asked_only_where_it_can_be_either():
    with pytest.raises(Unclear) as problem:
        read_date("03/04/2010")

    assert problem.value.code == "date_order"
    assert [str(reading) for reading in problem.value.readings] == ["2010-04-03", "2010-03-04"]
    assert str(read_date("04/04/2010").start) == "2010-04-04"


@pytest.mark.parametrize(
    ("text", "order", "said"),
    [
        ("03/04/2010", "dmy", "2010-04-03"),
        ("03/04/2010", "mdy", "2010-03-04"),
        ("03/04/10", "dmy", "2010-04-03"),
        ("10/04/03", "ymd", "2010-04-03"),
        ("04/13/2010", "dmy", "2010-04-13"),
        ("03/04/2010 - 07/04/2010", "dmy", "2010-04-03"),
    ],
)
def test_the_answer_decides(text, order, said):
    assert str(read_date(text, order).start) == said


def test_two_digits_for_a_year_are_asked_about_with_the_order():
    with pytest.raises(Unclear) as problem:
        read_date("25/12/10")

    assert [str(each) for each in problem.value.readings] == ["2010-12-25", "2025-12-10"]


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["03/04/2010", "13/04/2010"], "dmy"),
        (["03/04/2010", "04/13/2010"], "mdy"),
        (["13/04/2010", "04/13/2010"], ""),
        (["03/04/2010"], ""),
        (["2010-04-13"], ""),
        (["25/12/10"], ""),
        (["03.04.2010", "du 3.4.2010 au 15.4.2010"], "dmy"),
    ],
)
def test_a_column_shows_its_order_by_a_day_above_twelve(texts, order):
    assert order_of(texts) == order


@pytest.mark.parametrize(
    ("others", "said"),
    [
        (["2003-02"], "2004-05 month"),
        (["2003-02-11"], "2004-05 month"),
        (["2012-13"], "2004-05 fiscal-year"),
        (["2003", "2005"], "2004-05 fiscal-year"),
        (["2006-07", "2005-06"], "2004-05 fiscal-year"),
    ],
)
def test_the_other_values_decide_whether_2004_05_is_a_month(others, said):
    told = read_date("2004-05", habits=habits_of([*others, "2004-05"]))

    assert f"{told.start} {told.start.precision}" == said


def test_where_a_column_shows_both_it_is_asked_how_to_write_it():
    with pytest.raises(Unclear) as problem:
        read_date("2004-05", habits=habits_of(["2003-02", "2012-13"]))

    assert problem.value.code == "fiscal"
    assert "2004/05" in problem.value.message


def test_a_slash_is_a_fiscal_year_even_among_months():
    habits = habits_of(["2003-02", "2004/05"])

    assert read_date("2004/05", habits=habits).start == PartialDate.fiscal(2005)


def test_a_heading_makes_joined_years_fiscal_ones():
    habits = habits_of(["2004-2005"], heading="Exercice financier")

    assert read_date("2004-2005", habits=habits).start == PartialDate.fiscal(2005)
    assert read_date("04-05", habits=habits).start == PartialDate.fiscal(2005)


@pytest.mark.parametrize(
    ("heading", "order"),
    [
        ("Start (dd/mm/yyyy)", "dmy"),
        ("Début\n(jj-mm-aaaa)", "dmy"),
        ("Start (MM/DD/YY)", "mdy"),
        ("Start (yyyy-mm-dd)", ""),
        ("Start", ""),
    ],
)
def test_a_heading_says_which_comes_first(heading, order):
    assert habits_of(["03/04/2010"], heading=heading).order == order
    assert habits_of(["03/04/2010"], heading=heading, order="mdy").order == "mdy"


@pytest.mark.parametrize(
    ("heading", "said"),
    [("Month", "2004-04"), ("Start", "2004-04-01"), ("Mois / Month", "2004-04")],
)
def test_a_month_that_the_spreadsheet_keeps_as_its_first_day_is_a_month(heading, said):
    day = dt.date(2004, 4, 1)

    assert str(read_date(day, habits=habits_of([day], heading=heading)).start) == said


@pytest.mark.parametrize(
    ("cell", "precision", "is_end", "said"),
    [
        ("2004-05", "month", False, "2004-05 month"),
        ("2004-05", "fiscal-year", False, "2004-05 fiscal-year"),
        ("1998", "about", False, "about 1998 about"),
        ("2012", "fiscal-year", False, "2012-13 fiscal-year"),
        ("2013", "fiscal-year", True, "2012-13 fiscal-year"),
        ("2002-09", "season", False, "autumn 2002 season"),
        ("2002-12", "season", True, "autumn 2002 season"),
        ("2004-12", "season", False, "winter 2005 season"),
        (dt.date(2004, 5, 1), "month", False, "2004-05 month"),
        (dt.date(2004, 1, 1), "year", False, "2004 year"),
        (dt.date(2004, 4, 1), "fiscal-year", False, "2004-05 fiscal-year"),
        ("1998-03-18", "month", True, "1998-03-18 day"),
        ("2004", "day", False, "2004 year"),
    ],
)
def test_the_precision_said_in_the_row_decides_what_fits_it(cell, precision, is_end, said):
    told = read_date(cell, precision=precision, is_end=is_end)

    assert f"{told.start} {told.start.precision}" == said


def test_an_empty_cell_is_what_the_precision_says():
    assert read_date("", precision="ongoing").end == PartialDate(Precision.ONGOING)
    assert read_date("", precision="unknown").start == PartialDate.unknown()
    assert read_date("", precision="day") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [("2004-2006", "2006"), ("2006", "2006"), ("ongoing", "ongoing"), ("unknown", "not given")],
)
def test_a_column_of_ends_takes_the_end(text, said):
    assert str(end_of(read_date(text))) == said


@pytest.mark.parametrize(
    ("word", "slug"),
    [("Fiscal year", "fiscal-year"), ("au jour près", "day"), ("approx", "about"), ("mixed", "")],
)
def test_precisions_are_known_in_both_languages(word, slug):
    assert precision_of(word) == slug


def test_a_problem_is_told_in_the_language_of_who_reads_it():
    with pytest.raises(NotADate) as problem:
        read_date("2025-02-31")

    assert problem.value.message == (
        "February has 28 days in 2025. Give a day that exists, or the month alone: 2025-02."
    )
    with translation.override("fr"):
        assert problem.value.message.startswith("Février")
