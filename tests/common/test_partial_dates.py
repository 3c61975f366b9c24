"""Expected days and fiscal years are counted by hand from product.md's rule."""

import datetime as dt
import re

import pytest
from django.utils import translation

from common.partial_dates import FiscalYear, PartialDate

When = PartialDate


@pytest.mark.parametrize(
    ("date", "earliest", "latest", "fiscal_year", "english", "french"),
    [
        (When.day(dt.date(2026, 3, 31)), "2026-03-31", "2026-03-31", "2025-26", "2026-03-31", "2026-03-31"),
        (When.day(dt.date(2026, 4, 1)), "2026-04-01", "2026-04-01", "2026-27", "2026-04-01", "2026-04-01"),
        (When.month(2004, 2), "2004-02-01", "2004-02-29", "2003-04", "2004-02", "2004-02"),
        (When.season(2002, "autumn"), "2002-09-01", "2002-12-31", "2002-03", "autumn 2002", "automne 2002"),
        (When.season(2005, "summer"), "2005-06-01", "2005-09-30", "2005-06", "summer 2005", "été 2005"),
        (When.season(2005, "spring"), "2005-03-01", "2005-06-30", "2005-06", "spring 2005", "printemps 2005"),
        (When.season(2005, "winter"), "2004-12-01", "2005-03-31", "2004-05", "winter 2005", "hiver 2005"),
        (When.year(2004), "2004-01-01", "2004-12-31", "2004-05", "2004", "2004"),
        (When.fiscal(2005), "2004-04-01", "2005-03-31", "2004-05", "2004-05", "2004-05"),
        (When.year(1998, about=True), "1998-01-01", "1998-12-31", "1998-99", "about 1998", "vers 1998"),
    ],
)  # fmt: skip
def test_a_date_is_kept_and_told_as_precisely_as_it_is_known(
    date, earliest, latest, fiscal_year, english, french
):
    kept = (date.earliest.isoformat(), date.latest.isoformat(), str(date.fiscal_year))
    assert kept == (earliest, latest, fiscal_year)
    with translation.override("en"):
        assert str(date) == english
    with translation.override("fr"):
        assert str(date) == french


def test_an_unknown_date_has_no_days_and_no_fiscal_year():
    unknown = PartialDate.unknown()

    assert (unknown.earliest, unknown.latest, unknown.fiscal_year, unknown.middle) == (None,) * 4
    assert str(unknown) == "unknown"


@pytest.mark.parametrize("text", ["1999-00", "2026-27", "1900-01"])
def test_a_fiscal_year_reads_back_as_it_is_written(text):
    assert str(FiscalYear.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["2026-28", "2026-2027", "2026", "26-27", "2026-2", "²026-27", "", "0203-04"]
)
def test_what_is_not_a_fiscal_year_is_refused(text):
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        FiscalYear.parse(text)


def test_a_season_and_a_fiscal_year_know_the_year_they_are_told_by():
    assert PartialDate.season(2005, "winter").year_number == 2005
    assert PartialDate.season(2005, "winter").season_name == "winter"
    assert PartialDate.fiscal(2005).year_number == 2005
