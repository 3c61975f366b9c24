"""Logging and editing: one form, and the parts of it that HTMX brings up to date."""

import uuid
from functools import partial

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import unsaved
from accounts.access import contributors_only
from accounts.http import PortalRequest
from accounts.typed import MARKS, Page
from accounts.unsaved import is_autosave, keeps_typed, keeps_unsaved
from common.bilingual import other_language
from common.filter_fields import shown
from common.keys import key_from
from common.marking import marking_of
from common.side_by_side import is_answer
from common.times import clock_time
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
@keeps_typed
def engagement_create(request: PortalRequest) -> HttpResponse:
    if request.method == "POST":
        return told(request)
    if text := unsaved.chosen(request):
        return show(request, EngagementForm(text.as_data(), user=request.user).unjudged())
    data, unknown = opening.prefilled(request.user, request.GET)
    for code in unknown:
        messages.warning(
            request, _("“%(code)s” is not known here and was left out.") % {"code": shown(code)}
        )
    return show(request, EngagementForm(data, user=request.user).unjudged())


@require_http_methods(["GET", "HEAD", "POST"])
@contributors_only
@keeps_unsaved(lambda request, reference: editable(request.user, reference))
def engagement_edit(request: PortalRequest, reference: str) -> HttpResponse:
    engagement = editable(request.user, reference)
    if request.method == "POST":
        return told(request, engagement)
    if text := unsaved.to_compare(request):
        return merge.unsaved_beside(request, text, engagement)
    text = unsaved.chosen(request)
    data = text.as_data() if text else opening.of(engagement)
    return show(request, EngagementForm(data, user=request.user, engagement=engagement).unjudged())


def told(request: PortalRequest, engagement: Engagement | None = None) -> HttpResponse:
    """A form that was sent: a step within it, a draft to keep, or an engagement to log or amend."""
    if is_autosave(request):
        return keep_by_itself(request, engagement)
    if is_answer(request.POST):
        return merge.answered(request, engagement, tell=told)
    do = request.POST.get("do", "")
    if steps.is_step(do):
        return take_step(request, do, engagement)
    logged = None if engagement is None or engagement.is_draft else engagement
    if do.partition(":")[0] == "draft" and not logged:
        return keep_draft(request, engagement)
    form = EngagementForm(request.POST, user=request.user, engagement=engagement)
    if logged and version_of(request.POST) != logged.version:
        # First, whatever is wrong in it: what somebody else saved may be what it is judged by.
        return merge.refused(request, form, logged)
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
    if not form.is_valid() and form.confirmation.pending:
        return show(request, form.asked_alone(), status=422)
    try:
        kept = save_as_draft(request, form)
    except MovedOn as moved:
        return merge.refused(request, form, moved.current)
    messages.success(request, _("Kept as your draft. Only you see it."))
    return redirect(kept)


def keep_by_itself(request: PortalRequest, draft: Engagement | None) -> JsonResponse:
    """Autosave: the script is told what the form goes on from, or why its text is not in the draft.

    Then that is kept beside the draft, or for editing the engagement that the draft has become.
    """
    form = EngagementForm(request.POST, user=request.user, engagement=draft, draft=True)
    try:
        kept = save_as_draft(request, form, by_itself=True)
    except MovedOn as moved:
        unsaved.keep(request, address=f"engagements:edit_draft {moved.current.pk}")
        return JsonResponse({"why": "elsewhere"}, status=409)
    if not kept.is_draft:
        unsaved.keep(request, address=f"engagements:edit {kept.reference}")
        return JsonResponse({"why": "logged"}, status=409)
    unsaved.forget(request)
    address = kept.get_absolute_url()
    return JsonResponse(
        {
            "said": said_of(kept, form),
            "caution": bool(form.confirmation.pending),
            "marks": {"record": kept.pk, "version": kept.version, "form_key": kept.form_key or ""},
            "address": address,
            "other_address": translate_url(address, other_language()),
            "discard": reverse("engagements:discard_draft", args=[kept.pk]),
        }
    )


def said_of(kept: Engagement, form: EngagementForm) -> str:
    """When it was saved; and what will be asked about before anybody else can read it."""
    told = {"time": clock_time(kept.changed_at)}
    if not form.confirmation.pending:
        return _("Saved %(time)s") % told
    message = _(
        "Saved %(time)s. There seems to be a number of a person in: %(fields)s. Take it out, or you are "
        "asked about it before it is logged."
    )
    fields = ", ".join(dict.fromkeys(one.label for one in form.confirmation.pending))
    return message % (told | {"fields": fields})


def save_as_draft(
    request: PortalRequest, form: EngagementForm, *, by_itself: bool = False
) -> Engagement:
    form.is_valid()  # what is wrong in it is kept as typed all the same
    return save_draft(
        by=request.user,
        draft=form.engagement,
        form_key=form_key(request.POST),
        version=version_of(request.POST),
        page=Page.of(request.POST),
        by_itself=by_itself,
        draft_input=typed(form.data),
        **form.values(),
    )


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
            page=Page.of(request.POST),
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
    duplicates = duplicates_of(form)
    context = {"duplicates": duplicates, "marking": marking_of(form.engagement, duplicates)}
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
    return key_from(sent.get("form_key", ""))


def version_of(sent: QueryDict) -> int:
    """The version the person saw; 0 for none: no record is at that one."""
    try:
        return int(sent.get("version", ""))
    except ValueError:
        return 0


def typed(data: QueryDict) -> dict[str, list[str]]:
    """The form as typed, and nothing but the form. A NUL no database keeps."""
    known = {*EngagementForm.base_fields, "form_key", "partner", "role", "country"}
    known |= {"add_role", "similar_seen", *MARKS} - {"opened_by"}
    known |= {f"{PREFIX}-{name}" for name in NewPartnerForm.base_fields}
    return {
        name: [value.replace("\x00", "") for value in data.getlist(name)]
        for name in data
        if name in known
    }
