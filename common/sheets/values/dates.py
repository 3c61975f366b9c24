"""Dates as people write them in a list, read as precisely as they are told and no more.

`read_date` takes a cell: a real date, a number or a text in English or French. What can be read in two
ways is `Unclear`; what is no date is `NotADate`, with a sentence that says what would be right.
"""

import datetime as dt
from dataclasses import dataclass, replace
from functools import lru_cache

from common.partial_dates import FIRST_YEAR, LAST_YEAR, PartialDate, Precision
from common.sheets.book import Cell
from common.sheets.values import date_words as words
from common.sheets.values.cells import LONGEST, has_odd_digits, text_of
from common.sheets.values.date_problems import NotADate, Unclear, out_of_range, unreadable
from common.sheets.values.date_ranges import split_ends
from common.sheets.values.date_single import DEFAULT, Habits, as_precise, read_single
from common.sheets.values.nothing import says_nothing
from common.text import fold

__all__ = ["Habits", "NotADate", "Told", "Unclear", "end_of", "precision_of", "read_date"]

NOT_GIVEN = PartialDate(Precision.NOT_GIVEN)
ONGOING = PartialDate(Precision.ONGOING)
# Days since the spreadsheet's first: 1940 to 2099, so that no year and no amount is taken for one.
SERIALS = range(14_611, 73_051)
EPOCHS = {1900: dt.date(1899, 12, 30), 1904: dt.date(1904, 1, 1)}
SERIAL = "serial"


@dataclass(frozen=True)
class Told:
    """One date, or both ends of a range. `note` is "serial" where a day was read from a number."""

    start: PartialDate
    end: PartialDate | None = None
    note: str = ""


def end_of(told: Told) -> PartialDate:
    """What a cell of a column of ends tells: the end of a range, or the date alone."""
    date = told.end or told.start
    return NOT_GIVEN if date.precision == Precision.UNKNOWN else date


def precision_of(text: str) -> str:
    """The slug of a precision said in either language: "fiscal year", "exercice"; "" for another word."""
    return words.PRECISIONS.get(fold(text[:LONGEST]), "")


def read_date(
    cell: Cell,
    order: str = "",
    *,
    habits: Habits = DEFAULT,
    precision: str = "",
    is_end: bool = False,
) -> Told | None:
    """The date a cell tells; None where it tells nothing.

    `order` ("dmy", "mdy", "ymd") decides 03/04/2010, `habits` what else its column is known for, and
    `precision` (a slug, said in the same row) what the date is of. Raises NotADate and Unclear.
    """
    if order and order != habits.order:
        habits = replace(habits, order=order)
    if isinstance(cell, bool):
        raise unreadable(text_of(cell))
    if isinstance(cell, dt.date):
        return _told(cell_day(cell), precision or habits.precision, is_end)
    if isinstance(cell, int | float):
        return _number(cell, habits, precision, is_end)
    return _text(text_of(cell), habits, precision, is_end)


def cell_day(cell: dt.date) -> PartialDate:
    """A real date. The time of day goes: an engagement has none."""
    day = cell.date() if isinstance(cell, dt.datetime) else cell
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise out_of_range(day.isoformat())
    return PartialDate.day(day)


def _told(date: PartialDate, precision: str, is_end: bool, note: str = "") -> Told:
    return Told(as_precise(date, precision, is_end=is_end), note=note)


def _number(number: float, habits: Habits, precision: str, is_end: bool) -> Told:
    if number == number and FIRST_YEAR <= number < SERIALS.stop and int(number) in SERIALS:
        day = EPOCHS[habits.epoch] + dt.timedelta(days=int(number))
        return _told(PartialDate.day(day), precision, is_end, SERIAL)
    if number % 1:  # 2010.5 is half of a year, not May
        raise unreadable(text_of(number))
    return _one(text_of(number), habits, precision, is_end)


def _text(text: str, habits: Habits, precision: str, is_end: bool) -> Told | None:
    if len(text) > LONGEST or has_odd_digits(text):
        raise unreadable(text)
    folded = fold(text).strip(" ,;:")
    if said := _said_in_a_word(folded):
        return said
    if says_nothing(text):
        return _hinted(precision)
    if folded.isascii() and folded.isdigit() and len(folded) == 5:
        return _number(int(folded), habits, precision, is_end)
    return _one(text, habits, precision, is_end)


def _said_in_a_word(folded: str) -> Told | None:
    bare = folded.strip("().* ")
    if bare in words.ONGOING:
        return Told(PartialDate.unknown(), ONGOING)
    if bare in words.UNKNOWN or folded in words.UNKNOWN:
        return Told(PartialDate.unknown())
    return Told(NOT_GIVEN) if bare in words.NOT_GIVEN else None


def _hinted(precision: str) -> Told | None:
    """An empty cell in a row whose precision says why."""
    if precision == Precision.ONGOING:
        return Told(PartialDate.unknown(), ONGOING)
    return Told(PartialDate.unknown()) if precision == Precision.UNKNOWN else None


@lru_cache(maxsize=10_000)  # the same dates are told over and over in a list
def _one(text: str, habits: Habits, precision: str, is_end: bool) -> Told:
    folded = fold(text).strip(" ,;:")
    try:
        return _told(read_single(folded, text, habits, precision), precision, is_end)
    except NotADate as problem:
        if problem.code != "unreadable":
            raise
        ends = _open(folded, text, habits, precision) or split_ends(folded, text, habits, precision)
        if ends is None:
            raise
    start, end = ends
    return Told(as_precise(start, precision), as_precise(end, precision, is_end=True))


def _open(
    folded: str, text: str, habits: Habits, precision: str
) -> tuple[PartialDate, PartialDate] | None:
    """Since 2001 · until 2004 · 2001 to present · 2001-."""
    for pattern, before in ((words.SINCE, False), (words.UNTIL, True)):
        if found := pattern.match(folded):
            try:
                date = read_single(found["rest"], text, habits, precision)
            except (NotADate, Unclear):
                continue
            return (PartialDate.unknown(), date) if before else (date, ONGOING)
    if folded.endswith("-"):
        return _single_or_none(folded.rstrip("- "), text, habits, precision, NOT_GIVEN)
    for between in words.BETWEEN:
        for found in between.finditer(folded):
            if folded[found.end() :].strip("(). ") in words.ONGOING:
                left = words.FROM.match(folded[: found.start()].strip())
                rest = left["rest"] if left else folded[: found.start()].strip()
                return _single_or_none(rest, text, habits, precision, ONGOING)
    return None


def _single_or_none(
    folded: str, text: str, habits: Habits, precision: str, end: PartialDate
) -> tuple[PartialDate, PartialDate] | None:
    try:
        return read_single(folded, text, habits, precision), end
    except NotADate:
        return None
