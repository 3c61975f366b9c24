"""A contact saved on a version that has moved on: both texts side by side, and what comes of choosing."""

from collections.abc import Callable

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from accounts import unsaved
from accounts.http import PortalRequest
from accounts.models import Unsaved
from common.side_by_side import OPENED, hidden, is_answer, number, typed_in
from partners.contacts.merging import compared, saves_since
from partners.models import Contact
from partners.views.contacts.records import contact_page

Tell = Callable[[PortalRequest, Contact], HttpResponse]
# The version of a contact that was just added: that of a form which was not sent from one.
FIRST = 1


def answered(request: PortalRequest, contact: Contact, *, tell: Tell) -> HttpResponse:
    """Do what was chosen, as though the form had been sent so; `tell` takes a form that was sent."""
    sent = request.POST
    if number(sent, "version") != contact.version:
        return side_by_side(request, sent, contact)
    comparison = compared(contact, sent, reader=request.user, opened=number(sent, OPENED))
    merged = comparison.merged()
    merged["version"], merged["do"] = str(contact.version), sent["do"]
    request.POST = merged  # type: ignore[assignment]
    return tell(request, contact)


def refused(request: PortalRequest, current: Contact) -> HttpResponse:
    """Both texts; where they say the same there is nothing to choose."""
    sent = request.POST
    opened = number(sent, "version") or FIRST
    if not compared(current, sent, reader=request.user, opened=opened).rows:
        return redirect(current)
    unsaved.keep(request)
    return side_by_side(request, sent, current)


def side_by_side(
    request: PortalRequest, sent: QueryDict, contact: Contact, *, text: Unsaved | None = None
) -> HttpResponse:
    """`text`: what was typed and never saved, where that is what was sent."""
    opened = number(sent, OPENED) or number(sent, "version") or FIRST
    context = {
        "contact": contact,
        "comparison": compared(contact, sent, reader=request.user, opened=opened),
        "action": contact_page("contact_edit", contact),
        "typed": hidden(typed_in(sent)),
        "version": contact.version,
        "opened": opened,
        "then": "save",
        "who": contact.changed_by,
        "when": contact.changed_at,
        "saves": saves_since(contact, opened, reader=request.user),
        "leave": contact.get_absolute_url(),
        "is_own": contact.changed_by_id == request.user.pk,
        "moved_on_again": is_answer(sent),
        "text": text,
    }
    status = 200 if text else 409
    return render(request, "partners/contacts/two_editors.html", context, status=status)
