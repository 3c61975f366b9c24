"""Logging and editing: one form, and the parts of it that HTMX brings up to date."""

import uuid
from functools import partial

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import contributors_only
from accounts.http import PortalRequest
from common.filter_fields import shown
from engagements.actions import amend_engagement, log_engagement, save_draft
from engagements.duplicates import likely_duplicates as find_duplicates
from engagements.forms import EngagementForm, opening, steps
from engagements.forms.partner import PREFIX, NewPartnerForm
from engagements.models import Engagement
from engagements.versions import MovedOn
from engagements.views import merge
from engagements.views.form_page import context_of, show
from engagements.views.records import editable


@require_http_methods(["GET", "HEAD", "POST"])
@contributors_only
def engagement_create(request: PortalRequest) -> HttpResponse:
    if request.method == "POST":
        return told(request)
    data, unknown = opening.prefilled(request.user, request.GET)
    for code in unknown:
        messages.warning(
            request, _("“%(code)s” is not known here and was left out.") % {"code": shown(code)}
        )
    return show(request, EngagementForm(data, user=request.user).unjudged())


@require_http_methods(["GET", "HEAD", "POST"])
@contributors_only
def engagement_edit(request: PortalRequest, reference: str) -> HttpResponse:
    engagement = editable(request.user, reference)
    if request.method == "POST":
        return told(request, engagement)
    data = opening.of(engagement)
    return show(request, EngagementForm(data, user=request.user, engagement=engagement).unjudged())


def told(request: PortalRequest, engagement: Engagement | None = None) -> HttpResponse:
    """A form that was sent: a step within it, a draft to keep, or an engagement to log or amend."""
    if merge.is_answer(request.POST):
        return merge.answered(request, engagement, tell=told)
    do = request.POST.get("do", "")
    if steps.is_step(do):
        return take_step(request, do, engagement)
    logged = None if engagement is None or engagement.is_draft else engagement
    if do.partition(":")[0] == "draft" and not logged:
        return keep_draft(request, engagement)
    form = EngagementForm(request.POST, user=request.user, engagement=engagement)
    if not form.is_valid():
        return show(request, form, status=422)
    return amend(request, form, logged) if logged else log(request, form)


def take_step(request: PortalRequest, do: str, engagement: Engagement | None) -> HttpResponse:
    step = steps.take(do, request.POST, by=request.user)
    form = EngagementForm(step.data, user=request.user, engagement=engagement).unjudged()
    if step.adds:
        form.refuse_what_is_not_found(step.adds)
    refused = step.is_refused or bool(form.errors)
    return show(request, form, step=step, status=422 if refused else 200)


def keep_draft(request: PortalRequest, draft: Engagement | None) -> HttpResponse:
    form = EngagementForm(request.POST, user=request.user, engagement=draft, draft=True)
    form.is_valid()
    titles = [name for name in ("title_en", "title_fr") if form.has_error(name)]
    if titles:
        return show(request, form.refused_for(*titles), status=422)
    try:
        kept = save_draft(
            by=request.user,
            draft=draft,
            form_key=form_key(request.POST),
            version=version_of(request.POST),
            draft_input=typed(form.data),
            **form.values(),
        )
    except MovedOn as moved:
        return merge.refused(request, form, moved.current)
    messages.success(request, _("Kept as your draft. Only you see it."))
    return redirect(kept)


def log(
    request: PortalRequest, form: EngagementForm, draft: Engagement | None = None
) -> HttpResponse:
    """`draft`: what this very text was kept as meanwhile."""
    values = form.values()
    repeats = duplicates_of(form)
    # Asked after the duplicates: a copy of this form that was quicker is not one of them.
    if logged := logged_before(request):
        return merge.told_again(request, form, logged)
    if {e.reference for e in repeats} - set(request.POST.getlist("seen")):
        return show(request, form, duplicates=repeats, status=422)
    try:
        logged = log_engagement(
            by=request.user,
            draft=draft or form.engagement,
            form_key=form_key(request.POST),
            version=draft.version if draft else version_of(request.POST),
            **values,
        )
    except MovedOn as moved:
        return merge.refused(request, form, moved.current, same=partial(log, request, form))
    message = _("%(reference)s is logged: %(stage)s.")
    told_stage = {"reference": logged.reference, "stage": logged.get_stage_display().lower()}
    messages.success(request, message % told_stage)
    if request.POST.get("do", "").partition(":")[0] == "another":
        return redirect(f"{reverse('engagements:create')}?after={logged.reference}")
    return redirect(logged)


def logged_before(request: PortalRequest) -> Engagement | None:
    """What the same form has logged already: it was sent twice, and is no duplicate of itself."""
    key = form_key(request.POST)
    mine = Engagement.objects.visible_to(request.user).logged().filter(logged_by=request.user)
    return mine.filter(form_key=key).first() if key else None


def amend(request: PortalRequest, form: EngagementForm, engagement: Engagement) -> HttpResponse:
    try:
        amended = amend_engagement(
            by=request.user,
            engagement=engagement,
            version=version_of(request.POST),
            **form.values(),
        )
    except MovedOn as moved:
        return merge.refused(request, form, moved.current)
    messages.success(request, _("%(reference)s is saved.") % {"reference": amended.reference})
    return redirect(amended)


@require_POST
@contributors_only
def objectives_offered(request: PortalRequest) -> HttpResponse:
    """The objectives in force on the start as typed, what is ticked kept; and the dates in words."""
    form = EngagementForm(request.POST, user=request.user, engagement=record(request)).unjudged()
    return render(request, "engagements/form/_objectives_offered.html", context_of(request, form))


@require_POST
@contributors_only
def likely_duplicates(request: PortalRequest) -> HttpResponse:
    """What the form, as typed so far, may repeat; empty where nothing is alike."""
    form = EngagementForm(request.POST, user=request.user, engagement=record(request)).unjudged()
    context = {"duplicates": duplicates_of(form)}
    return render(request, "engagements/form/_duplicates.html", context)


def record(request: PortalRequest) -> Engagement | None:
    """The record whose form is open, if it is one and this person may edit it."""
    key = request.POST.get("record", "")
    if not (key.isascii() and key.isdigit() and len(key) < 18):
        return None
    return Engagement.objects.editable_by(request.user).filter(pk=int(key)).first()


def duplicates_of(form: EngagementForm) -> list[Engagement]:
    return find_duplicates(
        user=form.user,
        titles=[form.data.get("title_en", ""), form.data.get("title_fr", "")],
        partners=[row.partner for row in form.rows if row.partner],
        start=form.date("start"),
        end=form.date("end"),
        exclude=form.engagement,
    )


def form_key(sent: QueryDict) -> uuid.UUID | None:
    try:
        return uuid.UUID(sent.get("form_key", ""))
    except ValueError:
        return None


def version_of(sent: QueryDict) -> int:
    """The version the person saw; 0 for none: no record is at that one."""
    try:
        return int(sent.get("version", ""))
    except ValueError:
        return 0


def typed(data: QueryDict) -> dict[str, list[str]]:
    """The form as typed, and nothing but the form. A NUL no database keeps."""
    known = {*EngagementForm.base_fields, "form_key", "partner", "role", "country"}
    known |= {"add_role", "similar_seen"}
    known |= {f"{PREFIX}-{name}" for name in NewPartnerForm.base_fields}
    return {
        name: [value.replace("\x00", "") for value in data.getlist(name)]
        for name in data
        if name in known
    }
