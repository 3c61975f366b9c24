"""A date as precise as it is known: precision, year, month, season, day; five inputs, one value."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import lru_cache

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import FixedChoiceField
from common.partial_dates import (
    DATED,
    FIRST_YEAR,
    LAST_YEAR,
    FiscalYear,
    PartialDate,
    Precision,
    Season,
    last_day,
    month_names,
)
from common.text import PlainTextField

PARTS = ("precision", "year", "month", "season", "day")
# What each precision is told with; anything else that is filled in does not fit it.
TOLD_WITH: dict[str, tuple[str, ...]] = {
    Precision.DAY: ("year", "month", "day"),
    Precision.MONTH: ("year", "month"),
    Precision.SEASON: ("year", "season"),
    Precision.YEAR: ("year",),
    Precision.FISCAL_YEAR: ("year",),
    Precision.ABOUT: ("year",),
    Precision.UNKNOWN: (),
    Precision.ONGOING: (),
    Precision.NOT_GIVEN: (),
}
NAMES = {
    "year": gettext_lazy("the year"),
    "month": gettext_lazy("the month"),
    "season": gettext_lazy("the season"),
    "day": gettext_lazy("the day"),
}
# What a summary of errors calls each date.
SUMMARY_LABELS = {
    f"{prefix}_{part}": name
    for prefix, name in (("start", gettext_lazy("Start")), ("end", gettext_lazy("End")))
    for part in PARTS
}


def date_fields(prefix: str, precisions: Sequence[Precision]) -> dict[str, forms.Field]:
    """The five fields of one date, by name: start_precision, start_year, …"""
    seasons = [("", gettext_lazy("choose")), *Season.choices]
    small = {"inputmode": "numeric", "autocomplete": "off"}
    return {
        f"{prefix}_precision": FixedChoiceField(
            label=gettext_lazy("Known to the"),
            choices=[(p.value, p.label) for p in precisions],
            required=False,
            widget=forms.Select(attrs={"class": "select-auto"}),
        ),
        f"{prefix}_year": PlainTextField(
            label=gettext_lazy("Year"),
            required=False,
            max_length=20,
            widget=forms.TextInput(attrs={"class": "w-4", **small}),
        ),
        f"{prefix}_month": FixedChoiceField(
            label=gettext_lazy("Month"),
            choices=month_choices,
            required=False,
            widget=forms.Select(attrs={"class": "select-auto"}),
        ),
        f"{prefix}_season": FixedChoiceField(
            label=gettext_lazy("Season"),
            choices=seasons,
            required=False,
            widget=forms.Select(attrs={"class": "select-auto"}),
        ),
        f"{prefix}_day": PlainTextField(
            label=gettext_lazy("Day"),
            required=False,
            max_length=20,
            widget=forms.TextInput(attrs={"class": "w-2", **small}),
        ),
    }


def month_choices() -> list[tuple[str, str]]:
    """Asked for each time: the names are in the reader's language."""
    return [("", _("choose")), *((str(number), name) for number, name in month_names())]


def initial_of(prefix: str, date: PartialDate) -> dict[str, str]:
    """What the five inputs show for a date that is known already."""
    told = {"precision": date.precision, "year": str(date.year_number or "")}
    if date.precision == Precision.FISCAL_YEAR:
        told["year"] = str(date)
    if date.earliest and date.precision in {Precision.DAY, Precision.MONTH}:
        told["month"] = str(date.earliest.month)
    if date.earliest and date.precision == Precision.DAY:
        told["day"] = str(date.earliest.day)
    if date.precision == Precision.SEASON:
        told["season"] = str(date.season_name)
    return {f"{prefix}_{part}": value for part, value in told.items()}


def is_told(prefix: str, cleaned: Mapping) -> bool:
    """Whether anything but the precision is filled in."""
    return any(cleaned.get(f"{prefix}_{part}") for part in PARTS[1:])


def date_from(prefix: str, cleaned: Mapping) -> PartialDate:
    """The date the five values tell. ValidationError says what is wrong and names the input."""
    return told_date(prefix, *((cleaned.get(f"{prefix}_{part}") or "").strip() for part in PARTS))


# A spreadsheet says the same day many times, and each row is asked for it more than once. What is wrong is
# said anew each time, in the language of that moment.
@lru_cache(maxsize=20_000)
def told_date(prefix: str, *values: str) -> PartialDate:
    """As date_from, of the five values in their order, without blanks around them."""
    told = dict(zip(PARTS, values, strict=True))
    precision = told["precision"]
    needed = TOLD_WITH[precision]
    # A browser without a script shows all five inputs: nothing filled in is dropped without a word.
    for part in PARTS[1:]:
        if told[part] and part not in needed:
            message = _(
                "“%(precision)s” is told without %(part)s. "
                "Clear it, or choose how precisely the date is known."
            )
            said = {"precision": Precision(precision).label, "part": NAMES[part]}
            raise error(f"{prefix}_{part}", message % said)
    if precision not in DATED:
        return PartialDate(precision)
    for part in needed:
        if not told[part]:
            message = _("Give %(part)s, or say that it is known less precisely.")
            raise error(f"{prefix}_{part}", message % {"part": NAMES[part]})
    return _dated(prefix, precision, told)


def _dated(prefix: str, precision: str, told: dict[str, str]) -> PartialDate:
    if precision == Precision.FISCAL_YEAR:
        return PartialDate.fiscal(fiscal_year_from(prefix, told["year"]))
    year = year_from(prefix, told["year"])
    match precision:
        case Precision.DAY:
            return PartialDate.day(day_from(prefix, year, int(told["month"]), told["day"]))
        case Precision.MONTH:
            return PartialDate.month(year, int(told["month"]))
        case Precision.SEASON:
            return PartialDate.season(year, told["season"])
    return PartialDate.year(year, about=precision == Precision.ABOUT)


def year_from(prefix: str, text: str) -> int:
    if is_number(text, 4) and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return int(text)
    message = _("“%(value)s” is not a year. Give four digits, from %(first)s to %(last)s.")
    limits = {"value": text[:20], "first": str(FIRST_YEAR), "last": str(LAST_YEAR)}
    raise error(f"{prefix}_year", message % limits)


def fiscal_year_from(prefix: str, text: str) -> int:
    """The year a fiscal year ends in, from 2004-05, 2004/05 or 2004-2005."""
    dashed = text.replace("/", "-").replace("–", "-")
    first, _dash, second = (part.strip() for part in dashed.partition("-"))
    if is_number(first, 4) and second == str(int(first) + 1):
        second = second[2:]
    try:
        return FiscalYear.parse(f"{first}-{second}").ends
    except ValueError:
        message = _("“%(value)s” is not a fiscal year. Write it as 2026-27.")
        raise error(f"{prefix}_year", message % {"value": text[:20]}) from None


def day_from(prefix: str, year: int, month: int, text: str) -> dt.date:
    last = last_day(year, month)
    if is_number(text, 1, 2) and 1 <= int(text) <= last.day:
        return dt.date(year, month, int(text))
    message = _("There is no day “%(value)s” in %(month)s. It has %(days)s days.")
    told = {"value": text[:20], "month": f"{last:%Y-%m}", "days": str(last.day)}
    raise error(f"{prefix}_day", message % told)


def is_number(text: str, *lengths: int) -> bool:
    """Whether it is so many plain digits, and nothing else."""
    return text.isascii() and text.isdigit() and len(text) in lengths


def error(field: str, message: str) -> ValidationError:
    """A message for one field."""
    return ValidationError({field: ValidationError(message, code="invalid")})


def readback(date: PartialDate | None) -> dict | None:
    """What the form says of a date as it will be kept."""
    if date is None:
        return None
    return {
        "said": str(date),
        "earliest": date.earliest if date.earliest != date.latest else None,
        "latest": date.latest,
        "fiscal_year": date.fiscal_year,
    }
