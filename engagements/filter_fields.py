"""What the filter of engagements takes besides: fiscal years, partners by their names."""

from typing import Any

from django.db.models import Q, QuerySet

from common.filter_fields import Find, records
from common.partial_dates import FiscalYear
from common.text import LINE_LENGTH, fold, words_of

UNKNOWN_YEAR = "unknown"


def fiscal_years(asked: list[str]) -> dict[str, FiscalYear | None]:
    """Find fiscal years by name; "unknown" stands for None."""
    found: dict[str, FiscalYear | None] = {}
    for text in asked:
        if text == UNKNOWN_YEAR:
            found[text] = None
            continue
        try:
            found[text] = FiscalYear.parse(text)
        except ValueError:
            continue
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
