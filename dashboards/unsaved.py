"""What a person has typed in a form and not saved, as their home page lists it.

Only what they may still open: of a record they may no longer see, nothing shows that there was any.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Unsaved, User
from dashboards.models import SavedView
from engagements.models import Engagement, Note
from objectives.models import Framework
from partners.models import Partner

SHOWN = 10


@dataclass(frozen=True, kw_only=True)
class Kept:
    """`what`: which form it is. `record`: whose title names it; None where it was to be a new one."""

    what: Promise
    record: Engagement | Partner | Framework | SavedView | None
    url: str
    saved_at: dt.datetime

    @property
    def sensitivity(self) -> int:
        return getattr(self.record, "sensitivity", 0)


@dataclass(frozen=True, kw_only=True)
class Form:
    """A kind of form: what the home page calls it, who may open it, and what it is about.

    `about(user, *args)` finds the record of its address, as far as this person may see it.
    """

    what: Promise
    may_open: Callable[[User], bool]
    about: Callable[..., Engagement | Partner | Framework | SavedView | None] | None = None


def editable(user: User, reference: str) -> Engagement | None:
    return Engagement.objects.editable_by(user).logged().filter(reference=reference).first()


def readable(user: User, reference: str) -> Engagement | None:
    return Engagement.objects.visible_to(user).logged().filter(reference=reference).first()


def own_draft(user: User, pk: str) -> Engagement | None:
    return Engagement.objects.drafts_of(user).filter(pk=pk).first()


def with_note(user: User, reference: str, key: str) -> Engagement | None:
    notes = Note.objects.readable_by(user).select_related("engagement")
    note = notes.filter(engagement__reference=reference, key=key, written_by=user).first()
    return note.engagement if note else None


def partner(user: User, code: str) -> Partner | None:
    return Partner.objects.filter(code=code).first()


def partner_of_contact(user: User, code: str, key: str) -> Partner | None:
    return Partner.objects.filter(code=code, contacts__key=key).first()


def framework(user: User, code: str) -> Framework | None:
    return Framework.objects.filter(code=code).first()


def own_view(user: User, key: str) -> SavedView | None:
    return SavedView.objects.of(user).filter(key=key).first()


def contributor(user: User) -> bool:
    return user.is_contributor


def approver(user: User) -> bool:
    return user.is_approver


def administrator(user: User) -> bool:
    return user.is_administrator


def anybody(user: User) -> bool:
    return True


FORMS = {
    "engagements:create": Form(what=_("A new engagement"), may_open=contributor),
    "engagements:edit_draft": Form(
        what=_("Your draft, in another tab"), may_open=contributor, about=own_draft
    ),
    "engagements:edit": Form(what=_("Editing"), may_open=contributor, about=editable),
    "engagements:align": Form(what=_("Aligning"), may_open=contributor, about=editable),
    "engagements:align_many": Form(what=_("Aligning several engagements"), may_open=contributor),
    "engagements:return": Form(what=_("Returning"), may_open=approver, about=readable),
    "engagements:decline": Form(what=_("Declining"), may_open=approver, about=readable),
    "engagements:complete": Form(what=_("Completing"), may_open=contributor, about=editable),
    "engagements:cancel": Form(what=_("Cancelling"), may_open=contributor, about=editable),
    "engagements:take_back": Form(what=_("Taking back"), may_open=anybody, about=readable),
    "engagements:write_note": Form(
        what=_("A new restricted note"), may_open=anybody, about=readable
    ),
    "engagements:edit_note": Form(
        what=_("Your restricted note"), may_open=anybody, about=with_note
    ),
    "partners:create": Form(what=_("A new partner"), may_open=administrator),
    "partners:edit": Form(what=_("Editing"), may_open=administrator, about=partner),
    "partners:archive": Form(what=_("Archiving"), may_open=administrator, about=partner),
    "partners:contact_create": Form(what=_("A new contact"), may_open=contributor, about=partner),
    "partners:contact_edit": Form(
        what=_("Editing a contact"), may_open=contributor, about=partner_of_contact
    ),
    "objectives:adopt": Form(what=_("Adopting"), may_open=administrator, about=framework),
    "dashboards:view_create": Form(what=_("A new view"), may_open=anybody),
    "dashboards:view_edit": Form(what=_("Your view"), may_open=anybody, about=own_view),
}


def unsaved(user: User) -> list[Kept]:
    """The latest first, and no more of them than a page has room for."""
    rows = Unsaved.objects.filter(person=user).defer("data").order_by("-saved_at", "-pk")[:SHOWN]
    return [kept for row in rows if (kept := _kept(user, row))]


def _kept(user: User, row: Unsaved) -> Kept | None:
    name, *args = row.address.split(" ")
    form = FORMS.get(name)
    if form is None or not form.may_open(user):
        return None
    try:
        url = reverse(name, args=args)
    except NoReverseMatch:  # an address of an earlier version of the portal
        return None
    record = form.about(user, *args) if form.about else None
    if form.about and record is None:
        return None
    return Kept(what=form.what, record=record, url=url, saved_at=row.saved_at)
