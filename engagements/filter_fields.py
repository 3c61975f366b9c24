"""What the filter of engagements takes besides: fiscal years, partners by their names."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters import Filter

from accounts.models import User
from common.filter_fields import TOO_MANY, DayFilter, Find, records, shown
from common.keys import key_from
from common.partial_dates import FIRST_YEAR, LAST_YEAR, FiscalYear
from common.text import LINE_LENGTH
from engagements import counting
from engagements.index import current
from engagements.models import Engagement, Load, LoadedRow
from partners.models import PartnerQuerySet

UNKNOWN = "unknown"
# Each is a query within the query: a hundred of them would keep a database busy for minutes.
MOST_REQUIRED = 20


@dataclass(frozen=True)
class Month:
    """A month by its first day; people call it as the address does: 2026-04."""

    first: dt.date

    def __str__(self) -> str:
        return self.first.isoformat()[:7]


def fiscal_years(asked: list[str]) -> dict[str, FiscalYear | None]:
    """Find fiscal years by name; "unknown" stands for None."""
    found: dict[str, FiscalYear | None] = {}
    for text in asked:
        if text == UNKNOWN:
            found[text] = None
            continue
        try:
            found[text] = FiscalYear.parse(text)
        except ValueError:
            continue
    return found


def years_in_a_row(chosen: Mapping[str, FiscalYear | None]) -> list[str]:
    """The fiscal years of a choice, earliest first, if none is left out between them; else []."""
    known = {year.ends: text for text, year in chosen.items() if year}
    whole = known and max(known) - min(known) == len(known) - 1
    return [known[ends] for ends in sorted(known)] if whole else []


def months(asked: list[str]) -> dict[str, Month | None]:
    """Find months as 2026-04; "unknown" stands for None: the start is known to no month."""
    found: dict[str, Month | None] = {}
    for text in asked:
        if text == UNKNOWN:
            found[text] = None
        elif re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text):
            year, month = int(text[:4]), int(text[5:])
            if FIRST_YEAR <= year <= LAST_YEAR:
                found[text] = Month(dt.date(year, month, 1))
    return found


def just_one(asked: list[str]) -> dict[str, bool]:
    """Find what is asked for or not: "1" alone."""
    return {text: True for text in asked if text == "1"}


def told_records(queryset: QuerySet, column: str) -> Find:
    """Find records by the code in `column`; with the index they are read once for many requests."""
    name = f"{queryset.model.__name__} by {column}"

    def find(asked: list[str]) -> dict[str, Any]:
        if current.now() is None:
            return records(queryset, column)(asked)
        every = counting.told(name, lambda: {getattr(one, column): one for one in queryset.all()})
        return {text: every[text] for text in asked if text in every}

    return find


def partners_by_code_or_name(queryset: PartnerQuerySet) -> Find:
    """Find partners by code or, as people type them, by their whole name or acronym."""

    def find(asked: list[str]) -> dict[str, Any]:
        found = told_records(queryset, "code")(asked)
        for text in asked:
            if text not in found and (partner := queryset.called(text[:LINE_LENGTH])):
                found[text] = partner
        return found

    return find


def loads_of(user: User | None) -> Find:
    """Find loads by key: a person's own, and those that put in something this person may read now."""

    def find(asked: list[str]) -> dict[str, Any]:
        keys = {text: key for text in asked if (key := key_from(text))}
        readable = Engagement.objects.visible_to(user) if user else Engagement.objects.none()
        loaded = Load.objects.exclude(loaded_at=None).filter(key__in=keys.values())
        rows = LoadedRow.objects.filter(load=OuterRef("pk"), undone_at=None)
        holding = Exists(rows.filter(engagement__in=readable.values("pk")))
        found = loaded.filter(Q(by=user) | holding).only("key", "loaded_at")
        by_key = {load.key: load for load in found}
        return {text: by_key[key] for text, key in keys.items() if key in by_key}

    return find


def when_loaded(load: Load) -> str:
    """A load as those call it who have no business with its file: by its moment."""
    assert load.loaded_at is not None
    return gettext("on %(moment)s") % {"moment": f"{localtime(load.loaded_at):%Y-%m-%d %H:%M}"}


class AlsoField(forms.Field):
    """`name:value`, repeatable: each additionally required. Cleaned to [(name, text, record)].

    `parts` gives the filters that know the values, by name.
    """

    widget = forms.SelectMultiple

    def __init__(self, *, parts: Callable[[], Mapping[str, Filter]], **kwargs) -> None:
        self.parts = parts
        super().__init__(**kwargs)

    def clean(self, value: Iterable[str] | None) -> list[tuple[str, str, Any]]:
        asked = [text for text in dict.fromkeys(value or []) if text]
        if len(asked) > MOST_REQUIRED:
            raise forms.ValidationError(TOO_MANY, params={"most": MOST_REQUIRED})
        return [self._clean_one(text) for text in asked]

    def _clean_one(self, text: str) -> tuple[str, str, Any]:
        name, _colon, code = text.partition(":")
        part = self.parts().get(name)
        if part is None or not code.strip():
            raise forms.ValidationError(
                _(
                    "“%(value)s” cannot be required. Write objective:S3, country:FR or partner:UNODC."
                ),
                params={"value": shown(text)},
            )
        if isinstance(part, DayFilter):
            return name, code, part.field.clean(code)
        (found,) = part.field.clean([code]).values()
        return name, code, found
