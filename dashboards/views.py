from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import everyone_signed_in
from accounts.http import PortalRequest
from common.partial_dates import FiscalYear
from dashboards import blocks
from dashboards.links import joined
from dashboards.options import OPTIONS, Options, Words, options_of
from dashboards.saved.listing import start_of
from dashboards.worklist import worklist
from engagements import facets
from engagements.counting import highest_sensitivity
from engagements.filters import EngagementFilter
from engagements.form_address import address_of_form
from engagements.index.current import wait_for_it
from engagements.models import Engagement
from engagements.views.list import beside_the_list
from engagements.written import Written, pack, written

# The dashboard with its filter beside it.
CHOOSE = "filter"
OVERVIEW = "dashboards/overview.html"


@require_safe
@everyone_signed_in
def home(request: PortalRequest) -> HttpResponse:
    """The view that the person starts with; else their work, which says so where that view is gone."""
    view, gone = start_of(request.user)
    return redirect(view.target) if view else show_work(request, gone=gone)


@require_safe
@everyone_signed_in
def work(request: PortalRequest) -> HttpResponse:
    return show_work(request)


def show_work(request: PortalRequest, *, gone: str = "") -> HttpResponse:
    """`gone`: the name of the view they started with, where they may see it no more."""
    today = timezone.localdate()
    waiting = worklist(request.user, today)
    context = {
        "work": waiting,
        "marking": waiting.marking,
        "year": FiscalYear.of(today),
        "gone": gone,
    }
    return render(request, "dashboards/home.html", context)


@require_safe
@everyone_signed_in
@vary_on_headers("HX-Request")
@address_of_form
def overview(request: PortalRequest) -> HttpResponse:
    wait_for_it()
    filters, options = filter_of(request), options_of(request.GET)
    if filters.problems or options.problems:
        return refuse(request, filters, options)
    scope = blocks.scope_of(filters, timezone.localdate(), options)
    choosing = is_choosing(request)
    make = partial(write_out, request, scope, choosing)
    figures = written("dashboard", filters, scope.today, make, choosing)
    found = addresses(filters, options)
    context: dict[str, Any] = found | {"filters": filters, "written": figures}
    context |= {"total": figures.total, "marking": figures.marking}
    if choosing:
        context |= {"choosing": True, **beside_the_list(request, filters, filters.queryset)}
        context["marking"] = highest_sensitivity(figures.marking, *facets.counted(filters))
    response = render(request, template(request, OVERVIEW), context)
    if request.htmx:
        # The address to share: what is chosen, without the form's empty fields.
        response["HX-Push-Url"] = found["choose_url" if choosing else "chosen_url"]
    return response


def write_out(request: PortalRequest, scope: blocks.Scope, choosing: bool) -> Written:
    """All blocks, as they stand on the page."""
    total = scope.as_tagged.total
    if not total:
        return Written(total=0, marking=highest_sensitivity(*blocks.counted(scope)))
    found = blocks.every_block(scope)
    context = found | {"scope": scope, "filters": scope.filters, "total": total}
    context |= addresses(scope.filters, scope.options) | {"choosing": choosing}
    return Written(
        total=total,
        marking=highest_sensitivity(found["partners"]["marking"], *blocks.counted(scope)),
        packed=pack(render_to_string("dashboards/_blocks.html", context, request)),
        head={"compares": bool(found["volume"]["figures"].same_point), "year": scope.year},
    )


def filter_of(request: PortalRequest, *besides: str) -> EngagementFilter:
    """The filter of a page of figures; `besides`: parameters that this page alone knows."""
    readable = Engagement.objects.visible_to(request.user)
    also = [CHOOSE, *OPTIONS, *besides]
    return EngagementFilter(request.GET, readable, user=request.user, also_allowed=also)


def is_choosing(request: PortalRequest) -> bool:
    """Asked for, or in the middle of it: HTMX sends each choice as it is made."""
    return CHOOSE in request.GET or request.htmx.trigger == "filter-form"


def refuse(request: PortalRequest, filters: EngagementFilter, options: Options) -> HttpResponse:
    """Nothing is counted: nobody should take figures over everything for filtered ones."""
    problems = [*filters.problems, *options.problems]
    context: dict[str, Any] = addresses(filters, options) | {
        "filters": filters,
        "problems": problems,
    }
    return render(request, template(request, OVERVIEW), context, status=400)


def addresses(
    filters: EngagementFilter, options: Options, name: str = "dashboards:overview"
) -> dict[str, Any]:
    """The links of a page of figures to itself; each keeps how the figures are shown.

    `dashboard_url`: the page alone, where forms go. `clear_url`: without a filter. `chosen_url`: as
    it is filtered. `choose_url`: the same with the filter beside it. `then_url`, `today_url`: in
    whose words tags are read. `chips`: each choice with the address that takes it away. `kept`:
    what a form of the filter sends along. `query`: filter and options, for the page's files.
    """
    url = reverse(name)
    usable = not filters.problems and not options.problems
    query = joined(filters.query, options.query) if usable else ""
    return {
        "dashboard_url": url,
        "clear_url": address(url, options.query if usable else ""),
        "chosen_url": address(url, query),
        "choose_url": address(url, query, f"{CHOOSE}=open"),
        "chips": [(choice, address(url, rest, options.query)) for choice, rest in filters.chips]
        if usable
        else [],
        "then_url": address(url, filters.query, options.in_words(Words.THEN).query)
        if usable
        else "",
        "today_url": address(url, filters.query, options.in_words(Words.TODAY).query)
        if usable
        else "",
        "kept": options.pairs if usable else [],
        "query": query,
    }


def address(url: str, *queries: str) -> str:
    query = joined(*queries)
    return f"{url}?{query}" if query else url


def template(request: PortalRequest, page: str) -> str:
    """The page, or its figures alone where HTMX swaps them."""
    partial = request.htmx and not request.htmx.history_restore_request
    return f"{page}#figures" if partial else page
