"""What the address of a page says besides its filter: how a list is sorted, what the dashboard shows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from common.filters import Choice, Problem
from dashboards import options as dashboard
from dashboards.models import Page
from dashboards.partners.options import CHOICES, partner_options
from dashboards.places import options as places
from dashboards.said import option_said
from engagements.views.list import ORDERS
from objectives.models import Framework


@dataclass(frozen=True, kw_only=True)
class PageOptions:
    """The parameters of a page besides the filter.

    `pairs`: what is chosen otherwise than the page would. `say(name, text, frameworks)` tells one of
    them in words; KeyError where it makes no sense any more.
    """

    names: tuple[str, ...]
    problems: Callable[[QueryDict], Iterable[Problem]]
    pairs: Callable[[QueryDict], list[tuple[str, str]]]
    say: Callable[[str, str, Mapping[str, Framework]], Choice]


def options_of(page: str) -> PageOptions:
    return OPTIONS[Page(page)]


# The list


def order_problems(data: QueryDict) -> list[Problem]:
    if (data.get("sort") or "newest") in ORDERS:
        return []
    message = _("The list cannot be sorted that way. Choose newest, oldest, title or changed.")
    return [Problem(parameter="sort", message=message)]


def order_chosen(data: QueryDict) -> list[tuple[str, str]]:
    order = data.get("sort") or "newest"
    return [("sort", order)] if order != "newest" else []


def say_order(name: str, text: str, frameworks: Mapping[str, Framework]) -> Choice:
    return Choice(parameter=name, text=text, label=_("Order"), value=str(ORDERS[text]))


# The dashboard

OF_FRAMEWORKS = ("rows", "columns", "split")


def say_shown(name: str, text: str, frameworks: Mapping[str, Framework]) -> Choice:
    try:
        said = option_said(name, text, {code: one.title for code, one in frameworks.items()})
    except ValueError as wrong:
        raise KeyError(text) from wrong
    return Choice(parameter=name, text=text, label=said.label, value=said.value)


def frameworks_in(queries: Iterable[list[tuple[str, str]]]) -> dict[str, Framework]:
    """Those that any of these queries names, by code; without a query where none does."""
    codes = {text for pairs in queries for name, text in pairs if name in OF_FRAMEWORKS}
    if not codes - {dashboard.NONE}:
        return {}
    return {one.code: one for one in Framework.objects.filter(code__in=codes)}


# The page of partners


def say_partners(name: str, text: str, frameworks: Mapping[str, Framework]) -> Choice:
    if name not in CHOICES:
        return say_shown(name, text, frameworks)
    chosen = {one.value: str(one.label) for one in CHOICES[name]}
    labels = {"view": _("Partners"), "sort": _("Order"), "bodies": _("Bodies")}
    return Choice(parameter=name, text=text, label=labels[name], value=chosen[text])


# The page of places


def say_places(name: str, text: str, frameworks: Mapping[str, Framework]) -> Choice:
    if name != places.SORT:
        return say_shown(name, text, frameworks)
    chosen = {one.value: str(one.label) for one in places.Sort}
    return Choice(parameter=name, text=text, label=_("Order"), value=chosen[text])


OPTIONS = {
    Page.ENGAGEMENTS: PageOptions(
        names=("sort",), problems=order_problems, pairs=order_chosen, say=say_order
    ),
    Page.DASHBOARD: PageOptions(
        names=dashboard.OPTIONS,
        problems=lambda data: dashboard.options_of(data).problems,
        pairs=lambda data: dashboard.options_of(data).pairs,
        say=say_shown,
    ),
    Page.PARTNERS: PageOptions(
        names=(*dashboard.OPTIONS, *CHOICES),
        problems=lambda data: partner_options(data).problems,
        pairs=lambda data: partner_options(data).pairs,
        say=say_partners,
    ),
    Page.PLACES: PageOptions(
        names=(*dashboard.OPTIONS, places.SORT),
        problems=lambda data: places.place_options(data).problems,
        pairs=lambda data: places.place_options(data).pairs,
        say=say_places,
    ),
}
