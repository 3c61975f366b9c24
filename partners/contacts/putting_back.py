"""A contact put back as it was, in what is chosen: through its form and the ordinary action."""

from __future__ import annotations

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from common.cautions import CONFIRMED
from common.history.changes import Change
from common.history.models import Revision
from common.history.putting_back import Aim, PuttingBack, aim_of, rows_to, state_now
from partners.contacts.forms import initial_of
from partners.contacts.merging import as_sent
from partners.models import Contact

# Who said that they are no longer there is said with it.
LEFT_OUT = {"retired_by"}


def aim_in(contact: Contact, asked: QueryDict, *, reader: User) -> Aim | None:
    """Which earlier state the address names; None where it is none of this contact's."""
    own = Revision.objects.of("contact", [contact.pk]).select_related("by", "previous")
    return aim_of(asked, states=own, acts=own, clearance=reader.clearance)


def putting_back(contact: Contact, aim: Aim, *, chosen: set[str] | None = None) -> PuttingBack:
    """What differs between now and then; without `chosen` all of it is."""
    rows = rows_to(
        aim,
        state_now("contact", contact.pk).state,
        kind="contact",
        leave_out=LEFT_OUT,
        why_not=not_possible,
        is_chosen=lambda key, change: chosen is None or key in chosen,
    )
    return PuttingBack(aim=aim, rows=rows)


def not_possible(change: Change) -> str:
    if change.name == "retired_at":
        return _("Marking as no longer there and bringing back have buttons of their own.")
    if change.name == "partner":
        return _("A contact is not moved back to another partner here.")
    return ""


def data_with(contact: Contact, back: PuttingBack, *, confirmed: list[str]) -> QueryDict:
    """What its form would send: the contact as it is now, with what was chosen as it was then."""
    values = initial_of(contact)
    values |= {row.change.name: row.change.after or "" for row in back.chosen}
    data = as_sent(values)
    data["version"] = str(contact.version)
    data.setlist(CONFIRMED, confirmed)
    return data
