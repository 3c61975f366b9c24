"""What is said of a date that cannot be read."""

import datetime as dt
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from common.partial_dates import FIRST_YEAR, LAST_YEAR, PartialDate, last_day, month_names
from common.sheets.values.cells import ValueProblem, short


class NotADate(ValueProblem):
    """A cell that tells no date, or one that cannot be. `code` "unreadable" is the least one can say."""


class Unclear(ValueProblem):
    """A cell that tells one of several dates. `code` is what has to be known: "date_order" or "fiscal"."""

    def __init__(self, code: str, message: Any, readings: tuple[PartialDate, ...], **params: Any):
        super().__init__(code, message, **params)
        self.readings = readings


class NoSuchDay(NotADate):
    """Names the month in the language of whoever reads."""

    def __init__(self, year: int, month: int) -> None:
        days = last_day(year, month).day
        message = _(
            "%(month)s has %(days)s days in %(year)s. "
            "Give a day that exists, or the month alone: %(example)s."
        )
        example = dt.date(year, month, 1).strftime("%Y-%m")
        super().__init__("no-such-day", message, days=str(days), year=str(year), example=example)
        self.month = month

    @property
    def message(self) -> str:
        name = dict(month_names())[self.month]
        return str(self._message) % {**self.params, "month": capfirst(name)}


def unreadable(text: str) -> NotADate:
    message = _(
        "“%(value)s” is not a date. Write a day as 2010-04-03, a month as 2010-04, a year as 2010, "
        "a fiscal year as 2010/11, or a season as autumn 2010."
    )
    return NotADate("unreadable", message, value=short(text))


def out_of_range(text: str) -> NotADate:
    message = _("“%(value)s” lies outside of the years %(first)s to %(last)s.")
    return NotADate(
        "out-of-range", message, value=short(text), first=str(FIRST_YEAR), last=str(LAST_YEAR)
    )


def no_such_month(text: str, month: int) -> NotADate:
    message = _("“%(value)s” has no month %(month)s. Write the month as a number from 01 to 12.")
    return NotADate("no-such-month", message, value=short(text), month=str(month))


def no_year(text: str) -> NotADate:
    message = _("“%(value)s” does not say which year. Add the year, in four digits.")
    return NotADate("no-year", message, value=short(text))


def short_year(text: str) -> NotADate:
    message = _("“%(value)s” has a year of two digits. Write the year in four, such as 2010.")
    return NotADate("short-year", message, value=short(text))


def not_a_fiscal_year(text: str) -> NotADate:
    message = _("“%(value)s” is not a fiscal year. Write it as 2004-05.")
    return NotADate("not-a-fiscal-year", message, value=short(text))


def only_years_are_about(text: str) -> NotADate:
    message = _(
        "“%(value)s”: only a year can be about. Write the year alone, such as about 1998, "
        "or the date without “about”."
    )
    return NotADate("about", message, value=short(text))


def backwards(text: str) -> NotADate:
    message = _("“%(value)s” ends before it starts. Write the earlier date first.")
    return NotADate("backwards", message, value=short(text))


def two_dates(text: str) -> NotADate:
    message = _(
        "“%(value)s” tells of two dates apart. Write the first and the last day as a range, "
        "or give each a row of its own."
    )
    return NotADate("two-dates", message, value=short(text))


def day_or_month_first(text: str, readings: tuple[PartialDate, ...]) -> Unclear:
    message = _(
        "“%(value)s” is %(first)s or %(second)s. Say once for the file which comes first, "
        "the day or the month."
    )
    first, second = (str(each) for each in readings[:2])
    return Unclear("date_order", message, readings, value=short(text), first=first, second=second)


def fiscal_or_month(text: str, readings: tuple[PartialDate, ...]) -> Unclear:
    message = _(
        "“%(value)s” is a month or a fiscal year. Write the month as %(month)s, "
        "or the fiscal year as %(fiscal)s."
    )
    month, fiscal = readings
    assert month.earliest
    assert fiscal.latest
    return Unclear(
        "fiscal",
        message,
        readings,
        value=short(text),
        month=f"{month.earliest:%Y-%m-%d}",
        fiscal=f"{month.earliest.year}/{fiscal.latest.year % 100:02d}",
    )
