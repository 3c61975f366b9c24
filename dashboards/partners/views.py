"""The page of all partners reached: new, silent or one-way ones, opened or rolled up."""

from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import everyone_signed_in
from accounts.http import PortalRequest
from common.pagination import NoSuchPage, paginate
from dashboards import blocks
from dashboards.blocks.partners import PartnerTable, partners_found
from dashboards.links import joined
from dashboards.metrics.partners import Partners
from dashboards.options import LONGEST_SILENCE
from dashboards.partners.options import (
    CHOICES,
    Bodies,
    PartnerOptions,
    Sort,
    View,
    partner_options,
)
from dashboards.partners.sentences import sentences
from dashboards.views import address, addresses, filter_of, is_choosing, template
from engagements import facets
from engagements.counting import count, highest_sensitivity
from engagements.form_address import address_of_form
from engagements.views.list import beside_the_list
from engagements.written import Written, pack, written

PAGE = "dashboards/partners.html"
A_PAGE = 50
PAGING = ("page", "per_page")


@require_safe
@everyone_signed_in
@vary_on_headers("HX-Request")
@address_of_form
def partners(request: PortalRequest) -> HttpResponse:
    filters = filter_of(request, *CHOICES, *PAGING)
    options = partner_options(request.GET)
    found = addresses(filters, options, "dashboards:partners")
    context: dict[str, Any] = found | {"filters": filters, "options": options}
    context["kept_as"] = "partners"
    # The form of the filter sends the order along by itself.
    context["kept"] = [pair for pair in found["kept"] if pair[0] != "sort"]
    if filters.problems or options.problems:
        context["problems"] = [*filters.problems, *options.problems]
        # A part that HTMX asked for is shown with 422; other refusals it only tells of.
        return render(
            request, template(request, PAGE), context, status=422 if request.htmx else 400
        )
    scope = blocks.scope_of(filters, timezone.localdate(), options)
    choosing = is_choosing(request)
    context |= {"scope": scope, "choosing": choosing}
    try:
        figures = written(
            "partners", filters, scope.today, partial(write_out, request, context), choosing
        )
    except NoSuchPage as missing:
        return render(request, template(request, PAGE), context | {"missing": missing}, status=404)
    context |= {"written": figures, "total": figures.total, "marking": figures.marking}
    if choosing:
        context |= beside_the_list(request, filters, filters.queryset)
        context["marking"] = highest_sensitivity(figures.marking, *facets.counted(filters))
    response = render(request, template(request, PAGE), context)
    if request.htmx:
        response["HX-Push-Url"] = address_to_share(request, context)
    return response


def write_out(request: PortalRequest, context: dict[str, Any]) -> Written:
    """The partners, as they stand on the page; NoSuchPage where the address asks for one beyond the last."""
    shown = whom(request, context["scope"], context["options"])
    part = "_reached" if shown["reached"] else "_nobody"
    html = render_to_string(f"dashboards/partners/{part}.html", context | shown, request)
    return Written(total=shown["total"], marking=shown["marking"], packed=pack(html))


def whom(request: PortalRequest, scope: blocks.Scope, options: PartnerOptions) -> dict[str, Any]:
    found = partners_found(scope)
    among = found.tops if options.is_rolled_up else found.reached
    looked_for = found.matching(options.view, among)
    page = paginate(request, in_order(found, looked_for, options), size=A_PAGE)
    return {
        "total": count(scope.engagements),
        "found": found,
        "reached": len(found.reached),
        "among": len(among),
        "page": page,
        "table": PartnerTable(lines=found.lines(page, looked_for)),
        "sentences": sentences(
            found, joined(scope.filters.query, replace(options, view=View.ALL.value).query), among
        ),
        "csv_url": address(
            reverse("dashboards:partners_csv"), scope.filters.query, options.shared_query
        ),
        "tabs": tabs(found, among, scope, options),
        "carried": [pair for pair in options.pairs if pair[0] not in {"sort", "bodies", "silent"}],
        "longest_silence": LONGEST_SILENCE,
        "sorts": choices(Sort, options.sort),
        "bodies": choices(Bodies, options.bodies),
        "marking": highest_sensitivity(found.sensitivity, scope.engagements),
    }


def in_order(
    found: Partners, looked_for: set[int], options: PartnerOptions
) -> list[tuple[int, int]]:
    if options.is_rolled_up:
        return [(pk, 0) for pk in found.sorted(looked_for, options.sort)]
    return found.opened(looked_for, options.sort)


def tabs(
    found: Partners, among: set[int], scope: blocks.Scope, options: PartnerOptions
) -> list[dict[str, Any]]:
    """Each choice of whom to look for, with how many there are and its address."""
    url = reverse("dashboards:partners")
    return [
        {
            "view": view.value,
            "label": view.label,
            "count": len(found.matching(view, among)),
            "url": address(url, scope.filters.query, replace(options, view=view.value).query),
            "now": view.value == options.view,
        }
        for view in View
    ]


def choices(of: type[TextChoices], now: str) -> list[tuple[str, str, bool]]:
    return [(value, str(label), value == now) for value, label in of.choices]


def address_to_share(request: PortalRequest, context: dict[str, Any]) -> str:
    """What is chosen, without a form's empty fields; and the page of the table."""
    paging = [(name, request.GET[name]) for name in PAGING if request.GET.get(name)]
    url = context["choose_url"] if context.get("choosing") else context["chosen_url"]
    return f"{url}{'&' if '?' in url else '?'}{urlencode(paging)}" if paging else url
