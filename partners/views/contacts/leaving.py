"""Marking a contact as no longer there, and bringing one back."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import contributors_only
from accounts.http import PortalRequest
from partners.contacts.actions import AlreadyThere, bring_back_contacts, retire_contacts
from partners.views.contacts.records import found


@require_POST
@contributors_only
def contact_retire(request: PortalRequest, code: str, key: uuid.UUID) -> HttpResponse:
    contact = found(code, key)
    retire_contacts(by=request.user, contacts=[contact])
    message = _("%(contact)s is marked as no longer there, and stays on record.")
    messages.success(request, message % {"contact": contact.label})
    return redirect(contact)


@require_POST
@contributors_only
def contact_bring_back(request: PortalRequest, code: str, key: uuid.UUID) -> HttpResponse:
    contact = found(code, key)
    try:
        bring_back_contacts(by=request.user, contacts=[contact])
    except AlreadyThere as there:
        message = _("%(contact)s is there already, in the same post. Nothing was changed.")
        messages.warning(request, message % {"contact": there.contact.label})
        return redirect(there.contact)
    messages.success(request, _("%(contact)s is there again.") % {"contact": contact.label})
    return redirect(contact)
