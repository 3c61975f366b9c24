"""The list as a file: how it is to be, the file itself, and the record of those that were taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import contributors_only, everyone_signed_in, managers_only
from accounts.http import PortalRequest
from accounts.models import User
from common.filters import Problem
from common.marking import marked_name, marking_of
from common.pagination import NoSuchPage, paginate
from engagements.exports import to_csv
from engagements.exports.as_xlsx import to_xlsx
from engagements.exports.export import Export
from engagements.exports.keeping import put_on_record, remember, remembered
from engagements.exports.layout import PARAMETERS, Layout, layout_of
from engagements.exports.records import Records
from engagements.exports.template import template_for
from engagements.exports.template_directory import contacts_template, partners_template
from engagements.filters import EngagementFilter
from engagements.forms.export import LayoutForm
from engagements.imports.subjects import subjects_for
from engagements.listing import in_order
from engagements.models import Engagement, Load
from engagements.models import Export as Kept
from engagements.views.list import OTHER_PARAMETERS, in_language, order_of, order_problems

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
A_PAGE = 50


@dataclass(frozen=True)
class Asked:
    """What an address asks for, and what of it makes no sense."""

    filters: EngagementFilter
    layout: Layout
    problems: list[Problem]


def asked_of(request: PortalRequest) -> Asked:
    readable = Engagement.objects.visible_to(request.user)
    allowed = (*OTHER_PARAMETERS, *PARAMETERS)
    filters = EngagementFilter(request.GET, readable, user=request.user, also_allowed=allowed)
    layout, problems = layout_of(request.GET)
    return Asked(filters, layout, [*filters.problems, *order_problems(request), *problems])


@require_safe
@everyone_signed_in
def engagement_export(request: PortalRequest) -> HttpResponseBase:
    """Exactly what is filtered, every row of it, in the order of the list."""
    asked = asked_of(request)
    if asked.problems:
        return refuse(request, asked)
    export = export_of(request, asked, Kept.Format.CSV)
    return attachment(to_csv(export), file_name(export, "csv"), CSV)


@require_safe
@everyone_signed_in
def engagement_export_xlsx(request: PortalRequest) -> HttpResponseBase:
    """The same as a workbook: made on disk, sent when it is whole, and gone when it is sent."""
    asked = asked_of(request)
    if asked.problems:
        return refuse(request, asked)
    export = export_of(request, asked, Kept.Format.XLSX)
    return attachment(to_xlsx(export), file_name(export, "xlsx"), XLSX)


def attachment(content: Iterator[str] | Iterator[bytes], name: str, kind: str) -> HttpResponseBase:
    """Sent as it is made, in the language of now. `name` is ASCII: letters, digits, - and a dot."""
    return StreamingHttpResponse(
        in_language(content, translation.get_language()),
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def export_of(request: PortalRequest, asked: Asked, format: str) -> Export:
    export = Export(
        layout=asked.layout,
        records=Records(
            in_order(asked.filters.qs, order_of(request)),
            visible=Engagement.objects.visible_to(request.user),
        ),
        filters=asked.filters,
        reader=request.user,
        at=timezone.now(),
    )
    if request.method == "GET":
        put_on_record(export, format)
    return export


def file_name(export: Export, ending: str) -> str:
    day = timezone.localdate(export.at).isoformat()
    return marked_name(_("engagements") + f"-{day}.{ending}", export.marking)


def refuse(request: PortalRequest, asked: Asked) -> HttpResponse:
    """Nobody should mistake the whole list for a filtered one."""
    context = {"filters": asked.filters, "problems": asked.problems}
    return render(request, "engagements/list.html", context, status=400)


@require_http_methods(["GET", "HEAD", "POST"])
@everyone_signed_in
def export_choose(request: PortalRequest) -> HttpResponseBase:
    """How the file is to be. What is chosen is remembered, and the file asked for by its address."""
    asked = asked_of(request)
    if asked.problems:
        return refuse(request, asked)
    layout, format = remembered(request.user)
    if any(name in request.GET for name in PARAMETERS):
        layout = asked.layout
    form = LayoutForm(request.POST or None, layout=layout, format=format)
    if request.method != "POST":
        return show(request, asked, form)
    if request.POST.get("do") == "everything":
        return show(request, asked, LayoutForm(layout=Layout.usual(), format=format))
    if not form.is_valid():
        return show(request, asked, form, status=422)
    layout, format = form.layout(), form.cleaned_data["format"]
    if request.POST.get("do") == "order":
        return show(request, asked, LayoutForm(layout=layout, format=format))
    remember(request.user, layout, format)
    names = {Kept.Format.CSV: "engagements:export", Kept.Format.XLSX: "engagements:export_xlsx"}
    pairs = [*asked.filters.pairs, *sorted_by(request), *layout.pairs]
    return redirect(with_query(reverse(names[format]), pairs))


def show(
    request: PortalRequest, asked: Asked, form: LayoutForm, *, status: int = 200
) -> HttpResponse:
    pairs = [*asked.filters.pairs, *sorted_by(request)]
    found = asked.filters.qs
    context = {
        "form": form,
        "filters": asked.filters,
        "count": found.how_many(),
        "marking": found.highest_sensitivity(),
        "here": with_query(request.path, pairs),
        "back": with_query(reverse("engagements:list"), pairs),
    }
    return render(request, "engagements/export.html", context, status=status)


@require_safe
@contributors_only
def export_template(request: PortalRequest) -> HttpResponse:
    """The empty workbook to write engagements in, that are to be loaded; or partners, or contacts: `of`.

    404 for what there is no list of, or none that this person may load.
    """
    subject = request.GET.get("of", Load.Subject.ENGAGEMENTS.value)
    if subject not in {each.name for each in subjects_for(request.user)}:
        raise Http404
    name, content = template_of(subject, request.user)
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def template_of(subject: str, user: User) -> tuple[str, bytes]:
    if subject == Load.Subject.PARTNERS:
        return _("partners-to-load"), partners_template()
    if subject == Load.Subject.CONTACTS:
        return _("contacts-to-load"), contacts_template()
    return _("engagements-to-load"), template_for(user)


def sorted_by(request: PortalRequest) -> list[tuple[str, str]]:
    sort = request.GET.get("sort")
    return [("sort", sort)] if sort else []


def with_query(path: str, pairs: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(pairs)}" if pairs else path


@require_safe
@managers_only
def export_list(request: PortalRequest) -> HttpResponse:
    """Every file of engagements that was taken, the latest first, as far as the reader is cleared."""
    kept = Kept.objects.readable_by(request.user).select_related("by").order_by("-at", "-pk")
    try:
        page = paginate(request, kept, size=A_PAGE)
    except NoSuchPage as missing:
        return render(request, "engagements/exports.html", {"missing": missing}, status=404)
    marking = marking_of(cast(list[Kept], page.object_list))
    context = {"page": page, "marking": marking, "list_url": reverse("engagements:list")}
    return render(request, "engagements/exports.html", context)
