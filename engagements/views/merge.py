"""A save on a version that has moved on: both texts side by side, and what comes of choosing."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts import unsaved
from accounts.http import PortalRequest
from accounts.models import Unsaved, User
from common.history.models import Revision
from common.marking import marking_of
from common.side_by_side import (
    NOT_TYPED,
    OPENED,
    SAVE,
    THEN,
    Comparison,
    hidden,
    is_answer,
    number,
    typed_in,
)
from engagements.forms import EngagementForm
from engagements.merging import compared, saves_since
from engagements.models import Engagement
from engagements.views.form_page import show

Tell = Callable[[PortalRequest, Engagement | None], HttpResponse]


def then(sent: QueryDict, record: Engagement | None) -> str:
    """The button that was pressed in the form itself: what choosing goes on to do."""
    pressed = (sent.get(THEN) or sent.get("do") or "").partition(":")[0]
    if pressed in {"save", "log", "another", "draft"}:
        return pressed
    return "save" if record and not record.is_draft else "draft"


def answered(request: PortalRequest, record: Engagement | None, *, tell: Tell) -> HttpResponse:
    """Do what was chosen, as though the form had been sent so; `tell` takes a form that was sent."""
    sent, do = request.POST, request.POST.get("do")
    if record is None:  # a draft thrown away meanwhile: what was typed is all there is
        request.POST = again(sent, do=then(sent, None))  # type: ignore[assignment]
        return tell(request, None)
    if number(sent, "version") != record.version:
        return side_by_side(request, sent, record)
    comparison = compared(record, sent, reader=request.user, opened=number(sent, OPENED))
    request.POST = again(comparison.merged(), do=then(sent, record), version=record.version)  # type: ignore[assignment]
    if do == SAVE:
        return tell(request, record)
    return show(
        request, EngagementForm(request.POST, user=request.user, engagement=record).unjudged()
    )


def refused(
    request: PortalRequest,
    form: EngagementForm,
    current: Engagement,
    *,
    same: Callable[[Engagement], HttpResponse] = redirect,
) -> HttpResponse:
    """Both texts, side by side; `same` answers where they say the same and there is nothing to choose."""
    record, sent = as_it_is(request, current), as_kept(form)
    comparison = compared(record, sent, reader=request.user, opened=number(sent, "version"))
    if not comparison.rows:
        return same(record)
    # Whoever leaves the page finds it again.
    page = f"edit_draft {record.pk}" if record.is_draft else f"edit {record.reference}"
    unsaved.keep(request, address=f"engagements:{page}")
    return side_by_side(request, sent, record)


def told_again(request: PortalRequest, form: EngagementForm, logged: Engagement) -> HttpResponse:
    """A form that has been logged: sent twice, it is the same; with anything else in it, nothing is lost."""
    if not may_edit(request.user, logged):
        return redirect(logged)
    record = as_it_is(request, logged)
    sent = as_kept(form)
    first = Revision.objects.of("engagement", [record.pk]).order_by("number").first()
    opened = first.version if first and first.version else 0
    if not compared(record, sent, reader=request.user, opened=opened).to_save:
        return redirect(record)
    sent[OPENED] = str(opened)
    return side_by_side(request, sent, record)


def as_kept(form: EngagementForm) -> QueryDict:
    """What was typed; an address or a number as it is kept, once it is one."""
    data = form.data.copy()
    if form.is_bound and form.is_valid():
        for name in ("source_url", "csc_participants", "approved_on"):
            if form.cleaned_data.get(name) is not None:
                data[name] = str(form.cleaned_data[name])
    return data


def unsaved_beside(request: PortalRequest, text: Unsaved, record: Engagement) -> HttpResponse:
    """What was typed and never saved, beside the record as it is."""
    form = EngagementForm(text.as_data(), user=request.user, engagement=record)
    return side_by_side(request, as_kept(form), record, text=text)


def side_by_side(
    request: PortalRequest, sent: QueryDict, record: Engagement, *, text: Unsaved | None = None
) -> HttpResponse:
    opened = number(sent, OPENED) or number(sent, "version")
    comparison = compared(record, sent, reader=request.user, opened=opened)
    mine = typed_in(sent)
    context = context_of(request, record, comparison, opened=opened) | {
        "action": address_of(record),
        "then": then(sent, record),
        "typed": hidden(mine),
        "marking": marking_of(record, number(mine, "sensitivity")),
        "text": text,
    }
    status = 200 if text else 409
    return render(request, "engagements/two_editors.html", context, status=status)


def context_of(
    request: PortalRequest, record: Engagement, comparison: Comparison, *, opened: int
) -> dict[str, Any]:
    """What any page says of two versions of an engagement."""
    return {
        "engagement": record,
        "comparison": comparison,
        "version": record.version,
        "opened": opened,
        "who": record.changed_by,
        "when": record.changed_at,
        "saves": saves_since(record, opened, reader=request.user),
        "leave": record.get_absolute_url(),
        "marking": marking_of(record),
        "is_own": record.changed_by_id == request.user.pk,
        "moved_on_again": is_answer(request.POST),
    }


def as_it_is(request: PortalRequest, record: Engagement) -> Engagement:
    """The record read anew, as far as this person may: it may be another's by now, or marked higher."""
    seen = Engagement.objects.visible_to(request.user).filter(pk=record.pk)
    current = seen.select_related("changed_by", "lead_office", "lead_officer").first()
    if current is None:
        raise Http404
    if not may_edit(request.user, current):
        raise PermissionDenied
    return current


def may_edit(user: User, record: Engagement) -> bool:
    return Engagement.objects.editable_by(user).filter(pk=record.pk).exists()


def address_of(record: Engagement) -> str:
    if record.is_draft:
        return reverse("engagements:edit_draft", args=[record.pk])
    return reverse("engagements:edit", args=[record.reference])


def again(data: QueryDict, *, do: str, version: int | None = None) -> QueryDict:
    """What was typed, as the form itself would send it."""
    sent = QueryDict(mutable=True)
    for name, values in data.lists():
        if name not in NOT_TYPED or name == "record":
            sent.setlist(name, values)
    sent["do"] = do
    if version is not None:
        sent["version"] = str(version)
    return sent
