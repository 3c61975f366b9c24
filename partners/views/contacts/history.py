"""The history of one contact."""

import uuid

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import everyone_signed_in
from accounts.http import PortalRequest
from common.history.pages import show_history
from common.history.reading import history_of
from partners.history_words import call_contact
from partners.views.contacts.records import found


@require_safe
@everyone_signed_in
@vary_on_headers("HX-Request")
def contact_history(request: PortalRequest, code: str, key: uuid.UUID) -> HttpResponse:
    contact = found(code, key)
    return show_history(
        request,
        contact,
        history_of(contact, reader=request.user),
        name=contact.label,
        heading=call_contact(contact),
        crumbs=[
            (_("Partners"), reverse("partners:list")),
            (contact.partner.label, contact.partner.get_absolute_url()),
        ],
        audience=_("Open to everyone who is signed in."),
        entry_verbs="partners/contacts/_verbs.html" if request.user.is_contributor else "",
        origin="partners/contacts/_loaded.html",
        contact=contact,
    )
