"""Adding and editing a contact. Nothing typed is lost: whatever is refused comes back as it was typed."""

import uuid
from typing import cast

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import unsaved
from accounts.access import contributors_only
from accounts.http import PortalRequest
from accounts.unsaved import keeps_unsaved
from common.side_by_side import GO_ON, is_answer, number
from partners.contacts.actions import AlreadyThere, MovedOn, amend_contact, log_contact, logged_with
from partners.contacts.forms import ContactForm
from partners.models import Contact, Partner
from partners.views.contacts import merge
from partners.views.contacts.records import found, place_of

page = require_http_methods(["GET", "HEAD", "POST"])


@page
@contributors_only
@keeps_unsaved(lambda request, code: get_object_or_404(Partner, code=code))
def contact_create(request: PortalRequest, code: str) -> HttpResponse:
    partner = get_object_or_404(Partner, code=code)
    if partner.is_archived and request.method != "POST":
        messages.warning(request, _("This partner is archived: nobody is added to it."))
        return redirect(place_of(partner))
    form, is_sent = entered(request, partner)
    if not is_sent:
        return shown(request, form)
    if not form.is_valid():
        return shown(request, form, status=422)
    key = form.cleaned_data["key"]
    if known := key and logged_with(key, by=request.user, partner=partner):
        # Sent twice it is the same. Typed on after it was added, it is put beside what was.
        return merge.refused(request, known)
    if warned(request, form):
        return shown(request, form, status=422)
    try:
        contact = log_contact(by=request.user, partner=partner, key=key, **form.values())
    except AlreadyThere as there:
        return refused(request, form, there.contact)
    if any(getattr(contact, name) != value for name, value in form.values().items()):
        return merge.refused(request, contact)  # another copy of the form, a moment ago
    messages.success(request, _("%(contact)s is added.") % {"contact": contact.label})
    return redirect(contact)


@page
@contributors_only
@keeps_unsaved(lambda request, code, key: found(code, key))
def contact_edit(request: PortalRequest, code: str, key: uuid.UUID) -> HttpResponse:
    contact = found(code, key)
    if text := unsaved.to_compare(request):
        return merge.side_by_side(request, text.as_data(), contact, text=text)
    if is_answer(request.POST):
        return merge.answered(request, contact, tell=told)
    return told(request, contact)


def told(request: PortalRequest, contact: Contact) -> HttpResponse:
    """The form opened, or sent to be saved."""
    form, is_sent = entered(request, contact.partner, contact)
    if not is_sent or request.POST.get("do") == GO_ON:
        return shown(request, form)
    if not form.is_valid() or warned(request, form):
        return shown(request, form, status=422)
    return amended(request, form, contact)


def amended(request: PortalRequest, form: ContactForm, contact: Contact) -> HttpResponse:
    """Save the edit, or say with what is typed why it cannot be."""
    version = number(request.POST, "version")
    try:
        contact = amend_contact(by=request.user, contact=contact, version=version, **form.values())
    except MovedOn as moved:
        return merge.refused(request, moved.current)
    except AlreadyThere as there:
        return refused(request, form, there.contact)
    messages.success(request, _("%(contact)s is saved.") % {"contact": contact.label})
    return redirect(contact)


def entered(
    request: PortalRequest, partner: Partner, contact: Contact | None = None
) -> tuple[ContactForm, bool]:
    """What was typed, or what is saved; and whether it was sent to be saved."""
    if text := unsaved.chosen(request):
        return ContactForm(text.as_data(), partner=partner, contact=contact), False
    sent: QueryDict | None = request.POST if request.method == "POST" else None
    return ContactForm(sent, partner=partner, contact=contact), sent is not None


def warned(request: PortalRequest, form: ContactForm) -> bool:
    """Whether they may be here already, and nobody said of this very contact: all the same."""
    return bool(form.similar) and request.POST.get("anyway") != form.names_typed


def refused(request: PortalRequest, form: ContactForm, twin: Contact) -> HttpResponse:
    """The partner has them already: there is no “all the same”."""
    return shown(request, form, twin=twin, status=422)


def shown(
    request: PortalRequest,
    form: ContactForm,
    *,
    twin: Contact | None = None,
    to_edit: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The form's page. `to_edit`: shown under another address, it goes on under that of editing."""
    is_valid = status == 422 and form.is_valid()
    version = number(cast(QueryDict, form.data), "version") if form.is_bound else 0
    context = {
        "partner": form.partner,
        "contact": form.contact,
        "form": form if status == 422 else form.unjudged(),
        "version": version or (form.contact.version if form.contact else 0),
        "twin": twin,
        "similar": form.similar if is_valid and not twin else [],
        "to_edit": to_edit,
        "leave": place_of(form.partner),
    }
    return render(request, "partners/contacts/form.html", context, status=status)
