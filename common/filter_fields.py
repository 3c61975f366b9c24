"""What filters in the address bar take: codes, days, words. Each wrong value is named."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Choices, QuerySet
from django.utils.translation import gettext_lazy as _

from common.partial_dates import FIRST_YEAR, LAST_YEAR, FiscalYear
from common.text import PlainTextField

# Of one parameter. Each may be a condition or a look-up of its own: SQLite refuses a thousand of them.
MOST_CHOSEN = 200
TOO_MANY = _("At most %(most)s conditions can be required at once. Take some out of the address.")

# Values asked for → what each of them stands for; one that stands for nothing is left out.
Find = Callable[[list[str]], dict[str, Any]]


class CodesField(forms.Field):
    """Several codes, cleaned to what they stand for: {code as asked: record}."""

    widget = forms.SelectMultiple

    def __init__(self, *, find: Find, unknown: str, **kwargs) -> None:
        self.find, self.unknown = find, unknown
        super().__init__(**kwargs)

    def clean(self, value: Iterable[str] | None) -> dict[str, Any]:
        asked = list(dict.fromkeys(text.strip() for text in value or [] if text.strip()))
        if not asked:
            return {}
        if len(asked) > MOST_CHOSEN:
            raise ValidationError(TOO_MANY, params={"most": MOST_CHOSEN}, code="too_many")
        # A NUL reaches no database; nothing has such a code.
        found = self.find([text for text in asked if "\x00" not in text])
        missing = [text for text in asked if text not in found]
        if missing:
            raise ValidationError(
                [
                    ValidationError(self.unknown, params={"value": shown(text)}, code="unknown")
                    for text in missing
                ]
            )
        return {text: found[text] for text in asked}


class CodesFilter(django_filters.Filter):
    field_class = CodesField


class DayField(PlainTextField):
    """A day, or the first or last day of a year or fiscal year: 2026-11-22, 2026, 2026-27."""

    def __init__(self, *, last: bool = False, **kwargs) -> None:
        self.last = last
        super().__init__(**kwargs)

    def clean(self, value: str | None) -> tuple[str, dt.date] | None:
        text = super().clean(value)
        return (text, self.day(text)) if text else None

    def day(self, text: str) -> dt.date:
        try:
            first, last = days_of(text)
        except ValueError:
            raise ValidationError(
                _(
                    "“%(value)s” is not a date. Give a day (2026-11-22), a year (2026) "
                    "or a fiscal year (2026-27)."
                ),
                params={"value": shown(text)},
                code="invalid",
            ) from None
        return last if self.last else first


class DayFilter(django_filters.Filter):
    field_class = DayField


class WordsFilter(django_filters.Filter):
    field_class = PlainTextField


def days_of(text: str) -> tuple[dt.date, dt.date]:
    """First and last day of what a text names; ValueError for anything else."""
    if len(text) == 10:
        day = dt.date.fromisoformat(text)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(text)
        return day, day
    if (
        len(text) == 4
        and text.isascii()
        and text.isdigit()
        and FIRST_YEAR <= int(text) <= LAST_YEAR
    ):
        return dt.date(int(text), 1, 1), dt.date(int(text), 12, 31)
    return FiscalYear.parse(text).days


def choices(values: type[Choices]) -> Find:
    """Find members of a TextChoices by value."""
    return lambda asked: {text: values(text) for text in asked if text in values.values}


def records(queryset: QuerySet, column: str) -> Find:
    """Find records by the code in `column`."""

    def find(asked: list[str]) -> dict[str, Any]:
        return {
            getattr(record, column): record
            for record in queryset.filter(**{f"{column}__in": asked})
        }

    return find


def shown(text: str) -> str:
    """A value to quote in a message: short, and without what cannot be shown."""
    text = "".join(char for char in text if char.isprintable())
    return text if len(text) <= 40 else f"{text[:39]}…"
