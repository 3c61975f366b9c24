"""One engagement: everything once, in reading order."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import everyone_signed_in
from accounts.http import PortalRequest
from common.answered import not_to_be_kept, while_answered_alike
from common.bilingual import reader_language
from common.marking import marking_of
from engagements.changes import latest_of_engagement
from engagements.forms.as_of import DayForm
from engagements.provenance import provenance_of
from engagements.reading import frameworks_served, gaps, notes_shown, takers
from engagements.verbs import take_back_for, verbs_for
from engagements.whole import whole
from engagements.written import Written, pack, whose

RECORD = "engagements/detail/_record.html"
AUDIENCE = "engagements/detail/_audience.html"


@require_safe
@everyone_signed_in
def engagement_detail(request: PortalRequest, reference: str) -> HttpResponse:
    shown = record_shown(request, reference)
    return render(request, "engagements/detail.html", {"written": shown, "marking": shown.marking})


def record_shown(request: PortalRequest, reference: str) -> Written:
    """As it was written out for this reader before, where nothing of it has changed."""
    when = (reader_language(), timezone.localdate())
    key = (RECORD, *whose(request.user), request.get_full_path(), *when)
    return while_answered_alike(key, partial(write_out, request, reference))


def write_out(request: PortalRequest, reference: str) -> Written:
    """The record as it stands on its page, and what its head and foot tell of it."""
    context = context_of(request, reference)
    if any(verb.at_once for verb in context["verbs"]):
        not_to_be_kept()  # a form, with what proves that it was sent from a page just opened
    engagement = context["engagement"]
    return Written(
        total=1,
        marking=context["marking"],
        packed=pack(render_to_string(RECORD, context, request)),
        head={
            "title": engagement.title,
            "reference": engagement.reference,
            "audience": render_to_string(AUDIENCE, context),
            "changed_at": engagement.changed_at,
        },
    )


def context_of(request: PortalRequest, reference: str) -> dict[str, Any]:
    one = whole(reference, reader=request.user)
    engagement, may_edit = one.engagement, one.may_edit
    served = frameworks_served(engagement)
    notes = notes_shown(engagement, reader=request.user) if one.has_notes else []
    history = latest_of_engagement(
        engagement,
        reader=request.user,
        notes=[shown.note.pk for shown in notes],
        known=one.known,
    )
    return {
        "engagement": engagement,
        "marking": marking_of(engagement, (shown.note for shown in notes), history.marking),
        "served": served,
        "gaps": gaps(one.in_force, served),
        "is_demonstration": any(a.demonstration for one in served for a in one.alignments),
        "takers": takers(engagement, reader=request.user, others=one.others),
        "notes": notes,
        "history": history,
        "kind": "engagement",
        "may_write_note": may_edit or request.user.is_approver,
        "may_edit": may_edit,
        "provenance": provenance_of(engagement, reader=request.user),
        "day_form": DayForm(),
        "entry_verbs": "engagements/history/_verbs.html",
        "verbs": verbs_for(request.user, engagement, may_edit=may_edit),
        "take_back": take_back_for(
            request.user, engagement, may_edit=may_edit, shown=history.revisions
        ),
    }
