"""One date out of a text that has been folded: numbers, then words."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from common.partial_dates import (
    FIRST_YEAR,
    LAST_YEAR,
    SEASON_MONTHS,
    PartialDate,
    Precision,
    Season,
    last_day,
)
from common.sheets.values import date_problems as problems
from common.sheets.values import date_words as words
from common.sheets.values.date_worded import parts_of

ORDERS = ("dmy", "mdy", "ymd")
# Of two digits, from here on the last century's.
PIVOT = 50
YEAR = re.compile(r"^(\d{4})(?:\.0+)?$", re.ASCII)
EIGHT = re.compile(r"^(\d{4})(\d\d)(\d\d)$", re.ASCII)
MOMENT = re.compile(r"^(\d{4}-\d\d?-\d\d?)(?:t|\s+)\d\d?:\d\d[:\d.z+-]*(?:\s*[ap]m)?$", re.ASCII)
CLOCK = re.compile(r"^(\d\d?/\d\d?/\d{4})\s+\d\d?:\d\d[:\d]*(?:\s*[ap]m)?$", re.ASCII)
THREE = re.compile(r"^(\d{1,4})\s?([/. -])\s?(\d{1,2})\s?\2\s?(\d{1,4})$", re.ASCII)
YEAR_FIRST = re.compile(r"^(\d{4})\s?([-/.])\s?(\d{1,2})$", re.ASCII)
YEAR_LAST = re.compile(r"^(\d{1,2})\s?[-/.]\s?(\d{4})$", re.ASCII)
TWO_YEARS = re.compile(r"^(\d{4})\s?([-/])\s?(\d{4})$", re.ASCII)
SHORT_YEARS = re.compile(r"^(\d\d)\s?[-/]\s?(\d\d)$", re.ASCII)
WINTER = re.compile(r"^(?:winter|hiver)(?: de)?\s+(\d{4})\s?[-/]\s?(\d{2}|\d{4})$", re.ASCII)


@dataclass(frozen=True)
class Habits:
    """What a column is known for. `order`: that of numbers, "" while it does not show.

    `fiscal`: whether 2004-05 is a fiscal year (None: both were seen). `fiscal_years`: the heading says
    that years are fiscal ones. `precision`: "month" or "year" where it says that. `epoch`: from which year
    the spreadsheet counts days, 1900 or 1904.
    """

    order: str = ""
    fiscal: bool | None = True
    fiscal_years: bool = False
    precision: str = ""
    epoch: int = 1900


DEFAULT = Habits()


def read_single(folded: str, text: str, habits: Habits, precision: str = "") -> PartialDate:
    """The date a folded text tells; `text` is what a message repeats. Raises NotADate, Unclear."""
    folded = _outside_of_brackets(folded.strip(" ,;:"))
    if found := words.FISCAL.match(folded):
        return _fiscal(found["rest"], text)
    if found := words.ABOUT.match(folded) or words.ABOUT_AFTER.match(folded):
        return _about(found["rest"], text, habits)
    if found := MOMENT.match(folded) or CLOCK.match(folded):
        folded = found[1]
    return _numbers(folded, text, habits, precision) or _words(folded, text)


def as_precise(date: PartialDate, precision: str, *, is_end: bool = False) -> PartialDate:
    """The date as its row says how precisely it is known, where the two fit each other."""
    first, last = date.earliest, date.latest
    if not precision or first is None or last is None:
        return date
    if date.precision == Precision.YEAR:
        if precision == Precision.ABOUT:
            return PartialDate.year(first.year, about=True)
        if (
            precision == Precision.FISCAL_YEAR
        ):  # it begins in the year of a start, and ends in an end's
            return PartialDate.fiscal(first.year if is_end else first.year + 1)
    if date.precision == Precision.MONTH and precision == Precision.SEASON:
        return _season_by(first, is_end) or date
    if date.precision == Precision.DAY and first.day == 1:
        return _first_of(first, precision)
    return date


def _first_of(day: dt.date, precision: str) -> PartialDate:
    """A spreadsheet keeps "April 2004" as its first day, and 2004 as the first of January."""
    if precision == Precision.MONTH:
        return PartialDate.month(day.year, day.month)
    if day.month == 1 and precision in {Precision.YEAR, Precision.ABOUT}:
        return PartialDate.year(day.year, about=precision == Precision.ABOUT)
    if day.month == 4 and precision == Precision.FISCAL_YEAR:
        return PartialDate.fiscal(day.year + 1)
    return PartialDate.day(day)


def _season_by(month: dt.date, is_end: bool) -> PartialDate | None:
    """The season that begins with this month, or ends with it."""
    for season, (begins, ends) in SEASON_MONTHS.items():
        if month.month == (ends if is_end else begins % 13):
            winter_begins = season == Season.WINTER and not is_end
            return PartialDate.season(month.year + winter_begins, season)
    return None


def _outside_of_brackets(folded: str) -> str:
    whole = len(folded) > 2 and folded[0] in "([" and folded[-1] in ")]"
    return folded[1:-1].strip() if whole else folded


# --- numbers ---


def _numbers(folded: str, text: str, habits: Habits, precision: str) -> PartialDate | None:
    if found := YEAR.match(folded):
        return PartialDate.year(_year(found[1], text))
    if found := EIGHT.match(folded):
        return _day(int(found[1]), int(found[2]), int(found[3]), text)
    if found := THREE.match(folded):
        return _three(found[1], found[3], found[4], text, habits)
    if found := YEAR_FIRST.match(folded):
        return _year_first(found[1], found[2], found[3], text, habits, precision)
    if found := YEAR_LAST.match(folded):
        return _month(_year(found[2], text), int(found[1]), text)
    if found := TWO_YEARS.match(folded):
        is_fiscal = habits.fiscal_years or found[2] == "/" or precision == Precision.FISCAL_YEAR
        follow = int(found[3]) == int(found[1]) + 1
        return _fiscal(folded, text) if is_fiscal and follow else None
    if SHORT_YEARS.match(folded):
        if habits.fiscal_years or precision == Precision.FISCAL_YEAR:
            return _fiscal(folded, text)
        raise problems.short_year(text)
    return None


def _three(a: str, b: str, c: str, text: str, habits: Habits) -> PartialDate:
    if len(a) == 4:
        return _day(_year(a, text), int(b), int(c), text)
    if len(a) > 2 or len(c) not in {2, 4}:
        raise problems.unreadable(text)
    if len(c) == 2:
        return _short_three(a, b, c, text, habits)
    return _day_and_month(int(a), int(b), _year(c, text), text, habits)


def _short_three(a: str, b: str, c: str, text: str, habits: Habits) -> PartialDate:
    """03/04/10: read where the order is known, or no number but the last can be a year."""
    if habits.order == "ymd":
        return _day(_century(a), int(b), int(c), text)
    if habits.order or int(c) > 31:
        return _day_and_month(int(a), int(b), _century(c), text, habits)
    readings = tuple(_possible(_century(c), (int(b), int(a)), (int(a), int(b))))
    readings += tuple(_possible(_century(a), (int(b), int(c))))
    if len(readings) < 2:
        raise problems.short_year(text)
    raise problems.day_or_month_first(text, readings)


def _possible(year: int, *told: tuple[int, int]) -> Iterator[PartialDate]:
    for month, day in told:
        if 1 <= month <= 12 and 1 <= day <= last_day(year, month).day:
            yield PartialDate.day(dt.date(year, month, day))


def _day_and_month(a: int, b: int, year: int, text: str, habits: Habits) -> PartialDate:
    """Two numbers before a year. One above 12 can only be the day."""
    if a > 12 or b > 12 or a == b:
        day, month = (a, b) if a > 12 or a == b else (b, a)
        return _day(year, month, day, text)
    if habits.order == "mdy":
        return _day(year, a, b, text)
    if habits.order == "dmy":
        return _day(year, b, a, text)
    if not a or not b:
        raise problems.unreadable(text)
    readings = (_day(year, b, a, text), _day(year, a, b, text))
    raise problems.day_or_month_first(text, readings)


def _year_first(
    first: str, sign: str, second: str, text: str, habits: Habits, precision: str
) -> PartialDate:
    """2004-05 and 2004/05: a month, or the fiscal year that begins in 2004."""
    year, number = _year(first, text), int(second)
    follows = len(second) == 2 and number == (year + 1) % 100
    if precision in {Precision.FISCAL_YEAR, Precision.MONTH, Precision.SEASON}:
        is_fiscal: bool | None = follows and precision == Precision.FISCAL_YEAR
    elif not follows or not 1 <= number <= 12:
        is_fiscal = follows
    else:
        is_fiscal = True if sign == "/" or habits.fiscal_years else habits.fiscal
    if is_fiscal is None:
        readings = (PartialDate.month(year, number), PartialDate.fiscal(year + 1))
        raise problems.fiscal_or_month(text, readings)
    return PartialDate.fiscal(year + 1) if is_fiscal else _month(year, number, text)


def _fiscal(folded: str, text: str) -> PartialDate:
    """What stands after FY: 2004-05, 2004/2005, 04-05. One year alone leaves open which it is."""
    found = re.match(r"^(\d{4}|\d{2})\s?[-/]\s?(\d{4}|\d{2})$", folded, re.ASCII)
    if not found or len(found[1]) < len(found[2]):
        raise problems.not_a_fiscal_year(text)
    first = _year(found[1], text) if len(found[1]) == 4 else _century(found[1])
    if (first + 1) % 10 ** len(found[2]) != int(found[2]) or first >= LAST_YEAR:
        raise problems.not_a_fiscal_year(text)
    return PartialDate.fiscal(first + 1)


def _about(folded: str, text: str, habits: Habits) -> PartialDate:
    date = read_single(folded, text, habits)
    if date.precision not in {Precision.YEAR, Precision.ABOUT} or date.earliest is None:
        raise problems.only_years_are_about(text)
    return PartialDate.year(date.earliest.year, about=True)


# --- words ---


def _words(folded: str, text: str) -> PartialDate:
    if found := WINTER.match(folded):
        first = _year(found[1], text)
        if (first + 1) % 10 ** len(found[2]) == int(found[2]):
            return PartialDate.season(first + 1, Season.WINTER)
    parts = parts_of(folded)
    if parts is None:
        raise problems.unreadable(text)
    return built(parts, text)


def built(parts: dict[str, str], text: str) -> PartialDate:
    """A date of its parts: day, month (a number), season, year. NotADate where one is wanting."""
    if "year" not in parts:
        told_apart = "month" in parts or "season" in parts
        raise problems.no_year(text) if told_apart else problems.unreadable(text)
    year = _year(parts["year"], text) if len(parts["year"]) == 4 else _century(parts["year"])
    if "season" in parts:
        return PartialDate.season(year, parts["season"])
    if "month" not in parts:
        if "day" in parts:
            raise problems.unreadable(text)
        return PartialDate.year(year)
    month = int(parts["month"])
    return (
        _day(year, month, int(parts["day"]), text) if "day" in parts else _month(year, month, text)
    )


def _year(digits: str, text: str) -> int:
    year = int(digits)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise problems.out_of_range(text)
    return year


def _century(digits: str) -> int:
    year = int(digits)
    return 2000 + year if year < PIVOT else 1900 + year


def _month(year: int, month: int, text: str) -> PartialDate:
    if not 1 <= month <= 12:
        raise problems.no_such_month(text, month)
    return PartialDate.month(year, month)


def _day(year: int, month: int, day: int, text: str) -> PartialDate:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise problems.out_of_range(text)
    if not 1 <= month <= 12:
        raise problems.no_such_month(text, month)
    if not 1 <= day <= last_day(year, month).day:
        raise problems.NoSuchDay(year, month)
    return PartialDate.day(dt.date(year, month, day))
