"""What the filter of engagements takes besides: fiscal years, partners by their names."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from common.filter_fields import Find, records
from common.partial_dates import FIRST_YEAR, LAST_YEAR, FiscalYear
from common.text import LINE_LENGTH, fold, words_of

UNKNOWN = "unknown"


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


def partners_by_code_or_name(queryset: QuerySet) -> Find:
    """Find partners by code or, as people type them, by their whole name or acronym."""

    def find(asked: list[str]) -> dict[str, Any]:
        found = records(queryset, "code")(asked)
        for text in asked:
            if text not in found and (partner := named(queryset, text)):
                found[text] = partner
        return found

    return find


def named(queryset: QuerySet, text: str) -> Any:
    """The one partner called `text` (name, acronym, label; accents and case aside), or None."""
    wanted = fold(text[:LINE_LENGTH])
    words = Q()
    for word in words_of(wanted.replace("(", " ").replace(")", " ")):
        words &= Q(search_text__contains=word)
    same = [
        partner
        for partner in queryset.filter(words)[:50]
        if wanted in {fold(partner.label), *partner.search_text.split("\n")}
    ]
    return same[0] if len(same) == 1 else None
