"""Restricted notes: writing one, amending, withdrawing and bringing back one's own.

To whoever may not read a note its address answers like one that leads nowhere, before anything else.
"""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import unsaved
from accounts.access import everyone_signed_in
from accounts.http import PortalRequest
from accounts.models import Unsaved, User
from accounts.unsaved import keeps_unsaved
from common.errors import MayNotChange
from common.marking import marking_of
from common.side_by_side import GO_ON, SAVE, number
from engagements import notes
from engagements.forms.note import NoteForm
from engagements.models import Engagement, Note
from engagements.note_merging import compared
from engagements.notes import MovedOn
from engagements.views.records import readable

# The version of a note that was just written.
FIRST = 1

page = require_http_methods(["GET", "HEAD", "POST"])


def to_write_on(request: PortalRequest, reference: str) -> Engagement:
    engagement = readable(request.user, reference)
    if not notes.may_write(request.user, engagement):
        message = _(
            "Those who may edit this engagement, and approvers, may write a restricted note."
        )
        raise MayNotChange(message, marking=marking_of(engagement))
    return engagement


def to_amend(request: PortalRequest, reference: str, key: uuid.UUID) -> Note:
    note = found(request.user, reference, key)
    if not notes.may_amend(request.user, note):
        raise refusal(note, _("Only whoever wrote a note may change what it says."))
    return note


@page
@everyone_signed_in
@keeps_unsaved(to_write_on)
def note_write(request: PortalRequest, reference: str) -> HttpResponse:
    engagement = to_write_on(request, reference)
    if text := unsaved.chosen(request):
        form = NoteForm(text.as_data(), user=request.user, engagement=engagement)
        return show(request, form.unjudged())
    form = NoteForm(posted(request), user=request.user, engagement=engagement)
    if not form.is_valid():
        return show(request, form)
    try:
        key = form.cleaned_data["key"]
        note = notes.write_note(by=request.user, engagement=engagement, key=key, **form.values())
    except ValidationError as refused:  # somebody's clearance has changed in between
        form.add_error(None, refused)
        return show(request, form)
    # Sent twice it is the same. Typed on after it was kept, it is put beside what was: nothing is lost.
    if side_by_side := beside(request, note, request.POST, opened=FIRST):
        return side_by_side
    messages.success(request, _("Your note is kept. Only those you named can read it."))
    return redirect(place_of(engagement))


@page
@everyone_signed_in
@keeps_unsaved(to_amend)
def note_edit(request: PortalRequest, reference: str, key: uuid.UUID) -> HttpResponse:
    note = to_amend(request, reference, key)
    if text := unsaved.chosen(request):
        return gone_on_with(request, note, text)
    sent = posted(request)
    if sent is None:
        return show(request, form_of(request, note))
    if sent.get("do") in {SAVE, GO_ON}:
        return chosen(request, note, sent)
    return amend(request, note, sent, version=number(sent, "version"))


def gone_on_with(request: PortalRequest, note: Note, text: Unsaved) -> HttpResponse:
    """What was typed and not saved: in the form again, or beside the note as it is."""
    typed, opened = text.as_data(), text.version or 0
    if unsaved.asked(request) == "compare":
        side_by_side = beside(request, note, typed, opened=opened, status=200)
        if side_by_side:
            return side_by_side
        messages.info(request, _("What you typed is what is on record."))
    return show(request, form_of(request, note, typed).unjudged(), version=opened)


def form_of(request: PortalRequest, note: Note, data: QueryDict | None = None) -> NoteForm:
    return NoteForm(data, user=request.user, engagement=note.engagement, note=note)


def amend(request: PortalRequest, note: Note, sent: QueryDict, *, version: int) -> HttpResponse:
    form = form_of(request, note, sent)
    if not form.is_valid():
        return show(request, form, version=version)
    try:
        notes.amend_note(by=request.user, note=note, version=version, **form.values())
    except MovedOn as moved:
        if side_by_side := beside(request, moved.current, sent, opened=version):
            return side_by_side
    except ValidationError as refused:
        form.add_error(None, refused)
        return show(request, form, version=version)
    messages.success(request, _("Your note is saved. Only those you named can read it."))
    return redirect(place_of(note.engagement))


def chosen(request: PortalRequest, note: Note, sent: QueryDict) -> HttpResponse:
    """Do what was chosen between two texts; or let the choice be edited first."""
    opened = number(sent, "opened")
    has_moved_on = number(sent, "version") != note.version
    if has_moved_on and (side_by_side := beside(request, note, sent, opened=opened)):
        return side_by_side
    merged = compared(note, sent, reader=request.user, opened=opened).merged()
    if sent.get("do") == GO_ON:
        return show(request, form_of(request, note, merged).unjudged(), version=note.version)
    return amend(request, note, merged, version=note.version)


def beside(
    request: PortalRequest, note: Note, sent: QueryDict, *, opened: int, status: int = 409
) -> HttpResponse | None:
    """Both texts side by side; None where they say the same, as of a form sent twice."""
    if not Note.objects.readable_by(request.user).filter(pk=note.pk).exists():
        raise Http404  # marked higher, or moved out of sight, a moment ago
    comparison = compared(note, sent, reader=request.user, opened=opened)
    if not comparison.rows:
        return None
    context = {
        "engagement": note.engagement,
        "note": note,
        "action": reverse("engagements:edit_note", args=[note.engagement.reference, note.key]),
        "comparison": comparison,
        "opened": opened,
        "is_refused": status == 409,
        "typed": [(name, value) for name, values in comparison.mine.lists() for value in values],
        "marking": marking_of(note.level, form_of(request, note, sent).marking),
    }
    return render(request, "engagements/note_two_editors.html", context, status=status)


@page
@everyone_signed_in
def note_withdraw(request: PortalRequest, reference: str, key: uuid.UUID) -> HttpResponse:
    note = found(request.user, reference, key)
    if not notes.may_withdraw(request.user, note):
        raise refusal(note, _("Only whoever wrote a note, and managers, may withdraw it."))
    if request.method != "POST":
        context = {"engagement": note.engagement, "note": note, "marking": marking_of(note.level)}
        return render(request, "engagements/note_withdraw.html", context)
    notes.withdraw_note(by=request.user, note=note)
    messages.success(request, _("The note is withdrawn. It stays on record, and can come back."))
    return redirect(place_of(note.engagement))


@require_POST
@everyone_signed_in
def note_bring_back(request: PortalRequest, reference: str, key: uuid.UUID) -> HttpResponse:
    note = found(request.user, reference, key)
    if not notes.may_bring_back(request.user, note):
        raise refusal(note, _("Only whoever wrote a note, or withdrew it, may bring it back."))
    notes.bring_back_note(by=request.user, note=note)
    messages.success(request, _("The note is back. Those it names can read it."))
    return redirect(place_of(note.engagement))


def refusal(note: Note, reason: str) -> MayNotChange:
    return MayNotChange(reason, marking=note.level)


def found(user: User, reference: str, key: uuid.UUID) -> Note:
    """A note the person may read, of this engagement; Http404 otherwise."""
    readable_ones = Note.objects.readable_by(user).for_reading()
    return get_object_or_404(readable_ones, engagement__reference=reference, key=key)


def show(request: PortalRequest, form: NoteForm, *, version: int = 0) -> HttpResponse:
    """`version` is the one the person saw, where it is not the note's of now."""
    note = form.note
    context = {
        "engagement": form.engagement,
        "form": form,
        "note": note,
        "version": version or (note.version if note else ""),
        "marking": form.marking,
    }
    status = 422 if form.errors else 200
    return render(request, "engagements/note_form.html", context, status=status)


def posted(request: PortalRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def place_of(engagement: Engagement) -> str:
    """Where the notes stand on the engagement's page."""
    return f"{reverse('engagements:detail', args=[engagement.reference])}#notes"
