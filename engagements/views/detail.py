"""One engagement: everything once, in reading order."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import everyone_signed_in
from accounts.http import PortalRequest
from common.marking import marking_of
from engagements.changes import latest_of_engagement
from engagements.forms.as_of import DayForm
from engagements.models import Engagement
from engagements.provenance import provenance_of
from engagements.reading import frameworks_served, gaps, notes_shown, takers
from engagements.verbs import take_back_for, verbs_for


@require_safe
@everyone_signed_in
def engagement_detail(request: PortalRequest, reference: str) -> HttpResponse:
    readable = Engagement.objects.visible_to(request.user).logged()
    engagement = get_object_or_404(readable.for_detail(), reference=reference)
    served = frameworks_served(engagement)
    may_edit = Engagement.objects.editable_by(request.user).filter(pk=engagement.pk).exists()
    notes = notes_shown(engagement, reader=request.user)
    history = latest_of_engagement(engagement, reader=request.user)
    context = {
        "engagement": engagement,
        "marking": marking_of(engagement, (one.note for one in notes), history.marking),
        "served": served,
        "gaps": gaps(engagement, served),
        "is_demonstration": any(a.demonstration for one in served for a in one.alignments),
        "takers": takers(engagement, reader=request.user),
        "notes": notes,
        "history": history,
        "kind": "engagement",
        "may_write_note": may_edit or request.user.is_approver,
        "may_edit": may_edit,
        "provenance": provenance_of(engagement, reader=request.user),
        "day_form": DayForm(),
        "entry_verbs": "engagements/history/_verbs.html",
        "verbs": verbs_for(request.user, engagement, may_edit=may_edit),
        "take_back": take_back_for(request.user, engagement, may_edit=may_edit),
    }
    return render(request, "engagements/detail.html", context)
