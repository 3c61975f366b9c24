"""Putting a contact back as it was: what will change, chosen field by field; then the ordinary action."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import contributors_only
from accounts.http import PortalRequest
from common.cautions import CONFIRMED
from common.history.putting_back import PuttingBack
from common.side_by_side import number
from partners.contacts.actions import AlreadyThere, MovedOn, amend_contact
from partners.contacts.forms import ContactForm
from partners.contacts.putting_back import aim_in, data_with, putting_back
from partners.models import Contact
from partners.views.contacts.edit import shown
from partners.views.contacts.records import found


@require_http_methods(["GET", "HEAD", "POST"])
@contributors_only
def contact_put_back(request: PortalRequest, code: str, key: uuid.UUID) -> HttpResponse:
    """`change` names the act after which it stood as it is to be again; `undo` the act to undo."""
    contact = found(code, key)
    aim = aim_in(contact, request.GET, reader=request.user)
    if aim is None:
        raise Http404
    if request.method != "POST":
        return ask(request, contact, putting_back(contact, aim))
    back = putting_back(contact, aim, chosen=set(request.POST.getlist("field")))
    if number(request.POST, "version") != contact.version:
        return ask(request, contact, back, has_moved_on=True, status=409)
    if not back.chosen:
        back.problems.append(_("Choose at least one thing to put back."))
        return ask(request, contact, back, status=422)
    return put_back(request, contact, back)


def put_back(request: PortalRequest, contact: Contact, back: PuttingBack) -> HttpResponse:
    data = data_with(contact, back, confirmed=request.POST.getlist(CONFIRMED))
    form = ContactForm(data, partner=contact.partner, contact=contact)
    if not form.is_valid():
        return shown(request, form, to_edit=True, status=422)
    try:
        amend_contact(
            by=request.user,
            contact=contact,
            version=contact.version,
            act="restored",
            **form.values(),
        )
    except MovedOn as moved:
        chosen = {row.key for row in back.chosen}
        again = putting_back(moved.current, back.aim, chosen=chosen)
        return ask(request, moved.current, again, has_moved_on=True, status=409)
    except AlreadyThere as there:
        return shown(request, form, twin=there.contact, to_edit=True, status=422)
    message = _("What you chose of %(contact)s is as it was.")
    messages.success(request, message % {"contact": contact.label})
    return redirect(contact)


def ask(
    request: PortalRequest,
    contact: Contact,
    back: PuttingBack,
    *,
    has_moved_on: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "contact": contact,
        "back": back,
        "moved_on": has_moved_on,
        "version": contact.version,
    }
    return render(request, "partners/contacts/put_back.html", context, status=status)
