"""Putting an engagement back as it was: what will change, chosen field by field; then the ordinary action."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import contributors_only
from accounts.http import PortalRequest
from common.cautions import CONFIRMED
from common.history.putting_back import PuttingBack
from common.marking import marking_of
from engagements.actions import amend_engagement
from engagements.forms import EngagementForm
from engagements.models import Engagement
from engagements.putting_back import (
    aim_in,
    form_with,
    only_asks,
    primaries_problem,
    problems_of,
    putting_back,
    tags_with,
)
from engagements.versions import MovedOn, version_in
from engagements.views.form_page import show
from engagements.views.merge import as_it_is
from engagements.views.records import editable


@require_http_methods(["GET", "HEAD", "POST"])
@contributors_only
def engagement_put_back(request: PortalRequest, reference: str) -> HttpResponse:
    """`change` names the act after which it stood as it is to be again; `undo` the act to undo."""
    known = Engagement.objects.select_related("changed_by", "lead_office", "lead_officer")
    record = editable(request.user, reference, known)
    aim = aim_in(record, request.GET, reader=request.user)
    if aim is None:
        raise Http404
    if request.method != "POST":
        return ask(request, record, putting_back(record, aim))
    back = putting_back(record, aim, chosen=set(request.POST.getlist("field")))
    if version_in(request.POST) != record.version:
        return ask(request, record, back, moved_on=record, status=409)
    back.problems += problems_of(record, back)
    if back.problems:
        return ask(request, record, back, status=422)
    return put_back(request, record, back)


def put_back(request: PortalRequest, record: Engagement, back: PuttingBack) -> HttpResponse:
    confirmed = request.POST.getlist(CONFIRMED)
    form = form_with(record, back, user=request.user, confirmed=confirmed)
    if not form.is_valid():
        asks = only_asks(form)
        return (
            ask(request, record, back, form=form, status=422) if asks else as_an_edit(request, form)
        )
    values = form.values()
    values["tags"] = tags_with(back, values["tags"])
    if problem := primaries_problem(values["tags"]):
        back.problems.append(problem)
        return ask(request, record, back, status=422)
    try:
        amend_engagement(
            by=request.user,
            engagement=record,
            version=version_in(request.POST),
            act="restored",
            **values,
        )
    except MovedOn:
        current = as_it_is(request, record)
        again = putting_back(current, back.aim, chosen={row.key for row in back.chosen})
        return ask(request, current, again, moved_on=current, status=409)
    message = _("What you chose of %(reference)s is as it was.")
    messages.success(request, message % {"reference": record.reference})
    return redirect(record)


def as_an_edit(request: PortalRequest, form: EngagementForm) -> HttpResponse:
    """Together it makes no whole record: the form says why, and everything can be corrected in it."""
    messages.warning(
        request,
        _(
            "Nothing is put back yet: it does not fit the rest of the record. Correct it here and save it. "
            "A reason or primary objective that came back is then given on the page “Align”."
        ),
    )
    return show(request, form, status=422, to_edit=True)


def ask(
    request: PortalRequest,
    record: Engagement,
    back: PuttingBack,
    *,
    moved_on: Engagement | None = None,
    form: EngagementForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "engagement": record,
        "back": back,
        "moved_on": moved_on,
        "form": form,
        "version": record.version,
        "lowers": back.aim.sensitivity < record.sensitivity,
        "marking": marking_of(record, back.aim.sensitivity),
    }
    return render(request, "engagements/put_back.html", context, status=status)
