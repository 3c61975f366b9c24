"""Restricted notes: writing one, amending, withdrawing and bringing back one's own.

To whoever may not read a note its address answers like one that leads nowhere, before anything else.
"""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import everyone_signed_in
from accounts.http import PortalRequest
from accounts.models import User
from engagements import notes
from engagements.forms.note import NoteForm
from engagements.models import Engagement, Note
from engagements.notes import MovedOn
from engagements.reading import who_may_read
from engagements.views.records import readable

page = require_http_methods(["GET", "HEAD", "POST"])


@page
@everyone_signed_in
def note_write(request: PortalRequest, reference: str) -> HttpResponse:
    engagement = readable(request.user, reference)
    if not notes.may_write(request.user, engagement):
        message = _(
            "Those who may edit this engagement, and approvers, may write a restricted note."
        )
        raise PermissionDenied(message)
    form = NoteForm(posted(request), user=request.user, engagement=engagement)
    if not form.is_valid():
        return show(request, form)
    try:
        key = form.cleaned_data["key"]
        notes.write_note(by=request.user, engagement=engagement, key=key, **form.values())
    except ValidationError as refused:  # somebody's clearance has changed in between
        form.add_error(None, refused)
        return show(request, form)
    messages.success(request, _("Your note is kept. Only those you named can read it."))
    return redirect(place_of(engagement))


@page
@everyone_signed_in
def note_edit(request: PortalRequest, reference: str, key: uuid.UUID) -> HttpResponse:
    note = found(request.user, reference, key)
    if not notes.may_amend(request.user, note):
        raise PermissionDenied(_("Only whoever wrote a note may change what it says."))
    form = NoteForm(posted(request), user=request.user, engagement=note.engagement, note=note)
    return amended(request, form, note) if form.is_valid() else show(request, form)


def amended(request: PortalRequest, form: NoteForm, note: Note) -> HttpResponse:
    try:
        version = number(request.POST.get("version", ""))
        notes.amend_note(by=request.user, note=note, version=version, **form.values())
    except MovedOn as moved:
        if not form.says_the_same_as(moved.current):
            return show(request, form, moved_on=moved.current)
    except ValidationError as refused:
        form.add_error(None, refused)
        return show(request, form)
    messages.success(request, _("Your note is saved. Only those you named can read it."))
    return redirect(place_of(note.engagement))


@page
@everyone_signed_in
def note_withdraw(request: PortalRequest, reference: str, key: uuid.UUID) -> HttpResponse:
    note = found(request.user, reference, key)
    if not notes.may_withdraw(request.user, note):
        raise PermissionDenied(_("Only whoever wrote a note, and managers, may withdraw it."))
    if request.method != "POST":
        context = {"engagement": note.engagement, "note": note, "marking": note.level}
        return render(request, "engagements/note_withdraw.html", context)
    notes.withdraw_note(by=request.user, note=note)
    messages.success(request, _("The note is withdrawn. It stays on record, and can come back."))
    return redirect(place_of(note.engagement))


@require_POST
@everyone_signed_in
def note_bring_back(request: PortalRequest, reference: str, key: uuid.UUID) -> HttpResponse:
    note = found(request.user, reference, key)
    if not notes.may_bring_back(request.user, note):
        raise PermissionDenied(_("Only whoever wrote a note, or withdrew it, may bring it back."))
    notes.bring_back_note(by=request.user, note=note)
    messages.success(request, _("The note is back. Those it names can read it."))
    return redirect(place_of(note.engagement))


def found(user: User, reference: str, key: uuid.UUID) -> Note:
    """A note the person may read, of this engagement; Http404 otherwise."""
    readable_ones = Note.objects.readable_by(user).for_reading()
    return get_object_or_404(readable_ones, engagement__reference=reference, key=key)


def show(request: PortalRequest, form: NoteForm, *, moved_on: Note | None = None) -> HttpResponse:
    note = moved_on or form.note
    context = {
        "engagement": form.engagement,
        "form": form,
        "note": form.note,
        "moved_on": moved_on,
        "version": version_shown(request, note, told=moved_on is not None) if note else "",
        "marking": max(form.marking, moved_on.sensitivity if moved_on else 0),
        "readers_now": who_may_read(moved_on) if moved_on else [],
    }
    status = 409 if moved_on else 422 if form.errors else 200
    return render(request, "engagements/note_form.html", context, status=status)


def posted(request: PortalRequest):
    return request.POST if request.method == "POST" else None


def place_of(engagement: Engagement) -> str:
    """Where the notes stand on the engagement's page."""
    return f"{reverse('engagements:detail', args=[engagement.reference])}#notes"


def version_shown(request: PortalRequest, note: Note, *, told: bool) -> int:
    """The one the person saw; once they were told of another, that one."""
    return note.version if told else number(request.POST.get("version", "")) or note.version


def number(text: str) -> int:
    """0 for what is no number: no note is at that version."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
