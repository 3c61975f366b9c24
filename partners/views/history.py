"""The history of one partner."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import everyone_signed_in
from accounts.http import PortalRequest
from common.history.pages import show_history
from common.history.reading import history_of
from partners.history_words import call_partner
from partners.models import Partner


@require_safe
@everyone_signed_in
@vary_on_headers("HX-Request")
def partner_history(request: PortalRequest, code: str) -> HttpResponse:
    partner = get_object_or_404(Partner, code=code)
    return show_history(
        request,
        partner,
        history_of(partner, reader=request.user),
        name=partner.label,
        heading=call_partner(partner),
        crumbs=[
            (_("Partners"), reverse("partners:list")),
            (partner.label, partner.get_absolute_url()),
        ],
        audience=_("Open to everyone who is signed in."),
        entry_verbs="partners/history/_verbs.html" if request.user.is_administrator else "",
        partner=partner,
    )
