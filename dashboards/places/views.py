"""The page of places: every region and country reached, under the one filter."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import everyone_signed_in
from accounts.http import PortalRequest
from common.filters import Problem
from dashboards import blocks
from dashboards.metrics.places import InCountry, InRegion, Places
from dashboards.options import options_of
from dashboards.views import addresses, filter_of, is_choosing, template
from engagements import counting, facets
from engagements.counting import highest_sensitivity
from engagements.form_address import address_of_form
from engagements.views.list import beside_the_list
from engagements.written import Written, pack, written

PAGE = "dashboards/places.html"
SORT = "sort"
REGION = "region"
ORDERS = {
    REGION: gettext_lazy("Region"),
    "number": gettext_lazy("Most engagements first"),
    "last": gettext_lazy("Last engagement first"),
}


@require_safe
@everyone_signed_in
@vary_on_headers("HX-Request")
@address_of_form
def places(request: PortalRequest) -> HttpResponse:
    filters, options = filter_of(request, SORT), options_of(request.GET)
    problems = [*filters.problems, *options.problems, *order_problems(request.GET)]
    context: dict[str, Any] = addresses(filters, options, "dashboards:places")
    context |= {"filters": filters, "problems": problems}
    if problems:
        return render(request, template(request, PAGE), context, status=400)
    order = request.GET.get(SORT) or REGION
    context |= keeping(order, context)
    scope = blocks.scope_of(filters, timezone.localdate(), options)
    choosing = is_choosing(request)
    context |= {"scope": scope, "choosing": choosing}
    make = partial(write_out, request, context, order)
    figures = written("places", filters, scope.today, make, choosing)
    context |= {"written": figures, "total": figures.total, "marking": figures.marking}
    if choosing:
        context |= beside_the_list(request, filters, filters.queryset)
        context["marking"] = highest_sensitivity(figures.marking, *facets.counted(filters))
    response = render(request, template(request, PAGE), context)
    if request.htmx:
        response["HX-Push-Url"] = context["choose_url" if choosing else "chosen_url"]
    return response


def write_out(request: PortalRequest, context: dict[str, Any], order: str) -> Written:
    """The map and the table, as they stand on the page."""
    scope = context["scope"]
    total = counting.count(scope.engagements)
    if not total:
        return Written(total=0, marking=0)
    found = blocks.places(scope, in_full=True)
    rows = in_order(found["counted"], order)
    besides = {
        "places": found,
        "total": total,
        "orders": orders(order),
        "order": order,
        "rows": rows,
    }
    return Written(
        total=total,
        marking=highest_sensitivity(scope.engagements),
        packed=pack(
            render_to_string("dashboards/places/_figures.html", context | besides, request)
        ),
    )


def order_problems(data: QueryDict) -> list[Problem]:
    if (data.get(SORT) or REGION) in ORDERS:
        return []
    message = _("Places cannot be sorted that way. Choose region, number or last.")
    return [Problem(parameter=SORT, message=message)]


def keeping(order: str, found: dict[str, Any]) -> dict[str, Any]:
    """The page's links to itself that keep its order."""
    if order == REGION:
        return {}

    def kept(url: str) -> str:
        return f"{url}{'&' if '?' in url else '?'}{SORT}={order}"

    links = {name: kept(found[name]) for name in ("clear_url", "chosen_url", "choose_url")}
    return links | {"chips": [(choice, kept(url)) for choice, url in found["chips"]]}


def orders(now: str) -> list[tuple[str, str, bool]]:
    return [(name, str(label), name == now) for name, label in ORDERS.items()]


def in_order(counted: Places, order: str) -> Sequence[InRegion | InCountry]:
    """By region, regions between their countries; else the countries alone."""
    if order == REGION:
        return counted.rows
    return sorted(counted.countries, key=by_number if order == "number" else by_last)


def by_number(one: InCountry) -> tuple[int, ...]:
    return (-one.engagements.count, *by_last(one))


def by_last(one: InCountry) -> tuple[int, ...]:
    """The latest fiscal year first; in it where most was done."""
    if one.last is None or one.last_year is None:
        return (0, 0)
    return (-one.last_year.ends, -one.last.count)
