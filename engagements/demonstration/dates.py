"""Dates as the demonstration's files say them."""

import datetime as dt
import re

from common.partial_dates import FiscalYear, PartialDate, Precision, Season

WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday"]


def parse_date(text: str, *, today: dt.date) -> PartialDate:
    """What a file says a date is; ValueError for anything else.

    "2003-02-17", "2003-02", "2003", "autumn 2002", "fiscal year 2004-05", "about 1998", "unknown",
    "ongoing", "" (not given); and counted from today "week +6 tuesday", "month -2".
    """
    try:
        return _parse(text, today)
    except ValueError as error:
        raise ValueError(f"not a date: {text}") from error


def _parse(text: str, today: dt.date) -> PartialDate:
    if text in {"unknown", "ongoing"}:
        return PartialDate(Precision(text))
    if not text:
        return PartialDate(Precision.NOT_GIVEN)
    word, _space, rest = text.partition(" ")
    if word == "week":
        return PartialDate.day(parse_weekday(rest, today=today))
    if word == "month":
        return _month_from(today, int(rest))
    if word == "about":
        return PartialDate.year(int(rest), about=True)
    if word in Season.values:
        return PartialDate.season(int(rest), word)
    if text.startswith("fiscal year "):
        return PartialDate.fiscal(FiscalYear.parse(text.removeprefix("fiscal year ")).ends)
    return _plain(text)


def parse_weekday(text: str, *, today: dt.date) -> dt.date:
    """ "+6 tuesday": the Tuesday of the sixth week after this one."""
    weeks, _space, weekday = text.partition(" ")
    monday = today - dt.timedelta(days=today.weekday())
    return monday + dt.timedelta(weeks=int(weeks), days=WEEKDAYS.index(weekday))


def _month_from(today: dt.date, months: int) -> PartialDate:
    years, month = divmod(today.month - 1 + months, 12)
    return PartialDate.month(today.year + years, month + 1)


def _plain(text: str) -> PartialDate:
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        raise ValueError(text)
    numbers = [int(part) for part in text.split("-")]
    match numbers:
        case [year]:
            return PartialDate.year(year)
        case [year, month]:
            return PartialDate.month(year, month)
        case _:
            return PartialDate.day(dt.date(*numbers))
