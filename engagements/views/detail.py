"""One engagement: everything once, in reading order."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import everyone_signed_in
from accounts.http import PortalRequest
from common.marking import marking_of
from engagements.changes import latest_of_engagement
from engagements.forms.as_of import DayForm
from engagements.provenance import provenance_of
from engagements.reading import frameworks_served, gaps, notes_shown, takers
from engagements.verbs import take_back_for, verbs_for
from engagements.whole import whole


@require_safe
@everyone_signed_in
def engagement_detail(request: PortalRequest, reference: str) -> HttpResponse:
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
    context = {
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
    return render(request, "engagements/detail.html", context)
