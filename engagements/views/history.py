"""The history of one engagement, with that of the restricted notes on it that the reader may read."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import everyone_signed_in
from accounts.http import PortalRequest
from common.history.pages import show_history
from common.history.said import bilingual
from engagements.changes import history_of_engagement
from engagements.models import Engagement


@require_safe
@everyone_signed_in
@vary_on_headers("HX-Request")
def engagement_history(request: PortalRequest, reference: str) -> HttpResponse:
    readable = Engagement.objects.visible_to(request.user).logged()
    engagement = get_object_or_404(readable, reference=reference)
    return show_history(
        request,
        engagement,
        history_of_engagement(engagement, reader=request.user),
        # The number alone: titles of pages stay behind in a browser.
        name=engagement.reference or "",
        heading=bilingual(engagement, "title"),
        marking=engagement.sensitivity,
        crumbs=[
            (_("Engagements"), reverse("engagements:list")),
            (engagement.reference or "", engagement.get_absolute_url()),
        ],
        audience=_(
            "Open to whoever may read the engagement. You see the changes that your clearance allows."
        ),
        entry_verbs="engagements/history/_verbs.html",
        engagement=engagement,
        may_edit=Engagement.objects.editable_by(request.user).filter(pk=engagement.pk).exists(),
    )
