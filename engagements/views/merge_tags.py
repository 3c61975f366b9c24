"""Alignments saved on a version that has moved on: both side by side, and what comes of choosing."""

from collections.abc import Callable

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from accounts.http import PortalRequest
from accounts.models import Unsaved
from common.side_by_side import OPENED, hidden, number, typed_in
from engagements.forms.align import AlignForm
from engagements.merging_tags import as_sent, compared_tags
from engagements.models import Engagement
from engagements.views.merge import as_it_is, context_of


def answered(
    request: PortalRequest, record: Engagement, *, tell: Callable[..., HttpResponse]
) -> HttpResponse:
    """Do what was chosen, as though the page had been sent so; `tell` takes a page that was sent."""
    sent = request.POST
    if number(sent, "version") != record.version:
        return side_by_side(request, sent, record)
    form = AlignForm(typed_in(sent), engagement=record)
    comparison = compared_tags(form, sent, reader=request.user, opened=number(sent, OPENED))
    merged = as_sent(comparison.merged())
    merged["version"] = str(record.version)
    merged["do"] = sent["do"]
    request.POST = merged  # type: ignore[assignment]
    return tell(request, AlignForm(merged, engagement=record))


def side_by_side(
    request: PortalRequest, sent: QueryDict, current: Engagement, *, text: Unsaved | None = None
) -> HttpResponse:
    """`text`: what was typed and never saved, where that is what was sent."""
    record = as_it_is(request, current)
    opened = number(sent, OPENED) or number(sent, "version")
    form = AlignForm(typed_in(sent), engagement=record)
    comparison = compared_tags(form, sent, reader=request.user, opened=opened)
    context = context_of(request, record, comparison, opened=opened) | {
        "action": reverse("engagements:align", args=[record.reference]),
        "then": "save",
        "typed": hidden(typed_in(sent)),
        "text": text,
    }
    status = 200 if text else 409
    return render(request, "engagements/two_editors.html", context, status=status)
