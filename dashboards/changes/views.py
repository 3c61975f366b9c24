"""The list of changes for managers, and the same as a file."""

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import managers_only
from accounts.http import PortalRequest
from common.history.pages import show_changes
from common.marking import marked_name, marking_of
from dashboards.changes import exports
from dashboards.changes.filters import ChangeListFilter
from engagements.exports.keeping import put_file_on_record
from engagements.filter_words import filter_said
from engagements.models import Export
from engagements.views.list import in_language

TEMPLATE, A_PAGE = "dashboards/changes.html", 50


@require_safe
@managers_only
@vary_on_headers("HX-Request")
def change_list(request: PortalRequest) -> HttpResponse:
    return show_changes(
        request,
        TEMPLATE,
        filter_of(request),
        size=A_PAGE,
        with_records=True,
        export_url=reverse("dashboards:changes_csv"),
        about="dashboards/changes/_about.html",
    )


@require_safe
@managers_only
def changes_csv(request: PortalRequest) -> HttpResponse | StreamingHttpResponse:
    """Exactly what is filtered, every change of it, newest first."""
    filters = filter_of(request)
    if filters.problems:
        # Nobody should mistake the whole list for a filtered one.
        context = {"filters": filters, "problems": filters.problems}
        return render(request, TEMPLATE, context, status=400)
    marking = marking_of(filters.qs, *filters.named())
    if request.method == "GET":
        put_file_on_record(
            by=request.user,
            words=lambda: said_of(filter_of(request)),
            what=Export.What.CHANGES,
            format=Export.Format.CSV,
            query=filters.query,
            count=filters.qs.count(),
            sensitivity=marking,
        )
    name = marked_name(_("changes") + f"-{timezone.localdate().isoformat()}.csv", marking)
    return StreamingHttpResponse(
        in_language(exports.to_csv(filters.qs, marking=marking), translation.get_language()),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def said_of(filters: ChangeListFilter) -> str:
    said = filter_said(filters) if filters.is_valid() else []
    return _("; ").join(map(str, said)) if said else _("none: every change")


def filter_of(request: PortalRequest) -> ChangeListFilter:
    return ChangeListFilter(request.GET, user=request.user)
