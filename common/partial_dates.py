"""Dates as precise as a source gives them, and the fiscal year they fall in.

A source says "autumn 2002", "2004-05" or "about 1998", and no day may be invented. A partial date
is kept as its precision and the earliest and latest day it can be.
"""

import calendar
import datetime as dt
from dataclasses import dataclass
from functools import cache

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

FIRST_YEAR, LAST_YEAR = 1900, 2100


class Precision(models.TextChoices):
    DAY = "day", pgettext_lazy("precision", "day")
    MONTH = "month", pgettext_lazy("precision", "month")
    SEASON = "season", pgettext_lazy("precision", "season")
    YEAR = "year", pgettext_lazy("precision", "year")
    FISCAL_YEAR = "fiscal-year", pgettext_lazy("precision", "fiscal year")
    ABOUT = "about", pgettext_lazy("precision", "about (year)")
    UNKNOWN = "unknown", pgettext_lazy("precision", "unknown")
    ONGOING = "ongoing", pgettext_lazy("precision", "ongoing")
    NOT_GIVEN = "not-given", pgettext_lazy("precision", "not given")


START_PRECISIONS = [p for p in Precision if p not in {Precision.ONGOING, Precision.NOT_GIVEN}]
END_PRECISIONS = [p for p in Precision if p != Precision.UNKNOWN]
# Those that have days; the others say why there are none.
DATED = set(Precision) - {Precision.UNKNOWN, Precision.ONGOING, Precision.NOT_GIVEN}


class Season(models.TextChoices):
    WINTER = "winter", gettext_lazy("winter")
    SPRING = "spring", gettext_lazy("spring")
    SUMMER = "summer", gettext_lazy("summer")
    AUTUMN = "autumn", gettext_lazy("autumn")


# First and last month a season can reach, by the weather's count or the sun's. Winter begins in the
# December before: "winter 2005" is 2004-12 to 2005-03.
SEASON_MONTHS = {
    Season.WINTER: (-1, 3),
    Season.SPRING: (3, 6),
    Season.SUMMER: (6, 9),
    Season.AUTUMN: (9, 12),
}


def last_day(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


@dataclass(frozen=True, slots=True)
class PartialDate:
    """precision, with the earliest and latest day it can be (None where it has no days)."""

    precision: str
    earliest: dt.date | None = None
    latest: dt.date | None = None

    # --- made from what people say ---

    @classmethod
    def day(cls, day: dt.date) -> "PartialDate":
        return cls(Precision.DAY, day, day)

    @classmethod
    def month(cls, year: int, month: int) -> "PartialDate":
        return cls(Precision.MONTH, dt.date(year, month, 1), last_day(year, month))

    @classmethod
    def season(cls, year: int, season: str) -> "PartialDate":
        first, last = SEASON_MONTHS[Season(season)]
        begins = dt.date(year - 1, 12, 1) if first < 0 else dt.date(year, first, 1)
        return cls(Precision.SEASON, begins, last_day(year, last))

    @classmethod
    def year(cls, year: int, *, about: bool = False) -> "PartialDate":
        precision = Precision.ABOUT if about else Precision.YEAR
        return cls(precision, dt.date(year, 1, 1), dt.date(year, 12, 31))

    @classmethod
    def fiscal(cls, ends: int) -> "PartialDate":
        return cls(Precision.FISCAL_YEAR, *FiscalYear(ends).days)

    @classmethod
    def unknown(cls) -> "PartialDate":
        return cls(Precision.UNKNOWN)

    # --- read back ---

    @property
    def is_dated(self) -> bool:
        return self.earliest is not None

    @property
    def middle(self) -> dt.date | None:
        """The day with as many possible days before as after it: it lies where most of them do."""
        if self.earliest is None or self.latest is None:
            return None
        return self.earliest + (self.latest - self.earliest) / 2

    @property
    def fiscal_year(self) -> "FiscalYear | None":
        """The fiscal year that holds most of the days it can be; None where it has no days."""
        return FiscalYear.of(self.middle) if self.middle else None

    @property
    def season_name(self) -> Season | None:
        if self.precision != Precision.SEASON or self.latest is None:
            return None
        return next(s for s, (_first, last) in SEASON_MONTHS.items() if last == self.latest.month)

    @property
    def year_number(self) -> int | None:
        """The year it is told by: of a season its own, of a fiscal year the one it ends in."""
        return self.latest.year if self.latest else None

    def __str__(self) -> str:
        return SAID[Precision(self.precision)](self) if self.precision else ""


def _say_season(date: PartialDate) -> str:
    said: dict[Season | None, str] = {
        Season.WINTER: _("winter %(year)d"),
        Season.SPRING: _("spring %(year)d"),
        Season.SUMMER: _("summer %(year)d"),
        Season.AUTUMN: _("autumn %(year)d"),
    }
    return said[date.season_name] % {"year": date.year_number}


SAID = {
    Precision.DAY: lambda date: date.earliest.isoformat(),
    Precision.MONTH: lambda date: f"{date.earliest:%Y-%m}",
    Precision.SEASON: _say_season,
    Precision.YEAR: lambda date: str(date.year_number),
    Precision.FISCAL_YEAR: lambda date: str(FiscalYear(date.year_number)),
    Precision.ABOUT: lambda date: _("about %(year)d") % {"year": date.year_number},
    Precision.UNKNOWN: lambda date: pgettext("date", "unknown"),
    Precision.ONGOING: lambda date: pgettext("date", "ongoing"),
    Precision.NOT_GIVEN: lambda date: pgettext("date", "not given"),
}


@dataclass(frozen=True, order=True)
class FiscalYear:
    """1 April to 31 March, named by the year it ends in: FiscalYear(2027) is 2026-27."""

    ends: int

    @classmethod
    def of(cls, day: dt.date) -> "FiscalYear":
        return cls(day.year + (day.month >= 4))

    @classmethod
    def parse(cls, text: str) -> "FiscalYear":
        """From "2026-27"; ValueError for anything else, "2026-28" included."""
        first, dash, second = text.strip().partition("-")
        if not (
            dash
            and len(first) == 4
            and len(second) == 2
            and (first + second).isascii()
            and (first + second).isdigit()
        ):
            raise ValueError(text)
        year = cls(int(first) + 1)
        if str(year) != text.strip() or not FIRST_YEAR <= year.ends <= LAST_YEAR + 1:
            raise ValueError(text)
        return year

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        return dt.date(self.ends - 1, 4, 1), dt.date(self.ends, 3, 31)

    @property
    def previous(self) -> "FiscalYear":
        return FiscalYear(self.ends - 1)

    def __str__(self) -> str:
        return f"{self.ends - 1}-{self.ends % 100:02d}"


def a_year_before(day: dt.date) -> dt.date:
    """The same day of the year before; of 29 February, the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def month_names() -> list[tuple[int, str]]:
    """1 to 12 with their names in the reader's language."""
    return list(_month_names(get_language()))


@cache
def _month_names(_language: str | None) -> tuple[tuple[int, str], ...]:
    return tuple((month, date_format(dt.date(2001, month, 1), "F")) for month in range(1, 13))
