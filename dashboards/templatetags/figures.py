"""How templates print a figure: as a link to exactly what it counted."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from common.templatetags.liaison import money
from dashboards.figures import Figure
from dashboards.links import Under, address_of
from dashboards.metrics.facts import PAIRS
from dashboards.metrics.partners import PartnerLine
from dashboards.metrics.volume import Comparison
from dashboards.partners.sentences import time_in_words

register = template.Library()


@register.filter
def listed_under(figure: Figure, filters: Under) -> str:
    """The address of the figure's list, or page: {{ cell.engagements|listed_under:filters }}."""
    return address_of(filters, figure)


@register.simple_tag(takes_context=True)
def figure_link(context: Any, figure: Figure, text: Any = None) -> SafeString:
    """The figure, or the words given for it, as a link to its list, or page."""
    words = number(figure.value) if text is None else text
    return format_html('<a href="{}">{}</a>', address_of(context["filters"], figure), words)


@register.simple_tag
def shown(figure: Figure, as_money: bool = False) -> SafeString | str:
    """The figure alone: a number, or an amount of money."""
    return number(figure.value, as_money)


@register.simple_tag
def number_shown(value: int | Decimal, as_money: bool = False) -> SafeString | str:
    """A number that has no list."""
    return number(value, as_money)


@register.simple_tag
def change(compared: Comparison, as_money: bool = False) -> SafeString | str:
    """+3, −2, "+$22,450 (+36%)" or "no change"."""
    difference = compared.change
    if not difference:
        return _("no change") if difference is not None else ""
    amount = signed(difference, number(max(difference, -difference), as_money))
    if compared.percent is None:
        return amount
    percent = signed(compared.percent, localize(abs(compared.percent)))
    # Translators: a change in hundredths. French: (%(percent)s %%) with a no-break space.
    return format_html("{} {}", amount, _("(%(percent)s%%)") % {"percent": percent})


def signed(difference: int | Decimal, words: SafeString | str) -> SafeString:
    """+3, −2; nothing moves by none."""
    sign = "−" if difference < 0 else "+" if difference else ""
    return format_html("{}{}", sign, words)


def number(value: int | Decimal, as_money: bool = False) -> SafeString | str:
    """Money to the dollar: cents are in the records."""
    return money(round(value)) if as_money else localize(value)


@register.filter
def in_time(months: int) -> str:
    """So many months, from two years on in whole years."""
    return time_in_words(months)


@register.inclusion_tag("dashboards/partners/_given_and_received.html")
def given_and_received(line: PartnerLine, most: int) -> dict[str, str]:
    """A bar to the left for what was given, one to the right for what was received, 80 long at most."""
    given, received = (80 * figure.count / max(most, 1) for figure in (line.given, line.received))
    return {"x": f"{80 - given:.1f}", "given": f"{given:.1f}", "received": f"{received:.1f}"}


@register.filter
def exchanged(line: PartnerLine, direction: str) -> list[tuple[str, Figure]]:
    """What of the pairs there is of "given" or "received", each with its words."""
    words = {
        "hosted": _("visits hosted"),
        "made": _("visits made"),
        "training_given": _("training given"),
        "training_taken": _("training taken"),
        "answered": _("information answered"),
        "asked": _("information asked"),
        "assistance": _("technical assistance"),
        "assessments": _("needs assessments"),
        "deployments": _("deployments or secondments"),
        "peace_operations": _("peace operations"),
    }
    return [
        (words[name], line.pairs[name])
        for name, (is_given, _kind) in PAIRS.items()
        if is_given == (direction == "given") and line.pairs[name]
    ]
