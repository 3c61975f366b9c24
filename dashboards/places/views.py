"""The page of places: every region and country reached, under the one filter."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import everyone_signed_in
from accounts.http import PortalRequest
from dashboards import blocks
from dashboards.links import joined
from dashboards.metrics.places import InCountry, InRegion, Places
from dashboards.places.options import SORT, PlaceOptions, Sort, place_options
from dashboards.views import addresses, filter_of, is_choosing, template
from engagements import counting, facets
from engagements.counting import highest_sensitivity
from engagements.form_address import address_of_form
from engagements.views.list import beside_the_list
from engagements.written import Written, pack, written

PAGE = "dashboards/places.html"


@require_safe
@everyone_signed_in
@vary_on_headers("HX-Request")
@address_of_form
def places(request: PortalRequest) -> HttpResponse:
    filters, options = filter_of(request, SORT), place_options(request.GET)
    problems = [*filters.problems, *options.problems]
    context: dict[str, Any] = addresses(filters, options, "dashboards:places")
    context |= {"filters": filters, "options": options, "problems": problems, "kept_as": "places"}
    # The form of the order sends the order along by itself.
    context["kept"] = [pair for pair in context["kept"] if pair[0] != SORT]
    if problems:
        return render(request, template(request, PAGE), context, status=400)
    context["query"] = joined(filters.query, options.shared_query)
    scope = blocks.scope_of(filters, timezone.localdate(), options)
    choosing = is_choosing(request)
    context |= {"scope": scope, "choosing": choosing}
    make = partial(write_out, request, context, options)
    figures = written("places", filters, scope.today, make, choosing)
    context |= {"written": figures, "total": figures.total, "marking": figures.marking}
    if choosing:
        context |= beside_the_list(request, filters, filters.queryset)
        context["marking"] = highest_sensitivity(figures.marking, *facets.counted(filters))
    response = render(request, template(request, PAGE), context)
    if request.htmx:
        response["HX-Push-Url"] = context["choose_url" if choosing else "chosen_url"]
    return response


def write_out(request: PortalRequest, context: dict[str, Any], options: PlaceOptions) -> Written:
    """The map and the table, as they stand on the page."""
    scope = context["scope"]
    total = counting.count(scope.engagements)
    if not total:
        return Written(total=0, marking=0)
    found = blocks.places(scope, in_full=True)
    besides = {
        "places": found,
        "total": total,
        "orders": [(value, str(label), value == options.sort) for value, label in Sort.choices],
        "order": options.sort,
        "rows": in_order(found["counted"], options.sort),
    }
    return Written(
        total=total,
        marking=highest_sensitivity(scope.engagements),
        packed=pack(
            render_to_string("dashboards/places/_figures.html", context | besides, request)
        ),
    )


def in_order(counted: Places, order: str) -> Sequence[InRegion | InCountry]:
    """By region, regions between their countries; else the countries alone."""
    if order == Sort.REGION:
        return counted.rows
    return sorted(counted.countries, key=by_number if order == Sort.NUMBER else by_last)


def by_number(one: InCountry) -> tuple[int, ...]:
    return (-one.engagements.count, *by_last(one))


def by_last(one: InCountry) -> tuple[int, ...]:
    """The latest fiscal year first; in it where most was done."""
    if one.last is None or one.last_year is None:
        return (0, 0)
    return (-one.last_year.ends, -one.last.count)
