from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import everyone_signed_in
from accounts.http import PortalRequest
from common.marking import marked_name, marking_of
from common.partial_dates import FiscalYear
from dashboards import blocks, exports
from dashboards.worklist import worklist
from engagements import facets
from engagements.filters import EngagementFilter
from engagements.models import Engagement
from engagements.views.list import beside_the_list

# The dashboard with its filter beside it.
CHOOSE = "filter"


@require_safe
@everyone_signed_in
def home(request: PortalRequest) -> HttpResponse:
    today = timezone.localdate()
    work = worklist(request.user, today)
    context = {"work": work, "marking": work.marking, "year": FiscalYear.of(today)}
    return render(request, "dashboards/home.html", context)


@require_safe
@everyone_signed_in
@vary_on_headers("HX-Request")
def overview(request: PortalRequest) -> HttpResponse:
    filters = filter_of(request)
    if filters.problems:
        return refuse(request, filters)
    scope = blocks.scope_of(filters, timezone.localdate())
    total = scope.engagements.count()
    found = addresses(filters)
    context: dict[str, Any] = found | {"filters": filters, "scope": scope, "total": total}
    counted = blocks.counted(scope)
    if total:
        context |= blocks.every_block(scope)
    if is_choosing(request):
        context |= {"choosing": True, **beside_the_list(request, filters, filters.queryset)}
        counted += facets.counted(filters)
    context["marking"] = marking_of(counted)
    response = render(request, template(request), context)
    if request.htmx:
        # The address to share: what is chosen, without the form's empty fields.
        response["HX-Push-Url"] = found["choose_url"]
    return response


@require_safe
@everyone_signed_in
def alignment_csv(request: PortalRequest) -> HttpResponse:
    """The matrix of exactly what is filtered, a line for each cell."""
    filters = filter_of(request)
    if filters.problems:
        return refuse(request, filters)
    today = timezone.localdate()
    scope = blocks.scope_of(filters, today)
    block = blocks.alignment(scope)
    if block is None:
        raise Http404
    marking = marking_of(scope.engagements)
    name = marked_name(_("alignment") + f"-{today.isoformat()}.csv", marking)
    lines = exports.alignment_lines(block["matrix"])
    return HttpResponse(
        exports.as_csv(exports.marked(lines, reader=request.user, marking=marking)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def filter_of(request: PortalRequest) -> EngagementFilter:
    readable = Engagement.objects.visible_to(request.user)
    return EngagementFilter(request.GET, readable, user=request.user, also_allowed=[CHOOSE])


def is_choosing(request: PortalRequest) -> bool:
    """Asked for, or in the middle of it: HTMX sends each choice as it is made."""
    return CHOOSE in request.GET or request.htmx.trigger == "filter-form"


def refuse(request: PortalRequest, filters: EngagementFilter) -> HttpResponse:
    """Nothing is counted: nobody should take figures over everything for filtered ones."""
    context: dict[str, Any] = addresses(filters) | {
        "filters": filters,
        "problems": filters.problems,
    }
    return render(request, template(request), context, status=400)


def addresses(filters: EngagementFilter) -> dict[str, str]:
    """Of the whole dashboard, of it as it is filtered, and of the same with the filter beside it."""
    url = reverse("dashboards:overview")
    query = "" if filters.problems else filters.query
    choose = "&".join(part for part in (query, f"{CHOOSE}=open") if part)
    return {
        "dashboard_url": url,
        "choose_url": f"{url}?{choose}",
        "chosen_url": f"{url}?{query}" if query else url,
    }


def template(request: PortalRequest) -> str:
    partial = request.htmx and not request.htmx.history_restore_request
    return "dashboards/overview.html#figures" if partial else "dashboards/overview.html"
