"""What becomes of an engagement: an approver decides, its office submits, completes or cancels."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import unsaved
from accounts.access import approvers_only, contributors_and_approvers, contributors_only
from accounts.http import PortalRequest
from accounts.unsaved import keeps_unsaved
from common.errors import MayNotChange
from common.marking import marking_of
from engagements import verbs
from engagements.models import Engagement
from engagements.stages import WrongStage
from engagements.verbs import Verb
from engagements.versions import MovedOn, version_in
from engagements.views.records import editable, readable, refuse_who_may_not_edit

page = require_http_methods(["GET", "HEAD", "POST"])


@page
@contributors_only
def engagement_submit(request: PortalRequest, reference: str) -> HttpResponse:
    return move(request, reference, verbs.SUBMIT)


@page
@approvers_only
def engagement_approve(request: PortalRequest, reference: str) -> HttpResponse:
    return move(request, reference, verbs.APPROVE)


@page
@approvers_only
@keeps_unsaved(lambda request, reference: readable(request.user, reference))
def engagement_return(request: PortalRequest, reference: str) -> HttpResponse:
    return move(request, reference, verbs.RETURN)


@page
@approvers_only
@keeps_unsaved(lambda request, reference: readable(request.user, reference))
def engagement_decline(request: PortalRequest, reference: str) -> HttpResponse:
    return move(request, reference, verbs.DECLINE)


@page
@contributors_only
@keeps_unsaved(lambda request, reference: editable(request.user, reference))
def engagement_complete(request: PortalRequest, reference: str) -> HttpResponse:
    return move(request, reference, verbs.COMPLETE)


@page
@contributors_only
@keeps_unsaved(lambda request, reference: editable(request.user, reference))
def engagement_cancel(request: PortalRequest, reference: str) -> HttpResponse:
    return move(request, reference, verbs.CANCEL)


@page
@contributors_and_approvers
@keeps_unsaved(lambda request, reference: readable(request.user, reference))
def engagement_take_back(request: PortalRequest, reference: str) -> HttpResponse:
    engagement = readable(
        request.user, reference, Engagement.objects.select_related("changed_by", "lead_office")
    )
    verb = verbs.taking_back(request.user, engagement)
    if verb is None:
        context = {"engagement": engagement, "marking": marking_of(engagement)}
        return render(request, "engagements/nothing_to_take_back.html", context, status=409)
    if verb.decides and not request.user.is_approver:
        told = _("An approver decided this. An approver may take it back.")
        raise MayNotChange(told, marking=marking_of(engagement))
    if not verb.decides:
        refuse_who_may_not_edit(request.user, engagement)
    return carry_on(request, engagement, verb)


def move(request: PortalRequest, reference: str, verb: Verb) -> HttpResponse:
    # Deciding needs no right to edit.
    find = readable if verb.decides else editable
    engagement = find(request.user, reference, Engagement.objects.select_related("changed_by"))
    return carry_on(request, engagement, verb)


def carry_on(request: PortalRequest, engagement: Engagement, verb: Verb) -> HttpResponse:
    """Ask for what the verb needs; do it; or say that somebody was quicker."""
    text = unsaved.chosen(request)
    initial = text.as_data().dict() if text else None
    form = verb.form(request.POST if request.method == "POST" else None, initial=initial)
    if "outcome" in form.fields and engagement.outcome and not form.is_bound:
        del form.fields["outcome"]  # one that is written already is changed by editing
    if form.is_bound and form.is_valid():
        return carry_out(request, engagement, verb, form)
    if engagement.stage not in verb.starts_from:
        return overtaken(request, engagement, verb, form)
    seen = request.GET.get("version") or (text and text.version)
    if seen and str(seen) != str(engagement.version):
        # Changed between the record's page, which links here, and this one; or since one typed.
        return ask(request, engagement, verb, form, has_moved_on=True, status=409)
    return ask(request, engagement, verb, form, status=422 if form.errors else 200)


def ask(
    request: PortalRequest,
    engagement: Engagement,
    verb: Verb,
    form: Form,
    *,
    has_moved_on: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The verb's page. It carries the version seen: by now, the one the person is told of."""
    seen = engagement.version if has_moved_on else version_in(request.POST) or engagement.version
    context = {
        "engagement": engagement,
        "verb": verb,
        "form": form,
        "marking": marking_of(engagement),
        "has_moved_on": has_moved_on,
        "version": seen,
    }
    return render(request, "engagements/stage_form.html", context, status=status)


def carry_out(
    request: PortalRequest, engagement: Engagement, verb: Verb, form: Form
) -> HttpResponse:
    try:
        moved = verb.act(
            by=request.user,
            engagement=engagement,
            version=version_in(request.POST),
            **form.cleaned_data,
        )
    except WrongStage as wrong:
        return overtaken(request, wrong.engagement, verb, form)
    except MovedOn as moved_on:
        return ask(request, moved_on.current, verb, form, has_moved_on=True, status=409)
    done = verb.done % {"reference": moved.reference, "stage": moved.get_stage_display()}
    if verb.can_be_taken_back:
        done = f"{done} {_('It can be taken back on this page.')}"
    messages.success(request, done)
    outcome = form.cleaned_data.get("outcome")
    if outcome and outcome != moved.outcome:
        kept = _(
            "Somebody wrote an outcome meanwhile; it is kept. Yours, to add by editing: %(text)s"
        )
        messages.warning(request, kept % {"text": outcome})
    return redirect("engagements:detail", moved.reference)


def overtaken(
    request: PortalRequest, engagement: Engagement, verb: Verb, form: Form
) -> HttpResponse:
    """Somebody else has moved it on. Nothing is changed, and a reason that was typed is given back."""
    context = {
        "engagement": engagement,
        "verb": verb,
        "typed": "\n".join(form.data.get(name, "") for name in form.fields),
        "marking": marking_of(engagement),
    }
    return render(request, "engagements/stage_overtaken.html", context, status=409)
