"""How templates print bilingual text, dates, references and money."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from common.bilingual import reader_language, text_in_language
from common.times import clock_time

register = template.Library()

DATES = re.compile(r"\b\d{4}-\d{2}(-\d{2})?\b")


@register.simple_tag
def text(record: Any, name: str) -> SafeString | str:
    """A record's bilingual text; marked with its language where it is not the reader's.

    Where there is none, what the record says instead, such as "Draft without a title".
    """
    found = text_in_language(record, name)
    if not found.value:
        return getattr(record, name, "")
    if found.language == reader_language():
        return found.value
    return format_html('<span lang="{}">{}</span>', found.language, found.value)


@register.filter
def nowrap(value: Any) -> SafeString | str:
    """A date, fiscal year, reference or amount that never breaks across lines."""
    return format_html('<span class="nowrap">{}</span>', value) if value not in (None, "") else ""


@register.filter
def unbroken(words: Any) -> SafeString:
    """A sentence whose dates and fiscal years never break across lines."""
    escaped = conditional_escape(words)
    return mark_safe(DATES.sub(r'<span class="nowrap">\g<0></span>', escaped))


@register.filter
def day(value: Any) -> SafeString | str:
    """A date or moment as 2026-11-22, in the portal's time zone."""
    if not value:
        return ""
    value = localtime(value).date() if hasattr(value, "hour") else value
    return format_html('<time class="nowrap" datetime="{0}">{0}</time>', value.isoformat())


@register.filter
def moment(value: Any) -> SafeString | str:
    """A moment as 2026-11-22 14:05, in the portal's time zone."""
    if not value:
        return ""
    local = localtime(value)
    return format_html(
        '<time class="nowrap" datetime="{}">{}</time>',
        local.isoformat(timespec="minutes"),
        f"{local:%Y-%m-%d %H:%M}",
    )


@register.filter
def clock(value: dt.datetime | None) -> SafeString | str:
    """The time of a moment as 14:05, in French 14 h 05, in the portal's time zone."""
    if not value:
        return ""
    return format_html(
        '<time class="nowrap" datetime="{}">{}</time>',
        localtime(value).isoformat(timespec="minutes"),
        clock_time(value),
    )


@register.filter
def money(value: Decimal | int | None) -> SafeString | str:
    """Canadian dollars: $2,000 in English, 2 000 $ in French; cents only where there are any."""
    if value is None:
        return ""
    value = Decimal(value)
    digits = 0 if value == value.to_integral_value() else 2
    number = number_format(value, decimal_pos=digits, use_l10n=True, force_grouping=True)
    # Translators: an amount of Canadian dollars. French: %(number)s $ with a no-break space.
    return format_html('<span class="nowrap">{}</span>', _("$%(number)s") % {"number": number})


@register.filter
def lookup(mapping: Any, key: Any) -> Any:
    """mapping[key], or None."""
    return mapping.get(key)


@register.simple_tag(takes_context=True)
def here(context: Any, url: str) -> SafeString | str:
    """aria-current on the link to this page ("page") or to the part it is in ("true")."""
    path = context["request"].path
    if path == url:
        return format_html(' aria-current="{}"', "page")
    return format_html(' aria-current="{}"', "true") if path.startswith(url) else ""


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*labels_and_urls: str) -> dict:
    """The pages above this one, Home left out: {% breadcrumbs _("Engagements") list_url %}."""
    pairs = zip(labels_and_urls[::2], labels_and_urls[1::2], strict=True)
    return {"crumbs": [{"label": label, "url": url} for label, url in pairs]}


@register.simple_tag(takes_context=True)
def this_page_with(context: template.Context, **changes: Any) -> str:
    """This page's query string with some parameters changed, or left out where None.

    What a form sent empty is left out too: people share the address.
    """
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.setlist(name, [] if value is None else [str(value)])
    filled = [(name, value) for name, values in query.lists() for value in values if value]
    return f"?{urlencode(filled)}"


@register.simple_tag
def page_numbers(page: Page) -> list[int | None]:
    """The numbers to offer: the first, the last, this page and its neighbours; None for a leap."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in shown]


@register.filter
def shown_address(url: str) -> str:
    """A web address as people read it, without its https://."""
    return url.split("://", 1)[-1].rstrip("/")
