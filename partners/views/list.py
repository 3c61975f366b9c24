"""The list of partners."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import everyone_signed_in
from accounts.http import PortalRequest
from common.marking import marking_of
from common.pagination import NoSuchPage, paginate
from partners.filters import PAGING, PartnerFilter, partners_in_order
from partners.together import tallies

A_PAGE = 50


@require_safe
@everyone_signed_in
@vary_on_headers("HX-Request")
def partner_list(request: PortalRequest) -> HttpResponse:
    filters = PartnerFilter(request.GET)
    context = {"filters": filters, "problems": filters.problems}
    if filters.problems:
        # A part that HTMX asked for is shown with 422; other refusals it only tells of.
        return render(request, template(request), context, status=422 if request.htmx else 400)
    try:
        page = paginate(request, filters.in_order(), size=A_PAGE)
    except NoSuchPage as missing:
        return render(request, template(request), context | {"missing": missing}, status=404)
    partners = partners_in_order(pk for pk, _depth in page)
    found = tallies(partners, request.user)
    rows = [(found[pk], depth) for pk, depth in page]
    context |= {"page": page, "rows": rows, "marking": marking_of(found.values())}
    response = render(request, template(request), context)
    if request.htmx:
        response["HX-Push-Url"] = address(request, filters)
    return response


def address(request: PortalRequest, filters: PartnerFilter) -> str:
    """The address to share: what is chosen, without the form's empty fields."""
    kept = [(name, request.GET[name]) for name in PAGING if request.GET.get(name)]
    query = urlencode([*filters.pairs, *kept])
    return f"{request.path}?{query}" if query else request.path


def template(request: PortalRequest) -> str:
    partial = request.htmx and not request.htmx.history_restore_request
    return "partners/list.html#results" if partial else "partners/list.html"
