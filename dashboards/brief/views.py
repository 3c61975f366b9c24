"""The brief as a page to read and print, and as a document to edit."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from accounts.access import everyone_signed_in
from accounts.http import PortalRequest
from common.marking import marked_name
from dashboards import blocks
from dashboards.brief import sentences
from dashboards.brief.content import Brief, brief_of
from dashboards.brief.document import to_docx
from dashboards.downloads import attachment
from dashboards.options import Words, options_of
from dashboards.views import address, addresses, filter_of, refuse

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@everyone_signed_in
def brief(request: PortalRequest) -> HttpResponse:
    filters, options = filter_of(request), options_of(request.GET)
    if filters.problems or options.problems:
        return refuse(request, filters, options)
    found = brief_of(blocks.scope_of(filters, timezone.localdate(), options))
    then, as_today = options.in_words(Words.THEN), options.in_words(Words.TODAY)
    context = addresses(filters, options) | {
        "brief": found,
        "scope": found.scope,
        "filters": filters,
        "lead": sentences.lead(found),
        "overdue": sentences.overdue(found),
        "then_url": address(reverse("dashboards:brief"), filters.query, then.query),
        "today_url": address(reverse("dashboards:brief"), filters.query, as_today.query),
        "omission": sentences.omission(request.user),
        "marking": found.marking,
    }
    return render(request, "dashboards/brief.html", context)


@require_safe
@everyone_signed_in
def brief_docx(request: PortalRequest) -> HttpResponse:
    filters, options = filter_of(request), options_of(request.GET)
    if filters.problems or options.problems:
        return refuse(request, filters, options)
    found = brief_of(blocks.scope_of(filters, timezone.localdate(), options))
    marking = found.marking
    return attachment(
        to_docx(found, marking=marking, at=timezone.now()),
        name=marked_name(f"{stem(found)}-{found.scope.today.isoformat()}.docx", marking),
        content_type=DOCX,
    )


def stem(found: Brief) -> str:
    """The brief's file name without its day: brief, brief-UNODC, brief-NO, brief-S1."""
    record = found.subject.record
    code = getattr(record, "code", "") or getattr(record, "iso2", "")
    return "-".join(part for part in (pgettext("file name", "brief"), code) if part)
